"""What settlements tell the shared screens: bills not handed over; the lines of one."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.settlements import rules
from crm_desktop.duties.settlements.records import SETTLEMENT, SETTLEMENT_LINE
from crm_desktop.record.dates import days_before
from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store import attached, pages
from crm_desktop.store.pages import ListQuery, count

LINES = ("kind", "name", "planned", "actual", "price", "discount", "amount", "reason")
MOST = 500
LOOKED_BACK = 14  # days in which an event without a bill is worth a line


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
    lines_: list[tuple[Text, list[Filter], str]] = [
        (Text("Bills to hand over today"), [waits, ("day", "=", day), *here], ""), (Text("Bills not handed over"), [waits, ("day", "<", day), *here], "red"),
    ]  # fmt: skip
    found = [(label, count(reader, ListQuery(SETTLEMENT, filters)), filters, tone) for label, filters, tone in lines_]
    out = [TodayLine(label, n, None, SETTLEMENT.key, filters, group="money", tone=tone if n else "") for label, n, filters, tone in found]
    ids = unbilled(reader, day, hotel)
    return [*out, TodayLine(Text("Events without a bill"), len(ids), None, "booking", [("id", "in", tuple(ids))], group="money", tone="amber")] if ids else out


def unbilled(reader: Any, day: str, hotel: int | None) -> list[int]:
    """Meetings, banquets, weddings and groups of the last two weeks that nobody made a bill for."""
    sql = (
        "select b.id from booking as b where b.gone is null and b.state in ('definite', 'done') and b.kind in ('meeting', 'banquet', 'wedding', 'group')"
        f" and b.day < ? and b.day >= ?{'' if hotel is None else ' and b.hotel_id = ?'}"
        " and not exists (select 1 from settlement as s where s.booking_id = b.id and s.gone is null) order by b.day, b.id limit 50"
    )
    values = [day, days_before(day, LOOKED_BACK), *([] if hotel is None else [hotel])]
    return [int(row[0]) for row in reader.execute(sql, values).fetchall()]
