"""Approval levels: a new hotel sees those that hold, and makes them its own with one press."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from crm_desktop.record.rights import APPROVAL_WORDS, APPROVALS
from crm_desktop.record.text import say
from tests.ui.lodge import Lodge


@pytest.mark.parametrize(("spoken", "said"), [("en", "Director of sales up to 50,000, "), ("zh_CN", "营销总监(不超过50,000元)")])
def test_a_new_hotel_sees_the_levels_that_hold_and_writes_them_down(lodge: Lodge, spoken: str, said: str) -> None:
    window = lodge.open(spoken)
    page = lodge.page("approval-levels")
    lodge.wait(lambda: page.list.body.currentWidget() is page.list.nothing)
    shown = {page.usual.index(at, 0).data(): page.usual.index(at, 1).data() for at in range(page.usual.rowCount())}
    assert list(shown) == [say(words) for words in APPROVAL_WORDS.values()]
    assert said in shown[say(APPROVAL_WORDS["credit"])]
    lodge.wait(lambda: page.usual_view.isVisible())
    lodge.qtbot.mouseClick(page.begin_link, Qt.MouseButton.LeftButton)
    lodge.wait(lambda: page.list.body.currentWidget() is page.list.view)
    assert lodge.one("select count(*) from approval_level where gone is null") == sum(map(len, APPROVALS.values()))
    assert window.stack.currentWidget() is page
