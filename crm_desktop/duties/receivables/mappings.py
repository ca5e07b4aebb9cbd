"""Well-known files of receivables.

`settled-invoices`: the invoices of IBM's accounts receivable sample: dates are month/day/year; a day of settling is a
receipt of the whole amount on that day; a disputed invoice is disputed whole. `open-items`: the list of open and cleared
items as SAP gives it: numbers and days carry a `.0`, an empty day of clearing means open.
Ledgers of debits and credits: see `mappings_ledger`. `bank-lines`: what a bank gives of an account: credits become receipts, the same line never twice."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from crm_desktop.duties.receivables.mappings_ledger import dressed as dressed
from crm_desktop.duties.receivables.mappings_ledger import meant as meant
from crm_desktop.duties.receivables.records import RECEIPT, RECEIVABLE
from crm_desktop.duties.receivables.records_ledger import LEDGER_LINE
from crm_desktop.exchange.mapping import Mapping, Reference, Take
from crm_desktop.record.dates import parse_date
from crm_desktop.record.ids import new_ids
from crm_desktop.record.kinds import PARSE, Kind
from crm_desktop.record.money import parse_currency, parse_money
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text

_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_WHOLE = re.compile(r"(\d+)\.0+")


def given(cell: str) -> str:
    """The cell's words, which must be there."""
    words: str = PARSE[Kind.CODE](cell)
    if not words:
        raise Refused(Text("A value is missing here"))
    return words


def month_first(cell: str) -> str:
    """ISO text of a month/day/year; '' for nothing."""
    words = cell.strip()
    if not words:
        return ""
    found = _MONTH_FIRST.fullmatch(words)
    try:
        return dt.date(int(found[3]), int(found[1]), int(found[2])).isoformat() if found else parse_date(words)
    except ValueError:
        raise Refused(Text("There is no day {value}", value=words)) from None


def client(cell: str) -> Reference:
    """The client by its code alone."""
    return (given(cell), "")


def numbered_client(cells: tuple[str, str]) -> Reference:
    """The client by its code; the name only where there is no client of that code yet."""
    return (given(cells[0]), PARSE[Kind.TEXT](cells[1]))


def amount(cell: str) -> int:
    """An amount, which must be there."""
    return parse_money(given(cell))


def when(cells: tuple[str, str]) -> int:
    """The amount of the first cell where the second says a day."""
    return amount(cells[0]) if month_first(cells[1]) else 0


def if_yes(cells: tuple[str, str]) -> int:
    """The amount of the first cell where the second says yes."""
    return amount(cells[0]) if PARSE[Kind.BOOL](cells[1]) else 0


def whole(cell: str) -> str:
    """A number of digits that a spreadsheet wrote with a `.0`."""
    words: str = PARSE[Kind.CODE](cell)
    found = _WHOLE.fullmatch(words)
    return found[1] if found else words


def whole_day(cell: str) -> str:
    """A day of eight digits that a spreadsheet wrote with a `.0`, or as it is written elsewhere; '' for nothing."""
    words = whole(cell)
    return parse_date(words) if words else ""


def cleared(cells: tuple[str, str]) -> int:
    """The amount of the first cell where the second says the day of clearing."""
    return amount(cells[0]) if whole_day(cells[1]) else 0


def settled(row: Row, before: Row | None) -> Sequence[tuple[str, int, Row]]:
    """The receipt of what a file says was paid on `settled_on`, and its application to the bill."""
    paid = int(row["paid"]) - int(before["paid"] if before else 0)
    if paid <= 0 or not row.get("settled_on"):
        return ()
    receipt, application = new_ids(2)
    both = {"amount": paid, "currency": row["currency"]}
    came: Row = {"received_on": row["settled_on"], "account_id": row["account_id"], "hotel_id": row["hotel_id"], "applied": paid, "payer": "", **both}
    return (
        ("receipt", receipt, came),
        ("application", application, {"receipt_id": receipt, "receivable_id": row["id"], "day": row["settled_on"], **both}),
    )


SETTLED_INVOICES = Mapping(
    "settled-invoices", Text("Invoices with the day each was settled"), RECEIVABLE,
    (
        Take("account_id", ("customerID",), client),
        Take("document_no", ("invoiceNumber",), given),
        Take("bill_date", ("InvoiceDate",), lambda cell: month_first(given(cell))),
        Take("due", ("DueDate",), lambda cell: month_first(given(cell))),
        Take("amount", ("InvoiceAmount",), amount),
        Take("paid", ("InvoiceAmount", "SettledDate"), when),
        Take("disputed", ("InvoiceAmount", "Disputed"), if_yes),
        Take("settled_on", ("SettledDate",), month_first),
    ),
    beside=settled, own_days=True,
)  # fmt: skip

OPEN_ITEMS = Mapping(
    "open-items", Text("Open and cleared items"), RECEIVABLE,
    (
        Take("account_id", ("cust_number", "name_customer"), numbered_client),
        Take("document_no", ("doc_id",), whole),
        Take("bill_date", ("posting_date",), whole_day),
        Take("due", ("due_in_date",), whole_day),
        Take("amount", ("total_open_amount",), amount),
        Take("currency", ("invoice_currency",), parse_currency),
        Take("paid", ("total_open_amount", "clear_date"), cleared),
        Take("settled_on", ("clear_date",), whole_day),
    ),
    beside=settled, own_days=True,
)  # fmt: skip

DATES, CREDITS = ("交易日期", "记账日期", "交易时间"), ("收入", "贷方发生额", "收入金额", "贷方金额")
NOTES, SERIALS = ("摘要", "附言", "用途"), ("流水号", "交易流水号", "余额")  # the balance after a line tells it apart where it has no number


def credit(cell: str) -> int:
    """What came in with a line of the bank; nothing is taken from one that paid out."""
    words = cell.strip()
    if not words or not (units := parse_money(words)):
        raise Refused(Text("No money came in with this line: only credits are taken"))
    return units


def bank_day(cell: str) -> str:
    """The day of a line, also where the bank gives its time."""
    return parse_date((given(cell).split() or [""])[0])


def _bank(date: str, money: str, note: str, serial: str) -> Mapping:
    return Mapping(
        "bank-lines", Text("Lines of a bank account"), RECEIPT,
        (
            Take("received_on", (date,), bank_day), Take("payer", ("对方户名",), PARSE[Kind.TEXT]), Take("payer_account", ("对方账号",), PARSE[Kind.CODE]),
            Take("amount", (money,), credit), Take("bank_serial", (serial,), PARSE[Kind.CODE]), Take("remark", (note,), PARSE[Kind.LONG]),
        ),
    )  # fmt: skip


BANK_LINES = tuple(_bank(date, money, note, serial) for date in DATES for money in CREDITS for serial in SERIALS for note in NOTES)
MAPPINGS = (SETTLED_INVOICES, OPEN_ITEMS, *BANK_LINES)
BY_FILE = (LEDGER_LINE,)
