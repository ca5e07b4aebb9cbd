"""Receivables 应收账款."""

from __future__ import annotations

from crm_desktop.duties.receivables import causes, queries_screens, words
from crm_desktop.duties.receivables.records import APPLICATION, OPEN, PROMISE, RECEIPT, RECEIVABLE
from crm_desktop.record.duty import Action, Due, Duty, Entries, Page, Related
from crm_desktop.record.text import Text

BILL_COLUMNS = ("due", "document_no", "kind", "days", "amount", "balance", "currency", "owner_id")
PROMISE_COLUMNS = ("due", "amount", "received", "currency", "state", "made_on", "said_by", "person_id")
RECEIPT_COLUMNS = ("received_on", "payer", "amount", "applied", "unapplied", "currency")
APPLIED_COLUMNS = ("day", "receipt_id", "receivable_id", "amount", "currency", "short")
PAGES = "crm_desktop.duties.receivables.pages"

DUTY = Duty(
    "receivables", Text("Receivables"), records=(RECEIVABLE, PROMISE, RECEIPT, APPLICATION),
    pages=(
        Page(
            "receivables", Text("Receivables"), "receipt-text", f"{PAGES}:receivables",
            words=("应收", "挂账", "欠款", "催款", "账龄", "ageing"), record=RECEIVABLE,
        ),
        Page("promises", Text("Promises to pay"), "handshake", words=("承诺", "付款承诺"), record=PROMISE, rail=False),
        Page("receipts", Text("Receipts"), "coins", words=("到账", "收款", "回款"), record=RECEIPT, rail=False),
        Page(
            "applications", Text("Applied receipts"), "list-checks", f"{PAGES}:applications",
            words=("核销", "冲账"), record=APPLICATION, rail=False,
        ),
    ),
    figures=queries_screens.figures, now=queries_screens.now, today=queries_screens.today,
    hit_facts=queries_screens.hit_facts, causes=causes.causes, sentence=queries_screens.sentence,
    actions=(
        Action(
            "payment", Text("Promise to pay, or money that came"), "F7", quick="crm_desktop.duties.receivables.quick:QuickPayment",
            icon="coins", short=Text("Payment"), words=("承诺", "到账", "收款"),
        ),
    ),
    dues=(Due("promise", "handshake", "due", "owner_id", ("state", OPEN), ("account_id", "amount", "currency"), words.promise_due),),
    entries=(
        Entries(
            "receivable", "receipt-text", "bill_date", {"account": ("account_id",)},
            ("document_no", "kind", "amount", "balance", "currency", "due"), words.bill_line,
        ),
        Entries(
            "promise", "handshake", "made_on", {"account": ("account_id",), "person": ("person_id",)},
            ("amount", "currency", "due", "said_by"), words.promise_line, chip="state",
        ),
        Entries(
            "receipt", "coins", "received_on", {"account": ("account_id",)}, ("amount", "unapplied", "currency"), words.receipt_line
        ),
    ),
    related={
        "account": [
            Related(Text("Receivables"), "receivable", ("account_id",), BILL_COLUMNS),
            Related(Text("Promises to pay"), "promise", ("account_id",), PROMISE_COLUMNS),
            Related(Text("Receipts"), "receipt", ("account_id",), RECEIPT_COLUMNS),
        ],
        "person": [Related(Text("Promises to pay"), "promise", ("person_id",), PROMISE_COLUMNS)],
        "receivable": [Related(Text("Applied"), "application", ("receivable_id",), APPLIED_COLUMNS)],
        "receipt": [Related(Text("Applied"), "application", ("receipt_id",), APPLIED_COLUMNS)],
    },
)  # fmt: skip
