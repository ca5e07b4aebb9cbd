"""Backups, restoring and checking by the command line."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path

from crm_desktop.cli.shared import file_of, open_store, tell
from crm_desktop.record.text import Refused, Text, say


def make_backup(options: argparse.Namespace) -> int:
    """Make a backup, or list those there are."""
    from crm_desktop.store import backup

    with open_store(options) as store, closing(store.open_reader()) as reader:
        if options.list:
            for one in backup.listed(store.path):
                print(f"{one.made_at}  {one.rows:>10,}  {one.path}")
            return 0
        print(backup.make(store, reader, options.to).path)
    return 0


def restore_backup(options: argparse.Namespace) -> int:
    """Put a backup in the database's place; the former one is kept aside."""
    from crm_desktop.store import backup, restoring

    path = file_of(options)
    newest = None if options.file else next(iter(backup.listed(path)), None) or backup.newest_good(path)
    if not (options.file or newest):
        raise Refused(Text("There is no backup of {file} yet.", file=path))
    aside = restoring.restore(path, newest.path if newest else options.file)
    print(path)
    if aside:
        tell(say(Text("The former database was put aside as {file}", file=aside)))
    return 0


def salvage_database(options: argparse.Namespace) -> int:
    """Keep what can be read of a damaged database; the damaged file is put aside. 1 when anything is lost."""
    from crm_desktop.duties import RECORDS
    from crm_desktop.store.salvage import salvage

    saved = salvage(file_of(options), RECORDS)
    for line in saved.told():
        print(say(line))
    return 1 if saved.lost else 0


def check_database(options: argparse.Namespace) -> int:
    """Check pages, references, log, rows, sums and search of the database or of a backup; 1 when anything is wrong."""
    from crm_desktop.duties import RECORDS
    from crm_desktop.store import ahead, backup, check
    from crm_desktop.store.folders import manifest

    no_backup = None
    if options.file or (isinstance(options.data, Path) and manifest(options.data).exists()):
        found = backup.examine(options.file or options.data, RECORDS)
    else:
        with open_store(options) as store, closing(store.open_reader()) as reader:
            no_backup = ahead.secure(store, lambda: None)
            found = check.everything(reader, store.keys, store.records)
    for problem in found:
        tell(say(problem))
    if not found and no_backup is not None:
        tell(say(Text(ahead.NONE_FIRST.source, reason=no_backup)))
    if not found:
        print(say(Text("Everything is as it was saved.")))
    return 1 if found else 0
