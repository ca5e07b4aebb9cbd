"""The rows behind a figure of *Today*: a list for each record, built when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from crm_desktop.record.duty import TodayLine
from crm_desktop.ui.lists import ListPanel
from crm_desktop.ui.speech import put

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

COLUMNS = {"stay": ("guest_id", "reason", "company_id", "greeter", "room_no", "departure", "nights", "agency_id", "rate", "arrival", "adults")}


class Rows(QStackedWidget):
    """Shows the rows of one figure at a time."""

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self.panels: dict[str, ListPanel] = {}

    @property
    def panel(self) -> ListPanel | None:
        """The list that is shown."""
        here = self.currentWidget()
        return here if isinstance(here, ListPanel) else None

    def show_line(self, line: TodayLine) -> None:
        """Show the rows of this figure."""
        panel = self.panels.get(line.record)
        if panel is None:
            panel = self.panels[line.record] = ListPanel(self._window.record(line.record), self, tuple(line.filters))
            panel.make_part(line.label, COLUMNS.get(line.record, ()), inset=True)
            if line.order:
                panel.model.begin_with(line.order)
            panel.opened.connect(self._on_opened)
            panel.export.connect(self._on_export)
            self.addWidget(panel)
        elif panel.fixed != tuple(line.filters):
            panel.set_fixed(tuple(line.filters))
        put(panel.title, "setText", line.label)
        self.setCurrentWidget(panel)

    def focus_first(self) -> None:
        """Put the keyboard into the rows."""
        if self.panel is not None:
            self.panel.focus_first()

    @Slot(object)
    def _on_opened(self, row_id: int) -> None:
        if self.panel is not None:
            self._window.open_record(self.panel.record.key, row_id)

    @Slot()
    def _on_export(self) -> None:
        from crm_desktop.ui import exporting

        if self.panel is not None:
            exporting.ask(self._window, self.panel.query())
