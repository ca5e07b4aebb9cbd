"""The one module that speaks to PostgreSQL: a connection with the calls the store makes of one to a file.

It mends itself: a question outside a transaction that finds the connection broken is asked once more on a new one, since
nothing can have been changed by it. Inside a transaction nothing is asked twice."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from typing import Any

import psycopg
import psycopg.sql
from psycopg.pq import TransactionStatus
from psycopg.types.numeric import Int8Dumper

from crm_desktop.store.catalog import ONE_PLAN
from crm_desktop.store.server import masks, watchdog
from crm_desktop.store.server.errors import ServerError, told
from crm_desktop.store.server.words import translated

CONNECT_SECONDS = 5
STATEMENT_SECONDS = 120  # the server stops a statement itself
LONGEST_SECONDS = 900  # beyond which no answer is waited for, whoever asked; one that gives no sign of life, or does not work on it, is left long before (watchdog.py)
IDLE_SECONDS = 30  # a transaction whose seat went silent holds nothing longer than that
OPTIONS: dict[str, Any] = {
    "connect_timeout": CONNECT_SECONDS, "keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3,
    "tcp_user_timeout": 15_000, "application_name": "crm-desktop",
}  # fmt: skip
SETTINGS = (
    f"set statement_timeout = '{STATEMENT_SECONDS}s'; set lock_timeout = '{STATEMENT_SECONDS}s';"
    f" set idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'; set client_min_messages = warning;"
    " set timezone = 'UTC'; set plan_cache_mode = force_custom_plan; set jit = off"
)
NARROW = "select coalesce(not has_function_privilege(to_regprocedure('crm_found(text, text)'), 'execute'), false)"
RESTING = ("idle", "idle in transaction", "idle in transaction (aborted)")
HEAR_EVERY = 0.25
STOP_SECONDS = 2
BEGIN, END = frozenset(("begin", "begin immediate")), frozenset(("commit", "rollback", "end"))
PREPARED_AFTER = 3


class Whole(psycopg.adapt.Loader):
    """sum() of whole numbers is numeric there; here amounts are whole."""

    def load(self, data: Any) -> int | float:
        words = bytes(data)
        return float(words) if b"." in words else int(words)


class Words(psycopg.adapt.Loader):
    """JSON as the text it is."""

    def load(self, data: Any) -> str:
        return bytes(data).decode()


class Flag(psycopg.adapt.Loader):
    """True and false as SQLite has them."""

    def load(self, data: Any) -> int:
        return 1 if bytes(data) == b"t" else 0


class Bytes(psycopg.adapt.Loader):
    """Bytes from the server's hexadecimal."""

    def load(self, data: Any) -> bytes:
        return bytes.fromhex(bytes(data)[2:].decode())


def _open(address: str, readonly: bool) -> psycopg.Connection[Any]:
    """A new connection with every setting the data needs. Raises ServerError."""
    try:
        found = psycopg.connect(address, autocommit=True, cursor_factory=psycopg.RawCursor, prepare_threshold=PREPARED_AFTER, **OPTIONS)
        try:
            found.execute(SETTINGS + ("; set default_transaction_read_only = on" if readonly else ""))
        except psycopg.Error:  # a server that goes away lets one in and throws one out
            found.close()
            raise
    except psycopg.Error as error:
        raise told(error, broken=True) from error
    for name, loader in (("numeric", Whole), ("json", Words), ("jsonb", Words), ("bool", Flag), ("bytea", Bytes)):
        found.adapters.register_loader(name, loader)
    found.adapters.register_dumper(int, Int8Dumper)
    return found


class _Elsewhere:
    """Asks on another connection whether the server works on what this one was asked. True also while that cannot be known."""

    def __init__(self, address: str, raw: psycopg.Connection[Any]) -> None:
        made, self._address = raw.pgconn, address
        self._pid, self._way = made.backend_pid, {"host": made.host.decode(), "port": made.port.decode()}
        if made.hostaddr:
            self._way["hostaddr"] = made.hostaddr.decode()

    def __call__(self) -> bool:
        try:
            with psycopg.connect(self._address, autocommit=True, **OPTIONS | self._way) as asking:
                found = asking.execute("select state from pg_stat_activity where pid = %s and usename = session_user", (self._pid,)).fetchone()
        except psycopg.Error:
            return True
        return found is not None and found[0] not in RESTING


class Connection:
    """One connection, used by one thread at a time; `interrupt` may be called from another."""

    def __init__(self, address: str, *, readonly: bool = False) -> None:
        self._address, self._readonly = address, readonly
        self._watch, self._stopping = watchdog.Watch(), threading.Lock()
        self._masked: Mapping[str, Collection[str]] = {}
        self._raw, self._planned_once = _open(address, readonly), False
        self._narrow = False  # this log-in finds only among what it sees
        self._look_after()
        watchdog.begin(self._watch)
        self.hide(self._masked)

    def hide(self, masked: Mapping[str, Collection[str]]) -> None:
        """Show a mask for the values of these columns by table; what the log-in may not read is never shown. Raises ServerError."""
        self._masked = masked
        with self.watched():
            masks.hide(self._raw, masked)
            [(narrow,)] = self._raw.execute(NARROW).fetchall()
            self._narrow = bool(narrow)

    def _look_after(self) -> None:
        made, watch = self._raw.pgconn, self._watch
        watch.late, watch.socket = False, made.socket
        watch.host, watch.port = (made.hostaddr or made.host).decode(), int(made.port or 0)
        watch.worked_on = _Elsewhere(self._address, self._raw)

    @property
    def raw(self) -> psycopg.Connection[Any]:
        """The driver's own connection."""
        return self._raw

    def literal(self, value: Any) -> bytes:
        """A value as SQL has it, for what travels with another statement and therefore without parameters."""
        return psycopg.sql.Literal(value).as_bytes(self._raw)

    @property
    def in_transaction(self) -> bool:
        """True between begin and commit."""
        return self._raw.pgconn.transaction_status not in (TransactionStatus.IDLE, TransactionStatus.UNKNOWN)

    @property
    def broken(self) -> bool:
        """True when the server or the way to it was lost."""
        return bool(self._raw.closed)

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        """Run one statement with `?` parameters. Raises ServerError."""
        if sql in BEGIN and self._readonly:
            sql = "begin isolation level repeatable read"  # all that follows is of one moment, as it is in a file
        words, again = translated(sql, self._narrow), not self.in_transaction and sql not in END
        if self.broken and again:
            self.renew()
        try:
            return self._run(words, parameters)
        except ServerError as error:
            if not (error.lost and again and self.may_ask_again(sql)):
                raise
            self.renew()
            return self._run(words, parameters)

    def may_ask_again(self, sql: str) -> bool:
        """True for what changes nothing."""
        return self._readonly or sql.startswith(("begin", "select", "with"))

    def _run(self, words: str, parameters: Any) -> Any:
        with self.watched():
            self._plan(once=ONE_PLAN in words)
            return self._raw.execute(words, parameters or None)

    def _plan(self, *, once: bool) -> None:
        """Elsewhere a statement is planned for its values. Inside a transaction that could be taken back with it."""
        if once != self._planned_once and not self.in_transaction:
            self._raw.execute(f"set plan_cache_mode = force_{'generic' if once else 'custom'}_plan")
            self._planned_once = once

    @contextlib.contextmanager
    def watched(self) -> Generator[None, None, None]:
        """Whatever is asked inside has a deadline, and fails as a ServerError."""
        watch = self._watch
        with self._stopping:
            watch.begin(LONGEST_SECONDS)
        try:
            yield
        except psycopg.Error as error:
            raise told(error, broken=self.broken, late=watch.late) from error
        finally:
            watch.end()

    def renew(self) -> None:
        """Open it anew after it was lost. Raises ServerError while the server cannot be reached."""
        with contextlib.suppress(Exception):
            self._raw.close()
        self._raw, self._planned_once = _open(self._address, self._readonly), False
        self._look_after()
        self.hide(self._masked)

    def stream(self, sql: str, parameters: Sequence[Any] = (), size: int = 5_000) -> Iterator[tuple[Any, ...]]:
        """The rows of a long answer as they come, in a transaction of their own unless there is one."""
        own = not self.in_transaction
        if own:
            self.execute("begin")
        try:
            self.execute(f"declare walked no scroll cursor for {sql}", parameters)
            while rows := self.execute(f"fetch {size} from walked").fetchall():
                yield from rows
            self.execute("close walked")
        finally:
            if own and self.in_transaction:
                with contextlib.suppress(ServerError):
                    self.execute("rollback")

    def notes(self, seconds: float, stop: Callable[[], bool]) -> Iterator[tuple[str, str]]:
        """What is notified within some seconds, as (channel, words). Raises ServerError."""
        until = time.monotonic() + seconds
        while not stop() and (left := until - time.monotonic()) > 0:
            try:
                found = list(self._raw.notifies(timeout=min(left, HEAR_EVERY), stop_after=1))
            except psycopg.Error as error:
                raise told(error, broken=True) from error
            yield from ((note.channel, note.payload) for note in found)

    def table_names(self) -> list[str]:
        """The tables there are."""
        return [row[0] for row in self.execute("select tablename from pg_tables where schemaname = current_schema()").fetchall()]

    def column_names(self, table: str) -> list[str]:
        """The columns of a table, in order."""
        sql = "select attname from pg_attribute where attrelid = to_regclass(?) and attnum > 0 and not attisdropped order by attnum"
        return [row[0] for row in self.execute(sql, (f'"{table}"',)).fetchall()]

    def interrupt(self) -> None:
        """Stop the statement that is running. It takes a connection of its own and may find no answer, so nobody waits for it."""
        if asked := self._watch.asked:
            threading.Thread(target=self._stop, args=(asked,), daemon=True).start()

    def _stop(self, asked: float) -> None:
        """Stop that statement, not one that was asked since: no other begins meanwhile."""
        with self._stopping, contextlib.suppress(psycopg.Error):
            if self._watch.asked == asked:
                self._raw.cancel_safe(timeout=STOP_SECONDS)

    def close(self) -> None:
        """Let go of it."""
        watchdog.end(self._watch)
        with contextlib.suppress(psycopg.Error):
            self._raw.close()
