"""One row on a whole page: who it is, its figures, what refers to it, and its form."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Figure, Record, Row
from crm_desktop.record.text import Text, say
from crm_desktop.store import rows
from crm_desktop.ui import jobs, theme
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.form import Form
from crm_desktop.ui.lists import ListPanel
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import Chip, PlainLabel, tool

if TYPE_CHECKING:
    from crm_desktop.record.duty import Related
    from crm_desktop.ui.window import Window

FORM_WIDTH = 420
FIGURE_HEIGHT = 72


class Figures(QWidget):
    """The figures in one line, painted; a click opens the rows behind one."""

    opened = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._figures: list[Figure] = []
        self._over = -1
        self._at_key = 0  # where the arrow keys stand
        self.setFixedHeight(FIGURE_HEIGHT)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        put(self, "setAccessibleName", Text("Figures"))

    def show_figures(self, figures: list[Figure]) -> None:
        """Show these figures."""
        self._figures = figures
        self._at_key = min(self._at_key, max(0, len(figures) - 1))
        put(self, "setAccessibleDescription", "; ".join(f"{say(f.label)} {f.value}" for f in figures))
        self.update()

    def _box(self, at: int) -> QRect:
        width = self.width() / max(1, len(self._figures))
        return QRect(round(at * width), 0, round(width) - 8, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for at, figure in enumerate(self._figures):
            self._paint(painter, self._box(at), figure, at == self._over)

    def _paint(self, painter: QPainter, box: QRect, figure: Figure, over: bool) -> None:
        if self.hasFocus() and figure is self._figures[self._at_key]:
            painter.fillRect(box.left(), box.bottom() - 8, min(40, box.width()), 2, QColor(theme.C["accent"]))
        painter.setFont(theme.small_font())
        painter.setPen(QColor(theme.C["soft"]))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        label = painter.fontMetrics().elidedText(say(figure.label), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box.adjusted(0, 6, 0, -44), flags, label)
        painter.setFont(_fitting(figure.value, box.width()))
        painter.setPen(QColor(theme.C["accent" if over and figure.opens else figure.tone or "text"]))
        painter.drawText(box.adjusted(0, 28, 0, -16), flags, figure.value)
        if figure.note:
            width = painter.fontMetrics().horizontalAdvance(figure.value) + 6
            painter.setFont(theme.small_font())
            painter.setPen(QColor(theme.C["soft"]))
            painter.drawText(box.adjusted(width, 28, 0, -16), flags, say(figure.note))

    def _at(self, x: float) -> int:
        return min(int(x * len(self._figures) / max(1, self.width())), len(self._figures) - 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._at(event.position().x())
        if over != self._over:
            self._over = over
            opens = over >= 0 and self._figures[over].opens
            self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position().x())
        if at >= 0 and self._figures[at].opens:
            self.opened.emit(self._figures[at].opens)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step and self._figures:
            self._at_key = min(max(self._at_key + step, 0), len(self._figures) - 1)
            self.update()
        elif event.key() in (*ENTER, Qt.Key.Key_Space) and self._figures and self._figures[self._at_key].opens:
            self.opened.emit(self._figures[self._at_key].opens)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.update()
        super().changeEvent(event)


class Sheet(QWidget):
    """The page of one row. `left` asks to go back to the list."""

    left = Signal()

    def __init__(self, window: Window, record: Record, parent: QWidget) -> None:
        super().__init__(parent)
        self._window, self.record = window, record
        self._id: int | None = None
        self._related: ListPanel | None = None
        self._related_by = ""
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._make_head())
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._side = QFrame(self._split)
        self._side.setObjectName("side")
        side = QVBoxLayout(self._side)
        side.setContentsMargins(1, 0, 0, 0)
        self.form = Form(record, self._side)
        self.form.closed.connect(self.left)
        side.addWidget(self.form)
        self._split.addWidget(self._side)
        box.addWidget(self._split, 1)
        jobs.hub().changed.connect(self._on_changed)

    def _make_head(self) -> QFrame:
        head = QFrame(self)
        head.setObjectName("head")
        box = QVBoxLayout(head)
        box.setContentsMargins(24, 12, 24, 0)
        box.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(8)
        back = tool(head, "arrow-left", Text("Back to the list"))
        back.clicked.connect(self.left)
        self._name = PlainLabel(head, "h1")
        self._chips = [Chip(head) for _ in range(3)]
        self._note = PlainLabel(head, "soft")
        for part in (back, self._name, *self._chips, self._note):
            line.addWidget(part)
        line.addStretch(1)
        box.addLayout(line)
        self.figures = Figures(head)
        self.figures.opened.connect(self._on_figure)
        box.addWidget(self.figures)
        return head

    # what it shows

    def load(self, row_id: int) -> None:
        """Show a row."""
        self._id = row_id
        self.form.load(row_id)
        self._read()

    def focus_first(self) -> None:
        """Put the keyboard on the figures; where a row has none it goes on to what comes next by itself."""
        self.figures.show()
        self.figures.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> None:
        if self._id is not None:
            work = partial(_facts, self._window.duties, self.record, self._id, self._window.today())
            jobs.read(self, work, self._on_facts, slot="facts")

    @Slot(object)
    def _on_facts(self, facts: tuple[Row | None, list[Figure]]) -> None:
        row, figures = facts
        if row is None or row["id"] != self._id:
            return
        put(self._name, "setText", str(row.get(self.record.name) or "") or self.record.title)
        choices = [f for f in self.record.fields if f.kind == Kind.CHOICE and f.choices and row.get(f.name) and f.tone(row[f.name])]
        for chip, field in zip(self._chips, [*choices, None, None, None], strict=False):
            chip.show_text(field.choice_text(row[field.name]) if field else "", field.tone(row[field.name]) if field else "grey")
        notes = [row.get(self.record.code), row.get("phone"), row.get("city"), row.get("account_id.name"), row.get("owner_id.name")]
        put(self._note, "setText", " · ".join(str(n) for n in notes if n))
        self.figures.show_figures(figures)
        self.figures.setVisible(bool(figures))
        self._show_related(row)

    def _show_related(self, row: Row) -> None:
        found = self._window.related(self.record.key)
        if not found:
            return
        related: Related = found[0]
        record = self._window.record(related.record)
        by = next((name for name in related.by if _points(record, name, row)), related.by[0])
        if self._related is None or self._related_by != by:
            self._replace_related(related, record, by, row)
        elif self._related.fixed != ((by, "=", row["id"]),):
            self._related.set_fixed(((by, "=", row["id"]),))

    def _replace_related(self, related: Related, record: Record, by: str, row: Row) -> None:
        if self._related is not None:
            self._related.setParent(None)
            self._related.deleteLater()
        self._related_by = by
        panel = self._related = ListPanel(record, self._split, ((by, "=", row["id"]),))
        panel.make_part(related.title, related.columns)
        panel.opened.connect(self._on_opened)
        panel.export.connect(self._on_export)
        self._split.insertWidget(0, panel)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        self._split.setSizes([max(1, self._split.width() - FORM_WIDTH), FORM_WIDTH])

    # what happens

    @Slot(object)
    def _on_opened(self, row_id: int) -> None:
        if self._related is not None:
            self._window.open_record(self._related.record.key, row_id)

    @Slot()
    def _on_export(self) -> None:
        from crm_desktop.ui import exporting

        if self._related is not None:
            exporting.ask(self._window, self._related.query())

    @Slot(object)
    def _on_figure(self, filters: Any) -> None:
        if self._related is not None:
            mine = {column for column, _, _ in self._related.fixed}
            self._related.show_only([f for f in filters if f[0] not in mine])

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self.isVisible() and change.tables:
            self._read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _fitting(words: str, width: int) -> QFont:
    """The figures' font, smaller where there is little room: a cut number is a wrong number."""
    for points in (13.0, 11.0, theme.SMALL_POINTS):
        font = theme.font(points, bold=True)
        if QFontMetrics(font).horizontalAdvance(words) <= width:
            break
    return font


def _points(record: Record, name: str, row: Row) -> bool:
    """True when this reference column may point to this row (an agency is never in the column of companies)."""
    where = record.by_name[name].ref_where
    return where is None or row.get(where[0]) == where[1]


def _facts(duties: Any, record: Record, row_id: int, day: str, reader: Any, job: jobs.Job) -> tuple[Row | None, list[Figure]]:
    row = rows.get(reader, record, row_id)
    if row is None:
        return None, []
    related = any(record.key in duty.related for duty in duties)
    return row, [f for duty in duties if duty.figures and related for f in duty.figures(reader, record.key, row_id, day)]
