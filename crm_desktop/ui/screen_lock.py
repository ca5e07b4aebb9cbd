"""Hearing that the PC's own screen is locked, that it goes to sleep or that somebody else takes it over: logind and the desktops say so
on D-Bus, Windows to a window that asked for it. On macOS nothing is heard: there only the time that passed tells.

Begun when people have passwords, never at the start of the program."""

from __future__ import annotations

import os
import sys
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

LOGIN = "org.freedesktop.login1"
SESSIONS = "/org/freedesktop/login1/session/"
DESKTOPS = ("org.freedesktop", "org.gnome", "org.cinnamon", "org.mate", "org.xfce")  # each says ActiveChanged of its .ScreenSaver
SLEEPS, ACTIVE, HEARD = "PrepareForSleep", "ActiveChanged", "on_heard(QDBusMessage)"
KYLIN = "org.ukui.ScreenSaver"
WM_POWER, SUSPENDS = 0x218, 4
WM_SESSION = 0x2B1
SESSION_WENT = frozenset((2, 4, 6, 7))  # console and remote disconnect, log off, lock


class ScreenEar(QObject):
    """Says that whoever sat here may have left."""

    left = Signal()


class BusEar(ScreenEar):
    """Listens on D-Bus: on `system` for logind, on `desk` for what the desktop's own lock says. A bus that is not there says nothing.

    Signals are taken as they come: Qt ends the program where one has other values than a slot declares. Only what changed in a session,
    whose shape D-Bus lays down and logind alone says, is taken apart by Qt."""

    def __init__(self, parent: QObject, system: Any, desk: Any, session: str) -> None:
        super().__init__(parent)
        path = SESSIONS + escaped(session) if session else ""  # without its number: any session of this PC
        for bus, service, where, interface, name, slot in (
            (system, LOGIN, "", f"{LOGIN}.Manager", SLEEPS, HEARD),
            (system, LOGIN, path, f"{LOGIN}.Session", "Lock", HEARD),
            (system, LOGIN, path, "org.freedesktop.DBus.Properties", "PropertiesChanged", "on_changed(QString,QVariantMap)"),
            *((desk, "", "", f"{name}.ScreenSaver", ACTIVE, HEARD) for name in DESKTOPS),
            (desk, "", "", KYLIN, "lock", HEARD),
        ):
            if bus.isConnected():
                bus.connect(service, where, interface, name, self, SLOT(slot))

    @Slot("QDBusMessage")
    def on_heard(self, message: Any) -> None:
        """The screen is locked or the PC goes to sleep; or, where a signal tells both, that is over."""
        if message.member() not in (SLEEPS, ACTIVE) or message.arguments()[:1] == [True]:
            self.left.emit()

    @Slot("QString", "QVariantMap")
    def on_changed(self, interface: str, values: dict[str, Any]) -> None:
        """Something about the session of who sits here: locked, or no longer the one that is seen."""
        if interface == f"{LOGIN}.Session" and (values.get("LockedHint") is True or values.get("Active") is False):
            self.left.emit()


def escaped(session: str) -> str:
    """A session's number as logind writes it in a path: the first character only a letter, all others letters and digits."""
    kept = (letter.isascii() and (letter.isalpha() or (at and letter.isdigit())) for at, letter in enumerate(session))
    return "".join(letter if fine else f"_{ord(letter):02x}" for letter, fine in zip(session, kept, strict=True))


class WindowsEar(ScreenEar):
    """Asks Windows, by an unseen window of its own, which hears only what is said to it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._window = _Unseen(self)
        import ctypes

        with_library: Any = getattr(ctypes, "windll")  # noqa: B009  known on Windows only
        with_library.wtsapi32.WTSRegisterSessionNotification(int(self._window.winId()), 0)  # of this session


class _Unseen(QWidget):
    """A window that is never shown."""

    def __init__(self, ear: WindowsEar) -> None:
        super().__init__()
        self._ear = ear

    def nativeEvent(self, kind: Any, message: Any) -> Any:
        if says_leaving(int(message)):
            self._ear.left.emit()
        return super().nativeEvent(kind, message)


def says_leaving(address: int) -> bool:
    """True for a message of Windows, at this place in memory, that says so."""
    from ctypes import wintypes

    told = wintypes.MSG.from_address(address)
    return (told.message == WM_SESSION and told.wParam in SESSION_WENT) or (told.message == WM_POWER and told.wParam == SUSPENDS)


def ear(parent: QObject) -> ScreenEar | None:
    """What hears it on this system; None where nothing does."""
    if os.name == "nt":
        return WindowsEar(parent)
    if sys.platform.startswith("linux"):
        from PySide6.QtDBus import QDBusConnection

        return BusEar(parent, QDBusConnection.systemBus(), QDBusConnection.sessionBus(), os.environ.get("XDG_SESSION_ID", ""))
    return None
