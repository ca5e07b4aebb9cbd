"""The two halves of the import page: what the columns mean, and what would happen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QListView, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.duties import record_of
from crm_desktop.duties.files.reading import Opened, Summary
from crm_desktop.record.kinds import Kind, shown
from crm_desktop.record.record import Field, Row
from crm_desktop.record.text import Text, say
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import PlainLabel

NOT_USED = Text("— not used —")


class ColumnsTable(QScrollArea):
    """Each column of the file, the field it goes into, and a few of its values. `chosen` tells another choice."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(self.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its choices have it
        self._boxes: dict[str, QComboBox] = {}
        self._fields: list[Field] = []
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
        self._boxes = {}
        self._fields = [f for f in opened.record.fields if f.stored and (not f.hidden or f.name in opened.chosen.values())]
        for at, heading in enumerate(opened.headings):
            grid.addWidget(PlainLabel(body, "", heading), at + 1, 0)
            grid.addWidget(self._meaning(opened, heading, body), at + 1, 1)
            sample = PlainLabel(body, "soft", opened.samples[at][:60])
            grid.addWidget(sample, at + 1, 2)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(len(opened.headings) + 1, 1)
        self.setWidget(body)

    def _meaning(self, opened: Opened, title: str, body: QWidget) -> QWidget:
        if opened.is_known_file or title == "id":
            fields = [opened.record.by_name[name].label for name in opened.meaning(title) if name in opened.record.by_name]
            words: Text | str = fields[0] if fields else (Text("Id of this program") if title == "id" else NOT_USED)
            if len(fields) > 1:
                words = Text("{first}, {second}", first=fields[0], second=fields[1])
            return PlainLabel(body, "" if fields or title == "id" else "soft", words)
        return self._box(opened, title, body)

    def _box(self, opened: Opened, title: str, body: QWidget) -> QComboBox:
        box = QComboBox(body)
        box.setView(QListView(box))
        box.setMinimumWidth(170)
        box.addItem(say(NOT_USED), "")
        for field in self._fields:
            box.addItem(say(field.label), field.name)
        box.setCurrentIndex(max(0, box.findData(opened.chosen.get(title, ""))))
        box.activated.connect(partial(self._on_chosen, title))
        put(box, "setAccessibleName", Text("Field of column {column}", column=title))
        self._boxes[title] = box
        return box

    def _on_chosen(self, title: str, _: int) -> None:
        name = self._boxes[title].currentData()
        for other, box in self._boxes.items():
            if other != title and name and box.currentData() == name:
                box.setCurrentIndex(0)  # a field has one column
        found = {other: str(box.currentData()) for other, box in self._boxes.items() if box.currentData()}
        self.chosen.emit(found)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for box in self._boxes.values():
                box.setItemText(0, say(NOT_USED))
                for at, field in enumerate(self._fields, 1):
                    box.setItemText(at, say(field.label))
        super().changeEvent(event)


class Outcome(QFrame):
    """What an import would do: counts, what is made along the way, the first rows left out, the first new rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("class", "card")
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 12, 20, 12)
        box.setSpacing(8)
        box.addWidget(PlainLabel(self, "h2", Text("What will happen")))
        self.problem = PlainLabel(self, "error")
        self.problem.setWordWrap(True)
        box.addWidget(self.problem)
        self._counts = QWidget(self)
        grid = QGridLayout(self._counts)
        grid.setContentsMargins(0, 0, 0, 0)
        self._figures: list[PlainLabel] = []
        for column, title in enumerate((Text("Rows read"), Text("New"), Text("Updated"), Text("Already here"), Text("Left out"))):
            figure = PlainLabel(self._counts, "h2", "–")
            self._figures.append(figure)
            grid.addWidget(PlainLabel(self._counts, "soft", title), 0, column)
            grid.addWidget(figure, 1, column)
        box.addWidget(self._counts)
        self.made = PlainLabel(self, "soft")
        self.made.setWordWrap(True)
        box.addWidget(self.made)
        self.errors_title = PlainLabel(self, "h2", Text("Rows left out"))
        self.errors = Texts([Text("Line"), Text("Why")], self)
        self.errors_view = table(self, self.errors, 1, name=Text("Rows left out"))
        self.errors_view.setColumnWidth(0, 72)
        box.addWidget(self.errors_title)
        box.addWidget(self.errors_view, 1)
        box.addWidget(PlainLabel(self, "h2", Text("First new rows")))
        self.rows = Texts([], self)
        self.rows_view = table(self, self.rows, name=Text("The first new rows"))
        box.addWidget(self.rows_view, 2)
        self.show_problem(None)

    @Slot(object)
    def show_problem(self, problem: Text | None) -> None:
        """Say why nothing can happen, or that nothing is known yet."""
        put(self.problem, "setText", problem or "")
        self.problem.setVisible(problem is not None)
        for figure in self._figures:
            put(figure, "setText", "–")
        put(self.made, "setText", "")
        self._show_errors([])
        self.rows.show_rows([], [])

    def show_summary(self, summary: Summary) -> None:
        """Show what would happen."""
        counts = (summary.read, summary.added, summary.updated, summary.same, summary.refused)
        for figure, count in zip(self._figures, counts, strict=True):
            put(figure, "setText", f"{count:,}")
        put(self.made, "setText", _made(summary) or "")
        self._show_errors([(f"{line:,}", reason) for line, reason in summary.bad])
        fields = [f for f in record_of(summary.record_key).fields if f.stored and not f.hidden and f.name in summary.columns]
        used = [f for f in fields if f.kind != Kind.REF and any(row.get(f.name) not in ("", None) for row in summary.preview)]
        self.rows.show_rows([_cells(used, row) for row in summary.preview], [f.label for f in used])
        for at, field in enumerate(used):
            self.rows_view.setColumnWidth(at, field.width or 110)

    def _show_errors(self, rows: list[tuple[str, Text]]) -> None:
        self.errors.show_rows(rows)
        self.errors_title.setVisible(bool(rows))
        self.errors_view.setVisible(bool(rows))


def _cells(fields: list[Field], row: Row) -> list[Text | str]:
    return [f.choice_text(row[f.name]) if f.choices else shown(f.kind, row[f.name]) for f in fields]


def _made(summary: Summary) -> Text | None:
    """The rows that come into being because the file names them."""
    parts: Text | None = None
    for key, names in summary.made.items():
        some = "、".join(names[:3]) + (" …" if len(names) > 3 else "")
        one = Text("{many}: {count} new ({names})", many=record_of(key).many, count=len(names), names=some)
        parts = Text("{first}; {second}", first=parts, second=one) if parts else one
    return parts
