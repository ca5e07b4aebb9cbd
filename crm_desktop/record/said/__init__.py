"""One typed line understood before Enter is pressed: follow-up, promise or receipt, preference, booking, result of a visit.

Each of the five is a pure function of the line and the business day. It never raises, and never settles what the line
leaves open: that stays empty and stands in `doubts` with the values to pick from."""

from __future__ import annotations

from crm_desktop.record.said.bookings import Booking, booking
from crm_desktop.record.said.follow_ups import FollowUp, follow_up
from crm_desktop.record.said.line import Piece, Understood
from crm_desktop.record.said.payments import Payment, promise_or_receipt
from crm_desktop.record.said.preferences import Preference, preference
from crm_desktop.record.said.visits import VisitResult, visit_result

__all__ = [
    "Booking",
    "FollowUp",
    "Payment",
    "Piece",
    "Preference",
    "Understood",
    "VisitResult",
    "booking",
    "follow_up",
    "preference",
    "promise_or_receipt",
    "visit_result",
]
