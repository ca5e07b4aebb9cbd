"""The form for mending a relationship: the client's side is shut until our own causes are written down."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crm_desktop.duties.clients import rules_improvement as rules
from crm_desktop.duties.clients.records_standing import IMPROVEMENT
from crm_desktop.ui.form import Form
from crm_desktop.ui.record_page import RecordPage

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window


class Improvements(RecordPage):
    """The list and the form."""

    def dress(self, form: Form) -> None:
        """Watch what is typed: the other side opens with it."""
        look = partial(_open_sides, form)
        form.settled.connect(look)
        for name in rules.OWN:
            form.cells[name].changed.connect(look)


def _open_sides(form: Form, *_: object) -> None:
    done = rules.own_side_done({name: form.cells[name].editor.value() for name in rules.OWN})
    for name in rules.THEIRS:
        form.cells[name].setEnabled(done)


def improvements(window: Window) -> Improvements:
    """The page."""
    return Improvements(window, IMPROVEMENT)
