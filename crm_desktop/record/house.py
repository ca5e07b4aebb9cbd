"""Fields that records of many duties have alike: who of the house looks after a row, which hotel it belongs to."""

from __future__ import annotations

from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Row
from crm_desktop.record.text import Text


def make_staff(code: str, name: str) -> Row:
    """The colleague a file names and nobody entered yet."""
    return {"name": name or code, "code": code}


def make_hotel(code: str, name: str) -> Row:
    """The hotel a file names and nobody entered yet."""
    return {"code": code or name, "name": name or code}


def owner(label: Text | None = None, name: str = "owner_id") -> Field:
    """Who of the house looks after a row."""
    return Field(name, label or Text("Owner"), Kind.REF, ref="staff", make=make_staff, width=92, words=("销售员", "负责人", "跟进人"))


def hotel() -> Field:
    """The hotel a row belongs to."""
    return Field("hotel_id", Text("Hotel"), Kind.REF, ref="hotel", required=True, make=make_hotel, width=120, words=("酒店",))


def currency() -> Field:
    """What a row's amounts are in."""
    return Field("currency", Text("Currency"), Kind.CODE, default="CNY", width=64, words=("币种",))
