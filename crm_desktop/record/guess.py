"""What one typed line was understood as, ready to be shown before it is saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_desktop.record.record import Record
from crm_desktop.record.text import Text

if TYPE_CHECKING:
    from crm_desktop.record.said.when import NoDay  # what is said is read only once somebody says something

About = tuple[Record, int] | None  # the record and the row that is on the screen
WEEKDAYS = (Text("Mon"), Text("Tue"), Text("Wed"), Text("Thu"), Text("Fri"), Text("Sat"), Text("Sun"))


class Part(NamedTuple):
    """One thing understood: what it is, what it is read as, and its tone ('red' for what must not be overlooked)."""

    label: Text
    words: Text | str
    tone: str = ""


class Doubt(NamedTuple):
    """Something to pick: its key, the question, and what it may be as (words, note, value)."""

    key: str
    label: Text
    choices: Sequence[tuple[Text | str, Text | str, Any]]


class Guess:
    """What a line was understood as. It can be saved when nothing is doubtful and nothing is `missing`."""

    def __init__(self, parts: Sequence[Part], doubts: Sequence[Doubt] = (), missing: Text | None = None, values: Any = None) -> None:
        self.parts, self.doubts, self.missing, self.values = list(parts), list(doubts), missing, values


def choice_words(record: Record, field: str, code: str) -> Text | str:
    """A choice's code in the words the hotel uses for it; nothing for none."""
    return record.by_name[field].choice_text(code) if code else ""


def day_words(day: str, time: str = "") -> Text:
    """A day with its weekday, and a time where there is one."""
    weekday = WEEKDAYS[dt.date.fromisoformat(day).weekday()]
    if time:
        return Text("{day} {weekday} {time}", day=day, weekday=weekday, time=time)
    return Text("{day} {weekday}", day=day, weekday=weekday)


def no_day(found: NoDay) -> Text | None:
    """What is wrong with the words that were meant as a day; None where there are none."""
    if not found.words:
        return None
    if found.over:
        return Text("{words} is over; write today or a later day", words=found.words)
    return Text("There is no day {words}; write another", words=found.words)


def day_doubt(key: str, label: Text, days: Sequence[str], picks: Mapping[str, Any]) -> list[Doubt]:
    """The question which day is meant, until it is answered."""
    return [] if key in picks or not days else [Doubt(key, label, [(day_words(day), "", day) for day in days])]


def time_doubt(key: str, label: Text, times: Sequence[str], picks: Mapping[str, Any]) -> list[Doubt]:
    """The question which time is meant, until it is answered."""
    return [] if key in picks or not times else [Doubt(key, label, [(time, "", time) for time in times])]
