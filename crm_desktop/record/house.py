"""Fields that records of many duties have alike: who of the house looks after a row, which hotel it belongs to."""

from __future__ import annotations

from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Row
from crm_desktop.record.text import Text

# What money paid beforehand is in law: earnest money is lost or doubled (民法典 587), the others are paid back.
DEPOSITS = tuple(
    (code, text, "")
    for code, text in (
        ("earnest", Text("Earnest money")), ("booking", Text("Booking money")), ("prepayment", Text("Prepayment")), ("security", Text("Security deposit")), ("guarantee", Text("Guarantee money")),
    )
)  # fmt: skip
HOTEL = "hotel_id"  # the column that says which hotel a row belongs to


def make_staff(code: str, name: str) -> Row:
    """The colleague a file names and nobody entered yet."""
    return {"name": name or code, "code": code}


def make_hotel(code: str, name: str) -> Row:
    """The hotel a file names and nobody entered yet."""
    return {"code": code or name, "name": name or code}


def owner(label: Text | None = None, name: str = "owner_id") -> Field:
    """Who of the house looks after a row."""
    return Field(name, label or Text("Owner"), Kind.REF, ref="staff", make=make_staff, width=92, words=("销售员", "负责人", "跟进人", "销售", "销售经理", "销售代表", "客户经理", "业务员", "销售负责人"))


def hotel() -> Field:
    """The hotel a row belongs to."""
    return Field(HOTEL, Text("Hotel"), Kind.REF, ref="hotel", required=True, make=make_hotel, width=120, words=("酒店",))


def currency() -> Field:
    """What a row's amounts are in."""
    return Field("currency", Text("Currency"), Kind.CODE, default="CNY", width=64, words=("币种", "币别", "货币", "invoice currency", "document currency", "local currency", "curr", "ccy"))


def deposit_kind() -> Field:
    """What a deposit is in law."""
    return Field("deposit_kind", Text("Kind of deposit"), Kind.CHOICE, choices=DEPOSITS, codes="earnest_kind", width=92, words=("定金性质", "定金类别"))
