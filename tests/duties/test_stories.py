"""The sheets of the told clients of the sample hotel say what their stories say: what matters now, figures, standing, timeline."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.duties.clients import queries_standing, words_standing
from crm_desktop.record.text import say, use
from crm_desktop.store import timeline
from crm_desktop.store.store import Store
from tests.hotel import TODAY, Hotel, at_its_hour

ENTRIES = [entry for duty in DUTIES for entry in duty.entries]
OWING = (
    "逾期262,800.00元，最长202天", "停止挂账", "承诺2026-12-15付120,000.00元", "郭砚平：V4 接待 2026-11-19", "欠 262,800.00，其中逾期 30 天以上 203,800.00",
    "付款承诺落空", "承诺2026-09-30付60,000.00元（屠会计） 已失信", "承诺2026-10-31付60,000.00元（屠会计） 部分兑现", "到账30,000.00元", "催款函①", "催款函②", "2026-12-18 会议 澜庭大宴会厅，220 人",
    "对账单", "年底预算下来", "停挂", "含下级共 5 家",
)  # fmt: skip
SILENT = (
    "已 47 天未到店，自身间隔 6 天", "预订人祁曼已于 2026-09-19 离开，尚无接任", "92% 的预订由祁曼经手，此人已离职", "争议15,000.00元", "应收38,600.00元|逾期38,600.00元，最长39天", "协议 2026-12-31 到期，还有 43 天",
    "话筒失灵两次", "晴圃商务酒店", "298 间夜", "祁曼的号码停机", "联系人离开，2026-09-19", "沉睡",
)  # fmt: skip
CHAIRMAN = (
    "V2 接待 2026-11-19 至 2026-11-22，1702 房", "禁忌：贝类 · 花生", "花雕醉虾", "花生碎拌菜", "2026-11-19 包厢 听泉，12 人", "第六次入住", "香菜", "房内备风扇", "硬枕两只", "称呼「霍博士」",
)  # fmt: skip


@pytest.fixture
def reader(hotel: Hotel, tmp_path: Any) -> Iterator[Any]:
    use("zh_CN")
    with at_its_hour(), Store(hotel.copy(tmp_path / "data" / "crm.db"), RECORDS) as store, closing(store.open_reader()) as reader:
        yield reader


def sheet(reader: Any, record: str, row_id: int) -> str:
    """Everything a sheet says."""
    said = [point.words for duty in DUTIES if duty.now for point in duty.now(reader, record, row_id, TODAY)]
    for figure in (figure for duty in DUTIES if duty.figures for figure in duty.figures(reader, record, row_id, TODAY)):
        said += [figure.label, figure.value, figure.note]
    if record == "account" and (found := queries_standing.standing(reader, row_id, TODAY)):
        said += [line.words for block in words_standing.blocks(found) for line in block.lines] + [block.value for block in words_standing.blocks(found)]
    look = timeline.Look(ENTRIES, {each.key: each for each in RECORDS}, record, row_id)
    entries = [*timeline.after(reader, look, timeline.end_of(TODAY)), *timeline.before(reader, look, timeline.end_of(TODAY), 120)]
    return "\n".join([*(say(each) for each in said), *(f"{entry.day} {say(entry.words)} {say(entry.chip[0]) if entry.chip else ''}" for entry in entries)])


def test_the_sheets_say_what_the_stories_say(reader: Any, hotel: Hotel) -> None:
    for record, name, told in (("account", "越岫城建", OWING), ("account", "澄籁精密", SILENT), ("person", "霍明翊", CHAIRMAN)):
        text = sheet(reader, record, hotel.ids[name])
        assert [words for words in told if not any(each in text for each in words.split("|"))] == [], name


def test_whoever_has_gone_silent_has_no_entry_of_business_since(reader: Any, hotel: Hotel) -> None:
    sql = "select max(day) from booking where account_id = ? and state in ('done', 'closed')"
    assert reader.execute(sql, (hotel.ids["澄籁精密"],)).fetchone()[0] < "2026-10-03"
