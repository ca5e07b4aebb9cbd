"""What was typed and not saved, kept while the program runs, so that looking at another row loses nothing."""

from __future__ import annotations

from typing import Any

from crm_desktop.record.record import Record, Row

Key = tuple[str, Any]  # record key, and the row's id or what a new row was given


class Draft:
    """The row as it was read, and what was typed into which field."""

    def __init__(self, row: Row, typed: dict[str, Any]) -> None:
        self.row, self.typed = row, typed


_drafts: dict[Key, Draft] = {}


def key_of(record: Record, row_id: int | None, given: Row) -> Key:
    """Where the draft of a row is kept; new rows that were given different values are different rows."""
    return record.key, frozenset(given.items()) if row_id is None else row_id


def keep(key: Key, draft: Draft) -> None:
    """Remember a draft."""
    _drafts[key] = draft


def find(key: Key) -> Draft | None:
    """The draft of a row, or None."""
    return _drafts.get(key)


def forget(key: Key) -> None:
    """It was saved or given up."""
    _drafts.pop(key, None)


def count() -> int:
    """How many rows have unsaved changes: worth telling before the program closes."""
    return len(_drafts)


def clear() -> None:
    """Forget all, when another hotel's data is opened."""
    _drafts.clear()
