"""The store of a department: one database on a server, with the calls of a store that is a file."""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, Any

from crm_desktop.record import terms
from crm_desktop.record.dates import AUDIT_SETTING, set_audit_hour
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import database, keys, schema
from crm_desktop.store.address import label
from crm_desktop.store.files import Step
from crm_desktop.store.folders import data_folder, private_folder
from crm_desktop.store.rows import Gate, InTurn, Writing
from crm_desktop.store.server import files
from crm_desktop.store.server import schema as server_schema
from crm_desktop.store.server.ahead import Ahead
from crm_desktop.store.server.connection import Connection
from crm_desktop.store.server.engine import TAKEN, Server
from crm_desktop.store.server.errors import ServerError
from crm_desktop.store.server.listening import Listening
from crm_desktop.store.server.log import ServerEntry, opening
from crm_desktop.store.store import Slowly, Store, at_once, audit_hour

OUTCOME_SECONDS = 20.0  # how long a save whose acknowledgement was lost is asked after
UNCERTAIN = Text("The server went away while this was being saved, and whether it was is not known yet. Look before you save it again.")
NOBODYS = Text("The log-in {login} belongs to no colleague who works here. Tell whoever looks after the server.")
ME = f"select id from staff where login = cast(session_user as text) and {schema.LIVING}"
POWERLESS = "select cast(session_user as text) from pg_roles where rolname = session_user and not rolsuper and to_regnamespace('rights') is not null"
NOT_YOURS = Text("The database on the server is of another version than this program, and your log-in may not change that. Tell whoever looks after the server.")


class ServerStore(Store):
    """An open database on a server. `path` is where this PC keeps what is its own: drafts of what is typed."""

    takes_turns = True

    def __init__(
        self, address: str, records: Sequence[Record], *, create: bool = False, seat: str = "1", fresh: keys.Keys | None = None, slowly: Slowly | None = None
    ) -> None:
        self.address, self.url, self.records, self.seat = address, address, tuple(records), seat
        self.kept: dict[str, str] = {}
        self.by_key = {record.key: record for record in records}
        self.path = private_folder(data_folder()) / f"server-{hashlib.blake2b(label(address).encode(), digest_size=6).hexdigest()}.db"
        self.keys = keys.read_keys(self.path) if keys.id_file(self.path).exists() else keys.make_keys(self.path, fresh)
        self._writer: Server | None = None  # type: ignore[assignment]
        self._drafts = None
        try:
            self._prepare(slowly or at_once, create)
        except database.Error as error:
            self.close()
            raise database.explain(error) from error
        except BaseException:
            self.close()
            raise
        set_audit_hour(audit_hour(self.kept.get(AUDIT_SETTING)))

    def _prepare(self, slowly: Slowly, create: bool = True) -> None:
        with contextlib.closing(self.open_reader()) as reader:
            if not server_schema.is_current(reader, self.records):
                if schema.is_newer(reader, self.records):
                    raise Refused(Text("{file} was written by a newer version of this program; install that one.", file=self.label))
                if not create and not schema.is_begun(reader):
                    raise Refused(Text("There is no database at {file}.", file=self.label))
                slowly(self._bring)
            self._learn(reader)

    def _learn(self, reader: Any) -> None:
        super()._learn(reader)
        self.person = _person(reader) if "staff" in self.by_key else 0

    def _bring(self) -> None:
        try:
            with self.writer.atomic():  # one turn around all: two programs starting at once must not both migrate
                if not (schema.is_begun(self.writer) and server_schema.is_current(self.writer, self.records)):
                    server_schema.bring(self.writer, self.records)
        except ServerError as error:
            raise Refused(NOT_YOURS) if error.state == "42501" else error from error

    @property
    def writer(self) -> Server:  # type: ignore[override]
        """The one connection that writes (used from one thread at a time)."""
        if self._writer is None:
            self._writer = Server(self.url)
        return self._writer

    @property
    def guarded(self) -> bool:
        """True for a colleague's own log-in; whoever looks after the server has no part in the house."""
        return bool(self.person)

    def open_reader(self) -> Any:
        """A new connection that can only read; the caller closes it."""
        return Connection(self.url, readonly=True)

    def size(self, reader: Any) -> int:
        """Bytes that the data takes."""
        return int(reader.execute("select pg_database_size(current_database())").fetchone()[0])

    @contextlib.contextmanager
    def change(
        self, action: Text, *, who: str, reason: str = "", source: str = "", always: bool = False, gate: Gate | None = None, ahead: bool = False
    ) -> Iterator[Writing]:
        """One user action: a transaction, its rows and its log entry. Nothing written means no entry, unless `always`.

        `ahead`: prepared first and sent whole; raises InTurn, with nothing done, when it has to be made in its turn.
        Raises Refused, in words, for whatever the server or the way to it refuses."""
        terms.load_readings()  # before it is this seat's turn: the others would wait for it
        if ahead:
            with self._ahead({"seat": self.seat, "who": who, "action": action.source, "reason": reason, "source": source}, gate) as writing:
                yield writing
            return
        entry, whole = None, False
        try:
            opened = opening(self.writer, seat=self.seat, who=who, action=action.source, reason=reason, source=source, always=always)
            with self.writer.atomic(opened) as (made,):
                entry = ServerEntry(self.writer, made, action=action.source, reason=reason, source=source)
                yield Writing(self.writer, self.keys, entry, self.records, gate)
                whole = True
        except (database.Error, OSError) as error:
            if getattr(error, "state", "") == TAKEN:  # a row that somebody keeps: free for the next try
                self.writer.unblock()
            if not (whole and entry and getattr(error, "lost", False) and self._is_saved(entry.change.id)):
                raise database.explain(error) from error

    @contextlib.contextmanager
    def _ahead(self, words: Mapping[str, str], gate: Gate | None) -> Iterator[Writing]:
        """A change that is prepared before its turn. Nothing is sent when nothing was written."""
        waiting = Ahead(self.writer)
        entry = ServerEntry(self.writer, 0, action=words["action"], reason=words["reason"], source=words["source"])
        writing = Writing(waiting, self.keys, entry, self.records, gate)
        rests_on: list[tuple[str, int]] = []
        writing.rests_on = rests_on
        try:
            yield writing
        except database.Error as error:
            raise InTurn from error  # a question before it was sent: a change in its turn waits, or says what is wrong
        if not entry.change.count:
            return
        try:
            waiting.send(words, rests_on, entry.change.count)
        except (database.Error, OSError) as error:
            if not (getattr(error, "lost", False) and waiting.id and self._is_saved(waiting.id)):
                raise database.explain(error) from error
        entry.change.id = waiting.id

    def _is_saved(self, change_id: int) -> bool:
        """After COMMIT was sent and the answer lost: the id of the change, made here, tells whether it is there."""
        until = time.monotonic() + OUTCOME_SECONDS
        while time.monotonic() < until:
            try:
                return self.writer.execute("select 1 from change where id = ?", (change_id,)).fetchone() is not None
            except ServerError:
                time.sleep(0.3)
        raise Refused(UNCERTAIN)

    def keep_file(self, source: IO[bytes], step: Step | None = None, size: int = 0) -> tuple[str, int]:
        """Read a file to its end and keep it with the data; its SHA-256 and its size. Raises Refused."""
        return files.keep(self.url, source, step, size)

    def read_file(self, digest: str) -> Iterator[bytes]:
        """The content of a kept file, part by part. Raises Refused when it is missing or not as it was kept."""
        with contextlib.closing(self.open_reader()) as reader:
            yield from files.read(reader, digest)

    def listen(self, heard: Callable[[Any], None], said: Callable[[dict[str, Any]], None] | None = None, state: Callable[[bool], None] | None = None) -> Listening:
        """Be told of what other seats do, from a thread of its own; the caller closes it."""
        return Listening(self.url, heard, said, state)

    def close(self) -> None:
        """Close what is open."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        if self._drafts is not None:
            self._drafts.close()
            self._drafts = None


def person_at(address: str) -> int:
    """The colleague whose log-in an address holds. Raises Refused."""
    try:
        with contextlib.closing(Connection(address, readonly=True)) as reader:
            return _person(reader)
    except ServerError as error:
        raise database.explain(error) from error


def _person(reader: Any) -> int:
    """The colleague who is logged in; 0 for whoever looks after the server. Raises Refused for a log-in that is nobody's."""
    if found := reader.execute(ME).fetchone():
        return int(found[0])
    if nobodys := reader.execute(POWERLESS).fetchone():
        raise Refused(Text(NOBODYS.source, login=nobodys[0]))
    return 0
