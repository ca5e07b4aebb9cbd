"""The page of preference slips: a slip is filed with its guest by one button, which says what is still missing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm_desktop.duties.preferences.pages import FileLine
from crm_desktop.duties.preferences.records import SLIP
from tests.samples import PERSON
from tests.ui.lodge import Lodge


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_a_slip_is_filed_from_its_form(lodge: Lodge, spoken: str) -> None:
    guest = lodge.add(PERSON, name="霍明翊")
    made = lodge.add(SLIP, name="要荞麦枕", observer="柳静仪", seen_on="2026-11-16", polarity="like", kind="bed")
    lodge.open(spoken)
    page = lodge.page("preference-slips")
    lodge.wait(lambda: page.list.model.rowCount() == 1)
    page.list.view.selectRow(0)
    lodge.wait(lambda: page.form is not None and page.form.row_id == made)
    line: QWidget = page.form.findChild(FileLine)
    lodge.wait(line.isVisible)
    assert not line.button.isEnabled()  # type: ignore[attr-defined]
    assert line.missing.text()  # type: ignore[attr-defined]
    page.form.cells["person_id"].editor.set_value(guest, "霍明翊")
    page.form.cells["person_id"].editor.changed.emit()
    page.form.save()
    lodge.wait(lambda: lodge.one("select person_id from preference_slip") == guest)
    lodge.wait(line.button.isEnabled)  # type: ignore[attr-defined]
    line.button.setFocus()  # type: ignore[attr-defined]
    lodge.qtbot.keyClick(line.button, Qt.Key.Key_Space)  # type: ignore[attr-defined]
    lodge.wait(lambda: lodge.one("select state from preference_slip") == "filed")
    assert lodge.one("select name from preference where person_id = ?", guest) == "要荞麦枕"
    lodge.wait(lambda: not line.isVisible())


def test_who_files_in_time_opens_their_slips(lodge: Lodge) -> None:
    for seen, state, filed in (("2026-11-10", "filed", "2026-11-11"), ("2026-11-09", "reported", ""), ("2020-01-06", "filed", "2020-01-07")):
        lodge.add(SLIP, name="要荞麦枕", observer="柳静仪", seen_on=seen, state=state, filed_on=filed, polarity="like", kind="bed")
    lodge.open("zh_CN")
    page = lodge.page("preference-slips")
    lodge.wait(lambda: page.list.model.rowCount() == 3)
    page.league_link.setFocus()
    lodge.qtbot.keyClick(page.league_link, Qt.Key.Key_Space)
    lodge.wait(lambda: page.league.rows.rowCount() == 2)
    assert page.league.rows.index(0, 6).data() == "50 %"
    lodge.wait(page.league.view.hasFocus)
    lodge.qtbot.keyClick(page.league.view, Qt.Key.Key_Return)
    lodge.wait(lambda: page.list.model.rowCount() == 2)
    page.league.turn()
    lodge.wait(lambda: page.list.model.rowCount() == 3)
