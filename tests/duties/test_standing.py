"""How clients stand: tables of cases and properties of the rules, and one client on a real store."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.clients import actions, queries_voice
from crm_desktop.duties.clients import queries_standing as queries
from crm_desktop.duties.clients import rules_improvement as mending
from crm_desktop.duties.clients import rules_standing as rules
from crm_desktop.duties.clients import words_standing as words
from crm_desktop.duties.clients.records_standing import IMPROVEMENT, POLICY
from crm_desktop.duties.clients.rules_standing import DEFAULTS, Contribution, Signal, Single
from crm_desktop.duties.complaints.records import COMPLAINT
from crm_desktop.duties.complaints.rules import OPEN
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days, days_before
from crm_desktop.record.money import show_money
from crm_desktop.record.text import Refused, say, use
from tests.hotel import Hotel, at_its_hour
from tests.samples import ACCOUNT, PERSON, account, added, change, row, sound, stay
from tests.samples import hotel as house

TODAY = "2026-11-18"
DAYS = st.integers(0, 720).map(lambda n: days_before(TODAY, n))
SIGNALS = st.lists(
    st.builds(Signal, st.sampled_from(list(rules.POINTS)), DAYS, st.none(), st.integers(1, 9)).map(lambda one: one if one.kind == "silence" else one._replace(times=1)),
    max_size=20,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


# money and health


COUNTS = [  # this year, the one before, long overdue -> counts as
    (100_00, 0, 0, 100_00), (100_00, 80_00, 0, 102_00), (80_00, 100_00, 0, 78_00), (100_00, 100_00, 30_00, 70_00), (10_00, 0, 30_00, 0), (0, 0, 0, 0), (100_00, 100_00, -5_00, 100_00),
]  # fmt: skip


@pytest.mark.parametrize(("now", "before", "late", "counts"), COUNTS)
def test_growth_and_payment_count_for_the_class(now: int, before: int, late: int, counts: int) -> None:
    assert rules.counts_as(now, before, late, DEFAULTS) == counts
    assert rules.counts_as(now, before, late, DEFAULTS | {"growth_share": 0, "late_share": 0}) == now


@given(st.integers(0, 10**11), st.integers(0, 10**11), st.integers(0, 10**10), st.integers(1, 10**10))
def test_more_overdue_never_counts_for_more(now: int, before: int, late: int, more: int) -> None:
    assert rules.counts_as(now, before, late + more, DEFAULTS) <= rules.counts_as(now, before, late, DEFAULTS) <= now + now // 10 + 1


@pytest.mark.parametrize(
    ("now", "before", "score"),
    [(110, 100, 100), (200, 100, 100), (100, 100, 75), (75, 100, 40), (40, 100, 0), (0, 100, 0), (105, 100, 88), (50, 100, 11), (90, 100, 61), (5, 0, 75), (0, 0, None)],
)
def test_money(now: int, before: int, score: int | None) -> None:
    assert rules.money_score(now, before) == score


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 10**9))
def test_more_money_is_never_worse(one: int, other: int, before: int) -> None:
    scores = [rules.money_score(now, before) for now in sorted((one, other))]
    assert 0 <= scores[0] <= scores[1] <= 100  # type: ignore[operator]


@pytest.mark.parametrize(("severe", "other", "again", "score"), [(0, 0, 0, 100), (1, 0, 0, 75), (1, 2, 1, 40), (4, 0, 0, 0), (9, 9, 9, 0)])
def test_service(severe: int, other: int, again: int, score: int) -> None:
    assert rules.service_score(severe, other, again) == score


@pytest.mark.parametrize(
    ("owed", "old", "single", "over", "score"),
    [(0, 0, False, False, 100), (100, 30, False, False, 70), (100, 100, True, True, 0), (100, 0, True, False, 80), (0, 0, True, True, 60), (100, 70, True, False, 10)],
)
def test_risk(owed: int, old: int, single: bool, over: bool, score: int) -> None:
    assert rules.risk_score(owed, old, single, over) == score


def test_health_is_weighed() -> None:
    scores: dict[str, int | None] = {"money": 40, "relation": 25, "service": 100, "risk": 80}
    assert rules.health(scores, DEFAULTS) == round(0.35 * 40 + 0.25 * 25 + 0.2 * 100 + 0.2 * 80)
    assert rules.health(scores | {"money": None}, DEFAULTS) is None
    assert rules.health(scores, DEFAULTS | {"weight_money": 1, "weight_relation": 0, "weight_service": 0, "weight_risk": 0}) == 40


@given(st.fixed_dictionaries({part: st.integers(0, 100) for part in rules.PARTS}), st.fixed_dictionaries({f"weight_{part}": st.integers(1, 100) for part in rules.PARTS}))
def test_health_lies_between_its_parts(scores: dict[str, Any], weights: dict[str, int]) -> None:
    found = rules.health(scores, weights)
    assert found is not None
    assert min(scores.values()) <= found <= max(scores.values())


# classes


@pytest.mark.parametrize(("total", "level", "missing"), [(500_000_00, "A", 0), (499_999_99, "B", 1), (150_000_00, "B", 350_000_00), (149_999_99, "C", 1), (30_000_00, "C", 120_000_00), (29_999_99, "D", 1), (0, "D", 30_000_00)])
def test_classes(total: int, level: str, missing: int) -> None:
    assert rules.class_of(total, DEFAULTS) == level
    assert rules.to_next_class(total, DEFAULTS) == missing


def test_the_policy_of_a_day() -> None:
    rows = [{"since": "2026-01-01", "least_a": 1, "id": 1}, {"since": "2026-07-01", "least_a": 2, "id": 2}]
    assert [rules.policy_on(rows, day)["least_a"] for day in ("2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01")] == [DEFAULTS["least_a"], 1, 1, 2]


# relationships


def test_a_signal_is_worth_half_after_its_half_life() -> None:
    assert rules.weight(Signal("referral", TODAY), TODAY) == 10
    assert rules.weight(Signal("referral", days_before(TODAY, 180)), TODAY) == 5
    assert rules.weight(Signal("very-late", days_before(TODAY, 180)), TODAY) == -10  # what is owed still does not fade
    assert rules.weight(Signal("silence", TODAY, None, 4), TODAY) == -4


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ([], "plain"), (["stay"] * 3 + ["renewed"], "good"), (["stay"] * 9, "plain"), (["stay"], "plain"), (["complaint"], "strained"),
        (["stay"] * 3 + ["complaint"] * 3 + ["late"], "strained"), (["very-late"] * 3, "broken"), (["very-late", "very-late", "late"], "strained"),
    ],
)  # fmt: skip
def test_what_the_signals_say(kinds: list[str], state: str) -> None:
    assert rules.suggested([Signal(kind, TODAY) for kind in kinds], TODAY)[0] == state


@given(SIGNALS, st.sampled_from(["stay", "referral", "renewed"]), st.sampled_from(["complaint", "broken-promise", "lost"]))
def test_good_news_never_hurt_and_bad_never_help(signals: list[Signal], good: str, bad: str) -> None:
    points = rules.suggested(signals, TODAY)[1]
    assert rules.suggested([*signals, Signal(good, TODAY)], TODAY)[1] >= points - 0.1
    assert rules.suggested([*signals, Signal(bad, TODAY)], TODAY)[1] <= points + 0.1
    assert all(sum(one.kind == kind for one, _ in rules.counted(signals, TODAY)) <= rules.NEWEST for kind in rules.POINTS)


@given(SIGNALS)
def test_what_is_to_come_does_not_count(signals: list[Signal]) -> None:
    later = [signal._replace(day=add_days(TODAY, 1)) for signal in signals]
    assert rules.counted(later, TODAY) == []


# silence


@pytest.mark.parametrize(
    ("first", "last", "count", "state"),
    [
        ("", "", 0, "few"), (days_before(TODAY, 400), days_before(TODAY, 300), 2, "few"), (days_before(TODAY, 106), days_before(TODAY, 6), 11, "active"),
        (days_before(TODAY, 121), days_before(TODAY, 21), 11, "cooling"), (days_before(TODAY, 147), days_before(TODAY, 47), 11, "asleep"),
        (days_before(TODAY, 400), days_before(TODAY, 200), 11, "lost"), (days_before(TODAY, 20), days_before(TODAY, 10), 11, "active"),
        (days_before(TODAY, 900), days_before(TODAY, 300), 4, "active"), (days_before(TODAY, 1100), days_before(TODAY, 500), 4, "cooling"),
    ],
)  # fmt: skip
def test_silence_is_measured_by_the_own_rhythm(first: str, last: str, count: int, state: str) -> None:
    assert rules.silence(first, last, count, TODAY, DEFAULTS).state == state


@given(st.integers(0, 2_000), st.integers(1, 2_000), st.integers(3, 200))
def test_longer_silence_is_never_better(quiet: int, span: int, count: int) -> None:
    order = [rules.ACTIVE, rules.COOLING, rules.ASLEEP, rules.LOST]
    found = [rules.silence(days_before(TODAY, days + span), days_before(TODAY, days), count, TODAY, DEFAULTS).state for days in (quiet, quiet + 30)]
    assert order.index(found[0]) <= order.index(found[1])


@pytest.mark.parametrize(("shares", "one"), [([5], True), ([8, 2], True), ([7, 3], False), ([1, 1], False), ([2, 0], False), ([], False)])
def test_one_contact_only(shares: list[int], one: bool) -> None:
    assert rules.hangs_on_one(shares, DEFAULTS) is one


@pytest.mark.parametrize(
    ("bookings", "contacts", "found"),
    [
        ({}, {}, None), ({1: 23, 2: 2}, {2: 9, 1: 9}, Single(1, 92, "bookings")), ({1: 1}, {2: 5, 3: 4}, None), ({1: 2}, {2: 5}, Single(2, 100, "contacts")),
        ({1: 6, 2: 4}, {3: 8, 1: 1}, Single(3, 89, "contacts")), ({1: 6, 2: 4}, {3: 1, 1: 1}, None),
    ],
)  # fmt: skip
def test_on_whom_a_client_hangs(bookings: dict[int, int], contacts: dict[int, int], found: Single | None) -> None:
    assert rules.single(bookings, contacts, DEFAULTS) == found


# the file


def test_an_empty_file_and_a_full_one() -> None:
    assert sum(rules.WEIGHTS.values()) == 100
    row = ACCOUNT.blank() | {"name": "Orient"}
    assert rules.completeness(rules.file_items(row, {}, 0, 0)) == 0
    names = ("short_name", "credit_code", "address", "district", "industry", "size", "invoice_title", "bank", "bank_account", "agreement_no", "competitors")
    roles = {"decision-maker": False, "booker": True, "finance": False}
    full = rules.file_items(row | dict.fromkeys(names, "x"), roles, 1, 3)
    assert rules.completeness(full) == 100
    assert rules.completeness(rules.file_items(row | dict.fromkeys(names, "x"), roles | {"booker": False}, 1, 2)) == 75


# mending


@given(st.dictionaries(st.sampled_from([*mending.OWN, *mending.THEIRS]), st.text(max_size=12)))
def test_the_clients_side_opens_after_our_own(row: dict[str, str]) -> None:
    shut = not mending.own_side_done(row)
    assert set(mending.problems(row)) == ({name for name in mending.THEIRS if row.get(name)} if shut else set())


def test_a_relationship_is_mended_in_its_order(desk: Desk) -> None:
    client, zhou = account(desk, "Orient", relation="strained"), added(desk, STAFF, name="Zhou")
    with pytest.raises(Invalid, match="what we did wrong"):
        added(desk, IMPROVEMENT, account_id=client, day=TODAY, client_side="They never answer")
    form = added(desk, IMPROVEMENT, account_id=client, day=TODAY, own_causes="The rate letter was twelve days late")
    with pytest.raises(Invalid, match="put right"):
        change(desk, IMPROVEMENT, form, client_side="They never answer")
    change(desk, IMPROVEMENT, form, corrected="Letter handed over in person", client_side="They never answer")
    with pytest.raises(Refused, match="measures"):
        desk.move(IMPROVEMENT, form, 2, "begin")
    desk.move(IMPROVEMENT, form, 2, "begin", values={"measures": "Visit each month", "owner_id": zhou, "due": "2026-12-01"})
    with pytest.raises(Refused, match="how the relationship stands"):
        desk.move(IMPROVEMENT, form, 3, "close")
    desk.move(IMPROVEMENT, form, 3, "close", values={"result": "They came to the dinner", "after": "plain"})
    assert row(desk, IMPROVEMENT, form)["closed_on"] == TODAY


# one client on a real store


def test_a_client_from_its_rows(desk: Desk) -> None:
    client = account(desk, "Orient", level="A", relation="plain", agreement_to="2026-11-01")
    for n in range(12):
        stay(desk, add_days("2026-06-01", n * 14), add_days("2026-06-02", n * 14), company_id=client, rate=400_00)
    stay(desk, "2025-06-01", "2025-06-03", company_id=client, rate=300_00)
    bill = {"account_id": client, "hotel_id": house(desk), "currency": "CNY"}
    for kind, amount in (("banquet", 2_000_00), ("meeting", 700_00), ("room", 9_000_00)):
        added(desk, RECEIVABLE, kind=kind, amount=amount, bill_date="2026-10-01", due="2026-10-05", **bill)
    who = added(desk, PERSON, name="Qi", account_id=client, role="booker", phone="13812345678", birthday="1990-02-03")
    for result in ("complaint", "referral", "kept-up"):
        added(desk, VISIT, account_id=client, person_id=who, day="2026-11-10", kind="call", result=result, words="x")
    added(desk, PREFERENCE, person_id=who, name="绿茶")
    found = queries.standing(desk.store.writer, client, TODAY)
    assert found is not None
    assert found.now == Contribution(12 * 400_00, 2_000_00, 700_00, 12)
    assert found.before == Contribution(600_00, 0, 0, 2)
    assert {kind: sum(one.kind == kind for one, _ in found.signals) for kind in ("stay", "complaint", "referral", "late")} == {"stay": 3, "complaint": 1, "referral": 1, "late": 3}
    assert (found.scores["money"], found.scores["relation"], found.scores["service"]) == (100, 60, 90)
    assert found.scores["risk"] == 0  # all of it over 30 days, one contact, the agreement over
    assert found.single is not None
    assert (found.single[0], found.single[2]) == (Single(who, 100, "contacts"), True)
    assert found.expired
    assert {item.key for item in found.items if item.there} == {"booker", "birthday"}
    assert found.silence.state == "active"
    for spoken in ("en", "zh_CN"):
        use(spoken)
        text = "\n".join(f"{say(line.left)} {say(line.words)}" for block in words.blocks(found) for line in block.lines)
        assert show_money(7_500_00) in text
    use("en")
    assert queries.standing(desk.store.writer, 5, TODAY) is None


def complaint(desk: Desk, client: int, day: str, **values: Any) -> int:
    return added(desk, COMPLAINT, name="空调不制冷", received_on=day, received_at="10:00", account_id=client, hotel_id=house(desk), **values)


def test_what_they_say_of_us_counts(desk: Desk) -> None:
    client = account(desk, "Orient", could_nights=40, competitors="鹿渚宾馆")
    assert queries_voice.OPEN_STATES == OPEN
    for day, values in (
        ("2026-11-17", {"severity": "S2"}), ("2026-11-16", {"severity": "S3", "reopened": 1}), ("2026-10-01", {"severity": "S3", "state": "filed"}),
        ("2026-09-30", {"kind": "praise"}), ("2026-11-15", {"kind": "suggestion"}),
    ):  # fmt: skip
        complaint(desk, client, day, **values)
    for day in ("2026-11-10", "2026-08-25"):  # the first stands in the register as well, the second nowhere else
        added(desk, VISIT, account_id=client, day=day, kind="call", result="complaint", words="x")
    stay(desk, "2026-10-01", "2026-10-11", company_id=client, rate=400_00)
    found = queries.standing(desk.store.writer, client, TODAY)
    assert found is not None
    assert (found.voice.severe, found.voice.other, found.voice.again, len(found.voice.noted)) == (1, 1, 1, 1)
    assert found.scores["service"] == 100 - 25 - 10 - 15 - 10
    kinds = [signal.kind for signal, _ in found.signals]
    assert (kinds.count("complaint"), kinds.count("praise")) == (3, 1)
    assert found.trend < -8, "nothing was wrong ninety days ago"
    block = {block.key: block for block in words.blocks(found)}
    assert (block["share"].value, block["share"].share) == ("25 %", 25)
    assert ("complaint", [("state", "in", OPEN)]) in [line.opens for line in block["health"].lines]
    assert words.STRATEGY["strained"][0] in [line.words for line in block["relation"].lines]


@pytest.mark.parametrize(("now", "could", "share"), [(10, 40, 25), (0, 40, 0), (40, 0, None), (-3, 40, 0), (90, 40, 225), (10**9, 1, 999)])
def test_the_share_of_what_they_could_bring(now: int, could: int, share: int | None) -> None:
    assert rules.share(now, could) == share


def test_a_class_is_taken_over_with_its_reason_in_money(desk: Desk) -> None:
    client = account(desk, level="A")
    found = queries.standing(desk.store.writer, client, TODAY)
    assert found is not None
    actions.take_class(desk, client, 1, "D", say(words.class_reason(found)))
    dates.set_clock(dt.datetime(2026, 11, 19, 13, 20))
    assert row(desk, ACCOUNT, client)["level"] == "D"
    kept = desk.store.writer.execute("select what, code, until, reason from account_past").fetchone()
    assert tuple(kept)[:3] == ("class", "A", "2026-11-17")
    assert "room-nights" in kept[3]
    sound(desk.store)


def test_the_policy_is_the_hotels_own(desk: Desk) -> None:
    added(desk, POLICY, since="2026-01-01", least_a=10_000_00, least_b=5_000_00, least_c=1_000_00)
    assert queries.policy(desk.store.writer, TODAY)["least_a"] == 10_000_00
    assert queries.policy(desk.store.writer, "2025-12-31")["least_a"] == 500_000_00
    with pytest.raises(Invalid, match="Class A must ask for more"):
        added(desk, POLICY, since="2026-02-01", least_a=1, least_b=2, least_c=3)


def test_the_stories_of_the_sample(hotel: Hotel, tmp_path: Any) -> None:
    from contextlib import closing

    from crm_desktop.duties import RECORDS
    from crm_desktop.store.store import Store

    with at_its_hour(), Store(hotel.copy(tmp_path / "demo.db"), RECORDS) as store, closing(store.open_reader()) as reader:
        silent = queries.standing(reader, hotel.ids["澄籁精密"], TODAY)
        assert silent is not None
        assert (silent.silence.days, silent.row["agreement_to"]) == (47, add_days(TODAY, 43))
        assert silent.silence.state == "asleep"
        assert any(signal.kind == "contact-left" for signal, _ in silent.signals)
        assert silent.now.nights < silent.before.nights or silent.scores["money"] is not None
        owing = queries.standing(reader, hotel.ids["越岫城建"], TODAY)
        assert owing is not None
        assert owing.owed == (262_800_00, 203_800_00)
        assert (owing.family, owing.scores["relation"]) == (5, 25)
        assert any(signal.kind == "broken-promise" for signal, _ in owing.signals)


def test_what_we_promised_and_did_late_speaks_against_us(desk: Desk, reader: Any) -> None:
    client = account(desk)
    added(desk, VISIT, account_id=client, day="2026-11-02", result="quote", our_promise="Send the price letter", our_on="2026-11-20")
    (task,) = (found[0] for found in reader.execute("select id from follow_up where cause = 'our-promise'").fetchall())

    def late() -> list[tuple[str, str]]:
        found = queries.standing(reader, client, dates.business_date())
        assert found is not None
        return [(signal.kind, signal.day) for signal, _ in found.signals if signal.kind == "our-late"]

    assert late() == []
    dates.set_clock(dt.datetime(2026, 11, 25, 13, 20))
    due = row(desk, FOLLOW_UP, task)["due"]
    assert late() == [("our-late", due)]
    desk.move(FOLLOW_UP, task, row(desk, FOLLOW_UP, task)["version"], "done")
    assert late() == [("our-late", due)], "done, but late"
    desk.undo()
    desk.move(FOLLOW_UP, task, row(desk, FOLLOW_UP, task)["version"], "drop", reason="They do not want it any more")
    assert late() == []


@pytest.mark.parametrize(("nights", "falls"), [([10, 10, 4], True), ([10, 10, 5], False), ([0, 0, 0], False), ([0, 0, 3], False), ([5], False), ([121, 118, 109, 62, 9], True)])
def test_a_fall_is_less_than_half_of_what_was_usual(nights: list[int], falls: bool) -> None:
    assert rules.falls(nights) == falls


def test_nights_in_spans_of_thirteen_weeks(desk: Desk, reader: Any) -> None:
    """Each night is counted once, by its arrival; what was cancelled, is in house or begins on the day itself is in none."""
    firm = account(desk, "澄籁")
    for back, nights in ((1, 2), (91, 3), (92, 5), (182, 7), (364, 11), (455, 13), (456, 100), (0, 100)):
        arrival = days_before("2026-11-18", back)
        stay(desk, arrival, add_days(arrival, nights), company_id=firm)
    stay(desk, "2026-10-01", "2026-10-09", company_id=firm, status="Canceled")
    stay(desk, "2026-10-01", "2026-10-09", company_id=account(desk, "别家"))
    assert queries.quarters(reader, row(desk, ACCOUNT, firm), "2026-11-18") == [13, 11, 0, 12, 5]
