"""Backups on another disk, too: each is copied there as it is, and proven there once more."""

from __future__ import annotations

import os
from pathlib import Path

from crm_desktop.record.os_words import why
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import backup, files
from crm_desktop.store.folders import discard, manifest, part_name, private_folder, sync_folder, whole_file
from crm_desktop.store.keys import copy_id, database_id


def place_of(path: Path, second: Path) -> Path:
    """The folder of a database's backups at the second place: several databases may share the place."""
    return second / f"{path.stem}-{database_id(path)[:8]}"


def newest(path: Path, second: Path) -> backup.Backup | None:
    """The newest backup there."""
    return next(iter(backup.listed_in(place_of(path, second))), None)


def bring(path: Path, second: Path) -> None:
    """Have the newest backup at the second place. Raises Refused when that cannot be reached or the copy is not the same."""
    made = next(iter(backup.listed(path)), None)
    if made is None:
        return
    if not second.is_dir():
        raise Refused(Text("The second place of the backups cannot be reached: {folder}. The backup on this PC is made.", folder=second))
    target = place_of(path, second) / made.path.name
    if manifest(target).exists():
        return
    part = part_name(target)
    try:
        files.sweep(private_folder(target.parent), ".*.part*")
        files.copy_whole(made.path, part)
        backup.refuse_other(part, made)
        files.bring(files.of_backup(made.path), target.with_name(files.POOL), backup.files_of(made), lambda: None)
        copy_id(made.path, target)
        os.replace(part, target)
        sync_folder(target.parent)
        with whole_file(manifest(target)) as file:
            file.write(manifest(made.path).read_bytes())
    except OSError as error:
        raise Refused(
            Text("The backup is made, but could not be copied to {folder}: {reason}.", folder=second, reason=why(error))
        ) from error
    finally:
        discard(part)
    backup.thin_in(target.parent)
