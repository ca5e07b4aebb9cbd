"""The ways to a server for the whole department: preparing one, moving this PC's data there, bringing it back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QWidget

from crm_desktop.desk.rights import need
from crm_desktop.desk.settings import SAMPLE
from crm_desktop.record.rights import COPY, RESTORE
from crm_desktop.record.text import Text
from crm_desktop.store.address import is_server
from crm_desktop.ui import jobs
from crm_desktop.ui.flow import Flow
from crm_desktop.ui.widgets import PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

WAYS = (("prepare", Text("Prepare a server …"), "database"), ("move", Text("Move this PC's data to the server …"), "upload"), ("fetch", Text("Bring the server's data back to this PC …"), "download"))
OPEN, OTHER = Text("Open a server …"), Text("Another server …")


def server_card(window: Window, parent: QWidget) -> tuple[QFrame, dict[str, Any]]:
    """The card, and its buttons by what they begin."""
    frame, box = card(parent)
    box.addWidget(PlainLabel(frame, "h2", Text("A server for the whole department")))
    at_server = window.store is not None and is_server(window.store.address)
    lines = QWidget(frame)
    flow = Flow(lines, 8)
    made = {"open": button(lines, OTHER if at_server else OPEN, icon="users")}
    made["open"].clicked.connect(window.server_asked)
    for key, words, icon in WAYS:
        made[key] = button(lines, words, icon=icon)
        made[key].clicked.connect(partial(_begin, window, key))
    made["move"].setVisible(not at_server and not window.settings.get(SAMPLE))
    for each in made.values():
        flow.addWidget(each)
    box.addWidget(lines)
    return frame, made


def _begin(window: Window, key: str, *_: Any) -> None:
    jobs.act(window, _may, lambda plainly: window.wizard_asked.emit(f"{key} {plainly}".strip()))


def _may(desk: Any, _job: jobs.Job) -> str:
    """Raises Refused for who may not restore a backup either; says whether a plain file may be made."""
    need(desk.rights, RESTORE)
    return "plainly" if desk.rights.has(COPY) else ""
