"""A picture or a text that lies by a row, shown over the window; Esc closes it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs, opened_files, picture_apart
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel

SIZE = QSize(820, 600)


class FilePreview(QDialog):
    """Reads the file in the background and shows it."""

    def __init__(self, row: Row, store: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(row["name"])
        self.resize(SIZE)
        self._picture = QPixmap()
        self._box = QVBoxLayout(self)
        self.note = PlainLabel(self, "soft", Text("Reading the file …"))
        self._box.addWidget(self.note)
        self.picture = QLabel(self)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setMinimumSize(1, 1)
        put(self.picture, "setAccessibleName", Text("Picture"))
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        put(self.text, "setAccessibleName", Text("Text of the file"))
        for part in (self.picture, self.text):
            part.hide()
            self._box.addWidget(part, 1)
        if opened_files.is_picture(row):
            jobs.work(self, partial(opened_files.picture, store, row["sha256"]), self._on_picture, failed=self._on_failed)
        else:
            jobs.work(self, partial(opened_files.content, store, row["sha256"]), self._on_text, failed=self._on_failed)

    @Slot(object)
    def _on_picture(self, image: QImage) -> None:
        self._picture = QPixmap.fromImage(image)
        if self._picture.isNull():
            put(self.note, "setText", picture_apart.UNREADABLE)
            return
        self.note.hide()
        self.picture.show()
        self._fit()

    @Slot(object)
    def _on_text(self, content: bytes) -> None:
        self.note.hide()
        self.text.setPlainText(_decoded(content))
        self.text.show()
        self.text.setFocus()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.close()
        jobs.hub().failed.emit(error)

    def _fit(self) -> None:
        room = self.picture.size()
        small = self._picture.width() <= room.width() and self._picture.height() <= room.height()
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        self.picture.setPixmap(self._picture if small else self._picture.scaled(room, keep, smooth))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._picture.isNull():
            self._fit()


def _decoded(content: bytes) -> str:
    """Text in UTF-8, UTF-16 or, as older Chinese programs write it, GB 18030."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")
