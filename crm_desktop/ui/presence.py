"""Who is editing what just now, at the other seats of a server: said aloud every few seconds, kept nowhere. A seat that dies is
silent, and what it edited is free a moment later."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from crm_desktop.record.record import Record
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel

BEAT, LASTS = 3_000, 9.0  # ms between two words of a seat; seconds after which one that was silent counts as gone
SOON = 150  # ms: what begins and ends at once is said once
MOST_KEYS, LONGEST_NAME = 50, 60
TOO = Text("{who} is editing this, too")
Key = tuple[str, int]  # record key, id of the row
Say = Callable[[Mapping[str, Any]], None]


class Presence(QObject):
    """What this window edits and what the others do. `changed`: other names belong to some row now.

    `say` tells all seats, in a working thread; it may fail, and the next beat tries again."""

    changed = Signal()

    def __init__(self, parent: QObject, say: Say, who: Callable[[], str]) -> None:
        super().__init__(parent)
        self._say, self._who = say, who
        self.seat = secrets.token_hex(4)
        self._mine: dict[QWidget, Key] = {}
        self._others: dict[str, tuple[str, frozenset[Key], float]] = {}
        self._told = frozenset[Key]()
        self._beat, self._soon = QTimer(self), QTimer(self)
        self._beat.setInterval(BEAT)
        self._beat.timeout.connect(self._on_beat)
        self._beat.start()
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.tell)

    def edits(self, widget: QWidget, key: Key | None) -> None:
        """What is being edited in a form; None for nothing."""
        if self._mine.get(widget) == key:
            return
        self._mine.pop(widget, None)
        if key is not None:
            self._mine[widget] = key
        self._soon.start()

    def _keys(self) -> frozenset[Key]:
        self._mine = {widget: key for widget, key in self._mine.items() if isValid(widget)}
        return frozenset(self._mine.values())

    @Slot()
    def tell(self) -> None:
        """Say what is edited here; of nothing only once."""
        keys = self._keys()
        if not jobs.working() or not (keys or self._told):
            return
        self._told = keys
        words = {"seat": self.seat, "who": self._who()[:LONGEST_NAME], "edits": sorted(keys)[:MOST_KEYS]}
        jobs.read(self, partial(_said, self._say, words), _nothing, slot="say", failed=_nothing)

    @Slot()
    def _on_beat(self) -> None:
        self.tell()
        now = time.monotonic()
        silent = [seat for seat, (_, _, until) in self._others.items() if now > until]
        for seat in silent:
            del self._others[seat]
        if silent:
            self.changed.emit()

    @Slot(object)
    def hear(self, words: Any) -> None:
        """What a seat said. Anybody at the server may say anything: what is no such word is passed over."""
        try:
            seat, who = str(words["seat"]), str(words["who"])[:LONGEST_NAME]
            keys = frozenset((str(record), int(row_id)) for record, row_id in words["edits"][:MOST_KEYS])
        except (TypeError, ValueError, KeyError, OverflowError):
            return
        if seat == self.seat:
            return
        before = self._others.pop(seat, None)
        if keys and who:
            self._others[seat] = who, keys, time.monotonic() + LASTS
        if (before and before[:2]) != ((who, keys) if keys else None):
            self.changed.emit()

    @property
    def anybody(self) -> bool:
        """True while anything is edited elsewhere."""
        return bool(self._others)

    def names(self, key: Key) -> list[str]:
        """Who edits a row elsewhere."""
        return sorted({who for who, keys, _ in self._others.values() if key in keys})


class _Holder:
    here: Presence | None = None


def begin(parent: QObject, say: Say, who: Callable[[], str]) -> Presence:
    """Say and hear from now on what is being edited."""
    _Holder.here = Presence(parent, say, who)
    return _Holder.here


def here() -> Presence | None:
    """The presence of this program's window; None where there are no other seats."""
    if _Holder.here is not None and not isValid(_Holder.here):
        _Holder.here = None
    return _Holder.here


def editors(key: Key) -> str:
    """Who edits a row elsewhere, by name; '' for nobody, and where there are no other seats."""
    found = _Holder.here
    return ", ".join(found.names(key)) if found is not None and found.anybody and isValid(found) else ""


class EditingLine(PlainLabel):
    """Says in a form who else is editing its row; takes no room while nobody is."""

    def __init__(self, parent: QWidget, record: Record) -> None:
        super().__init__(parent, "warning")
        self.setWordWrap(True)  # many names must not widen the form
        self._record = record
        self._key: Key | None = None
        self._heard: Presence | None = None
        self.hide()

    def settle(self, dirty: bool, row_id: int | None) -> None:
        """The row that is shown, and whether something is typed into it."""
        self._key = (self._record.key, row_id) if row_id is not None else None
        found = here()
        if found is None:
            return
        if found is not self._heard:
            self._heard = found
            found.changed.connect(self.look)
        found.edits(self, self._key if dirty else None)
        self.look()

    @Slot()
    def look(self) -> None:
        """Say who is there now."""
        found = here()
        names: list[str] = found.names(self._key) if found and self._key else []
        put(self, "setText", Text(TOO.source, who=", ".join(names)) if names else "")
        self.setVisible(bool(names))


def _said(say: Say, words: Mapping[str, Any], _reader: Any, _job: jobs.Job) -> None:
    say(words)


def _nothing(_: object) -> None:
    pass
