"""The PC's own screen is locked, the PC goes to sleep, somebody else takes the screen: the window locks itself, with all that stands
beside it. Over a D-Bus of the test's own; of Windows only how its messages are read."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from ctypes import wintypes
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu

from crm_desktop import app
from crm_desktop.desk.settings import LOCK_AFTER
from crm_desktop.ui import about, guarding, screen_lock
from tests.hotel import Hotel
from tests.ui.test_sign_in import DIRECTOR, PATIENCE, WORDS, house, path, running, typed  # noqa: F401

OURS, OTHER = "_32", "_33"  # the sessions 2 and 3, as logind writes them
MANAGER, SESSION, PROPERTIES = "org.freedesktop.login1.Manager", "org.freedesktop.login1.Session", "org.freedesktop.DBus.Properties"


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Callable[[str], Any]]:
    """Connections to a D-Bus that only this test has."""
    if not sys.platform.startswith("linux") or shutil.which("dbus-daemon") is None:
        pytest.skip("there is no dbus-daemon here")
    from PySide6.QtDBus import QDBusConnection

    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address", f"--address=unix:path={tmp_path}/bus"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert daemon.stdout is not None
    address, names = daemon.stdout.readline().strip(), list[str]()

    def connect(name: str) -> Any:
        names.append(f"{tmp_path}-{name}")
        return QDBusConnection.connectToBus(address, names[-1])

    yield connect
    for name in names:
        QDBusConnection.disconnectFromBus(name)
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


def told(sender: Any, where: str, interface: str, name: str, *values: Any) -> None:
    from PySide6.QtDBus import QDBusMessage

    message = QDBusMessage.createSignal(where, interface, name)
    message.setArguments(list(values))
    assert sender.send(message)


SAID: dict[str, Callable[[Any], None]] = {
    "the screen is to be locked": lambda bus: told(bus, screen_lock.SESSIONS + OURS, SESSION, "Lock"),
    "the PC goes to sleep": lambda bus: told(bus, "/org/freedesktop/login1", MANAGER, "PrepareForSleep", True),
    "the screen is locked": lambda bus: told(bus, screen_lock.SESSIONS + OURS, PROPERTIES, "PropertiesChanged", SESSION, {"LockedHint": True}, []),
    "somebody else took it": lambda bus: told(bus, screen_lock.SESSIONS + OURS, PROPERTIES, "PropertiesChanged", SESSION, {"Active": False}, []),
    "GNOME": lambda bus: told(bus, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True),
    "KDE": lambda bus: told(bus, "/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", True),
    "Kylin": lambda bus: told(bus, "/", "org.ukui.ScreenSaver", "lock"),
}


@pytest.mark.parametrize("said", SAID)
def test_the_window_is_locked_when_the_screen_is(bus: Any, path: Path, hotel: Hotel, qtbot: Any, said: str) -> None:  # noqa: F811
    program, ear = listening(path, hotel, bus)
    told_by = bus("teller")
    assert told_by.registerService(screen_lock.LOGIN)
    heard = []
    ear.left.connect(lambda: heard.append(1))
    nothing_yet(told_by)
    SAID[said](told_by)
    qtbot.waitUntil(lambda: program._door is not None, timeout=PATIENCE)
    assert len(heard) == 1, "what others' sessions and what is over say locks nothing"
    assert not program.window.isVisible()
    typed(program._door, "", WORDS)
    qtbot.waitUntil(program.window.isVisible, timeout=PATIENCE)
    program.close()


def listening(path: Path, hotel: Hotel, bus: Any) -> tuple[app.Program, screen_lock.BusEar]:  # noqa: F811
    """The director's window, which hears what this bus says about session 2."""
    program = running(path, hotel, DIRECTOR)
    idle = program.window.findChild(guarding.IdleLock)
    assert idle is not None
    ear = screen_lock.BusEar(idle, bus("system"), bus("desk"), "2")
    idle.listen(ear)
    return program, ear


def nothing_yet(bus: Any) -> None:
    """What must lock nothing: another's session, what is over, what another property says."""
    told(bus, screen_lock.SESSIONS + OTHER, SESSION, "Lock")
    told(bus, "/org/freedesktop/login1", MANAGER, "PrepareForSleep", False)
    told(bus, screen_lock.SESSIONS + OURS, PROPERTIES, "PropertiesChanged", SESSION, {"LockedHint": False, "Active": True, "IdleHint": True}, [])
    told(bus, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", False)
    for odd in (("x",), (), ([1],)):  # Qt would end the program
        told(bus, "/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", *odd)


def test_a_bus_that_is_not_there_says_nothing(path: Path, hotel: Hotel, qtbot: Any) -> None:  # noqa: F811
    from PySide6.QtDBus import QDBusConnection

    gone = QDBusConnection.connectToBus("unix:path=/nowhere/at-all", "nobody's")
    screen_lock.BusEar(guarding.QGuiApplication.instance(), gone, gone, "")
    assert not gone.isConnected()


def test_where_locking_is_off_and_without_passwords_the_screen_locks_nothing(path: Path, hotel: Hotel, tmp_path: Path) -> None:  # noqa: F811
    program = running(path, hotel, DIRECTOR)
    idle = program.window.findChild(guarding.IdleLock)
    program.window.settings.set(LOCK_AFTER, 0)
    idle.on_left()
    assert program._door is None
    program.window.settings.set(LOCK_AFTER, 5)
    idle.on_left()
    assert program._door is not None
    program._door._let_in = True
    program._door.close()
    program.close()


def test_what_stands_beside_the_window_waits_behind_the_door_too(path: Path, hotel: Hotel, qtbot: Any) -> None:  # noqa: F811
    program = running(path, hotel, DIRECTOR)
    window = program.window
    beside, menu, asking = about.About(window), QMenu(window), QFileDialog(window)
    menu.addAction("x")
    beside.open()
    asking.setModal(True)
    asking.setOption(QFileDialog.Option.DontUseNativeDialog)
    asking.show()
    menu.popup(window.pos())
    assert all(each.isVisible() for each in (beside, asking, menu))
    guarding.lock(window)
    assert [each for each in QGuiApplication.topLevelWindows() if each.isVisible()] == [program._door.windowHandle()]
    typed(program._door, "", WORDS)
    qtbot.waitUntil(window.isVisible, timeout=PATIENCE)
    assert beside.isVisible()
    assert not asking.isVisible(), "what stopped everything was left as by Esc: the door would have been behind it"
    beside.close()
    program.close()


def test_a_window_that_asks_for_a_server_is_locked_too(path: Path, hotel: Hotel) -> None:  # noqa: F811
    program = running(path, hotel, DIRECTOR)
    program.open_server()
    asking = program._door
    guarding.lock(program.window)
    assert program._door is not asking
    assert not program.window.isVisible()
    assert not asking.isVisible()
    program._door._let_in = True
    program._door.close()
    program.close()


@pytest.mark.parametrize(
    ("session", "name"), [("2", "_32"), ("c1", "c1"), ("17", "_317"), ("a-b", "a_2db")], ids=["two", "container", "seventeen", "other letters"]
)
def test_the_session_is_found_under_the_name_logind_gives_it(session: str, name: str) -> None:
    assert screen_lock.escaped(session) == name


@pytest.mark.parametrize(
    ("message", "word", "leaves"),
    [(0x2B1, 7, True), (0x2B1, 2, True), (0x2B1, 4, True), (0x2B1, 8, False), (0x2B1, 5, False), (0x218, 4, True), (0x218, 18, False), (0x100, 7, False)],
    ids=["lock", "switch", "remote gone", "unlock", "sign in", "sleep", "wakes", "a key"],
)
def test_what_windows_says_is_read(message: int, word: int, leaves: bool) -> None:
    told = wintypes.MSG(None, message, word, 0, 0, wintypes.POINT(0, 0))
    assert screen_lock.says_leaving(ctypes.addressof(told)) == leaves
