"""One half of the import page: what the columns mean, what the words in them mean, and the mappings that were kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from crm_desktop.duties.files import mapped
from crm_desktop.duties.files.mapped import Saved
from crm_desktop.duties.files.pages_preview import ColumnsTable, FreeFields
from crm_desktop.duties.files.pages_words import WordsTable
from crm_desktop.duties.files.reading import Opened, Summary
from crm_desktop.record.text import Text, say
from crm_desktop.ui import jobs
from crm_desktop.ui.asking import Asking
from crm_desktop.ui.edits import Edit
from crm_desktop.ui.pick_bar import Pick, PickBar
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button, link

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

COLUMNS, WORDS = "columns", "words"
AS_RECOGNISED = Text("As the headings say")
WIDTH = 480


class Meaning(QFrame):
    """The card. `chosen` tells other fields for the columns, `translated` other meanings of words, `picked` another kept mapping."""

    chosen = Signal(object)
    translated = Signal(object)
    picked = Signal(object)

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self._opened: Opened | None = None
        self.setProperty("class", "card")
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 12, 20, 12)
        box.setSpacing(8)
        box.addLayout(self._make_head())
        self.tabs = PickBar(self, Text("Columns or words"))
        self.tabs.picked.connect(self._show_tab)
        self.columns = ColumnsTable(self)
        self.columns.chosen.connect(self.chosen)
        self.free = FreeFields(self)
        self.free.dropped.connect(self.columns.give)
        self.words = WordsTable(self)
        self.words.chosen.connect(self.translated)
        for part in (self.tabs, self.columns, self.free, self.words):
            box.addWidget(part, 1 if part in (self.columns, self.words) else 0)
        self.show_none()

    def _make_head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(PlainLabel(self, "h2", Text("What the columns mean")))
        line.addStretch(1)
        self.saved_box = QComboBox(self)
        self.saved_box.setView(QListView(self.saved_box))
        self.saved_box.setMinimumWidth(150)
        self.saved_box.activated.connect(self._on_picked)
        put(self.saved_box, "setAccessibleName", Text("Saved mapping"))
        self.keep_link = link(self, Text("Keep …"))
        self.keep_link.clicked.connect(self._on_keep)
        put(self.keep_link, "setToolTip", Text("Keep this mapping: it is taken for the next file with these headings"))
        self.forget_link = link(self, Text("Forget"))
        self.forget_link.clicked.connect(self._on_forget)
        put(self.forget_link, "setToolTip", Text("Forget this mapping"))
        for part in (self.saved_box, self.keep_link, self.forget_link):
            line.addWidget(part)
        return line

    def show_none(self) -> None:
        """No file, or one that cannot be read."""
        self._opened = None
        self.columns.show_none()
        self.words.show_words(None, None)
        self._settle()

    def show_file(self, opened: Opened) -> None:
        """Show the columns of a file."""
        self._opened = opened
        self.columns.show_columns(opened)
        self.words.show_words(None, None)
        if self.tabs.chosen:
            self.tabs.choose(COLUMNS)
        self._settle()

    def show_words(self, summary: Summary) -> None:
        """Show what the file says where a code is wanted."""
        self.words.show_words(self._opened, summary.choices)
        self._settle()

    def again(self) -> None:
        """Other mappings are kept now, or the fields were chosen anew."""
        self._settle()

    def _settle(self) -> None:
        opened = self._opened
        own = opened is not None and not opened.is_known_file
        self.free.show_fields(opened if own else None)
        unknown = self.words.unknown
        picks = [Pick(COLUMNS, Text("Columns of the file"), "")]
        if self.words.count:
            picks.append(Pick(WORDS, Text("Words in the file"), f"{unknown:,}" if unknown else ""))
        self.tabs.show_picks(picks)
        self.tabs.setVisible(len(picks) > 1)
        self._show_tab(self.tabs.chosen)
        self._fill_saved()
        self.keep_link.setVisible(own)
        self.forget_link.setVisible(own and opened is not None and opened.used is not None)

    def _fill_saved(self) -> None:
        opened = self._opened
        offered = opened.offered if opened is not None else []
        self.saved_box.clear()
        self.saved_box.addItem(say(AS_RECOGNISED))
        self.saved_box.addItems([one.name for one in offered])
        at = next((at for at, one in enumerate(offered, 1) if opened and opened.used and one.id == opened.used.id), 0)
        self.saved_box.setCurrentIndex(at)
        self.saved_box.setVisible(bool(offered))

    @Slot(str)
    def _show_tab(self, key: str) -> None:
        words = key == WORDS
        self.columns.setVisible(not words)
        self.free.setVisible(not words and self.free.count > 0)
        self.words.setVisible(words)

    @Slot(int)
    def _on_picked(self, at: int) -> None:
        if self._opened is not None:
            self.picked.emit(self._opened.offered[at - 1] if at else None)

    @Slot()
    def _on_keep(self) -> None:
        if self._opened is not None:
            KeepMapping(self._window, self._opened).open()

    @Slot()
    def _on_forget(self) -> None:
        if self._opened is not None and self._opened.used is not None:
            jobs.act(self, partial(_forget, self._opened.used))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "words"):
            self.saved_box.setItemText(0, say(AS_RECOGNISED))
        super().changeEvent(event)


class KeepMapping(Asking):
    """Asks for the name of a mapping: to keep it, or only to call the one in use otherwise."""

    def __init__(self, window: Window, opened: Opened) -> None:
        super().__init__(window, WIDTH, Text("Keep this mapping"))
        self._opened = opened
        self.name = Edit(self.panel)
        self.name.setMaxLength(60)
        put(self.name, "setPlaceholderText", Text("Name of the mapping"))
        put(self.name, "setAccessibleName", Text("Name of the mapping"))
        self.name.setText(opened.used.name if opened.used else _stem(opened))
        put(self.note, "setText", Text("Its columns, words and dates are kept, and taken for the next file with these headings"))
        self.box.addWidget(self.name)
        self.box.addWidget(self.note)
        self.go = button(self.panel, Text("Keep"), primary=True)
        self.rename = button(self.panel, Text("Only rename it"))
        self.rename.setVisible(opened.used is not None)
        self.add_foot(self.go, self.rename)
        self.name.entered.connect(self.save)
        self.go.clicked.connect(self.save)
        self.rename.clicked.connect(self.call)

    def stops(self) -> Sequence[QWidget]:
        return self.name, self.go, self.rename, self.leave

    def open(self) -> None:
        super().open()
        self.name.setFocus()
        self.name.selectAll()

    @Slot()
    def save(self) -> None:
        """Keep it under this name."""
        one = self._opened
        words = mapped.content(one.headings, one.chosen, one.codes, one.dates)
        self.act(partial(_keep, self.name.text(), one.record.key, one.headings, words))

    @Slot()
    def call(self) -> None:
        """Call the kept one so."""
        if self._opened.used is not None:
            self.act(partial(_rename, self._opened.used, self.name.text()))


def _stem(opened: Opened) -> str:
    """The name of the file without its day."""
    return "".join(letter for letter in opened.path.stem if not letter.isdecimal()).strip(" -_.") or opened.path.stem


def _keep(name: str, record: str, headings: list[str], words: str, desk: Any, job: jobs.Job) -> Any:
    return mapped.keep(desk, name, record, headings, words)


def _rename(one: Saved, name: str, desk: Any, job: jobs.Job) -> Any:
    return mapped.rename(desk, one, name)


def _forget(one: Saved, desk: Any, job: jobs.Job) -> Any:
    return mapped.forget(desk, one)
