"""What is due now for a person: which rows, who they are for, and when nobody is to be disturbed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crm_desktop.desk import deputies
from crm_desktop.record import dates
from crm_desktop.record.duty import Due
from crm_desktop.record.record import Record
from crm_desktop.record.text import Text
from crm_desktop.store import due, seat

MOST = 50


class Notice:
    """A row that wants its person now: its words, and whether it was to be done at a certain time of today."""

    def __init__(self, record: str, row_id: int, words: Text | str, icon: str, day: str, time: str, late: bool) -> None:
        self.record, self.row_id, self.words, self.icon = record, row_id, words, icon
        self.day, self.time, self.late = day, time, late

    @property
    def key(self) -> str:
        """What it is snoozed and known by."""
        return f"{self.record}:{self.row_id}"


def clock(moment: dt.datetime, audit_hour: int) -> str:
    """The time of a business day as text that can be compared: after midnight it goes on with 24:00, 25:30."""
    hour = moment.hour + (24 if moment.hour < audit_hour else 0)
    return f"{hour:02d}:{moment.minute:02d}"


def is_due(day: str, time: str, today: str, now: str) -> bool:
    """True from the day on, and on the day itself from its time on; without a time all day long."""
    return day < today or (day == today and (not time or time <= now))


def is_quiet(now: str, begins: str, ends: str) -> bool:
    """True within the quiet hours, which may go over midnight; the end no longer belongs to them. '' = none."""
    if not begins or not ends or begins == ends:
        return False
    time = f"{int(now[:2]) % 24:02d}{now[2:]}"
    return begins <= time < ends if begins < ends else time >= begins or time < ends


def awake(snoozed: Iterable[str], moment: str) -> dict[str, str]:
    """What still sleeps, by key: entries are `key|until`, in one form of local time."""
    found = (one.partition("|") for one in snoozed)
    return {key: until for key, _, until in found if until > moment}


def collect(reader: Any, dues: Sequence[Due], records: Mapping[str, Record], person: int, today: str, now: str) -> list[Notice]:
    """What is due for a colleague and for those whose deputy they are, the oldest first."""
    owners = sorted(deputies.covered_by(seat.colleagues(reader), person, today) | {person})
    found = []
    for one in dues:
        for row in due.rows(reader, records[one.record], one, owners, today, MOST):
            day, time = row[one.day], str(row.get(one.time) or "") if one.time else ""
            if is_due(day, time, today, now):
                found.append(Notice(one.record, row["id"], one.says(row), one.icon, day, time, day < today))
    return sorted(found, key=lambda notice: (notice.day, notice.time, notice.row_id))


def moment() -> tuple[str, str]:
    """The business day and its time, now."""
    return dates.business_date(), clock(dates.local_time(), dates.audit_hour())
