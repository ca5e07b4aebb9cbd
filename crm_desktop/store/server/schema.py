"""What the server has besides the declared tables: references as constraints, the triggers of the log, and their version."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from crm_desktop.record.record import Record
from crm_desktop.store import schema
from crm_desktop.store.server import log_sql, sums_sql, term_sql

SET = "crm-server"
NEWEST = "select name from _sqlite_migrations where migration_set = ? order by id desc limit 1"
FILES = "create table if not exists file_part (sha256 text not null, number integer not null, content blob not null, primary key (sha256, number))"


def statements(records: Sequence[Record]) -> list[str]:
    """All that is made anew when any of it changed."""
    out = [*log_sql.TABLES, FILES, *log_sql.functions(), *term_sql.functions()]
    for record in records:
        out += [*log_sql.of_table(record), *sums_sql.of_table(record)]
    return out


def version(records: Sequence[Record]) -> str:
    """A name for all of it."""
    return _version(tuple(records))


@lru_cache(maxsize=4)  # every opening asks, and a declaration does not change
def _version(records: tuple[Record, ...]) -> str:
    words = [*statements(records), *(sql for record in records if record.searched for sql in term_sql.of_table(record))]
    return "server " + hashlib.blake2b("".join(words).encode(), digest_size=8).hexdigest()


def is_current(connection: Any, records: Sequence[Record]) -> bool:
    """True when tables and triggers are those of this program."""
    if not schema.is_current(connection, records):
        return False
    found = connection.execute(NEWEST, (SET,)).fetchone()
    return found is not None and bool(found[0] == version(records))


def bring(db: Any, records: Sequence[Record]) -> None:
    """Bring a database to today's declaration, in the caller's transaction. What this writes is nobody's action: no log."""
    there = set(db.table_names())
    for record in records:
        if record.key in there:
            for trigger in ("crm_log_new", "crm_log_old", "crm_sums_new", "crm_sums_old"):
                db.execute(f"drop trigger if exists {trigger} on {record.key}")
    schema.bring(db, records)
    for sql in statements(records):
        db.execute(sql)
    for record in records:
        if record.searched:
            db.search_index(record)
    db.execute(*log_sql.making_key(secrets.token_bytes(32)))
    refer(db, records)
    name = version(records)
    db.execute("delete from _sqlite_migrations where migration_set = ? and name = ?", (SET, name))
    db.execute("insert into _sqlite_migrations (migration_set, name, applied_at) values (?, ?, now()::text)", (SET, name))


def refer(db: Any, records: Sequence[Record]) -> None:
    """References, once all tables are there: they may point in a circle."""
    there = set(db.table_names())
    have = {row[0] for row in db.execute("select conname from pg_constraint where contype = 'f'").fetchall()}
    for record in records:
        for field in record.references():
            name = f"{record.key}_{field.name}_refers"[:60]
            if name not in have and field.ref in there:
                db.execute(f'alter table {record.key} add constraint {name} foreign key ("{field.name}") references {field.ref} (id)')


def unrefer(db: Any) -> None:
    """Take the references' constraints away, in the caller's transaction."""
    for table, name in db.execute("select conrelid::regclass::text, conname from pg_constraint where contype = 'f'").fetchall():
        if name.endswith("_refers"):
            db.execute(f'alter table {table} drop constraint "{name}"')
