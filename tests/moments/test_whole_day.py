"""One seller's day on the sample hotel without a break: one window, nothing but keys, from the house in the morning over all that waits to
the hand-over of the shift; what the screen says is looked at after every step, in both languages."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from crm_desktop.record.text import say
from crm_desktop.ui.card_box import CardBox
from crm_desktop.ui.day_editor import DayEditor
from crm_desktop.ui.paper_view import PaperView
from crm_desktop.ui.quick import QuickLine
from tests.hotel import TODAY
from tests.moments.shift import CTRL, SHIFT, Hands
from tests.moments.test_day import BACK_TAB, ENTER, MOST, TAB, house, open_folds, open_rows, today

DOWN, SPACE, ESCAPE = Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Escape
Told = tuple[str, int, str, str]  # what it is called, how many, what stands beside the number, what below it
HOUSE: tuple[Told, ...] = (
    ("In house", 191, "71.3", "274 9"), ("Arrivals", 64, "", "22"), ("Departures", 58, "", "55"), ("Late check-outs", 3, "", ""), ("Day use", 4, "", ""),
    ("Agreement guests", 88, "41", ""), ("Long stays", 11, "", ""),
)  # fmt: skip
GUESTS: tuple[Told, ...] = (
    *(("{level} in house", count, "", "") for count in (1, 2, 5, 11)), ("Arriving", 7, "V3 1 · V4 2 · V5 4", ""), ("Groups in house", 46, "2", ""), ("Groups arriving", 28, "", ""),
    ("Weddings", 1, "", ""), ("Meetings and banquets", 4, "", ""), ("Private rooms", 13, "13 16 3 A", ""),
)  # fmt: skip
BIRTHDAYS: tuple[Told, ...] = (("Birthdays", 1, "", ""), ("Birthday in house", 1, "", ""), ("Birthdays tomorrow", 3, "", ""), ("Birthdays in two days", 1, "", ""))
WAITING: tuple[Told, ...] = (
    ("Promised for today", 3, "61,500.00", ""), ("Visits planned", 9, "", ""), ("Follow-ups overdue", 14, "", ""), ("Complaints open", 5, "", ""),
    ("Severe complaints open", 1, "", ""), ("Slips overdue", 2, "", ""), ("Kitchen cards unsigned", 1, "", ""), ("Papers not signed by all", 6, "", ""),
)  # fmt: skip


class Walk:
    """The hands, and the page they come back to."""

    def __init__(self, hands: Hands) -> None:
        self.hands, self.page = hands, today(hands)

    def back(self) -> Any:
        """*Today* as it is now, by its key, with the keyboard on a figure."""
        before = self.page._board
        self.hands.press(Qt.Key.Key_F4)
        self.hands.wait(lambda: self.hands.window.stack.currentWidget() is self.page and self.page._board is not before and self.hands.focus() in self.page.cards)
        open_folds(self.hands, self.page)
        return self.page

    def figures(self, label: str) -> list[Any]:
        return [card for card in self.page.cards if card.line.label.source == label]

    def see(self, told: tuple[Told, ...]) -> None:
        """Each figure says what it should and opens as many rows."""
        for label, count, beside, below in told:
            (card,) = (each for each in self.figures(label) if each.line.count == count)
            assert all(piece in say(card.line.amount) for piece in beside.split()), (label, say(card.line.amount))
            assert all(piece in say(card.line.note or "") for piece in below.split()), (label, card.line.note)
            open_rows(self.hands, self.page, card)

    def rows(self, label: str) -> Any:
        """A figure's rows, with the keyboard on them."""
        panel = open_rows(self.hands, self.page, self.figures(label)[0])
        self.hands.press(SPACE)
        self.hands.wait(lambda: panel.view.hasFocus())
        return panel.view

    def open(self, label: str, row_id: int) -> None:
        """A row of a figure, found by going down, on its own page."""
        view = self.rows(label)
        for _ in range(MOST):
            if view.current_id() == row_id:
                break
            self.hands.press(DOWN)
        record = self.page.rows.panel.record.key
        self.hands.press(ENTER)
        self.hands.wait(lambda: self.hands.window.shown() == (record, row_id))

    def show_day(self, day: str) -> None:
        """Another day's board, its day typed."""
        for _ in range(MOST):
            if isinstance(self.hands.focus(), DayEditor):
                break
            self.hands.press(BACK_TAB, SHIFT)
        self.hands.press(Qt.Key.Key_A, CTRL)
        self.hands.write(day)
        self.hands.press(ENTER)
        self.hands.wait(lambda: self.page._board.day == day)

    def line(self, key: Qt.Key, typed: str, understood: str) -> None:
        """A line typed behind its key; saved once it is understood."""
        self.hands.press(key)
        self.hands.write(typed)
        self.hands.wait(lambda: (found := self.hands.find(QuickLine)) and any(understood in words for words in found.parts.words()))
        self.hands.press(ENTER)
        self.hands.wait(lambda: self.hands.find(QuickLine) is None)

    def put_away(self) -> None:
        """The paper is closed; the screen gives the keyboard back to the window, as any does."""
        self.hands.press(ESCAPE)
        self.hands.wait(lambda: self.hands.find(PaperView) is None)
        self.hands.window.activateWindow()
        self.hands.wait(self.hands.window.isActiveWindow)

    def one(self, sql: str, *values: Any) -> Any:
        return self.hands.rows(sql, *values)[0][0]


def test_the_day_is_lived_through_without_a_break(hands: Hands) -> None:
    walk = Walk(hands)
    open_folds(hands, walk.page)
    the_house(walk)
    the_guests(walk)
    what_waits(walk)
    other_days(walk)
    what_comes_in(walk)
    the_hand_over(walk)


def the_house(walk: Walk) -> None:
    walk.see(HOUSE)


def the_guests(walk: Walk) -> None:
    """Who is here and comes; the tasting of the quarrelling wedding is at two."""
    walk.see(GUESTS)
    tasting = walk.one("select id from booking where day = ? and kind = 'wedding' and gone is null", TODAY)
    walk.open("Weddings", tasting)
    assert walk.hands.rows("select time, name, remark like '%试菜%' from booking where id = ?", tasting) == [("14:00", "陈屹", 1)]
    walk.back()
    walk.see(BIRTHDAYS)
    guest = walk.one("select id from person where name = '俞闻笛'")
    walk.open("Birthdays in two days", guest)
    QGuiApplication.clipboard().clear()
    walk.hands.press(Qt.Key.Key_C, CTRL | SHIFT)
    walk.hands.wait(lambda: "俞" in QGuiApplication.clipboard().text())
    walk.back()


def what_waits(walk: Walk) -> None:
    """What waits for somebody, the four that wait for her own yes among them; a paper that is issued waits for its signatures from then on."""
    walk.see(WAITING)
    yes = [card for card in walk.page.cards if card.line.group == "approvals"]
    assert sum(card.line.count for card in yes) == 4
    for card in yes:
        open_rows(walk.hands, walk.page, card)
    coming = walk.one("select v.id from vip_stay as v join person as p on p.id = v.guest_id where p.name = '郭砚平' and v.stage = 'approved'")
    walk.open("Coming in 7 days", coming)
    issue(walk, coming)
    walk.back()
    walk.see((("Papers not signed by all", 7, "", ""),))


def issue(walk: Walk, about: int) -> None:
    """The paper of what is shown, under a number."""
    hands = walk.hands
    hands.press(Qt.Key.Key_P, CTRL)
    hands.wait(lambda: (view := hands.find(PaperView)) and view.pages.has_picture(0))
    view = hands.find(PaperView)
    for _ in range(MOST):
        if hands.focus() is view.issue_button:
            break
        hands.press(TAB)
    hands.press(SPACE)
    hands.wait(lambda: hands.rows("select state, unsigned > 0 from paper where about_row = ?", about) == [("current", 1)])
    hands.wait(lambda: view.made is not None and view.made.issued is not None and view.print_button.isEnabled())
    walk.put_away()


def other_days(walk: Walk) -> None:
    """Yesterday and a year ago are other days; back to this one."""
    seen = {house(walk.page)}
    for day in ("2026-11-17", "2025-11-18"):
        walk.show_day(day)
        walk.hands.wait(lambda: house(walk.page) not in seen)
        seen.add(house(walk.page))
    walk.back()
    assert house(walk.page) == (64, 191, 58)


def what_comes_in(walk: Walk) -> None:
    """The phone, a guest in the lobby, a preference, money, a dinner, a thing to do."""
    hands = walk.hands
    visits = walk.one("select count(*) from visit")
    phone = str(walk.one("select phone from person where name = '霍明翊'"))
    hands.press(Qt.Key.Key_F2)
    hands.write(phone[-4:])
    hands.wait(lambda: (box := hands.find(CardBox)) and box.found and box.found[0].phone.endswith(phone[-4:]))
    hands.press(ENTER)
    hands.write("要报价 下周五再联系")
    hands.press(ENTER)
    hands.wait(lambda: walk.one("select count(*) from visit") == visits + 1)
    hands.wait(lambda: hands.find(QuickLine) is None)
    hands.press(Qt.Key.Key_F3)
    hands.write("1211")
    hands.wait(lambda: (box := hands.find(CardBox)) and box.found and box.found[0].name == "俞闻笛")
    hands.press(SPACE)
    hands.wait(lambda: walk.one("select count(*) from visit") == visits + 2)
    hands.press(ESCAPE)
    hands.wait(lambda: hands.find(CardBox) is None)
    walk.line(Qt.Key.Key_F6, "霍明翊 不吃芒果 过敏 听太太说", "霍明翊")
    assert hands.rows("select polarity, allergen from preference order by id desc limit 1") == [("never", "mango")]
    walk.line(Qt.Key.Key_F7, "到账 18600 绍兴鹿渚", "鹿渚文化")
    assert hands.rows("select amount, unapplied from receipt where gone is null order by id desc limit 1") == [(1_860_000, 0)]
    walk.line(Qt.Key.Key_F9, "周六晚 12位 包厢", "12")
    assert walk.one("select count(*) from booking where day = '2026-11-21' and people = 12 and remark = '周六晚 12位 包厢'") == 1


def the_hand_over(walk: Walk) -> None:
    """What is left, a note, and the sheet of it."""
    hands = walk.hands
    hands.press(Qt.Key.Key_J, CTRL)
    hands.wait(lambda: hands.window.stack.currentWidget() is hands.window.page("handover"))
    page = hands.window.page("handover")
    hands.wait(lambda: page._found is not None and page.form.values().get("risks"))
    assert page.model.items
    assert page.risks.items
    hands.wait(page.form.cells["note"].editor.hasFocus)
    hands.write("霍博士明日 15:40 到，菜单未换")
    hands.press(Qt.Key.Key_S, CTRL)
    hands.wait(lambda: walk.one("select count(*) from handover where note like '霍博士明日%' and items <> '' and risks <> ''") == 1)
    hands.press(Qt.Key.Key_P, CTRL)
    hands.wait(lambda: (view := hands.find(PaperView)) and view.pages.has_picture(0))
    assert hands.find(PaperView).shown.sheets.count == 1
    walk.put_away()
