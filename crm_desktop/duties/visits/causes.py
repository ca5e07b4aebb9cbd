"""What of the visits has to be followed up: the next step that a report named, on its day."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.visits.records import DONE
from crm_desktop.record.dates import days_before
from crm_desktop.record.duty import Cause
from crm_desktop.record.text import Text

KEPT = 90  # days after which a next step that nobody took is history
NEXT_STEP, ONCE = "next-step", 36_500  # a next step is followed up once


def causes(reader: Any, day: str) -> list[Cause]:
    """Next steps whose day has come, where the client was not seen again since."""
    sql = (
        "select v.id, v.next, v.next_on, v.account_id, v.person_id, coalesce(v.owner_id, a.owner_id), coalesce(a.name, p.name, '') from visit as v"
        " left join account as a on a.id = v.account_id left join person as p on p.id = v.person_id"
        " where v.gone is null and v.state = ? and v.next <> '' and v.next_on > ? and v.next_on <= ? and not exists"
        " (select 1 from visit as w where w.gone is null and w.account_id = v.account_id and w.state = ? and w.day > v.day)"
        " order by v.next_on, v.id"
    )
    found = reader.execute(sql, (DONE, days_before(day, KEPT), day, DONE)).fetchall()
    return [
        Cause(
            NEXT_STEP, ("visit", row_id), Text("{client}: {what}", client=name, what=what) if name else str(what), on, owner_id=owner,
            account_id=account, person_id=person, urgency=3, quiet=ONCE,
        )
        for row_id, what, on, account, person, owner, name in found
    ]  # fmt: skip
