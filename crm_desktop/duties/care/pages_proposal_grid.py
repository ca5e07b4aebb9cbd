"""The grid of a month's proposal: its cells, and what edits them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QListView, QStyleOptionViewItem, QWidget

from crm_desktop.duties.care import rules_proposal as rules
from crm_desktop.duties.care import words_proposal as words
from crm_desktop.duties.care.records import KINDS
from crm_desktop.duties.care.rules_proposal import Left, Touch
from crm_desktop.record.guess import WEEKDAYS
from crm_desktop.record.money import parse_money, show_money
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.ui.decisions import LEFT_OUT, TAKEN, Decisions
from crm_desktop.ui.edits import GridDelegate
from crm_desktop.ui.table import Texts

AnyIndex = QModelIndex | QPersistentModelIndex
HEADINGS = (
    Text("Decision"), Text("Day"), Text("Client"), Text("Class"), Text("Kind"), Text("Contact"), Text("Why"), Text("Points"), Text("Budget"), Text("Owner"),
)  # fmt: skip
DAY, KIND, WHY, POINTS, BUDGET = 1, 4, 6, 7, 8
LEFT_HEADINGS = (Text("Client"), Text("Class"), Text("Owner"), Text("Why not"), Text("What speaks for it"), Text("Points"))
LEFT_WIDTHS = (200, 64, 84, 300, 300, 64)
EDITED = (DAY, KIND, WHY, BUDGET)


class Grid(Texts):
    """The touches; what somebody types into a cell goes to the page."""

    def __init__(self, begins: Callable[[int, int], str], change: Callable[[int, int, Any], bool], parent: QWidget) -> None:
        super().__init__(HEADINGS, parent, right=(POINTS, BUDGET))
        self._begins, self._change = begins, change

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsEditable if index.column() in EDITED else found

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.EditRole:
            return self._begins(index.row(), index.column())
        return super().data(index, role)

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        return role == Qt.ItemDataRole.EditRole and self._change(index.row(), index.column(), value)


class Cells(Decisions, GridDelegate):
    """The decision is a chip, the kind a choice, everything else a quiet line."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        if index.column() != KIND:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        box.setView(QListView(box))
        for code, text, _ in KINDS:
            box.addItem(say(text), code)
        return box

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)
        else:
            super().setModelData(editor, model, index)


def short_day(day: str) -> Text:
    """A day of the month with its weekday: 12-24 Thu."""
    return Text("{day} {weekday}", day=day[5:], weekday=WEEKDAYS[dt.date.fromisoformat(day).weekday()])


def touch_row(one: Touch, taken: bool, name: str, owner: str) -> list[Text | str]:
    """The cells of a touch; `name`: what is planned, where somebody wrote it otherwise."""
    client = one.client
    return [
        TAKEN if taken else LEFT_OUT, short_day(one.day), client.name, client.level, words.KIND_WORDS.get(one.kind, one.kind), one.person,
        name or words.why(one), str(one.points), show_money(one.budget) if one.budget else "", owner,
    ]  # fmt: skip


def left_row(one: Left, begin: str, owner: str) -> list[Text | str]:
    """The cells of a client that is left out of a plan that begins on a day."""
    speaks = words.listed([words.reason(each, begin) for each in one.reasons])
    return [one.client.name, one.client.level, owner, words.left_why(one), speaks, str(one.points)]


def changed(one: Touch, column: int, typed: str, code: str) -> Touch:
    """A touch with what was typed into its cell. Raises Refused for what is no day of the month or no amount."""
    if column == DAY:
        day = rules.typed_day(typed, code)
        if not day:
            raise Refused(Text("'{value}' is no day of {month}; write it like 24 or 12-24. Nothing was changed.", value=typed, month=code))
        return one._replace(day=day)
    if column == BUDGET:
        return one._replace(budget=max(0, parse_money(typed)) if typed.strip() else 0)
    return one._replace(kind=typed) if column == KIND else one
