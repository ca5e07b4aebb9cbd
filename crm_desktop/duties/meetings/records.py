"""Meetings 例会 and instructions 上级工作指令: what was decided or asked for, by whom, until when, and what came of it."""

from __future__ import annotations

from crm_desktop.duties.meetings import rules
from crm_desktop.duties.meetings.rules import (
    ACCEPTED,
    CANCELLED,
    CLOSED,
    DECIDED,
    DEFERRED,
    DONE,
    GIVEN,
    REPORTED,
    RUNNING,
)
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.lines import Lines
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Rollup, Row, Section
from crm_desktop.record.series import Series
from crm_desktop.record.text import Text

KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("weekly", Text("Weekly meeting")), ("monthly", Text("Monthly marketing meeting")), ("morning", Text("Morning briefing")),
        ("function", Text("Meeting before a function")), ("review", Text("Review meeting")), ("credit", Text("Credit meeting")), ("other", Text("Other meeting")),
    )
)  # fmt: skip
DRAFT, ISSUED = "draft", "issued"
STATES = ((DRAFT, Text("Draft"), "grey"), (ISSUED, Text("Handed out"), "green"))
ITEM_STATES = (
    (DECIDED, Text("Decided"), "amber"), (RUNNING, Text("In progress"), "blue"), (DONE, Text("Done"), "green"), (DEFERRED, Text("Deferred"), "amber"),
    (CANCELLED, Text("Cancelled"), "grey"),
)  # fmt: skip
SOURCES = tuple(
    (code, text, "")
    for code, text in (
        ("gm", Text("General manager")), ("deputy", Text("Deputy general manager")), ("owner", Text("Owner of the house")), ("group", Text("Head office")),
        ("authority", Text("Authority")),
    )
)  # fmt: skip
INSTRUCTION_STATES = (
    (GIVEN, Text("Given out"), "amber"), (ACCEPTED, Text("Acknowledged"), "blue"), (REPORTED, Text("Reported back"), "green"), (CLOSED, Text("Ticked off"), "grey"),
)  # fmt: skip

def department(label: Text | None = None) -> Field:
    """The department that does something."""
    return Field("department_id", label or Text("Department"), Kind.REF, ref="department", width=100, words=("部门", "责任部门"))

def _done(row: Row, day: str) -> Row:
    return {} if row.get("done_on") else {"done_on": day}

def _not_done(_row: Row, _day: str) -> Row:
    return {"done_on": ""}

def _reported(row: Row, day: str) -> Row:
    return {} if row.get("reported_on") else {"reported_on": day}

def _not_reported(_row: Row, _day: str) -> Row:
    return {"reported_on": "", "closed_on": ""}

def _closed(_row: Row, day: str) -> Row:
    return {"closed_on": day}

MINUTES_ITEM = Record(
    "minutes_item", Text("Decision of a meeting"), Text("Decisions of meetings"),
    Section(
        Text("The decision"),
        Field("minutes_id", Text("Meeting"), Kind.REF, ref="minutes", required=True, width=170, words=("会议", "例会纪要")),
        Field("name", Text("What was decided"), required=True, searched=True, wide=True, width=260, words=("决议", "决议事项", "事项")),
        owner(Text("Who does it")),
        department(),
        Field("due", Text("Deadline"), Kind.DATE, required=True, width=104, words=("完成期限", "截止日期")),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=170, words=("单位", "客户")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=DECIDED, choices=ITEM_STATES, width=92, words=("状态",)),
    ),
    Section(
        Text("What came of it"),
        Field("evidence", Text("How it was carried out"), Kind.LONG, wide=True, words=("落实情况", "完成情况")),
        Field("done_on", Text("Done on"), Kind.DATE, width=104, words=("完成日期",)),
        owner(Text("Agreed by"), "approver_id"),
    ),
    extra=(Field("late", Text("Days late"), Kind.INT, work=rules.item_late, of=("state", "due"), tint=rules.late_tone, width=76),),
    code="", listed=("due", "name", "owner_id", "department_id", "state", "late", "minutes_id", "account_id"),
    sorted_by="-due", sortable=("due", "name"), filters=("minutes_id", "state", "due", "owner_id"),
    indexes=(Index("minutes_id", "due", "state"), Index("state", "due", "owner_id"), Index("account_id", "due", "state")),
    rollups=(Rollup(("minutes_id",), {"items": ()}, {}), Rollup(("minutes_id",), {"done": ()}, {}, "state", DONE)),
    machine=Machine(
        "state",
        Move("start", Text("Begin"), (DECIDED, DEFERRED), RUNNING),
        Move("done", Text("Done"), rules.OPEN, DONE, guard=rules.evidence_missing, sets=_done),
        Move("defer", Text("Defer"), (DECIDED, RUNNING), DEFERRED, reason=True, guard=rules.new_day_missing),
        Move("cancel", Text("Cancel"), rules.OPEN, CANCELLED, reason=True, guard=rules.agreement_missing),
        Move("reopen", Text("Open again"), (DONE, CANCELLED), RUNNING, reason=True, sets=_not_done),
    ),
    file_word="decisions", note=("due", "minutes_id"), area="office", follows=("minutes_id",),
)  # fmt: skip

MINUTES = Record(
    "minutes", Text("Meeting minutes"), Text("Minutes of meetings"),
    Section(
        Text("Meeting"),
        Field("name", Text("Meeting"), required=True, searched=True, wide=True, width=220, words=("会议名称", "议题")),
        Field("code", Text("Minutes no."), Kind.CODE, searched=True, width=116, words=("纪要编号", "编号")),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default="weekly", choices=KINDS, codes="meeting_kind", width=120, words=("类别", "会议类型")),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期", "会议日期")),
        Field("time", Text("Time"), Kind.TIME, width=64, words=("时间",)),
        Field("place", Text("Where"), width=110, words=("地点",)),
        owner(Text("Chaired by"), "chair_id"),
        owner(Text("Minutes by")),
        Field("present", Text("Present"), wide=True, words=("出席", "参会人员")),
        Field("absent", Text("Absent, and why"), wide=True, words=("缺席",)),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=DRAFT, choices=STATES, width=92, words=("状态",)),
    ),
    Section(
        Text("What was told"),
        Field("reports", Text("Reports of the posts"), Kind.LONG, wide=True, words=("各岗位汇报", "汇报")),
        Field("instructions", Text("What the leaders asked for"), Kind.LONG, wide=True, words=("领导指示", "总经理指示")),
        Field("training", Text("Training in the meeting"), wide=True, words=("培训内容",)),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=(
        Field("items", Text("Decisions"), Kind.INT, default=0, derived=True, width=72),
        Field("done", Text("Of these done"), Kind.INT, default=0, derived=True, width=84),
    ),
    listed=("day", "name", "kind", "chair_id", "items", "done", "state", "code", "owner_id"),
    sorted_by="-day", sortable=("day", "code", "name"), filters=("kind", "state", "day", "owner_id"),
    indexes=(Index("code", unique=True), Index("kind", "day"), Index("state", "day")),
    machine=Machine(
        "state",
        Move("issue", Text("Hand out"), (DRAFT,), ISSUED),
        Move("reopen", Text("Open again"), (ISSUED,), DRAFT, reason=True),
    ),
    series=Series("HY", day="day"), file_word="minutes", note=("day", "kind"), area="office",
    lines=(Lines(MINUTES_ITEM, "minutes_id", ("name", "owner_id", "due", "account_id"), title=Text("Decisions")),),
)  # fmt: skip

INSTRUCTION = Record(
    "instruction", Text("Instruction"), Text("Instructions from above"),
    Section(
        Text("Instruction"),
        Field("name", Text("What is instructed"), required=True, searched=True, wide=True, width=260, words=("指令内容", "工作指令")),
        Field("code", Text("Instruction no."), Kind.CODE, searched=True, width=116, words=("指令编号", "编号")),
        Field("source", Text("Given by"), Kind.CHOICE, required=True, default="gm", choices=SOURCES, codes="instruction_source", width=100, words=("下达人", "指令来源")),
        Field("day", Text("Instructed on"), Kind.DATE, required=True, width=104, words=("下达日期", "日期")),
        owner(Text("Carried out by")),
        department(),
        Field("due", Text("Report due"), Kind.DATE, required=True, width=104, words=("完成期限", "回报期限")),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=170, words=("单位", "客户")),
        Field("detail", Text("In detail"), Kind.LONG, wide=True, words=("具体要求", "要求")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=GIVEN, choices=INSTRUCTION_STATES, width=92, words=("状态",)),
    ),
    Section(
        Text("Report back"),
        Field("report", Text("What was reported"), Kind.LONG, wide=True, words=("回报", "落实情况", "完成情况")),
        Field("reported_on", Text("Reported on"), Kind.DATE, width=104, words=("回报日期",)),
        Field("closed_on", Text("Ticked off on"), Kind.DATE, width=104, words=("销号日期",)),
        Field("remark", Text("What the leader said to it"), Kind.LONG, wide=True, words=("领导批示", "批示")),
    ),
    extra=(Field("late", Text("Days late"), Kind.INT, work=rules.instruction_late, of=("state", "due"), tint=rules.late_tone, width=76),),
    listed=("due", "name", "source", "owner_id", "department_id", "state", "late", "day", "code", "account_id"),
    sorted_by="-due", sortable=("due", "day", "code"), filters=("state", "source", "due", "owner_id"),
    indexes=(Index("code", unique=True), Index("state", "due", "owner_id"), Index("account_id", "day", "state")),
    check=rules.check_instruction, check_on=("day", "due"),
    machine=Machine(
        "state",
        Move("accept", Text("Acknowledge"), (GIVEN,), ACCEPTED),
        Move("report", Text("Report back"), (GIVEN, ACCEPTED), REPORTED, guard=rules.report_missing, sets=_reported),
        Move("return", Text("Not enough yet"), (REPORTED,), ACCEPTED, reason=True, sets=_not_reported),
        Move("close", Text("Tick off"), (REPORTED,), CLOSED, sets=_closed),
        Move("reopen", Text("Open again"), (CLOSED,), ACCEPTED, reason=True, sets=_not_reported),
    ),
    series=Series("ZL", day="day"), file_word="instructions", note=("due", "source"), area="office",
)  # fmt: skip
