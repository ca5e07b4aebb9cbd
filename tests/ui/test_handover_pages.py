"""The hand-over of a shift: what is unfinished, what tomorrow brings, a note, and all of it as a text."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.paper_records import PAPER_RECORD
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.today import handover as rules
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.record.duty import Duty, TodayLine
from crm_desktop.record.ids import new_id
from crm_desktop.record.text import Text, say
from crm_desktop.ui import jobs
from crm_desktop.ui.timeline_model import LINE
from tests import samples
from tests.ui.lived import PATIENCE, House

DAY = "2026-11-18"


def today(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    tasks = reader.execute("select count(*) from follow_up where gone is null and state = 'open' and due < ?", (day,)).fetchone()[0]
    return [
        TodayLine(Text("Late tasks"), tasks, None, "follow_up", [("state", "=", "open"), ("due", "<", day)], group="tasks", tone="red"),
        TodayLine(Text("VIPs not prepared"), 2, None, "vip_stay", [("id", "<", 0)], group="vip", tone="amber"),
        TodayLine(Text("Arriving"), 3 if day == "2026-11-19" else 0, None, "vip_stay", [], group="vip"),
    ]


def duties(desk: Desk) -> list[Duty]:
    return [Duty("x", Text("X"), records=tuple(desk.store.records), today=today)]


@pytest.fixture
def staff(desk: Desk) -> tuple[int, int]:
    mine, other = (samples.added(desk, STAFF, name=name) for name in ("周一禾", "唐屿"))
    client = samples.account(desk, "瑞栀药业")
    guest = samples.added(desk, samples.PERSON, name="霍明翊")
    samples.added(desk, VIP_STAY, guest_id=guest, level="V2", arrival="2026-11-19", departure="2026-11-20", hotel_id=samples.hotel(desk))
    samples.added(desk, FOLLOW_UP, name="催发票", due="2026-11-17", due_time="09:30", owner_id=mine, account_id=client)
    samples.added(desk, FOLLOW_UP, name="报价", due="2026-11-16", owner_id=mine)
    samples.added(desk, FOLLOW_UP, name="别人的", due="2026-11-16", owner_id=other)
    samples.added(desk, FOLLOW_UP, name="明天的", due="2026-11-19", owner_id=mine)
    return mine, other


def test_a_person_s_unfinished_rows_and_tomorrow(desk: Desk, staff: tuple[int, int]) -> None:
    found = rules.handover(desk.store.writer, duties(desk), DAY, staff[0])
    assert [(entry.day, entry.time, str(entry.words)) for entry in found.items] == [
        ("2026-11-16", "", "报价"), ("2026-11-17", "09:30", "催发票 · 瑞栀药业"),
    ]  # fmt: skip
    assert all(entry.chip and entry.chip[1] == "red" for entry in found.items)
    assert [(say(risk.entry.words), risk.tone) for risk in found.risks] == [("VIPs not prepared", "amber"), ("Arriving: 霍明翊", "")]
    assert len(rules.handover(desk.store.writer, duties(desk), DAY, None).items) == 3  # of everybody


def test_a_paper_to_be_signed_is_told_by_what_its_list_shows_first(desk: Desk) -> None:
    told = {"number": "F16-2026-0001", "title": "VIP接待通知单", "name": "霍明翊", "check_code": "ABCD-EFGH", "issued_on": DAY, "hotel_id": samples.hotel(desk)}
    with desk.writing(Text("Issued")) as writing:
        writing.add(PAPER_RECORD, told, new_id())
    line = TodayLine(Text("Papers not signed by all"), 1, None, "paper", [("state", "=", "current")], group="tasks", tone="amber")
    waiting = Duty("x", Text("X"), records=tuple(desk.store.records), today=lambda _reader, _day, _hotel: [line])
    (entry,) = rules.handover(desk.store.writer, [waiting], DAY, None).items
    assert (entry.record, str(entry.words)) == ("paper", "F16-2026-0001 · VIP接待通知单 · 霍明翊")


def test_the_text_says_all_of_it(desk: Desk, staff: tuple[int, int]) -> None:
    found = rules.handover(desk.store.writer, duties(desk), DAY, staff[0])
    assert rules.text(found, "周一禾", "钥匙在抽屉里").split("\n") == [
        "Hand-over 2026-11-18 Wed 周一禾", "[Note to the next shift]", "钥匙在抽屉里",
        "[Unfinished]", "11-16 Late tasks: 报价", "11-17 09:30 Late tasks: 催发票 · 瑞栀药业", "[Tomorrow]", "! VIPs not prepared 2", "Arriving 3: 霍明翊",
    ]  # fmt: skip
    empty = rules.handover(desk.store.writer, [], DAY, None)
    assert rules.text(empty, "", "").split("\n")[2:] == ["–", "[Unfinished]", "–", "[Tomorrow]", "–"]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("english", [False, True])
def test_the_page_by_keys(lived: House, qtbot: Any, english: bool) -> None:
    window = lived.window
    window.activateWindow()
    if english:
        window.switch_language()
    jobs.act(window, lambda desk, job: desk.save(FOLLOW_UP, None, 0, {"name": "催发票", "due": "2026-11-17"}))
    qtbot.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    page = window.page("handover")
    assert window.stack.currentWidget() is page
    late = lambda: [str(entry.words) for entry in page.model.items]  # noqa: E731
    qtbot.waitUntil(lambda: "催发票" in late(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: "催发票" in str(page.form.values().get("items")), timeout=PATIENCE)
    page.focus_first()
    qtbot.keyClicks(QApplication.focusWidget(), "Key in the drawer")
    jobs.act(window, lambda desk, job: desk.save(FOLLOW_UP, None, 0, {"name": "补签单", "due": "2026-11-16"}))
    qtbot.waitUntil(lambda: "补签单" in late(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: "补签单" in str(page.form.values()["items"]), timeout=PATIENCE)
    assert page.form.values()["note"] == "Key in the drawer"  # what is typed stays
    page.copy_text()
    words = QGuiApplication.clipboard().text()
    assert "Key in the drawer" in words
    assert ("[Unfinished]" if english else "【未完成事项】") in words
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: lived.one("select count(*) from handover where note = 'Key in the drawer' and items like '%补签单%'") == 1, timeout=PATIENCE)
    row = next(at for at, words in enumerate(late()) if words == "催发票")
    page.view.setFocus()
    page.view.setCurrentIndex(page.model.index(row, 0))
    assert page.view.currentIndex().data(LINE).record == "follow_up"
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert window.stack.currentWidget() is window.page("follow-ups")
    window.go("handover")
    at, entry = next((at, entry) for at, entry in enumerate(page.risks.items) if entry.record == "stay" and page._found.risks[at].line.label.source == "Arrivals")
    page.risks_view.setFocus()
    page.risks_view.setCurrentIndex(page.risks.index(at, 0))
    qtbot.keyClick(page.risks_view, Qt.Key.Key_Return)
    stays = window.page("stays")
    assert window.stack.currentWidget() is stays
    qtbot.waitUntil(lambda: f"{stays.list.model.rowCount():,}" == entry.chip[0], timeout=PATIENCE)  # the figure opens its rows
    qtbot.keyClick(window, Qt.Key.Key_F4)
    assert window.stack.currentWidget() is window.page("today")
