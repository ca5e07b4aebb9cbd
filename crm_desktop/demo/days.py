"""Days around the one the sample is made for: counted from it, on working days, in the Chinese calendar."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from crm_desktop.record import lunar as calendar
from crm_desktop.record import workdays
from crm_desktop.record.dates import add_days

SATURDAY = 5


@lru_cache(4096)
def lunar(day: str) -> tuple[int, int, bool]:
    """Month and day of the Chinese calendar, and whether the month is a leap one."""
    found = calendar.lunar_date(day)
    assert found is not None, day
    _, (month, leap), number = found
    return month, number, leap


def weekday(day: str) -> int:
    """0 for Monday to 6 for Sunday."""
    return dt.date.fromisoformat(day).weekday()


@lru_cache(4096)
def is_working(day: str) -> bool:
    """True when the office is open."""
    return workdays.is_working(day)


class Days:
    """Dates as offsets from the day of the sample."""

    def __init__(self, today: str) -> None:
        self.today = today
        self._at: dict[int, str] = {}

    def at(self, offset: int) -> str:
        """The day so many days from today."""
        if offset not in self._at:
            self._at[offset] = add_days(self.today, offset)
        return self._at[offset]

    def office(self, offset: int) -> str:
        """The same on a working day: a past one not later, a coming one not earlier than asked."""
        step = -1 if offset < 0 else 1
        while not is_working(self.at(offset)):
            offset += step
        return self.at(offset)

    def working(self, first: int, last: int) -> list[str]:
        """The working days between two offsets, both included."""
        return [self.at(n) for n in range(first, last + 1) if is_working(self.at(n))]

    def saturday(self, offset: int) -> str:
        """The Saturday nearest to a day, on or after the day before it."""
        return next(self.at(n) for n in range(offset - 1, offset + 7) if weekday(self.at(n)) == SATURDAY)
