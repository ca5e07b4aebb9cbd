"""Today 今日: who arrives, is in house and departs; each figure opens its rows right below it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListView, QVBoxLayout, QWidget

from crm_desktop.duties.stays.records import STAY
from crm_desktop.duties.today import queries
from crm_desktop.duties.today.pages_welcome import WelcomeCard
from crm_desktop.duties.today.pages_widgets import Days, FigureCard
from crm_desktop.duties.today.queries import Board
from crm_desktop.record.dates import add_days
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field
from crm_desktop.record.text import Text, say
from crm_desktop.ui import jobs
from crm_desktop.ui.day_editor import DayEditor
from crm_desktop.ui.lists import ListPanel
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import EmptyNote, PlainLabel, button, card, link, tool

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

MINUTE = 60_000
FIRST_STEP = Text("There are no bookings yet. Bring in a file to begin, or write the first stay by hand.")
COLUMNS = ("arrival", "departure", "nights", "company_id", "agency_id", "guest_id", "room_no", "adults", "rate", "status")
DAY_FIELD = Field("day", Text("Day"), Kind.DATE)


class TodayPage(QWidget):
    """One day of the house. `painted` tells that its figures are on the screen."""

    painted = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._day = window.today()
        self._follows = True  # the day moves on by itself at night audit
        self._chosen = 0
        self._board: Board | None = None
        self.cards: list[FigureCard] = []
        self._list: ListPanel | None = None
        self._hotel: int | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 0)
        box.setSpacing(12)
        box.addLayout(self._make_bar())
        box.addLayout(self._make_figures())
        self._below = QVBoxLayout()
        box.addLayout(self._below, 1)
        self.hint = QWidget(self)
        line = QHBoxLayout(self.hint)
        line.setContentsMargins(0, 0, 0, 0)
        self.hint_label = PlainLabel(self.hint, "soft")
        self.hint_link = link(self.hint, Text("Go there"))
        self.hint_link.clicked.connect(self._on_hint)
        line.addWidget(self.hint_label)
        line.addWidget(self.hint_link)
        line.addStretch(1)
        self.hint.hide()
        self._below.addWidget(self.hint)
        self.welcome = WelcomeCard(window, self)
        self.welcome.closed.connect(self._on_welcomed)
        self._below.addWidget(self.welcome, 1, Qt.AlignmentFlag.AlignTop)
        self.first_step = EmptyNote(self, "download", FIRST_STEP, Text("Import a file"))
        self.first_step.acted.connect(self._on_first_step)
        self.first_step.hide()
        self._below.addWidget(self.first_step, 1)
        self._clock = QTimer(self)
        self._clock.setInterval(MINUTE)
        self._clock.timeout.connect(self._on_minute)
        self._clock.start()
        jobs.hub().changed.connect(self._on_changed)
        self.read()

    def _make_bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(PlainLabel(self, "h1", Text("Today")))
        bar.addStretch(1)
        self.hotel_box = QComboBox(self)
        self.hotel_box.setView(QListView(self.hotel_box))
        self.hotel_box.addItem(say(Text("All hotels")), None)
        put(self.hotel_box, "setAccessibleName", Text("Hotel"))
        self.hotel_box.activated.connect(self._on_hotel)
        bar.addWidget(self.hotel_box)
        before = tool(self, "chevron-left", Text("The day before"))
        before.clicked.connect(self._on_before)
        self.day_edit = DayEditor(DAY_FIELD, self)
        self.day_edit.setFixedWidth(150)
        self.day_edit.set_value(self._day)
        self.day_edit.changed.connect(self._on_day)
        after = tool(self, "chevron-right", Text("The day after"))
        after.clicked.connect(self._on_after)
        self.today_button = button(self, Text("Today"))
        self.today_button.clicked.connect(self.go_today)
        for part in (before, self.day_edit, after, self.today_button):
            bar.addWidget(part)
        return bar

    def _make_figures(self) -> QHBoxLayout:
        self._figures = QHBoxLayout()
        self._figures.setSpacing(16)
        self._days_card, inside = card(self)
        self._days_card.setFixedHeight(116)
        inside.setSpacing(0)
        inside.addWidget(PlainLabel(self._days_card, "soft", Text("Arrivals to come")))
        self.days = Days(self._days_card)
        self.days.chosen.connect(self.show_day)
        inside.addWidget(self.days, 1)
        self._figures.addWidget(self._days_card, 5)
        return self._figures

    # which day

    def show_day(self, day: str) -> None:
        """Show another day."""
        self._follows = day == self._window.today()
        self._day = day
        if self.day_edit.value() != day:
            self.day_edit.set_value(day)
        self.read()

    def show_args(self, day: str = "", **_: Any) -> None:
        """Show the day another page asks for."""
        if day:
            self.show_day(day)

    def focus_first(self) -> None:
        """Put the keyboard on the chosen figure."""
        here: QWidget = self.cards[self._chosen] if self.cards else self.day_edit
        (here if self.welcome.isHidden() else self.welcome.name_edit).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go_today(self) -> None:
        """Back to the business date."""
        self.show_day(self._window.today())

    @Slot()
    def _on_before(self) -> None:
        self.show_day(add_days(self._day, -1))

    @Slot()
    def _on_after(self) -> None:
        self.show_day(add_days(self._day, 1))

    @Slot()
    def _on_day(self) -> None:
        value = self.day_edit.value()
        if value and self.day_edit.problem() is None and value != self._day:
            self.show_day(str(value))

    @Slot()
    def _on_hint(self) -> None:
        if self._board and self._board.known[1]:
            self.show_day(self._board.known[1])

    @Slot()
    def _on_minute(self) -> None:
        if jobs.working() and self._follows and self._day != self._window.today():
            self.go_today()

    @Slot()
    def _on_hotel(self) -> None:
        self._hotel = self.hotel_box.currentData()
        self.read()

    def say_hotels(self) -> None:
        """Say the first choice in the language in use."""
        self.hotel_box.setItemText(0, say(Text("All hotels")))

    def changeEvent(self, event: QEvent) -> None:
        """A choice is no word of a widget: it is said again here."""
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "hotel_box"):
            self.say_hotels()
        super().changeEvent(event)

    # what it shows

    def read(self) -> None:
        """Read the figures of the day."""
        work = partial(_board, self._window.duties, self._day, self._hotel)
        jobs.read(self, work, self._on_board, slot="board")

    @Slot(object)
    def _on_board(self, board: Board) -> None:
        begins, self._board = self._board is None, board
        for at, line in enumerate(board.lines):
            if at == len(self.cards):
                made = FigureCard(self, at)
                made.pressed.connect(self._on_card)
                self.cards.append(made)
                self._figures.insertWidget(at, made, 2)
            self.cards[at].show_line(line, at == self._chosen)
        self.days.show_days(board.coming)
        self._show_hint(board)
        if begins and self.window().focusWidget() is self.day_edit:
            self.focus_first()  # the figures were not here yet when the page was opened
        QTimer.singleShot(0, self, self._after_paint)

    def _show_hint(self, board: Board) -> None:
        first, last = board.known
        away = bool(last) and board.empty and not any(count for _, count in board.coming)
        if away:
            put(self.hint_label, "setText", Text("The bookings here arrive from {first} to {last}.", first=first, last=last))
        self.hint.setVisible(away)
        self.first_step.setVisible(not self.welcome.offer(board.blank) and not last)
        if self._list is not None:
            self._list.setVisible(bool(last))

    @Slot()
    def _on_welcomed(self) -> None:
        self.first_step.setVisible(bool(self._board and not self._board.known[1]))
        self.focus_first()

    @Slot()
    def _on_first_step(self) -> None:
        self._window.go("import")

    def _after_paint(self) -> None:
        self.painted.emit()
        self._show_rows()
        jobs.read(self, _hotels, self._on_hotels, slot="hotels")

    @Slot(object)
    def _on_hotels(self, hotels: list[tuple[int, str]]) -> None:
        kept = self.hotel_box.currentData()
        while self.hotel_box.count() > 1:
            self.hotel_box.removeItem(1)
        for hotel_id, name in hotels:
            self.hotel_box.addItem(name, hotel_id)
        self.hotel_box.setCurrentIndex(max(0, self.hotel_box.findData(kept)))
        self.hotel_box.setVisible(len(hotels) > 1)

    @Slot(int)
    def _on_card(self, at: int) -> None:
        self._chosen = at
        if self._board:
            for number, line in enumerate(self._board.lines):
                self.cards[number].show_line(line, number == at)
        self._show_rows()

    def _show_rows(self) -> None:
        """The rows behind the chosen figure."""
        if not self._board or not self._board.known[1] or self._chosen >= len(self._board.lines):
            return
        line = self._board.lines[self._chosen]
        if self._list is None:
            self._list = ListPanel(STAY, self, tuple(line.filters))
            self._list.make_part(line.label, COLUMNS, inset=True)
            self._list.opened.connect(self._on_opened)
            self._list.export.connect(self._on_export)
            self._below.addWidget(self._list, 1)
        else:
            put(self._list.title, "setText", line.label)
            self._list.set_fixed(tuple(line.filters))

    @Slot(object)
    def _on_opened(self, row_id: int) -> None:
        self._window.open_record("stay", row_id)

    @Slot()
    def _on_export(self) -> None:
        from crm_desktop.ui import exporting

        if self._list is not None:
            exporting.ask(self._window, self._list.query())

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if "stay" in change.tables or not self.welcome.isHidden():
            self.read()


def _board(duties: Any, day: str, hotel: int | None, reader: Any, job: jobs.Job) -> Board:
    return queries.board(reader, duties, day, hotel)


def _hotels(reader: Any, job: jobs.Job) -> list[tuple[int, str]]:
    return queries.hotels(reader)


def today(window: Window) -> TodayPage:
    """The home page."""
    return TodayPage(window)
