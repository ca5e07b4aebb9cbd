"""Write-offs of several bills, disputes that are granted, short rests; scales of the policy; shares by file; who does a step."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.credit import (
    actions,
    actions_collection,
    actions_pack,
    actions_write_off,
    causes,
    documents,
    documents_account,
    documents_collection,
    queries,
    queries_objections,
    queries_pack,
    queries_statement,
    rules_collection,
    rules_escalation,
    rules_policy,
    rules_score,
    words_objections,
)
from crm_desktop.duties.credit.records import CREDIT_APPLICATION, CREDIT_NEWS, TRADE_REFERENCE
from crm_desktop.duties.credit.records_collection import (
    COLLECTION_STEP,
    DISPUTE,
    LADDER_STEP,
    WRITE_OFF,
    WRITE_OFF_BILL,
)
from crm_desktop.duties.credit.records_credited import SALE_SHARE
from crm_desktop.duties.credit.records_policy import CREDIT_POLICY, CREDIT_SCALE
from crm_desktop.duties.receivables import actions as money
from crm_desktop.duties.receivables import causes as money_causes
from crm_desktop.duties.receivables import queries as owed
from crm_desktop.duties.receivables import queries_reports
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.record import rights
from crm_desktop.record.dates import set_clock
from crm_desktop.record.paper import Ask
from crm_desktop.record.text import Refused, Text, say
from tests.hotel import TODAY
from tests.samples import account, added, change, csv_file, hotel, imported, row, sound


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    set_clock(dt.datetime(2026, 11, 18, 9))
    yield
    set_clock(None)


def bill(desk: Desk, client: int, amount: int, due: str, **more: Any) -> int:
    return added(desk, RECEIVABLE, account_id=client, hotel_id=hotel(desk), amount=amount, due=due, **({"bill_date": min(due, "2026-11-01")} | more))


def step(desk: Desk, record: Any, row_id: int, key: str, **more: Any) -> None:
    desk.move(record, row_id, row(desk, record, row_id)["version"], key, **more)


# write-offs, disputes, short rests


def test_one_write_off_closes_several_bills(desk: Desk, reader: Any) -> None:
    client, other = account(desk, "旭阑置业"), account(desk, "乙")
    one, two = bill(desk, client, 500_00, "2024-01-31", document_no="A", stage="waiting"), bill(desk, client, 300_00, "2024-02-28", document_no="B", stage="waiting")
    theirs = bill(desk, other, 100_00, "2024-01-31", document_no="C")
    asked = added(desk, WRITE_OFF, account_id=client, asked_on=TODAY, amount=700_00, cause="注销")
    added(desk, WRITE_OFF_BILL, write_off_id=asked, receivable_id=one, amount=500_00)
    second = added(desk, WRITE_OFF_BILL, write_off_id=asked, receivable_id=two, amount=250_00)
    with pytest.raises(Refused, match=r"come to 750\.00, the write-off says 700\.00"):
        step(desk, WRITE_OFF, asked, "ask")
    change(desk, WRITE_OFF_BILL, second, receivable_id=theirs, amount=200_00)
    with pytest.raises(Refused, match="Bill C is another client's"):
        step(desk, WRITE_OFF, asked, "ask")
    change(desk, WRITE_OFF_BILL, second, receivable_id=two)
    step(desk, WRITE_OFF, asked, "ask")
    step(desk, WRITE_OFF, asked, "approve")
    assert [(row(desk, RECEIVABLE, each)["balance"], row(desk, RECEIVABLE, each)["stage"]) for each in (one, two)] == [(0, "bad"), (100_00, "waiting")]
    assert queries_reports.figures(reader, "2024-02-28").rows[0]["credit_sales_last_90_days"] == "900.00"  # a bad debt was a sale
    data = documents_collection.write_off(reader, Ask(asked, TODAY))
    assert data is not None
    assert data.data["bill"] == "A 500.00；B 200.00"
    step(desk, WRITE_OFF, asked, "recover", values={"recovered": 600_00})
    assert [row(desk, RECEIVABLE, each)["balance"] for each in (one, two)] == [500_00, 200_00]
    assert owed.untied(reader) is None
    sound(desk.store)


def test_what_is_granted_in_a_dispute_is_owed_no_longer(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    one = bill(desk, client, 386_00, "2026-10-10")
    actions_collection.open_dispute(desk, one, 150_00, "service", "话筒失灵两次")
    (quarrel,) = reader.execute("select id from dispute where gone is null").fetchone()
    step(desk, DISPUTE, quarrel, "grant", values={"result": "免收音响费"})
    found = row(desk, RECEIVABLE, one)
    assert (found["balance"], found["disputed"], found["taken_back"]) == (236_00, 0, 150_00)
    assert actions.keep(desk).count == 0
    assert queries_reports.figures(reader, TODAY).rows[0]["credit_sales_last_90_days"] == "236.00"
    step(desk, DISPUTE, quarrel, "ungrant", reason="重新核对")
    found = row(desk, RECEIVABLE, one)
    assert (found["balance"], found["disputed"], found["taken_back"], found["written_on"]) == (386_00, 150_00, 0, "")
    money.take_receipt(desk, {"account_id": client, "amount": 300_00}, [(one, 300_00)])
    with pytest.raises(Refused, match=r"Only 86\.00 of bill"):
        step(desk, DISPUTE, quarrel, "grant")
    sound(desk.store)


def test_a_short_rest_is_written_back_up_to_the_policy(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    one, two = bill(desk, client, 100_00, "2026-10-10", document_no="A"), bill(desk, client, 100_00, "2026-10-10", document_no="B")
    with pytest.raises(Refused, match=r"Up to 10\.00"):
        actions_write_off.write_back(desk, one)  # nothing was paid
    money.take_receipt(desk, {"account_id": client, "amount": 179_99}, [(one, 90_00), (two, 89_99)])
    with pytest.raises(Refused, match=r"of B 10\.01 is open"):
        actions_write_off.write_back(desk, two)
    actions_write_off.write_back(desk, one, "手续费")
    assert (row(desk, RECEIVABLE, one)["balance"], row(desk, RECEIVABLE, one)["written_off"]) == (0, 10_00)
    assert [aged.owes for aged in owed.ageing(reader, TODAY)] == [10_01]
    sound(desk.store)


def test_shares_of_a_file_are_at_most_all_of_a_bill(desk: Desk, tmp_path: Path) -> None:
    bill(desk, account(desk), 100, TODAY, document_no="A1")
    for name, code in (("陆行舟", "LXZ"), ("唐屿", "TY")):
        added(desk, STAFF, name=name, code=code)
    headings = ["账单", "分成人", "分成比例"]
    with pytest.raises(Refused, match=r"Bill A1: with the share of 唐屿 101 % of it would be shared\. Nothing was imported"):
        imported(desk, csv_file(tmp_path / "a.csv", headings, ["A1", "陆行舟", "60"], ["A1", "唐屿", "41"]), SALE_SHARE)
    assert desk.store.writer.execute("select count(*) from sale_share").fetchone()[0] == 0
    assert imported(desk, csv_file(tmp_path / "b.csv", headings, ["A1", "陆行舟", "60"], ["A1", "唐屿", "40"]), SALE_SHARE)["added"] == 2


# the policy


def test_the_scales_of_a_policy_take_the_place_of_the_programs(desk: Desk, reader: Any) -> None:
    """Factor by factor, from the day of the policy on; written down they say the same as before."""
    old = added(desk, CREDIT_POLICY, since="2026-01-01")
    facts = {"late": rules_score.Fact(10), "size": rules_score.Fact("small"), "month": rules_score.Fact(600_000)}
    before = rules_score.score(facts, queries.policy(reader, TODAY)).total
    assert before == rules_score.score(facts, rules_policy.DEFAULTS).total
    actions.write_scales(desk, old)
    assert rules_score.score(facts, queries.policy(reader, TODAY)).total == before
    with pytest.raises(Refused, match="All scales stand"):
        actions.write_scales(desk, old)
    new = added(desk, CREDIT_POLICY, since="2026-11-01", share_late=100, share_broken=0, share_disputed=0, share_years=0)
    for least, percent in ((0, 100), (10, 20), (20, 0)):
        added(desk, CREDIT_SCALE, policy_id=new, factor="late", least=least, percent=percent)
    added(desk, CREDIT_SCALE, policy_id=new, factor="provision", least=30, percent=40)
    points = {point.key: point.points for point in rules_score.score(facts, queries.policy(reader, TODAY)).points}
    assert (points["late"], points["broken"]) == (7.0, 0.0)  # a fifth of 35
    assert rules_score.score(facts, queries.policy(reader, "2026-10-31")).total == before
    assert rules_collection.provision("2026-11-01", 100_00, TODAY, rules_collection.provisions(queries.policy(reader, TODAY)["provisions"])) == 40_00


@pytest.mark.parametrize(
    ("values", "field"),
    [({"factor": "size"}, "word"), ({"factor": "late", "word": "large"}, "word"), ({"factor": "size", "word": "large"}, None), ({"factor": "late"}, None)],
)
def test_steps_of_scales_that_cannot_be(values: dict[str, str], field: str | None) -> None:
    assert list(rules_policy.check_scale({"word": ""} | values)) == ([field] if field else [])


def test_shares_of_factors_add_up() -> None:
    assert list(rules_policy.problems(rules_policy.DEFAULTS | {"share_size": 26})) == ["share_month"]


@given(st.lists(st.tuples(st.integers(-100, 100), st.integers(0, 100)), min_size=1, max_size=8), st.integers(-200, 200))
def test_a_scale_stays_within_its_steps(steps: list[tuple[int, int]], value: int) -> None:
    share = rules_score.Scales([("late", least, "", percent) for least, percent in steps]).share("late", value)
    assert min(percent for _, percent in steps) / 100 - 1e-9 <= share <= max(percent for _, percent in steps) / 100 + 1e-9


# applications, news, the meeting


def test_sales_manager_and_finance_in_any_order_where_the_policy_says_so(desk: Desk) -> None:
    values = {"account_id": account(desk), "hotel_id": hotel(desk), "day": TODAY, "limit_asked": 30_000_00, "days_asked": 30, "reason": "年度协议"}
    one = added(desk, CREDIT_APPLICATION, **values)
    step(desk, CREDIT_APPLICATION, one, "submit")
    with pytest.raises(Refused, match="endorses it first"):
        step(desk, CREDIT_APPLICATION, one, "pass-first", values={"finance_words": "无涉诉"})
    added(desk, CREDIT_POLICY, since="2026-11-01", parallel=1)
    two = added(desk, CREDIT_APPLICATION, **values)
    step(desk, CREDIT_APPLICATION, two, "submit")
    step(desk, CREDIT_APPLICATION, two, "pass-first", values={"finance_words": "无涉诉"})
    assert row(desk, CREDIT_APPLICATION, two)["state"] == "looked-into"
    step(desk, CREDIT_APPLICATION, two, "endorse-last", values={"manager_words": "同意"})
    found = row(desk, CREDIT_APPLICATION, two)
    assert (found["state"], found["limit_granted"]) == ("decision", 30_000_00)


def test_what_other_hotels_say_stands_on_the_application(desk: Desk, reader: Any) -> None:
    asked = added(desk, CREDIT_APPLICATION, account_id=account(desk), hotel_id=hotel(desk), day=TODAY, hotels_say="口碑好")
    added(desk, TRADE_REFERENCE, application_id=asked, name="枕河酒店", contact="钱主管", limit_there=50_000_00, pays="late")
    paper = documents.application(reader, Ask(asked, TODAY))
    assert paper is not None
    assert paper.data["hotels"].startswith("枕河酒店 钱主管 50,000.00 ")
    assert paper.data["hotels"].endswith("；口碑好")


def test_news_calls_for_a_review_until_somebody_looked_or_decided(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    news = added(desk, CREDIT_NEWS, account_id=client, day="2026-11-10", kind="owner", name="股东变更")
    added(desk, CREDIT_NEWS, account_id=client, day="2026-03-01", kind="court", name="旧闻")

    def told() -> list[str]:
        return [say(cause.what) for cause in causes.causes(reader, TODAY) if cause.key == "credit-news"]

    assert told() == ["甲: Owner or legal representative changed (股东变更); look at its credit again"]
    assert [chapter.key for chapter in queries_pack.pack(reader, TODAY).chapters] == ["reviews"]
    change(desk, CREDIT_NEWS, news, looked_on=TODAY)
    assert told() == []
    change(desk, CREDIT_NEWS, news, looked_on="")
    added(desk, CREDIT_APPLICATION, account_id=client, hotel_id=hotel(desk), day="2026-11-11", decided_on="2026-11-12")
    assert told() == []


def test_who_was_at_the_meeting_stands_in_its_minutes_and_on_its_paper(desk: Desk, reader: Any) -> None:
    bill(desk, account(desk, "甲", credit="stopped"), 500_00, "2026-06-30")
    actions_pack.keep_present(desk, "顾砚秋、韩既白")
    actions_pack.keep_present(desk, "顾砚秋、韩既白、沈知渝", "高澄 出差")
    found = queries_pack.pack(reader, TODAY).minutes
    assert (found.present, found.absent) == ("顾砚秋、韩既白、沈知渝", "高澄 出差")
    assert reader.execute("select count(*) from minutes where gone is null and kind = 'credit'").fetchone()[0] == 1


# collecting


def test_a_slip_that_came_back_confirms_the_bills_whose_statement_was_out(desk: Desk) -> None:
    client = account(desk, "甲")
    sent, later = (bill(desk, client, 100_00, "2026-12-10", stage="matched", statement_no="S", statement_on=day) for day in ("2026-11-01", "2026-11-15"))
    signed = bill(desk, client, 100_00, "2026-12-10", stage="signed")
    added(desk, COLLECTION_STEP, account_id=client, day=TODAY, name="回执")
    slip = added(desk, COLLECTION_STEP, account_id=client, day="2026-11-10", name="回执", evidence="confirmed")
    assert row(desk, RECEIVABLE, sent)["stage"] == "matched"
    change(desk, COLLECTION_STEP, slip, delivered_on="2026-11-10")
    assert [row(desk, RECEIVABLE, each)["stage"] for each in (sent, later, signed)] == ["confirmed", "matched", "signed"]
    assert row(desk, RECEIVABLE, sent)["confirmed_on"] == "2026-11-10"


STAFF_ROWS = [
    {"id": 1, "role": rights.GM, "manager_id": None, "left_on": ""}, {"id": 2, "role": rights.DOSM, "manager_id": 1, "left_on": ""},
    {"id": 3, "role": rights.MANAGER, "manager_id": 2, "left_on": ""}, {"id": 4, "role": rights.SELLER, "manager_id": 3, "left_on": ""},
    {"id": 5, "role": rights.CREDIT, "manager_id": 1, "left_on": "2026-01-01"}, {"id": 6, "role": rights.CREDIT, "manager_id": 1, "left_on": ""},
]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "person"),
    [(Text("Seller"), 4), (Text("Sales manager"), 3), (Text("Director of sales"), 2), (Text("General manager"), 1), (Text("Finance department"), 6), ("", 4), ("财务部", 6), ("营销总监", 2), ("副总经理", 1), ("前厅经理", 3)],
)  # fmt: skip
def test_whoever_a_ladder_names_does_the_step(who: Any, person: int) -> None:
    assert rules_escalation.answerable(STAFF_ROWS, 4, rules_escalation.role_of(who), TODAY) == person


@pytest.mark.parametrize(("person", "waited", "up"), [(4, 4, None), (4, 5, (3, 1)), (4, 10, (2, 2)), (4, 99, (1, 3)), (1, 99, None), (3, 99, (1, 2)), (None, 9, None), (77, 9, None)])
def test_a_step_that_waits_goes_up(person: int | None, waited: int, up: tuple[int, int] | None) -> None:
    assert rules_escalation.escalated(STAFF_ROWS, person, waited) == up


def test_the_seller_and_then_the_manager_are_told(desk: Desk, reader: Any) -> None:
    boss = added(desk, STAFF, name="陆行舟", code="LXZ")
    seller = added(desk, STAFF, name="唐屿", code="TY", manager_id=boss)
    bill(desk, account(desk, "甲", owner_id=seller), 500_00, "2026-11-06")  # the check was due five days before
    told = [(cause.key, cause.owner_id) for cause in causes.causes(reader, TODAY)]
    assert told == [("collect-check", seller), ("collect-check-up1", boss)]
    added(desk, LADDER_STEP, ladder="company", days=3, key="x", name="致电", channel="call", who="销售经理")
    assert [cause.owner_id for cause in causes.causes(reader, TODAY)] == [seller, boss]  # nobody has that role here


def test_answers_to_objections_hold_the_facts(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲", type="government")
    one = bill(desk, client, 500_00, "2026-10-01", statement_no="DZ1", statement_on="2026-09-20", invoice_no="123", invoiced_on="2026-09-21", handed_to="屠会计", handed_on="2026-09-22", disputed=100_00)
    money.take_receipt(desk, {"account_id": client, "amount": 30_00})
    found = queries_objections.facts(reader, client, one, TODAY)
    answers = [say(answer) for _, answer in words_objections.answers(found)]
    assert "屠会计 on 2026-09-22" in answers[0]
    assert "DZ1 was sent on 2026-09-20" in answers[1]
    assert "100.00 is looked into already" in answers[2]
    assert "the other 400.00" in answers[2]
    assert "neither state bodies nor large firms" in answers[4]
    assert answers[6].startswith("30.00 came")
    assert all(say(answer) for _, answer in words_objections.answers(queries_objections.Facts()))


def test_an_invoice_that_was_wrong_has_a_clock(desk: Desk, reader: Any) -> None:
    one = bill(desk, account(desk, "甲"), 500_00, "2026-12-01", document_no="A", stage="invoiced", invoice_kind="e-special", invoice_no="1", invoiced_on="2026-11-10")
    step(desk, RECEIVABLE, one, "reissue", values={"reissue_cause": "title"})
    assert queries_reports.reissues(reader).rows == [{"cause": "title", "currency": "CNY", "invoices": 1, "waiting": 1, "amount": "500.00"}]
    (cause,) = [cause for cause in money_causes.causes(reader, TODAY) if cause.key == "reissue"]
    assert (cause.due, say(cause.what)) == ("2026-11-23", "甲: the invoice of A is to be issued anew by 2026-11-23")
    step(desk, RECEIVABLE, one, "invoice", values={"invoice_no": "2"})
    assert [cause for cause in money_causes.causes(reader, TODAY) if cause.key == "reissue"] == []
    assert queries_reports.reissues(reader).rows[0]["waiting"] == 0


def test_the_statement_with_its_balance_carried_forward_ties(desk: Desk, reader: Any) -> None:
    """At the end of any day it says what is open less what came and pays nothing yet."""
    dice, client = random.Random(31), account(desk, "甲")
    for at in range(12):
        day = f"2026-{dice.randrange(7, 12):02d}-{dice.randrange(1, 18):02d}"
        one = bill(desk, client, 1_000 + dice.randrange(90_000), "2026-12-31", bill_date=day, document_no=f"B{at}", paid=dice.choice((0, 0, 500)))
        if at % 2:
            owes = row(desk, RECEIVABLE, one)["balance"]
            money.take_receipt(desk, {"account_id": client, "amount": owes + dice.choice((0, 700)), "received_on": dice.choice((day, "2026-11-17"))}, [(one, dice.randrange(1, owes + 1))])
    with closing(desk.store.open_reader()) as found:
        whole = found.execute("select (select sum(balance) from receivable where gone is null) - (select sum(unapplied) from receipt where gone is null)").fetchone()[0]
        for first in ("2026-01-01", "2026-10-01", "2026-11-18"):
            said = queries_statement.account(found, client, first, TODAY)
            assert said.closing == whole
            assert said.brought + sum(each.amount for each in said.moves) == said.closing
        paper = documents_account.statement(found, Ask(client, TODAY))
    assert paper is not None
    assert paper.data["first"] == "2026-10-01"
