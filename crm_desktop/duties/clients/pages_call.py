"""The phone rings: the card of whoever calls; Enter writes down the call, or makes a new caller of a number nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from crm_desktop.duties.clients.card import Card, call_cards
from crm_desktop.duties.clients.pages_card import CallCard
from crm_desktop.duties.clients.quick_call import QuickCall, QuickNewCaller
from crm_desktop.record.dates import business_date
from crm_desktop.record.text import Text
from crm_desktop.ui.card_box import CardBox
from crm_desktop.ui.quick import open_line

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

WIDTH = 620


class Phone:
    """The cards of people and clients by number, name, pinyin or initials."""

    title = Text("Who is calling?")
    hint = Text("Last digits of the number, name, pinyin or initials")
    foot = Text("Arrows choose · Enter writes down the call · Esc leaves")
    nothing = Text("Nobody is known by this. Enter takes the number or name down as a new caller.")

    def find(self, reader: Any, typed: str) -> Sequence[Card]:
        """At most a handful; nobody before something is typed."""
        return call_cards(reader, typed, business_date()) if typed.strip() else []

    def words(self, card: Card) -> tuple[Text | str, Text | str]:
        """The line of a card among others."""
        return card.name, card.unit[1] if card.unit else card.money or card.phone

    def widget(self, parent: QWidget) -> CallCard:
        """What shows a card."""
        return CallCard(parent)

    def about(self, card: Card) -> tuple[str, int]:
        """Whose card it is."""
        return card.record, card.row_id

    def enter(self, window: Window, card: Card | None, typed: str) -> None:
        """The line for the call; time and person are filled in."""
        if card is None:
            open_line(window, QuickNewCaller(typed))
        else:
            open_line(window, QuickCall(), (card.record, card.row_id))

    def space(self, window: Window, card: Card) -> bool:
        """A space belongs to the name that is typed."""
        return False


def phone(window: Window) -> CardBox:
    """Open the box."""
    box = CardBox(window, Phone(), WIDTH)
    box.open()
    return box
