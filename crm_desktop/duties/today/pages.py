"""Today 今日: the house, and in groups all that the duties say of the day; each figure opens its rows beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.duties.today import queries, queries_changed
from crm_desktop.duties.today.board import HOUSE, SINCE, Board, place_of
from crm_desktop.duties.today.briefing import key_of, unusual
from crm_desktop.duties.today.pages_bar import DayBar
from crm_desktop.duties.today.pages_briefing import Briefing
from crm_desktop.duties.today.pages_groups import Groups
from crm_desktop.duties.today.pages_head import DaysCard, Hint
from crm_desktop.duties.today.pages_looked import Looked
from crm_desktop.duties.today.pages_rows import Rows
from crm_desktop.duties.today.pages_welcome import WelcomeCard
from crm_desktop.duties.today.pages_widgets import FigureCard, Pressable, next_to
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.seat import Seat
from crm_desktop.ui import jobs
from crm_desktop.ui.commands import Command
from crm_desktop.ui.widgets import EmptyNote

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

MINUTE = 60_000
FIRST_STEP = Text("There are no bookings yet. Bring in a file to begin, or write the first stay by hand.")
LIST_LEAST = 360  # px the rows of a figure need beside the groups


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
        self._looked = Looked(window)
        self.cards: list[Pressable] = []  # all figures, in the order of the board's lines
        self._house: list[FigureCard] = []
        self._hotel: int | None = None
        self._build()
        self._clock = QTimer(self)
        self._clock.setInterval(MINUTE)
        self._clock.timeout.connect(self.day_changed)
        self._clock.start()
        jobs.hub().changed.connect(self._on_changed)
        self._sits: int | None = None  # who sat here when it was told last
        if hasattr(window, "seat"):
            window.seat.changed.connect(self._on_seat)
        self.read()

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 0)
        box.setSpacing(12)
        box.addWidget(self._make_bar())
        box.addLayout(self._make_figures())
        self._below = QVBoxLayout()
        box.addLayout(self._below, 1)
        self.hint = Hint(self)
        self.hint.acted.connect(self._on_hint)
        self._below.addWidget(self.hint)
        self.welcome = WelcomeCard(self._window, self)
        self.welcome.closed.connect(self._on_welcomed)
        self._below.addWidget(self.welcome, 1, Qt.AlignmentFlag.AlignTop)
        self.first_step = EmptyNote(self, "download", FIRST_STEP, Text("Import a file"))
        self.first_step.acted.connect(self._on_first_step)
        self.first_step.hide()
        self._below.addWidget(self.first_step, 1)
        self._below.addLayout(self._make_below(), 1)

    def _make_below(self) -> QHBoxLayout:
        self.groups = Groups(self)
        self.groups.made.connect(self._on_made)
        self.rows = Rows(self._window, self)
        beside = QHBoxLayout()
        beside.setSpacing(16)
        beside.addWidget(self.groups)
        beside.addWidget(self.rows, 1)
        return beside

    def _make_bar(self) -> DayBar:
        self.bar = DayBar(self, self._day)
        self._briefing = Briefing(self._window)
        self.bar.day.connect(self.show_day)
        self.bar.today.connect(self.go_today)
        self.bar.hotel.connect(self._on_hotel)
        self.bar.copy_button.clicked.connect(self.copy_text)
        self.bar.print_button.clicked.connect(self.print_page)
        self.bar.screen_button.clicked.connect(self.show_screen)
        self.bar.seen_button.clicked.connect(self.seen)
        self.day_edit, self.copy_button, self.unusual = self.bar.day_edit, self.bar.copy_button, self.bar.unusual
        self.today_button, self.hotel_box = self.bar.today_button, self.bar.hotel_box
        return self.bar

    def _make_figures(self) -> QHBoxLayout:
        self._figures = QHBoxLayout()
        self._figures.setSpacing(16)
        self._days_card = DaysCard(self)
        self._days_card.further.clicked.connect(self.show_outlook)
        self.days = self._days_card.days
        self.days.chosen.connect(self.show_day)
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
            Command(Text("Big screen"), self.show_screen, "", ("大屏", "看板", "screen")),
            Command(Text("What changed was seen"), self.seen, "", ("已看", "变化", "seen")),
            self._briefing.command(), self._briefing.names_command(),
        ]

    @Slot()
    def show_outlook(self) -> None:
        """The next ninety days."""
        self._window.go("outlook")

    @Slot()
    def show_screen(self) -> None:
        """Show the day on a screen everybody sees."""
        from crm_desktop.duties.today.pages_screen import BigScreen

        self.screen_shown = BigScreen(self._window, self._hotel)
        self.screen_shown.begin()

    def query(self) -> ListQuery | None:
        """The rows that are shown, for a file."""
        return self.rows.panel.query() if self.rows.panel else None

    def shown(self) -> tuple[str, int] | None:
        """The row behind the chosen figure that the keyboard is on: what a line typed there is about."""
        panel = self.rows.panel
        found = panel.view.current_id() if panel and panel.view.hasFocus() else None
        return (panel.record.key, found) if panel and found is not None else None

    # which day

    def show_day(self, day: str) -> None:
        """Show another day."""
        self._follows = day == self._window.today()
        self._day = day
        self.bar.show_day(day)
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
        self._hotel = self.bar.hotel_box.currentData()
        self.read()

    # what it shows

    def read(self) -> None:
        """Read the figures of the day."""
        work = partial(_board, self._window.duties, self._day, self._hotel, self._since())
        jobs.read(self, work, self._on_board, slot="board")

    def _since(self) -> int | None:
        """The change up to which everything was seen when this page was looked at last; None on another day than today."""
        return self._looked.of_today(self._day)

    @Slot()
    def seen(self) -> None:
        """All that changed so far was seen: counted from here on."""
        self._looked.seen()
        self.read()

    @Slot(object)
    def _on_board(self, board: Board) -> None:
        begins, self._board = self._board is None, board
        self._looked.showed(board.newest)
        self.bar.seen_button.setVisible(any(line.group == SINCE for line in board.lines))
        self._days_card.say(board.calendar)
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
        figure.asked.connect(self._on_card)
        figure.walked.connect(self._on_walked)

    @Slot(object, int)
    def _on_walked(self, figure: Pressable, key: int) -> None:
        """An arrow key goes to the figure that stands there."""
        other = next_to(self, figure, [card for card in self.cards if card.isVisible()], Qt.Key(key))
        if other is not None:
            self.groups.ensureWidgetVisible(other) if self.groups.isAncestorOf(other) else None
            other.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_hint(self, board: Board) -> None:
        first, last = board.known
        away = bool(last) and board.empty and not any(count for _, count in board.coming)
        self.hint.say(Text("The bookings here arrive from {first} to {last}.", first=first, last=last) if away else None)
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
        if not jobs.working():  # the program was closed meanwhile
            return
        self.painted.emit()
        self._show_rows()
        jobs.read(self, _hotels, self.bar.show_hotels, slot="hotels")
        if self._board:
            jobs.read(self, partial(_unusual, self._window.duties, self._board, self._hotel), self.bar.show_unusual, slot="unusual")

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
    def _on_seat(self, found: Seat) -> None:
        """Somebody else sits here: other things wait for their yes."""
        sits, self._sits = self._sits, found.person_id
        if sits is not None and sits != found.person_id:
            self.read()

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

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._looked.keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.groups.arrange(self.width() - 48 - LIST_LEAST)


def _board(duties: Any, day: str, hotel: int | None, since: int | None, reader: Any, job: jobs.Job) -> Board:
    board = queries.board(reader, duties, day, hotel)
    board.newest = queries_changed.newest(reader)
    if since:
        records = {record.key: record for duty in duties for record in duty.records}
        board.lines = sorted([*board.lines, *queries_changed.lines(reader, records, since, hotel)], key=place_of)
    return board


def _unusual(duties: Any, board: Board, hotel: int | None, reader: Any, job: jobs.Job) -> list[Text]:
    return unusual(board.lines, queries.usual(reader, duties, board.day, hotel))


def _hotels(reader: Any, job: jobs.Job) -> list[tuple[int, str]]:
    return queries.hotels(reader)


def today(window: Window) -> TodayPage:
    """The home page."""
    return TodayPage(window)
