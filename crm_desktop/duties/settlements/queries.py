"""What settlements tell the shared screens: bills not handed over; the lines of one."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.complaints.queries import OPEN_STATES as COMPLAINED
from crm_desktop.duties.settlements import rules
from crm_desktop.duties.settlements.records import SETTLEMENT, SETTLEMENT_LINE
from crm_desktop.record.dates import days_before
from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Figure, Row
from crm_desktop.record.text import Text
from crm_desktop.store import attached, pages
from crm_desktop.store.pages import ListQuery, counted

LINES = ("kind", "name", "planned", "actual", "price", "discount", "amount", "reason")
MOST = 500
LOOKED_BACK = 14  # days in which an event without a bill is worth a line
BILLED = ("meeting", "banquet", "wedding", "group")  # kinds of bookings that have a bill of their own


def lines(reader: Any, settlement_id: int) -> list[Row]:
    """The lines of a bill by name."""
    query = ListQuery(SETTLEMENT_LINE, [("settlement_id", "=", settlement_id)], "name", False, columns=LINES)
    return [dict(zip(LINES, found[2:], strict=True)) for found in pages.fetch(reader, query, limit=MOST)]


def main_kind(reader: Any, settlement_id: int) -> str:
    """The kind of receivable a bill makes: that of what most of its money is for."""
    sql = "select kind from settlement_line where settlement_id = ? and gone is null group by kind order by sum(amount) desc, kind limit 1"
    found = reader.execute(sql, (settlement_id,)).fetchone()
    return rules.KIND_OF.get(str(found[0]), "other") if found else "other"


def has_proof(reader: Any, settlement_id: int) -> bool:
    """True when the signed bill lies by it."""
    return bool(attached.of(reader, SETTLEMENT.key, settlement_id))


def today(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    """Bills in the department that finance has not got, those of yesterday and before in red; events of two weeks without one."""
    here: list[Filter] = [] if hotel is None else [("hotel_id", "=", hotel)]
    waits: Filter = ("state", "<>", rules.DONE)
    out = [
        counted(reader, Text("Bills to hand over today"), SETTLEMENT, [waits, ("day", "=", day), *here], group="money"),
        counted(reader, Text("Bills not handed over"), SETTLEMENT, [waits, ("day", "<", day), *here], group="money", tone="red", short=Text("Not handed over")),
    ]
    ids = unbilled(reader, day, hotel)
    return [*out, TodayLine(Text("Events without a bill"), len(ids), None, "booking", [("id", "in", tuple(ids))], group="money", tone="amber", short=Text("Without a bill"))] if ids else out


def figures(reader: Any, record: str, row_id: int, _day: str) -> list[Figure]:
    """What a bill comes to, what is paid of it, what is still owed."""
    if record != SETTLEMENT.key:
        return []
    total, deposit, paid, disputed = reader.execute("select total, deposit, paid, coalesce(disputed, 0) from settlement where id = ?", (row_id,)).fetchone()
    owed = rules.owed(total, deposit, paid)
    mine: list[Filter] = [("settlement_id", "=", row_id)]
    out = [
        Figure(Text("Total of the lines"), show_money(total or 0), opens=mine, record=SETTLEMENT_LINE.key), Figure(Text("Deposit applied"), show_money(deposit or 0)),
        Figure(Text("Paid now"), show_money(paid or 0)), Figure(Text("Still to pay"), show_money(owed), tone="amber" if owed < 0 else ""),
    ]  # fmt: skip
    return [*out, Figure(Text("Disputed"), show_money(disputed), tone="amber")] if disputed else out


def unbilled(reader: Any, day: str, hotel: int | None) -> list[int]:
    """Meetings, banquets, weddings and groups of the last two weeks that nobody made a bill for."""
    sql = (
        f"select b.id from booking as b where b.gone is null and b.state in ('definite', 'done') and b.kind in {BILLED}"
        f" and b.day < ? and b.day >= ?{'' if hotel is None else ' and b.hotel_id = ?'}"
        " and not exists (select 1 from settlement as s where s.booking_id = b.id and s.gone is null) order by b.day, b.id limit 50"
    )
    values = [day, days_before(day, LOOKED_BACK), *([] if hotel is None else [hotel])]
    return [int(row[0]) for row in reader.execute(sql, values).fetchall()]


def unsettled(reader: Any, booking: Row) -> Text | None:
    """What keeps a booking that took place from being closed; None when nothing does."""
    own = (booking["id"],)
    bills = [str(row[0]) for row in reader.execute("select state from settlement where booking_id = ? and gone is null", own).fetchall()]
    if not bills and booking["kind"] in BILLED:
        return Text("There is no bill of it yet: write one under 'Settlement hand-over' first.")
    if any(state != rules.DONE for state in bills):
        return Text("A bill of it has not been handed to finance yet: take that step in 'Settlement hand-over' first.")
    if reader.execute("select 1 from deposit where booking_id = ? and balance > 0 and gone is null limit 1", own).fetchone():
        return Text("A deposit for it is not used up: apply it to a bill or give it back first.")
    if reader.execute(f"select 1 from complaint where booking_id = ? and gone is null and state in {COMPLAINED} limit 1", own).fetchone():
        return Text("A complaint about it is still open: see it to its end first.")
    return None
