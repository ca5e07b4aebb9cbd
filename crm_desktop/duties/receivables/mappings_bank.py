"""What banks give of an account, each in a layout of its own: credits become receipts, the same line never twice; what was paid out is left out.

A layout is known by its headings: a day, whom the money is from, and either a column of credits or one of amounts with the side beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from crm_desktop.duties.receivables.mappings_amounts import CREDITS, DEBITS, LINE_SIDES, units
from crm_desktop.duties.receivables.records import RECEIPT
from crm_desktop.exchange.formulas import unguarded
from crm_desktop.exchange.mapping import Mapping, Take, text_of
from crm_desktop.record.dates import parse_date
from crm_desktop.record.kinds import PARSE, Kind
from crm_desktop.record.money import parse_currency
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text

KEY, TITLE = "bank-lines", Text("Lines of a bank account")
NOT_IN = Text("No money came in with this line: only credits are taken")
BACK = Text("The amount is below nothing: the bank took money back. Take the receipt back by hand")
# usual headings, the one that is trusted most first; what stands in brackets, and /元, is left out before they are compared
COLUMNS: dict[str, tuple[str, ...]] = {
    "received_on": ("交易日期", "交易日", "记账日期", "入账日期", "到账日期", "交易时间", "记账时间", "入账时间", "日期", "transaction date", "booking date", "date"),
    "credit": ("贷方发生额", "收入金额", "收入", "贷方金额", "贷方", "存入金额", "转入金额", "存入", "credit amount", "credit", "money in", "deposits"),
    "amount": ("交易金额", "发生额", "发生金额", "金额", "transaction amount", "trade amount", "amount"),
    "side": (*LINE_SIDES, "交易方向", "收支类型", "收支方向", "收支标志", "收/支", "收付标志", "来往账标志", "往来账标识", "交易类型", "transaction type"),
    "payer": ("对方户名", "对方单位名称", "对方账户名称", "对方名称", "对方单位", "对手方名称", "收方名称", "收/付方名称", "付款人名称", "付款方名称", "付款方户名", "付款人", "payer's name", "payer", "counterparty", "counterparty name"),
    "payer_account": ("对方账号", "对方帐号", "对方账户", "收方账号", "收方帐号", "收/付方账号", "付款人账号", "付款方账号", "付款账号", "debit account no.", "counterparty account"),
    "bank_serial": ("交易流水号", "流水号", "账户明细编号-交易流水号", "核心流水号", "银行流水号", "业务流水号", "交易参考号", "transaction reference number", "reference", "余额", "账户余额", "交易后余额", "balance", "after-transaction balance"),
    "currency": ("币种", "交易货币", "货币", "currency"),
}  # fmt: skip
NOTES = ("摘要", "附言", "交易附言", "用途", "交易用途", "备注", "业务摘要", "remark", "purpose", "description")
IN, OUT = (*CREDITS, "收入", "来账", "转入", "存入", "入账", "in"), (*DEBITS, "支出", "往账", "转出", "支取", "出账", "out")
_BRACKETS = re.compile(r"[(\[【].*?[)\]】]")
_TIMED = re.compile(r"\s.*|T\d.*", re.DOTALL)


def plain(title: str) -> str:
    """A heading as banks' layouts are compared: 贷方发生额（收入） and 交易日期[ Transaction Date ] are 贷方发生额 and 交易日期."""
    words = " ".join(_BRACKETS.sub("", unicodedata.normalize("NFKC", title)).split())
    return words.removesuffix("/元").casefold().strip()


def layout(headings: Sequence[str]) -> dict[str, str] | None:
    """The columns of a bank's lines by what they are; None for a file that is none."""
    titles: dict[str, str] = {}
    for title in headings:
        titles.setdefault(plain(title), title)
    found = {what: titles[name] for what, names in COLUMNS.items() for name in reversed(names) if name in titles}
    if "credit" in found:
        found = {what: title for what, title in found.items() if what not in ("amount", "side")}
    elif not {"amount", "side"} <= set(found):
        return None
    known = "received_on" in found and ("payer" in found or "payer_account" in found)
    return found if known and "id" not in headings and len(set(found.values())) == len(found) else None


def meant(record: Record, headings: Sequence[str]) -> dict[str, str] | None:
    """Which field each heading of a bank's lines means; None for every other file."""
    found = layout(headings) if record is RECEIPT else None
    if found is None:
        return None
    own = {title: "amount" if what == "credit" else what for what, title in found.items() if what != "side"}
    return own | dict.fromkeys(notes(headings)[:1], "remark")


def notes(headings: Sequence[str]) -> list[str]:
    """The columns whose words say what the money is for."""
    return [title for title in headings if plain(title) in NOTES]


def dressed(mapping: Mapping, headings: Sequence[str]) -> Mapping:
    """The mapping of a bank's lines, as a person left it: days with their time, credits only, all that is said of them."""
    found = layout(headings) if mapping.record is RECEIPT else None
    given = {take.field: take for take in mapping.takes}
    if found is None or "amount" not in given or given["amount"].columns[0] != found.get("credit", found.get("amount")):
        return mapping
    own = {"amount": _amount(found)}
    if "received_on" in given:
        own["received_on"] = Take("received_on", given["received_on"].columns, day)
    if "remark" in given and given["remark"].columns[0] in notes(headings):
        own["remark"] = Take("remark", [*given["remark"].columns, *(title for title in notes(headings) if title not in given["remark"].columns)], said)
    if "currency" in given:
        own["currency"] = Take("currency", given["currency"].columns, lambda cell: parse_currency(text_of(cell)) or "CNY")
    takes = [own.get(take.field, take) for take in mapping.takes]
    return Mapping(KEY, TITLE, RECEIPT, takes, matching=[take.field for take in takes], constants=mapping.constants)


def _amount(found: dict[str, str]) -> Take:
    if "credit" in found:
        return Take("amount", (found["credit"],), credit)
    return Take("amount", (found["amount"], found["side"]), sided)


def credit(cell: str) -> int:
    """What came in with a line; nothing is taken from one that paid out, nor from one that takes money back."""
    found = units(cell)
    if found <= 0:
        raise Refused(BACK if found else NOT_IN)
    return found


def sided(cells: Sequence[str]) -> int:
    """The same of an amount with its side. Raises Refused for a side nobody knows."""
    side = text_of(cells[1]).casefold().rstrip(".")
    if side in OUT:
        raise Refused(NOT_IN)
    if side not in IN:
        raise Refused(Text("'{value}' says neither debit nor credit", value=text_of(cells[1])))
    return credit(cells[0])


def day(cell: str) -> str:
    """The day of a line, also where the bank gives its time."""
    words: str = PARSE[Kind.CODE](unguarded(cell))
    if not words:
        raise Refused(Text("A value is missing here"))
    return parse_date(_TIMED.sub("", words))


def said(cells: Sequence[str] | str) -> str:
    """All that is said of a line, each word once."""
    parts = [cells] if isinstance(cells, str) else cells
    return " · ".join(dict.fromkeys(filter(None, map(text_of, parts))))
