"""Asking for the name of a view, and the menu of a list's views."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QMenu, QWidget

from crm_desktop.desk import views as keeping
from crm_desktop.desk.records import LIST_VIEW
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Text
from crm_desktop.record.view import View, mine, read
from crm_desktop.ui import jobs, seat, views
from crm_desktop.ui.asking import Asking
from crm_desktop.ui.edits import Edit
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import button

if TYPE_CHECKING:
    from crm_desktop.ui.lists import ListPanel
    from crm_desktop.ui.window import Window

WIDTH = 480


class KeepView(Asking):
    """Asks for the name of a view, and whether it is for everybody."""

    def __init__(self, window: Window, record: Record, view: View, name: str = "") -> None:
        super().__init__(window, WIDTH, views.KEEP)
        self._record, self._view = record, view
        self.name = Edit(self.panel)
        self.name.setMaxLength(60)
        put(self.name, "setPlaceholderText", Text("Name of the view"))
        put(self.name, "setAccessibleName", Text("Name of the view"))
        self.name.setText(name)
        self.shared = QCheckBox(self.panel)
        put(self.shared, "setText", Text("For everybody"))
        put(self.note, "setText", Text("Filters, search words, columns and order are kept"))
        for part in (self.name, self.shared, self.note):
            self.box.addWidget(part)
        self.go = button(self.panel, Text("Keep"), primary=True)
        self.add_foot(self.go)
        self.name.entered.connect(self.save)
        self.go.clicked.connect(self.save)

    def open(self) -> None:
        super().open()
        self.name.setFocus()

    def stops(self) -> Sequence[QWidget]:
        return self.name, self.shared, self.go, self.leave

    @Slot()
    def save(self) -> None:
        """Keep it."""
        self.act(partial(_keep, self._record, self.name.text(), self._view, self.shared.isChecked()))


class ViewMenu(QMenu):
    """The views of a list: to choose, to keep the present one, to remove one's own."""

    def __init__(self, window: Window, panel: ListPanel) -> None:
        super().__init__(panel)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window, self._panel = window, panel
        kept = views.of(window)
        self._rows = kept.of(panel.record.key) if kept else []
        self._fill(self._rows)

    def _fill(self, rows: Sequence[Row]) -> None:
        for at, row in enumerate(rows):
            words = Text("{name} (everybody)", name=row["name"]) if row["shared"] else row["name"]
            self._entry(words, self._on_show, at)
        if rows:
            self.addSeparator()
        self._entry(views.KEEP, self._on_keep)
        for at, row in enumerate(rows):
            if mine(row, seat.here()):
                self._entry(Text("Remove the view {name}", name=row["name"]), self._on_remove, at)

    def _entry(self, words: Text | str, run: Any, at: int = -1) -> None:
        action = self.addAction("")
        put(action, "setText", words)
        action.setData(at)
        action.triggered.connect(run)

    def _row(self) -> Row:
        return self._rows[int(self.sender().data())]  # type: ignore[attr-defined]

    @Slot()
    def _on_show(self) -> None:
        views.show(self._panel, read(self._row()["content"], self._panel.record))

    @Slot()
    def _on_keep(self) -> None:
        keep(self._window, self._panel)

    @Slot()
    def _on_remove(self) -> None:
        row = self._row()
        jobs.act(self._panel, partial(_remove, row["id"], row["version"]))


def keep(window: Window, panel: ListPanel) -> KeepView:
    """Ask under which name the present view is kept."""
    made = KeepView(window, panel.record, views.now(panel))
    made.open()
    return made


def _keep(record: Record, name: str, view: View, shared: bool, desk: Any, job: jobs.Job) -> Any:
    return keeping.keep(desk, record, name, view, shared=shared)


def _remove(row_id: int, version: int, desk: Any, job: jobs.Job) -> Any:
    return desk.remove(LIST_VIEW, row_id, version)
