"""The stages of an item, as Chinese hotels bill: 签单/转入, 已对账, 已确认, 已开票, 待付; and what each needs before it."""

from __future__ import annotations

from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text
from crm_desktop.record.workdays import next_working

SIGNED, MATCHED, CONFIRMED, INVOICED, WAITING = "signed", "matched", "confirmed", "invoiced", "waiting"
STOPPED, LAWYER, SUIT, BAD = "stopped", "lawyer", "suit", "bad"
STAGES = (
    (SIGNED, Text("Signed or transferred"), "grey"), (MATCHED, Text("Statement sent"), "blue"), (CONFIRMED, Text("Confirmed"), "blue"),
    (INVOICED, Text("Invoice issued"), "blue"), (WAITING, Text("To be paid"), ""), (STOPPED, Text("Credit stopped for it"), "amber"),
    (LAWYER, Text("Lawyer's letter"), "red"), (SUIT, Text("In court"), "red"), (BAD, Text("Bad debt"), "grey"),
)  # fmt: skip
BEFORE_INVOICE = (SIGNED, MATCHED, CONFIRMED)
WAYS = (
    ("mail", Text("E-mail"), ""), ("wechat", Text("WeChat"), ""), ("paper", Text("On paper"), ""), ("courier", Text("Courier"), ""), ("fax", Text("Fax"), ""),
)  # fmt: skip
INVOICE_KINDS = (
    ("e-special", Text("Electronic special invoice"), ""), ("e-plain", Text("Electronic plain invoice"), ""), ("p-special", Text("Paper special invoice"), ""),
    ("p-plain", Text("Paper plain invoice"), ""), ("slip", Text("Receipt slip"), ""), ("none", Text("No invoice"), ""),
)  # fmt: skip
REISSUES = (
    ("title", Text("Title or tax no. wrong"), ""), ("amount", Text("Amount wrong"), ""), ("line", Text("Line or tax rate wrong"), ""), ("kind", Text("Another kind was wanted"), ""),
    ("lost", Text("Lost on the way"), ""), ("client", Text("The client changed its mind"), ""),
)  # fmt: skip
REISSUE_DAYS = 3  # working days in which an invoice that was wrong is issued anew
NO_NUMBER = ("slip", "none", "")
MOST_DIGITS = 20


def _statement(row: Row) -> Text | None:
    return None if row.get("statement_no") else Text("Write the number of the statement first")


def _slip(row: Row) -> Text | None:
    return None if row.get("confirmed_on") else Text("Write the day the slip came back first")


def _issued(row: Row) -> Text | None:
    if row.get("invoice_kind") == "none":
        return None
    if not row.get("invoice_kind"):
        return Text("Choose the kind of invoice first; there is 'No invoice' too")
    if row["invoice_kind"] not in NO_NUMBER and not row.get("invoice_no"):
        return Text("Write the number of the invoice first")
    return None


def _handed(row: Row) -> Text | None:
    return None if row.get("handed_to") or row.get("invoice_kind") == "none" else Text("Write who took the invoice first")


def _again(row: Row) -> Text | None:
    return None if row.get("reissue") or row.get("reissue_cause") else Text("Write why the invoice is issued anew first")


def _sent(row: Row, day: str) -> Row:
    return {} if row.get("statement_on") else {"statement_on": day}


def _invoiced(row: Row, day: str) -> Row:
    return {"invoiced": 1, "reissue_on": ""} | ({} if row.get("invoiced_on") else {"invoiced_on": day})


def _taken(row: Row, day: str) -> Row:
    return {} if row.get("handed_on") else {"handed_on": day}


def _anew(_row: Row, day: str) -> Row:
    return {"invoiced": 0, "invoice_no": "", "invoiced_on": "", "handed_to": "", "handed_on": "", "reissue_on": day}


def reissue_due(since: str) -> str:
    """By when an invoice that was wrong is issued anew: so many working days after it came back."""
    for _ in range(REISSUE_DAYS):
        since = next_working(since)
    return since


MACHINE = Machine(
    "stage",
    Move("match", Text("Statement was sent"), (SIGNED,), MATCHED, guard=_statement, sets=_sent),
    Move("confirm", Text("Slip came back"), (MATCHED,), CONFIRMED, guard=_slip),
    Move("invoice", Text("Invoice was issued"), BEFORE_INVOICE, INVOICED, guard=_issued, sets=_invoiced),
    Move("hand", Text("Invoice was handed over"), (INVOICED,), WAITING, guard=_handed, sets=_taken),
    Move("reissue", Text("Issue the invoice anew"), (INVOICED, WAITING), CONFIRMED, guard=_again, sets=_anew),
    Move("stop", Text("Stop credit for it"), (WAITING,), STOPPED, reason=True),
    Move("lawyer", Text("Lawyer's letter was sent"), (WAITING, STOPPED), LAWYER),
    Move("suit", Text("Suit was filed"), (LAWYER,), SUIT),
    Move("bad", Text("Write off as bad debt"), (WAITING, STOPPED, LAWYER, SUIT), BAD, reason=True),
    Move("again", Text("Back to be paid"), (STOPPED, LAWYER, SUIT, BAD), WAITING, reason=True),
    Move("signed", Text("Back to the signed bill"), (MATCHED, CONFIRMED), SIGNED, reason=True),
)


def problems(row: Row) -> Problems:
    """What is wrong with a bill's stage: an invoice number that is none, days in the wrong order."""
    found: Problems = {}
    number = row.get("invoice_no") or ""
    if number and not (number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS):
        found["invoice_no"] = Text("An invoice number has up to {most} digits and nothing else", most=MOST_DIGITS)
    if row.get("invoiced_on") and row.get("handed_on") and row["handed_on"] < row["invoiced_on"]:
        found["handed_on"] = Text("It cannot be handed over before {date}, when it was issued", date=row["invoiced_on"])
    return found


def begun() -> Row:
    """How a bill begins that is written here: signed, no invoice yet."""
    return {"stage": SIGNED, "invoiced": 0}
