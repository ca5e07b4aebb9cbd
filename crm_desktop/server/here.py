"""Making the PostgreSQL of this very PC safe: its certificate, TLS, and who may come from where. What is replaced is kept
beside it."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from crm_desktop.record.text import Refused, Text
from crm_desktop.server import certificates, link
from crm_desktop.server.link import Place
from crm_desktop.server.members import text

BEFORE = ".before-crm"
LAN = "samenet"  # the networks the server itself stands in
MARK = "# Written by the CRM."
HEAD = f"{MARK} What stood here before is in {{before}}; lines for another network go below.\n"
SAFE = ("scram-sha-256", "cert")
LINES = (
    ("hostssl", "{database}", "+{database}_seats", "{lan}"), ("hostssl", "all", "{admin}", "127.0.0.1/32"), ("hostssl", "all", "{admin}", "::1/128"),
    ("hostssl", "replication", "{admin}", "127.0.0.1/32"), ("hostssl", "replication", "{admin}", "::1/128"),
)  # fmt: skip


def secure(place: Place, folder: Path, lan: str = LAN) -> bool:
    """Put the folder's certificate into the server, switch TLS on, and let in only who comes with it. Returns True when the
    server must still be restarted to be reached from the network. Raises Refused when this is not the server's PC, or not
    its user."""
    with link.administrator(place, link.MAINTENANCE) as server:
        data, admission = Path(_show(server, "data_directory")), Path(_show(server, "hba_file"))
        _install(folder, data, certificates.SERVER, certificates.SERVER_KEY)
        for name, value in {
            "ssl_cert_file": certificates.SERVER, "ssl_key_file": certificates.SERVER_KEY, "ssl_ca_file": "", "ssl": "on",
            "password_encryption": "scram-sha-256", "listen_addresses": "*", "log_connections": "on",
        }.items():  # fmt: skip
            server.execute(f"alter system set {name} = {text(value)}")
        _admit(admission, place, lan, _others(server, place))
        server.execute("select pg_reload_conf()")
        return _waits(server)


def waits_for_restart(place: Place) -> bool:
    """True while the server must still be restarted to be reached from the network. Raises Refused when nobody answers."""
    with link.administrator(place, link.MAINTENANCE) as server:
        return _waits(server)


def _waits(server: Any) -> bool:
    return "*" not in _show(server, "listen_addresses")


def _show(server: Any, name: str) -> str:
    return str(server.execute(f"show {name}").fetchone()[0])


def _others(server: Any, place: Place) -> list[str]:
    """The databases of this program beside the one that is meant: each has a role for its seats."""
    found = server.execute("select datname from pg_database join pg_roles on rolname = datname || '_seats' order by datname").fetchall()
    return [str(row[0]) for row in found if row[0] != place.database]


def _install(folder: Path, data: Path, *names: str) -> None:
    try:
        owner = data.stat()
        for name in names:
            target = data / name
            shutil.copyfile(folder / name, target)
            target.chmod(0o600)
            _hand_over(target, owner)
    except OSError as error:
        raise Refused(Text("{folder} is not in reach: --here is for the PC of the server, as the user it runs as or as root.", folder=data)) from error


def _hand_over(path: Path, owner: os.stat_result) -> None:
    if hasattr(os, "chown") and os.geteuid() == 0:
        os.chown(path, owner.st_uid, owner.st_gid)


def _admit(file: Path, place: Place, lan: str, others: Sequence[str]) -> None:
    """Write pg_hba.conf; what stood there before somebody asked this program to is replaced but for this PC's own sockets."""
    before = file.with_name(file.name + BEFORE)
    try:
        old, owner = file.read_text("utf-8"), file.stat()
        if not before.exists():
            shutil.copy2(file, before)
            _hand_over(before, owner)  # the server reads every file of its folder when it is copied
        part = file.with_name(file.name + ".new")
        part.write_text(HEAD.format(before=before.name) + "".join(lines(old, place, lan, others)), "utf-8")
        part.chmod(0o600)
        _hand_over(part, owner)
        part.replace(file)
    except OSError as error:
        raise Refused(Text("{folder} is not in reach: --here is for the PC of the server, as the user it runs as or as root.", folder=file)) from error


def lines(old: str, place: Place, lan: str, others: Sequence[str] = ()) -> Iterator[str]:
    """The lines of a new pg_hba.conf: for this database, and for the `others` of this program on the server. Of a file this
    program wrote those somebody added stay, too, where they ask for TLS and a password."""
    for line in old.splitlines():
        if line.split("#")[0].split()[:1] == ["local"]:
            yield line + "\n"
    own = [_line([part.format(database=place.database, admin=place.user, lan=lan) for part in parts]) for parts in LINES]
    added = [line for line in _added(old, place.database) if line not in own] if old.startswith(MARK) else []
    yield from (*own, *added)
    for other in others:
        if not any(f" {_seats(other)} " in line for line in added):
            yield _line(["hostssl", other, _seats(other), lan])


def _seats(database: str) -> str:
    return f"+{database}_seats"


def _added(old: str, database: str) -> Iterator[str]:
    """All that lets somebody in from the network but the first line for this database, which was written here."""
    written = False
    for line in old.splitlines():
        with suppress(ValueError):  # a quotation mark without its other one
            parts = shlex.split(line, comments=True)
            if parts[:1] != ["hostssl"] or parts[-1] not in SAFE:
                continue
            if not written and parts[1:3] == [database, _seats(database)]:
                written = True
            else:
                yield line + "\n"


def _line(parts: Sequence[str]) -> str:
    return " ".join([*(f'"{part}"' if " " in part else part for part in parts), "scram-sha-256"]) + "\n"
