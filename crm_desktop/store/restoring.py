"""The way back: a proven backup in the place of the database, whole or not at all; the former one is put aside."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

from crm_desktop.record.text import Refused, Text
from crm_desktop.store import attached, check, database, erased, files, log
from crm_desktop.store import backup as backups
from crm_desktop.store.folders import discard, part_name, private_folder, sync_folder
from crm_desktop.store.keys import Keys, copy_id, id_file, read_keys
from crm_desktop.store.locks import Place

FORMER, DAMAGED = "before-restore", "damaged"  # what the name of a database says that was put aside


def restore(path: Path, backup: Path, word: str = FORMER) -> Path | None:
    """Put a proven backup in the database's place; returns where the former database was put aside, with its -wal, under a
    name with this word.

    Nobody else may have the database open. Raises Refused; then everything is as before."""
    proven = backups.verify(backup)["sha256"]
    keys = read_keys(backup)
    if id_file(path).exists() and id_file(path).read_bytes() != id_file(backup).read_bytes():
        raise Refused(Text("{file} is a backup of another database. Nothing was restored; choose a backup of these data.", file=backup))
    with alone(path):
        part = part_name(path)
        try:
            files.copy_whole(backup, part)
            if backups.sha256(part) != proven:  # byte by byte what was checked page by page when it was made
                raise Refused(Text("The copy of {file} is not what was read: this disk cannot be trusted. All is as it was; restore to another disk.", file=backup))
            with contextlib.closing(database.connect(part, keys, readonly=True)) as copy:
                head = check.newest_head(copy)
                wanted = attached.digests(copy)
            files.heal(files.of_backup(backup), files.folder(path), keys, wanted)
            _note_head(path, keys, head)
            erased.note(path, [one for each in (*backups.listed_in(backup.parent), *backups.listed(path)) for one in erased.read_list(each.facts.get(erased.KEY, ()))])
            aside = put_aside(path, word)
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


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Nobody else has the database open meanwhile. Raises Refused."""
    private_folder(path.parent)
    place = Place(path, alone=True)
    try:
        yield
    finally:
        place.release()


def put_aside(path: Path, word: str = FORMER) -> Path | None:
    """Move the former database, with what belongs to it, out of the way; nothing is ever deleted.

    The database goes first: without it a -wal is nothing, without its -wal it would be an older one."""
    there = [rest for rest in ("", "-wal", "-shm") if path.with_name(path.name + rest).exists()]
    if not there:
        return None
    aside = backups.free_name(path.with_name(f"{path.name}.{word}-{dt.datetime.now(dt.UTC).strftime(backups.STAMP)}"))
    for rest in there:
        os.replace(path.with_name(path.name + rest), aside.with_name(aside.name + rest))
    with contextlib.suppress(OSError):
        (backups.folder(path) / backups.CHECKED).unlink()
    if "" not in there:
        return None
    if id_file(path).exists():
        copy_id(path, aside)
    return aside
