"""Stays 住店记录: one row a booking, as it was sold and as it ended; and the hotels of the group."""

from __future__ import annotations

import datetime as dt
import re

from crm_desktop.duties.clients.records import LEVELS, PAYMENTS, make_agency, make_company, production_figures
from crm_desktop.record import reasons
from crm_desktop.record.dates import days_between
from crm_desktop.record.house import currency, hotel
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Problems, Record, Rollup, Row, Section
from crm_desktop.record.text import Text

IN_GROUPS = "Groups"
BOOKED, IN_HOUSE, STAYED, CANCELLED, NO_SHOW = "Booked", "In-House", "Check-Out", "Canceled", "No-Show"
STATUSES = (
    (BOOKED, Text("Booked"), "blue"), (IN_HOUSE, Text("In house"), "green"), (STAYED, Text("Departed"), "grey"),
    (CANCELLED, Text("Cancelled"), "red"), (NO_SHOW, Text("No-show"), "amber"),
)  # fmt: skip
SAID = {  # by the systems of front offices, in small letters
    **dict.fromkeys(("预抵", "预订", "预定", "未入住", "将到", "expected", "reserved", "reservation", "due in", "confirmed", "definite", "res"), BOOKED),
    **dict.fromkeys(("在住", "入住", "已入住", "预离", "散客上门", "上门", "walk-in", "walk in", "walkin", "checked in", "check-in", "due out", "inhouse", "in house", "ci"), IN_HOUSE),
    **dict.fromkeys(("离店", "已离店", "退房", "已退房", "结账", "已结账", "离开", "checked out", "checked-out", "departed", "co"), STAYED),
    **dict.fromkeys(("取消", "已取消", "作废", "cancelled", "canceled", "cxl", "cancel"), CANCELLED),
    **dict.fromkeys(("未到", "应到未到", "noshow", "no show", "ns"), NO_SHOW),
}
SEGMENTS = tuple(
    (code, text, "")
    for code, text in (
        ("Corporate", Text("Corporate")), (IN_GROUPS, Text("Groups")), ("Direct", Text("Direct")),
        ("Online TA", Text("Online travel agency")), ("Offline TA/TO", Text("Tour operator")), ("Aviation", Text("Aviation")),
        ("Complementary", Text("Complimentary")), ("Undefined", Text("Undefined")),
    )
)  # fmt: skip
CUSTOMER_TYPES = tuple(
    (code, text, "")
    for code, text in (
        ("Transient", Text("Transient")), ("Transient-Party", Text("Transient party")),
        ("Contract", Text("Contract")), ("Group", Text("Group")),
    )
)  # fmt: skip
DEPOSITS = tuple(
    (code, text, "")
    for code, text in (
        ("No Deposit", Text("No deposit")), ("Non Refund", Text("Not refundable")), ("Refundable", Text("Refundable")),
    )
)  # fmt: skip
MEALS = tuple(
    (code, text, "")
    for code, text in (
        ("BB", Text("Breakfast")), ("HB", Text("Half board")), ("FB", Text("Full board")), ("SC", Text("Room only")),
        ("Undefined", Text("Undefined")),
    )
)  # fmt: skip
PURPOSES = tuple(
    (code, text, "")
    for code, text in (
        ("business", Text("Business")), ("meeting", Text("Meeting or training")), ("fair", Text("Trade fair")), ("leisure", Text("Holiday trip")), ("family", Text("Visit to family")),
        ("wedding", Text("Wedding")), ("medical", Text("Doctor or hospital")), ("study", Text("Study or exam")), ("transit", Text("On the way through")), ("other", Text("Other")),
    )
)  # fmt: skip
LONGEST_STAY = 3_660
LOBBY = "lobby"  # an order of the list: VIPs first, then the best clients' guests, then all with a company
HIGHEST_RATE = 100_000_000_00  # in minor units: what sums of rate times nights can bear


def weekend_nights(arrival: str, departure: str) -> int:
    """Nights of a stay that begin on a Saturday or a Sunday."""
    first, nights = dt.date.fromisoformat(arrival), days_between(arrival, departure)
    weeks, rest = divmod(nights, 7)
    return weeks * 2 + sum((first.weekday() + n) % 7 >= 5 for n in range(rest))


def settle(row: Row) -> Row:
    """Nights, from the two dates; and the weekend split when the dates no longer add up to it."""
    if not (row.get("arrival") and row.get("departure")):
        return {"nights": 0}
    nights = days_between(row["arrival"], row["departure"])
    out: Row = {"nights": nights}
    weekend, week = row.get("weekend_nights"), row.get("week_nights")
    if weekend is not None and week is not None and weekend + week != nights >= 0:
        out["weekend_nights"] = weekend_nights(row["arrival"], row["departure"])
        out["week_nights"] = nights - out["weekend_nights"]
    return out


def too_long(nights: int) -> Text:
    """The sentence for a stay that cannot be."""
    return Text("A stay of {nights} nights cannot be right", nights=nights)


def check(row: Row) -> Problems:
    """Dates in order and of a length that a stay can have."""
    found: Problems = {}
    nights = days_between(row["arrival"], row["departure"])
    if nights < 0:
        found["departure"] = Text("Departure must be on or after {arrival}", arrival=row["arrival"])
    elif nights > LONGEST_STAY:
        found["departure"] = too_long(nights)
    return found


def _hotel_problems(row: Row) -> Problems:
    found: Problems = {}
    if row.get("email") and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", row["email"]):
        found["email"] = Text("An e-mail address looks like name@company.com")
    if row.get("website") and not re.fullmatch(r"(https?://)?[^\s/]+\.[^\s]+", row["website"]):
        found["website"] = Text("A website looks like www.hotel.com")
    return found


SIZES = (("large", Text("Large"), ""), ("medium", Text("Medium"), ""), ("small", Text("Small"), ""), ("micro", Text("Micro"), ""))
HOTEL = Record(
    "hotel", Text("Hotel"), Text("Hotels"),
    Section(
        Text("Hotel"),
        Field("name", Text("Name"), required=True, searched=True, wide=True, words=("酒店名称", "名称")),
        Field("code", Text("Hotel code"), Kind.CODE, required=True, searched=True, words=("酒店代码", "编号", "代码")),
        Field("name_en", Text("Name in English"), searched=True, wide=True, words=("英文名称",)),
        Field("address", Text("Address"), wide=True, words=("地址",)),
        Field("address_en", Text("Address in English"), wide=True, words=("英文地址",)),
        Field("phone", Text("Phone"), searched=True, words=("电话", "总机")),
        Field("fax", Text("Fax"), words=("传真",)),
        Field("email", Text("E-mail"), words=("邮箱",)),
        Field("website", Text("Website"), words=("网址", "网站")),
    ),
    Section(
        Text("On bills and contracts"),
        Field("company", Text("Registered name"), wide=True, words=("公司名称", "开票名称", "户名")),
        Field("tax_no", Text("Tax no."), Kind.CODE, whole=True, words=("税号", "纳税人识别号")),
        Field("size", Text("Enterprise size"), Kind.CHOICE, closed=True, choices=SIZES, words=("企业规模",)),
        Field("bank", Text("Bank"), words=("开户行", "开户银行")),
        Field("bank_account", Text("Bank account"), Kind.CODE, whole=True, words=("账号", "银行账号")),
        currency(),
    ),
    Section(
        Text("Hours"),
        Field("work_from", Text("Work begins"), Kind.TIME, words=("上班",)),
        Field("work_to", Text("Work ends"), Kind.TIME, words=("下班",)),
        Field("quiet_from", Text("Quiet from"), Kind.TIME, words=("免打扰开始",), help=Text("No sound and no messages in these hours")),
        Field("quiet_to", Text("Quiet until"), Kind.TIME, words=("免打扰结束",)),
    ),
    extra=production_figures(), listed=("name", "code", "phone", "stays", "nights", "revenue", "last_stay"),
    sorted_by="name", sortable=("name",),
    indexes=(Index("code", unique=True),), check=_hotel_problems, check_on=("email", "website"), file_word="hotels", note=("code",),
    area="house",
)  # fmt: skip

def _level(level: str | None) -> str:
    return level or ""


STAY = Record(
    "stay", Text("Stay"), Text("Stays"),
    Section(
        Text("Booking"),
        Field("booking_no", Text("Booking no."), Kind.CODE, whole=True, width=104, words=("预订号", "确认号", "预定号", "订单号", "账号", "帐号")),
        Field("status", Text("Status"), Kind.CHOICE, required=True, closed=True, default=BOOKED, choices=STATUSES, said=SAID, width=104, words=("状态",)),
        hotel(),
        Field("guest_id", Text("Guest"), Kind.REF, ref="person", width=120, words=("客人", "姓名", "客人姓名", "宾客姓名", "主宾", "宾客")),
        Field("agency_id", Text("Agency"), Kind.REF, ref="account", ref_where=("kind", "agency"), make=make_agency, width=150, words=("旅行社", "代理")),
        Field("company_id", Text("Company"), Kind.REF, ref="account", ref_where=("kind", "company"), make=make_company, width=150, words=("协议单位", "公司", "单位", "单位名称", "公司名称", "协议公司")),
    ),
    Section(
        Text("Dates and room"),
        Field("arrival", Text("Arrival"), Kind.DATE, required=True, width=112, words=("抵店", "抵店日期", "入住日期", "抵", "抵店时间", "到店", "到店日期", "到达", "抵达日期", "预抵", "入住时间")),
        Field("departure", Text("Departure"), Kind.DATE, required=True, width=112, words=("离店", "离店日期", "离", "离店时间", "离开", "预离", "退房", "退房日期", "离开日期")),
        Field("rate", Text("Rate per night"), Kind.MONEY, least=-HIGHEST_RATE, most=HIGHEST_RATE, width=112, words=("房价", "日房价", "实际房价", "协议价")),
        currency(),
        Field("rate_code", Text("Rate code"), Kind.CODE, width=92, words=("房价码", "房价代码", "价格代码", "价格码", "房价类型")),
        Field("room_reserved", Text("Room type booked"), Kind.CODE, words=("房类", "预订房型", "房型")),
        Field("room_assigned", Text("Room type given"), Kind.CODE, words=("入住房型",)),
        Field("room_no", Text("Room no."), Kind.CODE, width=80, words=("房号", "房间号", "房间")),
        Field("meal", Text("Meals"), Kind.CHOICE, choices=MEALS, codes="stay_meal", words=("餐",)),
    ),
    Section(
        Text("Who is coming"),
        Field("adults", Text("Adults"), Kind.INT, default=1, least=0, width=72, words=("成人", "人数")),
        Field("children", Text("Children"), Kind.INT, least=0, words=("儿童",)),
        Field("babies", Text("Babies"), Kind.INT, least=0, words=("婴儿",)),
        Field("country", Text("Country"), Kind.CODE, width=80, words=("国家", "国籍")),
        Field("requests", Text("Special requests"), Kind.INT, words=("特殊要求",)),
        Field("parking", Text("Parking spaces"), Kind.INT, words=("车位",)),
    ),
    Section(
        Text("How it was sold"),
        Field("segment", Text("Segment"), Kind.CHOICE, choices=SEGMENTS, codes="segment", width=150, words=("市场", "客源", "市场代码", "市场码")),
        Field("channel", Text("Channel"), Kind.CODE, words=("渠道", "来源", "订房渠道")),
        Field("customer_type", Text("Customer type"), Kind.CHOICE, choices=CUSTOMER_TYPES, codes="customer_type", words=("客类",)),
        Field("deposit", Text("Deposit"), Kind.CHOICE, choices=DEPOSITS, codes="deposit_kind", words=("押金", "担保")),
        Field("lead_time", Text("Days booked ahead"), Kind.INT, least=0, words=("提前天数",)),
        Field("waiting_days", Text("Days on the waiting list"), Kind.INT, words=("候补天数",)),
        Field("booking_changes", Text("Changes to the booking"), Kind.INT, words=("变更次数",)),
        Field("status_date", Text("Status since"), Kind.DATE, words=("状态日期",)),
        Field("repeat", Text("Repeat guest"), Kind.BOOL, words=("回头客",)),
        Field("past_cancelled", Text("Earlier bookings cancelled"), Kind.INT, words=("曾取消",)),
        Field("past_stays", Text("Earlier bookings kept"), Kind.INT, words=("曾入住",)),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    Section(
        Text("What was spent, and with whom"),
        # long in many hotels: a business day and a running number
        Field("folio", Text("Folio no."), Kind.CODE, whole=True, width=104, words=("账单号", "结账单号", "帐单号", "folio")),
        Field("meals_spent", Text("Meals and drinks"), Kind.MONEY, least=0, width=104, words=("餐饮消费", "餐费", "餐饮收入", "餐饮")),
        Field("other_spent", Text("Other spending"), Kind.MONEY, least=0, width=104, words=("其他消费", "杂项消费", "其他", "其它", "其他收入", "杂费")),
        Field("payment", Text("Paid by"), Kind.CHOICE, choices=PAYMENTS, codes="pays_by", width=92, words=("付款方式", "结账方式")),
        Field("purpose", Text("Purpose of the stay"), Kind.CHOICE, choices=PURPOSES, codes="stay_purpose", width=92, words=("来访目的", "住店事由")),
        Field("companions", Text("Who came along"), data="personal", wide=True, width=160, words=("同住人", "同来人", "随行人员")),
    ),
    extra=(
        Field("nights", Text("Nights"), Kind.INT, default=0, settled=True, width=72),
        Field("weekend_nights", Text("Weekend nights"), Kind.INT, least=0, hidden=True),
        Field("week_nights", Text("Week nights"), Kind.INT, least=0, hidden=True),
        Field("source_key", Text("Import key"), Kind.KEY, hidden=True),
        Field("reason", Text("Reason to meet"), Kind.CHOICE, asked="crm_desktop.duties.vip.queries_reasons:of_stays", choices=reasons.CHOICES, width=104),
        Field("greeter", Text("Met by"), asked="crm_desktop.duties.vip.queries_greeting:of_stays", width=104),
        Field("guest_level", Text("VIP"), Kind.CHOICE, work=_level, of=("guest_id.vip",), choices=LEVELS, width=60),
    ),
    name="booking_no", code="", orders={LOBBY: ("guest_id.vip", "company_id.level", "agency_id.level", "company_id.sort", "room_no")},
    listed=("arrival", "departure", "nights", "company_id", "agency_id", "guest_id", "room_no", "rate", "segment", "status", "hotel_id"),
    sorted_by="-arrival", sortable=("arrival", "departure", "rate", "nights"), currency="currency",
    filters=("status", "segment", "hotel_id"),
    indexes=(
        # all that the daily reports, Today and a list's search ask of many stays: none of them reads the rows themselves
        Index(
            "arrival", "id", "departure", "status", "segment", "hotel_id", "nights", "rate", "agency_id", "company_id",
            "guest_id", "adults", "children", "babies", "country", "repeat",
        ),
        *(Index(by, "arrival", "status", "nights", "rate", "lead_time") for by in ("agency_id", "company_id", "guest_id")),
        *(Index(by, "arrival", "id", apart=True) for by in ("status", "segment")),
        Index("booking_no"), Index("room_no"), Index("source_key"),
    ),
    rollups=(
        Rollup(
            ("agency_id", "company_id", "guest_id", "hotel_id"),
            {"stays": (), "nights": ("nights",), "revenue": ("rate", "nights")}, {"last_stay": "arrival"}, "status", STAYED,
        ),
    ),
    settle=settle, settle_on=("arrival", "departure", "weekend_nights", "week_nights"),
    check=check, check_on=("arrival", "departure"), file_word="stays", numbers=(("hotel_id", "booking_no"),), note=("guest_id", "company_id", "arrival", "room_no"),
    area="stays",
)  # fmt: skip
