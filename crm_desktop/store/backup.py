"""Backups that are proven when they are made, and the way back.

A backup is one encrypted file with a manifest beside it (SHA-256, row counts, the log's head). Only SQLite ever reads
the live file: opening it otherwise would cancel its locks."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import attached, check, database, erased, files, holding, log, names, proof, schema, thinning
from crm_desktop.store.address import ON_SERVER, is_server
from crm_desktop.store.folders import discard, manifest, part_name, private_folder, sync_folder, unwritten
from crm_desktop.store.keys import copy_id, id_file, read_keys, recovery_file
from crm_desktop.store.proof import STAMP, SUFFIX

if TYPE_CHECKING:
    from crm_desktop.store.store import Store

CHECKED = "checked.json"  # holds what the whole check found of the data that is here
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
        self.made = _time(self.made_at)  # an error where it is no stamp
        self.number = int(facts.get("number", 0))

    @property
    def is_of_the_future(self) -> bool:
        """True when its stamp cannot be right: the clock was wrong when it was made, or is now."""
        return clock() - self.made < -SLACK

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
    for small in place.glob(f"*{SUFFIX}.json"):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            found.append(Backup(small.with_suffix(""), json.loads(small.read_text("utf-8"))))
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
    """The newest backup whose file still is what was proven; None when there is none. One that lost its manifest counts by the
    stamp of its name."""
    found = listed(path)
    strays = {file: proof.stamp_of(file) for file in _strays(folder(path))}
    newer = [file for file, stamp in strays.items() if not found or stamp > found[0].made_at]
    for file in dict.fromkeys((*newer, *(one.path for one in found), *strays)):
        with contextlib.suppress(Refused):
            return Backup(file, proof.verify(file))
    return None


def instant(stamp: str) -> str:
    """A backup's stamp as an instant."""
    return _time(stamp).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def age(stamp: str) -> dt.timedelta:
    """How long ago a backup was made; less than nothing when the clock was turned back since."""
    return clock() - _time(stamp)


def _time(stamp: str) -> dt.datetime:
    return dt.datetime.strptime(stamp, STAMP).replace(tzinfo=dt.UTC)


def clock() -> dt.datetime:
    """What this PC's clock says."""
    return dt.datetime.now(dt.UTC)


def is_due(store: Store, reader: Any) -> bool:
    """True when something changed since the newest backup, or its stamp cannot be right; a server has its own."""
    if is_server(store.address):
        return False
    newest = listed(store.path)
    head = proof.head(reader)
    return head is not None and (not newest or newest[0].is_of_the_future or newest[0].facts["head"] != head)


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
        target = _put(part, target, store.path, chosen=to is not None)
        sync_folder(target.parent)
        proof.write(target, facts)
    except OSError as error:
        raise unwritten(target, error) from error
    except database.Error as error:
        raise database.explain(error) from error
    finally:
        discard(part)
    if to is None:
        thin_in(target.parent, waiting=waiting)
    return Backup(target, facts)


def _bring_files(store: Store, part: Path, place: Path, step: Callable[[], None]) -> int:
    """Have the attached files of the copy with it before it counts as a backup; how many there are."""
    with contextlib.closing(database.connect(part, store.keys, readonly=True)) as copy:
        wanted = attached.digests(copy)
    files.sweep(files.folder(store.path))
    files.bring(files.folder(store.path), place, wanted, step)
    return len(wanted)


def _put(part: Path, wanted: Path, source: Path, *, chosen: bool) -> Path:
    """Give a finished part the name, or one like it, and beside it what leads to the key of its source: taken first, as another
    program may have the same in mind. Raises OSError, Refused where somebody chose the name and it is taken by now."""
    target = wanted if chosen else free_name(wanted)
    while not _taken(target):
        if chosen:
            raise _is_there(target)
        target = free_name(wanted)
    try:
        copy_id(source, target)
        os.replace(part, target)
    except OSError:
        _take_away(target)
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
        facts = {"made_at": stamp, "number": _next(store.path, copy)} | proof.facts(copy)
        facts["whole"], facts["indexes"] = earlier["whole"] if earlier else stamp, stamp if indexes and not compared else compared
    descriptor = os.open(part, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return facts | {"bytes": part.stat().st_size, "sha256": proof.sha256(part)}


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


def thin_in(place: Path, *, waiting: bool = False) -> None:
    """Take away what is no longer kept, and what was left behind; `waiting`: a person does, and nothing is proven meanwhile."""
    for backup in thinning.spare(listed_in(place), clock()):
        _take_away(backup.path)
    _tidy(place)
    if not waiting:
        _adopt(place)


def _take_away(backup: Path) -> None:
    for file in (backup, *_beside(backup)):
        file.unlink(missing_ok=True)


def _beside(backup: Path) -> tuple[Path, ...]:
    return manifest(backup), recovery_file(backup), id_file(backup)


def _tidy(place: Path) -> None:
    """What a program left that was killed while it put a backup there or took one away, once it is a day old: a name taken by
    nothing, and what stood beside."""
    for small in (file for kind in (*_beside(Path(f"*{SUFFIX}")), Path(f"*{SUFFIX}")) for file in place.glob(kind.name)):
        name = small.name.rpartition(SUFFIX)[0] + SUFFIX
        with contextlib.suppress(OSError):
            empty = small.name == name and not small.stat().st_size and not manifest(small).exists()
            if _is_old(small) and (empty or not small.with_name(name).exists()):
                small.unlink()


def _adopt(place: Path) -> None:
    """A whole backup without a manifest, as a kill leaves it, is proven anew once it is a day old; one that does not pass is
    marked by a manifest that says nothing, so that it is not read again each time."""
    for file in _strays(place):
        if _is_old(file) and not manifest(file).exists():
            with contextlib.suppress(OSError):
                try:
                    proof.prove_anew(file)
                except Refused:
                    proof.write(file, {})


def _is_old(file: Path) -> bool:
    with contextlib.suppress(OSError):
        return clock().timestamp() - file.stat().st_mtime > files.DAY
    return False


def _strays(place: Path) -> list[Path]:
    """What may be a backup there but for its manifest, which is lost or unreadable; by name the newest first."""
    known = {one.path for one in listed_in(place)}
    return [file for file in sorted(place.glob(f"*{SUFFIX}"), reverse=True) if file not in known]


def refuse_other(copy: Path, made: Backup) -> None:
    """Raise Refused when the copy of a backup is not what was proven."""
    if proof.sha256(copy) != made.facts["sha256"]:
        raise proof.is_other(made.path)


def files_of(made: Backup) -> list[str]:
    """The attached files a backup needs."""
    with contextlib.closing(database.connect(made.path, read_keys(made.path), readonly=True)) as copy:
        return attached.digests(copy)


def examine(path: Path, records: Sequence[Record]) -> list[Text]:
    """Check a backup as a database is checked, without writing to it; Raises Refused when it is not as it was made."""
    proof.verify(path)
    keys = read_keys(path)
    with contextlib.closing(database.connect(path, keys, readonly=True)) as copy:
        if not schema.is_current(copy, records):  # of an earlier declaration: other columns than today's
            return check.pages(copy) + check.chain(copy, keys)
        return check.everything(copy, keys, records, files.of_backup(path))
