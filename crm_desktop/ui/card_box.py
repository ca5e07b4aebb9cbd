"""Who is it? A line to type any piece of a name, number or room, and the card of whoever is meant; keys say what is next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.choices import Choice, ChoiceList, TypeBox
from crm_desktop.ui.hearing import announce
from crm_desktop.ui.palette import Overlay
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

SHOWN = 5
FOLDS = 2  # how far a card can be folded


class Cards(Protocol):
    """What a duty gives: how cards are found (in a reading thread), the widget that shows one, and what keys do with it."""

    title: Text
    hint: Text
    foot: Text  # what the keys do
    nothing: Text  # what Enter does when nobody is found

    def find(self, reader: Any, typed: str) -> Sequence[Any]: ...
    def words(self, card: Any) -> tuple[Text | str, Text | str]: ...
    def widget(self, parent: QWidget) -> Any: ...  # has show_card(card), and perhaps opened = Signal(str, object)
    def about(self, card: Any) -> tuple[str, int]: ...  # the record and row a card is of
    def enter(self, window: Window, card: Any | None, typed: str) -> None: ...
    def space(self, window: Window, card: Any) -> bool: ...  # True when Space did something


class _Line(TypeBox):
    spaced = Signal()
    takes_space = False  # while cards are there and Space means something

    def focusNextPrevChild(self, _forward: bool) -> bool:
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.takes_space and not self.composing:
            self.spaced.emit()
        else:
            super().keyPressEvent(event)


class CardBox(Overlay):
    """Typing finds, arrows choose, the card shows; Enter and Space do what the duty says."""

    def __init__(self, window: Window, cards: Cards, width: int, spaces: bool = False) -> None:
        super().__init__(window, width)
        self._owner, self._cards, self._spaces = window, cards, spaces
        self.found: list[Any] = []
        self._typed = ""
        self._enter_waits = False
        self.box.addWidget(PlainLabel(self.panel, "h2", cards.title))
        self.edit = _Line(self.panel)
        put(self.edit, "setPlaceholderText", cards.hint)
        put(self.edit, "setAccessibleName", cards.title)
        self.list = ChoiceList(self.panel)
        put(self.list, "setAccessibleName", Text("Found"))
        self.card: Any = cards.widget(self.panel)
        if hasattr(self.card, "opened"):
            self.card.opened.connect(self._on_opened)
        self.foot = PlainLabel(self.panel, "soft")
        self.foot.setWordWrap(True)
        for part in (self.edit, self.list, self.card, self.foot):
            self.box.addWidget(part)
        self.edit.typed.connect(self._read)
        self.edit.stepped.connect(self.list.step)
        self.edit.left.connect(self.close)
        self.edit.entered.connect(self._on_entered)
        self.edit.spaced.connect(self._on_space)
        self.list.currentRowChanged.connect(self._on_row)
        self.list.picked.connect(self._on_picked)
        self._show([])

    def open(self) -> None:
        super().open()
        self.edit.setFocus()
        self._read("")

    @Slot(str)
    def _read(self, _typed: str) -> None:
        self._enter_waits = False
        jobs.read(self, partial(_find, self._cards, self.edit.text()), self._on_found, slot="cards")

    @Slot(object)
    def _on_found(self, answer: tuple[str, Sequence[Any]]) -> None:
        typed, found = answer
        if typed != self.edit.text():
            return
        self._typed = typed
        self._show(list(found))
        if self._enter_waits:
            self._on_entered()

    def _show(self, found: list[Any]) -> None:
        self.found = found
        lines = [Choice(*self._cards.words(card), at) for at, card in enumerate(found)]
        self.list.setVisible(len(found) > 1)
        self.list.show_choices(lines, most=SHOWN)
        self.card.setVisible(bool(found))
        if found:
            self._show_card(found[max(0, self.list.currentRow())])
        self.edit.takes_space = self._spaces and bool(found) and bool(self._typed.strip())
        waiting = not found and bool(self.edit.text().strip())
        put(self.foot, "setText", self._cards.nothing if waiting else self._cards.foot)
        self.place()

    def _needed(self, width: int) -> int:
        """What tells least is left away, one thing after another, until the rest is whole."""
        fold = getattr(self.card, "fold", None)
        needed = super()._needed(width)
        if fold is None or not self.found:
            return needed
        for far in range(FOLDS + 1):
            fold(far)
            needed = super()._needed(width)
            if needed <= self._room():
                break
        return needed

    def chosen(self) -> Any | None:
        """The card that is shown."""
        return self.found[max(0, self.list.currentRow())] if self.found else None

    def about(self) -> tuple[str, int] | None:
        """The record and the row the card is of."""
        card = self.chosen()
        return None if card is None else self._cards.about(card)

    @Slot(int)
    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self.found):
            self._show_card(self.found[row])
            self.place()

    def _show_card(self, card: Any) -> None:
        """Show a card, and say it to whoever does not see it: the keyboard stays in the line."""
        self.card.show_card(card)
        announce(self, f"{self.card.accessibleName()}; {self.card.accessibleDescription()}")

    @Slot(object)
    def _on_picked(self, _value: object) -> None:
        self.edit.setFocus()

    @Slot()
    def _on_entered(self) -> None:
        if self._typed != self.edit.text():
            self._enter_waits = True  # typed faster than found
            return
        if self.edit.text().strip() or self.found:
            card, typed = self.chosen(), self.edit.text().strip()
            self.close()
            self._cards.enter(self._owner, card, typed)

    @Slot()
    def _on_space(self) -> None:
        card = self.chosen()
        if card is not None and self._cards.space(self._owner, card):
            self.close()

    @Slot(str, object)
    def _on_opened(self, record: str, row_id: int) -> None:
        self.close()
        self._owner.open_record(record, row_id)


def _find(cards: Cards, typed: str, reader: Any, _job: jobs.Job) -> tuple[str, Sequence[Any]]:
    return typed, cards.find(reader, typed)
