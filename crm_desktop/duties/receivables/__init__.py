"""Receivables 应收账款."""

from __future__ import annotations

from crm_desktop.duties.receivables import causes
from crm_desktop.duties.receivables.records import PROMISE, RECEIPT, RECEIVABLE
from crm_desktop.record.duty import Duty, Page
from crm_desktop.record.text import Text

DUTY = Duty(
    "receivables", Text("Receivables"), records=(RECEIVABLE, PROMISE, RECEIPT),
    pages=(
        Page("receivables", Text("Receivables"), "receipt-text", words=("应收", "挂账", "欠款", "催款", "账龄", "ageing"), record=RECEIVABLE),
        Page("promises", Text("Promises to pay"), "handshake", words=("承诺", "付款承诺"), record=PROMISE, rail=False),
        Page("receipts", Text("Receipts"), "coins", words=("到账", "收款", "回款"), record=RECEIPT, rail=False),
    ),
    causes=causes.causes,
)  # fmt: skip
