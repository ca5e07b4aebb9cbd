"""What is missing or wrong at the server, in sentences; looked at again as often as wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot

from crm_desktop.duties import RECORDS
from crm_desktop.record.text import Text
from crm_desktop.server import checking
from crm_desktop.ui.jobs import Job
from crm_desktop.ui.speech import put
from crm_desktop.ui.stepper import Step
from crm_desktop.ui.widgets import PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.server.pages import Journey

WELL = Text("The server is as it should be.")


class CheckStep(Step):
    """Is all well?"""

    title, words = Text("Check"), Text("Finish")

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self.journey = journey
        frame, self._lines = card(self)
        self._frame = frame
        self.said: list[PlainLabel] = []
        self.box.addWidget(frame)
        self.again = button(self, Text("Check again"))
        self.again.clicked.connect(self.look)
        self.box.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.seats = PlainLabel(self, "soft")
        self.seats.setWordWrap(True)
        self.box.addWidget(self.seats)
        self.box.addStretch(1)

    def entered(self) -> None:
        put(self.seats, "setText", Text(
            "At each seat: Settings > Open a server …, with {server}, the certificate and the colleague's own log-in.", server=self.journey.seats_address(),
        ))  # fmt: skip
        self.look()

    @Slot()
    def look(self) -> None:
        """Look at everything."""
        self.stepper.run(Text("Checking the server"), self._check, self._say)

    def _check(self, _job: Job) -> list[Text]:
        return checking.everything(self.journey.known, RECORDS)

    def _say(self, found: list[Text]) -> None:
        for each in self.said:
            each.deleteLater()
        self.said = [PlainLabel(self._frame, "warning" if found else "h2", words) for words in found or [WELL]]
        for each in self.said:
            each.setWordWrap(True)
            self._lines.addWidget(each)
