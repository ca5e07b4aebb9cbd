"""The work behind the settings: the state of the data, backups, checks, the plain copy, what was done."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from crm_desktop.desk.desk import EXPORTED, PLAIN_COPY, REMOVED, REVEALED
from crm_desktop.desk.privacy import COPIED
from crm_desktop.desk.rights import need, wholly
from crm_desktop.desk.settings import SETTING_CHANGED, told_change
from crm_desktop.record.dates import local_instant
from crm_desktop.record.ids import decode
from crm_desktop.record.rights import COPY, OPEN
from crm_desktop.record.text import Refused, Text, listed
from crm_desktop.store import backup, check, history, memory, plain, second_place, weekly
from crm_desktop.store.address import is_server
from crm_desktop.store.history import Entry
from crm_desktop.store.log import BY_ITSELF, FOR

OLD_HOURS = 24


class State:
    """Where the data is, how much, and its backups."""

    def __init__(self, path: str, size: int, rows: int, backups: list[backup.Backup], changed: bool) -> None:
        self.path, self.size, self.rows, self.backups, self._changed = path, size, rows, backups, changed

    @property
    def backup_is_old(self) -> bool:
        """True when something changed and no backup of the last day holds it."""
        if not self._changed:
            return False
        if not self.backups:
            return True
        return self.backups[0].is_of_the_future or backup.age(self.backups[0].made_at) > dt.timedelta(hours=OLD_HOURS)


instant = backup.instant


def state(store: Any, reader: Any) -> State:
    """Read the state."""
    return State(store.label, store.size(reader), check.living(reader, store.records), backup.listed(store.path), backup.is_due(store, reader))


def back_up(store: Any, step: Callable[[], None], second: str = "") -> Path:
    """Make a backup over a connection of its own; `second`: the folder it is copied to, too."""
    with closing(store.open_reader()) as reader:
        made = backup.make(store, reader, step=step).path
    if second:
        second_place.bring(store.path, Path(second))
    return made


def keep_backed_up(store: Any, reader: Any, second: str = "", *, first: bool = False) -> tuple[Exception | None, bool]:
    """Make a backup when something changed since the newest, and have it at the second place; what went wrong if anything
    did, and whether there is none of the last day. `first` after the start: the pages are looked at in any case."""
    problem: Exception | None = None
    try:
        if backup.is_due(store, reader):
            back_up(store, _nothing, second)
        elif first and (wrong := check.pages(reader, indexes=False)):
            problem = Refused(wrong[0])
        elif second:
            second_place.bring(store.path, Path(second))
    except (Refused, OSError) as error:
        problem = error
    old = State("", 0, 0, backup.listed(store.path), backup.is_due(store, reader)).backup_is_old
    memory.give_back(reader)
    return problem, old


def _nothing() -> None:
    pass


def check_all(store: Any, reader: Any) -> list[Text]:
    """Every check that only reads, of all rows, whoever asks for it."""
    with wholly(reader):
        problems = check.everything(reader, store.keys, store.records)
    if not is_server(store.address):
        weekly.keep(store.path, problems)
    return problems


def plain_copy(desk: Any, path: Path) -> None:
    """Write it, then log it. The person has chosen the file in a dialog, which asks before it replaces one."""
    need(desk.rights, COPY)
    plain.copy(desk.store, path, replace=True)
    desk.note(PLAIN_COPY, str(path))


EVERYTHING, GONE, LOOKED = "", "gone", "looked"
VIEWS = ((EVERYTHING, Text("Everything")), (GONE, Text("What was removed")), (LOOKED, Text("Who looked, and what left the house")))
OPENED, LATELY = "Confidential file opened", 30  # days
LOOKS = (REVEALED.source, OPENED, EXPORTED.source, PLAIN_COPY.source, COPIED.source, "Paper handed out")
ROW = re.compile(r"(?P<record>[a-z_]+):(?P<row>[A-Z2-7]{13})(?:\.(?P<field>\w+))?")


def entries(store: Any, reader: Any, view: str = EVERYTHING) -> list[tuple[Entry, tuple[Text | str, ...]]]:
    """The newest actions of a view, and each as a row of texts."""
    if view == GONE:
        found = history.removed(reader, store.by_key, REMOVED.source)
    else:
        found = history.newest(reader, store.by_key, actions=LOOKS if view == LOOKED else ())
    return [(entry, told(entry, _behind(reader, store, entry), _looked(reader, store, entry))) for entry in found]


def looks(reader: Any) -> Text | None:
    """How often each colleague had a sensitive value or a confidential file shown lately; None where nobody did."""
    since = (dt.datetime.now(dt.UTC) - dt.timedelta(days=LATELY)).strftime("%Y-%m-%dT%H:%M:%S")
    found = history.counted(reader, (REVEALED.source, OPENED), since)
    people = listed([Text("{who} {count} times", who=who(name), count=count) for name, count in found])
    return Text("Sensitive values and confidential files shown in {days} days: {people}", days=LATELY, people=people) if found else None


def _looked(reader: Any, store: Any, entry: Entry) -> Text | str | None:
    """What somebody looked at or took out: the row in words, with the value that was shown."""
    if entry.action == OPENED:
        return history.headed(reader, store.by_key, entry)
    found = ROW.match(entry.source) if entry.action in (REVEALED.source, COPIED.source) else None
    record = store.by_key.get(found["record"]) if found else None
    if found is None or record is None:
        return None
    name = history.name_of(reader, record, decode(found["row"]))
    field = record.by_name.get(found["field"] or "")
    return Text("{name}: {field}", name=name, field=field.label) if field else name


def _behind(reader: Any, store: Any, entry: Entry) -> Text | None:
    """What an undo or redo turned back."""
    one: Entry | None = entry
    while one is not None and one.action in ("Undone", "Redone"):
        one = history.entry(reader, store.by_key, int(one.source))
    if one is None or one is entry:
        return None
    return Text("{action} {what}", action=Text(one.action), what=one.about)


def details(store: Any, reader: Any, change_id: int) -> list[tuple[Text | str, ...]]:
    """Why an action was done, and the values it changed, as rows of texts."""
    why = history.reason_of(reader, change_id)
    found = history.details(reader, store.by_key, change_id, getattr(reader, "rights", OPEN))
    return [*([("", Text("Reason"), "", why)] if why else []), *((one.name, one.field.label, one.before, one.after) for one in found)]


def who(name: str) -> Text | str:
    """Who did something, and in whose place."""
    person, placed, absent = name.partition(FOR)
    return Text("{person} for {absent}", person=person, absent=absent) if placed else person


HOLDS, UNDONE = Text("Holds"), Text("Undone")


def told(entry: Entry, undone: Text | None, looked: Text | str | None = None) -> tuple[Text | str, ...]:
    """An action as a row of texts. Actions are kept by their English words, which the catalogue knows."""
    by_undo = entry.action in ("Undone", "Redone")
    nobodys = entry.source == BY_ITSELF or (by_undo and not entry.undoable)  # there is nothing to take back here
    state: Text | str = "" if not entry.rows or nobodys else HOLDS if entry.undoable else UNDONE
    what: Text | str = told_change(entry.source) if entry.action == SETTING_CHANGED.source else entry.about
    if by_undo or looked is not None:
        what = (undone if by_undo else looked) or ""
    return (local_instant(entry.at), who(entry.who), Text(entry.action), what, f"{entry.rows:,}", state)
