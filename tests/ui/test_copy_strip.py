"""A copy taken along is read in the window, and says that it is one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_desktop import app
from crm_desktop.desk.settings import Settings
from crm_desktop.duties import RECORDS
from crm_desktop.record.text import use
from crm_desktop.store import closing
from crm_desktop.store.store import Store
from crm_desktop.ui import copy_strip, jobs, speech
from tests.hotel import Hotel, at_its_hour

PATIENCE = 20_000


@pytest.mark.parametrize(("spoken", "says", "refuses"), [("en", "to be read", "Nothing can be changed"), ("zh_CN", "只供查阅", "不能改动")])
def test_a_copy_says_so_and_saves_nothing(hotel: Hotel, tmp_path: Path, qtbot: Any, spoken: str, says: str, refuses: str) -> None:
    path = hotel.copy(tmp_path / "road.db")
    with Store(path, RECORDS) as store:
        store.set_setting(closing.KEY, closing.words(closing.COPY, "192.168.1.20/crm", "2026-11-16T08:00:00.000Z"))
    speech.switch(spoken)
    use(spoken)
    with at_its_hour():
        program = app.Program(path, Settings())
        window = program.window
        window.show()
        strip = window.strips.strip(copy_strip.KEY)
        assert says in strip.words.text()
        assert "192.168.1.20/crm" in strip.words.text()
        assert "2 " in strip.words.text()
        errors: list[BaseException] = []
        jobs.hub().failed.connect(errors.append)
        with qtbot.waitSignal(jobs.hub().failed, timeout=PATIENCE):
            jobs.act(window, lambda desk, job: desk.save(desk.store.by_key["account"], None, 0, {"kind": "company", "name": "甲"}), _nothing)
        assert refuses in str(errors[0])
        program.close()
    jobs.close()
    speech.switch("en")


def _nothing(_: object) -> None:
    pass
