"""The entry of one action on the server: its rows are noted by the triggers there; here they are only counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from crm_desktop.record.ids import new_id
from crm_desktop.store.log import LISTED_ROWS, Change, Entry, Head


def opening(db: Any, *, seat: str, who: str, action: str, reason: str, source: str, always: bool) -> bytes:
    """The question that begins an entry, takes the turn to write, and is answered with the id of the change."""
    words = b", ".join(db.literal(words) for words in (seat, who, action, reason, source))
    return b"select crm_open(%d, %b, %d)" % (new_id(), words, always)


class ServerEntry(Entry):
    """The log entry being written inside one transaction, with the calls of `log.Entry`."""

    def __init__(self, db: Any, made: int, *, action: str, reason: str, source: str) -> None:
        """`made`: the id that `opening` gave."""
        self._db = db
        self.reason = reason
        self.change = Change(made, action)
        self.change.source = source

    def rows(self, table: str, rows: Iterable[tuple[int, int, str | None, bytes]]) -> None:
        """Rows that were written."""
        self._count(table, [row[0] for row in rows])

    def copied(self, table: str, select: str, parameters: Sequence[Any]) -> int:
        """Rows that are about to be written: those a statement gives, their id first."""
        ids = [row[0] for row in self._db.execute(select, parameters).fetchall()]
        self._count(table, ids)
        return len(ids)

    def _count(self, table: str, ids: Sequence[int]) -> None:
        change = self.change
        change.count += len(ids)
        change.tables.add(table)
        change.rows += [(table, row_id) for row_id in ids[: max(0, LISTED_ROWS - len(change.rows))]]

    def acts_for(self, name: str) -> None:
        """Nothing to do: the server noted who signed in when the entry was begun."""

    def again(self) -> None:
        """Nothing to do: the server looks when it writes the entry."""

    def close(self) -> Head:
        """Nothing to do: the server writes the entry itself, at COMMIT."""
        raise NotImplementedError
