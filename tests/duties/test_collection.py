"""Collecting on the store: the sheet of calls, steps done and skipped, limitation, disputes, stops and what they hit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties import RECORDS
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.credit import actions, actions_collection, causes, queries_collection, words_collection
from crm_desktop.duties.credit.records import CREDIT_AGREEMENT
from crm_desktop.duties.credit.records_collection import COLLECTION_STEP, DISPUTE, INSTALMENT_PLAN, LADDER_STEP
from crm_desktop.duties.receivables import actions as money
from crm_desktop.duties.receivables.records import PROMISE, RECEIVABLE
from crm_desktop.record.dates import set_clock
from crm_desktop.record.text import Refused, say
from crm_desktop.store.store import Store
from tests.hotel import TODAY, at_its_hour, made
from tests.samples import account, added, change, hotel, row, sound


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    made()
    set_clock(dt.datetime(2026, 11, 18, 9))
    yield
    set_clock(None)


def bill(desk: Desk, client: int, amount: int, due: str, **more: Any) -> int:
    return added(desk, RECEIVABLE, account_id=client, hotel_id=hotel(desk), amount=amount, due=due, bill_date=min(due, "2026-11-01"), **more)


def waits(reader: Any, client: int) -> list[str]:
    debtor = queries_collection.debtors(reader, TODAY, client)[client]
    return [each.step.key for each in debtor.waiting(queries_collection.ladders(reader)[debtor.ladder], TODAY)]


# the sample


def test_the_calls_of_the_day(tmp_path: Path) -> None:
    sample = made()
    with at_its_hour(), Store(sample.copy(tmp_path / "hotel.db"), RECORDS) as store, closing(store.open_reader()) as reader:
        found = queries_collection.call_sheet(reader, TODAY)
        assert [row.debtor.id for row in found[:3]] == [sample.ids[name] for name in ("旭阑置业", "越岫城建", "棠溪旅行社")]
        assert len(found) == 23
        first, second, third = found[:3]
        assert (first.call.presses, first.debtor.clock and first.debtor.clock.left) == (("limitation",), 32)
        assert (second.call.overdue, [each.step.key for each in second.waiting], second.push) == (262_800_00, ["gm"], True)
        assert third.call.presses == ("broken", "stop")
        clocks = queries_collection.debtors(reader, TODAY, sample.ids["越岫城建"])[sample.ids["越岫城建"]].clock
        assert clocks is not None
        assert clocks.by == "demand"  # the second letter, delivered after the slip was signed
        hits = queries_collection.hit_by_stop(reader, sample.ids["越岫城建"], TODAY)
        assert ["年终会" in hit.words for hit in hits if hit.record == "booking"][-1]
        assert "越岫城建集团" in {say(cause.what).split(":")[0] for cause in causes.causes(reader, TODAY) if cause.key == "collect-gm"}


def test_every_factor_is_said_in_words(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    bill(desk, client, 50_000_00, "2023-12-20")
    (found,) = queries_collection.call_sheet(reader, TODAY)
    assert say(words_collection.factors(found)) == "50,000.00 overdue and undisputed × 30 % of Companies pay within a fortnight × limitation within 90 days +1"
    assert say(words_collection.clock_words(found.debtor) or "") == "Limitation: 32 days left, until 2026-12-20; runs from the due date of 2023-12-20"


# steps


def test_steps_are_done_in_order_or_skipped_with_a_reason(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    bill(desk, client, 300_00, "2026-10-30")
    assert waits(reader, client) == ["check", "call", "letter1"]
    with pytest.raises(Refused, match="still waits"):
        actions_collection.step_done(desk, client, "letter1")
    with pytest.raises(Refused, match="why"):
        actions_collection.step_skipped(desk, client, "check", " ")
    actions_collection.step_skipped(desk, client, "check", "客户自己来取的")
    actions_collection.step_done(desk, client, "call", "会计说下周付")
    assert waits(reader, client) == ["letter1"]
    desk.undo()
    assert waits(reader, client) == ["call", "letter1"]
    actions_collection.step_done(desk, client, "call", "会计说下周付")
    actions_collection.step_done(desk, client, "letter1")
    assert waits(reader, client) == []
    done = queries_collection.steps_done(reader, client)
    assert [(each["step"], each["outcome"]) for each in done] == [("letter1", "done"), ("call", "done"), ("check", "skipped")]
    assert done[1]["amount"] == 300_00
    with pytest.raises(Refused, match="no longer on the ladder"):
        actions_collection.step_done(desk, client, "none")
    sound(desk.store)


def test_a_ladder_of_the_hotels_own(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    bill(desk, client, 300_00, "2026-11-10")
    added(desk, LADDER_STEP, ladder="company", days=1, key="wechat", name="微信提醒", channel="call")
    assert waits(reader, client) == ["wechat"]
    with pytest.raises(Invalid):
        added(desk, LADDER_STEP, ladder="company", days=2, key="wechat", name="再提醒", channel="call")


def test_a_promise_holds_the_steps_of_what_it_covers(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    bill(desk, client, 300_00, "2026-10-30")
    bill(desk, client, 80_00, "2026-11-12")
    promise = added(desk, PROMISE, account_id=client, made_on=TODAY, due="2026-11-27", amount=300_00)
    assert waits(reader, client) == ["check", "call"]
    change(desk, PROMISE, promise, amount=0)
    assert waits(reader, client) == []


def test_a_missed_instalment_presses(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲", kind="agency")
    bill(desk, client, 200_00, "2026-11-14")
    plan = added(desk, INSTALMENT_PLAN, account_id=client, agreed_on="2026-09-01", total=600_00, count=3, first_due="2026-09-16", paid=400_00)
    assert row(desk, INSTALMENT_PLAN, plan)["last_due"] == "2026-11-16"
    (found,) = queries_collection.call_sheet(reader, TODAY)
    assert found.call.presses == ("broken", "stop")
    change(desk, INSTALMENT_PLAN, plan, paid=600_00)
    (found,) = queries_collection.call_sheet(reader, TODAY)
    assert found.call.presses == ("stop",)


# limitation


def test_evidence_starts_limitation_anew(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    old = bill(desk, client, 500_00, "2023-12-20")

    def left() -> int:
        found = queries_collection.debtors(reader, TODAY, client)[client].clock
        assert found is not None
        return found.left

    assert left() == 32
    letter = added(desk, COLLECTION_STEP, account_id=client, day="2026-11-02", name="催款函①", channel="letter", letter=1)
    assert left() == 32  # written, not delivered
    with pytest.raises(Invalid, match="before"):
        actions_collection.delivered(desk, letter, "courier", "2026-11-01")
    actions_collection.delivered(desk, letter, "courier", "2026-11-04", "SF01", "收发室")
    assert left() == 1_082
    money.take_receipt(desk, {"account_id": client, "amount": 100_00, "payer": "甲"}, [(old, 100_00)])
    assert left() == 1_096
    added(desk, INSTALMENT_PLAN, account_id=client, agreed_on=TODAY, total=400_00, count=4, first_due="2026-12-20")
    assert left() == 1_218


# disputes, stops


def test_a_dispute_takes_its_part_out_and_gives_it_back(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    owed = bill(desk, client, 386_00, "2026-10-10")
    actions_collection.open_dispute(desk, owed, 150_00, "service", "话筒失灵两次")
    assert (row(desk, RECEIVABLE, owed)["disputed"], queries_collection.debtors(reader, TODAY, client)[client].overdue(TODAY)) == (150_00, 236_00)
    with pytest.raises(Refused, match="No more can be disputed"):
        actions_collection.open_dispute(desk, owed, 300_00, "price")
    (quarrel,) = reader.execute("select id, due, state from dispute where gone is null").fetchall()
    assert quarrel[1:] == ("2026-11-23", "open")
    with pytest.raises(Refused, match="agreed"):
        desk.move(DISPUTE, quarrel[0], 1, "settle")
    desk.move(DISPUTE, quarrel[0], 1, "settle", values={"result": "客户照付"})
    actions.keep(desk)
    assert row(desk, RECEIVABLE, owed)["disputed"] == 0
    sound(desk.store)


def test_stop_and_resume(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲", credit="open", credit_limit=9_000_00)
    added(desk, BOOKING, account_id=client, hotel_id=hotel(desk), kind="banquet", state="definite", day="2026-12-18", price=100_00, tables=22, remark="年终会")
    assert [(hit.words, hit.amount) for hit in queries_collection.hit_by_stop(reader, client, TODAY)] == [("年终会", 2_200_00)]
    with pytest.raises(Refused, match="Say why"):
        actions_collection.stop_credit(desk, client, "")
    actions_collection.stop_credit(desk, client, "逾期 60 天")
    with pytest.raises(Refused, match="already"):
        actions_collection.stop_credit(desk, client, "逾期 60 天")
    assert row(desk, ACCOUNT, client)["credit"] == "stopped"
    desk.undo()
    assert row(desk, ACCOUNT, client)["credit"] == "open"


def test_a_stop_suspends_the_agreement(desk: Desk) -> None:
    client = account(desk, "甲")
    made_now = added(desk, CREDIT_AGREEMENT, account_id=client, starts="2026-01-01", signed_on="2026-01-01", ends="2026-12-31", credit_limit=1_00, days=30, hotel_id=hotel(desk))
    desk.move(CREDIT_AGREEMENT, made_now, 1, "sign")
    actions.keep(desk)
    actions_collection.stop_credit(desk, client, "逾期")
    assert (row(desk, CREDIT_AGREEMENT, made_now)["state"], row(desk, ACCOUNT, client)["credit"]) == ("suspended", "stopped")
    actions_collection.resume_credit(desk, client, "已付清")
    actions.keep(desk)
    assert (row(desk, CREDIT_AGREEMENT, made_now)["state"], row(desk, ACCOUNT, client)["credit"]) == ("active", "open")


def test_the_rate_of_recovery_is_that_of_the_bills_one_by_one(desk: Desk) -> None:
    """Added up in the database by client, it is what the rule says of every bill and its payments."""
    import random

    from crm_desktop.duties.credit import rules_calls
    from crm_desktop.record.dates import add_days, days_before

    dice, late = random.Random(7), list[rules_calls.Late]()
    clients = {account(desk, f"Client {at}", **kind): ladder for at, (kind, ladder) in enumerate((({}, "company"), ({"kind": "agency"}, "agency")))}
    for at in range(24):
        client, due = dice.choice(list(clients)), days_before(TODAY, dice.randrange(15, 150))
        row_id = added(desk, RECEIVABLE, account_id=client, hotel_id=hotel(desk), amount=10_000, due=due, bill_date=days_before(due, 5), document_no=f"N{at}")
        parts = [(min(TODAY, add_days(due, dice.choice([-3, 0, 1, 14, 15, 20]))), 3_000) for _ in range(dice.randrange(4))]
        for paid_on, amount in parts:
            money.take_receipt(desk, {"amount": amount, "received_on": paid_on, "account_id": client}, [(row_id, amount)])
        before, within = rules_calls.came_in_time(due, parts)
        late.append(rules_calls.Late(clients[client], due, 10_000 - before, within))
    found = queries_collection.recovery(desk.store.writer, TODAY)
    assert {ladder: found[ladder] for ladder in ("company", "agency")} == pytest.approx(rules_calls.recovery(late))


def test_a_long_sheet_shows_the_first_calls_and_counts_all(desk: Desk) -> None:
    for at in range(3):
        bill(desk, account(desk, f"Client {at}"), 10_000 * (at + 1), "2026-10-01")
    sheet = queries_collection.calls(desk.store.writer, TODAY, most=2)
    assert ([row.call.overdue for row in sheet.rows], sheet.whole, sheet.overdue) == ([30_000, 20_000], 3, 60_000)


# write-offs and instalments


def test_an_approved_write_off_closes_its_bill_and_what_is_recovered_opens_it(desk: Desk) -> None:
    """As of the day before, it is owed as it was then; no money is said to have come."""
    from crm_desktop.duties.credit.records_collection import WRITE_OFF
    from crm_desktop.duties.receivables import queries as owed
    from crm_desktop.duties.receivables import queries_reports

    client = account(desk, "旭阑置业")
    row_id = bill(desk, client, 50_000, "2024-01-31", stage="waiting")
    money.take_receipt(desk, {"amount": 20_000, "received_on": "2026-10-01"}, [(row_id, 20_000)])
    asked = added(desk, WRITE_OFF, account_id=client, receivable_id=row_id, asked_on=TODAY, amount=30_001, cause="注销")
    desk.move(WRITE_OFF, asked, 1, "ask")
    with pytest.raises(Refused, match=r"Only 300\.00 of bill"):
        desk.move(WRITE_OFF, asked, 2, "approve")
    assert row(desk, RECEIVABLE, row_id)["balance"] == 30_000
    change(desk, WRITE_OFF, asked, amount=30_000)
    done = desk.move(WRITE_OFF, asked, row(desk, WRITE_OFF, asked)["version"], "approve")
    found = row(desk, RECEIVABLE, row_id)
    assert (found["balance"], found["paid"], found["stage"]) == (0, 20_000, "bad")
    reader = desk.store.writer
    assert [aged.owes for aged in owed.ageing(reader, TODAY)] == []
    assert [aged.owes for aged in owed.ageing(reader, "2026-11-17")] == [30_000]
    assert [aged.owes for aged in owed.ageing(reader, "2026-09-30")] == [50_000]
    [figures] = queries_reports.figures(reader, "2026-11-17").rows
    assert figures["open_balance"] == "300.00"
    assert owed.untied(reader) is None
    desk.undo(done.id)
    assert row(desk, RECEIVABLE, row_id)["balance"] == 30_000
    desk.move(WRITE_OFF, asked, row(desk, WRITE_OFF, asked)["version"], "approve")
    desk.move(WRITE_OFF, asked, row(desk, WRITE_OFF, asked)["version"], "recover", values={"recovered": 10_000})
    found = row(desk, RECEIVABLE, row_id)
    assert (found["balance"], found["stage"]) == (10_000, "waiting")
    sound(desk.store)


def test_instalments_are_paid_by_receipts(desk: Desk) -> None:
    """What came from the day of signing on for bills from before it, up to the sum; taken back it is unpaid; paid whole it is fulfilled."""
    client = account(desk, "棠溪旅行社")
    old = bill(desk, client, 90_000, "2026-06-30")
    later = added(desk, RECEIVABLE, account_id=client, hotel_id=hotel(desk), amount=10_000, due="2026-12-01", bill_date="2026-11-10")
    money.take_receipt(desk, {"amount": 5_000, "received_on": "2026-08-01"}, [(old, 5_000)])
    plan = added(desk, INSTALMENT_PLAN, account_id=client, agreed_on="2026-09-01", total=60_000, count=3, first_due="2026-09-16")
    change(desk, RECEIVABLE, old, bill_date="2026-06-01")
    came = money.take_receipt(desk, {"amount": 30_000, "received_on": "2026-10-01"}, [(old, 20_000), (later, 10_000)])
    actions.keep(desk)
    assert row(desk, INSTALMENT_PLAN, plan)["received"] == 20_000
    assert actions.keep(desk).count == 0
    desk.undo(came.id)
    actions.keep(desk)
    assert row(desk, INSTALMENT_PLAN, plan)["received"] == 0
    money.take_receipt(desk, {"amount": 70_000, "received_on": "2026-11-01"}, [(old, 70_000)])
    actions.keep(desk)
    found = row(desk, INSTALMENT_PLAN, plan)
    assert (found["received"], found["state"]) == (60_000, "fulfilled")
    assert actions.keep(desk).count == 0
    sound(desk.store)
