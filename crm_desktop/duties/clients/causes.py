"""What of the people has to be followed up: birthdays of contacts."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.clients.queries import birthday_filter
from crm_desktop.record.dates import add_days
from crm_desktop.record.duty import Cause
from crm_desktop.record.text import Text

AHEAD = 3  # days
ROUND = 300  # days: once a year


def causes(reader: Any, day: str) -> list[Cause]:
    """Contacts (not mere guests) who have their birthday today or within three days, by either calendar."""
    return [cause for ahead in range(AHEAD + 1) for cause in _on(reader, add_days(day, ahead))]


def _on(reader: Any, day: str) -> list[Cause]:
    _, _, keys = birthday_filter(day)
    sql = (
        "select p.id, p.name, p.account_id, coalesce(p.owner_id, a.owner_id), coalesce(a.name, '') from person as p"
        f" left join account as a on a.id = p.account_id where p.gone is null and p.role <> 'guest' and p.birth_day in ({', '.join('?' * len(keys))})"
        " order by p.id"
    )
    return [
        Cause(
            "birthday", ("person", row_id), Text("Birthday of {person} ({client}) on {day}", person=name, client=client, day=day)
            if client else Text("Birthday of {person} on {day}", person=name, day=day),
            day, owner_id=owner, account_id=account, person_id=row_id, urgency=4, quiet=ROUND,
        )
        for row_id, name, account, owner, client in reader.execute(sql, keys).fetchall()
    ]  # fmt: skip
