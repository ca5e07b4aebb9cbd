"""The sheets of the told clients of the sample hotel say what their stories say: what matters now, figures, standing, timeline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.duties.clients import queries_standing, words_standing
from crm_desktop.record import allergens
from crm_desktop.record.text import say, use
from crm_desktop.store import timeline
from crm_desktop.store.store import Store
from tests.hotel import TODAY, Hotel, at_its_hour

ENTRIES = [entry for duty in DUTIES for entry in duty.entries]
OWING = (
    "逾期262,800.00元，最长202天", "停止挂账", "承诺2026-12-15付120,000.00元", "郭砚平：V4 接待 2026-11-19", "欠 262,800.00，其中逾期 30 天以上 203,800.00",
    "付款承诺落空", "承诺2026-09-30付60,000.00元（屠会计） 已失信", "承诺2026-10-31付60,000.00元（屠会计） 部分兑现", "到账30,000.00元", "催款函①", "催款函②", "2026-12-18 会议 澜庭大宴会厅，220 人",
    "对账单", "年底预算下来", "停挂", "含下级共 5 家", "118,000.00元，未付88,000.00，2026-04-30到期", "64,500.00元，未付64,500.00，2026-07-31到期", "51,300.00元，未付51,300.00，2026-08-31到期",
    "59,000.00元，未付59,000.00，2026-10-31到期", "2026-11-02 到账30,000.00元", "额度 200,000.00", "2026-09-04 收文：对账确认函回执", "2026-10-29 拜访·日常维护：停挂的事当面说了",
)  # fmt: skip
SILENT = (
    "已 47 天未到店，自身间隔 6 天", "预订人祁曼已于 2026-09-19 离开，尚无接任", "92% 的预订由祁曼经手，此人已离职", "争议15,000.00元", "应收38,600.00元|逾期38,600.00元，最长39天", "协议 2026-12-31 到期，还有 43 天",
    "话筒失灵两次", "晴圃商务酒店(厂区 2 公里，新开)", "298 间夜", "每13周间夜：121→118→109→62→9", "祁曼的号码停机", "联系人离开，2026-09-19", "沉睡", "2026-10-19 沈知渝认定：话筒失灵后未当面致歉",
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


def test_the_reception_says_the_proof_and_the_cap(reader: Any, hotel: Hotel) -> None:
    """Story 5: the dish is stopped, the doctor's note stands beside the ban, and what may be spent is known."""
    stay = reader.execute("select id from vip_stay where guest_id = ? and stage = 'preparing'", (hotel.ids["霍明翊"],)).fetchone()[0]
    text = sheet(reader, "vip_stay", stay)
    assert [words for words in ("菜单硬拦截：花雕醉虾 · 花生碎拌菜", "咽喉水肿，有医生证明", "费用上限\n1,800.00") if words not in text] == []
    proofs = reader.execute("select name, evidence from preference where person_id = ? and polarity = 'never' order by name", (hotel.ids["霍明翊"],)).fetchall()
    assert [(name, "医生证明" in proof) for name, proof in proofs] == [("花生", True), ("贝类", True)]


def test_nobody_was_served_what_they_must_never_have(reader: Any, hotel: Hotel) -> None:
    """Neither the chairman of story 5 nor the delegation of story 8, nor anybody else with such a fact."""
    told: dict[int, set[str]] = {}
    for person, name, code in reader.execute("select person_id, name, allergen from preference where polarity = 'never' and gone is null"):
        told.setdefault(person, set()).update(allergens.named(name, refused=True), {code} - {""}, {"pork"} if "猪" in name else ())
    served = reader.execute("select person_id, name || ' ' || wine || ' ' || left_over from consumption where gone is null").fetchall()
    assert sum(person in told for person, _ in served) > 3
    assert "花生" in reader.execute("select group_concat(name) from preference where person_id = ?", (hotel.ids["霍明翊"],)).fetchone()[0]
    wrong = [words for person, words in served if told.get(person, set()) & ({*allergens.named(words)} | ({"pork"} if re.search("扣肉|片儿川|小炒", words) else set()))]
    assert wrong == []


def test_whoever_has_gone_silent_has_no_entry_of_business_since(reader: Any, hotel: Hotel) -> None:
    sql = "select max(day) from booking where account_id = ? and state in ('done', 'closed')"
    assert reader.execute(sql, (hotel.ids["澄籁精密"],)).fetchone()[0] < "2026-10-03"


def test_the_quarrelling_wedding(reader: Any, hotel: Hotel) -> None:
    """Story 4: what both families say, what is due today, the complaint at the tasting, and what of the money is earnest in law."""
    text = sheet(reader, "account", hotel.ids["陈郑婚宴"])
    told = ("未结投诉 S3：试菜时隔壁观澜厅太吵", "2026-11-28 婚宴 澜庭大宴会厅 A+B，420 人 确认", "陈郑婚宴书面桌数今天收回 执行中", "发文：陈郑婚宴合同补充条款", "借阅档案：陈郑婚宴合同与付款凭证", "培训：婚宴合同：定金与预付款怎么写")
    assert [words for words in told if words not in text] == []
    booked = reader.execute("select sure_tables, spare_tables, price, never, wishes, remark from booking where name = '陈屹 郑弥'").fetchone()
    assert booked[:3] == (42, 3, 3_988_00)
    assert all(words in "".join(booked[3:]) for words in ("不上梨", "贝壳类过敏", "双数道菜", "全素", "醉蟹", "男方父亲说 38", "女方母亲说 46", "执照复印件未交"))
    assert reader.execute("select amount, earnest from deposit where account_id = ?", (hotel.ids["陈郑婚宴"],)).fetchone() == (50_000_00, 33_499_20)


def test_the_four_hours_of_1216(reader: Any, hotel: Hotel) -> None:
    """Story 16: by a V5 who lives there, the second time in 21 days; the order stands in the guest's and the client's timeline."""
    case, guest, client, order, due = reader.execute(
        "select c.id, c.person_id, c.account_id, r.id, r.due from rectification as r join complaint as c on c.id = r.complaint_id where c.room_no = '1216'"
    ).fetchone()  # fmt: skip
    assert reader.execute("select level, room_no, stage from vip_stay where guest_id = ? and stage = 'in-house'", (guest,)).fetchone() == ("V5", "1216", "in-house")
    assert reader.execute("select count(*) from stay where room_no = '1216' and status = 'In-House' and guest_id = ?", (guest,)).fetchone() == (1,)
    assert due == "2026-11-18 14:05"
    text = sheet(reader, "complaint", case)
    assert [words for words in ("1216 房：设施，21 天内第 2 次", "工程部：到场，交方案 0:45", "整改：1216 空调更换风机盘管电机（工程部） 到场") if words not in text] == []
    for record, row_id in (("person", guest), ("account", client)):
        assert "整改：1216 空调更换风机盘管电机（工程部）" in sheet(reader, record, row_id), record
    assert sheet(reader, "rectification", order) is not None


def test_the_client_strained_by_us(reader: Any, hotel: Hotel) -> None:
    """Story 17: three complaints in 90 days, the promised letter twelve days late, our own causes first."""
    text = sheet(reader, "account", hotel.ids["瑞栀药业"])
    told = ("未结投诉 S3：协议价函一拖再拖", "90 天三次投诉，答应的价格函迟了 12 天", "先自我检查：纠正己方原因，再谈对方", "上次回访不满意", "价格函由总监签发", "收文：要求书面说明三次投诉的处理 承办中", "促销：团年饭与年会季：今年先看你们三次投诉怎么了结 本次不订", "培训：接听真实投诉")
    assert [words for words in told if words not in text] == []
    assert reader.execute("select count(*) from complaint where account_id = ? and received_on > '2026-08-20'", (hotel.ids["瑞栀药业"],)).fetchone() == (3,)


def test_the_praise_and_who_comes_back(reader: Any, hotel: Hotel) -> None:
    """Stories 18 and 19: a letter for two departments is in the ledger of thanks; what was lost to the price is asked about again."""
    assert "2026-11-13 表扬：感谢信：夸管家柳静仪和后厨 已归档" in sheet(reader, "person", hotel.ids["解采薇"])
    (letter,) = reader.execute("select id from complaint where kind = 'praise' and guest = '解采薇'").fetchone()
    thanked = reader.execute("select d.name from thanks as t join department as d on d.id = t.department_id where t.complaint_id = ? order by d.name", (letter,)).fetchall()
    assert len(thanked) == 2, thanked
    text = sheet(reader, "account", hotel.ids["天蘅检测"])
    assert [words for words in ("流失，2026-01-22", "2026-12-13 团队，30 人 询价", "团队，30 人 流失", "二十五天后重新定点", "差在价格") if words not in text] == []
