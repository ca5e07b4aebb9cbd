"""A reception's service in the window: the round that is passed by a key, the dish that is stopped until the chef signs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.vip import queries_reception, service
from crm_desktop.duties.vip.pages_reception import ReceptionPanel
from crm_desktop.record.text import Text, say
from crm_desktop.store.store import Store
from tests.duties import lobby
from tests.samples import stay
from tests.ui.lodge import PATIENCE, Lodge, lodge_on

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def lodge(store: Store, qtbot: Any) -> Iterator[Lodge]:
    with lodge_on(store, qtbot) as made:
        yield made


@pytest.fixture
def huo(store: Store) -> int:
    desk = Desk(store, "许棠")
    reception = lobby.fill(desk)["huo"]
    service.refresh(desk, reception)
    return reception


def panel_of(lodge: Lodge, reception: int) -> ReceptionPanel:
    lodge.window.open_record("vip_stay", reception)
    sheet = lodge.window.page("vip")._sheet
    lodge.wait(lambda: sheet._id == reception and sheet._name.text())
    lodge.wait(lambda: sheet.tabs.show_rows("service", []))
    panel = sheet.tabs._built["service"]
    assert isinstance(panel, ReceptionPanel)
    lodge.wait(lambda: "room" in panel.cards)
    return panel


@pytest.mark.parametrize("spoken", ["zh_CN", "en"])
def test_a_round_is_passed_by_a_key(lodge: Lodge, huo: int, qtbot: Any, spoken: str) -> None:
    lodge.open(spoken)
    panel = panel_of(lodge, huo)
    assert panel.passed is not None
    first = "客房部：其余合格" if spoken == "zh_CN" else "Housekeeping: the rest is fine"
    assert panel.passed.text() == first
    panel.passed.setFocus()
    qtbot.keyClick(panel.passed, Qt.Key.Key_Space)
    lodge.wait(lambda: panel.passed.text() != first)
    assert lodge.one("select count(*) from room_check where vip_stay_id = ? and round = '1-hk' and state = 'fine'", huo) == 16
    said = panel.cards["room"].lines.words()
    assert said[0].endswith(say(Text("{round}: {done} of {all}", round=Text("Housekeeping"), done="16", all="16")))
    assert any("1,640.00" in words for words in [panel.cards["amenities"]._chip.accessibleName()])


def test_a_dish_is_stopped_until_the_chef_signs_with_a_reason(lodge: Lodge, huo: int, qtbot: Any) -> None:
    lodge.open("zh_CN")
    card = next(each["id"] for each in queries_reception.cards(lodge.store.writer, huo) if each["kind"] == "kitchen")
    lodge.window.open_record("guest_card", card)
    sheet = lodge.window.page("department-cards")._sheet
    lodge.wait(lambda: sheet._id == card and sheet.form.can_remove())
    form, steps = sheet.form, sheet.form._steps.buttons
    menu = form.cells["menu"].editor
    menu.setFocus()
    qtbot.keyClicks(menu, "steamed tofu, peanuts")
    with qtbot.waitSignal(form.saved, timeout=PATIENCE):
        form.save()
    lodge.wait(steps["issue"].isEnabled)
    steps["issue"].setFocus()
    qtbot.keyClick(steps["issue"], Qt.Key.Key_Space)
    lodge.wait(form._notice.isVisible)
    assert form._notice._words.text().startswith("硬拦截")
    assert lodge.one("select state from guest_card where id = ?", card) == "draft"
    menu.setFocus()
    menu.selectAll()
    qtbot.keyClicks(menu, "steamed tofu")
    with qtbot.waitSignal(form.saved, timeout=PATIENCE):
        form.save()
    assert lodge.one("select menu from guest_card where id = ?", card) == "steamed tofu"
    steps["issue"].setFocus()
    qtbot.keyClick(steps["issue"], Qt.Key.Key_Space)
    lodge.wait(lambda: lodge.one("select state from guest_card where id = ?", card) == "issued")


def test_an_earned_level_is_given_by_a_key(lodge: Lodge, huo: int, qtbot: Any) -> None:
    desk = Desk(lodge.store, "许棠")
    guest = lodge.one("select id from person where name = '单翊飞'")
    for month in range(1, 11):
        stay(desk, f"2026-{month:02d}-05", f"2026-{month:02d}-06", status="Check-Out", guest_id=guest)
    lodge.open("zh_CN")
    page = lodge.page("levels-watched")
    lodge.wait(lambda: len(page.earned) == 1)
    assert page.shares.rowCount() == 5
    assert page.standards.isVisible()
    page.focus_first()
    lodge.wait(page.view.hasFocus)
    qtbot.keyClick(page.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    lodge.wait(lambda: lodge.one("select vip from person where id = ?", guest) == "V5" and not page.earned)
    assert page.told.text() == "暂无客人达到更高等级"
