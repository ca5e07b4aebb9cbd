"""The office: documents in and out 收发文, files lent from the archive 档案借阅, trainings 培训记录 with who took part."""

from __future__ import annotations

from crm_desktop.duties.office import rules
from crm_desktop.duties.office.rules import (
    APPLIED,
    APPROVED,
    CIRCULATING,
    EVALUATED,
    FILED,
    FINISHED,
    HANDLED,
    HELD,
    IN,
    LENT,
    OUT,
    PLANNED,
    REFUSED,
    REGISTERED,
    RETURNED,
)
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.lines import Lines
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Rollup, Section
from crm_desktop.record.series import Series
from crm_desktop.record.text import Text

DIRECTIONS = ((IN, Text("Came in"), "blue"), (OUT, Text("Went out"), "purple"))
DOCUMENT_KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("letter", Text("Official letter")), ("notice", Text("Notice")), ("request", Text("Request for instructions")), ("report", Text("Written report")),
        ("reply", Text("Official reply")), ("contract", Text("Contract or agreement")), ("certificate", Text("Certificate or licence")), ("other", Text("Other document")),
    )
)  # fmt: skip
SECRECY = (("open", Text("Open to all"), ""), ("internal", Text("Internal"), ""), ("secret", Text("Confidential"), "red"))
URGENCY = (("normal", Text("Normal"), ""), ("urgent", Text("Urgent"), "amber"), ("express", Text("Most urgent"), "red"))
DOCUMENT_STATES = (
    (REGISTERED, Text("Registered"), "amber"), (CIRCULATING, Text("With the leaders"), "blue"), (HANDLED, Text("Being handled"), "blue"),
    (FINISHED, Text("Dealt with"), "green"), (FILED, Text("In the archive"), "grey"),
)  # fmt: skip
ARCHIVE = tuple(
    (code, text, "")
    for code, text in (
        ("client", Text("Client files")), ("complaint", Text("Complaint files")), ("claim", Text("Claims")), ("repair", Text("Repair orders")),
        ("contract", Text("Contracts")), ("credit", Text("Credit files")), ("event", Text("Event files")), ("survey", Text("Surveys")),
        ("care", Text("Maintenance files")), ("training", Text("Training files")), ("minutes", Text("Minutes")), ("other", Text("Other files")),
    )
)  # fmt: skip
LOAN_STATES = (
    (APPLIED, Text("Asked for"), "amber"), (APPROVED, Text("Approved"), "blue"), (LENT, Text("Lent out"), "purple"), (RETURNED, Text("Given back"), "green"),
    (REFUSED, Text("Refused"), "grey"),
)  # fmt: skip
TRAINING_KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("newcomer", Text("Newcomers")), ("product", Text("Products and prices")), ("service", Text("Service standards")), ("sales", Text("Selling")),
        ("system", Text("Systems and forms")), ("law", Text("Law and safety")), ("case", Text("Real cases")),
    )
)  # fmt: skip
REASONS = tuple(
    (code, text, "")
    for code, text in (
        ("plan", Text("Yearly plan")), ("complaint", Text("A complaint")), ("inspection", Text("An inspection")), ("product", Text("A new product")),
        ("request", Text("Asked for by staff")), ("instruction", Text("Asked for from above")),
    )
)  # fmt: skip
TRAINING_STATES = (
    (PLANNED, Text("Scheduled"), "blue"), (HELD, Text("Took place"), "green"), (EVALUATED, Text("Evaluated"), "grey"), (rules.CANCELLED, Text("Cancelled"), "grey"),
)  # fmt: skip
ATTENDANCE = ((rules.PRESENT, Text("Was there"), "green"), (rules.ON_LEAVE, Text("On leave"), "amber"), (rules.ABSENT, Text("Was missing"), "red"))
RESULTS = ((rules.PASSED, Text("Passed"), "green"), (rules.FAILED, Text("Not passed"), "red"))

DOCUMENT = Record(
    "document", Text("Document in or out"), Text("Documents in and out"),
    Section(
        Text("Registration"),
        Field("direction", Text("In or out"), Kind.CHOICE, required=True, closed=True, once=True, default=IN, choices=DIRECTIONS, width=84, words=("收发", "收文/发文")),
        Field("code", Text("Register no."), Kind.CODE, searched=True, width=124, words=("登记号", "收发文编号", "编号")),
        Field("name", Text("Title of the document"), required=True, searched=True, wide=True, width=240, words=("标题", "文件名称", "事由")),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期", "收发日期")),
        Field("party", Text("From or to whom"), searched=True, width=150, words=("来文单位", "收文单位", "来往单位")),
        Field("their_no", Text("Their no."), Kind.CODE, searched=True, width=120, words=("来文字号", "文号")),
        Field("kind", Text("Kind"), Kind.CHOICE, default="letter", choices=DOCUMENT_KINDS, codes="document_kind", width=84, words=("文种", "类别")),
        Field("urgency", Text("How urgent"), Kind.CHOICE, default="normal", choices=URGENCY, codes="document_urgency", width=84, words=("缓急",)),
        Field("secrecy", Text("Secrecy"), Kind.CHOICE, default="internal", choices=SECRECY, codes="secrecy", width=84, words=("密级",)),
        Field("copies", Text("Copies"), Kind.INT, default=1, least=1, most=999, width=64, words=("份数",)),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=170, words=("单位", "客户")),
    ),
    Section(
        Text("How it is handled"),
        Field("proposal", Text("What is proposed"), Kind.LONG, wide=True, words=("拟办意见",)),
        Field("opinion", Text("Leader's opinion"), Kind.LONG, wide=True, words=("领导批示",)),
        Field("readers", Text("Who reads it"), wide=True, words=("传阅", "签阅人")),
        owner(Text("Dealt with by")),
        Field("due", Text("Deadline"), Kind.DATE, width=104, words=("办理期限",)),
        Field("result", Text("How it was dealt with"), Kind.LONG, wide=True, words=("办理结果",)),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=REGISTERED, choices=DOCUMENT_STATES, width=96, words=("状态",)),
        Field("finished_on", Text("Dealt with on"), Kind.DATE, width=104, words=("办结日期",)),
        Field("shelf", Text("Box or shelf"), width=110, words=("归档位置", "档案盒号")),
    ),
    extra=(Field("late", Text("Days late"), Kind.INT, work=rules.document_late, of=("state", "due"), tint=rules.late_tone, width=76),),
    listed=("day", "direction", "name", "party", "state", "due", "late", "owner_id", "code", "urgency"),
    sorted_by="-day", sortable=("day", "code", "due"), filters=("direction", "state", "day", "owner_id"),
    indexes=(Index("code", unique=True), Index("state", "due", "owner_id"), Index("account_id", "day", "state")),
    machine=Machine(
        "state",
        Move("circulate", Text("Pass to the leaders"), (REGISTERED,), CIRCULATING),
        Move("handle", Text("Begin"), (REGISTERED, CIRCULATING), HANDLED),
        Move("finish", Text("Dealt with"), rules.UNFINISHED, FINISHED, guard=rules.result_missing, sets=rules.finished_on),
        Move("file", Text("Put into the archive"), (FINISHED,), FILED, guard=rules.shelf_missing),
        Move("reopen", Text("Open again"), (FINISHED, FILED), HANDLED, reason=True),
    ),
    series=Series({IN: "SW", OUT: "FW"}, by="direction", day="day"), file_word="documents", note=("day", "party"), area="office",
)  # fmt: skip

LOAN = Record(
    "archive_loan", Text("File lent"), Text("Files lent"),
    Section(
        Text("Application"),
        Field("name", Text("Which file"), required=True, searched=True, wide=True, width=220, words=("档案名称", "借阅内容")),
        Field("code", Text("Loan no."), Kind.CODE, searched=True, width=116, words=("借阅编号", "编号")),
        Field("kind", Text("Archive"), Kind.CHOICE, default="client", choices=ARCHIVE, codes="archive", width=92, words=("档案类别", "类别")),
        Field("archive_no", Text("File no."), Kind.CODE, searched=True, width=110, words=("档案号",)),
        owner(Text("Borrowed by")),
        Field("day", Text("Asked for on"), Kind.DATE, required=True, width=104, words=("申请日期", "日期")),
        Field("purpose", Text("What for"), required=True, wide=True, width=160, words=("用途", "借阅事由")),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=170, words=("单位", "客户")),
        Field("pages", Text("Pages"), Kind.INT, least=0, most=99_999, width=64, words=("页数",)),
        owner(Text("Approved by"), "approver_id"),
    ),
    Section(
        Text("Out and back"),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=APPLIED, choices=LOAN_STATES, width=84, words=("状态",)),
        Field("lent_on", Text("Lent on"), Kind.DATE, width=104, words=("借出日期",)),
        Field("due", Text("Back by"), Kind.DATE, width=104, words=("应还日期",), help=Text("Left empty: the same evening")),
        Field("returned_on", Text("Back on"), Kind.DATE, width=104, words=("归还日期",)),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=(Field("late", Text("Days late"), Kind.INT, work=rules.loan_late, of=("state", "due"), tint=rules.late_tone, width=76),),
    listed=("day", "name", "owner_id", "purpose", "state", "due", "late", "returned_on", "kind", "code"),
    sorted_by="-day", sortable=("day", "due", "code"), filters=("state", "kind", "day", "owner_id"),
    indexes=(Index("code", unique=True), Index("state", "due", "owner_id"), Index("account_id", "day", "state")),
    check=rules.check_loan, check_on=("lent_on", "due", "returned_on"),
    machine=Machine(
        "state",
        Move("approve", Text("Approve"), (APPLIED,), APPROVED, guard=rules.approver_missing),
        Move("refuse", Text("Refuse"), (APPLIED,), REFUSED, reason=True),
        Move("lend", Text("Hand over"), (APPROVED,), LENT, guard=rules.due_passed, sets=rules.lent),
        Move("return", Text("Is back"), (LENT,), RETURNED, sets=rules.returned),
        Move("reopen", Text("Open again"), (REFUSED,), APPLIED, reason=True),
    ),
    series=Series("JY", day="day"), file_word="archive-loans", note=("day", "owner_id"), area="office",
)  # fmt: skip

TRAINEE = Record(
    "trainee", Text("Who took part"), Text("Trainees"),
    Section(
        Text("Who took part"),
        Field("training_id", Text("Training"), Kind.REF, ref="training", required=True, width=190, words=("培训",)),
        Field("name", Text("Participant"), required=True, searched=True, width=120, words=("姓名", "参训人员")),
        Field("department_id", Text("Department"), Kind.REF, ref="department", width=100, words=("部门",)),
        Field("attendance", Text("Attendance"), Kind.CHOICE, required=True, closed=True, default=rules.PRESENT, choices=ATTENDANCE, width=92, words=("出勤",)),
        Field("score", Text("Score"), Kind.INT, least=0, most=1_000, width=72, words=("成绩", "得分")),
        Field("result", Text("Result of the test"), Kind.CHOICE, closed=True, choices=RESULTS, width=92, words=("考核结果", "结果")),
        Field("remark", Text("Remark"), wide=True, words=("备注",)),
    ),
    code="", listed=("name", "department_id", "attendance", "score", "result", "training_id"), sorted_by="name", sortable=("name",),
    filters=("training_id", "attendance", "result"), indexes=(Index("training_id", "attendance", "result"),),
    rollups=(
        Rollup(("training_id",), {"wanted": ()}, {}), Rollup(("training_id",), {"present": ()}, {}, "attendance", rules.PRESENT),
        Rollup(("training_id",), {"passed": ()}, {}, "result", rules.PASSED),
    ),
    check=rules.check_attendance, check_on=("attendance", "result"),
    file_word="trainees", papers=False, note=("training_id",), area="office", follows=("training_id",),
)  # fmt: skip

TRAINING = Record(
    "training", Text("Training"), Text("Trainings"),
    Section(
        Text("Training"),
        Field("name", Text("Topic"), required=True, searched=True, wide=True, width=220, words=("培训主题", "培训内容", "题目")),
        Field("code", Text("Training no."), Kind.CODE, searched=True, width=116, words=("培训编号", "编号")),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default="service", choices=TRAINING_KINDS, codes="training_kind", width=100, words=("类别",)),
        Field("reason", Text("Came from"), Kind.CHOICE, default="plan", choices=REASONS, codes="training_reason", width=100, words=("培训缘由", "来源")),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期", "培训日期")),
        Field("time", Text("Time"), Kind.TIME, width=64, words=("时间",)),
        Field("minutes", Text("Minutes long"), Kind.INT, default=60, least=1, most=9_999, width=84, words=("时长(分钟)", "时长")),
        Field("place", Text("Where"), width=100, words=("地点",)),
        Field("trainer", Text("Trainer"), searched=True, width=92, words=("讲师", "培训人")),
        owner(Text("Organised by")),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=170, words=("单位", "客户"), help=Text("Whose case it comes from, or whose people take part")),
        Field("complaint_id", Text("Complaint"), Kind.REF, ref="complaint", width=150, words=("投诉单号", "关联投诉")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=PLANNED, choices=TRAINING_STATES, width=84, words=("状态",)),
        Field("content", Text("Content"), Kind.LONG, wide=True, words=("培训提纲", "内容")),
        Field("material", Text("Material"), wide=True, words=("教材",)),
    ),
    Section(
        Text("Evaluation"),
        Field("evaluation", Text("Effect of the training"), Kind.LONG, wide=True, words=("效果评估", "培训效果")),
        Field("next", Text("Next step"), wide=True, words=("下一步",)),
        Field("next_on", Text("Next step on"), Kind.DATE, words=("下一步日期",)),
    ),
    extra=(
        Field("wanted", Text("Should come"), Kind.INT, default=0, derived=True, width=76),
        Field("present", Text("Came"), Kind.INT, default=0, derived=True, width=76),
        Field("passed", Text("Passed the test"), Kind.INT, default=0, derived=True, width=84),
        Field("rate", Text("Attendance (%)"), Kind.INT, work=rules.share, of=("present", "wanted"), width=92),
    ),
    listed=("day", "name", "kind", "trainer", "wanted", "present", "rate", "passed", "state", "owner_id", "code"),
    sorted_by="-day", sortable=("day", "code", "name"), filters=("state", "kind", "reason", "day"),
    indexes=(Index("code", unique=True), Index("state", "day", "owner_id"), Index("account_id", "day"), Index("complaint_id", "day")),
    machine=Machine(
        "state",
        Move("hold", Text("Took place"), (PLANNED,), HELD, guard=rules.attendance_missing),
        Move("evaluate", Text("Evaluate"), (HELD,), EVALUATED, guard=rules.evaluation_missing),
        Move("cancel", Text("Cancel"), (PLANNED,), rules.CANCELLED, reason=True),
        Move("reopen", Text("Open again"), (EVALUATED,), HELD, reason=True),
        Move("plan", Text("Plan again"), (rules.CANCELLED,), PLANNED),
    ),
    series=Series("PX", day="day"), file_word="trainings", note=("day", "kind"), area="office",
    lines=(Lines(TRAINEE, "training_id", ("name", "department_id", "attendance", "score"), title=Text("Who took part")),),
)  # fmt: skip
