"""What was typed and not saved: looking at another row loses nothing, and two seconds after the last key it is on the
disk too, encrypted beside the database, so that neither a crash nor closing the program loses it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import jobs

if TYPE_CHECKING:
    from crm_desktop.ui.form import Form

Key = tuple[str, Any]  # record key, and the row's id or what a new row was given
WRITE_AFTER = 2_000  # ms after the last key
WRITE_LATEST = 10.0  # seconds somebody types on and on
NOT_SAFE = Text("What you typed is still here, but not yet safe on the disk: leave the program open. {reason}")


class Draft:
    """The row as it was read, and what was typed into which field."""

    def __init__(self, row: Row, typed: dict[str, Any]) -> None:
        self.row, self.typed = row, typed


class _Holder:
    keeper: Keeper | None = None


_drafts: dict[Key, Draft] = {}


def key_of(record: Record, row_id: int | None, given: Row) -> Key:
    """Where the draft of a row is kept; new rows that were given different values are different rows."""
    return record.key, frozenset(given.items()) if row_id is None else row_id


def typed(form: Form) -> None:
    """Something was typed into a form."""
    if found := keeper():
        found.watch(form)


def keep(key: Key, draft: Draft) -> None:
    """Remember a draft."""
    before, _drafts[key] = _drafts.get(key), draft
    same = before is not None and (before.typed, before.row) == (draft.typed, draft.row)
    if not same and (found := keeper()):
        found.note(key)


def find(key: Key) -> Draft | None:
    """The draft of a row, or None."""
    return _drafts.get(key)


def forget(key: Key) -> None:
    """It was saved or given up."""
    _drafts.pop(key, None)
    if found := keeper():
        found.note(key)


def count() -> int:
    """How many rows have unsaved changes."""
    return len(_drafts)


def clear() -> None:
    """Give all up."""
    for key in list(_drafts):
        forget(key)


def keeper() -> Keeper | None:
    """Who brings drafts to the disk; None where there is no database."""
    if _Holder.keeper is not None and not isValid(_Holder.keeper):
        _Holder.keeper = None
    return _Holder.keeper


def begin(window: QObject) -> Keeper:
    """Bring the drafts of this window to the disk from now on; those of another database are none of its own."""
    _drafts.clear()
    _Holder.keeper = Keeper(window)
    return _Holder.keeper


class Keeper(QObject):
    """Writes drafts in the writing thread. `found` carries the keys of drafts another program left behind."""

    found = Signal(object)

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        self._forms: set[Form] = set()
        self._new: set[Key] = set()  # not on the disk as they are now
        self._there: set[Key] = set()  # on the disk, in whatever state
        self._since = 0.0
        self._writing = 0  # acts on their way
        self._told = False  # once is enough while the disk is full
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.write)

    @property
    def is_safe(self) -> bool:
        """True when all that is typed is on the disk."""
        return not self._forms and not self._new and not self._writing

    def watch(self, form: Form) -> None:
        """A form to ask for its draft when the keys rest."""
        self._forms.add(form)
        self._wait()

    def note(self, key: Key) -> None:
        """A draft was changed, or is gone: what is gone goes from the disk at once."""
        if key in _drafts or key in self._there:
            self._new.add(key)
            self._wait() if key in _drafts else self._timer.start(0)
        else:
            self._new.discard(key)

    def _wait(self) -> None:
        now = time.monotonic()
        if not self._timer.isActive():
            self._since = now
        left = max(0.0, WRITE_LATEST - (now - self._since))
        self._timer.start(min(WRITE_AFTER, int(left * 1000)))

    @Slot()
    def write(self) -> None:
        """Write what is not on the disk yet."""
        self.write_then(None, None)

    def write_then(self, done: Callable[[], None] | None, failed: Callable[[], None] | None) -> None:
        """The same; calls `done` once it is on the disk, or `failed`."""
        self.collect()
        self._timer.stop()
        if not jobs.working():
            return
        if self.is_safe:
            if done:
                done()
            return
        keys, self._new = self._new, set()
        kept = {_words(key): _content(_drafts[key]) for key in keys if key in _drafts}
        gone = [_words(key) for key in keys if key not in _drafts]
        self._there |= {key for key in keys if key in _drafts}
        self._writing += 1
        jobs.act(self, partial(_write, kept, gone), partial(self._on_written, keys, done), failed=partial(self._on_failed, keys, failed))

    def forget_all(self) -> None:
        """Nothing waits to be written any more; what is on the disk and could not be changed is offered again."""
        self._forms.clear()
        self._new.clear()
        self._timer.stop()

    def collect(self) -> None:
        """Ask the forms typed into for their drafts."""
        forms, self._forms = self._forms, set()
        for form in forms:
            if isValid(form):
                form.keep()

    def _on_written(self, keys: set[Key], done: Callable[[], None] | None, _: object) -> None:
        self._told = False
        self._writing -= 1
        self._there -= {key for key in keys if key not in _drafts and key not in self._new}
        if done:
            done()

    def _on_failed(self, keys: set[Key], failed: Callable[[], None] | None, error: Exception) -> None:
        self._new |= keys
        self._writing -= 1
        if failed:
            failed()
        elif not self._told:
            from crm_desktop.store.database import of_the_machine

            self._told = True
            refused = error if isinstance(error, Refused) else of_the_machine(error)  # of a writer that could not even be opened
            jobs.hub().failed.emit(Refused(Text(NOT_SAFE.source, reason=refused.text)) if refused is not None else error)

    @Slot()
    def look(self) -> None:
        """Look for drafts that were left behind."""
        if jobs.working():
            jobs.act(self, _take_over, self._on_found, failed=_nothing)

    @Slot(object)
    def _on_found(self, left: Mapping[str, str]) -> None:
        for words, content in left.items():
            key = _key(words)
            if key is not None and (draft := _draft(content)) is not None:
                _drafts.setdefault(key, draft)
                self._there.add(key)
        if self._there:
            self.found.emit(sorted(self._there & _drafts.keys(), key=_words))


def _nothing(_: Exception) -> None:
    """Drafts that cannot be read stay where they are; the log of the program knows why."""


def _write(kept: Mapping[str, str], gone: list[str], desk: jobs.DeskLike, job: jobs.Job) -> None:
    from crm_desktop.store.database import explain

    try:
        desk.store.drafts.write(kept, gone)
    except Exception as error:
        raise explain(error) from error


def _take_over(desk: jobs.DeskLike, job: jobs.Job) -> dict[str, str]:
    found: dict[str, str] = desk.store.drafts.take_over()
    return found


def _words(key: Key) -> str:
    record, which = key
    return json.dumps([record, sorted(which) if isinstance(which, frozenset) else which], ensure_ascii=False)


def _key(words: str) -> Key | None:
    try:
        record, which = json.loads(words)
        return record, frozenset((name, value) for name, value in which) if isinstance(which, list) else int(which)
    except (ValueError, TypeError):
        return None


def _content(draft: Draft) -> str:
    return json.dumps([draft.row, draft.typed], ensure_ascii=False)


def _draft(content: str) -> Draft | None:
    try:
        row, written = json.loads(content)
        return Draft(dict(row), {name: tuple(value) if isinstance(value, list) else value for name, value in written.items()})
    except (ValueError, TypeError, AttributeError):
        return None
