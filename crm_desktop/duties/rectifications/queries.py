"""What rectification orders tell the shared screens: lines of *Today*, what matters about one now."""

from __future__ import annotations

from functools import partial
from typing import Any

from crm_desktop.duties.rectifications import rules
from crm_desktop.duties.rectifications.records import RECTIFICATION
from crm_desktop.record import clock
from crm_desktop.record.dates import business_date
from crm_desktop.record.duty import Filter, NowPoint, TodayLine
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store.pages import counted
from crm_desktop.store.rows import get


def late(now: str) -> list[Filter]:
    """Orders whose time has run out."""
    return [("due", ">", ""), ("due", "<", now)]


def today(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    """Orders that run, those past their time, those to be inspected; of an earlier day, those issued then."""
    here: list[Filter] = [] if hotel is None else [("hotel_id", "=", hotel)]
    told = partial(counted, group="service")
    if day != business_date():
        issued: list[Filter] = [("issued_on", "=", day), *here]
        return [told(reader, Text("Rectification orders sent out"), RECTIFICATION, issued)]
    running: list[Filter] = [("state", "in", rules.RUNNING), *here]
    return [
        told(reader, Text("Rectification orders running"), RECTIFICATION, running, short=Text("Orders running")),
        told(reader, Text("Rectification orders past their time"), RECTIFICATION, [*late(clock.now()), *here], tone="red"),
        told(reader, Text("Rectification to be inspected"), RECTIFICATION, [("state", "=", rules.CHECKED), *here], tone="amber"),
    ]


def now(reader: Any, record: str, row_id: int, _day: str) -> list[NowPoint]:
    """On a complaint the orders that run for it; on an order the breach its times tell of."""
    if record == RECTIFICATION.key:
        row = get(reader, RECTIFICATION, row_id)
        found = rules.breach(row) if row else None
        return [NowPoint(found, "red")] if found else []
    if record != "complaint":
        return []
    sql = "select id from rectification where complaint_id = ? and gone is null order by issued_on, id limit 5"
    rows = [row for (each,) in reader.execute(sql, (row_id,)).fetchall() if (row := get(reader, RECTIFICATION, int(each)))]
    return [_point(row) for row in rows]


def _point(row: Row) -> NowPoint:
    state = RECTIFICATION.by_name["state"]
    words: Text = Text("Order {no} to {whom}: {state}", no=row["code"], whom=row["department_id.name"] or row["contractor"], state=state.choice_text(row["state"]))
    rest = clock.left(row["due"])
    if rest:
        words = Text("{order}, {what} {left}", order=words, what=rules.WORDS[row["waits_for"]], left=rest)
    return NowPoint(words, "red" if rest.startswith(clock.MINUS) else "amber" if rest else state.tone(row["state"]), (RECTIFICATION.key, int(row["id"])))


def due(row: Row) -> Text:
    """The notice of an order whose time runs out."""
    return Text("Rectification order '{what}': '{step}' is missing", what=row["name"], step=rules.WORDS.get(row["waits_for"]) or Text("Put right"))
