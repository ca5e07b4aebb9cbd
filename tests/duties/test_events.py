"""Guest events: whom to invite, who sits where, the budget that was approved, what each guest cost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.events import actions, queries, rules
from crm_desktop.duties.events.records import BIG_EVENT, EVENT_GUEST, EVENT_LINE
from crm_desktop.duties.events.rules import Party
from crm_desktop.duties.feedback import rules as feedback
from crm_desktop.duties.today.records import TURN
from crm_desktop.record import dates
from crm_desktop.record.text import Refused
from tests.samples import account, added, change, hotel, row, sound, stay

TODAY = "2026-11-18"
PARTIES = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["A", "B", "C", ""]), st.integers(1, 6)), max_size=25)


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def test_people_of_a_client_sit_together_and_the_best_first() -> None:
    parties = [Party(1, 7, "B", 2), Party(2, 8, "A", 1), Party(3, 7, "B", 1), Party(4, 9, "C", 3)]
    assert rules.seated(parties, 2, 4) == {2: 1, 1: 1, 3: 1, 4: 2}
    assert rules.seated(parties, 2, 4, {1: 3}) == {2: 1, 1: 2, 3: 2}, "the party of three finds no table"


@given(PARTIES, st.integers(0, 6), st.integers(1, 10), st.randoms(use_true_random=False))
def test_no_table_is_overfull_and_the_order_does_not_matter(given_: list[tuple[int, str, int]], tables: int, chairs: int, dice: Any) -> None:
    parties = [Party(at, *each) for at, each in enumerate(given_)]
    places = rules.seated(parties, tables, chairs)
    persons = {party.id: party.persons for party in parties}
    full = {table: sum(persons[at] for at, there in places.items() if there == table) for table in range(1, tables + 1)}
    assert all(total <= chairs for total in full.values())
    assert not [at for at in persons if at not in places and any(chairs - total >= persons[at] for total in full.values())], "nobody stands where a table has room"
    mixed = list(parties)
    dice.shuffle(mixed)
    assert rules.seated(mixed, tables, chairs) == places


@given(st.lists(st.tuples(st.sampled_from(["A", "B", "C", "D", ""]), st.integers(1, 3)), max_size=20), st.dictionaries(st.integers(1, 3), st.integers(0, 5)), st.sets(st.integers(0, 19)))
def test_the_list_keeps_the_quotas(given_: list[tuple[str, int]], quotas: dict[int, int], listed: set[int]) -> None:
    clients = [(at, level, seller) for at, (level, seller) in enumerate(given_)]
    out = rules.chosen(clients, quotas, listed)
    assert len(out) == len(set(out))
    assert not set(out) & listed
    for seller in (1, 2, 3):
        mine = [at for at, _, owner in clients if owner == seller]
        new = [at for at in out if at in mine]
        assert not new or len(new) + len(listed & set(mine)) <= quotas.get(seller, 0)
        left_out = [clients[at][1] for at in mine if at not in out and at not in listed and clients[at][1]]
        assert not new or not left_out or max(clients[at][1] for at in new) <= min(left_out)


@pytest.mark.parametrize(("actual", "came", "each"), [(41_300_00, 71, 581_69), (0, 71, None), (100, 0, None), (100, 8, 13)])
def test_what_a_guest_cost(actual: int, came: int, each: int | None) -> None:
    assert rules.per_guest(actual, came) == each


def test_the_four_counts_stand_before_the_score() -> None:
    assert feedback.counted({"satisfied": 27, "very-satisfied": 61, "dissatisfied": 3}) == "61 / 27 / 0 / 3"


# at the desk


@pytest.fixture
def event(desk: Desk) -> int:
    return added(desk, BIG_EVENT, name="客户年会", day="2026-12-19", tables=2, per_table=3, purpose="答谢")


def move(desk: Desk, record: Any, at: int, key: str, reason: str = "", **values: Any) -> None:
    desk.move(record, at, row(desk, record, at)["version"], key, reason=reason, values=values)


def invited(desk: Desk, event: int, state: str = rules.COMING, **values: Any) -> int:
    return added(desk, EVENT_GUEST, event_id=event, state=state, **values)


def test_from_the_scheme_to_the_summary(desk: Desk, reader: Any, event: int) -> None:
    with pytest.raises(Refused, match="budget lines"):
        move(desk, BIG_EVENT, event, "submit")
    food = added(desk, EVENT_LINE, event_id=event, kind=rules.COST, name="宴会餐饮", planned=60_000_00)
    move(desk, BIG_EVENT, event, "submit")
    with pytest.raises(Refused, match="budget is in approval"):
        change(desk, EVENT_LINE, food, planned=90_000_00)
    with pytest.raises(Invalid, match="budget is in approval"):
        added(desk, EVENT_LINE, event_id=event, kind=rules.COST, name="演出", planned=1_00)
    move(desk, BIG_EVENT, event, "approve")
    with pytest.raises(Refused, match="not over yet"):
        move(desk, BIG_EVENT, event, "hold")
    change(desk, BIG_EVENT, event, day="2026-10-10")
    firm = account(desk, "禾渚软件", level="A")
    guest = invited(desk, event, rules.SENT, account_id=firm, persons=2)
    move(desk, EVENT_GUEST, guest, "came")
    move(desk, BIG_EVENT, event, "hold")
    change(desk, EVENT_LINE, food, actual=61_000_00)
    with pytest.raises(Refused, match="write why"):
        move(desk, BIG_EVENT, event, "sum-up", summary="到 2 位")
    move(desk, BIG_EVENT, event, "sum-up", summary="到 2 位", why="加素席")
    kept = row(desk, BIG_EVENT, event)
    assert (kept["came"], kept["each"], kept["over"], kept["code"]) == (2, 30_500_00, 1_000_00, "HD-2026-0001")
    for arrival, departure in (("2026-08-01", "2026-08-03"), ("2026-10-20", "2026-10-21"), ("2026-10-10", "2026-10-11"), ("2026-06-01", "2026-06-09")):
        stay(desk, arrival, departure, company_id=firm)
    assert queries.business(reader, event, "2026-10-10", TODAY) == [(-90, 1_500_00), (30, 500_00), (90, None)]
    assert [figure.label.source for figure in queries.figures(reader, "big_event", event, TODAY)][-2:] == ["90 days before", "30 days after"]
    sound(desk.store)


def test_no_table_has_more_guests_than_chairs(desk: Desk, event: int) -> None:
    first = invited(desk, event, name="一", persons=2, table_no=1)
    second = invited(desk, event, name="二", persons=2)
    with pytest.raises(Refused, match="Table 1 has 3 chairs, this would make 4"):
        change(desk, EVENT_GUEST, second, table_no=1)
    with pytest.raises(Invalid, match="There are 2 tables"):
        change(desk, EVENT_GUEST, second, table_no=3)
    third = invited(desk, event, name="三", persons=1)
    actions.give_tables(desk, event)
    assert [row(desk, EVENT_GUEST, at)["table_no"] for at in (first, second, third)] == [1, 2, 1]
    with pytest.raises(Refused, match="no table has room"):
        actions.give_tables(desk, event)
    move(desk, EVENT_GUEST, first, "decline")
    assert row(desk, EVENT_GUEST, first)["table_no"] is None
    desk.undo()
    assert row(desk, EVENT_GUEST, first)["table_no"] == 1
    with pytest.raises(Invalid, match="who is invited"):
        invited(desk, event)
    sound(desk.store)


def test_the_list_is_drawn_up_by_quota(desk: Desk, reader: Any, event: int) -> None:
    zhou = added(desk, STAFF, name="周一禾")
    firms = [account(desk, name, level=level, owner_id=zhou) for name, level in (("丙", "C"), ("甲", "A"), ("乙", "B"), ("无级", ""))]
    contact = added(desk, PERSON, name="仇蕴仪", account_id=firms[1], role="booker")
    with pytest.raises(Refused, match="how many guests each seller"):
        actions.draw_list(desk, event)
    added(desk, EVENT_LINE, event_id=event, kind=rules.QUOTA, name="周一禾邀请", number=2, owner_id=zhou)
    actions.draw_list(desk, event)
    found = desk.store.writer.execute("select account_id, person_id, owner_id, state from event_guest where gone is null order by id").fetchall()
    assert [tuple(each) for each in found] == [(firms[1], contact, zhou, rules.UNSENT), (firms[2], None, zhou, rules.UNSENT)]
    assert queries.by_seller(reader, event) == [(zhou, "周一禾", 2, 2, 0, 0)]
    invited(desk, event, rules.SENT, name="无单位", persons=3)
    assert queries.by_class(reader, event) == [("A", [1, 0, 0, 0, 0, 0, 0]), ("B", [1, 0, 0, 0, 0, 0, 0]), ("", [0, 3, 0, 0, 0, 0, 0])]
    desk.undo()
    with pytest.raises(Refused, match="Every quota is filled"):
        actions.draw_list(desk, event)
    desk.undo()
    assert queries.listed(reader, event) == set()
    sound(desk.store)


@pytest.mark.parametrize("kind", ["government", "institution", "state-owned"])
def test_officials_are_invited_to_public_events_only(desk: Desk, reader: Any, event: int, kind: str) -> None:
    zhou = added(desk, STAFF, name="周一禾")
    office, firm = (account(desk, name, level="A", owner_id=zhou, type=each) for name, each in (("机关", kind), ("企业", "enterprise")))
    clerk = added(desk, PERSON, name="祁主任", account_id=office, role="booker")
    for values in ({"account_id": office}, {"person_id": clerk}):
        with pytest.raises(Invalid, match="public events only"):
            invited(desk, event, rules.UNSENT, **values)
    added(desk, EVENT_LINE, event_id=event, kind=rules.QUOTA, name="周一禾邀请", number=5, owner_id=zhou)
    actions.draw_list(desk, event)
    assert queries.listed(reader, event) == {firm}
    change(desk, BIG_EVENT, event, public=1)
    actions.draw_list(desk, event)
    assert queries.listed(reader, event) == {firm, office}
    change(desk, BIG_EVENT, event, public=0)
    guest = desk.store.writer.execute("select id from event_guest where account_id = ?", (office,)).fetchone()[0]
    with pytest.raises(Invalid, match="public events only"):
        move(desk, EVENT_GUEST, guest, "send")
    sound(desk.store)


# in the booking register


def ready(desk: Desk, name: str = "客户年会", **values: Any) -> int:
    at = added(desk, BIG_EVENT, **({"name": name, "day": "2026-12-19", "time": "18:00", "place": "澜庭大宴会厅", "tables": 20, "per_table": 10, "purpose": "答谢"} | values))
    added(desk, EVENT_LINE, event_id=at, kind=rules.COST, name="宴会餐饮", planned=60_000_00)
    return at


def test_an_event_books_its_hall_and_tells_its_helpers(desk: Desk) -> None:
    house = hotel(desk)
    zhou = added(desk, STAFF, name="周一禾")
    event = ready(desk)
    added(desk, EVENT_LINE, event_id=event, kind=rules.HELPER, name="签到", owner_id=zhou)
    for key in ("submit", "approve"):
        move(desk, BIG_EVENT, event, key)
    booking = row(desk, BIG_EVENT, event)["booking_id"]
    kept = row(desk, BOOKING, booking)
    assert (kept["state"], kept["day"], kept["place"], kept["tables"], kept["people"], kept["remark"]) == ("definite", "2026-12-19", "澜庭大宴会厅", 20, 200, "签到 周一禾")
    added(desk, EVENT_LINE, event_id=event, kind=rules.HELPER, name="摄影", owner_id=zhou)
    told = desk.store.writer.execute("select name, due, owner_id from follow_up where gone is null order by id").fetchall()
    assert [tuple(each) for each in told] == [("客户年会: 签到", "2026-12-19", zhou), ("客户年会: 摄影", "2026-12-19", zhou)]
    change(desk, BIG_EVENT, event, day="2026-12-20", tables=22)
    assert (row(desk, BOOKING, booking)["day"], row(desk, BOOKING, booking)["tables"]) == ("2026-12-20", 22)
    wedding = added(desk, BOOKING, kind="wedding", day="2026-12-26", time="17:30", place="澜庭大宴会厅 A", name="陈府婚宴", state="definite", hotel_id=house)
    with pytest.raises(Refused, match="is taken on 2026-12-26: 陈府婚宴 17:30"):
        change(desk, BIG_EVENT, event, day="2026-12-26")
    assert row(desk, BIG_EVENT, event)["day"] == "2026-12-20"
    second = ready(desk, "品鉴会", day="2026-12-26")
    with pytest.raises(Refused, match="陈府婚宴"):
        move(desk, BIG_EVENT, second, "submit")
    move(desk, BOOKING, wedding, "cancel", "改期")
    move(desk, BIG_EVENT, second, "submit")
    move(desk, BIG_EVENT, event, "cancel", "疫情")
    assert row(desk, BOOKING, booking)["state"] == "cancelled"
    desk.undo()
    assert row(desk, BOOKING, booking)["state"] == "definite"
    sound(desk.store)


def tasks(desk: Desk) -> list[tuple[str, str, int, str]]:
    found = desk.store.writer.execute("select name, due, owner_id, state from follow_up where gone is null order by id").fetchall()
    return [tuple(each) for each in found]


@pytest.mark.parametrize(("one", "other", "meet"), [
    (("18:00", "21:00"), ("20:00", "22:00"), True), (("18:00", "21:00"), ("09:00", "18:00"), False), (("18:00", ""), ("21:00", "22:00"), True),
    (("", ""), ("09:00", "10:00"), True), (("18:00", "21:00"), ("", ""), True), (("18:00", "21:00"), ("21:00", ""), False),
])  # fmt: skip
def test_times_that_meet(one: tuple[str, str], other: tuple[str, str], meet: bool) -> None:
    assert rules.overlap(*one, *other) is rules.overlap(*other, *one) is meet


def test_a_helper_is_there_that_day_and_knows_of_every_change(desk: Desk, reader: Any) -> None:
    hotel(desk)
    zhou, tang, left = added(desk, STAFF, name="周一禾"), added(desk, STAFF, name="唐屿"), added(desk, STAFF, name="贺小满", left_on="2026-11-30")
    leave = added(desk, TURN, day="2026-12-19", kind="away", owner_id=zhou)
    event = ready(desk, ends="21:00")
    with pytest.raises(Refused, match=r"周一禾 is on leave on 2026-12-19\. Choose somebody else for '签到', or change the rota first"):
        added(desk, EVENT_LINE, event_id=event, kind=rules.HELPER, name="签到", owner_id=zhou)
    with pytest.raises(Refused, match="贺小满 leaves the house before 2026-12-19"):
        added(desk, EVENT_LINE, event_id=event, kind=rules.HELPER, name="签到", owner_id=left)
    line = added(desk, EVENT_LINE, event_id=event, kind=rules.HELPER, name="签到", owner_id=tang)
    out = added(desk, TURN, day="2026-12-19", kind="out", owner_id=tang, begins="19:00", ends="20:00", name="柯桥")
    with pytest.raises(Refused, match="唐屿 is out then: 柯桥"):
        move(desk, BIG_EVENT, event, "submit")
    change(desk, TURN, out, begins="09:00", ends="11:00")
    for key in ("submit", "approve"):
        move(desk, BIG_EVENT, event, key)
    assert tasks(desk) == [("客户年会: 签到", "2026-12-19", tang, "open")]
    other = ready(desk, "品鉴会", place="听雨")
    with pytest.raises(Refused, match="唐屿 helps at '客户年会' then"):
        added(desk, EVENT_LINE, event_id=other, kind=rules.HELPER, name="摄影", owner_id=tang)
    with pytest.raises(Refused, match="on leave"):
        change(desk, EVENT_LINE, line, owner_id=zhou)
    desk.remove(TURN, leave, 1)
    change(desk, EVENT_LINE, line, owner_id=zhou)
    change(desk, BIG_EVENT, event, day="2026-12-20")
    assert tasks(desk) == [("客户年会: 签到", "2026-12-20", zhou, "open")], "who helps instead has it, on the new day"
    added(desk, TURN, day="2026-12-20", kind="away", owner_id=zhou)
    absent = next(figure for figure in queries.figures(reader, "big_event", event, TODAY) if figure.label.source == "Helpers who are not there")
    assert (absent.value, absent.opens) == ("1", [("id", "in", (line,))])
    move(desk, BIG_EVENT, event, "cancel", "改期")
    assert tasks(desk) == [("客户年会: 签到", "2026-12-20", zhou, "expired")]
    sound(desk.store)


def test_who_lives_in_the_house_is_invited_to_what_is_done_for_them(desk: Desk) -> None:
    house = hotel(desk)
    firm = account(desk, "长包单位")
    for name, nights, status in (("长住", 30, "In-House"), ("过客", 2, "In-House"), ("走了", 30, "Check-Out")):
        guest = added(desk, PERSON, name=name, account_id=firm)
        stay(desk, "2026-11-01", dates.add_days("2026-11-01", nights), status=status, guest_id=guest, room_no=name, hotel_id=house)
    event = added(desk, BIG_EVENT, name="社区重阳茶会", day="2026-12-19", kind="community", partners="澜棠路社区", purpose="邻里")
    actions.draw_residents(desk, event)
    found = desk.store.writer.execute("select p.name, g.account_id, g.state from event_guest as g join person as p on p.id = g.person_id where g.gone is null").fetchall()
    assert [tuple(each) for each in found] == [("长住", firm, rules.UNSENT)]
    with pytest.raises(Refused, match="Nobody lives"):
        actions.draw_residents(desk, event)
    sound(desk.store)
