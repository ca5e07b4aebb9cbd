"""A paper as it will be printed; the printer is chosen there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPageLayout, QPageSize, QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

SIZE = (900, 680)


class PrintPreview(QPrintPreviewDialog):
    """Owns the document and the printer for as long as it is open."""

    def __init__(self, window: QWidget, made: QTextDocument, name: str, page: QPageSize.PageSizeId = QPageSize.PageSizeId.A4) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        layout = QPageLayout(QPageSize(page), QPageLayout.Orientation.Portrait, printer.pageLayout().margins())
        printer.setPageLayout(layout)
        printer.setDocName(name)
        super().__init__(printer, window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(name)
        self._printer, self._made = printer, made
        self.paintRequested.connect(self._on_paint)
        self.resize(*SIZE)

    @Slot(QPrinter)
    def _on_paint(self, printer: QPrinter) -> None:
        self._made.print_(printer)
