"""What the program itself puts on the PC's clipboard: rows, texts and papers, in which people may be named, and secrets are taken off it
again after a while, when the window is locked and when it closes; histories of the clipboard are asked to leave them out.

What somebody copied or cut in a field by hand stays: it may be all there is of what was typed."""

from __future__ import annotations

from secrets import token_bytes
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QLabel, QLineEdit
from shiboken6 import isValid

from crm_desktop.desk.settings import CLIP_AFTER, Settings
from crm_desktop.record.text import Text
from crm_desktop.ui.clip import empty

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

SECRET_FOR = 30  # seconds; no setting makes it longer
PART = 4  # characters of a secret from which on a part of it is one
MARK = "application/x-hotel-crm-copied"
WINDOWS = 'application/x-qt-windows-mime;value="{}"'
UNSEEN = {  # how KDE, Windows and macOS are asked to keep it out of their histories
    "x-kde-passwordManagerHint": b"secret", WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"\1\0\0\0",
    WINDOWS.format("CanIncludeInClipboardHistory"): b"\0\0\0\0", WINDOWS.format("CanUploadToCloudClipboard"): b"\0\0\0\0",
    "application/x-nspasteboard-concealed-type": b"1",
}  # fmt: skip
SECONDS, MINUTES = Text("It stays on the clipboard for {n} seconds."), Text("It stays on the clipboard for {n} minutes.")
BOTH = Text("{told}. {stays}")
UNTIL_LOCKED = Text("It stays on the clipboard until the window is locked or closed.")
LOCKED = Text("The window was locked: nothing is on the clipboard.")


class Clipboard(QObject):
    """Takes off what was put on, unless something else lies there by then. `told` carries what a list has to say of it."""

    told = Signal(object)

    def __init__(self, parent: QObject | None, settings: Settings | None) -> None:
        super().__init__(parent)
        self._settings, self._mark = settings, b""
        self.shut = False  # the window is locked: what was asked for before puts nothing on it any more
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one is late by a twentieth
        self._timer.timeout.connect(self.wipe)

    def keep(self, data: QMimeData, seconds: int) -> Text:
        """Put it on for so long; 0 = until the window is locked. How long that is, in words."""
        if self.shut:
            return LOCKED
        self._mark = token_bytes(8)
        for kind, value in ({MARK: self._mark} | UNSEEN).items():
            data.setData(kind, value)
        QGuiApplication.clipboard().setMimeData(data)
        self._timer.stop()
        if not seconds:
            return UNTIL_LOCKED
        self._timer.start(seconds * 1000)
        return Text(SECONDS.source, n=seconds) if seconds < 120 else Text(MINUTES.source, n=seconds // 60)

    def chosen(self) -> int:
        """For how many seconds people stay; 0 = until the window is locked."""
        return self._settings.get(CLIP_AFTER) if self._settings is not None else CLIP_AFTER.default

    @Slot()
    def wipe(self) -> None:
        """Take it off now, where it still lies there."""
        self._timer.stop()
        kept, self._mark = self._mark, b""
        board = QGuiApplication.clipboard()
        here = board.mimeData() if kept else None
        if here is not None and bytes(here.data(MARK).data()) == kept:
            board.clear()


class _Holder:
    here: Clipboard | None = None


def begin(window: Window) -> None:
    """From now on it stays as long as this window's settings say, which also tells what a list put there."""
    _Holder.here = Clipboard(window, window.settings)
    _Holder.here.told.connect(window.toast.note)


def here() -> Clipboard:
    """That of the window, or one of its own where there is none."""
    if _Holder.here is None or not isValid(_Holder.here):
        _Holder.here = Clipboard(QGuiApplication.instance(), None)
    return _Holder.here


def people(what: str | QImage | QMimeData, told: Text) -> Text:
    """Put something on in which people may be named. What is said of it, and how long it stays."""
    return Text(BOTH.source, told=told, stays=here().keep(_carried(what), here().chosen()))


def secret(words: str, told: Text) -> Text:
    """Put a password or a key on. What is said of it, and how long it stays."""
    return Text(BOTH.source, told=told, stays=here().keep(_carried(words), SECRET_FOR))


def wipe() -> None:
    """Take off what the program put there."""
    if _Holder.here is not None and isValid(_Holder.here):
        _Holder.here.wipe()


def _carried(what: str | QImage | QMimeData) -> QMimeData:
    if isinstance(what, QMimeData):
        return what
    made = empty()
    if isinstance(what, str):
        made.setText(what)
    else:
        made.setImageData(what)
    return made


class SecretWords(QObject):
    """Stands by a label or a line that shows a secret: what somebody copies out of it by hand does not stay either."""

    def __init__(self, shows: QLabel | QLineEdit) -> None:
        super().__init__(shows)
        self._shows = shows
        QGuiApplication.clipboard().dataChanged.connect(self._on_changed)

    @Slot()
    def _on_changed(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        if data is None or data.hasFormat(MARK):
            return
        words = data.text()
        if len(words) >= PART and words in self._shows.text():
            here().keep(_carried(words), SECRET_FOR)
