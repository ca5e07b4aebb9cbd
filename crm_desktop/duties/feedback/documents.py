"""The paper of a call-back: 宾客意见征询/回访记录 F43."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.feedback.records import FEEDBACK, GRADES
from crm_desktop.record.clock import moment
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get


def answer(reader: Any, ask: Ask) -> Content | None:
    """F43: whom, about what, the four answers with one ticked, the words."""
    row = get(reader, FEEDBACK, ask.row_id)
    if row is None:
        return None
    fields = FEEDBACK.by_name
    data: dict[str, Any] = {name: str(row[name] or "") for name in ("name", "phone", "due", "wish")}
    data |= {name: str(row[f"{name}_id.name"] or "") for name in ("complaint", "booking", "account", "owner")}
    data |= {name: ask.say(fields[name].choice_text(row[name])) if row[name] else "" for name in ("kind", "way", "state")}
    data |= {"asked": moment(row["asked_on"], row["asked_at"]) or row["asked_on"], "words": str(row["words"]).splitlines(), "remark": str(row["remark"]).splitlines()}
    data |= {"grades": [[ask.say(text), "1" if row["grade"] == code else ""] for code, text, _ in GRADES], "attempts": str(row["attempts"] or "")}
    signs = [Sign(Text("Called by"), data["owner"]), Sign(Text("Guest")), Sign(Text("Director of sales"))]
    return Content(data, f"{row['name']} {row['due']}".strip(), hotel_id=row["hotel_id"], signs=signs)


FORMS = (PaperForm("F43", Text("Feedback of a guest"), "feedback", answer, numbered=True),)
