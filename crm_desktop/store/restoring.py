"""The way back: a proven backup in the place of the database, whole or not at all; the former one is put aside."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from crm_desktop.record.text import Refused, Text
from crm_desktop.store import attached, check, database, erased, files, log, proof, wraps
from crm_desktop.store import backup as backups
from crm_desktop.store.folders import discard, part_name, private_folder, sync_folder
from crm_desktop.store.keys import Keys, copy_id, id_file, read_keys, recovery_file
from crm_desktop.store.keys import database_id as keys_of
from crm_desktop.store.locks import Place

FORMER, DAMAGED = "before-restore", "damaged"  # what the name of a database says that was put aside
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)  # seconds after each try to give a file another name
NOT_BACK = Text("{file} could not be replaced, and what was there could not be put back: it lies beside it as {aside}. Close other programs, then restore the newest backup.")


def restore(path: Path, backup: Path, word: str = FORMER) -> Path | None:
    """Put a proven backup in the database's place; returns where the former database was put aside, with its -wal, under a
    name with this word.

    Nobody else may have the database open. Raises Refused; then everything is as before."""
    proven = proof.verify(backup)["sha256"]
    keys = read_keys(backup)
    if id_file(path).exists() and id_file(path).read_bytes() != id_file(backup).read_bytes():
        raise Refused(Text("{file} is a backup of another database. Nothing was restored; choose a backup of these data.", file=backup))
    with alone(path):
        part = part_name(path)
        try:
            files.copy_whole(backup, part)
            if proof.sha256(part) != proven:  # byte by byte what was checked page by page when it was made
                raise Refused(Text("The copy of {file} is not what was read: this disk cannot be trusted. All is as it was; restore to another disk.", file=backup))
            with contextlib.closing(database.connect(part, keys, readonly=True)) as copy:
                head = check.newest_head(copy)
                wanted = attached.digests(copy)
            files.heal(files.of_backup(backup), files.folder(path), keys, wanted)
            erased.note(path, _erased(path, backup, keys.database_id))
            with named(backup, path), head_noted(Keys(keys.database_id, keys.secret, path), head):
                return swap(part, path, word)
        except (database.Error, OSError) as error:
            raise database.explain(error) from error
        finally:
            discard(part)


def _erased(path: Path, backup: Path, database_id: str) -> list[erased.One]:
    """Who was erased from these data, as far as this PC and the backup's folder know: also from a database that came from the
    same data under another name."""
    same = [file.with_suffix("") for file in path.parent.glob("*.id") if keys_of(file.with_suffix("")) == database_id]
    there = (*backups.listed_in(backup.parent), *(one for each in {*same, path} for one in backups.listed(each)))
    noted = [one for each in same for one in erased.listed(each)]
    return [*noted, *(one for each in there for one in erased.read_list(each.facts.get(erased.KEY, ())))]


def lacking(path: Path) -> int:
    """How many attached files these data refer to that are not in their folder. Raises Refused."""
    with contextlib.closing(database.connect(path, read_keys(path), readonly=True)) as data:
        return sum(not (files.folder(path) / digest).exists() for digest in attached.digests(data))


@contextlib.contextmanager
def head_noted(keys: Keys, head: log.Head | None) -> Iterator[None]:
    """Note the newest entry of what is put in place before the swap, so that no moment raises an alarm (the log of before a
    restore has that entry too); as it was where the swap fails."""
    before = log.noted_head(keys)
    _note_head(keys, head)
    try:
        yield
    except BaseException:
        _note_head(keys, before)
        raise


def _note_head(keys: Keys, head: log.Head | None) -> None:
    if head:
        log.note_head(keys, head)
    else:
        keys.head_file.unlink(missing_ok=True)


@contextlib.contextmanager
def named(backup: Path, path: Path) -> Iterator[None]:
    """Have the file beside a database that leads to its key before it comes; not where it does not come."""
    if id_file(path).exists():
        yield
        return
    copy_id(backup, path)
    wraps.keep_recovery(path)
    try:
        yield
    except BaseException:
        _unname(path)
        raise


def _unname(path: Path) -> None:
    for file in (id_file(path), recovery_file(path)):
        file.unlink(missing_ok=True)


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Nobody else has the database open meanwhile. Raises Refused."""
    private_folder(path.parent)
    place = Place(path, alone=True)
    try:
        yield
    finally:
        place.release()


def swap(part: Path, path: Path, word: str = FORMER) -> Path | None:
    """Put a finished part in the database's place; returns where the former database lies now, with what belongs to it, under
    a name with this word: nothing is ever deleted. Raises OSError; then all lies where it was.

    The database goes first and comes back last: without it a -wal is nothing, without its -wal it would be an older one."""
    aside = backups.free_name(path.with_name(f"{path.name}.{word}-{backups.clock().strftime(proof.STAMP)}"))
    was_there = path.exists()
    moved: list[str] = []
    try:
        for rest in ("", "-wal", "-shm"):
            if path.with_name(path.name + rest).exists():
                _move(path.with_name(path.name + rest), aside.with_name(aside.name + rest))
                moved.append(rest)
        if was_there and id_file(path).exists():
            copy_id(path, aside)
        _move(part, path)
    except BaseException as error:
        _back(path, aside, moved, error)
        raise
    with contextlib.suppress(OSError):  # it is in place
        (backups.folder(path) / backups.CHECKED).unlink(missing_ok=True)
        sync_folder(path.parent)
    return aside if was_there else None


def _back(path: Path, aside: Path, moved: Sequence[str], error: BaseException) -> None:
    """What was put aside lies where it was again. Raises Refused, which says where it is, when that cannot be."""
    here: list[str] = []
    try:
        for rest in reversed(moved):
            _move(aside.with_name(aside.name + rest), path.with_name(path.name + rest))
            here.append(rest)
    except OSError:
        with contextlib.suppress(OSError):  # what belongs together stays together
            for rest in reversed(here):
                _move(path.with_name(path.name + rest), aside.with_name(aside.name + rest))
        raise Refused(Text(NOT_BACK.source, file=path, aside=aside.name)) from error
    with contextlib.suppress(OSError):
        _unname(aside)
        sync_folder(path.parent)


def _move(source: Path, target: Path) -> None:
    """Give a file another name; where another program holds it, as a virus scanner does a new one on Windows, a few times."""
    for pause in PAUSES:
        try:
            os.replace(source, target)
            return
        except PermissionError:
            time.sleep(pause)
    os.replace(source, target)
