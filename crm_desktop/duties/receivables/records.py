"""Receivables 应收账款: every open bill, the promises to pay, and what came in."""

from __future__ import annotations

from crm_desktop.duties.clients.records import make_company
from crm_desktop.duties.receivables import rules
from crm_desktop.record.house import currency, hotel, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text

KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("room", Text("Rooms")), ("meal", Text("Food and drinks")), ("meeting", Text("Meeting")), ("banquet", Text("Banquet")), ("other", Text("Other")),
    )
)  # fmt: skip
OPEN, KEPT, PART, BROKEN, WITHDRAWN = rules.OPEN, rules.KEPT, rules.PART, rules.BROKEN, rules.WITHDRAWN
PROMISE_STATES = (
    (OPEN, Text("Outstanding"), "blue"), (KEPT, Text("Kept"), "green"), (PART, Text("Kept in part"), "amber"),
    (BROKEN, Text("Broken"), "red"), (WITHDRAWN, Text("Withdrawn"), "grey"),
)  # fmt: skip
CLIENT_WORDS = ("单位", "协议单位", "客户", "单位名称", "客户名称", "挂账单位", "公司名称", "往来单位")
MOST = 100_000_000_00_00  # minor units: a hundred million with two more places than any bill has


def _client(required: bool = True) -> Field:
    return Field("account_id", Text("Client"), Kind.REF, ref="account", required=required, make=make_company, width=200, words=CLIENT_WORDS)


RECEIVABLE = Record(
    "receivable", Text("Receivable"), Text("Receivables"),
    Section(
        Text("Bill"),
        _client(),
        Field("document_no", Text("Document no."), Kind.CODE, searched=True, width=120, words=("单据号", "账单号", "发票号", "单号", "账单编号", "发票号码", "凭证号")),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default="room", choices=KINDS, codes="receivable_kind", width=104, words=("类别", "费用类别", "项目", "费用项目")),
        Field("bill_date", Text("Bill date"), Kind.DATE, required=True, width=104, words=("账单日期", "开单日期", "挂账日期", "消费日期", "发生日期", "日期")),
        Field("due", Text("Due date"), Kind.DATE, required=True, width=104, words=("到期日", "应付日期", "到期日期", "应收日期", "付款期限")),
        hotel(),
    ),
    Section(
        Text("Amounts"),
        Field("amount", Text("Amount"), Kind.MONEY, least=-MOST, most=MOST, width=120, words=("金额", "应收金额", "账单金额", "挂账金额")),
        Field("paid", Text("Paid"), Kind.MONEY, least=-MOST, most=MOST, width=112, words=("已付", "已收", "已付金额", "已收金额", "已回款", "回款金额")),
        Field("disputed", Text("Disputed"), Kind.MONEY, least=0, most=MOST, width=104, words=("争议金额",)),
        currency(),
        Field("invoiced", Text("Invoiced"), Kind.BOOL, default=1, words=("已开票",)),
        Field("proof", Text("Signed proof attached"), Kind.BOOL, words=("凭证", "签单")),
    ),
    Section(
        Text("Collection"),
        owner(),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=(
        Field("balance", Text("Balance"), Kind.MONEY, settled=True, width=120),
        Field("days", Text("Days past due"), Kind.INT, work=rules.days_past_due, of=("due", "balance"), tint=rules.late_tone, width=92),
    ),
    name="document_no", code="",
    listed=("account_id", "document_no", "kind", "due", "days", "currency", "amount", "paid", "balance", "owner_id", "disputed", "bill_date"),
    sorted_by="due", sortable=("due", "bill_date", "amount", "balance", "document_no"), filters=("kind", "owner_id"),
    indexes=(
        Index("account_id", "currency", "due", "balance", "disputed", "bill_date"), Index("account_id", "bill_date"),
        Index("due", "currency", "balance", "disputed", "bill_date", "account_id", "owner_id", "hotel_id"),
    ),
    settle=rules.settle, settle_on=("amount", "paid"),
    check=rules.check, check_on=("due", "bill_date", "amount", "disputed"),
    currency="currency", file_word="receivables", note=("account_id", "due", "balance"),
)  # fmt: skip

PROMISE = Record(
    "promise", Text("Promise to pay"), Text("Promises to pay"),
    Section(
        Text("Promise"),
        _client(),
        Field("person_id", Text("Promised by"), Kind.REF, ref="person", width=120, words=("承诺人",)),
        Field("said_by", Text("In whose words"), width=110, words=("谁说的",)),
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
)  # fmt: skip

RECEIPT = Record(
    "receipt", Text("Receipt"), Text("Receipts"),
    Section(
        Text("Receipt"),
        Field("received_on", Text("Received on"), Kind.DATE, required=True, width=104, words=("到账日期",)),
        Field("payer", Text("Payer"), searched=True, width=160, words=("付款人", "户名")),
        _client(required=False),
        Field("amount", Text("Amount"), Kind.MONEY, least=-MOST, most=MOST, width=120, words=("到账金额", "金额")),
        Field("applied", Text("Applied"), Kind.MONEY, least=0, most=MOST, width=112, words=("已核销",)),
        currency(),
        hotel(),
        owner(Text("Booked by")),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注", "摘要")),
    ),
    extra=(Field("unapplied", Text("Not yet applied"), Kind.MONEY, settled=True, width=112),),
    name="payer", code="",
    listed=("received_on", "payer", "account_id", "currency", "amount", "applied", "unapplied", "owner_id"),
    sorted_by="-received_on", sortable=("received_on", "payer", "amount", "unapplied"), filters=("owner_id",),
    indexes=(
        Index("account_id", "received_on", "currency", "unapplied", "amount"), Index("payer", "received_on", "amount", "currency", "account_id"),
        Index("unapplied", "currency", "hotel_id"),
    ),
    settle=rules.settle_receipt, settle_on=("amount", "applied"),
    check=rules.check_receipt, check_on=("amount", "applied"),
    currency="currency", file_word="receipts", note=("received_on", "amount", "account_id"),
)  # fmt: skip

APPLICATION = Record(
    "application", Text("Applied receipt"), Text("Applied receipts"),
    Section(
        Text("Applied receipt"),
        Field("receipt_id", Text("Receipt"), Kind.REF, ref="receipt", ref_name="payer", ref_code="", required=True, width=160, words=("收款",)),
        Field("receivable_id", Text("Bill"), Kind.REF, ref="receivable", ref_name="document_no", ref_code="", required=True, width=130, words=("账单",)),
        Field("day", Text("Applied on"), Kind.DATE, required=True, width=104, words=("核销日期",)),
        Field("amount", Text("Amount"), Kind.MONEY, least=0, most=MOST, width=120, words=("核销金额",)),
        currency(),
        Field("short", Text("Left open as a short payment"), Kind.MONEY, least=0, most=MOST, width=112, words=("尾差",)),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    name="day", code="",
    listed=("day", "receipt_id", "receivable_id", "amount", "currency", "short"),
    sorted_by="-day", sortable=("day", "amount"),
    indexes=(Index("receipt_id", "receivable_id", "amount"), Index("receivable_id", "day")),
    currency="currency", file_word="applications", by_hand=False, papers=False,
)  # fmt: skip
"""Which receipt paid which bill, and how much of it. Written by the actions of receivables, which keep what is paid of a bill
and what is applied of a receipt in step; a file may bring those of another database."""
