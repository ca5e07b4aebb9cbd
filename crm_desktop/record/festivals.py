"""Festivals and working days: what a day is to the people who come, and what comes next.

The working days are those of record/workdays.py; festivals that are no holiday are in it too, because tables and rooms are booked
for them."""

from __future__ import annotations

import datetime as dt

from crm_desktop.record import lunar, workdays
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.text import Text

SOLAR = {
    (1, 1): Text("New Year's Day"), (2, 14): Text("Valentine's Day"), (3, 8): Text("Women's Day"), (5, 1): Text("Labour Day"), (6, 1): Text("Children's Day"),
    (9, 10): Text("Teachers' Day"), (10, 1): Text("National Day"), (12, 24): Text("Christmas Eve"), (12, 25): Text("Christmas"),
}  # fmt: skip
LUNAR = {
    (1, 1): Text("Spring Festival"), (1, 15): Text("Lantern Festival"), (5, 5): Text("Dragon Boat Festival"), (7, 7): Text("Qixi"),
    (8, 15): Text("Mid-Autumn Festival"), (9, 9): Text("Double Ninth"), (12, 8): Text("Laba"),
}  # fmt: skip
TERMS = {"清明": Text("Qingming"), "冬至": Text("Winter solstice")}
TERM_DAYS = {4: range(4, 7), 12: range(21, 24)}  # months in which these solar terms fall, and their possible days
EVE = Text("New Year's Eve (lunar)")
AHEAD = 45  # days looked for the next festival
WORKING, OFF, HOLIDAY = Text("Working day"), Text("Day off"), Text("Holiday")


def festivals(day: str) -> list[Text]:
    """The festivals of a day; lunar ones for 1901 to 2099."""
    date = dt.date.fromisoformat(day)
    found = [SOLAR[key]] if (key := (date.month, date.day)) in SOLAR else []
    if (known := _lunar(day)) in LUNAR:
        found.append(LUNAR[known])
    if date < dt.date.max and _lunar(add_days(day, 1)) == (1, 1):
        found.append(EVE)
    if date.day in TERM_DAYS.get(date.month, ()) and (term := lunar.term(day)) in TERMS:
        found.append(TERMS[term])
    return found


def _lunar(day: str) -> tuple[int, int]:
    found = lunar.lunar_date(day)
    if found is None or found[1][1]:  # nothing is kept in a leap month
        return 0, 0
    return found[1][0], found[2]


def coming(day: str, within: int = AHEAD) -> tuple[str, Text] | None:
    """The next festival after a day and what it is; None where none comes in so many days."""
    for ahead in range(1, within + 1):
        later = add_days(day, ahead)
        if found := festivals(later):
            return later, found[0]
    return None


def kind(day: str) -> Text:
    """Whether the offices work."""
    return HOLIDAY if workdays.is_holiday(day) else WORKING if workdays.is_working(day) else OFF


def calendar_words(day: str) -> Text:
    """What the day is, and what comes next: Working day · in 9 days Winter solstice."""
    words = kind(day)
    for festival in festivals(day):
        words = Text("{first} · {second}", first=words, second=festival)
    if (found := coming(day)) is None:
        return words
    later = Text("in {n} days {festival} {day}", n=days_between(day, found[0]), festival=found[1], day=found[0][5:])
    return Text("{first} · {second}", first=words, second=later)
