"""Locking the window: by a key, and after a while without one. Everything typed stays where it is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from crm_desktop.desk.settings import LOCK_AFTER
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import clipboard, drafts, screen_lock

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

LOOK_EVERY = 1_000  # ms
SLEPT = 120.0  # seconds between two looks: no program hangs that long, a PC that slept does
SIGNS = frozenset((
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.InputMethod,
))  # fmt: skip
PASSING = (Qt.WindowType.ToolTip, Qt.WindowType.Popup)  # of what is seen only
NO_PASSWORD = Text("Nobody has a password yet, so a locked window would open for everybody. Settings, People and roles sets the first one.")


class IdleLock(QObject):
    """Asks the window to lock itself when nobody typed or moved the mouse for as long as the setting says, when the PC slept and when
    its own screen is locked: whoever wakes it need not be who sat there.

    It listens to the windows of the program themselves, not to every widget: a list that scrolls costs it nothing."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._last, self._looked, self._used = instant(), instant(), instant()
        self._watched: QWindow | None = None
        self._ear: screen_lock.ScreenEar | None = None
        gui = QGuiApplication.instance()
        assert isinstance(gui, QGuiApplication)
        gui.focusWindowChanged.connect(self._on_focus)
        self._on_focus(gui.focusWindow())
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        clipboard.begin(window)

    @Slot(QWindow)
    def _on_focus(self, now: QWindow | None) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        self._watched = now
        if now is not None:
            now.installEventFilter(self)
            now.destroyed.connect(self._on_gone)

    @Slot()
    def _on_gone(self) -> None:
        self._watched = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in SIGNS:
            self._last = self._used = instant()
        return False

    def quiet(self) -> float:
        """For how many seconds nobody typed or moved the mouse."""
        return instant() - self._used

    @Slot()
    def look(self) -> None:
        """Look once whether it is time."""
        minutes = self._window.settings.get(LOCK_AFTER)
        slept, self._looked = instant() - self._looked >= SLEPT, instant()
        if not minutes or not self._window.isVisible() or not may_lock(self._window):
            self._last = instant()
            return
        if self._ear is None and (ear := screen_lock.ear(self)) is not None:
            self.listen(ear)
        if slept or instant() - self._last >= 60 * minutes:
            self._last = instant()
            lock(self._window)

    def listen(self, ear: screen_lock.ScreenEar) -> None:
        """Lock when this is heard, too."""
        self._ear = ear
        ear.left.connect(self.on_left)

    @Slot()
    def on_left(self) -> None:
        """Whoever sat here left the PC, or locked its screen."""
        if self._window.settings.get(LOCK_AFTER) and self._window.isVisible() and may_lock(self._window):
            lock(self._window)


def instant() -> float:
    """Seconds of a clock that goes on while the PC sleeps."""
    which = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))  # Linux; macOS; Windows has one clock for both
    return time.monotonic() if which is None else time.clock_gettime(which)


def may_lock(window: Window) -> bool:
    """True when a password opens it again."""
    return window.store is not None and window.store.guarded


def lock(window: Window) -> None:
    """Hide everything until the password is given; what is typed is on the disk a moment later."""
    if not may_lock(window):
        window.toast.error(Refused(NO_PASSWORD))
        return
    if (keeper := drafts.keeper()) is not None:
        keeper.write()
    clipboard.wipe()
    window.lock_asked.emit()


class Cover(QObject):
    """Hides the window and everything beside the door: menus close, what asks at once is answered as by Esc, other dialogs wait. So does
    what only opens now, asked for a moment before."""

    def __init__(self, window: Window, door: QWidget) -> None:
        super().__init__(window)
        self._window, self._door, self._late, self._waiting = window, door, list[QWidget](), list[QWidget]()
        while (menu := QApplication.activePopupWidget()) is not None:
            menu.close()
        clipboard.here().shut = True
        for each in QApplication.topLevelWidgets():
            if each is not window and each.isVisible():
                self._hide(each)
        window.hide()
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self._late.append(watched)
            QTimer.singleShot(0, self, self._hide_late)  # Qt is about to show it: before its first painting comes this
        return False

    @Slot()
    def _hide_late(self) -> None:
        late, self._late = self._late, []
        for each in late:
            if isValid(each) and each.isVisible():
                self._hide(each)

    def _hide(self, each: QWidget) -> None:
        """Unless it is the door, or asks for the door."""
        above: QWidget | None = each
        while above is not None and above is not self._door:
            above = above.parentWidget()
        if above is self._door or each.windowType() in PASSING:
            return
        if isinstance(each, QDialog) and each.windowModality() == Qt.WindowModality.ApplicationModal:
            each.reject()
            return
        each.hide()
        if each is not self._window and each not in self._waiting:
            self._waiting.append(each)

    def end(self) -> None:
        """Hide nothing any more; what is hidden stays so."""
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        clipboard.here().shut = False

    def lift(self) -> None:
        """Show the window, and what waited behind the door."""
        self.end()
        self._window.show()
        for each in self._waiting:
            if isValid(each):
                each.show()
        self.deleteLater()
