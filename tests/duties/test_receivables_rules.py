"""Rules of receivables: ages and buckets, promises, shares, and the matching of receipts to bills."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.duties.receivables import rules
from crm_desktop.duties.receivables import rules_matching as matching
from crm_desktop.duties.receivables.rules import BROKEN, KEPT, OPEN, PART, WITHDRAWN
from crm_desktop.duties.receivables.rules_matching import Came, Item, Match, match
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.text import Text
from crm_desktop.record.workdays import is_working

TODAY = "2026-11-18"  # a Wednesday
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2032, 1, 1)).map(dt.date.isoformat)
LIMITS = st.lists(st.integers(0, 400), min_size=1, max_size=7, unique=True).map(sorted)
CURRENCIES = st.sampled_from(["CNY", "USD", "EUR"])
AMOUNTS = st.integers(-(10**9), 10**9)


# ageing


@pytest.mark.parametrize(
    ("due", "balance", "days", "bucket"),
    [
        ("2026-11-18", 100, 0, 0), ("2026-12-01", 100, 0, 0), ("2026-11-17", 100, 1, 1), ("2026-10-19", 1, 30, 1), ("2026-10-18", 1, 31, 2),
        ("2026-09-19", 1, 60, 2), ("2026-09-18", 1, 61, 3), ("2026-08-20", 1, 90, 3), ("2026-08-19", -5, 91, 4), ("2026-04-30", 1, 202, 4),
    ],
)  # fmt: skip
def test_days_past_due_and_their_bucket(due: str, balance: int, days: int, bucket: int) -> None:
    assert rules.days_past_due(due, balance, TODAY) == days
    assert rules.bucket(days) == bucket


@pytest.mark.parametrize(("due", "balance"), [("", 100), ("2026-01-01", 0), ("", 0)])
def test_what_is_settled_or_never_due_has_no_age(due: str, balance: int) -> None:
    assert rules.days_past_due(due, balance, TODAY) is None


@given(DAYS, DAYS, LIMITS)
def test_every_item_is_in_exactly_one_bucket_and_its_filters_find_it_there(due: str, day: str, limits: list[int]) -> None:
    """The buckets of a strip are opened by filters on the due date: they must not overlap nor leave a gap."""
    compare = {">=": lambda a, b: a >= b, "<": lambda a, b: a < b}
    inside = [
        at
        for at in range(len(limits) + 1)
        if all(compare[how](due, bound) for _, how, bound in rules.bucket_filters(at, day, limits))
    ]
    assert inside == [rules.bucket(max(0, days_between(due, day)), limits)]


ROWS = st.lists(st.tuples(DAYS, CURRENCIES, AMOUNTS, st.integers(1, 5), st.integers(0, 10**6)), max_size=30)


@given(ROWS, DAYS, LIMITS, st.randoms(use_true_random=False))
def test_buckets_add_up_to_what_is_open_in_any_order(rows: list[Any], day: str, limits: list[int], chance: random.Random) -> None:
    aged = rules.age(rows, day, limits)
    assert len({one.currency for one in aged}) == len(aged)
    for one in aged:
        mine = [row for row in rows if row[1] == one.currency]
        assert one.owes == sum(row[2] for row in mine)
        assert one.items == sum(row[3] for row in mine)
        assert one.overdue == sum(row[2] for row in mine if row[0] < day)
        assert one.long == sum(row[2] for row in mine if days_between(row[0], day) > 60)
        assert one.oldest == max(0, *(days_between(row[0], day) for row in mine))
    mixed = list(rows)
    chance.shuffle(mixed)
    assert [vars(one) for one in rules.age(mixed, day, limits)] == [vars(one) for one in aged]


def test_a_bill_and_its_credit_note_are_both_late() -> None:
    (aged,) = rules.age([("2026-11-01", "CNY", 0, 2, 0)], TODAY)
    assert (aged.counts, aged.late, aged.oldest, aged.overdue) == ([0, 2, 0, 0, 0], 2, 17, 0)


def test_the_house_currency_comes_first() -> None:
    rows = [("2026-01-01", unit, 1, 1, 0) for unit in ("AUD", "USD", "CNY")]
    assert [aged.currency for aged in rules.age(rows, TODAY)] == ["CNY", "AUD", "USD"]


@pytest.mark.parametrize(
    ("at", "limits", "words"),
    [
        (0, (0, 30), Text("Not due")), (0, (7, 30), Text("Up to {last} days", last=7)), (1, (0, 30), Text("{first}–{last} days", first=1, last=30)),
        (2, (0, 30), Text("Over {days} days", days=30)), (3, rules.LIMITS, Text("{first}–{last} days", first=61, last=90)),
    ],
)  # fmt: skip
def test_what_buckets_are_called(at: int, limits: tuple[int, ...], words: Text) -> None:
    assert rules.bucket_words(at, limits) == words


@pytest.mark.parametrize(
    ("part", "whole", "tenths"),
    [(47_580_000, 248_630_000, 191), (0, 5, 0), (1, 0, None), (1, -5, None), (5, 5, 1000), (1, 3, 333), (2, 3, 667), (1, 2000, 1)],
)
def test_the_share_over_sixty_days(part: int, whole: int, tenths: int | None) -> None:
    assert rules.share(part, whole) == tenths
    assert rules.percent(191) == "19.1 %"


def test_the_later_the_deeper() -> None:
    assert [rules.late_tone(days) for days in (None, 0, 1, 30, 31, 61, 91, 5000)] == ["", "soft", "late1", "late1", "late2", "late3", "late4", "late4"]


# what may be saved


@pytest.mark.parametrize(
    ("check", "row", "wrong"),
    [
        (rules.check, {"due": "2026-11-01", "bill_date": "2026-11-02"}, {"due"}), (rules.check, {"amount": 5, "disputed": 6}, {"disputed"}),
        (rules.check, {"amount": -5, "disputed": 0, "kind": "credit"}, set()), (rules.check, {"amount": -5, "kind": "room"}, {"amount"}),
        (rules.check, {"currency": "XQZ"}, {"currency"}), (rules.check, {"currency": "USD"}, set()), (rules.check, {"paid": 4, "by_receipts": 5}, {"paid"}),
        (rules.check, {"due": "2026-11-02", "bill_date": "2026-11-02", "amount": 5, "disputed": 5}, set()),
        (rules.check_receipt, {"amount": 5, "applied": 6}, {"applied"}), (rules.check_receipt, {"amount": 5, "applied": 5}, set()),
        (rules.check_receipt, {"amount": -5, "applied": 0}, set()), (rules.check_promise, {"made_on": TODAY, "due": "2026-11-17"}, {"due"}),
        (rules.check_promise, {"made_on": TODAY, "due": TODAY}, set()), (rules.check_promise, {}, set()),
    ],
)  # fmt: skip
def test_what_is_wrong(check: Any, row: dict[str, Any], wrong: set[str]) -> None:
    assert set(check({"due": TODAY} | row)) == wrong


# promises


@pytest.mark.parametrize(
    ("due", "last"),
    [
        ("2026-11-18", "2026-11-19"), ("2026-11-20", "2026-11-23"), ("2026-10-31", "2026-11-02"), ("2026-11-01", "2026-11-02"),
        ("2026-10-01", "2026-10-08"), ("2026-12-31", "2027-01-04"),
    ],
)  # fmt: skip
def test_the_last_day_for_a_promise(due: str, last: str) -> None:
    """The working day after the promised one: Friday's and Saturday's promise has until Monday, that for National Day until the 5th."""
    assert rules.deadline(due) == last


@given(DAYS)
def test_deadlines_never_run_back(due: str) -> None:
    last = rules.deadline(due)
    assert due < last <= rules.deadline(add_days(due, 1))
    assert is_working(last)


@given(DAYS)
def test_what_is_missed_is_what_is_over(day: str) -> None:
    last = rules.last_missed(day)
    assert rules.deadline(last) < day <= rules.deadline(add_days(last, 1))


@pytest.mark.parametrize(
    ("amount", "received", "day", "state"),
    [
        (100, 0, "2026-11-19", OPEN), (100, 99, "2026-11-19", OPEN), (100, 100, "2026-11-10", KEPT), (100, 120, "2026-12-01", KEPT),
        (100, 99, "2026-11-20", PART), (100, 0, "2026-11-20", BROKEN), (0, 0, "2026-11-19", OPEN), (0, 0, "2026-11-20", BROKEN), (0, 1, "2026-11-18", OPEN), (0, 1, "2026-11-20", PART),
    ],
)  # fmt: skip
def test_what_became_of_a_promise_for_today(amount: int, received: int, day: str, state: str) -> None:
    assert rules.promise_state(amount, received, TODAY, day) == state


def promise(row_id: int, due: str, amount: int, received: int = 0, state: str = OPEN, made_on: str = "2026-10-01", currency: str = "CNY") -> dict[str, Any]:
    return {"id": row_id, "due": due, "amount": amount, "received": received, "state": state, "made_on": made_on, "currency": currency}


def test_money_fills_the_earliest_promise_first_and_only_those_it_is_for() -> None:
    rows = [
        promise(1, "2026-11-30", 500), promise(2, "2026-11-20", 300, received=100), promise(3, "2026-11-10", 900), promise(4, "2026-11-25", 50, state=WITHDRAWN),
        promise(5, "2026-11-21", 50, made_on="2026-11-19"), promise(6, "2026-11-19", 50, currency="USD"), promise(7, "2026-12-09", 0),
    ]  # fmt: skip
    assert rules.credited(rows, TODAY, 400, "CNY") == {2: 200, 1: 200}
    assert rules.credited(rows, TODAY, 1000, "CNY") == {2: 200, 1: 500, 7: 300}
    assert rules.credited(rows, TODAY, 0, "CNY") == {}
    assert rules.credited(rows, "2026-11-11", 60, "CNY") == {3: 60}


PROMISES = st.lists(
    st.builds(
        lambda due, amount, received, state, early, currency: promise(0, due, amount, min(amount, received), state, add_days(due, -early), currency),
        DAYS, st.integers(0, 10**7), st.integers(0, 10**7), st.sampled_from([OPEN, KEPT, PART, BROKEN, WITHDRAWN]), st.integers(0, 60), CURRENCIES,
    ),
    max_size=12,
).map(lambda rows: [row | {"id": at} for at, row in enumerate(rows)])  # fmt: skip


@given(PROMISES, DAYS, st.integers(0, 10**8), CURRENCIES, st.randoms(use_true_random=False))
def test_no_promise_gets_more_than_it_is_for_nor_all_more_than_came(
    rows: list[Any], day: str, amount: int, currency: str, chance: random.Random
) -> None:
    found = rules.credited(rows, day, amount, currency)
    assert sum(found.values()) <= amount
    for row in rows:
        if row["amount"]:
            assert row["received"] + found.get(row["id"], 0) <= max(row["amount"], row["received"])
        if row["id"] in found:
            assert row["currency"] == currency
            assert row["state"] != WITHDRAWN
            assert row["made_on"] <= day <= rules.deadline(row["due"])
    mixed = list(rows)
    chance.shuffle(mixed)
    assert rules.credited(mixed, day, amount, currency) == found


@pytest.mark.parametrize(
    ("rows", "percent"),
    [
        ([], None), ([promise(1, "2026-12-01", 100)], None), ([promise(1, "2026-11-01", 100)], 0), ([promise(1, "2026-12-01", 100, 100)], 100),
        ([promise(1, "2026-09-30", 8_000_000, 0), promise(2, "2026-10-31", 6_000_000, 3_000_000), promise(3, "2026-12-15", 1)], 21),
        ([promise(1, "2026-11-01", 100, 0, WITHDRAWN)], None), ([promise(1, "2026-11-01", 0)], None), ([promise(1, "2026-11-01", 100, 250)], 100),
    ],
)  # fmt: skip
def test_how_well_promises_are_kept(rows: list[Any], percent: int | None) -> None:
    assert rules.reliability(rows, TODAY) == percent


@given(PROMISES, DAYS)
def test_nobody_keeps_more_than_all_promises(rows: list[Any], day: str) -> None:
    assert rules.reliability(rows, day) in (None, *range(101))


# matching


def bill(row_id: int, balance: int, due: str = "2026-10-01", disputed: int = 0) -> Item:
    return Item(row_id, due, balance, disputed)


LUZHU = [bill(1, 1_120_000, "2026-09-20"), bill(2, 740_000, "2026-10-20")]
CASES: list[tuple[int, list[Item], list[Came], Match]] = [
    (1_860_000, LUZHU, [], Match(matching.SET, {1: 1_120_000, 2: 740_000}, 0)),
    (740_000, LUZHU, [], Match(matching.EXACT, {2: 740_000}, 0)),
    (739_950, LUZHU, [], Match(matching.SHORT_PAY, {2: 739_950}, 0, 50)),
    (739_899, LUZHU, [], Match(matching.OLDEST, {1: 739_899}, 0)),
    (1_859_900, LUZHU, [], Match(matching.SHORT_PAY, {1: 1_119_900, 2: 740_000}, 0, 100)),
    (2_000_000, LUZHU, [], Match(matching.OLDEST, {1: 1_120_000, 2: 740_000}, 140_000)),
    (980_000, [bill(3, 50_000)], [Came("2026-10-18", 980_000, "CNY")], Match(matching.DOUBLE, {}, 980_000)),
    (980_000, [bill(3, 980_000)], [Came("2026-10-18", 980_000, "CNY")], Match(matching.EXACT, {3: 980_000}, 0)),
    (980_000, [bill(3, 50_000)], [Came("2026-09-18", 980_000, "CNY")], Match(matching.OLDEST, {3: 50_000}, 930_000)),
    (980_000, [bill(3, 50_000)], [Came("2026-11-18", 980_000, "USD")], Match(matching.OLDEST, {3: 50_000}, 930_000)),
    (980_000, [], [], Match(matching.NOTHING, {}, 980_000)),
    (2_360_000, [bill(4, 3_860_000, disputed=1_500_000)], [], Match(matching.EXACT, {4: 2_360_000}, 0)),
    (3_860_000, [bill(4, 3_860_000, disputed=1_500_000)], [], Match(matching.EXACT, {4: 3_860_000}, 0)),
    (3_000_000, [bill(4, 3_860_000, disputed=1_500_000)], [], Match(matching.OLDEST, {4: 2_360_000}, 640_000)),
    (500, [bill(5, 500, disputed=900)], [], Match(matching.EXACT, {5: 500}, 0)),
    (300, [bill(6, 300, "2026-10-02"), bill(7, 300, "2026-10-01")], [], Match(matching.EXACT, {7: 300}, 0)),
    (300, [bill(8, 100), bill(9, 200), bill(10, 300)], [], Match(matching.EXACT, {10: 300}, 0)),
    (0, LUZHU, [], Match(matching.NOTHING, {}, 0)), (-5, LUZHU, [], Match(matching.NOTHING, {}, 0)),
    (10, [bill(11, -10), bill(12, 0)], [], Match(matching.NOTHING, {}, 10)),
]  # fmt: skip


@pytest.mark.parametrize(("amount", "items", "earlier", "wanted"), CASES)
def test_what_a_receipt_pays(amount: int, items: list[Item], earlier: list[Came], wanted: Match) -> None:
    assert match(amount, items, earlier, TODAY) == wanted


def test_among_many_bills_a_near_sum_of_many_is_no_match() -> None:
    items = [bill(n, 1000 + n) for n in range(1, 12)]
    found = match(sum(1000 + n for n in range(1, 7)) - 30, items, (), TODAY)
    assert found.how == matching.OLDEST


def test_a_bill_beyond_the_oldest_is_still_matched_alone() -> None:
    items = [bill(n, 7_000 + 13 * n, add_days("2026-01-01", n)) for n in range(60)]
    assert match(7_000 + 13 * 59, items, (), TODAY) == Match(matching.EXACT, {59: 7_000 + 13 * 59}, 0)


ITEMS = st.lists(st.tuples(DAYS, st.integers(-500, 3_000), st.integers(0, 800)), max_size=14)
EARLIER = st.lists(st.builds(Came, DAYS, st.integers(1, 3_000), CURRENCIES), max_size=4)


@given(st.integers(-10, 12_000), ITEMS, EARLIER, DAYS, st.randoms(use_true_random=False))
def test_never_more_than_is_open_nor_than_came_and_in_any_order_the_same(
    amount: int, given_items: list[Any], earlier: list[Came], day: str, chance: random.Random
) -> None:
    items = [Item(at, due, balance, disputed) for at, (due, balance, disputed) in enumerate(given_items)]
    found = match(amount, items, earlier, day)
    balance = {item.id: item.balance for item in items}
    assert all(0 < part <= balance[row_id] for row_id, part in found.parts.items())
    assert sum(found.parts.values()) + found.rest == max(0, amount)
    assert 0 <= found.short <= matching.SHORT
    if found.how in (matching.EXACT, matching.SET):
        assert (found.rest, found.short) == (0, 0)
    chance.shuffle(items)
    assert match(amount, items, earlier, day) == found


@given(st.lists(st.integers(1, 10**8), min_size=1, max_size=8), st.data())
def test_what_some_bills_add_up_to_is_always_found(balances: list[int], data: Any) -> None:
    items = [Item(at, add_days("2026-01-01", at), balance) for at, balance in enumerate(balances)]
    chosen = data.draw(st.sets(st.sampled_from(range(len(items))), min_size=1))
    found = match(sum(balances[at] for at in chosen), items, (), TODAY)
    assert found.how in (matching.EXACT, matching.SET)
    assert len(found.parts) <= len(chosen)


@pytest.mark.parametrize(
    ("payer", "name", "short", "city", "like"),
    [
        ("鹿渚文化传播有限公司", "鹿渚文化传播", "", "绍兴", 3), ("绍兴鹿渚", "鹿渚文化传播", "", "绍兴", 2), ("绍兴市鹿渚文化传播有限公司", "鹿渚文化传播", "", "绍兴", 3),
        ("浙江省绍兴市鹿渚文化传播（集团）有限公司", "鹿渚文化传播", "", "", 3), ("ＨＡＲＢＯＵＲ ＆ Pine Trading Co., Ltd.", "Harbour & Pine Trading Ltd", "", "", 3),
        ("越城建", "越岫城建集团", "越城建", "绍兴", 3), ("岫城建设", "越岫城建集团", "", "", 0), ("禾渚软件", "鹿渚文化传播", "", "", 0), ("某某禾渚软件代付", "禾渚软件股份有限公司", "", "", 1),
        ("鹿", "鹿渚文化传播", "", "", 0), ("", "鹿渚文化传播", "", "", 0), ("绍兴", "绍兴酒业", "", "绍兴", 0), ("绍兴酒业有限公司", "绍兴酒业", "", "绍兴", 3), ("(上海)", "上海", "", "", 0),
    ],
)  # fmt: skip
def test_whose_name_is_on_the_bank_line(payer: str, name: str, short: str, city: str, like: int) -> None:
    assert matching.likeness(payer, name, short, city) == like


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(["", "绍兴", "上海市"]))
def test_a_name_is_most_like_itself_and_likeness_has_no_side(one: str, other: str, city: str) -> None:
    assert matching.likeness(one, other, "", city) == matching.likeness(other, one, "", city)
    assert matching.likeness(one, one, "", city) in (0, 3)
