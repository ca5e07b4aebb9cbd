"""The moments of a seller's day on a full database: from the last key to the painted answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.app import Program
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.desk.settings import COLLEAGUE, LANGUAGE, Settings
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record import text
from crm_desktop.store.store import Store
from crm_desktop.ui import jobs
from crm_desktop.ui.card_box import CardBox
from crm_desktop.ui.key_card import KeyCard
from crm_desktop.ui.quick import QuickLine

PATIENCE = 60.0  # seconds
TIMES = 5
SELLERS = 8
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    """Real keys on the real window; `until` is over when what was asked for has been painted."""

    def __init__(self, path: str) -> None:
        self.app = QApplication([])
        settings = Settings()
        settings.set(LANGUAGE, "zh_CN")
        text.use("zh_CN")
        self.program = Program(path, settings)
        self.window = self.program.window
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self._pulse = QTimer(self.window, interval=5)
        self._pulse.start()
        self.until(lambda: self.window.page("today").cards)

    def until(self, ready: Callable[[], Any]) -> None:
        """Let the window work until something holds and is painted. Raises TimeoutError."""
        end = time.perf_counter() + PATIENCE
        while not ready():
            if time.perf_counter() > end:
                raise TimeoutError("the window did not get there")
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QCoreApplication.sendPostedEvents()  # with it, what was asked to be painted
        self.app.processEvents()

    def rest(self, seconds: float = 0.3) -> None:
        """Let everything that is on its way arrive."""
        end = time.perf_counter() + seconds
        self.until(lambda: time.perf_counter() > end)

    def focus(self) -> QWidget:
        """Where a key goes."""
        return QApplication.focusWidget() or self.window

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """One key, with what is held."""
        QTest.keyClick(self.focus(), key, held)

    def write(self, words: str) -> None:
        """Text, as an input method commits it."""
        event = QInputMethodEvent()
        event.setCommitString(words)
        QCoreApplication.sendEvent(self.focus(), event)

    def timed(self, begin: Callable[[], object], ready: Callable[[], Any]) -> float:
        """Milliseconds from beginning something to its answer's being painted."""
        begun = time.perf_counter()
        begin()
        self.until(ready)
        return 1000 * (time.perf_counter() - begun)

    def is_idle(self) -> bool:
        """Nothing is being read any more."""
        return not any(task.kind == jobs.READ for task in jobs.hub()._tasks)

    def open(self, key: Qt.Key, kind: type[Any], held: Qt.KeyboardModifier = NONE) -> Any:
        """Press a key that opens something; what it opened."""
        self.press(key, held)
        self.until(lambda: self.window.findChild(kind))
        self.rest(0.05)
        return self.window.findChild(kind)

    def leave(self) -> None:
        """Escape whatever lies over the page."""
        self.press(Qt.Key.Key_Escape)
        self.rest(0.1)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def close(self) -> None:
        """End the program."""
        self.window.close()
        self.program.close()


def _seat(path: str) -> None:
    """One of eight sellers sits at this PC, who looks after every eighth client."""
    with Store(Path(path), RECORDS) as store:
        desk, seller = Desk(store, "speed"), store.writer.execute("select id from staff where gone is null order by id limit 1").fetchone()
        if seller is None:
            desk.save(STAFF, None, 0, {"name": "林晓"})
            seller = store.writer.execute("select id from staff where gone is null").fetchone()
            for row_id, version in store.writer.execute("select id, version from account where gone is null order by id").fetchall()[::SELLERS]:
                desk.save(ACCOUNT, row_id, version, {"owner_id": seller[0]})
        Settings().set(COLLEAGUE, seller[0])


def measure_moments(path: str) -> dict[str, list[float]]:
    """Milliseconds of each moment, several times over, each time with another client."""
    _seat(path)
    found: dict[str, list[float]] = {}
    with closing(Hands(path)) as hands:
        people, accounts, rooms = _clients(hands)
        for turn in range(TIMES + 1):
            for name, spent in _day(hands, people[turn], accounts[turn], rooms[turn]):
                if turn:  # the first is for pages to be built
                    found.setdefault(name, []).append(spent)
    return found


def _clients(hands: Hands) -> tuple[list[tuple[str, str]], list[tuple[int, str]], list[str]]:
    reader = hands.program.store.open_reader()
    try:
        people = reader.execute("select name, phone from person where phone <> '' and stays > 3 and gone is null order by id limit 500").fetchall()
        accounts = reader.execute("select id, name from account where gone is null order by stays desc limit 40").fetchall()
        rooms = reader.execute("select room_no from stay where gone is null and room_no <> '' order by arrival desc limit 400").fetchall()
    finally:
        reader.close()
    return people[::40], accounts[::4], [row[0] for row in rooms[::40]]


def _day(hands: Hands, person: tuple[str, str], account: tuple[int, str], room: str) -> Iterator[tuple[str, float]]:
    name, phone = person
    yield "F1 keys", hands.timed(partial(hands.press, Qt.Key.Key_F1), lambda: hands.window.findChild(KeyCard))
    hands.leave()
    for title, key, words in (
        ("F2 four digits", Qt.Key.Key_F2, phone[-4:]), ("F2 a person's name", Qt.Key.Key_F2, name),
        ("F2 a client's name", Qt.Key.Key_F2, account[1]), ("F3 room", Qt.Key.Key_F3, room),
    ):  # fmt: skip
        box = hands.open(key, CardBox)
        yield title, hands.timed(partial(hands.write, words), partial(_answered, box, words))
        hands.leave()
    for title, key, held, words in (
        ("F6 preference", Qt.Key.Key_F6, NONE, f"{name} 不吃花生 过敏"), ("F7 promise", Qt.Key.Key_F7, NONE, f"{account[1]} 25号前付5万"),
        ("F9 booking", Qt.Key.Key_F9, NONE, "周六晚 12位 包厢"), ("Ctrl+T follow-up", Qt.Key.Key_T, CTRL, "下周三 催发票"),
    ):  # fmt: skip
        line = hands.open(key, QuickLine, held)
        yield title, hands.timed(partial(hands.write, words), line.parts.words)
        hands.leave()
    yield "open a client", hands.timed(partial(hands.window.open_record, "account", account[0]), hands.is_idle)
    QGuiApplication.clipboard().clear()
    yield "what they owe, copied", hands.timed(partial(hands.press, Qt.Key.Key_C, CTRL | SHIFT), QGuiApplication.clipboard().text)
    for title, key, held in (("F8 visits", Qt.Key.Key_F8, NONE), ("Ctrl+J leaving", Qt.Key.Key_J, CTRL), ("F4 today", Qt.Key.Key_F4, NONE)):
        yield title, hands.timed(partial(hands.press, key, held), hands.is_idle)


def _answered(box: CardBox, words: str) -> bool:
    return box._typed == words
