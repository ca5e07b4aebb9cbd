"""The page every record gets from its declaration: its list, the chosen row's form beside it, and its sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.desk.settings import COLUMNS
from crm_desktop.record.duty import Filter
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery
from crm_desktop.ui import exporting, jobs
from crm_desktop.ui.commands import Command
from crm_desktop.ui.form import Form
from crm_desktop.ui.list_tools import ListTools
from crm_desktop.ui.lists import ListPanel

if TYPE_CHECKING:
    from crm_desktop.ui.sheet import Sheet
    from crm_desktop.ui.window import Window

SIDE_WIDTH, WITH_LINES = 400, 460  # px: lines stand beside each other
FIND = "find"  # the filter of words
REMOVE = ("删除", "移除", "作废", "delete", "remove")


def form_width(record: Record) -> int:
    """How wide the form of a record begins, in pixels."""
    return WITH_LINES if record.lines else SIDE_WIDTH


class RecordPage(QWidget):
    """A list; a click shows the row's form beside it, Enter or a double-click gives the row the whole page.

    `show_args` understands record and id (open this row) and filters (show only these rows)."""

    def __init__(self, window: Window, record: Record) -> None:
        super().__init__(window)
        self._window, self.record = window, record
        self._sheet: Sheet | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget(self)
        box.addWidget(self._stack)
        self._split = QSplitter(Qt.Orientation.Horizontal, self._stack)
        self._split.setHandleWidth(1)
        self.list = ListPanel(record, self._split)
        self.tools = ListTools(window, self.list)
        self._split.addWidget(self.list)
        self._side = QFrame(self._split)
        self._side.setObjectName("side")
        self._side.hide()
        self.form: Form | None = None
        self._split.addWidget(self._side)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        self._split.setChildrenCollapsible(False)
        self._stack.addWidget(self._split)
        self._connect()
        again = QShortcut(QKeySequence("Ctrl+N"), self)
        again.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        again.activated.connect(self.new)

    def _connect(self) -> None:
        kept = self._window.settings.get(COLUMNS.of(self.record.key))
        if kept:
            self.list.set_columns(kept.split(","))
        self.list.columns_changed.connect(self._on_columns)
        self.list.picked.connect(self._on_picked)
        self.list.opened.connect(self._on_opened)
        self.list.create.connect(self.new)
        self.list.import_.connect(self._on_import)
        self.list.export.connect(self.export)

    # the form beside the list

    def _beside(self) -> Form:
        """The form, built when it is first needed."""
        if self.form is None:
            box = QVBoxLayout(self._side)
            box.setContentsMargins(1, 0, 0, 0)
            self.form = Form(self.record, self._side)
            self.form.closed.connect(self._hide_form)
            self.form.saved.connect(self._on_saved)
            self.form.removed.connect(self._hide_form)
            box.addWidget(self.form)
            if self.record.compare is not None:
                from crm_desktop.ui.alike_strip import AlikeStrip

                AlikeStrip(self.form).opened.connect(self._on_opened)
            self.dress(self.form)
        if self._side.isHidden():
            self._side.show()
            width = form_width(self.record)
            self._split.setSizes([max(1, self._split.width() - width), width])
        return self.form

    def dress(self, form: Form) -> None:
        """For pages of their own: add to a form that was just made, beside the list or in the sheet."""

    @Slot(object)
    def _on_picked(self, row_id: int | None) -> None:
        if row_id is not None:
            self._beside().load(row_id)

    @Slot()
    def new(self) -> None:
        """Begin a new row; in a list of somebody's sheet one of that list, that belongs to them."""
        if self._sheet is None or self._stack.currentWidget() is not self._sheet or not self._sheet.tabs.begin():
            self._begin(None)

    def _begin(self, given: Row | None) -> None:
        self._stack.setCurrentWidget(self._split)
        self._beside().new(given)

    @Slot()
    def _hide_form(self) -> None:
        self._side.hide()
        self.list.view.forget()
        self.list.focus_first()

    @Slot(object, object)
    def _on_saved(self, change: Any, row_id: int) -> None:
        self.list.view.go_to(row_id)

    # the whole page for one row

    @Slot(object)
    def _on_opened(self, row_id: int) -> None:
        self._window.open_record(self.record.key, row_id)

    def _open(self, row_id: int) -> None:
        from crm_desktop.ui.sheet import Sheet

        if self._sheet is None:
            self._sheet = Sheet(self._window, self.record, self._stack)
            self._sheet.left.connect(self._on_left)
            self._sheet.form.removed.connect(self._on_left)
            self._stack.addWidget(self._sheet)
            self.dress(self._sheet.form)
        self._stack.setCurrentWidget(self._sheet)
        self._sheet.load(row_id)

    @Slot()
    def _on_left(self) -> None:
        self._window.go_list(self.record.key)

    def show_args(
        self, id: int | None = None, filters: list[Filter] | None = None, new: bool = False, given: Row | None = None, **_: Any
    ) -> None:
        """Show what another page, the search or the way back asks for."""
        before = self._stack.currentWidget()
        if id is not None:
            self._open(id)
        else:
            self._stack.setCurrentWidget(self._split)
        if self._stack.currentWidget() is not before:
            self.focus_first()
        if id is not None:
            return
        if filters is not None:
            self._narrow(filters)
        if new:
            self._begin(given)

    def _narrow(self, filters: list[Filter]) -> None:
        """Only these rows; words that are looked for stand in the list's own search box."""
        self.list.show_only([one for one in filters if one[1] != FIND])
        for _, operator, words in filters:
            if operator == FIND:
                self.list.search.setText(str(words))

    @Slot()
    def _on_columns(self) -> None:
        self._window.settings.set(COLUMNS.of(self.record.key), ",".join(self.list.visible_columns()))

    # files

    @Slot()
    def _on_import(self) -> None:
        self._window.go("import", record=self.record.key)

    @Slot()
    def export(self) -> None:
        """Write the list as it is seen to a file."""
        exporting.ask(self._window, self.list.query())

    def query(self) -> ListQuery:
        """The list as it is seen."""
        return self.list.query()

    def shown(self) -> tuple[str, int] | None:
        """The row that has the page or stands beside the list."""
        if self._sheet and self._stack.currentWidget() is self._sheet:
            found = self._sheet.row_id
        else:
            found = self.form.row_id if self.form and self.form.isVisible() else None
        return (self.record.key, found) if found is not None else None

    def commands(self) -> list[Command]:
        """What can be done with this record."""
        form = self._shown_form()
        return [
            *([Command(Text("Remove: {record}", record=self.record.title), form.remove, "", REMOVE)] if form else []),
            Command(Text("Export this list"), self.export, "", ("导出", "excel", "csv")),
            *self.tools.commands(),
        ]

    def _shown_form(self) -> Form | None:
        """The form that shows a saved row now."""
        form = self._sheet.form if self._sheet and self._stack.currentWidget() is self._sheet else self.form
        return form if form and form.isVisible() and form.can_remove() else None

    def focus_first(self) -> None:
        """Put the keyboard into the list, or on the row that has the page."""
        if self._sheet and self._stack.currentWidget() is self._sheet:
            self._sheet.focus_first()
        else:
            self.list.focus_first()


def below_steps(form: Form, widget: QWidget) -> None:
    """Show what a page adds to a form, between its steps and its fields."""
    layout = form.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.insertWidget(2, widget)  # the notice and the steps stand above


class BegunPage(RecordPage):
    """A page whose rows hold once there are any: until then the program goes by its own, which a link writes down, to be changed."""

    def __init__(self, window: Window, record: Record, words: Text, write: Callable[[Any], Any]) -> None:
        super().__init__(window, record)
        self._write = write
        self.begin_link = self.list.add_link(words)
        self.begin_link.clicked.connect(self._on_begin)

    @Slot()
    def _on_begin(self) -> None:
        jobs.act(self, partial(_written, self._write))


def _written(write: Callable[[Any], Any], desk: Any, _job: jobs.Job) -> Any:
    return write(desk)
