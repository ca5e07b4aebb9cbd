"""A page of proposed touches, row by row: what the month's and the week's have in common. Arrows move, Space accepts or leaves out,
Enter opens the client, Ctrl+Enter takes what is accepted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStackedWidget, QTableView, QVBoxLayout, QWidget

from crm_desktop.duties.care import pages_proposal_grid as cells
from crm_desktop.duties.care import words_proposal as words
from crm_desktop.duties.care.rules_proposal import Left, Touch
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.text import Text
from crm_desktop.ui import seat
from crm_desktop.ui.decisions import DECISION
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.span_bar import OwnersBox, SpanBar
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import EmptyNote, PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

ROWS, LEFT, NONE = range(3)  # what the page shows: whom to see, whom not, that there is nobody


class Told(NamedTuple):
    """What a page says of its own: its title, the buttons beside its days, the one that takes what is accepted, and that there is nobody."""

    title: Text
    before: Text
    after: Text
    take: Text
    tip: Text
    nobody: Text


class ProposedPage(QWidget):
    """Rows that are accepted or left out, those nobody proposes, and the whole sentence of the one the keyboard is on.

    A page of this kind makes the table of its rows (`_make_grid`, `_row`), knows the days it is about (`_begins`, `_on_before`,
    `_on_after`), reads what is proposed and calls `_found`, and writes what is accepted."""

    told_by: Told
    widths: Sequence[int]
    narrow: int  # px of the page below which the columns `less` give way to the reason
    less: Sequence[int]

    def __init__(self, window: Window, spacing: int, foot: int) -> None:
        super().__init__(window)
        self._window = window
        self._owner: int | None = None
        self._owner_chosen = False
        self.rows: list[Touch] = []
        self.left: list[Left] = []  # whom nobody proposes, and why
        self._left_written = False
        self._out: set[int] = set()  # client ids
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(24, 12, 24, foot)
        self._box.setSpacing(spacing)
        self._box.addLayout(self._make_bar())
        self._body = QStackedWidget(self)
        self._body.addWidget(self._make_rows())
        self._body.addWidget(self._make_left())
        self.nothing = EmptyNote(self._body, "calendar-days", self.told_by.nobody)
        self._body.addWidget(self.nothing)
        self._box.addWidget(self._body, 1)
        self.why = PlainLabel(self)
        self.why.setWordWrap(True)
        self.why.setMinimumHeight(2 * self.why.fontMetrics().lineSpacing())
        self._box.addWidget(self.why)

    def _make_bar(self) -> SpanBar:
        bar = SpanBar(self, self.told_by.title, self.told_by.before, self.told_by.after)
        bar.before.clicked.connect(self._on_before)
        bar.after.clicked.connect(self._on_after)
        self.span_label, self.owners = bar.days, OwnersBox(self)
        self.owners.activated.connect(self._on_owner)
        self.left_button = button(self, Text("Not proposed"))
        self.left_button.setCheckable(True)
        self.left_button.clicked.connect(self._on_turn)
        self.write_button = button(self, self.told_by.take, primary=True, icon="check")
        put(self.write_button, "setToolTip", Text("{words} ({key})", words=self.told_by.tip, key="Ctrl+Enter"))
        self.write_button.clicked.connect(self.write)
        for made in (self.owners, self.left_button, self.write_button):
            bar.addWidget(made)
        return bar

    def _make_rows(self) -> QFrame:
        frame, inside = card(self)
        self.grid, self.view = self._make_grid(frame)
        self.view.clicked.connect(self._on_clicked)
        self._dress(self.view, self.widths)
        inside.addWidget(self.view)
        return frame

    def _make_grid(self, frame: QFrame) -> tuple[Texts, QTableView]:
        raise NotImplementedError

    def _make_left(self) -> QFrame:
        frame, inside = card(self)
        self.left_rows = Texts(cells.LEFT_HEADINGS, frame, right=(len(cells.LEFT_HEADINGS) - 1,))
        self.left_view = table(frame, self.left_rows, 4, name=Text("Not proposed"))
        self._dress(self.left_view, cells.LEFT_WIDTHS)
        inside.addWidget(self.left_view)
        return frame

    def _dress(self, view: QTableView, widths: Sequence[int]) -> None:
        for at, width in enumerate(widths):
            view.setColumnWidth(at, width)
        view.installEventFilter(self)
        view.selectionModel().currentChanged.connect(self._on_current)

    # what it shows

    def focus_first(self) -> None:
        """Put the keyboard on the rows."""
        {ROWS: self.view, LEFT: self.left_view}.get(self._body.currentIndex(), self.owners).setFocus(Qt.FocusReason.OtherFocusReason)

    def _mine(self) -> None:
        """Begin with the clients of who sits here, until somebody else is chosen."""
        here = seat.here()
        if not self._owner_chosen and here:
            self._owner = here.person_id

    def _begins(self) -> str:
        """The first day of what is proposed."""
        raise NotImplementedError

    def read(self) -> None:
        """Read the proposal."""
        raise NotImplementedError

    def _found(self, rows: list[Touch], left: list[Left]) -> None:
        self.rows, self.left = rows, left
        self.left_button.setChecked(False)
        self._body.setCurrentIndex(ROWS if rows else NONE)
        self._show(0)

    def _show(self, at: int) -> None:
        column = max(0, self.view.currentIndex().column())
        self.grid.show_rows([self._row(one) for one in self.rows])
        if self.rows:
            self.view.setCurrentIndex(self.grid.index(min(max(0, at), len(self.rows) - 1), column))
        self._left_written = False
        if self._body.currentIndex() == LEFT:
            self._write_left()
        self._settle()
        self._on_current()

    def _row(self, one: Touch) -> list[Text | str]:
        raise NotImplementedError

    def _write_left(self) -> None:
        """Whom nobody proposes: made when somebody looks, the rows above are waited for."""
        begin = self._begins()
        self.left_rows.show_rows([cells.left_row(one, begin, self.owners.name_of(one.client.owner_id)) for one in self.left])
        self.left_view.selectRow(0)
        self._left_written = True

    def _settle(self) -> None:
        put(self.left_button, "setText", Text("Not proposed: {n}", n=f"{len(self.left):,}"))
        self.left_button.setEnabled(bool(self.left))
        self.write_button.setEnabled(bool(self.accepted()))

    @Slot()
    def _on_current(self, *_: Any) -> None:
        put(self.why, "setText", self._sentence())

    def _sentence(self) -> Text | str:
        """All reasons of the row the keyboard is on in one sentence, and their points; or why nobody is proposed."""
        if self._body.currentIndex() == LEFT:
            at = self.left_view.currentIndex().row()
            return words.left_sentence(self.left[at], self._begins()) if 0 <= at < len(self.left) else ""
        at = self.view.currentIndex().row()
        return Text("{first} ({second})", first=words.sentence(self.rows[at]), second=words.points(self.rows[at])) if 0 <= at < len(self.rows) else ""

    def accepted(self) -> list[Touch]:
        """The touches that are taken."""
        return [one for one in self.rows if one.client.id not in self._out]

    # what is done

    @Slot()
    def _on_before(self) -> None:
        raise NotImplementedError

    @Slot()
    def _on_after(self) -> None:
        raise NotImplementedError

    @Slot()
    def write(self) -> None:
        """Take what is accepted."""
        raise NotImplementedError

    @Slot()
    def _on_owner(self) -> None:
        self._owner, self._owner_chosen = self.owners.currentData(), True
        self.read()

    @Slot()
    def _on_turn(self) -> None:
        self._body.setCurrentIndex(LEFT if self.left_button.isChecked() else ROWS if self.rows else NONE)
        if self.left_button.isChecked() and not self._left_written:
            self._write_left()
        self._on_current()
        self.focus_first()

    def toggle(self, at: int, step: int = 0) -> None:
        """Accept a row or leave it out, and go on to another."""
        if 0 <= at < len(self.rows):
            self._out ^= {self.rows[at].client.id}
            self.grid.show_row(at, self._row(self.rows[at]))
            to = min(max(0, at + step), len(self.rows) - 1)
            self.view.setCurrentIndex(self.grid.index(to, max(0, self.view.currentIndex().column())))
            self._settle()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == DECISION:
            self.toggle(index.row())

    def open(self) -> None:
        """Open the client the keyboard is on."""
        rows: Sequence[Touch | Left] = self.left if self._body.currentIndex() == LEFT else self.rows
        at = (self.left_view if self._body.currentIndex() == LEFT else self.view).currentIndex().row()
        if 0 <= at < len(rows):
            self._window.open_record(ACCOUNT.key, rows[at].client.id)

    # what Qt tells

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event, watched is self.view):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent, touches: bool) -> bool:
        """True for a key that was for the rows: for those proposed (`touches`), or for those that are not."""
        held, key = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, event.key()
        if touches and self.view.state() == QAbstractItemView.State.EditingState:
            return False  # a line that takes Return lets it pass as well
        if key in ENTER and not held:
            self.open()
            return True
        if touches and key == Qt.Key.Key_Space and not held:
            self.toggle(self.view.currentIndex().row(), 1)
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.write()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column in self.less:
            self.view.setColumnHidden(column, self.width() < self.narrow)
