"""The way into a department's server: where it is, who comes, what the server is known by; and each reason for not getting in as
a sentence. The password is never part of anything that is kept or shown."""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

from crm_desktop.record.text import Refused, Text
from crm_desktop.store.address import Address, is_server, label
from crm_desktop.store.folders import settings_folder

DATABASE, AUTHORITY = "crm", "ca.crt"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
NO_ADDRESS = Text("'{address}' is no address of a server; it looks like 192.168.1.20/crm")
NO_SECRET = Text("Leave the password out of the address: every program on this PC can read it there. You are asked for it.")
NO_LOGIN = Text("Type your log-in name: whoever looks after the server gave it to you with the password.")
NO_AUTHORITY = Text("Choose the certificate of the server first (ca.crt): without it nobody can tell your server from another one.")
NO_FILE = Text("{file} is not there or is no certificate; choose the ca.crt that whoever looks after the server gave you.")
NOBODY = Text("Nobody answers at {server}. Is that PC switched on and in this network? Nothing is lost; try again in a moment.")
WRONG = Text("The server lets nobody in as {login} with this password. Type it again; whoever looks after the server gives a new one.")
SAID = (
    ("password authentication failed", WRONG), ("no password supplied", WRONG), ("is not permitted to log in", WRONG),
    ("no pg_hba.conf entry", Text("The server at {server} takes no connection of {login} from this PC. Tell whoever looks after the server.")),
    ("does not match host name", Text("The certificate of the server is made out to another name than {server}. Use the address it was made for.")),
    ("certificate verify failed", Text(
        "The PC at {server} is not the server you know: its certificate is not of the authority you chose. Nothing was sent. Compare the fingerprint and tell"
        " whoever looks after the server."
    )),
    ("does not support SSL", Text("The server at {server} speaks without encryption, so nothing was sent. Tell whoever looks after the server.")),
    ("failed to resolve host", Text("There is no PC called {host} in this network. Compare the address with the one you were given.")),
    ("permission denied for database", Text("{login} has no part in this database. Tell whoever looks after the server.")),
    ("too many c", Text("Everybody is signed in to the server already; it takes no more. Try again in a moment.")),
    ("the database system is", Text("The server at {server} is just starting. Try again in a moment.")),
    ("does not exist", Text("There is no database {database} on the server. Compare the address with the one you were given.")),
    ("Connection refused", NOBODY), ("timeout expired", NOBODY), ("No route to host", NOBODY), ("Network is unreachable", NOBODY),
    ("Connection timed out", NOBODY), ("closed the connection unexpectedly", NOBODY),
)  # fmt: skip


class Entrance:
    """Where the server is and who comes: `server` as people write it (192.168.1.20/crm, several PCs with commas), the log-in, the
    file of the authority's certificate, and what else stands in the address."""

    def __init__(self, server: str, login: str = "", authority: str = "", more: Mapping[str, str] | None = None) -> None:
        self.server, self.login, self.authority, self.more = server.strip().strip("/"), login.strip(), authority, dict(more or {})
        hosts, _, database = self.server.partition("/")
        self.hosts, self.database = hosts, database or DATABASE

    @classmethod
    def of(cls, address: str) -> Entrance:
        """What an address says. Raises Refused for one that is none, and for one that holds a password."""
        found, secret = split(address)
        if secret:
            raise Refused(NO_SECRET)
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entrance) and self.address() == other.address()

    __hash__ = None  # type: ignore[assignment]

    def address(self, password: str = "") -> str:
        """What opens it; with a password only for this run of the program."""
        secret = f":{quote(password, safe='')}" if password else ""
        who = f"{quote(self.login, safe='')}{secret}@" if self.login else ""
        return f"postgresql://{who}{self.hosts}/{quote(self.database)}" + (f"?{urlencode(self._more())}" if self._more() else "")

    def _more(self) -> dict[str, str]:
        return ({"sslmode": "verify-full", "sslrootcert": self.authority} if self.authority else {}) | self.more

    @property
    def is_here(self) -> bool:
        """True when the server is on this PC: nobody can stand between."""
        return all(_host(one) in LOOPBACK for one in self.hosts.split(","))

    def check(self) -> None:
        """Raise Refused for what cannot be an entrance."""
        if not self.hosts or any(not _host(one) or any(mark in one for mark in " @?#\\") for one in self.hosts.split(",")):
            raise Refused(Text(NO_ADDRESS.source, address=self.server))
        if not self.login:
            raise Refused(NO_LOGIN)
        if self.authority:
            fingerprint(Path(self.authority))
        elif "sslmode" not in self.more and not self.is_here:
            raise Refused(NO_AUTHORITY)


def _host(words: str) -> str:
    return words if words.endswith("]") else words.rpartition(":")[0] if words.rpartition(":")[2].isdigit() and ":" in words else words


def split(address: str) -> tuple[Entrance, str]:
    """An address without its password, and the password. Raises Refused for one that is no address."""
    if not is_server(address):
        address = f"postgresql://{address}"
    rest, _, query = address.partition("://")[2].partition("?")
    who, _, where = rest.rpartition("@")
    login, _, secret = who.partition(":")
    more = dict(parse_qsl(query))
    secret = more.pop("password", "") or unquote(secret)
    authority = more.pop("sslrootcert", "")
    if authority and more.get("sslmode") == "verify-full":
        del more["sslmode"]
    hosts, _, database = where.strip("/").partition("/")
    return Entrance(f"{hosts}/{unquote(database) or DATABASE}", unquote(login), authority, more), secret


def without_secret(address: Address) -> Address:
    """An address that may be kept or shown."""
    return split(address)[0].address() if isinstance(address, str) and is_server(address) else address


def usual_authority() -> str:
    """The certificate that was put into the settings folder; '' where there is none."""
    found = settings_folder() / AUTHORITY
    return str(found) if found.exists() else ""


def fingerprint(certificate: Path) -> str:
    """The SHA-256 of an authority's certificate, as it is read out: pairs of digits with colons. Raises Refused."""
    with suppress(OSError, ValueError):
        der = ssl.PEM_cert_to_DER_cert(certificate.read_text("ascii"))
        return ":".join(f"{byte:02X}" for byte in hashlib.sha256(der).digest())
    raise Refused(Text(NO_FILE.source, file=certificate))


def enter(entrance: Entrance, password: str = "") -> str:
    """Sign in once, to know that it works; the address that opens it in this run. Raises Refused with what to do.

    After some wrong passwords one waits, longer each time, as before a file."""
    from crm_desktop.store import tries
    from crm_desktop.store.server.connection import Connection
    from crm_desktop.store.server.errors import ServerError

    entrance.check()
    address, counted = entrance.address(password), f"server-{hashlib.blake2b(label(entrance.address()).encode(), digest_size=6).hexdigest()}"
    tries.begin(counted, entrance.login)
    try:
        with closing(Connection(address, readonly=True)):
            tries.right(counted, entrance.login)
            return address
    except ServerError as error:
        refused = _refused(error, entrance)
        if refused.text.source != WRONG.source:
            tries.not_asked(counted, entrance.login)
        raise refused from error


def _refused(error: Any, entrance: Entrance) -> Refused:
    words = str(error).strip()
    known = next((text for sign, text in SAID if sign in words), None)
    if known is None:
        return Refused(Text("The server at {host} refused: {reason}", host=entrance.hosts, reason=words.splitlines()[-1] if words else type(error).__name__))
    about = {"server": entrance.server, "host": entrance.hosts, "login": entrance.login, "database": entrance.database}
    return Refused(Text(known.source, **{name: value for name, value in about.items() if f"{{{name}}}" in known.source}))
