"""Stays 住店记录: one row a booking, as it was sold and as it ended; and the hotels of the group."""

from __future__ import annotations

import datetime as dt

from crm_desktop.duties.clients.records import make_agency, make_company
from crm_desktop.record.dates import days_between
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Problems, Record, Rollup, Row, Section
from crm_desktop.record.text import Text as T

BOOKED, IN_HOUSE, STAYED, CANCELLED, NO_SHOW = "Booked", "In-House", "Check-Out", "Canceled", "No-Show"
NEVER_CAME = (CANCELLED, NO_SHOW)
STATUSES = (
    (BOOKED, T("Booked"), "blue"), (IN_HOUSE, T("In house"), "green"), (STAYED, T("Departed"), "grey"),
    (CANCELLED, T("Cancelled"), "red"), (NO_SHOW, T("No-show"), "amber"),
)  # fmt: skip
SEGMENTS = tuple(
    (code, text, "")
    for code, text in (
        ("Corporate", T("Corporate")), ("Groups", T("Groups")), ("Direct", T("Direct")),
        ("Online TA", T("Online travel agency")), ("Offline TA/TO", T("Tour operator")), ("Aviation", T("Aviation")),
        ("Complementary", T("Complimentary")), ("Undefined", T("Undefined")),
    )
)  # fmt: skip
CUSTOMER_TYPES = tuple(
    (code, text, "")
    for code, text in (
        ("Transient", T("Transient")), ("Transient-Party", T("Transient party")),
        ("Contract", T("Contract")), ("Group", T("Group")),
    )
)  # fmt: skip
DEPOSITS = tuple(
    (code, text, "")
    for code, text in (
        ("No Deposit", T("No deposit")), ("Non Refund", T("Not refundable")), ("Refundable", T("Refundable")),
    )
)  # fmt: skip
MEALS = tuple(
    (code, text, "")
    for code, text in (
        ("BB", T("Breakfast")), ("HB", T("Half board")), ("FB", T("Full board")), ("SC", T("Room only")),
        ("Undefined", T("Undefined")),
    )
)  # fmt: skip
LONGEST_STAY = 3_660
COUNTS = ("adults", "children", "babies", "lead_time", "weekend_nights", "week_nights")


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
    split = (row.get("weekend_nights"), row.get("week_nights"))
    if None not in split and sum(split) != nights and nights >= 0:
        out["weekend_nights"] = weekend_nights(row["arrival"], row["departure"])
        out["week_nights"] = nights - out["weekend_nights"]
    return out


def check(row: Row) -> Problems:
    """Dates in order and of a length that a stay can have; no negative numbers of people."""
    found: Problems = {}
    nights = days_between(row["arrival"], row["departure"])
    if nights < 0:
        found["departure"] = T("Departure must be on or after {arrival}", arrival=row["arrival"])
    elif nights > LONGEST_STAY:
        found["departure"] = T("A stay of {nights} nights cannot be right", nights=nights)
    for name in COUNTS:
        if (row.get(name) or 0) < 0:
            found[name] = T("This cannot be less than nothing")
    return found


def make_hotel(code: str, name: str) -> Row:
    """The hotel a file names and nobody entered yet."""
    return {"code": code or name, "name": name or code}


HOTEL = Record(
    "hotel", T("Hotel"), T("Hotels"),
    Section(
        T("Hotel"),
        Field("name", T("Name"), required=True, searched=True),
        Field("code", T("Code"), Kind.CODE, required=True, searched=True),
    ),
    listed=("name", "code"), sorted_by="name", sortable=("name",),
    indexes=(Index("code", unique=True),), file_word="hotels",
)  # fmt: skip

STAY = Record(
    "stay", T("Stay"), T("Stays"),
    Section(
        T("Booking"),
        Field("booking_no", T("Booking no."), Kind.CODE, width=104, words=("预订号", "确认号")),
        Field("status", T("Status"), Kind.CHOICE, required=True, closed=True, default=BOOKED, choices=STATUSES, width=104, words=("状态",)),
        Field("hotel_id", T("Hotel"), Kind.REF, ref="hotel", required=True, make=make_hotel, width=120, words=("酒店",)),
        Field("guest_id", T("Guest"), Kind.REF, ref="person", width=120, words=("客人",)),
        Field("agency_id", T("Agency"), Kind.REF, ref="account", ref_where=("kind", "agency"), make=make_agency, width=150, words=("旅行社", "代理")),
        Field("company_id", T("Company"), Kind.REF, ref="account", ref_where=("kind", "company"), make=make_company, width=150, words=("协议单位", "公司", "单位")),
    ),
    Section(
        T("Dates and room"),
        Field("arrival", T("Arrival"), Kind.DATE, required=True, width=112, words=("抵店", "抵店日期", "入住日期")),
        Field("departure", T("Departure"), Kind.DATE, required=True, width=112, words=("离店", "离店日期")),
        Field("rate", T("Rate per night"), Kind.MONEY, width=112, words=("房价",)),
        Field("currency", T("Currency"), Kind.CODE, default="CNY", words=("币种",)),
        Field("room_reserved", T("Room type booked"), Kind.CODE, words=("房类", "预订房型")),
        Field("room_assigned", T("Room type given"), Kind.CODE, words=("入住房型",)),
        Field("room_no", T("Room no."), Kind.CODE, width=80, words=("房号",)),
        Field("meal", T("Meals"), Kind.CHOICE, choices=MEALS, words=("餐",)),
    ),
    Section(
        T("Who is coming"),
        Field("adults", T("Adults"), Kind.INT, default=1, width=72, words=("成人", "人数")),
        Field("children", T("Children"), Kind.INT, words=("儿童",)),
        Field("babies", T("Babies"), Kind.INT, words=("婴儿",)),
        Field("country", T("Country"), Kind.CODE, width=80, words=("国家",)),
        Field("requests", T("Special requests"), Kind.INT, words=("特殊要求",)),
        Field("parking", T("Parking spaces"), Kind.INT, words=("车位",)),
    ),
    Section(
        T("How it was sold"),
        Field("segment", T("Segment"), Kind.CHOICE, choices=SEGMENTS, width=150, words=("市场", "客源")),
        Field("channel", T("Channel"), Kind.CODE, words=("渠道",)),
        Field("customer_type", T("Customer type"), Kind.CHOICE, choices=CUSTOMER_TYPES, words=("客类",)),
        Field("deposit", T("Deposit"), Kind.CHOICE, choices=DEPOSITS, words=("押金", "担保")),
        Field("lead_time", T("Days booked ahead"), Kind.INT, words=("提前天数",)),
        Field("waiting_days", T("Days on the waiting list"), Kind.INT, words=("候补天数",)),
        Field("booking_changes", T("Changes to the booking"), Kind.INT, words=("变更次数",)),
        Field("status_date", T("Status since"), Kind.DATE, words=("状态日期",)),
        Field("repeat", T("Repeat guest"), Kind.BOOL, words=("回头客",)),
        Field("past_cancelled", T("Earlier bookings cancelled"), Kind.INT, words=("曾取消",)),
        Field("past_stays", T("Earlier bookings kept"), Kind.INT, words=("曾入住",)),
        Field("remark", T("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=(
        Field("nights", T("Nights"), Kind.INT, default=0, settled=True, width=72),
        Field("weekend_nights", T("Weekend nights"), Kind.INT, hidden=True),
        Field("week_nights", T("Week nights"), Kind.INT, hidden=True),
        Field("source_key", T("Import key"), Kind.KEY, hidden=True),
    ),
    name="booking_no", code="",
    listed=("arrival", "departure", "nights", "company_id", "agency_id", "guest_id", "room_no", "rate", "segment", "status", "hotel_id"),
    sorted_by="-arrival", sortable=("arrival", "departure", "rate", "nights"),
    filters=("status", "segment", "hotel_id"),
    indexes=(
        Index("arrival", "id", "departure", "status", "segment", "hotel_id", "nights"),
        Index("agency_id", "arrival", "status", "nights", "rate"),
        Index("company_id", "arrival", "status", "nights", "rate"),
        Index("guest_id", "arrival", "status", "nights", "rate"),
        Index("booking_no"), Index("source_key"),
    ),
    rollups=(
        Rollup(
            ("agency_id", "company_id", "guest_id"),
            {"stays": (), "nights": ("nights",), "revenue": ("rate", "nights")}, {"last_stay": "arrival"}, "status", STAYED,
        ),
    ),
    settle=settle, settle_on=("arrival", "departure", "weekend_nights", "week_nights"),
    check=check, check_on=("arrival", "departure", *COUNTS), file_word="stays",
)  # fmt: skip
