"""Receivables 应收账款."""

from __future__ import annotations

from functools import partial
from typing import Any

from crm_desktop.duties.receivables import queries_screens, rules, words
from crm_desktop.duties.receivables.records import APPLICATION, OPEN, PROMISE, RECEIPT, RECEIVABLE
from crm_desktop.duties.receivables.records_deposits import DEPOSIT
from crm_desktop.duties.receivables.records_ledger import LEDGER_LINE
from crm_desktop.duties.receivables.records_tax import TAX_RATE
from crm_desktop.record.dates import parse_date
from crm_desktop.record.duty import Action, Due, Duty, Entries, Page, Related
from crm_desktop.record.later import later
from crm_desktop.record.report import Option, Report, Reporting
from crm_desktop.record.text import Text

BILL_COLUMNS = ("due", "document_no", "kind", "days", "amount", "balance", "currency", "owner_id")
PROMISE_COLUMNS = ("due", "amount", "received", "currency", "state", "made_on", "said_by", "person_id")
RECEIPT_COLUMNS = ("received_on", "payer", "amount", "applied", "unapplied", "currency")
APPLIED_COLUMNS = ("day", "receipt_id", "receivable_id", "amount", "currency", "short")
DEPOSIT_COLUMNS = ("day", "code", "kind", "amount", "balance", "earnest", "currency", "payer")
LINE_COLUMNS = ("day", "document_no", "text", "outlet", "debit", "credit", "balance", "currency")
PAGES = "crm_desktop.duties.receivables.pages"



def _report(name: str, reader: Any, **asked: Any) -> Report:
    """A report by the name of its function."""
    from crm_desktop.duties.receivables import queries_reports

    report: Report = getattr(queries_reports, name)(reader, **asked)
    return report


def _deposits(reader: Any) -> Report:
    from crm_desktop.duties.receivables.queries_deposits import report

    return report(reader)


def _figures(reader: Any, **asked: Any) -> Report:
    from crm_desktop.duties.receivables.queries_kpi import report

    return report(reader, **asked)


def _limits(words: str) -> tuple[int, ...]:
    from crm_desktop.duties.receivables.queries_reports import limits_of

    return limits_of(words)


DUTY = Duty(
    "receivables", Text("Receivables"), records=(RECEIVABLE, PROMISE, RECEIPT, APPLICATION, DEPOSIT, TAX_RATE, LEDGER_LINE),
    pages=(
        Page(
            "receivables", Text("Receivables"), "receipt-text", f"{PAGES}:receivables",
            words=("应收", "挂账", "欠款", "催款", "账龄", "ageing"), record=RECEIVABLE,
        ),
        Page("ageing", Text("Ageing"), "columns-3", f"{PAGES}_ageing:ageing", words=("账龄", "DSO", "CEI", "回款率", "逾期"), rail=False),
        Page("promises", Text("Promises to pay"), "handshake", words=("承诺", "付款承诺"), record=PROMISE, rail=False),
        Page(
            "receipts", Text("Receipts"), "coins", f"{PAGES}_receipts:receipts",
            words=("到账", "收款", "回款"), record=RECEIPT, rail=False,
        ),
        Page("deposits", Text("Deposits received"), "coins", f"{PAGES}_deposits:deposits", words=("定金", "订金", "预付款", "押金", "deposit"), record=DEPOSIT, rail=False),
        Page("tax-table", Text("Tax table"), "settings", f"{PAGES}_tax:tax_table", words=("税率", "税目", "开票"), record=TAX_RATE, rail=False),
        Page(
            "applications", Text("Applied receipts"), "list-checks", f"{PAGES}:applications",
            words=("核销", "冲账"), record=APPLICATION, rail=False,
        ),
        Page("ledger-lines", Text("Ledger lines"), "file-spreadsheet", words=("往来账", "明细账", "台账", "借贷", "ledger"), record=LEDGER_LINE, rail=False),
    ),
    figures=queries_screens.figures, now=queries_screens.now, today=queries_screens.today,
    hit_facts=queries_screens.hit_facts, causes=later("crm_desktop.duties.receivables.causes:causes"), sentence=queries_screens.sentence,
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
            Related(Text("Deposits received"), "deposit", ("account_id",), DEPOSIT_COLUMNS),
        ],
        "person": [Related(Text("Promises to pay"), "promise", ("person_id",), PROMISE_COLUMNS)],
        "booking": [Related(Text("Deposits received"), "deposit", ("booking_id",), DEPOSIT_COLUMNS)],
        "receivable": [
            Related(Text("Applied"), "application", ("receivable_id",), APPLIED_COLUMNS), Related(Text("Ledger lines"), "ledger_line", ("receivable_id",), LINE_COLUMNS)
        ],
        "receipt": [Related(Text("Applied"), "application", ("receipt_id",), APPLIED_COLUMNS), Related(Text("Ledger lines"), "ledger_line", ("receipt_id",), LINE_COLUMNS)],
    },
    reports=(
        Reporting(
            "ageing", partial(_report, "ageing"), Option("as-of", parse_date, required=True, keyword="day"),
            Option("limits", _limits, default=rules.LIMITS), Option("by", choices=("account", "seller", "segment", "type")),
        ),
        Reporting("receivables", partial(_report, "figures"), Option("as-of", parse_date, required=True, keyword="day")),
        Reporting("collection-figures", _figures, Option("as-of", parse_date, required=True, keyword="day"), Option("by", choices=("all", "seller"), default="all")),
        Reporting("overdue", partial(_report, "overdue"), Option("as-of", parse_date, required=True, keyword="day")),
        Reporting("deposits", _deposits), Reporting("reissued-invoices", partial(_report, "reissues")),
        Reporting("paid", partial(_report, "paid")),
        Reporting("slow-payers", partial(_report, "slow")),
    ),
    mappings="crm_desktop.duties.receivables.mappings",
    documents="crm_desktop.duties.receivables.documents", begin="crm_desktop.duties.receivables.pages_keeper:begin",
)  # fmt: skip
