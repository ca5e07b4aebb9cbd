"""A page comes at once and whole: painted when it has what it asked for, not first with the rows of the last look and then again.

Painting rows that are about to go takes as long as reading those of now, and holds up the reading. Writing down which page it is
waits for the disk: that is done when everything has been painted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget

from crm_desktop.desk.settings import PAGE
from crm_desktop.ui import jobs

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

LONGEST = 80  # ms nothing is painted; what takes longer to read comes later, and the page itself now
KEPT_AFTER = 1_000  # ms


class Showing(QObject):
    """Shows the pages of a window whole."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._page: QWidget | None = None  # waits for what it reads
        self._key = ""
        self._late = QTimer(self, singleShot=True, interval=LONGEST)
        self._late.timeout.connect(self._paint)
        self._rest = QTimer(self, singleShot=True, interval=KEPT_AFTER)
        self._rest.timeout.connect(self.keep)
        jobs.hub().answered.connect(self._on_answered)

    @contextmanager
    def whole(self, page: QWidget, key: str) -> Iterator[None]:
        """What is done in here to show a page is painted when the page has what it asked for."""
        self._key = key
        self._rest.start()
        if self._window.isVisible():
            self._page = page
            self._window.installEventFilter(self)
            if not self._late.isActive():  # keys held down do not put it off again and again
                self._late.start()
        try:
            yield
        finally:
            self._on_answered()

    @property
    def _window(self) -> Window:
        return cast("Window", self.parent())

    @property
    def waits(self) -> bool:
        """True while nothing is painted."""
        return self._page is not None

    @Slot()
    def keep(self) -> None:
        """Write down which page is shown, for the next start."""
        self._rest.stop()
        if self._key:
            self._window.settings.set(PAGE, self._key)

    @Slot()
    def _on_answered(self) -> None:
        if self._page is not None and not any(_stands_in(owner, self._page) for owner in jobs.hub().reading()):
            self._paint()

    @Slot()
    def _paint(self) -> None:
        """Everything that changed since, after the layouts that are still to be made."""
        self._page = None
        self._late.stop()
        self._window.removeEventFilter(self)
        QCoreApplication.postEvent(self._window, QEvent(QEvent.Type.UpdateRequest), Qt.EventPriority.LowEventPriority.value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt asks the window to paint what changed: not yet. It goes on noting what did."""
        return event.type() == QEvent.Type.UpdateRequest


def _stands_in(owner: QObject, page: QWidget) -> bool:
    at: QObject | None = owner
    while at is not None and at is not page:
        at = QObject.parent(at)
    return at is page
