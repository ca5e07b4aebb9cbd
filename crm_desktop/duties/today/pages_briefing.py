"""The briefing in the window: onto the clipboard, and onto paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog

from crm_desktop.desk.settings import BRIEFING_MASKED, HOTEL_NAME, SCREEN_NAMES
from crm_desktop.duties.today import briefing, queries
from crm_desktop.duties.today.board import Board
from crm_desktop.record.text import Text
from crm_desktop.ui import clipboard, jobs
from crm_desktop.ui.commands import Command

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window


class Briefing(QObject):
    """Makes the briefing of the board that is shown, and hands it on."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: QDialog | None = None

    def copy(self, board: Board, hotel: int | None) -> None:
        """Put it on the clipboard."""
        self._make(board, hotel, self._on_copy)

    def print(self, board: Board, hotel: int | None) -> None:
        """Show it as the paper it is."""
        from crm_desktop.duties.today.documents import SITUATION
        from crm_desktop.ui import papers

        mask = self._window.settings.get(BRIEFING_MASKED)
        self.dialog = papers.show(self._window, [SITUATION], day=board.day, mask=mask, hotel=hotel)

    @Slot()
    def switch_masked(self) -> None:
        """Name VIPs in full, or by surname only."""
        masked = not self._window.settings.get(BRIEFING_MASKED)
        self._window.settings.set(BRIEFING_MASKED, masked)
        self._window.toast.note(Text("The briefing names VIPs by surname only") if masked else Text("The briefing names VIPs in full"))

    def command(self) -> Command:
        """The choice of how VIPs are named."""
        masked = self._window.settings.get(BRIEFING_MASKED)
        words = Text("VIPs in full in the briefing") if masked else BRIEFING_MASKED.words
        return Command(words, self.switch_masked, "", ("简报", "姓名"))

    def names_command(self) -> Command:
        """The choice of whether the big screen names people."""
        full = self._window.settings.get(SCREEN_NAMES)
        return Command(Text("By surname only on the big screen") if full else SCREEN_NAMES.words, self.switch_names, "", ("大屏", "姓名"))

    @Slot()
    def switch_names(self) -> None:
        """Name people on the big screen in full, or by surname only."""
        full = not self._window.settings.get(SCREEN_NAMES)
        self._window.settings.set(SCREEN_NAMES, full)
        self._window.toast.note(Text("The big screen names people in full") if full else Text("The big screen names people by surname only"))

    def _make(self, board: Board, hotel: int | None, done: Any) -> None:
        settings = self._window.settings
        work = partial(_text, self._window.duties, board, hotel, settings.get(HOTEL_NAME), settings.get(BRIEFING_MASKED))
        jobs.read(self, work, done, slot="briefing")

    @Slot(str)
    def _on_copy(self, words: str) -> None:
        self._window.toast.note(clipboard.people(words, Text("The briefing is on the clipboard: {n} lines", n=words.count("\n") + 1)))


def print_briefing(window: Window) -> None:
    """Print the briefing of the day that *Today* shows."""
    window.go("today")
    page = window.page("today")
    if page is not None:
        page.print_page()  # type: ignore[attr-defined]


def _text(duties: Any, board: Board, hotel: int | None, name: str, mask: bool, reader: Any, job: jobs.Job) -> str:
    found = briefing.unusual(board.lines, queries.usual(reader, duties, board.day, hotel))
    return briefing.text(name, board, queries.guests(reader, duties, board), found, mask=mask)
