"""Money: whole minor units inside, two places outside."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record.money import average, parse_currency, parse_money, plain_money, show_money
from crm_desktop.record.text import Refused

UNITS = st.integers(-(10**14), 10**14)


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("0", 0), ("12", 1200), ("12.3", 1230), ("12.34", 1234), ("-6.38", -638), ("\u22126.38", -638), ("1,234.50", 123450), ("1,234,567", 123456700),
        ("¥1,288.00", 128800), ("￥ 88", 8800), ("$5", 500), ("€5.5", 550), ("+7", 700), (" 3 ", 300), ("12.340000", 1234), ("0.1", 10), ("-0.01", -1), ("007", 700),
        ("1,234.5元", 123450), ("RMB 5", 500), ("5 CNY", 500), ("-¥5.00", -500), ("88 元整", 8800),
    ],
)  # fmt: skip
def test_what_is_an_amount(words: str, units: int) -> None:
    assert parse_money(words) == units


@pytest.mark.parametrize(
    "words",
    [
        "", "-", ".", "1.234,50", "12,50", "1,23", "1.2345", "1e3", "12.", ".5", "0.005", "twelve", "NaN", "inf", "1 000", "(5)", "5-", "--5", "1,2345", "12345,678",
        "9" * 14, "12 €", "=5", "0x10", "1_000",
    ],
)  # fmt: skip
def test_what_is_doubtful_is_refused(words: str) -> None:
    with pytest.raises(Refused, match=r"Write an amount|too large"):
        parse_money(words)


@given(UNITS)
def test_an_amount_is_read_as_written(units: int) -> None:
    assert parse_money(plain_money(units)) == units
    assert parse_money(show_money(units)) == units
    assert Fraction(plain_money(units)) * 100 == units
    assert plain_money(units).rpartition(".")[2].isdecimal()
    assert len(plain_money(units).rpartition(".")[2]) == 2


@given(st.text(max_size=10))
def test_any_words_are_an_amount_or_refused(words: str) -> None:
    try:
        units = parse_money(words)
    except Refused:
        units = 0
    assert isinstance(units, int)


@given(UNITS, st.integers(1, 10**6))
def test_an_average_is_the_nearest_unit(total: int, count: int) -> None:
    found = average(total, count)
    assert found is not None
    assert abs(Fraction(total, count) - found) <= Fraction(1, 2)
    assert average(-total, count) == -found


@pytest.mark.parametrize(("total", "count", "expected"), [(5, 2, 3), (-5, 2, -3), (1, 3, 0), (2, 3, 1), (7, 0, None), (0, 5, 0)])
def test_halves_go_away_from_zero(total: int, count: int, expected: int | None) -> None:
    assert average(total, count) == expected


@pytest.mark.parametrize(("units", "plain", "shown"), [(0, "0.00", "0.00"), (-5, "-0.05", "−0.05"), (123456789, "1234567.89", "1,234,567.89")])
def test_how_it_is_written(units: int, plain: str, shown: str) -> None:
    assert (plain_money(units), show_money(units)) == (plain, shown)


@pytest.mark.parametrize(("words", "code"), [("", ""), (" 人民币 ", "CNY"), ("rmb", "CNY"), ("usd", "USD"), ("港币", "HKD"), ("CHF", "CHF"), ("¥", "CNY")])
def test_what_files_call_a_currency(words: str, code: str) -> None:
    assert parse_currency(words) == code
