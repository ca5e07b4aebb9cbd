"""The line that offers what was typed and not saved when the program last ran."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from crm_desktop.record.text import Text
from crm_desktop.ui import drafts
from crm_desktop.ui.drafts import Key

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

LOOK_AFTER = 1_200  # ms after the window: its figures come first
STRIP = "drafts"


class DraftsLeft(QObject):
    """Looks once, after the start; each press of the link opens one of them where it was typed."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._left: list[Key] = []
        keeper = drafts.begin(window)
        keeper.found.connect(self._on_found)
        QTimer.singleShot(LOOK_AFTER, keeper, keeper.look)

    @Slot(object)
    def _on_found(self, keys: list[Key]) -> None:
        self._left = keys
        self.say()

    @Slot()
    def say(self) -> None:
        """Say how many there are still."""
        self._left = [key for key in self._left if drafts.find(key) is not None and self._window.page_of(key[0])]
        if not self._left:
            self._window.strips.take_away(STRIP)
            return
        words = Text("Typed earlier and not saved: {count}", count=len(self._left))
        self._window.strips.say(STRIP, words, Text("Open the next one"), self.open_next, closed=self._put_away)

    @Slot()
    def open_next(self) -> None:
        """Open a record with what was typed into it."""
        record, which = self._left.pop()
        if isinstance(which, int):
            self._window.open_record(record, which)
        else:
            self._window.go(self._window.page_of(record), new=True, given=dict(which))
        self.say()

    def _put_away(self) -> None:
        """They stay with their records, and are offered again at the next start."""
