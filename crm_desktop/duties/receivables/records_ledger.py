"""Lines of a ledger 往来明细账: what a file says of a client's debits and credits, as it says it; and what became of each."""

from __future__ import annotations

from crm_desktop.duties.clients.records import make_company
from crm_desktop.duties.receivables import rules_ledger as rules
from crm_desktop.duties.receivables.records import CLIENT_NUMBERS, CLIENT_WORDS, MOST
from crm_desktop.record.house import currency, hotel
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text

NUMBERS = (*CLIENT_NUMBERS, "账号", "账户", "挂账账号", "往来编号", "account number", "account code", "acct", "acct no", "a/c no")
NAMES = (*CLIENT_WORDS, "户名", "account", "client", "client name", "debtor")


def _money(name: str, label: Text, *words: str, required: bool = False, least: int | None = None) -> Field:
    return Field(name, label, Kind.MONEY, required=required, least=least, most=MOST, width=112, words=words)


LEDGER_LINE = Record(
    "ledger_line", Text("Ledger line"), Text("Ledger lines"),
    Section(
        Text("Ledger line"),
        Field("account_id", Text("Client"), Kind.REF, ref="account", required=True, make=make_company, width=200, words=NAMES, numbered=NUMBERS),
        Field("day", Text("Date"), Kind.DATE, required=True, width=104, words=("日期", "记账日期", "业务日期", "入账日期", "过账日期", "发生日期", "营业日期", "date", "posting date", "business date", "transaction date", "trx date")),
        Field("document_no", Text("Document no."), Kind.CODE, whole=True, searched=True, width=120, words=("单号", "凭证号", "单据号", "账单号", "凭证编号", "document no", "doc no", "document", "voucher", "voucher no", "reference", "ref", "ref no", "bill no", "folio no", "invoice no")),
        Field("text", Text("Details"), width=180, words=("摘要", "说明", "description", "details", "particulars", "memo", "text", "narrative")),
        Field("outlet", Text("Outlet"), width=110, words=("营业点", "消费点", "部门", "营业部门", "outlet", "point of sale", "pos", "department")),
        _money("debit", Text("Debit amount"), "debit", "借方", "借方金额", "借方发生额", "借", "debit amount", "dr", "charge", "charges", required=True),
        _money("credit", Text("Credit amount"), "credit", "贷方", "贷方金额", "贷方发生额", "贷", "credit amount", "cr", "payment", "payments", required=True),
        _money("balance", Text("Running balance"), "余额", "结余", "期末余额", "balance", "running balance"),
        currency(),
        Field("due", Text("Due date"), Kind.DATE, width=104, words=("到期日", "到期日期", "应付日期", "due date")),
        hotel(),
        Field("opening", Text("Opening balance"), Kind.BOOL, width=84),
    ),
    Section(
        Text("What became of it"),
        Field("receivable_id", Text("Bill"), Kind.REF, ref="receivable", ref_name="document_no", ref_code="", width=130),
        Field("receipt_id", Text("Receipt"), Kind.REF, ref="receipt", ref_name="payer", ref_code="", width=130),
        Field("source_key", Text("Import key"), Kind.KEY, hidden=True),
    ),
    name="document_no", code="", titled="account_id",
    listed=("day", "account_id", "document_no", "text", "outlet", "debit", "credit", "balance", "currency", "receivable_id", "receipt_id"),
    sorted_by="-day", sortable=("day", "document_no"),
    indexes=(Index("account_id", "currency", "debit", "credit"), Index("receivable_id"), Index("receipt_id")),
    check=rules.check, check_on=("debit", "credit", "currency", "due", "day", "opening"),
    currency="currency", file_word="ledger", note=("day", "account_id"), by_hand=False, papers=False, area="credit", follows=("account_id",),
)  # fmt: skip
"""Written by an import only, and taken back with it."""
