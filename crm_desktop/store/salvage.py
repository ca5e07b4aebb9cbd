"""Keeping what can be kept of a damaged database: its rows and its log are read one by one into a new one, what cannot be
read is taken from the newest good backup that has it, and what is nowhere is told by name."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from crm_desktop.record.dates import local_instant
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import backup, check, database, erased, log, restoring, rollups, schema
from crm_desktop.store.damaged import Reading
from crm_desktop.store.engine import open_engine
from crm_desktop.store.folders import discard, part_name
from crm_desktop.store.keys import Keys, read_keys
from crm_desktop.store.rows import all_columns, read
from crm_desktop.store.since import GIVEN, Since, named

CHANGE = ("id", "seat", "seq", "at", "who", "action", "reason", "source", "rows")
CHANGE_ROW = ("change_id", "position", "tbl", "row_id", "version", "before", "digest")
SALVAGED = Text("Saved from a damaged file")
FEW = 2000  # rows that are asked for one by one: each that cannot be read costs another opening
LOST_NAME, LOST = "?", -1  # what stands for a lost row is called, and what it is removed by until there is an entry for it


class Saved:
    """What came of it: rows read, rows taken from a backup, what is lost (record, id), and where the damaged file is now."""

    def __init__(self) -> None:
        self.read = self.from_backup = self.entries_lost = 0
        self.lost: list[tuple[Record, int]] = []
        self.older: list[tuple[Record, int]] = []  # those from the backup that were changed after it was made
        self.backup: backup.Backup | None = None
        self.aside: Path | None = None

    def told(self) -> list[Text]:
        """Line by line, for people."""
        out = [Text("{count} rows were read from the damaged file.", count=f"{self.read:,}")]
        if self.from_backup and self.backup:
            made = local_instant(backup.instant(self.backup.made_at))
            out.append(Text("{count} rows could not be read and are as in the backup of {made}.", count=self.from_backup, made=made))
        if self.older:
            out.append(Text("{count} of these rows were changed after that backup; what was changed in them is lost.", count=len(self.older)))
        for record in dict.fromkeys(record for record, _ in self.lost):
            count = sum(one is record for one, _ in self.lost)
            out.append(Text("{count} rows of {records} are lost: they could not be read, and no backup has them.", count=count, records=record.many))
        if self.entries_lost:
            out.append(Text("{count} entries of the log could not be read; it was sealed anew.", count=self.entries_lost))
        if self.aside:
            out.append(Text("The damaged file was put aside as {file}", file=self.aside.name))
        return out


def salvage(path: Path, records: Sequence[Record]) -> Saved:
    """Make a sound database of what can be read of a damaged one, in its place; the damaged file is put aside as it is.

    Nobody else may have it open. Raises Refused when nothing can be read; then everything is as before."""
    keys, saved = read_keys(path), Saved()
    with restoring.alone(path):
        part = part_name(path)
        try:
            with contextlib.closing(Reading(path, keys)) as source:
                head = _fill(part, source, keys, records, saved, path)
            with restoring.head_noted(Keys(keys.database_id, keys.secret, path), head):
                saved.aside = restoring.swap(part, path, restoring.DAMAGED)
        except (database.Error, OSError) as error:
            raise database.explain(error) from error
        finally:
            discard(part)
    return saved


def _fill(part: Path, source: Reading, keys: Keys, records: Sequence[Record], saved: Saved, path: Path) -> log.Head:
    """The new database, whole and checked; the newest entry of its log."""
    shape = source.ask("select name from _sqlite_migrations where name = ?", (schema.shape(records),))
    if not shape:
        raise Refused(Text("Too little of {file} can be read. Restore a backup; the damaged file is put aside then.", file=path))
    with contextlib.closing(open_engine(part, keys)) as db, contextlib.closing(_Older(path, keys, db, records)) as older:
        schema.bring(db, records)
        db.execute("pragma foreign_keys = off")
        with db.atomic():
            _settings(db, source, older, path)
            _log(db, source, saved)
            older.forgotten += named(db)
            for record in records:
                _rows(db, source, record, older, saved)
            _stand_ins(db, records, saved)
            _let_go(db, saved)
            for target in (target for record in records for target in rollups.targets(record)):
                rollups.recompute(db, target)
            saved.backup = older.used
            head = _seal(db, keys, records, saved)
        db.execute("pragma wal_checkpoint(truncate)")
        if problems := check.pages(db.conn) + check.chain(db.conn, keys) + check.rows(db.conn, keys, records):
            raise Refused(Text("What was read does not hold together and was not kept: {problem}. The damaged file is as it was; restore a backup.", problem=problems[0]))
    return head


class _Older:
    """The newest backup that is still what was proven, opened when the first row is asked of it."""

    def __init__(self, path: Path, keys: Keys, db: Any, records: Sequence[Record]) -> None:
        self._path, self._keys, self._connection, self._tried = path, keys, None, False
        self._db, self._records, self._since = db, records, None
        self.used: backup.Backup | None = None
        self.forgotten: list[erased.One] = []  # who was erased: nothing of them is given

    def row(self, record: Record, row_id: int) -> tuple[GIVEN, bool]:
        """What the backup may give in the place of a row, and whether that is older than what the log knows."""
        self._begin()
        try:
            if self._since is None and self._connection is not None:
                self._since = Since(self._db, self._keys, self._records, self._connection, self.forgotten, LOST)
            return self._since.row(record, row_id) if self._since else (None, False)
        except database.Error:  # of another shape
            return None, False

    def _begin(self) -> None:
        if not self._tried:
            self._tried, found = True, backup.newest_good(self._path)
            if found is not None:
                self.used, self._connection = found, database.connect(found.path, self._keys, readonly=True)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What the backup has; nothing where there is none, or one of another shape."""
        self._begin()
        if self._connection is None:
            return []
        try:
            return [tuple(row) for row in self._connection.execute(sql, tuple(values)).fetchall()]
        except database.Error:
            return []

    def close(self) -> None:
        """Let go of it."""
        if self._connection is not None:
            self._connection.close()


def _insert(db: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    marks = ", ".join("?" * len(columns))
    return int(db.many(f"insert or ignore into {table} ({', '.join(columns)}) values ({marks})", rows))


def _settings(db: Any, source: Reading, older: _Older, path: Path) -> None:
    sql = "select key, value from setting"
    found = source.ask(sql)
    _insert(db, "setting", ("key", "value"), older.rows(sql) if found is None else found)
    kept = db.execute("select value from setting where key = ?", (erased.KEY,)).fetchone()
    older.forgotten += erased.done(kept[0] if kept else "") + (erased.listed(path) if found is None else [])


def _log(db: Any, source: Reading, saved: Saved) -> None:
    """Every entry that can be read, with those of its rows that can. The hashes come when all is there."""
    for entry in source.rows("change", CHANGE):
        rows = _rows_of(source, entry)
        saved.entries_lost += len(rows) < entry[8]
        _insert(db, "change", (*CHANGE, "hash"), [(*entry[:8], len(rows), b"")])
        _insert(db, "change_row", CHANGE_ROW, rows)
    there = db.execute("select count(*), coalesce(max(seq), 0) from change group by seat").fetchall()
    saved.entries_lost += sum(last - count for count, last in there)


def _rows_of(source: Reading, entry: Sequence[Any]) -> list[tuple[Any, ...]]:
    sql = f"select {', '.join(CHANGE_ROW)} from change_row where change_id = ?"
    found = source.ask(f"{sql} order by position", entry[:1])
    if found is not None:
        return found
    one = (source.ask(f"{sql} and position = ?", (entry[0], position)) for position in range(entry[8]))
    return [row for rows in one for row in rows or ()]


def _rows(db: Any, source: Reading, record: Record, older: _Older, saved: Saved) -> None:
    columns = all_columns(record)
    saved.read += _insert(db, record.key, columns, source.rows(record.key, columns))
    known = {row[0] for row in db.execute("select distinct row_id from change_row where tbl = ?", (record.key,))}
    if source.failed:
        known |= source.known(record.key)
    if missing := known - _ids(db, record):
        newest = dict(db.execute("select row_id, max(version) from change_row where tbl = ? group by row_id", (record.key,)).fetchall())
        saved.read += _insert(db, record.key, columns, source.lying(record.key, columns, missing, newest))
    saved.read += _insert(db, record.key, columns, source.by_id(record.key, columns, sorted(known - _ids(db, record))[:FEW]))
    for row_id in sorted(known - _ids(db, record)):
        row, is_older = older.row(record, row_id)
        taken = _insert(db, record.key, columns, [[row[name] for name in columns]] if row else [])
        saved.from_backup += taken
        if is_older or not taken:
            (saved.older if taken else saved.lost).append((record, row_id))


def _ids(db: Any, record: Record) -> set[int]:
    return {row[0] for row in db.execute(f"select id from {record.key}")}


def _stand_ins(db: Any, records: Sequence[Record], saved: Saved) -> None:
    """A row with a question mark for its name stands for each that is lost: a living one where living others refer to it, so
    that what belonged together stays together, else a removed one."""
    by_key = {record.key: record for record in records}
    references = [(record, field) for record in records for field in record.references()]
    for lives in (True, False):
        for record, field in references:
            sql = f"select distinct {field.name} from {record.key} where (gone is null) = ? and {field.name} is not null and {field.name} not in (select id from {field.ref})"
            for (row_id,) in db.execute(sql, (lives,)).fetchall():
                target = by_key[field.ref]
                _stand_in(db, target, row_id, None if lives else LOST, dict([field.ref_where]) if field.ref_where else {})
                saved.lost += [(target, row_id)] if (target, row_id) not in saved.lost else []
    for record, row_id in saved.lost:
        _stand_in(db, record, row_id, LOST, {})


def _let_go(db: Any, saved: Saved) -> None:
    """A row that is older than the log does not refer to what was removed since; where it must, it is removed as well."""
    for record, row_id in saved.older:
        for field in record.references():
            ends = "gone = coalesce(gone, ?)" if field.required else f"{field.name} = ?"
            sql = f"update {record.key} set {ends} where id = ? and gone is null and {field.name} in (select id from {field.ref} where gone is not null)"
            db.execute(sql, (LOST if field.required else None, row_id))


def _stand_in(db: Any, record: Record, row_id: int, gone: int | None, as_what: Row) -> None:
    row: Row = {"id": row_id, "version": 1, "gone": gone} | {field.name: field.default for field in record.fields} | as_what
    if record.name in record.by_name:
        row[record.name] = LOST_NAME
    row |= record.settled(row)
    columns = all_columns(record)
    _insert(db, record.key, columns, [[row[name] for name in columns]])


def _seal(db: Any, keys: Keys, records: Sequence[Record], saved: Saved) -> log.Head:
    """Chain the entries that are left, and note in a last one every row that is not as they say."""
    head = _chain(db, keys)
    entry = log.Entry(db, keys, seat=head[0], who="", action=SALVAGED.source, reason=_reason(saved), source=log.BY_ITSELF)
    for record in records:
        db.execute(f"update {record.key} set gone = ? where gone = ?", (entry.change.id, LOST))
        rows = [(row_id, *_note(db, keys, record, row_id)) for row_id in _unsealed(db, keys, record)]
        if rows:
            entry.rows(record.key, rows)
    return entry.close()


def _reason(saved: Saved) -> str:
    lost = "; ".join(f"{record.key} {row_id}" for record, row_id in saved.lost[:50])
    older = "; ".join(f"older: {record.key} {row_id}" for record, row_id in saved.older[:50])
    return f"read {saved.read}, from a backup {saved.from_backup}, lost {len(saved.lost)}, entries lost {saved.entries_lost}. {lost} {older}".strip()


def _chain(db: Any, keys: Keys) -> tuple[str, int, bytes]:
    seat, seq, seal = "1", 0, log.GENESIS
    newest: tuple[int, str] = (0, "1")
    for meta in db.execute(f"select {', '.join(CHANGE)} from change order by seat, seq").fetchall():
        seq, seal = (seq + 1, seal) if meta[1] == seat else (1, log.GENESIS)
        seat = meta[1]
        rows = db.execute("select tbl, row_id, version, before, digest from change_row where change_id = ? order by position", (meta[0],))
        seal = log.chained(keys, seal, (meta[0], seat, seq, *meta[3:]), map(log.noted, rows.fetchall()))
        db.execute("update change set seq = ?, hash = ? where id = ?", (seq, seal, meta[0]))
        newest = max(newest, (meta[0], seat))
    return newest[1], seq, seal


def _unsealed(db: Any, keys: Keys, record: Record) -> Iterator[int]:
    """The rows that are not as the log says, or not in it."""
    found = {row_id for row_id, there, same in check.sealed(db.conn, keys, record, "") if there and not same}
    sql = f"select id from {record.key} where id not in (select row_id from change_row where tbl = ?)"
    found.update(row[0] for row in db.execute(sql, (record.key,)).fetchall())
    yield from sorted(found)


def _note(db: Any, keys: Keys, record: Record, row_id: int) -> tuple[int, str | None, bytes]:
    """What an entry notes of a row as it stands: a new one, or one that was removed."""
    known = db.execute("select coalesce(max(version), 0) from change_row where row_id = ? and tbl = ?", (row_id, record.key)).fetchone()[0]
    row = read(db, record, row_id) or {}
    version = max(int(row["version"] or 0), int(known)) + 1
    db.execute(f"update {record.key} set version = ? where id = ?", (version, row_id))
    return version, None if row["gone"] is None else '{"gone":null}', log.row_digest(keys, record, row)
