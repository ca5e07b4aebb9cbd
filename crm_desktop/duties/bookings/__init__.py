"""Booking register 预订登记."""

from __future__ import annotations

from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.record.duty import Action, Duty, Page
from crm_desktop.record.text import Text

DUTY = Duty(
    "bookings", Text("Booking register"), records=(BOOKING,),
    pages=(Page("bookings", Text("Booking register"), "notebook-pen", words=("预订", "登记", "包厢", "宴会", "订餐", "booking"), record=BOOKING),),
    actions=(
        Action(
            "booking", Text("New booking in one line"), "F9", quick="crm_desktop.duties.bookings.quick:QuickBooking",
            icon="notebook-pen", short=Text("Booking"), words=("预订", "订餐"),
        ),
    ),
)  # fmt: skip
