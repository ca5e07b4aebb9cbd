"""The papers of meetings: 例会纪要 F46, and the sheet of an instruction with its report."""

from __future__ import annotations

from typing import Any

from crm_desktop.documents.plain import lines_of, told
from crm_desktop.duties.meetings import queries
from crm_desktop.duties.meetings.records import INSTRUCTION, MINUTES, MINUTES_ITEM
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.rows import get

COLUMNS = ("name", "owner_id", "department_id", "due", "state", "evidence")


def minutes(reader: Any, ask: Ask) -> Content | None:
    """F46: who was there, what was reported and asked for, what was decided, and what earlier meetings left open."""
    row = get(reader, MINUTES, ask.row_id)
    if row is None:
        return None
    data = told(ask, MINUTES, row)
    data["decisions"] = lines_of(reader, ask, ListQuery(MINUTES_ITEM, [("minutes_id", "=", row["id"])], "due", columns=COLUMNS))
    data["earlier"] = lines_of(reader, ask, ListQuery(MINUTES_ITEM, queries.left_open(reader, row), "due", columns=COLUMNS))
    signs = [Sign(Text("Minutes by"), data["owner_id"]), Sign(Text("Chaired by"), data["chair_id"]), Sign(Text("General manager"))]
    return Content(data, f"{row['day']} {row['name']}", signs=signs)


def instruction(reader: Any, ask: Ask) -> Content | None:
    """What was asked for, by whom and until when, and what was reported back."""
    row = get(reader, INSTRUCTION, ask.row_id)
    if row is None:
        return None
    data = told(ask, INSTRUCTION, row)
    return Content(data, str(row["name"]), signs=[Sign(Text("Carried out by"), data["owner_id"]), Sign(Text("Director of sales")), Sign(Text("General manager"))])


FORMS = (
    PaperForm("F46", Text("Minutes of a meeting"), "minutes", minutes, numbered=True),
    PaperForm("F51", Text("Instruction with its report"), "instruction", instruction, numbered=True),
)
