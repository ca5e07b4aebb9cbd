"""What a seller does fifty times a day, at the instant before Enter: the cards, the lines, a birthday, what comes up by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from crm_desktop.desk.notices import Notice
from crm_desktop.ui.card_box import CardBox
from crm_desktop.ui.quick import QuickLine
from tests.gallery.until import until

Wait = Callable[[], None]


def phone_rings(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """F2: the card of who calls, found by the last figures of the number."""
    window.go("today")
    wait()
    with window.store.open_reader() as reader:
        number = str(reader.execute("select phone from person where id = ?", (ids["霍明翊"],)).fetchone()[0])
    _card(window, "phone", number[-4:], wait)


def in_the_lobby(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """F3: the arrival card of who stands there, found by the room."""
    window.go("today")
    wait()
    _card(window, "lobby", "1211", wait)


def _card(window: Any, key: str, typed: str, wait: Wait) -> None:
    window.keys.run(key)
    box = window.findChild(CardBox)
    box.edit.setText(typed)
    box.edit.typed.emit(typed)
    until(lambda: box.found, wait)
    wait()


def preference_line(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """F6: a preference as it was said."""
    window.go("today")
    _line(window, "preference", "1702 不吃花生 过敏 听太太说", wait)


def promise_line(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """F7 on a client: a promise to pay."""
    window.open_record("account", ids["越岫城建集团"])
    wait()
    _line(window, "payment", "25号前付5万 会计说", wait)


def receipt_line(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """F7: money that came, with what it is proposed to pay."""
    window.go("receivables")
    wait()
    _line(window, "payment", "到账 18600 绍兴鹿渚", wait)


def booking_line(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """F9: a private room for Saturday."""
    window.go("bookings")
    wait()
    _line(window, "booking", "周六晚 12位 包厢 澄籁精密制造", wait)


def _line(window: Any, key: str, typed: str, wait: Wait) -> None:
    window.keys.run(key)
    wait()
    line = window.findChild(QuickLine)
    line.edit.setText(typed)
    line.edit.typed.emit(typed)
    until(lambda: len(line.parts.words()) > 1, wait)
    wait()


def birthday_row(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Whose birthday is tomorrow, on *Today*."""
    window.go("today")
    page = window.page("today")
    page.go_today()
    wait()
    until(lambda: page.cards, wait)
    next(card for card in page.cards if card.line.label.source == "Birthdays tomorrow").asked.emit(_at(page, "Birthdays tomorrow"))
    wait()


def _at(page: Any, label: str) -> int:
    return int(next(at for at, line in enumerate(page._board.lines) if line.label.source == label))


def tomorrow(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The board of the day after."""
    page = window.page("today")
    window.go("today", day="2026-11-19")
    until(lambda: page._board.day == "2026-11-19", wait)
    wait()


def due_by_itself(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """What becomes due comes up over the hand-over, beside what is pressed there."""
    window.page("today").go_today()
    window.go("handover")
    wait()
    window.notices._take([Notice("follow_up", 1, "给许棠回电", "list-todo", "2026-11-18", "13:20", False)])
    window.notices.panel.pop_up(by_person=False)
    wait()


MOMENT_SCREENS = {
    step.__name__: step
    for step in (phone_rings, in_the_lobby, preference_line, promise_line, receipt_line, booking_line, birthday_row, tomorrow, due_by_itself)
}
