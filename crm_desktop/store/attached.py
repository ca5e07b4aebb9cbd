"""The rows that name kept files, and whether each of those is there and whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store import catalog, files
from crm_desktop.store.keys import Keys
from crm_desktop.store.schema import LIVING

TABLE = "attachment"
COLUMNS = ("id", "version", "name", "mime", "size", "sha256", "added_on", "added_by", "note")
OWN = "application/x-crm-data"  # files of the program itself, which lie by a row and are in no list of its files
MOST = 20


def of(connection: Any, record: str, row_id: int, *, own: bool = False) -> list[Row]:
    """The files by a row, the newest first; or those of the program itself."""
    sql = f"select {', '.join(COLUMNS)} from {TABLE} where about_row = ? and about_record = ? and mime {'=' if own else '<>'} ? and {LIVING} order by id desc"
    return [dict(zip(COLUMNS, row, strict=True)) for row in connection.execute(sql, (row_id, record, OWN)).fetchall()]


def digests(connection: Any) -> list[str]:
    """Every file that a row names or may name again after an undo."""
    if TABLE not in catalog.tables(connection):  # an older database
        return []
    return [row[0] for row in connection.execute(f"select distinct sha256 from {TABLE} where sha256 <> '' order by 1").fetchall()]


def check(connection: Any, keys: Keys, place: Path, step: Callable[[], None] | None = None) -> list[Text]:
    """What is wrong with the files of living rows: missing, or not what was kept."""
    if not digests(connection):
        return []
    out: list[Text] = []
    sound: dict[str, bool] = {}
    for name, digest in connection.execute(f"select name, sha256 from {TABLE} where {LIVING} order by id").fetchall():
        if digest not in sound:
            if step:
                step()
            sound[digest] = files.is_sound(place, keys, digest)
        if not sound[digest]:
            there = (place / digest).exists()
            out.append(Text("The attached file {name} is damaged", name=name) if there else Text("The attached file {name} is missing", name=name))
        if len(out) >= MOST:
            break
    return out
