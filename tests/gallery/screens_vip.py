"""The screens of VIPs and their preferences; the arrival card over the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout

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
    for cards in window.findChildren(Cards):
        cards.hide()
        cards.deleteLater()


SCREENS = (vips, vip, contradiction, arrival_card)
