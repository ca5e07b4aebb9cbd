"""What is done with VIPs and other guests in house."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.vip import queries
from crm_desktop.record.dates import local_time
from crm_desktop.record.text import Refused, Text

KINDS = ("stay", "vip_stay")


def met(desk: Any, record: str, row_id: int, words: str = "") -> Any:
    """Mark the guest of a stay or a reception (`record`: "stay" or "vip_stay") as met in the house today: a contact that is
    done, with who, when, and what was said; returns the Change. Raises Refused when it is marked already."""
    if record not in KINDS:
        raise ValueError(record)
    row = desk.get(desk.store.by_key[record], row_id)
    if row is None:
        raise Refused(Text("This stay was removed meanwhile; nothing was noted."))
    if row["guest_id"] is None:
        raise Refused(Text("This stay names no guest; write the name first."))
    if queries.was_met(desk.store.writer, row["guest_id"], desk.today()):
        raise Refused(Text("{name} is marked as met today already.", name=row["guest_id.name"]))
    person = desk.get(desk.store.by_key["person"], row["guest_id"]) or {}
    unit = row.get("account_id") or row.get("company_id") or row.get("agency_id") or person.get("account_id")
    values = {"person_id": row["guest_id"], "account_id": unit, "kind": "in-house", "day": desk.today(), "words": words.strip()}
    return desk.save(desk.store.by_key["visit"], None, 0, values | {"time": f"{local_time():%H:%M}"})
