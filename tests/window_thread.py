"""Two nets for the tests of the window: whatever its thread asks of the store, and every widget a worker touches."""

from __future__ import annotations

import threading
from typing import Any, ClassVar

import pytest
import sqlcipher3.dbapi2 as sqlite3
from PySide6.QtCore import QAbstractItemModel, QTimer
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget

from crm_desktop.record.text import Text, say
from crm_desktop.ui import speech


class Guarded(sqlite3.Connection):
    """A connection that notes whatever the window's thread asks of it, while `strict`."""

    asked: ClassVar[list[str]] = []
    strict: ClassVar[bool] = False

    def execute(self, sql: str, *parameters: Any) -> Any:
        if Guarded.strict and threading.current_thread() is threading.main_thread():
            Guarded.asked.append(sql)
        return super().execute(sql, *parameters)


def guard_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every connection opened from now on guarded; `Guarded.strict` says from when on."""
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **options: connect(*args, factory=Guarded, **options))
    Guarded.asked.clear()


TOUCHED: tuple[tuple[type, tuple[str, ...]], ...] = (
    (QWidget, ("show", "hide", "setVisible", "setEnabled", "update", "resize", "setToolTip", "setStyleSheet", "setFocus", "deleteLater")),
    (QLabel, ("setText", "setPixmap")), (QAbstractButton, ("setText", "setChecked")), (QLineEdit, ("setText", "clear")), (QPlainTextEdit, ("setPlainText",)),
    (QAbstractItemModel, ("beginResetModel", "endResetModel", "beginInsertRows", "beginRemoveRows", "layoutChanged")), (QStandardItemModel, ("appendRow", "clear")),
    (QTimer, ("start", "stop")),
)  # fmt: skip


def guard_widgets(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The threads that put words on a widget, change, make or hide one, or edit a model, and are not the window's: Qt itself
    says nothing of it."""
    strangers: list[str] = []

    def watched(method: Any) -> Any:
        def call(*args: Any, **options: Any) -> Any:
            if threading.current_thread() is not threading.main_thread():
                strangers.append(threading.current_thread().name)
            return method(*args, **options)

        return call

    for kind, names in TOUCHED:
        for name in names:
            if callable(getattr(kind, name, None)):
                monkeypatch.setattr(kind, name, watched(getattr(kind, name)))

    def noted(text: Text | str) -> str:
        if threading.current_thread() is not threading.main_thread():
            strangers.append(threading.current_thread().name)
        return say(text)

    monkeypatch.setattr(speech, "say", noted)
    return strangers
