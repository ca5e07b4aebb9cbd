"""The other half of the import page: what would happen, row by row where it changes something."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QListView, QVBoxLayout, QWidget

from crm_desktop.duties import record_of
from crm_desktop.duties.files.pages_likely import LikelyRows
from crm_desktop.duties.files.reading import Decided, Summary
from crm_desktop.exchange.differences import Line
from crm_desktop.exchange.likely import LEAVE, UPDATE
from crm_desktop.record.day_styles import NAMES
from crm_desktop.record.kinds import Kind, shown
from crm_desktop.record.money import HOME
from crm_desktop.record.record import Field, Row
from crm_desktop.record.text import Text, say
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.pick_bar import Pick, PickBar
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import PlainLabel, link

NEW, CHANGES, ERRORS, GONE, LIKELY, NUMBERS = "new", "changes", "errors", "gone", "likely", "numbers"
CURRENCIES = (HOME, "USD", "EUR", "HKD", "JPY", "GBP", "KRW", "SGD", "AUD", "CAD", "CHF", "TWD", "THB", "MOP")
UPDATE_IT, KEEP_IT, ADD_IT = Text("Update"), Text("Keep mine"), Text("Add too")


class Outcome(QFrame):
    """Counts, what is made along the way, and behind tabs the first rows of each sort. A row that would be updated can be
    kept as it is, or come as a new one beside it: Space, Enter or a double click on it."""

    save_wanted = Signal()  # the rows left out, as a file

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
        box.addWidget(self._make_counts())
        self.made = PlainLabel(self, "soft")
        self.made.setWordWrap(True)
        box.addWidget(self.made)
        self.tabs = PickBar(self, Text("Rows of the file"))
        self.tabs.picked.connect(self._show_tab)
        box.addWidget(self.tabs)
        self.note = PlainLabel(self, "soft")
        self.note.setWordWrap(True)
        box.addWidget(self.note)
        self.save_link = link(self, Text("Save these rows as a file …"))
        self.save_link.clicked.connect(self.save_wanted)
        box.addWidget(self.save_link, 0, Qt.AlignmentFlag.AlignLeft)
        self.rows = Texts([], self)
        self.view = ToggledView(self, self.rows)
        self.view.toggled.connect(self._toggle)
        box.addWidget(self.view.table, 1)
        self.likely = LikelyRows(self)
        self.likely.chosen.connect(self._count)
        box.addWidget(self.likely, 1)
        box.addStretch(0)  # while there is no table, the figures stay at the top
        self._summary: Summary | None = None
        self._kept: set[int] = set()
        self._anew: set[int] = set()
        self.show_problem(None)

    def _make_counts(self) -> QWidget:
        counts = QWidget(self)
        grid = QGridLayout(counts)
        grid.setContentsMargins(0, 0, 0, 0)
        self._figures: list[PlainLabel] = []
        for column, title in enumerate((Text("Rows read"), Text("New"), Text("Updated"), Text("Already here"), Text("Not taken in"))):
            figure = PlainLabel(counts, "h2", "–")
            self._figures.append(figure)
            grid.addWidget(PlainLabel(counts, "soft", title), 0, column)
            grid.addWidget(figure, 1, column)
        return counts

    @Slot(object)
    def show_problem(self, problem: Text | None) -> None:
        """Say why nothing can happen, or that nothing is known yet."""
        put(self.problem, "setText", problem or "")
        self.problem.setVisible(problem is not None)
        for figure in self._figures:
            put(figure, "setText", "–")
        put(self.made, "setText", "")
        self.made.hide()
        self._summary = None
        for part in (self.tabs, self.note, self.view.table, self.save_link):
            part.hide()
        self.likely.show_rows([])
        self.rows.show_rows([], [])

    def show_summary(self, summary: Summary) -> None:
        """Show what would happen."""
        self._summary, self._kept, self._anew = summary, set(), set()
        self.likely.show_rows(summary.likely)
        self._count()
        said = _said(summary)
        put(self.made, "setText", said or "")
        self.made.setVisible(said is not None)
        tabs = (
            (LIKELY, Text("Here already?"), len(summary.likely)), (ERRORS, Text("Not taken in"), summary.refused), (CHANGES, Text("Updated"), summary.updated),
            (NUMBERS, Text("Not stored whole"), summary.numbered), (NEW, Text("New"), summary.added), (GONE, Text("No longer in the file"), len(summary.gone)),
        )  # fmt: skip
        self.tabs.show_picks([Pick(key, title, f"{count:,}") for key, title, count in tabs if count])
        self.tabs.setVisible(bool(self.tabs.keys()))
        if self.tabs.keys():
            self.tabs.choose(self.tabs.keys()[0])
        self._show_tab(self.tabs.chosen)

    def decided(self) -> Decided:
        """What becomes of the rows that are here, or may be."""
        return Decided(dict(self.likely.choices), set(self._kept), set(self._anew))

    def counts(self, summary: Summary) -> tuple[int, int, int]:
        """How many rows would be added, updated and left as they are, after what was decided."""
        updated, left, kept, anew = self.likely.count(UPDATE), self.likely.count(LEAVE), len(self._kept), len(self._anew)
        return summary.added - updated - left + anew, summary.updated + updated - kept - anew, summary.same + left + kept

    @Slot()
    def _count(self) -> None:
        if (summary := self._summary) is not None:
            for figure, count in zip(self._figures, (summary.read, *self.counts(summary), summary.refused), strict=True):
                put(figure, "setText", f"{count:,}")

    @Slot(str)
    def _show_tab(self, key: str) -> None:
        summary = self._summary
        if summary is None:
            return
        note: Text | None = None
        self.save_link.setVisible(key == ERRORS)
        self.likely.setVisible(key == LIKELY)
        self.view.table.setVisible(key not in (LIKELY, ""))
        if key == ERRORS:
            self._show([Text("Line"), Text("Why")], [(f"{line:,}", reason) for line, reason in summary.bad], [72])
        elif key == NUMBERS:
            self._show([Text("Line"), Text("Numbers of which only the last four are stored")], [(f"{line:,}", " · ".join(one.words() for one in found)) for line, found in summary.numbers], [72])
        elif key == CHANGES:
            note = Text("Enter or a double click keeps a row as it is here; its matching fields never change by themselves.")
            if summary.may_come_anew:
                note = Text("Enter or a double click keeps a row as it is here, once more adds it beside it as a new one.")
            self._show([Text("What happens"), Text("Name"), Text("What comes")], self._changes(summary.changes), [92, 132])
        elif key == GONE:
            note = Text("These rows came with the file of this series before and are missing now. They stay here: what became of them is for a person to say.")
            self._show([Text("Name"), Text("Row")], [(line.name, line.words) for line in summary.gone], [132])
        elif key == NEW:
            self._show_new(summary)
        put(self.note, "setText", note or "")
        self.note.setVisible(note is not None)

    def _changes(self, lines: Sequence[Line]) -> list[tuple[Text | str, ...]]:
        return [(KEEP_IT if line.id in self._kept else ADD_IT if line.id in self._anew else UPDATE_IT, line.name, line.words) for line in lines]

    def _show_new(self, summary: Summary) -> None:
        fields = [f for f in record_of(summary.record_key).fields if f.stored and not f.hidden and f.name in summary.columns]
        used = [f for f in fields if f.kind != Kind.REF and any(row.get(f.name) not in ("", None) for row in summary.preview)]
        self._show([f.label for f in used], [_cells(used, row) for row in summary.preview], [field.width or 110 for field in used])

    def _show(self, headings: Sequence[Text], rows: Sequence[Sequence[Text | str]], widths: Sequence[int]) -> None:
        self.rows.show_rows(rows, headings)
        self.view.widths(widths)

    @Slot(int)
    def _toggle(self, at: int) -> None:
        summary = self._summary
        if summary is not None and self.tabs.chosen == CHANGES and at < len(summary.changes):
            self._turn(summary.changes[at].id, summary.may_come_anew)
            self._count()
            self._show_tab(CHANGES)
            self.view.table.selectRow(at)


    def _turn(self, row_id: int, may_come_anew: bool) -> None:
        """Updated, kept, added too, and updated again."""
        if row_id in self._anew:
            self._anew.discard(row_id)
        elif row_id in self._kept:
            self._kept.discard(row_id)
            self._anew |= {row_id} if may_come_anew else set()
        else:
            self._kept.add(row_id)


class ToggledView(QObject):
    """A table whose row somebody turns over by Space, Enter or a double click: `toggled` tells which."""

    toggled = Signal(int)

    def __init__(self, parent: QWidget, model: Texts) -> None:
        super().__init__(parent)
        self.table = table(parent, model, name=Text("Rows of the file"))
        self.table.doubleClicked.connect(self._on_double)
        self.table.installEventFilter(self)

    def widths(self, widths: Sequence[int]) -> None:
        """Give the columns their widths; the last one of two or three takes what is left."""
        header = self.table.horizontalHeader()
        header.setStretchLastSection(len(widths) <= 2)
        for at, width in enumerate(widths):
            self.table.setColumnWidth(at, width)

    def _on_double(self, index: QModelIndex) -> None:
        self.toggled.emit(index.row())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in (*ENTER, Qt.Key.Key_Space):
            if (index := self.table.currentIndex()).isValid():
                self.toggled.emit(index.row())
            return True
        return super().eventFilter(watched, event)


class Question(QWidget):
    """A line that asks one thing of a file; `said` tells that it was answered."""

    said = Signal()

    def __init__(self, parent: QWidget, words: Text, name: Text) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(PlainLabel(self, "soft", words))
        self.box = QComboBox(self)
        self.box.setView(QListView(self.box))
        put(self.box, "setAccessibleName", name)
        self.box.activated.connect(self._on_said)
        line.addWidget(self.box)
        self.hide()

    def answer(self) -> str:
        """What was chosen, '' for nothing."""
        raise NotImplementedError

    @Slot()
    def _on_said(self) -> None:
        if self.answer():
            self.said.emit()


class DatesBox(Question):
    """Asks how the dates of a file are written, where they can be read in several ways."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Text("Dates are written"), Text("How the dates of the file are written"))
        self._styles: list[str] = []

    def ask(self, styles: Sequence[str]) -> None:
        """Offer these ways; none: nothing is to be asked."""
        if list(styles) != self._styles:
            self._styles = list(styles)
            self._fill()
        self.setVisible(bool(styles))

    def _fill(self) -> None:
        at = self.box.currentData() if self.box.count() else ""
        self.box.clear()
        self.box.addItem(say(Text("choose …")), "")
        for style in self._styles:
            self.box.addItem(say(NAMES[style]), style)
        self.box.setCurrentIndex(max(0, self.box.findData(at)))

    def answer(self) -> str:
        return str(self.box.currentData() or "") if self._styles else ""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_styles"):
            self._fill()
        super().changeEvent(event)


class HotelBox(Question):
    """Asks which hotel the rows of a file belong to that does not say it, where there are several."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Text("Its rows belong to"), Text("The hotel the rows of the file belong to"))

    def ask(self, hotels: Sequence[tuple[int, str]]) -> None:
        """Offer these; none: nothing is to be asked. The one chosen stays so."""
        at = self.box.currentData() if self.box.count() else None
        self.box.clear()
        if hotels:
            self.box.addItem(say(Text("choose …")), 0)
        for hotel, name in hotels:
            self.box.addItem(name, hotel)
        self.box.setCurrentIndex(max(0, self.box.findData(at)))
        self.setVisible(bool(hotels))

    def chosen(self) -> int:
        """Its id, 0 for none."""
        return int(self.box.currentData() or 0)

    def answer(self) -> str:
        return self.box.currentText() if self.chosen() else ""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "box") and self.box.count():
            self.box.setItemText(0, say(Text("choose …")))
        super().changeEvent(event)


class CurrencyBox(Question):
    """Asks what the amounts of a file are in that does not say it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Text("Amounts are in"), Text("What the amounts of the file are in"))
        self.box.addItems(CURRENCIES)

    def ask(self, asked: bool) -> None:
        """Offer the currencies, the house's own first; a file that says its own is not asked about."""
        self.box.setCurrentIndex(0)
        self.setVisible(asked)

    def answer(self) -> str:
        return self.box.currentText() if not self.isHidden() else ""


def _said(summary: Summary) -> Text | None:
    """What is made along the way, and how dates were read."""
    parts = [*summary.notes, _made(summary), *(Text("Dates of {column}: {way}", column=column, way=NAMES[style]) for column, style in summary.dates.items() if style != "ymd")]
    out: Text | None = None
    for part in filter(None, parts):
        out = Text("{first}; {second}", first=out, second=part) if out else part
    return out


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
