"""The ledger holds: what is open on any day is what was billed less what had come by then, whatever was done since."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties import RECORDS
from crm_desktop.duties.receivables import actions, queries, queries_matching, queries_open, rules_matching
from crm_desktop.duties.receivables.records import BROKEN, KEPT, OPEN, PROMISE, RECEIPT, RECEIVABLE
from crm_desktop.record.dates import add_days, set_clock
from crm_desktop.store import check
from crm_desktop.store.store import Store
from tests.samples import account, added, change, hotel, remove, row, sound

TODAY = "2026-11-18"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    set_clock(dt.datetime(2026, 11, 18, 9))
    yield
    set_clock(None)


def bill(desk: Desk, client: int, amount: int, due: str, **values: Any) -> int:
    given = {"account_id": client, "hotel_id": hotel(desk), "amount": amount, "due": due, "bill_date": add_days(due, -30)}
    return added(desk, RECEIVABLE, **(given | values))


def buckets(reader: Any, day: str) -> list[int]:
    [aged] = queries.ageing(reader, day)
    return aged.amounts


def test_the_oldest_due_is_paid_first_and_what_is_disputed_is_skipped(desk: Desk, reader: Any) -> None:
    client = account(desk, "越岫城建")
    due = {"2026-09-30": 12_300_00, "2026-10-15": 28_000_00, "2026-10-20": 15_000_00, "2026-11-10": 20_000_00}
    bills = [bill(desk, client, amount, day, disputed=amount if day == "2026-10-20" else 0) for day, amount in due.items()]
    proposal = queries_matching.propose(reader, 50_000_00, TODAY, account_id=client)
    assert (proposal.match.how, proposal.applications) == (rules_matching.OLDEST, [(bills[0], 12_300_00), (bills[1], 28_000_00), (bills[3], 9_700_00)])
    actions.take_receipt(desk, {"amount": 50_000_00, "account_id": client}, proposal.applications)
    assert [row(desk, RECEIVABLE, each)["balance"] for each in bills] == [0, 0, 15_000_00, 10_300_00]
    assert buckets(reader, TODAY) == [0, 25_300_00, 0, 0, 0]
    assert buckets(reader, "2026-11-17") == [0, 35_000_00, 40_300_00, 0, 0]
    [yesterday] = queries.ageing(reader, "2026-11-17")
    assert (yesterday.items, yesterday.disputed) == (4, 15_000_00)
    actions.unapply(desk, [reader.execute("select id from application order by id").fetchone()[0]])
    assert buckets(reader, TODAY) == [0, 25_300_00, 12_300_00, 0, 0]
    desk.undo()
    assert buckets(reader, TODAY) == [0, 25_300_00, 0, 0, 0]
    sound(desk.store)


def test_a_receipt_on_account_is_applied_later_and_counts_from_its_day(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    owed = bill(desk, client, 900, "2026-11-01")
    actions.take_receipt(desk, {"amount": 500, "account_id": client, "received_on": "2026-11-10"})
    [came] = reader.execute("select id from receipt").fetchone()
    assert buckets(reader, TODAY) == [0, 900, 0, 0, 0]
    actions.apply(desk, came, [(owed, 500)], "service")
    assert [sum(buckets(reader, day)) for day in ("2026-11-09", "2026-11-10", TODAY)] == [900, 400, 400]
    assert reader.execute("select short, why_short, day from application").fetchall() == [(400, "service", "2026-11-10")]
    change(desk, RECEIPT, came, received_on="2026-11-12")  # it was another day
    assert [sum(buckets(reader, day)) for day in ("2026-11-10", "2026-11-11", "2026-11-12")] == [900, 900, 400]
    assert row(desk, RECEIVABLE, owed)["last_paid"] == "2026-11-12"
    sound(desk.store)


@pytest.mark.parametrize(("record", "column"), [(RECEIVABLE, "paid"), (RECEIPT, "applied")])
def test_what_receipts_paid_is_not_typed_away(desk: Desk, record: Any, column: str) -> None:
    client = account(desk, "甲")
    owed = bill(desk, client, 900, "2026-11-01", paid=100)
    actions.take_receipt(desk, {"amount": 500, "account_id": client}, [(owed, 500)])
    row_id = owed if record is RECEIVABLE else desk.store.writer.execute("select id from receipt").fetchone()[0]
    with pytest.raises(Invalid, match="take those applications back"):
        change(desk, record, row_id, **{column: 499})
    assert row(desk, RECEIVABLE, owed)["paid"] == 600


@pytest.mark.embedded
@pytest.mark.parametrize("sql", ["update receivable set paid = 100, balance = 800", "update receivable set by_receipts = 400", "update receipt set applied = 0, unapplied = 500"])
def test_a_ledger_that_does_not_tie_is_noticed(desk: Desk, reader: Any, sql: str) -> None:
    client = account(desk, "甲")
    actions.take_receipt(desk, {"amount": 500, "account_id": client}, [(bill(desk, client, 900, "2026-11-01"), 500)])
    assert queries.untied(reader) is None
    desk.store.writer.execute(sql)
    assert queries.untied(reader) is queries.UNTIED
    assert check.everything(reader, desk.store.keys, desk.store.records)


# a receipt that is removed


def test_a_removed_receipt_no_longer_keeps_its_promise(desk: Desk) -> None:
    client = account(desk, "甲")
    late = added(desk, PROMISE, account_id=client, made_on="2026-11-01", due="2026-11-10", amount=500)
    coming = added(desk, PROMISE, account_id=client, made_on="2026-11-01", due="2026-11-25", amount=500)
    for day in ("2026-11-09", "2026-11-10"):
        actions.take_receipt(desk, {"amount": 500, "account_id": client, "received_on": day})
    assert [row(desk, PROMISE, each)["state"] for each in (late, coming)] == [KEPT, KEPT]
    first, second = (found[0] for found in desk.store.writer.execute("select id from receipt order by id").fetchall())
    remove(desk, RECEIPT, second)
    assert [(row(desk, PROMISE, each)["state"], row(desk, PROMISE, each)["received"]) for each in (late, coming)] == [(KEPT, 500), (OPEN, 0)]
    remove(desk, RECEIPT, first)
    assert [(row(desk, PROMISE, each)["state"], row(desk, PROMISE, each)["received"]) for each in (late, coming)] == [(BROKEN, 0), (OPEN, 0)]
    desk.undo()
    assert [row(desk, PROMISE, each)["state"] for each in (late, coming)] == [KEPT, OPEN]
    sound(desk.store)


# anything, in any order


class Ledger(RuleBasedStateMachine):
    """Bills, receipts, applications, taken back, undone; beside them a model of three lists."""

    def __init__(self) -> None:
        super().__init__()
        set_clock(dt.datetime(2026, 11, 18, 9))
        self.folder = TemporaryDirectory()
        self.store = Store(Path(self.folder.name) / "crm.db", RECORDS, create=True)
        self.desk = Desk(self.store, "高澄")
        self.client = account(self.desk, "甲")
        self.bills: dict[int, tuple[str, int]] = {}
        self.receipts: dict[int, tuple[str, int]] = {}
        self.parts: dict[int, tuple[int, int, int]] = {}

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def left(self, receipt: int) -> int:
        return self.receipts[receipt][1] - sum(amount for one, _, amount in self.parts.values() if one == receipt)

    def owed(self, row_id: int, day: str = "9999") -> int:
        return self.bills[row_id][1] - sum(amount for one, other, amount in self.parts.values() if other == row_id and self.receipts[one][0] <= day)

    @rule(amount=st.integers(1, 900), ago=st.integers(0, 120))
    def bill(self, amount: int, ago: int) -> None:
        day = add_days(TODAY, -ago)
        self.bills[bill(self.desk, self.client, amount, add_days(day, 30), bill_date=day)] = (day, amount)

    @rule(amount=st.integers(1, 900), ago=st.integers(0, 60))
    def receive(self, amount: int, ago: int) -> None:
        day = add_days(TODAY, -ago)
        done = actions.take_receipt(self.desk, {"amount": amount, "account_id": self.client, "received_on": day, "hotel_id": hotel(self.desk)})
        self.receipts[next(row_id for table, row_id in done.rows if table == "receipt")] = (day, amount)

    @precondition(lambda self: self.bills and self.receipts)
    @rule(dice=st.randoms(use_true_random=False), amount=st.integers(-5, 900))
    def apply(self, dice: random.Random, amount: int) -> None:
        receipt, owed = dice.choice(sorted(self.receipts)), dice.choice(sorted(self.bills))
        if not 0 < amount <= min(self.left(receipt), self.owed(owed)):
            with pytest.raises(actions.Refused):
                actions.apply(self.desk, receipt, [(owed, amount)])
            return
        done = actions.apply(self.desk, receipt, [(owed, amount)])
        self.parts[next(row_id for table, row_id in done.rows if table == "application")] = (receipt, owed, amount)

    @precondition(lambda self: self.parts)
    @rule(dice=st.randoms(use_true_random=False), undone=st.booleans())
    def take_back(self, dice: random.Random, undone: bool) -> None:
        part = dice.choice(sorted(self.parts))
        actions.unapply(self.desk, [part])
        if undone:
            self.desk.undo()
        else:
            del self.parts[part]

    @invariant()
    def ties(self) -> None:
        reader = self.store.writer
        assert queries.untied(reader) is None
        for day in (TODAY, add_days(TODAY, -1), add_days(TODAY, -25), add_days(TODAY, -70)):
            found = {aged.currency: (aged.owes, aged.items) for aged in queries.ageing(reader, day) if aged.items or aged.owes}
            then = [owed for row_id, (billed, _) in self.bills.items() if billed <= day and (owed := self.owed(row_id, day))]
            assert found == ({"CNY": (sum(then), len(then))} if then else {})
        unapplied = reader.execute("select coalesce(sum(unapplied), 0) from receipt where gone is null").fetchone()[0]
        assert unapplied == sum(map(self.left, self.receipts))


TestLedger = Ledger.TestCase
TestLedger.settings = settings(max_examples=6, stateful_step_count=14, deadline=None)


def _lives(count: int, seed: int) -> tuple[list[tuple[Any, ...]], list[tuple[int, str, int]], dict[tuple[int, str], tuple[int, int]]]:
    """So many random ledgers, a client each: bills, receipts and what the rule of matching applied; and what plain sums say was
    open on three days: (client, day) -> (amount, items)."""
    dice = random.Random(seed)
    bills, parts, said = list[list[Any]](), list[tuple[int, str, int]](), dict[tuple[int, str], tuple[int, int]]()
    days = [add_days(TODAY, -ago) for ago in range(121)]
    for client in range(1, count + 1):
        owed: dict[int, list[Any]] = {}
        for _ in range(dice.randint(1, 6)):
            amount, day = dice.choice((dice.randint(1, 99), dice.randint(100, 10_000_000))), days[dice.randint(30, 120)]
            owed[len(bills) + 1] = [day, amount, [], dice.choice((0, 0, 0, amount // 2, amount))]
            bills.append([len(bills) + 1, client, day, dice.choice(days), amount, owed[len(bills) + 1][3]])
        for _ in range(dice.randint(0, 4)):
            came, amount = days[dice.randint(0, 29)], dice.choice((dice.choice(list(owed.values()))[1], dice.randint(1, 5_000_000)))
            items = [rules_matching.Item(row_id, bills[row_id - 1][3], one[1] - sum(p for _, p in one[2]), one[3]) for row_id, one in owed.items()]
            found = rules_matching.match(amount, items)
            assert sum(found.parts.values()) + found.rest == amount  # not a fen lost
            for row_id, part in found.parts.items():
                assert 0 < part <= owed[row_id][1] - sum(p for _, p in owed[row_id][2])
                owed[row_id][2].append((came, part))
                parts.append((row_id, came, part))
        for day in (days[0], days[10], days[60]):
            then = [one[1] - sum(part for came, part in one[2] if came <= day) for one in owed.values() if one[0] <= day]
            said[client, day] = (sum(then), sum(amount != 0 for amount in then))
        for row_id, one in owed.items():
            bills[row_id - 1].append(sum(part for _, part in one[2]))
    return [tuple(one) for one in bills], parts, said


def _grouped(parts: list[tuple[int, str, int]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for row_id, day, _ in parts:
        found.setdefault(row_id, []).append(day)
    return found


def _random_ledgers(count: int, seed: int) -> None:
    """Each client of one table is a ledger of its own: the statement must say of each what plain sums say."""
    import sqlite3

    bills, parts, said = _lives(count, seed)
    last = {row_id: max(days) for row_id, days in _grouped(parts).items()}
    db = sqlite3.connect(":memory:")
    db.execute("create table receivable (id integer primary key, account_id, bill_date, due, amount, disputed, balance, last_paid, written_on default '', written_off default 0, gone)")
    db.execute("create table application (receivable_id, day, amount, gone)")
    db.executemany("insert into receivable (id, account_id, bill_date, due, amount, disputed, balance, last_paid) values (?, ?, ?, ?, ?, ?, ?, ?)", [(*one[:6], one[4] - one[6], last.get(one[0], "")) for one in bills])
    db.executemany("insert into application values (?, ?, ?, null)", parts)
    for day in {day for _, day in said}:
        sql, values = queries_open.summed(("account_id",), day)
        found = {client: (owes, items) for client, owes, items, _ in db.execute(sql, values)}
        assert {client: (owes, items) for (client, at), (owes, items) in said.items() if at == day and (owes or items)} == {
            client: sums for client, sums in found.items() if sums != (0, 0)
        }  # fmt: skip


def test_a_thousand_random_ledgers() -> None:
    _random_ledgers(1_000, random.SystemRandom().randrange(1_000_000))


HUNDRED_THOUSAND = 50  # parts of two thousand: each is a table of its own, and none comes near the limit of a test, however loaded the machine is


@pytest.mark.long
@pytest.mark.parametrize("part", range(HUNDRED_THOUSAND))
def test_a_hundred_thousand_random_ledgers(part: int) -> None:
    _random_ledgers(2_000, 20261118 + part)
