"""The register of requests 个人信息请求登记: who asked for a copy, a correction or erasing, when, what was decided, and what shows it."""

from __future__ import annotations

from crm_desktop.duties.consents import rules_requests as rules
from crm_desktop.record.dates import business_date
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Row, Section
from crm_desktop.record.series import Series
from crm_desktop.record.text import Text

KINDS = (
    (rules.COPY, Text("Copy of their data"), "blue"), (rules.CORRECT, Text("Correction"), "amber"), (rules.DELETE, Text("Erasing"), "red"),
    (rules.EXPLAIN, Text("What is kept, and what for"), "grey"),
)  # fmt: skip
WAYS = tuple(
    (code, text, "")
    for code, text in (
        ("person", Text("At the desk")), ("letter", Text("Letter")), ("mail", Text("E-mail")), ("phone", Text("Phone")), ("wechat", Text("WeChat")),
        ("office", Text("Through an authority")),
    )
)  # fmt: skip
HOLDS = tuple(
    (code, text, "amber")
    for code, text in (
        ("books", Text("Bills and vouchers (Accounting Law)")), ("register", Text("Register of guests (public security)")), ("debt", Text("Open bill or claim")),
        ("suit", Text("Dispute or law suit")), ("contract", Text("Running contract")), ("order", Text("Order of an authority")),
    )
)  # fmt: skip
DECISIONS = ((rules.GRANTED, Text("Granted"), "green"), (rules.PARTLY, Text("Granted in part"), "amber"), (rules.REFUSED, Text("Refused"), "red"))
STATES = (
    (rules.RECEIVED, Text("Received"), "amber"), (rules.CHECKED, Text("Person recognised"), "blue"), (rules.DECIDED, Text("Decided"), "blue"),
    (rules.ANSWERED, Text("Answered"), "green"), (rules.DROPPED, Text("Taken back by the person"), "grey"),
)  # fmt: skip


def _fresh() -> Row:
    return {"received_on": business_date()}


DATA_REQUEST = Record(
    "data_request", Text("Request about personal data"), Text("Requests about personal data"),
    Section(
        Text("What was asked"),
        Field("code", Text("No."), Kind.CODE, searched=True, width=120, words=("编号",), help=Text("Given by itself where nothing is typed")),
        Field("person_id", Text("Person"), Kind.REF, ref="person", width=120, words=("姓名", "客人")),
        Field("name", Text("Who asks"), searched=True, data="personal", width=110, words=("申请人",), help=Text("Where it is somebody else: a guardian, a lawyer, or nobody we know yet")),
        Field("kind", Text("What is asked"), Kind.CHOICE, required=True, closed=True, default=rules.COPY, choices=KINDS, width=120, words=("请求事项",)),
        Field("received_on", Text("Request came on"), Kind.DATE, required=True, width=104, words=("收到日期",)),
        Field("way", Text("By which way it came"), Kind.CHOICE, default="person", choices=WAYS, codes="data_request_way", width=92, words=("途径",)),
        Field("identity", Text("How they were recognised"), data="personal", wide=True, words=("核验方式",), help=Text("Identity paper seen, number called back: never a copy of the paper")),
        owner(Text("Who sees to it")),
        Field("words", Text("In their words"), Kind.LONG, data="personal", wide=True, words=("内容",)),
    ),
    Section(
        Text("The decision"),
        Field("state", Text("Status"), Kind.CHOICE, required=True, closed=True, default=rules.RECEIVED, choices=STATES, width=120, words=("状态",)),
        Field("hold", Text("What must be kept"), Kind.CHOICE, choices=HOLDS, codes="data_request_hold", width=150, words=("法定保留",)),
        Field("hold_reason", Text("Which rows, until when"), wide=True, words=("保留理由",)),
        Field("decision", Text("Our decision"), Kind.CHOICE, closed=True, choices=DECISIONS, width=104, words=("决定",)),
        Field("decided_on", Text("Decided on"), Kind.DATE, width=104, words=("决定日期",)),
        Field("reason", Text("Why not, or not all"), Kind.LONG, wide=True, words=("理由",)),
    ),
    Section(
        Text("What shows it"),
        Field("done_on", Text("Answered on"), Kind.DATE, width=104, words=("答复日期",)),
        Field("done", Text("What was done"), Kind.LONG, wide=True, words=("处理情况",)),
        Field("entry", Text("Entry of the log"), Kind.CODE, width=110, words=("日志号",), help=Text("Filled in by itself by a copy or by erasing")),
        Field("file_hash", Text("SHA-256 of the file"), Kind.CODE, whole=True, width=180, words=("文件校验值",), help=Text("Filled in by itself: shows that a file is the one that was handed over")),
    ),
    extra=(
        Field("due", Text("Answer at the latest"), Kind.DATE, settled=True, width=104),
        Field("waits_until", Text("Waits until"), Kind.DATE, settled=True, hidden=True),
    ),
    name="code", titled="person_id", listed=("code", "person_id", "kind", "due", "state", "decision", "received_on", "hold", "done_on", "name", "owner_id"),
    faded=("state", (rules.ANSWERED, rules.DROPPED)), sorted_by="-received_on", sortable=("received_on", "due", "done_on"), filters=("kind", "state", "decision"),
    indexes=(Index("code", unique=True), Index("person_id", "received_on"), Index("waits_until", "id"), Index("state", "kind")),
    settle=rules.settle, settle_on=("received_on", "state"),
    check=rules.check, check_on=("person_id", "name", "state", "hold", "hold_reason", "decision", "reason", "kind"),
    machine=Machine(
        "state",
        Move("check", Text("Person recognised"), (rules.RECEIVED,), rules.CHECKED, guard=rules.identity_missing),
        Move("decide", Text("Decide"), (rules.CHECKED,), rules.DECIDED, guard=rules.decision_missing, sets=rules.decided),
        Move("answer", Text("Answered"), (rules.DECIDED,), rules.ANSWERED, guard=rules.proof_missing, sets=rules.answered),
        Move("drop", Text("Taken back by the person"), (rules.RECEIVED, rules.CHECKED), rules.DROPPED, reason=True),
        Move("reopen", Text("Open again"), (rules.ANSWERED, rules.DROPPED), rules.CHECKED, reason=True),
    ),
    fresh=_fresh, series=Series("GR", day="received_on"), file_word="data-requests", note=("kind", "received_on"), area="clients", follows=("person_id",),
    lasting=Text("A request stays in the register. Take the step 'Taken back by the person' instead."),
)  # fmt: skip
