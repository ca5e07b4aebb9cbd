"""Forms of meetings, the office, promotions and the market, filled while the telephone is held: every field by Tab, no mouse.
What was written stands in the client's timeline and on *Today*, and has its paper."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.documents import library
from crm_desktop.duties import DUTIES
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.stays.records import HOTEL
from crm_desktop.duties.today import queries as board
from crm_desktop.record import dates
from crm_desktop.store import timeline
from crm_desktop.ui import seat
from crm_desktop.ui.edits import ENTER
from tests.moments.shift import CTRL, Hands
from tests.ui.lodge import Lodge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
TODAY, MOST = "2026-11-18", 60
FORMS: dict[str, tuple[str, dict[str, str], dict[str, Any]]] = {  # page -> table, what is typed, what else is kept then
    "minutes": ("minutes", {"name": "营销部周例会", "day": "1116", "time": "0900", "place": "清言", "present": "全员", "reports": "投诉 7 起"}, {"day": "2026-11-16", "code": "HY-2026-0001"}),
    "instructions": ("instruction", {"name": "年终会先收款", "day": "1112", "due": "1117", "detail": "方案报我"}, {"due": "2026-11-17", "code": "ZL-2026-0001", "state": "given"}),
    "documents": ("document", {"name": "公务接待公函", "day": TODAY, "party": "省某厅", "their_no": "函118", "due": "1117", "proposal": "请唐屿拟办"}, {"code": "SW-2026-0001"}),
    "archive-loans": ("archive_loan", {"name": "合同卷", "archive_no": "HT22", "day": TODAY, "purpose": "核对条款", "pages": "12"}, {"code": "JY-2026-0001", "pages": 12}),
    "trainings": ("training", {"name": "定金怎么写", "day": "1110", "minutes": "90", "trainer": "沈知渝", "content": "案例三则"}, {"code": "PX-2026-0001", "minutes": 90}),
    "promotions": (
        "promotion", {"name": "平安夜大餐", "purpose": "满台", "target": "老客户", "sell_from": "1120", "sell_to": "2026-12-24", "programme": "抽奖三轮", "budget": "38,000"},
        {"code": "CX-2026-0001", "budget": 38_000_00, "evaluate_by": "2027-01-07"},
    ),
    "online-reviews": ("online_review", {"day": "1117", "time": "1030", "name": "沈小园", "stars": "2", "words": "到店说没有"}, {"due": "2026-11-18 10:30", "state": "unanswered"}),
    "market-information": ("market_info", {"name": "棹歌停业装修", "day": TODAY, "source": "前台电话", "content": "十二月整月", "valid_until": "1120"}, {"code": "XX-2026-0001"}),
    "page-checks": ("page_check", {"day": TODAY, "found": "图片是旧餐厅"}, {"state": "to-do"}),
}  # fmt: skip
WITH_CLIENT = {"instructions", "documents", "archive-loans", "online-reviews", "market-information"}
WAITS = {"Instructions due", "Documents due", "Files asked for", "Trainings not evaluated", "Reviews not answered", "Shop pages to look at", "Information running out"}


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def reach(hands: Hands, form: Any, name: str) -> None:
    """Tab to a field."""
    for _ in range(MOST):
        if form.cells[name].isAncestorOf(hands.focus()):
            return
        hands.press(Qt.Key.Key_Tab)
    raise AssertionError(f"{name} is not reached by Tab")


def choose_client(lodge: Lodge, hands: Hands, form: Any) -> None:
    """By initials, and Enter."""
    reach(hands, form, "account_id")
    editor = form.cells["account_id"].editor
    QTest.keyClicks(editor, "yxcj")
    lodge.wait(lambda: editor._popup is not None and editor._popup.isVisible())
    hands.press(ENTER[0])
    lodge.wait(lambda: editor.value() is not None)


def fill(lodge: Lodge, hands: Hands, page: str) -> int:
    """A new row of a page without the mouse; its id."""
    table, typed, kept = FORMS[page]
    lodge.window.go(page)
    here = lodge.window.page(page)
    lodge.wait(lambda: here.isAncestorOf(hands.focus()))
    hands.press(Qt.Key.Key_N, CTRL)
    lodge.wait(lambda: here.form.isVisible() and here.form.isAncestorOf(hands.focus()))
    fields = [field.name for section in here.record.sections for field in section.fields]
    for name in fields:
        if name in typed:
            reach(hands, here.form, name)
            hands.write(typed[name])
        elif name == "account_id" and page in WITH_CLIENT:
            choose_client(lodge, hands, here.form)
    hands.press(Qt.Key.Key_S, CTRL)
    lodge.wait(lambda: hands.rows(f"select 1 from {table}"))
    wanted = {name: words for name, words in typed.items() if name not in kept and here.record.by_name[name].kind in ("text", "long", "code")} | kept
    (found,) = hands.rows(f"select id, {', '.join(wanted)} from {table}")
    assert dict(zip(wanted, found[1:], strict=True)) == wanted
    return int(found[0])


@pytest.mark.parametrize("spoken", ["zh_CN", "en"])
def test_every_form_is_filled_without_the_mouse(lodge: Lodge, spoken: str) -> None:
    lodge.add(HOTEL, name="澜棠大酒店", code="LT")
    client = lodge.add(ACCOUNT, name="越岫城建集团", kind="company")
    hands = Hands(lodge.open(spoken), lodge.store, lodge.qtbot)
    lodge.window.activateWindow()
    lodge.wait(lambda: QApplication.focusWidget() is not None and seat.here() is not None)
    ids = {page: fill(lodge, hands, page) for page in FORMS}
    with closing(lodge.store.open_reader()) as reader:
        labels = {line.label.source for line in board.board(reader, DUTIES, TODAY, None).lines}
        assert labels >= WAITS
        look = timeline.Look([entry for duty in DUTIES for entry in duty.entries], lodge.store.by_key, "account", client)
        told = {(entry.record, entry.row_id) for entry in timeline.before(reader, look, timeline.end_of(TODAY))}
    assert told >= {(FORMS[page][0], ids[page]) for page in WITH_CLIENT}
    assert all(library.about(DUTIES, FORMS[page][0]) for page in FORMS)
