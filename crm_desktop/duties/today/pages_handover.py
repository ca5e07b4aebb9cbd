"""Hand-over 交班: unfinished rows, tomorrow, and a note to whoever comes next, on one page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from crm_desktop.duties.today import handover as rules
from crm_desktop.duties.today.briefing import day_line
from crm_desktop.duties.today.documents import HANDING_OVER
from crm_desktop.duties.today.handover import Handover
from crm_desktop.duties.today.records import HANDOVER
from crm_desktop.record.duty import TimelineEntry
from crm_desktop.record.text import Text, say
from crm_desktop.ui import clipboard, jobs, papers, seat
from crm_desktop.ui.form import Form
from crm_desktop.ui.scrolled import Scrolled
from crm_desktop.ui.speech import put
from crm_desktop.ui.timeline import ROW, TimelineView
from crm_desktop.ui.timeline_model import LINE
from crm_desktop.ui.widgets import PlainLabel, button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
FORM_WIDTH, LEAST_LIST = 400, 160
NOTHING = Text("Nothing is left unfinished today.")


class Unfinished(QAbstractListModel):
    """Rows that are left, or figures about tomorrow, as lines of a timeline."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.items: list[TimelineEntry] = []

    def show_items(self, items: list[TimelineEntry]) -> None:
        """Show these."""
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.items[index.row()]
        if role == LINE:
            return entry
        return say(entry.words) if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None


class HandoverPage(QWidget):
    """The page; its note is a row of its own, kept as a draft like every form."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._found: Handover | None = None
        self._stale = False
        self._begun = ""  # the day whose hand-over was begun
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        scroll = Scrolled(split)  # where the window is low, tomorrow is further down
        scroll.setWidget(self._make_left(scroll))
        split.addWidget(scroll)
        side = QFrame(split)
        side.setObjectName("side")
        inside = QVBoxLayout(side)
        inside.setContentsMargins(1, 0, 0, 0)
        self.form = Form(HANDOVER, side)
        self.form.saved.connect(self._on_saved)
        self.form.closed.connect(window.back)
        inside.addWidget(self.form)
        split.addWidget(side)
        split.setStretchFactor(0, 1)
        split.setSizes([max(1, window.width() - FORM_WIDTH), FORM_WIDTH])
        box.addWidget(split)
        jobs.hub().changed.connect(self._on_changed)
        self.read()

    def _make_left(self, parent: QWidget) -> QWidget:
        left = QWidget(parent)
        box = QVBoxLayout(left)
        box.setContentsMargins(24, 12, 24, 12)
        box.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(PlainLabel(left, "h1", Text("Hand-over")))
        self.day_label = PlainLabel(left, "soft")
        line.addWidget(self.day_label)
        line.addStretch(1)
        self.copy_button = button(left, Text("Copy as text"), icon="clipboard-list")
        self.copy_button.clicked.connect(self.copy_text)
        self.print_button = button(left, Text("Print"), icon="printer")
        self.print_button.clicked.connect(self.print_page)
        line.addWidget(self.copy_button)
        line.addWidget(self.print_button)
        box.addLayout(line)
        self.items_title = PlainLabel(left, "h2", Text("Unfinished"))
        box.addWidget(self.items_title)
        self.model = Unfinished(left)
        self.view = TimelineView(left)
        self.view.setModel(self.model)
        put(self.view, "setAccessibleName", Text("Unfinished"))
        self.view.opened.connect(self._on_opened)
        self.view.setMinimumHeight(LEAST_LIST)
        box.addWidget(self.view, 1)
        self.none = PlainLabel(left, "soft", NOTHING)
        box.addWidget(self.none)
        box.addWidget(PlainLabel(left, "h2", Text("Tomorrow")))
        self.risks = Unfinished(left)
        self.risks_view = TimelineView(left)
        self.risks_view.setModel(self.risks)
        put(self.risks_view, "setAccessibleName", Text("Tomorrow"))
        self.risks_view.opened.connect(self._on_risk)
        box.addWidget(self.risks_view)
        box.addStretch(0)
        return left

    # what it shows

    def read(self) -> None:
        """Read what is left of the day."""
        here = seat.here()
        person = here.person_id if here else None
        jobs.read(self, partial(_read, self._window.duties, self._window.today(), person), self._on_read, slot="handover")

    @Slot(object)
    def _on_read(self, found: Handover) -> None:
        self._found = found
        put(self.day_label, "setText", day_line(found.day))
        put(self.items_title, "setText", Text("Unfinished ({n})", n=len(found.items)) if found.items else Text("Unfinished"))
        self.model.show_items(found.items)
        self.view.setVisible(bool(found.items))
        self.none.setVisible(not found.items)
        self.risks.show_items([risk.entry for risk in found.risks])
        self.risks_view.setFixedHeight(len(found.risks) * ROW + 4)
        self.risks_view.setVisible(bool(found.risks))
        if self._begun != found.day:
            self._begun = found.day
            self.form.new({"day": found.day})
            self.focus_first()  # the note is what is written here
        if not self.form.can_remove():  # once it is saved it stays as it was
            self._fill({"items": rules.items_text(found), "risks": rules.risks_text(found)})

    def _fill(self, snapshot: dict[str, str]) -> None:
        """Put how things stand into the form, where nobody typed anything; it counts as not typed."""
        for name, words in snapshot.items():
            if not self.form.cells[name].is_changed:
                self.form.cells[name].load({name: words})

    def focus_first(self) -> None:
        """Put the keyboard on the note."""
        self.form.cells["note"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # what a person does

    def _text(self) -> str:
        here = seat.here()
        note = str(self.form.values().get("note") or "")
        return rules.text(self._found, here.person if here else "", note) if self._found else ""

    @Slot()
    def copy_text(self) -> None:
        """Put the hand-over on the clipboard."""
        if self._found:
            self._window.toast.note(clipboard.people(self._text(), Text("The hand-over is on the clipboard")))

    @Slot()
    def print_page(self) -> None:
        """Print the hand-over."""
        if self._found:
            note = str(self.form.values().get("note") or "")
            texts: dict[str, Any] = {"note": note, "items": rules.items_text(self._found), "risks": rules.risks_text(self._found)}
            self.dialog = papers.show(self._window, [HANDING_OVER], day=self._found.day, **texts)

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        entry = index.data(LINE)
        self._window.open_record(entry.record, entry.row_id)

    @Slot(QModelIndex)
    def _on_risk(self, index: QModelIndex) -> None:
        """The rows behind a figure about tomorrow."""
        line = self._found.risks[index.row()].line if self._found else None
        if line and (page := self._window.page_of(line.record)):
            self._window.go(page, filters=list(line.filters))

    @Slot(object, object)
    def _on_saved(self, change: Any, row_id: int) -> None:
        self._window.toast.note(Text("Handed over"), undo=True)

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if not set(change.tables) - {HANDOVER.key}:
            return
        if self.isVisible():
            self.read()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale or (self._found and self._found.day != self._window.today()):
            self._stale = False
            self.read()


def _read(duties: Any, day: str, person: int | None, reader: Any, job: jobs.Job) -> Handover:
    return rules.handover(reader, duties, day, person)


def handover(window: Window) -> HandoverPage:
    """The page of the hand-over."""
    return HandoverPage(window)


def open_handover(window: Window) -> None:
    """Show the hand-over."""
    window.go("handover")


def open_today(window: Window) -> None:
    """Show *Today* as it is now, with the keyboard on its figures, also from its own rows."""
    window.go("today", day=window.today())
    page: Any = window.page("today")
    if page is not None:
        page.focus_first()
