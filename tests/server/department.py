"""A department on a server of its own database: one colleague with a log-in for every role, and somebody else's rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg

from crm_desktop.duties import RECORDS
from crm_desktop.record.record import Record
from crm_desktop.record.rights import ROLE_CODES
from crm_desktop.server import setting_up
from crm_desktop.server.link import Place
from crm_desktop.store import schema
from crm_desktop.store.store import Store
from tests.postgres import HOST, OWNER, Server

PASSWORD = "a password of tests"
BY_KEY = {record.key: record for record in RECORDS}
HERE, ELSEWHERE = 101, 102  # hotels
COLLEAGUE, OUTSIDER = 201, 202  # of the manager's team; of nobody's team, in the other hotel
FIRST_PERSON = 301
Row = dict[str, Any]


def place(server: Server, database: str) -> Place:
    """The server's administrator, the password known."""
    found = Place(f"postgresql://{OWNER}@{HOST}:{server.port}/{database}", str(server.authority) if server.tls else "")
    found.password = server.password
    return found


def tables(address: str) -> None:
    """The program's own tables, as it makes them."""
    Store(address, RECORDS, create=True).close()


class Department:
    """A set-up database with its people: `people` by role, each with a log-in named after it."""

    def __init__(self, server: Server, database: str) -> None:
        self.server, self.place = server, place(server, database)
        self.people = {role: FIRST_PERSON + at for at, role in enumerate(ROLE_CODES)}
        setting_up.init(self.place, RECORDS, tables)
        with self.owner() as connection:
            for one in (HERE, ELSEWHERE):
                put(connection, BY_KEY["hotel"], {"id": one, "name": str(one), "code": str(one)})
            put(connection, BY_KEY["staff"], {"id": OUTSIDER, "name": "Outsider", "hotel_id": ELSEWHERE})
            for role, person in self.people.items():
                put(connection, BY_KEY["staff"], {"id": person, "name": role, "role": role, "login": self.login(role), "hotel_id": HERE})
            put(connection, BY_KEY["staff"], {"id": COLLEAGUE, "name": "Colleague", "role": "seller", "hotel_id": HERE, "manager_id": self.people["sales_manager"]})
        for role, person in self.people.items():
            setting_up.add_user(self.place, self.login(role), PASSWORD, staff_id=person, person=role)

    def login(self, role: str) -> str:
        """The log-in of the colleague with a role."""
        return f"{self.place.database}.{role.replace('_', '.')}"

    @contextmanager
    def owner(self) -> Iterator[Any]:
        """Whom no rule holds back."""
        with self.server.connect(dbname=self.place.database) as connection:
            yield connection

    @contextmanager
    def seat(self, role: str) -> Iterator[Any]:
        """A colleague with a log-in of their own and any SQL tool; nothing they do stays."""
        with psycopg.connect(self.server.url(self.login(role), self.place.database, PASSWORD)) as connection:
            yield connection
            connection.rollback()

    def remove(self) -> None:
        """Take the database and its roles away."""
        self.server.drop(self.server.url(dbname=self.place.database))
        with self.server.connect() as connection:
            ours = "select rolname from pg_roles where starts_with(rolname, %s) order by rolcanlogin desc"  # from 16 on, who is in a group goes first
            for (name,) in connection.execute(ours, (self.place.database,)).fetchall():
                connection.execute(f'drop role "{name}"')


def put(connection: Any, record: Record, values: Row) -> int:
    """A row with what every table wants; returns its id."""
    row = {**schema.defaults(record), **values}
    names = ", ".join(f'"{name}"' for name in row)
    connection.execute(f"insert into {record.key} ({names}) values ({', '.join(['%s'] * len(row))})", list(row.values()))
    return int(row["id"])


def refused(connection: Any, sql: str, values: Sequence[Any] = ()) -> bool:
    """True when the server says that this log-in may not; the transaction goes on."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(sql, values)
    except psycopg.errors.InsufficientPrivilege:
        return True
    return False
