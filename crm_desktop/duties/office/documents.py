"""The papers of the office: 文件处理单, 档案借阅单 (F48) and 培训记录表 (F47)."""

from __future__ import annotations

from typing import Any

from crm_desktop.documents.plain import lines_of, told
from crm_desktop.duties.office.records import DOCUMENT, LOAN, TRAINEE, TRAINING
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.rows import get

TOOK_PART = ("name", "department_id", "attendance", "score", "result", "remark")


def _read(reader: Any, ask: Ask, record: Record) -> tuple[Row, dict[str, Any]] | None:
    row = get(reader, record, ask.row_id)
    return None if row is None else (row, told(ask, record, row))


def document(reader: Any, ask: Ask) -> Content | None:
    """The sheet that goes around with a document: what is proposed, what the leaders say, what came of it."""
    if (found := _read(reader, ask, DOCUMENT)) is None:
        return None
    row, data = found
    return Content(data, f"{row['code']} {row['name']}".strip(), signs=[Sign(Text("Dealt with by"), data["owner_id"]), Sign(Text("Director of sales")), Sign(Text("General manager"))])


def loan(reader: Any, ask: Ask) -> Content | None:
    """Which file goes to whom, what for, who approved it, and when it is back."""
    if (found := _read(reader, ask, LOAN)) is None:
        return None
    row, data = found
    signs = [Sign(Text("Borrowed by"), data["owner_id"]), Sign(Text("Approved by"), data["approver_id"]), Sign(Text("Archivist"))]
    return Content(data, str(row["name"]), signs=signs)


def training(reader: Any, ask: Ask) -> Content | None:
    """F47: topic, trainer, content, who was there and with what result, what changed."""
    if (found := _read(reader, ask, TRAINING)) is None:
        return None
    row, data = found
    data["people"] = lines_of(reader, ask, ListQuery(TRAINEE, [("training_id", "=", row["id"])], "name", columns=TOOK_PART))
    if not data["people"]:  # nobody is entered yet: the boxes are filled in by hand
        data |= dict.fromkeys(("wanted", "present", "passed"), "")
    return Content(data, str(row["name"]), signs=[Sign(Text("Trainer"), data["trainer"]), Sign(Text("Organised by"), data["owner_id"]), Sign(Text("Director of sales"))])


FORMS = (
    PaperForm("F52", Text("Sheet of a document in or out"), "document", document, numbered=True),
    PaperForm("F48B", Text("Loan slip of the archive"), "archive_loan", loan, size="A5", turned=True, numbered=True),
    PaperForm("F47", Text("Training record"), "training", training, numbered=True),
)
