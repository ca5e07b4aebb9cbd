"""Above a new form: the rows that what is typed may already be. Nothing is blocked; Alt+Up goes there, Enter opens one."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from crm_desktop.record.alike import WARN, Alike, because
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Text, say
from crm_desktop.ui import jobs, theme
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.form import Form
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel

PAUSE = 250  # ms without a key before what is typed is looked for
MOST, LINE, PADDING = 3, 44, 10


class _Line(QWidget):
    """One row that may be the same: its name, what tells it from others, and why."""

    chosen = Signal(object)
    left = Signal()
    stepped = Signal(object, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.found: Alike | None = None
        self.setFixedHeight(LINE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_found(self, found: Alike) -> None:
        """Show this row."""
        self.found = found
        put(self, "setAccessibleName", Text("{first}: {second}", first=found.title, second=because(found.reasons)))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in ENTER and self.found is not None:
            self.chosen.emit(self.found.id)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in steps:
            self.stepped.emit(self, steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.found is not None and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self.found.id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.found is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QColor(theme.C["accent"]))
            painter.setBrush(QColor(theme.C["surface"]))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 6, 6)
        box = self.rect().adjusted(PADDING, 3, -PADDING, -3)
        name = f"{self.found.title}  {self.found.note}".rstrip()
        lines = ((theme.font(), "text", name, Qt.AlignmentFlag.AlignTop), (theme.small_font(), "amber", say(because(self.found.reasons)), Qt.AlignmentFlag.AlignBottom))
        for font, tone, words, side in lines:
            painter.setFont(font)
            painter.setPen(QColor(theme.C[tone]))
            painter.drawText(box, int(side | Qt.AlignmentFlag.AlignLeft), painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width()))


class AlikeStrip(QWidget):
    """Stands above a form while a new row is typed that may be there already. `opened` asks for one of those."""

    opened = Signal(object)

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self._form = form
        self._asked: Row = {}
        self._back: QWidget | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 8, 14, 8)
        box.setSpacing(2)
        self._head = PlainLabel(self, "warning")
        box.addWidget(self._head)
        self.lines = [_Line(self) for _ in range(MOST)]
        for line in self.lines:
            line.chosen.connect(self.opened)
            line.left.connect(self._on_left)
            line.stepped.connect(self._on_stepped)
            box.addWidget(line)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.ask)
        go = QShortcut(QKeySequence("Alt+Up"), form)
        go.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        go.activated.connect(self.enter)
        form.settled.connect(self._on_settled)
        layout = form.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, self)
        self.hide()

    @Slot(object)
    def _on_settled(self, row: Row | None) -> None:
        if row is not None or not self._form.dirty():
            self._pause.stop()
            self._asked = {}
            self.hide()
        elif self._compared() != self._asked:
            self._pause.start()

    def _compared(self) -> Row:
        values = self._form.values()
        return {name: values.get(name) for name in self._form.record.alike_on}

    def ask(self) -> None:
        """Look for what is typed, without waiting for the next key."""
        self._pause.stop()
        if self._form.row_id is None and self._form.dirty():
            self._asked = self._compared()
            jobs.read(self, partial(_check, self._form.record, self._asked), self._on_found, slot="alike")

    @Slot(object)
    def _on_found(self, answer: tuple[Row, list[Alike]]) -> None:
        asked, found = answer
        if asked != self._asked or self._form.row_id is not None:
            return
        sure = bool(found) and found[0].score >= WARN
        put(self._head, "setText", Text("Perhaps the same as ({key} goes there, Enter opens):", key="Alt+↑") if sure else Text("Sounds familiar ({key} goes there, Enter opens):", key="Alt+↑"))
        for line, each in zip(self.lines, [*found[:MOST], *[None] * MOST], strict=False):
            line.setVisible(each is not None)
            if each is not None:
                line.show_found(each)
        self.setVisible(bool(found))

    def enter(self) -> None:
        """Let the keyboard go to the first of them."""
        if self.isVisible():
            self._back = QApplication.focusWidget()
            self.lines[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_left(self) -> None:
        (self._back or self._form).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object, int)
    def _on_stepped(self, line: _Line, way: int) -> None:
        shown = [each for each in self.lines if not each.isHidden()]
        shown[(shown.index(line) + way) % len(shown)].setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.C["amber_bg"]))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(theme.C["line"]))


def _check(record: Record, values: Row, reader: Any, job: jobs.Job) -> tuple[Row, list[Alike]]:
    from crm_desktop.store import alike

    return values, alike.check(reader, record, values)
