"""One VIP from the application to the filed summary, in one window and by keys: the dish that is stopped, the train that is
late, every paper seen, nothing typed twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.house.records import DEPARTMENT
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.duties.vip.records_plan import DIARY
from crm_desktop.record import dates
from crm_desktop.record.text import Text, say
from crm_desktop.store.store import Store
from crm_desktop.ui.paper_view import PaperView
from tests.samples import added, hotel
from tests.ui.lodge import Lodge, lodge_on

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
DAY, ETA, LATE = "2026-11-19", "15:40", "17:25"
MENU = ("越州八小碟", "花雕醉虾", "花生碎拌菜", "桂花圆子")
CREW = (("GM", "总经办", "顾砚秋"), ("SM", "营销部", "沈知渝"), ("FO", "前厅部", "邵远"), ("HK", "客房部", "柳巧"), ("KT", "厨房", "樊守味"), ("FB", "餐饮部", "罗青"))


class Host:
    """Somebody who takes one guest through the house; `typed` is every value that was written, by its field."""

    def __init__(self, lodge: Lodge, qtbot: Any) -> None:
        self.lodge, self._qtbot = lodge, qtbot
        self.typed: list[tuple[str, str]] = []
        self.papers: list[str] = []
        self.stay = 0

    def one(self, sql: str, *values: Any) -> Any:
        return self.lodge.one(sql, *(values or (self.stay,)))

    def write(self, form: Any, name: str, words: str) -> None:
        """Into a field, as an input method commits it: what stood there is replaced."""
        editor = form.cells[name].editor
        editor.setFocus()
        editor.selectAll()
        event = QInputMethodEvent()
        event.setCommitString(words)
        QCoreApplication.sendEvent(editor, event)
        self.typed.append((name, words))

    def press(self, what: QWidget) -> None:
        self.lodge.wait(lambda: what.isVisible() and what.isEnabled())
        what.setFocus()
        self._qtbot.keyClick(what, Qt.Key.Key_Space)

    def sheet(self, record: str, page: str, row_id: int) -> Any:
        self.lodge.window.open_record(record, row_id)
        sheet = self.lodge.window.page(page)._sheet
        self.lodge.wait(lambda: sheet._id == row_id and sheet.form.can_remove())
        return sheet

    def step(self, key: str, stage: str) -> None:
        sheet = self.sheet("vip_stay", "vip", self.stay)
        self.press(sheet.form._steps.buttons[key])
        self.lodge.wait(lambda: self.one("select stage from vip_stay where id = ?") == stage)

    def panel(self) -> Any:
        sheet = self.sheet("vip_stay", "vip", self.stay)
        self.lodge.wait(lambda: sheet.tabs.show_rows("service", []))
        panel = sheet.tabs._built["service"]
        self.lodge.wait(lambda: panel.row_id == self.stay and "cards" in panel.cards)
        return panel

    def save(self, form: Any) -> None:
        assert {name: str(cell.problem()) for name, cell in form.cells.items() if cell.problem()} == {}
        self.lodge.window.activateWindow()
        self.lodge.wait(self.lodge.window.isActiveWindow)
        with self._qtbot.waitSignal(form.saved, timeout=20_000):
            self._qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    def paper(self, *wanted: str) -> None:
        """Ctrl+P, and each of these forms until its first page is drawn."""
        window = self.lodge.window
        window.activateWindow()
        self.lodge.wait(window.isActiveWindow)
        self._qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        self.lodge.wait(lambda: window.findChild(PaperView))
        view = window.findChild(PaperView)
        for key in wanted:
            view.form_box.choose(key)
            view.form_box.chosen.emit()
            self.lodge.wait(lambda key=key: view.made is not None and view.made.form.key == key and view.pages.has_picture(0))
            self.papers.append(key)
        self._qtbot.keyClick(view, Qt.Key.Key_Escape)
        self.lodge.wait(lambda: window.findChild(PaperView) is None)

    def tasks(self) -> dict[str, str]:
        reader = self.lodge.store.open_reader()
        try:
            return dict(reader.execute("select case when task = 'meal' then name else task end, day || ' ' || time from reception_task where vip_stay_id = ? and gone is null", (self.stay,)).fetchall())
        finally:
            reader.close()


@pytest.fixture
def host(store: Store, qtbot: Any) -> Iterator[Host]:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))
    desk = Desk(store, "许棠")
    for number, (code, department, name) in enumerate(CREW, 1):
        who = added(desk, STAFF, name=name, code=f"LT{number:03d}", department=department)
        added(desk, DEPARTMENT, hotel_id=hotel(desk), name=department, code=code, signs_id=who)
    added(desk, STAFF, name="程牧野", code="LT099", department="总经办")
    chief = desk.store.writer.execute("select id from staff where name = '顾砚秋'").fetchone()[0]
    added(desk, DIARY, owner_id=chief, day=DAY, begins="17:00", ends="18:00", name="业主会")
    guest = added(desk, PERSON, name="霍明翊", called="霍博士", position="董事长")
    added(desk, PREFERENCE, person_id=guest, polarity="never", name="花生、甲壳类,喉头水肿", kind="health", allergen="peanut", told_on="2026-04-22")
    added(desk, PREFERENCE, person_id=guest, polarity="never", name="虾蟹", kind="food", told_on="2026-04-22")
    with lodge_on(store, qtbot) as lodge:
        lodge.open("zh_CN")
        yield Host(lodge, qtbot)


def applied(host: Host) -> None:
    form = host.lodge.page("vip", new=True).form
    host.lodge.window.activateWindow()
    host.lodge.wait(form.isVisible)
    guest = form.cells["guest_id"].editor
    guest.setFocus()
    host.lodge.wait(guest.hasFocus)
    host._qtbot.keyClicks(guest, "hmy")
    host.lodge.wait(lambda: guest._answered == "hmy" and guest._popup and guest._popup.chosen())
    host._qtbot.keyClick(guest, Qt.Key.Key_Return)
    form.cells["level"].editor.set_value("V2")
    values = {
        "arrival": DAY, "arrival_time": ETA, "departure": "2026-11-20", "departure_time": "10:30", "room_no": "1702", "reason": "集团年度合作洽谈", "cost_cap": "5,000",
        "payer": "集团统付", "greeting": "总经理、营销总监,大堂", "car": "商务车 浙D·12345", "wording": "欢迎霍博士", "guarding": "不拍照",
    }  # fmt: skip
    for name, words in values.items():
        host.write(form, name, words)
    form.cells["hotel_id"].editor.set_value(host.one("select id from hotel where gone is null and id <> ?", 0), "City Hotel")
    host.save(form)
    host.stay = host.one("select id from vip_stay where room_no = ?", "1702")


def stopped_and_signed(host: Host) -> None:
    """The dish of peanut and the one of shrimps are stopped; replaced, both cards are issued with one key and signed."""
    kitchen, room = (host.one("select id from guest_card where vip_stay_id = ? and kind = ?", host.stay, kind) for kind in ("kitchen", "housekeeping"))
    form = host.sheet("guest_card", "department-cards", kitchen).form
    assert (form.values()["meal_on"], form.values()["nevers"]) == (DAY, "虾蟹")  # nobody wrote them again
    assert host.one("select codes from guest_card where id = ?", kitchen) == "peanut shellfish"  # the allergen, not the illness
    for name, words in (("menu", "\n".join(MENU)), ("place", "听泉"), ("meal_at", "18:30"), ("covers", "12")):
        host.write(form, name, words)
    host.save(form)
    panel = host.panel()
    host.press(panel.issued)
    host.lodge.wait(lambda: "硬拦截" in panel.cards["cards"]._chip.accessibleName())
    assert host.one("select count(*) from guest_card where vip_stay_id = ? and state <> 'draft'") == 0
    said = " ".join(panel.cards["cards"].lines.words())
    assert "花雕醉虾" in said
    assert "花生碎拌菜" in said
    form = host.sheet("guest_card", "department-cards", kitchen).form
    host.write(form, "menu", "越州八小碟\n清蒸白鱼\n时蔬\n桂花圆子")
    host.typed.pop()  # another menu is no repetition
    host.save(form)
    host.press(host.panel().issued)
    host.lodge.wait(lambda: host.one("select count(*) from guest_card where vip_stay_id = ? and state = 'issued'") == 2)
    for card in (kitchen, room):
        sheet = host.sheet("guest_card", "department-cards", card)
        host.press(sheet.form._steps.buttons["sign"])
        host.lodge.wait(lambda card=card: host.one("select state from guest_card where id = ?", card) == "signed")
        host.paper("F37")


def late_train(host: Host) -> None:
    """1 h 45 later: what hangs on the arrival moves, the dinner stays and warns, the general manager is taken, a deputy is named."""
    before = host.tasks()
    assert (before["inspect-am"], before["greeters"]) == (f"{DAY} 13:40", f"{DAY} 15:30")
    sheet = host.sheet("vip_stay", "vip", host.stay)
    host.write(sheet.form, "arrival_time", LATE)
    host.typed.pop()  # it is another time
    host.save(sheet.form)
    host.lodge.wait(lambda: host.tasks()["greeters"] == f"{DAY} 17:15")
    after = host.tasks()
    assert after["inspect-am"] == f"{DAY} 15:25"
    stays = ("signed", "blocked", "bill", "filed")
    assert [after[name] for name in stays] == [before[name] for name in stays]
    assert after["听泉用餐，12 位"] == f"{DAY} 18:30"

    def told() -> str:
        return " / ".join(say(chip.point.words) for chip in sheet.now.chips)

    host.lodge.wait(lambda: "业主会" in told())
    assert "程牧野" in told()


def inspected(host: Host) -> None:
    panel = host.panel()
    for walk in ("1-hk", "2-am", "3-dos", "4-gm"):
        host.lodge.wait(lambda walk=walk: panel._next == walk)
        host.press(panel.passed)
    host.lodge.wait(lambda: not panel._next)
    host.step("ready", "ready")
    host.paper("F17")


def received(host: Host) -> None:
    dates.set_clock(dt.datetime(2026, 11, 19, 17, 40))
    host.step("arrive", "in-house")
    panel = host.panel()
    host.press(panel.handed)
    host.lodge.wait(lambda: (host.one("select amenity_cost from vip_stay where id = ?") or 0) > 0)
    assert host.one("select count(*) from amenity_issue where vip_stay_id = ? and state = 'planned' and gone is null") == 0
    for kind, name, what in (("like", "drink", "睡前要一壶热绿茶"), ("dislike", "food", "不喜欢太咸的腌菜")):
        host.lodge.window.go("reception-journal", new=True, given={"vip_stay_id": host.stay, "guest_id": host.one("select guest_id from vip_stay where id = ?"), "day": DAY})
        form = host.lodge.window.page("reception-journal").form
        host.lodge.wait(form.isVisible)
        form.cells["kind"].editor.set_value(kind)
        form.cells["fact_kind"].editor.set_value(name)
        host.write(form, "name", what)
        host.save(form)
    dates.set_clock(dt.datetime(2026, 11, 20, 10, 35))


def filed(host: Host) -> None:
    host.step("depart", "departed")
    assert host.one("select actual_cost from vip_stay where id = ?") == host.one("select amenity_cost from vip_stay where id = ?") > 0  # nobody adds it up
    host.step("review", "reviewed")
    assert host.one("select count(*) from preference where polarity in ('like', 'dislike') and gone is null and evidence <> '' and person_id = (select guest_id from vip_stay where id = ?)") == 2
    assert host.one("select count(*) from reception_note where vip_stay_id = ? and state = 'filed'") == 2
    host.paper("F18")


def test_one_vip_from_the_application_to_the_filed_summary(host: Host) -> None:
    applied(host)
    host.sheet("vip_stay", "vip", host.stay)
    host.paper("F15")
    host.step("approve", "approved")
    host.step("prepare", "preparing")
    stopped_and_signed(host)
    late_train(host)
    host.paper("F16")
    inspected(host)
    received(host)
    filed(host)
    assert sorted(set(host.papers)) == ["F15", "F16", "F17", "F18", "F37"]
    words = [words for _, words in host.typed]
    assert len(set(words)) == len(words), "something was typed twice"
    assert say(Text("Filed")) == "已归档"
