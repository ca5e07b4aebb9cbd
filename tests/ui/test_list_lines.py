"""Where the drop-downs above a list stand: beside the title where all of them have room, else in one line under it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.samples import ACCOUNT
from tests.ui.lodge import Lodge


def _tops(panel: Any) -> set[int]:
    shown = [panel.search, *(box for box in panel.boxes if box.isVisible())]
    return {widget.mapTo(panel, widget.rect().topLeft()).y() for widget in shown}


@pytest.mark.parametrize("spoken", ["zh_CN", "en"])
@pytest.mark.parametrize(("key", "width"), [("accounts", 1366), ("care-items", 1366), ("people", 1366), ("accounts", 2200)])
def test_filters_never_wrap_where_one_line_has_room(lodge: Lodge, key: str, width: int, spoken: str) -> None:
    lodge.add(ACCOUNT, name="澄籁精密制造有限公司", level="A")
    window = lodge.open(spoken)
    window.resize(width, 700)
    panel = lodge.page(key).list
    lodge.wait(lambda: (panel.isVisible() and panel.model.rowCount()) or key != "accounts")
    lodge.wait(lambda: len(_tops(panel)) == 1)
    title = panel.title.mapTo(panel, panel.title.rect().topLeft()).y()
    beside = abs(_tops(panel).pop() - title) < 8
    assert beside == (width > 2000 or key == "people" or panel.width() >= panel._needed())
    panel.clear_button.show()
    lodge.wait(lambda: len(_tops(panel)) == 1)
