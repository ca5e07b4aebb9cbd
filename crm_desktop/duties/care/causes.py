"""What of the maintenance plans has to be followed up: items that are overdue."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.care.records import CARE_ITEM, OPEN
from crm_desktop.record.dates import add_days, days_before
from crm_desktop.record.duty import Cause
from crm_desktop.record.text import Text

LATE = 3  # days


def causes(reader: Any, day: str) -> list[Cause]:
    """Open items whose day was three days ago or earlier, this year's."""
    sql = (
        "select i.id, i.day, i.kind, coalesce(a.name, p.name, i.name), i.account_id, i.person_id, coalesce(i.owner_id, a.owner_id)"
        " from care_item as i left join account as a on a.id = i.account_id left join person as p on p.id = i.person_id"
        " where i.gone is null and i.state = ? and i.day <= ? and i.day > ? order by i.day, i.id"
    )
    kinds = CARE_ITEM.by_name["kind"]
    return [
        Cause(
            "plan-item-late", ("care_item", row_id),
            Text("{client}: {kind} planned for {day} is not done", client=name, kind=kinds.choice_text(kind), day=planned),
            add_days(planned, LATE), owner_id=owner, account_id=account, person_id=person, urgency=5,
        )
        for row_id, planned, kind, name, account, person, owner in reader.execute(sql, (OPEN, days_before(day, LATE), days_before(day, 366))).fetchall()
    ]  # fmt: skip
