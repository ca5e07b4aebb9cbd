"""A month's fund plan 资金计划: what is to be paid for which clients, who approves it, advances, vouchers, what goes back."""

from __future__ import annotations

from crm_desktop.duties.funds import rules
from crm_desktop.duties.funds.rules import (
    ADVANCED,
    APPROVED,
    CARRIED,
    CLEARED,
    CLEARING,
    DIRECTOR,
    DRAFT,
    DROPPED,
    FINANCE,
    GM,
    MANAGER,
    OVER,
    REFUSED,
    RUNNING,
    SPENT,
)
from crm_desktop.record.house import currency, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Rollup, Section
from crm_desktop.record.text import Text

STATES = (
    (DRAFT, Text("Being drafted"), "grey"), (MANAGER, Text("With the sales manager"), "amber"), (DIRECTOR, Text("With the director of sales"), "amber"),
    (FINANCE, Text("With finance"), "amber"), (GM, Text("With the general manager"), "amber"), (APPROVED, Text("Approved"), "blue"),
    (RUNNING, Text("Being carried out"), "green"), (CLEARING, Text("Being cleared"), "blue"), (CARRIED, Text("Closed, rest returned"), "grey"),
)  # fmt: skip
LINE_STATES = (
    (DRAFT, Text("Asked for"), "grey"), (APPROVED, Text("Approved"), "blue"), (ADVANCED, Text("Advance paid"), "amber"), (OVER, Text("More asked for"), "red"),
    (SPENT, Text("Paid, not cleared"), "amber"), (CLEARED, Text("Cleared"), "green"), (REFUSED, Text("Not approved"), "red"), (DROPPED, Text("Not used"), "grey"),
)  # fmt: skip
KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("gift", Text("Gifts and cards")), ("meal", Text("Hospitality")), ("event", Text("Event")), ("visit", Text("Visits and travel")),
        ("print", Text("Printing and post")), ("other", Text("Other costs")),
    )
)  # fmt: skip
_HERE = "crm_desktop.duties.funds.actions"
WITHIN_YEAR = f"{_HERE}:within_year"


def _words(name: str, label: Text, *words: str) -> Field:
    return Field(name, label, Kind.LONG, wide=True, words=words)


def _sum(name: str, label: Text) -> Field:
    return Field(name, label, Kind.MONEY, derived=True, width=112)


FUND_PLAN = Record(
    "fund_plan", Text("Fund plan"), Text("Fund plans"),
    Section(
        Text("Fund plan"),
        Field("name", Text("Plan title"), required=True, searched=True, wide=True, width=220, words=("标题", "计划名称")),
        Field("code", Text("Month"), Kind.CODE, required=True, width=84, words=("月份", "期间"), help=Text("A month like 2026-11")),
        Field("year_id", Text("Year's plan"), Kind.REF, ref="care_plan", required=True, width=180, words=("年度计划",), help=Text("The maintenance plan of the year whose budget pays")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=DRAFT, choices=STATES, width=132, words=("状态",)),
        owner(Text("Asked for by")),
        currency(),
        _words("purpose", Text("What it is for"), "用途", "说明"),
    ),
    Section(
        Text("Opinions"),
        _words("manager_words", Text("Sales manager"), "销售经理意见"), _words("director_words", Text("Director of sales"), "营销总监意见"),
        _words("finance_words", Text("Finance department"), "财务意见"), _words("gm_words", Text("General manager"), "总经理意见"),
        Field("carried_on", Text("Closed on"), Kind.DATE, width=104, words=("结转日期",)),
    ),
    extra=(
        Field("items", Text("Items"), Kind.INT, default=0, derived=True, width=64),
        _sum("asked", Text("Amount asked for")), _sum("approved", Text("Approved")), _sum("advanced", Text("Advances")), _sum("spent", Text("Spent")),
        Field("over", Text("Over or under"), Kind.MONEY, work=rules.over, of=("approved", "spent"), tint=rules.over_tone, width=112),
    ),
    listed=("code", "name", "state", "asked", "approved", "spent", "over", "items", "owner_id"),
    sorted_by="-code", sortable=("code", "name"), filters=("state", "year_id", "owner_id"), indexes=(Index("year_id", "state"), Index("state", "code")),
    check=rules.check_plan, check_on=("code", "year_id.code"),
    machine=Machine(
        "state",
        Move("submit", Text("Send to the sales manager"), (DRAFT,), MANAGER, guard=rules.may_submit, effect=f"{_HERE}:submitted"),
        Move("endorse", Text("Endorse"), (MANAGER,), DIRECTOR, approves="fund_check"),
        Move("agree", Text("Agree"), (DIRECTOR,), FINANCE, approves="fund_lead"),
        Move("grant", Text("Grant"), (FINANCE, GM), APPROVED, approves="fund", amount="asked", effect=f"{_HERE}:granted"),
        Move("pass", Text("On to the general manager"), (FINANCE,), GM, guard=rules.above_finance, approves="fund_money"),
        Move("return", Text("Send back"), rules.WAITS, DRAFT, reason=True),
        Move("start", Text("Begin to carry out"), (APPROVED,), RUNNING),
        Move("clear", Text("Begin to clear"), (RUNNING,), CLEARING),
        Move("resume", Text("Carry on"), (CLEARING,), RUNNING, reason=True),
        Move("carry", Text("Close the month"), (CLEARING,), CARRIED, sets=rules.carried, effect=f"{_HERE}:closed", approves="fund_money"),
    ),
    currency="currency", file_word="fund-plans", note=("code", "state"), area="funds",
)  # fmt: skip

FUND_LINE = Record(
    "fund_line", Text("Item to be paid"), Text("Items to be paid"),
    Section(
        Text("Asked for"),
        Field("plan_id", Text("Fund plan"), Kind.REF, ref="fund_plan", required=True, width=170, words=("资金计划",)),
        Field("name", Text("Item"), required=True, searched=True, wide=True, width=200, words=("项目", "用款项目")),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default="gift", choices=KINDS, codes="fund_kind", width=104, words=("类别",)),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=170, words=("单位", "客户")),
        Field("whom", Text("For which clients"), wide=True, width=180, words=("对应客户", "客户名单")),
        Field("unit", Text("Unit price"), Kind.MONEY, least=0, width=104, words=("单价",)),
        Field("quantity", Text("Quantity"), Kind.INT, required=True, default=1, least=1, most=99_999, width=68, words=("数量",)),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=DRAFT, choices=LINE_STATES, width=104, words=("状态",)),
        owner(),
    ),
    Section(
        Text("Approved and paid"),
        Field("approved", Text("Approved"), Kind.MONEY, least=0, width=108, words=("批准金额",)),
        Field("advance", Text("Advance"), Kind.MONEY, least=0, width=100, words=("预支金额", "借款")),
        owner(Text("Advance taken by"), "advance_to"),
        Field("advance_on", Text("Advance paid on"), Kind.DATE, width=104, words=("预支日期",)),
        Field("spent", Text("Spent"), Kind.MONEY, least=0, width=108, words=("实际支出", "实支")),
        Field("spent_on", Text("Paid on"), Kind.DATE, width=104, words=("支出日期",)),
        Field("voucher", Text("Voucher no."), width=120, words=("凭证号", "发票号", "单据号")),
        Field("cleared_on", Text("Cleared on"), Kind.DATE, width=104, words=("核销日期",)),
        Field("why", Text("Why more was spent"), Kind.LONG, wide=True, words=("超支原因",)),
        Field("fixed", Text("Asked for when sent in"), Kind.MONEY, hidden=True),
    ),
    extra=(
        Field("asked", Text("Amount asked for"), Kind.MONEY, settled=True, width=108),
        Field("over", Text("Over or under"), Kind.MONEY, work=rules.line_over, of=("state", "approved", "spent"), tint=rules.over_tone, width=104),
    ),
    code="", listed=("name", "asked", "approved", "spent", "over", "state", "plan_id", "advance", "voucher", "kind", "whom", "unit", "quantity"),
    sorted_by="name", sortable=("name", "advance_on", "spent_on"), filters=("plan_id", "state", "kind", "advance_to"),
    settle=rules.settle_line, settle_on=("unit", "quantity"),
    indexes=(Index("plan_id", "state", "approved", "spent"), Index("account_id", "state"), Index("state", "advance_on", "advance_to")),
    rollups=(Rollup(("plan_id",), {"items": (), "asked": ("asked",), "approved": ("approved",), "advanced": ("advance",), "spent": ("spent",)}, {}),),
    check=rules.check_line, check_on=("state", "unit", "quantity", "fixed", "approved", "spent", "advance", "plan_id.state"),
    machine=Machine(
        "state",
        Move("approve", Text("Approve"), (DRAFT,), APPROVED, guard=rules.amount_missing, approves="fund", amount="approved", effect=f"{_HERE}:line_approved"),
        Move("refuse", Text("Not approved"), (DRAFT,), REFUSED, reason=True, approves="fund_check"),
        Move("advance", Text("Pay an advance"), (APPROVED,), ADVANCED, guard=rules.may_advance, sets=rules.advanced, effect=f"{_HERE}:advanced"),
        Move("spend", Text("Book the payment"), (APPROVED, ADVANCED), SPENT, guard=rules.may_spend, sets=rules.spent_on, effect=WITHIN_YEAR),
        Move("more", Text("Ask for more"), (APPROVED, ADVANCED), OVER, reason=True, guard=rules.may_ask_more),
        Move("grant-more", Text("Approve more"), (OVER,), SPENT, sets=rules.more_granted, approves="fund", amount="spent", effect=WITHIN_YEAR),
        Move("less", Text("No more approved"), (OVER,), APPROVED, reason=True, approves="fund_check"),
        Move("clear", Text("Accept the voucher"), (SPENT,), CLEARED, guard=rules.voucher_missing, sets=rules.cleared, approves="fund_money"),
        Move("query", Text("Voucher not accepted"), (SPENT,), APPROVED, reason=True, sets=rules.uncleared),
        Move("drop", Text("Not used"), (DRAFT, APPROVED), DROPPED, by_itself=True),
    ),
    effect=WITHIN_YEAR, effect_on=("approved", "spent", "plan_id"),
    currency="", file_word="fund-items", note=("plan_id", "state"), leaving=f"{_HERE}:line_leaving", papers=True, area="funds", follows=("plan_id",),
)  # fmt: skip
