"""Approval levels: the hotel's own as rows; until it writes some, those that hold meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QBoxLayout

from crm_desktop.desk.records_rights import APPROVAL_LEVEL
from crm_desktop.duties.settings import people
from crm_desktop.record.text import Text
from crm_desktop.ui.record_page import BegunPage
from crm_desktop.ui.table import Texts, table

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

HEADINGS = (Text("What is approved"), Text("Who, up to which amount"))
KIND_WIDTH, STANDS_AT = 220, 3  # px; between the words and the button of an empty list


class LevelsPage(BegunPage):
    """The list; a link writes down the usual levels, to be changed."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, APPROVAL_LEVEL, Text("Write down the usual levels"), _begin)
        nothing = self.list.nothing
        self.usual = Texts(HEADINGS, nothing)
        self._show_usual()
        self.usual_view = table(nothing, self.usual, 1, name=Text("Usual approval levels"))
        self.usual_view.setColumnWidth(0, KIND_WIDTH)
        box = nothing.layout()
        assert isinstance(box, QBoxLayout)
        box.insertWidget(STANDS_AT, self.usual_view, 20)

    def _show_usual(self) -> None:
        self.usual.show_rows(people.usual_levels())

    def changeEvent(self, event: QEvent) -> None:
        """The joined words are said again here."""
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "usual_view"):
            self._show_usual()
        super().changeEvent(event)


def _begin(desk: Any) -> Any:
    from crm_desktop.desk import own_rights

    return own_rights.write_usual(desk)


def page(window: Window) -> LevelsPage:
    """The page of approval levels."""
    return LevelsPage(window)
