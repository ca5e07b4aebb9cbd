"""Setting a PostgreSQL server up for a department, and giving people their log-ins. Each step may be done again: what is
there is kept, what is missing is made."""

from __future__ import annotations

import getpass
import re
import secrets
from collections.abc import Callable, Sequence
from typing import Any

from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text
from crm_desktop.server import link, members, policies, turns
from crm_desktop.server.link import Place
from crm_desktop.server.members import group, text
from crm_desktop.server.policies import OWNER, SEATS, quoted

Bring = Callable[[str], None]  # makes the tables at an address
LOGIN = re.compile(r"[a-z][a-z0-9_.-]{0,30}")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another
GROUPS_OF_LETTERS, LETTERS_EACH = 4, 4
SHORTEST = 10
ALONE = "nosuperuser nocreatedb nocreaterole noreplication nobypassrls"
CONNECTIONS = 40  # of one log-in: several windows of one colleague, and never all that a server has
LIMITS = {"jit": "off", "statement_timeout": "120s", "idle_in_transaction_session_timeout": "60s", "lock_timeout": "30s"}


def init(place: Place, records: Sequence[Record], bring: Bring) -> None:
    """Make what is missing of roles, database, tables and rights. Raises Refused; a second run goes on where it stopped."""
    with link.administrator(place, link.MAINTENANCE) as server:
        refuse_version(server)
        _roles(server, place.database)
        _database(server, place.database)
    bring(as_owner(place))
    apply_rights(place, records)


def refuse_version(server: Any) -> None:
    """Raises Refused for a server older or newer than those the program knows."""
    if link.version(server) not in link.VERSIONS:
        raise Refused(Text("This is PostgreSQL {version}; the program works with 15 to 18.", version=link.version(server)))


def as_owner(place: Place) -> str:
    """The address at which the administrator acts as the owner of the database. It holds the password: it is never printed."""
    return place.address(secret=place.password, options=f"-crole={group(place.database, OWNER)}")


def _roles(server: Any, database: str) -> None:
    there = {row[0] for row in server.execute("select rolname from pg_roles").fetchall()}
    owner = group(database, OWNER)
    for name in policies.groups(database):
        server.execute(f"{'alter' if name in there else 'create'} role {quoted(name)} nologin {ALONE}")
    if not server.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()[0]:
        server.execute(f"grant {quoted(owner)} to current_user")
    link.if_it_may(server, f"grant {', '.join(turns.NEEDED)} to {quoted(owner)}")  # else a turn that is held lasts as long as its holder wants
    for name in _unlimited(server, database):
        link.if_it_may(server, f"alter role {quoted(name)} connection limit {CONNECTIONS}")
    for role in members.GIVEN:  # whoever gives a role in the program puts the person into its group
        server.execute(f"grant {quoted(group(database, role))} to {quoted(owner)} with admin option")


def _unlimited(server: Any, database: str) -> list[str]:
    """Log-ins of an earlier version, which have no limit yet."""
    sql = (
        "select m.rolname from pg_auth_members as x join pg_roles as m on m.oid = x.member join pg_roles as g on g.oid = x.roleid"
        " where m.rolcanlogin and not m.rolsuper and m.rolconnlimit < 0 and g.rolname = %s"
    )
    return [name for (name,) in server.execute(sql, (group(database, SEATS),)).fetchall()]


def _database(server: Any, database: str) -> None:
    owner, seats = quoted(group(database, OWNER)), quoted(group(database, SEATS))
    if not server.execute("select 1 from pg_database where datname = %s", (database,)).fetchone():
        server.execute(f"create database {quoted(database)} owner {owner} template template0 encoding 'UTF8' locale 'C'")
    server.execute(f"revoke all on database {quoted(database)} from public")
    server.execute(f"grant connect, temporary on database {quoted(database)} to {seats}")  # views of one connection hide columns
    for name, value in LIMITS.items():
        server.execute(f"alter database {quoted(database)} set {name} = {text(value)}")


def apply_rights(place: Place, records: Sequence[Record]) -> None:
    """Make the rights of the database those of this program, all or nothing."""
    with link.administrator(place, role=group(place.database, OWNER)) as connection, connection.transaction():
        zone = connection.execute("select current_setting('log_timezone')").fetchone()[0]
        for statement in policies.statements(place.database, records, zone):
            connection.execute(statement)


def colleague(store: Any, login: str, name: str, role: str, hotel: str = "") -> int:
    """The colleague a log-in is for, entered when nobody of this name is there yet; their role and hotel are what is given.
    Raises Refused for a hotel nobody knows, and where two have the name."""
    staff = store.by_key["staff"]
    with store.change(Text("Log-in given"), who=getpass.getuser(), source="server") as writing:
        found = writing.db.execute("select id, version from staff where (login = ? or (login = '' and name = ?)) and gone is null", (login, name)).fetchall()
        if len(found) > 1:
            raise Refused(Text("There are {count} colleagues called {name}; tell them apart in the window first.", count=len(found), name=name))
        values = {"login": login, "role": role, "hotel_id": _hotel(writing.db, hotel)}
        if found:
            writing.update(staff, found[0][0], found[0][1], values)
            return int(found[0][0])
        return int(writing.add(staff, values | {"name": name}))


def _hotel(db: Any, code: str) -> int | None:
    found = db.execute("select id from hotel where (code = ? or name = ?) and gone is null", (code, code)).fetchone() if code else None
    if code and not found:
        raise Refused(Text("There is no hotel '{code}' yet; enter it in the window first.", code=code))
    return int(found[0]) if found else None


def check_login(login: str) -> None:
    """Raises Refused for a name that is awkward to type or means something to the server."""
    if not LOGIN.fullmatch(login) or login.startswith("pg_"):
        raise Refused(Text("A log-in name is short and of small letters and digits, as lina or wang.wei: '{login}' is not.", login=login))


def check_password(password: str) -> None:
    """Raises Refused for one that is soon guessed."""
    if len(password) < SHORTEST:
        raise Refused(Text("A password has at least {count} characters.", count=SHORTEST))


def make_password() -> str:
    """A password that can be read out and typed: 78 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(LETTERS_EACH)) for _ in range(GROUPS_OF_LETTERS))


def add_user(place: Place, login: str, password: str, *, staff_id: int, person: str) -> None:
    """Give a colleague a log-in, or an existing one another password. Only its SCRAM verifier travels: neither the server's
    log nor anybody between sees the password. Raises Refused."""
    check_login(login)
    check_password(password)
    owner, seats = group(place.database, OWNER), quoted(group(place.database, SEATS))
    with link.administrator(place) as connection, connection.transaction():
        found = connection.execute("select rolsuper or rolcreaterole or rolbypassrls from pg_roles where rolname = %s", (login,)).fetchone()
        if found and (found[0] or not _is_seat(connection, login, place.database)):
            raise Refused(Text("'{login}' is a log-in of the server itself; choose another name.", login=login))
        verifier = connection.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()
        word = "alter" if found else "create"
        connection.execute(f"{word} role {quoted(login)} login {ALONE} connection limit {CONNECTIONS} password {text(verifier)}")
        connection.execute(f"grant {seats} to {quoted(login)}")
        connection.execute(f"set local role {quoted(owner)}")
        _know(connection, login, staff_id, person)


def _is_seat(connection: Any, login: str, database: str) -> bool:
    """True for a log-in that this program gave; a superuser is in every group without being put there."""
    sql = (
        "select 1 from pg_auth_members as x join pg_roles as m on m.oid = x.member join pg_roles as g on g.oid = x.roleid"
        " where m.rolname = %s and g.rolname = %s"
    )
    return connection.execute(sql, (login, group(database, SEATS))).fetchone() is not None


def _know(connection: Any, login: str, staff_id: int, person: str) -> None:
    taken = connection.execute("select name from log_in where staff_id = %s and name <> %s", (staff_id, login)).fetchone()
    if taken:
        raise Refused(Text("{person} has the log-in '{login}' already.", person=person, login=taken[0]))
    connection.execute(
        "insert into log_in (name, person, staff_id) values (%s, %s, %s)"
        " on conflict (name) do update set person = excluded.person, staff_id = excluded.staff_id",
        (login, person, staff_id),
    )
    connection.execute("select rights.join_groups()")


def take_away(place: Place, login: str) -> None:
    """The log-in no longer lets anybody in, from now on; what it wrote stays under the person's name."""
    with link.administrator(place, link.MAINTENANCE) as connection:
        if not _is_seat(connection, login, place.database):
            raise Refused(Text("There is no log-in '{login}'.", login=login))
        connection.execute(f"alter role {quoted(login)} nologin password null")
        connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = %s", (login,))

