"""The page of all registers: a card for each duty with the pages the rail has no room for, and a new row of each at hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout

from crm_desktop.record.duty import Duty, Page
from crm_desktop.record.text import Text
from crm_desktop.ui import theme
from crm_desktop.ui.flow import packed
from crm_desktop.ui.scrolled import GAP, SIDE, ScrolledPage
from crm_desktop.ui.widgets import ICON, ICON_GAP, PlainLabel, card, link, tool

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

COLUMN = 300
HEAD, LINE = 56, 28  # px: what a card is high without its lines, and each of them
WAYS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


def beside(duty: Duty) -> list[Page]:
    """The pages of a duty that the rail does not show."""
    return [page for page in duty.pages if not page.rail]


class RegistersPage(ScrolledPage):
    """Cards in as many columns as there is room for, read down and then across."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, Text("All registers"))
        self._columns = 0
        self.buttons: list[QPushButton] = []
        self._across = QHBoxLayout()
        self._across.setSpacing(GAP)
        self.box.addLayout(self._across)
        self.box.addStretch(1)
        self._cards = [(self._card(duty, pages), HEAD + (LINE + 2) * len(pages)) for duty in window.duties if (pages := beside(duty))]

    def _card(self, duty: Duty, pages: list[Page]) -> QFrame:
        frame, lines = card(self.widget())
        lines.setSpacing(2)
        title = PlainLabel(frame, "h2", duty.title)
        title.setContentsMargins(4, 0, 0, 4)
        lines.addWidget(title)
        for page in pages:
            lines.addLayout(self._line(page, frame))
        return frame

    def _line(self, page: Page, frame: QFrame) -> QHBoxLayout:
        """The page's name, and a plus for a new row where rows are made by hand."""
        line = QHBoxLayout()
        line.setSpacing(0)
        go = link(frame, page.title)
        go.setIcon(theme.icon(page.icon, ICON, ICON_GAP))
        go.setIconSize(QSize(ICON + ICON_GAP, ICON))
        go.setFixedHeight(LINE)
        go.clicked.connect(partial(self._go, page.key))
        go.installEventFilter(self)
        self.buttons.append(go)
        line.addWidget(go)
        line.addStretch(1)
        if page.record is not None and page.record.by_hand:
            line.addWidget(self._plus(page, frame))
        return line

    def _plus(self, page: Page, frame: QFrame) -> QToolButton:
        assert page.record is not None
        made = tool(frame, "plus", Text("New: {record}", record=page.record.title))
        made.setFixedSize(LINE, LINE)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by the keyboard: the page and Ctrl+N
        made.clicked.connect(partial(self._new, page.key))
        return made

    def _go(self, key: str, _checked: bool = False) -> None:
        self._window.go(key)

    def _new(self, key: str, _checked: bool = False) -> None:
        self._window.go(key, new=True)

    def _arrange(self, columns: int) -> None:
        """The cards in so many columns."""
        self._columns = columns
        while item := self._across.takeAt(0):
            if (column := item.layout()) is not None:
                while column.takeAt(0):
                    pass
                column.deleteLater()
        boxes = [QVBoxLayout() for _ in range(columns)]
        for column, numbers in zip(boxes, packed([height for _, height in self._cards], columns, GAP), strict=False):
            for at in numbers:
                column.addWidget(self._cards[at][0])
        for each in boxes:
            each.setSpacing(GAP)
            each.addStretch(1)
            self._across.addLayout(each, 1)

    def focus_first(self) -> None:
        """The keyboard on the first register."""
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys go from register to register."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QPushButton) and (way := WAYS.get(Qt.Key(event.key()))):
            to = self.buttons[(self.buttons.index(watched) + way) % len(self.buttons)]
            to.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(to)
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = max(1, (self.viewport().width() - 2 * SIDE + GAP) // (COLUMN + GAP))
        if columns != self._columns:
            self._arrange(min(columns, len(self._cards)))


def registers(window: Window) -> RegistersPage:
    """The page."""
    return RegistersPage(window)
