"""Feedback 征询/回访: after a complaint, a stay or an event somebody asks how it was, in four words and the guest's own."""

from __future__ import annotations

from crm_desktop.duties.feedback import rules
from crm_desktop.duties.feedback.rules import DECLINED, PLANNED, REACHED, TRIED, UNREACHABLE, WAITING
from crm_desktop.record.house import hotel, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text

KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("complaint", Text("After a complaint")), ("event", Text("After an event")), ("stay", Text("After a stay")), ("farewell", Text("At departure")),
        ("quarter", Text("Quarterly survey")), ("lost", Text("Lost client")),
    )
)  # fmt: skip
WAYS = tuple((code, text, "") for code, text in (("call", Text("Phone call")), ("door", Text("In person")), ("chat", Text("Chat message")), ("sheet", Text("On paper"))))
GRADES = (
    ("very-satisfied", Text("Very satisfied"), "green"), ("satisfied", Text("Satisfied"), "green"), ("fairly-satisfied", Text("Fairly satisfied"), "amber"),
    (rules.UNHAPPY, Text("Dissatisfied"), "red"),
)  # fmt: skip
STATES = (
    (PLANNED, Text("To be asked"), "blue"), (TRIED, Text("Not reached yet"), "amber"), (REACHED, Text("Has answered"), "green"), (DECLINED, Text("Would not answer"), "grey"),
    (UNREACHABLE, Text("Not reachable"), "grey"),
)  # fmt: skip
UNANSWERED = "crm_desktop.duties.feedback.actions:unanswered"

FEEDBACK = Record(
    "feedback", Text("Feedback"), Text("Feedback and call-backs"),
    Section(
        Text("Whom to ask, about what"),
        Field("name", Text("Whom to ask"), data="personal", required=True, searched=True, width=120, words=("受访人", "客人姓名")),
        Field("phone", Text("Phone"), searched=True, data="personal", sensitive="contact", width=130, words=("电话", "联系电话")),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=170, words=("单位", "客户")),
        Field("person_id", Text("Guest or contact"), Kind.REF, ref="person", width=110, words=("客史", "联系人")),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default="complaint", choices=KINDS, codes="feedback_kind", width=104, words=("类别", "征询类型")),
        Field("complaint_id", Text("Complaint"), Kind.REF, ref="complaint", width=170, words=("投诉单号", "投诉")),
        Field("booking_id", Text("Booking"), Kind.REF, ref="booking", width=120, words=("预订",)),
        Field("due", Text("To be asked by"), Kind.DATE, required=True, width=104, words=("回访期限", "计划日期")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=PLANNED, choices=STATES, width=104, words=("状态",)),
        hotel(),
    ),
    Section(
        Text("Answer given"),
        owner(Text("Called by")),
        Field("way", Text("How asked"), Kind.CHOICE, default="call", choices=WAYS, codes="feedback_way", width=92, words=("方式",)),
        Field("asked_on", Text("Asked on"), Kind.DATE, width=104, words=("回访日期",)),
        Field("asked_at", Text("Asked at"), Kind.TIME, words=("回访时间",)),
        Field("grade", Text("Answer"), Kind.CHOICE, closed=True, choices=GRADES, width=92, words=("满意度", "回访结果")),
        Field("attempts", Text("Calls in vain"), Kind.INT, default=0, least=0, width=72, words=("未接通次数",)),
        Field("tried", Text("Called in vain at"), wide=True, words=("未接通时间",), help=Text("Written by the program; three calls in two parts of the day")),
        Field("words", Text("In their words"), Kind.LONG, wide=True, width=170, words=("客人意见", "意见")),
        Field("wish", Text("New wish or demand"), wide=True, words=("新需求", "建议")),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=(Field("again", Text("Call again at"), Kind.TEXT, work=rules.next_try, of=("state", "tried"), width=100),),
    code="", listed=("due", "name", "kind", "grade", "words", "state", "account_id", "complaint_id", "asked_on", "attempts", "again", "owner_id"),
    sorted_by="-due", sortable=("due", "asked_on"), filters=("state", "kind", "grade", "owner_id"),
    indexes=(
        Index("complaint_id", "due"), Index("account_id", "due", "state"), Index("person_id", "due", "state"), Index("state", "due", "owner_id"), Index("booking_id", "due"),
    ),
    check=rules.check, check_on=rules.CHECK_ON,
    machine=Machine(
        "state",
        Move("reached", Text("Has answered"), WAITING, REACHED, guard=rules.answer_missing, sets=rules.asked, effect="crm_desktop.duties.feedback.actions:answered"),
        Move("missed", Text("Nobody answered"), WAITING, TRIED, guard=rules.once_more, sets=rules.missed),
        Move("give-up", Text("Not reachable"), (TRIED,), UNREACHABLE, guard=rules.tried_enough, sets=rules.missed, effect=UNANSWERED),
        Move("declined", Text("Would not answer"), WAITING, DECLINED, guard=rules.nobody_asked, sets=rules.asked, effect=UNANSWERED),
        Move("again", Text("Ask again"), (DECLINED, UNREACHABLE), PLANNED, reason=True),
    ),
    file_word="feedback", note=("due", "account_id"),
    area="complaints",
)  # fmt: skip
