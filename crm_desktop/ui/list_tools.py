"""What a list does with many rows: change the selected ones, paste rows from a table, views kept by name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu

from crm_desktop.desk import mass
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import jobs, seat, views
from crm_desktop.ui.commands import Command
from crm_desktop.ui.list_model import PageSource, run_ask
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import link, tool

if TYPE_CHECKING:
    from crm_desktop.store.pages import ListQuery
    from crm_desktop.ui.lists import ListPanel
    from crm_desktop.ui.page_book import Ask
    from crm_desktop.ui.window import Window

CHANGE, PASTE = Text("Change the selected rows"), Text("Paste rows from a table")
COPY = Text("Copy the selected rows")
CHANGE_KEY = "Ctrl+D"
SELECT_FIRST = Text("Select the rows first: with Shift and the arrows, or Ctrl+A for all of them.")


class ListTools(QObject):
    """The tools of one list. They come by key, by a right click, by the palette, and below the list while rows are selected."""

    def __init__(self, window: Window, panel: ListPanel) -> None:
        super().__init__(panel)
        self._window, self._panel = window, panel
        self.can_change = bool(mass.fields(panel.record))
        self.change_link = link(panel.foot, CHANGE)
        self.change_link.hide()
        self.change_link.clicked.connect(self.change)
        line = panel.foot.layout()
        assert isinstance(line, QHBoxLayout)
        line.insertWidget(1, self.change_link)
        self.views_button = tool(panel.foot, "star", Text("Views of this list"))
        self.views_button.clicked.connect(self.show_views)
        line.insertWidget(2, self.views_button)
        panel.view.installEventFilter(self)
        panel.view.selectionModel().selectionChanged.connect(self._on_selected)

    def commands(self) -> list[Command]:
        """What the palette offers."""
        out = [Command(views.KEEP, self.keep_view, "", ("保存视图", "视图", "save view"))]
        if self.can_change:
            out.append(Command(PASTE, self.paste, "Ctrl+V", ("粘贴", "excel", "paste")))
            out.append(Command(CHANGE, self.change, CHANGE_KEY, ("批量修改", "批量", "mass edit", "bulk")))
        return out

    @Slot()
    def show_views(self) -> None:
        """A menu of the list's views."""
        from crm_desktop.ui.view_boxes import ViewMenu

        ViewMenu(self._window, self._panel).popup(self.views_button.mapToGlobal(self.views_button.rect().topLeft()))

    @Slot()
    def keep_view(self) -> None:
        """Keep what the list shows now under a name."""
        from crm_desktop.ui.view_boxes import keep

        keep(self._window, self._panel)

    @Slot()
    def _on_selected(self, *_: Any) -> None:
        self.change_link.setVisible(self.can_change and self._panel.view.selected_rows() > 1)

    @Slot()
    def change(self) -> None:
        """Ask which field of the selected rows gets which value."""
        count = self._panel.view.selected_rows()
        if not self.can_change:
            return
        if not count or count > mass.MOST:
            jobs.hub().failed.emit(Refused(mass.TOO_MANY if count else SELECT_FIRST))
            return
        asks = self._panel.model.asks_of(self._panel.view.selection())
        jobs.read(self, partial(_read_ids, self._panel.model.source, self._panel.query(), asks), self._on_ids, slot="ids")

    @Slot(object)
    def _on_ids(self, ids: list[int]) -> None:
        from crm_desktop.ui.mass_edit import MassEdit

        if ids:
            MassEdit(self._window, self._panel.record, ids).open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        if isinstance(event, QContextMenuEvent):
            self._menu(event)
            return True
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_D and held == Qt.KeyboardModifier.ControlModifier and self.can_change:
            self.change()
            return True
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
            return True
        return False

    @Slot()
    def paste(self) -> None:
        """Take the rows on the clipboard: what would happen is shown before anything is saved."""
        from crm_desktop.exchange import pasting

        store, record = self._window.store, self._panel.record
        if not self.can_change or store is None:
            return
        here = QGuiApplication.clipboard().mimeData()
        try:
            cells = pasting.cells_for(record, here.text(), here.html() if here.hasHtml() else "")
        except Refused as error:
            jobs.hub().failed.emit(error)
            return
        fixed = {column: value for column, operator, value in self._panel.fixed if operator == "="}
        constants = {name: value for name, value in (seat.own(record) | fixed).items() if name in record.by_name}
        listed = [name for name in self._panel.visible_columns() if name not in fixed]
        work = partial(_prepare, store, record, cells, listed, constants)
        jobs.work(self, work, partial(self._on_prepared, partial(work, hashes=True)))

    def _on_prepared(self, with_hashes: Any, pasted: Any) -> None:
        from crm_desktop.ui.paste_box import PasteBox

        PasteBox(self._window, pasted, with_hashes).open()

    def _menu(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self._panel)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, run, there in self._entries():
            action = menu.addAction("")
            put(action, "setText", words)
            action.setEnabled(there)
            action.triggered.connect(run)
        menu.popup(event.globalPos())

    def _entries(self) -> list[tuple[Text, Any, bool]]:
        some = self._panel.view.selected_rows() > 0
        return [(COPY, self._panel.view.copy, some), *([(PASTE, self.paste, True), (CHANGE, self.change, some)] if self.can_change else [])]


def _read_ids(source: PageSource, query: ListQuery, asks: list[Ask], reader: Any, job: jobs.Job) -> list[int]:
    return [int(cells[0]) for ask in asks for cells in run_ask(source, reader, query, ask)]


def _prepare(
    store: Any, record: Record, cells: list[list[str]], listed: list[str], constants: Row, reader: Any, job: jobs.Job, hashes: bool = False
) -> Any:  # fmt: skip
    from crm_desktop.exchange import pasting

    return pasting.prepare(reader, store.keys, store.by_key, record, cells, listed, constants, hashes)
