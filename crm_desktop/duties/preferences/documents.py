"""The paper of a preference slip: 客人特殊要求通知单 F38, filled in by whichever department saw it."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.preferences.records import SLIP
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get


def slip(reader: Any, ask: Ask) -> Content | None:
    """F38: who saw what with which guest, who verified it, and whether it was filed within two working days."""
    row = get(reader, SLIP, ask.row_id)
    if row is None:
        return None
    guest, department, owner = (str(row[f"{name}.name"] or "") for name in ("person_id", "department_id", "owner_id"))
    data = {
        "room": row["room_no"], "guest": guest, "day": row["seen_on"], "words": str(row["name"]).splitlines(), "department": department,
        "observer": row["observer"], "due": row["due"], "filed": row["filed_on"], "remark": str(row["remark"]).splitlines(),
        **{name: _choice(ask, row, name) for name in ("polarity", "kind", "allergen", "state")},
    }  # fmt: skip
    return Content(data, " ".join(part for part in (str(row["room_no"]), guest) if part), signs=[Sign(Text("Seen by"), str(row["observer"])), Sign(Text("Verified by")), Sign(Text("Filed by"), owner)])


def _choice(ask: Ask, row: Row, name: str) -> str:
    return ask.say(SLIP.by_name[name].choice_text(row[name])) if row[name] else ""


FORMS = (PaperForm("F38", Text("Note of a guest's wish"), "preference_slip", slip, size="A5", turned=True, numbered=True),)
