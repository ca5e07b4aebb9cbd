"""What is scrolled as a whole and has no frame; the keyboard is in its fields and buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from crm_desktop.record.text import Text
from crm_desktop.ui.widgets import PlainLabel

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

SIDE, TOP, FOOT, GAP = 24, 12, 16, 16  # px


class Scrolled(QScrollArea):
    """An area whose widget is as wide as it is; `sideways` False: never wider."""

    def __init__(self, parent: QWidget, *, sideways: bool = True) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class ScrolledPage(Scrolled):
    """A page that is scrolled with its title: what is on it belongs to `body` and goes into `box`."""

    def __init__(self, window: Window, title: Text) -> None:
        super().__init__(window)
        self._window = window
        self.body = QWidget(self)
        self.setWidget(self.body)
        self.box = QVBoxLayout(self.body)
        self.box.setContentsMargins(SIDE, TOP, SIDE, FOOT)
        self.box.setSpacing(GAP)
        self.box.addWidget(PlainLabel(self.body, "h1", title))
