"""Lines typed from anywhere: shown before they are saved, what is doubtful asked, and saved as what was shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.bookings.quick import KIND_OF, QuickBooking
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.bookings.records import KINDS as BOOKING_KINDS
from crm_desktop.duties.care.quick import QuickCare, read_line
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.follow_ups.quick import QuickFollowUp
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.gifts.records import GIFT_ITEM
from crm_desktop.duties.house.records import VENUE
from crm_desktop.duties.preferences.quick import ALLERGENS_OF, QuickPreference
from crm_desktop.duties.preferences.quick import KIND_OF as PREFERENCE_KIND_OF
from crm_desktop.duties.preferences.records import ALLERGENS, KINDS, PREFERENCE
from crm_desktop.duties.receivables.quick import QuickPayment
from crm_desktop.duties.receivables.records import PROMISE, RECEIVABLE
from crm_desktop.record import dates
from crm_desktop.record.guess import About, Guess
from crm_desktop.record.said import bookings, preference_words
from crm_desktop.record.text import Refused, say
from crm_desktop.store.seat import Seat
from tests import samples

NOW = dt.datetime(2026, 11, 18, 13, 20)  # a Wednesday


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    dates.set_clock(NOW)
    yield
    dates.set_clock(None)


@pytest.fixture
def huo(desk: Desk) -> int:
    account = samples.account(desk, "云垞医疗集团")
    return samples.added(desk, PERSON, name="霍明翊", account_id=account)


@pytest.fixture
def room(desk: Desk, huo: int) -> str:
    samples.stay(desk, "2026-11-17", "2026-11-20", guest_id=huo, room_no="1702", status="In-House")
    return "1702"


def read(quick: Any, reader: Any, line: str, about: About = None, **picks: Any) -> Guess:
    guess: Guess = quick.understand(reader, line, picks, about)
    return guess


def words(guess: Guess) -> dict[str, str]:
    return {say(part.label): say(part.words) for part in guess.parts}


# follow-ups


def test_a_booking_shows_who_wants_the_same_place_before_it_is_saved(desk: Desk, reader: Any) -> None:
    samples.added(desk, VENUE, name="听泉", kind="private-room", hotel_id=samples.hotel(desk))
    line = "周六晚 12位 听泉包厢"
    assert "Clash" not in words(read(QuickBooking(), reader, line))
    samples.added(desk, BOOKING, day="2026-11-21", period="dinner", place="听泉", name="仇女士", hotel_id=samples.hotel(desk))
    guess = read(QuickBooking(), reader, line)
    assert "仇女士" in words(guess)["Clash"]
    assert (guess.doubts, guess.missing) == ([], None)  # it can be taken all the same


def test_a_room_s_name_says_the_kind_and_a_number_is_no_name(desk: Desk, reader: Any) -> None:
    samples.added(desk, VENUE, name="听泉", kind="private-room", hotel_id=samples.hotel(desk))
    guess = read(QuickBooking(), reader, "周六晚 12位 听泉 王总 13900001234")
    assert guess.doubts == []
    assert [guess.values[name] for name in ("kind", "place", "name", "phone")] == ["private-room", "听泉", "王总", "13900001234"]


def test_two_bookings_for_any_private_room_do_not_clash(desk: Desk, reader: Any) -> None:
    samples.added(desk, BOOKING, day="2026-11-21", period="dinner", place="包厢", hotel_id=samples.hotel(desk))
    assert "Clash" not in words(read(QuickBooking(), reader, "周六晚 8位 包厢"))


def test_a_booking_belongs_to_the_only_client_of_that_name(desk: Desk, reader: Any) -> None:
    account = samples.account(desk, "澄籁精密制造有限公司")
    guess = read(QuickBooking(), reader, "周六晚 12位 包厢 澄籁")
    assert (guess.values["account_id"], words(guess)["Client"]) == (account, "澄籁精密制造有限公司")
    samples.account(desk, "澄籁文化")
    assert read(QuickBooking(), reader, "周六晚 12位 包厢 澄籁").values["account_id"] is None  # which one nobody can say


def test_a_follow_up_is_about_what_is_on_the_screen(desk: Desk, reader: Any, huo: int) -> None:
    guess = read(QuickFollowUp(), reader, "下周三 下午3点 催发票", (PERSON, huo))
    assert words(guess) == {"What to do": "催发票", "Due": "2026-11-25 Wed 15:00", "Client": "云垞医疗集团", "Person": "霍明翊"}
    assert guess.doubts == []
    row = samples.row(desk, FOLLOW_UP, QuickFollowUp().act(desk, guess).rows[0][1])
    assert (row["name"], row["due"], row["due_time"], row["person_id"], row["source"]) == ("催发票", "2026-11-25", "15:00", huo, "hand")
    assert row["about"].startswith("person:")


def test_a_follow_up_without_a_day_asks_for_one(reader: Any) -> None:
    guess = read(QuickFollowUp(), reader, "催发票")
    assert [doubt.key for doubt in guess.doubts] == ["due"]
    day = guess.doubts[0].choices[1][2]
    assert read(QuickFollowUp(), reader, "催发票", due=day).doubts == []
    assert read(QuickFollowUp(), reader, "明天").missing is not None


# preferences


def test_a_room_says_whose_preference_it_is(desk: Desk, reader: Any, room: str, huo: int) -> None:
    guess = read(QuickPreference(), reader, "1702 不吃花生 过敏 听太太说")
    assert guess.doubts == []
    assert guess.missing is None
    told = words(guess)
    assert told["Guest"] == "霍明翊 · 云垞医疗集团"
    assert (told["Likes or not"], told["Allergen"], told["Who said so"]) == ("Never", "Peanut", "太太")
    row = samples.row(desk, PREFERENCE, QuickPreference().act(desk, guess).rows[0][1])
    assert (row["person_id"], row["polarity"], row["allergen"], row["told_on"]) == (huo, "never", "peanut", "2026-11-18")


def test_no_allergen_of_a_line_is_lost(desk: Desk, reader: Any, room: str) -> None:
    guess = read(QuickPreference(), reader, "1702 花生 海鲜 过敏")
    change = QuickPreference().act(desk, guess)
    assert {samples.row(desk, PREFERENCE, row_id)["allergen"] for _, row_id in change.rows} == {"peanut", "fish", "shellfish"}
    desk.undo()
    assert samples.facts(desk.store)["preference"] == []


def test_two_guests_of_a_room_are_asked_apart(desk: Desk, reader: Any, room: str, huo: int) -> None:
    wife = samples.added(desk, PERSON, name="司徒曜")
    samples.stay(desk, "2026-11-18", "2026-11-20", guest_id=wife, room_no=room, status="In-House")
    guess = read(QuickPreference(), reader, "1702 喜欢荞麦枕")
    assert [doubt.key for doubt in guess.doubts] == ["person"]
    assert {choice[0] for choice in guess.doubts[0].choices} == {"霍明翊", "司徒曜"}
    picked = guess.doubts[0].choices[1][2]
    again = read(QuickPreference(), reader, "1702 喜欢荞麦枕", person=picked)
    assert again.doubts == []
    assert again.values["person_id"] == picked.id


def test_a_preference_of_the_guest_on_the_screen(reader: Any, huo: int) -> None:
    guess = read(QuickPreference(), reader, "喜欢高楼层", (PERSON, huo))
    assert guess.values["person_id"] == huo
    assert read(QuickPreference(), reader, "喜欢高楼层").missing is not None


def test_every_kind_that_is_understood_is_one_the_record_has() -> None:
    known = {code for code, _, _ in KINDS}
    assert {PREFERENCE_KIND_OF.get(kind, kind) for kind in preference_words.KINDS} <= known
    assert set(ALLERGENS_OF) <= set(preference_words.ALLERGENS)
    assert {code for codes in ALLERGENS_OF.values() for code in codes} <= {code for code, _, _ in ALLERGENS}


# bookings


def test_a_booking_in_one_line(desk: Desk, reader: Any) -> None:
    samples.hotel(desk)
    guess = read(QuickBooking(), reader, "周六晚 12位 包厢")
    assert guess.doubts == []
    told = words(guess)
    assert (told["Day"], told["Number of people"], told["Kind"], told["Meal period"]) == ("2026-11-21 Sat", "12", "Private room", "Dinner")


def test_what_a_booking_leaves_open_is_asked(reader: Any) -> None:
    guess = read(QuickBooking(), reader, "周六 12位")
    assert "kind" in [doubt.key for doubt in guess.doubts]
    kind = next(doubt for doubt in guess.doubts if doubt.key == "kind").choices[0][2]
    assert read(QuickBooking(), reader, "周六 12位", kind=kind).values["kind"] == KIND_OF[kind]
    assert read(QuickBooking(), reader, "12位 包厢").missing is not None


def test_every_kind_of_booking_is_one_the_record_has() -> None:
    assert set(KIND_OF) == set(bookings.KINDS)
    assert set(KIND_OF.values()) <= {code for code, _, _ in BOOKING_KINDS}


def test_a_booking_is_saved_for_the_client_on_the_screen(desk: Desk, reader: Any) -> None:
    hotel = samples.hotel(desk)
    client = samples.account(desk, "禾渚软件")
    guess = read(QuickBooking(), reader, "周六晚 12位 包厢", (ACCOUNT, client))
    guess.values["hotel_id"] = hotel
    row = samples.row(desk, BOOKING, QuickBooking().act(desk, guess).rows[0][1])
    assert (row["account_id"], row["day"], row["people"], row["state"], row["remark"]) == (client, "2026-11-21", 12, "inquiry", "周六晚 12位 包厢")


# calls


def test_a_call_and_its_next_step_are_one_action(desk: Desk, reader: Any, huo: int) -> None:
    from crm_desktop.duties.clients.quick_call import QuickCall

    guess = read(QuickCall(), reader, "要报价 下周五再联系", (PERSON, huo))
    told = words(guess)
    assert (told["With whom"], told["Time"]) == ("霍明翊 · 云垞医疗集团", "13:20")
    assert told["Next step on"] == "2026-11-27 Fri"
    change = QuickCall().act(desk, guess)
    assert {table for table, _ in change.rows} == {"visit", "follow_up"}
    call = next(iter(samples.facts(desk.store)["visit"]))
    assert huo in call
    desk.undo()
    assert samples.facts(desk.store)["visit"] == samples.facts(desk.store)["follow_up"] == []


def test_two_results_in_one_line_are_asked_about(reader: Any, huo: int) -> None:
    from crm_desktop.duties.clients.quick_call import QuickCall

    guess = read(QuickCall(), reader, "已签 有投诉", (PERSON, huo))
    assert [doubt.key for doubt in guess.doubts] == ["result"]
    code = guess.doubts[0].choices[0][2]
    assert read(QuickCall(), reader, "已签 有投诉", (PERSON, huo), result=code).doubts == []


def test_every_result_that_is_understood_is_one_the_record_has() -> None:
    from crm_desktop.duties.clients.quick_call import result_words
    from crm_desktop.duties.visits.records import RESULTS
    from crm_desktop.record.said import visits

    assert set(visits.RESULTS) <= {code for code, _, _ in RESULTS}
    assert {code: result_words(code) for code, _, _ in RESULTS} == {code: text for code, text, _ in RESULTS}


def test_an_unknown_number_becomes_a_person_and_what_they_asked_for(desk: Desk, reader: Any) -> None:
    from crm_desktop.duties.clients.quick_call import QuickNewCaller

    desk.seat = Seat("秦苏", hotel_id=samples.hotel(desk))
    quick = QuickNewCaller("199 0000 9999")
    guess = read(quick, reader, "王总 周六晚 12位 包厢")
    assert guess.missing is None
    change = quick.act(desk, guess)
    assert [table for table, _ in change.rows] == ["person", "visit", "booking"]
    person = samples.row(desk, PERSON, change.rows[0][1])
    assert (person["name"], person["phone"]) == ("王总", "199 0000 9999")
    row = samples.row(desk, BOOKING, change.rows[2][1])
    assert (row["day"], row["people"], row["person_id"], row["phone"]) == ("2026-11-21", 12, person["id"], "199 0000 9999")
    assert read(quick, reader, "  ").missing is not None


# promises and receipts


@pytest.fixture
def luzhu(desk: Desk) -> int:
    hotel = samples.hotel(desk)
    client = samples.account(desk, "鹿渚文化传播有限公司", city="绍兴")
    for number, amount in (("F1", 1_120_000), ("F2", 740_000)):
        values = {"account_id": client, "document_no": number, "bill_date": "2026-10-01", "due": "2026-10-31", "amount": amount, "hotel_id": hotel}
        samples.added(desk, RECEIVABLE, **values)
    return client


def test_a_promise_in_one_line(desk: Desk, reader: Any, luzhu: int) -> None:
    guess = read(QuickPayment(), reader, "25号前付5万 会计说", (ACCOUNT, luzhu))
    assert guess.doubts == []
    assert guess.missing is None
    told = words(guess)
    assert (told["Kind"], told["Promised for"], told["In whose words"]) == ("Promise to pay", "2026-11-25 Wed", "会计")
    row = samples.row(desk, PROMISE, next(i for t, i in QuickPayment().act(desk, guess).rows if t == "promise"))
    assert (row["account_id"], row["amount"], row["due"], row["said_by"], row["state"]) == (luzhu, 5_000_000, "2026-11-25", "会计", "open")


def test_the_words_of_a_promise_say_whose_it_is(reader: Any, luzhu: int) -> None:
    assert read(QuickPayment(), reader, "鹿渚 25号前付5万").values["account_id"] == luzhu
    assert read(QuickPayment(), reader, "25号前付5万").missing is not None
    assert read(QuickPayment(), reader, "会计说").missing is not None


def test_a_receipt_pays_the_bills_it_fits(desk: Desk, reader: Any, luzhu: int) -> None:
    guess = read(QuickPayment(), reader, "到账 18600 绍兴鹿渚")
    assert words(guess)["Client"] == "鹿渚文化传播有限公司"
    QuickPayment().act(desk, guess)
    assert desk.store.writer.execute("select sum(balance) from receivable").fetchone() == (0,)
    assert desk.store.writer.execute("select amount, unapplied from receipt where gone is null").fetchall() == [(1_860_000, 0)]
    desk.undo()
    assert desk.store.writer.execute("select sum(balance) from receivable").fetchone() == (1_860_000,)


def test_a_line_without_a_verb_is_asked_about(reader: Any, luzhu: int) -> None:
    guess = read(QuickPayment(), reader, "25号 5万", (ACCOUNT, luzhu))
    assert guess.doubts[0].key == "kind"
    assert [choice[2] for choice in guess.doubts[0].choices] == ["promise", "receipt"]
    assert words(read(QuickPayment(), reader, "25号 5万", (ACCOUNT, luzhu), kind="promise"))["Kind"] == "Promise to pay"


def test_money_of_an_unknown_payer_is_kept_unapplied(desk: Desk, reader: Any, luzhu: int) -> None:
    guess = read(QuickPayment(), reader, "到账 777 无名氏商行")
    assert guess.missing is None
    QuickPayment().act(desk, guess)
    assert desk.store.writer.execute("select payer, account_id, unapplied from receipt").fetchall() == [("无名氏商行", None, 77_700)]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("昨天 12位 包厢 王总", "昨天 is over; write today or a later day"), ("2月30日 12位 包厢 王总", "There is no day 2月30日; write another"),
        ("12位 包厢 王总", "Write the day"),
    ],
)  # fmt: skip
def test_a_booking_says_what_is_wrong_with_its_day(reader: Any, line: str, told: str) -> None:
    guess = read(QuickBooking(), reader, line)
    assert guess.missing is not None
    assert (say(guess.missing), words(guess)["Booked in the name of"]) == (told, "王总")


def test_money_does_not_come_on_a_day_there_is_not(reader: Any, luzhu: int) -> None:
    for line, label in (("2月30日到账 9800 绍兴鹿渚", "Received on"), ("2月30日付5万 鹿渚", "Promised for")):
        guess = read(QuickPayment(), reader, line)
        assert guess.missing is not None
        assert (words(guess)[label], say(guess.missing)) == ("There is no day 2月30日; write another",) * 2
    assert words(read(QuickPayment(), reader, "到账 9800 绍兴鹿渚"))["Received on"] == "2026-11-18 Wed"


def test_a_receipt_without_a_name_does_not_speak_of_one(reader: Any, luzhu: int) -> None:
    assert words(read(QuickPayment(), reader, "到账 9800"))["Proposal"] == "No payer is named and nobody owes exactly this much; it is kept unapplied"
    assert words(read(QuickPayment(), reader, "到账 9800 无名氏商行"))["Proposal"] == "Nobody here is known by this name; it is kept unapplied"


def test_figures_too_long_for_an_amount_are_named(reader: Any, luzhu: int) -> None:
    guess = read(QuickPayment(), reader, "到账 99999999999999")
    assert guess.missing is not None
    assert say(guess.missing) == "99999999999999 is not read as an amount: write it as 18,600 or 5万"


def test_a_planned_visit_is_reported_on_and_never_without_a_result(desk: Desk, reader: Any, huo: int) -> None:
    from crm_desktop.duties.clients.quick_call import QuickCall
    from crm_desktop.duties.visits.records import RESULTS, VISIT

    visit = samples.added(desk, VISIT, person_id=huo, kind="visit", day="2026-11-18", state="planned")
    guess = read(QuickCall(), reader, "聊得很好", (VISIT, visit))
    (doubt,) = guess.doubts
    assert [code for *_, code in doubt.choices] == [code for code, *_ in RESULTS]
    guess = read(QuickCall(), reader, "聊得很好 下周五送合同", (VISIT, visit), result="signed")
    assert guess.doubts == []
    assert words(guess)["Report of the visit on"].startswith("2026-11-18")
    QuickCall().act(desk, guess)
    row = samples.row(desk, VISIT, visit)
    assert (row["state"], row["result"], row["next"], row["next_on"]) == ("done", "signed", "送合同", "2026-11-27")
    assert reader.execute("select count(*) from visit where gone is null").fetchone() == (1,)
    assert reader.execute("select name, due from follow_up where gone is null").fetchall() == [("送合同", "2026-11-27")]
    assert "call" in read(QuickCall(), reader, "又来电 要报价", (VISIT, visit)).values  # reported on, a call is a call again


def test_a_gift_of_the_store_is_asked_for_and_anything_else_was_given(desk: Desk, huo: int) -> None:
    samples.change(desk, ACCOUNT, samples.row(desk, PERSON, huo)["account_id"], level="A")
    tea = samples.added(desk, GIFT_ITEM, name="青瓷茶具", cost=29_800, stock=14)
    pen = samples.added(desk, GIFT_ITEM, name="青瓷笔筒", cost=9_800, stock=0)
    quick, reader, about = QuickCare(), desk.store.writer, (PERSON, huo)
    asked = read(quick, reader, "青瓷", about)
    assert [value for _, _, value in asked.doubts[0].choices] == [pen, tea, 0]
    found = read(quick, reader, "青瓷", about, gift=tea)
    assert (found.doubts, found.missing) == ([], None)
    assert found.values == read(quick, reader, "青瓷茶具", about).values
    quick.act(desk, found)
    sql = "select item_id, person_id, account_id, quantity, state, cost, day from gift"
    assert reader.execute(sql).fetchall() == [(tea, huo, samples.row(desk, PERSON, huo)["account_id"], 1, "asked", 29_800, "2026-11-18")]
    assert samples.row(desk, GIFT_ITEM, tea)["stock"] == 14  # until it is handed over
    with pytest.raises(Refused):  # nobody gets the same twice
        quick.act(desk, read(quick, reader, "青瓷茶具", about))
    assert len(reader.execute(sql).fetchall()) == 1
    given = read(quick, reader, "青瓷 120", about, gift=0)
    assert (given.values["name"], given.values["actual"], given.values["state"]) == ("青瓷", 12_000, "done")
    assert read(quick, reader, "午餐 青瓷", about).values["kind"] == "meal"


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("手写贺卡 两张", ("手写贺卡", 2, None, False)), ("黄酒礼盒3盒 714", ("黄酒礼盒", 3, 714_00, False)), ("tea set ×3", ("tea set", 3, None, False)), ("已送 青瓷茶具 298", ("青瓷茶具", 1, 298_00, True)),
        ("given tea set 298", ("tea set", 1, 298_00, True)), ("第二套茶具", ("第二套茶具", 1, None, False)), ("生日蛋糕5寸 150", ("生日蛋糕5寸", 1, 150_00, False)),
    ],
)  # fmt: skip
def test_a_line_about_a_gift_says_how_many_and_whether_it_was_given(typed: str, line: tuple[Any, ...]) -> None:
    assert tuple(read_line(typed)) == line


def test_what_is_typed_about_a_gift_of_the_store_is_never_left_out(desk: Desk, huo: int) -> None:
    card = samples.added(desk, GIFT_ITEM, name="手写贺卡", cost=1_200, stock=200, again=1)
    quick, reader, about = QuickCare(), desk.store.writer, (PERSON, huo)
    two = read(quick, reader, "手写贺卡 两张", about)
    assert (words(two)["Quantity"], two.values["quantity"]) == ("2, together 24.00", 2)
    assert words(read(quick, reader, "手写贺卡", about))["Quantity"].startswith("1;")
    dearer = read(quick, reader, "手写贺卡 15", about)  # the store has it for 12
    assert [(say(note), value) for _, note, value in dearer.doubts[0].choices] == [("200 there, 12.00 each", card), ("15.00 spent", 0)]
    assert read(quick, reader, "手写贺卡 两张 24", about).doubts == []  # the same sum
    for given in (read(quick, reader, "手写贺卡 15", about, gift=0), read(quick, reader, "已送 手写贺卡 15", about)):
        assert (given.values["name"], given.values["actual"], given.values["state"]) == ("手写贺卡", 15_00, "done")
