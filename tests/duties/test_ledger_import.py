"""Ledgers of debits and credits brought in: bills, receipts, what pays what, balances that must follow, and what cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.receivables import actions, mappings_amounts, rules_ledger
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.duties.receivables.records_ledger import LEDGER_LINE
from crm_desktop.duties.receivables.rules_ledger import Debt, Line, Money, Purse
from crm_desktop.exchange import importing
from crm_desktop.exchange.days import AskedDays
from crm_desktop.record.text import Refused, say
from tests.samples import account, added, counts, csv_file, facts, hotel, imported, prepared, sound

HEADINGS = ["账号", "单位", "日期", "单号", "摘要", "营业点", "借方", "贷方", "余额"]
ROWS = [
    ["0042", "越岫城建集团", "2026-09-01", "", "期初余额", "", "", "", "5,000.00"],
    ["0042", "越岫城建集团有限公司", "2026-09-03", "A001", "房费", "客房部", "12,300.00", "", "17,300.00"],
    ["042", "鹿渚文化", "2026-09-05", "A002", "会议费", "会议中心", "800.00", "-", "800.00"],
    ["0042", "越岫城建集团有限公司", "2026-09-20", "R01", "收款", "", "", "6,000.00", "11,300.00"],
    ["0042", "越岫城建集团有限公司", "2026-09-28", "A003", "用餐", "中餐厅", "￥700.00", "0", "12,000.00"],
    ["", "", "", "", "本月合计", "", "13,800.00", "6,000.00", ""],
]  # fmt: skip


def bills(desk: Desk) -> list[tuple[Any, ...]]:
    """Client, number, kind, day, amount and balance of every bill."""
    return desk.store.writer.execute(  # type: ignore[no-any-return]
        "select a.code, r.document_no, r.kind, r.bill_date, r.amount, r.balance from receivable as r join account as a on a.id = r.account_id where r.gone is null"
        " order by a.code, r.bill_date, r.document_no, r.amount"
    ).fetchall()


def money(desk: Desk) -> list[tuple[Any, ...]]:
    """Client, day, amount and what is left of every receipt."""
    return desk.store.writer.execute(  # type: ignore[no-any-return]
        "select a.code, p.received_on, p.amount, p.unapplied from receipt as p join account as a on a.id = p.account_id where p.gone is null order by p.received_on, p.amount"
    ).fetchall()


def test_debits_are_bills_and_credits_pay_the_oldest(desk: Desk, tmp_path: Path) -> None:
    hotel(desk)
    ready = prepared(desk, csv_file(tmp_path / "往来.csv", HEADINGS, *ROWS, encoding="gb18030"), LEDGER_LINE)
    change = importing.write(desk, ready)
    assert {name: value for name, value in ready.counts().items() if name != "refused_file"} == {
        "read": 6, "added": 5, "updated": 0, "same": 0, "refused": 1, "with": {"receivable": 4, "receipt": 1, "application": 2},
    }  # fmt: skip
    assert bills(desk) == [
        ("0042", "", "other", "2026-09-01", 500_000, 0), ("0042", "A001", "room", "2026-09-03", 1_230_000, 1_130_000),
        ("0042", "A003", "meal", "2026-09-28", 70_000, 70_000), ("042", "A002", "meeting", "2026-09-05", 80_000, 80_000),
    ]  # fmt: skip
    assert money(desk) == [("0042", "2026-09-20", 600_000, 0)]
    assert desk.store.writer.execute("select name from account where code = '0042'").fetchall() == [("越岫城建集团有限公司",)]  # the name used most
    assert [say(words) for words in ready.notes] == [
        "CNY: 18,800.00 in debits, 6,000.00 in credits; 12,800.00 of the new bills stays open, 0.00 of the receipts is on account",
        "1 client numbers are spelled in several ways: each is one client, with the name used most",
    ]
    linked = "select count(*) from ledger_line as l join receivable as r on r.id = l.receivable_id where r.amount = l.debit and r.bill_date = l.day"
    assert desk.store.writer.execute(linked).fetchone()[0] == 4
    sound(desk.store)
    desk.undo(change.id)
    assert counts(desk.store) == {"hotel": 1}
    assert imported(desk, tmp_path / "往来.csv", LEDGER_LINE)["added"] == 5  # taken back whole, it comes again


def test_a_line_comes_in_once(desk: Desk, tmp_path: Path) -> None:
    """The same file again, and the next month's, which begins with what is here: the balance carried in is no second item."""
    hotel(desk)
    path = csv_file(tmp_path / "a.csv", HEADINGS, *ROWS)
    imported(desk, path, LEDGER_LINE)
    before = facts(desk.store)
    assert imported(desk, path, LEDGER_LINE) == {"read": 6, "added": 0, "updated": 0, "same": 5, "refused": 1}
    assert facts(desk.store) == before
    later = [
        ["0042", "越岫", "2026-10-01", "", "上期结转", "", "", "", "12,000.00"], ["0042", "越岫", "2026-10-08", "R02", "回款", "", "", "11,500.00", "500.00"],
        ["042", "鹿渚", "2026-10-01", "", "上月结转", "", "", "", "900.00"], ["042", "鹿渚", "2026-10-09", "A9", "房费", "", "1", "", "901.00"],
    ]  # fmt: skip
    ready = prepared(desk, csv_file(tmp_path / "b.csv", HEADINGS, *later), LEDGER_LINE)
    importing.write(desk, ready)
    assert (ready.added, ready.same) == (2, 1)
    assert [(bad.line, say(bad.reason)) for bad in ready.bad] == [
        (4, "The file opens with 900.00, the lines of this client that are here end with 800.00: lines between them are missing")
    ]
    assert [row[-1] for row in bills(desk) if row[0] == "0042"] == [0, 0, 50_000]
    sound(desk.store)


def test_what_is_here_is_paid_first_but_not_what_is_disputed(desk: Desk, tmp_path: Path) -> None:
    """Bills keyed before the file: one it tells again, one that is disputed in part; the client's days to pay make due dates."""
    client = account(desk, "越岫城建集团", code="0042", credit_days=30)
    both = {"account_id": client, "hotel_id": hotel(desk), "currency": "CNY"}
    old = added(desk, RECEIVABLE, **both, document_no="0A001", bill_date="2026-09-03", due="2026-09-10", amount=1_230_000)
    quarrel = added(desk, RECEIVABLE, **both, document_no="Q", bill_date="2026-08-03", due="2026-08-03", amount=100_000, disputed=60_000)
    rows = [ROWS[0], ROWS[1], ROWS[3], ROWS[4]]
    importing.write(desk, prepared(desk, csv_file(tmp_path / "a.csv", HEADINGS, *rows), LEDGER_LINE))
    found = dict(desk.store.writer.execute("select id, balance from receivable").fetchall())
    assert (found[quarrel], found[old]) == (60_000, 1_230_000 - (600_000 - 500_000 - 40_000))
    assert desk.store.writer.execute("select due from receivable where document_no = 'A003'").fetchone() == ("2026-10-28",)
    assert len(found) == 4
    sound(desk.store)


def test_english_words_two_currencies_and_many_spellings(desk: Desk, tmp_path: Path) -> None:
    hotel(desk)
    account(desk, "Harbour Pine", code="007")
    headings = ["Account", "Company", "Date", "Doc No", "Description", "Outlet", "Debit", "Credit", "Balance", "Currency", "Due date"]
    rows = [
        ["00100", "Harbour Pine", "2026-09-01", "1", "Rooms", "Front office", "100", "", "100", "USD", "2026-10-01"],
        ["00100", "HARBOUR & PINE", "2026-09-02", "2", "Rooms", "", "50", "", "50", "CNY", "2026-10-02"],
        ["00100", "Harbour and Pine", "2026-09-03", "", "Payment", "", "", "120", "-20", "USD", ""],
        ["100", "Harbour Pine", "2026-09-03", "3", "", "Bar", "9", "", "9", "USD", "2026-09-02"],
    ]
    ready = prepared(desk, csv_file(tmp_path / "a.csv", headings, *rows), LEDGER_LINE)
    importing.write(desk, ready)
    assert bills(desk) == [("00100", "1", "room", "2026-09-01", 10_000, 0), ("00100", "2", "room", "2026-09-02", 5_000, 5_000)]
    assert money(desk) == [("00100", "2026-09-03", 12_000, 2_000)]  # dollars pay no yuan
    assert [(bad.line, say(bad.reason)) for bad in ready.bad] == [(5, "Due date: The due date must be on or after 2026-09-03")]
    assert [say(words) for words in ready.notes][-1] == "1 new clients have the name of another number: they stay apart until somebody merges them"
    assert desk.store.writer.execute("select count(*) from account where gone is null").fetchone()[0] == 2
    sound(desk.store)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"借方": "1.234,56", "余额": ""}, "Debit amount: Write an amount like 1234.50"), ({"借方": "-5", "余额": "-5"}, "It takes a bill back, but no unpaid bill of this amount is in the file or here: take it back by hand, with a credit note"),
        ({"借方": "", "贷方": "-5", "余额": "5"}, "It takes a receipt back, but none of this amount is in the file or here: take it back by hand"), ({"币种": "XQZ"}, "Currency: 'XQZ' is no currency; write its three letters, such as CNY"),
        ({"日期": "2026-13-04"}, "Date: There is no day 2026-13-04"), ({"到期日": "2026-08-31"}, "Due date: The due date must be on or after 2026-09-01"),
        ({"借方": "", "余额": ""}, "Debit amount: The line has neither a debit nor a credit"), ({"账号": "", "单位": ""}, "Client is needed here"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_left_out_with_its_reason(desk: Desk, tmp_path: Path, cells: dict[str, str], reason: str) -> None:
    """The good line after it stays good: its balance goes on from what could be read."""
    hotel(desk)
    titles = [*HEADINGS, "币种", "到期日"]
    good = dict(zip(titles, ["1", "甲", "2026-09-01", "B", "房费", "", "1,234.56", "", "1,234.56", "CNY", ""], strict=True))
    bad = good | {"单号": "C", "余额": "2469.12"} | cells
    other = {"账号": "2", "单位": "乙"} if "余额" in cells else {}  # a balance of its own
    path = csv_file(tmp_path / "a.csv", titles, [*good.values()], [(bad | other)[title] for title in titles])
    ready = prepared(desk, path, LEDGER_LINE)
    assert [say(one.reason) for one in ready.bad] == [reason]
    assert ready.added == 1


def test_a_reversal_takes_its_line_back(desk: Desk, tmp_path: Path) -> None:
    """A bill of the file by its number, one of an earlier file by its amount, a receipt that bounced; one that may mean several is left out."""
    hotel(desk)
    first = [["1", "甲", "2026-08-01", "OLD", "房费", "", "500", "", "500"]]
    imported(desk, csv_file(tmp_path / "a.csv", HEADINGS, *first), LEDGER_LINE)
    rows = [
        ["1", "甲", "2026-09-01", "A", "房费", "", "100", "", "600"], ["1", "甲", "2026-09-02", "B", "房费", "", "100", "", "700"],
        ["1", "甲", "2026-09-03", "R1", "收款", "", "", "50", "650"], ["1", "甲", "2026-09-04", "A", "红冲", "", "(100.00)", "", "550"],
        ["1", "甲", "2026-09-05", "R1", "退票", "", "", "50.00-", "600"], ["1", "甲", "2026-09-06", "", "冲八月房费", "", "-500", "", "100 借"],
        ["1", "甲", "2026-09-07", "C", "餐费", "", "100", "", "200"], ["1", "甲", "2026-09-08", "", "红冲", "", "-100", "", "100"],
    ]  # fmt: skip
    ready = prepared(desk, csv_file(tmp_path / "b.csv", HEADINGS, *rows), LEDGER_LINE)
    change = importing.write(desk, ready)
    assert [(bad.line, say(bad.reason)[:60]) for bad in ready.bad] == [(9, "It takes a bill back, and several have this amount: write th")]
    assert {row[1]: (row[4], row[5]) for row in bills(desk)} == {"OLD": (50_000, 0), "A": (10_000, 0), "B": (10_000, 10_000), "C": (10_000, 10_000)}
    assert money(desk) == []
    assert desk.store.writer.execute("select written_on from receivable where document_no in ('A', 'OLD') order by written_on").fetchall() == [("2026-09-04",), ("2026-09-06",)]
    assert desk.store.writer.execute("select sum(debit) - sum(credit) from ledger_line").fetchone()[0] == 20_000
    sound(desk.store)
    assert imported(desk, tmp_path / "b.csv", LEDGER_LINE)["same"] == 7
    desk.undo(change.id)
    assert [row[1:] for row in bills(desk)] == [("OLD", "room", "2026-08-01", 50_000, 50_000)]


@given(st.lists(st.tuples(st.sampled_from(["", "1", "01", "2"]), st.integers(-3, 3).filter(bool)), max_size=12))
def test_a_reversal_means_one_line_before_it_of_its_amount(moves: list[tuple[str, int]]) -> None:
    paired, lost = rules_ledger.reversals(moves)
    assert sorted([*paired, *lost]) == [at for at, (_, amount) in enumerate(moves) if amount < 0]
    assert len(set(paired.values())) == len(paired)
    assert all(entry < back and moves[entry][1] == -moves[back][1] for back, entry in paired.items())


@pytest.mark.parametrize(
    ("cell", "units"),
    [("", 0), ("-", 0), ("1,234.56", 123456), ("(88.00)", -8800), ("（88）", -8800), ("88.00-", -8800), ("88.00−", -8800), ("-88", -8800), ("￥88", 8800), ("(￥88.00)", -8800)],
)  # fmt: skip
def test_amounts_as_ledgers_write_them(cell: str, units: int) -> None:
    assert mappings_amounts.units(cell) == units


@pytest.mark.parametrize("cell", ["(88", "(-88)", "--88", "88 88", "1.234,56", "(88)-"])
def test_what_is_no_amount_is_refused(cell: str) -> None:
    with pytest.raises(Refused):
        mappings_amounts.units(cell)


@pytest.mark.parametrize(
    ("cells", "units"),
    [(("5",), 500), (("5 Cr",), -500), (("5.00CR",), -500), (("5.00 Dr",), 500), (("5", "贷"), -500), (("5", "借"), 500), (("5", "平"), 500), (("5贷",), -500), (("-5 Cr",), -500), (("(5)",), -500)],
)  # fmt: skip
def test_the_side_of_a_balance(cells: tuple[str, ...], units: int) -> None:
    assert mappings_amounts.balance(cells) == units


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["0042", "越岫", "2026-09-09", "X", "房费", "", "10", "", "17,320.00"], "Line 4: the balance does not follow: 17,300.00 + 10.00 - 0.00 is 17,310.00, the file says 17,320.00"),
        (["77", "新客", "2026-09-09", "X", "房费", "", "10", "", "60"], "Line 4: the balance is 60.00, so 50.00 was open before it"),
    ],
)  # fmt: skip
def test_a_balance_that_does_not_follow_refuses_the_file(desk: Desk, tmp_path: Path, row: list[str], reason: str) -> None:
    hotel(desk)
    before = facts(desk.store)
    with pytest.raises(Refused) as refused:
        prepared(desk, csv_file(tmp_path / "a.csv", HEADINGS, *ROWS[:2], row), LEDGER_LINE)
    assert say(refused.value.text).startswith(reason)
    assert facts(desk.store) == before


def test_newest_on_top_one_balance_for_all_and_sides_in_words(desk: Desk, tmp_path: Path) -> None:
    hotel(desk)
    path = csv_file(tmp_path / "a.csv", HEADINGS, *ROWS[::-1])
    assert imported(desk, path, LEDGER_LINE)["added"] == 5
    sides = [*HEADINGS[:-1], "方向", "余额"]
    rows = [["9", "甲", "2026-09-01", "", "预付", "", "", "100", "贷", "100"], ["8", "乙", "2026-09-02", "B", "房费", "", "250", "", "借", "150"], ["9", "甲", "2026-09-03", "C", "房费", "", "30", "", "借", "180"]]
    assert imported(desk, csv_file(tmp_path / "b.csv", sides, *rows), LEDGER_LINE)["added"] == 3
    assert [row[-1] for row in bills(desk) if row[0] == "9"] == [0]  # money that came before pays it
    assert [row for row in money(desk) if row[0] == "9"] == [("9", "2026-09-01", 10_000, 7_000)]
    sound(desk.store)


def test_days_that_can_be_read_in_two_ways_are_asked(desk: Desk, tmp_path: Path) -> None:
    hotel(desk)
    path = csv_file(tmp_path / "a.csv", HEADINGS, ["1", "甲", "03/04/2026", "B", "", "", "1", "", "1"])
    with pytest.raises(AskedDays):
        prepared(desk, path, LEDGER_LINE)
    assert prepared(desk, path, LEDGER_LINE, dates="dmy").added == 1


def test_money_of_a_ledger_keeps_what_was_promised(desk: Desk, tmp_path: Path) -> None:
    hotel(desk)
    client = account(desk, "越岫", code="0042")
    actions.take_promise(desk, client, 600_000, "2026-09-25", made_on="2026-09-10")
    imported(desk, csv_file(tmp_path / "a.csv", HEADINGS, *ROWS), LEDGER_LINE)
    actions.judge(desk, client)
    assert desk.store.writer.execute("select received, state from promise").fetchall() == [(600_000, "kept")]
    sound(desk.store)


def test_clients_of_one_name_are_proposed_and_never_merged(desk: Desk, tmp_path: Path) -> None:
    from crm_desktop.store import alike

    hotel(desk)
    rows = [["1", "越岫城建集团有限公司", "2026-09-01", "B", "", "", "1", "", "1"], ["2", "越岫城建集团", "2026-09-01", "B", "", "", "1", "", "1"]]
    imported(desk, csv_file(tmp_path / "a.csv", HEADINGS, *rows), LEDGER_LINE)
    [first, second] = desk.store.writer.execute("select id from account where gone is null order by code").fetchall()
    values = desk.get(ACCOUNT, first[0])
    assert values is not None
    assert [one.id for one in alike.check(desk.store.writer, ACCOUNT, values, least=1) if one.id != first[0]] == [second[0]]


# rules


@pytest.mark.parametrize("words", ["期初余额", "上期结转", "上年 结转", "年初余额：", "Opening balance", "B/F", "brought forward"])
def test_words_of_an_opening_balance(words: str) -> None:
    assert rules_ledger.is_opening(words)
    assert not rules_ledger.is_total(words)


@pytest.mark.parametrize("words", ["本月合计", "本年累计", "小计", "过次页", "承前页", "Total", "期末余额", "本期发生额及余额"])
def test_words_of_totals(words: str) -> None:
    assert rules_ledger.is_total(words)
    assert not rules_ledger.is_opening(words)


@pytest.mark.parametrize("words", ["房费", "合计会计师事务所 会议费", "期初会议", "Total Logistics rooms", ""])
def test_words_of_plain_lines(words: str) -> None:
    assert not rules_ledger.is_total(words)
    assert not rules_ledger.is_opening(words)


def test_a_line_that_cannot_be_read_does_not_break_the_next() -> None:
    lines = [Line(2, "1", "CNY", 100, 0, 100, False), Line(3, "1", "CNY", None, None, None, False), Line(4, "1", "CNY", 5, 0, 170, False), Line(5, "1", "CNY", 0, 70, 101, False)]
    found = rules_ledger.first_break(lines, rules_ledger.apart)
    assert found is not None
    assert (found.at.line, found.before, found.expected) == (5, 170, 100)


MOVES = st.lists(st.tuples(st.booleans(), st.integers(1, 500), st.integers(0, 30)), max_size=40)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(MOVES)
def test_nothing_is_lost_between_bills_and_receipts(moves: list[tuple[bool, int, int]]) -> None:
    """Debits less credits is what is open less what is on account, no bill is paid beyond itself, and never both are left."""
    purse, debts = Purse(), list[Debt]()
    for at, (owes, amount, days) in enumerate(moves):
        day = f"2026-09-{days % 30 + 1:02d}"
        if owes:
            debts.append(Debt(at, day, day, amount))
            purse.owes(debts[-1])
        else:
            purse.receives(Money(at, day, amount))
    purse.settle()
    debits, credits = (sum(amount for owes, amount, _ in moves if owes is which) for which in (True, False))
    open_now, left = sum(debt.left for debt in debts), sum(one.left for one in purse.money)
    assert debits - credits == open_now - left
    assert not (open_now and left)
    paid: dict[int, int] = {}
    for one in purse.money:
        for bill, part in one.parts.items():
            paid[bill] = paid.get(bill, 0) + part
    assert paid == {debt.id: debt.paid for debt in debts if debt.paid}
    assert all(debt.paid + debt.left == amount for debt, amount in zip(debts, [amount for owes, amount, _ in moves if owes], strict=True))
