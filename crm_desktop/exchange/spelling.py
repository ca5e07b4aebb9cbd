"""Rows of a file that are one though their numbers are written differently: the longest spelling is kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from crm_desktop.record.kinds import Value
from crm_desktop.record.record import Record, Row
from crm_desktop.store.keys import Keys
from crm_desktop.store.log import row_digest
from crm_desktop.store.schema import LIVING

Key = tuple[Value, ...]


def tells(record: Record, given: Collection[str]) -> bool:
    """True when a file with these fields tells all that makes two numbers one."""
    spelled = record.spelled
    return spelled is not None and "id" not in given and {*spelled.same, spelled.number} - set(given) <= {record.currency}


class Spellings:
    """What is known of the numbers so far: those of rows that are here, and of the file's own new rows."""

    def __init__(self, reader: Any, record: Record, given: Collection[str]) -> None:
        assert record.spelled is not None
        self.record, self.spelled = record, record.spelled
        self.columns = (*self.spelled.same, *(name for name in self.spelled.apart if name in given), self.spelled.number)
        self.respelled = 0  # rows that were another spelling of one that is here or stood before
        self._here: dict[Key, int] = {}
        self._first: dict[Key, str] = {}  # the number of the file's first row
        self._place: dict[Key, int] = {}  # where that stands among the new rows
        self._longer: dict[Key, str] = {}
        self._met: dict[int, str] = {}  # rows that are here and stood in the file: the longest number they had
        for row_id, *values in reader.execute(f"select id, {', '.join(self.columns)} from {record.key} where {LIVING} and {self.spelled.number} <> ''"):
            self._here.setdefault(self._key(values), row_id)
            self._met[row_id] = values[-1]
        self._numbers = dict(self._met)

    def _key(self, values: Sequence[Value]) -> Key:
        return (*values[:-1], self.spelled.plain(values[-1]))

    def sort(self, fresh: Sequence[int], rows: Sequence[Sequence[Value]]) -> tuple[list[int], list[int], dict[int, int]]:
        """The places of rows whose number is new, of those without one, and of those that are here with the ids of these.
        The places of rows the file had before are in none of them."""
        new, others, here = list[int](), list[int](), dict[int, int]()
        for at in fresh:
            number, key = rows[at][-1], self._key(rows[at])
            if not number:
                others.append(at)
            elif (row_id := self._here.get(key)) is not None:
                self._note_here(row_id, number)
                if row_id not in here.values():
                    here[at] = row_id
            elif key in self._first:
                self._again(key, number)
            else:
                self._first[key] = number
                new.append(at)
        return new, others, here

    def _again(self, key: Key, number: str) -> None:
        known = self._longer.get(key, self._first[key])
        self.respelled += number != known
        if len(number) > len(known):
            self._longer[key] = number

    def _note_here(self, row_id: int, number: str) -> None:
        known = self._met[row_id]
        self.respelled += number != known
        if len(number) > len(known):
            self._met[row_id] = number

    def stand(self, fresh: Sequence[int], rows: Sequence[Sequence[Value]], start: int) -> None:
        """Note where new rows stand among all new ones."""
        if self._first:
            self._place |= {self._key(rows[at]): start + offset for offset, at in enumerate(fresh) if rows[at][-1]}

    def merged(self, old: Row, new: Row) -> Row:
        """What a file changes of a row that is here: what it leaves empty stays, and so does the number, for now."""
        said = {name: value for name, value in new.items() if value not in ("", None)}
        return old | said | {name: max(old[name], new[name]) for name in self.spelled.rising if name in new} | {self.spelled.number: old[self.spelled.number]}

    def spell(self, columns: Sequence[str], rows: list[tuple[Value, ...]], digests: list[bytes], keys: Keys) -> None:
        """Give the new rows the longest spelling there was of their number."""
        for key, number in self._longer.items():
            place = self._place[key]
            row: Row = dict(zip(columns, rows[place], strict=True)) | {self.spelled.number: number}
            row |= {name: value for name, value in self.record.settled(row).items() if name in columns}
            rows[place] = tuple([row[name] for name in columns])
            digests[place] = row_digest(keys, self.record, row)

    def lengthened(self) -> dict[int, str]:
        """The rows that are here and get a longer number."""
        return {row_id: number for row_id, number in self._met.items() if number != self._numbers[row_id]}
