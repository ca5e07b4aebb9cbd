"""A sample that takes no time: only the mark is put in."""

from __future__ import annotations

import json

import pytest

from crm_desktop.demo import sample
from crm_desktop.desk.settings import SAMPLE
from crm_desktop.store.store import Store


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The days a sample was made for; nothing but the mark is made."""
    made: list[str] = []

    def fill(store: Store, today: str) -> None:
        made.append(today)
        with store.change(sample.MADE, who="-", always=True):
            store.set_setting(SAMPLE.name, json.dumps(today))

    monkeypatch.setattr(sample, "fill", fill)
    return made
