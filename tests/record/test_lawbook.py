"""The compliance rules pack: which wording holds on which day, and what the hotel's own wordings change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record import lawbook
from crm_desktop.record.lawbook import (
    CROWD,
    EARNEST,
    LIMITATION,
    MESSAGES,
    MINOR,
    PACK,
    REQUEST,
    RULES,
    SAMPLES,
    STATE_GIFT,
)

TODAY = "2026-11-18"
DAYS = st.dates().map(lambda day: day.isoformat())
KEYS = st.sampled_from([rule.key for rule in RULES])


@pytest.fixture(autouse=True)
def _nothing_of_the_hotel() -> Iterator[None]:
    lawbook.learn(())
    yield
    lawbook.learn(())


@pytest.mark.parametrize(
    ("rule", "day", "numbers"),
    [
        (EARNEST, TODAY, (20, 0)), (EARNEST, "1990-01-01", None), (LIMITATION, TODAY, (3, 0)), (LIMITATION, "2017-09-30", (2, 0)), (LIMITATION, "2017-10-01", (3, 0)),
        (CROWD, TODAY, (1000, 20)), (SAMPLES, TODAY, (100, 48)), (MINOR, TODAY, (14, 0)), (MINOR, "2021-10-31", None), (REQUEST, TODAY, (15, 0)), (STATE_GIFT, TODAY, (0, 0)), (STATE_GIFT, "2013-12-07", None),
    ],
)  # fmt: skip
def test_the_pack(rule: str, day: str, numbers: tuple[int, int] | None) -> None:
    assert lawbook.numbers(rule, day) == numbers
    assert lawbook.holds(rule, day) is (numbers is not None)


def test_the_hotel_s_own_wording_wins_from_its_day_on() -> None:
    lawbook.learn([(EARNEST, "2027-01-01", 30, None, 0, "新法"), (EARNEST, "2028-01-01", None, None, 1, "停用"), (EARNEST, "2021-01-01", 19, None, 0, "同日")])
    assert [lawbook.number(EARNEST, day) for day in ("2020-12-31", "2021-01-01", "2026-12-31", "2027-01-01", "2027-12-31", "2028-01-01")] == [20, 19, 19, 30, 30, None]
    assert [(each.since, each.one, each.off) for each in lawbook.history(EARNEST)] == [
        ("1995-10-01", 20, False), ("2021-01-01", 19, False), ("2027-01-01", 30, False), ("2028-01-01", None, True),
    ]  # fmt: skip
    assert lawbook.number(LIMITATION, "2028-01-01") == 3, "the others stay"


@pytest.mark.parametrize(("hour", "off_duty"), [(20, False), (21, True), (23, True), (0, True), (7, True), (8, False), (12, False)])
def test_quiet_hours_go_over_midnight(hour: int, off_duty: bool) -> None:
    assert lawbook.quiet(hour, TODAY) is off_duty
    lawbook.learn([(MESSAGES, "2026-01-01", 12, 14, 0, "午休")])
    assert lawbook.quiet(hour, TODAY) is (hour == 12)
    lawbook.learn([(MESSAGES, "2026-01-01", None, None, 1, "停用")])
    assert not lawbook.quiet(hour, TODAY)


@given(KEYS, DAYS, DAYS, st.integers(1, 99))
def test_a_new_wording_changes_nothing_before_its_day(rule: str, day: str, since: str, number: int) -> None:
    lawbook.learn(())
    before = lawbook.clause(rule, day)
    lawbook.learn([(rule, since, number, number, 0, "新")])
    after = lawbook.clause(rule, day)
    newer = any(each.rule == rule and since < each.since <= day for each in PACK)
    if since > day or newer:
        assert after == before
    else:
        assert after is not None
        assert after.one == number
    lawbook.learn(())


def test_every_rule_has_a_source_a_day_and_the_numbers_its_words_promise() -> None:
    assert {each.rule for each in PACK} == {rule.key for rule in RULES}
    for rule in RULES:
        found = lawbook.clause(rule.key, TODAY)
        assert found is not None
        assert found.basis
        assert ((found.one is None), (found.two is None)) == (rule.one is None, rule.two is None), rule.key
        assert len(lawbook.told(rule, found)) == (rule.one is not None) + (rule.two is not None)
