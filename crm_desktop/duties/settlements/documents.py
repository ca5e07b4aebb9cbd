"""The paper of a settlement: 宴会/会议结账单 F29."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.settlements import queries
from crm_desktop.duties.settlements.records import SETTLEMENT, SETTLEMENT_LINE
from crm_desktop.record import amount_words
from crm_desktop.record.money import show_money
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get

PLAIN = ("name", "code", "day", "signed_by", "checked_by", "invoice_title", "tax_no", "invoice_mail", "invoice_bank", "invoice_address", "invoice_no", "invoiced_on")


def bill(reader: Any, ask: Ask) -> Content | None:
    """F29: planned and actual line by line, what was taken off and why, the deposit, what is left and how it is paid."""
    row = get(reader, SETTLEMENT, ask.row_id)
    if row is None:
        return None
    data: dict[str, Any] = {name: str(row[name] or "") for name in PLAIN}
    data |= {name: ask.say(SETTLEMENT.by_name[name].choice_text(row[name])) if row[name] else "" for name in ("mode", "deposit_kind", "invoice_kind")}
    data |= {"client": str(row["account_id.name"] or ""), "contact": str(row["person_id.name"] or ""), "booking": str(row["booking_id.name"] or ""), "owner": str(row["owner_id.name"] or "")}
    data |= {name: show_money(row[name]) for name in ("total", "deposit", "paid", "disputed", "owed")} | {"remark": str(row["remark"]).splitlines(), "currency": row["currency"]}
    owed = max(0, row["owed"])
    data |= {"owed_zh": amount_words.chinese(owed, row["currency"]), "owed_en": amount_words.english(owed, row["currency"]), "lines": [_line(ask, at, each) for at, each in enumerate(queries.lines(reader, ask.row_id), 1)]}
    signs = [Sign(Text("Made by"), data["owner"]), Sign(Text("Client"), data["signed_by"]), Sign(Text("Banquet manager")), Sign(Text("Checked by"), data["checked_by"])]
    return Content(data, f"{row['code']} {row['name']}".strip(), hotel_id=row["hotel_id"], signs=signs)


def _line(ask: Ask, at: int, line: Row) -> list[str]:
    return [
        str(at), ask.say(SETTLEMENT_LINE.by_name["kind"].choice_text(line["kind"])), str(line["name"]), str(line["planned"] if line["planned"] is not None else ""), str(line["actual"] or 0),
        show_money(line["price"]), show_money(line["discount"]) if line["discount"] else "", show_money(line["amount"]), str(line["reason"]),
    ]  # fmt: skip


FORMS = (PaperForm("F29", Text("Bill of an event"), "settlement", bill, numbered=True),)
