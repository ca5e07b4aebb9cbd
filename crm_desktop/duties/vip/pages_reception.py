"""A reception's service as a part of its sheet: amenities, inspection, cards, critical path, journal; what is open is done here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from crm_desktop.duties.clients.words_standing import Block
from crm_desktop.duties.vip import rooms, rules_amenities, rules_cards, service, words_reception
from crm_desktop.duties.vip.rules import APPLIED, REFUSED
from crm_desktop.duties.vip.rules_inspection import unfinished
from crm_desktop.duties.vip.rules_rooms import Candidate
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.block_panel import BlockCard, BlockPanel
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

RIGHT = ("cards", "path", "level")


class Told(list[Block]):
    """The blocks, with what the buttons go by: the round that is walked next ('' = none), the stage."""

    walk = stage = ""
    rooms: Sequence[Candidate] = ()  # that could be given
    due = drafts = False  # amenities to be handed out today; cards to be issued


class ReceptionPanel(BlockPanel):
    """The service of a reception; its two buttons act on what is shown."""

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(window, parent, tell, RIGHT)
        self.renew: QPushButton | None = None
        self.passed: QPushButton | None = None
        self.handed: QPushButton | None = None
        self.issued: QPushButton | None = None
        self.given: QPushButton | None = None
        self.rooms: Sequence[Candidate] = ()
        self._next = ""

    def dress(self, key: str, made: BlockCard) -> None:
        if key == "amenities":
            self.renew = button(made, Text("Choose anew"), icon="refresh-cw")
            self.renew.clicked.connect(self.choose)
            self.handed = button(made, Text("Handed out"), icon="check")
            self.handed.clicked.connect(self.hand_out)
            made.head.addWidget(self.handed)
            made.head.addWidget(self.renew)
        if key == "cards":
            self.issued = button(made, Text("Issue the cards"), icon="send")
            self.issued.clicked.connect(self.issue_cards)
            made.head.addWidget(self.issued)
        if key == "room":
            self.given = button(made, Text("Give a room"), icon="bed")
            menu = QMenu(self.given)
            menu.triggered.connect(self.give_room)
            self.given.setMenu(menu)
            made.head.addWidget(self.given)
            self.passed = button(made, Text("The rest is fine"), icon="check")
            self.passed.clicked.connect(self.pass_round)
            made.head.addWidget(self.passed)

    def settle(self, found: Sequence[Any]) -> None:
        assert isinstance(found, Told)
        self._next = found.walk
        if self.renew is not None:
            self.renew.setVisible(found.stage not in (APPLIED, REFUSED))
        if self.handed is not None:
            self.handed.setVisible(found.due)
        if self.issued is not None:
            self.issued.setVisible(found.drafts)
        if self.given is not None:
            self._offer(self.given, found.rooms)
        if self.passed is not None:
            self.passed.setVisible(bool(self._next))
            if self._next:
                put(self.passed, "setText", Text("{round}: the rest is fine", round=words_reception.ROUNDS[self._next]))

    def _offer(self, made: QPushButton, found: Sequence[Candidate]) -> None:
        """The rooms in the menu of their button."""
        made.setVisible(bool(found))
        menu = made.menu()
        if menu is None or list(self.rooms) == list(found):
            return
        self.rooms = found
        menu.clear()
        for one in found:
            menu.addAction(f"{one.room.number}  {rooms.why(one)}").setData(one.room.number)

    @Slot(object)
    def give_room(self, chosen: QAction) -> None:
        """Give the reception the room of a line of the menu."""
        if self.row_id is not None:
            jobs.act(self, partial(_give, self.row_id, str(chosen.data())), failed=self._window.toast.error)

    @Slot()
    def choose(self) -> None:
        """Make or choose anew what is still open: amenities, inspection list, cards."""
        if self.row_id is not None:
            jobs.act(self, partial(_refresh, self.row_id), failed=self._window.toast.error)

    @Slot()
    def hand_out(self) -> None:
        """What is due by today was handed out."""
        if self.row_id is not None:
            jobs.act(self, partial(_hand_out, self.row_id), failed=self._window.toast.error)

    @Slot()
    def issue_cards(self) -> None:
        """The cards go to their departments."""
        if self.row_id is not None:
            jobs.act(self, partial(_issue, self.row_id), failed=self._window.toast.error)

    @Slot()
    def pass_round(self) -> None:
        """What nobody looked at yet in the next round is fine."""
        if self.row_id is not None and self._next:
            jobs.act(self, partial(_pass, self.row_id, self._next), failed=self._window.toast.error)


def tell(reader: Any, row_id: int, day: str) -> Told | None:
    """The blocks of a reception; None when it is gone."""
    found = words_reception.reception(reader, row_id)
    if found is None:
        return None
    told = Told(words_reception.blocks(found, day))
    told.due = bool(not found.preview and rules_amenities.due(found.issues, day))
    told.rooms = found.candidates
    told.drafts = any(row["state"] == rules_cards.DRAFT for row in found.cards)
    told.walk, told.stage = next(iter(unfinished(found.checks)), ""), str(found.row["stage"])
    return told


def _refresh(stay_id: int, desk: Any, _job: jobs.Job) -> Any:
    return service.refresh(desk, stay_id)


def _pass(stay_id: int, walk: str, desk: Any, _job: jobs.Job) -> Any:
    return service.pass_round(desk, stay_id, walk)


def _give(stay_id: int, number: str, desk: Any, _job: jobs.Job) -> Any:
    return rooms.give(desk, stay_id, number)


def _hand_out(stay_id: int, desk: Any, _job: jobs.Job) -> Any:
    return service.hand_out(desk, stay_id)


def _issue(stay_id: int, desk: Any, _job: jobs.Job) -> Any:
    return service.issue_cards(desk, stay_id)


def panel(window: Window, parent: QWidget) -> ReceptionPanel:
    """The part of a reception's sheet."""
    return ReceptionPanel(window, parent)
