"""What a form asks of the store and the desk, and everything that is wrong with what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.record.record import Problems, Record, Row
from crm_desktop.record.text import Text
from crm_desktop.ui import drafts
from crm_desktop.ui.jobs import DeskLike, Job, Reader


def get(record: Record, row_id: int, reader: Reader, job: Job) -> tuple[int, Row | None]:
    """A row with its id, for `jobs.read`."""
    from crm_desktop.store import rows

    return row_id, rows.get(reader, record, row_id)


def remove(record: Record, row_id: int, version: int, desk: DeskLike, job: Job) -> Any:
    """Take a row out of every list, for `jobs.act`."""
    return desk.remove(record, row_id, version)


class Saving:
    """What is on its way to the store."""

    def __init__(
        self, key: drafts.Key, row_id: int | None, version: int, values: Row, typed: dict[str, Any], step: str = "", reason: str = ""
    ) -> None:
        self.step, self.reason = step, reason
        self.key, self.row_id, self.version, self.values, self.typed = key, row_id, version, values, typed

    def act(self, record: Record, desk: DeskLike, job: Job) -> Any:
        """In the writing thread."""
        if self.step and self.row_id is not None:
            return desk.move(record, self.row_id, self.version, self.step, reason=self.reason, values=self.values)
        return desk.save(record, self.row_id, self.version, self.values)


def new_id(change: Any, record: Record) -> int:
    """The id a new row was given."""
    return next((row_id for table, row_id in change.rows if table == record.key), 0)


def problems(record: Record, row: Row, typed: Mapping[str, Text]) -> Problems:
    """All that is wrong at once: what cannot be understood, what is missing, and what the record itself says.

    The record's check can rely on its needed fields: it is asked only when those are there and understood."""
    found = record.problems(row)
    needed = {name for name in record.check_on if name in record.by_name and record.by_name[name].required}
    if found and not needed & {*found, *typed}:
        found = record.check({name: row.get(name) for name in record.check_on}) | found
    found = {f.name: text for f in record.fields if (text := f.out_of_bounds(row.get(f.name)))} | found
    return found | dict(typed)
