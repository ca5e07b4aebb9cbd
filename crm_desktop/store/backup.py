"""Backups that are proven when they are made, and the way back.

A backup is one encrypted file with a manifest beside it (SHA-256, row counts, the log's head). Only SQLite ever reads
the live file: opening it otherwise would cancel its locks."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import attached, check, database, files, log, names, schema
from crm_desktop.store.folders import discard, manifest, part_name, private_folder, sync_folder, unwritten, whole_file
from crm_desktop.store.keys import Keys, copy_id, id_file, read_keys
from crm_desktop.store.locks import Place

if TYPE_CHECKING:
    from crm_desktop.store.store import Store

KEEP_NEWEST, MOST_TAKEN, LONGEST_GAP = 10, 5, dt.timedelta(days=62)
KEEP_ALL_HOURS, KEEP_DAYS, KEEP_WEEKS, KEEP_MONTHS = 24, 14, 8, 24
STAMP = "%Y%m%d-%H%M%S"
SUFFIX = ".backup"
PAGES_AT_A_TIME = 2000


def folder(path: Path) -> Path:
    """Where the backups of a database lie."""
    return path.with_name(path.name + ".backups")


class Backup:
    """A backup on the disk: its file, when it was made, and what its manifest says."""

    def __init__(self, path: Path, facts: dict[str, Any]) -> None:
        self.path, self.facts = path, facts
        self.made_at: str = facts["made_at"]

    @property
    def rows(self) -> int:
        """How many rows it holds, of all records."""
        return sum(self.facts["counts"].values())


def listed(path: Path) -> list[Backup]:
    """The backups of a database, newest first; files without a manifest are none."""
    found = []
    for proof in folder(path).glob(f"*{SUFFIX}.json"):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            found.append(Backup(proof.with_name(proof.name.removesuffix(".json")), json.loads(proof.read_text("utf-8"))))
    return sorted((b for b in found if b.path.exists()), key=lambda backup: (backup.made_at, backup.path.name), reverse=True)


def listed_beside(backup: Path) -> list[Backup]:
    """A backup itself, when its manifest is there."""
    with contextlib.suppress(OSError, ValueError, KeyError):
        return [Backup(backup, json.loads(manifest(backup).read_text("utf-8")))]
    return []


def instant(stamp: str) -> str:
    """A backup's stamp as an instant."""
    return dt.datetime.strptime(stamp, STAMP).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def is_due(store: Store, reader: Any) -> bool:
    """True when something changed since the newest backup."""
    newest = listed(store.path)
    head = _head(reader)
    return head is not None and (not newest or newest[0].facts["head"] != head)


def _head(connection: Any) -> list[Any] | None:
    """The newest entry of the log as a manifest notes it."""
    found = check.newest_head(connection)
    return [found[0], found[1], found[2].hex()] if found else None


def make(store: Store, reader: Any, to: Path | None = None, step: Callable[[], None] | None = None) -> Backup:
    """Copy the database while it is in use, prove the copy, and put it in place. Raises Refused.

    `step` is called between pieces and may raise to stop; then nothing is left behind."""
    stamp = dt.datetime.now(dt.UTC).strftime(STAMP)
    if to is not None:
        names.refuse_names(to)
    if to is not None and to.exists():
        raise Refused(Text("{file} is there already; nothing was written over it.", file=to))
    target = to or _free(folder(store.path) / f"{store.path.stem}-{stamp}{SUFFIX}")
    part = part_name(target)
    try:
        if to is None:
            private_folder(target.parent)
        _copy(store, reader, part, step or (lambda: None))
        facts = _prove(store, part, stamp)
        kept = target.with_name(files.POOL) if to is None else files.folder(target)
        facts["files"] = _bring_files(store, part, kept, step or (lambda: None))
        os.replace(part, target)
        sync_folder(target.parent)
        copy_id(store.path, target)
        with whole_file(manifest(target)) as file:
            file.write(json.dumps(facts, indent=1).encode())
    except OSError as error:
        raise unwritten(target, error) from error
    except database.Error as error:
        raise database.explain(error) from error
    finally:
        discard(part)
    if to is None:
        thin(store.path)
    return Backup(target, facts)


def _bring_files(store: Store, part: Path, place: Path, step: Callable[[], None]) -> int:
    """Have the attached files of the copy with it before it counts as a backup; how many there are."""
    with contextlib.closing(database.connect(part, store.keys, readonly=True)) as copy:
        wanted = attached.digests(copy)
    files.sweep(files.folder(store.path))
    files.bring(files.folder(store.path), place, wanted, step)
    return len(wanted)


def _free(path: Path) -> Path:
    """The path, or one like it that nothing has yet (two backups in one second)."""
    end = SUFFIX if path.name.endswith(SUFFIX) else ""
    name, number, free = path.name.removesuffix(end), 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{name}~{number}{end}")
    return free


def _copy(store: Store, reader: Any, part: Path, step: Callable[[], None]) -> None:
    with contextlib.closing(database.connect(part, store.keys)) as copy:
        copy.execute("pragma journal_mode = delete")
        reader.backup(copy, pages=PAGES_AT_A_TIME, progress=lambda *_: step(), sleep=0.005)
        copy.execute("pragma journal_mode = delete")


def _prove(store: Store, part: Path, stamp: str) -> dict[str, Any]:
    """Open the copy afresh, check all of it, and say what it holds."""
    with contextlib.closing(database.connect(part, store.keys, readonly=True)) as copy:
        problems = check.pages(copy) + check.chain(copy, store.keys)
        if problems:
            raise Refused(Text("The backup did not pass its own check and was not kept: {problem}", problem=problems[0]))
        facts = {"made_at": stamp, "counts": _counts(copy, store.records), "head": _head(copy)}
    descriptor = os.open(part, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return facts | {"bytes": part.stat().st_size, "sha256": _sha256(part)}


def _counts(copy: Any, records: Sequence[Record]) -> dict[str, int]:
    """Rows of every record; an older database has fewer tables than there are records now."""
    there = {row[0] for row in copy.execute("select name from sqlite_master where type = 'table'")}
    return {r.key: copy.execute(f"select count(*) from {r.key}").fetchone()[0] for r in records if r.key in there}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def thin(path: Path) -> None:
    """Keep every backup of a day, then one a day, a week, a month.

    A clock that was wrong once must not cost the backups: the newest ten always stay, few are taken away in one run,
    and none that lies before a gap which no thinning can have left."""
    kept: set[str] = set()
    now = dt.datetime.now(dt.UTC)
    spare: list[Backup] = []
    newer = now
    for number, backup in enumerate(listed(path)):
        made = dt.datetime.strptime(backup.made_at, STAMP).replace(tzinfo=dt.UTC)
        if number and newer - made > LONGEST_GAP:
            break
        slot = _slot(now - made, made)
        if number >= KEEP_NEWEST and (slot is None or (slot and slot in kept)):
            spare.append(backup)
        kept.add(slot or "")
        newer = made
    for backup in spare[-MOST_TAKEN:]:
        for file in (manifest(backup.path), id_file(backup.path), backup.path):
            file.unlink(missing_ok=True)


def _slot(age: dt.timedelta, made: dt.datetime) -> str | None:
    """What a backup of this age stands for: '' = itself, a day, a week, a month; None = nothing any more."""
    if age < dt.timedelta(hours=KEEP_ALL_HOURS):
        return ""
    if age < dt.timedelta(days=KEEP_DAYS):
        return made.strftime("d%Y%m%d")
    if age < dt.timedelta(weeks=KEEP_WEEKS):
        return made.strftime("w%G%V")
    return made.strftime("m%Y%m") if age < dt.timedelta(days=31 * KEEP_MONTHS) else None


def verify(backup: Path) -> dict[str, Any]:
    """The manifest of a backup whose file still is what was proven. Raises Refused."""
    try:
        facts: dict[str, Any] = json.loads(manifest(backup).read_text("utf-8"))
        same = _sha256(backup) == facts["sha256"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(Text("{file} is not a backup of this program.", file=backup)) from error
    if not same:
        raise Refused(Text("{file} is not as it was when it was made; choose another backup.", file=backup))
    return facts


def restore(path: Path, backup: Path) -> Path | None:
    """Put a proven backup in the database's place; returns where the former database was put aside, with its -wal.

    Nobody else may have the database open. Raises Refused; then everything is as before."""
    verify(backup)
    keys = read_keys(backup)
    if id_file(path).exists() and id_file(path).read_bytes() != id_file(backup).read_bytes():
        raise Refused(Text("{file} is a backup of another database.", file=backup))
    with _alone(path):
        part = part_name(path)
        try:
            _copy_file(backup, part)
            with contextlib.closing(database.connect(part, keys, readonly=True)) as copy:
                if problems := check.pages(copy):
                    raise Refused(Text("{file} is damaged: {problem}", file=backup, problem=problems[0]))
                head = check.newest_head(copy)
                wanted = attached.digests(copy)
            files.heal(files.of_backup(backup), files.folder(path), keys, wanted)
            _note_head(path, keys, head)
            aside = _put_aside(path)
            os.replace(part, path)
            sync_folder(path.parent)
        except (database.Error, OSError) as error:
            raise database.explain(error) from error
        finally:
            discard(part)
        if not id_file(path).exists():
            copy_id(backup, path)
    return aside


def _note_head(path: Path, keys: Keys, head: log.Head | None) -> None:
    """Note the restored log's head before the swap: the log there now has that entry too, so no moment raises an alarm."""
    here = Keys(keys.database_id, keys.secret, path)
    if head:
        log.note_head(here, head)
    else:
        here.head_file.unlink(missing_ok=True)


def examine(path: Path, records: Sequence[Record]) -> list[Text]:
    """Check a backup as a database is checked, without writing to it; Raises Refused when it is not as it was made."""
    verify(path)
    keys = read_keys(path)
    with contextlib.closing(database.connect(path, keys, readonly=True)) as copy:
        if not schema.is_current(copy, records):  # of an earlier declaration: other columns than today's
            return check.pages(copy) + check.chain(copy, keys)
        return check.everything(copy, keys, records, files.of_backup(path))


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    private_folder(path.parent)
    place = Place(path, alone=True)
    try:
        yield
    finally:
        place.release()


def _copy_file(source: Path, target: Path) -> None:
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with source.open("rb") as reading, os.fdopen(descriptor, "wb") as file:
        while block := reading.read(1 << 20):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _put_aside(path: Path) -> Path | None:
    """Move the former database, with what belongs to it, out of the way; nothing is ever deleted.

    The database goes first: without it a -wal is nothing, without its -wal it would be an older one."""
    there = [rest for rest in ("", "-wal", "-shm") if path.with_name(path.name + rest).exists()]
    if not there:
        return None
    aside = _free(path.with_name(f"{path.name}.before-restore-{dt.datetime.now(dt.UTC).strftime(STAMP)}"))
    for rest in there:
        os.replace(path.with_name(path.name + rest), aside.with_name(aside.name + rest))
    if "" not in there:
        return None
    if id_file(path).exists():
        copy_id(path, aside)
    return aside


