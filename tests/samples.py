"""Rows and files that tests are made of, and ways to look at what came of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS, mappings
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.stays.records import HOTEL, STAY
from crm_desktop.exchange import csv_out, importing
from crm_desktop.exchange.importing import Prepared
from crm_desktop.exchange.text_file import read_table
from crm_desktop.record.record import Record, Row
from crm_desktop.store import check, rollups
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.store import Store

VARIABLES = ("CRM_DESKTOP_DATA", "CRM_DESKTOP_SETTINGS", "CRM_DESKTOP_STATE")
REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared" / "data"
BOOKINGS = SHARED / "hotel_bookings" / "hotel_bookings.csv"
EXPECTED = SHARED / "expected" / "hotel_bookings.json"


def added(desk: Desk, record: Record, **values: Any) -> int:
    """The id of a new row."""
    return next(row_id for table, row_id in desk.save(record, None, 0, values).rows if table == record.key)


def account(desk: Desk, name: str = "Shanghai Orient", **values: Any) -> int:
    """The id of a new company (or, with kind='agency', agency)."""
    return added(desk, ACCOUNT, name=name, **values)


def hotel(desk: Desk, name: str = "City Hotel") -> int:
    """The id of the hotel of this name, new if need be."""
    found = desk.store.writer.execute("select id from hotel where name = ? and gone is null", (name,)).fetchone()
    return int(found[0]) if found else added(desk, HOTEL, name=name, code=name)


def stay(desk: Desk, arrival: str = "2026-11-16", departure: str = "2026-11-18", **values: Any) -> int:
    """The id of a new stay that was kept, at the City Hotel."""
    given = {"hotel_id": hotel(desk), "arrival": arrival, "departure": departure, "status": "Check-Out", "rate": 50_000}
    return added(desk, STAY, **(given | values))


def row(desk: Desk, record: Record, row_id: int) -> Row:
    """A living row."""
    found = desk.get(record, row_id)
    assert found is not None, f"{record.key} {row_id} is gone"
    return found


def change(desk: Desk, record: Record, row_id: int, **values: Any) -> Any:
    """Change a row as it is now."""
    return desk.save(record, row_id, row(desk, record, row_id)["version"], values)


def remove(desk: Desk, record: Record, row_id: int) -> Any:
    """Remove a row as it is now."""
    return desk.remove(record, row_id, row(desk, record, row_id)["version"])


def facts(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every living row of every record without version, as values anybody gave."""
    out = {}
    for record in store.records:
        names = ", ".join(("id", *record.columns))
        out[record.key] = store.writer.execute(f"select {names} from {record.key} where gone is null order by id").fetchall()
    return out


def counts(store: Store) -> dict[str, int]:
    """How many living rows each record has; those without any are left out."""
    return {key: len(rows) for key, rows in facts(store).items() if rows}


def sound(store: Store) -> None:
    """Everything that can be checked is as it was saved, and every sum equals what its rows add up to."""
    with closing(store.open_reader()) as reader:
        problems = check.everything(reader, store.keys, store.records)
        assert [str(problem) for problem in problems] == []
        for record in store.records:
            for target in rollups.targets(record):
                kept = ", ".join(f"t.{column}" for column in target.columns)
                for found in reader.execute(f"select t.id, {kept} from {target.table} as t where t.gone is null").fetchall():
                    computed = reader.execute(rollups.computed_sql(target).replace("t.id", "?"), (found[0],) * len(target.by)).fetchone()
                    assert found[1:] == computed


def csv_bytes(rows: Iterable[Sequence[Any]], encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    """Rows as a file's bytes."""
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if end == "\r" else csv.QUOTE_MINIMAL  # with "\r" the writer leaves other line ends unquoted
    csv.writer(out, lineterminator=end, quoting=quoting).writerows(rows)
    return out.getvalue().encode(encoding)


def csv_file(path: Path, *rows: Sequence[Any], encoding: str = "utf-8") -> Path:
    """Rows as a file."""
    path.write_bytes(csv_bytes(rows, encoding))
    return path


def prepared(desk: Desk, path: Path, record: Record, mapping: str = "", **options: Any) -> Prepared:
    """A file read and compared."""
    table = read_table(path)
    with closing(desk.store.open_reader()) as reader:
        chosen = mappings.choose(record, table.headings, mapping)
        return importing.prepare(reader, desk.store.keys, desk.store.by_key, table, chosen, **options)


def imported(desk: Desk, path: Path, record: Record, mapping: str = "", **options: Any) -> dict[str, Any]:
    """A file brought in: its counts, without the name of the refused file."""
    ready = prepared(desk, path, record, mapping, **options)
    importing.write(desk, ready)
    return {name: value for name, value in ready.counts().items() if name != "refused_file"}


def exported(store: Store, record: Record, path: Path, encoding: str = "utf-8") -> bytes:
    """The bytes of a whole export."""
    with closing(store.open_reader()) as reader:
        csv_out.export(reader, ListQuery(record), path, encoding=encoding, by_id=True)
    return path.read_bytes()


def read_json(words: str) -> dict[str, Any]:
    """One JSON object and nothing else."""
    assert words.endswith("\n")
    assert words.count("\n") == 1
    found = json.loads(words)
    assert isinstance(found, dict)
    return found


__all__ = ["ACCOUNT", "HOTEL", "PERSON", "RECORDS", "STAY", "Store", "closing", "importing"]
