"""What the people tell *Today*: whose birthday it is."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.clients import rules
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.duty import Filter, NowPoint, TodayLine
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get

NEXT_DAYS = (Text("Birthdays"), Text("Birthdays tomorrow"), Text("Birthdays in two days"))
SOON = 7  # days: how long before it a sheet tells of a birthday


def birthday_filter(day: str) -> Filter:
    """What the people who have a birthday on a day, by either calendar, have in common."""
    return ("birth_day", "in", rules.keys_on(day))


def today(reader: Any, day: str, _hotel: int | None) -> list[TodayLine]:
    """Whose birthday it is on a day and on the two after it; people belong to all hotels of the group."""
    out = []
    for number, label in enumerate(NEXT_DAYS):
        wanted = birthday_filter(add_days(day, number))
        marks = ", ".join("?" * len(wanted[2]))
        found = reader.execute(f"select count(*) from person where gone is null and birth_day in ({marks})", wanted[2]).fetchone()
        out.append(TodayLine(label, int(found[0]), None, "person", [wanted], group="birthdays"))
    return out


def now(reader: Any, record: str, row_id: int, day: str) -> list[NowPoint]:
    """A person's birthday within a week."""
    found = reader.execute("select birth_day from person where id = ?", (row_id,)).fetchone() if record == "person" else None
    key = str(found[0]) if found else ""
    coming = rules.next_birthday(key, day)
    away = days_between(day, coming) if coming else SOON + 1
    return [NowPoint(rules.birthday_words(key, coming, day), "amber" if away < len(NEXT_DAYS) else "blue")] if away <= SOON else []


def sentence(reader: Any, record: str, row_id: int, day: str) -> Text | None:
    """A birthday greeting to send, within a week of a person's birthday; nothing otherwise."""
    row = get(reader, PERSON, row_id) if record == "person" else None
    coming = rules.next_birthday(str(row["birth_day"]), day) if row else ""
    if row is None or not coming or days_between(day, coming) > SOON:
        return None
    return Text("Happy birthday, {name}! All of us wish you health and joy, and look forward to your next stay.", name=rules.address(row) or row["name"])
