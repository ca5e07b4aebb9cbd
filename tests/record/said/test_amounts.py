"""Numbers and amounts of money in a typed line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record.money import plain_money, show_money
from crm_desktop.record.said import amounts
from crm_desktop.record.said.amounts import Money
from crm_desktop.record.said.line import plain
from crm_desktop.record.said.numerals import hundredths, whole


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("12", 12), ("十", 10), ("十二", 12), ("二十", 20), ("二十五", 25), ("廿三", 23), ("两", 2), ("俩", 2), ("一百二", 120), ("一百零二", 102), ("一百一十", 110), ("一百十", 110),
        ("两百五", 250), ("三千五", 3500), ("三千零五", 3005), ("三千零五十", 3050), ("一万二", 12_000), ("一万零二", 10_002), ("三万五千", 35_000), ("十万", 100_000), ("一亿三千万", 130_000_000),
        ("五百万", 5_000_000), ("九千九百九十九", 9_999), ("", None), ("百", None), ("万", None), ("三五", None), ("一五一十", None), ("千万", None), ("零", None), ("abc", None), ("二百百", None),
    ],
)  # fmt: skip
def test_a_whole_number(words: str, value: int | None) -> None:
    assert whole(words) == value


def _chinese(number: int) -> str:
    """A number below a hundred million as it is written out."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        return _chinese(high) + "万" + (("零" if low < 1000 else "") + _chinese(low) if low else "")
    words, gap = "", False
    for size, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure, number = divmod(number, size)
        if figure:
            words += ("零" if gap else "") + "零一二三四五六七八九"[figure] + sign
        gap = bool(words) and not figure
    return words


@given(st.integers(1, 99_999_999))
def test_a_number_written_out_is_read_back(number: int) -> None:
    assert whole(_chinese(number)) == number
    assert hundredths(_chinese(number)) == number * 100
    assert whole(str(number)) == number


AMOUNTS = [
    ("5万", 5_000_000, "CNY"), ("五万", 5_000_000, "CNY"), ("五萬", 5_000_000, "CNY"), ("1.2万", 1_200_000, "CNY"), ("1万2", 1_200_000, "CNY"), ("12万5千", 12_500_000, "CNY"),
    ("5k", 500_000, "CNY"), ("5K", 500_000, "CNY"), ("30w", 30_000_000, "CNY"), ("30W", 30_000_000, "CNY"), ("1.5w", 1_500_000, "CNY"), ("18600", 1_860_000, "CNY"),
    ("18,600.50", 1_860_050, "CNY"), ("18600.5", 1_860_050, "CNY"), ("三千五", 350_000, "CNY"), ("两千", 200_000, "CNY"), ("一百二", 12_000, "CNY"), ("一万二", 1_200_000, "CNY"),
    ("1500元", 150_000, "CNY"), ("1500元整", 150_000, "CNY"), ("1500块", 150_000, "CNY"), ("100块钱", 10_000, "CNY"), ("三块五", 350, "CNY"), ("3块5", 350, "CNY"), ("十二元", 1_200, "CNY"),
    ("¥500", 50_000, "CNY"), ("￥500", 50_000, "CNY"), ("¥ 1,234.56", 123_456, "CNY"), ("人民币500", 50_000, "CNY"), ("500人民币", 50_000, "CNY"), ("RMB 500", 50_000, "CNY"),
    ("500美元", 50_000, "USD"), ("500美金", 50_000, "USD"), ("5000 USD", 500_000, "USD"), ("US$500", 50_000, "USD"), ("$500", 50_000, "USD"), ("5k usd", 500_000, "USD"),
    ("2万欧元", 2_000_000, "EUR"), ("€99.90", 9_990, "EUR"), ("HK$800", 80_000, "HKD"), ("３００元", 30_000, "CNY"), ("１，５００元", 150_000, "CNY"), ("五百万", 500_000_000, "CNY"),
    ("1.2亿", 12_000_000_000, "CNY"), ("3千5", 350_000, "CNY"), ("2百", 20_000, "CNY"), ("0.5", 50, "CNY"), ("167,496.00", 16_749_600, "CNY"), ("3万5千元", 3_500_000, "CNY"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "units", "currency"), AMOUNTS)
def test_an_amount(words: str, units: int, currency: str) -> None:
    [found] = amounts.find(plain(words))
    assert (found.money, found.sure, found.start, found.end) == (Money(units, currency), True, 0, len(words))


@pytest.mark.parametrize(
    "words",
    [
        "", "12位", "12 位", "6桌", "3间", "10点", "25号", "3天", "80人", "30%", "第5000", "万豪", "万一", "千万别忘", "十万火急", "百分之五", "五百强", "500强", "三人成虎", "十二", "一千零一夜",
        "13800000000", "20261118", "0575", "12:30", "v5", "A1702", "1702房间号".replace("房间", "号"), "3号楼", "-500", "0", "0.001", "99999999999999999999元", "五一", "一五一十", "5kg", "30ways", "2026年", "100平米", "1/2",
    ],
)  # fmt: skip
def test_no_amount(words: str) -> None:
    assert not amounts.find(plain(words))


@pytest.mark.parametrize(("words", "is_plain"), [("1702", True), ("18600", True), ("12.5", True), ("5万", False), ("18,600", False), ("9800.00", False), ("500元", False), ("三千五", False)])
def test_bare_figures_are_known(words: str, is_plain: bool) -> None:
    [found] = amounts.find(words)
    assert found.plain is is_plain


@pytest.mark.parametrize("words", ["约5万", "5万左右", "5万多", "差不多 3千", "about 5000 USD"])
def test_about_so_much_is_not_sure(words: str) -> None:
    [found] = amounts.find(words)
    assert not found.sure


def test_several_and_their_neighbours() -> None:
    found = amounts.find("付5万12位 定金3千, 尾款 1,200.00 美元")
    assert [amount.money for amount in found] == [Money(5_000_000, "CNY"), Money(300_000, "CNY"), Money(120_000, "USD")]
    assert [amount.money.currency for amount in amounts.find("500 500元", "USD")] == ["USD", "CNY"]


@given(st.integers(1, 10**12))
def test_a_written_amount_is_read_back(units: int) -> None:
    for words in (plain_money(units) + "元", show_money(units) + "元", f"¥{plain_money(units)}"):
        assert [amount.money for amount in amounts.find(words)] == [Money(units, "CNY")]
