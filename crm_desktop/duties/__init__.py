"""The duties of the sales department, in the order of the rail. A new duty is a folder and one line here."""

from __future__ import annotations

from crm_desktop.duties import clients, files, settings, stays, today
from crm_desktop.record.duty import Duty
from crm_desktop.record.record import Record

DUTIES: tuple[Duty, ...] = (today.DUTY, clients.DUTY, stays.DUTY, files.DUTY, settings.DUTY)
RECORDS: tuple[Record, ...] = tuple(record for duty in DUTIES for record in duty.records)
_BY_KEY = {record.key: record for record in RECORDS}


def record_of(key: str) -> Record:
    """The record declared under this key. Raises KeyError."""
    return _BY_KEY[key]
