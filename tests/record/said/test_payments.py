"""Promises and receipts in one line, seen from Wednesday 18 November 2026."""

from __future__ import annotations

import pytest

from crm_desktop.record.said import promise_or_receipt
from crm_desktop.record.said.amounts import Money

TODAY = "2026-11-18"
PROMISES = [
    ("25号前付5万 会计说", "2026-11-25", True, 5_000_000, "会计", ""), ("25號前付5萬 會計說", "2026-11-25", True, 5_000_000, "會計", ""),
    ("财务王姐说月底付三千五", "2026-11-30", False, 350_000, "财务王姐", ""), ("老板答应12月15日付 262,800.00", "2026-12-15", False, 26_280_000, "老板", ""),
    ("澄籁 月底结清 38600", "2026-11-30", False, 3_860_000, "", "澄籁"), ("下周五打款 30w", "2026-11-27", False, 30_000_000, "", ""),
    ("12.5前付5万", "2026-12-05", True, 5_000_000, "", ""), ("12.5 付 5万", "2026-12-05", False, 5_000_000, "", ""),
    ("听王经理说3天内转账1.2万", "2026-11-21", True, 1_200_000, "王经理", ""), ("没到账 25号付5万", "2026-11-25", False, 5_000_000, "", "没到账"),
    ("will pay 5k by Dec 15", "2026-12-15", True, 500_000, "", ""), ("accountant said will pay 30w by Dec 15", "2026-12-15", True, 30_000_000, "accountant", ""),
    ("pay 5000 CNY on Friday, said by accountant", "2026-11-20", False, 500_000, "accountant", ""), ("Acme to transfer 18,600.50 next Friday", "2026-11-27", False, 1_860_050, "", "Acme"),
    ("25号前到账5万", "2026-11-25", True, 5_000_000, "", ""), ("年底前还清 88000", "2026-12-31", True, 8_800_000, "", ""), ("１５００元　周五付", "2026-11-20", False, 150_000, "", ""),
    ("老板承诺 春节前 5万", "2027-02-06", True, 5_000_000, "老板", ""), ("周五付定金三千", "2026-11-20", False, 300_000, "", "定金"), ("2025-03-08前付5万", "2025-03-08", True, 5_000_000, "", ""),
    ("会计说25号前能付5万", "2026-11-25", True, 5_000_000, "会计", ""), ("财务李姐：月底转3万", "2026-11-30", False, 3_000_000, "财务李姐", ""), ("澄籁：月底转3万", "2026-11-30", False, 3_000_000, "", "澄籁"),
    ("1702 周五付 500", "2026-11-20", False, 50_000, "", "1702"), ("明天微信付 500元", "2026-11-19", False, 50_000, "", ""),
]  # fmt: skip
RECEIPTS = [
    ("到账 18600", "", 1_860_000, "CNY", ""), ("收到 9,800.00 绍兴鹿渚", "", 980_000, "CNY", "绍兴鹿渚"), ("received 5000 USD", "", 500_000, "USD", ""),
    ("received 5000 USD from Acme", "", 500_000, "USD", "Acme"), ("绍兴鹿渚 到账18600", "", 1_860_000, "CNY", "绍兴鹿渚"), ("昨天到账 18,600.50", "2026-11-17", 1_860_050, "CNY", ""),
    ("11月15日收到5万", "2026-11-15", 5_000_000, "CNY", ""), ("周一 收到 三千五 禾渚软件", "2026-11-16", 350_000, "CNY", "禾渚软件"), ("棠溪已付2万", "", 2_000_000, "CNY", "棠溪"),
    ("客人付了 500", "", 50_000, "CNY", "客人"), ("今天到账5万", "2026-11-18", 5_000_000, "CNY", ""), ("绍兴鹿渚 18600 到账", "", 1_860_000, "CNY", "绍兴鹿渚"), ("收到现金500", "", 50_000, "CNY", ""),
    ("收到转账 5万 澄籁", "", 5_000_000, "CNY", "澄籁"), ("定金 5000 已付 陈屹", "", 500_000, "CNY", "定金 陈屹"), ("18600 收到了", "", 1_860_000, "CNY", ""), ("周一付的5000", "2026-11-16", 500_000, "CNY", ""), ("¥9800 到账 鹿渚", "", 980_000, "CNY", "鹿渚"), ("1702 到账 18600", "", 1_860_000, "CNY", "1702"), ("上周五入账 1500元", "2026-11-13", 150_000, "CNY", ""),
    ("已收 2,000.00 欧元", "", 200_000, "EUR", ""), ("Acme paid 5k yesterday", "2026-11-17", 500_000, "CNY", "Acme"), ("3天前收到 5000美金", "2026-11-15", 500_000, "USD", ""), ("周大福 到账 3000", "", 300_000, "CNY", "周大福"),
]  # fmt: skip
ASKED = [
    ("1702", {"amount": (Money(170_200, "CNY"),), "kind": ("promise", "receipt")}), ("5万", {"kind": ("promise", "receipt")}), ("25号 5万", {"kind": ("promise", "receipt")}),
    ("25号前付", {"amount": ()}), ("付5万", {"day": ()}), ("25号到账5万", {"kind": ("promise", "receipt")}), ("收到", {"amount": ()}), ("会计说", {"amount": (), "kind": ("promise", "receipt")}),
    ("收到 5万 3千", {"amount": (Money(5_000_000, "CNY"), Money(300_000, "CNY"))}), ("收到绍兴鹿渚18600", {"amount": (Money(1_860_000, "CNY"),)}), ("12月还5万", {"day": ("2026-12-01", "2026-12-31")}), ("不会付5万", {"kind": ("promise", "receipt")}), ("收到约5万", {"amount": (Money(5_000_000, "CNY"),)}), ("1702 到账", {"amount": (Money(170_200, "CNY"),)}),
    ("12.5 付", {"amount": (Money(1_250, "CNY"),), "day": ("2026-12-05",)}), ("年前付5万", {"day": ("2026-12-31", "2027-02-05")}), ("下周付5万", {"day": tuple(f"2026-11-{d}" for d in range(23, 28))}),
    ("昨天 5万", {"kind": ("promise", "receipt")}), ("明天天气好", {"amount": (), "kind": ("promise", "receipt")}), ("", {}), ("三人成虎", {"amount": (), "kind": ("promise", "receipt")}),
    ("发票收到 25号付5万", {"kind": ("promise", "receipt")}), ("周五付30%", {"amount": ()}), ("万豪说还有", {"amount": (), "kind": ("promise", "receipt")}),
]  # fmt: skip


@pytest.mark.parametrize(("line", "day", "latest", "amount", "by", "payer"), PROMISES)
def test_a_promise(line: str, day: str, latest: bool, amount: int, by: str, payer: str) -> None:
    found = promise_or_receipt(line, TODAY)
    assert (found.kind, found.day, found.latest, found.amount, found.by, found.payer, found.doubts) == ("promise", day, latest, amount, by, payer, {})


@pytest.mark.parametrize(("line", "day", "amount", "currency", "payer"), RECEIPTS)
def test_a_receipt(line: str, day: str, amount: int, currency: str, payer: str) -> None:
    found = promise_or_receipt(line, TODAY)
    assert (found.kind, found.day, found.amount, found.currency, found.payer, found.doubts) == ("receipt", day, amount, currency, payer, {})


@pytest.mark.parametrize(("line", "doubts"), ASKED)
def test_what_is_asked(line: str, doubts: dict[str, tuple[object, ...]]) -> None:
    found = promise_or_receipt(line, TODAY)
    assert found.doubts == doubts
    assert "amount" not in doubts or found.amount is None
    assert "kind" not in doubts or found.kind == ""


@pytest.mark.parametrize(("line", "method"), [("收到现金500", "cash"), ("微信到账 500", "wechat"), ("支付宝收到 500", "alipay"), ("received 500 cash", "cash"), ("收到转账 500", "transfer"), ("到账 500", "")])
def test_how_it_came(line: str, method: str) -> None:
    found = promise_or_receipt(line, TODAY)
    assert (found.method, found.amount) == (method, 50_000)


def test_the_currency_of_the_house() -> None:
    assert promise_or_receipt("received 500", TODAY, currency="USD").currency == "USD"
    assert promise_or_receipt("received 500元", TODAY, currency="USD").currency == "CNY"


def test_the_pieces_stand_where_they_were_typed() -> None:
    found = promise_or_receipt("25号前付5万 会计说", TODAY)
    assert [(p.field, p.text) for p in found.pieces] == [("day", "25号前"), ("kind", "付"), ("amount", "5万"), ("by", "会计说")]
