"""Well-known files of follow-ups: the appointments and tasks of a calendar."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.duties.follow_ups.records import DONE, FOLLOW_UP, OPEN
from crm_desktop.exchange.mapping import Mapping, Take, text_of
from crm_desktop.record.kinds import PARSE, Kind
from crm_desktop.record.text import Refused, Text

_LONG, _DATE, _TIME = PARSE[Kind.LONG], PARSE[Kind.DATE], PARSE[Kind.TIME]


def due(cells: tuple[str, str]) -> str:
    """The day something begins, or for a task the day it is due."""
    day: str = _DATE(cells[0] or cells[1])
    if not day:
        raise Refused(Text("A date is needed here"))
    return day


def state(cell: str) -> str:
    """Done where the calendar says so."""
    return DONE if cell.upper() == "COMPLETED" else OPEN


def remark(cells: tuple[str, ...]) -> str:
    """What the calendar says besides: description, place, who comes, how it repeats."""
    words: str = _LONG("\n".join(filter(None, (cell.strip() for cell in cells))))
    return words


ICALENDAR = Mapping(
    "icalendar", Text("Calendar (iCalendar)"), FOLLOW_UP,
    (
        Take("name", ("summary",), lambda cell: text_of(" ".join(cell.split()))),
        Take("due", ("day", "until"), due),
        Take("due_time", ("time",), lambda cell: _TIME(cell)),
        Take("state", ("status",), state),
        Take("remark", ("description", "place", "attendees", "repeats"), remark),
    ),
    matching=("name", "due", "due_time"),
)  # fmt: skip

MAPPINGS: Sequence[Mapping] = (ICALENDAR,)
