"""Promotions 促销方案: what is offered to whom and when, at what price, who does what for it, and what it brought."""

from __future__ import annotations

from crm_desktop.duties.promotions import rules
from crm_desktop.duties.promotions.rules import (
    APPROVAL,
    BOOKED,
    CANCELLED,
    COMING,
    DECLINED,
    DONE,
    EVALUATION,
    FILED,
    OPEN,
    PREPARING,
    PROPOSED,
    RUNNING,
    SCHEME,
    SELLING,
    THINKING,
    TO_TELL,
    TOLD,
    UNDECIDED,
)
from crm_desktop.record.house import currency, hotel, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.lines import Lines
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Rollup, Row, Section
from crm_desktop.record.series import Series
from crm_desktop.record.text import Text

STATES = (
    (PROPOSED, Text("Proposed"), "grey"), (SCHEME, Text("Scheme being written"), "grey"), (APPROVAL, Text("In approval"), "amber"),
    (PREPARING, Text("Being prepared"), "blue"), (SELLING, Text("On sale"), "green"), (RUNNING, Text("Being carried out"), "green"),
    (EVALUATION, Text("Being evaluated"), "amber"), (FILED, Text("In the archive"), "grey"), (CANCELLED, Text("Cancelled"), "grey"),
)  # fmt: skip
ZONES = tuple(
    (code, text, "")
    for code, text in (
        ("rooms", Text("Rooms and stays")), ("chinese", Text("Chinese restaurant")), ("buffet", Text("All-day dining")), ("banquet", Text("Banquets and weddings")),
        ("meeting", Text("Meetings")), ("lobby", Text("Lobby bar")), ("retail", Text("Goods and gifts")), ("package", Text("Package")),
    )
)  # fmt: skip
ANSWERS = (
    (TO_TELL, Text("To be told"), "amber"), (TOLD, Text("Was told"), "blue"), (THINKING, Text("Thinks about it"), "blue"), (BOOKED, Text("Has booked"), "green"),
    (DECLINED, Text("Not this time"), "grey"),
)  # fmt: skip
TASK_STATES = ((OPEN, Text("To do"), "blue"), (DONE, Text("Done"), "green"))

def _done_on(row: Row, day: str) -> Row:
    return {} if row.get("done_on") else {"done_on": day}

def _not_done(_row: Row, _day: str) -> Row:
    return {"done_on": ""}

PRODUCT = Record(
    "promotion_product", Text("Product of a promotion"), Text("Products of promotions"),
    Section(
        Text("Product of a promotion"),
        Field("promotion_id", Text("Promotion"), Kind.REF, ref="promotion", required=True, width=170, words=("促销方案", "方案")),
        Field("zone", Text("Zone"), Kind.CHOICE, required=True, default="package", choices=ZONES, codes="promotion_zone", width=136, words=("营业区域", "区域")),
        Field("name", Text("Product"), required=True, searched=True, wide=True, width=160, words=("产品", "产品名称")),
        Field("list_price", Text("Usual price"), Kind.MONEY, least=0, width=100, words=("原价", "门市价")),
        Field("price", Text("Price"), Kind.MONEY, least=0, width=100, words=("成人价", "促销价", "价格")),
        Field("child_price", Text("Price for a child"), Kind.MONEY, least=0, width=100, words=("儿童价",)),
        Field("unit_cost", Text("Cost of one"), Kind.MONEY, least=0, width=100, words=("单位成本", "成本")),
        Field("allotment", Text("Allotment"), Kind.INT, least=0, most=999_999, width=84, words=("数量", "配额")),
        Field("sold", Text("How many were sold"), Kind.INT, least=0, most=999_999, width=84, words=("已售", "销量")),
        Field("remark", Text("Remark"), wide=True, words=("备注",)),
    ),
    extra=(Field("margin", Text("Left of one"), Kind.MONEY, work=rules.margin, of=("price", "unit_cost"), width=100),),
    code="", listed=("zone", "name", "price", "allotment", "sold", "unit_cost", "margin", "list_price", "child_price", "promotion_id"),
    sorted_by="name", sortable=("name",), filters=("promotion_id", "zone"), indexes=(Index("promotion_id", "zone"),),
    rollups=(Rollup(("promotion_id",), {"planned_value": ("price", "allotment"), "sold_value": ("price", "sold")}, {}),),
    file_word="promotion-products", papers=False, note=("promotion_id", "zone"), area="office", follows=("promotion_id",),
)  # fmt: skip

TASK = Record(
    "promotion_task", Text("Task of a promotion"), Text("Tasks of promotions"),
    Section(
        Text("Task of a promotion"),
        Field("promotion_id", Text("Promotion"), Kind.REF, ref="promotion", required=True, width=170, words=("促销方案", "方案")),
        Field("department_id", Text("Department"), Kind.REF, ref="department", width=100, words=("部门", "责任部门")),
        Field("name", Text("What to do"), required=True, searched=True, wide=True, width=240, words=("工作内容", "事项")),
        owner(Text("Who does it")),
        Field("due", Text("Deadline"), Kind.DATE, required=True, width=104, words=("完成期限", "截止日期")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=OPEN, choices=TASK_STATES, width=84, words=("状态",)),
        Field("done_on", Text("Done on"), Kind.DATE, width=104, words=("完成日期",)),
        Field("signed_by", Text("Signed by"), width=92, words=("签收人",)),
        Field("remark", Text("Remark"), wide=True, words=("备注",)),
    ),
    extra=(Field("late", Text("Days late"), Kind.INT, work=rules.task_late, of=("state", "due"), tint=rules.late_tone, width=76),),
    code="", listed=("due", "name", "department_id", "owner_id", "state", "late", "promotion_id", "signed_by"), sorted_by="due", sortable=("due", "name"),
    filters=("promotion_id", "state", "due", "owner_id"), indexes=(Index("promotion_id", "due", "state"), Index("state", "due", "owner_id")),
    rollups=(Rollup(("promotion_id",), {"tasks": ()}, {}), Rollup(("promotion_id",), {"tasks_done": ()}, {}, "state", DONE)),
    machine=Machine(
        "state",
        Move("done", Text("Done"), (OPEN,), DONE, sets=_done_on),
        Move("open", Text("Open again"), (DONE,), OPEN, sets=_not_done),
    ),
    file_word="promotion-tasks", papers=False, note=("due", "promotion_id"), area="office", follows=("promotion_id",),
)  # fmt: skip

OFFER = Record(
    "promotion_offer", Text("Promotion offered to a client"), Text("Promotions offered to clients"),
    Section(
        Text("Promotion offered to a client"),
        Field("promotion_id", Text("Promotion"), Kind.REF, ref="promotion", required=True, width=170, words=("促销方案", "方案")),
        Field("account_id", Text("Client"), Kind.REF, ref="account", required=True, width=180, words=("单位", "客户")),
        Field("person_id", Text("Contact"), Kind.REF, ref="person", width=110, words=("联系人",)),
        owner(Text("Told by")),
        Field("day", Text("Told on, or to be told by"), Kind.DATE, required=True, width=104, words=("告知日期", "推介日期", "日期")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=TO_TELL, choices=ANSWERS, width=92, words=("状态", "答复")),
        Field("said", Text("What they said to it"), wide=True, width=220, words=("客户反馈", "反馈")),
        Field("booking_id", Text("Booking"), Kind.REF, ref="booking", width=120, words=("预订", "预订号")),
    ),
    name="said", code="", titled="account_id", listed=("day", "account_id", "promotion_id", "state", "owner_id", "said", "booking_id"), sorted_by="day", sortable=("day",),
    filters=("promotion_id", "state", "day", "owner_id"),
    indexes=(
        Index("promotion_id", "day", "state"), Index("state", "day", "owner_id"), Index("account_id", "day", "state"),
        Index("person_id", "day"), Index("booking_id"),
    ),
    rollups=(Rollup(("promotion_id",), {"offers": ()}, {}), Rollup(("promotion_id",), {"offers_booked": ()}, {}, "state", BOOKED)),
    machine=Machine(
        "state",
        Move("tell", Text("Was told"), (TO_TELL,), TOLD, sets=rules.told),
        Move("think", Text("Thinks about it"), (TO_TELL, TOLD), THINKING, sets=rules.answered),
        Move("book", Text("Has booked"), UNDECIDED, BOOKED, sets=rules.answered),
        Move("decline", Text("Not this time"), UNDECIDED, DECLINED, guard=rules.answer_missing, sets=rules.answered),
        Move("again", Text("Tell again"), (TOLD, THINKING, DECLINED), TO_TELL),
    ),
    file_word="promotion-offers", papers=False, note=("promotion_id",), area="office", follows=("promotion_id", "account_id"),
)  # fmt: skip

PROMOTION = Record(
    "promotion", Text("Promotion"), Text("Promotions"),
    Section(
        Text("Promotion"),
        Field("name", Text("Theme"), required=True, searched=True, wide=True, width=160, words=("主题", "活动名称", "方案名称")),
        Field("code", Text("Promotion no."), Kind.CODE, searched=True, width=116, words=("方案编号", "编号")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=PROPOSED, choices=STATES, width=92, words=("状态",)),
        owner(Text("In charge")),
        hotel(),
        Field("background", Text("Background"), Kind.LONG, wide=True, words=("背景",)),
        Field("purpose", Text("What it is for"), Kind.LONG, wide=True, words=("目的",)),
        Field("target", Text("For whom"), wide=True, words=("目标客群", "对象")),
        Field("sell_from", Text("Sold from"), Kind.DATE, width=104, words=("销售开始", "预售开始")),
        Field("sell_to", Text("Sold until"), Kind.DATE, width=104, words=("销售截止", "预售截止")),
        Field("stay_from", Text("Used from"), Kind.DATE, width=104, words=("使用开始", "活动开始")),
        Field("stay_to", Text("Used until"), Kind.DATE, width=104, words=("使用截止", "活动结束")),
        Field("channels", Text("Channels"), wide=True, words=("渠道",)),
        Field("conditions", Text("Terms of use"), Kind.LONG, wide=True, words=("使用条款",)),
    ),
    Section(
        Text("How it is done"),
        Field("programme", Text("Programme"), Kind.LONG, wide=True, words=("活动内容", "流程")),
        Field("decoration", Text("Decoration"), Kind.LONG, wide=True, words=("布置", "装饰")),
        Field("media", Text("Media and leaflets"), Kind.LONG, wide=True, words=("宣传", "媒体")),
        Field("staffing", Text("Staff needed"), wide=True, words=("人员安排",)),
        Field("leaflets", Text("Leaflets"), Kind.INT, least=0, most=9_999_999, width=84, words=("宣传单张数",)),
        Field("messages", Text("Messages sent"), Kind.INT, least=0, most=9_999_999, width=84, words=("短信条数",)),
        Field("goal", Text("Revenue hoped for"), Kind.MONEY, least=0, width=112, words=("收入目标", "预计收入")),
        Field("budget", Text("Budget"), Kind.MONEY, least=0, width=112, words=("预算", "费用预算")),
        currency(),
    ),
    Section(
        Text("Evaluation"),
        Field("cost", Text("What it cost"), Kind.MONEY, least=0, width=112, words=("实际费用",)),
        Field("revenue", Text("What it brought"), Kind.MONEY, least=0, width=112, words=("实际收入",)),
        Field("new_clients", Text("New clients"), Kind.INT, least=0, most=99_999, width=84, words=("新增客户",)),
        Field("evaluation", Text("How it went"), Kind.LONG, wide=True, words=("效果评估", "评估")),
        Field("keep", Text("What to keep"), Kind.LONG, wide=True, words=("值得保留", "经验")),
        Field("stop", Text("What to leave out"), Kind.LONG, wide=True, words=("需要改进", "教训")),
    ),
    extra=(
        Field("evaluate_by", Text("Evaluation due"), Kind.DATE, settled=True, width=104),
        Field("planned_value", Text("If all is sold"), Kind.MONEY, derived=True, width=112),
        Field("sold_value", Text("Sold"), Kind.MONEY, derived=True, width=112),
        Field("tasks", Text("Tasks"), Kind.INT, default=0, derived=True, width=72),
        Field("tasks_done", Text("Tasks done"), Kind.INT, default=0, derived=True, width=84),
        Field("offers", Text("Clients to be told"), Kind.INT, default=0, derived=True, width=84),
        Field("offers_booked", Text("Clients that booked"), Kind.INT, default=0, derived=True, width=84),
        Field("gain", Text("Gain (%)"), Kind.INT, work=rules.gain, of=("revenue", "cost"), width=84),
    ),
    listed=("name", "state", "sell_from", "sell_to", "stay_to", "budget", "sold_value", "owner_id", "tasks_done", "tasks", "code"),
    sorted_by="-sell_from", sortable=("sell_from", "name", "code"), filters=("state", "sell_from", "owner_id"),
    indexes=(Index("code", unique=True), Index("state", "evaluate_by"), Index("sell_from", "state")),
    settle=rules.settle, settle_on=("sell_to", "stay_to"), check=rules.check, check_on=("sell_from", "sell_to", "stay_from", "stay_to"),
    machine=Machine(
        "state",
        Move("scheme", Text("Write the scheme"), (PROPOSED,), SCHEME, guard=rules.purpose_missing),
        Move("submit", Text("Ask for approval"), (SCHEME,), APPROVAL, guard=rules.scheme_missing),
        Move("approve", Text("Approve"), (APPROVAL,), PREPARING, approves="promotion", amount="budget"),
        Move("return", Text("Send back"), (APPROVAL,), SCHEME, reason=True, approves="promotion"),
        Move("sell", Text("Begin selling"), (PREPARING,), SELLING, guard=rules.not_yet_sold),
        Move("run", Text("Carry out"), (SELLING,), RUNNING, guard=rules.not_yet_used),
        Move("evaluate", Text("Evaluate"), (RUNNING,), EVALUATION, guard=rules.not_over),
        Move("file", Text("Put into the archive"), (EVALUATION,), FILED, guard=rules.evaluation_missing),
        Move("cancel", Text("Cancel"), (*COMING, SELLING), CANCELLED, reason=True),
        Move("reopen", Text("Open again"), (CANCELLED,), PROPOSED, reason=True),
    ),
    currency="currency", series=Series("CX", day="sell_from"), file_word="promotions", note=("sell_from", "state"), area="office",
    lines=(
        Lines(PRODUCT, "promotion_id", ("zone", "name", "price", "allotment"), title=Text("Products"), after=0),
        Lines(TASK, "promotion_id", ("name", "department_id", "owner_id", "due"), title=Text("Who does what"), after=1),
        Lines(OFFER, "promotion_id", ("account_id", "owner_id", "day"), title=Text("Clients it is offered to"), after=0),
    ),
)  # fmt: skip
