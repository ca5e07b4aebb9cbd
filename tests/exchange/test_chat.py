"""Lists written in a chat become rows; whoever said them and when is no part of them; no text breaks it, no line is lost."""

from __future__ import annotations

from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.exchange import chat, importing, pasting
from crm_desktop.exchange.pasting import MOST, NEW, REFUSED, cells_for
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused
from tests.samples import account, sound

CHAIN = """许棠 2026/11/18 10:23
#接龙
1. 王小明 13900001001 喜高楼层
2、李雷，139 0000 1002，男，忌花生
(3) 韩梅梅 0571-88880000 华东电气有限公司

唐屿:
收到
[图片]
④ O'Brien Şahin ob@example.com"""
BLOCKS = """姓名：王小明
电话：13900001001
单位：华东电气
备注：高楼层
远离电梯

许棠  上午 10:25
姓名: 李雷 电话: 13900001002
好的"""
HEADED = "唐屿 昨天 09:12\n姓名 电话 单位\n王小明 13900001001 华东电气\n李雷 13900001002 云栖湖 会展"
PLACES = "1. 11月23日 听泉 12位 王总 13900001234 包厢\n2. 11月24号 兰亭 20人 李总 13900001235"


@pytest.mark.parametrize(
    ("record", "text", "rows"),
    [
        (PERSON, CHAIN, [
            ["name", "phone", "sex", "account", "email", "remark"], ["王小明", "13900001001", "", "", "", "喜高楼层"], ["李雷", "139 0000 1002", "男", "", "", "忌花生"],
            ["韩梅梅", "0571-88880000", "", "华东电气有限公司", "", ""], ["O'Brien Şahin", "", "", "", "ob@example.com", ""],
        ]),
        (PERSON, BLOCKS, [["name", "phone", "account", "remark"], ["王小明", "13900001001", "华东电气", "高楼层 远离电梯"], ["李雷", "13900001002", "", ""]]),
        (PERSON, "姓名：\n王小明\n电话：\n13900001001", [["name", "phone"], ["王小明", "13900001001"]]),
        (PERSON, HEADED, [["name", "phone", "account"], ["王小明", "13900001001", "华东电气"], ["李雷", "13900001002", "云栖湖 会展"]]),
        (BOOKING, PLACES, [["name", "phone", "day", "people", "kind", "place"], ["王总", "13900001234", "11月23日", "12", "包厢", "听泉"], ["李总", "13900001235", "11月24日", "20", "", "兰亭"]]),
        (ACCOUNT, "1. 华东电气有限公司 0571-88880000\n2. 禾渚软件股份有限公司", [["name", "phone"], ["华东电气有限公司", "0571-88880000"], ["禾渚软件股份有限公司", ""]]),
        (PERSON, "许棠 10:23\n好的\n[图片]\n", []), (PERSON, "", []), (PERSON, "名单：", []),
    ],
)  # fmt: skip
def test_what_a_chat_says(record: Record, text: str, rows: list[list[str]]) -> None:
    assert chat.rows(record, text) == rows


@given(st.text(max_size=200), st.sampled_from((PERSON, ACCOUNT, BOOKING)))
def test_any_text_is_safe_and_square(text: str, record: Record) -> None:
    found = chat.rows(record, text)
    assert len({len(row) for row in found}) <= 1
    assert len(found) <= len(text.splitlines()) + 1


@given(st.lists(st.tuples(st.text("王李张刘陈杨黄赵", min_size=2, max_size=3), st.integers(13_000_000_000, 13_999_999_999)), min_size=2, max_size=30))
def test_names_with_phones_are_all_there(people: list[tuple[str, int]]) -> None:
    lines = [f"{at}. {name} {phone}" for at, (name, phone) in enumerate(people, 1)]
    assert chat.rows(PERSON, "\n".join(lines)) == [["name", "phone"], *([name, str(phone)] for name, phone in people)]


def test_five_thousand_lines_and_no_more() -> None:
    lines = [f"{at + 1}、王小 1390000{at:04d}" for at in range(MOST + 1)]
    assert len(cells_for(PERSON, "\n".join(lines[:MOST]))) == MOST + 1
    with pytest.raises(Refused, match="At most"):
        cells_for(PERSON, "\n".join(lines))


def test_a_copied_table_is_none() -> None:
    assert cells_for(PERSON, "姓名\t电话\n王小明\t1", "") == [["姓名", "电话"], ["王小明", "1"]]
    assert cells_for(PERSON, "王小明 1", "<table><tr><td>王小明</td><td>1</td></tr></table>") == [["王小明", "1"]]


def test_a_chain_of_a_chat_is_shown_and_saved(desk: Desk) -> None:
    """What nobody understands is shown with its words and left out; the rest is one action."""
    account(desk, "华东电气有限公司")
    with closing(desk.store.open_reader()) as reader:
        found = pasting.prepare(reader, desk.store.keys, desk.store.by_key, PERSON, cells_for(PERSON, f"11月23日团队名单\n{CHAIN}"), PERSON.listed, {})
    assert [(line.state, line.name) for line in found.lines] == [(REFUSED, "11月23日团队名单"), *((NEW, name) for name in ("王小明", "李雷", "韩梅梅", "O'Brien Şahin"))]
    importing.write(desk, found.prepared)
    kept = desk.store.writer.execute("select p.name, p.phone, p.sex, a.name from person as p left join account as a on a.id = p.account_id order by p.phone").fetchall()
    assert [tuple(row) for row in kept] == [
        ("O'Brien Şahin", "", "", None), ("韩梅梅", "0571-88880000", "", "华东电气有限公司"), ("王小明", "139 0000 1001", "", None), ("李雷", "139 0000 1002", "male", None),
    ]  # fmt: skip
    sound(desk.store)
