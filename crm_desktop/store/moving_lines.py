"""Rows as lines, as PostgreSQL writes them in its text format of COPY: the server says them itself, and fast.

What lies in a file is put together by SQLite, a row at a time: cell by cell in Python costs four times as much."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

SIZE = 5_000  # rows of a block
NOTHING = "\\N"
CELL = b"\x1f"  # between two cells while SQLite puts a row together
ODD = re.compile(r"[\b\t\n\v\f\r\\]")
ODD_BYTES = b"\b\t\n\v\f\r\\"
ESCAPED = str.maketrans({"\b": "\\b", "\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f", "\r": "\\r", "\\": "\\\\"})
Row = tuple[Any, ...]


class Block:
    """Some rows as lines; `rows` are those of their cells that were asked for."""

    def __init__(self, rows: Sequence[Row], lines: bytes) -> None:
        self.rows, self.lines = rows, lines


def lines(rows: Sequence[Row]) -> bytes:
    """Rows as lines, put together here."""
    cells = [_cells(column) for column in zip(*rows, strict=True)]
    return ("\n".join(map("\t".join, zip(*cells, strict=True))) + "\n").encode()


def _cells(column: Sequence[Any]) -> Iterable[str]:
    kinds = set(map(type, column))
    if kinds == {str}:
        return [cell.translate(ESCAPED) for cell in column] if ODD.search("".join(column)) else column
    return [NOTHING if cell is None else str(cell) if isinstance(cell, int) else _cell(cell) for cell in column]


def _cell(cell: Any) -> str:
    return f"\\\\x{cell.hex()}" if isinstance(cell, bytes) else str(cell).translate(ESCAPED)


def blocks(reader: Any, columns: Sequence[str], shown: Sequence[str], rest: str, binary: str = "") -> Iterator[Block]:
    """The rows of a file's table; `shown`: the columns whose cells are wanted, too; `rest`: where from, in which order;
    `binary`: the column that holds bytes."""
    made = _Made(columns, binary)
    found, skip = iter(reader.execute(f"select {', '.join((made.sql, *shown))} {rest}")), 0
    while rows := list(islice(found, SIZE)):
        words = made.joined([row[0] for row in rows])
        if words is None:
            words = lines(reader.execute(f"select {', '.join(columns)} {rest} limit {len(rows)} offset {skip}").fetchall())
        skip += len(rows)
        yield Block([row[1:] for row in rows] if shown else rows, words)


class _Made:
    """What SQLite puts together. Marks that no cell can hold, as nobody knows them before, stand for what a line writes otherwise."""

    def __init__(self, columns: Sequence[str], binary: str) -> None:
        self._gaps = len(columns) - 1
        end, nothing, octets = (f"\x1e{secrets.token_hex(4)}{each}" for each in "enb")
        self._end = end.encode()
        self._marks = ((self._end, b"\n"), (CELL, b"\t"), (nothing.encode(), NOTHING.encode()), (octets.encode(), b"\\\\x"))
        values = [f"'{octets}' || lower(hex({name}))" if name == binary else name for name in columns]  # never null
        cells = ", ".join(f"ifnull({value}, '{nothing}')" for value in values)
        self.sql = f"cast(concat_ws(char({ord(CELL)}), {cells}) as blob)"

    def joined(self, rows: Sequence[bytes]) -> bytes | None:
        """Rows as lines; None when a cell holds what stands between cells."""
        words = self._end.join(rows)
        if words.count(CELL) != len(rows) * self._gaps:
            return None
        if len(words.translate(None, ODD_BYTES)) != len(words):
            words = words.decode().translate(ESCAPED).encode()
        for mark, meant in self._marks:
            words = words.replace(mark, meant)
        return words + b"\n"
