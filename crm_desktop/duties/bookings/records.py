"""Booking register 预订登记: who wants what, when, where, for how many, and how far it has come."""

from __future__ import annotations

from crm_desktop.duties.bookings import rules
from crm_desktop.record.house import currency, deposit_kind, hotel, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.lines import Lines
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Rollup, Section
from crm_desktop.record.text import Text

KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("room", Text("Individual rooms")), ("table", Text("Table in a restaurant")), ("group", Text("Group")), ("meeting", Text("Meeting")), ("banquet", Text("Banquet")),
        ("wedding", Text("Wedding")), ("private-room", Text("Private room")),
    )
)  # fmt: skip
PAYS = (("account", Text("Billed on account"), ""), ("self", Text("Paid when it takes place"), ""), ("prepaid", Text("Paid beforehand"), ""))
SETUPS = tuple(
    (code, text, "")
    for code, text in (
        ("theatre", Text("Theatre")), ("classroom", Text("Classroom")), ("u-shape", Text("U-shape")), ("boardroom", Text("Boardroom style")), ("square", Text("Hollow square")),
        ("cabaret", Text("Cabaret")), ("fishbone", Text("Fishbone")), ("round", Text("Round tables of ten")), ("cocktail", Text("Cocktail")), ("exhibition", Text("Exhibition")),
    )
)  # fmt: skip
BASES = tuple((code, text, "") for code, text in (("table", Text("A table")), ("person", Text("A person")), ("night", Text("A room and night")), ("whole", Text("For all"))))
SOURCES = tuple(
    (code, text, "")
    for code, text in (
        ("phone", Text("Phone call")), ("chat", Text("Chat message")), ("visit", Text("Visit")), ("walk-in", Text("Came by")), ("online", Text("Online")), ("agency", Text("Travel agency")),
        ("referral", Text("Referral")), ("repeat", Text("Was here before")),
    )
)  # fmt: skip
LOST_BECAUSE = tuple(
    (code, text, "")
    for code, text in (
        ("price-rooms", Text("Price of rooms")), ("price-meals", Text("Price of meals")), ("location", Text("Location")), ("date", Text("The day was moved")), ("event-off", Text("The event was called off")),
        ("competitor", Text("Chose a competitor")), ("facility", Text("Facilities")), ("approval", Text("Not approved on their side")), ("service", Text("Bad service in the past")),
        ("headquarters", Text("Decided by their headquarters")), ("slow", Text("Slow answer")), ("policy", Text("Rules of their sector")), ("relation", Text("Relationship")),
        ("sold-out", Text("No rooms left")), ("no-space", Text("No hall left")), ("credit", Text("Credit refused")), ("floor", Text("Below our lowest rate")), ("duplicate", Text("Entered twice")),
    )
)  # fmt: skip
PERIODS = (("lunch", Text("Lunch"), ""), ("dinner", Text("Dinner"), ""), ("day", Text("All day"), ""))
INQUIRY, PROPOSAL, TENTATIVE, DEFINITE, LOST, CANCELLED, DONE, CLOSED = "inquiry", "proposal", "tentative", "definite", "lost", "cancelled", "done", "closed"
OPEN = (INQUIRY, PROPOSAL, TENTATIVE)  # not yet ours, not yet lost
TURNED_DOWN, NO_SHOW = "turned-down", "no-show"
DROPPED = (LOST, CANCELLED, TURNED_DOWN, NO_SHOW)
STATES = (
    (INQUIRY, Text("Inquiry"), "amber"), (PROPOSAL, Text("Offer made"), "amber"), (TENTATIVE, Text("Tentative"), "blue"), (DEFINITE, Text("Definite"), "green"),
    (LOST, Text("Lost"), "red"), (CANCELLED, Text("Cancelled"), "grey"), (DONE, Text("Took place"), "blue"),
    (CLOSED, Text("Settled and closed"), "grey"), (TURNED_DOWN, Text("Turned down"), "red"), (NO_SHOW, Text("Did not come"), "red"),
)  # fmt: skip
ON_ACCOUNT = "crm_desktop.duties.credit.actions_bounds:booking_within"

BOOKING_ROOM = Record(
    "booking_room", Text("Rooms of a booking"), Text("Rooms by type and number"),
    Section(
        Text("Rooms of a booking"),
        Field("booking_id", Text("Booking"), Kind.REF, ref="booking", required=True, width=120, words=("预订", "预订号")),
        Field("room_type_id", Text("Room type"), Kind.REF, ref="room_type", required=True, width=150, words=("房型", "房类")),
        Field("number", Text("Number of rooms"), Kind.INT, required=True, least=1, most=9_999, width=72, words=("间数", "房数")),
        Field("rate", Text("Rate a night"), Kind.MONEY, least=0, width=112, words=("房价", "协议价")),
        currency(),
        Field("remark", Text("Remark"), wide=True, words=("备注",)),
    ),
    name="remark", code="", listed=("booking_id", "room_type_id", "number", "rate", "currency", "remark"), sorted_by="rate", sortable=("rate", "number"), filters=("room_type_id",),
    indexes=(Index("booking_id", "rate", "number"), Index("room_type_id", "number")), rollups=(Rollup(("booking_id",), {"room_count": ("number",)}, {}),),
    currency="currency", file_word="booking-rooms", papers=False,
    area="events", follows=("booking_id",),
)  # fmt: skip

BOOKING = Record(
    "booking", Text("Booking"), Text("Booking register"),
    Section(
        Text("Client"),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=180, words=("单位", "客户")),
        Field("person_id", Text("Contact"), Kind.REF, ref="person", width=110, words=("联系人",)),
        Field("name", Text("In the name of"), searched=True, width=104, words=("预订人", "姓名")),
        Field("code", Text("Booking no."), Kind.CODE, whole=True, searched=True, width=104, words=("预订号",), help=Text("Given when it is saved")),
        Field("phone", Text("Phone"), searched=True, data="personal", sensitive="contact", width=130, words=("电话", "手机")),
        hotel(),
        owner(Text("Taken by")),
        Field("source", Text("Came by way of"), Kind.CHOICE, choices=SOURCES, codes="booking_source", width=92, words=("来源", "预订渠道")),
    ),
    Section(
        Text("Booking"),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default="private-room", choices=KINDS, codes="booking_kind", width=68, words=("类别",)),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=INQUIRY, choices=STATES, width=84, words=("状态",)),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("last_day", Text("Until"), Kind.DATE, words=("结束日期", "离店")),
        Field("period", Text("Meal period"), Kind.CHOICE, choices=PERIODS, codes="meal_period", width=76, words=("午市/晚市", "市别")),
        Field("time", Text("Time"), Kind.TIME, width=64, words=("时间",)),
        Field("ends", Text("Ends at"), Kind.TIME, width=64, words=("结束时间",)),
        Field("place", Text("Place"), Kind.TEXT, width=88, words=("场地", "包厢", "厅")),
        Field("setup", Text("Set-up"), Kind.CHOICE, choices=SETUPS, codes="setup", width=92, words=("台型", "摆台")),
        Field("people", Text("Number of people"), Kind.INT, least=0, most=99_999, width=64, words=("人数", "计划人数")),
        Field("guaranteed", Text("People guaranteed"), Kind.INT, least=0, most=99_999, width=64, words=("保证人数",)),
        Field("tables", Text("Tables"), Kind.INT, least=0, most=9_999, width=64, words=("桌数", "计划桌数")),
        Field("sure_tables", Text("Tables guaranteed"), Kind.INT, least=0, most=9_999, width=64, words=("保证桌数",)),
        Field("spare_tables", Text("Spare tables"), Kind.INT, least=0, most=999, width=64, words=("备桌",)),
        Field("rooms", Text("About the rooms"), wide=True, words=("用房", "房型及间数", "用房说明"), help=Text("What the lines below do not say: near each other, a low floor")),
    ),
    Section(
        Text("Agreed"),
        Field("price", Text("Price"), Kind.MONEY, least=0, words=("价格", "餐标")),
        Field("basis", Text("Price for"), Kind.CHOICE, choices=BASES, codes="price_basis", words=("计价方式", "价格口径")),
        deposit_kind(),
        Field("deposit", Text("Deposit"), Kind.MONEY, least=0, words=("定金", "订金")),
        currency(),
        Field("pays", Text("How it is paid"), Kind.CHOICE, closed=True, choices=PAYS, words=("付款方式", "结算方式"), help=Text("Empty: as agreed with the client")),
        Field("option_date", Text("Option until"), Kind.DATE, words=("保留至",)),
        Field("wishes", Text("Wishes"), Kind.LONG, wide=True, words=("特殊要求",)),
        Field("never", Text("Never"), Kind.LONG, data="sensitive", sensitive="health", wide=True, words=("禁忌", "过敏")),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    Section(
        Text("When it went elsewhere"),
        Field("lost_because", Text("Why it was lost"), Kind.CHOICE, choices=LOST_BECAUSE, codes="booking_lost", width=104, words=("丢失原因",)),
        Field("lost_to", Text("Who got it"), words=("去向", "竞争对手")),
    ),
    extra=(
        Field("size", Text("For how many"), Kind.TEXT, work=rules.size, of=("people", "tables"), width=84),
        Field("room_count", Text("Rooms booked"), Kind.INT, default=0, derived=True, width=72),
    ),
    listed=("day", "time", "place", "size", "name", "kind", "state", "account_id", "phone", "period", "owner_id"),
    sorted_by="-day", sortable=("day", "name"), filters=("day", "kind", "state", "owner_id"),
    indexes=(Index("account_id", "day"), Index("person_id", "day"), Index("state", "option_date"), Index("day", "state", "place", "period")),
    check=rules.check, check_on=("day", "last_day", "time", "ends"), joining=ON_ACCOUNT, effect=ON_ACCOUNT, effect_on=("account_id", "pays", "price", "tables", "day"),
    machine=Machine(
        "state",
        Move("offer", Text("Offer made"), (INQUIRY,), PROPOSAL),
        Move("hold", Text("Hold"), (INQUIRY, PROPOSAL), TENTATIVE, guard=rules.option_missing),
        Move("confirm", Text("Confirm"), OPEN, DEFINITE, effect=ON_ACCOUNT),
        Move("lose", Text("Was lost"), OPEN, LOST, reason=True, guard=rules.why_missing),
        Move("turn-down", Text("Turn down"), OPEN, TURNED_DOWN, reason=True, guard=rules.why_missing),
        Move("cancel", Text("Cancel"), (DEFINITE,), CANCELLED, reason=True),
        Move("done", Text("Took place"), (DEFINITE,), DONE, guard=rules.not_over, effect="crm_desktop.duties.guests.actions:hosted"),
        Move("close", Text("Everything is settled"), (DONE,), CLOSED, effect="crm_desktop.duties.settlements.actions:closing"),
        Move("no-show", Text("Did not come"), (DEFINITE,), NO_SHOW, reason=True, guard=rules.not_yet),
        Move("reopen", Text("Open again"), DROPPED, INQUIRY),
        Move("unclose", Text("Open again"), (CLOSED,), DONE, reason=True),
    ),
    currency="currency", file_word="bookings", shapes={"ics": {"summary": "kind", "day": "day", "time": "time", "who": "name", "place": "place", "note": "remark"}}, note=("day", "phone", "place"),
    area="events", series="YD",
    lines=(Lines(BOOKING_ROOM, "booking_id", ("room_type_id", "number", "rate"), after=1),),
)  # fmt: skip
