"""The market: a review has a day for its answer, a page is right when all four are ticked, information runs out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.records import STAFF
from crm_desktop.desk.settings import Settings
from crm_desktop.duties.market import actions, queries, rules
from crm_desktop.duties.market.records import CHECK, INFO, REVIEW
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days
from crm_desktop.record.text import Refused
from crm_desktop.store.pages import ListQuery, count
from tests.samples import added, change, facts, hotel, row, sound

TODAY = "2026-11-18"
TIMES = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda at: f"{at[0]:02d}:{at[1]:02d}")
DAYS = st.integers(0, 40).map(lambda n: add_days(TODAY, n))


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def move(desk: Desk, record: Any, at: int, key: str, reason: str = "", **values: Any) -> None:
    desk.move(record, at, row(desk, record, at)["version"], key, reason=reason, values=values)


@pytest.mark.parametrize(
    ("written", "replied", "want"),
    [
        (("2026-11-17", "10:00"), ("2026-11-18", "10:00"), 24), (("2026-11-17", "10:00"), ("2026-11-18", "10:01"), 25), (("2026-11-17", "10:00"), ("2026-11-17", "10:00"), 0),
        (("2026-11-17", ""), ("2026-11-17", "13:00"), 1), (("2026-11-17", "10:00"), ("", ""), None), (("2026-11-17", "10:00"), ("2026-11-18", ""), None), (("", ""), ("2026-11-18", "10:00"), None),
    ],
)  # fmt: skip
def test_the_hours_to_an_answer(written: tuple[str, str], replied: tuple[str, str], want: int | None) -> None:
    assert rules.took(*written, *replied) == want


@given(DAYS, TIMES)
def test_a_review_has_a_day_and_is_told_two_hours_before(day: str, time: str) -> None:
    found = rules.settle({"state": rules.UNANSWERED, "day": day, "time": time})
    assert found["due"] == f"{add_days(day, 1)} {time}" or (time == "00:00" and found["due"] == f"{day} 24:00")
    assert f"{found['warn_on']} {found['warn_at']}" < found["due"]
    assert rules.settle({"state": rules.ANSWERED, "day": day, "time": time}) == {"due": "", "warn_on": "", "warn_at": ""}
    (clock,) = rules.clocks({"state": rules.UNANSWERED, "day": day, "time": time})
    assert clock.left(f"{day} {time}") == rules.DAY


@pytest.mark.parametrize(("until", "want"), [("", ""), (TODAY, rules.HOLDS), ("2026-11-17", rules.EXPIRED)])
def test_information_runs_out(until: str, want: str) -> None:
    assert rules.standing(until) == want


@given(st.lists(st.booleans(), min_size=4, max_size=4), st.sampled_from(["", "  ", "价格错了"]))
def test_a_page_is_right_or_wrong_never_both(ticks: list[bool], found: str) -> None:
    page = dict(zip(rules.TICKS, ticks, strict=True)) | {"found": found}
    assert (rules.not_all_right(page) is None) == all(ticks)
    assert (rules.nothing_found(page) is None) == (bool(found.strip()) and not all(ticks))


def test_a_review_is_answered_with_words(desk: Desk, reader: Any) -> None:
    qin = added(desk, STAFF, name="秦苏")
    at = added(desk, REVIEW, day="2026-11-17", time="10:30", name="沈小园", words="到店说没有", stars=2, owner_id=qin, hotel_id=hotel(desk))
    assert (row(desk, REVIEW, at)["due"], row(desk, REVIEW, at)["warn_on"], row(desk, REVIEW, at)["warn_at"]) == ("2026-11-18 10:30", "2026-11-18", "08:30")
    assert row(desk, REVIEW, at)["left"].startswith("\u2212")
    (line,) = queries.today(reader, TODAY, None)
    assert (line.label.source, line.tone) == ("Reviews not answered", "red")
    before = facts(desk.store)
    for key, words in (("answer", "Write the answer"), ("leave", "reason"), ("reopen", "not open now")):
        with pytest.raises(Refused, match=words):
            move(desk, REVIEW, at, key)
    with pytest.raises(Invalid, match="steps"):
        change(desk, REVIEW, at, state=rules.ANSWERED)
    with pytest.raises(Invalid):
        change(desk, REVIEW, at, stars=6)
    assert facts(desk.store) == before
    assert [(cause.key, cause.owner_id) for cause in queries.causes(reader, TODAY)] == [("review", qin)]
    move(desk, REVIEW, at, "answer", reply="页面已更正,下次来请您喝")
    kept = row(desk, REVIEW, at)
    assert (kept["replied_on"], kept["replied_at"], kept["took"], kept["due"], kept["left"]) == (TODAY, "13:20", 27, "", "")
    assert queries.today(reader, TODAY, None) == queries.causes(reader, TODAY) == []
    move(desk, REVIEW, at, "reopen", "客人追评")
    assert (row(desk, REVIEW, at)["due"], row(desk, REVIEW, at)["took"]) == ("2026-11-18 10:30", None)
    sound(desk.store)


def test_the_days_page_checks_are_begun_once(desk: Desk, reader: Any) -> None:
    here = hotel(desk)
    added(desk, CHECK, day="2026-10-01", platform="weibo", hotel_id=here)  # so long ago that it is none of every day
    added(desk, CHECK, day="2026-11-17", platform="agoda", hotel_id=here)
    added(desk, CHECK, day="2026-11-17", platform="ctrip", hotel_id=here)
    added(desk, CHECK, day=TODAY, platform="ctrip", hotel_id=here)
    desk.sit(Settings())
    made = actions.begin_checks(desk)
    assert [table for table, _ in made.rows] == ["page_check"]
    assert queries.looked_at(reader, TODAY) == {"agoda", "ctrip"}
    with pytest.raises(Refused, match="already"):
        actions.begin_checks(desk)
    desk.undo()
    assert queries.looked_at(reader, TODAY) == {"ctrip"}


def test_a_first_day_looks_at_the_usual_platforms(desk: Desk, reader: Any) -> None:
    hotel(desk)
    desk.sit(Settings())
    actions.begin_checks(desk)
    assert queries.looked_at(reader, TODAY) == set(queries.USUAL)


def test_a_page_check_cannot_be_cheated(desk: Desk, reader: Any) -> None:
    at = added(desk, CHECK, day=TODAY, platform="own", price_ok=1, picture_ok=1, text_ok=1, hotel_id=hotel(desk))
    for key, words in (("right", "Tick price"), ("wrong", "what is wrong"), ("fix", "not open now")):
        with pytest.raises(Refused, match=words):
            move(desk, CHECK, at, key)
    move(desk, CHECK, at, "wrong", found="下午茶已下架")
    lines = {line.label.source: (line.count, line.tone) for line in queries.today(reader, TODAY, None)}
    assert lines == {"Shop pages with mistakes": (1, "red")}
    with pytest.raises(Refused, match="Tick price"):
        move(desk, CHECK, at, "fix")
    move(desk, CHECK, at, "fix", stock_ok=1)
    assert row(desk, CHECK, at)["fixed_on"] == TODAY


def test_information_is_used_with_words_and_told_before_it_runs_out(desk: Desk, reader: Any) -> None:
    at = added(desk, INFO, name="棹歌停业装修", day=TODAY, valid_until="2026-11-20")
    added(desk, INFO, name="过期", day="2026-11-01", valid_until="2026-11-17")
    with pytest.raises(Refused, match="what is done with it"):
        move(desk, INFO, at, "use")
    (line,) = queries.today(reader, TODAY, None)
    assert (line.label.source, line.count) == ("Information running out", 1)
    assert count(reader, ListQuery(INFO, line.filters)) == 1
    move(desk, INFO, at, "use", action="给棹歌老客户打一轮电话")
    with pytest.raises(Invalid, match="on or after"):
        change(desk, INFO, at, valid_until="2026-11-17")
    assert row(desk, INFO, at)["code"] == "XX-2026-0001"
