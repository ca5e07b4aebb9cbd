"""One row on a whole page: who it is, what matters now, its figures, everything that belongs to it, and its form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from crm_desktop.desk import attachments
from crm_desktop.record.duty import NowPoint
from crm_desktop.record.kinds import Kind
from crm_desktop.record.later import named
from crm_desktop.record.record import Field, Figure, Record, Row
from crm_desktop.record.text import Text
from crm_desktop.store import pages, rows
from crm_desktop.ui import jobs
from crm_desktop.ui.figures import Figures
from crm_desktop.ui.form import Form
from crm_desktop.ui.now_line import NowLine
from crm_desktop.ui.portrait import Portrait
from crm_desktop.ui.record_page import form_width
from crm_desktop.ui.sheet_tabs import SheetTabs, pointing
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import Chip, PlainLabel, tool

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

__all__ = ["Figures", "Sheet"]

FIRST_CHIPS, MOST_CHIPS = ("level", "vip", "relation", "state"), 4  # what says most about a client comes first
COUNTED = 999  # rows; beyond that a tab says 999+
NOTES = ("code", "room_no", "position", "account_id.name", "phone", "city")


class Facts:
    """What a sheet shows of a row besides its form."""

    def __init__(self, row: Row, figures: list[Figure], now: list[NowPoint], counts: list[str], told: Sequence[str] = (), photo: str = "") -> None:
        self.row, self.figures, self.now, self.counts, self.photo = row, figures, now, counts, photo
        self.told = told  # what is told of each opening of this row: `module:function`


class Sheet(QWidget):
    """The page of one row. `left` asks to go back to the list."""

    left = Signal()

    def __init__(self, window: Window, record: Record, parent: QWidget) -> None:
        super().__init__(parent)
        self._window, self.record = window, record
        self._id: int | None = None
        self._anew = False  # opened, and nobody was told of it yet
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._make_head())
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self.tabs = SheetTabs(window, record, self._split)
        self.tabs.opened.connect(window.open_record)
        self.tabs.field_asked.connect(self._on_field)
        box.addWidget(self.tabs.top)
        for part in (self.tabs, self.tabs.top):
            part.setVisible(not self.tabs.empty)
        self._side = QFrame(self._split)
        self._side.setObjectName("side")
        side = QVBoxLayout(self._side)
        side.setContentsMargins(1, 0, 0, 0)
        self.form = Form(record, self._side)
        self.form.closed.connect(self.left)
        side.addWidget(self.form)
        self._split.addWidget(self.tabs)
        self._split.addWidget(self._side)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        width = form_width(record)
        self._split.setSizes([max(1, window.width() - width), width])
        box.addWidget(self._split, 1)
        self._add_keys()
        jobs.hub().changed.connect(self._on_changed)

    def _make_head(self) -> QFrame:
        head = QFrame(self)
        head.setObjectName("head")
        box = QVBoxLayout(head)
        box.setContentsMargins(24, 10, 24, 4)
        box.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        back = tool(head, "arrow-left", Text("Back to the list"))
        back.clicked.connect(self.left)
        self.portrait = Portrait(head)
        self._name = PlainLabel(head, "h1")
        self._chips = [Chip(head) for _ in range(MOST_CHIPS)]
        self._note = PlainLabel(head, "soft")
        for part in (back, self.portrait, self._name, *self._chips, self._note):
            line.addWidget(part)
        line.addStretch(1)
        box.addLayout(line)
        self.now = NowLine(head)
        self.now.opened.connect(self._on_point)
        self.now.hide()
        box.addWidget(self.now)
        self.figures = Figures(head)
        self.figures.opened.connect(self._on_figure)
        box.addWidget(self.figures)
        return head

    def _add_keys(self) -> None:
        for keys, slot in (("Ctrl+Tab", self._on_next), ("Ctrl+Shift+Tab", self._on_previous)):
            self._key(keys).activated.connect(slot)
        for number in range(1, 10):
            key = self._key(f"Alt+{number}")
            key.setProperty("tab", number - 1)
            key.activated.connect(self._on_number)

    def _key(self, keys: str) -> QShortcut:
        key = QShortcut(QKeySequence(keys), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return key

    # what it shows

    @property
    def row_id(self) -> int | None:
        """The id of the row it shows."""
        return self._id

    def load(self, row_id: int) -> None:
        """Show a row."""
        self._id, self._anew = row_id, True
        self.form.load(row_id)
        self._read()
        self.tabs.load(row_id)

    def focus_first(self) -> None:
        """Put the keyboard on the figures; where a row has none it goes on to what comes next by itself."""
        self.figures.show()
        self.figures.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> None:
        if self._id is not None:
            work = partial(_facts, self._window.duties, self.record, self._id, self._window.today())
            jobs.read(self, work, self._on_facts, slot="facts")

    @Slot(object)
    def _on_facts(self, facts: Facts | None) -> None:
        if facts is None or facts.row["id"] != self._id:
            return
        row = facts.row
        for told in facts.told if self._anew else ():
            jobs.act(self, partial(_tell, told, self.record.key, row["id"]))
        self._anew = False
        put(self._name, "setText", _title(self.record, row))
        self.portrait.show_photo(self._window.store, facts.photo)
        shown = _chips_of(self.record, row)
        for chip, field in zip(self._chips, [*shown, *[None] * MOST_CHIPS], strict=False):
            chip.show_text(field.choice_text(row[field.name]) if field else "", field.tone(row[field.name]) if field else "grey")
            chip.setVisible(field is not None)
        put(self._note, "setText", _note(self.record, row))
        self.now.show_points(facts.now)
        self.now.setVisible(bool(facts.now))
        self.figures.show_figures(facts.figures)
        self.figures.setVisible(bool(facts.figures))
        if not self.tabs.empty:
            self.tabs.show_row(row, facts.counts)

    # what happens

    @Slot(object)
    def _on_figure(self, figure: Figure) -> None:
        self._open(figure.record, figure.opens)

    @Slot(str)
    def _on_field(self, name: str) -> None:
        """Put the cursor where something is missing."""
        self.form.focus_first(name)

    @Slot(object)
    def _on_point(self, point: NowPoint) -> None:
        if point.opens:
            self._open(*point.opens)

    def _open(self, record: str, what: Any) -> None:
        """Open a row, or show rows: here when they have a list in this sheet, else on their own page."""
        if isinstance(what, int):
            self._window.open_record(record, what)
        elif not self.tabs.show_rows(record, what) and (page := self._window.page_of(record)):
            self._window.go(page, filters=list(what))

    @Slot()
    def _on_next(self) -> None:
        self.tabs.step(1)

    @Slot()
    def _on_previous(self) -> None:
        self.tabs.step(-1)

    @Slot()
    def _on_number(self) -> None:
        self.tabs.go(int(self.sender().property("tab")))

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self.isVisible() and change.tables:
            self._read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _chips_of(record: Record, row: Row) -> list[Field]:
    """The coloured choices that stand beside the name, what says most first."""
    found = [f for f in record.fields if f.kind == Kind.CHOICE and f.choices and row.get(f.name) and f.tone(row[f.name])]
    first = [f for name in FIRST_CHIPS for f in found if f.name == name]
    return [*first, *(f for f in found if f not in first)][:MOST_CHIPS]


def _title(record: Record, row: Row) -> Text | str:
    """What heads the sheet: the row's name, or the name of whom it is about."""
    return str(row.get(f"{record.titled}.name" if record.titled else record.name) or "") or record.title


def _note(record: Record, row: Row) -> Text | str:
    """Number, place of work, phone and city; and who of the house looks after the row."""
    words = " · ".join(str(row[name]) for name in NOTES if row.get(name))
    if not row.get("owner_id.name"):
        return words
    owner = Text("{label}: {name}", label=record.by_name["owner_id"].label, name=row["owner_id.name"])
    return Text("{first} · {second}", first=words, second=owner) if words else owner


def _facts(duties: Any, record: Record, row_id: int, day: str, reader: Any, job: jobs.Job) -> Facts | None:
    row = rows.get(reader, record, row_id)
    if row is None:
        return None
    related = [related for duty in duties for related in duty.related.get(record.key, ())]
    now = [point for duty in duties if duty.now for point in duty.now(reader, record.key, row_id, day)]
    figures = [figure for duty in duties for figure in _figures_of(duty, reader, record.key, row_id, day)]
    told = [duty.opened for duty in duties if duty.watched and duty.watched(reader, record.key, row_id)]
    photo = "" if told else attachments.photo_of(reader, record.key, row_id)  # a confidential guest has no face here
    return Facts(row, figures, now, [_count(duties, reader, each, row) for each in related], told, photo)


def _tell(what: str, record: str, row_id: int, desk: Any, _job: jobs.Job) -> None:
    named(what)(desk, record, row_id)


def _figures_of(duty: Any, reader: Any, record: str, row_id: int, day: str) -> list[Figure]:
    """A duty's figures; each opens rows of its first list here when it names no other."""
    figures = duty.figures(reader, record, row_id, day) if duty.figures else []
    shown = duty.related.get(record, ())
    for figure in figures:
        figure.record = figure.record or (shown[0].record if shown else "")
    return list(figures)


def _count(duties: Any, reader: Any, related: Any, row: Row) -> str:
    record = next(record for duty in duties for record in duty.records if record.key == related.record)
    query = pages.ListQuery(record, [(pointing(record, related, row), "=", row["id"])])
    found = pages.count(reader, query, most=COUNTED + 1)
    return f"{COUNTED}+" if found > COUNTED else str(found) if found else ""
