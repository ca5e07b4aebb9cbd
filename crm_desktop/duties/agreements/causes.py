"""What of the agreements has to be followed up: one that ends in 90, 60 or 30 days and is not renewed."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.agreements import rules
from crm_desktop.record.dates import add_days
from crm_desktop.record.duty import Cause
from crm_desktop.record.text import Text

ONCE = 36_500


def causes(reader: Any, day: str) -> list[Cause]:
    """One follow-up at each of the three marks, of who looks after the client."""
    sql = (
        "select g.id, g.until, g.account_id, a.name, coalesce(g.owner_id, a.owner_id) from agreement as g join account as a on a.id = g.account_id"
        " where g.gone is null and g.state = ? and g.until >= ? and g.until <= ? order by g.until, g.id"
    )
    found = reader.execute(sql, (rules.RUNNING, day, add_days(day, rules.REMIND[0]))).fetchall()
    return [
        Cause(
            f"agreement-{mark}", ("agreement", int(row_id)), Text("{client}: the agreement ends on {day}, talk about renewing it", client=name, day=until),
            day, owner_id=owner, account_id=account, urgency=3, quiet=ONCE,
        )
        for row_id, until, account, name, owner in found if (mark := rules.reminder(str(until), day))
    ]  # fmt: skip
