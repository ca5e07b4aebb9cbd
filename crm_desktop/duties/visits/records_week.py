"""Around the visits: a seller's week with its approval and report 周计划与周报, rounds of tables 巡台/敬酒, telephone sheets 电话拜访表."""

from __future__ import annotations

from crm_desktop.duties.visits import rules_week as rules
from crm_desktop.duties.visits.records import RESULTS
from crm_desktop.duties.visits.rules_week import (
    APPROVED,
    ASKED,
    DECLINED,
    DRAFT,
    IN_HOUSE,
    LATER,
    MONTH,
    NOBODY,
    PHONE,
    REACHED,
    READ,
    REPORTED,
    WAITING,
    WEEK,
)
from crm_desktop.record.clock import stamp
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Rollup, Row, Section
from crm_desktop.record.text import Text

_HERE = "crm_desktop.duties.visits.actions_week"
WEEK_STATES = (
    (DRAFT, Text("Plan in the making"), "grey"), (ASKED, Text("With the sales manager"), "amber"), (APPROVED, Text("Approved"), "green"),
    (REPORTED, Text("Report handed in"), "blue"), (READ, Text("Report read"), "grey"),
)  # fmt: skip
SPANS = ((WEEK, Text("Week"), ""), (MONTH, Text("Month"), ""))
MOODS = (("glad", Text("In high spirits"), "green"), ("plain", Text("At ease"), "grey"), ("cold", Text("Displeased"), "red"))
SHEET_KINDS = ((PHONE, Text("Telephone sheet"), ""), (IN_HOUSE, Text("In-house guests to see"), ""))
LINE_STATES = (
    (WAITING, Text("To be called"), "blue"), (REACHED, Text("Reached"), "green"), (NOBODY, Text("No answer"), "amber"), (LATER, Text("Call again later"), "amber"),
    (DECLINED, Text("Would not talk"), "grey"),
)  # fmt: skip
LEADS = (("cold", Text("Nothing in sight"), "grey"), ("warm", Text("May become something"), "amber"), ("hot", Text("Wants something"), "green"), ("won", Text("Became business"), "blue"))


def _client() -> Field:
    return Field("account_id", Text("Client"), Kind.REF, ref="account", width=180, words=("单位", "客户"))


def _person(label: Text) -> Field:
    return Field("person_id", label, Kind.REF, ref="person", width=110, words=("客人", "联系人"))


def _long(name: str, label: Text, *words: str) -> Field:
    return Field(name, label, Kind.LONG, wide=True, words=words)


def _now() -> Row:
    return stamp("day", "time")


def _called(_row: Row, _day: str) -> Row:
    return stamp("called_on", "called_at")


VISIT_WEEK = Record(
    "visit_week", Text("Week or month of a seller"), Text("Weeks and months: plan and report"),
    Section(
        Text("Week or month of a seller"),
        owner(Text("Seller")),
        Field("span", Text("Week or month"), Kind.CHOICE, required=True, closed=True, default=WEEK, choices=SPANS, width=64, words=("周/月", "周期")),
        Field("week", Text("First day"), Kind.DATE, required=True, width=108, words=("周一日期", "周次", "起始日期")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=DRAFT, choices=WEEK_STATES, width=120, words=("状态",)),
        Field("aim", Text("What these days are for"), wide=True, width=200, words=("本周重点",)),
        Field("asked_on", Text("Handed in on"), Kind.DATE, width=104, words=("报批日期",)),
        _long("manager_words", Text("Manager's comment"), "经理批示"),
    ),
    Section(
        Text("Report on it"),
        _long("went_well", Text("What went well"), "本周收获"), _long("went_badly", Text("What did not go well"), "本周不足"), _long("next_week", Text("What comes next"), "下周打算", "下月打算"),
        Field("reported_on", Text("Report of"), Kind.DATE, width=104, words=("周报日期", "月报日期")),
    ),
    extra=(Field("due", Text("Report due by"), Kind.DATE, settled=True, width=104),),
    name="week", code="", titled="owner_id", listed=("week", "span", "owner_id", "state", "aim", "asked_on", "due", "reported_on"),
    sorted_by="-week", sortable=("week",), filters=("state", "span", "owner_id", "week"), indexes=(Index("owner_id", "span", "week", unique=True), Index("state", "week"), Index("state", "due")),
    settle=rules.settle_week, settle_on=("span", "week"),
    check=rules.check_week, check_on=("week", "span", "owner_id"),
    machine=Machine(
        "state",
        Move("ask", Text("Ask for approval"), (DRAFT,), ASKED, sets=rules.asked_on, effect=f"{_HERE}:week_asked"),
        Move("approve", Text("Approve"), (ASKED,), APPROVED, approves="visits"),
        Move("return", Text("Send back"), (ASKED,), DRAFT, reason=True, approves="visits"),
        Move("report", Text("Hand in the report"), (APPROVED,), REPORTED, guard=rules.report_missing, sets=rules.reported_on, effect=f"{_HERE}:week_reported"),
        Move("read", Text("Has been read"), (REPORTED,), READ, approves="visits"),
        Move("reopen", Text("Open again"), (APPROVED, REPORTED), DRAFT, reason=True),
    ),
    file_word="visit-weeks", note=("week",), area="visits",
)  # fmt: skip

TABLE_LINE = Record(
    "table_line", Text("Table visited"), Text("Tables visited"),
    Section(
        Text("Table visited"),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("time", Text("Time"), Kind.TIME, width=64, words=("时间",)),
        Field("name", Text("Table or private room"), required=True, searched=True, width=100, words=("桌号", "包厢")),
        Field("guest", Text("Guest at the table"), data="personal", searched=True, width=100, words=("客人", "主宾")),
        _client(), _person(Text("Guest or contact")),
        Field("mood", Text("Mood at the table"), Kind.CHOICE, closed=True, default="plain", choices=MOODS, width=84, words=("情绪", "客人情绪")),
        Field("toasted", Text("Toasted"), Kind.BOOL, width=68, words=("敬酒", "已敬酒")),
        Field("dish", Text("Dish sent back"), width=110, words=("退菜", "剩菜")),
        Field("promise", Text("What we promised"), width=160, words=("承诺",)),
        Field("promise_on", Text("Promised by us for"), Kind.DATE, width=104, words=("承诺日期",)),
        Field("words", Text("What was said"), wide=True, width=180, words=("内容",)),
        Field("booking_id", Text("Booking"), Kind.REF, ref="booking", width=110, words=("预订",)),
        owner(Text("By")),
    ),
    code="", listed=("day", "time", "name", "guest", "mood", "dish", "promise", "words", "toasted", "account_id", "person_id", "promise_on", "owner_id"),
    sorted_by="-day", sortable=("day", "name"), filters=("mood", "day", "owner_id"),
    indexes=(Index("account_id", "day"), Index("person_id", "day"), Index("booking_id", "day"), Index("mood", "day")), fresh=_now,
    joining=f"{_HERE}:table_promised", effect=f"{_HERE}:table_promised", effect_on=("promise",), file_word="tables-visited", papers=False, area="visits", follows=("account_id",),
)  # fmt: skip

CALL_SHEET = Record(
    "call_sheet", Text("Call sheet"), Text("Telephone sheets"),
    Section(
        Text("Call sheet"),
        Field("name", Text("Subject"), required=True, searched=True, wide=True, width=220, words=("主题", "名称")),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, closed=True, default=PHONE, choices=SHEET_KINDS, width=120, words=("类别",)),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        owner(Text("Who calls")),
        Field("most", Text("Lines at most"), Kind.INT, required=True, default=rules.QUOTA[PHONE], least=1, most=200, width=72, words=("数量", "定额")),
        _long("script", Text("What to say and ask"), "话术", "要点"),
    ),
    extra=(
        Field("lines", Text("Lines"), Kind.INT, default=0, derived=True, width=64), Field("waiting", Text("To be called"), Kind.INT, default=0, derived=True, width=72),
        Field("reached", Text("Reached"), Kind.INT, default=0, derived=True, width=72),
    ),
    code="", listed=("day", "name", "kind", "owner_id", "lines", "reached", "waiting"), sorted_by="-day", sortable=("day", "name"), filters=("kind", "owner_id", "day"),
    indexes=(Index("owner_id", "day"),), file_word="call-sheets", papers=False, area="visits",
)  # fmt: skip

CALL_LINE = Record(
    "call_line", Text("Call of a sheet"), Text("Calls of a sheet"),
    Section(
        Text("Whom to call, and why"),
        Field("sheet_id", Text("Call sheet"), Kind.REF, ref="call_sheet", ref_code="", required=True, width=160, words=("电话拜访表",)),
        _client(), _person(Text("Guest or contact")),
        Field("name", Text("Whom"), data="personal", searched=True, width=84, words=("姓名",)),
        Field("phone", Text("Phone"), searched=True, data="personal", sensitive="contact", width=130, words=("电话", "手机")),
        Field("room_no", Text("Room no."), Kind.CODE, width=68, words=("房号",)),
        Field("why", Text("Why"), wide=True, width=150, words=("原因", "理由")),
        Field("attempt", Text("Attempt"), Kind.INT, default=1, least=1, most=9, width=64, words=("第几次",)),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=WAITING, choices=LINE_STATES, width=104, words=("状态",)),
    ),
    Section(
        Text("What came of it"),
        Field("result", Text("Result"), Kind.CHOICE, choices=RESULTS, codes="visit_result", width=100, words=("结果",)),
        Field("words", Text("What was said"), Kind.LONG, wide=True, width=200, words=("内容", "纪要")),
        Field("next", Text("Next step"), wide=True, words=("下一步",)), Field("next_on", Text("Next step on"), Kind.DATE, words=("下一步日期",)),
        Field("called_on", Text("Called on"), Kind.DATE, width=104, words=("通话日期",)), Field("called_at", Text("Called at"), Kind.TIME, width=64, words=("通话时间",)),
        Field("seconds", Text("Talked for, seconds"), Kind.INT, least=0, most=86_400, width=84, words=("通话秒数", "通话时长")),
        Field("lead", Text("Prospects"), Kind.CHOICE, closed=True, choices=LEADS, width=104, words=("意向", "线索状态")),
    ),
    code="", listed=("name", "account_id", "why", "state", "phone", "result", "words", "called_on", "lead", "attempt", "room_no", "person_id", "sheet_id"),
    sorted_by="called_on", sortable=("called_on",), filters=("state", "result", "lead", "sheet_id"),
    indexes=(Index("sheet_id", "state"), Index("account_id", "called_on"), Index("person_id", "called_on"), Index("state", "called_on")),
    rollups=(
        Rollup(("sheet_id",), {"lines": ()}, {}), Rollup(("sheet_id",), {"waiting": ()}, {}, when="state", value=WAITING), Rollup(("sheet_id",), {"reached": ()}, {}, when="state", value=REACHED),
    ),
    check=rules.check_line, check_on=("account_id", "person_id", "name"),
    machine=Machine(
        "state",
        Move("reached", Text("Was reached"), (WAITING,), REACHED, guard=rules.answer_missing, sets=_called, effect=f"{_HERE}:call_made"),
        Move("nobody", Text("Nobody answered"), (WAITING,), NOBODY, sets=_called, effect=f"{_HERE}:call_again"),
        Move("later", Text("Wants another time"), (WAITING,), LATER, sets=_called, effect=f"{_HERE}:call_again"),
        Move("declined", Text("Would not talk"), (WAITING,), DECLINED, sets=_called),
    ),
    effect=f"{_HERE}:call_kept", effect_on=("sheet_id", "account_id", "person_id", "name", "result", "words", "called_on", "called_at", "seconds"),
    leaving=f"{_HERE}:call_leaving", file_word="calls", papers=False, area="visits", follows=("sheet_id",),
)  # fmt: skip
