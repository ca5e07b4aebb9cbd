"""What a file says where a code of the program is wanted, and what is meant by it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QListView, QWidget

from crm_desktop.duties.files.reading import Opened
from crm_desktop.record.record import Field
from crm_desktop.record.text import Text, say
from crm_desktop.ui.scrolled import Scrolled
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import CutLabel, PlainLabel

AS_IT_IS = Text("— as it is —")
MOST = 80  # words shown
Choices = Mapping[str, Mapping[str, str]]


class WordsTable(Scrolled):
    """Each word with the code it becomes; unknown ones stand first. `chosen` tells all translations."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, sideways=False)
        self._lines: list[tuple[str, str, Field]] = []  # column, word, field
        self.boxes: dict[tuple[str, str], QComboBox] = {}
        self._codes: dict[str, dict[str, str]] = {}
        self.count = self.unknown = 0

    def show_words(self, opened: Opened | None, choices: Choices | None) -> None:
        """Show the words of a file; None: there are none to choose for."""
        found = choices if choices is not None and opened is not None and not opened.is_known_file else {}
        self._codes = {} if opened is None else {column: dict(words) for column, words in opened.codes.items()}
        fields = {} if opened is None else {title: opened.record.by_name.get(name) for title, name in opened.chosen.items()}
        rows = [(column, word, field, code) for column, words in found.items() if (field := fields.get(column)) for word, code in words.items()]
        rows.sort(key=lambda row: (_knows(row[2], row[3]), row[0]))
        rows = rows[:MOST]
        self.count, self.unknown = len(rows), sum(not _knows(field, code) for _, _, field, code in rows)
        if {row[:2] for row in rows} != {line[:2] for line in self._lines}:
            self._build([row[:3] for row in rows])
        for column, word, field, code in rows:
            box = self.boxes[column, word]
            box.setCurrentIndex(max(0, box.findData(code)) if _knows(field, code) else 0)

    def _build(self, lines: list[tuple[str, str, Field]]) -> None:
        body = QWidget(self)
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        for at, title in enumerate((Text("Column of the file"), Text("In the file"), Text("Meaning"))):
            grid.addWidget(PlainLabel(body, "soft", title), 0, at)
        self._lines, self.boxes = lines, {}
        for at, (column, word, field) in enumerate(lines, 1):
            grid.addWidget(CutLabel(body, "soft", column), at, 0)
            grid.addWidget(CutLabel(body, "", word), at, 1)
            grid.addWidget(self._box(column, word, field, body), at, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        grid.setRowStretch(len(lines) + 1, 1)
        self.setWidget(body)

    def _box(self, column: str, word: str, field: Field, body: QWidget) -> QComboBox:
        box = QComboBox(body)
        box.setView(QListView(box))
        box.setMinimumWidth(190)
        box.addItem(say(AS_IT_IS), "")
        for code, words, _ in field.choices:
            box.addItem(say(words), code)
        box.activated.connect(partial(self._on_chosen, column, word))
        put(box, "setAccessibleName", Text("Meaning of {word} in {column}", word=word, column=column))
        self.boxes[column, word] = box
        return box

    def _on_chosen(self, column: str, word: str, _: int) -> None:
        code = str(self.boxes[column, word].currentData())
        known = self._codes.setdefault(column, {})
        if code:
            known[word] = code
        else:
            known.pop(word, None)
        self.chosen.emit({title: dict(words) for title, words in self._codes.items() if words})

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for column, word, field in self._lines:
                box = self.boxes[column, word]
                box.setItemText(0, say(AS_IT_IS))
                for at, (_, words, _) in enumerate(field.choices, 1):
                    box.setItemText(at, say(words))
        super().changeEvent(event)


def _knows(field: Field, code: str) -> bool:
    return any(code == known for known, _, _ in field.choices)
