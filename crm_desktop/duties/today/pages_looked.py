"""Up to where somebody has seen what changed: kept for each colleague on this PC when they leave *Today*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_desktop.desk.settings import LOOKED

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window


class Looked:
    """The change up to which everything was seen before this visit, and the newest one shown in it."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._setting = LOOKED.of(str(window.settings.person or 0))
        self.since = window.settings.get(self._setting)
        self.newest = self.since

    def of_today(self, day: str) -> int | None:
        """From where changes are counted; None on another day than today, and for who looks for the first time."""
        return self.since or None if day == self._window.today() else None

    def showed(self, newest: int) -> None:
        """This is the newest change that was on the screen; whoever looks for the first time begins here."""
        self.newest = max(self.newest, newest)
        self.since = self.since or newest

    def seen(self) -> None:
        """Everything up to now was seen."""
        self.since = self.newest
        self.keep()

    def keep(self) -> None:
        """Keep it for the next time the program is opened."""
        if self.newest != self._window.settings.get(self._setting):
            self._window.settings.set(self._setting, self.newest)
