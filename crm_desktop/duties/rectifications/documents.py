"""The paper of a rectification order: 整改通知单 F10, signed by both sides."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.rectifications.records import RECTIFICATION
from crm_desktop.record.clock import moment
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get

PLAIN = ("name", "code", "contractor", "person", "room_no", "received_by", "copies", "excuse", "inspected_by", "finished_on")
LONG = ("content", "standard", "plan", "inspection", "reply")


def order(reader: Any, ask: Ask) -> Content | None:
    """F10: what is to be put right by whom and to what standard, the two times, plan, inspection and reply."""
    row = get(reader, RECTIFICATION, ask.row_id)
    if row is None:
        return None
    data: dict[str, Any] = {name: str(row[name] or "") for name in PLAIN} | {name: str(row[name]).splitlines() for name in LONG}
    data |= {name: moment(row[f"{name}_on"], row[f"{name}_at"]) or row[f"{name}_on"] for name in ("issued", "received", "scene", "plan", "limit")} | {
        "plan_words": data["plan"], "way": ask.say(RECTIFICATION.by_name["way"].choice_text(row["way"])), "to": str(row["department_id.name"] or row["contractor"] or ""),
        "complaint": str(row["complaint_id.name"] or ""), "owner": str(row["owner_id.name"] or ""), "failed": row["failed"],
        "state": ask.say(RECTIFICATION.by_name["state"].choice_text(row["state"])),
    }  # fmt: skip
    signs = [Sign(Text("Sent out by"), data["owner"]), Sign(Text("Received by"), data["received_by"]), Sign(Text("Inspected by"), data["inspected_by"]), Sign(Text("Head of the department"))]
    return Content(data, f"{row['code']} {row['name']}".strip(), hotel_id=row["hotel_id"], signs=signs, routing=[data["to"] or Text("Department"), Text("Stub")])


FORMS = (PaperForm("F10", Text("Rectification order"), "rectification", order, numbered=True),)
