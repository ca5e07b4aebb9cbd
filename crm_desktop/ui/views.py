"""Views of lists in the window: known to every list and to the palette, read again when somebody keeps or removes one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from crm_desktop.record import view as kept_view
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.record.view import View
from crm_desktop.store import list_views
from crm_desktop.ui import jobs, seat
from crm_desktop.ui.commands import Command

if TYPE_CHECKING:
    from crm_desktop.ui.lists import ListPanel
    from crm_desktop.ui.window import Window

KEEP = Text("Keep this view")


class Views(QObject):
    """All views this person sees. `changed` tells that there are others now."""

    changed = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._rows: list[Row] = []
        jobs.hub().changed.connect(self._on_changed)
        self._read()

    def _read(self) -> None:
        jobs.read(self, _read, self._on_read, slot="views")

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if list_views.TABLE in change.tables:
            self._read()

    @Slot(object)
    def _on_read(self, rows: list[Row]) -> None:
        self._rows = rows
        self.changed.emit()

    def of(self, record: str) -> list[Row]:
        """The views of a list that are for everybody, or this person's own."""
        here = seat.here()
        return [row for row in self._rows if row["record"] == record and (row["shared"] or kept_view.mine(row, here))]

    def commands(self) -> list[Command]:
        """One for each view, found by its name."""
        out = []
        for record in dict.fromkeys(str(row["record"]) for row in self._rows):
            if page := self._window.page_of(record):
                many = self._window.record(record).many
                out += [
                    Command(Text("View {name} of {records}", name=row["name"], records=many), partial(self.show, page, row), "", ("视图", "view"))
                    for row in self.of(record)
                ]
        return out

    def show(self, page: str, row: Row) -> None:
        """Go to the list and show a view of it."""
        self._window.go(page)
        shown = getattr(self._window.page(page), "list", None)
        if shown is not None:
            show(shown, kept_view.read(row["content"], shown.record))


def of(window: QObject) -> Views | None:
    """The views of a window; None where there is no data."""
    return window.findChild(Views, options=Qt.FindChildOption.FindDirectChildrenOnly)


def now(panel: ListPanel) -> View:
    """What a list shows now, as a view; the filters that always hold there are none of it."""
    query = panel.query()
    return View(query.filters[len(panel.fixed) :], panel.visible_columns(), query.sort, query.descending)


def show(panel: ListPanel, view: View) -> None:
    """Let a list show a view."""
    if view.columns:
        panel.set_columns(view.columns)
    panel.show_only([one for one in view.filters if one[1] != "find"])
    words = next((str(value) for _, operator, value in view.filters if operator == "find"), "")
    if words:
        panel.search.setText(words)
    if view.sort:
        column = next(at for at, field in enumerate(panel.model.fields) if field.name == view.sort)
        panel.model.sort(column, Qt.SortOrder.DescendingOrder if view.descending else Qt.SortOrder.AscendingOrder)


def _read(reader: Any, job: jobs.Job) -> list[Row]:
    return list_views.read(reader)
