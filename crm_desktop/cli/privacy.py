"""A person's rights to their data by the command line: a copy of it, and having it erased."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from crm_desktop.cli.shared import open_desk, open_store, tell
from crm_desktop.record.ids import decode
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.address import is_server

ERASED = Text("Erased. An older backup that is restored is without this person, too.")
ERASED_THERE = Text("Erased. Older backups of the server still hold this person until they are thinned; whoever restores one gives this word again.")


def _person(store: Any, word: str) -> tuple[Any, int]:
    """The person whose id was typed. Raises Refused."""
    try:
        return store.by_key["person"], decode(word.strip().upper())
    except ValueError:
        raise Refused(Text("'{value}' is not an id: it stands in the column id of every export.", value=word)) from None


@contextmanager
def _there(word: str) -> Iterator[None]:
    """Say of an id that nobody has what a form says of a row that is gone."""
    from crm_desktop.desk.desk import Conflict

    try:
        yield
    except Conflict:
        raise Refused(Text("Nobody here has the id {id}: never, or removed already. Look for it in the column id of an export.", id=word)) from None


def copy_person(options: argparse.Namespace) -> int:
    """Write all that is known of a person to a workbook or a JSON file, and log that it was made."""
    from crm_desktop.duties.consents import requests

    with open_store(options) as store, _there(options.id):
        rows = requests.copy(open_desk(store, options), *_person(store, options.id), options.to, options.reason)
    tell(say(Text("{count} rows written to {file}", count=f"{rows:,}", file=options.to)))
    return 0


def erase_person(options: argparse.Namespace) -> int:
    """Erase a person for good, or only say what that would mean."""
    from crm_desktop.desk import privacy
    from crm_desktop.duties.consents import requests

    with open_store(options) as store:
        desk = open_desk(store, options)
        privacy.may(desk)
        record, row_id = _person(store, options.id)
        with _there(options.id):
            found = privacy.known(store.writer, store.records, record, row_id)
        for line in privacy.told(found):
            print(say(line))
        if not options.dry_run:
            requests.erase(desk, record, row_id, found.version, options.reason)
            tell(say(ERASED_THERE if is_server(store.address) else ERASED))
        for line in privacy.left(store, found):
            tell(say(line))
    return 0
