"""What of the preferences has to be followed up: what a guest must never meet, while nobody knows how we know."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.preferences.records import NEVER
from crm_desktop.record.dates import add_days
from crm_desktop.record.duty import Cause
from crm_desktop.record.text import Text

GRACE = 2  # days to write the evidence down


def causes(reader: Any, day: str) -> list[Cause]:
    """Nevers without evidence."""
    sql = (
        "select f.id, f.told_on, f.person_id, p.name, p.account_id, coalesce(f.owner_id, p.owner_id) from preference as f"
        " join person as p on p.id = f.person_id"
        " where f.gone is null and f.polarity = ? and f.evidence = '' and (f.expires = '' or f.expires >= ?) order by f.told_on desc, f.id desc"
    )
    return [
        Cause(
            "never-unproved", ("preference", row_id), Text("{guest}: what must never be is noted without evidence", guest=name),
            add_days(told or day, GRACE), owner_id=owner, account_id=account, person_id=person, urgency=8, quiet=90,
        )
        for row_id, told, person, name, account, owner in reader.execute(sql, (NEVER, day)).fetchall()
    ]  # fmt: skip
