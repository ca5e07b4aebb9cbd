"""What the commands and the window's wizards both do at a server; who is asked, and how, is theirs."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from crm_desktop.desk.desk import EXPORTED, PLAIN_COPY
from crm_desktop.desk.people import signed_in
from crm_desktop.duties import RECORDS
from crm_desktop.record.text import Refused, Text
from crm_desktop.server import certificates, link, moving, policies, setting_up
from crm_desktop.server import here as this_pc
from crm_desktop.server.link import Place
from crm_desktop.server.members import group
from crm_desktop.store import backup, keys
from crm_desktop.store import moving as moving_log
from crm_desktop.store import plain as plain_copy
from crm_desktop.store.folders import discard
from crm_desktop.store.locks import Place as Alone
from crm_desktop.store.moving import Moved, Step
from crm_desktop.store.store import Store

LOOPBACK = "127.0.0.1"
NOWHERE = ("192.0.2.1", 9)  # an address of nobody's: nothing is sent there, the system only says from where it would be
HERE = Text("TLS, and who may come in")
Tell = Callable[[Text], object]


class Found(NamedTuple):
    """What is at a server: its version, whether the database is there and set up by this version, and whether it holds data."""

    version: int
    there: bool
    ready: bool
    used: bool


class Plan(NamedTuple):
    """What is to be made besides database, roles and rights: a certificate for these names; `here`: put into the server's PC."""

    names: tuple[str, ...] = ()
    folder: Path = Path("server-certificates")
    here: bool = False
    lan: str = this_pc.LAN


class Prepared(NamedTuple):
    """What came of it: the authority's fingerprint ('' without a certificate), and whether PostgreSQL must be restarted."""

    fingerprint: str
    restart: bool


class Member(NamedTuple):
    """A colleague as the list of log-ins shows them: `known` by the server under this log-in already."""

    name: str
    login: str
    role: str
    hotel: str
    known: bool


def open_store(address: str, *, create: bool = False) -> Store:
    """The data at an address."""
    return Store(address, RECORDS, create=create, seat=signed_in())


def look(place: Place) -> Found:
    """What is there. Raises Refused for a server this program does not work with."""
    with link.administrator(place, link.MAINTENANCE) as server:
        setting_up.refuse_version(server)
        number = link.version(server)
        there = server.execute("select 1 from pg_database where datname = %s", (place.database,)).fetchone() is not None
    mark = _mark(place) if there else None
    return Found(number, there, mark == policies.mark(RECORDS), mark is not None and _used(place))


def _mark(place: Place) -> str | None:
    with link.administrator(place) as server:
        found = server.execute("select obj_description(to_regnamespace(%s), 'pg_namespace')", (policies.SCHEMA,)).fetchone()
    return None if found is None else found[0]


def _used(place: Place) -> bool:
    with link.administrator(place, role=group(place.database, policies.OWNER)) as server:
        return server.execute("select 1 from change limit 1").fetchone() is not None


def own_address() -> str:
    """The address of this PC in its network; '' where it is in none."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        asked.connect(NOWHERE)
        return str(asked.getsockname()[0])
    return ""


def prepare(place: Place, plan: Plan, tell: Tell) -> Prepared:
    """Set a server up, or bring it to this version of the program; `tell` hears each part before it is done, and may raise."""
    tell(Text("database, roles and rights"))
    setting_up.init(place, RECORDS, lambda address: open_store(address, create=True).close())
    print_of, restart = "", False
    if plan.names or plan.here:
        tell(Text("certificates"))
        names = [*plan.names, *((LOOPBACK, "localhost", socket.gethostname()) if plan.here else ())]
        print_of = certificates.prepare(plan.folder, list(dict.fromkeys(names)), place.database)
    if plan.here:
        tell(HERE)
        restart = this_pc.secure(place, plan.folder, plan.lan)
    return Prepared(print_of, restart)


def give_log_in(place: Place, login: str, name: str, role: str, hotel: str, password: str) -> None:
    """A colleague's entry and log-in, or another password or role. Raises Refused."""
    setting_up.check_login(login)
    with open_store(setting_up.as_owner(place)) as store:
        person = setting_up.colleague(store, login, name, role, hotel)
    setting_up.add_user(place, login, password, staff_id=person, person=name)


class Arrived(NamedTuple):
    """What came of moving: the backup made before, and rows by table with how many files."""

    backup: Path
    moved: Moved


def counts(reader: Any) -> dict[str, int]:
    """How many rows each table holds, the log's and those that were removed too."""
    tables = [*(record.key for record in RECORDS), *moving_log.LOG]
    return {table: int(reader.execute(f"select count(*) from {table}").fetchone()[0]) for table in tables}


def move(path: Path, place: Place, tell: Tell, step: Step) -> Arrived:
    """A file's database to the server, a backup of it first. Raises Refused; then nothing has moved, and it can be tried again."""
    Alone(path, alone=True).release()  # before a long backup it is known that nobody else has it open
    tell(Text("a backup first"))
    with Store(path, RECORDS) as store, closing(store.open_reader()) as reader:
        made = backup.make(store, reader, step=partial(step, 0, 0)).path
    tell(Text("rows"))
    return Arrived(made, moving.to_server(path, setting_up.as_owner(place), RECORDS, step))


def fetch(place: Place, path: Path, step: Step | None = None, *, reason: str = "", plain: bool = False) -> Moved:
    """Everything on the server as a file of this program, or as a plain one for other tools; the server's log says so. Raises Refused."""
    address = setting_up.as_owner(place)
    done = _plain(address, path, step) if plain else moving.fetch(address, path, RECORDS, step)
    with open_store(address) as server:
        kind = PLAIN_COPY if plain else EXPORTED
        with server.change(kind, who=signed_in(), source=f"fetch: {done.total} -> {path.name}", reason=reason, always=True):
            pass
    return done


def _plain(address: str, path: Path, step: Step | None) -> Moved:
    """By way of an encrypted file beside it, which is gone afterwards, with its key."""
    if path.exists():
        raise Refused(Text("{file} is there already; nothing was written over it. Choose another name.", file=path))
    with TemporaryDirectory(prefix=".fetched-", dir=path.parent) as folder:
        between = Path(folder) / "between.db"
        done = moving.fetch(address, between, RECORDS, step)
        with Store(between, RECORDS) as store:
            plain_copy.copy(store, path)
            used = store.keys
        keys.forget_key_file(used)
        discard(used.head_file)
    return Moved(done.rows, 0)


def members(place: Place) -> tuple[list[Member], list[str]]:
    """The colleagues at the server, those with a log-in first, and the names of its hotels."""
    sql = (
        "select s.name, coalesce(l.name, s.login), s.role, coalesce(h.name, ''), l.name is not null from staff as s left join log_in as l on l.staff_id = s.id"
        " left join hotel as h on h.id = s.hotel_id where s.gone is null and s.left_on = '' order by l.name is null, s.role = '', s.sort"
    )
    with link.administrator(place, role=group(place.database, policies.OWNER)) as server:
        hotels = [name for (name,) in server.execute("select name from hotel where gone is null order by sort").fetchall()]
        return [Member(*row) for row in server.execute(sql).fetchall()], hotels


def colleagues(reader: Any) -> list[Member]:
    """The colleagues of this PC's own data, for a server that begins empty."""
    sql = "select name, login, role from staff where gone is null and left_on = '' order by role = '', sort"
    return [Member(name, login, role, "", False) for name, login, role in reader.execute(sql).fetchall()]
