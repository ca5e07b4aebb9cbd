"""Rows pasted from a table: any clipboard taken apart, columns understood, compared before anything is written."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.exchange import importing, pasting
from crm_desktop.exchange.pasting import CHANGED, NEW, REFUSED, Pasted, cells_of
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text, say, use
from tests.samples import account, added, row, sound

WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\x85"), max_size=8).map(lambda s: " ".join(s.split()))
TABLES = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=1, max_size=5))


def plain(rows: list[list[str]]) -> list[list[str]]:
    """What is left of a table without empty rows and columns at the end."""
    full = [row for row in rows if any(row)]
    width = max((max(at for at, cell in enumerate(row, 1) if cell) for row in full), default=0)
    return [row[:width] for row in full]


@given(TABLES)
def test_what_excel_copies_is_read_back(rows: list[list[str]]) -> None:
    """Excel puts cells with tabs, lines or quotes into quotes; the table of a page holds the same."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\r\n").writerows(rows)
    html = "<html><body><!--StartFragment--><table>" + "".join("<tr>" + "".join(f"<td class=x>{_escaped(cell)}</td>" for cell in r) + "</tr>" for r in rows) + "</table>"
    if not plain(rows):
        for words, page in ((out.getvalue(), ""), ("", html)):
            with pytest.raises(Refused):
                cells_of(words, page)
        return
    if len(rows[0]) > 1:
        assert cells_of(out.getvalue()) == plain(rows)
    assert cells_of("", html) == plain(rows)


def _escaped(cell: str) -> str:
    return cell.replace("&", "&amp;").replace("<", "&lt;")


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_clipboard_is_safe(text: str, html: str) -> None:
    try:
        cells = cells_of(text, html)
    except Refused:
        return
    assert cells
    assert len({len(row) for row in cells}) == 1


@pytest.mark.parametrize(
    ("text", "html", "cells"),
    [
        ("甲\t1\r\n乙\t2\r\n", "", [["甲", "1"], ["乙", "2"]]), ('"甲\n乙"\t1', "", [["甲 乙", "1"]]), ('"甲"乙\t1\n丙\t2', "", [['"甲"乙', "1"], ["丙", "2"]]),
        ("甲\n乙", "", [["甲"], ["乙"]]), ("x", "<table><tr><th colspan=2>甲</th><td>a<br>b</td></tr></table>", [["甲", "", "a b"]]), ("只有字", "<p>只有字</p>", [["只有字"]]),
    ],
)  # fmt: skip
def test_clipboards(text: str, html: str, cells: list[list[str]]) -> None:
    assert cells_of(text, html) == cells


def test_too_much_is_refused() -> None:
    with pytest.raises(Refused, match="At most"):
        cells_of("\n".join(f"甲{n}\t1" for n in range(pasting.MOST + 2)))


@pytest.mark.parametrize(
    ("rows", "names", "headed"),
    [
        ([["单位名称", "等级", "随便"], ["甲", "A", ""]], ["name", "level", ""], True), ([["Name", "Class"], ["甲", "A"]], ["name", "level"], True),
        ([["甲", "A"]], ["name", "kind"], False), ([["名称", "等级"]], ["name", "kind"], False), ([["甲", "公司", "C1", "A", "9"]], ["name", "kind", "code", "level", ""], False),
        ([["名称", "名称"], ["甲", "乙"]], ["name", ""], True),
    ],
)  # fmt: skip
def test_what_columns_mean(rows: list[list[str]], names: list[str], headed: bool) -> None:
    assert pasting.columns_of(ACCOUNT, rows, ACCOUNT.listed) == (names, headed)


def pasted(desk: Desk, record: Record, text: str, **constants: Any) -> Pasted:
    with closing(desk.store.open_reader()) as reader:
        return pasting.prepare(reader, desk.store.keys, desk.store.by_key, record, cells_of(text), record.listed, constants)


def told(found: Pasted) -> list[tuple[str, str, str]]:
    return [(line.state, line.name, say(line.words)) for line in found.lines]


def test_new_changed_same_and_refused_are_told_apart(desk: Desk) -> None:
    first, same = account(desk, "澄籁精密", level="C", city="绍兴"), account(desk, "禾渚软件", level="A")
    text = "名称\t等级\t城市\t邮箱\t备忘\n澄籁精密\tA级\t杭州\t\t\n禾渚软件\tA\t\t\t\n青垧新材\tB 级\t上海\t\t\n坏行\tB\t\tnobody\t\n"
    use("zh_CN")
    found = pasted(desk, ACCOUNT, text.replace("A级", "A 级"))
    assert told(found)[1:] == [(NEW, "青垧新材", "B 级 · 上海"), (CHANGED, "澄籁精密", "等级: C 级 → A 级 · 城市: 绍兴 → 杭州")]
    assert told(found)[0][:2] == (REFUSED, "坏行")
    assert "name@company.com" in told(found)[0][2]
    assert (found.prepared.added, found.prepared.updated, found.prepared.same, len(found.prepared.bad)) == (1, 1, 1, 1)
    assert found.unknown == ["备忘"]
    before = row(desk, ACCOUNT, first)
    assert before["city"] == "绍兴"  # nothing was written by looking
    importing.write(desk, found.prepared)
    assert (row(desk, ACCOUNT, first)["level"], row(desk, ACCOUNT, first)["city"], row(desk, ACCOUNT, same)["version"]) == ("A", "杭州", 1)
    desk.undo()
    assert row(desk, ACCOUNT, first)["city"] == "绍兴"
    sound(desk.store)


def test_rows_of_the_list_go_out_and_come_back(desk: Desk) -> None:
    """Without headings the columns are those of the list; a client is known by its code, a person by name and phone."""
    account(desk, "澄籁精密", code="C001", level="A")
    found = pasted(desk, ACCOUNT, "澄籁精密股份\tCompany\tC001\tB\t455,280.00\t970")
    assert [(line.state, line.name) for line in found.lines] == [(CHANGED, "澄籁精密")]
    guest = added(desk, PERSON, name="王明", phone="199 0000 1001")
    added(desk, PERSON, name="李红"), added(desk, PERSON, name="李红")
    people = pasted(desk, PERSON, "姓名\t手机\t贵宾等级\n王明\t19900001001\tV5\n王明\t199 0000 2222\tV4\n李红\t\tV3")
    assert [(line.state, line.name) for line in people.lines] == [(NEW, "王明"), (NEW, "李红"), (CHANGED, "王明")]
    importing.write(desk, people.prepared)
    assert row(desk, PERSON, guest)["vip"] == "V5"


def test_an_empty_cell_takes_nothing_away(desk: Desk) -> None:
    firm = account(desk, "澄籁精密", city="绍兴", credit_limit=500_00, email="a@example.com", credit="open")
    same = account(desk, "禾渚软件", city="杭州")
    found = pasted(desk, ACCOUNT, "名称\t城市\t邮箱\t信用额度\n澄籁精密\t\t\t\n禾渚软件\t\t\t")
    assert (found.lines, found.prepared.same) == ([], 2)
    found = pasted(desk, ACCOUNT, "名称\t城市\t邮箱\t信用额度\n澄籁精密\t杭州\t\t0.00\n禾渚软件\t\t\t")
    importing.write(desk, found.prepared)
    kept = row(desk, ACCOUNT, firm)
    assert (kept["city"], kept["email"], kept["credit_limit"]) == ("杭州", "a@example.com", 0)
    assert row(desk, ACCOUNT, same)["version"] == 1
    sound(desk.store)


def test_new_rows_begin_with_what_the_list_is_of(desk: Desk) -> None:
    firm = account(desk, "澄籁精密")
    found = pasted(desk, PERSON, "姓名\t手机\n赵四\t199 0000 3333", account_id=firm)
    importing.write(desk, found.prepared)
    kept = desk.store.writer.execute("select account_id from person where name = '赵四'").fetchone()
    assert kept[0] == firm


def test_private_numbers_are_reduced_before_they_are_shown(desk: Desk) -> None:
    found = pasted(desk, PERSON, "姓名\t证件号码\t备注\n王明\t11010519491231002X\t卡 4111111111111111")
    assert "11010519491231002X" not in str(told(found))
    assert "4111111111111111" not in str(told(found))
    assert "•••• 002X" in told(found)[0][2]
    with pytest.raises(Refused, match="no column for Name"):
        pasted(desk, PERSON, "手机\t贵宾等级\n19900001001\tV5")


def test_a_firm_that_is_named_is_made_along_the_way(desk: Desk) -> None:
    found = pasted(desk, PERSON, "姓名\t单位\n赵四\t新来的公司")
    assert told(found)[0][2].startswith("新来的公司")
    change = importing.write(desk, found.prepared)
    assert change.tables == {"person", "account"}


def test_a_pasted_client_that_may_be_here_says_so(desk: Desk) -> None:
    account(desk, "云楸医疗器械有限公司")
    with closing(desk.store.open_reader()) as reader:
        pasted = pasting.prepare(reader, desk.store.keys, desk.store.by_key, ACCOUNT, [["云楸医疗器械股份有限公司"], ["一家新客户"]], ("name",), {})
    assert [line.words.source if isinstance(line.words, Text) else line.words for line in pasted.lines] == ["May be {name} ({why})", ""]
