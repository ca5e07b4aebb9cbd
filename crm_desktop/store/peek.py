"""A look into a database without bringing it to date, and taking one away with everything that belongs to it."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from crm_desktop.record.record import Record
from crm_desktop.store import backup, database, keys, schema
from crm_desktop.store.folders import DRAFTS
from crm_desktop.store.locks import Place


def kept(path: Path, records: Sequence[Record]) -> tuple[bool, dict[str, str]]:
    """Whether a database is as declared now, and what is kept with its data. Raises Refused when it cannot be read."""
    try:
        with contextlib.closing(database.connect(path, keys.read_keys(path), readonly=True)) as reader:
            if not schema.is_begun(reader):
                return False, {}
            return schema.is_current(reader, records), dict(reader.execute("select key, value from setting").fetchall())
    except database.Error as error:
        raise database.explain(error) from error


def remove(path: Path) -> None:
    """Take a database away: its file, key, log head, drafts and backups. Raises Refused while somebody has it open."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = Place(path, alone=True)
    try:
        for file in _belonging(path):
            file.unlink(missing_ok=True)
        shutil.rmtree(backup.folder(path), ignore_errors=True)
    finally:
        place.release()


def _belonging(path: Path) -> list[Path]:
    """The file itself last but one, then its id: cut short, the rest is found again."""
    named = keys.id_file(path)
    out = [path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal")]
    out += path.parent.glob(f"{path.name}{DRAFTS}*")
    with contextlib.suppress(OSError, UnicodeDecodeError):
        out += keys.files_of(named.read_text("ascii").strip(), path)
    return [*out, path, named]
