"""A connection to the server with an administrator's log-in. The password is asked for or comes from where PostgreSQL's own
tools find it (its password file, its environment): never from a command line, which every program on the PC can read."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import psycopg
from psycopg import conninfo

from crm_desktop.record.text import Refused, Text

VERSIONS = range(15, 19)
DATABASE, MAINTENANCE = "crm", "postgres"
PATIENCE = 10  # seconds
LOOPBACK = ("localhost", "127.0.0.1", "::1", "")
Ask = Callable[[str], str]  # user -> password
SAID = (
    ("password authentication failed", Text("The server at {host} lets nobody in as {user} with this password.")),
    ("no password supplied", Text("The server at {host} asks for the password of {user}: type it, or name a file that holds it with --password-file.")),
    ("no pg_hba.conf entry", Text("The server at {host} takes no connection of {user} from this PC; its pg_hba.conf says who may come from where.")),
    ("certificate verify failed", Text("The server at {host} shows a certificate that is not of your certificate authority: it may be another server. Nothing was sent.")),
    ("Connection refused", Text("Nobody answers at {host}: is PostgreSQL running there, and does the firewall let this PC in?")),
    ("timeout expired", Text("Nobody answers at {host}: is PostgreSQL running there, and does the firewall let this PC in?")),
    ("failed to resolve host", Text("There is no PC called {host} in this network.")),
)  # fmt: skip


class Place:
    """Where the server is and who looks after it: `postgresql://user@host:port/database`, and `ca.crt` where it is known."""

    def __init__(self, address: str, authority: str = "") -> None:
        parts = urlsplit(address)
        try:
            if parts.scheme not in ("postgresql", "postgres") or not parts.hostname:
                raise ValueError
            port = parts.port or 5432
        except ValueError:
            raise Refused(Text("'{address}' is no address of a server; it looks like postgresql://postgres@192.168.1.20/crm", address=address)) from None
        if parts.password:
            raise Refused(Text("Leave the password out of the address: every program on this PC can read it there. You are asked for it."))
        self.host, self.port, self.authority = parts.hostname, port, authority
        self.user = unquote(parts.username or "postgres")
        self.database = unquote(parts.path[1:]) or DATABASE
        self.password: str | None = None
        if not self.database.replace("_", "").isalnum() or not self.database.isascii() or self.database != self.database.lower():
            raise Refused(Text("The name of the database takes small letters, digits and underscores only."))

    def address(self, database: str = "", secret: str | None = None, **more: str) -> str:
        """The address of a database of this server; without the password unless it is given."""
        if self.authority:
            more = {"sslmode": "verify-full", "sslrootcert": self.authority} | more
        tail = "&".join(f"{name}={quote(value, safe='')}" for name, value in more.items())
        host = f"[{self.host}]" if ":" in self.host else self.host
        key = f":{quote(secret, safe='')}" if secret else ""
        return f"postgresql://{quote(self.user)}{key}@{host}:{self.port}/{database or self.database}" + (f"?{tail}" if tail else "")

    @property
    def is_loopback(self) -> bool:
        """True when the server is on this PC."""
        return self.host in LOOPBACK


def sign_in(place: Place, ask: Ask, database: str = MAINTENANCE) -> None:
    """Find out the password that is needed, if any, and keep it for this run. Raises Refused."""
    try:
        _connect(place, database).close()
    except psycopg.OperationalError as error:
        if "no password supplied" not in str(error):
            raise refused(error, place) from error
        place.password = ask(place.user)
    with administrator(place, database):
        pass


@contextmanager
def administrator(place: Place, database: str = "", *, role: str = "") -> Generator[Any, None, None]:
    """A connection in which every statement is for itself; as another role where one is named. Raises Refused in words."""
    try:
        with _connect(place, database or place.database) as connection:
            connection.add_notice_handler(_ignored)
            if role:
                connection.execute(f'set role "{role}"')
            yield connection
    except psycopg.Error as error:
        raise refused(error, place) from error


def if_it_may(server: Any, statement: str) -> None:
    """What an administrator who is no superuser may not always do, and the rest works without."""
    with suppress(psycopg.errors.InsufficientPrivilege), server.transaction():
        server.execute(statement)


def _ignored(_notice: Any) -> None:
    pass


def _connect(place: Place, database: str) -> psycopg.Connection[Any]:
    words = conninfo.make_conninfo(place.address(database), connect_timeout=PATIENCE, application_name="crm-desktop server", password=place.password)
    return psycopg.connect(words, autocommit=True)


def refused(error: psycopg.Error, place: Place) -> Refused:
    """What PostgreSQL said, as a sentence; its own words stand in it where we have none."""
    words, here = str(error).strip(), f"{place.host}:{place.port}"
    if known := next((text for sign, text in SAID if sign in words), None):
        return Refused(Text(known.source, host=here, user=place.user))
    return Refused(Text("The server at {host} refused: {reason}", host=here, reason=words.splitlines()[0] if words else type(error).__name__))


def version(connection: Any) -> int:
    """The major version of the server."""
    return int(connection.info.server_version) // 10_000
