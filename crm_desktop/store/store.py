"""The store: one database with its readers, its writer and its logged changes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.record import codes
from crm_desktop.record.dates import AUDIT_SETTING, set_audit_hour
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import code_items, database, keys, log, names, schema
from crm_desktop.store.folders import manifest, private_folder
from crm_desktop.store.keys import id_file
from crm_desktop.store.locks import Place
from crm_desktop.store.rows import Writing

if TYPE_CHECKING:
    from crm_desktop.store.draft_file import DraftFile
    from crm_desktop.store.engine import Local

LONGEST_END = ".drafts-00000000.lock"  # of the names that stand beside a database's own
Slowly = Callable[[Callable[[], None]], None]


BRING_PATIENCE = 120_000  # milliseconds


class Store:
    """An open database. Readers are per thread; the writer is made when the first change needs it. `kept` is what is
    kept with the data, by key.

    `create`: make it when it is not there, under the keys `fresh` when something was already sealed with them;
    `slowly`: does the work it is given, which may take minutes, while a person watches."""

    def __init__(
        self, path: Path, records: Sequence[Record], *, create: bool = False, seat: str = "1", fresh: keys.Keys | None = None, slowly: Slowly | None = None
    ) -> None:
        self.path, self.records, self.seat = path, tuple(records), seat
        self.kept: dict[str, str] = {}
        self.by_key = {record.key: record for record in records}
        self.keys = self._find_keys(create, fresh)
        if fresh and fresh.database_id != self.keys.database_id:
            raise Refused(Text("Another program has just made {file}; do this again.", file=path))
        self.place = Place(path)
        self._writer: Local | None = None
        self._drafts: DraftFile | None = None
        try:
            self._prepare(slowly or _at_once)
            set_audit_hour(_number(self.kept.get(AUDIT_SETTING)))  # from here on, today is this hotel's
        except database.Error as error:
            self.close()
            raise database.explain(error) from error
        except BaseException:
            self.close()
            raise

    def _find_keys(self, create: bool, fresh: keys.Keys | None) -> keys.Keys:
        if not self.path.name:
            raise keys.not_ours(self.path)
        names.refuse_names(self.path.with_name(self.path.name + LONGEST_END))
        names.refuse_deep(self.path)
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
            raise Refused(Text("No database can be made at {file}: {reason}.", file=self.path, reason=error.strerror or error)) from error

    def _prepare(self, slowly: Slowly) -> None:
        codes.learn(())
        if not (self.path.exists() and self.path.stat().st_size):
            self._bring()
            return
        with contextlib.closing(database.connect(self.path, self.keys, readonly=True)) as reader:
            if not schema.is_current(reader, self.records):
                if schema.is_newer(reader, self.records):
                    raise Refused(Text("{file} was written by a newer version of this program; install that one.", file=self.path))
                slowly(self._migrate)
            self.kept = dict(reader.execute("select key, value from setting").fetchall())
            codes.learn(code_items.read(reader) if code_items.TABLE in self.by_key else ())

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
                backup.make(self, reader)
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

            self._drafts = DraftFile(self.path, self.keys)
        return self._drafts

    def open_reader(self) -> Any:
        """A new connection that can only read; the caller closes it."""
        return database.connect(self.path, self.keys, readonly=True, cache_mb=database.READER_CACHE_MB)

    @contextlib.contextmanager
    def change(self, action: Text, *, who: str, reason: str = "", source: str = "", always: bool = False) -> Iterator[Writing]:
        """One user action: a transaction, its rows and its log entry. Nothing written means no entry, unless `always`.

        Raises Refused, in words, for whatever the database or the disk refuses."""
        head: log.Head | None = None
        try:
            with self.writer.atomic():
                entry = log.Entry(
                    self.writer, self.keys, seat=self.seat, who=who, action=action.source, reason=reason, source=source
                )
                yield Writing(self.writer, self.keys, entry, self.records)
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

    def close(self) -> None:
        """Close the writer and let others have the file."""
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


def _at_once(work: Callable[[], None]) -> None:
    work()


def _number(words: str | None) -> int | None:
    return int(words) if words and len(words) < 3 and words.isdecimal() else None
