"""What stands in the calendar: visits, items of plans, follow-ups, days to keep; of one colleague or of everybody."""

from __future__ import annotations

from typing import Any, NamedTuple

from crm_desktop.duties.care.records import CARE_ITEM
from crm_desktop.record.anniversaries import keys_on
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.text import Text

MOST = 4_000  # entries of a view


class Entry(NamedTuple):
    """One thing on a day: what kind of thing (record key), its id, when, who it is about, what, and its tone."""

    record: str
    row_id: int
    day: str
    time: str
    who: str
    what: Text | str
    tone: str


def entries(reader: Any, first: str, last: str, owner_id: int | None = None) -> list[Entry]:
    """Everything from one day to another, by day and time."""
    found = [*_visits(reader, first, last, owner_id), *_items(reader, first, last, owner_id), *_tasks(reader, first, last, owner_id), *_kept(reader, first, last, owner_id)]
    return sorted(found, key=lambda one: (one.day, one.time or "99", one.record, one.row_id))


def _mine(column: str, owner_id: int | None) -> tuple[str, list[Any]]:
    return ("", []) if owner_id is None else (f" and {column} = ?", [owner_id])


def _visits(reader: Any, first: str, last: str, owner_id: int | None) -> list[Entry]:
    mine, values = _mine("v.owner_id", owner_id)
    sql = (
        "select v.id, v.day, v.time, coalesce(a.short_name, ''), coalesce(a.name, p.name, ''), v.kind, v.state from visit as v left join account as a on a.id = v.account_id"
        f" left join person as p on p.id = v.person_id where v.gone is null and v.state in ('planned', 'done') and v.day >= ? and v.day <= ?{mine} order by v.day, v.id limit {MOST}"
    )
    rows = reader.execute(sql, (first, last, *values)).fetchall()
    return [Entry("visit", row[0], row[1], row[2], row[3] or row[4], VISITS.get(row[5], CONTACT), "blue" if row[6] == "planned" else "green") for row in rows]


def _items(reader: Any, first: str, last: str, owner_id: int | None) -> list[Entry]:
    mine, values = _mine("i.owner_id", owner_id)
    sql = (
        "select i.id, i.day, coalesce(a.short_name, ''), coalesce(a.name, p.name, ''), i.kind, i.state, i.name from care_item as i left join account as a on a.id = i.account_id"
        f" left join person as p on p.id = i.person_id where i.gone is null and i.day >= ? and i.day <= ?{mine} order by i.day, i.id limit {MOST}"
    )
    tones = {"open": "amber", "failed": "red"}
    rows = reader.execute(sql, (first, last, *values)).fetchall()
    kinds = CARE_ITEM.by_name["kind"]
    return [Entry("care_item", row[0], row[1], "", row[2] or row[3] or row[6], kinds.choice_text(row[4]), tones.get(row[5], "green")) for row in rows]


def _tasks(reader: Any, first: str, last: str, owner_id: int | None) -> list[Entry]:
    mine, values = _mine("owner_id", owner_id)
    sql = f"select id, due, due_time, name from follow_up where gone is null and state = 'open' and due >= ? and due <= ?{mine} order by due, id limit {MOST}"
    return [Entry("follow_up", row[0], row[1], row[2], row[3], TASK, "grey") for row in reader.execute(sql, (first, last, *values)).fetchall()]


def _kept(reader: Any, first: str, last: str, owner_id: int | None) -> list[Entry]:
    """Days to keep, on the day they fall on."""
    days: dict[str, str] = {}
    for n in range(days_between(first, last) + 1):
        for key in keys_on(add_days(first, n)):
            days.setdefault(key, add_days(first, n))
    mine, values = _mine("k.owner_id", owner_id)
    sql = (
        "select k.id, k.day_key, k.name, coalesce(a.short_name, p.name, a.name, '') from key_date as k left join account as a on a.id = k.account_id"
        f" left join person as p on p.id = k.person_id where k.gone is null and k.day_key in ({', '.join('?' * len(days))}){mine} order by k.id limit {MOST}"
    )
    rows = reader.execute(sql, (*days, *values)).fetchall()
    return [Entry("key_date", row[0], days[row[1]], "", row[3], row[2], "purple") for row in rows]


CONTACT, TASK = Text("Visit or call"), Text("Follow-up")
VISITS: dict[str, Text] = {"visit": Text("Visit"), "call": Text("Phone call"), "chat": Text("Chat message"), "reception": Text("Received in the hotel"), "in-house": Text("In-house guest met"),
        "meal": Text("Meal"), "site": Text("Site inspection"), "fair": Text("Trade fair"), "joint": Text("Joint visit"), "table": Text("Table visit"),}  # fmt: skip
