"""How a client stands, as a part of its sheet: health, relationship, class, rhythm, the file; every line opens its rows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.duties.clients import queries_standing as queries
from crm_desktop.duties.clients import rules_standing as rules
from crm_desktop.duties.clients import words_standing as words
from crm_desktop.duties.clients.queries_standing import Standing
from crm_desktop.duties.clients.records_account import RELATIONS
from crm_desktop.record.text import Text, say
from crm_desktop.ui import jobs
from crm_desktop.ui.block_panel import BlockCard, BlockPanel
from crm_desktop.ui.number_offer import LiveOffer
from crm_desktop.ui.reasons import ReasonEdit
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

RIGHT = ("class", "share", "file", "family")  # blocks of the right column


class RelationLine(QWidget):
    """How the relationship stands, and why: both are needed, Enter saves."""

    def __init__(self, parent: QWidget, panel: StandingPanel) -> None:
        super().__init__(parent)
        self._panel = panel
        box, row = QVBoxLayout(self), QHBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.states = QComboBox(self)
        for code, text, _ in RELATIONS:
            self.states.addItem(say(text), code)
        put(self.states, "setAccessibleName", Text("Relationship"))
        self.reason = ReasonEdit(self)
        self.reason.setMaxLength(200)
        put(self.reason, "setPlaceholderText", Text("Why it stands so"))
        put(self.reason, "setAccessibleName", Text("Why it stands so"))
        self.reason.entered.connect(self.save)
        self.go = button(self, Text("Set"))
        self.go.clicked.connect(self.save)
        row.addWidget(self.states)
        row.addWidget(self.reason, 1)
        row.addWidget(self.go)
        box.addLayout(row)
        box.addWidget(LiveOffer(self, self.reason))

    def show_state(self, state: str) -> None:
        """Begin with what is set, or seems so."""
        for at, (_, text, _) in enumerate(RELATIONS):
            self.states.setItemText(at, say(text))
        self.states.setCurrentIndex(max(0, self.states.findData(state)))

    @Slot()
    def save(self) -> None:
        """Keep it, with its reason."""
        if self.reason.text().strip():
            self._panel.set_relation(str(self.states.currentData()), self.reason.text().strip())
        else:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)


class Blocks(list[words.Block]):
    """The blocks of a client's standing, with what they were made of."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(words.blocks(standing))
        self.standing = standing


class StandingPanel(BlockPanel):
    """The standing of a client: the relationship is set here, the class taken over."""

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(window, parent, _standing, RIGHT)
        self._found: Standing | None = None

    def dress(self, key: str, made: BlockCard) -> None:
        if key == "relation":
            self._relation = RelationLine(made, self)
            made.box.addWidget(self._relation)
            mend = button(made, Text("Mend it"), icon="pencil")
            mend.clicked.connect(self._on_mend)
            made.head.addWidget(mend)
        if key == "class":
            self._take = button(made, Text("Take over"))
            self._take.clicked.connect(self._on_take)
            made.head.addWidget(self._take)

    def settle(self, blocks: Blocks) -> None:
        self._found = found = blocks.standing
        self._relation.show_state(str(found.row["relation"]) or found.suggested)
        right = rules.class_of(found.counted, found.policy)
        self._take.setVisible(right != found.row["level"] and found.row["kind"] != "")
        put(self._take, "setText", Text("Take over {level}", level=words.LEVELS[right]))

    def set_relation(self, state: str, reason: str) -> None:
        """Say how the relationship stands."""
        if self._found:
            row = self._found.row
            jobs.act(self, partial(_set_relation, row["id"], row["version"], state, reason), self._on_set)

    @Slot(object)
    def _on_set(self, change: Any) -> None:
        self._relation.reason.clear()
        self.read()

    @Slot()
    def _on_take(self) -> None:
        if self._found:
            row, right = self._found.row, rules.class_of(self._found.counted, self._found.policy)
            jobs.act(self, partial(_take_class, row["id"], row["version"], right, say(words.class_reason(self._found))), self._on_taken)

    @Slot(object)
    def _on_taken(self, change: Any) -> None:
        self.read()

    @Slot()
    def _on_mend(self) -> None:
        """A new form for mending the relationship, begun with what is known."""
        if self._found:
            row = self._found.row
            given = {"account_id": row["id"], "account_id.name": row["name"], "day": self._window.today(), "before": row["relation"] or self._found.suggested}
            self._window.go(self._window.page_of("improvement"), new=True, given=given)


def _standing(reader: Any, row_id: int, day: str) -> Blocks | None:
    found = queries.standing(reader, row_id, day)
    return Blocks(found) if found else None


def _set_relation(row_id: int, version: int, state: str, reason: str, desk: Any, job: jobs.Job) -> Any:
    from crm_desktop.duties.clients import actions

    return actions.set_relation(desk, row_id, version, state, reason)


def _take_class(row_id: int, version: int, level: str, reason: str, desk: Any, job: jobs.Job) -> Any:
    from crm_desktop.duties.clients import actions

    return actions.take_class(desk, row_id, version, level, reason)


def standing(window: Window, parent: QWidget) -> StandingPanel:
    """The part of an account's sheet."""
    return StandingPanel(window, parent)
