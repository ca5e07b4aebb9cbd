"""What of the VIP stays has to be followed up: who arrives today or tomorrow and is not being prepared for."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.vip.records import APPLIED, APPROVED
from crm_desktop.record.dates import add_days
from crm_desktop.record.duty import Cause
from crm_desktop.record.text import Text


def causes(reader: Any, day: str) -> list[Cause]:
    """VIPs arriving today or tomorrow who are applied for or approved only: what is missed on the eve is no less needed on the day."""
    sql = (
        "select v.id, v.level, p.name, v.guest_id, v.account_id, coalesce(v.owner_id, a.owner_id, p.owner_id), v.arrival"
        " from vip_stay as v join person as p on p.id = v.guest_id left join account as a on a.id = v.account_id"
        " where v.gone is null and v.stage in (?, ?) and v.arrival in (?, ?) order by v.level, v.id"
    )
    return [
        Cause(
            "vip-unprepared", ("vip_stay", row_id), Text("{level} {guest} arrives on {day} and is not in preparation", level=level, guest=name, day=arrival),
            day, owner_id=owner, account_id=account, person_id=guest, urgency=0, quiet=1,
        )
        for row_id, level, name, guest, account, owner, arrival in reader.execute(sql, (APPLIED, APPROVED, day, add_days(day, 1))).fetchall()
    ]  # fmt: skip
