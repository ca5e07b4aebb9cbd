"""Big events 大型保养活动: the scheme with programme, budget, helpers and risks; who is invited, answers, comes and sits where."""

from __future__ import annotations

from crm_desktop.duties.events import rules
from crm_desktop.duties.events.rules import (
    ABSENT,
    APPROVAL,
    CAME,
    CANCELLED,
    COMING,
    COST,
    DECLINED,
    DRAFT,
    HELD,
    HELPER,
    INVITING,
    PROGRAMME,
    QUOTA,
    RISK,
    SENT,
    SUMMED,
    UNSENT,
    UNSURE,
)
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Rollup, Section
from crm_desktop.record.series import Series
from crm_desktop.record.text import Text

STATES = (
    (DRAFT, Text("Being planned"), "grey"), (APPROVAL, Text("In approval"), "amber"), (INVITING, Text("Inviting"), "blue"), (HELD, Text("Held"), "green"),
    (SUMMED, Text("Summed up"), "blue"), (CANCELLED, Text("Called off"), "red"),
)  # fmt: skip
ANSWERS = (
    (UNSENT, Text("Invitation not sent"), "grey"), (SENT, Text("Invitation sent"), "blue"), (COMING, Text("Comes"), "green"), (DECLINED, Text("Does not come"), "red"),
    (UNSURE, Text("Not sure yet"), "amber"), (CAME, Text("Came to it"), "green"), (ABSENT, Text("Stayed away"), "red"),
)  # fmt: skip
KINDS = (
    (PROGRAMME, Text("Point of the programme"), ""), (COST, Text("Budget line"), ""), (HELPER, Text("Helper"), ""), (RISK, Text("Risk"), ""),
    (QUOTA, Text("Guests a seller brings"), ""),
)  # fmt: skip


CARE, COMMUNITY, CULTURE, CLUB = "care", "community", "culture", "club"
EVENT_KINDS = tuple(
    (code, text, "")
    for code, text in ((CARE, Text("To keep clients")), (COMMUNITY, Text("With the neighbourhood")), (CULTURE, Text("Culture")), (CLUB, Text("Residents and club")))
)  # fmt: skip
_HALL = "crm_desktop.duties.events.actions_hall"


def _number(name: str, label: Text, least: int, most: int, *words: str, default: int | None = None) -> Field:
    return Field(name, label, Kind.INT, least=least, most=most, default=default, width=76, words=words)


def _long(name: str, label: Text, *words: str) -> Field:
    return Field(name, label, Kind.LONG, wide=True, words=words)


def _count(name: str, label: Text, width: int = 76) -> Field:
    return Field(name, label, Kind.INT, default=0, derived=True, width=width)


def _when(target: str, value: str) -> Rollup:
    return Rollup(("event_id",), {target: ("persons",)}, {}, "state", value)


BIG_EVENT = Record(
    "big_event", Text("Guest event"), Text("Guest events"),
    Section(
        Text("Guest event"),
        Field("name", Text("Theme"), required=True, searched=True, wide=True, width=200, words=("主题", "活动名称")),
        Field("code", Text("Event no."), Kind.CODE, searched=True, width=116, words=("活动编号", "编号")),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default=CARE, choices=EVENT_KINDS, codes="event_kind", width=110, words=("类别", "活动类别")),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期", "活动日期")),
        Field("time", Text("Time"), Kind.TIME, width=64, words=("时间",)),
        Field("ends", Text("Ends at"), Kind.TIME, width=64, words=("结束时间",)),
        Field("place", Text("Hall"), width=110, words=("场地", "厅")),
        _number("tables", Text("Tables"), 0, 500, "桌数"), _number("per_table", Text("Persons a table"), 1, 40, "每桌人数", default=10),
        owner(Text("In charge")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=DRAFT, choices=STATES, width=92, words=("状态",)),
        Field("public", Text("Open to the public"), Kind.BOOL, width=84, words=("公开活动",), help=Text("State bodies, state-owned firms and their people are invited to public events only")),
        _long("purpose", Text("What it is for"), "目的"), _long("target", Text("Who is invited"), "邀请对象"),
        Field("partners", Text("Partners"), wide=True, words=("合作单位", "协办单位"), help=Text("Street office, schools, shops, clubs: who does it with the house")),
        Field("booking_id", Text("Booking of the hall"), Kind.REF, ref="booking", width=120, words=("场地预订",), help=Text("Made when it is approved, and follows the event")),
    ),
    Section(
        Text("Summary"),
        _long("summary", Text("Summary"), "总结"), _long("why", Text("Why more was spent"), "超支原因"),
    ),
    extra=(
        Field("planned", Text("Budget"), Kind.MONEY, derived=True, width=108), Field("actual", Text("Spent"), Kind.MONEY, derived=True, width=108),
        Field("granted", Text("Approved"), Kind.MONEY, hidden=True),
        _count("invited", Text("Invited")), _count("coming", Text("Come")), _count("came", Text("Were there"), 84),
        Field("over", Text("Over or under"), Kind.MONEY, work=rules.over, of=("planned", "actual"), tint=rules.over_tone, width=104),
        Field("each", Text("Cost a guest"), Kind.MONEY, work=rules.per_guest, of=("actual", "came"), width=100),
    ),
    listed=("day", "name", "state", "invited", "coming", "came", "planned", "actual", "each", "over", "place", "owner_id", "code"),
    sorted_by="-day", sortable=("day", "code", "name"), filters=("state", "kind", "day", "owner_id"), indexes=(Index("code", unique=True), Index("state", "day")),
    machine=Machine(
        "state",
        Move("submit", Text("Ask for approval"), (DRAFT,), APPROVAL, guard=rules.may_submit, sets=rules.asked_for, effect=f"{_HALL}:asked"),
        Move("approve", Text("Approve"), (APPROVAL,), INVITING, approves="care", amount="planned", effect=f"{_HALL}:approved"),
        Move("return", Text("Send back"), (APPROVAL,), DRAFT, reason=True, approves="care"),
        Move("hold", Text("It took place"), (INVITING,), HELD, effect="crm_desktop.duties.events.actions:held"),
        Move("sum-up", Text("Sum up"), (HELD,), SUMMED, guard=rules.may_sum_up),
        Move("cancel", Text("Call off"), (DRAFT, APPROVAL, INVITING), CANCELLED, reason=True, effect=f"{_HALL}:called_off"),
        Move("reopen", Text("Open again"), (SUMMED,), HELD, reason=True),
    ),
    effect=f"{_HALL}:moved", effect_on=("day", "time", "ends", "place", "tables", "per_table", "name"),
    series=Series("HD", day="day"), file_word="guest-events", note=("day", "state"), area="funds",
)  # fmt: skip

EVENT_GUEST = Record(
    "event_guest", Text("Guest of an event"), Text("Guests of events"),
    Section(
        Text("Guest of an event"),
        Field("event_id", Text("Guest event"), Kind.REF, ref="big_event", required=True, width=150, words=("活动",)),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=180, words=("单位", "客户")),
        Field("person_id", Text("Guest"), Kind.REF, ref="person", width=110, words=("嘉宾", "联系人")),
        Field("name", Text("Name on the card"), data="personal", searched=True, width=120, words=("姓名", "席签")),
        Field("persons", Text("Persons"), Kind.INT, required=True, default=1, least=1, most=99, width=64, words=("人数",)),
        owner(Text("Seller")),
        Field("state", Text("Answer to the invitation"), Kind.CHOICE, closed=True, default=UNSENT, choices=ANSWERS, width=96, words=("请柬", "回复")),
        Field("sent_on", Text("Sent on"), Kind.DATE, width=104, words=("发出日期",)),
        Field("replied_on", Text("Answered on"), Kind.DATE, width=104, words=("回复日期",)),
        Field("table_no", Text("Table"), Kind.INT, least=1, most=500, width=64, words=("桌号",)),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注", "忌口")),
    ),
    code="", titled="account_id", listed=("account_id", "person_id", "name", "persons", "state", "table_no", "owner_id", "replied_on", "event_id"),
    sorted_by="name", sortable=("name", "sent_on", "replied_on"), filters=("event_id", "state", "owner_id"),
    indexes=(Index("event_id", "state", "persons"), Index("account_id", "state"), Index("person_id", "state")),
    rollups=(Rollup(("event_id",), {"invited": ("persons",)}, {}), _when("coming", COMING), _when("came", CAME)),
    check=rules.check_guest, check_on=("account_id", "person_id", "name", "table_no", "event_id.tables", "event_id.public", "state", "account_id.type", "person_id.account_id.type"),
    machine=Machine(
        "state",
        Move("send", Text("Invitation sent"), (UNSENT,), SENT, sets=rules.sent, effect="crm_desktop.duties.events.actions:sent"),
        Move("accept", Text("Comes"), (SENT, UNSURE, DECLINED), COMING, sets=rules.replied),
        Move("decline", Text("Does not come"), (SENT, UNSURE, COMING), DECLINED, sets=rules.declined),
        Move("unsure", Text("Not sure yet"), (SENT, COMING), UNSURE, sets=rules.replied),
        Move("came", Text("Came to it"), (SENT, UNSURE, COMING, ABSENT), CAME),
        Move("absent", Text("Stayed away"), (COMING, CAME), ABSENT),
        Move("again", Text("Invitation not sent"), (SENT, DECLINED), UNSENT, reason=True),
    ),
    effect="crm_desktop.duties.events.actions:seated", effect_on=("table_no", "persons"),
    file_word="event-guests", papers=False, note=("event_id", "state"), area="funds", follows=("event_id", "account_id"),
)  # fmt: skip

EVENT_LINE = Record(
    "event_line", Text("Line of an event"), Text("Programme, budget, people"),
    Section(
        Text("Line of an event"),
        Field("event_id", Text("Guest event"), Kind.REF, ref="big_event", required=True, width=150, words=("活动",)),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, closed=True, default=PROGRAMME, choices=KINDS, width=110, words=("类别",)),
        Field("time", Text("Time"), Kind.TIME, width=64, words=("时间",)),
        Field("name", Text("What"), required=True, searched=True, wide=True, width=220, words=("内容", "项目")),
        owner(Text("Who does it")),
        _number("number", Text("How many"), 0, 9_999, "数量", "配额"),
        Field("planned", Text("Budget"), Kind.MONEY, least=0, width=104, words=("预算",)),
        Field("actual", Text("Spent"), Kind.MONEY, least=0, width=104, words=("实际",)),
        Field("measure", Text("What is done against it"), wide=True, width=160, words=("对策", "措施")),
    ),
    code="", listed=("kind", "time", "name", "owner_id", "number", "planned", "actual", "measure", "event_id"), sorted_by="time", sortable=("time", "name"), filters=("event_id", "kind"),
    indexes=(Index("event_id", "kind", "time"),), rollups=(Rollup(("event_id",), {"planned": ("planned",), "actual": ("actual",)}, {}),),
    check=rules.check_line, check_on=("id", "planned", "event_id.state"),
    joining=f"{_HALL}:helper", effect="crm_desktop.duties.events.actions:line_changed", effect_on=("planned", "event_id", "kind", "owner_id"), leaving=f"{_HALL}:line_leaving",
    file_word="event-lines", papers=False, note=("event_id", "kind"), area="funds", follows=("event_id",),
)  # fmt: skip
