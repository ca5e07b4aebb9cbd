"""A guest stands in the lobby: the card of whoever is in a room or is called so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from crm_desktop.duties.vip import actions
from crm_desktop.duties.vip.arrivals import Arrival, arrival_cards
from crm_desktop.duties.vip.pages_card import ArrivalCard
from crm_desktop.record.dates import business_date
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.card_box import CardBox

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

WIDTH = 600


class Lobby:
    """The cards of guests in house or arriving today; `store` has their photos."""

    title = Text("Who stands in the lobby?")
    hint = Text("Room number, name, pinyin or initials")
    foot = Text("Arrows choose · Space: met · Enter opens the guest · Esc leaves")
    nothing = Text("Nobody of this name or room is in house or arriving today")

    def __init__(self, store: Any) -> None:
        self._store = store

    def find(self, reader: Any, typed: str) -> Sequence[Arrival]:
        """Without words, the VIPs of the day."""
        return arrival_cards(reader, business_date(), typed)

    def words(self, card: Arrival) -> tuple[Text | str, Text | str]:
        """The line of a card among others."""
        return f"{card.room} {card.name}".strip(), " · ".join(part for part in (card.level, card.unit) if part)

    def widget(self, parent: QWidget) -> ArrivalCard:
        """What shows a card."""
        return ArrivalCard(parent, self._store)

    def about(self, card: Arrival) -> tuple[str, int]:
        """The guest."""
        return "person", card.person_id

    def enter(self, window: Window, card: Arrival | None, typed: str) -> None:
        """Open the guest."""
        if card is not None:
            window.open_record("person", card.person_id)

    def space(self, window: Window, card: Arrival) -> bool:
        """Write down that the guest was met."""
        jobs.act(window, partial(_met, card.record, card.row_id), failed=window.toast.error)
        return True


def _met(record: str, row_id: int, desk: Any, _job: jobs.Job) -> Any:
    return actions.met(desk, record, row_id)


def lobby(window: Window) -> CardBox:
    """Open the box."""
    box = CardBox(window, Lobby(window.store), WIDTH, spaces=True)
    box.open()
    return box
