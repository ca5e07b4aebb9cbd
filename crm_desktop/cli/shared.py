"""What every word of the command line leans on: the database it names, who signs in, and how progress is told."""

from __future__ import annotations

import argparse
import os
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.address import ON_SERVER, is_server


def file_of(options: argparse.Namespace) -> Path:
    """The database as a file. Raises Refused for one on a server."""
    if isinstance(options.data, str):
        raise Refused(ON_SERVER)
    return Path(options.data)


def default_database() -> Path:
    """The database of this person when none is named."""
    from crm_desktop.desk.settings import Settings, own_database

    return own_database(Settings())


def sample() -> Path:
    """The sample hotel's database, made when it is not there."""
    from crm_desktop.demo import place

    return place.ready()


def tell(words: str) -> None:
    """One line for a person, on stderr: stdout belongs to what was asked for."""
    print(words, file=sys.stderr)


def open_store(options: argparse.Namespace, *, create: bool = False, fresh: Any = None) -> Any:
    """The database, opened in the name of whoever signed in."""
    from crm_desktop.desk.people import signed_in
    from crm_desktop.desk.settings import OWN_FILE, Settings
    from crm_desktop.duties import RECORDS
    from crm_desktop.record.ids import encode
    from crm_desktop.store.store import Store

    return Store(
        options.data,
        RECORDS,
        create=create and str(options.data) != Settings().get(OWN_FILE),  # its disk may be away
        fresh=fresh,
        seat=encode(options.person) if options.person else signed_in(),
    )


def open_desk(store: Any, options: argparse.Namespace) -> Any:
    """A desk with the rights of whoever signed in."""
    from crm_desktop.desk.desk import Desk
    from crm_desktop.desk.people import signed_in
    from crm_desktop.desk.settings import Settings

    settings = Settings()
    settings.person = options.person
    desk = Desk(store, signed_in())
    desk.sit(settings)
    return desk


def open_reader(store: Any, options: argparse.Namespace) -> Any:
    """A reader that shows what whoever signed in may see."""
    from crm_desktop.desk.rights import sighted

    return closing(sighted(store, options.person))


def sign_in(options: argparse.Namespace) -> int:
    """The person who signed in by the name and password given or typed; 0 where nobody needs to. Raises Refused."""
    from crm_desktop.desk import sign_in as door
    from crm_desktop.store.keys import Locked

    options.login = getattr(options, "login", "") or os.environ.get("CRM_DESKTOP_LOGIN", "")
    if not (at_server := is_server(options.data)) and not door.is_locked(options.data):
        return 0
    password = _password(getattr(options, "password_file", None))
    if at_server:  # with none given, PostgreSQL's own password file counts
        options.data, person = door.at_server(options.data, options.login, password or "")
        return person
    if password is None or not options.login:
        raise Locked(options.data)
    return door.open_with_password(options.data, options.login, password).person


def _password(file: Path | None) -> str | None:
    """The password from a file, the environment or, at a terminal, the keyboard."""
    if file is not None:
        return file.read_text("utf-8").removesuffix("\n").removesuffix("\r")
    if "CRM_DESKTOP_PASSWORD" in os.environ:
        return os.environ["CRM_DESKTOP_PASSWORD"]
    if not sys.stdin.isatty():
        return None
    from getpass import getpass

    return getpass(say(Text("Password")) + ": ")


def record_of(word: str) -> Any:
    """The record by the word of its files."""
    from crm_desktop.duties import RECORDS

    return next(record for record in RECORDS if record.file_word == word)


class Progress:
    """How far the work is, on stderr, for a person watching a terminal."""

    def __init__(self) -> None:
        self._begun = self._told = time.monotonic()

    def step(self, done: int, total: int) -> None:
        """Tell twice a second."""
        now = time.monotonic()
        if sys.stderr.isatty() and now - self._told > 0.5:
            self._told = now
            print(f"\r{done:,} / {total or done:,}  {done / (now - self._begun):,.0f}/s ", end="", file=sys.stderr)
