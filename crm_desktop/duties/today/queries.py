"""What *Today* asks: every duty's lines for a day, and the bookings of the days to come."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.today.board import HOUSE, Board, place_of
from crm_desktop.duties.today.briefing import Guest, key_of
from crm_desktop.record.dates import add_days
from crm_desktop.record.duty import Duty, TodayLine
from crm_desktop.record.record import Record, Row
from crm_desktop.store import pages

DAYS, WEEKS = 14, 4
NAMED = ("vip", "birthdays")  # the groups whose guests the briefing names
GUEST_COLUMNS = ("guest_id", "person_id", "name", "level", "vip", "arrival", "arrival_time", "departure", "room_no")
MOST_ROWS = 40


def board(reader: Any, duties: tuple[Duty, ...], day: str, hotel: int | None) -> Board:
    """Everything *Today* shows of a day, for one hotel or all."""
    lines = [line for duty in duties if duty.today for line in duty.today(reader, day, hotel)]
    lines = [line for line in lines if line.group == HOUSE or line.count or line.amount]  # what is empty takes no room
    lines.sort(key=place_of)
    known = known_days(reader)
    blank = not known[1] and not any(line.count for line in lines) and nobody_known(reader)
    return Board(day, lines, coming(reader, day, hotel), known, blank)


def nobody_known(reader: Any) -> bool:
    """True while there is no client, guest or contact."""
    found = reader.execute("select exists (select 1 from account where gone is null) or exists (select 1 from person where gone is null)")
    return not found.fetchone()[0]


def coming(reader: Any, day: str, hotel: int | None) -> list[tuple[str, int]]:
    """How many arrive on each of the next days, also where nobody does."""
    here, values = ("", []) if hotel is None else (" and hotel_id = ?", [hotel])
    found = dict(
        reader.execute(
            "select arrival, count(*) from stay where gone is null and arrival >= ? and arrival < ?"
            f" and status not in ('Canceled', 'No-Show'){here} group by arrival",
            [day, add_days(day, DAYS), *values],
        ).fetchall()
    )
    return [(date, found.get(date, 0)) for date in (add_days(day, n) for n in range(DAYS))]


def known_days(reader: Any) -> tuple[str, str]:
    """The first and the last arrival there is; empty when there is none."""
    first = reader.execute("select arrival from stay where gone is null order by arrival, id limit 1").fetchone()
    last = reader.execute("select arrival from stay where gone is null order by arrival desc, id desc limit 1").fetchone()
    return (first[0], last[0]) if first and last else ("", "")


def hotels(reader: Any) -> list[tuple[int, str]]:
    """The hotels there are."""
    return list(reader.execute("select id, name from hotel where gone is null order by sort, id").fetchall())


# for the briefing


def usual(reader: Any, duties: tuple[Duty, ...], day: str, hotel: int | None) -> dict[str, float]:
    """The mean of each figure of the house and of the VIPs on this weekday of the four weeks before.

    Only figures that speak of a day can be asked of another one: those that speak of today's state say nothing."""
    sums: dict[str, int] = {}
    for week in range(1, WEEKS + 1):
        then = add_days(day, -7 * week)
        for line in (line for duty in duties if duty.today for line in duty.today(reader, then, hotel)):
            if line.group in (HOUSE, "vip"):
                sums[key_of(line)] = sums.get(key_of(line), 0) + line.count
    return {key: total / WEEKS for key, total in sums.items()}


def guests(reader: Any, duties: tuple[Duty, ...], board: Board) -> list[Guest]:
    """The VIPs who are here or arrive on the day, the highest level first, and whose birthday it is."""
    records = {record.key: record for duty in duties for record in duty.records}
    found: dict[tuple[str, Any], Guest] = {}
    for group in NAMED:
        lines = [line for line in board.lines if line.group == group]
        for line in lines[:1] if group == "birthdays" else lines:
            for row in _guest_rows(reader, records[line.record], line):
                if row.get("arrival", "") <= board.day <= (row.get("departure") or board.day):
                    found.setdefault((group, row["who"]), _guest(group, row, board.day))
    return sorted(found.values(), key=lambda guest: (NAMED.index(guest.group), guest.level or "~", guest.time))


def _guest_rows(reader: Any, record: Record, line: TodayLine) -> list[Row]:
    names = [name for name in GUEST_COLUMNS if name in record.by_name]
    rows = pages.fetch(reader, pages.ListQuery(record, line.filters, columns=names), limit=MOST_ROWS)
    out = [dict(zip(("id", "sort", *names), row, strict=True)) for row in rows]
    return [row | {"who": row.get("guest_id") or row.get("person_id") or row.get("name") or ""} for row in out]


def _guest(group: str, row: Row, day: str) -> Guest:
    time = str(row.get("arrival_time") or "") if row.get("arrival") == day else ""
    return Guest(group, str(row["who"]), str(row.get("level") or row.get("vip") or ""), time, str(row.get("room_no") or ""))
