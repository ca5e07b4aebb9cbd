"""Receivables on the store: what is open by age, one client's money and how it is said, promises and receipts, undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.records import STAFF
from crm_desktop.duties import RECORDS
from crm_desktop.duties.receivables import (
    DUTY,
    actions,
    queries,
    queries_matching,
    queries_screens,
    rules_matching,
    words,
)
from crm_desktop.duties.receivables.records import APPLICATION, BROKEN, KEPT, OPEN, PART, PROMISE, RECEIPT, RECEIVABLE
from crm_desktop.record import text
from crm_desktop.record.dates import set_clock
from crm_desktop.record.text import Refused, say
from crm_desktop.store import pages, timeline
from crm_desktop.store.pages import ListQuery
from tests.samples import account, added, change, counts, facts, hotel, row, sound
from tests.store.test_pages import Listening

TODAY = "2026-11-18"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    set_clock(dt.datetime(2026, 11, 18, 9))
    yield
    set_clock(None)


def bill(desk: Desk, client: int, amount: int, due: str, **values: Any) -> int:
    given_values = {"account_id": client, "hotel_id": hotel(desk), "amount": amount, "due": due, "bill_date": min(due, "2026-11-01")}
    return added(desk, RECEIVABLE, **(given_values | values))


def receipt(desk: Desk, amount: int, applications: Any = (), **values: Any) -> int:
    """The id of a new receipt."""
    hotel(desk)
    done = actions.take_receipt(desk, {"amount": amount, "payer": "x"} | values, applications)
    return next(row_id for table, row_id in done.rows if table == "receipt")


@pytest.fixture
def chengjian(desk: Desk) -> int:
    """The overdue state company of the sample hotel."""
    client = account(desk, "越岫城建集团", city="绍兴", credit="stopped", credit_limit=20_000_000)
    for amount, paid, due in ((11_800_000, 3_000_000, "2026-04-30"), (6_450_000, 0, "2026-07-31"), (5_130_000, 0, "2026-08-31"), (5_900_000, 0, "2026-10-31")):
        bill(desk, client, amount, due, paid=paid, document_no=f"LT{due}", bill_date=due)
    bill(desk, client, 900, "2026-01-31", paid=900)
    added(desk, PROMISE, account_id=client, made_on="2026-11-10", due="2026-12-15", amount=0, said_by="会计")
    return client


# one client's money


def test_the_money_of_a_client(desk: Desk, reader: Any, chengjian: int) -> None:
    receipt(desk, 5_000, account_id=chengjian)
    receipt(desk, 300, account_id=chengjian, currency="USD")
    bill(desk, chengjian, 70_000, "2026-12-01", disputed=20_000)
    bill(desk, chengjian, 42_000, "2026-11-01", currency="USD")
    money = queries.account_money(reader, chengjian, TODAY)
    assert money is not None
    plain = (money.owes, money.overdue, money.oldest_days, money.disputed, money.limit, money.headroom, money.credit, money.unapplied)
    assert plain == (26_350_000, 26_280_000, 202, 20_000, 20_000_000, -6_350_000, "stopped", 5_000)
    assert money.unapplied_by == {"CNY": 5_000, "USD": 300}
    assert [(aged.currency, aged.amounts) for aged in money.owed] == [("CNY", [70_000, 5_900_000, 0, 5_130_000, 15_250_000]), ("USD", [0, 42_000, 0, 0, 0])]
    assert money.promise is not None
    assert vars(money.promise) == {"due": "2026-12-15", "amount": 0, "currency": "CNY"}


def test_the_money_of_somebody_new_or_gone(desk: Desk, reader: Any) -> None:
    client = account(desk, "青垧新材料")
    money = queries.account_money(reader, client, TODAY)
    assert money is not None
    assert (money.owes, money.overdue, money.oldest_days, money.headroom, money.promise, money.unapplied) == (0, 0, 0, None, None, 0)
    assert queries.account_money(reader, 5, TODAY) is None
    assert queries.accounts_money(reader, [], TODAY) == {}


def sentence(reader: Any, client: int, language: str = "zh_CN") -> str:
    text.use(language)
    money = queries.account_money(reader, client, TODAY)
    assert money is not None
    return say(words.money_sentence(money))


def test_how_much_does_it_owe(desk: Desk, reader: Any, chengjian: int) -> None:
    assert sentence(reader, chengjian) == "越岫城建集团 截至11月18日应收262,800.00元,全部逾期,最长202天;承诺12月15日付"
    assert sentence(reader, chengjian, "en") == (
        "越岫城建集团 as of 18 November: owes CNY 262,800.00, all of it overdue, the oldest 202 days; promised for 15 December"
    )


@pytest.mark.parametrize(
    ("make", "chinese", "english"),
    [
        (lambda d, c: None, "甲 截至11月18日无应收款", "甲 owes nothing as of 18 November"),
        (lambda d, c: bill(d, c, 10_050, TODAY), "甲 截至11月18日应收100.50元,均未到期", "甲 as of 18 November: owes CNY 100.50, nothing overdue"),
        (
            lambda d, c: (bill(d, c, 100, "2026-11-17"), bill(d, c, 900, "2027-01-17"), actions.take_promise(d, c, 60, "2027-01-05")),
            "甲 截至11月18日应收10.00元,其中1.00元已逾期,最长1天;承诺2027年1月5日付0.60元",
            "甲 as of 18 November: owes CNY 10.00, CNY 1.00 of it overdue, the oldest 1 day; CNY 0.60 promised for 5 January 2027",
        ),
        (
            lambda d, c: (bill(d, c, 100, "2026-11-17"), bill(d, c, 420_000, "2026-12-17", currency="USD"), actions.take_promise(d, c, 100, "2026-11-20")),
            "甲 截至11月18日应收1.00元,全部逾期,最长1天;另应收USD 4,200.00,均未到期;承诺11月20日付",
            "甲 as of 18 November: owes CNY 1.00, all of it overdue, the oldest 1 day; besides USD 4,200.00, nothing overdue; promised for 20 November",
        ),
        (lambda d, c: receipt(d, 1_860_000, account_id=c), "甲 截至11月18日无应收款;到账18,600.00元未核销", "甲 owes nothing as of 18 November; CNY 18,600.00 received is not applied yet"),
    ],
)  # fmt: skip
def test_other_ways_to_owe(desk: Desk, reader: Any, make: Callable[[Desk, int], Any], chinese: str, english: str) -> None:
    client = account(desk, "甲")
    make(desk, client)
    assert (sentence(reader, client), sentence(reader, client, "en")) == (chinese, english)


def test_what_the_search_says_beside_a_client(desk: Desk, reader: Any, chengjian: int) -> None:
    other, quiet = account(desk, "禾渚软件", credit="open", credit_limit=100), account(desk, "青垧新材料")
    found = queries_screens.hit_facts(reader, "account", [chengjian, other, quiet])
    assert {row_id: say(said) for row_id, said in found.items()} == {
        chengjian: "owes CNY 262,800.00, overdue 262,800.00, 202 days · headroom −62,800.00", other: "headroom 1.00",
    }  # fmt: skip
    assert queries_screens.hit_facts(reader, "person", [1]) == {}


def test_what_matters_now_and_the_figures_open_their_rows(desk: Desk, reader: Any, chengjian: int) -> None:
    receipt(desk, 5_000, account_id=chengjian)
    change(desk, RECEIVABLE, bill(desk, chengjian, 500, "2026-10-01"), disputed=100)
    points = queries_screens.now(reader, "account", chengjian, TODAY)
    assert [(say(point.words), point.tone) for point in points] == [
        ("overdue CNY 262,805.00, 202 days", "red"), ("CNY 1.00 disputed", "amber"), ("Credit stopped", "red"), ("62,805.00 over the credit limit", "red"),
        ("promised for 2026-12-15", "blue"), ("CNY 50.00 received is not applied yet", "amber"),
    ]  # fmt: skip
    by_key = {record.key: record for record in RECORDS}
    opened = [pages.count(reader, ListQuery(by_key[point.opens[0]], point.opens[1])) for point in points if point.opens]  # type: ignore[arg-type]
    assert opened == [5, 1, 1, 1]
    found = {say(figure.label): figure for figure in queries_screens.figures(reader, "account", chengjian, TODAY)}
    assert {name: figure.value for name, figure in found.items()} == {"Owes": "262,805.00", "Overdue": "262,805.00", "Headroom": "−62,805.00"}
    assert pages.count(reader, ListQuery(RECEIVABLE, found["Overdue"].opens)) == 5
    assert queries_screens.figures(reader, "person", chengjian, TODAY) == queries_screens.now(reader, "person", 1, TODAY) == []


# ageing


def test_ageing_by_client_colleague_hotel_and_list(desk: Desk, reader: Any, chengjian: int) -> None:
    seller, other = added(desk, STAFF, name="唐屿"), account(desk, "禾渚软件")
    resort = added(desk, desk.store.by_key["hotel"], name="Resort", code="R")
    bill(desk, other, 1_000, "2026-11-17", owner_id=seller, hotel_id=resort)
    bill(desk, other, 420_000, "2026-11-19", currency="USD", owner_id=seller)
    assert [(a.currency, a.owes) for a in queries.ageing(reader, TODAY)] == [("CNY", 26_281_000), ("USD", 420_000)]
    assert [(a.currency, a.owes) for a in queries.ageing(reader, TODAY, resort)] == [("CNY", 1_000)]
    by_client = queries.ageing_by(reader, "account_id", TODAY)
    assert {key: [(a.currency, a.owes) for a in owed] for key, owed in by_client.items()} == {
        chengjian: [("CNY", 26_280_000)], other: [("CNY", 1_000), ("USD", 420_000)],
    }  # fmt: skip
    assert {key: sum(a.items for a in owed) for key, owed in queries.ageing_by(reader, "owner_id", TODAY).items()} == {None: 4, seller: 2}
    listed = queries.listed_ageing(reader, ListQuery(RECEIVABLE, [("*", "find", "禾渚")]), TODAY)
    assert [(a.currency, a.owes) for a in listed] == [("CNY", 1_000), ("USD", 420_000)]


def test_an_earlier_day_leaves_out_what_was_billed_since(desk: Desk, reader: Any, chengjian: int) -> None:
    assert [a.owes for a in queries.ageing(reader, "2026-09-30")] == [20_380_000]
    assert [a.oldest for a in queries.ageing(reader, "2026-09-30")] == [153]
    money = queries.account_money(reader, chengjian, "2026-05-01")
    assert money is not None
    assert (money.owes, money.overdue, money.oldest_days) == (8_800_000, 8_800_000, 1)


PLANNED: dict[str, Callable[[Any], Any]] = {
    "ageing": lambda r: queries.ageing(r, TODAY), "of a hotel": lambda r: queries.ageing(r, TODAY, 5), "of a day": lambda r: queries.ageing(r, "2026-01-01"),
    "by client": lambda r: queries.ageing_by(r, "account_id", TODAY), "by colleague": lambda r: queries.ageing_by(r, "owner_id", TODAY),
    "a client": lambda r: queries.accounts_money(r, [5, 6], TODAY), "today": lambda r: queries_screens.today(r, TODAY, None),
}  # fmt: skip


@pytest.mark.embedded
@pytest.mark.parametrize("asked", PLANNED)
def test_figures_are_read_from_indexes_alone(desk: Desk, reader: Any, chengjian: int, asked: str) -> None:
    """With twenty thousand bills the rows themselves must not be touched."""
    listening = Listening(reader)
    PLANNED[asked](listening)
    for steps, (sql, _) in zip(listening.plans(), listening.asked[1:], strict=True):
        for step in (step for step in steps if step.startswith(("SCAN", "SEARCH"))):
            own = step in ("SCAN item", "SCAN open_item")  # what the statement itself has gathered
            assert own or "COVERING INDEX" in step or "PRIMARY KEY" in step, (sql, steps)


# promises and receipts


def test_a_promise_is_written_and_the_one_before_is_judged(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    old = added(desk, PROMISE, account_id=client, made_on="2026-09-01", due="2026-09-30", amount=500)
    part = added(desk, PROMISE, account_id=client, made_on="2026-10-01", due="2026-10-31", amount=500, received=200)
    waiting = added(desk, PROMISE, account_id=client, made_on="2026-10-01", due="2026-11-17", amount=500)
    actions.take_promise(desk, client, 800, "2026-11-25", "会计")
    made = reader.execute("select amount, due, made_on, said_by, state from promise order by id desc limit 1").fetchone()
    assert made == (800, "2026-11-25", TODAY, "会计", OPEN)
    assert [row(desk, PROMISE, each)["state"] for each in (old, part, waiting)] == [BROKEN, PART, OPEN]
    assert counts(desk.store)["step"] == 2
    assert queries.reliability(reader, client, TODAY) == 20
    desk.undo()
    assert [row(desk, PROMISE, each)["state"] for each in (old, part, waiting)] == [OPEN, OPEN, OPEN]


@pytest.mark.parametrize(("amount", "due"), [(500, "2026-11-17"), (-1, "2026-11-25"), (500, "")])
def test_a_promise_that_cannot_be(desk: Desk, amount: int, due: str) -> None:
    client = account(desk, "甲")
    before = facts(desk.store)
    with pytest.raises(Invalid):
        actions.take_promise(desk, client, amount, due)
    assert facts(desk.store) == before


def test_a_receipt_pays_bills_and_keeps_a_promise_in_one_action(desk: Desk, reader: Any) -> None:
    client = account(desk, "鹿渚文化传播", city="绍兴")
    one, two = bill(desk, client, 1_120_000, "2026-09-20"), bill(desk, client, 740_000, "2026-10-20")
    said = added(desk, PROMISE, account_id=client, made_on="2026-11-10", due="2026-11-20", amount=1_860_000)
    before = facts(desk.store)
    proposal = queries_matching.propose(reader, 1_860_000, TODAY, payer="绍兴鹿渚")
    assert (proposal.account_id, proposal.name, proposal.match.how) == (client, "鹿渚文化传播", rules_matching.SET)
    assert say(proposal.words) == "Pays 鹿渚文化传播: 2 bills exactly"
    done = actions.take_receipt(desk, {"amount": 1_860_000, "payer": "绍兴鹿渚"}, proposal.applications)
    assert done.action == "Receipt taken"
    assert [row(desk, RECEIVABLE, each)["balance"] for each in (one, two)] == [0, 0]
    came = row(desk, RECEIPT, next(i for table, i in done.rows if table == "receipt"))
    assert (came["account_id"], came["hotel_id"], came["received_on"], came["applied"], came["unapplied"]) == (client, hotel(desk), TODAY, 1_860_000, 0)
    assert (row(desk, PROMISE, said)["state"], row(desk, PROMISE, said)["received"]) == (KEPT, 1_860_000)
    assert reader.execute("select receivable_id, amount, currency, day from application order by id").fetchall() == [
        (one, 1_120_000, "CNY", TODAY), (two, 740_000, "CNY", TODAY),
    ]  # fmt: skip
    sound(desk.store)
    desk.undo()
    assert facts(desk.store) == before
    desk.redo()
    assert [row(desk, RECEIVABLE, each)["balance"] for each in (one, two)] == [0, 0]


def test_a_promise_kept_late_or_in_part(desk: Desk) -> None:
    client = account(desk, "甲")
    said = added(desk, PROMISE, account_id=client, made_on="2026-10-01", due="2026-10-31", amount=6_000_000, state=BROKEN)
    receipt(desk, 3_000_000, account_id=client, received_on="2026-11-02")  # Saturday's promise, Monday's money, typed two weeks later
    assert (row(desk, PROMISE, said)["state"], row(desk, PROMISE, said)["received"]) == (PART, 3_000_000)
    receipt(desk, 500, account_id=client)
    assert row(desk, PROMISE, said)["received"] == 3_000_000
    receipt(desk, 3_000_000, account_id=client, received_on="2026-11-02")
    assert row(desk, PROMISE, said)["state"] == KEPT
    actions.judge(desk, client)
    assert row(desk, PROMISE, said)["state"] == KEPT


def test_promises_are_judged_when_their_time_is_over_without_anybody_asking(desk: Desk, reader: Any) -> None:
    one, two = account(desk, "甲"), account(desk, "乙")
    values = {"made_on": "2026-11-01", "amount": 500}
    broken, part = added(desk, PROMISE, account_id=one, due="2026-11-16", **values), added(desk, PROMISE, account_id=two, due="2026-11-13", received=200, **values)
    waiting = added(desk, PROMISE, account_id=two, due="2026-11-17", **values)  # money of today still keeps it
    assert queries.missed(reader, TODAY) == sorted((one, two))
    change = actions.judge_all(desk)
    assert change.quiet
    assert [row(desk, PROMISE, each)["state"] for each in (broken, part, waiting)] == [BROKEN, PART, OPEN]
    assert queries.missed(reader, TODAY) == []
    assert not actions.judge_all(desk).rows  # done twice it changes nothing
    set_clock(dt.datetime(2026, 11, 19, 9))
    assert queries.missed(reader, "2026-11-19") == [two]
    actions.judge_all(desk)
    assert row(desk, PROMISE, waiting)["state"] == BROKEN
    receipt(desk, 500, account_id=two, received_on="2026-11-18")  # typed a day late, but it came in time
    assert row(desk, PROMISE, part)["state"] == PART
    assert row(desk, PROMISE, waiting)["state"] == KEPT


REFUSED: list[tuple[Callable[[int, int, int], Any], str]] = [
    (lambda one, two, usd: [(one, 101)], "Only 1.00 of bill A1 is open"), (lambda one, two, usd: [(one, 60), (one, 60)], "Only 0.40 of bill A1 is open"),
    (lambda one, two, usd: [(one, 100), (two, 101)], "Only 1.00 of the receipt is left"), (lambda one, two, usd: [(usd, 10)], "is in USD, the receipt in CNY"),
    (lambda one, two, usd: [(one, 0)], "above nothing"), (lambda one, two, usd: [(one, -5)], "above nothing"), (lambda one, two, usd: [(5, 5)], "no longer there"),
]  # fmt: skip


@pytest.mark.parametrize(("applications", "sentence"), REFUSED)
def test_more_than_came_or_is_open_is_refused_and_nothing_written(desk: Desk, applications: Any, sentence: str) -> None:
    client = account(desk, "甲")
    one, two = bill(desk, client, 100, TODAY, document_no="A1"), bill(desk, client, 900, TODAY, document_no="A2")
    usd = bill(desk, client, 100, TODAY, document_no="A3", currency="USD")
    before = facts(desk.store)
    with pytest.raises(Refused, match=sentence):
        actions.take_receipt(desk, {"amount": 200, "account_id": client}, applications(one, two, usd))
    assert facts(desk.store) == before
    added(desk, desk.store.by_key["hotel"], name="Resort", code="R")
    with pytest.raises(Invalid):  # nobody said in which hotel, and there are two
        actions.take_receipt(desk, {"amount": 200, "account_id": client})


def test_what_is_applied_later_short_and_taken_back(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    one = bill(desk, client, 10_000, TODAY, paid=2_000)
    came = receipt(desk, 9_000, account_id=client)
    actions.apply(desk, came, [(one, 7_950)])
    assert (row(desk, RECEIVABLE, one)["balance"], row(desk, RECEIPT, came)["unapplied"]) == (50, 1_050)
    part, short = reader.execute("select id, short from application").fetchone()
    assert short == 50
    with pytest.raises(Refused, match="Applied receipts"):
        desk.remove(RECEIPT, came, row(desk, RECEIPT, came)["version"])
    with pytest.raises(Refused, match="own actions"):
        desk.remove(APPLICATION, part, 1)
    with pytest.raises(Refused, match="own actions"):
        desk.save(APPLICATION, part, 1, {"amount": 5})
    actions.unapply(desk, [part], "wrong bill")
    assert (row(desk, RECEIVABLE, one)["paid"], row(desk, RECEIPT, came)["applied"]) == (2_000, 0)
    assert "application" not in counts(desk.store)
    desk.undo()
    assert (row(desk, RECEIVABLE, one)["balance"], row(desk, RECEIPT, came)["unapplied"]) == (50, 1_050)
    sound(desk.store)


PARTS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(-5, 900)), max_size=8)


@settings(max_examples=20)
@given(parts=PARTS)
def test_every_fen_can_be_traced(store: Any, parts: list[tuple[int, int, int]]) -> None:
    """Whatever is applied or refused: what is paid of a bill and applied of a receipt is what the applications say."""
    desk = Desk(store, "方予安")
    client = account(desk, "甲")
    bills = [bill(desk, client, amount, TODAY, paid=paid) for amount, paid in ((500, 0), (700, 100), (300, 0))]
    came = [receipt(desk, amount, account_id=client) for amount in (400, 900, 10)]
    for at, to, amount in parts:
        try:
            actions.apply(desk, came[at], [(bills[to], amount)])
        except Refused:
            pass
    for column, record, ids, name in (("receipt_id", RECEIPT, came, "applied"), ("receivable_id", RECEIVABLE, bills, "paid")):
        for row_id, before in zip(ids, (0, 100, 0) if name == "paid" else (0, 0, 0), strict=True):
            now = row(desk, record, row_id)
            (total,) = store.writer.execute(f"select coalesce(sum(amount), 0) from application where gone is null and {column} = ?", (row_id,)).fetchone()
            assert now[name] == before + total <= now["amount"]


# whose money it is


@pytest.fixture
def payers(desk: Desk) -> dict[str, int]:
    found = {name: account(desk, name, city="绍兴") for name in ("鹿渚文化传播", "鹿渚酒业", "禾渚软件", "云垞医疗集团")}
    bill(desk, found["鹿渚文化传播"], 500, "2026-09-01")
    bill(desk, found["鹿渚酒业"], 800, "2026-09-01")
    bill(desk, found["禾渚软件"], 900, "2026-09-01")
    return found


def test_the_one_whose_bills_fit_is_proposed_among_namesakes(reader: Any, payers: dict[str, int]) -> None:
    proposal = queries_matching.propose(reader, 800, TODAY, payer="绍兴鹿渚")
    assert (proposal.name, proposal.match.parts) == ("鹿渚酒业", {proposal.bills[0].id: 800})
    unclear = queries_matching.propose(reader, 750, TODAY, payer="绍兴鹿渚")
    assert (unclear.account_id, [name for _, name in unclear.candidates], unclear.match.rest) == (None, ["鹿渚文化传播", "鹿渚酒业"], 750)
    assert say(unclear.words) == "Choose whose money this is"
    nobody = queries_matching.propose(reader, 750, TODAY, payer="棠溪旅行社")
    assert (nobody.account_id, nobody.candidates) == (None, [])
    assert "unapplied" in say(nobody.words)


def test_an_amount_alone_finds_who_has_it_open(desk: Desk, reader: Any, payers: dict[str, int]) -> None:
    assert queries_matching.propose(reader, 900, TODAY).name == "禾渚软件"
    bill(desk, payers["云垞医疗集团"], 400, TODAY)
    bill(desk, payers["云垞医疗集团"], 500, TODAY)
    assert [name for _, name in queries_matching.propose(reader, 900, TODAY).candidates] == ["云垞医疗集团", "禾渚软件"]
    assert queries_matching.propose(reader, 1, TODAY).candidates == []


def test_who_paid_before_is_known_by_the_same_name(desk: Desk, reader: Any, payers: dict[str, int]) -> None:
    receipt(desk, 5, account_id=payers["云垞医疗集团"], payer="张三（代付）")
    proposal = queries_matching.propose(reader, 700, TODAY, payer="张三（代付）")
    assert (proposal.name, say(proposal.words)) == ("云垞医疗集团", "云垞医疗集团 has no open bill for this; it is kept unapplied")


def test_a_double_payment_is_seen(desk: Desk, reader: Any, payers: dict[str, int]) -> None:
    receipt(desk, 980_000, account_id=payers["禾渚软件"], received_on="2026-11-02")
    proposal = queries_matching.propose(reader, 980_000, TODAY, account_id=payers["禾渚软件"])
    assert (proposal.match.how, proposal.applications, proposal.twice_on) == (rules_matching.DOUBLE, [], "2026-11-02")
    assert "2026-11-02" in say(proposal.words)


# what other screens get


def test_today_counts_what_it_opens(desk: Desk, reader: Any, chengjian: int) -> None:
    other = account(desk, "甲")
    bill(desk, other, 500, "2026-11-25")
    bill(desk, other, 700, "2026-11-26", currency="USD")
    receipt(desk, 1_860_000, account_id=other)
    for due in ("2026-11-18", "2026-11-17", "2026-11-16", "2026-10-31"):
        added(desk, PROMISE, account_id=other, made_on="2026-10-01", due=due, amount=100)
    added(desk, PROMISE, account_id=other, made_on="2026-10-01", due="2026-10-05", amount=100, state=BROKEN)
    added(desk, PROMISE, account_id=other, made_on="2026-10-01", due="2026-11-13", amount=100, state=BROKEN)  # judged, and still news
    lines = queries_screens.today(reader, TODAY, None)
    assert [(say(line.label), line.count, line.amount, line.group, line.tone) for line in lines] == [
        ("Open bills", 6, "262,805.00 + USD", "money", ""), ("Overdue", 4, "262,800.00", "money", "amber"), ("Over 60 days", 3, "203,800.00", "money", "red"),
        ("Due within a week", 1, "5.00", "money", ""), ("Receipts to apply", 1, "18,600.00", "money", "amber"),
        ("Promised for today", 2, "2.00", "promises", ""), ("Promised and missed", 2, "2.00", "promises", "red"),
    ]  # fmt: skip
    by_key = {record.key: record for record in RECORDS}
    for which in (None, hotel(desk), 5):
        for day in (TODAY, "2026-09-30"):
            for line in queries_screens.today(reader, day, which):
                assert pages.count(reader, ListQuery(by_key[line.record], line.filters)) == line.count


def test_a_client_s_timeline_tells_of_bills_promises_and_receipts(desk: Desk, reader: Any, chengjian: int) -> None:
    receipt(desk, 5_000, account_id=chengjian)
    look = timeline.Look(DUTY.entries, desk.store.by_key, "account", chengjian)
    said = {entry.day: (say(entry.words), entry.icon) for entry in timeline.before(reader, look, timeline.end_of("2030-01-01"))}
    assert said["2026-11-18"] == ("Received CNY 50.00, 50.00 not applied yet", "coins")
    assert said["2026-11-10"] == ("Promised to pay on 2026-12-15 (会计)", "handshake")
    assert said["2026-04-30"] == ("Bill LT2026-04-30: CNY 118,000.00, 88,000.00 open, due 2026-04-30", "receipt-text")
    assert said["2026-01-31"] == ("Bill : CNY 9.00, paid", "receipt-text")


@pytest.mark.parametrize("related", [(key, one) for key, found in DUTY.related.items() for one in found], ids=lambda pair: f"{pair[0]}-{pair[1].record}")
def test_lists_in_sheets_name_columns_there_are(related: Any) -> None:
    record = next(record for record in RECORDS if record.key == related[1].record)
    assert set(related[1].columns) <= set(record.by_name)
    assert all(record.by_name[name].ref == related[0] for name in related[1].by)
