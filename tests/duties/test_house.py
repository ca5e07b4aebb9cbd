"""The house's own facts: rules of the records, and that a file without a hotel comes in."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.settings import Settings
from crm_desktop.duties.house.records import DEPARTMENT, MEAL_PERIOD, ROOM, ROOM_TYPE, VENUE
from crm_desktop.record.record import Record
from tests.samples import HOTEL, added, change, csv_file, exported, hotel, imported, row, sound


def test_new_rows_belong_to_the_only_hotel(desk: Desk) -> None:
    only = hotel(desk)
    desk.sit(Settings())
    for record, values in (
        (DEPARTMENT, {"name": "餐饮部"}), (ROOM_TYPE, {"name": "豪华大床房", "code": "DK"}), (ROOM, {"name": "1702"}),
        (VENUE, {"name": "云栖厅"}), (MEAL_PERIOD, {"name": "午市", "begins": "11:00", "ends": "14:00"}),
    ):  # fmt: skip
        assert row(desk, record, added(desk, record, **values))["hotel_id"] == only
    sound(desk.store)


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"email": "a b"}, "email"), ({"website": "hotel"}, "website"), ({"size": "huge"}, "size"),
        ({"email": "sales@yunqi.com", "website": "https://yunqi.com/en", "size": "medium"}, ""),
    ],
)  # fmt: skip
def test_a_hotel_is_checked(desk: Desk, values: dict[str, str], wrong: str) -> None:
    house = hotel(desk)
    if not wrong:
        assert change(desk, HOTEL, house, **values).count == 1
        return
    with pytest.raises(Invalid) as refused:
        change(desk, HOTEL, house, **values)
    assert list(refused.value.problems) == [wrong]


def test_a_private_room_belongs_to_an_outlet_only(desk: Desk) -> None:
    outlet = added(desk, VENUE, name="云栖轩", kind="outlet")
    hall = added(desk, VENUE, name="云栖厅")
    assert row(desk, VENUE, added(desk, VENUE, name="兰亭", kind="private-room", outlet_id=outlet))["outlet_id.name"] == "云栖轩"
    with pytest.raises(Invalid, match="not kept as"):
        added(desk, VENUE, name="竹亭", kind="private-room", outlet_id=hall)


@pytest.mark.parametrize(("begins", "ends", "right"), [("11:00", "14:00", True), ("21:00", "02:00", True), ("11:00", "11:00", False)])
def test_a_meal_period_may_end_after_midnight(desk: Desk, begins: str, ends: str, right: bool) -> None:
    values = {"name": "夜宵", "begins": begins, "ends": ends}
    if right:
        assert added(desk, MEAL_PERIOD, **values)
    else:
        with pytest.raises(Invalid, match="another time"):
            added(desk, MEAL_PERIOD, **values)


@pytest.mark.parametrize(
    ("record", "lines"),
    [
        (ROOM, (["房号", "楼层", "房型"], ["1702", "17", "豪华大床房"], ["1703", "17", "豪华大床房"])),
        (DEPARTMENT, (["部门", "分机", "签批人"], ["餐饮部", "8021", "顾言舟"])),
        (VENUE, (["场地名称", "类别", "面积", "桌数"], ["云栖厅", "宴会厅", "800", "60"])),
        (MEAL_PERIOD, (["市别", "开始时间", "结束时间"], ["午市", "11:00", "14:00"])),
        (ROOM_TYPE, (["房型代码", "房型", "门市价", "间数"], ["DK", "豪华大床房", "1,280.00", "86"])),
    ],
    ids=lambda one: one.key if isinstance(one, Record) else "",
)  # fmt: skip
def test_a_file_comes_in_and_goes_out_the_same(desk: Desk, tmp_path: Path, record: Record, lines: tuple[list[str], ...]) -> None:
    assert imported(desk, csv_file(tmp_path / "in.csv", *lines), record)["added"] == len(lines) - 1
    first = exported(desk.store, record, tmp_path / "1.csv")
    assert imported(desk, tmp_path / "1.csv", record)["same"] == len(lines) - 1
    assert exported(desk.store, record, tmp_path / "2.csv") == first
    sound(desk.store)
