"""Tables, indexes and search from the declarations; migrations.

Every table has `id`, `version` and `gone` (null while the row lives, else the change that removed it); every index
holds living rows only."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from crm_desktop.record.kinds import NEVER_NULL, TEXTUAL, Kind
from crm_desktop.record.record import Field, Index, Record
from crm_desktop.record.terms import RULES
from crm_desktop.store import catalog

if TYPE_CHECKING:
    from sqlite_utils import Migrations

LIVING = "gone is null"
SET = "crm"
LONGEST_NAME = 60
WORTH_REMAKING = 5_000  # new rows
TOKENS = "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\""

CHANGE_TABLES = (
    "create table change (id integer primary key, seat text not null, seq integer not null, at text not null,"
    " who text not null, action text not null, reason text not null, source text not null, rows integer not null,"
    " hash blob not null) strict",
    "create unique index change_seat on change (seat, seq)",
    "create table change_row (change_id integer not null, position integer not null, tbl text not null,"
    " row_id integer not null, version integer not null, before text, digest blob not null,"
    " primary key (change_id, position)) strict, without rowid",
    "create index change_row_row on change_row (row_id, change_id)",
    "create table setting (key text primary key, value text not null) strict, without rowid",
)


def sql_type(field: Field) -> type:
    """The column type of a field, in sqlite-utils's words."""
    return str if field.kind in TEXTUAL else int


def sort_column(record: Record, name: str) -> str:
    """The column a list really sorts by: names sort by their pinyin key."""
    return "sort" if name == record.name and record.searched else name


def column_types(record: Record) -> dict[str, type]:
    """Every column of the record's table in order."""
    types: dict[str, type] = {"id": int, "version": int, "gone": int}
    types.update((f.name, sql_type(f)) for f in record.fields)
    if record.searched:
        types.update(sort=str, terms=str)
    return types


def defaults(record: Record) -> dict[str, Any]:
    """The columns that are never null, with what they hold when nothing was given."""
    out: dict[str, Any] = {"version": 1}
    out.update((f.name, "" if f.kind in TEXTUAL else 0) for f in record.fields if _never_null(f))
    if record.searched:
        out.update(sort="", terms="")
    return out


def _never_null(field: Field) -> bool:
    return field.kind in NEVER_NULL or not field.stored or (field.required and field.kind == Kind.INT)


def indexes(record: Record) -> list[Index]:
    """Declared indexes and one for every column the list can be sorted by."""
    out = list(record.indexes)
    for name in record.sortable:
        column = sort_column(record, name)
        if not any(index.columns[:2] == (column, "id") for index in out):
            out.append(Index(column, "id"))
    return out


def index_name(record: Record, index: Index) -> str:
    """A name of at most 60 letters, which every engine keeps whole."""
    name = f"{record.key}_{'_'.join(index.columns)}"
    return name if len(name) <= LONGEST_NAME else f"{name[:48]}_{hashlib.blake2b(name.encode(), digest_size=5).hexdigest()}"


def apart(column: str) -> str:
    """A column as only the indexes that are apart know it."""
    return f"{column} || ''"


def index_sql(record: Record, index: Index) -> str:
    """The statement that makes one index. References that are empty and unique codes that are empty stay out."""
    first = record.by_name.get(index.columns[0])
    where = [LIVING]
    if first is not None and first.kind in (Kind.REF, Kind.KEY):
        where.append(f"{first.name} is not null")
    for_sorting = index.columns[1:2] == ("id",)  # a list sorted by it also has the rows where it is empty
    if index.unique or (first is not None and first.kind == Kind.CODE and not for_sorting):
        where.append(f"{index.columns[-1]} <> ''")
    # a query that says `gone is null` is only answered from the index alone when `gone` is one of its columns
    columns = index.columns if index.unique else (*index.columns, "gone")
    if index.apart:
        columns = (f"({apart(columns[0])})", *columns[1:])
    unique = "unique " if index.unique else ""
    return f"create {unique}index if not exists {index_name(record, index)} on {record.key} ({', '.join(columns)}) where {' and '.join(where)}"


@contextmanager
def remade_indexes(db: Any, record: Record, coming: int, among: int = 0) -> Iterator[None]:
    """Around many rows that come into the indexes of a table, or leave them, where fewer stay (`among`: so many of them are in
    the table already): its plain indexes are made anew at the end, in one sort each, which takes less than changing each
    of them for every row. All in the caller's transaction. Not where others read meanwhile: they would wait."""
    if not db.remakes_indexes:
        yield
        return
    there = db.execute(f"select count(*) from (select 1 from {record.key} limit ?)", (coming + among,)).fetchone()[0] - among
    plain = [index for index in indexes(record) if not index.unique] if coming >= WORTH_REMAKING and there < coming else []
    for index in plain:
        db.execute(f"drop index {index_name(record, index)}")
    yield
    for index in plain:
        db.execute(index_sql(record, index))


def search_sql(record: Record) -> list[str]:
    """The search index of a record and the triggers that keep it: it holds living rows only."""
    table, index = record.key, f"{record.key}_fts"
    put = f"insert into {index} (rowid, terms) select new.id, new.terms where new.{LIVING};"
    cut = f"insert into {index} ({index}, rowid, terms) select 'delete', old.id, old.terms where old.{LIVING};"
    return [
        f"create virtual table if not exists {index} using fts5 (terms, content='{table}', content_rowid='id',"
        f" {TOKENS}, detail=none, columnsize=0, prefix='1 2 3 4 5 6 7 8 9')",
        f"insert into {index} ({index}, rank) values ('secure-delete', 1)",
        f"create trigger if not exists {table}_ai after insert on {table} begin {put} end",
        f"create trigger if not exists {table}_ad after delete on {table} begin {cut} end",
        f"create trigger if not exists {table}_au after update of terms, gone on {table}"
        f" when old.terms is not new.terms or (old.gone is null) <> (new.gone is null) begin {cut} {put} end",
    ]


def shape(records: Sequence[Record]) -> str:
    """A name for what is declared now: the migration that brings a database to it is applied once."""
    return _shape(tuple(records), RULES)


@lru_cache(maxsize=4)  # every opening asks, and a declaration does not change
def _shape(records: tuple[Record, ...], rules: int) -> str:
    words = [
        repr((r.key, sorted((k, t.__name__) for k, t in column_types(r).items()), sorted(index_sql(r, i) for i in indexes(r))))
        + (repr((rules, r.found_on, search_sql(r))) if r.searched else "")
        for r in records
    ]
    return "declared " + hashlib.blake2b("".join(words).encode(), digest_size=8).hexdigest()


def words_by(record: Record) -> str:
    """A name for what the search words of a record are made of, and how."""
    return hashlib.blake2b(repr((RULES, record.name, record.searched, record.found_on)).encode(), digest_size=8).hexdigest()


def declare(db: Any, records: Sequence[Record]) -> set[tuple[str, str]]:
    """Bring the tables to what is declared: new tables, columns and indexes; no table or column is ever dropped here.

    Returns (record key, column) for every column that an older table did not have."""
    present = set(db.table_names())
    new = set()
    for record in referred_first(records):
        if record.key not in present:
            _create(db, record)
        else:
            new |= {(record.key, column) for column in _extend(db, record)}
        for index in indexes(record):
            _index(db, index_sql(record, index))
    return new


def referred_first(records: Sequence[Record]) -> list[Record]:
    """The records, each after those it refers to."""
    by_key, out = {record.key: record for record in records}, list[Record]()

    def put(record: Record, above: tuple[str, ...]) -> None:
        for field in record.references():
            if field.ref not in above and field.ref in by_key:
                put(by_key[field.ref], (*above, field.ref))
        if record not in out:
            out.append(record)

    for record in records:
        put(record, (record.key,))
    return out


def _index(db: Any, sql: str) -> None:
    """Make an index, anew when the one of this name is another."""
    name = sql.split(" if not exists ")[1].split(" ")[0]
    found = db.index_statement(name)
    if found and found.lower() != sql.replace(" if not exists", "").lower():
        db.execute(f"drop index {name}")
    db.execute(sql)


def _create(db: Any, record: Record) -> None:
    never_null = defaults(record)
    db[record.key].create(
        column_types(record), pk="id", strict=True, not_null=set(never_null), defaults=never_null,
        foreign_keys=[(f.name, f.ref, "id") for f in record.references()],
    )  # fmt: skip
    if record.searched:
        db.search_index(record)


def _extend(db: Any, record: Record) -> list[str]:
    have = {column.name for column in db[record.key].columns}
    never_null = defaults(record)
    for name, kind in column_types(record).items():
        if name not in have:
            field = record.by_name.get(name)
            if field is not None and field.kind == Kind.REF:
                db.execute(f"alter table {record.key} add column {name} integer references {field.ref} (id)")
            else:
                db[record.key].add_column(name, kind, not_null_default=never_null.get(name))
    return [name for name in column_types(record) if name not in have]


def migrations(records: Sequence[Record]) -> Migrations:
    """The steps that make any older database into today's."""
    from sqlite_utils import Migrations

    steps = Migrations(SET)

    @steps()
    def log(db: Any) -> None:
        for sql in CHANGE_TABLES:
            db.execute(sql)

    @steps(name=shape(records))
    def declared(db: Any) -> None:
        from crm_desktop.store.catch_up import catch_up

        new = declare(db, records)
        catch_up(db, records, new)

    return steps


def bring(db: Any, records: Sequence[Record]) -> None:
    """Bring a database to today's declaration, also when it has been at it before and then at another."""
    if db["_sqlite_migrations"].exists() and not is_current(db, records):
        db.execute("delete from _sqlite_migrations where migration_set = ? and name = ?", (SET, shape(records)))
    migrations(records).apply(db)


def is_current(connection: Any, records: Sequence[Record]) -> bool:
    """True when the newest declaration applied is today's; cheap enough for every start."""
    try:
        return last_declared(connection) == shape(records)
    except Exception as error:
        if "no such table" in str(error):
            return False
        raise


def last_declared(connection: Any) -> str:
    """The name of the newest declaration applied; '' for none."""
    found = connection.execute(
        "select name from _sqlite_migrations where migration_set = ? and name like 'declared %' order by id desc limit 1", (SET,)
    ).fetchone()
    return str(found[0]) if found else ""


def is_begun(connection: Any) -> bool:
    """True for a database whose first migration is done: there is something in it to lose."""
    return {"change", "setting"} <= catalog.tables(connection)


def declared_at(connection: Any) -> str:
    """The instant since which rows are written as they are declared now."""
    found = connection.execute("select applied_at from _sqlite_migrations where name like 'declared %' order by id desc limit 1").fetchone()
    return str(found[0])[:23].replace(" ", "T") if found else ""


def is_newer(connection: Any, records: Sequence[Record]) -> bool:
    """True when a newer program wrote this database: it has tables or columns this one does not know."""
    tables = catalog.tables(connection)
    known = {record.key for record in records}
    kept = {table for table in tables - known if {"version", "gone"} <= catalog.columns(connection, table)}
    return bool(kept) or any(
        record.key in tables and catalog.columns(connection, record.key) - set(column_types(record)) - set(record.former) for record in records
    )
