"""VIP stays, preferences and the arrival card in the window, driven by keys in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.duties.vip import arrivals
from crm_desktop.duties.vip.arrivals import Arrival
from crm_desktop.duties.vip.pages_card import LEAST, MOST, ArrivalCard
from crm_desktop.record.text import Text, say, use
from crm_desktop.store.log import Change
from crm_desktop.store.store import Store
from crm_desktop.ui import jobs, speech, theme
from crm_desktop.ui.list_paint import is_faded
from tests.duties import lobby
from tests.samples import added
from tests.ui.lodge import Lodge, lodge_on

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
BOTH = pytest.mark.parametrize("spoken", ["zh_CN", "en"])


@pytest.fixture
def lodge(store: Store, qtbot: Any) -> Iterator[Lodge]:
    with lodge_on(store, qtbot) as made:
        yield made


@pytest.fixture
def ids(store: Store) -> dict[str, int]:
    return lobby.fill(Desk(store, "许棠"))


def sheet_of(lodge: Lodge, record: str, page: str, row_id: int) -> Any:
    lodge.window.open_record(record, row_id)
    sheet = lodge.window.page(page)._sheet
    lodge.wait(lambda: sheet._id == row_id and sheet.form.can_remove() and sheet._name.text())
    return sheet


def told(sheet: Any) -> list[tuple[str, str]]:
    return [(say(chip.point.words), chip.point.tone) for chip in sheet.now.chips]


def points(sheet: Any) -> list[str]:
    return [words for words, _ in told(sheet)]


@BOTH
def test_a_reception_is_closed_with_its_cost(lodge: Lodge, ids: dict[str, int], qtbot: Any, spoken: str) -> None:
    lodge.open(spoken)
    sheet = sheet_of(lodge, "vip_stay", "vip", ids["kobayashi"])
    assert sheet._name.text() == "小林 遥"
    form, steps = sheet.form, sheet.form._steps.buttons
    lodge.wait(steps["review"].isVisible)
    assert [key for key, each in steps.items() if each.isVisible()] == ["review"]
    steps["review"].setFocus()
    qtbot.keyClick(steps["review"], Qt.Key.Key_Space)
    lodge.wait(form._notice.isVisible)
    asked = Text("Write the actual cost first, or tick that nothing was spent.")
    assert form._notice._words.text() == say(asked)
    assert say(asked).startswith("请先填写" if spoken == "zh_CN" else "Write the actual cost")
    cost = form.cells["actual_cost"].editor
    cost.setFocus()
    cost.selectAll()
    qtbot.keyClicks(cost, "588.50")
    steps["review"].setFocus()
    qtbot.keyClick(steps["review"], Qt.Key.Key_Space)
    lodge.wait(lambda: lodge.one("select stage from vip_stay where id = ?", ids["kobayashi"]) == "reviewed")
    assert lodge.one("select actual_cost from vip_stay where id = ?", ids["kobayashi"]) == 58_850
    lodge.wait(lambda: not any(each.isVisible() for each in steps.values()))


@BOTH
def test_the_sheet_of_a_reception_warns_of_the_menu(lodge: Lodge, ids: dict[str, int], qtbot: Any, spoken: str) -> None:
    lodge.open(spoken)
    sheet = sheet_of(lodge, "vip_stay", "vip", ids["huo"])
    warning = say(Text("To be prepared, but never for this guest: {things}", things="虾 · 花生"))
    lodge.wait(lambda: warning in points(sheet))
    assert {tone for _, tone in told(sheet)[:2]} == {"red"}
    must = sheet.form.cells["must"].editor
    must.setFocus()
    must.selectAll()
    qtbot.keyClicks(must, "steamed tofu")
    sheet.form.save()
    lodge.wait(lambda: warning not in points(sheet))
    assert [tone for _, tone in told(sheet)] == ["red"]  # what must never be stays


def test_a_new_reception_by_keys(lodge: Lodge, ids: dict[str, int], qtbot: Any) -> None:
    lodge.open("zh_CN")
    page = lodge.page("vip", new=True)
    form = page.form
    lodge.window.activateWindow()
    lodge.wait(form.isVisible)
    form.cells["level"].editor.setFocus()
    lodge.wait(form.cells["level"].editor.hasFocus)
    qtbot.keyClicks(form.cells["level"].editor, "V4")
    guest = form.cells["guest_id"].editor
    guest.setFocus()
    lodge.wait(guest.hasFocus)
    qtbot.keyClicks(guest, "syf")
    lodge.wait(lambda: guest._answered == "syf" and guest._popup and guest._popup.chosen() and guest._popup.chosen().title == "单翊飞")
    qtbot.keyClick(guest, Qt.Key.Key_Return)
    for name, words in (("arrival", "2026-11-30"), ("departure", "+2"), ("arrival_time", "1540"), ("cost_cap", "900")):
        form.cells[name].editor.setFocus()
        form.cells[name].editor.selectAll()
        qtbot.keyClicks(form.cells[name].editor, words)
    form.cells["hotel_id"].editor.set_value(lodge.one("select id from hotel"), "City Hotel")
    form.save()
    assert {name: str(cell.problem()) for name, cell in form.cells.items() if cell.problem()} == {}
    lodge.wait(lambda: lodge.one("select count(*) from vip_stay where gone is null") == 5)
    found = lodge.one("select level || guest_id || arrival || departure || arrival_time || cost_cap || stage from vip_stay where arrival = '2026-11-30'")
    assert found == f"V4{ids['单翊飞']}2026-11-302026-12-0215:4090000applied"


def test_facts_that_no_longer_hold_are_faded(lodge: Lodge, ids: dict[str, int], qtbot: Any) -> None:
    old = lodge.add(PREFERENCE, person_id=ids["单翊飞"], name="术后忌口", polarity="never", told_on="2026-01-01", expires="2026-02-01")
    lodge.open("zh_CN")
    sheet = sheet_of(lodge, "person", "people", ids["单翊飞"])
    assert sheet.tabs.show_rows("preference", [])
    panel = next(each for each in sheet.tabs.findChildren(type(lodge.page("vip").list)) if each.record is PREFERENCE)
    lodge.window.open_record("person", ids["单翊飞"])
    lodge.wait(lambda: panel.model.rowCount() == 3 and panel.model.here(2))
    faded = {panel.model.row_id(row): is_faded(panel.model.index(row, 1)) for row in range(3)}
    assert faded[old]
    assert sum(faded.values()) == 1
    assert any("⇄" in words for words in points(sheet))


# the card


@pytest.fixture
def cards(store: Store, ids: dict[str, int]) -> dict[str, Arrival]:
    desk = Desk(store, "许棠")
    long = added(desk, PERSON, name="阿卜杜热合曼·买买提江·艾山江·吐尔逊阿依汗", position="进出口贸易有限责任公司常务副总经理兼采购总监", vip="V4")
    lobby.reception(desk, long, "V4", lobby.DAY, "2026-11-20", stage="preparing", room_no="1508", must="米饭", never="猪肉\n酒")
    reader = store.writer
    return {
        "vip": arrivals.arrival_cards(reader, "2026-11-19", "1702")[0],
        "birthday": arrivals.arrival_cards(reader, lobby.DAY, "1211")[0],
        "long": arrivals.arrival_cards(reader, lobby.DAY, "1508")[0],
    }


def shown(qtbot: Any, card: Arrival, width: int) -> ArrivalCard:
    made = ArrivalCard()
    qtbot.addWidget(made)
    made.resize(width, 10)
    made.show_card(card)
    made.resize(width, made.heightForWidth(width))
    made.show()
    return made


def colours(made: ArrivalCard) -> set[str]:
    picture = QPixmap(made.size())
    picture.fill(theme.C["surface"])
    made.render(picture)
    image = picture.toImage()
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}


@BOTH
@pytest.mark.parametrize("width", [LEAST, 480, MOST])
@pytest.mark.parametrize("which", ["vip", "birthday", "long"])
def test_the_card_is_as_high_as_what_it_says(qtbot: Any, cards: dict[str, Arrival], spoken: str, width: int, which: str) -> None:
    use(spoken)
    made = shown(qtbot, cards[which], width)
    picture = QPixmap(made.width(), made.height() + 40)
    picture.fill("#123456")
    made.render(picture)
    image = picture.toImage()
    inside = [y for y in range(image.height()) if any(image.pixelColor(x, y).name() != "#123456" for x in range(20, width - 20))]
    rest = {image.pixelColor(x, y).name() for y in range(made.height(), image.height()) for x in range(0, width, 5)}
    assert rest == {"#123456"}
    assert inside
    assert made.sizeHint().height() == made.heightForWidth(480)
    assert made.heightForWidth(LEAST) >= made.heightForWidth(MOST)


def test_what_must_never_be_stands_out(qtbot: Any, cards: dict[str, Arrival]) -> None:
    assert theme.C["red_bg"] in colours(shown(qtbot, cards["vip"], 480))
    assert theme.C["red_bg"] not in colours(shown(qtbot, cards["birthday"], 480))


def test_the_card_can_be_read_aloud_in_both_languages(qtbot: Any, cards: dict[str, Arrival]) -> None:
    use("zh_CN")
    made = shown(qtbot, cards["birthday"], 480)
    assert made.accessibleDescription().startswith("俞女士; 俞闻笛; V5; 1211")
    assert "2026-11-20 生日（农历）" in made.accessibleDescription()
    speech.switch("en")
    assert "Birthday on 2026-11-20 (lunar calendar)" in made.accessibleDescription()
    made.show_card(None)
    assert made.accessibleDescription() == ""
    assert made.heightForWidth(480) == 0


@BOTH
def test_an_opening_of_a_confidential_file_is_written_down_once(lodge: Lodge, ids: dict[str, int], store: Store, spoken: str) -> None:
    desk = Desk(store, "许棠")
    desk.seat.person_id = added(desk, store.by_key["staff"], name="许棠", code="LT005")
    added(desk, store.by_key["confidence"], person_id=ids["司徒曜"], name="沈一")
    lodge.open(spoken)
    alias = say(Text("Confidential: the name is an alias; who looks here is written down"))
    for number, (record, page, row_id) in enumerate((("vip_stay", "vip", ids["situ"]), ("person", "people", ids["司徒曜"])), 1):
        sheet = sheet_of(lodge, record, page, row_id)
        assert sheet._name.text() == "沈一"
        lodge.wait(lambda sheet=sheet: alias in points(sheet))
        lodge.wait(lambda number=number: lodge.one("select count(*) from opening") == number)
        again = Change(0, "read again")
        again.tables = {"vip_stay"}
        jobs.hub().changed.emit(again)  # which opens nothing
    sheet_of(lodge, "person", "people", ids["霍明翊"])
    assert lodge.one("select count(*) from opening") == 2
