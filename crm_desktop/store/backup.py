"""Backups that are proven when they are made, and the way back.

A backup is one encrypted file with a manifest beside it (SHA-256, row counts, the log's head). Only SQLite ever reads
the live file: opening it otherwise would cancel its locks."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import attached, check, database, erased, files, holding, log, names, schema
from crm_desktop.store.address import ON_SERVER, is_server
from crm_desktop.store.folders import discard, manifest, part_name, private_folder, sync_folder, unwritten, whole_file
from crm_desktop.store.keys import copy_id, id_file, read_keys, recovery_file

if TYPE_CHECKING:
    from crm_desktop.store.store import Store

KEEP_NEWEST, MOST_TAKEN, LONGEST_GAP = 10, 5, dt.timedelta(days=62)
KEEP_ALL_HOURS, KEEP_DAYS, KEEP_WEEKS, KEEP_MONTHS = 24, 14, 8, 24
STAMP, SUFFIX, CHECKED = "%Y%m%d-%H%M%S", ".backup", "checked.json"  # the last holds what the whole check found of the data that is here
PAGES_AT_A_TIME = 2000
SLACK = dt.timedelta(minutes=10)  # how far in the future a stamp may lie before it is one of a clock that is or was wrong
LARGE, WHOLE_EVERY_HOURS = 1 << 30, 24  # bytes above which the whole log is read once a day only
WIDE = 256 << 20  # bytes above which every index is compared with its table once a day only: nine tenths of the proof, and one can be made anew


def folder(path: Path) -> Path:
    """Where the backups of a database lie."""
    return path.with_name(path.name + ".backups")


class Backup:
    """A backup on the disk: its file, when it was made, its number, which grows from one to the next whatever the clock says,
    and what its manifest says. Those of earlier versions have no number."""

    def __init__(self, path: Path, facts: dict[str, Any]) -> None:
        self.path, self.facts = path, facts
        self.made_at: str = facts["made_at"]
        age(self.made_at)  # an error where it is no stamp
        self.number = int(facts.get("number", 0))

    @property
    def is_of_the_future(self) -> bool:
        """True when its stamp cannot be right: the clock was wrong when it was made, or is now."""
        return age(self.made_at) < -SLACK

    @property
    def rows(self) -> int:
        """How many rows it holds, of all records."""
        return sum(self.facts["counts"].values())


def listed(path: Path) -> list[Backup]:
    """The backups of a database, newest first; files without a manifest are none."""
    return listed_in(folder(path))


def listed_in(place: Path) -> list[Backup]:
    """The backups that lie in a folder, newest first."""
    found = []
    for proof in place.glob(f"*{SUFFIX}.json"):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            found.append(Backup(proof.with_name(proof.name.removesuffix(".json")), json.loads(proof.read_text("utf-8"))))
    return sorted((b for b in found if b.path.exists()), key=_rank, reverse=True)


def _rank(backup: Backup) -> tuple[int, bool, str, str]:
    """By number: a clock may be put back, and the log goes back with a restore. Without numbers, a stamp of the future is not believed."""
    return backup.number, bool(backup.number) or not backup.is_of_the_future, backup.made_at, backup.path.name


def listed_beside(backup: Path) -> list[Backup]:
    """A backup itself, when its manifest is there."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        return [Backup(backup, json.loads(manifest(backup).read_text("utf-8")))]
    return []


def newest_good(path: Path) -> Backup | None:
    """The newest backup whose file still is what was proven; None when there is none."""
    for one in listed(path):
        with contextlib.suppress(Refused):
            verify(one.path)
            return one
    return None


def instant(stamp: str) -> str:
    """A backup's stamp as an instant."""
    return dt.datetime.strptime(stamp, STAMP).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def age(stamp: str) -> dt.timedelta:
    """How long ago a backup was made; less than nothing when the clock was turned back since."""
    return clock() - dt.datetime.strptime(stamp, STAMP).replace(tzinfo=dt.UTC)


def clock() -> dt.datetime:
    """What this PC's clock says."""
    return dt.datetime.now(dt.UTC)


def is_due(store: Store, reader: Any) -> bool:
    """True when something changed since the newest backup, or its stamp cannot be right; a server has its own."""
    if is_server(store.address):
        return False
    newest = listed(store.path)
    head = _head(reader)
    return head is not None and (not newest or newest[0].is_of_the_future or newest[0].facts["head"] != head)


def _head(connection: Any) -> list[Any] | None:
    """The newest entry of the log as a manifest notes it."""
    found = check.newest_head(connection)
    return [found[0], found[1], found[2].hex()] if found else None


def make(store: Store, reader: Any, to: Path | None = None, step: Callable[[], None] | None = None, *, waiting: bool = False) -> Backup:
    """Copy the database while it is in use, prove the copy, and put it in place. Raises Refused.

    `waiting`: a person can do nothing meanwhile; indexes, which can be made anew, are not compared with their tables.
    `step` is called between pieces and may raise to stop; then nothing is left behind."""
    if is_server(store.address):
        raise Refused(ON_SERVER)
    stamp = clock().strftime(STAMP)
    if to is not None:
        names.refuse_names(to)
    if to is not None and to.exists():
        raise _is_there(to)
    target = to or folder(store.path) / f"{store.path.stem}-{stamp}{SUFFIX}"
    part = part_name(target)
    try:
        if to is None:
            files.sweep(private_folder(target.parent), ".*.part*")
        _copy(store, reader, part, step or (lambda: None))
        facts = _prove(store, part, stamp, step or (lambda: None), indexes=not waiting)
        kept = target.with_name(files.POOL) if to is None else files.folder(target)
        facts["files"] = _bring_files(store, part, kept, step or (lambda: None))
        target = _put(part, target, chosen=to is not None)
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


def _put(part: Path, wanted: Path, *, chosen: bool) -> Path:
    """Give a finished part the name, or one like it: taken first, as another program may have the same in mind. Raises OSError,
    Refused where somebody chose the name and it is taken by now."""
    target = wanted if chosen else free_name(wanted)
    while not _taken(target):
        if chosen:
            raise _is_there(target)
        target = free_name(wanted)
    try:
        os.replace(part, target)
    except OSError:
        target.unlink(missing_ok=True)
        raise
    return target


def _taken(path: Path) -> bool:
    """True when nobody had the name, which is ours now: an empty file stands there, without a manifest no backup."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return False
    return True


def _is_there(path: Path) -> Refused:
    return Refused(Text("{file} is there already; nothing was written over it. Choose another name.", file=path))


def free_name(path: Path) -> Path:
    """The path, or one like it that nothing has yet (two backups in one second)."""
    end = SUFFIX if path.name.endswith(SUFFIX) else ""
    name, number, free = path.name.removesuffix(end), 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{name}~{number}{end}")
    return free


def _copy(store: Store, reader: Any, part: Path, step: Callable[[], None]) -> None:
    with contextlib.closing(database.connect(part, store.keys)) as copy, holding.held(reader):
        copy.execute("pragma journal_mode = delete")
        reader.backup(copy, pages=PAGES_AT_A_TIME, progress=lambda *_: step(), sleep=0.005)
        copy.execute("pragma journal_mode = delete")


def _prove(store: Store, part: Path, stamp: str, step: Callable[[], None], *, indexes: bool) -> dict[str, Any]:
    """Open the copy afresh, check all of it, and say what it holds."""
    with contextlib.closing(database.connect(part, store.keys, readonly=True)) as copy, holding.stoppable(copy, step):
        earlier = _proven_before(store.path, part.stat().st_size, copy)
        compared = _compared_before(store.path, part.stat().st_size)
        problems = check.pages(copy, indexes=indexes and not compared) + check.chain(copy, store.keys, _heads(earlier))
        if problems:
            raise Refused(Text("The backup did not pass its own check and was not kept: {problem}. Earlier backups stay; press 'Check everything' in Settings.", problem=problems[0]))
        facts: dict[str, Any] = {"made_at": stamp, "number": _next(store.path, copy), "counts": _counts(copy, store.records), "head": _head(copy)}
        facts["heads"] = {seat: [seq, seal.hex()] for seat, (seq, seal) in check.heads(copy).items()}
        facts["whole"], facts["indexes"] = earlier["whole"] if earlier else stamp, stamp if indexes and not compared else compared
        kept = copy.execute("select value from setting where key = ?", (erased.KEY,)).fetchone()
        facts[erased.KEY] = erased.done(kept[0] if kept else "")
    descriptor = os.open(part, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return facts | {"bytes": part.stat().st_size, "sha256": sha256(part)}


def _next(path: Path, copy: Any) -> int:
    """A number above those of all backups there are, and not below the newest entry's id: also where the others lie elsewhere."""
    return max(log.newest_id(copy), *(one.number + 1 for one in listed(path)), 1)


def _proven_before(path: Path, size: int, copy: Any) -> dict[str, Any] | None:
    """What the manifest of the newest backup says, where a large database need not have its whole log read again: that is
    done once a day. None where all of it is read."""
    newest = next(iter(listed(path)), None)
    if size <= LARGE or newest is None or not {"heads", "whole"} <= newest.facts.keys():
        return None
    if set(erased.listed(path)) - set(erased.read_list(newest.facts.get(erased.KEY, ()))):
        return None  # the log was sealed anew since
    if not all(check.is_sealed(copy, seat, seq, seal) for seat, (seq, seal) in _heads(newest.facts).items()):
        return None  # an older backup was restored since
    return newest.facts if dt.timedelta(0) <= age(newest.facts["whole"]) < dt.timedelta(hours=WHOLE_EVERY_HOURS) else None


def _compared_before(path: Path, size: int) -> str:
    """When the indexes of a large database were last compared with their tables, if that is less than a day ago."""
    newest = next(iter(listed(path)), None)
    stamp = str(newest.facts.get("indexes", "")) if newest and size > WIDE else ""
    return stamp if stamp and dt.timedelta(0) <= age(stamp) < dt.timedelta(hours=WHOLE_EVERY_HOURS) else ""


def _heads(facts: dict[str, Any] | None) -> dict[str, tuple[int, bytes]]:
    return {seat: (seq, bytes.fromhex(seal)) for seat, (seq, seal) in facts["heads"].items()} if facts else {}


def _counts(copy: Any, records: Sequence[Record]) -> dict[str, int]:
    """Rows of every record; an older database has fewer tables than there are records now."""
    there = {row[0] for row in copy.execute("select name from sqlite_master where type = 'table'")}
    return {r.key: copy.execute(f"select count(*) from {r.key}").fetchone()[0] for r in records if r.key in there}


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def thin(path: Path) -> None:
    """`thin_in` for the backups beside a database."""
    thin_in(folder(path))


def thin_in(place: Path) -> None:
    """Keep every backup of a day, then one a day, a week, a month.

    A clock that was wrong once must not cost the backups: the newest ten always stay, few are taken away in one run,
    and none that lies before a gap which no thinning can have left."""
    kept: set[str] = set()
    now = clock()
    spare: list[Backup] = []
    newer: dt.datetime | None = None
    found = listed_in(place)
    newest = {backup.path for backup in found[:KEEP_NEWEST]}
    for backup in sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True):
        made = dt.datetime.strptime(backup.made_at, STAMP).replace(tzinfo=dt.UTC)
        if newer and newer - made > LONGEST_GAP:
            break
        slot = _slot(now - made, made)
        if backup.path not in newest and (slot is None or (slot and slot in kept)):
            spare.append(backup)
        kept.add(slot or "")
        newer = min(now, made)  # one of the future is no gap before the others
    for backup in spare[-MOST_TAKEN:]:
        _take_away(backup.path)
    _sweep_unproven(place)


def _take_away(backup: Path) -> None:
    for file in (manifest(backup), recovery_file(backup), id_file(backup), backup):
        file.unlink(missing_ok=True)


def _sweep_unproven(place: Path) -> None:
    """What a program left that was killed before it could write the manifest, or while it took a backup away: no backup, once
    it is a day old."""
    for file in place.glob(f"*{SUFFIX}"):
        with contextlib.suppress(OSError):
            if not manifest(file).exists() and clock().timestamp() - file.stat().st_mtime > files.DAY:
                _take_away(file)


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
        same = sha256(backup) == facts["sha256"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(Text("{file} is not a backup of this program, or the file .json beside it is missing; choose another one.", file=backup)) from error
    if not same:
        raise Refused(Text("{file} is not as it was when it was made; choose another backup.", file=backup))
    return facts


def refuse_other(copy: Path, made: Backup) -> None:
    """Raise Refused when the copy of a backup is not what was proven."""
    if sha256(copy) != made.facts["sha256"]:
        raise Refused(Text("{file} is not as it was when it was made; choose another backup.", file=made.path))


def files_of(made: Backup) -> list[str]:
    """The attached files a backup needs."""
    with contextlib.closing(database.connect(made.path, read_keys(made.path), readonly=True)) as copy:
        return attached.digests(copy)


def examine(path: Path, records: Sequence[Record]) -> list[Text]:
    """Check a backup as a database is checked, without writing to it; Raises Refused when it is not as it was made."""
    verify(path)
    keys = read_keys(path)
    with contextlib.closing(database.connect(path, keys, readonly=True)) as copy:
        if not schema.is_current(copy, records):  # of an earlier declaration: other columns than today's
            return check.pages(copy) + check.chain(copy, keys)
        return check.everything(copy, keys, records, files.of_backup(path))
