"""What a reception leaves behind besides its tasks: amenities issued, rooms inspected, cards signed, a journal."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.vip import rules_amenities as amenities
from crm_desktop.duties.vip import rules_cards as cards
from crm_desktop.duties.vip import rules_inspection as inspection
from crm_desktop.duties.vip import rules_summary as summary
from crm_desktop.duties.vip.rules_plan import BY_HAND, PLANNED
from crm_desktop.record.dates import local_time
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Rollup, Row, Section
from crm_desktop.record.text import Text, say


def _red_if_any(count: Any) -> str:
    """A function with a name: a record goes to other processes, as an export does."""
    return "red" if count else ""


SOURCES = ((BY_HAND, Text("By hand"), ""), (PLANNED, Text("From the standard"), ""))
GUEST = ("vip_stay_id", "guest_id")


def _stay(*, required: bool = True) -> Field:
    return Field("vip_stay_id", Text("VIP stay"), Kind.REF, ref="vip_stay", ref_name="room_no", ref_code="", required=required, width=84, words=("接待", "贵宾接待"))


def _guest() -> Field:
    return Field("guest_id", Text("Guest"), Kind.REF, ref="person", width=110, words=("客人", "贵宾"))


def _source() -> Field:
    return Field("source", Text("Source"), Kind.CHOICE, closed=True, default=BY_HAND, choices=SOURCES, width=92, words=("来源",))


def _now(_row: Row, day: str) -> Row:
    return {"done_on": day, "done_at": f"{local_time():%H:%M}"}


# amenities

ISSUES = ((amenities.PLANNED, Text("To be issued"), "blue"), (amenities.ISSUED, Text("Issued"), "green"), (amenities.STRUCK, Text("Struck"), "red"))
WHYS = (
    (amenities.CHOSEN, Text("As the matrix says"), ""), (amenities.VARIED, Text("Other than last time"), "blue"), (amenities.LIKED, Text("The guest likes it"), "green"),
    (amenities.FORBIDDEN, Text("Must never be"), "red"), (amenities.UNOFFICIAL, Text("Official reception"), "red"), (amenities.SAME, Text("Was given last time"), "amber"),
)  # fmt: skip


def why_words(why: str, about: str, name: str) -> str:
    """Why this and not another, in words."""
    if why == amenities.FORBIDDEN:
        return say(Text("Instead of what must never be: {things}", things=about) if name else Text("Must never be: {things}", things=about))
    if why == amenities.SAME:
        return say(Text("Was given last time: {things}", things=about))
    words = next((text for code, text, _ in WHYS if code == why), "")
    return say(words)


AMENITY_ISSUE = Record(
    "amenity_issue", Text("Amenity"), Text("Amenities issued"),
    Section(
        Text("Amenity"),
        _stay(), _guest(),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("time", Text("Placed at"), Kind.TIME, width=64, words=("摆放时间",)),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default="other", choices=amenities.KINDS, codes="amenity_kind", width=110, words=("礼遇项目", "项目")),
        Field("name", Text("What"), searched=True, wide=True, width=190, words=("内容",)),
        Field("department_id", Text("Department"), Kind.REF, ref="department", width=92, words=("部门",)),
        Field("cost", Text("Cost"), Kind.MONEY, least=0, width=84, words=("费用", "成本")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=amenities.PLANNED, choices=ISSUES, width=84, words=("状态",)),
        Field("why", Text("Reason"), Kind.CHOICE, closed=True, default=amenities.CHOSEN, choices=WHYS, width=120, words=("原因",)),
        Field("about", Text("It is about"), data="sensitive", sensitive="health", width=110, words=("涉及",)),
    ),
    Section(
        Text("Handed out"),
        Field("done_on", Text("Done on"), Kind.DATE, width=104, words=("完成日期",)),
        Field("done_at", Text("Done at"), Kind.TIME, width=72, words=("完成时间",)),
        Field("line", Text("Row of the matrix"), Kind.INT, least=0, most=999, width=72),
        _source(),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=(Field("because", Text("Why this"), work=why_words, of=("why", "about", "name"), width=190),),
    code="", listed=("day", "time", "kind", "name", "guest_id", "department_id", "cost", "state", "because"), sorted_by="day", sortable=("day",),
    filters=("state", "kind", "department_id"), indexes=(Index("vip_stay_id", "day"), Index("guest_id", "day"), Index("day", "state"), Index("department_id", "day")),
    rollups=(Rollup(("vip_stay_id",), {"amenity_cost": ("cost",)}, {}, when="state", value=amenities.ISSUED),),
    machine=Machine(
        "state",
        Move("issue", Text("Issued"), (amenities.PLANNED,), amenities.ISSUED, sets=_now),
        Move("strike", Text("Strike out"), (amenities.PLANNED,), amenities.STRUCK, reason=True),
        Move("again", Text("Plan it again"), (amenities.ISSUED, amenities.STRUCK), amenities.PLANNED),
    ),
    file_word="amenities-issued", note=("day", "kind"), faded=("state", (amenities.ISSUED, amenities.STRUCK)), area="vip", along=("source", PLANNED),
)  # fmt: skip

# the inspection

ITEMS = tuple((item.code, item.title, "") for item in inspection.ITEMS)
CHECKS = (
    (inspection.TODO, Text("To look at"), "blue"), (inspection.PASSED, Text("Fine"), "green"), (inspection.DEFECT, Text("Defect"), "red"), (inspection.FIXED, Text("Put right"), "green"),
)  # fmt: skip


def what_is_checked(item: str, name: str) -> str:
    """One's own words, or the item's."""
    return name or say(ROOM_CHECK.by_name["item"].choice_text(item))


def _fixed(_row: Row, day: str) -> Row:
    return {"fixed_on": day, "fixed_at": f"{local_time():%H:%M}"}


def standard_of(item: str) -> str:
    """What the item should be like."""
    found = inspection.BY_CODE.get(item)
    return say(found.standard) if found else ""


ROOM_CHECK = Record(
    "room_check", Text("Check of a room"), Text("Room inspection"),
    Section(
        Text("Check"),
        _stay(), _guest(),
        Field("room_no", Text("Room no."), Kind.CODE, width=72, words=("房号",)),
        Field("round", Text("Round"), Kind.CHOICE, required=True, closed=True, default=inspection.HK, choices=inspection.ROUNDS, width=104, words=("查房轮次", "轮次")),
        Field("item", Text("Item"), Kind.CHOICE, choices=ITEMS, codes="inspection_item", width=170, words=("项目", "检查项目")),
        Field("name", Text("In your own words"), searched=True, wide=True, words=("内容",)),
        owner(Text("Looked at by")),
        Field("state", Text("Result"), Kind.CHOICE, closed=True, default=inspection.TODO, choices=CHECKS, width=92, words=("结果", "状态")),
        Field("defect", Text("Defect"), searched=True, wide=True, width=180, words=("缺陷", "问题")),
        Field("order_id", Text("Work order"), Kind.REF, ref="rectification", width=120, words=("工程单", "整改单")),
    ),
    Section(
        Text("When"),
        Field("done_on", Text("Done on"), Kind.DATE, width=104, words=("完成日期",)),
        Field("done_at", Text("Done at"), Kind.TIME, width=72, words=("完成时间",)),
        Field("fixed_on", Text("Put right on"), Kind.DATE, width=104, words=("整改日期",)),
        Field("fixed_at", Text("Put right at"), Kind.TIME, width=72, words=("整改时间",)),
        _source(),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=(
        Field("what", Text("What is looked at"), work=what_is_checked, of=("item", "name"), width=170),
        Field("standard", Text("Standard"), work=standard_of, of=("item",), width=240),
    ),
    code="", listed=("round", "what", "standard", "state", "defect", "order_id", "done_at", "owner_id", "guest_id", "room_no"), sorted_by="round", sortable=("round", "done_on"),
    filters=("state", "round"), indexes=(Index("vip_stay_id", "round"), Index("state", "round"), Index("guest_id")),
    check=inspection.check_check, check_on=("state", "defect"),
    machine=Machine(
        "state",
        Move("fine", Text("Fine"), (inspection.TODO,), inspection.PASSED, sets=_now),
        Move("defect", Text("Defect"), (inspection.TODO, inspection.PASSED, inspection.FIXED), inspection.DEFECT, guard=inspection.says_defect, sets=_now),
        Move("order", Text("Work order to engineering"), (inspection.DEFECT,), inspection.DEFECT, effect="crm_desktop.duties.vip.rooms:work_order"),
        Move("fix", Text("Put right"), (inspection.DEFECT,), inspection.FIXED, sets=_fixed),
        Move("again", Text("Look again"), (inspection.PASSED, inspection.FIXED), inspection.TODO),
    ),
    file_word="room-checks", note=("room_no", "round"), faded=("state", (inspection.PASSED, inspection.FIXED)), area="vip", along=("source", PLANNED), owners=(),
)  # fmt: skip

# cards

KITCHEN = "crm_desktop.duties.vip.kitchen"
OUTPUTS = (("good", Text("As it should be"), "green"), ("fair", Text("Passable"), "amber"), ("poor", Text("Not good"), "red"))
CARD_STATES = ((cards.DRAFT, Text("Being written"), "grey"), (cards.ISSUED, Text("Issued, not signed"), "amber"), (cards.SIGNED, Text("Signed"), "green"), (cards.SERVED, Text("Served"), "grey"))


def _signed(row: Row, day: str) -> Row:
    return {"signed_on": day, "signed_at": f"{local_time():%H:%M}", "signed_revision": row["revision"]}


def _revised(row: Row, _day: str) -> Row:
    return {"revision": int(row["revision"] or 1) + 1}


GUEST_CARD = Record(
    "guest_card", Text("Department card"), Text("Department cards"),
    Section(
        Text("Department card"),
        Field("kind", Text("Card of"), Kind.CHOICE, required=True, closed=True, once=True, default=cards.KITCHEN, choices=cards.CARDS, width=104, words=("传递单", "部门")),
        _stay(required=False),
        Field("booking_id", Text("Booking"), Kind.REF, ref="booking", width=110, words=("预订", "预订号")),
        _guest(),
        Field("guests", Text("Guests listed"), data="personal", wide=True, width=150, words=("客人名单",), help=Text("Filled in from the booking and the receptions of that day")),
        Field("revision", Text("Revision"), Kind.INT, default=1, least=1, most=999, width=64, words=("版次",)),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=cards.DRAFT, choices=CARD_STATES, width=110, words=("状态",)),
        Field("signed_on", Text("Signed for on"), Kind.DATE, width=104, words=("签收日期",)),
        Field("signed_at", Text("Signed for at"), Kind.TIME, width=72, words=("签收时间",)),
        Field("signed_revision", Text("Signed for revision"), Kind.INT, least=0, most=999, width=84, words=("签收版次",)),
        Field("signer_id", Text("Signs for it"), Kind.REF, ref="staff", width=92, words=("签收人",)),
    ),
    Section(
        Text("What this department may know"),
        Field("nevers", Text("Never"), Kind.LONG, data="sensitive", sensitive="health", wide=True, words=("禁忌",)),
        Field("codes", Text("Allergens"), Kind.CODE, hidden=True, data="sensitive", sensitive="health", width=120, words=("过敏原",)),
        Field("likes", Text("Likes"), Kind.LONG, wide=True, words=("喜好",)),
        Field("dislikes", Text("Dislikes"), Kind.LONG, wide=True, words=("不喜",)),
    ),
    Section(
        Text("Meal"),
        Field("place", Text("Place"), searched=True, width=120, words=("地点", "包厢")),
        Field("meal_on", Text("Meal on"), Kind.DATE, width=104, words=("用餐日期",)),
        Field("meal_at", Text("Meal at"), Kind.TIME, width=72, words=("用餐时间",)),
        Field("covers", Text("Covers"), Kind.INT, least=0, most=9_999, width=64, words=("人数",)),
        Field("menu", Text("Menu, one dish a line"), Kind.LONG, searched=True, wide=True, words=("菜单",)),
        Field("wine", Text("Wine and drinks, one a line"), Kind.LONG, wide=True, words=("酒水",)),
        Field("diners", Text("Seating: diners by rank, one a line"), Kind.LONG, wide=True, data="personal", words=("座次", "用餐人员"), help=Text("Those of the house begin with 主: or host:")),
        Field("excused", Text("Served with the chef's signature"), Kind.LONG, wide=True, words=("厨师长签字",)),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
        Field("basis", Text("Made for"), Kind.CODE, hidden=True),
        _source(),
    ),
    Section(
        Text("After the meal"),
        Field("began", Text("First dish at"), Kind.TIME, width=72, words=("起菜时间",)),
        Field("ended", Text("Last dish at"), Kind.TIME, width=72, words=("上齐时间",)),
        Field("looks", Text("Look and temperature"), Kind.CHOICE, closed=True, choices=OUTPUTS, width=84, words=("出品检查", "外观与温度")),
        Field("returned", Text("Dishes sent back, one a line"), Kind.LONG, wide=True, words=("退菜",)),
        Field("left_over", Text("Not eaten, one a line"), Kind.LONG, wide=True, words=("剩菜",)),
    ),
    extra=(
        Field("sign_by", Text("Sign by"), Kind.DATE, work=cards.sign_by, of=("meal_on",), width=104),
        Field("stopped", Text("Hard stops"), Kind.INT, work=cards.count_stops, of=("kind", "menu", "codes", "nevers", "excused", "wine"), tint=_red_if_any, width=84),
    ),
    name="place", code="", listed=("kind", "guest_id", "revision", "state", "stopped", "sign_by", "meal_on", "meal_at", "place", "covers", "signer_id", "signed_at"),
    sorted_by="-meal_on", sortable=("meal_on",), filters=("kind", "state"), indexes=(Index("vip_stay_id", "kind"), Index("guest_id"), Index("state", "kind"), Index("meal_on", "kind"), Index("booking_id")),
    check=cards.check_card, check_on=("vip_stay_id", "booking_id", "began", "ended"), joining=f"{KITCHEN}:join",
    effect="crm_desktop.duties.vip.service:card_changed", effect_on=("nevers", "codes", "likes", "dislikes", "place", "meal_on", "meal_at", "covers", "menu", "wine"),
    machine=Machine(
        "state",
        Move("issue", Text("Issue the card"), (cards.DRAFT,), cards.ISSUED, guard=cards.may_issue, effect=f"{KITCHEN}:issue"),
        Move("renew", Text("Take over what is known now"), (cards.DRAFT,), cards.DRAFT, effect=f"{KITCHEN}:renew"),
        Move("excuse", Text("The chef signs in spite"), (cards.DRAFT,), cards.DRAFT, reason=True, guard=cards.has_stops, sets=cards.excuse),
        Move("sign", Text("Sign for this revision"), (cards.ISSUED,), cards.SIGNED, guard=cards.may_issue, sets=_signed),
        Move("revise", Text("Write a new revision"), (cards.ISSUED, cards.SIGNED), cards.DRAFT, sets=_revised, effect=f"{KITCHEN}:renew"),
        Move("check", Text("Served and checked"), (cards.SIGNED,), cards.SERVED, guard=cards.may_check, effect=f"{KITCHEN}:checked"),
    ),
    titled="guest_id", file_word="department-cards", note=("kind", "guest_id"), area="office", along=("source", PLANNED), owners=(),
)  # fmt: skip

# the journal

NOTE_STATES = ((summary.NOTED, Text("Noted"), "blue"), (summary.FILED, Text("Filed with the guest"), "green"), (summary.DROPPED, Text("Not kept"), "grey"))
FACT_KINDS = (
    ("food", Text("Food"), ""), ("drink", Text("Drinks"), ""), ("fruit", Text("Fruit"), ""), ("room", Text("Room"), ""), ("bed", Text("Bed and pillows"), ""), ("climate", Text("Temperature and air"), ""),
    ("noise", Text("Quiet"), ""), ("service", Text("Service"), ""), ("gift", Text("Gifts"), ""), ("habit", Text("Habits"), ""), ("other", Text("Other"), ""),
)  # fmt: skip

JOURNAL = Record(
    "reception_note", Text("Note of the journal"), Text("Journal of the stay"),
    Section(
        Text("Note of the journal"),
        _stay(), _guest(),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("time", Text("Time"), Kind.TIME, width=64, words=("时间",)),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, closed=True, default=summary.REQUEST, choices=summary.KINDS, width=104, words=("类别",)),
        Field("name", Text("What"), required=True, searched=True, data="sensitive", sensitive="health", wide=True, width=240, words=("内容",)),
        Field("fact_kind", Text("It is about"), Kind.CHOICE, default="other", choices=FACT_KINDS, codes="fact_kind", width=110, words=("喜好类别",)),
        Field("department_id", Text("Department"), Kind.REF, ref="department", width=92, words=("部门",)),
        owner(Text("Noted by")),
        Field("done", Text("What was done"), wide=True, words=("处理",)),
        Field("hand_on", Text("For the next shift"), Kind.BOOL, width=84, words=("交下一班", "交班")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=summary.NOTED, choices=NOTE_STATES, width=104, words=("状态",)),
    ),
    code="", listed=("day", "time", "kind", "name", "guest_id", "done", "hand_on", "department_id", "owner_id", "state"), sorted_by="-day", sortable=("day",), filters=("kind", "state"),
    indexes=(Index("vip_stay_id", "day"), Index("guest_id", "day"), Index("kind", "state"), Index("day", "kind")), check=summary.check_note, check_on=("kind", "department_id"),
    machine=Machine(
        "state",
        Move("file", Text("File with the guest"), (summary.NOTED,), summary.FILED, by_itself=True),
        Move("drop", Text("Do not keep"), (summary.NOTED,), summary.DROPPED, reason=True),
    ),
    file_word="reception-journal", note=("day", "kind"), area="vip",
)  # fmt: skip
