"""Settings: who sits at this PC and in which hotel, and the ways to what the house is made of."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFrame, QWidget

from crm_desktop.desk import people
from crm_desktop.desk.settings import COLLEAGUE, SEAT_HOTEL, Setting
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field
from crm_desktop.record.text import Text
from crm_desktop.store.seat import Seat
from crm_desktop.ui import jobs
from crm_desktop.ui.flow import Flow
from crm_desktop.ui.reference_editor import ReferenceEditor
from crm_desktop.ui.widgets import PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

HOUSE = ("hotels", "departments", "staff", "rights", "room-types", "rooms", "venues", "meal-periods", "codes", "compliance", "consent-texts")
_CHOSEN = ((COLLEAGUE, "staff"), (SEAT_HOTEL, "hotel"))


class SeatChoice(QObject):
    """The two editors that say who sits here and where; a choice holds at once."""

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self.editors = [ReferenceEditor(Field(setting.name, setting.words, Kind.REF, ref=ref), parent) for setting, ref in _CHOSEN]
        for editor, (setting, _) in zip(self.editors, _CHOSEN, strict=True):
            editor.changed.connect(partial(self._on_chosen, editor, setting))
        self.rows = tuple((setting.words, editor) for (setting, _), editor in zip(_CHOSEN, self.editors, strict=True))
        window.seat.changed.connect(self._on_seat)
        jobs.read(self, partial(_find, window.settings), self._on_seat, slot="seat")

    @Slot(object)
    def _on_seat(self, here: Seat) -> None:
        found = ((here.person_id, here.person if here.person_id else ""), (here.hotel_id, here.hotel))
        for editor, (row_id, name) in zip(self.editors, found, strict=True):
            if not editor.hasFocus() or editor.value() == row_id:
                editor.set_value(row_id, name)

    def _on_chosen(self, editor: ReferenceEditor, setting: Setting[int]) -> None:
        """Somebody typed: what is not one of the rows yet is no choice."""
        if editor.problem() is None:
            self._window.settings.set(setting, int(editor.value() or 0))
            self._window.seat.again()


def _find(settings: Any, reader: Any, job: jobs.Job) -> Seat:
    return people.find(reader, settings)


def house_card(window: Window, parent: QWidget) -> QFrame:
    """The ways to what the house is made of."""
    frame, box = card(parent)
    box.addWidget(PlainLabel(frame, "h2", Text("The house")))
    words = PlainLabel(frame, "soft", Text("What forms, papers and lists take from the hotel: filled in once, changed when it changes."))
    words.setWordWrap(True)
    box.addWidget(words)
    box.addWidget(HouseLinks(window, frame))
    return frame


class HouseLinks(QWidget):
    """A button for each page of the house."""

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        flow = Flow(self, 8)
        pages = {page.key: page for duty in window.duties for page in duty.pages}
        for page in (pages[key] for key in HOUSE if key in pages):
            made = button(self, page.title, icon=page.icon)
            made.setObjectName(page.key)
            made.clicked.connect(self._on_pressed)
            flow.addWidget(made)

    @Slot()
    def _on_pressed(self) -> None:
        self._window.go(self.sender().objectName())
