"""Days that come round every year, by either calendar: their keys, when they come next, and who has one on a day."""

from __future__ import annotations

import calendar
import datetime as dt

from crm_desktop.record import lunar
from crm_desktop.record.dates import days_between
from crm_desktop.record.later import pattern
from crm_desktop.record.text import Text

LEAP = "闰"
LUNAR = "L"  # begins the key of a birthday that is kept by the Chinese calendar
_LUNAR_DAY = pattern(r"(闰?)(0?[1-9]|1[0-2])-(0?[1-9]|[12]\d|30)")
_KEY = pattern(r"L(闰?)(\d\d)-(\d\d)")


def right_lunar_day(day: str) -> bool:
    """True for `month-day` of the Chinese calendar, 闰 before a leap month."""
    return _LUNAR_DAY.fullmatch(day) is not None


def birthday_key(birthday: str, lunar_birthday: str) -> str:
    """The day of the year a person celebrates: `12-04`, `L10-12`, `L闰10-12`; '' when nobody knows.

    Who has a lunar birthday noted celebrates that one, whatever the date of birth in the papers is."""
    if found := _LUNAR_DAY.fullmatch(lunar_birthday):
        return f"{LUNAR}{found[1]}{int(found[2]):02d}-{int(found[3]):02d}"
    return birthday[5:10]


def _in_year(key: str, year: int) -> str:
    """The date of a birthday in a year (a lunar one's in that lunar year); '' beyond the calendar's tables."""
    if found := _KEY.fullmatch(key):
        return lunar.day_in(year, (int(found[2]), bool(found[1])), int(found[3]))
    if key == "02-29" and not calendar.isleap(year):
        return f"{year:04d}-02-28"
    return f"{year:04d}-{key}"


def next_birthday(key: str, day: str) -> str:
    """The first birthday on or after a day; '' when it is not known.

    A leap month's birthday is kept in that leap month, and in the ordinary month in years without it; the 30th of a
    month of 29 days on the 29th; the 29th of February on the 28th."""
    if not key:
        return ""
    year = int(day[:4])
    coming = (_in_year(key, each) for each in range(year - 1, min(year + 2, dt.MAXYEAR + 1)))
    return next((date for date in coming if date >= day), "")


def keys_on(day: str) -> tuple[str, ...]:
    """The keys of everybody who has a birthday on a day: what an index is asked for."""
    keys = [day[5:]]
    if day[5:] == "02-28" and not calendar.isleap(int(day[:4])):
        keys.append("02-29")
    if (found := lunar.lunar_date(day)) is None:
        return tuple(keys)
    year, (month, is_leap), number = found
    names = [f"{LEAP}{month:02d}"] if is_leap else [f"{month:02d}"]
    if not is_leap and not lunar.has_leap(year, month):
        names.append(f"{LEAP}{month:02d}")
    length = next(length for each, _, length in lunar.months(year) if each == (month, is_leap))
    numbers = (29, 30) if number == length == 29 else (number,)
    return (*keys, *(f"{LUNAR}{name}-{each:02d}" for name in names for each in numbers))


def is_lunar(key: str) -> bool:
    """True for a birthday that is kept by the Chinese calendar."""
    return key.startswith(LUNAR)


def birthday_words(key: str, coming: str, day: str) -> Text:
    """A coming birthday in words, seen from a day."""
    when = {0: Text("Birthday today"), 1: Text("Birthday tomorrow")}.get(days_between(day, coming)) or Text("Birthday on {day}", day=coming)
    return Text("{what} (lunar calendar)", what=when) if is_lunar(key) else when
