"""A day as *Today* shows it: the figures of every duty in their groups, and the arrivals of the days to come."""

from __future__ import annotations

from crm_desktop.record.duty import TodayLine
from crm_desktop.record.text import Text

HOUSE = "house"
GROUPS = {  # in the order of the page and of the briefing
    HOUSE: Text("House"), "vip": Text("VIP guests"), "birthdays": Text("Whose birthday"), "promises": Text("Promises to pay"),
    "money": Text("Receivables"), "care": Text("Maintenance and visits"), "tasks": Text("Follow-ups"), "bookings": Text("Booking register"),
    "": Text("Also today"),
}  # fmt: skip


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
        return not any(line.count for line in self.lines if line.group == HOUSE)


def place_of(line: TodayLine) -> int:
    """Where a line's group stands."""
    return list(GROUPS).index(line.group if line.group in GROUPS else "")
