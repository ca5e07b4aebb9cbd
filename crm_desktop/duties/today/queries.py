"""What *Today* asks: every duty's lines for a day, and the bookings of the days to come."""

from __future__ import annotations

from typing import Any

from crm_desktop.record.dates import add_days
from crm_desktop.record.duty import Duty, TodayLine

DAYS = 14


class Board:
    """A day's figures: the lines of every duty, arrivals of the coming days, and the days that have bookings."""

    def __init__(
        self, day: str, lines: list[TodayLine], coming: list[tuple[str, int]], known: tuple[str, str], blank: bool = False
    ) -> None:
        self.day, self.lines, self.coming, self.known = day, lines, coming, known
        self.blank = blank  # nobody has put anything in yet

    @property
    def empty(self) -> bool:
        """True when nobody arrives, stays or departs."""
        return not any(line.count for line in self.lines)


def board(reader: Any, duties: tuple[Duty, ...], day: str, hotel: int | None) -> Board:
    """Everything *Today* shows of a day, for one hotel or all."""
    lines = [line for duty in duties if duty.today for line in duty.today(reader, day, hotel)]
    lines = [line for line in lines if line.group in ("", "house")]  # the page shows rows of stays only as yet
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
