"""Deposits by what they are in law: the split of an earnest, what may be kept, and that the ledger of deposits ties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties import RECORDS
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.receivables import actions_deposits, documents, queries, queries_deposits
from crm_desktop.duties.receivables import rules_deposits as rules
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.duties.receivables.records_deposits import DEPOSIT
from crm_desktop.record.dates import set_clock
from crm_desktop.record.paper import Ask
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


@pytest.mark.parametrize(
    ("amount", "contract", "split"),
    [(50_000_00, 167_496_00, (33_499_20, 16_500_80)), (20_000_00, 100_000_00, (20_000_00, 0)), (20_000_01, 100_000_00, (20_000_00, 1)), (5_000_00, 0, (5_000_00, 0)), (1, 4, (0, 1))],
)
def test_of_an_earnest_at_most_a_fifth_of_the_contract_is_one(amount: int, contract: int, split: tuple[int, int]) -> None:
    assert rules.lawful(amount, contract) == split


@pytest.mark.parametrize(
    ("kind", "contract", "kept", "owed"),
    [("earnest", 2_000, 400, 1_400), ("earnest", 0, 1_000, 2_000), ("booking", 2_000, 0, 1_000), ("prepayment", 2_000, 0, 1_000), ("security", 0, 1_000, 1_000), ("guarantee", 0, 1_000, 1_000), ("own", 0, 0, 1_000)],
)
def test_what_the_hotel_may_keep_and_what_it_owes(kind: str, contract: int, kept: int, owed: int) -> None:
    deposit = {"kind": kind, "amount": 1_000, "contract": contract}
    deposit |= rules.settle(deposit)
    assert (rules.forfeitable(deposit), rules.owed_back(deposit)) == (kept, owed)
    assert (rules.law_words(deposit) is None) == (kind == "own")


@given(st.integers(1, 10**10), st.integers(0, 10**11), st.sampled_from(("earnest", "booking", "prepayment", "security")))
def test_the_parts_of_a_deposit_are_all_of_it(amount: int, contract: int, kind: str) -> None:
    earnest, rest = rules.lawful(amount, contract)
    assert earnest + rest == amount
    assert earnest * 5 <= contract or not contract
    deposit: dict[str, Any] = {"kind": kind, "amount": amount, "contract": contract}
    deposit |= rules.settle(deposit)
    assert 0 <= rules.forfeitable(deposit) <= amount <= rules.owed_back(deposit) <= 2 * amount


def bill(desk: Desk, client: int, amount: int, due: str, **more: Any) -> int:
    return added(desk, RECEIVABLE, account_id=client, hotel_id=hotel(desk), amount=amount, due=due, bill_date=min(due, "2026-11-01"), **more)


def paid(desk: Desk, client: int, amount: int, kind: str = "earnest", **more: Any) -> int:
    return added(desk, DEPOSIT, account_id=client, hotel_id=hotel(desk), day="2026-11-02", amount=amount, kind=kind, **more)


def test_a_deposit_pays_the_oldest_bills_and_everything_ties(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    old, new = bill(desk, client, 300_00, "2026-11-10", disputed=100_00), bill(desk, client, 500_00, "2026-12-10")
    bill(desk, client, 900_00, "2026-10-10", currency="USD")
    held = paid(desk, client, 1_000_00, contract=4_000_00)
    assert (row(desk, DEPOSIT, held)["balance"], row(desk, DEPOSIT, held)["earnest"], row(desk, DEPOSIT, held)["code"]) == (1_000_00, 800_00, "DJ-2026-0001")
    for amount in (0, 1_000_01, 700_01):
        with pytest.raises(Refused, match="Nothing was changed"):
            actions_deposits.apply_oldest(desk, held, amount)
    actions_deposits.apply_oldest(desk, held, 600_00)
    assert [row(desk, RECEIVABLE, each)["balance"] for each in (old, new)] == [100_00, 100_00]
    assert row(desk, DEPOSIT, held)["balance"] == 400_00
    assert queries.untied(reader) is None
    (line,) = queries_deposits.report(reader).rows
    assert (line["kind"], line["received"], line["applied"], line["held"], line["earnest"]) == ("earnest", "1000.00", "600.00", "400.00", "800.00")
    desk.undo()
    assert (row(desk, DEPOSIT, held)["balance"], row(desk, RECEIVABLE, old)["balance"]) == (1_000_00, 300_00)
    sound(desk.store)


def test_what_leaves_a_deposit_needs_a_reason_and_the_law(desk: Desk) -> None:
    client = account(desk, "甲")
    held, booked = paid(desk, client, 1_000_00, contract=4_000_00), paid(desk, client, 50_00, "booking")
    for wrong in (lambda: actions_deposits.refund(desk, held, 100_00, " "), lambda: actions_deposits.keep_it(desk, held, 800_01, "客户取消"), lambda: actions_deposits.keep_it(desk, booked, 1, "客户取消")):
        with pytest.raises(Refused):
            wrong()
    actions_deposits.keep_it(desk, held, 800_00, "客户取消婚宴")
    actions_deposits.refund(desk, held, 200_00, "预付款部分退回")
    assert row(desk, DEPOSIT, held)["balance"] == 0
    with pytest.raises(Refused):
        actions_deposits.refund(desk, held, 1, "再退")
    with pytest.raises(Invalid):
        change(desk, DEPOSIT, held, amount=900_00)
    with pytest.raises(Invalid):
        change(desk, DEPOSIT, held, kind="prepayment")


def test_held_deposits_count_in_favour_of_the_headroom_once(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲", credit="open", credit_limit=10_000_00)
    event = added(desk, BOOKING, account_id=client, hotel_id=hotel(desk), day="2026-12-10", kind="meeting", state="definite", price=3_000_00, name="年会", deposit=500_00)

    def deposits() -> int:
        money = queries.account_money(reader, client, TODAY)
        assert money is not None
        return money.exposure.deposits

    assert deposits() == 500_00
    paid(desk, client, 700_00, "prepayment", booking_id=event)
    assert deposits() == 700_00
    paid(desk, client, 40_00, "security")
    paid(desk, client, 99_00, "security", currency="USD")
    assert deposits() == 740_00


def test_the_receipt_says_what_it_is_in_law(tmp_path: Path) -> None:
    sample = made()
    with at_its_hour(), Store(sample.copy(tmp_path / "hotel.db"), RECORDS) as store, closing(store.open_reader()) as reader:
        wedding = reader.execute("select id from deposit where kind = 'earnest'").fetchone()[0]
        made_of = documents.deposit(reader, Ask(wedding, TODAY))
        assert made_of is not None
        assert (made_of.data["amount"], made_of.data["parts"]) == ("50,000.00", [["定金", "33,499.20"], ["预付款", "16,500.80"]])
        assert made_of.data["amount_zh"] == "人民币伍万元整"
        money = queries.account_money(reader, sample.ids["沐棹会展"], TODAY)
        assert money is not None
        assert money.headroom == -36_400_00
        assert "33,499.20" in say(rules.law_words({"kind": "earnest", "amount": 50_000_00, "contract": 167_496_00}) or "")
