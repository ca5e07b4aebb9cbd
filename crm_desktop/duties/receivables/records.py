"""Receivables 应收账款: every open bill, the promises to pay, and what came in."""

from __future__ import annotations

from crm_desktop.duties.clients.records import make_company
from crm_desktop.duties.receivables import rules, rules_stages, rules_terms
from crm_desktop.record.house import currency, hotel, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Rollup, Section
from crm_desktop.record.spelling import Spelled
from crm_desktop.record.text import Text

SHORTS = tuple(
    (code, text, "")
    for code, text in (
        ("charge", Text("Bank charges")), ("rounding", Text("Small change")), ("price", Text("Price in dispute")), ("service", Text("Service failed")),
        ("invoice", Text("Invoice wrong")), ("discount", Text("Discount agreed")), ("rest", Text("Pays the rest later")),
    )
)  # fmt: skip
KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("room", Text("Rooms")), ("meal", Text("Food and drinks")), ("meeting", Text("Meeting")), ("banquet", Text("Banquet")), ("rent", Text("Rent of the hall")), ("other", Text("Other")),
        ("credit", Text("Credit note")),
    )
)  # fmt: skip
OPEN, KEPT, PART, BROKEN, WITHDRAWN = rules.OPEN, rules.KEPT, rules.PART, rules.BROKEN, rules.WITHDRAWN
PROMISE_STATES = (
    (OPEN, Text("Outstanding"), "blue"), (KEPT, Text("Kept"), "green"), (PART, Text("Kept in part"), "amber"),
    (BROKEN, Text("Broken"), "red"), (WITHDRAWN, Text("Withdrawn"), "grey"),
)  # fmt: skip
CLIENT_WORDS = ("单位", "协议单位", "客户", "单位名称", "客户名称", "挂账单位", "公司名称", "往来单位", "customer", "customer name", "name customer", "company", "account name", "name 1")
CLIENT_NUMBERS = ("客户编号", "客户代码", "单位编号", "单位代码", "customer id", "customer no", "customer number", "cust number", "customer code", "account no")
MOST = 100_000_000_00_00  # minor units: a hundred million with two more places than any bill has


def _client(required: bool = True) -> Field:
    return Field("account_id", Text("Client"), Kind.REF, ref="account", required=required, make=make_company, width=200, words=CLIENT_WORDS, numbered=CLIENT_NUMBERS)


RECEIVABLE = Record(
    "receivable", Text("Receivable"), Text("Receivables"),
    Section(
        Text("Bill"),
        _client(),
        Field("document_no", Text("Document no."), Kind.CODE, whole=True, searched=True, width=120, words=("单据号", "账单号", "发票号", "单号", "账单编号", "发票号码", "凭证号", "invoice number", "invoice no", "invoice", "invoice id", "document number", "doc id")),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default="room", choices=KINDS, codes="receivable_kind", width=104, words=("类别", "费用类别", "项目", "费用项目")),
        Field("bill_date", Text("Bill date"), Kind.DATE, required=True, width=104, words=("账单日期", "开单日期", "挂账日期", "消费日期", "发生日期", "日期", "invoice date", "posting date", "document date", "date")),
        Field("due", Text("Due date"), Kind.DATE, width=104, words=("到期日", "应付日期", "到期日期", "应收日期", "付款期限", "due in date", "net due date"), help=Text("Worked out where terms are chosen")),
        Field("pay_terms", Text("Terms"), Kind.CHOICE, closed=True, choices=rules_terms.TERMS, width=120, words=("付款条件", "结算方式", "账期")),
        Field("pay_days", Text("N of the terms"), Kind.INT, least=0, most=366, width=72, words=("账期天数",)),
        hotel(),
        Field("transferred_on", Text("Transferred on"), Kind.DATE, width=104, words=("转入日期", "转应收日期")),
        Field("checked_out_on", Text("Checked out on"), Kind.DATE, width=104, words=("退房日期",)),
        Field("event_on", Text("Day of the event"), Kind.DATE, width=104, words=("活动日期", "宴会日期")),
        Field("booking_id", Text("Event or booking"), Kind.REF, ref="booking", width=130, words=("预订", "活动")),
    ),
    Section(
        Text("Amounts"),
        Field("amount", Text("Amount"), Kind.MONEY, required=True, least=-MOST, most=MOST, width=120, words=("金额", "应收金额", "账单金额", "挂账金额", "invoice amount", "total open amount", "open amount", "amount in doc. curr.", "amount in document currency", "amount in local currency", "total")),
        Field("paid", Text("Paid"), Kind.MONEY, least=-MOST, most=MOST, width=112, words=("已付", "已收", "已付金额", "已收金额", "已回款", "回款金额")),
        Field("disputed", Text("Disputed"), Kind.MONEY, least=0, most=MOST, width=104, words=("争议金额",)),
        currency(),
        Field("written_off", Text("Written off"), Kind.MONEY, least=0, most=MOST, hidden=True, width=112),
        Field("written_on", Text("Written off on"), Kind.DATE, hidden=True, width=104),
        Field("taken_back", Text("Of this taken back as no sale"), Kind.MONEY, least=0, most=MOST, hidden=True, width=112),
        Field("invoiced", Text("Invoiced"), Kind.BOOL, default=1, words=("已开票",)),
        Field("proof", Text("Signed proof attached"), Kind.BOOL, words=("凭证", "签单")),
    ),
    Section(
        Text("Statement and invoice"),
        Field("stage", Text("Stage"), Kind.CHOICE, closed=True, default=rules_stages.WAITING, choices=rules_stages.STAGES, width=92, words=("阶段",)),
        Field("statement_no", Text("Statement no."), Kind.CODE, whole=True, width=104, words=("对账单号",)),
        Field("statement_on", Text("Statement sent on"), Kind.DATE, width=104, words=("对账单日期",)),
        Field("statement_way", Text("Sent by"), Kind.CHOICE, choices=rules_stages.WAYS, codes="statement_way", width=84, words=("送达方式",)),
        Field("confirmed_on", Text("Slip back on"), Kind.DATE, width=104, words=("确认日期",)),
        Field("invoice_kind", Text("Kind of invoice"), Kind.CHOICE, choices=rules_stages.INVOICE_KINDS, closed=True, width=104, words=("票种", "发票种类")),
        Field("invoice_no", Text("Invoice no."), Kind.CODE, whole=True, width=160, words=("数电票号码",)),
        Field("invoice_title", Text("Invoice title"), width=160, words=("发票抬头",)),
        Field("tax_no", Text("Tax no."), Kind.CODE, whole=True, width=140, words=("税号",)),
        Field("invoiced_on", Text("Issued on"), Kind.DATE, width=104, words=("开票日期",)),
        Field("handed_to", Text("Handed over to"), width=104, words=("签收人",)),
        Field("handed_on", Text("Handed over on"), Kind.DATE, width=104, words=("交付日期", "签收日期")),
        Field("reissue_cause", Text("What was wrong with it"), Kind.CHOICE, choices=rules_stages.REISSUES, codes="reissue_cause", width=120, words=("开错原因",)),
        Field("reissue", Text("Why issued anew"), width=140, words=("重开原因",)),
        Field("reissue_on", Text("To be issued anew since"), Kind.DATE, width=104, words=("退票日期",)),
    ),
    Section(
        Text("Collection"),
        owner(),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=(
        Field("balance", Text("Balance"), Kind.MONEY, settled=True, width=120),
        Field("expected", Text("Due date expected only"), Kind.BOOL, settled=True, width=72),
        Field("by_receipts", Text("Paid by receipts"), Kind.MONEY, derived=True, hidden=True, width=112),
        Field("last_paid", Text("Last paid on"), Kind.DATE, derived=True, width=104),
        Field("days", Text("Days past due"), Kind.INT, work=rules.days_past_due, of=("due", "balance"), tint=rules.late_tone, width=92),
    ),
    name="document_no", code="",
    listed=("account_id", "document_no", "kind", "due", "days", "currency", "amount", "paid", "balance", "owner_id", "disputed", "stage", "bill_date"),
    sorted_by="due", sortable=("due", "bill_date", "amount", "balance", "document_no"), filters=("stage", "kind", "owner_id"),
    indexes=(
        Index("account_id", "currency", "due", "balance", "disputed", "bill_date"), Index("account_id", "bill_date"),
        Index("stage", "currency", "balance"), Index("balance", "currency", "due", "account_id", "disputed"),
        Index("due", "currency", "balance", "disputed", "bill_date", "account_id", "owner_id", "hotel_id", "amount", "taken_back"),
        Index("bill_date", "currency", "due", "balance", "disputed", "last_paid", "written_on", "written_off", "account_id", "owner_id", "hotel_id", "amount", "taken_back"),
        Index("booking_id", "bill_date"), Index("reissue_on", "stage"),
    ),
    settle=rules.settle, settle_on=("amount", "paid", "written_off", "due", "pay_terms", "pay_days", "bill_date", "statement_on", "handed_on"),
    check=rules.check, check_on=(
        "due", "bill_date", "amount", "disputed", "kind", "currency", "paid", "by_receipts", "pay_terms", "invoice_no", "invoiced_on", "handed_on",
    ),
    machine=rules_stages.MACHINE, fresh=rules_stages.begun,
    spelled=Spelled("document_no", ("account_id", "bill_date", "amount", "currency"), apart=("kind",), rising=("paid",)), ties=(("paid", "by_receipts"),),
    currency="currency", file_word="receivables", note=("account_id", "due", "balance"),
    area="credit", follows=("account_id",),
)  # fmt: skip

PROMISE = Record(
    "promise", Text("Promise to pay"), Text("Promises to pay"),
    Section(
        Text("Promise"),
        _client(),
        Field("person_id", Text("Promised by"), Kind.REF, ref="person", width=120, words=("承诺人",)),
        Field("said_by", Text("In whose words"), data="personal", width=110, words=("谁说的",)),
        Field("made_on", Text("Promised on"), Kind.DATE, required=True, width=104, words=("承诺时间",)),
        Field("due", Text("Promised for"), Kind.DATE, required=True, width=104, words=("承诺日期",)),
        Field("amount", Text("Amount"), Kind.MONEY, least=0, most=MOST, width=120, words=("承诺金额",)),
        Field("received", Text("Received"), Kind.MONEY, least=0, most=MOST, width=112, words=("已到账",)),
        currency(),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=OPEN, choices=PROMISE_STATES, width=92, words=("状态",)),
        owner(),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    name="said_by", code="",
    listed=("due", "account_id", "currency", "amount", "received", "state", "made_on", "said_by", "person_id", "owner_id"),
    sorted_by="-due", sortable=("due", "made_on", "amount"), filters=("state", "owner_id"),
    indexes=(Index("account_id", "due"), Index("account_id", "made_on"), Index("person_id", "made_on"), Index("state", "due", "amount", "currency", "account_id")),
    check=rules.check_promise, check_on=("due", "made_on"),
    machine=Machine(
        "state",
        Move("kept", Text("Was kept"), (OPEN, PART, BROKEN), KEPT),
        Move("part", Text("Kept in part"), (OPEN, BROKEN), PART),
        Move("broken", Text("Was broken"), (OPEN,), BROKEN),
        Move("withdraw", Text("Withdraw"), (OPEN,), WITHDRAWN, reason=True),
        Move("open", Text("Open again"), (KEPT, PART, BROKEN, WITHDRAWN), OPEN),
    ),
    currency="currency", file_word="promises",
    area="credit", follows=("account_id",),
)  # fmt: skip

RECEIPT = Record(
    "receipt", Text("Receipt"), Text("Receipts"),
    Section(
        Text("Receipt"),
        Field("received_on", Text("Received on"), Kind.DATE, required=True, width=104, words=("到账日期", "交易日期", "记账日期")),
        Field("payer", Text("Payer"), searched=True, width=160, words=("付款人", "户名", "对方户名")),
        _client(required=False),
        Field("amount", Text("Amount"), Kind.MONEY, required=True, least=-MOST, most=MOST, width=120, words=("到账金额", "金额", "收入", "贷方发生额")),
        Field("applied", Text("Applied"), Kind.MONEY, least=0, most=MOST, width=112, words=("已核销",)),
        currency(),
        hotel(),
        owner(Text("Booked by")),
        Field("payer_account", Text("Payer's account"), Kind.CODE, whole=True, width=160, words=("对方账号",)),
        Field("bank_serial", Text("Bank's serial no."), Kind.CODE, whole=True, width=140, words=("流水号", "交易流水号")),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注", "摘要", "附言")),
    ),
    extra=(
        Field("unapplied", Text("Not yet applied"), Kind.MONEY, settled=True, width=112),
        Field("by_bills", Text("Applied to bills"), Kind.MONEY, derived=True, hidden=True, width=112),
    ),
    name="payer", code="",
    listed=("received_on", "payer", "account_id", "currency", "amount", "applied", "unapplied", "owner_id"),
    sorted_by="-received_on", sortable=("received_on", "payer", "amount", "unapplied"), filters=("owner_id",),
    indexes=(
        Index("account_id", "received_on", "currency", "unapplied", "amount"), Index("payer", "received_on", "amount", "currency", "account_id"),
        Index("unapplied", "currency", "hotel_id"),
    ),
    settle=rules.settle_receipt, settle_on=("amount", "applied"),
    check=rules.check_receipt, check_on=("amount", "applied", "currency", "by_bills"), ties=(("applied", "by_bills"),),
    spelled=Spelled("bank_serial", ("payer_account", "received_on", "amount", "currency"), plain=str),
    leaving="crm_desktop.duties.receivables.actions:forget_receipt", effect="crm_desktop.duties.receivables.actions:move_applications", effect_on=("received_on",),
    currency="currency", file_word="receipts", note=("received_on", "amount", "account_id"),
    area="credit", follows=("account_id",),
)  # fmt: skip

APPLICATION = Record(
    "application", Text("Applied receipt"), Text("Applied receipts"),
    Section(
        Text("Applied receipt"),
        Field("receipt_id", Text("Receipt"), Kind.REF, ref="receipt", ref_name="payer", ref_code="", required=True, width=160, words=("收款",)),
        Field("receivable_id", Text("Bill"), Kind.REF, ref="receivable", ref_name="document_no", ref_code="", required=True, width=130, words=("账单",)),
        Field("day", Text("Counts from"), Kind.DATE, required=True, width=104, words=("核销日期",)),
        Field("amount", Text("Amount"), Kind.MONEY, least=0, most=MOST, width=120, words=("核销金额",)),
        currency(),
        Field("short", Text("Left open as a short payment"), Kind.MONEY, least=0, most=MOST, width=112, words=("尾差",)),
        Field("why_short", Text("Why short"), Kind.CHOICE, choices=SHORTS, codes="short_reason", width=112, words=("少付原因", "短付原因")),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    name="day", code="",
    listed=("day", "receipt_id", "receivable_id", "amount", "currency", "short", "why_short"),
    sorted_by="-day", sortable=("day", "amount"),
    indexes=(Index("receipt_id", "receivable_id", "amount"), Index("receivable_id", "day", "amount")),
    rollups=(Rollup(("receivable_id",), {"by_receipts": ("amount",)}, {"last_paid": "day"}), Rollup(("receipt_id",), {"by_bills": ("amount",)}, {})),
    currency="currency", file_word="applications", by_hand=False, papers=False,
    area="credit", follows=("receivable_id",),
)  # fmt: skip
"""Which receipt paid which bill, how much of it, and from when: the day the receipt came. Written by the actions of receivables, which keep what is paid of a bill
and what is applied of a receipt in step; a file may bring those of another database."""
