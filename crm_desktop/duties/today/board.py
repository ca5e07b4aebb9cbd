"""A day as *Today* shows it: the figures of every duty in their groups, and the arrivals of the days to come."""

from __future__ import annotations

from crm_desktop.record.duty import TodayLine
from crm_desktop.record.text import Text

HOUSE, SINCE, APPROVALS = "house", "since", "approvals"
GROUPS = {  # in the order of the page and of the briefing
    HOUSE: Text("House"), SINCE: Text("Since you last looked"), "vip": Text("VIP guests"), APPROVALS: Text("Waits for a yes"), "birthdays": Text("Whose birthday"), "promises": Text("Promises to pay"),
    "money": Text("Receivables"), "care": Text("Maintenance and visits"), "tasks": Text("Follow-ups"), "service": Text("Complaints and service"),
    "guests": Text("Who is in house"), "bookings": Text("Booking register"),
    "office": Text("Meetings and documents"), "market": Text("Market and promotions"),
    "": Text("Also today"),
}  # fmt: skip


FOLDS = ("", "market", "office", "care", "tasks", "service", "guests")  # where figures may be folded away when not all of them fit, the first first


OF_THE_DAY = {  # what is said of another day than today, where the words of a figure name a day
    "Bookings today": Text("Bookings of the day"), "Bills to hand over today": Text("Bills of the day to hand over"), "Promised for today": Text("Promised for the day"),
    "Trainings today": Text("Trainings of the day"), "Tasks today": Text("Tasks of the day"), "Received today": Text("Received that day"),
    "Birthdays tomorrow": Text("Birthdays the next day"), "Tomorrow's": Text("The next day's"), "In two days": Text("Two days later"),
    "Birthdays in two days": Text("Birthdays two days later"),
}  # fmt: skip


def worded(lines: list[TodayLine]) -> list[TodayLine]:
    """The figures of another day than today in words that are true of it."""
    for line in lines:
        line.label = OF_THE_DAY.get(line.label.source, line.label)
        line.short = OF_THE_DAY.get(line.short.source, line.short) if line.short else None
    return lines


class Board:
    """A day's figures: the lines of every duty, arrivals of the coming days, and the days that have bookings."""

    def __init__(
        self, day: str, lines: list[TodayLine], coming: list[tuple[str, int]], known: tuple[str, str], blank: bool = False
    ) -> None:
        self.day, self.lines, self.coming, self.known = day, lines, coming, known
        self.blank = blank  # nobody has put anything in yet
        self.calendar: Text | str = ""  # what the day is to festivals and offices
        self.newest = 0  # the newest change that was there when it was read

    @property
    def empty(self) -> bool:
        """True when nobody arrives, stays or departs."""
        return not any(line.count for line in self.lines if line.group == HOUSE)


def place_of(line: TodayLine) -> int:
    """Where a line's group stands."""
    return list(GROUPS).index(line.group if line.group in GROUPS else "")
