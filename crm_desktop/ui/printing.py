"""Pages onto a printer: chosen in the system's own dialog, drawn in the background, cancelled between two pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, Qt, Slot
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from crm_desktop.documents.sheets import Sheets
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import jobs
from crm_desktop.ui.paper_pages import image_of

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

MOST_DPI = 300.0  # enough for small Chinese type
NO_PRINTER = Text("The printer did not take the paper. Nothing was lost: print it again, or save it as PDF.")


class Printing(QObject):
    """Asks for a printer and prints; lives as long as what it prints for."""

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window, self._over = window, parent
        self._printer: QPrinter | None = None
        self._sheets: Sheets | None = None

    def ask(self, sheets: Sheets, name: str) -> QDialog:
        """Open the system's dialog for these pages."""
        self._printer, self._sheets = printer_for(sheets, name), sheets
        dialog = QPrintDialog(self._printer, self._over)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setMinMax(1, max(1, sheets.count))
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
        dialog.accepted.connect(self._on_accepted)
        QDialog.open(dialog)  # its own open() wants a slot
        return dialog

    @Slot()
    def _on_accepted(self) -> None:
        if self._printer is not None and self._sheets is not None:
            self.print(self._printer, self._sheets)

    def print(self, printer: QPrinter, sheets: Sheets) -> jobs.Job:
        """Print in the background."""
        window = self._window
        work = partial(_work, printer, sheets)
        job = jobs.work(window, work, partial(_printed, window), failed=window.long_work_failed, progress=window.busy.progress, alone=True)
        window.busy.begin(job, Text("Printing {name}", name=printer.docName()))
        return job


def printer_for(sheets: Sheets, name: str) -> QPrinter:
    """A printer set to the size and way of the pages, without margins of its own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    width, height = sheets.sizes[0]
    lying = width > height
    size = QPageSize(QSizeF(min(width, height), max(width, height)), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    way = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(size, way, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)
    printer.setDocName(name)
    return printer


def to_printer(printer: QPrinter, sheets: Sheets, step: Callable[[int, int], None]) -> int:
    """Draw the wanted pages; returns how many. Raises Refused when the printer takes nothing."""
    wanted = pages_wanted(printer, sheets.count)
    painter = QPainter()
    if not painter.begin(printer):
        raise Refused(NO_PRINTER)
    try:
        for done, page in enumerate(wanted):
            if done and not printer.newPage():
                raise Refused(NO_PRINTER)
            step(done, len(wanted))
            image = image_of(sheets.picture(page, min(MOST_DPI, float(printer.resolution()))))
            painter.drawImage(QRectF(painter.viewport()), image)
        step(len(wanted), len(wanted))
    except jobs.Cancelled:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(wanted)


def pages_wanted(printer: QPrinter, count: int) -> list[int]:
    """The pages chosen in the dialog, from 0, in the order they are printed."""
    first, last = printer.fromPage() or 1, printer.toPage() or count
    found = list(range(max(1, first) - 1, min(last, count))) or list(range(count))
    return found[::-1] if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst else found


def _work(printer: QPrinter, sheets: Sheets, _reader: Any, job: jobs.Job) -> int:
    return to_printer(printer, sheets, job.step)


def _printed(window: Window, count: int) -> None:
    window.busy.end()
    window.toast.note(Text("{n} pages sent to the printer", n=count))
