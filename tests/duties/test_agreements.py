"""Rate agreements and settlements: what must be there before they hold, what they leave in the client's file and the ledger."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk import attachments
from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties.agreements import causes, queries, rules
from crm_desktop.duties.agreements.records import AGREEMENT, AGREEMENT_RATE
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.clients import queries as client_queries
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.house.records import ROOM_TYPE
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.duties.settlements import queries as settlement_queries
from crm_desktop.duties.settlements import rules as settlement_rules
from crm_desktop.duties.settlements.records import SETTLEMENT, SETTLEMENT_LINE
from crm_desktop.exchange import importing
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Refused, say
from crm_desktop.store.pages import ListQuery, count
from tests.samples import account, added, change, csv_file, hotel, imported, prepared, remove, row, sound

TODAY = "2026-11-18"


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def step(desk: Desk, record: Record, row_id: int, key: str, reason: str = "", **values: Any) -> Row:
    desk.move(record, row_id, row(desk, record, row_id)["version"], key, reason=reason, values=values)
    return row(desk, record, row_id)


def attach(desk: Desk, record: Record, row_id: int, folder: Path) -> None:
    file = folder / "signed.txt"
    file.write_text("signed", "utf-8")
    attachments.add(desk, record.key, row_id, file)


@pytest.fixture
def client(desk: Desk) -> int:
    return account(desk, "澄籁精密", code="C1", agreement_to="2026-12-31", agreement_no="OLD-1")


def agreed(desk: Desk, client: int, **values: Any) -> int:
    made = added(desk, AGREEMENT, account_id=client, hotel_id=hotel(desk), **values)
    kinds = desk.store.writer.execute("select id from room_type where gone is null order by code").fetchall() or [(added(desk, ROOM_TYPE, code=code, name=code),) for code in ("EK", "SK")]
    for (kind,), rate in zip(kinds, (588_00, 420_00), strict=True):
        added(desk, AGREEMENT_RATE, agreement_id=made, room_type_id=kind, rate=rate)
    return made


def test_the_whole_way_of_an_agreement(desk: Desk, client: int, tmp_path: Path) -> None:
    bare = added(desk, AGREEMENT, account_id=client, hotel_id=hotel(desk))
    assert {name: row(desk, AGREEMENT, bare)[name] for name in ("code", "name", "since", "until")} == {"code": "XY-2026-0001", "name": "2026", "since": TODAY, "until": "2027-11-17"}
    with pytest.raises(Refused, match="no rate"):
        step(desk, AGREEMENT, bare, "submit")
    made = agreed(desk, client, credit=1, credit_days=30, promised_nights=300, until="2027-12-31")
    step(desk, AGREEMENT, made, "submit")
    step(desk, AGREEMENT, made, "approve")
    with pytest.raises(Refused, match="Signed on"):
        step(desk, AGREEMENT, made, "sign")
    signed = {"signed_on": TODAY, "signed_by": "祁曼"}
    with pytest.raises(Refused, match="declare its size"):
        step(desk, AGREEMENT, made, "sign", **signed)
    with pytest.raises(Refused, match="signed copy is missing"):
        step(desk, AGREEMENT, made, "sign", **signed, sme_declared=1)
    assert row(desk, AGREEMENT, made)["state"] == "to-sign"
    assert row(desk, ACCOUNT, client)["agreement_no"] == "OLD-1", "what is refused leaves nothing behind"
    attach(desk, AGREEMENT, made, tmp_path)
    step(desk, AGREEMENT, made, "sign", **signed, sme_declared=1)
    file = row(desk, ACCOUNT, client)
    assert [file[name] for name in ("agreement_no", "agreed_rate", "agreement_to", "promised_nights")] == ["XY-2026-0002", 420_00, "2027-12-31", 300]
    step(desk, AGREEMENT, made, "renew")
    (after,) = desk.store.writer.execute("select id from agreement where since = '2028-01-01' and gone is null").fetchone()
    new = row(desk, AGREEMENT, after)
    assert [new[name] for name in ("state", "until", "rates", "signed_on", "credit_days", "code")] == ["draft", "2028-12-31", 2, "", 30, "XY-2028-0001"]
    assert [rate["rate"] for rate in queries.rates(desk.store.writer, after)] == [420_00, 588_00]
    sound(desk.store)
    desk.undo()
    assert row(desk, AGREEMENT, made)["state"] == "running"
    assert desk.store.writer.execute("select count(*) from agreement_rate where gone is null").fetchone() == (2,)


def test_two_rates_of_one_kind_and_season_are_none(desk: Desk, client: int) -> None:
    made = agreed(desk, client)
    kind = desk.store.writer.execute("select room_type_id from agreement_rate where agreement_id = ? limit 1", (made,)).fetchone()[0]
    with pytest.raises(Invalid):
        added(desk, AGREEMENT_RATE, agreement_id=made, room_type_id=kind, rate=1)
    added(desk, AGREEMENT_RATE, agreement_id=made, room_type_id=kind, rate=1, season="low")
    assert queries.usual_rate(desk.store.writer, made) == 420_00, "a rate of the low season is not the usual one"
    with pytest.raises(Invalid, match="tick"):
        change(desk, AGREEMENT, made, credit_days=30)


@pytest.mark.parametrize(("days", "tone", "mark"), [(-1, "red", 0), (0, "amber", 30), (30, "amber", 30), (31, "amber", 60), (60, "amber", 60), (61, "", 90), (90, "", 90), (91, "", 0)])
def test_what_is_said_of_an_agreement_that_ends(desk: Desk, reader: Any, days: int, tone: str, mark: int) -> None:
    client = account(desk, "禾渚软件", code="H1", agreement_to="2027-12-31")
    until = add_days(TODAY, days)
    made = added(desk, AGREEMENT, account_id=client, hotel_id=hotel(desk), since="2025-01-01", until=until, state="running")
    assert [(point.tone, point.opens) for point in queries.now(reader, "account", client, TODAY)] == ([(tone, ("agreement", made))] if tone else [])
    assert rules.reminder(until, TODAY) == mark
    assert [cause.key for cause in causes.causes(reader, TODAY)] == ([f"agreement-{mark}"] if mark else [])
    lines = queries.today(reader, TODAY, None)
    assert [line.count for line in lines] == [int(0 <= days <= 30), int(30 < days <= 90), int(days < 0), 0]
    assert all(count(reader, ListQuery(AGREEMENT, line.filters)) == line.count for line in lines)
    remove(desk, AGREEMENT, made)
    assert queries.now(reader, "account", client, TODAY) == [], "without one, what the file says"


def test_a_client_without_an_agreement_of_its_own_is_told_of_by_its_file(desk: Desk, reader: Any) -> None:
    over, ending = account(desk, "甲", code="1", agreement_to="2026-11-01"), account(desk, "乙", code="2", agreement_to="2026-12-31")
    assert [str(point.words) for each in (over, ending) for point in queries.now(reader, "account", each, TODAY)] == ["Agreement over since 2026-11-01", "Agreement ends 2026-12-31, in 43 days"]
    assert client_queries.now(reader, "account", over, TODAY) == [], "said once"


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31)).map(dt.date.isoformat))
def test_years_follow_each_other_without_a_gap(since: str) -> None:
    until = rules.last_day(since)
    assert 365 <= days_between(since, until) + 1 <= 366
    after, end = rules.next_period(until)
    assert days_between(until, after) == 1
    assert end > after


# settlements


def bill(desk: Desk, client: int | None, **values: Any) -> int:
    made = added(desk, SETTLEMENT, name="年终会", account_id=client, hotel_id=hotel(desk), **values)
    for kind, name, planned, actual, price, off in (("banquet", "宴席", 22, 23, 3_988_00, 0), ("rent", "场租", 1, 1, 20_000_00, 5_000_00), ("other", "引导牌", None, 2, 150_00, 0)):
        added(desk, SETTLEMENT_LINE, settlement_id=made, kind=kind, name=name, planned=planned, actual=actual, price=price, discount=off)
    return made


TOTAL = 23 * 3_988_00 + 15_000_00 + 300_00


def test_a_bill_goes_on_account_with_its_proof(desk: Desk, client: int, reader: Any, tmp_path: Path) -> None:
    change(desk, ACCOUNT, client, credit="open", credit_days=45)
    made = bill(desk, client, deposit=30_000_00, deposit_kind="prepayment", mode="on-account")
    assert (row(desk, SETTLEMENT, made)["total"], row(desk, SETTLEMENT, made)["owed"]) == (TOTAL, TOTAL - 30_000_00)
    with pytest.raises(Refused, match="Signed by"):
        step(desk, SETTLEMENT, made, "confirm")
    step(desk, SETTLEMENT, made, "confirm", signed_by="屠会计", disputed=15_000_00)
    step(desk, SETTLEMENT, made, "check", checked_by="高澄")
    line = desk.store.writer.execute("select id from settlement_line where kind = 'rent'").fetchone()[0]
    with pytest.raises(Invalid, match="send it back"):
        change(desk, SETTLEMENT_LINE, line, discount=0)
    with pytest.raises(Refused, match="without proof"):
        step(desk, SETTLEMENT, made, "hand-over")
    attach(desk, SETTLEMENT, made, tmp_path)
    done = step(desk, SETTLEMENT, made, "hand-over")
    owed = row(desk, RECEIVABLE, done["receivable_id"])
    assert {name: owed[name] for name in ("account_id", "document_no", "kind", "amount", "bill_date", "due", "disputed", "proof", "invoiced")} == {
        "account_id": client, "document_no": "JS261118-01", "kind": "banquet", "amount": TOTAL - 30_000_00, "bill_date": TODAY, "due": "2027-01-02", "disputed": 15_000_00, "proof": 1, "invoiced": 0,
    }  # fmt: skip
    sound(desk.store)
    desk.undo()
    assert row(desk, SETTLEMENT, made)["state"] == "checked"
    assert reader.execute("select count(*) from receivable where gone is null").fetchone() == (0,)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"mode": ""}, "Mode"), ({"mode": "card", "paid": 1_00}, "even"), ({"mode": "card", "paid": TOTAL + 1}, "More was paid"), ({"mode": "mixed", "paid": 1_00, "account_id": None}, "Only a client"),
        ({"mode": "mixed", "paid": TOTAL - 1_00, "disputed": 2_00}, "disputed"),
    ],
)  # fmt: skip
def test_a_bill_that_does_not_come_out_even_stays(desk: Desk, client: int, values: Row, says: str) -> None:
    made = bill(desk, client)
    step(desk, SETTLEMENT, made, "confirm", signed_by="屠会计")
    with pytest.raises(Refused, match=says):
        step(desk, SETTLEMENT, made, "check", **values)
    assert row(desk, SETTLEMENT, made)["state"] == "confirmed"


def test_what_is_paid_makes_no_receivable_and_stopped_credit_none_either(desk: Desk, client: int, tmp_path: Path) -> None:
    paid = bill(desk, client, mode="transfer", paid=TOTAL)
    for key, values in (("confirm", {"signed_by": "屠会计"}), ("check", {}), ("hand-over", {})):
        step(desk, SETTLEMENT, paid, key, **values)
    assert (row(desk, SETTLEMENT, paid)["state"], row(desk, SETTLEMENT, paid)["receivable_id"]) == ("done", None)
    change(desk, ACCOUNT, client, credit="stopped")
    made = bill(desk, client, mode="on-account")
    attach(desk, SETTLEMENT, made, tmp_path)
    for key, values in (("confirm", {"signed_by": "屠会计"}), ("check", {})):
        step(desk, SETTLEMENT, made, key, **values)
    with pytest.raises(Refused, match="is stopped"):
        step(desk, SETTLEMENT, made, "hand-over")


def test_events_without_a_bill_and_bills_left_lying(desk: Desk, client: int, reader: Any) -> None:
    house = hotel(desk)
    event = added(desk, BOOKING, kind="meeting", day="2026-11-16", state="done", account_id=client, hotel_id=house)
    added(desk, BOOKING, kind="private-room", day="2026-11-16", state="done", hotel_id=house)
    assert settlement_queries.unbilled(reader, TODAY, house) == [event]
    assert [line.count for line in settlement_queries.today(reader, TODAY, house)] == [0, 0, 1]
    bill(desk, client, booking_id=event, day="2026-11-16")
    lines = settlement_queries.today(reader, TODAY, None)
    assert [(line.count, line.tone) for line in lines] == [(0, ""), (1, "red")]


@given(st.integers(0, 9_999), st.integers(0, 9_999_00), st.integers(0, 9_999_00))
def test_a_line_is_what_was_had_less_what_was_taken_off(actual: int, price: int, discount: int) -> None:
    line = {"actual": actual, "price": price, "discount": discount}
    assert settlement_rules.settle_line(line) == {"amount": actual * price - discount}
    assert ("discount" in settlement_rules.check_line(line)) == (settlement_rules.settle_line(line)["amount"] < 0)


def test_an_agreement_from_a_file_stands_in_the_clients_file(desk: Desk, client: int, tmp_path: Path) -> None:
    """With its rate, which comes in a file of its own; a later agreement that is known stays, and undo takes it out again."""
    hotel(desk)
    added(desk, ROOM_TYPE, code="SK", name="高级大床房")
    late = account(desk, "云程商旅", agreement_to="2029-12-31", agreement_no="NEW")
    head = ["协议编号", "标题", "客户", "状态", "协议开始", "协议到期", "承诺间夜"]
    lines = (["XY7", "2027", "澄籁精密", "生效", "2027-01-01", "2027-12-31", "300"], ["XY8", "2027", "云程商旅", "生效", "2027-01-01", "2027-12-31", "20"], ["XY9", "2028", "澄籁精密", "草拟", "2028-01-01", "2028-12-31", ""])
    ready = prepared(desk, csv_file(tmp_path / "a.csv", head, *lines), AGREEMENT)
    assert (ready.added, [say(bad.reason) for bad in ready.bad]) == (3, [])
    importing.write(desk, ready)
    told = ("agreement_no", "agreement_from", "agreement_to", "promised_nights", "agreed_rate")
    assert [row(desk, ACCOUNT, client)[name] for name in told] == ["XY7", "2027-01-01", "2027-12-31", 300, 0]
    assert row(desk, ACCOUNT, late)["agreement_no"] == "NEW"
    assert imported(desk, csv_file(tmp_path / "r.csv", ["协议", "房型", "季节", "协议价"], ["XY7", "SK", "全年", "420"]), AGREEMENT_RATE)["added"] == 1
    assert row(desk, ACCOUNT, client)["agreed_rate"] == 420_00
    sound(desk.store)
    desk.undo()
    desk.undo()
    assert [row(desk, ACCOUNT, client)[name] for name in ("agreement_no", "agreed_rate")] == ["OLD-1", 0]


CLIENT = {"agreement_no": "A", "agreed_rate": 1, "agreement_from": "2026-01-01", "agreement_to": "2026-12-31", "promised_nights": None}
COMES = {"agreement_no": "B", "agreed_rate": 2, "agreement_from": "2026-06-01", "agreement_to": "2026-12-31", "promised_nights": 30}


@pytest.mark.parametrize(
    ("client", "news"),
    [
        (CLIENT, {"promised_nights": 30}), (CLIENT | {"agreement_to": "2027-01-01"}, {}), (CLIENT | {"agreement_to": ""}, COMES), (CLIENT | {"agreement_to": "2026-12-30"}, COMES),
        (CLIENT | {"agreed_rate": 0}, {"agreed_rate": 2, "promised_nights": 30}),
    ],
)  # fmt: skip
def test_what_is_news_for_the_clients_file(client: Row, news: Row) -> None:
    assert rules.news_for_file(client, COMES) == news
