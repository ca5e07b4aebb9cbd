"""What collecting leaves behind: the hotel's own ladders, the steps that were done, disputes, instalment plans, write-offs."""

from __future__ import annotations

from crm_desktop.duties.credit import rules_collection as rules
from crm_desktop.duties.credit.records import MOST, client
from crm_desktop.record.house import currency, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.lines import Lines
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Row, Section
from crm_desktop.record.text import Text

DONE, SKIPPED = "done", "skipped"
OUTCOMES = ((DONE, Text("Done"), "green"), (SKIPPED, Text("Skipped, with a reason"), "amber"))
EVIDENCE = (
    ("demand", Text("Demand delivered"), "blue"), ("confirmed", Text("Balance confirmed in writing"), "green"), ("payment", Text("Part payment"), "green"),
    ("promise", Text("Written promise to pay"), "green"), ("suit", Text("Suit or arbitration"), "red"),
)  # fmt: skip
WAYS = tuple((code, text, "") for code, text in (
    ("courier", Text("Courier")), ("signed", Text("Handed over, signed for")), ("mail", Text("E-mail")), ("wechat", Text("WeChat")), ("notary", Text("Notary")),
))  # fmt: skip
REASONS = tuple((code, text, "") for code, text in (
    ("price", Text("Price")), ("quantity", Text("Quantity")), ("service", Text("Service failed")), ("invoice", Text("Invoice is wrong")), ("authority", Text("Not authorised")), ("other", Text("Other")),
))  # fmt: skip
OPEN, SETTLED, GRANTED = "open", "settled", "granted"
DISPUTE_STATES = ((OPEN, Text("Open"), "amber"), (SETTLED, Text("The client pays"), "green"), (GRANTED, Text("Granted to the client"), "grey"))
RUNNING, FULFILLED, ACCELERATED = "running", "fulfilled", "accelerated"
PLAN_STATES = ((RUNNING, Text("Running"), "blue"), (FULFILLED, Text("Fulfilled"), "green"), (ACCELERATED, Text("Whole rest due"), "red"))
DRAFT, ASKED, APPROVED, REFUSED, RECOVERED = "draft", "asked", "approved", "refused", "recovered"
WRITE_OFF_STATES = (
    (DRAFT, Text("Draft"), "grey"), (ASKED, Text("Asked for"), "amber"), (APPROVED, Text("Approved"), "red"), (REFUSED, Text("Refused"), "grey"), (RECOVERED, Text("Recovered later"), "green"),
)  # fmt: skip


CONFIRMED = "crm_desktop.duties.credit.actions_collection:slip_came_back"
WRITING_OFF = "crm_desktop.duties.credit.actions_write_off"


def _bill(required: bool = True) -> Field:
    return Field("receivable_id", Text("Bill"), Kind.REF, ref="receivable", ref_name="document_no", ref_code="", required=required, width=130, words=("账单",))


def _money(name: str, label: Text, *words: str) -> Field:
    return Field(name, label, Kind.MONEY, least=0, most=MOST, width=112, words=words)


LADDER_STEP = Record(
    "ladder_step", Text("Step of a ladder"), Text("Ladders of collection"),
    Section(
        Text("Step of a ladder"),
        Field("ladder", Text("Ladder"), Kind.CHOICE, required=True, closed=True, default=rules.COMPANY, choices=rules.LADDERS, width=150, words=("催收阶梯", "对象")),
        Field("days", Text("Days from the due date"), Kind.INT, required=True, least=-60, most=999, width=84, words=("天数",)),
        Field("key", Text("Step no."), Kind.CODE, required=True, once=True, width=84, words=("步骤号",), help=Text("What is done is remembered under it")),
        Field("name", Text("What is done"), required=True, wide=True, width=260, words=("动作",)),
        Field("channel", Text("Way"), Kind.CHOICE, required=True, closed=True, default=rules.CALL, choices=rules.CHANNELS, width=92, words=("方式",)),
        Field("letter", Text("Demand letter"), Kind.INT, default=0, least=0, most=3, width=64, words=("催款函",), help=Text("1, 2 or 3; 0 = none")),
        Field("stops", Text("Credit stops"), Kind.BOOL, width=72, words=("停挂",)),
        Field("who", Text("Who"), width=110, words=("责任人",)),
    ),
    code="key", listed=("ladder", "days", "name", "channel", "letter", "stops", "who", "key"), sorted_by="days", sortable=("days",), filters=("ladder",),
    indexes=(Index("ladder", "key", unique=True),), file_word="ladders", papers=False, area="terms", owners=(),
)  # fmt: skip

COLLECTION_STEP = Record(
    "collection_step", Text("Collection step"), Text("Collection steps"),
    Section(
        Text("Collection step"),
        client(),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("step", Text("Step no."), Kind.CODE, width=84, words=("步骤号",)),
        Field("name", Text("What was done"), required=True, width=220, wide=True, words=("动作",)),
        Field("outcome", Text("Outcome"), Kind.CHOICE, closed=True, default=DONE, choices=OUTCOMES, width=110, words=("结果",)),
        Field("channel", Text("Way"), Kind.CHOICE, choices=rules.CHANNELS, closed=True, width=92, words=("方式",)),
        Field("letter", Text("Demand letter"), Kind.INT, default=0, least=0, most=3, width=64, words=("催款函",)),
        _money("amount", Text("Amount"), "金额"), currency(), owner(),
        Field("reason", Text("Reason or answer"), Kind.LONG, wide=True, words=("理由", "答复")),
    ),
    Section(
        Text("Evidence"),
        Field("evidence", Text("What it proves"), Kind.CHOICE, closed=True, choices=EVIDENCE, width=150, words=("证据", "时效事由"), help=Text("It starts the three years of limitation anew")),
        Field("way", Text("Delivered by"), Kind.CHOICE, choices=WAYS, codes="delivery_way", width=110, words=("送达方式",)),
        Field("delivered_on", Text("Delivered on"), Kind.DATE, width=104, words=("送达日期",)),
        Field("proof", Text("Courier or receipt no."), Kind.CODE, whole=True, width=130, words=("快递单号", "回执号")),
        Field("taken_by", Text("Taken by"), width=110, words=("签收人",)),
    ),
    name="name", code="", titled="account_id", listed=("day", "account_id", "name", "outcome", "channel", "amount", "evidence", "delivered_on", "owner_id"), sorted_by="-day", sortable=("day", "delivered_on"),
    filters=("outcome", "channel", "evidence"), indexes=(Index("account_id", "step", "day"), Index("account_id", "evidence", "delivered_on")),
    check=rules.check_step, check_on=("outcome", "reason", "day", "delivered_on"), joining=CONFIRMED, effect=CONFIRMED, effect_on=("evidence", "delivered_on"),
    currency="currency", file_word="collection-steps",
    area="credit", follows=("account_id",),
)  # fmt: skip

DISPUTE = Record(
    "dispute", Text("Disputed bill"), Text("Disputes"),
    Section(
        Text("Disputed bill"),
        client(), _bill(),
        Field("complaint_id", Text("Complaint"), Kind.REF, ref="complaint", width=130, words=("投诉",), help=Text("Where service failed: complaint and money are settled together")),
        Field("opened_on", Text("Opened on"), Kind.DATE, required=True, width=104, words=("提出日期",)),
        _money("amount", Text("Amount in dispute"), "争议金额"),
        Field("kind", Text("Reason"), Kind.CHOICE, required=True, default="service", choices=REASONS, codes="dispute_reason", width=104, words=("原因",)),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=OPEN, choices=DISPUTE_STATES, width=104, words=("状态",)),
        owner(Text("Responsible")),
        Field("due", Text("Answer by"), Kind.DATE, width=104, words=("答复期限",)),
        Field("facts", Text("What the client says"), Kind.LONG, wide=True, words=("客户陈述",)),
        Field("result", Text("What was agreed"), Kind.LONG, wide=True, words=("处理结果",)),
    ),
    name="opened_on", code="", titled="account_id", listed=("opened_on", "account_id", "receivable_id", "amount", "kind", "state", "due", "owner_id"), sorted_by="-opened_on", sortable=("opened_on", "due"),
    filters=("state", "kind", "owner_id"), indexes=(Index("receivable_id", "state", "amount"), Index("account_id", "opened_on"), Index("state", "due"), Index("complaint_id", "opened_on")),
    check=rules.check_dispute, check_on=("amount",),
    machine=Machine(
        "state",
        Move("settle", Text("The client pays"), (OPEN,), SETTLED, guard=rules.answered),
        Move("grant", Text("Granted to the client"), (OPEN,), GRANTED, guard=rules.answered, approves="refund", amount="amount", effect=f"{WRITING_OFF}:grant"),
        Move("open", Text("Open again"), (SETTLED,), OPEN, reason=True),
        Move("ungrant", Text("Open again"), (GRANTED,), OPEN, reason=True, effect=f"{WRITING_OFF}:ungrant"),
    ),
    file_word="disputes", area="credit", follows=("account_id",),
)  # fmt: skip

INSTALMENT_PLAN = Record(
    "instalment_plan", Text("Instalment plan"), Text("Instalment plans"),
    Section(
        Text("Instalment plan"),
        client(),
        Field("agreed_on", Text("Signed on"), Kind.DATE, required=True, width=104, words=("签订日期",)),
        _money("total", Text("Sum"), "总额"), currency(),
        Field("count", Text("Instalments"), Kind.INT, required=True, default=6, least=1, most=60, width=72, words=("期数",)),
        Field("first_due", Text("First one due"), Kind.DATE, required=True, width=104, words=("首期日期",)),
        _money("paid", Text("Paid without a receipt here"), "已付"),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=RUNNING, choices=PLAN_STATES, width=104, words=("状态",)),
        Field("guarantee", Text("Guarantee"), wide=True, words=("担保",)),
        owner(),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=(
        Field("last_due", Text("Last one due"), Kind.DATE, settled=True, width=104),
        Field("received", Text("Paid by receipts"), Kind.MONEY, settled=True, width=112),
    ),
    name="agreed_on", code="", titled="account_id", listed=("account_id", "agreed_on", "total", "count", "first_due", "last_due", "paid", "received", "state", "owner_id"), sorted_by="-agreed_on", sortable=("agreed_on",),
    filters=("state",), indexes=(Index("account_id", "state"),), settle=rules.settle_plan, settle_on=("first_due", "count"), check=rules.check_plan, check_on=("total", "count"),
    machine=Machine(
        "state",
        Move("fulfil", Text("Fulfilled"), (RUNNING,), FULFILLED),
        Move("accelerate", Text("Make the whole rest due"), (RUNNING,), ACCELERATED, reason=True),
        Move("resume", Text("Run on"), (ACCELERATED,), RUNNING, reason=True),
    ),
    currency="currency", file_word="instalment-plans", area="credit", follows=("account_id",),
)  # fmt: skip

def _decided(_row: Row, day: str) -> Row:
    return {"decided_on": day}


WRITE_OFF_BILL = Record(
    "write_off_bill", Text("Bill that is written off"), Text("Bills that are written off"),
    Section(
        Text("Bill that is written off"),
        Field("write_off_id", Text("Write-off"), Kind.REF, ref="write_off", ref_name="asked_on", ref_code="", required=True, width=110),
        _bill(), _money("amount", Text("Amount"), "金额"),
    ),
    name="amount", code="", titled="receivable_id", listed=("write_off_id", "receivable_id", "amount"), sorted_by="amount", sortable=("amount",),
    indexes=(Index("write_off_id", "receivable_id"), Index("receivable_id", "write_off_id")), file_word="write-off-bills", papers=False, area="credit", follows=("write_off_id",),
)  # fmt: skip

WRITE_OFF = Record(
    "write_off", Text("Write-off"), Text("Write-offs"),
    Section(
        Text("Write-off"),
        client(), _bill(required=False),
        Field("asked_on", Text("Applied for on"), Kind.DATE, required=True, width=104, words=("申请日期",)),
        _money("amount", Text("Amount"), "金额"), _money("provided", Text("Provided for"), "已计提"), currency(),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=DRAFT, choices=WRITE_OFF_STATES, width=104, words=("状态",)),
        owner(Text("Asked for by")),
        Field("cause", Text("Cause"), Kind.LONG, required=True, wide=True, words=("原因",)),
        Field("history", Text("What was done to collect it"), Kind.LONG, wide=True, words=("催收经过",)),
        Field("evidence", Text("Evidence"), Kind.LONG, wide=True, words=("证据",)),
        Field("decided_on", Text("Decided on"), Kind.DATE, width=104, words=("审批日期",)),
        _money("recovered", Text("Recovered"), "收回"),
    ),
    name="asked_on", code="", titled="account_id", listed=("asked_on", "account_id", "receivable_id", "amount", "provided", "state", "decided_on", "recovered", "owner_id"), sorted_by="-asked_on",
    sortable=("asked_on", "amount"), filters=("state",), indexes=(Index("account_id", "asked_on"), Index("receivable_id", "state")),
    machine=Machine(
        "state",
        Move("ask", Text("Ask for it"), (DRAFT,), ASKED, effect=f"{WRITING_OFF}:adds_up"),
        Move("approve", Text("Approve"), (ASKED,), APPROVED, approves="write_off", amount="amount", sets=_decided, effect=f"{WRITING_OFF}:close_bill"),
        Move("refuse", Text("Refuse"), (ASKED,), REFUSED, reason=True, sets=_decided),
        Move("recover", Text("Recovered later"), (APPROVED,), RECOVERED, effect=f"{WRITING_OFF}:open_bill"),
    ),
    currency="currency", file_word="write-offs", area="credit", follows=("account_id",),
    lines=(Lines(WRITE_OFF_BILL, "write_off_id", ("receivable_id", "amount"), title=Text("Bills, where it is more than one"), after=0),),
)  # fmt: skip
