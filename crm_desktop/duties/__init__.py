"""The duties of the sales department, in the order of the rail. A new duty is a folder and one line here."""

from __future__ import annotations

from crm_desktop.desk.records import ATTACHMENT, STEP
from crm_desktop.duties import (
    bookings,
    care,
    clients,
    files,
    follow_ups,
    house,
    preferences,
    receivables,
    settings,
    stays,
    today,
    vip,
    visits,
)
from crm_desktop.record.duty import Duty
from crm_desktop.record.record import Record

DUTIES: tuple[Duty, ...] = (
    today.DUTY, clients.DUTY, vip.DUTY, receivables.DUTY, care.DUTY, visits.DUTY, follow_ups.DUTY, bookings.DUTY,
    preferences.DUTY, stays.DUTY, files.DUTY, house.DUTY, settings.DUTY,
)  # fmt: skip
RECORDS: tuple[Record, ...] = (*(record for duty in DUTIES for record in duty.records), STEP, ATTACHMENT)
_BY_KEY = {record.key: record for record in RECORDS}


def record_of(key: str) -> Record:
    """The record declared under this key. Raises KeyError."""
    return _BY_KEY[key]
