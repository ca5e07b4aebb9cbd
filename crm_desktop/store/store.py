"""The store: one database with its readers, its writer and its logged changes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from crm_desktop.record import codes, lawbook, private
from crm_desktop.record.dates import AUDIT_SETTING, set_audit_hour
from crm_desktop.record.os_words import why
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import closing, code_items, database, keys, law_rules, log, names, schema, unsafe_places
from crm_desktop.store.address import Address, is_server, label
from crm_desktop.store.folders import manifest, private_folder
from crm_desktop.store.keys import id_file
from crm_desktop.store.locks import Place
from crm_desktop.store.rows import Gate, Writing

if TYPE_CHECKING:
    from crm_desktop.store import files
    from crm_desktop.store.draft_file import DraftFile
    from crm_desktop.store.engine import Local

LONGEST_END = ".drafts-0000000000000-00000000.lock"  # of the names that stand beside a database's own
Slowly = Callable[[Callable[[], None]], None]


BRING_PATIENCE = 120_000  # milliseconds


class Store:
    """An open database, in a file of this PC or (`postgresql://...`) on a server. Readers are per thread; the writer is made when the first change needs it. `kept` is what is
    kept with the data, by key.

    `though_closed`: also when it moved elsewhere, or was not fetched to its end;
    `create`: make it when it is not there, under the keys `fresh` when something was already sealed with them;
    `slowly`: does the work it is given, which may take minutes, while a person watches."""

    address: Address  # what opens it again: in another process, for another window
    person = 0  # the colleague whose log-in opened it; 0 for a file, where the program asks itself
    takes_turns = False  # True where others wait meanwhile, so that a change of one row is prepared before its turn
    drafter = ""  # who signed in, as files can be named: whose drafts are kept

    def __new__(cls, address: Address, *_: Any, **__: Any) -> Store:
        """A store of the kind the address is of."""
        if cls is Store and is_server(address):
            from crm_desktop.store.server.store import ServerStore

            return super().__new__(ServerStore)
        return super().__new__(cls)

    def __init__(
        self, address: Address, records: Sequence[Record], *, create: bool = False, seat: str = "1", fresh: keys.Keys | None = None, slowly: Slowly | None = None,
        though_closed: bool = False,
    ) -> None:  # fmt: skip
        path = Path(address)
        self.address, self.path, self.records, self.seat = path, path, tuple(records), seat
        self.kept: dict[str, str] = {}
        self.by_key = {record.key: record for record in records}
        self.keys = self._find_keys(create, fresh)
        if fresh and fresh.database_id != self.keys.database_id:
            raise Refused(Text("Another program has just made {file}; do this again.", file=path))
        private.use(self.keys.private)
        self.place = Place(path)
        self._writer: Local | None = None
        self._drafts: DraftFile | None = None
        self._spare: list[Any] = []  # a connection that only reads and that nobody uses yet: opening one takes 7 ms
        try:
            self._prepare(slowly or at_once)
            if not though_closed:
                closing.refuse(self.path, self.kept)
            self._erase_again()
            set_audit_hour(audit_hour(self.kept.get(AUDIT_SETTING)))  # from here on, today is this hotel's
        except database.Error as error:
            self.close()
            raise database.explain(error) from error
        except BaseException:
            self.close()
            raise

    def _erase_again(self) -> None:
        """Whoever was erased since the backup was made that is in place now is erased before anybody looks."""
        if self.path.with_name(self.path.name + ".erased").exists():
            from crm_desktop.store import erased

            if erased.is_waiting(self):
                erased.replay(self)

    def _find_keys(self, create: bool, fresh: keys.Keys | None) -> keys.Keys:
        if not self.path.name:
            raise keys.not_ours(self.path)
        names.refuse_names(self.path.with_name(self.path.name + LONGEST_END))
        names.refuse_deep(self.path)
        unsafe_places.refuse(self.path, new=not self.path.exists())
        if manifest(self.path).exists() and id_file(self.path).exists():
            raise Refused(Text("{file} is a backup: it is never opened for writing. Restore it, or check it.", file=self.path))
        if self.path.exists() and self.path.stat().st_size > 0:
            return keys.read_keys(self.path)
        if keys.was_used(self.path):  # never a new empty one in the place of one that is lost
            raise Refused(Text("The database {file} is missing; restore a backup.", file=self.path))
        if not create:
            raise Refused(Text("There is no database at {file}.", file=self.path))
        try:
            private_folder(self.path.parent)
            return keys.make_keys(self.path, fresh)
        except OSError as error:
            raise Refused(Text("No database can be made at {file}: {reason}.", file=self.path, reason=why(error))) from error

    def _prepare(self, slowly: Slowly) -> None:
        codes.learn(())
        if not (self.path.exists() and self.path.stat().st_size):
            self._bring()
            return
        reader = self.open_reader()
        try:
            if not schema.is_current(reader, self.records):
                if schema.is_newer(reader, self.records):
                    raise Refused(Text("{file} was written by a newer version of this program; install that one.", file=self.path))
                slowly(self._migrate)
            self._learn(reader)
        finally:
            self._spare.append(reader)

    def _learn(self, reader: Any) -> None:
        self.kept = dict(reader.execute("select key, value from setting").fetchall())
        codes.learn(code_items.read(reader) if code_items.TABLE in self.by_key else ())
        lawbook.learn(law_rules.read(reader) if law_rules.TABLE in self.by_key else ())

    def _bring(self) -> None:
        usual = int(self.writer.execute("pragma busy_timeout").fetchone()[0])
        self.writer.execute(f"pragma busy_timeout = {BRING_PATIENCE}")  # others may be making all the tables just now
        with self.writer.atomic():  # one lock around all: two programs starting at once must not both migrate
            schema.bring(self.writer, self.records)
        self.writer.execute(f"pragma busy_timeout = {usual}")

    def _migrate(self) -> None:
        """Bring an older database to what is declared now; a proven backup of it as it is comes first."""
        from crm_desktop.store import backup

        with contextlib.closing(self.open_reader()) as reader:
            if schema.is_begun(reader):
                backup.make(self, reader, waiting=True)
        self._bring()

    @property
    def writer(self) -> Local:
        """The one connection that writes (used from one thread at a time)."""
        if self._writer is None:
            from crm_desktop.store.engine import open_engine

            self._writer = open_engine(self.path, self.keys)
        return self._writer

    @property
    def drafts(self) -> DraftFile:
        """Where what is typed and not saved is kept (used from the writing thread)."""
        if self._drafts is None:
            from crm_desktop.store.draft_file import DraftFile

            self._drafts = DraftFile(self.path, self.keys, self.drafter)
        return self._drafts

    @property
    def guarded(self) -> bool:
        """True when only people who sign in open it."""
        return self.keys.guarded

    @property
    def label(self) -> str:
        """Where the data is, for people."""
        return label(self.address)

    def size(self, _reader: Any) -> int:
        """Bytes that the data takes."""
        return self.path.stat().st_size

    def open_reader(self) -> Any:
        """A connection of its own that can only read; the caller closes it."""
        with contextlib.suppress(IndexError):
            return self._spare.pop()
        return database.connect(self.path, self.keys, readonly=True, cache_mb=database.READER_CACHE_MB)

    @contextlib.contextmanager
    def change(
        self, action: Text, *, who: str, reason: str = "", source: str = "", always: bool = False, gate: Gate | None = None, ahead: bool = False  # noqa: ARG002
    ) -> Iterator[Writing]:
        """One user action: a transaction, its rows and its log entry. Nothing written means no entry, unless `always`.
        Every row goes through the `gate`, if there is one. `ahead`: prepared before its turn, where the store takes turns.

        Raises Refused, in words, for whatever the database or the disk refuses."""
        head: log.Head | None = None
        closing.refuse_writing(self.kept)
        try:
            with self.writer.atomic():
                entry = log.Entry(
                    self.writer, self.keys, seat=self.seat, who=who, action=action.source, reason=private.reduced(reason), source=source
                )
                yield Writing(self.writer, self.keys, entry, self.records, gate)
                if entry.change.count or always:
                    head = entry.close()
        except (database.Error, OSError) as error:
            raise database.explain(error) from error
        if head:
            with contextlib.suppress(OSError):  # it is saved; the note may lag behind
                log.note_head(self.keys, head)

    def setting(self, key: str, default: str = "") -> str:
        """A value kept with the data (not with this PC)."""
        found = self.writer.execute("select value from setting where key = ?", (key,)).fetchone()
        return str(found[0]) if found else default

    def set_setting(self, key: str, value: str) -> None:
        """Keep a value with the data."""
        self.writer.table("setting").upsert({"key": key, "value": value}, pk="key")
        self.kept[key] = value

    def keep_file(self, source: IO[bytes], step: files.Step | None = None, size: int = 0) -> tuple[str, int]:
        """Read a file to its end and keep it with the data; its SHA-256 and its size. Raises Refused, OSError."""
        from crm_desktop.store import files

        return files.keep(files.folder(self.path), self.keys, source, step, size)

    def read_file(self, digest: str) -> Iterator[bytes]:
        """The content of a kept file, part by part. Raises Refused when it is missing or not as it was kept."""
        from crm_desktop.store import files

        return files.read(files.folder(self.path), self.keys, digest)

    def listen(
        self, heard: Callable[[Any], None], said: Callable[[dict[str, Any]], None] | None = None, state: Callable[[bool], None] | None = None  # noqa: ARG002
    ) -> Any:
        """Be told of what other seats do (`server.listening.Listening`); None for a file, where nobody tells."""
        return None

    def close(self) -> None:
        """Close the writer, last: it puts everything into the one file. Then others may have it."""
        while self._spare:
            self._spare.pop().close()
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        if self._drafts is not None:
            self._drafts.close()
            self._drafts = None
        self.place.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def at_once(work: Callable[[], None]) -> None:
    """Do it now: nobody watches."""
    work()


def audit_hour(words: str | None) -> int | None:
    """The hour of the night audit as it is kept with the data."""
    return int(words) if words and len(words) < 3 and words.isdecimal() else None
