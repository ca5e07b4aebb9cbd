"""The levels watched: how many guests have each, and who has earned a higher one; Enter opens, a button gives it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.duties.vip import levels, queries_reception, rules_levels
from crm_desktop.duties.vip.queries_reception import Earned
from crm_desktop.duties.vip.rules_levels import EMPTY, HIGH, Share
from crm_desktop.record.text import Text, say
from crm_desktop.ui import jobs
from crm_desktop.ui.flow import headed
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

SHARES = (Text("Level"), Text("Name"), Text("Guests"), Text("Share"), Text("At most"), Text("How it stands"))
EARNED = (Text("Guest"), Text("Host unit"), Text("Now"), Text("Earned"), Text("Evidence"))
STANDS = {rules_levels.FINE: Text("Within its share"), HIGH: Text("Given too freely"), EMPTY: Text("Nobody has it")}
ROW = 34


class LevelsPage(QWidget):
    """Shares above, earned levels below."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.earned: list[Earned] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 16)
        box.setSpacing(12)
        box.addLayout(self._make_bar())
        frame, inside = card(self)
        self.shares = Texts(SHARES, frame, (2, 3, 4))
        self.shares_view = table(frame, self.shares, 5, name=Text("Levels watched"))
        for at, width in enumerate((84, 130, 84, 84, 84)):
            self.shares_view.setColumnWidth(at, width)
        self.shares_view.setFixedHeight(ROW * 6 + 8)
        inside.addWidget(self.shares_view)
        box.addWidget(frame)
        self.told = PlainLabel(self, "h2", Text("Levels earned"))
        box.addWidget(self.told)
        below, inside = card(self)
        self.rows = Texts(EARNED, below)
        self.view = table(below, self.rows, 4, name=Text("Levels earned"))
        for at, width in enumerate((130, 200, 84, 84)):
            self.view.setColumnWidth(at, width)
        self.view.doubleClicked.connect(self.open)
        inside.addWidget(self.view)
        box.addWidget(below, 1)
        jobs.hub().changed.connect(self._on_changed)

    def _make_bar(self) -> QHBoxLayout:
        bar, line = headed(self, Text("Levels watched"))
        self.standards = button(self, Text("Put the standards in"), icon="download")
        self.schemes = button(self, Text("VIP levels"), icon="crown")
        self.matrix = button(self, Text("Amenity matrix"), icon="columns-3")
        self.tasks = button(self, Text("Reception standards"), icon="list-todo")
        self.give_button = button(self, Text("Give the level"), primary=True, key="Ctrl+S")
        for made, run in ((self.standards, self.put_in), (self.schemes, self.edit_levels), (self.matrix, self.edit_matrix), (self.tasks, self.edit_tasks), (self.give_button, self.give)):
            made.clicked.connect(run)
            line.addWidget(made)
        return bar

    def show_args(self, **_: Any) -> None:
        """Read what holds now."""
        self.read()

    def focus_first(self) -> None:
        """The keyboard goes to those who have earned a level."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Count the levels and judge the guests by today."""
        jobs.read(self, partial(_watched, self._window.today()), self._on_read, slot="levels")

    @Slot(object)
    def _on_read(self, found: tuple[list[Share], list[Earned], bool]) -> None:
        shares, self.earned, missing = found
        at = max(0, self.view.currentIndex().row())
        self.shares.show_rows([_share(one) for one in shares])
        self.rows.show_rows([(one.name, one.unit, one.now or "–", str(one.level["code"]), levels.evidence(one.history, one.level)) for one in self.earned])
        self.standards.setVisible(missing)
        self.give_button.setEnabled(bool(self.earned))
        put(self.told, "setText", Text("Levels earned: {n}", n=f"{len(self.earned):,}") if self.earned else Text("Nobody has earned a higher level"))
        if self.earned:
            self.view.selectRow(min(at, len(self.earned) - 1))

    def _chosen(self) -> Earned | None:
        at = self.view.currentIndex().row()
        return self.earned[at] if 0 <= at < len(self.earned) else None

    @Slot()
    def give(self) -> None:
        """Give the chosen guest the level they have earned."""
        if (one := self._chosen()) is not None:
            why = say(levels.evidence(one.history, one.level))
            jobs.act(self, partial(_give, one.id, one.version, str(one.level["code"]), why), failed=self._window.toast.error)

    @Slot()
    def put_in(self) -> None:
        """The program's standards become rows the hotel may change."""
        jobs.act(self, _put_in, failed=self._window.toast.error)

    @Slot()
    def edit_levels(self) -> None:
        """Open the list of levels."""
        self._window.go("vip-levels")

    @Slot()
    def edit_matrix(self) -> None:
        """Open the matrix."""
        self._window.go("amenity-matrix")

    @Slot()
    def edit_tasks(self) -> None:
        """Open the standards of the plan and the roster."""
        self._window.go("reception-standards")

    @Slot()
    def open(self, *_: Any) -> None:
        """Open the chosen guest."""
        if (one := self._chosen()) is not None:
            self._window.open_record("person", one.id)

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self.isVisible() and {"person", "stay", "vip_level", "vip_amenity", "reception_standard"} & change.tables:
            self.read()


def _share(one: Share) -> tuple[Text | str, ...]:
    most = int(one.level["most_share"] or 0)
    return (str(one.level["code"]), str(one.level["name"]), f"{one.count:,}", f"{one.share} %", f"{most} %" if most else "–", STANDS[one.state])


def _watched(day: str, reader: Any, _job: jobs.Job) -> tuple[list[Share], list[Earned], bool]:
    known = queries_reception.levels(reader)
    missing = any("id" not in row for row in [*known, *queries_reception.matrix(reader)]) or bool(levels.missing_standards(reader))
    return rules_levels.shares(known, queries_reception.counts(reader)), queries_reception.earned(reader, day), missing


def _give(person_id: int, version: int, code: str, why: str, desk: Any, _job: jobs.Job) -> Any:
    return levels.give(desk, person_id, version, code, why)


def _put_in(desk: Any, _job: jobs.Job) -> Any:
    return levels.put_in(desk)


def watched(window: Window) -> LevelsPage:
    """The page."""
    return LevelsPage(window)
