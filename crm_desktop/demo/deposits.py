"""What was paid beforehand, by what it is in law. Amounts in fen."""

from __future__ import annotations

from crm_desktop.demo.crew import HOTEL_NAME
from crm_desktop.demo.house import House
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.receivables.records_deposits import DEPOSIT

PAID = (  # client, kind, day, amount, contract, method, remark
    ("陈郑婚宴", "earnest", -96, 50_000_00, 167_496_00, "transfer", "合同写 50,000 元定金"),
    ("沐棹会展", "prepayment", -12, 30_000_00, 96_000_00, "transfer", "冬季选品会"),
    ("云程商旅", "security", -9, 3_000_00, 0, "card", "团队杂项押金"),
    ("鹿渚文化", "booking", -4, 2_000_00, 0, "phone", "明年书展订金"),
)  # fmt: skip


def fill(house: House) -> None:
    """Each with the booking it is for, where there is one that says a deposit."""
    for number, (name, kind, day, amount, contract, method, remark) in enumerate(PAID, 1):
        account, at = house.ids[name], house.days.office(day)
        booking = next((row["id"] for row in house.all(BOOKING) if row["account_id"] == account and row["deposit"] == amount), None)
        earnest = min(amount, contract // 5) if kind == "earnest" else 0
        house.put(
            DEPOSIT, code=f"DJ-{at[:4]}-{number:04d}", kind=kind, day=at, amount=amount, balance=amount, earnest=earnest, currency="CNY", account_id=account, booking_id=booking,
            payer=name, method=method, contract=contract, hotel_id=house.ids[HOTEL_NAME], owner_id=None, remark=remark,
        )  # fmt: skip
