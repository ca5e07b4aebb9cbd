"""What is handed over: unfinished rows of the day, what tomorrow brings, and both as a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.desk.rights import deciding
from crm_desktop.duties.today import queries
from crm_desktop.duties.today.board import APPROVALS, HOUSE
from crm_desktop.duties.today.briefing import day_line, figure
from crm_desktop.record.dates import add_days
from crm_desktop.record.duty import Duty, Filter, TimelineEntry, TodayLine
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Record
from crm_desktop.record.text import Text, say
from crm_desktop.store import pages

UNFINISHED = ("tasks", "approvals", "care", "promises", "bookings")  # the groups of *Today* whose rows somebody has to finish
AHEAD = ("house", "vip", "birthdays", "promises", "bookings")
ALSO = ("vip", "service", "office", "market")  # of these only figures that already need somebody
MOST = 30  # rows of one figure
FIRST = 3  # columns of its list that tell a row of which nothing else does
OWNER, ISSUER = "owner_id", "issued_by"
NAMES = ("account_id", "person_id", "guest_id", "place", "amount")  # what tells a row besides its own words
ICONS = {
    "approvals": "check",
    "tasks": "list-todo", "care": "heart-handshake", "promises": "handshake", "bookings": "notebook-pen", "house": "bed", "vip": "crown",
    "birthdays": "cake", "service": "circle-alert", "office": "clipboard-list", "market": "star",
}  # fmt: skip
LATE = ("red", "amber")
WHOM = ("guest_id", "name", "account_id")  # the first of these names a row
MOST_NAMES = 4


class Risk:
    """A figure about tomorrow: itself, and who is meant where that are few; `tone` as of the figure that already needs somebody."""

    def __init__(self, line: TodayLine, tone: str, names: Sequence[str] = ()) -> None:
        self.line, self.tone, self.names = line, tone, names

    def said(self, figure: Text | str) -> Text | str:
        """The words of the figure with who is meant."""
        return Text("{figure}: {names}", figure=figure, names=" · ".join(self.names)) if self.names else figure

    @property
    def entry(self) -> TimelineEntry:
        """The line of the page, its number as a chip."""
        return TimelineEntry(
            "", "", self.line.record, 0, self.said(self.line.label), ICONS.get(self.line.group, "list-todo"), (f"{self.line.count:,}", self.tone or "grey")
        )


class Handover:
    """The rows a person leaves unfinished, and what tomorrow brings, pressing figures first."""

    def __init__(self, day: str, items: list[TimelineEntry], risks: list[Risk]) -> None:
        self.day, self.items, self.risks = day, items, risks


def handover(reader: Any, duties: Sequence[Duty], day: str, person: int | None, hotel: int | None = None) -> Handover:
    """What a person (everybody when not known) leaves to the next shift."""
    records = {record.key: record for duty in duties for record in duty.records}
    board = queries.board(reader, tuple(duties), day, hotel)
    is_own = not deciding(reader).open  # what waits for a yes is the reader's own to decide, whoever asked for it
    found: dict[tuple[str, int], TimelineEntry] = {}
    for line in board.lines:
        if line.group in UNFINISHED or (line.group in ALSO and line.tone in LATE):
            for entry in _rows(reader, records[line.record], line, None if line.group == APPROVALS and is_own else person):
                found.setdefault((entry.record, entry.row_id), entry)
    items = sorted(found.values(), key=lambda entry: (entry.day or "~", entry.time))
    late = [line for line in board.lines if line.group in AHEAD and line.tone in LATE]
    ahead = queries.board(reader, tuple(duties), add_days(day, 1), hotel).lines
    risks = _risks(late, [line for line in ahead if line.group in AHEAD and line.count])
    return Handover(day, items, [Risk(line, tone, _names(reader, records[line.record], line)) for line, tone in risks])


def _risks(late: Sequence[TodayLine], ahead: Sequence[TodayLine]) -> list[tuple[TodayLine, str]]:
    """What already needs somebody, then tomorrow's figures, without those that say the same."""
    told = {line.same for line in late}
    pressing = sorted(late, key=lambda line: LATE.index(line.tone))
    return [*((line, line.tone) for line in pressing), *((line, "") for line in ahead if line.same not in told)]


def _names(reader: Any, record: Record, line: TodayLine) -> list[str]:
    """Who is meant by a figure, where that are so few that they can be named."""
    whom = next((name for name in WHOM if name in record.by_name), "")
    if line.group == HOUSE or not whom or line.count > MOST_NAMES:
        return []
    found = pages.fetch(reader, pages.ListQuery(record, line.filters, columns=(whom,)), limit=MOST_NAMES)
    return list(dict.fromkeys(str(row[2]) for row in found if row[2]))


def _rows(reader: Any, record: Record, line: TodayLine, person: int | None) -> list[TimelineEntry]:
    mine = _mine(reader, record, person)
    own = [record.name] if record.by_name[record.name].kind == Kind.TEXT else []
    kind = ["kind"] if "kind" in record.by_name else []
    when = [name for name in ("due", "day", "arrival", "option_date") if name in record.by_name][:1]
    time = [name for name in ("due_time", "time") if name in record.by_name][:1]
    told = [*own, *kind, *(name for name in NAMES if name in record.by_name)] or list(record.listed[:FIRST])
    names = list(dict.fromkeys((*told, *when, *time)))
    found = pages.fetch(reader, pages.ListQuery(record, [*line.filters, *mine], columns=names), limit=MOST)
    return [_entry(record, line, dict(zip(("id", "sort", *names), row, strict=True)), told, when, time) for row in found]


def _mine(reader: Any, record: Record, person: int | None) -> list[Filter]:
    """The rows of a person: their own, or the papers they issued, whose signatures nobody else looks after."""
    if person and OWNER in record.by_name:
        return [(OWNER, "=", person)]
    if person and ISSUER in record.by_name:
        return [(ISSUER, "=", queries.colleague(reader, person))]
    return []


def _entry(record: Record, line: TodayLine, row: dict[str, Any], told: Sequence[str], when: Sequence[str], time: Sequence[str]) -> TimelineEntry:
    words: Text | str = ""
    for part in dict.fromkeys(_said(record, name, row[name]) for name in told):  # what is said twice is said once
        if part:
            words = Text("{first} · {second}", first=words, second=part) if words else part
    day = str(row[when[0]]) if when else ""
    icon = ICONS.get(line.group, "list-todo")
    return TimelineEntry(day, str(row[time[0]]) if time else "", record.key, row["id"], words or record.title, icon, (line.label, line.tone or "grey"))


def _said(record: Record, name: str, value: Any) -> Text | str:
    from crm_desktop.record.kinds import shown

    field = record.by_name[name]
    if value in (None, "", 0):
        return ""
    return field.choice_text(value) if field.kind == Kind.CHOICE else str(value) if field.kind == Kind.REF else shown(field.kind, value)


def items_text(found: Handover) -> str:
    """The unfinished rows, a line each: when, what it is to be done about, and what it is."""
    return "\n".join(" ".join(part for part in (entry.day[5:], entry.time, say(_what(entry))) if part) for entry in found.items)


def _what(entry: TimelineEntry) -> Text | str:
    return Text("{figure}: {names}", figure=entry.chip[0], names=entry.words) if entry.chip else entry.words


def risks_text(found: Handover) -> str:
    """What tomorrow brings, a line each; what needs somebody is marked."""
    return "\n".join(("! " if risk.tone else "") + say(risk.said(figure(risk.line))) for risk in found.risks)


def text(found: Handover, who: str, note: str) -> str:
    """The whole hand-over for a chat or a sheet of paper."""
    parts = [f"{say(Text('Hand-over'))} {day_line(found.day)} {who}".rstrip()]
    for title, words in ((Text("Note to the next shift"), note), (Text("Unfinished"), items_text(found)), (Text("Tomorrow"), risks_text(found))):
        parts.append(say(Text("[{title}]", title=title)))
        parts.append(words.strip() or "–")
    return "\n".join(parts)
