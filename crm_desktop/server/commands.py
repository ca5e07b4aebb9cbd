"""`python main.py server ...`: what is typed at the server's PC, or at the PC of whoever looks after it."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from crm_desktop.record.rights import ROLE_CODES
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.server.here import LAN

KEYRING = "crm-desktop server"


def add_words(words: Any, shared: argparse.ArgumentParser) -> None:
    """The words below `server`."""

    def word(name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = words.add_parser(name, parents=[shared], help=help)
        sub.add_argument("address", metavar="ADDRESS", help="postgresql://ADMINISTRATOR@HOST/DATABASE, without the password")
        sub.add_argument("--authority", default="", metavar="ca.crt", help="the certificate the server is known by")
        sub.add_argument("--remember", action="store_true", help="keep the administrator's password in this PC's keyring")
        sub.add_argument("--password-file", type=Path, default=argparse.SUPPRESS, metavar="FILE", help="the administrator's password, where nobody can type it")
        sub.set_defaults(run=run)
        return sub

    sub = word("init", init, "make database, roles, rights and certificates; again after an update of the program")
    sub.add_argument("--certificates", type=Path, default=Path("server-certificates"), metavar="FOLDER")
    sub.add_argument("--name", action="append", default=[], metavar="HOST", help="a name or address the seats know the server by (several: say it again)")
    sub.add_argument("--here", action="store_true", help="the server runs on this PC: put its certificate in, switch TLS on, let only the network in")
    sub.add_argument("--lan", default=LAN, metavar="NETWORK", help="who may come, as 192.168.1.0/24; the server's own networks when left out")
    sub = word("add-user", add_user, "give a colleague a log-in, or another password or role")
    sub.add_argument("login")
    sub.add_argument("--person", dest="colleague", required=True, metavar="NAME")
    sub.add_argument("--role", required=True, choices=ROLE_CODES)
    sub.add_argument("--hotel", default="", metavar="CODE", help="only of this hotel; of all when left out")
    sub.add_argument("--choose", action="store_true", help="type the password instead of having one made")
    sub = word("remove-user", remove_user, "take a log-in away; what the person wrote stays")
    sub.add_argument("login")
    word("check", check, "say what is missing at the server")
    sub = word("backup", back_up, "copy the whole server while everybody works, and prove the copy")
    sub.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    sub = word("move", move, "bring the database of one PC to an empty one on the server")
    sub.add_argument("--data", type=Path, required=True, metavar="FILE")
    sub = word("fetch", fetch, "bring everything on the server into a database file")
    sub.add_argument("--to", type=Path, required=True, metavar="FILE")
    sub.add_argument("--reason", default="", help="what for; the server's log keeps it")
    sub = word("take-along", take_along, "what your own log-in sees, as an encrypted file to read where there is no server")
    sub.add_argument("--to", type=Path, required=True, metavar="FILE")
    sub.add_argument("--reason", default="", help="what for; the log keeps it")
    sub.add_argument("--beside", default="", metavar="LOGIN", help="a colleague who stands by it, for many rows; their password is asked for")
    alone = words.add_parser("stay", parents=[shared], help="go on working in a file that was moved to a server")
    alone.add_argument("--data", type=Path, required=True, metavar="FILE")
    alone.set_defaults(run=stay)


def _place(options: argparse.Namespace) -> Any:
    """The server, its administrator's password found or asked for."""
    from crm_desktop.server import link

    place = link.Place(options.address, options.authority)
    kept = _in_file(getattr(options, "password_file", None)) or _kept(place.address(link.MAINTENANCE))
    link.sign_in(place, lambda user: kept or ask(say(Text("Password of {user} at the server: ", user=user))))
    if options.remember and place.password and place.password != kept:
        _keep(place.address(link.MAINTENANCE), place.password)
    return place


def _in_file(file: Path | None) -> str:
    """The first line of the file named; '' where none is. Raises Refused for one that cannot be read."""
    try:
        return (file.read_text("utf-8").splitlines() or [""])[0] if file else ""
    except (OSError, UnicodeError) as error:
        raise Refused(Text("The password file {file} cannot be read.", file=str(file))) from error


def _kept(address: str) -> str:
    """The password kept in this PC's keyring; '' where there is none, or no keyring."""
    with suppress(Exception):
        import keyring

        return keyring.get_password(KEYRING, address) or ""
    return ""


def _keep(address: str, password: str) -> None:
    try:
        import keyring

        keyring.set_password(KEYRING, address, password)
    except Exception as error:
        raise Refused(Text("This PC has no keyring that could keep the password; leave --remember out.")) from error


def ask(prompt: str) -> str:
    """A password typed unseen; from a pipe, its next line."""
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass.getpass(prompt)
    return (sys.stdin.readline() if sys.stdin is not None else "").rstrip("\r\n")


def _tell(text: Text) -> None:
    print(say(text))


def init(options: argparse.Namespace) -> int:
    """Set a server up, or bring it to this version of the program."""
    from crm_desktop.server import certificates, doing

    place = _place(options)
    done = doing.prepare(place, doing.Plan(tuple(options.name), options.certificates, options.here, options.lan), lambda _: None)
    _tell(Text("The database {database} is ready: {count} roles, their rights, and the log.", database=place.database, count=len(ROLE_CODES)))
    if done.fingerprint:
        _tell(Text("Give every seat {file} and read its fingerprint out to them:", file=options.certificates / certificates.AUTHORITY))
        print(done.fingerprint)
        _tell(Text("Keep {file} where nobody else comes: whoever has it can pass for your server.", file=options.certificates / certificates.AUTHORITY_KEY))
    if done.restart:
        _tell(Text("Restart PostgreSQL once, so that it answers the network."))
    return 0


def add_user(options: argparse.Namespace) -> int:
    """Give a colleague a log-in and a role; the password is shown once."""
    from crm_desktop.server import doing, setting_up

    setting_up.check_login(options.login)
    place = _place(options)
    password = _chosen() if options.choose else setting_up.make_password()
    doing.give_log_in(place, options.login, options.colleague, options.role, options.hotel, password)
    if options.choose:
        _tell(Text("{person} signs in as {login}.", person=options.colleague, login=options.login))
    else:
        _tell(Text("{person} signs in as {login} with this password, shown only now:", person=options.colleague, login=options.login))
        print(password)
    return 0


def _chosen() -> str:
    from crm_desktop.server import setting_up

    first = ask(say(Text("New password: ")))
    if first != ask(say(Text("Once more: "))):
        raise Refused(Text("The two passwords are not the same; nothing was changed."))
    setting_up.check_password(first)
    return first


def remove_user(options: argparse.Namespace) -> int:
    """Take a log-in away."""
    from crm_desktop.server import setting_up

    setting_up.take_away(_place(options), options.login)
    _tell(Text("Nobody signs in as {login} any more.", login=options.login))
    return 0


def check(options: argparse.Namespace) -> int:
    """Say what is missing; 1 when anything is."""
    from crm_desktop.duties import RECORDS
    from crm_desktop.server import checking

    found = checking.everything(_place(options), RECORDS)
    for finding in found:
        print(say(finding), file=sys.stderr)
    if not found:
        _tell(Text("The server is as it should be."))
    return 1 if found else 0


def back_up(options: argparse.Namespace) -> int:
    """Make a proven copy of the whole server."""
    from crm_desktop.server import backing_up

    print(backing_up.back_up(_place(options), options.to))
    return 0


def move(options: argparse.Namespace) -> int:
    """Move a file's database to the server."""
    from crm_desktop.duties import RECORDS
    from crm_desktop.server import moving, setting_up

    done = moving.to_server(options.data, setting_up.as_owner(_place(options)), RECORDS, _Shown())
    if done.total:
        _tell(Text("{count} rows and {files} files are on the server, compared one by one. {file} stays as it is and is closed.", count=done.total, files=done.files, file=options.data))
    else:
        _tell(Text("Everything is on the server already. {file} is closed.", file=options.data))
    return 0


def stay(options: argparse.Namespace) -> int:
    """Open a moved file again."""
    from crm_desktop.duties import RECORDS
    from crm_desktop.server import moving

    moving.stay(options.data, RECORDS)
    _tell(Text("{file} opens again. What was done on the server since it moved is not in it.", file=options.data))
    return 0


def fetch(options: argparse.Namespace) -> int:
    """The server's database as a file."""
    from crm_desktop.server import doing

    done = doing.fetch(_place(options), options.to, _Shown(), reason=options.reason)
    _tell(Text("{count} rows and {files} files are in {file}, compared one by one.", count=done.total, files=done.files, file=options.to))
    return 0


def take_along(options: argparse.Namespace) -> int:
    """A copy to read on the way."""
    from crm_desktop.duties import RECORDS
    from crm_desktop.server import link, taking

    place, question = link.Place(options.address, options.authority), Text("Password of {user} at the server: ")
    link.sign_in(place, lambda user: ask(say(Text(question.source, user=user))), database=place.database)
    beside = (options.beside, ask(say(Text(question.source, user=options.beside))) if options.beside else "")
    done = taking.take_along(place.address(secret=place.password), options.to, RECORDS, _Shown(), reason=options.reason, beside=beside)
    _tell(Text("{count} rows are in {file}, to be read only.", count=done.total, file=options.to))
    return 0


class _Shown:
    """How far it is, on a terminal."""

    def __call__(self, done: int, total: int) -> None:
        if sys.stderr is not None and sys.stderr.isatty():
            print(f"\r{done:,} / {total:,}", end="", file=sys.stderr, flush=True)
