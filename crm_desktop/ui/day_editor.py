"""The editor of a day: typed in many ways, or picked from a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.record.dates import business_date
from crm_desktop.record.kinds import Value
from crm_desktop.record.record import Field
from crm_desktop.record.text import Text
from crm_desktop.ui import theme
from crm_desktop.ui.day_words import parse_day
from crm_desktop.ui.editors import LineEditor
from crm_desktop.ui.hearing import name_icons
from crm_desktop.ui.speech import put

if TYPE_CHECKING:
    from crm_desktop.ui.calendar_popup import CalendarPopup

PICK = Text("Pick a day (Alt+Down)")


class DayEditor(LineEditor):
    """A line that understands 2026-11-18, 11-18, 1118, today, 明天, +3; empty is allowed."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._calendar: CalendarPopup | None = None
        self._base: LineEditor | None = None
        action = self.addAction(theme.icon("calendar-days"), QLineEdit.ActionPosition.TrailingPosition)
        put(action, "setToolTip", PICK)
        name_icons(self, PICK)
        action.triggered.connect(self.open_calendar)

    def parsed(self, words: str) -> Value:
        """ISO text of the day. Raises Refused."""
        return parse_day(words, business_date(), str(self._base.value() or "") if self._base else "")

    def count_from(self, editor: LineEditor) -> None:
        """Let +2 mean two days after another field's day: a departure counts from its arrival."""
        self._base = editor

    def open_calendar(self) -> None:
        """Show the calendar at the day typed, or at today."""
        if self._calendar is None:
            from crm_desktop.ui.calendar_popup import CalendarPopup  # Qt's calendar is heavy, and seldom opened

            self._calendar = CalendarPopup(self)
            self._calendar.picked.connect(self._on_picked)
        self._calendar.open_at(self.value() or (self._base and self._base.value()) or business_date())

    def _on_picked(self, day: str) -> None:
        self.setText(day)
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.changed.emit()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt_down or event.key() == Qt.Key.Key_F4:
            self.open_calendar()
            return
        super().keyPressEvent(event)
