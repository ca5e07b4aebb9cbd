"""A proven backup ahead of what touches much at once: an import, a check. Reasons: docs/decisions/035-backup-ahead.md."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crm_desktop.record.text import Refused, Text
from crm_desktop.store import backup, database
from crm_desktop.store.address import is_server

if TYPE_CHECKING:
    from crm_desktop.store.store import Store

QUICK = 64 << 20  # bytes that are copied and proven in a few seconds: always done
FRESH = dt.timedelta(minutes=30)  # a larger database is content with a backup as new as those that are made by themselves
FIRST = Text("a backup is made first")
NONE_FIRST = Text("No backup could be made before the check. {reason}")


def is_wanted(store: Store, reader: Any) -> bool:
    """True when something changed since the newest backup, and that is not fresh enough for a large database."""
    if not backup.is_due(store, reader):
        return False
    newest = next(iter(backup.listed(store.path)), None)
    return newest is None or store.size(reader) <= QUICK or not dt.timedelta(0) <= backup.age(newest.made_at) < FRESH


def secure(store: Store, step: Callable[[], None]) -> Text | None:
    """Have a backup of what is there now; why there is none when it cannot be made. `step` may raise to stop."""
    if is_server(store.address):  # backed up there
        return None
    try:
        with contextlib.closing(store.open_reader()) as reader:
            if is_wanted(store, reader):
                backup.make(store, reader, step=step)
    except (Refused, database.Error, OSError) as error:
        return database.explain(error).text
    return None
