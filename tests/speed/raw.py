"""The raw way: stdlib sqlite3 on an unencrypted file with the same rows, types and useful indexes.

It checks, escapes and logs nothing: the least anybody could do."""

from __future__ import annotations

import csv
import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from crm_desktop.duties import RECORDS
from crm_desktop.duties.stays.mappings import MONTHS
from crm_desktop.duties.stays.records import STAY
from crm_desktop.record.kinds import TEXTUAL, Kind
from crm_desktop.record.record import Index, Record
from crm_desktop.record.terms import sort_key
from crm_desktop.store import schema

CACHE_MB = 64
BLOCK = 10_000
KEPT_OUT = ("source_key",)  # keys of imported rows are the program's own


def connect(path: Path) -> sqlite3.Connection:
    """A connection as the bars describe it."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for setting in ("journal_mode = wal", "synchronous = full", f"cache_size = -{CACHE_MB * 1024}"):
        connection.execute("pragma " + setting)
    return connection


def columns(record: Record) -> list[str]:
    """The columns of the raw table that the program's table has too."""
    return ["id", *(f.name for f in record.fields if not f.derived and f.name not in KEPT_OUT)]


def _table_sql(record: Record) -> str:
    types = {f.name: "text" if f.kind in TEXTUAL else "integer" for f in record.fields}
    parts = ["id integer primary key", *(f"{name} {types[name]}" for name in columns(record)[1:])]
    found = ["pinyin text", "initials text"] if record.searched else []
    return f"create table {record.key} ({', '.join(parts + found)})"


def _index_sql(record: Record) -> Iterator[str]:
    have = {*columns(record), *(("sort",) if record.searched else ())}
    for index in schema.indexes(record):
        if have.issuperset(index.columns):
            names = ["pinyin" if name == "sort" else name for name in index.columns]
            yield f"create index {record.key}_{'_'.join(names)} on {record.key} ({', '.join(names)}){_where(record, index)}"


def _where(record: Record, index: Index) -> str:
    """The same rows stay out as in the program's index."""
    first = record.by_name.get(index.columns[0])
    if first is not None and first.kind == Kind.REF:
        return f" where {first.name} is not null"
    return f" where {first.name} <> ''" if first is not None and first.kind == Kind.CODE else ""


def create(path: Path) -> sqlite3.Connection:
    """An empty raw database."""
    connection = connect(path)
    for record in RECORDS:
        connection.execute(_table_sql(record))
        for sql in _index_sql(record):
            connection.execute(sql)
    return connection


def _found_by(record: Record, names: Sequence[str], row: Sequence[Any]) -> tuple[Any, ...]:
    if not record.searched:
        return tuple(row)
    pinyin = sort_key(str(row[names.index(record.name)]))
    return (*row, pinyin.replace(" ", ""), "".join(part[0] for part in pinyin.split()))


def copy(reader: Any, path: Path) -> None:
    """The same rows as an open database of the program, with plain columns for pinyin and initials."""
    connection = create(path)
    connection.execute("begin")
    for record in RECORDS:
        names = columns(record)
        cursor = reader.execute(f"select {', '.join(names)} from {record.key} where gone is null order by id")
        marks = ", ".join("?" * (len(names) + 2 * bool(record.searched)))
        while block := cursor.fetchmany(BLOCK):
            connection.executemany(f"insert into {record.key} values ({marks})", [_found_by(record, names, row) for row in block])
    connection.execute("commit")
    connection.execute("analyze")
    connection.close()


def search(connection: sqlite3.Connection, column: str, piece: str, limit: int = 12) -> list[Any]:
    """Clients and people whose column holds the piece; which column is known beforehand, nothing is put in order."""
    return [
        row
        for table in ("account", "person")
        for row in connection.execute(f"select id, name, code from {table} where {column} like ? limit ?", (f"%{piece}%", limit))
    ]


def list_page(connection: sqlite3.Connection, sort: str, way: str, where: str = "1", values: Sequence[Any] = ()) -> list[Any]:
    """A hundred stays as the list shows them."""
    names = {"company_id": "account", "agency_id": "account", "guest_id": "person", "hotel_id": "hotel"}
    cells = [f"(select name from {names[n]} where id = t.{n})" if n in names else f"t.{n}" for n in STAY.listed]
    order = f"order by {sort} {way}, id {way} limit 100"
    ids = f"select id from stay where {where} {order}"
    return connection.execute(f"select t.id, {', '.join(cells)} from stay as t where id in ({ids}) {order}", values).fetchall()


def in_house(connection: sqlite3.Connection, day: str, longest: int) -> list[Any]:
    """Who sleeps here: the rows of the report."""
    since = (dt.date.fromisoformat(day) - dt.timedelta(longest)).isoformat()
    return connection.execute(
        "select s.id, h.name, s.arrival, s.departure, s.nights, s.adults, s.children, s.babies, a.code, c.code, s.segment, s.country,"
        " s.rate, s.status from stay as s join hotel as h on h.id = s.hotel_id left join account as a on a.id = s.agency_id"
        " left join account as c on c.id = s.company_id where s.arrival > ? and s.arrival <= ? and s.departure > ?"
        " and s.status not in ('Canceled', 'No-Show') order by s.arrival, s.id",
        (since, day, day),
    ).fetchall()


def production(connection: sqlite3.Connection) -> list[Any]:
    """Bookings, nights and revenue of every agency."""
    return connection.execute(
        "select a.code, a.name, p.* from (select agency_id, count(*), sum(nights) as n, sum(rate * nights) from stay"
        " where agency_id is not null and status = 'Check-Out' group by agency_id) as p join account as a on a.id = p.agency_id"
        " order by p.n desc"
    ).fetchall()


def export(connection: sqlite3.Connection, path: Path) -> int:
    """Every stay with the codes and names of what it refers to, through csv.writer. Returns the rows."""
    parts: list[str] = ["t.id"]
    joins: list[str] = []
    for field in STAY.fields:
        if field.kind == Kind.REF:
            parts += [f"{field.name}_.code", f"{field.name}_.name"]
            joins.append(f"left join {field.ref} as {field.name}_ on {field.name}_.id = t.{field.name}")
        elif field.stored and field.name not in KEPT_OUT:
            parts.append(f"t.{field.name}")
    cursor = connection.execute(f"select {', '.join(parts)} from stay as t {' '.join(joins)} order by t.id")
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(parts)
        out.writerows(cursor)
    return int(connection.execute("select count(*) from stay").fetchone()[0])


FILE_COLUMNS = (
    "hotel_id", "status", "lead_time", "arrival", "departure", "nights", "weekend_nights", "week_nights", "adults", "children",
    "babies", "meal", "country", "segment", "channel", "repeat", "past_cancelled", "past_stays", "room_reserved", "room_assigned",
    "booking_changes", "deposit", "agency_id", "company_id", "waiting_days", "customer_type", "rate", "parking", "requests",
    "status_date",
)  # fmt: skip


def insert_stays(connection: sqlite3.Connection, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Whole stays, converted already, in one transaction."""
    have = columns(STAY)
    kept = [at for at, name in enumerate(names) if name in have]
    few = [[row[at] for at in kept] for row in rows]
    connection.execute("begin")
    connection.executemany(f"insert into stay ({', '.join(names[at] for at in kept)}) values ({', '.join('?' * len(kept))})", few)
    connection.execute("commit")


class Bookings:
    """The booking file into an empty raw database: csv.reader, plain conversion, executemany."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._ids: dict[tuple[str, str], int] = {}

    def load(self, path: Path) -> None:
        """All of it in one transaction."""
        names = ", ".join(FILE_COLUMNS)
        marks = ", ".join("?" * len(FILE_COLUMNS))
        with path.open(newline="", encoding="utf-8") as file:
            rows = csv.reader(file)
            next(rows)
            self.connection.execute("begin")
            self.connection.executemany(f"insert into stay ({names}, currency) values ({marks}, 'EUR')", self._rows(rows))
            self.connection.execute("commit")

    def _rows(self, rows: Iterable[list[str]]) -> Iterator[tuple[Any, ...]]:
        for c in rows:
            first = dt.date(int(c[3]), MONTHS[c[4]], int(c[6]))
            weekend, week = int(c[7]), int(c[8])
            yield (
                self._id("hotel", c[0]), c[30], int(c[2]), first.isoformat(), (first + dt.timedelta(weekend + week)).isoformat(),
                weekend + week, weekend, week, int(c[9]), None if c[10] == "NA" else int(c[10]), int(c[11]), c[12].strip(),
                "" if c[13] == "NULL" else c[13], c[14], c[15], int(c[16]), int(c[17]), int(c[18]), c[19].strip(), c[20].strip(), int(c[21]),
                c[22].strip(), self._id("agency", c[23]), self._id("company", c[24]), int(c[25]), c[26], round(float(c[27]) * 100),
                int(c[28]), int(c[29]), c[31],
            )  # fmt: skip

    def _id(self, kind: str, code: str) -> int | None:
        if code == "NULL":
            return None
        if (kind, code) not in self._ids:
            table = "hotel" if kind == "hotel" else "account"
            extra = ("", "") if kind == "hotel" else (", kind", f", '{kind}'")
            done = self.connection.execute(f"insert into {table} (code, name{extra[0]}) values (?, ?{extra[1]})", (code, code))
            self._ids[kind, code] = int(done.lastrowid or 0)
        return self._ids[kind, code]
