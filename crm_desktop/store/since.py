"""What a backup may give in the place of a row that cannot be read: never what was erased since it was made, and a row that
was removed since only as a removed one, as far as the log can still be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from crm_desktop.record.ids import decode
from crm_desktop.record.record import Record, Row
from crm_desktop.store import erased, erasing
from crm_desktop.store.erased import One
from crm_desktop.store.erasing import ERASED, Plan
from crm_desktop.store.keys import Keys
from crm_desktop.store.log import row_digest
from crm_desktop.store.rows import read

GIVEN = Row | None  # None: it may not be given


def named(db: Any) -> list[One]:
    """Who was erased, as the entries of a log name them."""
    out = []
    for (source,) in db.execute("select source from change where action = ?", (ERASED.source,)).fetchall():
        key, _, word = str(source).partition(":")
        try:
            out.append((key, decode(word)))
        except ValueError:
            continue  # done again by itself after a restore: the setting names them
    return out


class Since:
    """What became of rows since a backup was made, as the readable part of the log in `db` tells it; `ones` were erased.
    `removed` stands for the entry that removed a row where that entry is lost."""

    def __init__(self, db: Any, keys: Keys, records: Sequence[Record], backup: Any, ones: Iterable[One], removed: int) -> None:
        self._db, self._keys, self._removed = db, keys, removed
        found = backup.execute("select value from setting where key = ?", (erased.KEY,)).fetchone()
        known, by_key = set(erased.done(found[0] if found else "")), {record.key: record for record in records}
        new = [(by_key[key], row_id) for key, row_id in dict.fromkeys(ones) if (key, row_id) not in known and key in by_key]
        self._plans: list[Plan] = [erasing.plan(backup, records, record, row_id) for record, row_id in new]
        self._backup = backup

    def row(self, record: Record, row_id: int) -> tuple[GIVEN, bool]:
        """A row as the backup may give it, and whether it is older than what the log knows."""
        old = read(self._backup, record, row_id)
        if old is None:
            return None, False
        row = self._forgotten(record, old)
        sql = "select r.change_id, r.version, r.before, r.digest, c.action from change_row as r join change as c on c.id = r.change_id where r.row_id = ? and r.tbl = ? and r.version > ? order by r.version"
        later = self._db.execute(sql, (row_id, record.key, old["version"])).fetchall()
        if row is old and any(action == ERASED.source for *_, action in later):
            return None, False  # something was taken out of it, and nothing says any more what
        for change_id, version, before, _, _ in later:
            row = row | {"version": version} | _turned(before or "", change_id)
        return row, bool(later) and row_digest(self._keys, record, row) != bytes(later[-1][3])

    def _forgotten(self, record: Record, row: Row) -> Row:
        """A row without everybody who was erased since; the same one where it holds nothing of them."""
        for plan in self._plans:
            row = _without(plan, record, row, int(row["id"] or 0), self._removed)
        return row


def _turned(before: str, change_id: int) -> Row:
    """Whether a row lives after an entry, where that says so."""
    if not before.startswith('{"gone":'):
        return {}
    return {"gone": change_id if before.startswith('{"gone":null') else None}


def _without(plan: Plan, record: Record, row: Row, row_id: int, removed: int) -> Row:
    every, strong = erasing.pattern(plan.words), erasing.pattern(plan.strong)
    if plan.is_whole(record.key, row_id):
        return erasing.emptied(record, row, removed)
    if columns := plan.loose.get(record.key, {}).get(row_id):
        return erasing.loosened(record, row, columns, every)
    if row_id in plan.near.get(record.key, ()):
        return erasing.mended(record, row, every)
    return erasing.mended(record, row, strong) if row_id in plan.mentioned.get(record.key, ()) else row
