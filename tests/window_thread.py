"""Two nets for the tests of the window: whatever its thread asks of the store, and every widget a worker touches."""

from __future__ import annotations

import threading
from typing import Any, ClassVar

import pytest
import sqlcipher3.dbapi2 as sqlite3

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


def guard_widgets(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The threads that put words on a widget and are not the window's: Qt itself says nothing of it."""
    strangers: list[str] = []

    def noted(text: Text | str) -> str:
        if threading.current_thread() is not threading.main_thread():
            strangers.append(threading.current_thread().name)
        return say(text)

    monkeypatch.setattr(speech, "say", noted)
    return strangers
