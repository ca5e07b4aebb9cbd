"""Today 今日: the house, and in groups all that the duties say of the day; each figure opens its rows beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListView, QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.duties.today import queries
from crm_desktop.duties.today.board import HOUSE, Board
from crm_desktop.duties.today.briefing import key_of, unusual
from crm_desktop.duties.today.pages_briefing import Briefing
from crm_desktop.duties.today.pages_groups import COLUMN, GAP, Groups
from crm_desktop.duties.today.pages_rows import Rows
from crm_desktop.duties.today.pages_welcome import WelcomeCard
from crm_desktop.duties.today.pages_widgets import CARD_HEIGHT, Days, FigureCard, Pressable, next_to
from crm_desktop.record.dates import add_days
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field
from crm_desktop.record.text import Text, say
from crm_desktop.store.pages import ListQuery
from crm_desktop.ui import jobs
from crm_desktop.ui.commands import Command
from crm_desktop.ui.day_editor import DayEditor
from crm_desktop.ui.speech import put
from crm_desktop.ui.topbar import TopTool
from crm_desktop.ui.widgets import EmptyNote, PlainLabel, button, card, link, tool

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

MINUTE = 60_000
FIRST_STEP = Text("There are no bookings yet. Bring in a file to begin, or write the first stay by hand.")
LIST_LEAST = 400  # px the rows of a figure need beside the groups
DAY_FIELD = Field("day", Text("Day"), Kind.DATE)


class TodayPage(QWidget):
    """One day of the house. `painted` tells that its figures are on the screen."""

    painted = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._day = window.today()
        self._follows = True  # the day moves on by itself at night audit
        self._chosen = ""  # what the chosen figure is called, so that it stays the same one when others come and go
        self._board: Board | None = None
        self._stale = False
        self.cards: list[Pressable] = []  # all figures, in the order of the board's lines
        self._house: list[FigureCard] = []
        self._hotel: int | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 0)
        box.setSpacing(12)
        box.addLayout(self._make_bar())
        box.addLayout(self._make_figures())
        self._below = QVBoxLayout()
        box.addLayout(self._below, 1)
        self.groups = Groups(self)
        self.groups.made.connect(self._on_made)
        self.rows = Rows(window, self)
        beside = QHBoxLayout()
        beside.setSpacing(16)
        beside.addWidget(self.groups)
        beside.addWidget(self.rows, 1)
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
        self._below.addLayout(beside, 1)
        self._clock = QTimer(self)
        self._clock.setInterval(MINUTE)
        self._clock.timeout.connect(self.day_changed)
        self._clock.start()
        jobs.hub().changed.connect(self._on_changed)
        self.read()

    def _make_bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(PlainLabel(self, "h1", Text("Today")))
        bar.addSpacing(4)
        bar.addWidget(self._make_unusual(), 1)
        for made in self._make_tools():
            bar.addWidget(made)
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

    def _make_unusual(self) -> PlainLabel:
        self.unusual = PlainLabel(self, "warning")
        self.unusual.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.unusual.setWordWrap(True)
        return self.unusual

    def _make_tools(self) -> tuple[QWidget, ...]:
        """The briefing as a text and on paper."""
        self._briefing = Briefing(self._window)
        self.copy_button = TopTool(self, "clipboard-list", Text("Briefing of the day as a text (Ctrl+Shift+C)"))
        self.copy_button.clicked.connect(self.copy_text)
        self.print_button = TopTool(self, "printer", Text("Print the briefing (Ctrl+P)"))
        self.print_button.clicked.connect(self.print_page)
        return self.copy_button, self.print_button

    def _make_figures(self) -> QHBoxLayout:
        self._figures = QHBoxLayout()
        self._figures.setSpacing(16)
        self._days_card, inside = card(self)
        self._days_card.setFixedHeight(CARD_HEIGHT)
        inside.setContentsMargins(16, 6, 16, 4)
        inside.setSpacing(0)
        inside.addWidget(PlainLabel(self._days_card, "soft", Text("Arrivals to come")))
        self.days = Days(self._days_card)
        self.days.chosen.connect(self.show_day)
        inside.addWidget(self.days, 1)
        self._figures.addWidget(self._days_card, 5)
        return self._figures

    # the briefing

    @Slot()
    def copy_text(self) -> None:
        """Put the briefing of the day that is shown on the clipboard."""
        if self._board:
            self._briefing.copy(self._board, self._hotel)

    @Slot()
    def print_page(self) -> None:
        """Print the briefing of the day that is shown."""
        if self._board:
            self._briefing.print(self._board, self._hotel)

    def commands(self) -> list[Command]:
        """What can be done with the day."""
        return [
            Command(Text("Briefing of the day as a text"), self.copy_text, "", ("简报", "通报", "briefing")),
            Command(Text("Print the briefing"), self.print_page, "", ("打印", "简报", "print")),
            self._briefing.command(),
        ]

    def query(self) -> ListQuery | None:
        """The rows that are shown, for a file."""
        return self.rows.panel.query() if self.rows.panel else None

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
        chosen = next((card for card in self.cards if card.chosen), None)
        here: QWidget = chosen or self.day_edit
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
    def day_changed(self) -> None:
        """Asked every minute: while it shows today, it shows the next day from the night audit on."""
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
        self._show_figures()
        self.days.show_days(board.coming)
        self._show_hint(board)
        if begins and self.window().focusWidget() is self.day_edit:
            self.focus_first()  # the figures were not here yet when the page was opened
        QTimer.singleShot(0, self, self._after_paint)

    def _show_figures(self) -> None:
        """Show all figures of the board; the chosen one stays, and when it is gone the first one is chosen."""
        lines = list(enumerate(self._board.lines if self._board else ()))
        chosen = next((at for at, line in lines if key_of(line) == self._chosen), 0)
        house = [pair for pair in lines if pair[1].group == HOUSE]
        while len(self._house) < len(house):
            made = FigureCard(self)
            self._figures.insertWidget(len(self._house), made, 2)
            self._house.append(made)
            self._on_made(made)
        for figure, (at, line) in zip(self._house, house, strict=False):
            figure.show_line(at, line, at == chosen)
        others = self.groups.show_lines([pair for pair in lines if pair[1].group != HOUSE], chosen)
        self.cards = [*self._house[: len(house)], *others]

    @Slot(object)
    def _on_made(self, figure: Pressable) -> None:
        figure.pressed.connect(self._on_card)
        figure.walked.connect(self._on_walked)

    @Slot(object, int)
    def _on_walked(self, figure: Pressable, key: int) -> None:
        """An arrow key goes to the figure that stands there."""
        other = next_to(self, figure, self.cards, Qt.Key(key))
        if other is not None:
            self.groups.ensureWidgetVisible(other) if self.groups.isAncestorOf(other) else None
            other.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_hint(self, board: Board) -> None:
        first, last = board.known
        away = bool(last) and board.empty and not any(count for _, count in board.coming)
        if away:
            put(self.hint_label, "setText", Text("The bookings here arrive from {first} to {last}.", first=first, last=last))
        self.hint.setVisible(away)
        bare = self._bare(board)
        self.first_step.setVisible(not self.welcome.offer(board.blank) and bare)
        self.rows.setVisible(not bare)

    @staticmethod
    def _bare(board: Board) -> bool:
        """True while there is no booking and nothing else to show."""
        return not board.known[1] and not any(line.count for line in board.lines)

    @Slot()
    def _on_welcomed(self) -> None:
        self.first_step.setVisible(bool(self._board and self._bare(self._board)))
        self.focus_first()

    @Slot()
    def _on_first_step(self) -> None:
        self._window.go("import")

    def _after_paint(self) -> None:
        self.painted.emit()
        self._show_rows()
        jobs.read(self, _hotels, self._on_hotels, slot="hotels")
        if self._board:
            jobs.read(self, partial(_unusual, self._window.duties, self._board, self._hotel), self._on_unusual, slot="unusual")

    @Slot(object)
    def _on_unusual(self, found: list[Text]) -> None:
        words: Text | str = ""
        for each in found:
            words = Text("{first} · {second}", first=words, second=each) if words else each
        put(self.unusual, "setText", words)

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
        """Show the rows of a figure; pressed once more, it gives them the keyboard."""
        if not self._board:
            return
        again = key_of(self._board.lines[at]) == self._chosen
        self._chosen = key_of(self._board.lines[at])
        self._show_figures()
        self._show_rows()
        if again:
            self.rows.focus_first()

    def _show_rows(self) -> None:
        """The rows behind the chosen figure."""
        line = next((card.line for card in self.cards if card.chosen), None)
        if line is not None and self._board and not self._bare(self._board):
            self._chosen = key_of(line)
            self.rows.show_line(line)

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self.isVisible() and change.tables:
            self.read()
        else:
            self._stale = self._stale or bool(change.tables)

    # what Qt tells

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.groups.arrange((self.width() - 48 - LIST_LEAST) // (COLUMN + GAP))


def _board(duties: Any, day: str, hotel: int | None, reader: Any, job: jobs.Job) -> Board:
    return queries.board(reader, duties, day, hotel)


def _unusual(duties: Any, board: Board, hotel: int | None, reader: Any, job: jobs.Job) -> list[Text]:
    return unusual(board.lines, queries.usual(reader, duties, board.day, hotel))


def _hotels(reader: Any, job: jobs.Job) -> list[tuple[int, str]]:
    return queries.hotels(reader)


def today(window: Window) -> TodayPage:
    """The home page."""
    return TodayPage(window)
