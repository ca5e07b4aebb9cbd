"""Rectification orders 整改通知单 (DOC-F10): who must put what right, the four hours, the inspection, the way back."""

from __future__ import annotations

from crm_desktop.duties.rectifications import rules
from crm_desktop.duties.rectifications.rules import (
    CHECKED,
    CLOSED,
    DRAFT,
    IN_WORK,
    ISSUED,
    ON_SCENE,
    PASSED,
    PLANNED,
    RECEIVED,
    REFUSED,
    REPLIED,
    TAKEN_OVER,
)
from crm_desktop.record import clock
from crm_desktop.record.house import hotel, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text

STATES = (
    (DRAFT, Text("Draft"), "grey"), (ISSUED, Text("Sent out"), "amber"), (RECEIVED, Text("Receipt signed"), "amber"), (REFUSED, Text("Receipt refused"), "red"),
    (ON_SCENE, Text("On the scene"), "blue"), (PLANNED, Text("Plan is there"), "blue"), (IN_WORK, Text("In work"), "blue"), (CHECKED, Text("Says it is done"), "amber"),
    (PASSED, Text("Inspection passed"), "green"), (REPLIED, Text("Returned with reply"), "green"), (CLOSED, Text("Closed"), "grey"),
    (TAKEN_OVER, Text("Taken over as emergency"), "red"),
)  # fmt: skip
WAYS = (("paper", Text("On paper"), ""), ("phone", Text("By phone"), ""))
WAITS = tuple((step, text, "") for step, text in rules.WORDS.items())

RECTIFICATION = Record(
    "rectification", Text("Rectification order"), Text("Rectification orders"),
    Section(
        Text("Order"),
        Field("name", Text("What is to be put right"), required=True, searched=True, wide=True, width=230, words=("整改内容", "事项")),
        Field("code", Text("Order no."), Kind.CODE, searched=True, width=128, words=("编号", "通知单号"), help=Text("Given when it is saved")),
        Field("complaint_id", Text("Complaint"), Kind.REF, ref="complaint", width=160, words=("投诉单号", "关联投诉")),
        Field("department_id", Text("Department"), Kind.REF, ref="department", width=110, words=("部门", "责任部门")),
        Field("contractor", Text("Contractor"), searched=True, words=("外包单位", "施工单位"), width=110),
        Field("person", Text("Person in charge"), width=92, words=("责任人",)),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=DRAFT, choices=STATES, width=104, words=("状态",)),
        owner(Text("Sent out by")),
        hotel(),
    ),
    Section(
        Text("Sent out and received"),
        Field("issued_on", Text("Sent out on"), Kind.DATE, width=104, words=("下发日期",)),
        Field("issued_at", Text("Sent out at"), Kind.TIME, words=("下发时间",)),
        Field("way", Text("How"), Kind.CHOICE, default="paper", choices=WAYS, codes="order_way", words=("下发方式",)),
        Field("received_on", Text("Receipt signed on"), Kind.DATE, width=104, words=("签收日期",)),
        Field("received_at", Text("Receipt signed at"), Kind.TIME, words=("签收时间",)),
        Field("received_by", Text("Received by"), words=("签收人",)),
        Field("copies", Text("Copies to"), wide=True, words=("抄送",)),
    ),
    Section(
        Text("What is to be put right"),
        Field("room_no", Text("Room no."), Kind.CODE, searched=True, width=72, words=("房号", "地点")),
        Field("limit_on", Text("To be put right by"), Kind.DATE, width=104, words=("整改期限", "限期")),
        Field("limit_at", Text("Until what time"), Kind.TIME, words=("期限时间",)),
        Field("content", Text("In full"), Kind.LONG, wide=True, words=("详细内容",)),
        Field("standard", Text("Standard to be met"), Kind.LONG, wide=True, words=("整改标准", "要求")),
    ),
    Section(
        Text("Four hours"),
        Field("scene_on", Text("On the scene on"), Kind.DATE, words=("到场日期",)),
        Field("scene_at", Text("On the scene at"), Kind.TIME, words=("到场时间",)),
        Field("plan_on", Text("Plan handed in on"), Kind.DATE, words=("方案日期",)),
        Field("plan_at", Text("Plan handed in at"), Kind.TIME, words=("方案时间",)),
        Field("plan", Text("Plan of the work"), Kind.LONG, wide=True, words=("整改方案",)),
        Field("excuse", Text("Excuse"), wide=True, words=("原因说明", "正当理由"), help=Text("A reason that was allowed stops the clock")),
        owner(Text("Excuse allowed by"), "excused_by_id"),
    ),
    Section(
        Text("Work and inspection"),
        Field("finished_on", Text("Done on"), Kind.DATE, words=("完成日期",)),
        Field("inspected_by", Text("Inspected by"), words=("验收人",)),
        Field("inspection", Text("Found at the inspection"), Kind.LONG, wide=True, words=("验收意见", "验收结果")),
        Field("failed", Text("Inspections failed"), Kind.INT, default=0, least=0, words=("验收不合格次数",)),
        Field("reply", Text("Reply"), Kind.LONG, wide=True, words=("返单意见", "回复意见")),
    ),
    extra=(
        Field("waits_for", Text("Waits for"), Kind.CHOICE, closed=True, choices=WAITS, settled=True, width=104),
        Field("due", Text("Time is up at"), Kind.CODE, settled=True, width=132),
        Field("left", Text("Time left"), Kind.TEXT, work=clock.left, of=("due",), tint=clock.tint, width=80),
        Field("due_on", Text("Warning day"), Kind.DATE, settled=True, hidden=True),
        Field("due_at", Text("Warning time"), Kind.TIME, settled=True, hidden=True),
    ),
    listed=("issued_on", "name", "department_id", "left", "waits_for", "state", "room_no", "complaint_id", "limit_on", "owner_id", "contractor", "code"),
    sorted_by="-issued_on", sortable=("issued_on", "due", "code", "limit_on", "name"), filters=("state", "department_id", "owner_id"),
    indexes=(Index("complaint_id", "issued_on"), Index("department_id", "state"), Index("state", "due"), Index("code"), Index("owner_id", "due_on"), Index("room_no", "issued_on")),
    settle=rules.settle, settle_on=rules.SETTLE_ON, check=rules.check, check_on=rules.CHECK_ON,
    machine=Machine(
        "state",
        Move("issue", Text("Send out"), (DRAFT,), ISSUED, guard=rules.no_unit, sets=rules.issued),
        Move("receive", Text("Receipt signed"), (ISSUED, REFUSED), RECEIVED, guard=rules.nobody_received, sets=rules.received),
        Move("refuse", Text("Receipt refused"), (ISSUED,), REFUSED, reason=True),
        Move("scene", Text("On the scene"), (RECEIVED, PLANNED), ON_SCENE, sets=rules.on_scene),
        Move("plan", Text("Plan handed in"), (RECEIVED, ON_SCENE), PLANNED, guard=rules.no_plan, sets=rules.planned),
        Move("work", Text("Begin the work"), (ON_SCENE, PLANNED), IN_WORK, guard=rules.one_half),
        Move("done", Text("Done, says the unit"), (IN_WORK, TAKEN_OVER), CHECKED, sets=rules.finished),
        Move("pass", Text("Inspection passed"), (CHECKED,), PASSED, guard=rules.not_inspected),
        Move("fail", Text("Inspection failed"), (CHECKED,), IN_WORK, reason=True, guard=rules.not_inspected, sets=rules.failed),
        Move("reply", Text("Returned with reply"), (PASSED,), REPLIED, guard=rules.no_reply),
        Move("close", Text("Close"), (REPLIED,), CLOSED),
        Move("take-over", Text("Take over as emergency"), (REFUSED, RECEIVED, ON_SCENE, PLANNED, IN_WORK), TAKEN_OVER, reason=True),
        Move("reopen", Text("Open again"), (PASSED, REPLIED, CLOSED), IN_WORK, reason=True),
    ),
    file_word="rectifications", note=("room_no", "issued_on"), faded=("state", (CLOSED,)),
    area="complaints", series="ZG",
)  # fmt: skip
