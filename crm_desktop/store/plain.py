"""A copy of the data as an ordinary SQLite file, for other tools: without search tables, their triggers, and keys."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.record.text import Refused, Text
from crm_desktop.store import database
from crm_desktop.store.folders import discard, part_name, refuse_ours, sync_folder, unwritten
from crm_desktop.store.schema import LIVING

if TYPE_CHECKING:
    from crm_desktop.store.store import Store

HIDDEN_COLUMNS = ("sort", "terms", "gone")
LOG = ("change", "change_row")


def copy(store: Store, to: Path, *, replace: bool = False) -> dict[str, int]:
    """Write the copy; returns how many rows of each table. Raises Refused; the target is whole or untouched.

    It holds the living rows and the whole log. A file that is there is only written over when `replace` says so, and
    never one of this program's own."""
    refuse_ours(to)
    if to.exists() and not replace:
        raise Refused(Text("{file} is there already; nothing was written over it. Choose another name.", file=to))
    part = part_name(to)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        counts = _fill(store, part)
        os.replace(part, to)
        sync_folder(to.parent)
    except OSError as error:
        raise unwritten(to, error) from error
    except database.Error as error:
        raise database.explain(error) from error
    finally:
        discard(part)
    return counts


def _fill(store: Store, part: Path) -> dict[str, int]:
    """Tables with their types and keys, rows by one statement each, all from one moment of the database."""
    with contextlib.closing(database.connect(store.path, store.keys)) as reader:
        database.attach_plain(reader, part)
        reader.execute("begin")
        counts = {table: _table(reader, table) for table in [*(record.key for record in store.records), *LOG]}
        reader.execute("commit")
        reader.execute("detach database plain")
    return counts


def _table(reader: Any, table: str) -> int:
    columns = [row for row in reader.execute(f"pragma main.table_info({table})") if row[1] not in HIDDEN_COLUMNS]
    shape = ", ".join(f'"{c[1]}" {c[2]}{" primary key" if c[1] == "id" else ""}' for c in columns)
    names = ", ".join(f'"{c[1]}"' for c in columns)
    living = "" if table in LOG else f" where {LIVING}"
    reader.execute(f"create table plain.{table} ({shape})")
    reader.execute(f"insert into plain.{table} ({names}) select {names} from main.{table}{living}")
    return int(reader.execute(f"select count(*) from plain.{table}").fetchone()[0])
