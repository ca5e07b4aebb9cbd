"""What meetings and instructions tell: what is open from earlier ones, figures of a meeting, lines of *Today*."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.meetings.records import DRAFT, INSTRUCTION, MINUTES, MINUTES_ITEM
from crm_desktop.duties.meetings.rules import DONE, OPEN, REPORTED, UNREPORTED
from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.record import Figure, Row
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery, count, waiting


def earlier(reader: Any, minutes: Row) -> list[int]:
    """The earlier meetings of the same kind that left something open."""
    marks = ", ".join("?" * len(OPEN))
    sql = (
        "select m.id from minutes as m where m.gone is null and m.kind = ? and m.day <= ? and m.id <> ?"
        f" and exists (select 1 from minutes_item as i where i.minutes_id = m.id and i.gone is null and i.state in ({marks})) order by m.day, m.id"
    )
    return [int(row[0]) for row in reader.execute(sql, (minutes["kind"], minutes["day"], minutes["id"], *OPEN)).fetchall()]


def left_open(reader: Any, minutes: Row) -> list[Filter]:
    """What the decisions that earlier meetings of this kind left open have in common."""
    return [("minutes_id", "in", earlier(reader, minutes)), ("state", "in", OPEN)]


def figures(reader: Any, record: str, row_id: int, day: str) -> list[Figure]:
    """How the decisions of a meeting stand, and what earlier ones of its kind left open."""
    if record != "minutes":
        return []
    row = dict(zip(("id", "kind", "day"), reader.execute("select id, kind, day from minutes where id = ?", (row_id,)).fetchone(), strict=True))
    mine: Filter = ("minutes_id", "=", row_id)
    still: list[Filter] = [mine, ("state", "in", OPEN)]
    late = [*still, ("due", "<", day)]
    before = left_open(reader, row)
    told: tuple[tuple[Text, list[Filter], str], ...] = (
        (Text("Decisions"), [mine], ""), (Text("Done"), [mine, ("state", "=", DONE)], ""), (Text("Still open"), still, ""), (Text("Overdue"), late, "red"),
        (Text("Left open earlier"), before, "amber"),
    )  # fmt: skip
    out = []
    for label, filters, tone in told:
        number = count(reader, ListQuery(MINUTES_ITEM, filters))
        out.append(Figure(label, f"{number:,}", tone=tone if number else "", opens=filters, record="" if filters is not before else "minutes_item"))
    return out


def today(reader: Any, day: str, _hotel: int | None) -> list[TodayLine]:
    """Instructions and decisions due by a day, red when one was due before it, reports that wait for a yes, minutes nobody has yet."""
    asked: list[Filter] = [("state", "in", UNREPORTED), ("due", "<=", day)]
    decided: list[Filter] = [("state", "in", OPEN), ("due", "<=", day)]
    before: list[Filter] = [("due", "<", day)]
    return [
        *waiting(reader, Text("Instructions due"), INSTRUCTION, asked, group="office", tone="amber", late=before),
        *waiting(reader, Text("Reports to be ticked off"), INSTRUCTION, [("state", "=", REPORTED)], group="office", short=Text("Reports to tick")),
        *waiting(reader, Text("Decisions due"), MINUTES_ITEM, decided, group="office", late=before),
        *waiting(reader, Text("Minutes to hand out"), MINUTES, [("state", "=", DRAFT), ("day", "<=", day)], group="office"),
    ]
