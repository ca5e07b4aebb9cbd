"""What is wrong or missing at a server, in sentences for whoever looks after it. Everything here only looks."""

from __future__ import annotations

import datetime
import ipaddress
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from crm_desktop.record.record import Record
from crm_desktop.record.text import Text
from crm_desktop.server import certificates, link, policies, power
from crm_desktop.server.backing_up import LAST_BACKUP
from crm_desktop.server.link import Place

CLOCK_SECONDS = 5
BACKUP_DAYS = 2
EACH_SEAT = 5  # connections a seat may use at once
SPARE = 10
ON = ("fsync", "full_page_writes")
SAFE_METHODS = ("scram-sha-256", "reject", "cert", "peer")
Rule = Sequence[Any]  # line, type, addresses, netmask, method, error


def everything(place: Place, records: Sequence[Record], *, sleeps: Callable[[], bool | None] = power.may_sleep) -> list[Text]:
    """All findings, the worst first; none when the server is as it should be. Raises Refused when it cannot be reached."""
    with link.administrator(place) as server:
        found = [*_version(server), *_tls(server), *_admission(server, place), *_saved(server), *_rights(server, records), *_people(server)]
        found += [*_backup(server), *_noted(server), *_clock(server), *_room(server)]
    found += [*_certificate(place), *_sleep(place, sleeps)]
    return found


def _one(server: Any, sql: str, values: Sequence[Any] = ()) -> Any:
    return server.execute(sql, values).fetchone()[0]


def _version(server: Any) -> Iterator[Text]:
    if link.version(server) not in link.VERSIONS:
        yield Text("This is PostgreSQL {version}; the program works with 15 to 18.", version=link.version(server))


def _tls(server: Any) -> Iterator[Text]:
    if _one(server, "show ssl") != "on":
        yield Text("TLS is off: names, rooms and debts cross the network in the open. Run: server init --here on the server.")
    elif not _one(server, "select ssl from pg_stat_ssl where pid = pg_backend_pid()"):
        yield Text("The server knows TLS, but this connection does not use it: name the certificate with --authority.")


def _admission(server: Any, place: Place) -> Iterator[Text]:
    with suppress(Exception):  # only a superuser may look
        sql = "select line_number, type, address, netmask, auth_method, error from pg_hba_file_rules order by line_number"
        yield from admission(server.execute(sql).fetchall())
        sql = "select database, user_name, address from pg_hba_file_rules where type <> 'local' and auth_method <> 'reject' and error is null"
        if not lets_in(server.execute(sql).fetchall(), place.database, place.user):
            yield Text(
                "No line of pg_hba.conf lets the colleagues into {database} from the network: on other PCs they cannot sign in. Run: server init --here on the server.",
                database=place.database,
            )


def lets_in(rules: Sequence[tuple[Sequence[str], Sequence[str], str | None]], database: str, administrator: str) -> bool:
    """True where a line for other PCs is for this database and for more than who looks after it. Only what surely is for others
    is told: what a pattern means PostgreSQL alone knows."""
    wide = ("all", "samerole", "samegroup", database)
    return any(
        not _is_loopback(address) and any(one in wide or one[:1] in ("+", "/") for one in databases) and any(one != administrator for one in users)
        for databases, users, address in rules
    )


def admission(rules: Sequence[Rule]) -> Iterator[Text]:
    """What is wrong with the lines of pg_hba.conf."""
    for line, kind, address, netmask, method, error in rules:
        if error:
            yield Text("Line {line} of pg_hba.conf is not understood: {reason}", line=line, reason=error)
            continue
        if kind == "local" or method == "reject":
            continue
        if method == "trust":
            yield Text("Line {line} of pg_hba.conf lets people in without a password.", line=line)
        elif method not in SAFE_METHODS:
            yield Text("Line {line} of pg_hba.conf takes passwords in a way that can be overheard ({method}); write scram-sha-256.", line=line, method=method)
        if kind != "hostssl" and not _is_loopback(address):
            yield Text("Line {line} of pg_hba.conf takes connections without TLS; write hostssl.", line=line)
        if _is_everywhere(address, netmask):
            yield Text("Line {line} of pg_hba.conf takes connections from anywhere; write samenet for the hotel's own network.", line=line)


def _is_loopback(address: str | None) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(address or "").is_loopback
    return address == "localhost"


def _is_everywhere(address: str | None, netmask: str | None) -> bool:
    return address == "all" or netmask in ("0.0.0.0", "::")


def _saved(server: Any) -> Iterator[Text]:
    for name in ON:
        if _one(server, f"show {name}") != "on":
            yield Text("{setting} is off on the server: a power cut can destroy the data. Switch it on.", setting=name)
    if _one(server, "show synchronous_commit") == "off":
        yield Text("synchronous_commit is off on the server: a power cut loses what was just saved. Switch it on.")
    if _one(server, "show data_checksums") != "on":
        yield Text("The server keeps no checksums of its pages: damage by the disk goes unnoticed. With the server stopped: pg_checksums --enable.")
    if _one(server, "show password_encryption") != "scram-sha-256":
        yield Text("New passwords would be kept in the old way: set password_encryption to scram-sha-256.")


def _rights(server: Any, records: Sequence[Record]) -> Iterator[Text]:
    found = _one(server, f"select obj_description(to_regnamespace('{policies.SCHEMA}'), 'pg_namespace')")
    if found is None:
        yield Text("The database is not set up yet. Run: server init")
        return
    if found != policies.mark(records):
        yield Text("The rights on the server are those of another version of this program. Run: server init")
    bare = server.execute(
        "select c.relname from pg_class as c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not c.relrowsecurity"
        " and c.relname = any(%s) order by 1", ([record.key for record in records],),
    ).fetchall()  # fmt: skip
    for (name,) in bare:
        yield Text("The table {table} has no rules for its rows. Run: server init", table=name)


def _people(server: Any) -> Iterator[Text]:
    if _one(server, "select to_regclass('log_in') is null"):
        return
    for login, super_ in server.execute("select l.name, coalesce(r.rolsuper, false) from log_in as l left join pg_roles as r on r.rolname = l.name order by 1"):
        if super_:
            yield Text("The log-in '{login}' may do everything on the server: no rule holds for it. Give the person another one.", login=login)
    sql = (
        "select s.name from log_in as l join staff as s on s.id = l.staff_id join pg_roles as r on r.rolname = l.name"
        " where r.rolcanlogin and (s.gone is not null or (s.left_on <> '' and s.left_on < to_char(now(), 'YYYY-MM-DD'))) order by 1"
    )
    for (name,) in server.execute(sql).fetchall():
        yield Text("{person} has left and still has a log-in. Run: server remove-user", person=name)


def _backup(server: Any) -> Iterator[Text]:
    if _one(server, "select to_regclass('setting') is not null"):
        found = server.execute("select value from setting where key = %s", (LAST_BACKUP,)).fetchone()
        if found is None:
            yield Text("There is no backup of the server yet. Run: server backup --to FOLDER")
        elif found[0][:10] < (datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=BACKUP_DAYS)).isoformat()[:10]:
            yield Text("The last backup of the server is of {day}. Run: server backup --to FOLDER, best every night by itself.", day=found[0][:10])
    if _one(server, "show archive_mode") == "off":
        yield Text("The log of the server (WAL) is not archived: after a loss, what came after the last backup is gone. docs/server.md says how.")
    elif _one(server, "select coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) from pg_stat_archiver"):
        yield Text("Archiving the log of the server (WAL) fails; look at the server's own log. Until then its disk fills up.")


def _noted(server: Any) -> Iterator[Text]:
    """Whoever comes with another program than this one is at least known by name."""
    if _one(server, "show log_connections") in ("off", ""):
        yield Text("The server does not note who connects with which program. Set log_connections to on, or run: server init --here on the server.")


def _clock(server: Any) -> Iterator[Text]:
    before = datetime.datetime.now(datetime.UTC)
    there = _one(server, "select clock_timestamp()")
    here = before + (datetime.datetime.now(datetime.UTC) - before) / 2
    seconds = abs((there - here).total_seconds())
    if seconds > CLOCK_SECONDS:
        yield Text("The clocks of the server and of this PC differ by {seconds} seconds; let both take the time from the network.", seconds=round(seconds))


def _room(server: Any) -> Iterator[Text]:
    if _one(server, "select to_regclass('log_in') is null"):
        return
    most, people = int(_one(server, "show max_connections")), int(_one(server, "select count(*) from log_in"))
    if most < people * EACH_SEAT + SPARE:
        yield Text("{people} people may need more connections than the server gives ({most}); raise max_connections to {wanted}.", people=people, most=most, wanted=people * EACH_SEAT + SPARE)


def _certificate(place: Place) -> Iterator[Text]:
    try:
        shown = certificates.shown_by(place.host, place.port)
    except OSError:
        return
    if shown is None:
        return
    last = certificates.last_day(shown)
    if last < (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=certificates.RENEW_DAYS)).date().isoformat():
        yield Text("The server's certificate ends on {day}; then no seat comes in. Run: server init --here on the server, which makes a new one.", day=last)


def _sleep(place: Place, sleeps: Callable[[], bool | None]) -> Iterator[Text]:
    if place.is_loopback and sleeps():
        yield Text("This PC goes to sleep by itself, and the server with it. Switch that off in its power settings.")

