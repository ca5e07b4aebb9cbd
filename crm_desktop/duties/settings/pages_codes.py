"""Code lists: the lists at the left, the chosen one at the right; a list is written down when somebody begins to change it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QItemSelection, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.desk import code_lists
from crm_desktop.desk.records import CODE_ITEM
from crm_desktop.duties.settings import queries
from crm_desktop.record import codes as lists
from crm_desktop.record.codes import CodeList
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.commands import Command
from crm_desktop.ui.record_page import RecordPage
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import PlainLabel, button, card, tool

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

LISTS_WIDTH = 268
OWN = Text("Own")


class Items(RecordPage):
    """The items of one list: new ones belong to it and come last; the arrows move the chosen one."""

    def __init__(self, window: Window) -> None:
        self.name = ""
        super().__init__(window, CODE_ITEM)
        self.up = tool(self.list.bar, "chevron-up", Text("Move up"))
        self.down = tool(self.list.bar, "chevron-down", Text("Move down"))
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        self.list.add_tools(self.up, self.down)
        self.list.set_columns(("code", "zh", "en", "tone", "retired"))

    def show_list(self, name: str) -> None:
        """Show the items of a list."""
        self.name = name
        if self.form is not None:
            self._hide_form()
        self.list.set_fixed((("list", "=", name),))

    def open_beside(self, row_id: int) -> None:
        """Show one item's form."""
        self._beside().load(row_id)

    @Slot()
    def new(self) -> None:
        """Begin an item of this list."""
        if self.name:
            jobs.read(self, partial(queries.last_position, self.name), self._on_last, slot="last")

    @Slot(object)
    def _on_last(self, last: int) -> None:
        self._begin({"list": self.name, "position": last + lists.STEP})

    @Slot()
    def _on_up(self) -> None:
        self._shift(-1)

    @Slot()
    def _on_down(self) -> None:
        self._shift(1)

    def _shift(self, by: int) -> None:
        row_id = self.list.view.current_id()
        if row_id is not None:
            jobs.act(self, partial(_move, self.name, row_id, by))

    @Slot(object)
    def _on_opened(self, row_id: int) -> None:
        self._beside().focus_first()


class Codes(QWidget):
    """The page of all code lists."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._make_lists())
        self._stack = QStackedWidget(self)
        self.items = Items(window)
        self._stack.addWidget(self._make_starter())
        self._stack.addWidget(self.items)
        across.addWidget(self._stack, 1)
        jobs.hub().changed.connect(self._on_changed)
        self._show_lists()
        self.lists_view.selectRow(0)

    def _make_lists(self) -> QWidget:
        side = QFrame(self)
        side.setObjectName("side")
        side.setFixedWidth(LISTS_WIDTH)
        box = QVBoxLayout(side)
        box.setContentsMargins(16, 12, 1, 0)
        box.addWidget(PlainLabel(side, "h1", Text("Code lists")))
        self.lists = Texts([Text("List"), Text("Changed")], side)
        self.lists_view = table(side, self.lists, 0, name=Text("Code lists"))
        self.lists_view.setColumnWidth(1, 64)
        self.lists_view.selectionModel().selectionChanged.connect(self._on_chosen)
        box.addWidget(self.lists_view, 1)
        return side

    def _make_starter(self) -> QWidget:
        page = QWidget(self)
        outer = QVBoxLayout(page)
        outer.setContentsMargins(24, 12, 24, 16)
        frame, box = card(page)
        self.title = PlainLabel(frame, "h1")
        note = PlainLabel(frame, "soft", Text("These choices come with the program. Change the list to rename, add, order or retire them; rows keep what they hold."))
        note.setWordWrap(True)
        self.change_button = button(frame, Text("Change this list"), primary=True, icon="pencil")
        self.change_button.clicked.connect(self.begin)
        line = QHBoxLayout()
        line.addWidget(self.title)
        line.addStretch(1)
        line.addWidget(self.change_button)
        box.addLayout(line)
        box.addWidget(note)
        self.starter = Texts([Text("Stored as"), Text("In Chinese"), Text("In English")], frame)
        self.starter_view = table(frame, self.starter, 2, name=Text("List entries"))
        self.starter_view.setColumnWidth(0, 150)
        self.starter_view.setColumnWidth(1, 190)
        box.addWidget(self.starter_view, 1)
        outer.addWidget(frame, 1)
        return page

    # what it shows

    def chosen(self) -> CodeList | None:
        """The list that is chosen."""
        rows = self.lists_view.selectionModel().selectedRows()
        return lists.lists()[rows[0].row()] if rows else None

    def _show_lists(self) -> None:
        at = self.lists_view.currentIndex().row()
        own = lists.edited()
        self.lists.show_rows([(one.title, OWN if one.name in own else "") for one in lists.lists()])
        self.lists_view.selectRow(max(0, at))

    @Slot()
    def _on_chosen(self, *_: QItemSelection) -> None:
        one = self.chosen()
        if one is None:
            return
        if one.name in lists.edited():
            self._stack.setCurrentWidget(self.items)
            if self.items.name != one.name:
                self.items.show_list(one.name)
            put(self.items.list.title, "setText", one.title)
            return
        self._stack.setCurrentIndex(0)
        put(self.title, "setText", one.title)
        self.starter.show_rows([(item["code"], item["zh"], item["en"]) for item in lists.starter_items(one)])

    def show_args(self, id: int | None = None, filters: Any = None, new: bool = False, given: Row | None = None, **_: Any) -> None:
        """Show the list a code belongs to, with the code open beside it."""
        if id is not None:
            jobs.read(self, partial(queries.list_of, id), partial(self._on_list_of, id), slot="list")

    def _on_list_of(self, row_id: int, name: str) -> None:
        names = [one.name for one in lists.lists()]
        if name in names:
            self.lists_view.selectRow(names.index(name))
            self.items.open_beside(row_id)

    # what happens

    @Slot()
    def begin(self) -> None:
        """Write the chosen list down, so that it can be changed."""
        one = self.chosen()
        if one is not None:
            jobs.act(self, partial(_begin, one.name))

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if CODE_ITEM.key in change.tables:
            jobs.read(self, queries.code_items, self._on_items, slot="items")

    @Slot(object)
    def _on_items(self, items: list[tuple[Any, ...]]) -> None:
        lists.learn(items)
        self._show_lists()
        self._on_chosen()

    def commands(self) -> list[Command]:
        """What can be done with the items that are shown."""
        return self.items.commands() if self._stack.currentWidget() is self.items else []

    def focus_first(self) -> None:
        """The keyboard begins in the lists."""
        self.lists_view.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.lists_view.viewport().update()


def _begin(name: str, desk: Any, job: jobs.Job) -> Any:
    return code_lists.begin(desk, name)


def _move(name: str, row_id: int, by: int, desk: Any, job: jobs.Job) -> Any:
    return code_lists.shift(desk, queries.ids_of(name, desk.store.writer), row_id, by)


def codes(window: Window) -> Codes:
    """The page of the code lists."""
    return Codes(window)
