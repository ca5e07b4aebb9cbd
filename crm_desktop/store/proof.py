"""What proves a backup: the manifest beside it (SHA-256, row counts, the log's head), and, where that is lost, the file itself - each
page and each entry of the log carries its own proof."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from crm_desktop.record.text import Refused, Text
from crm_desktop.store import attached, check, database, erased, log
from crm_desktop.store.folders import manifest, whole_file
from crm_desktop.store.keys import id_file, read_keys

STAMP, SUFFIX = "%Y%m%d-%H%M%S", ".backup"
NOT_OURS = Text("{file} is not a backup of this program; choose another one.")
NO_ID = Text("The small file {name} is not beside the backup: it says which key opens it. Copy it from where the backup comes from, then choose the backup again.")
Facts = dict[str, Any]


def verify(backup: Path) -> Facts:
    """The manifest of a backup whose file still is what was proven; one whose manifest is lost or unreadable is proven anew.
    Raises Refused."""
    try:
        found = _read(backup)
        if found is None:
            return prove_anew(backup)
        same = sha256(backup) == found["sha256"]
    except OSError as error:
        raise Refused(Text(NOT_OURS.source, file=backup)) from error
    if not same:
        raise is_other(backup)
    return found


def _read(backup: Path) -> Facts | None:
    """What a manifest says; None where it is lost or says nothing."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        facts: Facts = json.loads(manifest(backup).read_text("utf-8"))
        facts["sha256"], facts["made_at"], facts["counts"].values()
        return facts
    return None


def is_other(backup: Path) -> Refused:
    """The sentence for a file that is not what was proven."""
    return Refused(Text("{file} is not as it was when it was made; choose another backup.", file=backup))


def prove_anew(backup: Path) -> Facts:
    """The manifest of a backup that came here without it (only the large file was copied, or the small one is lost), written
    where that can be. A database people work in is none: it may have a -wal. Raises Refused, OSError."""
    if not backup.name.endswith(SUFFIX) or not backup.is_file():
        raise Refused(Text(NOT_OURS.source, file=backup))
    if not id_file(backup).exists():
        raise Refused(Text(NO_ID.source, name=id_file(backup).name))
    keys = read_keys(backup)
    try:
        with contextlib.closing(database.connect(backup, keys, readonly=True)) as copy:
            if copy.execute("pragma journal_mode").fetchone()[0] != "delete" or check.pages(copy) + check.chain(copy, keys):
                raise is_other(backup)
            stamp = stamp_of(backup)
            found = {"made_at": stamp, "number": log.newest_id(copy)} | facts(copy) | {"whole": stamp, "indexes": "", "files": len(attached.digests(copy))}
    except database.Error as error:
        raise is_other(backup) from error
    found |= {"bytes": backup.stat().st_size, "sha256": sha256(backup)}
    with contextlib.suppress(OSError):
        write(backup, found)
    return found


def write(backup: Path, found: Facts) -> None:
    """Put the manifest beside a backup. Raises OSError."""
    with whole_file(manifest(backup)) as file:
        file.write(json.dumps(found, indent=1).encode())


def facts(copy: Any) -> Facts:
    """What a manifest says of the data itself."""
    kept = copy.execute("select value from setting where key = ?", (erased.KEY,)).fetchone()
    heads = {seat: [seq, seal.hex()] for seat, (seq, seal) in check.heads(copy).items()}
    return {"counts": _counts(copy), "head": head(copy), "heads": heads, erased.KEY: erased.done(kept[0] if kept else "")}


def head(connection: Any) -> list[Any] | None:
    """The newest entry of the log as a manifest notes it."""
    found = check.newest_head(connection)
    return [found[0], found[1], found[2].hex()] if found else None


def _counts(copy: Any) -> dict[str, int]:
    """Rows of every record: the tables whose rows can be removed."""
    tables = copy.execute("select m.name from sqlite_master as m join pragma_table_info(m.name) as c on c.name = 'gone' where m.type = 'table' order by 1").fetchall()
    return {table: copy.execute(f"select count(*) from {table}").fetchone()[0] for (table,) in tables}


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stamp_of(backup: Path) -> str:
    """When a backup was made, as its name says, or its file."""
    found = re.search(r"\d{8}-\d{6}", backup.name)
    with contextlib.suppress(ValueError):
        return dt.datetime.strptime(found[0] if found else "", STAMP).strftime(STAMP)
    with contextlib.suppress(OSError):
        return dt.datetime.fromtimestamp(backup.stat().st_mtime, dt.UTC).strftime(STAMP)
    return dt.datetime.fromtimestamp(0, dt.UTC).strftime(STAMP)
