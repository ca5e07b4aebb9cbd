"""Amounts in words, against a table of what cashiers write and against two libraries that are not ours."""

from __future__ import annotations

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from crm_desktop.record.amount_words import MOST, chinese, english, number

CASES = {
    0: ("人民币零元整", "RMB Zero Yuan Only"),
    5: ("人民币伍分", "RMB Five Fen Only"),
    50: ("人民币伍角整", "RMB Fifty Fen Only"),
    105: ("人民币壹元零伍分", "RMB One Yuan and Five Fen Only"),
    1_000: ("人民币壹拾元整", "RMB Ten Yuan Only"),
    1_050: ("人民币壹拾元伍角整", "RMB Ten Yuan and Fifty Fen Only"),
    1_000_100: ("人民币壹万零壹元整", "RMB Ten Thousand and One Yuan Only"),
    10_500_000: ("人民币壹拾万伍仟元整", "RMB One Hundred and Five Thousand Yuan Only"),
    16_749_600: ("人民币壹拾陆万柒仟肆佰玖拾陆元整", "RMB One Hundred and Sixty-Seven Thousand Four Hundred and Ninety-Six Yuan Only"),
    3_349_920: ("人民币叁万叁仟肆佰玖拾玖元贰角整", "RMB Thirty-Three Thousand Four Hundred and Ninety-Nine Yuan and Twenty Fen Only"),
    24_863_000_001: ("人民币贰亿肆仟捌佰陆拾叁万元零壹分", "RMB Two Hundred and Forty-Eight Million Six Hundred and Thirty Thousand Yuan and One Fen Only"),
    10_000_000_000: ("人民币壹亿元整", "RMB One Hundred Million Yuan Only"),
    1_000_000_050_000: ("人民币壹佰亿零伍佰元整", "RMB Ten Billion Five Hundred Yuan Only"),
    100_000_000_000_000: ("人民币壹万亿元整", "RMB One Trillion Yuan Only"),
    -350: ("人民币负叁元伍角整", "RMB Minus Three Yuan and Fifty Fen Only"),
}


@pytest.mark.parametrize("units", CASES)
def test_what_a_cashier_writes(units: int) -> None:
    assert chinese(units) == CASES[units][0]
    assert english(units) == CASES[units][1]


def test_other_currencies_have_their_names() -> None:
    assert chinese(420_000, "USD") == "美元肆仟贰佰元整"
    assert english(420_050, "USD") == "USD Four Thousand Two Hundred Dollars and Fifty Cents Only"
    assert chinese(100, "XYZ") == "XYZ壹元整"


def test_no_words_beyond_what_bills_have() -> None:
    with pytest.raises(ValueError, match=str(MOST)):
        chinese(MOST * 100)
    with pytest.raises(ValueError, match=str(MOST)):
        number(MOST)


def _bare(words: str) -> str:
    """Without what may or may not be written: 整, and the zero before jiao."""
    return words.removeprefix("人民币").removesuffix("整").replace("元零", "元")


@given(st.integers(1, 10**14))
def test_chinese_agrees_with_another_library(units: int) -> None:
    theirs = cn2an.an2cn(f"{units // 100}.{units % 100:02d}", "rmb")
    if units < 100:
        theirs = theirs.removeprefix("零元").removeprefix("零")
    assert _bare(chinese(units)) == _bare(theirs)


@given(st.integers(0, 10**14))
def test_chinese_reads_back(units: int) -> None:
    words = chinese(units)
    back = cn2an.cn2an(_whole(words), "smart") * 100
    tail = words.split("元")[-1]
    for place, unit in (("角", 10), ("分", 1)):
        if place in tail:
            back += "零壹贰叁肆伍陆柒捌玖".index(tail[tail.index(place) - 1]) * unit
    assert back == units


def _whole(words: str) -> str:
    return words.removeprefix("人民币").split("元")[0] if "元" in words else "零"


@given(st.integers(0, MOST - 1))
def test_english_agrees_with_another_library(value: int) -> None:
    theirs = num2words(value).replace(",", "").lower()
    assert number(value).lower() == theirs
