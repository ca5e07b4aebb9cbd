"""Clients that pass to a colleague from a day on, fall silent, lie in the pool, or are asked why they left."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.records import STAFF
from crm_desktop.desk.settings import Settings
from crm_desktop.duties.clients import actions_leaving as actions
from crm_desktop.duties.clients import causes, queries_account
from crm_desktop.duties.clients import queries_leaving as queries
from crm_desktop.duties.clients import rules_leaving as rules
from crm_desktop.duties.clients.records_leaving import HAND_OVER, INTERVIEW
from crm_desktop.duties.clients.rules_leaving import POOL, SLEEP, Quiet
from crm_desktop.duties.clients.rules_standing import ACTIVE, ASLEEP, COOLING, FEW, LOST, Silence
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days, days_before
from crm_desktop.record.text import Refused
from tests.samples import ACCOUNT, account, added, row, sound, stay

TODAY = "2026-11-18"


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


@pytest.fixture
def firms(desk: Desk) -> dict[str, int]:
    zhou, tang = added(desk, STAFF, name="Zhou"), added(desk, STAFF, name="Tang")
    return {"zhou": zhou, "tang": tang, "orient": account(desk, "Orient", owner_id=zhou), "pine": account(desk, "Pine", owner_id=zhou)}


def sits(desk: Desk, who: int) -> None:
    settings = Settings()
    settings.person = who
    desk.sit(settings)
    desk.signed_in = 0


# handed over on a day to come


def test_a_hand_over_dated_ahead_waits_for_its_day(desk: Desk, firms: dict[str, int]) -> None:
    actions.hand_over(desk, [firms["orient"], firms["pine"]], firms["tang"], day="2026-12-01", reason="new territories", note="The price letter is open")
    kept = desk.store.writer.execute("select account_id, from_id, to_id, state, note from hand_over order by id").fetchall()
    assert [tuple(each) for each in kept] == [(firms[who], firms["zhou"], firms["tang"], "planned", "The price letter is open") for who in ("orient", "pine")]
    assert actions.carry_out(desk) is None
    assert row(desk, ACCOUNT, firms["orient"])["owner_id"] == firms["zhou"]
    dates.set_clock(dt.datetime(2026, 12, 3, 9, 0))  # nobody was here on the day itself
    assert actions.carry_out(desk) is not None
    assert actions.carry_out(desk) is None
    db = desk.store.writer
    assert [queries_account.owner_on(db, firms["pine"], day) for day in ("2026-11-30", "2026-12-01")] == [firms["zhou"], firms["tang"]]
    assert [tuple(each) for each in db.execute("select state from hand_over").fetchall()] == [("done",)] * 2
    sound(desk.store)


def test_a_hand_over_can_be_called_off_and_is_signed_by_whoever_takes_over(desk: Desk, firms: dict[str, int]) -> None:
    off = added(desk, HAND_OVER, account_id=firms["orient"], to_id=firms["tang"], day="2026-12-01", reason="x")
    desk.move(HAND_OVER, off, row(desk, HAND_OVER, off)["version"], "cancel", reason="Tang stays in the west")
    dates.set_clock(dt.datetime(2026, 12, 3, 9, 0))
    assert actions.carry_out(desk) is None
    now = added(desk, HAND_OVER, account_id=firms["orient"], to_id=firms["tang"], day="2026-12-03", reason="x")
    assert (row(desk, ACCOUNT, firms["orient"])["owner_id"], row(desk, HAND_OVER, now)["state"]) == (firms["tang"], "done")
    sits(desk, firms["zhou"])
    with pytest.raises(Refused, match="takes the client over"):
        desk.move(HAND_OVER, now, row(desk, HAND_OVER, now)["version"], "sign")
    sits(desk, firms["tang"])
    desk.move(HAND_OVER, now, row(desk, HAND_OVER, now)["version"], "sign")
    assert (row(desk, HAND_OVER, now)["state"], row(desk, HAND_OVER, now)["signed_on"]) == ("signed", "2026-12-03")


def test_a_hand_over_whose_colleague_left_waits_for_somebody(desk: Desk, firms: dict[str, int]) -> None:
    actions.hand_over(desk, [firms["orient"]], firms["tang"], day="2026-11-20", reason="x")
    actions.hand_over(desk, [firms["pine"]], firms["tang"], day="2026-11-20", reason="x")
    desk.save(STAFF, firms["tang"], 1, {"left_on": "2026-11-19"})
    dates.set_clock(dt.datetime(2026, 11, 20, 9, 0))
    assert actions.carry_out(desk) is None
    assert len(queries.due(desk.store.writer, "2026-11-20")) == 2


@pytest.mark.parametrize("wrong", [{"to_id": "zhou"}, {"day": "2027-12-31"}, {"reason": ""}])
def test_hand_overs_that_are_refused(desk: Desk, firms: dict[str, int], wrong: dict[str, str]) -> None:
    given: dict[str, Any] = {"account_id": firms["orient"], "to_id": firms["tang"], "day": TODAY, "reason": "x"} | wrong
    with pytest.raises(Invalid):
        added(desk, HAND_OVER, **given | {"to_id": firms.get(str(given["to_id"]), given["to_id"])})
    assert desk.store.writer.execute("select count(*) from hand_over").fetchone()[0] == 0


# who has fallen silent

QUIET = Silence(100, 10.0, ASLEEP)
CASES = [  # what is proposed
    (Quiet("active", True, QUIET, "", False), (SLEEP, POOL)), (Quiet("active", True, QUIET, "2026-11-10", False), (SLEEP,)),
    (Quiet("active", True, QUIET, "", True), ()), (Quiet("active", False, QUIET, "", False), (SLEEP,)), (Quiet("dormant", True, QUIET, "", False), (POOL,)),
    (Quiet("active", True, Silence(25, 10.0, COOLING), "", False), ()), (Quiet("active", True, Silence(3, 10.0, ACTIVE), "", False), ()),
    (Quiet("lost", True, Silence(400, 10.0, LOST), "", False), ()), (Quiet("active", True, Silence(0, 0.0, FEW), "", False), ()),
    (Quiet("active", True, Silence(200, 0.0, FEW), "", False), (POOL,)), (Quiet("active", True, Silence(100, 0.0, FEW), "", False), ()),
    (Quiet("potential", True, Silence(0, 0.0, FEW), "2026-09-01", False), (POOL,)), (Quiet("potential", True, Silence(0, 0.0, FEW), "2026-11-01", False), ()),
    (Quiet("potential", True, Silence(0, 0.0, FEW), "", False), ()), (Quiet("active", True, Silence(0, 0.0, FEW), "2026-09-01", False), (POOL,)),
]  # fmt: skip


@pytest.mark.parametrize(("found", "proposed"), CASES)
def test_what_is_proposed(found: Quiet, proposed: tuple[str, ...]) -> None:
    assert rules.proposals(found, TODAY, 30) == proposed


@given(st.sampled_from(["active", "dormant", "potential", "lost"]), st.booleans(), st.integers(0, 900), st.sampled_from([FEW, ACTIVE, COOLING, ASLEEP, LOST]), st.integers(0, 900))
def test_nobody_who_was_just_met_is_taken_from_anybody(state: str, owned: bool, days: int, quiet: str, ago: int) -> None:
    found = Quiet(state, owned, Silence(days, 10.0 if quiet != FEW else 0.0, quiet), days_before(TODAY, ago), False)
    proposed = rules.proposals(found, TODAY, 30)
    assert POOL not in proposed or (owned and ago > 30 and quiet not in (ACTIVE, COOLING))
    assert SLEEP not in proposed or state == "active"
    assert rules.proposals(found._replace(coming=True), TODAY, 30) == ()


@pytest.mark.parametrize(("day", "first"), [("2026-01-01", "2026-01-01"), ("2026-03-31", "2026-01-01"), ("2026-04-01", "2026-04-01"), ("2026-12-31", "2026-10-01")])
def test_the_quarter_of_a_day(day: str, first: str) -> None:
    assert rules.quarter_of(day) == first


def test_silent_clients_go_to_sleep_into_the_pool_and_out_of_it(desk: Desk, firms: dict[str, int]) -> None:
    for ago in (100, 90, 80, 70):
        stay(desk, days_before(TODAY, ago), days_before(TODAY, ago - 1), company_id=firms["orient"])
        stay(desk, days_before(TODAY, ago), days_before(TODAY, ago - 1), company_id=firms["pine"])
    added(desk, VISIT, account_id=firms["pine"], day=days_before(TODAY, 3), result="kept-up", words="all well")
    db = desk.store.writer
    found = {each.id: each for each in queries.sleepers(db, TODAY)}
    assert {row_id: each.proposed for row_id, each in found.items()} == {firms["orient"]: (SLEEP, POOL), firms["pine"]: (SLEEP,)}
    actions.put_to_sleep(desk, [(firms["orient"], found[firms["orient"]].version)], ["70 days without an arrival"])
    assert row(desk, ACCOUNT, firms["orient"])["state"] == "dormant"
    assert db.execute("select reason from step").fetchone()[0] == "70 days without an arrival"
    chosen = [(firms["orient"], row(desk, ACCOUNT, firms["orient"])["version"])]
    with pytest.raises(Refused, match="Say why"):
        actions.give_to_pool(desk, chosen, " ")
    actions.give_to_pool(desk, chosen, "nobody came for 70 days")
    pooled = [each for each in queries.sleepers(db, TODAY) if each.pooled]
    assert [(each.id, each.owner, each.proposed) for each in pooled] == [(firms["orient"], "", ())]
    sits(desk, firms["tang"])
    actions.take_from_pool(desk, [(each.id, each.version) for each in pooled])
    assert row(desk, ACCOUNT, firms["orient"])["owner_id"] == firms["tang"]
    with pytest.raises(Refused, match="looks after Orient already"):
        actions.take_from_pool(desk, [(firms["orient"], row(desk, ACCOUNT, firms["orient"])["version"])])
    added(desk, VISIT, account_id=firms["pine"], day=add_days(TODAY, 2), state="planned")
    assert [each.proposed for each in queries.sleepers(db, TODAY)] == [(SLEEP,)], "a visit that is planned wakes nobody yet"
    stay(desk, add_days(TODAY, 5), add_days(TODAY, 6), company_id=firms["pine"], status="Booked")
    assert queries.sleepers(db, TODAY) == []
    sound(desk.store)


# the lost


def test_the_lost_are_asked_once_a_quarter(desk: Desk, firms: dict[str, int]) -> None:
    desk.move(ACCOUNT, firms["orient"], 1, "lose", values={"lost_reason": "price-rooms"})
    db = desk.store.writer

    def asked() -> list[str]:
        return [each.key for each in causes.causes(db, dates.business_date()) if each.account_id == firms["orient"]]

    assert asked() == ["lost-interview"]
    with pytest.raises(Invalid, match="next step"):
        added(desk, INTERVIEW, account_id=firms["orient"], day=TODAY, next="Send the new rates")
    added(desk, INTERVIEW, account_id=firms["orient"], day=TODAY, reason="price-rooms", hurt="dearer than next door", next="Send the new rates", next_on="2026-12-01")
    assert asked() == []
    dates.set_clock(dt.datetime(2027, 1, 5, 9, 0))
    assert asked() == ["lost-interview"]
    dates.set_clock(dt.datetime(2027, 12, 5, 9, 0))
    assert asked() == [], "lost for more than a year"
