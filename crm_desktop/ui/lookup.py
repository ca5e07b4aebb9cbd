"""Finding the record a reference points to. The window tells at its start which records there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from crm_desktop.record.record import Field, Record
from crm_desktop.ui.jobs import Job, Reader

MOST = 12
_records: dict[str, Record] = {}


class Hit(Protocol):
    """A found row: its id, its name and what tells it from others."""

    id: int
    title: str
    note: str


class _First:
    """One of the first rows of a list, for somebody who has typed nothing yet."""

    def __init__(self, row_id: int, title: str) -> None:
        self.id, self.title, self.note = row_id, title, ""


def know(records: Iterable[Record]) -> None:
    """Tell which records references can point to."""
    _records.update({record.key: record for record in records})


def find(field: Field, words: str, reader: Reader, job: Job) -> list[Hit]:
    """Rows a field may point to: those that match the words, or the first ones by name. For `jobs.read`."""
    # Imported here: the store is not needed before somebody types.
    from crm_desktop.store import search

    record = _records[field.ref]
    if not words.strip():
        return _first(field, record, reader)
    return list(search.find(reader, words, MOST, (record,), where=field.ref_where))


def _first(field: Field, record: Record, reader: Reader) -> list[Hit]:
    from crm_desktop.store import pages

    filters = [(field.ref_where[0], "=", field.ref_where[1])] if field.ref_where else []
    query = pages.ListQuery(record, tuple(filters), sort=record.name, columns=(record.name,))
    rows = pages.fetch(reader, query, start=None, inclusive=True, backwards=False, skip=0, limit=MOST)
    return [_First(row[0], str(row[2])) for row in rows]
