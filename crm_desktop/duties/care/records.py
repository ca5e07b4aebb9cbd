"""Maintenance plans 客户维护(保养)计划: a year's or a month's plan with its budget, and what is planned for each client."""

from __future__ import annotations

from crm_desktop.duties.care import rules
from crm_desktop.record.house import currency, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Rollup, Row, Section
from crm_desktop.record.text import Text

_GIVEN = "crm_desktop.duties.gifts.actions:item_done"
DRAFT, APPROVAL, RUNNING, SUMMED = "draft", "approval", "running", "summed-up"
STATES = (
    (DRAFT, Text("Draft"), "grey"), (APPROVAL, Text("In approval"), "amber"), (RUNNING, Text("Being carried out"), "green"),
    (SUMMED, Text("Summed up"), "blue"),
)  # fmt: skip
KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("visit", Text("Visit")), ("call", Text("Phone call")), ("birthday", Text("Birthday")), ("festival", Text("Festival")),
        ("gift", Text("Gift")), ("meal", Text("Meal")), ("event", Text("Event")), ("data", Text("Completing the file")), ("thanks", Text("Thanks")),
    )
)  # fmt: skip
OPEN, DONE, CHANGED, FAILED = "open", "done", "changed", "failed"
ITEM_STATES = ((OPEN, Text("To do"), "blue"), (DONE, Text("Done"), "green"), (CHANGED, Text("Done otherwise"), "amber"), (FAILED, Text("Not done"), "red"))
REACTIONS = (
    ("glad", Text("Glad"), "green"), ("plain", Text("Indifferent"), "grey"), ("cold", Text("Cool"), "red"), ("none", Text("No reaction"), "grey"),
)  # fmt: skip


def _done(row: Row, day: str) -> Row:
    return {} if row.get("done_on") else {"done_on": day}


def _not_done(_row: Row, _day: str) -> Row:
    return {"done_on": ""}


CARE_PLAN = Record(
    "care_plan", Text("Maintenance plan"), Text("Maintenance plans"),
    Section(
        Text("Plan"),
        Field("name", Text("Plan title"), required=True, searched=True, wide=True, width=240, words=("标题", "计划名称")),
        Field("code", Text("Period"), Kind.CODE, required=True, width=92, words=("期间", "年度", "月份"), help=Text("A year like 2026 or a month like 2026-11")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=DRAFT, choices=STATES, width=104, words=("状态",)),
        Field("budget", Text("Budget"), Kind.MONEY, least=0, width=120, words=("预算",)),
        currency(),
        owner(),
    ),
    Section(
        Text("Goals and summary"),
        Field("goals", Text("Goals"), Kind.LONG, wide=True, words=("目标",)),
        Field("summary", Text("Summary"), Kind.LONG, wide=True, words=("总结",)),
        Field("left_out", Text("Not proposed, and why"), Kind.LONG, wide=True, words=("未排原因",)),
        Field("suppressed", Text("Clients held back"), Kind.INT, default=0, least=0, width=84, words=("暂缓数",)),
    ),
    extra=(
        Field("items", Text("Items"), Kind.INT, default=0, derived=True, width=72),
        Field("planned", Text("Planned spending"), Kind.MONEY, derived=True, width=112),
        Field("spent", Text("Spent"), Kind.MONEY, derived=True, width=112),
        Field("left", Text("Left"), Kind.MONEY, work=rules.left, of=("budget", "spent"), width=112),
    ),
    listed=("code", "name", "state", "budget", "planned", "spent", "left", "items", "owner_id"),
    sorted_by="-code", sortable=("code", "name"), filters=("state", "owner_id"),
    check=rules.check_plan, check_on=("code",),
    machine=Machine(
        "state",
        Move("submit", Text("Ask for approval"), (DRAFT,), APPROVAL),
        Move("approve", Text("Approve"), (APPROVAL,), RUNNING, approves="care", amount="budget"),
        Move("return", Text("Send back"), (APPROVAL,), DRAFT, reason=True, approves="care"),
        Move("sum-up", Text("Sum up"), (RUNNING,), SUMMED, guard=rules.summary_missing),
        Move("reopen", Text("Open again"), (SUMMED,), RUNNING, reason=True),
    ),
    currency="currency", file_word="maintenance-plans", note=("code", "state"),
    area="care",
)  # fmt: skip

CARE_ITEM = Record(
    "care_item", Text("Plan item"), Text("Plan items"),
    Section(
        Text("Planned"),
        Field("plan_id", Text("Maintenance plan"), Kind.REF, ref="care_plan", required=True, width=170, words=("计划",)),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=190, words=("单位", "客户")),
        Field("person_id", Text("Person"), Kind.REF, ref="person", width=110, words=("联系人",)),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default="visit", choices=KINDS, codes="care_kind", width=92, words=("类别", "方式")),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("name", Text("What is planned"), searched=True, wide=True, width=180, words=("内容",)),
        Field("budget", Text("Budget"), Kind.MONEY, least=0, width=108, words=("预算",)),
        owner(),
    ),
    Section(
        Text("Done"),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=OPEN, choices=ITEM_STATES, width=92, words=("状态",)),
        Field("actual", Text("Spent"), Kind.MONEY, least=0, width=108, words=("实际费用",)),
        Field("done_on", Text("Done on"), Kind.DATE, width=104, words=("完成日期",)),
        Field("reaction", Text("Reaction"), Kind.CHOICE, choices=REACTIONS, codes="reaction", width=92, words=("反应",)),
        Field("words", Text("Report"), Kind.LONG, wide=True, words=("记录",)),
        Field("next", Text("Next step"), wide=True, words=("下一步",)),
    ),
    code="", listed=("day", "account_id", "person_id", "kind", "name", "budget", "actual", "state", "reaction", "owner_id"),
    sorted_by="day", sortable=("day", "name"), filters=("plan_id", "day", "kind", "state", "owner_id"),
    indexes=(
        Index("plan_id", "day", "state", "budget", "actual"), Index("account_id", "day", "state"),
        Index("person_id", "day", "state"), Index("state", "day", "owner_id"),
    ),
    rollups=(Rollup(("plan_id",), {"items": (), "planned": ("budget",), "spent": ("actual",)}, {}),),
    check=rules.check_item, check_on=("kind", "account_id.type", "person_id.account_id.type"),
    machine=Machine(
        "state",
        Move("done", Text("Done"), (OPEN,), DONE, sets=_done, effect=_GIVEN),
        Move("changed", Text("Done otherwise"), (OPEN,), CHANGED, reason=True, sets=_done, effect=_GIVEN),
        Move("failed", Text("Not done"), (OPEN,), FAILED, reason=True),
        Move("open", Text("Open again"), (DONE, CHANGED, FAILED), OPEN, sets=_not_done),
    ),
    file_word="plan-items", note=("day", "account_id"), shapes={"ics": {"summary": "kind", "day": "day", "who": "account_id", "note": "name"}},
    area="care", follows=("account_id",),
)  # fmt: skip
