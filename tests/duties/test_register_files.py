"""Meetings, office, promotions and market as files: out of one database, into an empty one, and out again the same bytes;
lists of other programs come in by their Chinese headings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.market.records import CHECK, INFO, REVIEW
from crm_desktop.duties.meetings.records import INSTRUCTION, MINUTES, MINUTES_ITEM
from crm_desktop.duties.office.records import DOCUMENT, LOAN, TRAINEE, TRAINING
from crm_desktop.duties.promotions.records import PRODUCT, PROMOTION, TASK
from crm_desktop.duties.stays.records import HOTEL
from crm_desktop.record import dates
from crm_desktop.record.record import Record
from crm_desktop.store.store import Store
from tests.samples import added, csv_file, exported, hotel, imported, sound

ORDER = (HOTEL, MINUTES, MINUTES_ITEM, INSTRUCTION, DOCUMENT, LOAN, TRAINING, TRAINEE, PROMOTION, PRODUCT, TASK, INFO, REVIEW, CHECK)
DAY = "2026-11-18"


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def written(desk: Desk) -> None:
    """A row of every record, some on their way, with words that files like to break."""
    here, ugly = hotel(desk), '=1+1, "引号"\n第二行'
    meeting = added(desk, MINUTES, name="周例会", day=DAY, reports=ugly)
    item = added(desk, MINUTES_ITEM, minutes_id=meeting, name="话筒检测", due=DAY)
    desk.move(MINUTES_ITEM, item, 1, "done", values={"evidence": ugly})
    added(desk, INSTRUCTION, name="先收款", day=DAY, due=DAY)
    added(desk, DOCUMENT, name="公函", day=DAY, direction="out", their_no="0001")
    added(desk, LOAN, name="合同卷", day=DAY, purpose="核对", archive_no="007")
    course = added(desk, TRAINING, name="定金", day=DAY)
    added(desk, TRAINEE, training_id=course, name="周一禾", score=90, result="passed")
    scheme = added(desk, PROMOTION, name="平安夜", hotel_id=here, sell_from=DAY, sell_to="2026-12-24", budget=38_000_00)
    added(desk, PRODUCT, promotion_id=scheme, name="自助", price=398_00, allotment=260, sold=12)
    added(desk, TASK, promotion_id=scheme, name="菜单", due=DAY)
    added(desk, INFO, name="棹歌停业", day=DAY, content=ugly)
    added(desk, REVIEW, name="沈小园", day=DAY, time="10:30", words=ugly, stars=2, hotel_id=here)
    added(desk, CHECK, day=DAY, platform="own", price_ok=1, found="下架", hotel_id=here)


def test_out_and_back_the_same(tmp_path: Path) -> None:
    files: dict[str, bytes] = {}
    with Store(tmp_path / "one.db", RECORDS, create=True) as store:
        written(Desk(store))
        for record in ORDER:
            files[record.key] = exported(store, record, tmp_path / f"{record.key}.csv")
    with Store(tmp_path / "two.db", RECORDS, create=True) as store:
        desk = Desk(store)
        for record in ORDER:
            counts = imported(desk, tmp_path / f"{record.key}.csv", record)
            assert (counts["added"], counts["refused"]) == (1, 0), record.key
            assert exported(store, record, tmp_path / "again.csv") == files[record.key], record.key
        sound(store)


LISTS: tuple[tuple[Record, list[str], list[str], dict[str, Any]], ...] = (
    (DOCUMENT, ["登记号", "收发", "标题", "日期", "来文单位", "来文字号"], ["收字12", "收文", "检查通知", "2026/11/3", "消防大队", "消44"], {"code": "收字12", "direction": "in", "party": "消防大队", "their_no": "消44"}),
    (LOAN, ["档案名称", "用途", "申请日期", "应还日期"], ["婚宴合同", "核对定金", "2026年11月3日", "2026-11-04"], {"name": "婚宴合同", "due": "2026-11-04"}),
    (INSTRUCTION, ["指令内容", "下达日期", "回报期限", "下达人"], ["年终会先收款", "2026-11-03", "2026-11-20", "总经理"], {"source": "gm", "due": "2026-11-20"}),
    (REVIEW, ["平台", "点评日期", "点评人", "评分", "点评内容"], ["携程", "2026-11-03", "差旅十年", "2", "空调又停了"], {"platform": "ctrip", "stars": 2}),
    (INFO, ["标题", "类别", "日期", "来源", "可靠程度"], ["云栖渡降价", "竞争对手", "2026-11-03", "客户", "B 多半可靠"], {"kind": "competitor", "reliability": "B"}),
    (PROMOTION, ["主题", "销售开始", "销售截止", "预算"], ["平安夜", "2026-11-20", "2026-12-24", "38,000"], {"budget": 38_000_00, "evaluate_by": "2027-01-07"}),
)  # fmt: skip


@pytest.mark.parametrize(("record", "headings", "line", "kept"), LISTS, ids=lambda each: each.key if isinstance(each, Record) else "")
def test_lists_of_other_programs(tmp_path: Path, record: Record, headings: list[str], line: list[str], kept: dict[str, Any]) -> None:
    with Store(tmp_path / "one.db", RECORDS, create=True) as store:
        desk = Desk(store)
        hotel(desk)
        assert imported(desk, csv_file(tmp_path / "list.csv", headings, line, encoding="gb18030"), record)["added"] == 1
        found = store.writer.execute(f"select {', '.join(kept)} from {record.key}").fetchone()
    assert dict(zip(kept, found, strict=True)) == kept
