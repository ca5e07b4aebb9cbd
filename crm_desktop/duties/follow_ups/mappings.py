"""Well-known files of follow-ups: the appointments and tasks of a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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


class Appointments:
    """A calendar that comes again: what was moved there moves here, but what was closed here stays closed."""

    def __init__(self, _reader: Any, _table: Any, mapping: Mapping) -> None:
        self.mapping = mapping

    def finish(self, _reader: Any, _keys: Any, prepared: Any) -> None:
        """Leave out of the changes what would only open follow-ups again."""
        kept = []
        for row_id, version, changed in prepared.updates:
            if changed.get("state") == OPEN:
                changed = {name: value for name, value in changed.items() if name != "state"}
            if changed:
                kept.append((row_id, version, changed))
        prepared.same += len(prepared.updates) - len(kept)
        prepared.updates = kept


ICALENDAR = Mapping(
    "icalendar", Text("Calendar (iCalendar)"), FOLLOW_UP,
    (
        Take("name", ("summary",), lambda cell: text_of(" ".join(cell.split()))),
        Take("due", ("day", "until"), due),
        Take("due_time", ("time",), lambda cell: _TIME(cell)),
        Take("state", ("status",), state),
        Take("remark", ("description", "place", "attendees", "repeats"), remark),
        Take("calendar_uid", ("uid",), PARSE[Kind.CODE]),
    ),
    matching=("name", "due", "due_time"), number="calendar_uid", whole=Appointments,
)  # fmt: skip

MAPPINGS: Sequence[Mapping] = (ICALENDAR,)
