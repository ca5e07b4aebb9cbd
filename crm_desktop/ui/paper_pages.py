"""The pages of a paper below each other, as pictures that are made while nobody waits for them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from crm_desktop.documents.sheets import POINTS, Raster, Sheets
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs, theme
from crm_desktop.ui.speech import put

GAP, DPI = 16, 96.0
ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
KEPT = 12  # pictures at once
LINE = 60  # px one press of an arrow moves


def image_of(raster: Raster) -> QImage:
    """The picture of a page, with pixels of its own."""
    return QImage(raster.pixels, raster.width, raster.height, raster.width * 4, QImage.Format.Format_RGB32).copy()


class PaperPages(QAbstractScrollArea):
    """Shows pages; `turned_to` tells which one is seen (from 0), `zoomed` how large, `pressed` where on a page somebody pressed (its number
    from 0, points from its upper left corner)."""

    turned_to = Signal(int)
    pressed = Signal(int, float, float)
    zoomed = Signal(float)
    painted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheets: Sheets | None = None
        self._pictures: dict[int, QImage] = {}
        self._asked: dict[int, float] = {}
        self._zoom, self._fits, self._page = 1.0, True, 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 240)
        put(self, "setAccessibleName", Text("Pages of the paper"))
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def show_sheets(self, sheets: Sheets) -> None:
        """Show other pages, from the first."""
        self._sheets = sheets
        self._pictures, self._asked, self._page = {}, {}, 0
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.turned_to.emit(0)
        self.viewport().update()

    @property
    def page(self) -> int:
        """The page that is seen, from 0."""
        return self._page

    def go(self, page: int) -> None:
        """Bring a page to the top."""
        if self._sheets:
            self.verticalScrollBar().setValue(self._tops()[max(0, min(page, self._sheets.count - 1))] - GAP)

    def zoom(self, step: int) -> None:
        """Larger (1) or smaller (-1)."""
        sizes = [size for size in ZOOMS if (size > self._zoom + 0.01 if step > 0 else size < self._zoom - 0.01)]
        if sizes:
            self._fits = False
            self._set_zoom(sizes[0] if step > 0 else sizes[-1])

    def fit(self) -> None:
        """As wide as there is room for."""
        self._fits = True
        self._lay_out()

    # where things are

    def _size(self, page: int) -> QSize:
        assert self._sheets is not None
        width, height = self._sheets.sizes[page]
        return QSize(round(width / POINTS * DPI * self._zoom), round(height / POINTS * DPI * self._zoom))

    def _tops(self) -> list[int]:
        tops, y = [], GAP
        for page in range(self._sheets.count if self._sheets else 0):
            tops.append(y)
            y += self._size(page).height() + GAP
        return [*tops, y]

    def _lay_out(self) -> None:
        if self._sheets is None:
            return
        if self._fits:
            widest = max(width for width, _ in self._sheets.sizes) / POINTS * DPI
            self._set_zoom(max(0.2, min(1.6, (self.viewport().width() - 2 * GAP) / widest)), lay_out=False)
        wide = max(self._size(page).width() for page in range(self._sheets.count)) + 2 * GAP
        bars = (self.verticalScrollBar(), self.horizontalScrollBar())
        for bar, whole, seen in zip(bars, (self._tops()[-1], wide), (self.viewport().height(), self.viewport().width()), strict=True):
            bar.setPageStep(seen)
            bar.setSingleStep(LINE)
            bar.setRange(0, max(0, whole - seen))
        self.viewport().update()

    def _set_zoom(self, zoom: float, lay_out: bool = True) -> None:
        if abs(zoom - self._zoom) > 0.001:
            self._zoom = zoom
            self._asked = {}
            self.zoomed.emit(zoom)
        if lay_out:
            self._lay_out()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(theme.C["sunken"]))
        if self._sheets is not None:
            self._paint_pages(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.C["accent"]), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _places(self) -> Iterator[tuple[int, QRect]]:
        """The pages and where they stand now."""
        down, left = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        for page, top in enumerate(self._tops()[:-1]):
            size = self._size(page)
            x = max(GAP, (self.viewport().width() - size.width()) // 2) - left
            yield page, QRect(QPoint(x, top - down), size)

    def _paint_pages(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page, box in self._places():
            if box.intersects(self.viewport().rect()):
                self._paint_page(painter, page, box)

    def _paint_page(self, painter: QPainter, page: int, box: QRect) -> None:
        painter.fillRect(box, QColor("#ffffff"))
        if page in self._pictures:
            painter.drawImage(box, self._pictures[page])
        painter.setPen(QColor(theme.C["line2"]))
        painter.drawRect(box.adjusted(-1, -1, 0, 0))
        self._ask(page)

    def _ask(self, page: int) -> None:
        """Have the picture of a page made in the size it is shown in."""
        dpi = DPI * self._zoom * self.devicePixelRatioF()
        if self._asked.get(page) != dpi and self._sheets is not None:
            self._asked[page] = dpi
            jobs.read(self, partial(_picture, self._sheets, page, dpi), self._on_picture, slot=f"page {page}", alone=True)

    def _on_picture(self, answer: tuple[Any, int, QImage]) -> None:
        sheets, page, image = answer
        if sheets is not self._sheets:
            return
        self._pictures[page] = image
        while len(self._pictures) > KEPT:
            far = max(self._pictures, key=lambda each: abs(each - self._page))
            del self._pictures[far]
            self._asked.pop(far, None)
        self.viewport().update()
        self.painted.emit()

    def has_picture(self, page: int) -> bool:
        """True once a page can be seen."""
        return page in self._pictures

    # keys and wheel

    def _on_scrolled(self, value: int) -> None:
        middle = value + self.viewport().height() // 3
        page = max(0, sum(top <= middle for top in self._tops()[:-1]) - 1)
        if page != self._page:
            self._page = page
            self.turned_to.emit(page)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        moves = {
            Qt.Key.Key_Down: bar.value() + LINE, Qt.Key.Key_Up: bar.value() - LINE, Qt.Key.Key_Home: 0, Qt.Key.Key_End: bar.maximum(),
            Qt.Key.Key_PageDown: bar.value() + bar.pageStep() - LINE, Qt.Key.Key_PageUp: bar.value() - bar.pageStep() + LINE,
        }  # fmt: skip
        if event.key() in moves:
            bar.setValue(moves[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(-1 if event.key() == Qt.Key.Key_Minus else 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = event.position()
        for page, box in self._places():
            if box.contains(at.toPoint()):
                scale = POINTS / (DPI * self._zoom)
                self.pressed.emit(page, (at.x() - box.x()) * scale, (at.y() - box.y()) * scale)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()


def _picture(sheets: Sheets, page: int, dpi: float, _reader: Any, _job: jobs.Job) -> tuple[Sheets, int, QImage]:
    return sheets, page, image_of(sheets.picture(page, dpi))
