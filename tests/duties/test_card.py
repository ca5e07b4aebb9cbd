"""The call card: who is meant by a few digits or letters, and what it says of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import DUTIES
from crm_desktop.duties.clients.card import Card, call_cards
from crm_desktop.duties.clients.pages_card import CallCard
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.clients.records_roles import ROLE
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.duties.stays.records import BOOKED, IN_HOUSE, STAY
from crm_desktop.duties.visits.queries_promises import promises
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record import dates
from crm_desktop.record.duty import Duty, Entries, NowPoint
from crm_desktop.record.text import LANGUAGES, Text, use
from crm_desktop.store import pages, search
from crm_desktop.ui.search_box import find_with_facts
from tests import samples

DAY = "2026-11-18"
BY = {"account": ("account_id",), "person": ("person_id",)}


def _owes(reader: Any, record: str, row_id: int, day: str) -> list[NowPoint]:
    return [NowPoint(Text("{label}: {count}", label="owes", count=row_id), "red", ("receivable", [("account_id", "=", row_id)]))] if record == "account" else []


def _facts(reader: Any, record: str, ids: Any) -> dict[int, Text]:
    return {row_id: Text("owes much") for row_id in ids if record == "account"}


VISITS = Entries("visit", "phone", "day", BY, ("words",), lambda row: str(row["words"]), time="time", chip="kind", when=("state", "done"))
OTHER = Duty("other", Text("Other"), now=_owes, hit_facts=_facts, entries=(VISITS,))
SAID = Duty("said", Text("Said"), records=(VISIT,), card=promises)
HOUSE = (*(duty for duty in DUTIES if duty.key != "visits"), SAID, OTHER)


@pytest.fixture
def people(desk: Desk) -> dict[str, int]:
    unit = samples.account(desk, "澄籁精密制造", level="A", relation="strained", phone="0575-00001234")
    ids = {"unit": unit}
    for name, phone, position in (("祁曼", "199 0000 1001", "订房联系人"), ("单翊飞", "199 0000 1002", "总经理"), ("霍明翊", "199 1001 0077", "")):
        ids[name] = samples.added(desk, PERSON, name=name, phone=phone, position=position, account_id=unit, role="booker", sex="female")
    for day, words in (("2026-11-17", "问年会报价"), ("2026-11-10", "寄了协议"), ("2026-10-02", "节日问候"), ("2026-09-01", "走访")):
        samples.added(desk, VISIT, account_id=unit, person_id=ids["祁曼"], day=day, words=words, kind="call")
    samples.added(desk, VISIT, account_id=unit, person_id=ids["祁曼"], day="2026-11-05", words="x", their_promise="25号前付5万", our_promise="")
    samples.added(desk, VISIT, account_id=unit, day="2026-10-05", words="x", their_promise="年底签约", our_promise="发协议价")
    samples.added(desk, VISIT, account_id=unit, person_id=ids["祁曼"], day="2026-12-05", words="still planned", state="planned")
    samples.added(desk, PREFERENCE, person_id=ids["祁曼"], polarity="never", name="花生")
    samples.stay(desk, "2026-11-25", "2026-11-26", company_id=unit, status=BOOKED)
    return ids


def cards(desk: Desk, typed: str) -> list[Card]:
    return call_cards(desk.store.writer, typed, DAY, HOUSE)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("1001", "祁曼"), ("1002", "单翊飞"), ("0077", "霍明翊"), ("19900001001", "祁曼"), ("qm", "祁曼"), ("syf", "单翊飞"), ("shan", "单翊飞"), ("霍", "霍明翊"), ("1234", "澄籁精密制造"), ("clj", "澄籁精密制造")],
)
def test_who_is_meant(desk: Desk, people: dict[str, int], typed: str, first: str) -> None:
    assert cards(desk, typed)[0].name == first


def test_the_end_of_a_number_comes_before_its_middle(desk: Desk, people: dict[str, int]) -> None:
    assert [card.name for card in cards(desk, "1001")] == ["祁曼", "霍明翊"]
    assert search.ending(desk.store.writer, PERSON, "1001", 5) == [people["祁曼"]]


@pytest.mark.parametrize("typed", ["", "  ", "nobody at all", '"', "8888"])
def test_nobody_is_meant(desk: Desk, people: dict[str, int], typed: str) -> None:
    assert cards(desk, typed) == []


def test_all_that_the_card_of_a_contact_says(desk: Desk, people: dict[str, int]) -> None:
    card = cards(desk, "1001")[0]
    assert (card.record, card.row_id, card.unit) == ("person", people["祁曼"], (people["unit"], "澄籁精密制造"))
    assert [str(words) for words in card.place] == ["订房联系人", "Booker"]
    assert str(card.address) == "Ms 祁"
    assert [(str(words), tone) for words, tone in card.chips] == [("Class A", "green"), ("Strained", "amber")]
    assert [str(point.words) for point in card.now] == ["Never: 花生"]
    assert {f"owes: {people['unit']}", "Next arrival 2026-11-25"} <= {str(point.words) for point in card.unit_now}  # the unit's, said as the unit's
    assert [str(entry.words) for entry in card.contacts] == ["问年会报价", "寄了协议", "x"]
    assert [(str(fact.label), fact.value, fact.note) for fact in card.facts] == [
        ("They promised", "25号前付5万", "2026-11-05"), ("We promised", "发协议价", "2026-10-05"),
    ]  # fmt: skip
    assert {row_id for row_id, _ in card.others} == {people["单翊飞"], people["霍明翊"]}


def test_whoever_speaks_for_the_unit_is_named_before_its_guests(desk: Desk, people: dict[str, int]) -> None:
    for name in ("阿强", "白梅"):
        samples.added(desk, PERSON, name=name, account_id=people["unit"], role="guest")
    decider = samples.added(desk, PERSON, name="郑总", account_id=people["unit"], role="decision-maker", position="总经理")
    others = cards(desk, "1001")[0].others
    words = [str(words) for _, words in others]
    assert (others[0][0], words[0]) == (decider, "郑总 总经理 (Decision maker)")
    assert (set(words[1:3]), set(words[3:])) == ({"单翊飞 总经理 (Booker)", "霍明翊 (Booker)"}, {"阿强", "白梅"})


def test_who_left_says_whom_they_stood_for(desk: Desk, people: dict[str, int]) -> None:
    left = samples.added(desk, PERSON, name="方离", phone="199 0000 3003")
    samples.added(desk, ROLE, person_id=left, account_id=people["unit"], role="booker", since="2021-07-19", until="2026-09-19")
    card = cards(desk, "3003")[0]
    assert card.unit is None
    assert "With 澄籁精密制造 until 2026-09-19" in [str(words) for words in card.place]


def test_who_is_expected_is_not_in_house(desk: Desk, people: dict[str, int]) -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))
    samples.stay(desk, DAY, "2026-11-20", guest_id=people["霍明翊"], company_id=people["unit"], room_no="1606", status=BOOKED)
    samples.stay(desk, "2026-11-17", "2026-11-20", company_id=people["unit"], room_no="905", status=IN_HOUSE)
    card = cards(desk, "0077")[0]
    assert [str(point.words) for point in card.now] == ["Arrives today"]
    here = next(point for point in card.unit_now if "905" in str(point.words))
    assert here.opens is not None
    assert not isinstance(here.opens[1], int)
    assert pages.count(desk.store.writer, pages.ListQuery(STAY, here.opens[1])) == 1


def test_a_contact_nobody_spoke_to_shows_what_was_said_to_the_client(desk: Desk, people: dict[str, int]) -> None:
    assert [str(entry.words) for entry in cards(desk, "0077")[0].contacts] == ["问年会报价", "寄了协议", "x"]
    unit = cards(desk, "1234")[0]
    assert (unit.record, unit.unit, len(unit.others)) == ("account", None, 3)


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("width", [460, 620])
def test_the_card_shows_it_within_its_width(qtbot: Any, desk: Desk, people: dict[str, int], spoken: str, width: int) -> None:
    use(spoken)
    widget = CallCard()
    qtbot.addWidget(widget)
    widget.setFixedWidth(width)
    widget.show_card(cards(desk, "1001")[0])
    widget.show()
    widget.adjustSize()
    qtbot.wait(20)
    for part in (widget.name, widget.place, widget.now, widget.unit_now, widget.facts, widget.contacts, widget.others):
        assert part.isVisible()
        assert part.geometry().right() <= width
    assert widget.now.chips[0].point.tone == "red"  # what needs somebody stands first
    heard: list[tuple[str, int]] = []
    widget.opened.connect(lambda record, row_id: heard.append((record, row_id)))
    widget.unit.click()
    widget.now.chips[0].click()
    assert heard[0] == ("account", people["unit"])
    assert len(heard) == 2
    widget.show_card(cards(desk, "1234")[0])
    assert widget.unit.isHidden()


def test_the_search_says_beside_a_client_what_is_owed(desk: Desk, people: dict[str, int]) -> None:
    from crm_desktop.duties.clients.records import ACCOUNT

    found = {hit.id: str(hit.note) for hit in find_with_facts((OTHER,), desk.store.writer, "1234", 6, (ACCOUNT, PERSON))}
    assert found[people["unit"]].startswith("owes much · ")
    found = {hit.id: str(hit.note) for hit in find_with_facts((OTHER,), desk.store.writer, "1001", 6, (ACCOUNT, PERSON))}
    assert "owes" not in found[people["祁曼"]]
