"""Countries by their codes."""

from __future__ import annotations

import pytest

from crm_desktop.record.countries import NAMES, country
from crm_desktop.record.text import say_in


@pytest.mark.parametrize(
    ("code", "chinese", "english"),
    [("CHN", "中国", "China"), ("cn", "中国", "China"), ("HKG", "中国香港", "Hong Kong, China"), ("JPN", "日本", "Japan"), ("IRL", "爱尔兰", "Ireland"), ("PRT", "葡萄牙", "Portugal")],
)
def test_a_code_is_named_in_both_languages(code: str, chinese: str, english: str) -> None:
    assert (say_in(country(code), "zh_CN"), say_in(country(code), "en")) == (chinese, english)


@pytest.mark.parametrize("words", ["", "中国", "Irland", "XXK"])
def test_what_is_no_code_stays_as_it_was_written(words: str) -> None:
    assert country(words) == words


def test_no_code_stands_for_two_countries() -> None:
    codes = [code for entry in NAMES.strip().replace("\n", "|").split("|") for code in entry.split(" ", 3)[:2]]
    assert len(codes) == len(set(codes))
    assert {len(code) for code in codes[::2]} == {3}
    assert {len(code) for code in codes[1::2]} == {2}
