"""The work behind the settings: the state of the data, backups, checks, the plain copy, what was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from crm_desktop.desk.desk import PLAIN_COPY
from crm_desktop.desk.settings import SETTING_CHANGED, told_change
from crm_desktop.record.dates import local_instant
from crm_desktop.record.text import Text
from crm_desktop.store import backup, check, history, plain
from crm_desktop.store.history import Entry

OLD_HOURS = 24


class State:
    """Where the data is, how much, and its backups."""

    def __init__(self, path: Path, size: int, rows: int, backups: list[backup.Backup], changed: bool) -> None:
        self.path, self.size, self.rows, self.backups, self._changed = path, size, rows, backups, changed

    @property
    def backup_is_old(self) -> bool:
        """True when something changed and no backup of the last day holds it."""
        if not self._changed:
            return False
        if not self.backups:
            return True
        made = dt.datetime.strptime(self.backups[0].made_at, backup.STAMP).replace(tzinfo=dt.UTC)
        return dt.datetime.now(dt.UTC) - made > dt.timedelta(hours=OLD_HOURS)


instant = backup.instant


def state(store: Any, reader: Any) -> State:
    """Read the state."""
    return State(store.path, store.path.stat().st_size, check.living(reader, store.records), backup.listed(store.path), backup.is_due(store, reader))


def back_up(store: Any, step: Callable[[], None]) -> Path:
    """Make a backup over a connection of its own."""
    with closing(store.open_reader()) as reader:
        return backup.make(store, reader, step=step).path


def back_up_if_due(store: Any, reader: Any) -> Path | None:
    """Make a backup when something changed since the newest."""
    return back_up(store, _nothing) if backup.is_due(store, reader) else None


def _nothing() -> None:
    pass


def check_all(store: Any, reader: Any) -> list[Text]:
    """Every check that only reads."""
    return check.everything(reader, store.keys, store.records)


def plain_copy(desk: Any, path: Path) -> None:
    """Write it, then log it. The person has chosen the file in a dialog, which asks before it replaces one."""
    plain.copy(desk.store, path, replace=True)
    desk.note(PLAIN_COPY, str(path))


def entries(store: Any, reader: Any) -> list[tuple[Entry, tuple[Text | str, ...]]]:
    """The newest actions, and each as a row of texts."""
    found = history.newest(reader, store.by_key)
    return [(entry, told(entry, _behind(reader, store, entry))) for entry in found]


def _behind(reader: Any, store: Any, entry: Entry) -> Text | None:
    """What an undo or redo turned back."""
    one: Entry | None = entry
    while one is not None and one.action in ("Undone", "Redone"):
        one = history.entry(reader, store.by_key, int(one.source))
    if one is None or one is entry:
        return None
    return Text("{action} {what}", action=WORDS.get(one.action, one.action), what=one.about)


def details(store: Any, reader: Any, change_id: int) -> list[tuple[Text | str, ...]]:
    """The values an action changed, as rows of texts."""
    found = history.details(reader, store.by_key, change_id)
    return [(one.name, one.field.label, one.before, one.after) for one in found]


WORDS = {
    "Added": Text("Added"), "Changed": Text("Changed"), "Removed": Text("Removed"), "Imported": Text("Imported"),
    "Undone": Text("Undone"), "Redone": Text("Redone"), "Exported": Text("Exported"), "Plain copy made": Text("Plain copy made"),
    "Setting changed": Text("Setting changed"),
}  # fmt: skip
HOLDS, UNDONE = Text("Holds"), Text("Undone")


def told(entry: Entry, undone: Text | None) -> tuple[Text | str, ...]:
    """An action as a row of texts."""
    by_undo = entry.action in ("Undone", "Redone")
    state: Text | str = "" if not entry.rows or (by_undo and not entry.undoable) else HOLDS if entry.undoable else UNDONE
    what: Text | str = told_change(entry.source) if entry.action == SETTING_CHANGED.source else entry.about
    if by_undo:
        what = undone or ""
    return (local_instant(entry.at), entry.who, WORDS.get(entry.action, entry.action), what, f"{entry.rows:,}", state)
