"""iCalendar: one row an appointment or a task, read by the library of that name."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crm_desktop.exchange.foreign.child import Part
from crm_desktop.exchange.foreign.lines import words_of
from crm_desktop.record.text import Refused, Text

HEADINGS = (
    "summary", "day", "time", "until", "until time", "place", "description", "status", "organizer", "attendees", "repeats", "categories", "uid", "kind",
)  # fmt: skip
NONE = Text("The file has neither appointments nor tasks in it.")
BROKEN = Text("The calendar file is damaged: '{problem}'. Export it again.")
CUT = Text("The calendar file is not finished: {count} appointments begin in it and {found} are whole. Export it again.")
_BEGIN = re.compile(r"^BEGIN:(VEVENT|VTODO)[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_BLOCK = re.compile(r"^BEGIN:(VEVENT|VTODO)[ \t]*$.*?^END:\1[ \t]*$", re.MULTILINE | re.IGNORECASE | re.DOTALL)


def read(path: Path) -> Iterator[Part]:
    """Appointments as one sheet, tasks as another."""
    words = re.sub(r"\r\n?", "\n", words_of(path))
    events, tasks = _components(words)
    count = len(_BEGIN.findall(words))
    if count > len(events) + len(tasks):
        raise Refused(Text(CUT.source, count=count, found=len(events) + len(tasks)))
    if not count and not words.lstrip().upper().startswith("BEGIN:V"):
        raise Refused(Text(BROKEN.source, problem=words.strip()[:40]))
    for name, found in (("VEVENT", events), ("VTODO", tasks)):
        if found or name == "VEVENT":
            yield ("sheet", name, 0)
            yield ("rows", [list(HEADINGS), *map(row, found)])


def _components(words: str) -> tuple[list[Any], list[Any]]:
    from icalendar import Calendar

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # time zones that have to be guessed
            roots = Calendar.from_ical(words, multiple=True)
    except (ValueError, KeyError, IndexError):
        return _one_by_one(words)
    return [c for root in roots for c in root.walk("VEVENT")], [c for root in roots for c in root.walk("VTODO")]


def _one_by_one(words: str) -> tuple[list[Any], list[Any]]:
    """The whole is broken somewhere: each appointment by itself, without the lines that are none."""
    from icalendar import Event, Todo

    out: dict[str, list[Any]] = {"VEVENT": [], "VTODO": []}
    for found in _BLOCK.finditer(words):
        name = found[1].upper()
        text = "\n".join(line for line in found[0].split("\n") if re.match(r"[ \t]|[A-Za-z0-9-]+[;:]", line))
        try:
            out[name].append((Event if name == "VEVENT" else Todo).from_ical(text))
        except (ValueError, KeyError, IndexError) as error:
            raise Refused(Text(BROKEN.source, problem=" ".join(str(error).split())[:80])) from error
    if not out["VEVENT"] and not out["VTODO"]:
        raise Refused(NONE)
    return out["VEVENT"], out["VTODO"]


def row(component: Any) -> list[str]:
    """The cells of one appointment or task; a whole day has no time, and its end is the last day that belongs to it."""
    begin, end = _moment(component, "DTSTART"), _moment(component, "DTEND") or _moment(component, "DUE")
    if begin is not None and end is None and (length := _value(component, "DURATION")) is not None:
        end = _later(begin, length)
    if _whole_day(begin) and _whole_day(end) and begin is not None and end is not None and end > begin:
        end -= dt.timedelta(1)
    return [
        _text(component, "SUMMARY"), _date(begin), _time(begin), _date(end), _time(end), _text(component, "LOCATION"),
        _text(component, "DESCRIPTION"), _text(component, "STATUS"), _who(component, "ORGANIZER"), _who(component, "ATTENDEE"),
        _repeats(component), _categories(component), _text(component, "UID"), component.name,
    ]  # fmt: skip


def _value(component: Any, name: str) -> Any:
    found = component.get(name)
    found = found[0] if isinstance(found, list) and found else found
    try:
        return getattr(found, "dt", None)
    except (ValueError, AttributeError, OverflowError):  # a date that is none: the rest of the appointment still counts
        return None


def _moment(component: Any, name: str) -> Any:
    value = _value(component, name)
    return value if isinstance(value, dt.date) else None


def _later(begin: Any, length: Any) -> Any:
    try:
        return begin + length
    except (OverflowError, TypeError):
        return None


def _whole_day(value: Any) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


def _date(value: Any) -> str:
    return "" if value is None else f"{value:%Y-%m-%d}"


def _time(value: Any) -> str:
    return f"{value:%H:%M}" if isinstance(value, dt.datetime) else ""


def _text(component: Any, name: str) -> str:
    found = component.get(name)
    found = found[0] if isinstance(found, list) and found else found
    return "" if found is None else str(found).strip()


def _who(component: Any, name: str) -> str:
    found = component.get(name)
    people = found if isinstance(found, list) else [found] if found is not None else []
    return "; ".join(str(getattr(one, "params", {}).get("CN") or re.sub("^mailto:", "", str(one), flags=re.IGNORECASE)) for one in people)


def _repeats(component: Any) -> str:
    found = component.get("RRULE")
    rules = found if isinstance(found, list) else [found] if found is not None else []
    return "; ".join(rule.to_ical().decode() for rule in rules if hasattr(rule, "to_ical"))


def _categories(component: Any) -> str:
    found = component.get("CATEGORIES")
    groups = found if isinstance(found, list) else [found] if found is not None else []
    return ", ".join(str(one) for group in groups for one in getattr(group, "cats", [group]))
