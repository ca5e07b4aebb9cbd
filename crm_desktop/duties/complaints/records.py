"""Complaints 客户意见/投诉: every box of the paper form (DOC-F09), its clocks, and its way to the archive."""

from __future__ import annotations

from crm_desktop.duties.complaints import rules
from crm_desktop.duties.complaints.rules import (
    ACCEPTED,
    AGREED,
    ANSWERED,
    CALLED,
    CLAIM,
    ESCALATED,
    FILED,
    NEW,
    ON_SCENE,
    PUTTING_RIGHT,
    UNANSWERED,
    WITHDRAWN,
)
from crm_desktop.record import clock
from crm_desktop.record.codes import Choice
from crm_desktop.record.house import currency, hotel, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text

STATES = (
    (NEW, Text("New"), "red"), (ACCEPTED, Text("Taken on"), "amber"), (ON_SCENE, Text("Looked into"), "amber"), (PUTTING_RIGHT, Text("Being put right"), "blue"),
    (ANSWERED, Text("Answered"), "blue"), (AGREED, Text("Guest agrees"), "green"), (CALLED, Text("Called back"), "green"), (FILED, Text("In the archive"), "grey"),
    (ESCALATED, Text("Passed up"), "red"), (CLAIM, Text("Claim"), "red"), (WITHDRAWN, Text("Withdrawn"), "grey"),
)  # fmt: skip
SEVERITIES = (("S1", Text("S1 safety, law"), "red"), ("S2", Text("S2 VIP, event"), "red"), ("S3", Text("S3 in house"), "amber"), ("S4", Text("S4 afterwards"), "grey"))
GRADES = (
    ("very-satisfied", Text("Very satisfied"), "green"), ("satisfied", Text("Satisfied"), "green"), ("fairly-satisfied", Text("Fairly satisfied"), "amber"),
    (rules.UNHAPPY, Text("Dissatisfied"), "red"), ("not-reached", Text("Not reachable"), "grey"),
)  # fmt: skip


def _codes(*pairs: tuple[str, Text]) -> tuple[Choice, ...]:
    return tuple((code, text, "") for code, text in pairs)


KINDS = (
    ("complaint", Text("Complaint"), "red"), ("suggestion", Text("Suggestion"), "blue"), ("praise", Text("Praise"), "green"), ("help", Text("Asked for help"), "amber"),
    ("claim", Text("Claim"), "red"), ("dispute", Text("Dispute"), "red"),
)  # fmt: skip
CHANNELS = _codes(
    ("face", Text("Face to face")), ("phone", Text("Phone call")), ("room", Text("From the room")), ("chat", Text("Chat message")), ("review", Text("Review on a platform")),
    ("letter", Text("Letter")), ("hotline", Text("Government hotline")), ("gm-box", Text("General manager's box")),
)  # fmt: skip
STANDINGS = _codes(("guest", Text("House guest")), ("organiser", Text("Organiser")), ("account", Text("Contracted client")), ("visitor", Text("Passer-by")))
CATEGORIES = _codes(
    ("hygiene", Text("Hygiene")), ("facility", Text("Facilities")), ("noise", Text("Noise")), ("attitude", Text("Attitude")), ("speed", Text("Slow service")),
    ("billing", Text("Prices and bills")), ("reservation", Text("Reservation")), ("food", Text("Food served")), ("event", Text("Running of an event")), ("safety", Text("Safety")),
    ("promise", Text("Promise not kept")), ("parking", Text("Parking and traffic")), ("third-party", Text("Third parties")), ("other", Text("Other things")),
)  # fmt: skip
CAUSES = _codes(
    ("people", Text("Own people")), ("process", Text("Process")), ("plant", Text("Facilities")), ("product", Text("Product")), ("information", Text("Information not passed on")),
    ("policy", Text("Policy")), ("supplier", Text("Supplier")), ("overpromise", Text("Promised too much")), ("guest", Text("The guest's own")), ("force", Text("Beyond anybody's control")),
)  # fmt: skip
GESTURES = _codes(
    ("apology", Text("Apology")), ("amenity", Text("Amenity")), ("upgrade", Text("Upgrade")), ("discount", Text("Discount")), ("free", Text("Free item")),
    ("refund", Text("Refund")), ("letter", Text("Letter")),
)  # fmt: skip
WHEN = _codes(("during", Text("During the stay")), ("after", Text("After the stay")))
WAITS = tuple((step, text, "") for step, text in rules.WORDS.items())


def _moment(name: str, on: Text, at: Text, words: str) -> tuple[Field, Field]:
    """A day and a time of the calendar."""
    return Field(f"{name}_on", on, Kind.DATE, words=(f"{words}日期",)), Field(f"{name}_at", at, Kind.TIME, words=(f"{words}时间",))


COMPLAINT = Record(
    "complaint", Text("Complaint"), Text("Complaints"),
    Section(
        Text("Taken down"),
        Field("name", Text("Subject"), required=True, searched=True, wide=True, width=230, words=("事由", "主题")),
        Field("code", Text("Complaint no."), Kind.CODE, searched=True, width=128, words=("编号", "投诉编号"), help=Text("Given when it is saved")),
        Field("received_on", Text("Taken down on"), Kind.DATE, required=True, width=104, words=("受理日期", "接诉日期")),
        Field("received_at", Text("Taken down at"), Kind.TIME, required=True, width=64, words=("接诉时间",)),
        owner(Text("Taken by"), "taker_id"),
        Field("channel", Text("Channel"), Kind.CHOICE, choices=CHANNELS, codes="complaint_channel", width=96, words=("渠道", "方式")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=NEW, choices=STATES, width=92, words=("状态",)),
    ),
    Section(
        Text("Who complains"),
        Field("guest", Text("Complainant"), data="personal", searched=True, width=110, words=("投诉人", "客人姓名")),
        Field("phone", Text("Phone"), searched=True, data="personal", sensitive="contact", width=130, words=("联系电话", "电话")),
        Field("standing", Text("Who they are"), Kind.CHOICE, choices=STANDINGS, codes="complaint_standing", width=92, words=("身份",)),
        Field("person_id", Text("Guest or contact"), Kind.REF, ref="person", width=110, words=("客史", "联系人")),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=170, words=("单位", "客户")),
        Field("room_no", Text("Room no."), Kind.CODE, searched=True, width=72, words=("房号",)),
        Field("booking_id", Text("Booking"), Kind.REF, ref="booking", width=110, words=("预订", "宴会")),
        Field("emotion", Text("How upset, 1 to 5"), Kind.INT, least=1, most=5, words=("情绪",)),
        Field("consent", Text("May be contacted"), Kind.BOOL, default=1, words=("同意联系",)),
        hotel(),
    ),
    Section(
        Text("What happened"),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default="complaint", choices=KINDS, codes="complaint_kind", width=84, words=("性质", "类别")),
        Field("severity", Text("Severity"), Kind.CHOICE, required=True, closed=True, default="S3", choices=SEVERITIES, width=112, words=("级别", "严重程度")),
        Field("category", Text("Category"), Kind.CHOICE, choices=CATEGORIES, codes="complaint_category", width=96, words=("投诉类别", "分类")),
        Field("place", Text("Where it happened"), width=110, words=("地点",)),
        *_moment("happened", Text("Happened on"), Text("Happened at"), "发生"),
        Field("stage", Text("During or after the stay"), Kind.CHOICE, closed=True, choices=WHEN, words=("店内店外",)),
        Field("story", Text("In the guest's words"), Kind.LONG, wide=True, words=("内容", "投诉内容")),
        Field("demand", Text("What the guest asks for"), wide=True, words=("诉求", "客人要求")),
        Field("first_aid", Text("Done at once"), wide=True, words=("现场处理", "即时措施")),
        Field("evidence", Text("Evidence list"), Kind.LONG, wide=True, words=("证据", "证据清单"), help=Text("Photos and recordings lie with the files below")),
    ),
    Section(
        Text("Handling"),
        Field("finding", Text("Found on the scene"), Kind.LONG, wide=True, words=("现场情况", "现场勘查")),
        Field("department_id", Text("Responsible department"), Kind.REF, ref="department", width=110, words=("责任部门",)),
        owner(Text("Handled by")),
        *_moment("accepted", Text("Day taken on"), Text("Time taken on"), "接受"),
        *_moment("scene", Text("On the scene on"), Text("On the scene at"), "到场"),
        *_moment("planned", Text("Plan agreed on"), Text("Plan agreed at"), "方案"),
        Field("measures", Text("Measures"), Kind.LONG, wide=True, words=("措施", "处理措施")),
    ),
    Section(
        Text("Making good"),
        Field("gesture", Text("Gesture"), Kind.CHOICE, choices=GESTURES, codes="gesture", width=92, words=("补偿方式",)),
        Field("compensation", Text("Compensation"), Kind.MONEY, least=0, width=104, words=("补偿金额", "赔偿金额")),
        currency(),
        owner(Text("Allowed by"), "approver_id"),
        *_moment("answered", Text("Answered on"), Text("Answered at"), "答复"),
        Field("result", Text("Result"), Kind.LONG, wide=True, words=("处理结果", "结果")),
        Field("opinion", Text("What the guest says to it"), Kind.LONG, wide=True, words=("客人意见", "宾客意见")),
        *_moment("agreed", Text("Agreed on"), Text("Agreed at"), "认可"),
    ),
    Section(
        Text("Calling back"),
        *_moment("called", Text("Called back on"), Text("Called back at"), "回访"),
        owner(Text("Called back by"), "caller_id"),
        Field("call_back", Text("Call-back"), Kind.CHOICE, closed=True, choices=GRADES, width=92, words=("回访结果", "满意度")),
    ),
    Section(
        Text("So that it does not come again"),
        Field("cause", Text("Root cause"), Kind.CHOICE, choices=CAUSES, codes="complaint_cause", width=92, words=("原因", "根本原因")),
        Field("cause_words", Text("Cause in words"), wide=True, words=("原因说明",)),
        Field("cost", Text("Cost"), Kind.MONEY, least=0, width=104, words=("费用", "成本")),
        Field("no_cost", Text("Cost nothing"), Kind.BOOL, words=("无费用",)),
        Field("prevention", Text("Prevention"), Kind.LONG, wide=True, words=("预防措施", "预防")),
        Field("archive_no", Text("Archive no."), Kind.CODE, words=("档案号", "归档号")),
        Field("closed_on", Text("Filed on"), Kind.DATE, words=("归档日期", "结案日期")),
        Field("reopened", Text("Opened again"), Kind.INT, default=0, least=0, words=("重开次数",)),
    ),
    extra=(
        Field("waits_for", Text("Waits for"), Kind.CHOICE, closed=True, choices=WAITS, settled=True, width=104),
        Field("due", Text("Time is up at"), Kind.CODE, settled=True, width=132),
        Field("left", Text("Time left"), Kind.TEXT, work=clock.left, of=("due",), tint=clock.tint, width=80),
        Field("due_on", Text("Due day"), Kind.DATE, settled=True, hidden=True),
        Field("due_at", Text("Due time"), Kind.TIME, settled=True, hidden=True),
    ),
    listed=("received_on", "received_at", "severity", "name", "left", "waits_for", "state", "room_no", "guest", "account_id", "department_id", "owner_id", "code"),
    sorted_by="-received_on", sortable=("received_on", "name", "due", "code"), filters=("state", "severity", "kind", "category", "owner_id"),
    indexes=(
        Index("account_id", "received_on", "state"), Index("person_id", "received_on", "state"), Index("state", "due", "severity"), Index("code"),
        Index("room_no", "received_on"), Index("owner_id", "state", "due_on"), Index("booking_id", "received_on"),
    ),
    settle=rules.settle, settle_on=rules.SETTLE_ON, check=rules.check, check_on=rules.CHECK_ON,
    machine=Machine(
        "state",
        Move("accept", Text("Take on"), (NEW,), ACCEPTED, sets=rules.accepted),
        Move("note", Text("Note and file"), (NEW, ACCEPTED), FILED, guard=rules.only_noted, sets=rules.closed),
        Move("scene", Text("On the scene"), (NEW, ACCEPTED, ESCALATED), ON_SCENE, sets=rules.on_scene),
        Move("plan", Text("Plan agreed"), (ACCEPTED, ON_SCENE, ESCALATED), PUTTING_RIGHT, guard=rules.plan_missing, sets=rules.planned),
        Move("answer", Text("Answered the guest"), (ACCEPTED, ON_SCENE, PUTTING_RIGHT, ESCALATED, CLAIM), ANSWERED, guard=rules.answer_missing, sets=rules.answered),
        Move("agree", Text("The guest agrees"), (ANSWERED,), AGREED, sets=rules.agreed, effect="crm_desktop.duties.feedback.actions:call_back_due"),
        Move("again", Text("The guest does not agree"), (ANSWERED,), ON_SCENE, reason=True),
        Move("call-back", Text("Called back"), (AGREED,), CALLED, guard=rules.call_back_missing, sets=rules.called),
        Move("file", Text("Into the archive"), (CALLED,), FILED, guard=rules.file_missing, sets=rules.closed),
        Move("pass-up", Text("Pass up"), (NEW, ACCEPTED, ON_SCENE, PUTTING_RIGHT, ANSWERED), ESCALATED, reason=True),
        Move("claim", Text("Becomes a claim"), (ON_SCENE, PUTTING_RIGHT, ANSWERED, ESCALATED), CLAIM, reason=True),
        Move("withdraw", Text("Withdraw"), (*UNANSWERED, ANSWERED), WITHDRAWN, reason=True),
        Move("reopen", Text("Open again"), (AGREED, CALLED, FILED, WITHDRAWN), ACCEPTED, reason=True, sets=rules.opened_again),
    ),
    currency="currency", file_word="complaints", note=("received_on", "room_no", "guest"), faded=("state", (FILED, WITHDRAWN)),
    area="complaints", series="TS", fresh=rules.fresh,
)  # fmt: skip
