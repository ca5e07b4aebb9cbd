"""Which rows of a file are already here: by id, by number, or by a key over the matching values.

The key is a hash of the values and of how many equal rows came before (two equal rows are two bookings). It is stored
with the row at import and never worked out again."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Sequence
from typing import Any

from crm_desktop.record.record import Record
from crm_desktop.store.log import dump
from crm_desktop.store.schema import LIVING

CHUNK = 500


KEY_BYTES = 8


def hashed(words: str) -> int:
    """A signed 64-bit hash of a text."""
    return _all_hashed([words])[0]


def _all_hashed(words: Iterable[str]) -> Sequence[int]:
    found = b"".join([hashlib.blake2b(each.encode(), digest_size=KEY_BYTES).digest() for each in words])
    return struct.unpack(f">{len(found) // KEY_BYTES}q", found)


class RowKeys:
    """Gives each row its key: equal rows are told apart by their order."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}

    def of(self, texts: Iterable[str]) -> list[int]:
        """One key for each row of matching values, given as JSON without its brackets."""
        bases = _all_hashed(f"[{text}]" for text in texts)
        if len(set(bases)) < len(bases) or not self._seen.keys().isdisjoint(bases):
            return [self._next(base) for base in bases]
        self._seen.update(dict.fromkeys(bases, 1))
        return list(bases)

    def _next(self, base: int) -> int:
        ordinal = self._seen.get(base, 0)
        self._seen[base] = ordinal + 1
        return base if not ordinal else hashed(f"{base} {ordinal}")

    def further(self, text: str, known: set[int]) -> int:
        """The first key of a row of these values that nobody has yet (adding an equal row on purpose)."""
        base = hashed(f"[{text}]")
        while (key := self._next(base)) in known:
            pass
        return key


def known_keys(reader: Any, record: Record) -> set[int]:
    """The keys of every row that came from a file and is still here, or was removed by hand: it does not come back."""
    key = record.import_key
    removed = (
        f"select t.{key} from change as c join change_row as r on r.change_id = c.id and r.tbl = '{record.key}'"
        f" join {record.key} as t on t.id = r.row_id and t.gone = c.id where c.action in ('Removed', 'Redone') and t.{key} is not null"
    )
    return {row[0] for row in reader.execute(f"select {key} from {record.key} where {LIVING} and {key} is not null union all {removed}")}


def known_values(reader: Any, record: Record, names: Sequence[str]) -> set[int]:
    """Keys worked out from living rows, for a record whose rows carry none."""
    rows = reader.execute(f"select {', '.join(names)} from {record.key} where {LIVING} order by id")
    return set(RowKeys().of(dump(row)[1:-1] for row in rows))


Found = tuple[Any, ...]  # (id, version, gone, *values)


def existing(reader: Any, record: Record, identity: Sequence[str], wanted: Iterable[Any], names: Sequence[str]) -> dict[tuple[Any, ...], list[Found]]:
    """Rows by id (also removed ones) or by a number (living ones), where the identity's last column is wanted, oldest
    first; keyed by all columns of the identity."""
    found: dict[tuple[Any, ...], list[Found]] = {}
    column = identity[-1]
    given = [value for value in dict.fromkeys(wanted) if value not in ("", None)]
    living = "" if column == "id" else f" and {LIVING} and {column} <> ''"
    for at in range(0, len(given), CHUNK):
        block = given[at : at + CHUNK]
        sql = (
            f"select {', '.join((*identity, 'id', 'version', 'gone', *names))} from {record.key}"
            f" where {column} in ({', '.join('?' * len(block))}){living} order by id"
        )
        for row in reader.execute(sql, block):
            found.setdefault(tuple(row[: len(identity)]), []).append(tuple(row[len(identity) :]))
    return found
