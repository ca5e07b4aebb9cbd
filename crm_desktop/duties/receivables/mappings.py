"""Well-known files of receivables.

`settled-invoices`: the invoices of IBM's accounts receivable sample: dates are month/day/year; a day of settling is a
receipt of the whole amount on that day; a disputed invoice is disputed whole. `open-items`: the list of open and cleared
items as SAP gives it: numbers and days carry a `.0`, an empty day of clearing means open.
Ledgers of debits and credits: see `mappings_ledger`; lines of banks: see `mappings_bank`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from crm_desktop.duties.receivables import mappings_bank, mappings_ledger, mappings_names
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.duties.receivables.records_ledger import LEDGER_LINE
from crm_desktop.exchange.mapping import Mapping, Reference, Take
from crm_desktop.record.dates import parse_date
from crm_desktop.record.ids import new_ids
from crm_desktop.record.kinds import PARSE, Kind
from crm_desktop.record.money import parse_currency, parse_money
from crm_desktop.record.record import Record, Row
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
    """The amount of the first cell where the second says a day of clearing, whatever it is."""
    return amount(cells[0]) if cells[1].strip() else 0


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
        Take("settled_on", ("clear_date",), whole_day, day=True),
    ),
    beside=settled, whole=mappings_names.Numbered,
)  # fmt: skip


def meant(record: Record, headings: Sequence[str]) -> dict[str, str] | None:
    """What the headings of a ledger or of a bank's lines mean together; None for every other file."""
    return mappings_ledger.meant(record, headings) or mappings_bank.meant(record, headings)


def dressed(mapping: Mapping, headings: Sequence[str]) -> Mapping:
    """What is known of lists of this kind: ledgers, lines of a bank, bills by the numbers of clients."""
    for part in (mappings_ledger, mappings_bank, mappings_names):
        mapping = part.dressed(mapping, headings)
    return mapping



MAPPINGS = (SETTLED_INVOICES, OPEN_ITEMS)
BY_FILE = (LEDGER_LINE,)
