"""The bar of *Today*: what is unusual, which hotel and which day, the briefing, the big screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListView, QSizePolicy, QWidget

from crm_desktop.record.dates import add_days
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field
from crm_desktop.record.text import Text, say
from crm_desktop.ui.day_editor import DayEditor
from crm_desktop.ui.speech import put
from crm_desktop.ui.topbar import TopTool
from crm_desktop.ui.widgets import PlainLabel, button, tool

DAY_FIELD = Field("day", Text("Day"), Kind.DATE)


class DayBar(QWidget):
    """`day` carries the day somebody asks for, `today` that they want the business date."""

    day = Signal(str)
    today = Signal()
    hotel = Signal()

    def __init__(self, parent: QWidget, shown: str) -> None:
        super().__init__(parent)
        self._shown = shown
        bar = QHBoxLayout(self)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(8)
        bar.addWidget(PlainLabel(self, "h1", Text("Today")))
        bar.addSpacing(4)
        self.unusual = PlainLabel(self, "warning")
        self.unusual.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.unusual.setWordWrap(True)
        bar.addWidget(self.unusual, 1)
        self.copy_button = TopTool(self, "clipboard-list", Text("Briefing of the day as a text (Ctrl+Shift+C)"))
        self.print_button = TopTool(self, "printer", Text("Print the briefing (Ctrl+P)"))
        self.screen_button = TopTool(self, "monitor", Text("Big screen"))
        self.seen_button = TopTool(self, "check-both", Text("What changed was seen: count from now on"))
        self.seen_button.hide()
        for made in (self.seen_button, self.copy_button, self.print_button, self.screen_button):
            bar.addWidget(made)
        self._make_hotel(bar)
        self._make_days(bar)

    def _make_hotel(self, bar: QHBoxLayout) -> None:
        self.hotel_box = QComboBox(self)
        self.hotel_box.setView(QListView(self.hotel_box))
        self.hotel_box.addItem(say(Text("All hotels")), None)
        put(self.hotel_box, "setAccessibleName", Text("Hotel"))
        self.hotel_box.activated.connect(self._on_hotel)
        bar.addWidget(self.hotel_box)

    def _make_days(self, bar: QHBoxLayout) -> None:
        before = tool(self, "chevron-left", Text("The day before"))
        before.clicked.connect(self._on_before)
        self.day_edit = DayEditor(DAY_FIELD, self)
        self.day_edit.setFixedWidth(150)
        self.day_edit.set_value(self._shown)
        self.day_edit.changed.connect(self._on_day)
        after = tool(self, "chevron-right", Text("The day after"))
        after.clicked.connect(self._on_after)
        self.today_button = button(self, Text("Today"))
        self.today_button.clicked.connect(self.today)
        for part in (before, self.day_edit, after, self.today_button):
            bar.addWidget(part)

    def show_day(self, day: str) -> None:
        """The day that is shown."""
        self._shown = day
        if self.day_edit.value() != day:
            self.day_edit.set_value(day)

    def show_unusual(self, found: list[Text]) -> None:
        """What is unusual, in one line."""
        words: Text | str = ""
        for each in found:
            words = Text("{first} · {second}", first=words, second=each) if words else each
        put(self.unusual, "setText", words)

    def show_hotels(self, hotels: list[tuple[int, str]]) -> None:
        """The hotels to choose from; where there is one only, nothing."""
        kept = self.hotel_box.currentData()
        while self.hotel_box.count() > 1:
            self.hotel_box.removeItem(1)
        for hotel_id, name in hotels:
            self.hotel_box.addItem(name, hotel_id)
        self.hotel_box.setCurrentIndex(max(0, self.hotel_box.findData(kept)))
        self.hotel_box.setVisible(len(hotels) > 1)

    @Slot()
    def _on_before(self) -> None:
        self.day.emit(add_days(self._shown, -1))

    @Slot()
    def _on_after(self) -> None:
        self.day.emit(add_days(self._shown, 1))

    @Slot()
    def _on_day(self) -> None:
        value = self.day_edit.value()
        if value and self.day_edit.problem() is None and value != self._shown:
            self.day.emit(str(value))

    @Slot()
    def _on_hotel(self) -> None:
        self.hotel.emit()

    def changeEvent(self, event: QEvent) -> None:
        """A choice is no word of a widget: it is said again here."""
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "hotel_box"):
            self.hotel_box.setItemText(0, say(Text("All hotels")))
        super().changeEvent(event)

    def focus_day(self) -> None:
        """Put the keyboard into the day."""
        self.day_edit.setFocus(Qt.FocusReason.OtherFocusReason)
