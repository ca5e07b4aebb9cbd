"""One seat of a scripted day, as a process: `python -m tests.server.seat_of_a_day desk|window ADDRESS LETTER [quick] [slow]`.

It edits six hot clients by turns, adding its letter to a text, until a line comes on its standard input. What it prints:
`edit ID` and `stay ID` once the program said that they were saved, `unsure ID` when the program said that it does not know,
`gap SECONDS` in the end: the longest time its window took no events."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import Any

from crm_desktop.desk.desk import Conflict, Desk
from crm_desktop.desk.settings import Settings
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.stays.records import STAY
from crm_desktop.record.text import Refused, use
from crm_desktop.store import database
from crm_desktop.store.server import watchdog
from crm_desktop.store.server.store import UNCERTAIN
from crm_desktop.store.store import Store
from tests.server.department import HERE, PASSWORD

FIELD, HOT = "short_name", tuple(range(9_001, 9_007))
TICK, PATIENCE = 40, 0.4  # ms; seconds after a refusal
PAUSE = {"": 0.5, "slow": 4.0}  # seconds between two edits: each of them is read again by every window
PACE = "slow" if "slow" in sys.argv else ""  # of many windows on one PC
over = threading.Event()


def told(*words: object) -> None:
    print(*words, flush=True)


def wait_for_the_end() -> None:
    def run() -> None:
        sys.stdin.readline()
        over.set()

    threading.Thread(target=run, daemon=True).start()


def is_unsure(error: Exception) -> bool:
    return isinstance(error, Refused) and error.text.source == UNCERTAIN.source


def desk(address: str, letter: str) -> None:
    """Edits and enters stays through the desk, as a program without a window would."""
    with Store(address, RECORDS) as store:
        seat = Desk(store, letter)
        seat.sit(Settings())
        adds = seat.rights.can("add", STAY.area)
        n = 0
        while not over.is_set():
            row_id = HOT[n % len(HOT)]
            try:
                edit(seat, row_id, letter)
                if adds:
                    told("stay", stay(seat, row_id, n))
                n += 1
            except Conflict:
                continue
            except Refused as error:
                told(*(("unsure", row_id) if is_unsure(error) else ("refused", error)))
            except Exception as error:  # reading, while the server is away
                if not getattr(error, "lost", False):
                    raise
                told("refused", database.explain(error))
            time.sleep(PAUSE[PACE])


def edit(seat: Desk, row_id: int, letter: str) -> None:
    found = seat.get(ACCOUNT, row_id)
    assert found is not None
    seat.save(ACCOUNT, row_id, found["version"], {FIELD: found[FIELD] + letter})
    told("edit", row_id)


def stay(seat: Desk, company: int, n: int) -> int:
    given = {"hotel_id": HERE, "company_id": company, "arrival": f"2026-11-{n % 20 + 1:02d}", "departure": "2026-11-28", "status": "Check-Out", "rate": 38_000}
    return int(seat.save(STAY, None, 0, given).rows[0][1])


def window(address: str, letter: str) -> None:
    """The real program, and somebody who types into its sheet and presses Ctrl+S."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from crm_desktop import app

    application = QApplication([])
    os.environ["CRM_DESKTOP_PASSWORD"] = PASSWORD
    program = app._begin(address, Settings())
    assert program is not None
    program.window.show()
    person = Person(program.window, letter, list(HOT))
    timer = QTimer()
    timer.timeout.connect(person.tick)
    timer.start(TICK)
    QApplication.exec()
    program.close()
    told("gap", f"{person.gap:.2f}")
    del application


class Person:
    """Opens a client, adds a letter to its short name, saves; where somebody else changed it meanwhile, adds it to theirs."""

    def __init__(self, window: Any, letter: str, ids: list[int]) -> None:
        self._window, self._letter, self._ids = window, letter, ids
        self._n, self._rest = ord(letter), 0  # everybody begins elsewhere
        self._step = self.open
        self._last = time.monotonic()
        self._until = 0.0
        self.gap = 0.0

    def tick(self) -> None:
        now = time.monotonic()
        self.gap, self._last = max(self.gap, now - self._last), now
        if now >= self._until:
            self._step()

    @property
    def _id(self) -> int:
        return self._ids[self._n % len(self._ids)]

    @property
    def _form(self) -> Any:
        return self._window.page("accounts")._sheet.form

    def open(self) -> None:
        from PySide6.QtWidgets import QApplication

        if over.is_set():
            QApplication.quit()
            return
        self._window.go("accounts", record="account", id=self._id)
        self._step, self._until = self.come, 0.0

    def come(self) -> None:
        if self._form.row_id == self._id and not self._form._saving:
            self._step = self.type
        elif not self._window.strips.strip("network"):
            self._rest += 1
            if self._rest % 50 == 0:  # what was read while the server went away is asked for again
                self._step = self.open

    def type(self) -> None:
        from PySide6.QtTest import QTest

        cell = self._form.cells[FIELD]
        wanted = str(cell.raw) + self._letter
        if cell.editor.value() != wanted:
            cell.editor.selectAll()
            QTest.keyClicks(cell.editor, wanted)
        self._form.save()
        self._step = self.saved

    def saved(self) -> None:
        form = self._form
        if form._saving is not None:
            return
        if not form.dirty():
            told("edit", self._id)
            self._n += 1
            self._step, self._until = self.open, time.monotonic() + PAUSE[PACE]
            return
        if any(each.text().startswith("The server went away while") for each in form._notice.findChildren(type(form._note)) if each.isVisible()):
            told("unsure", self._id)
        self._step, self._until = self.type, time.monotonic() + PATIENCE


def main() -> None:
    """Sit down."""
    use("en")
    kind, address, letter = sys.argv[1:4]
    if "quick" in sys.argv:
        watchdog.DOUBT_AFTER = watchdog.SIGN_WITHIN = 1.0
    wait_for_the_end()
    {"desk": desk, "window": window}[kind](address, letter)


if __name__ == "__main__":
    main()
