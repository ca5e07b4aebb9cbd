"""Whom a row is about: the client and the person that a follow-up, a call or a promise made from there belongs to."""

from __future__ import annotations

from typing import Any, NamedTuple

from crm_desktop.record.guess import About
from crm_desktop.record.ids import row_words
from crm_desktop.record.record import Record
from crm_desktop.store import rows, search
from crm_desktop.store.schema import LIVING

MOST = 8  # rows worth picking from


class Subject:
    """The client and the person with their names ('' and None where there is none), and the row as `record:ID`."""

    def __init__(self) -> None:
        self.account_id: int | None = None
        self.person_id: int | None = None
        self.account = self.person = self.about = ""


class Named(NamedTuple):
    """A row to pick: its id, its name, and what tells it from others of that name."""

    id: int
    name: str
    note: str = ""


def subject(reader: Any, about: About) -> Subject:
    """Whom the row on the screen is about. The first reference of its record to a client, and to a person, counts."""
    found = Subject()
    if about is None:
        return found
    record, row_id = about
    row = rows.get(reader, record, row_id)
    if row is None:
        return found
    found.about = row_words(record.key, row_id)
    for field in record.references():
        if field.ref == "account" and found.account_id is None and row[field.name] is not None:
            found.account_id, found.account = row[field.name], str(row[f"{field.name}.name"])
        if field.ref == "person" and found.person_id is None and row[field.name] is not None:
            found.person_id, found.person = row[field.name], str(row[f"{field.name}.name"])
    name = str(row.get("name") or "")
    if record.key == "account":
        found.account_id, found.account = row_id, name
    if record.key == "person":
        found.person_id, found.person = row_id, name
    return found


def named(reader: Any, record: Record, words: str) -> list[Named]:
    """Rows whose name is exactly this, else those that any piece of it finds."""
    hits = search.find(reader, words, MOST, [record]) if words.strip() else []
    exact = [hit for hit in hits if hit.title == words.strip()]
    return [Named(hit.id, hit.title, hit.note) for hit in exact or hits]


def rows_named(reader: Any, table: str) -> list[str]:
    """The names of all rows of a small table."""
    return [row[0] for row in reader.execute(f"select name from {table} where {LIVING}").fetchall()]
