"""Terms of payment: a kind and a number; the due date worked out from them, and said in words. Dates are ISO text."""

from __future__ import annotations

import calendar
import datetime as dt

from crm_desktop.record.dates import add_days
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

AT_ONCE, BILL, MONTH_DAY, MONTH_END, HAND_OVER = "cash", "bill", "month", "monthend", "invoice"
TERMS = (
    (AT_ONCE, Text("At once"), ""), (BILL, Text("Bill date + N days"), ""), (MONTH_DAY, Text("Day N of the month after"), ""),
    (MONTH_END, Text("End of month + N days"), ""), (HAND_OVER, Text("Invoice handed over + N days"), ""),
)  # fmt: skip
UNTIL_HANDED = 10  # days a hand-over is thought to take after the statement, until it is known


class Due:
    """When something is due, how that comes, and whether it is only expected."""

    def __init__(self, day: str, words: Text, expected: bool = False) -> None:
        self.day, self.words, self.expected = day, words, expected


def month_end(day: str) -> str:
    """The last day of a day's month."""
    return day_of_month(day, 31)


def day_of_month(day: str, number: int) -> str:
    """A day of the month of a day; the last one where it has fewer, the first for less than one."""
    date = dt.date.fromisoformat(day)
    last = calendar.monthrange(date.year, date.month)[1]
    return date.replace(day=max(1, min(number, last))).isoformat()


def due(terms: str, number: int, bill_date: str, statement_on: str = "", handed_on: str = "") -> Due | None:
    """When a bill is due by its terms; None without terms or a bill date."""
    if not terms or not bill_date:
        return None
    if terms == AT_ONCE:
        return Due(bill_date, Text("At once: due on {due}", due=bill_date))
    if terms == BILL:
        day = add_days(bill_date, number)
        return Due(day, Text("Bill date {date} + {days} days = {due}", date=bill_date, days=number, due=day))
    if terms == MONTH_DAY:
        day = day_of_month(add_days(month_end(bill_date), 1), number)
        return Due(day, Text("Monthly account of {month}, day {number} of the month after = {due}", month=bill_date[:7], number=number, due=day))
    if terms == MONTH_END:
        day = add_days(month_end(bill_date), number)
        return Due(day, Text("End of {month} + {days} days = {due}", month=bill_date[:7], days=number, due=day))
    return _handed(number, statement_on or bill_date, handed_on)


def _handed(number: int, statement: str, handed_on: str) -> Due:
    if handed_on:
        day = add_days(handed_on, number)
        return Due(day, Text("Invoice handed over {date} + {days} days = {due}", date=handed_on, days=number, due=day))
    day = add_days(statement, UNTIL_HANDED + number)
    words = Text("Expected: statement {date} + {wait} + {days} days = {due}; fixed when the invoice is handed over", date=statement, wait=UNTIL_HANDED, days=number, due=day)
    return Due(day, words, expected=True)


def of_row(row: Row) -> Due | None:
    """The same of a bill's row."""
    return due(
        row.get("pay_terms") or "", row.get("pay_days") or 0, row.get("bill_date") or "", row.get("statement_on") or "", row.get("handed_on") or ""
    )  # fmt: skip
