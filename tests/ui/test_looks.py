"""Who looked at sensitive values, and how often, as whoever reads the log sees it."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import record_of
from crm_desktop.duties.settings import safety
from tests.ui.lodge import Lodge


@pytest.mark.parametrize(("spoken", "said"), [("en", "in 30 days: 顾言舟 2 times"), ("zh_CN", "近 30 天查看敏感信息与保密档案:顾言舟 2 次")])
def test_the_count_stands_above_the_looks(lodge: Lodge, spoken: str, said: str) -> None:
    person: Any = record_of("person")
    guest = lodge.add(person, name="俞闻笛", phone="13900000000")
    for _ in range(2):
        Desk(lodge.store, "顾言舟").reveal(person, guest, "phone", "送生日花")
    lodge.open(spoken)
    page = lodge.page("history")
    lodge.wait(lambda: page.rows.rowCount() > 2)
    assert page.looks.isHidden()
    at = next(at for at, (view, _) in enumerate(safety.VIEWS) if view == safety.LOOKED)
    page.view_box.setCurrentIndex(at)
    page.view_box.activated.emit(at)
    lodge.wait(lambda: page.looks.isVisible())
    assert said in page.looks.text()
    assert page.rows.rowCount() == 2
