"""A change of one row that is prepared before its turn and sent whole.

What the program checks is read while others write; what it writes waits here. Then everything goes to the server in one
message: take the turn, see that nothing moved which the checks rest on, write, commit. The turn lasts as long as the server
works, without a single way to the seat and back. Whatever stands against it is left to a change made in the turn."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn

from crm_desktop.record.ids import RANDOM_BITS, new_id
from crm_desktop.store.rows import InTurn
from crm_desktop.store.server import engine
from crm_desktop.store.server.connection import Connection
from crm_desktop.store.server.errors import ServerError
from crm_desktop.store.server.tables import Table

HEAD = "select crm_head()"
OPEN = "select crm_open_ahead(?, ?, ?, ?, ?, ?, ?, ?::text[], ?::bigint[])"
EXPECT = "select crm_expect(?)"
MOVED = "CRM01"  # what was read is no longer so, or a rule for rows kept some of them
AGAIN = (MOVED, engine.TAKEN, "23505", "23503", "23514", "42501")  # what is said better by a change made in the turn
WRITES = ("insert ", "update ")


class _Done:
    """The answer to what is not asked yet: the server is told how many rows to expect."""

    rowcount = 1


DONE = _Done()


class Ahead:
    """The calls of a writer, for rows that are written later. Raises InTurn for what cannot wait."""

    keeps_sums = True

    def __init__(self, db: engine.Server) -> None:
        self._db = db
        self.id = 0  # of the change, once it was sent: nobody else's, so that it tells afterwards whether it is there
        try:
            self.head = int(db.execute(HEAD).fetchone()[0])
        except ServerError as error:
            raise InTurn from error  # a change in its turn waits for a server that is just starting
        self._waiting: list[tuple[str, Sequence[Any]]] = []

    def table(self, name: str) -> Table:
        """A table that rows are added to."""
        return Table(self, name)

    __getitem__ = table

    def put(self, table: str, row: Mapping[str, Any]) -> None:
        """A new row, kept until all is sent."""
        self.table(table).insert(row)

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Any:
        """Keep what writes one row; ask at once what is asked before."""
        if sql.startswith(WRITES):
            self._waiting.append((sql, parameters))
            return DONE
        if self._waiting:
            raise InTurn  # it may ask for what is not written yet
        return self._db.execute(sql, parameters)

    def many(self, _sql: str, _rows: Iterable[Sequence[Any]], /) -> NoReturn:
        """Many rows are worth their own turn."""
        raise InTurn

    def send(self, words: Mapping[str, str], rests_on: Sequence[tuple[str, int]], rows: int) -> None:
        """Write everything, if nothing moved that it rests on. `rows`: how many the log will have.

        Raises InTurn when it was not written, ServerError."""
        db, told = self._db, [words[name] for name in ("seat", "who", "action", "reason", "source")]
        tables, ids = [table for table, _ in rests_on], [row_id for _, row_id in rests_on]
        self.id = max(new_id(), self.head + 1 + random.getrandbits(RANDOM_BITS))  # a clock behind the others' makes no id twice
        parts = [("begin", ()), (f"set local lock_timeout = '{engine.TURN_SECONDS}s'", ()), (OPEN, [self.id, *told, self.head, tables, ids]), *self._waiting, (EXPECT, [rows]), ("commit", ())]
        try:
            with db.watched():  # one string of statements, their values in it, is one message
                db.raw.execute(b"; ".join(_spoken(db, sql, values) for sql, values in parts), prepare=False)
        except ServerError as error:
            if not db.broken:
                db.execute("rollback")
            if error.state == engine.TAKEN:
                db.unblock()
            if error.state in AGAIN:
                raise InTurn from error
            raise


def _spoken(db: Connection, sql: str, values: Sequence[Any]) -> bytes:
    """A statement with its values in the place of its marks."""
    pieces = sql.split("?")
    assert len(pieces) == len(values) + 1
    return b"".join([pieces[0].encode(), *(db.literal(value) + piece.encode() for value, piece in zip(values, pieces[1:], strict=True))])
