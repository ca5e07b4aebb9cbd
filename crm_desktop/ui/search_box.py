"""The global search: one box for every record, results below it by kind, one character is enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from typing import Any, Protocol, cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from crm_desktop.record.duty import Duty
from crm_desktop.record.record import Record
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs, theme
from crm_desktop.ui.choices import Choice, ChoiceList, TypeBox
from crm_desktop.ui.hearing import name_icons
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel

PER_RECORD = 6
SHOWN = 12  # lines before it scrolls
POPUP_WIDTH = 720
NOTHING = Text("Nothing found. Any piece of a name, its pinyin or initials will do.")


class All(str):
    """The words of a search whose rows are all wanted, not one of them."""


class Hit(Protocol):
    """A found row, as `store.search` gives it."""

    record: str
    id: int
    title: str
    note: Text | str


Find = Callable[[Any, str, int, Sequence[Record]], Sequence[Any]]  # reader, words, limit, records -> hits


def store_find(reader: Any, words: str, limit: int, records: Sequence[Record]) -> Sequence[Any]:
    """The store's own search."""
    from crm_desktop.store import search

    return search.find(reader, words, limit, records)


class Told:
    """A found row with what the duties know of it."""

    def __init__(self, hit: Hit, note: Text | str) -> None:
        self.record, self.id, self.title, self.note = hit.record, hit.id, hit.title, note


def find_with_facts(duties: Sequence[Duty], reader: Any, words: str, limit: int, records: Sequence[Record]) -> Sequence[Any]:
    """The store's own search; beside each row found what the duties know of it (what a client owes)."""
    hits = store_find(reader, words, limit, records)
    facts: dict[tuple[str, int], Text] = {}
    for record in dict.fromkeys(hit.record for hit in hits):
        ids = [hit.id for hit in hits if hit.record == record]
        for duty in duties:
            if duty.hit_facts:
                facts |= {(record, row_id): fact for row_id, fact in duty.hit_facts(reader, record, ids).items()}
    return [Told(hit, _noted(facts[hit.record, hit.id], hit.note)) if (hit.record, hit.id) in facts else hit for hit in hits]


def _noted(fact: Text, note: Text | str) -> Text:
    return Text("{first} · {second}", first=fact, second=note) if note else fact


class SearchBox(TypeBox):
    """Typing searches at once; arrows and Enter choose, Esc clears."""

    chosen = Signal(str, object)  # record key, id
    all_asked = Signal(str, str)  # record key, words: all rows that hold them

    def __init__(self, records: Sequence[Record], parent: QWidget, find: Find | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self._records, self._find = tuple(records), find or store_find
        self._many = {record.key: record.many for record in records}
        self._popup: ResultsPopup | None = None
        self._enter_waits = False
        self._shown = ""  # the words whose results stand below
        self.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        name_icons(self, Text("Search everything"))
        put(self, "setPlaceholderText", Text("Search name, phone, number or pinyin"))
        put(self, "setAccessibleName", Text("Search everything"))
        self.textChanged.connect(self._on_typed)
        self.entered.connect(self._on_entered)
        self.stepped.connect(self._on_stepped)
        self.left.connect(self._on_left)

    def about(self) -> tuple[str, int] | None:
        """The record and the row the results stand at, while they are shown."""
        value = self._popup.list.value() if self._popup and self._popup.isVisible() else None
        return None if value and isinstance(value[1], All) else cast("tuple[str, int] | None", value)

    @property
    def popup(self) -> ResultsPopup:
        """The results, built when first needed."""
        if self._popup is None:
            self._popup = ResultsPopup(self.window(), self)
            self._popup.list.picked.connect(self._on_picked)
        return self._popup

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        words = typed.strip()
        self._enter_waits = False
        if not words:
            self._close()
            return
        work = partial(_find_hits, self._find, words, self._records)
        jobs.read(self, work, self._on_found, slot="search")

    @Slot(object)
    def _on_found(self, answer: tuple[str, Sequence[Hit]]) -> None:
        words, hits = answer
        if words != self.text().strip():
            return
        choices: list[Choice] = []
        for key, found in groupby(hits, key=_record_of):
            group, many = list(found), self._many.get(key, key)
            choices.append(Choice(many, heading=True))
            choices += [Choice(hit.title, hit.note, (hit.record, hit.id)) for hit in group[:PER_RECORD]]
            if len(group) > PER_RECORD:  # there are more than stand here: where all of them are
                choices.append(Choice(Text("Show all: {records}", records=many), Text("more than {n}", n=PER_RECORD), (key, All(words))))
        self.popup.show_results(choices)
        self._shown = words
        if self._enter_waits:
            self._enter_waits = False
            self.popup.list.choose()

    @Slot()
    def _on_entered(self) -> None:
        words = self.text().strip()
        if self._popup and self._popup.isVisible() and self._shown == words:
            self._popup.list.choose()
        elif words:  # what stands below, if anything, was found for fewer letters
            self._enter_waits = True  # typed faster than found: the first hit opens when it is here
            self._search_again()

    def _search_again(self) -> None:
        work = partial(_find_hits, self._find, self.text().strip(), self._records)
        jobs.read(self, work, self._on_found, slot="search")

    @Slot(int)
    def _on_stepped(self, way: int) -> None:
        if self._popup and self._popup.isVisible():
            self._popup.list.step(way)

    @Slot()
    def _on_left(self) -> None:
        self._close()
        self.clear()

    @Slot(object)
    def _on_picked(self, value: tuple[str, int | All]) -> None:
        self._close()
        self.clear()
        self.clearFocus()
        (self.all_asked if isinstance(value[1], All) else self.chosen).emit(*value)

    def _close(self) -> None:
        if self._popup:
            self._popup.hide()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        QTimer.singleShot(0, self, self._close)  # a click on a result is heard first

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.ShortcutFocusReason, Qt.FocusReason.TabFocusReason):
            QTimer.singleShot(0, self.selectAll)
        if self.text().strip():
            self._search_again()


class ResultsPopup(QFrame):
    """Results under the search box, a child of the window so that the typing goes on."""

    def __init__(self, window: QWidget, box: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("popup")
        self._box = box
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list = ChoiceList(self)
        put(self.list, "setAccessibleName", Text("Found"))
        self.none = PlainLabel(self, "soft", NOTHING)
        self.none.setContentsMargins(12, 8, 12, 8)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(4, 4, 4, 4)
        lines.addWidget(self.list)
        lines.addWidget(self.none)
        window.installEventFilter(self)

    def show_results(self, choices: Sequence[Choice]) -> None:
        """Show these below the box, as high as they are."""
        self.list.show_choices(choices, most=SHOWN)
        self.list.setVisible(bool(choices))
        self.none.setVisible(not choices)
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        corner = self._box.mapTo(self.window(), QPoint(0, self._box.height() + 4))
        width = min(POPUP_WIDTH, self.window().width() - corner.x() - 16)
        self.setFixedWidth(max(width, self._box.width()))
        self.move(corner)
        self.adjustSize()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False


def _record_of(hit: Hit) -> str:
    return hit.record


def _find_hits(
    find: Find, words: str, records: Sequence[Record], reader: object, _job: jobs.Job
) -> tuple[str, Sequence[Hit]]:
    order = {record.key: at for at, record in enumerate(records)}
    hits: Sequence[Hit] = find(reader, words, PER_RECORD + 1, records)
    return words, sorted((hit for hit in hits if hit.record in order), key=lambda hit: order[hit.record])
