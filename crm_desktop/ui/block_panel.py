"""A part of a sheet made of blocks: each a card with its title, a value, a bar and lines that open their rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.record.text import Text, say
from crm_desktop.ui import jobs, theme
from crm_desktop.ui.fact_lines import FactLine, FactLines
from crm_desktop.ui.scrolled import Scrolled
from crm_desktop.ui.widgets import Chip, PlainLabel

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

TWO_COLUMNS, AROUND, GAP = 620, 52, 12  # px; AROUND: what stands left, right of and between two columns
NEW = "new"  # a line that opens a new row of a record, with values


class Bar(QWidget):
    """A share of a hundred as a thin bar in its tone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._share, self._tone = 0, "grey"
        self.setFixedHeight(6)

    def show_share(self, share: int, tone: str) -> None:
        """Show this."""
        self._share, self._tone = share, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.C["line2"]))
        painter.fillRect(QRect(0, 0, self.width() * max(0, min(100, self._share)) // 100, self.height()), QColor(theme.C[self._tone]))


class BlockCard(QFrame):
    """One block (`key`, `title`, `value`, `tone`, `share`, `lines`): title, its value as a chip, a bar, its lines."""

    def __init__(self, parent: QWidget, title: Text) -> None:
        super().__init__(parent)
        self.setProperty("class", "card")
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(16, 10, 12, 10)
        self.box.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(self, "h2", title))
        self._chip = Chip(self)
        head.addWidget(self._chip)
        head.addStretch(1)
        self.head = head
        self.box.addLayout(head)
        self._bar = Bar(self)
        self.box.addWidget(self._bar)
        self.lines = FactLines(self, title)
        self.box.addWidget(self.lines)

    def show_block(self, block: Any) -> None:
        """Show what it says now."""
        self._chip.show_text(block.value, block.tone or "grey")
        self._chip.setVisible(bool(say(block.value)))
        self._bar.setVisible(block.share is not None)
        self._bar.show_share(block.share or 0, block.tone or "grey")
        self.lines.show_lines([FactLine(line.left, line.words, line.tone, line.opens) for line in block.lines])


class BlockPanel(Scrolled):
    """`blocks(reader, row id, day)` gives the blocks of a row, None when it is gone; those named in `right` stand in the right
    column where there is room for two. `opened` carries record and id, or filters, of what to open."""

    opened = Signal(str, object)

    def __init__(self, window: Window, parent: QWidget, blocks: Callable[[Any, int, str], Any], right: Sequence[str]) -> None:
        super().__init__(parent, sideways=False)
        self._window, self._blocks, self._right = window, blocks, tuple(right)
        self.row_id: int | None = None
        self._page = QWidget(self)
        self._row = row = QHBoxLayout(self._page)
        row.setContentsMargins(24, 12, 16, 16)
        row.setSpacing(GAP)
        self._columns = [QVBoxLayout(), QVBoxLayout()]
        for column in self._columns:
            column.setSpacing(12)
            row.addLayout(column, 1)
        self.setWidget(self._page)
        self.cards: dict[str, BlockCard] = {}
        self._wide: bool | None = None
        jobs.hub().changed.connect(self._on_changed)

    def load(self, row_id: int) -> None:
        """Show a row; read only while it is looked at."""
        self.row_id = row_id
        if self.isVisible():
            self.read()

    def read(self) -> None:
        """Read what holds now."""
        if self.row_id is not None:
            jobs.read(self, partial(_read, self._blocks, self.row_id, self._window.today()), self._on_read, slot="blocks")

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.read()

    @Slot(object)
    def _on_read(self, answer: tuple[int, Sequence[Any] | None]) -> None:
        row_id, found = answer
        if found is None or row_id != self.row_id:
            return
        shown = {block.key: block for block in found}
        for key, block in shown.items():
            if key not in self.cards:
                made = self.cards[key] = BlockCard(self._page, block.title)
                made.lines.opened.connect(self._on_opened)
                self.dress(key, made)
            self.cards[key].show_block(block)
        for key, made in self.cards.items():
            made.setVisible(key in shown)
        self.settle(found)
        self._arrange(force=True)

    def dress(self, key: str, made: BlockCard) -> None:
        """For panels of their own: add to a card that was just made."""

    def settle(self, blocks: Any) -> None:
        """For panels of their own: what else hangs on what is shown."""

    def _arrange(self, force: bool = False) -> None:
        widest = max((made.minimumSizeHint().width() for made in self.cards.values()), default=0)
        wide = self.viewport().width() >= max(TWO_COLUMNS, 2 * widest + AROUND)
        if wide == self._wide and not force:
            return
        self._wide = wide
        for column in self._columns:
            while column.count():
                column.takeAt(0)
        for key, made in self.cards.items():
            self._columns[1 if wide and key in self._right else 0].addWidget(made)
        for at, column in enumerate(self._columns):
            if wide or not at:
                column.addStretch(1)
            self._row.setStretch(at, 1 if wide or not at else 0)
        self._row.setSpacing(GAP if wide else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def focus_first(self) -> None:
        """Put the keyboard on the first lines."""
        first = next((made.lines for made in self.cards.values() if made.lines.focusPolicy() != Qt.FocusPolicy.NoFocus), None)
        (first or self).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_opened(self, what: tuple[str, Any]) -> None:
        key, value = what
        if key == NEW:
            record, given = value
            self._window.go(self._window.page_of(record), new=True, given=given)
        else:
            self.opened.emit(key, value)

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self.isVisible() and change.tables:
            self.read()


def _read(blocks: Callable[[Any, int, str], Any], row_id: int, day: str, reader: Any, _job: jobs.Job) -> tuple[int, Any]:
    return row_id, blocks(reader, row_id, day)
