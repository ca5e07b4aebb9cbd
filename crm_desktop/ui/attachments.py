"""The files that lie by a row: dropped, pasted or chosen; shown, opened, saved elsewhere, removed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QObject, QPoint, Qt, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.desk import attachments
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.ui import jobs, opened_files, plain_rows
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.speech import literal, put
from crm_desktop.ui.widgets import PlainLabel, tool

MOST_ROWS = 4
NONE, SOME = Text("Files: drop or paste them here"), Text("Files: {count}")
ADDING = Text("Adding {name} …")


def size_words(size: int) -> str:
    """A file's size as people read it."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3)):,} KB"


class Files(QListWidget):
    """The names; Return shows one, Delete removes it, Ctrl+V adds what is on the clipboard."""

    def __init__(self, panel: Attachments) -> None:
        super().__init__(panel)
        self._panel = panel
        plain_rows.dress(self, MOST_ROWS)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        put(self, "setAccessibleName", Text("Attached files"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self._panel.look()
        elif event.key() == Qt.Key.Key_Delete:
            self._panel.remove()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._panel.paste()
        else:
            super().keyPressEvent(event)


class Attachments(QFrame):
    """A line that says how many files there are, and under it their names. Hidden for a row that is not saved yet."""

    def __init__(self, record: Record, form: QWidget) -> None:
        super().__init__(form)
        self.record = record
        self._row: int | None = None
        self._rows: list[Row] = []
        self._hub: jobs.Hub | None = None
        self._build()
        self.hide()

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 4, 12, 4)
        box.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(4)
        self.words = PlainLabel(self, "soft", NONE)
        self.add_button = tool(self, "paperclip", Text("Attach files …"))
        self.paste_button = tool(self, "copy", Text("Attach what is on the clipboard"))
        self.add_button.clicked.connect(self.choose)
        self.paste_button.clicked.connect(self.paste)
        line.addWidget(self.words, 1)
        line.addWidget(self.paste_button)
        line.addWidget(self.add_button)
        box.addLayout(line)
        self.list = Files(self)
        self.list.itemDoubleClicked.connect(self.look)
        self.list.customContextMenuRequested.connect(self._on_menu)
        box.addWidget(self.list)
        self.list.hide()

    # what it shows

    def _store(self) -> Any:
        return getattr(self.window(), "store", None)

    def show_row(self, row_id: int | None) -> None:
        """Show the files of a row; None for one that is not saved."""
        if not self.record.papers or self._store() is None or row_id == self._row:
            return
        self._listen()
        self._row = row_id
        self.setVisible(row_id is not None)
        self._show([])
        self.read()

    def read(self) -> None:
        """Read which files there are."""
        if self._row is not None:
            jobs.read(self, partial(_rows_of, self.record.key, self._row), partial(self._on_rows, self._row), slot="files")

    def _listen(self) -> None:
        form = self.parentWidget()
        if self._hub is None and form is not None:  # a file dropped on a field is no words for it
            for field in form.findChildren(QWidget):
                if field.acceptDrops():
                    field.setAcceptDrops(False)
            form.setAcceptDrops(True)
            form.installEventFilter(self)
        if self._hub is not jobs.hub():
            self._hub = jobs.hub()
            self._hub.changed.connect(self._on_changed)

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if "attachment" in change.tables:
            self.read()

    def _on_rows(self, row_id: int, rows: list[Row]) -> None:
        if row_id == self._row:
            self._show(rows)

    def _show(self, rows: list[Row]) -> None:
        self._rows = rows
        put(self.words, "setText", Text(SOME.source, count=len(rows)) if rows else NONE)
        at = self.list.currentRow()
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(f"{row['name']}  ·  {size_words(row['size'] or 0)}")
            item.setToolTip(literal(str(row["name"])))
            self.list.addItem(item)
        plain_rows.fit(self.list)
        self.list.setCurrentRow(min(max(at, 0), len(rows) - 1))

    def chosen(self) -> Row | None:
        """The file the keys stand on."""
        at = self.list.currentRow()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    # adding

    @Slot()
    def choose(self) -> None:
        """Choose files of this PC."""
        names, _ = QFileDialog.getOpenFileNames(self, say(Text("Attach files")))
        self.add([Path(name) for name in names])

    def add(self, paths: list[Path]) -> None:
        """Attach files to the row that is shown."""
        row_id = self._row
        if row_id is None:
            return
        for path in paths:
            put(self.words, "setText", Text(ADDING.source, name=path.name))
            jobs.act(self, partial(_add, self.record.key, row_id, path), failed=self._on_failed)

    @Slot()
    def paste(self) -> None:
        """Attach the files, or the picture, on the clipboard."""
        self.take(QGuiApplication.clipboard().mimeData())

    def take(self, data: QMimeData | None) -> None:
        """Attach what was dropped or pasted."""
        paths = _paths(data)
        if paths:
            self.add(paths)
        elif data is not None and data.hasImage() and self._row is not None:
            name = f"{say(Text('Picture'))} {attachments_day()}.png"
            content = _png(QImage(data.imageData()))
            jobs.act(self, partial(_add_content, self.record.key, self._row, name, content), failed=self._on_failed)
        else:
            self._on_failed(Refused(Text("There is no file and no picture on the clipboard.")))

    def _on_failed(self, error: Exception) -> None:
        self._show(self._rows)
        jobs.hub().failed.emit(error)

    # using

    @Slot()
    def look(self, *_: object) -> None:
        """Show a picture or a text here; anything else in the program made for it."""
        row = self.chosen()
        if row is None:
            return
        if opened_files.can_show(row):
            from crm_desktop.ui.file_preview import FilePreview

            FilePreview(row, self._store(), self).open()
        else:
            self.open_outside()

    @Slot()
    def open_outside(self) -> None:
        """Open a copy with the program this PC uses for such files."""
        row = self.chosen()
        if row is None:
            return
        if not attachments.may_open(row["name"]):
            self._on_failed(Refused(Text("{file} would run as a program. Save it elsewhere if you are sure of it.", file=row["name"])))
            return
        jobs.work(self, partial(opened_files.copy, self._store(), row["sha256"], row["name"]), _open, failed=self._on_failed)

    @Slot()
    def save_as(self) -> None:
        """Write a copy elsewhere."""
        row = self.chosen()
        if row is not None:
            name, _ = QFileDialog.getSaveFileName(self, say(Text("Save a copy")), row["name"])
            if name:
                jobs.work(self, partial(_copy_out, self._store(), row["sha256"], Path(name)), _done, failed=self._on_failed)

    @Slot()
    def remove(self) -> None:
        """Take the file away; undo brings it back."""
        row = self.chosen()
        if row is not None:
            jobs.act(self, partial(_remove, row["id"], row["version"]), failed=self._on_failed)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        if self.chosen() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, slot in (
            (Text("Show"), self.look), (Text("Open"), self.open_outside), (Text("Save a copy …"), self.save_as), (Text("Remove"), self.remove),
        ):  # fmt: skip
            menu.addAction(say(words)).triggered.connect(slot)
        menu.popup(self.list.viewport().mapToGlobal(place))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files may be dropped anywhere on the form."""
        if self._row is not None and isinstance(event, QDropEvent) and _wanted(event.mimeData()):
            event.acceptProposedAction()
            if not isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.Drop:
                self.take(event.mimeData())
            return True
        return super().eventFilter(watched, event)


def attachments_day() -> str:
    """The time a pasted picture is called by."""
    import datetime as dt

    return dt.datetime.now().strftime("%Y-%m-%d %H%M%S")


def _paths(data: QMimeData | None) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data is not None else []


def _wanted(data: QMimeData) -> bool:
    return bool(_paths(data)) or data.hasImage()


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def _open(path: Path) -> None:
    opened_files.show(path)


def _done(_: object) -> None:
    pass


def _rows_of(record: str, row_id: int, reader: Any, job: jobs.Job) -> list[Row]:
    return attachments.of(reader, record, row_id)


def _add(record: str, row_id: int, path: Path, desk: Any, job: jobs.Job) -> Any:
    return attachments.add(desk, record, row_id, path)


def _add_content(record: str, row_id: int, name: str, content: bytes, desk: Any, job: jobs.Job) -> Any:
    return attachments.add_content(desk, record, row_id, name, content)


def _remove(row_id: int, version: int, desk: Any, job: jobs.Job) -> Any:
    return attachments.remove(desk, row_id, version)


def _copy_out(store: Any, digest: str, to: Path, reader: Any, job: jobs.Job) -> None:
    attachments.copy_out(store, digest, to)
