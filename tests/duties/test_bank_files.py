"""Lines of accounts as each bank writes them: what came in is a receipt, once; what went out or back is left out with its reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import mappings
from crm_desktop.duties.receivables import mappings_bank
from crm_desktop.duties.receivables.records import RECEIPT
from crm_desktop.duties.receivables.records_ledger import LEDGER_LINE
from crm_desktop.duties.stays.records import HOTEL
from crm_desktop.exchange import importing
from crm_desktop.record.text import say
from crm_desktop.store.store import Store
from tests.samples import csv_file, hotel, imported, prepared, sound
from tests.ui.lodge import lodge_on

PAYER, ACCOUNT = "绍兴鹿渚文化传播有限公司", "3305012345"
# of each layout: headings, the same credit of 18,600.00 on 2026-11-17, a line that paid 3,200.00 out, what the receipt says of it
LAYOUTS: dict[str, tuple[list[str], list[str], list[str], str, str]] = {
    "credits and debits, with a note above": (
        ["凭证号", "本方账号", "对方账号", "交易时间", "借/贷", "借方发生额", "贷方发生额", "对方行号", "摘要", "用途", "对方单位名称", "余额"],
        ["1", "1211", ACCOUNT, "2026-11-17 10:22:05", "贷", "0.00", "18600.00", "102", "转账", "会议费", PAYER, "138,600.00"],
        ["2", "1211", "77", "2026-11-18 09:00:00", "借", "3200.00", "0.00", "102", "扣款", "电费", "供电局", "135,400.00"], "138,600.00", "转账 · 会议费",
    ),
    "words in brackets": (
        ["账号", "账户名称", "交易时间", "借方发生额/元(支取)", "贷方发生额/元（收入）", "余额", "币种", "对方户名", "对方账号", "记账日期", "摘要", "备注", "账户明细编号-交易流水号"],
        ["33", "澜棠大酒店", "20261117 10:22:05", "0.00", "18,600.00", "138,600.00", "人民币元", PAYER, ACCOUNT, "20261117", "转账", "会议费", "12-700001"],
        ["33", "澜棠大酒店", "20261118 09:00:00", "3,200.00", "0.00", "135,400.00", "人民币元", "供电局", "77", "20261118", "扣款", "", "13-700002"], "12-700001", "转账 · 会议费",
    ),
    "income and outlay": (
        ["交易时间", "收入金额", "支出金额", "账户余额", "对方账号", "对方户名", "交易用途"], ["2026-11-17 10:22:05", "18,600.00", "", "138,600.00", ACCOUNT, PAYER, "会议费"],
        ["2026-11-18 09:00:00", "", "3,200.00", "135,400.00", "77", "供电局", "电费"], "138,600.00", "会议费",
    ),
    "one amount, in two languages": (
        ["交易类型[ Transaction Type ]", "付款人账号[ Debit Account No. ]", "付款人名称[ Payer's Name ]", "收款人名称[ Payee's Name ]", "交易日期[ Transaction Date ]", "交易时间[ Transaction time ]",
         "交易货币[ Trade Currency ]", "交易金额[ Trade Amount ]", "交易后余额[ After-transaction balance ]", "交易流水号[ Transaction reference number ]", "交易附言[ Remark ]"],
        ["来账", ACCOUNT, PAYER, "澜棠大酒店", "20261117", "102205", "CNY", "18600.00", "138600.00", "88001", "会议费"],
        ["往账", "35", "澜棠大酒店", "供电局", "20261118", "090000", "CNY", "-3200.00", "135400.00", "88002", "电费"], "88001", "会议费",
    ),
    "who received or paid": (
        ["账号", "币种", "交易日", "交易时间", "交易类型", "借方金额", "贷方金额", "余额", "摘要", "流水号", "用途", "收(付)方名称", "收(付)方账号"],
        ["571", "人民币", "20261117", "10:22:05", "转账", "", "18600.00", "138600.00", "汇款", "G01", "会议费", PAYER, ACCOUNT],
        ["571", "人民币", "20261118", "09:00:00", "转账", "3200.00", "", "135400.00", "扣款", "G02", "电费", "供电局", "77"], "G01", "汇款 · 会议费",
    ),
    "one amount and its side": (
        ["记账日期", "交易金额", "借贷标志", "对方户名", "对方账号", "余额", "附言"], ["2026/11/17", "18600", "贷", PAYER, ACCOUNT, "138,600.00", "会议费"],
        ["2026/11/18", "3200", "借", "供电局", "77", "135,400.00", "电费"], "138,600.00", "会议费",
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_what_came_in_is_a_receipt_whatever_the_bank(desk: Desk, tmp_path: Path, layout: tuple[list[str], list[str], list[str], str, str]) -> None:
    headings, came, went, serial, note = layout
    hotel(desk)
    path = csv_file(tmp_path / "bank.csv", headings, came, went, came, encoding="gb18030")
    ready = prepared(desk, path, RECEIPT)
    importing.write(desk, ready)
    assert (ready.mapping.key, ready.added, ready.same) == ("bank-lines", 1, 1)
    assert [(bad.line, say(bad.reason)) for bad in ready.bad] == [(3, "Amount: No money came in with this line: only credits are taken")]
    found = desk.store.writer.execute("select received_on, payer, payer_account, amount, currency, bank_serial, remark from receipt where gone is null").fetchall()
    assert found == [("2026-11-17", PAYER, ACCOUNT, 18_600_00, "CNY", serial, note)]
    assert imported(desk, path, RECEIPT)["added"] == 0
    sound(desk.store)


def line(**cells: str) -> list[str]:
    headings, came, *_ = LAYOUTS["one amount and its side"]
    return [cells.get(title, cell) for title, cell in zip(headings, came, strict=True)]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"交易金额": "-18600"}, "Amount: The amount is below nothing: the bank took money back. Take the receipt back by hand"), ({"借贷标志": "?"}, "Amount: '?' says neither debit nor credit"),
        ({"交易金额": "0.00"}, "Amount: No money came in with this line: only credits are taken"), ({"交易金额": "1.234,56"}, "Amount: Write an amount like 1234.50"),
        ({"记账日期": ""}, "Received on: A value is missing here"),
    ],
)  # fmt: skip
def test_what_is_no_credit_is_left_out_with_its_reason(desk: Desk, tmp_path: Path, cells: dict[str, str], reason: str) -> None:
    hotel(desk)
    ready = prepared(desk, csv_file(tmp_path / "bank.csv", LAYOUTS["one amount and its side"][0], line(余额="1"), line(**cells)), RECEIPT)
    assert [say(bad.reason) for bad in ready.bad] == [reason]
    assert ready.added == 1


@pytest.mark.parametrize(
    "headings",
    [
        ["账号", "单位", "日期", "单号", "摘要", "营业点", "借方", "贷方", "余额"], ["到账日期", "付款人", "到账金额"], ["交易日期", "金额", "对方户名", "余额"], ["id", "交易日期", "收入", "对方户名"],
    ],
)  # fmt: skip
def test_other_lists_are_no_lines_of_a_bank(headings: list[str]) -> None:
    """A ledger, a list of receipts, amounts whose side nobody tells, an export."""
    assert mappings_bank.meant(RECEIPT, headings) is None
    assert mappings_bank.meant(LEDGER_LINE, LAYOUTS["income and outlay"][0]) is None


def test_a_ledger_stays_a_ledger_and_a_bank_a_bank() -> None:
    """Whoever opens such a file need not say what it is."""
    ledger = ["账号", "单位", "日期", "单号", "摘要", "营业点", "借方", "贷方", "余额"]
    scores: dict[str, Any] = {record.key: mappings.score(record) for record in (RECEIPT, LEDGER_LINE)}
    assert scores["ledger_line"](ledger) > scores["receipt"](ledger)
    for headings, *_ in LAYOUTS.values():
        assert scores["receipt"](headings) > scores["ledger_line"](headings)


def test_nothing_is_no_receipt(desk: Desk, tmp_path: Path) -> None:
    hotel(desk)
    ready = prepared(desk, csv_file(tmp_path / "a.csv", ["到账日期", "付款人", "到账金额"], ["2026-11-17", "甲", ""], ["2026-11-17", "乙", "5"]), RECEIPT)
    assert [say(bad.reason) for bad in ready.bad] == ["Amount: Write how much came in"]
    assert ready.added == 1


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_window_knows_the_lines_of_a_bank(store: Store, qtbot: Any, tmp_path: Path) -> None:
    """Whoever opens the file need not say what it is; what came in is a receipt."""
    headings, came, went, *_ = LAYOUTS["credits and debits, with a note above"]
    with lodge_on(store, qtbot) as lodge:
        lodge.add(HOTEL, code="LT", name="澜棠大酒店")
        lodge.open("zh_CN")
        page = lodge.page("import", file=str(csv_file(tmp_path / "bank.csv", ["[HISTORYDETAIL]"], headings, came, went, encoding="gb18030")))
        lodge.wait(lambda: page._summary is not None)
        assert (page.record_box.currentData(), page._summary.added) == ("receipt", 1)
        qtbot.keyClick(page.go_button, Qt.Key.Key_Space)
        lodge.wait(lambda: page._job is None and page.done_label.text() != "")
        assert lodge.one("select amount from receipt where gone is null") == 18_600_00
