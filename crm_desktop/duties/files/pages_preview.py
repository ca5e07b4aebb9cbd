"""The columns of a file, each with the field it goes into: chosen in a box, or by dragging its heading onto a field."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QComboBox, QGridLayout, QListView, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.duties.files.reading import Opened
from crm_desktop.record.record import Field
from crm_desktop.record.text import Text, say
from crm_desktop.ui.flow import Flow
from crm_desktop.ui.scrolled import Scrolled
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import Chip, CutLabel, PlainLabel

NOT_USED = Text("— not used —")
MIME = "application/x-crm-column"
FREE_HEIGHT = 52  # two lines of fields


def carried(heading: str) -> QMimeData:
    """A heading on its way to a field."""
    data = QMimeData()
    data.setData(MIME, heading.encode())
    return data


def heading_of(data: QMimeData) -> str:
    """The heading that is carried; '' for anything else."""
    return bytes(data.data(MIME).data()).decode() if data.hasFormat(MIME) else ""


class Heading(PlainLabel):
    """A heading of the file, to be dragged onto a field."""

    def __init__(self, parent: QWidget, title: str, movable: bool) -> None:
        super().__init__(parent, "", title)
        self._title, self._movable = title, movable
        self._from = QPoint()
        if movable:
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = (event.position().toPoint() - self._from).manhattanLength()
        if self._movable and event.buttons() & Qt.MouseButton.LeftButton and far >= QApplication.startDragDistance():
            drag = QDrag(self)
            drag.setMimeData(carried(self._title))
            drag.setPixmap(self.grab())
            drag.exec(Qt.DropAction.LinkAction)


class MeaningBox(QComboBox):
    """The field of a column; a heading dropped here takes this field. `dropped` tells that heading and the field."""

    dropped = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if heading_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if (title := heading_of(event.mimeData())) and self.currentData():
            event.acceptProposedAction()
            self.dropped.emit(title, str(self.currentData()))


class FieldChip(Chip):
    """A field no column goes into yet: a heading may be dropped on it."""

    dropped = Signal(str, str)

    def __init__(self, parent: QWidget, field: Field, needed: bool) -> None:
        super().__init__(parent, field.label, "red" if needed else "grey")
        self.name = field.name
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if heading_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if title := heading_of(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(title, self.name)


def _is_needed(field: Field) -> bool:
    return field.required and not field.default


class FreeFields(QWidget):
    """The fields that have no column yet, those that need one first. `dropped` tells a heading and its field."""

    dropped = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(PlainLabel(self, "soft", Text("Fields without a column: drag a heading onto one")))
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(self._area.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setFixedHeight(FREE_HEIGHT)
        box.addWidget(self._area)
        self.chips: dict[str, FieldChip] = {}

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.chips)

    def show_fields(self, opened: Opened | None) -> None:
        """Show what this file gives nothing for."""
        taken = set(opened.chosen.values()) if opened else set()
        fields = [f for f in opened.record.fields if f.stored and not f.hidden and f.name not in taken] if opened else []
        fields.sort(key=lambda field: not _is_needed(field))
        if [field.name for field in fields] == list(self.chips):
            return
        body = QWidget(self._area)
        flow = Flow(body, 6)
        self.chips = {}
        for field in fields:
            chip = FieldChip(body, field, _is_needed(field))
            chip.dropped.connect(self.dropped)
            flow.addWidget(chip)
            self.chips[field.name] = chip
        self._area.setWidget(body)


class ColumnsTable(Scrolled):
    """Each column of the file, the field it goes into, and a few of its values. `chosen` tells another choice."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, sideways=False)
        self._boxes: dict[str, MeaningBox] = {}
        self._fields: list[Field] = []
        self._own: dict[str, str] = {}  # the id of this program, which is never chosen
        self.setWidget(QWidget(self))

    def show_none(self) -> None:
        """Show no columns: those of the file before say nothing of one that cannot be read."""
        self._boxes, self._fields = {}, []
        self.setWidget(QWidget(self))

    def show_columns(self, opened: Opened) -> None:
        """Show the columns of a file; those of a file the program knows are not for choosing."""
        body = QWidget(self)
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4 if opened.is_known_file else 2)
        for column, title in enumerate((Text("Column of the file"), Text("Field"), Text("First values"))):
            grid.addWidget(PlainLabel(body, "soft", title), 0, column)
        self._without: dict[str, Text] = {}
        self._boxes, self._own = {}, {title: name for title, name in opened.chosen.items() if name == "id"}
        self._fields = [f for f in opened.record.fields if f.stored and (not f.hidden or f.name in opened.chosen.values())]
        for at, heading in enumerate(opened.headings):
            grid.addWidget(Heading(body, heading, not opened.is_known_file and bool(heading)), at + 1, 0)
            grid.addWidget(self._meaning(opened, heading, body), at + 1, 1)
            sample = CutLabel(body, "soft", opened.samples[at])
            grid.addWidget(sample, at + 1, 2)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(len(opened.headings) + 1, 1)
        self.setWidget(body)

    def _meaning(self, opened: Opened, title: str, body: QWidget) -> QWidget:
        if opened.is_known_file or title == "id" or not title:
            fields = [opened.record.by_name[name].label for name in opened.meaning(title) if name in opened.record.by_name]
            words: Text | str = fields[0] if fields else (Text("Id of this program") if title == "id" else NOT_USED)
            if len(fields) > 1:
                words = Text("{first}, {second}", first=fields[0], second=fields[1])
            return PlainLabel(body, "" if fields or title == "id" else "soft", words)
        return self._box(opened, title, body)

    def _box(self, opened: Opened, title: str, body: QWidget) -> QComboBox:
        box = MeaningBox(body)
        box.setView(QListView(box))
        box.setMinimumWidth(170)
        self._without[title] = _without(opened, title)
        box.addItem(say(self._without[title]), "")
        for field in self._fields:
            box.addItem(say(field.label), field.name)
        box.setCurrentIndex(max(0, box.findData(opened.chosen.get(title, ""))))
        box.activated.connect(partial(self._on_chosen, title))
        box.dropped.connect(self.give)
        put(box, "setAccessibleName", Text("Field of column {column}", column=title))
        self._boxes[title] = box
        return box

    def give(self, title: str, name: str) -> None:
        """Let a column go into a field: its heading was dropped on it."""
        box = self._boxes.get(title)
        if box is not None and (at := box.findData(name)) > 0:
            box.setCurrentIndex(at)
            self._on_chosen(title, at)

    def _on_chosen(self, title: str, _: int) -> None:
        name = self._boxes[title].currentData()
        for other, box in self._boxes.items():
            if other != title and name and box.currentData() == name:
                box.setCurrentIndex(0)  # a field has one column
        found = {other: str(box.currentData()) for other, box in self._boxes.items() if box.currentData()}
        self.chosen.emit(found | self._own)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for title, box in self._boxes.items():
                box.setItemText(0, say(self._without[title]))
                for at, field in enumerate(self._fields, 1):
                    box.setItemText(at, say(field.label))
        super().changeEvent(event)


def _without(opened: Opened, title: str) -> Text:
    """What is said of a column that has no field of its own: which field it is read for together with another column, if any."""
    used = [opened.record.by_name[name].label for name in opened.meaning(title) if name in opened.record.by_name]
    return Text("(for {field}, too)", field=used[0]) if used else NOT_USED
