"""A telephone session as a part of its sheet: the next call, dialled by one key, timed, its result written down at once, then the next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.duties.visits import queries_week as queries
from crm_desktop.duties.visits import rules_week as rules
from crm_desktop.duties.visits.queries_week import Calling, Session
from crm_desktop.duties.visits.records_week import CALL_LINE, LINE_STATES
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import jobs
from crm_desktop.ui.editors import make
from crm_desktop.ui.scrolled import Scrolled
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

STEPS = ("reached", "nobody", "later", "declined")  # the steps of a call, in the order of the buttons
FIELDS = ("result", "words", "next", "next_on", "lead")
NOBODY_LEFT = Text("Everybody on this sheet was called.")
TICK, WIDEST = 1_000, 760  # ms, px


class SessionPanel(Scrolled):
    """The calls of a sheet, one after the other; on a low window it is scrolled."""

    opened = Signal(str, object)

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent, sideways=False)
        self._window = window
        self.row_id: int | None = None
        self.calls: list[Calling] = []
        self._passed: set[int] = set()  # put off for this session
        self._typed: dict[int, dict[str, Any]] = {}  # for calls that were put off
        self._since, self._tick = QElapsedTimer(), QTimer(self)
        self._tick.setInterval(TICK)
        self._tick.timeout.connect(self._on_tick)
        page = QWidget(self)
        self.setWidget(page)
        box = QVBoxLayout(page)
        box.setContentsMargins(24, 12, 16, 16)
        self.told = PlainLabel(page, "soft")
        box.addWidget(self.told)
        self.body, inside = card(page)
        self.body.setMaximumWidth(WIDEST)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(8)
        self.whom, self.why, self.script = PlainLabel(self.body, "h2"), PlainLabel(self.body), PlainLabel(self.body, "soft")
        for label in (self.whom, self.why, self.script):
            label.setWordWrap(True)
            inside.addWidget(label)
        inside.addLayout(self._make_dial())
        inside.addLayout(self._make_fields())
        inside.addLayout(self._make_steps())
        self.problem = PlainLabel(self.body, "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        inside.addWidget(self.problem)
        box.addWidget(self.body)
        box.addStretch(1)
        jobs.hub().changed.connect(self._on_changed)

    def _make_dial(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.dial_button = button(self.body, Text("Dial"), primary=True, icon="phone")
        self.dial_button.clicked.connect(self.dial)
        self.clock = PlainLabel(self.body, "h2")
        self.pass_button = button(self.body, Text("Another one first"))
        self.pass_button.clicked.connect(self.pass_on)
        for part in (self.dial_button, self.clock, self.pass_button):
            line.addWidget(part)
        line.addStretch(1)
        return line

    def _make_fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        self.fields: dict[str, Any] = {}
        places = {"result": (0, 0, 1), "lead": (0, 1, 1), "words": (2, 0, 2), "next": (4, 0, 1), "next_on": (4, 1, 1)}
        for name, (row, column, wide) in places.items():
            field = CALL_LINE.by_name[name]
            made = self.fields[name] = make(field, self.body)
            put(made, "setAccessibleName", field.label)
            grid.addWidget(PlainLabel(self.body, "soft", field.label), row, column, 1, wide)
            grid.addWidget(made, row + 1, column, 1, wide)
        return grid

    def _make_steps(self) -> QHBoxLayout:
        line = QHBoxLayout()
        assert CALL_LINE.machine is not None
        self.steps: dict[str, Any] = {}
        for key in STEPS:
            made = self.steps[key] = button(self.body, CALL_LINE.machine.move(key).title)
            made.clicked.connect(self._on_step)
            line.addWidget(made)
        line.addStretch(1)
        return line

    # what it shows

    def load(self, row_id: int) -> None:
        """Show a sheet; read only while it is looked at."""
        if row_id != self.row_id:
            self._passed.clear()
            self._stop()
        self.row_id = row_id
        if self.isVisible():
            self.read()

    def focus_first(self) -> None:
        """The keyboard goes to the telephone."""
        (self.dial_button if self.dial_button.isEnabled() else self.fields["result"]).setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Read who waits."""
        if self.row_id is not None:
            jobs.read(self, partial(_session, self.row_id), self._on_read, slot="session")

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.read()

    @Slot(object)
    def _on_read(self, answer: tuple[int, Session | None]) -> None:
        row_id, found = answer
        if found is None or row_id != self.row_id:
            return
        before = self.call
        self.calls = sorted(found.waiting, key=lambda one: one.id in self._passed)
        put(self.script, "setText", found.script)
        self.script.setVisible(bool(found.script))
        put(self.told, "setText", _told(found))
        self._show(before)

    @property
    def call(self) -> Calling | None:
        """Whom to call now."""
        return self.calls[0] if self.calls else None

    def _show(self, before: Calling | None) -> None:
        now = self.call
        self.body.setVisible(now is not None)
        if now is None:
            put(self.told, "setText", Text("{first} {second}", first=self.told.text(), second=NOBODY_LEFT))
            return
        put(self.whom, "setText", " · ".join(filter(None, (now.name, now.client))))
        last = Text("last contact {day}", day=now.last) if now.last else Text("No contact noted yet")
        why = Text("{first} · {second}", first=now.why, second=last) if now.why else last
        put(self.why, "setText", Text("{first} · {second}", first=why, second=Text("attempt {n}", n=now.attempt)) if now.attempt > 1 else why)
        put(self.dial_button, "setText", Text("Dial {phone}", phone=now.phone) if now.phone else Text("No number"))
        self.dial_button.setEnabled(bool(rules.dialled(now.phone)))
        self.pass_button.setVisible(len(self.calls) > 1)
        if before is None or before.id != now.id:
            self._turn(before, now)

    def _turn(self, before: Calling | None, now: Calling) -> None:
        """Another call's fields; what was typed for one that still waits is there again when its turn comes."""
        if before is not None and any(one.id == before.id for one in self.calls):
            self._typed[before.id] = {name: field.draft() for name, field in self.fields.items()}
        typed = self._typed.pop(now.id, {})
        for name, field in self.fields.items():
            field.set_value(CALL_LINE.by_name[name].default or "")
            if typed.get(name):
                field.restore(typed[name])
        self._stop()
        self._tell(None)

    def _tell(self, text: Text | None) -> None:
        put(self.problem, "setText", text or "")
        self.problem.setVisible(text is not None)

    # the clock

    @Slot()
    def dial(self) -> None:
        """Have the number dialled, and begin to count."""
        if self.call is not None and (address := rules.dialled(self.call.phone)):
            QDesktopServices.openUrl(QUrl(address))
            self._since.start()
            self._tick.start()
            self._on_tick()

    @property
    def seconds(self) -> int:
        """How long this call has been going on."""
        return int(self._since.elapsed() // 1_000) if self._since.isValid() else 0

    @Slot()
    def _on_tick(self) -> None:
        put(self.clock, "setText", rules.talked(self.seconds) if self._since.isValid() else "")

    def _stop(self) -> None:
        self._tick.stop()
        self._since.invalidate()
        self._on_tick()

    # what is done

    @Slot()
    def pass_on(self) -> None:
        """Somebody else first: this one comes at the end."""
        if self.call is not None:
            self._passed.add(self.call.id)
            before = self.call
            self.calls = [*self.calls[1:], before]
            self._show(before)

    @Slot()
    def _on_step(self) -> None:
        for key, made in self.steps.items():
            if made is self.sender():
                self.finish(key)

    def finish(self, key: str) -> None:
        """Write down how the call ended; the next one is shown when it is saved, and nothing typed goes before that."""
        if self.call is not None:
            values = {name: self.fields[name].value() for name in FIELDS} | {"seconds": self.seconds if key in ("reached", "declined") else 0}
            self._tell(None)
            jobs.act(self, partial(_finish, self.call, key, values), failed=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self._tell(error.text)
        else:
            jobs.hub().failed.emit(error)

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self.isVisible() and {"call_line", "call_sheet"} & change.tables:
            self.read()


def _told(found: Session) -> Text | str:
    """How the sheet stands: everybody by state, and how long was talked."""
    out: Text | str = ""
    for state, words, _ in LINE_STATES:
        if number := found.counts.get(state, 0):
            part = Text("{what} {n}", what=words, n=number)
            out = Text("{first} · {second}", first=out, second=part) if out else part
    return Text("{first} · {second}", first=out, second=Text("talked {time}", time=rules.talked(found.seconds))) if found.seconds else out


def _session(row_id: int, reader: Any, job: jobs.Job) -> tuple[int, Session | None]:
    return row_id, queries.session(reader, row_id)


def _finish(call: Calling, key: str, values: dict[str, Any], desk: Any, job: jobs.Job) -> Any:
    return desk.move(CALL_LINE, call.id, call.version, key, values=values)


def panel(window: Window, parent: QWidget) -> SessionPanel:
    """The part of a sheet."""
    return SessionPanel(window, parent)
