"""A page of many rows judged at once: those that are chosen are acted on together, the one the keyboard is on says why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLayout, QVBoxLayout, QWidget

from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import jobs
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.flow import headed
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import PlainLabel, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

NARROW = 860  # px: below it the columns in `beside` make room
SHOWN = 2_000  # rows at most


class ChoosePage(QWidget):
    """A title with its buttons, a line that sums up, the rows, why, and what went wrong.

    A page of its own fills the bar, answers `read`, `show_rows`, `settle`, and names its `title`, `headings`, `widths`, the
    columns at the `right` and `beside`, and the tables whose change it is read anew after (`watched`). Enter opens the client."""

    title: Text
    headings: Sequence[Text]
    widths: Mapping[int, int]
    right: Sequence[int] = ()
    beside: Sequence[int] = ()
    watched: frozenset[str]

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._shown: list[Any] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 16)
        box.setSpacing(12)
        bar, line = headed(self, self.title)
        self.fill_bar(line)
        box.addLayout(bar)
        self.told = PlainLabel(self, "soft")
        box.addWidget(self.told)
        frame, inside = card(self)
        self.rows = Texts(self.headings, frame, self.right)
        self.view = table(frame, self.rows, 0, name=self.title)
        for at, width in self.widths.items():
            self.view.setColumnWidth(at, width)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.selectionModel().selectionChanged.connect(self._on_selected)
        self.view.installEventFilter(self)
        self.view.doubleClicked.connect(self._on_double)
        inside.addWidget(self.view)
        box.addWidget(frame, 1)
        self.why, self.problem = PlainLabel(self), PlainLabel(self, "error")
        for words in (self.why, self.problem):
            words.setWordWrap(True)
            box.addWidget(words)
        self.problem.hide()
        jobs.hub().changed.connect(self._on_changed)

    # what a page of its own says

    def fill_bar(self, bar: QLayout) -> None:
        """Add the buttons."""

    def read(self) -> None:
        """Read the rows anew."""
        raise NotImplementedError

    def settle(self) -> None:
        """After another choice: what can be done, and why."""

    def show_args(self, **_: Any) -> None:
        """Read what holds now."""
        self.tell(None)
        self.read()

    def focus_first(self) -> None:
        """The keyboard goes to the rows."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # the rows

    def show_rows(self, found: Iterable[Any], cells: Callable[[Any], tuple[Text | str, ...]]) -> None:
        """Show rows (each has an `id`); what was chosen stays the chosen one where it is still there."""
        chosen = {each.id for each in self.chosen()}
        self._shown = list(found)[:SHOWN]
        self.rows.show_rows([cells(each) for each in self._shown])
        if self._shown:
            self.choose(next((at for at, each in enumerate(self._shown) if each.id in chosen), 0))
        self.settle()

    def choose(self, at: int) -> None:
        """Choose one row and no other, whatever keys are held down just now."""
        flag = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(self.rows.index(at, 0), flag.ClearAndSelect | flag.Rows)

    def chosen(self) -> list[Any]:
        """The marked rows in their order."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self._shown[row] for row in rows if row < len(self._shown)]

    def here(self) -> Any | None:
        """The row the keyboard is on."""
        at = self.view.currentIndex().row()
        return self._shown[at] if 0 <= at < len(self._shown) else None

    def open(self) -> None:
        """Open the client the keyboard is on."""
        if (each := self.here()) is not None:
            self._window.open_record("account", each.id)

    # what is done

    def act(self, work: Callable[[Any, jobs.Job], Any], done: Callable[[Any], None] | None = None) -> None:
        """Change something; a refusal is told here, and the rows are read anew."""
        self.tell(None)
        jobs.act(self, work, done or self._on_done, failed=self._on_failed)

    @Slot(object)
    def _on_done(self, _answer: Any) -> None:
        self.focus_first()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self.tell(error.text)
            self.read()
        else:
            jobs.hub().failed.emit(error)

    def tell(self, text: Text | None, cls: str = "error") -> None:
        """Say something under the rows."""
        put(self.problem, "setText", text or "")
        self.problem.set_look(cls)
        self.problem.setVisible(text is not None)

    # others

    @Slot()
    def _on_selected(self, *_: Any) -> None:
        self.settle()

    @Slot(object)
    def _on_double(self, _index: object) -> None:
        self.open()

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self.isVisible() and self.watched & change.tables:
            self.read()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter opens."""
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ENTER:
            self.open()
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less weighty columns make room in a narrow window."""
        super().resizeEvent(event)
        for at in self.beside:
            self.view.setColumnHidden(at, self.width() < NARROW)
