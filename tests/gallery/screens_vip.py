"""The screens of VIPs and their preferences; the arrival card over the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from crm_desktop.duties.today.pages_screen import BigScreen
from crm_desktop.duties.vip.arrivals import arrival_cards
from crm_desktop.duties.vip.pages_card import LEAST, MOST, ArrivalCard
from crm_desktop.ui import jobs

Wait = Callable[[], None]


def vips(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The VIP stays, with one's form beside them."""
    window.go("vip")
    wait()
    window.page("vip").list.view.selectRow(2)
    wait()


def vip(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A VIP's stay with what must never meet the guest."""
    window.go("vip", filters=[("guest_id", "=", ids["霍明翊"]), ("stage", "=", "preparing")])
    wait()
    window.open_record("vip_stay", window.page("vip").list.model.row_id(0))
    wait()


def contradiction(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A guest of whom two facts contradict each other, with the preferences."""
    window.open_record("person", ids["单翊飞"])
    wait()
    window.page("people")._sheet.tabs.show_rows("preference", [])
    wait()


def arrival_card(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The arrival cards of two guests, over the list of VIPs."""
    window.go("vip")
    wait()
    cards = Cards(window)
    cards.show()
    cards.raise_()
    wait()


class Cards(QFrame):
    """Arrival cards side by side, at their narrowest and widest."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self.setProperty("class", "card")
        box = QHBoxLayout(self)
        self.cards = [ArrivalCard(self) for _ in range(2)]
        for card, width in zip(self.cards, (MOST, LEAST), strict=True):
            card.setFixedWidth(width)
            box.addWidget(card)
        for words, slot in (("huo", "first"), ("1211", "second")):
            jobs.read(self, partial(_arrivals, words), self._on_cards, slot=slot)

    def _on_cards(self, found: Any) -> None:
        words, cards = found
        self.cards[words == "1211"].show_card(cards[0])
        self.adjustSize()
        self.move((self.parentWidget().width() - self.width()) // 2, 56)


def _arrivals(words: str, reader: Any, job: Any) -> tuple[str, Any]:
    return words, arrival_cards(reader, "2026-11-19" if words == "huo" else "2026-11-18", words)


def cards_away(window: Any) -> None:
    """Take the cards away again."""
    for cards in (*window.findChildren(Cards), *window.findChildren(BigScreen)):
        cards.hide()
        cards.deleteLater()


def reception(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The service of a reception in preparation: amenities, inspection, a menu that is stopped, the critical path."""
    vip(window, ids, file, wait)
    window.page("vip")._sheet.tabs.show_rows("service", [])
    wait()


def department_card(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The kitchen's card of a dinner with what must never be on the menu."""
    window.go("department-cards", filters=[("guest_id", "=", ids["霍明翊"]), ("kind", "=", "kitchen")])
    wait()
    window.open_record("guest_card", window.page("department-cards").list.model.row_id(0))
    wait()


def room_checks(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The inspection of a room with its defect."""
    window.go("room-checks", filters=[("guest_id", "=", ids["司徒曜"])])
    wait()


def amenity_matrix(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The amenity matrix, one cell's form beside it."""
    window.go("amenity-matrix")
    wait()
    window.page("amenity-matrix").list.view.selectRow(3)
    wait()


def vip_levels(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The levels of both schemes."""
    window.go("vip-levels")
    wait()


def levels_watched(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """How many guests have each level, and who has earned a higher one."""
    window.go("levels-watched")
    wait()


def big_screen(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The big screen of the office, over the window."""
    window.go("today")
    wait()
    shown = BigScreen(window, None)
    shown.setWindowFlags(Qt.WindowType.Widget)
    shown.resize(window.size())
    shown.show()
    shown.raise_()
    shown.read()
    wait()


def confidential(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The file of a confidential guest: who knows, and who opened it."""
    window.open_record("person", ids["林一"])
    wait()
    window.page("people")._sheet.tabs.show_rows("opening", [])
    wait()


SCREENS = (
    vips, vip, contradiction, confidential, big_screen, arrival_card, reception, department_card, room_checks, amenity_matrix, vip_levels, levels_watched,
)  # fmt: skip
