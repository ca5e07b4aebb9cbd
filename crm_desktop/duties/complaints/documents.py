"""The paper of a complaint: 客户意见/投诉记录处理单 F09, every box in its order."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.complaints.queries_papers import orders_of
from crm_desktop.duties.complaints.records import COMPLAINT
from crm_desktop.record import amount_words
from crm_desktop.record.clock import moment
from crm_desktop.record.money import show_money
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get

PLAIN = ("name", "code", "guest", "phone", "room_no", "place", "demand", "first_aid", "cause_words", "archive_no")
LONG = ("story", "evidence", "finding", "measures", "result", "opinion", "prevention")
CHOICES = ("channel", "kind", "severity", "standing", "category", "stage", "gesture", "call_back", "cause", "state")
NAMES = ("person_id", "account_id", "booking_id", "department_id", "owner_id", "taker_id", "approver_id", "caller_id")
MOMENTS = ("received", "happened", "accepted", "scene", "planned", "answered", "agreed", "called")


def record_sheet(reader: Any, ask: Ask) -> Content | None:
    """F09: who complained of what, what was found, what was done, what came of it, and why it will not come again."""
    row = get(reader, COMPLAINT, ask.row_id)
    if row is None:
        return None
    fields = COMPLAINT.by_name
    data: dict[str, Any] = {name: str(row[name] or "") for name in PLAIN}
    data |= {name: str(row[name]).splitlines() for name in LONG}
    data |= {name: ask.say(fields[name].choice_text(row[name])) if row[name] else "" for name in CHOICES}
    data |= {name.removesuffix("_id"): str(row[f"{name}.name"] or "") for name in NAMES}
    data["taker"] = data["taker"] or data["owner"]
    data |= {name: moment(row[f"{name}_on"], row[f"{name}_at"]) or row[f"{name}_on"] for name in MOMENTS}
    data |= _money(ask, row) | {"orders": orders_of(reader, ask.row_id), "closed": row["closed_on"]}
    signs = [
        Sign(Text("Taken by"), data["taker"]), Sign(Text("Handled by"), data["owner"]), Sign(Text("Head of the department")), Sign(Text("Director of sales")),
    ]  # fmt: skip
    return Content(data, f"{row['code']} {row['name']}".strip(), hotel_id=row["hotel_id"], signs=signs)


def _money(ask: Ask, row: Row) -> dict[str, str]:
    given, cost, unit = row["compensation"], row["cost"], row["currency"]
    return {
        "compensation": show_money(given) if given else "", "compensation_zh": amount_words.chinese(given, unit) if given else "",
        "compensation_en": amount_words.english(given, unit) if given else "", "cost": show_money(cost) if cost else ask.say(Text("Cost nothing")) if row["no_cost"] else "",
    }  # fmt: skip


FORMS = (PaperForm("F09", Text("Complaint record"), "complaint", record_sheet, numbered=True),)
