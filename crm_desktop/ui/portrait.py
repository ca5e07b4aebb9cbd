"""The photo of whom a sheet is about: read when the sheet is shown, nothing where there is none."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from crm_desktop.record.text import Text
from crm_desktop.ui import jobs, opened_files
from crm_desktop.ui.speech import put

SIDE = 44  # px
HIGH, WIDE = 40, 240  # px, of a specimen


class Portrait(QLabel):
    """A square of a picture's middle, known by the digest of its content."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._digest = ""
        self.setFixedSize(SIDE, SIDE)
        self.setTextFormat(Qt.TextFormat.PlainText)
        put(self, "setAccessibleName", Text("Photo"))
        self.hide()

    def show_photo(self, store: Any, digest: str) -> None:
        """Show this picture; '' shows none."""
        if digest == self._digest:
            return
        self._digest = digest
        self.hide()
        if digest and store is not None:
            jobs.work(self, partial(opened_files.picture, store, digest), partial(self._on_picture, digest), failed=self._on_nothing)

    def _on_picture(self, digest: str, image: QImage) -> None:
        if digest == self._digest and not image.isNull():
            self.setPixmap(self._fitted(image))
            self.show()

    def _fitted(self, image: QImage) -> QPixmap:
        ratio = self.devicePixelRatioF()
        side = round(SIDE * ratio)
        large = image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation)
        made = QPixmap.fromImage(large.copy((large.width() - side) // 2, (large.height() - side) // 4, side, side))
        made.setDevicePixelRatio(ratio)
        return made

    def _on_nothing(self, _error: Exception) -> None:
        """Without its file there is no photo; a check of the data names what is missing."""


class Specimen(Portrait):
    """A whole picture, in one height: how somebody signs."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setFixedHeight(HIGH)
        self.setMinimumWidth(0)
        self.setMaximumWidth(WIDE)
        for setter in ("setToolTip", "setAccessibleName"):
            put(self, setter, name)

    def _fitted(self, image: QImage) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap.fromImage(image.scaled(round(WIDE * ratio), round(HIGH * ratio), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation))
        made.setDevicePixelRatio(ratio)
        return made
