"""The program open on the sample hotel, at its hour."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.app import Program
from crm_desktop.desk.settings import LANGUAGE, PAGE, Settings
from crm_desktop.record.text import LANGUAGES, use
from crm_desktop.ui import drafts, jobs, quick
from tests.hotel import Hotel, at_its_hour
from tests.moments.shift import Hands


@pytest.fixture(params=LANGUAGES)
def hands(request: pytest.FixtureRequest, hotel: Hotel, tmp_path: Path, qtbot: Any) -> Iterator[Hands]:
    """A seller at the window, in each language."""
    settings = Settings()
    settings.set(LANGUAGE, request.param)
    settings.set(PAGE, "today")
    use(request.param)
    quick._left.clear()
    with at_its_hour():
        program = Program(hotel.copy(tmp_path / "demo.db"), settings)
        program.window.show()
        program.window.activateWindow()
        hands = Hands(program.window, program.store, qtbot)
        hands.wait(lambda: program.window.page("today").cards)
        yield hands
        drafts.clear()
        program.window.close()
        program.close()
        jobs.close()
    use("en")
