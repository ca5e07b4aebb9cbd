"""Booking register 预订登记: who wants what, when, where, for how many, and how far it has come."""

from __future__ import annotations

from crm_desktop.duties.bookings import rules
from crm_desktop.record.house import currency, hotel, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text

KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("room", Text("Individual rooms")), ("table", Text("Table in a restaurant")), ("group", Text("Group")), ("meeting", Text("Meeting")), ("banquet", Text("Banquet")),
        ("wedding", Text("Wedding")), ("private-room", Text("Private room")),
    )
)  # fmt: skip
PERIODS = (("lunch", Text("Lunch"), ""), ("dinner", Text("Dinner"), ""), ("day", Text("All day"), ""))
INQUIRY, TENTATIVE, DEFINITE, LOST, CANCELLED, DONE = "inquiry", "tentative", "definite", "lost", "cancelled", "done"
STATES = (
    (INQUIRY, Text("Inquiry"), "amber"), (TENTATIVE, Text("Tentative"), "blue"), (DEFINITE, Text("Definite"), "green"),
    (LOST, Text("Lost"), "red"), (CANCELLED, Text("Cancelled"), "grey"), (DONE, Text("Took place"), "grey"),
)  # fmt: skip

BOOKING = Record(
    "booking", Text("Booking"), Text("Booking register"),
    Section(
        Text("Booking"),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default="private-room", choices=KINDS, codes="booking_kind", width=92, words=("类别",)),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=INQUIRY, choices=STATES, width=84, words=("状态",)),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("last_day", Text("Until"), Kind.DATE, words=("结束日期", "离店")),
        Field("period", Text("Meal period"), Kind.CHOICE, choices=PERIODS, codes="meal_period", width=76, words=("午市/晚市", "市别")),
        Field("time", Text("Time"), Kind.TIME, width=64, words=("时间",)),
        Field("place", Text("Place"), Kind.TEXT, width=120, words=("场地", "包厢", "厅")),
        Field("people", Text("Number of people"), Kind.INT, least=0, most=99_999, width=64, words=("人数",)),
        Field("tables", Text("Tables"), Kind.INT, least=0, most=9_999, width=64, words=("桌数",)),
    ),
    Section(
        Text("Client"),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=180, words=("单位", "客户")),
        Field("person_id", Text("Contact"), Kind.REF, ref="person", width=110, words=("联系人",)),
        Field("name", Text("Booked in the name of"), searched=True, width=130, words=("预订人", "姓名")),
        Field("code", Text("Booking no."), Kind.CODE, searched=True, width=104, words=("预订号",)),
        Field("phone", Text("Phone"), searched=True, data="personal", width=130, words=("电话", "手机")),
        hotel(),
        owner(Text("Taken by")),
    ),
    Section(
        Text("Agreed"),
        Field("price", Text("Price"), Kind.MONEY, least=0, words=("价格", "餐标")),
        Field("deposit", Text("Deposit"), Kind.MONEY, least=0, words=("定金", "订金")),
        currency(),
        Field("option_date", Text("Option until"), Kind.DATE, words=("保留至",)),
        Field("wishes", Text("Wishes"), Kind.LONG, wide=True, words=("特殊要求",)),
        Field("never", Text("Never"), Kind.LONG, data="sensitive", wide=True, words=("禁忌", "过敏")),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    listed=("day", "time", "period", "kind", "place", "people", "tables", "name", "account_id", "phone", "state", "owner_id"),
    sorted_by="-day", sortable=("day",), filters=("day", "kind", "state", "owner_id"),
    indexes=(Index("account_id", "day"), Index("person_id", "day"), Index("state", "option_date"), Index("day", "state", "place", "period")),
    check=rules.check, check_on=("day", "last_day"),
    machine=Machine(
        "state",
        Move("hold", Text("Hold"), (INQUIRY,), TENTATIVE, guard=rules.option_missing),
        Move("confirm", Text("Confirm"), (INQUIRY, TENTATIVE), DEFINITE),
        Move("lose", Text("Was lost"), (INQUIRY, TENTATIVE), LOST, reason=True),
        Move("cancel", Text("Cancel"), (DEFINITE,), CANCELLED, reason=True),
        Move("done", Text("Took place"), (DEFINITE,), DONE),
        Move("reopen", Text("Open again"), (LOST, CANCELLED), INQUIRY),
    ),
    currency="currency", file_word="bookings", note=("day", "phone", "place"),
)  # fmt: skip
