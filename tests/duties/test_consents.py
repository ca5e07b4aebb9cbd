"""The consent ledger: what may be done with whom, by which way, on which day; and that every use asks it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties.care import queries_proposal
from crm_desktop.duties.care.records_standard import CARE_HOLD
from crm_desktop.duties.clients import causes as birthdays
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.consents import actions, queries, rules
from crm_desktop.duties.consents.records import CONSENT, CONSENT_TEXT
from crm_desktop.duties.consents.rules import (
    ANY,
    AUTOMATED,
    CHANNELS,
    GREET,
    MAIL,
    MARKET,
    MINOR,
    NO,
    PERSONALLY,
    PHONE,
    POST,
    PURPOSES,
    SENSITIVE,
    SMS,
    WECHAT,
    YES,
    Entry,
)
from crm_desktop.duties.events import actions as events
from crm_desktop.duties.events import rules as event_rules
from crm_desktop.duties.events.records import BIG_EVENT, EVENT_GUEST, EVENT_LINE
from crm_desktop.duties.gifts.records import GIFT, GIFT_ITEM, MEAL
from crm_desktop.duties.guests import causes as days_kept
from crm_desktop.duties.guests.records import COMPANION, KEY_DATE
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.duties.visits import queries_week
from crm_desktop.exchange import person_out
from crm_desktop.record import dates
from crm_desktop.record.text import Refused
from tests.samples import account, added, change, csv_file, imported, remove, row, sound

TODAY, DAY = "2026-11-18", "2026-06-01"
DAYS = st.integers(1, 28).map(lambda n: f"2026-06-{n:02d}")


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


# the rules

GREETS = Entry(GREET, ANY, YES, "2026-01-01", row=1)
SMS_ONLY = Entry(MARKET, SMS, YES, "2026-01-01", row=1)
STOPPED = Entry(MARKET, SMS, YES, "2026-01-01", "2026-05-31", 1)
CASES = (
    ((), GREET, PHONE, True), ((), GREET, PERSONALLY, True), ((), GREET, POST, True), ((), GREET, SMS, False), ((), GREET, WECHAT, False), ((), GREET, MAIL, False),
    ((), MARKET, PERSONALLY, True), ((), MARKET, PHONE, False), ((), MARKET, SMS, False), ((), MARKET, POST, False), ((), SENSITIVE, ANY, False), ((), MINOR, ANY, False), ((), AUTOMATED, ANY, True),
    ((GREETS,), GREET, SMS, True), ((GREETS,), MARKET, SMS, False), ((GREETS,), SENSITIVE, ANY, False), ((SMS_ONLY,), MARKET, SMS, True), ((SMS_ONLY,), MARKET, MAIL, False),
    ((SMS_ONLY,), GREET, SMS, False), ((STOPPED,), MARKET, SMS, False), ((STOPPED,), MARKET, PERSONALLY, True), ((STOPPED, Entry(MARKET, SMS, YES, DAY, row=2)), MARKET, SMS, True),
    ((Entry(MARKET, ANY, NO, "2026-02-01", row=2), SMS_ONLY), MARKET, SMS, False), ((Entry(MARKET, ANY, NO, "2025-12-31", row=2), SMS_ONLY), MARKET, SMS, True),
    ((Entry(MARKET, ANY, NO, "2026-02-01"),), MARKET, PERSONALLY, False), ((Entry(GREET, ANY, YES, "2026-01-01", DAY),), GREET, PHONE, False), ((Entry(GREET, ANY, YES, "2026-06-02"),), GREET, SMS, False),
    ((Entry(SENSITIVE, ANY, YES, DAY),), SENSITIVE, ANY, True), ((Entry(SENSITIVE, SMS, YES, DAY),), SENSITIVE, ANY, True), ((Entry(AUTOMATED, ANY, NO, DAY),), AUTOMATED, ANY, False),
)  # fmt: skip


@pytest.mark.parametrize(("ledger", "purpose", "channel", "allowed"), CASES)
def test_what_may_be_done(ledger: tuple[Entry, ...], purpose: str, channel: str, allowed: bool) -> None:
    assert rules.may_use(ledger, purpose, channel, DAY) is allowed


def _entry(purpose: str, channel: str, answer: str, given_on: str, withdrawn: str | None, at: int) -> Entry:
    return Entry(purpose, channel, answer, given_on, max(given_on, withdrawn) if withdrawn and answer == YES else "", at)


ENTRIES = st.builds(_entry, st.sampled_from(PURPOSES), st.sampled_from(CHANNELS), st.sampled_from((YES, NO)), DAYS, st.none() | DAYS, st.integers(1, 99))
LEDGERS = st.lists(ENTRIES, max_size=8, unique_by=lambda entry: entry.row)
USE = (st.sampled_from(PURPOSES), st.sampled_from(CHANNELS), DAYS)


@given(LEDGERS, *USE)
def test_after_a_no_to_everything_nothing_is_done_until_a_new_yes(ledger: list[Entry], purpose: str, channel: str, day: str) -> None:
    said_no = [*ledger, *(Entry(each, ANY, NO, day, row=100) for each in PURPOSES)]
    assert not rules.may_use(said_no, purpose, channel, day)
    assert rules.may_use([*said_no, Entry(purpose, channel, YES, day, row=101)], purpose, channel, day)


@given(LEDGERS, *USE)
def test_what_is_still_to_come_changes_nothing_and_the_order_neither(ledger: list[Entry], purpose: str, channel: str, day: str) -> None:
    before = rules.standing(ledger, purpose, channel, day)
    assert rules.standing([*ledger, Entry(purpose, channel, YES, "2026-07-01", row=200), Entry(purpose, ANY, NO, "2026-07-02", row=201)], purpose, channel, day) == before
    assert rules.standing(list(reversed(ledger)), purpose, channel, day) == before
    assert rules.standing([entry for entry in ledger if entry.purpose == purpose], purpose, channel, day) == before, "a yes to one thing is none to another"


@given(LEDGERS, *USE)
def test_a_yes_is_only_where_somebody_said_it(ledger: list[Entry], purpose: str, channel: str, day: str) -> None:
    if rules.may_use(ledger, purpose, channel, day) and rules.needs_yes(purpose, channel):
        assert any(entry.answer == YES and entry.given_on <= day and entry.purpose == purpose and not ("" < entry.withdrawn_on <= day) for entry in ledger)
    if rules.may_send(ledger, purpose, day):
        assert any(rules.may_use(ledger, purpose, each, day) for each in (SMS, WECHAT, MAIL))


# the ledger


def _agreed(desk: Desk, person: int, purpose: str = GREET, **values: Any) -> int:
    return added(desk, CONSENT, **({"person_id": person, "purpose": purpose, "given_on": DAY} | values))


def _no(desk: Desk, person: int, purpose: str, channel: str = ANY) -> int:
    return _agreed(desk, person, purpose, answer=NO, channel=channel)


def test_a_line_names_the_text_of_its_day_and_is_withdrawn_with_a_reason(desk: Desk) -> None:
    guest = added(desk, PERSON, name="霍明翊")
    first = added(desk, CONSENT_TEXT, purpose=MARKET, name="2024-1", since="2024-01-01", words="同意接收优惠")
    added(desk, CONSENT_TEXT, purpose=MARKET, name="2026-7", since="2026-07-01", words="同意接收优惠和邀请")
    line = _agreed(desk, guest, MARKET, channel=SMS)
    assert row(desk, CONSENT, line)["text_id"] == first
    with pytest.raises(Refused, match="reason"):
        desk.move(CONSENT, line, row(desk, CONSENT, line)["version"], "withdraw")
    desk.move(CONSENT, line, row(desk, CONSENT, line)["version"], "withdraw", reason="来电要求")
    assert (row(desk, CONSENT, line)["state"], row(desk, CONSENT, line)["withdrawn_on"]) == ("withdrawn", TODAY)
    assert not rules.may_use(queries.ledger(desk.store.writer, guest, TODAY), MARKET, SMS, TODAY), "from this very day on"
    assert rules.may_use(queries.ledger(desk.store.writer, guest, TODAY), MARKET, SMS, "2026-11-17")
    for forbidden in (lambda: remove(desk, CONSENT, line), lambda: change(desk, CONSENT, line, purpose=GREET), lambda: change(desk, CONSENT_TEXT, first, words="别的")):
        with pytest.raises((Refused, Invalid)):
            forbidden()
    refused = _no(desk, guest, AUTOMATED)
    with pytest.raises(Refused, match="never agreed"):
        desk.move(CONSENT, refused, row(desk, CONSENT, refused)["version"], "withdraw", reason="x")
    sound(desk.store)


def test_what_is_kept_of_a_child_goes_when_the_guardian_takes_it_back(desk: Desk) -> None:
    mother = added(desk, PERSON, name="俞闻笛")
    child = added(desk, COMPANION, person_id=mother, name="俞小满", relation="child")
    with pytest.raises(Invalid, match="guardian"):
        _agreed(desk, mother, MINOR, companion_id=child)
    line = _agreed(desk, mother, MINOR, companion_id=child, guardian="俞闻笛")
    assert row(desk, COMPANION, child)["consent"] == 1
    change(desk, COMPANION, child, birthday="2017-06-01", remark="怕黑")
    desk.move(CONSENT, line, row(desk, CONSENT, line)["version"], "withdraw", reason="来信")
    kept = row(desk, COMPANION, child)
    assert (kept["consent"], kept["birthday"], kept["remark"], kept["name"]) == (0, "", "", "俞小满")


def test_old_ticks_count_at_once_and_become_lines_once(desk: Desk) -> None:
    ticked = added(desk, PERSON, name="祁曼", consent_greet=1, consent_keep=1, consent_on="2025-03-08")
    undated = added(desk, PERSON, name="单翊飞", consent_greet=1)
    added(desk, COMPANION, person_id=ticked, name="小祁", relation="child", birthday="2020-01-01", consent=1)
    assert rules.may_use(queries.ledger(desk.store.writer, ticked, TODAY), MARKET, SMS, TODAY)
    assert actions.take_over(desk) == 6
    lines = desk.store.writer.execute("select person_id, purpose, given_on, how from consent where gone is null").fetchall()
    assert sorted(map(tuple, lines)) == sorted(
        [(ticked, each, "2025-03-08", "card") for each in (GREET, MARKET, SENSITIVE)] + [(ticked, MINOR, TODAY, "card")] + [(undated, each, TODAY, "card") for each in (GREET, MARKET)]
    )
    assert actions.take_over(desk) == 0
    line = next(at for at, in desk.store.writer.execute("select id from consent where person_id = ? and purpose = ?", (ticked, MARKET)).fetchall())
    desk.move(CONSENT, line, 1, "withdraw", reason="不要短信")
    assert not rules.may_use(queries.ledger(desk.store.writer, ticked, TODAY), MARKET, SMS, TODAY), "the tick of the card does not come back"
    assert actions.take_over(desk) == 0
    sound(desk.store)


def test_a_file_s_ticks_become_lines(desk: Desk, tmp_path: Path) -> None:
    imported(desk, csv_file(tmp_path / "people.csv", ["姓名", "电话", "同意营销", "同意日期"], ["冉越", "13900139001", "是", "2026-02-03"], ["乐桐", "13900139002", "否", ""]), PERSON)
    found = desk.store.writer.execute("select p.name, c.purpose, c.given_on from consent as c join person as p on p.id = c.person_id order by c.purpose").fetchall()
    assert [tuple(each) for each in found] == [("冉越", GREET, "2026-02-03"), ("冉越", MARKET, "2026-02-03")]


def test_any_number_of_people_is_asked_for_at_once(desk: Desk) -> None:
    """A file of a million guests brings their ids, more than one statement takes."""
    ticked = added(desk, PERSON, name="祁曼", consent_greet=1, consent_on="2025-03-08")
    many = [ticked, *range(1, 300_000)]
    assert [row["purpose"] for row in queries.cards(desk.store.writer, many)] == [GREET, MARKET]
    assert queries.willing(desk.store.writer, many[:80_000], rules.may_invite, TODAY) == many[:80_000]


def test_a_copy_for_the_person_has_it_and_erasing_takes_it(desk: Desk, tmp_path: Path) -> None:
    from crm_desktop.desk import privacy

    guest = added(desk, PERSON, name="阮眠")
    line = _agreed(desk, guest, MARKET, channel=WECHAT, evidence="前台表单第 118 号", remark="阮眠本人")
    person_out.make(desk, PERSON, guest, tmp_path / "copy.json")
    assert "前台表单第 118 号" in (tmp_path / "copy.json").read_text("utf-8")
    privacy.erase(desk, PERSON, guest, row(desk, PERSON, guest)["version"], "来函")
    assert desk.get(CONSENT, line) is None
    assert desk.store.writer.execute("select evidence, remark from consent where id = ?", (line,)).fetchone() in (("", ""), ["", ""])


# every use asks


def _gift(desk: Desk, person: int) -> str:
    item = added(desk, GIFT_ITEM, name="青瓷杯", cost=8_00, stock=3)
    gift = added(desk, GIFT, item_id=item, person_id=person, day=TODAY)
    try:
        desk.move(GIFT, gift, 1, "ask")
    except Refused as error:
        return str(error.text.source)
    return ""


def _meal(desk: Desk, person: int) -> str:
    meal = added(desk, MEAL, account_id=account(desk, "禾渚", level="A"), person_id=person, day=TODAY, guests=2, purpose="答谢", planned=200_00)
    try:
        desk.move(MEAL, meal, 1, "ask")
    except Refused as error:
        return str(error.text.source)
    return ""


@pytest.mark.parametrize(("purpose", "gift", "meal"), [(GREET, True, False), (MARKET, False, True), (AUTOMATED, False, False)])
def test_gifts_and_meals_ask(desk: Desk, purpose: str, gift: bool, meal: bool) -> None:
    person = added(desk, PERSON, name="祁曼")
    _no(desk, person, purpose)
    assert ("withdrew their consent" in _gift(desk, person)) is gift
    assert ("withdrew their consent" in _meal(desk, person)) is meal


def test_events_ask_when_the_list_is_made_and_when_it_is_sent(desk: Desk) -> None:
    seller = desk.person_id or added(desk, desk.store.by_key["staff"], name="叶听澜")
    event = added(desk, BIG_EVENT, name="客户年会", day="2026-12-20", state=event_rules.DRAFT)
    added(desk, EVENT_LINE, event_id=event, kind=event_rules.QUOTA, name="叶听澜", owner_id=seller, number=5)
    ids = {name: account(desk, name, level="A", owner_id=seller) for name in ("禾渚", "静默", "澄籁")}
    first = added(desk, PERSON, name="一", account_id=ids["禾渚"], role="booker")
    second = added(desk, PERSON, name="二", account_id=ids["禾渚"], role="booker")
    added(desk, PERSON, name="三", account_id=ids["澄籁"], role="booker")
    added(desk, CARE_HOLD, account_id=ids["静默"], kind="consent", since="2026-11-01")
    _no(desk, first, MARKET)
    events.draw_list(desk, event)
    listed = {each[0]: each[1] for each in desk.store.writer.execute("select account_id, person_id from event_guest where gone is null").fetchall()}
    assert set(listed) == {ids["禾渚"], ids["澄籁"]}
    assert listed[ids["禾渚"]] == second
    guest = added(desk, EVENT_GUEST, event_id=event, person_id=first)
    with pytest.raises(Refused, match="not sent"):
        desk.move(EVENT_GUEST, guest, 1, "send")
    _agreed(desk, first, MARKET, given_on=TODAY)
    desk.move(EVENT_GUEST, guest, 1, "send")


def test_calls_days_and_proposals_ask(desk: Desk, reader: Any) -> None:
    firm = account(desk, "澄籁", level="A", state="active")
    people = {name: added(desk, PERSON, name=name, phone=f"1390013900{at}", account_id=firm, role="decision-maker", birthday=f"1980-12-0{at}") for at, name in enumerate("甲乙丙丁", 1)}
    _no(desk, people["甲"], GREET)
    _no(desk, people["乙"], MARKET, PHONE)
    _no(desk, people["丙"], AUTOMATED)
    _agreed(desk, people["丁"], GREET, channel=WECHAT)
    assert queries.refusing(reader, rules.may_call, TODAY) == {people["甲"], people["乙"]}
    sheet = {"id": 0, "kind": "clients", "owner_id": None, "most": 5}
    assert [line["person_id"] for line in queries_week.proposed(reader, sheet, TODAY)] == [people["丙"]], "the first who may be called"
    proposed = next(touch.client.dates for touch in queries_proposal.proposal(reader, "2026-12").month.touches)
    assert {(date.person_id, date.agreed) for date in proposed} == {(people["乙"], False), (people["丁"], True)}
    assert {cause.person_id for cause in birthdays.causes(reader, "2026-11-30") if cause.key == "birthday"} == {people["乙"], people["丙"]}
    for name in ("甲", "乙"):
        added(desk, KEY_DATE, person_id=people[name], kind="family", name="家庭日", day="2016-11-20")
    assert {cause.person_id for cause in days_kept.causes(reader, TODAY) if cause.about[0] == "key_date"} == {people["乙"]}


def test_the_sheet_says_what_somebody_does_not_want_and_what_is_kept_without_a_yes(desk: Desk, reader: Any) -> None:
    guest = added(desk, PERSON, name="龑䶮")
    assert queries.now(reader, "person", guest, TODAY) == []
    added(desk, PREFERENCE, person_id=guest, name="花生过敏", kind="health", polarity="never", allergen="peanut")

    def said() -> list[tuple[str, str]]:
        return [(point.words.source.split(" ")[0] + " " + point.words.source.split(" ")[-1], point.tone) for point in queries.now(reader, "person", guest, TODAY)]

    assert said() == [("Health own", "")]
    _no(desk, guest, SENSITIVE)
    assert said() == [("Health it", "red")]
    _agreed(desk, guest, SENSITIVE, given_on=TODAY)
    _no(desk, guest, MARKET)
    _no(desk, guest, GREET)
    assert said() == [("Wants care", "red"), ("Wants invitations", "red")]
