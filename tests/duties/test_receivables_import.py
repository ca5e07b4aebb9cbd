"""Lists of bills from elsewhere: keyed by number, spelled in several ways, settled meanwhile, with what cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.receivables import actions
from crm_desktop.duties.receivables.records import RECEIPT, RECEIVABLE
from crm_desktop.exchange import importing
from crm_desktop.record.text import Refused, say
from tests.samples import account, counts, csv_file, hotel, imported, prepared, sound

HEADINGS = ["客户编号", "客户名称", "发票号", "账单日期", "到期日", "金额", "币种"]
BILL = ["0042", "Wal-Mar Corp", "007", "2026-09-01", "2026-10-01", "100.00", "USD"]
SETTLED = ["customerID", "invoiceNumber", "InvoiceDate", "DueDate", "InvoiceAmount", "Disputed", "SettledDate"]
OPEN = ["cust_number", "name_customer", "doc_id", "posting_date", "due_in_date", "total_open_amount", "invoice_currency", "clear_date", "isOpen"]


def bills(desk: Desk) -> list[tuple[Any, ...]]:
    """Client, number, amount, paid and balance of every bill."""
    return desk.store.writer.execute(  # type: ignore[no-any-return]
        "select a.code, r.document_no, r.amount, r.paid, r.balance from receivable as r join account as a on a.id = r.account_id where r.gone is null"
        " order by r.document_no, r.amount"
    ).fetchall()


def other(**cells: str) -> list[str]:
    """The bill with other cells, by heading."""
    return [cells.get(title, cell) for title, cell in zip(HEADINGS, BILL, strict=True)]


def test_clients_are_known_by_their_number_whatever_their_name(desk: Desk, tmp_path: Path) -> None:
    hotel(desk)
    rows = [BILL, other(客户名称="WAL-MAR", 发票号="8"), other(客户名称="Wal-Mar foundation", 发票号="9"), other(客户编号="42", 发票号="10")]
    assert imported(desk, csv_file(tmp_path / "ar.csv", HEADINGS, *rows), RECEIVABLE)["added"] == 4
    found = desk.store.writer.execute("select code, name from account where gone is null order by code").fetchall()
    assert found == [("0042", "Wal-Mar Corp"), ("42", "Wal-Mar Corp")]  # two numbers of one name are never made one


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
@pytest.mark.parametrize("apart", [False, True])
def test_numbers_that_differ_in_leading_zeros_are_one_bill(desk: Desk, tmp_path: Path, order: tuple[int, ...], apart: bool) -> None:
    hotel(desk)
    rows = [BILL, other(发票号="7"), other(发票号="00007")]
    files = [[rows[at]] for at in order] if apart else [[rows[at] for at in order]]
    done = [imported(desk, csv_file(tmp_path / f"{n}.csv", HEADINGS, *some), RECEIVABLE) for n, some in enumerate(files)]
    assert bills(desk) == [("0042", "00007", 10_000, 0, 10_000)]
    assert sum(one["added"] for one in done) == 1
    assert sum(one.get("respelled", 0) for one in done) == 2
    sound(desk.store)


def test_other_amounts_days_clients_and_kinds_are_other_bills(desk: Desk, tmp_path: Path) -> None:
    hotel(desk)
    rows = [BILL, other(发票号="7", 金额="100.01"), other(发票号="7", 账单日期="2026-09-02"), other(发票号="7", 客户编号="0043"), other(发票号="7", 币种="CAD")]
    path = csv_file(tmp_path / "ar.csv", HEADINGS, *rows)
    done = imported(desk, path, RECEIVABLE)
    assert done == {"read": 5, "added": 5, "updated": 0, "same": 0, "refused": 0}
    assert imported(desk, path, RECEIVABLE)["same"] == 5
    kinds = csv_file(tmp_path / "kinds.csv", [*HEADINGS, "类别"], [*other(发票号="55"), "房费"], [*other(发票号="55"), "餐费"])
    assert imported(desk, kinds, RECEIVABLE)["added"] == 2


def test_what_a_file_says_again_changes_only_what_it_says(desk: Desk, tmp_path: Path) -> None:
    """A later list brings a new due date; what was paid here meanwhile stays paid."""
    hotel(desk)
    imported(desk, csv_file(tmp_path / "a.csv", [*HEADINGS, "备注", "已付"], [*BILL, "签单", "0"]), RECEIVABLE)
    [bill] = desk.store.writer.execute("select id from receivable").fetchone()
    actions.take_receipt(desk, {"amount": 4_000, "currency": "USD"}, [(bill, 4_000)])
    done = imported(desk, csv_file(tmp_path / "b.csv", [*HEADINGS, "备注", "已付"], [*other(到期日="2026-10-15"), "", "0"]), RECEIVABLE)
    assert (done["added"], done["updated"]) == (0, 1)
    assert desk.store.writer.execute("select due, paid, remark from receivable").fetchall() == [("2026-10-15", 4_000, "签单")]
    sound(desk.store)


def test_a_bill_that_is_settled_meanwhile_gets_its_receipt(desk: Desk, tmp_path: Path) -> None:
    open_row = ["0042", "007", "9/1/2026", "10/1/2026", "100.00", "No", ""]
    settled_row = ["0042", "007", "9/1/2026", "10/1/2026", "100.00", "No", "10/20/2026"]
    assert imported(desk, csv_file(tmp_path / "a.csv", SETTLED, open_row), RECEIVABLE) == {"read": 1, "added": 1, "updated": 0, "same": 0, "refused": 0}
    done = imported(desk, csv_file(tmp_path / "b.csv", SETTLED, settled_row), RECEIVABLE)
    assert done == {"read": 1, "added": 0, "updated": 1, "same": 0, "refused": 0, "with": {"receipt": 1, "application": 1}}
    assert desk.store.writer.execute("select received_on, amount, unapplied from receipt").fetchall() == [("2026-10-20", 10_000, 0)]
    assert imported(desk, csv_file(tmp_path / "c.csv", SETTLED, open_row, settled_row), RECEIVABLE)["same"] == 2
    assert bills(desk) == [("0042", "007", 10_000, 10_000, 0)]
    sound(desk.store)


def test_open_items_as_a_ledger_system_gives_them(desk: Desk, tmp_path: Path) -> None:
    """Numbers and days with a `.0`, the same line twice, cleared items, two currencies, due before it was posted."""
    hotel(desk)
    row = ["0200769623", "WAL-MAR corp", "1930438491.0", "2020-01-26", "20200210.0", "54273.28", "USD", "", "1"]
    rows = [
        row, row, ["0200769623", "WAL-MAR in", "1930438492.0", "2020-01-26", "20200125.0", "10", "USD", "", "1"],
        ["0140104409", "LOB'S", "2960541922.0", "2020-03-26", "20200410.0", "82.50", "CAD", "2020-04-13 00:00:00", "0"],
    ]  # fmt: skip
    ready = prepared(desk, csv_file(tmp_path / "open.csv", OPEN, *rows), RECEIVABLE)
    importing.write(desk, ready)
    assert ready.counts() | {"refused_file": None} == {
        "read": 4, "added": 2, "updated": 0, "same": 1, "refused": 1, "refused_file": None, "with": {"receipt": 1, "application": 1},
    }  # fmt: skip
    assert [(say(reason), count) for reason, count in ready.reasons.items()] == [("Due date: The due date must be on or after 2020-01-26", 1)]
    assert bills(desk) == [("0200769623", "1930438491", 5_427_328, 0, 5_427_328), ("0140104409", "2960541922", 8_250, 8_250, 0)]
    sound(desk.store)


def test_open_items_with_the_day_first_and_many_spellings(desk: Desk, tmp_path: Path) -> None:
    """The days of the whole file say how they are written, also where the first two hundred lines have none; a client gets the name used most."""
    hotel(desk)
    row = ["0200769623", "WAL-MAR corp", "1", "26/01/2020", "10/02/2020", "10", "USD", "", "1"]
    rows = [[*row[:2], str(at), *row[3:]] for at in range(1, 251)]
    rows += [["0200769623", "WAL-MAR in", "900", *row[3:]], ["0140104409", "Wal-Mar Corp", "901", "26-03-2020", "20200410.0", "82.50", "CAD", "13-04-2020 00:00", "0"]]
    ready = prepared(desk, csv_file(tmp_path / "open.csv", OPEN, *rows), RECEIVABLE)
    importing.write(desk, ready)
    assert [say(words) for words in ready.notes] == [
        "1 client numbers are spelled in several ways: each is one client, with the name used most",
        "2 new clients have the name of another number: they stay apart until somebody merges them",
    ]  # fmt: skip
    assert ready.bad == []
    found = desk.store.writer.execute("select a.name, min(r.bill_date), max(r.due), max(r.last_paid) from receivable as r join account as a on a.id = r.account_id group by a.name order by a.name").fetchall()
    assert found == [("WAL-MAR corp", "2020-01-26", "2020-02-10", ""), ("Wal-Mar Corp", "2020-03-26", "2020-04-10", "2020-04-13")]
    sound(desk.store)


def test_days_of_open_items_that_can_be_read_in_two_ways_are_asked(desk: Desk, tmp_path: Path) -> None:
    from crm_desktop.exchange.days import AskedDays

    hotel(desk)
    path = csv_file(tmp_path / "open.csv", OPEN, ["1", "A", "1", "03/01/2020", "10/02/2020", "10", "USD", "", "1"])
    with pytest.raises(AskedDays):
        prepared(desk, path, RECEIVABLE)
    assert prepared(desk, path, RECEIVABLE, dates="dmy").preview[0]["due"] == "2020-02-10"


@pytest.mark.parametrize("headings", [["Account", "Customer name"], ["Customer", "Name 1"], ["客户编号", "客户名称"]])
def test_a_column_of_numbers_beside_one_of_names_is_a_number(desk: Desk, tmp_path: Path, headings: list[str]) -> None:
    hotel(desk)
    more = ["Document Number", "Document Date", "Net due date", "Document currency", "Amount in doc. curr."]
    rows = [[code, name, number, "2026-09-01", "2026-10-01", "USD", "1,234.50"] for number, (code, name) in enumerate([("0042", "Wal-Mar"), ("0042", "WAL-MAR co"), ("0042", "Wal-Mar")])]
    imported(desk, csv_file(tmp_path / "sap.csv", [*headings, *more], *rows), RECEIVABLE)
    assert desk.store.writer.execute("select code, name from account").fetchall() == [("0042", "Wal-Mar")]
    assert desk.store.writer.execute("select distinct currency, amount from receivable").fetchall() == [("USD", 123_450)]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"金额": "1.234,56"}, "Amount: Write an amount like 1234.50"), ({"金额": "-5"}, "Amount: A bill below nothing is a credit note; choose that kind"),
        ({"币种": "XQZ"}, "Currency: 'XQZ' is no currency; write its three letters, such as CNY"), ({"账单日期": "2026-13-04"}, "Bill date: There is no day 2026-13-04"),
        ({"到期日": "2026-08-31"}, "Due date: The due date must be on or after 2026-09-01"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_left_out_with_its_reason(desk: Desk, tmp_path: Path, cells: dict[str, str], reason: str) -> None:
    hotel(desk)
    ready = prepared(desk, csv_file(tmp_path / "ar.csv", HEADINGS, other(金额="1,234.56"), other(**cells)), RECEIVABLE)
    assert [say(bad.reason) for bad in ready.bad] == [reason]
    assert ready.added == 1


def test_a_file_that_does_not_say_its_currency(desk: Desk, tmp_path: Path) -> None:
    from crm_desktop.exchange.mapping import from_headings, in_currency

    mapping = from_headings(RECEIVABLE, HEADINGS[:-1])
    assert in_currency(mapping, "美元").constants == {"currency": "USD"}
    assert in_currency(from_headings(RECEIVABLE, HEADINGS), "USD").constants == {}
    with pytest.raises(Refused, match="XQZ"):
        in_currency(mapping, "XQZ")


def test_nobody_gets_a_second_bill_by_adding_the_same_again_unless_asked(desk: Desk, tmp_path: Path) -> None:
    hotel(desk)
    account(desk, "Other", code="1")
    path = csv_file(tmp_path / "ar.csv", HEADINGS, BILL)
    imported(desk, path, RECEIVABLE)
    assert imported(desk, path, RECEIVABLE, add_same=True)["added"] == 1
    assert counts(desk.store)["receivable"] == 2


# lines of the bank

BANK = ["交易日期", "对方户名", "对方账号", "收入", "支出", "余额", "摘要"]
LINES = [
    ["20261117", "绍兴鹿渚文化传播有限公司", "0000 1234", "18,600.00", "", "120,000.00", "会议费"],
    ["2026-11-17 10:22:05", "绍兴鹿渚文化传播有限公司", "0000 1234", "18,600.00", "", "138,600.00", "会议费"],
    ["20261118", "电费", "", "", "3,200.00", "135,400.00", "扣款"],
]


def test_credits_of_a_bank_account_come_in_once(desk: Desk, tmp_path: Path) -> None:
    hotel(desk)
    ready = prepared(desk, csv_file(tmp_path / "bank.csv", BANK, *LINES, LINES[0]), RECEIPT)
    importing.write(desk, ready)
    assert ready.mapping.key == "bank-lines"
    assert {name: ready.counts()[name] for name in ("read", "added", "same", "refused")} == {"read": 4, "added": 2, "same": 1, "refused": 1}
    assert [say(bad.reason) for bad in ready.bad] == ["Amount: No money came in with this line: only credits are taken"]
    found = desk.store.writer.execute("select received_on, payer, payer_account, amount, unapplied, remark from receipt where gone is null").fetchall()
    assert found == [("2026-11-17", "绍兴鹿渚文化传播有限公司", "0000 1234", 1_860_000, 1_860_000, "会议费")] * 2
    later = csv_file(tmp_path / "later.csv", BANK, LINES[1], ["20261119", "甲", "9", "5", "", "135,405.00", ""])
    assert imported(desk, later, RECEIPT)["added"] == 1
    sound(desk.store)


@pytest.mark.parametrize(("date", "money", "note", "serial"), [("记账日期", "贷方发生额", "附言", "交易流水号"), ("交易时间", "收入金额", "用途", "余额")])
def test_banks_name_their_columns_in_several_ways(desk: Desk, tmp_path: Path, date: str, money: str, note: str, serial: str) -> None:
    hotel(desk)
    path = csv_file(tmp_path / "bank.csv", [date, "对方户名", "对方账号", money, serial, note], ["2026/11/18", "甲", "9", "￥5.00", "7001", "房费"])
    assert imported(desk, path, RECEIPT)["added"] == 1
    assert desk.store.writer.execute("select amount, bank_serial, remark from receipt").fetchall() == [(500, "7001", "房费")]
    assert imported(desk, path, RECEIPT)["same"] == 1


@pytest.mark.parametrize("record", [RECEIVABLE, RECEIPT], ids=lambda record: record.key)
def test_a_file_that_says_no_amount_is_not_taken_for_bills_of_nothing(desk: Desk, tmp_path: Path, record: Any) -> None:
    """A ledger of debits and credits is no list of bills: nothing is guessed from it."""
    hotel(desk)
    ledger = ["单位", "日期", "到账日期", "到期日", "单号", "摘要", "借方", "贷方", "余额"]
    path = csv_file(tmp_path / "ledger.csv", ledger, ["甲", "2026-09-01", "2026-09-01", "2026-10-01", "1", "房费", "100", "", "100"])
    with pytest.raises(Refused, match="no column for Amount"):
        prepared(desk, path, record)
