"""The briefing in the window: onto the clipboard, and onto one sheet of paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMarginsF, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QGuiApplication, QPagedPaintDevice, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from crm_desktop.desk.settings import BRIEFING_MASKED, HOTEL_NAME
from crm_desktop.duties.today import briefing, queries
from crm_desktop.duties.today.board import Board
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs, theme
from crm_desktop.ui.commands import Command

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

MARGIN = 18.0  # mm
TITLE_POINTS, TEXT_POINTS, LEAST_POINTS = 16.0, 10.5, 7.0


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
        """Ask for a printer and print it."""
        self._make(board, hotel, self._on_print)

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

    def _make(self, board: Board, hotel: int | None, done: Any) -> None:
        settings = self._window.settings
        work = partial(_text, self._window.duties, board, hotel, settings.get(HOTEL_NAME), settings.get(BRIEFING_MASKED))
        jobs.read(self, work, done, slot="briefing")

    @Slot(str)
    def _on_copy(self, words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self._window.toast.note(Text("The briefing is on the clipboard: {n} lines", n=words.count("\n") + 1))

    @Slot(str)
    def _on_print(self, words: str) -> None:
        self.dialog = print_text(self._window, words)


def print_briefing(window: Window) -> None:
    """Print the briefing of the day that *Today* shows."""
    window.go("today")
    page = window.page("today")
    if page is not None:
        page.print_page()  # type: ignore[attr-defined]


def print_text(window: QWidget, words: str) -> QDialog:
    """Ask for a printer and print a text on one page; its first line is the title."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    set_page(printer)
    dialog = QPrintDialog(printer, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(partial(paint, words, printer))
    QDialog.open(dialog)  # its own open() wants a slot
    return dialog


def set_page(device: QPagedPaintDevice) -> None:
    """A sheet of A4, upright."""
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setPageMargins(QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN), QPageLayout.Unit.Millimeter)


def paint(words: str, device: QPagedPaintDevice) -> None:
    """The briefing on one page; the letters are as large as there is room for, at most as large as usual."""
    title, _, rest = words.partition("\n")
    painter = QPainter(device)
    page = QRectF(painter.viewport())
    painter.setFont(theme.font(TITLE_POINTS, bold=True))
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
    height = painter.boundingRect(page, flags, title).height()
    painter.drawText(page, flags, title)
    below = page.adjusted(0, height * 1.6, 0, 0)
    points = TEXT_POINTS
    while points > LEAST_POINTS:
        painter.setFont(theme.font(points))
        if painter.boundingRect(below, flags, rest).height() <= below.height():
            break
        points -= 0.5
    painter.drawText(below, flags, rest)
    painter.end()


def _text(duties: Any, board: Board, hotel: int | None, name: str, mask: bool, reader: Any, job: jobs.Job) -> str:
    found = briefing.unusual(board.lines, queries.usual(reader, duties, board.day, hotel))
    return briefing.text(name, board, queries.guests(reader, duties, board), found, mask=mask)
