"""The duties of the sales department, in the order of the rail. A new duty is a folder and one line here."""

from __future__ import annotations

from crm_desktop.desk.records import ATTACHMENT, DIFFERENT, LIST_VIEW, MERGED, STEP
from crm_desktop.duties import (
    agreements,
    bookings,
    care,
    clients,
    complaints,
    consents,
    credit,
    discretion,
    events,
    feedback,
    files,
    follow_ups,
    funds,
    gifts,
    guests,
    house,
    market,
    meetings,
    office,
    papers,
    preferences,
    promotions,
    receivables,
    rectifications,
    registers,
    relations,
    settings,
    settlements,
    stays,
    today,
    vip,
    visits,
)
from crm_desktop.record.duty import Duty
from crm_desktop.record.record import Record

DUTIES: tuple[Duty, ...] = (
    today.DUTY, clients.DUTY, vip.DUTY, receivables.DUTY, credit.DUTY, care.DUTY, funds.DUTY, gifts.DUTY, events.DUTY, visits.DUTY, relations.DUTY, follow_ups.DUTY, bookings.DUTY,
    complaints.DUTY, rectifications.DUTY, feedback.DUTY, agreements.DUTY, settlements.DUTY,
    preferences.DUTY, guests.DUTY, consents.DUTY, discretion.DUTY, stays.DUTY, promotions.DUTY, market.DUTY, meetings.DUTY, office.DUTY, registers.DUTY, files.DUTY, papers.DUTY, house.DUTY, settings.DUTY,
)  # fmt: skip
RECORDS: tuple[Record, ...] = (*(record for duty in DUTIES for record in duty.records), STEP, ATTACHMENT, LIST_VIEW, DIFFERENT, MERGED)
_BY_KEY = {record.key: record for record in RECORDS}


def record_of(key: str) -> Record:
    """The record declared under this key. Raises KeyError."""
    return _BY_KEY[key]
