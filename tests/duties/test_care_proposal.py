"""The month's plan proposed: every reason with its points, what keeps a client out, on which day, and taking it into the plan."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.records import STAFF
from crm_desktop.duties import RECORDS
from crm_desktop.duties.care import actions_proposal as actions
from crm_desktop.duties.care import queries_proposal as queries
from crm_desktop.duties.care import rules_proposal as rules
from crm_desktop.duties.care import words_proposal as words
from crm_desktop.duties.care.records import CARE_PLAN
from crm_desktop.duties.care.records_standard import CARE_HOLD, CARE_STANDARD
from crm_desktop.duties.care.rules_proposal import Client, Date, Month, Touch
from crm_desktop.duties.care.rules_standard import DEFAULTS, is_sincere, is_sincere_item, standard_on
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days
from crm_desktop.record.text import Refused, say, use
from crm_desktop.record.workdays import is_working
from crm_desktop.store.store import Store
from tests.hotel import Hotel
from tests.samples import PERSON, account, added, row

BEGIN, LAST = "2026-12-01", "2026-12-31"
SEEN = "2026-11-30"


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def client(level: str = "A", **facts: Any) -> Client:
    given: dict[str, Any] = {"last": SEEN, "owner_id": 7} | facts
    return Client(1, "澄籁精密", level, **given)


def keys(one: Client) -> dict[str, int]:
    return {reason.key: reason.points for reason in rules.reasons(one, BEGIN, DEFAULTS[one.level])}


# the standard


@pytest.mark.parametrize(("kind", "result", "sincere"), [
    ("visit", "", True), ("visit", "not-met", False), ("call", "", True), ("call", "not-met", False), ("chat", "", False), ("chat", "demand", True),
    ("meal", "kept-up", True), ("table", "", True), ("letter", "demand", False),
])  # fmt: skip
def test_a_sincere_touch_is_two_way_or_in_person(kind: str, result: str, sincere: bool) -> None:
    assert is_sincere(kind, result) is sincere


@pytest.mark.parametrize(("kind", "reaction", "sincere"), [("visit", "", True), ("gift", "", False), ("gift", "glad", True), ("festival", "none", False), ("data", "", False)])
def test_what_is_sent_counts_when_it_was_answered(kind: str, reaction: str, sincere: bool) -> None:
    assert is_sincere_item(kind, reaction) is sincere


def test_the_standard_of_a_day() -> None:
    rows = [{"level": "A", "since": "2026-01-01", "silence": 15, "id": 1}, {"level": "A", "since": "2026-12-15", "silence": 10, "id": 2}]
    silences = [(standard_on(rows, level, day) or {}).get("silence") for level, day in (("A", "2025-06-01"), ("A", "2026-12-14"), ("A", "2026-12-15"), ("B", BEGIN), ("", BEGIN))]
    assert silences == [20, 15, 10, 35, None]


# reasons


@pytest.mark.parametrize(("late", "allowed", "points"), [(0, 20, 0), (1, 20, 2), (10, 20, 15), (20, 20, 30), (39, 20, 59), (40, 20, 60), (400, 20, 60), (35, 35, 30), (50, 200, 8)])
def test_points_of_a_silence(late: int, allowed: int, points: int) -> None:
    assert rules.late_points(late, allowed) == points


@pytest.mark.parametrize(("facts", "found"), [
    ({}, {}),
    ({"last": "2026-11-11"}, {}), ({"last": "2026-11-10"}, {"late": 2}), ({"last": "2026-10-22"}, {"late": 30}), ({"last": ""}, {"never": 30}),
    ({"last": "2026-10-22", "planned": True}, {}),
    ({"first_stay": "2026-10-01", "last_stay": "2026-10-13", "stays": 3}, {"quiet": 40}), ({"first_stay": "2026-10-01", "last_stay": "2026-10-13", "stays": 2}, {}),
    ({"first_stay": "2026-11-13", "last_stay": "2026-11-17", "stays": 5}, {}),  # nobody is quiet within a fortnight
    ({"now": 750, "before": 1000}, {"less": 35}), ({"now": 751, "before": 1000}, {}), ({"now": 0, "before": 0}, {}),
    ({"nights": 9, "nights_before": 12}, {"less": 35}), ({"nights": 8, "nights_before": 11}, {}), ({"nights": 10, "nights_before": 12}, {}),
    ({"ends": "2026-12-31"}, {"ending": 30}), ({"ends": "2027-01-30"}, {"ending": 30}), ({"ends": "2027-01-31"}, {}), ({"ends": "2026-11-30"}, {}),
    ({"dates": (Date("birthday", "2026-12-04"), Date("birthday", "2026-12-09"))}, {"date": 20}),
    ({"healed": "2026-11-01"}, {"healed": 25}), ({"healed": "2026-10-31"}, {}),
    ({"early": True}, {"thanks": 15}), ({"full": 69}, {"gaps": 10}), ({"full": 70}, {}), ({"full": 10, "level": "C"}, {}),
    ({"dates": (Date("birthday", "2026-12-04"),), "mourning": True}, {}),
])  # fmt: skip
def test_every_reason_and_its_points(facts: dict[str, Any], found: dict[str, int]) -> None:
    assert keys(client(**facts)) == found


@pytest.mark.parametrize(("facts", "why"), [
    ({}, ""), ({"hold": "consent"}, "hold"), ({"stopped": True}, "stopped"), ({"severe": "S2"}, "severe"), ({"severe": "S1", "handler_id": 8}, "severe"),
    ({"severe": "S1", "handler_id": 7}, ""), ({"touches": 3}, "full-month"), ({"touches": 2}, ""), ({"touches": 1, "planned": True}, "planned"), ({"disputed": True, "mourning": True}, ""),
])  # fmt: skip
def test_what_keeps_a_client_out(facts: dict[str, Any], why: str) -> None:
    assert rules.blocked(client(**facts), DEFAULTS["A"]) == why


BOSS = (Date("birthday", "2026-12-06", 5, "祁曼", True),)
AGREED = (BOSS[0]._replace(agreed=True),)


@pytest.mark.parametrize(("level", "facts", "kind", "budget"), [
    ("A", {"dates": BOSS}, "birthday", 300_00), ("B", {"dates": BOSS}, "birthday", 150_00), ("C", {"dates": AGREED, "last": "2025-11-01"}, "birthday", 0), ("C", {"dates": BOSS, "last": "2025-11-01"}, "call", 0), ("D", {"dates": BOSS, "last": "2024-11-01"}, "call", 0),
    ("A", {"dates": BOSS, "type": "government"}, "birthday", 0), ("A", {"dates": BOSS, "disputed": True}, "birthday", 0), ("A", {"dates": BOSS, "spent": 3_000_00}, "birthday", 0),
    ("A", {"dates": BOSS, "spent": 2_900_00}, "birthday", 100_00), ("A", {"last": "2026-10-01"}, "visit", 0), ("C", {"last": "2026-01-01"}, "call", 0),
    ("C", {"last": "2026-01-01", "ends": "2026-12-31"}, "visit", 0), ("A", {"full": 20, "early": True}, "thanks", 0), ("A", {"full": 20}, "data", 0),
    ("A", {"last": "2026-10-01", "early": True}, "visit", 0),
])  # fmt: skip
def test_how_a_client_is_touched(level: str, facts: dict[str, Any], kind: str, budget: int) -> None:
    touch = rules.propose([client(level, **facts)], BEGIN, LAST, DEFAULTS).touches[0]
    assert (touch.kind, touch.budget) == (kind, budget)
    if kind == "birthday":
        assert (touch.day, touch.person) == ("2026-12-04", "祁曼")  # the 6th is a Sunday


def test_one_date_of_a_month_counts() -> None:
    dated = client(dates=(Date("birthday", "2026-12-04", 5, "祁曼", True), Date("founded", "2026-12-09", name="9"), Date("lunar-birthday", "2026-12-02", 6, "单翊飞")))
    found = rules.reasons(dated, BEGIN, DEFAULTS["A"])
    assert [(reason.facts["kind"], reason.points) for reason in found] == [("birthday", 20), ("lunar-birthday", 0), ("founded", 0)]


def test_one_district_on_one_day_and_a_full_month() -> None:
    several = [Client(n, f"c{n}", "A", owner_id=1, district="越城" if n % 2 else "柯桥", last="2026-10-01") for n in range(6)]
    found = rules.propose(several, BEGIN, LAST, DEFAULTS).touches
    assert {one.client.district: one.day for one in found} == {"柯桥": "2026-12-01", "越城": "2026-12-02"}
    many = [Client(n, f"c{n}", "A", owner_id=1, last="2026-10-01") for n in range(100)]
    month = rules.propose(many, BEGIN, LAST, DEFAULTS, [(1, "2026-12-01", "")] * 5)
    assert (len(month.touches), Counter(one.why for one in month.left)) == (88, {"no-room": 12}), "four visits on each of 22 working days"
    assert all(one.day != "2026-12-01" for one in month.touches)
    few = Counter(one.day for one in rules.propose(many[:30], BEGIN, LAST, DEFAULTS).touches)
    assert (len(few), max(few.values())) == (23, 2), "spread over the working days"


def _clients(rows: list[dict[str, Any]]) -> list[Client]:
    return [Client(n, f"c{n}", **row) for n, row in enumerate(rows)]


DAYS = st.one_of(st.just(""), st.integers(0, 300).map(lambda n: add_days(BEGIN, -n)))
CLIENTS: st.SearchStrategy[list[Client]] = st.lists(
    st.fixed_dictionaries(dict[str, Any](
        level=st.sampled_from("ABCD"), type=st.sampled_from(["", "government"]), owner_id=st.sampled_from([None, 1, 2]), district=st.sampled_from(["", "越城", "柯桥"]),
        last=DAYS, touches=st.integers(0, 4), planned=st.booleans(), now=st.integers(0, 900), before=st.integers(0, 900), healed=DAYS, early=st.booleans(),
        full=st.one_of(st.none(), st.integers(0, 100)), hold=st.sampled_from(["", "", "", "consent"]), mourning=st.booleans(), stopped=st.booleans(),
        severe=st.sampled_from(["", "", "S1"]), handler_id=st.sampled_from([None, 1]), disputed=st.booleans(), spent=st.integers(0, 400_000),
        dates=st.lists(st.integers(0, 30).map(lambda n: Date("birthday", add_days(BEGIN, n), 9, "祁曼", n % 2 == 0)), max_size=2).map(tuple),
    )), max_size=70,
).map(_clients)  # fmt: skip


@given(CLIENTS, st.randoms(), st.lists(st.tuples(st.sampled_from([None, 1, 2]), st.integers(0, 30).map(lambda n: add_days(BEGIN, n)), st.just("越城")), max_size=25))
def test_no_cap_is_passed_and_the_same_facts_give_the_same_plan(clients: list[Client], dice: Any, taken: Any) -> None:
    month = rules.propose(clients, BEGIN, LAST, DEFAULTS, taken)
    mixed = list(clients)
    dice.shuffle(mixed)
    assert rules.propose(mixed, BEGIN, LAST, DEFAULTS, taken) == month
    ids = [one.client.id for one in month.touches]
    assert len(set(ids)) == len(ids)
    assert not set(ids) & {one.client.id for one in month.left}
    for one in month.touches:
        assert not rules.blocked(one.client, DEFAULTS[one.client.level])
        assert one.client.touches < DEFAULTS[one.client.level]["month_most"]
        assert is_working(one.day)
        assert BEGIN <= one.day <= LAST
        assert one.points >= DEFAULTS[one.client.level]["worth"] or {reason.key for reason in one.reasons} <= rules.FROM_DESK  # a letter or a thin file is worth it for any points
        assert one.budget + one.client.spent <= max(one.client.spent, DEFAULTS[one.client.level]["cap"])
        assert not (one.budget and (one.client.type or one.client.disputed))
        assert say(words.sentence(one)).count(one.client.name) == 1
    _caps(month, taken)


def _caps(month: Month, taken: Any) -> None:
    visits = [(one.client.owner_id, one.day) for one in month.touches if one.kind == rules.VISIT]
    for owner in {who for who, _ in visits}:
        there = Counter(day for who, day, _ in taken if who == owner)
        mine = Counter(day for who, day in visits if who == owner)
        assert all(count + there[day] <= rules.A_DAY for day, count in mine.items())
        for monday in ("2026-11-30", "2026-12-07", "2026-12-14", "2026-12-21", "2026-12-28"):
            week = {add_days(monday, n) for n in range(7)}
            new = sum(count for day, count in mine.items() if day in week)
            assert not new or new + sum(count for day, count in there.items() if day in week) <= rules.A_WEEK


@pytest.mark.parametrize(("typed", "day"), [
    ("24", "2026-12-24"), ("12-24", "2026-12-24"), ("12/4", "2026-12-04"), ("2026-12-31", "2026-12-31"), ("11-24", ""), ("2025-12-24", ""), ("32", ""), ("0", ""), ("x", ""), ("", ""),
])  # fmt: skip
def test_a_typed_day(typed: str, day: str) -> None:
    assert rules.typed_day(typed, "2026-12") == day


def test_a_day_is_moved_over_the_weekend_and_stays_in_its_month() -> None:
    assert rules.shifted("2026-12-04", 1, "2026-12") == "2026-12-07"
    assert rules.shifted("2026-12-07", -1, "2026-12") == "2026-12-04"
    assert rules.shifted("2026-12-01", -1, "2026-12") == "2026-12-01"
    assert rules.shifted("2026-12-31", 1, "2026-12") == "2026-12-31"


# in words


def test_the_sentence_tells_what_fell() -> None:
    """Nights that fell too little are no reason, so they are not told as one."""
    use("zh_CN")
    fell = client(nights=17, nights_before=22, now=600_00, before=1000_00)
    told = [say(words.reason(each, BEGIN)) for each in rules.reasons(fell, BEGIN, DEFAULTS["A"])]
    assert told == ["近12个月600.00（同比−40%）"]


def test_the_sentence_in_both_languages() -> None:
    one = client(last="2026-10-17", nights=9, nights_before=121, now=70, before=1000, ends="2026-12-31")
    touch = Touch(one, "2026-11-24", "visit", tuple(rules.reasons(one, "2026-11-18", DEFAULTS["A"])), 0)
    use("zh_CN")
    assert say(words.sentence(touch)) == "拜访 11-24 · 澄籁精密 · A：距上次拜访38天（标准20），近90天9间夜（去年同期121，−93%），协议12-31到期（43天）"
    use("en")
    assert say(words.sentence(touch)) == (
        "Visit 11-24 · 澄籁精密 · A: 38 days since the last contact (standard 20), 9 room-nights in 90 days (a year before 121, −93%), agreement ends 12-31 (43 days)"
    )


# from the rows


@pytest.fixture
def house(desk: Desk) -> dict[str, int]:
    seller = added(desk, STAFF, name="周一禾")
    ids = {"seller": seller}
    for name, level in (("澄籁", "A"), ("禾渚", "B"), ("青垧", "B"), ("静默", "A")):
        ids[name] = account(desk, name, code=name, level=level, owner_id=seller, agreement_to="2026-12-20")
        added(desk, VISIT, account_id=ids[name], day="2026-11-16")
    added(desk, VISIT, account_id=ids["澄籁"], day="2026-11-17", result="not-met")
    ids["boss"] = added(desk, PERSON, name="祁曼", account_id=ids["澄籁"], role="decision-maker", birthday="1980-12-09")
    added(desk, CARE_HOLD, account_id=ids["静默"], kind="consent", since="2026-11-01")
    return ids


def test_a_proposal_goes_into_the_months_plan_and_back(desk: Desk, reader: Any, house: dict[str, int]) -> None:
    found = queries.proposal(reader, "2026-12")
    assert {(one.client.name, one.kind, one.day) for one in found.month.touches} == {("澄籁", "birthday", "2026-12-09"), ("禾渚", "visit", "2026-12-01"), ("青垧", "visit", "2026-12-02")}
    assert [(one.client.name, one.why) for one in found.month.left] == [("静默", "hold")]
    assert queries.proposal(reader, "2026-12", 12345).month.touches == []
    change = actions.accept(desk, "2026-12", found.month.touches, ["", "", "自己写的"])
    plan = queries.plan_of_month(reader, "2026-12")
    assert change.count == 4
    assert plan is not None
    assert plan[1] == "draft"
    kept = row(desk, CARE_PLAN, plan[0])
    assert (kept["items"], kept["planned"]) == (3, 300_00)
    items = reader.execute("select name, person_id, owner_id from care_item where gone is null order by day, id").fetchall()
    assert items[2][1:] == (house["boss"], house["seller"])
    assert items[2][0] == "自己写的"
    again = queries.proposal(reader, "2026-12").month
    assert again.touches == []
    assert Counter(one.why for one in again.left) == {"planned": 3, "hold": 1}
    desk.undo()
    assert queries.plan_of_month(reader, "2026-12") is None
    assert len(queries.proposal(reader, "2026-12").month.touches) == 3


def test_a_plan_in_approval_takes_nothing(desk: Desk, reader: Any, house: dict[str, int]) -> None:
    plan = added(desk, CARE_PLAN, name="十二月", code="2026-12")
    desk.move(CARE_PLAN, plan, 1, "submit")
    with pytest.raises(Refused, match="being approved"):
        actions.accept(desk, "2026-12", queries.proposal(reader, "2026-12").month.touches)
    with pytest.raises(Refused, match="nothing was planned"):
        actions.accept(desk, "2026-12", [])
    assert reader.execute("select count(*) from care_item where gone is null").fetchone()[0] == 0


def test_the_hotels_own_standard_holds_from_its_day(desk: Desk, reader: Any, house: dict[str, int]) -> None:
    actions.write_usual(desk)
    assert len(queries.standards(reader)) == 4
    with pytest.raises(Refused, match="already"):
        actions.write_usual(desk)
    added(desk, CARE_STANDARD, level="B", since="2026-12-01", silence=5, touches=52, visits=20)
    found = {one.client.name: one for one in queries.proposal(reader, "2026-12").month.touches}
    assert {reason.key for reason in found["禾渚"].reasons} >= {"late", "ending"}
    assert found["禾渚"].silence == 5
    with pytest.raises(Invalid):
        added(desk, CARE_STANDARD, level="B", since="2026-12-01", touches=2, visits=20)
    with pytest.raises(Invalid):
        added(desk, CARE_HOLD, kind="consent", since="2026-11-01")


@pytest.fixture
def sample(hotel: Hotel, tmp_path: Path) -> Iterator[Any]:
    with Store(hotel.copy(tmp_path / "demo" / "crm.db"), RECORDS) as store, closing(store.open_reader()) as reader:
        yield reader


@pytest.mark.embedded
def test_december_of_the_sample_hotel(sample: Any, hotel: Hotel) -> None:
    found = queries.proposal(sample, "2026-12").month
    assert 50 <= len(found.touches) <= 75
    kinds = {reason.key if reason.key != "date" else reason.facts["kind"] for one in found.touches for reason in one.reasons}
    assert len(kinds) >= 10, kinds
    first = max(found.touches, key=lambda one: one.points)
    assert "澄籁" in first.client.name
    assert first.client.level == "A"
    thanks = [one.client.name for one in found.touches if any(reason.key == rules.THANKS for reason in one.reasons)]
    assert any("禾渚软件" in name for name in thanks)  # pays early for two years and was never thanked
    assert all(one.client.owner_id is not None and one.reasons for one in found.touches)
    assert {one.why for one in found.left} >= {"hold"}
