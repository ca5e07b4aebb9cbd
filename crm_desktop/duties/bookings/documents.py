"""The paper of the booking register: 预订登记单."""

from __future__ import annotations

from typing import Any

from crm_desktop.documents.plain import lines_of, told
from crm_desktop.duties.bookings.records import BOOKING, BOOKING_ROOM
from crm_desktop.duties.vip.queries_kitchen import held_booking
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.rows import get

ROOMS = ("room_type_id", "number", "rate", "remark")


def registered(reader: Any, ask: Ask) -> Content | None:
    """All that was taken down, as it was asked for on the telephone."""
    row = get(reader, BOOKING, ask.row_id)
    if row is None:
        return None
    data = told(ask, BOOKING, row)
    data["room_lines"] = lines_of(reader, ask, ListQuery(BOOKING_ROOM, [("booking_id", "=", ask.row_id)], "rate", columns=ROOMS))
    signs = [Sign(Text("Taken by"), data["owner_id"]), Sign(Text("Client"), data["name"] or data["person_id"]), Sign(Text("Restaurant or hall")), Sign(Text("Checked by finance"))]
    name = f"{data['account_id'] or data['name']} {row['day']}".strip()
    return Content(data, name, hotel_id=row["hotel_id"], signs=signs)


FORMS = (PaperForm("booking-form", Text("Booking form"), "booking", registered, numbered=True, held=held_booking),)
