"""Files that are written regularly: which are due, writing one, and what is logged and kept of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crm_desktop.desk.desk import EXPORTED
from crm_desktop.desk.exports import mark, permit
from crm_desktop.duties.files import queries
from crm_desktop.duties.files.records import EXPORT_PLAN
from crm_desktop.exchange import apart, list_out
from crm_desktop.exchange.progress import Progress
from crm_desktop.record import schedule, view
from crm_desktop.record.places import this_pc
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store import keys, pages
from crm_desktop.store.pages import ListQuery

NO_FOLDER = Text("The folder cannot be reached: {folder}")
KEPT_FRESH = (".ics", ".vcf")  # who subscribes to a calendar looks for it under one name
WRITTEN = Text("{count} rows written to {file}")


def due(reader: Any, now: dt.datetime) -> list[Row]:
    """The plans of this PC that are to be written now."""
    return [
        row for row in queries.plans(reader, this_pc())
        if schedule.is_due(str(row["every"]), str(row["weekday"]), int(row["month_day"] or 1), str(row["time"]), str(row["last_at"]), now)
    ]  # fmt: skip


def all_of(reader: Any) -> list[Row]:
    """The plans of this PC that are written at all."""
    return queries.plans(reader, this_pc())


def claim(desk: Any, row: Row, now: dt.datetime) -> Any:
    """Say that it is being written now, so that no other window does; raises Conflict where one does already."""
    return desk.save(EXPORT_PLAN, int(row["id"] or 0), int(row["version"] or 0), {"last_at": now.strftime(schedule.MOMENT)})


def query_of(row: Row, record: Record) -> ListQuery:
    """The list that is written."""
    kept = view.read(str(row["content"]), record)
    return ListQuery(record, kept.filters, kept.sort, kept.descending, kept.columns or record.listed)


def path_of(row: Row, day: str) -> Path:
    """The file of a day, or the one that is kept fresh for those who subscribe to it. Raises Refused when its folder is not there."""
    folder = Path(str(row["folder"]))
    if not folder.is_dir():
        raise Refused(Text(NO_FOLDER.source, folder=folder))
    suffix = str(row["kind"]).partition(" ")[0]
    name = "".join(letter if letter.isalnum() or letter in " -_()（）" else "_" for letter in str(row["name"]))
    return folder / (f"{name}{suffix}" if suffix in KEPT_FRESH else f"{name} {day}{suffix}")


def write(store: Any, records: Sequence[Record], reader: Any, row: Row, day: str, progress: Progress, who: str = "") -> tuple[Path, int]:
    """Write one, in a process of its own, for `who`. Raises Refused."""
    query, path = query_of(row, store.by_key[str(row["record"])]), path_of(row, day)
    person = 0
    if (rights := getattr(reader, "rights", None)) is not None and not rights.open:
        permit(rights, query.record, pages.count(reader, query), str(row["name"]))
        person = reader.person
    rows: int = apart.once(
        list_out.export_apart, progress, store.address, records, query.record.key, query.filters, query.sort, query.descending, query.columns,
        path, query.columns, str(row["kind"]).partition(" ")[2] or "utf-8", person, keys.unlocked(), mark(who, str(row["name"])),
    )  # fmt: skip
    return path, rows


def finished(desk: Any, row: Row, path: Path, rows: int) -> Any:
    """Log it with its filter and rows, and keep what came of it."""
    record = desk.store.by_key[str(row["record"])]
    desk.note(EXPORTED, f"{record.file_word} ({row['shows']}): {rows} -> {path.name}", str(row["name"]))
    return _keep(desk, row, Text(WRITTEN.source, count=f"{rows:,}", file=path.name))


def failed(desk: Any, row: Row, why: Text) -> Any:
    """Keep why it could not be written; it is tried again the next time it is due."""
    return _keep(desk, row, why)


def _keep(desk: Any, row: Row, words: Text) -> Any:
    now = desk.get(EXPORT_PLAN, int(row["id"] or 0))
    return desk.save(EXPORT_PLAN, now["id"], now["version"], {"result": say(words)[:200]}) if now else None
