"""The papers of gifts and hospitality: 礼品领用单, 宴请申请单 (F41)."""

from __future__ import annotations

from typing import Any

from crm_desktop.documents.plain import told
from crm_desktop.duties.gifts import queries
from crm_desktop.duties.gifts.records import GIFT, MEAL
from crm_desktop.record import amount_words
from crm_desktop.record.money import show_money
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get


def _year(reader: Any, row: Row) -> dict[str, str]:
    """What the client had in the year and may have."""
    account, level = queries.whose(reader, row)
    used = queries.in_year(reader, account, row["day"][:4]) if account is not None else 0
    return {"class": level, "used": show_money(used), "cap": show_money(queries.cap(reader, level, row["day"])) if account is not None else ""}


def _amount(units: int) -> dict[str, str]:
    return {"amount": show_money(units), "amount_zh": amount_words.chinese(units, "CNY"), "amount_en": amount_words.english(units, "CNY")}


def gift(reader: Any, ask: Ask) -> Content | None:
    """Who asks for which gift, for whom and why; that it was handed over, and what the guest said."""
    row = get(reader, GIFT, ask.row_id)
    if row is None:
        return None
    item = queries.item(reader, row["item_id"]) or {"cost": 0, "stock": 0}
    worth = row["cost"] or item["cost"] * row["quantity"]
    data = told(ask, GIFT, row) | _year(reader, row) | _amount(worth) | {"unit": show_money(item["cost"]), "stock": f"{item['stock']:,}"}
    signs = [Sign(Text("Asked for by"), data["owner_id"]), Sign(Text("Approved by")), Sign(Text("Store keeper")), Sign(Text("Received by"))]
    return Content(data, f"{data['item_id']} {data['account_id'] or data['person_id']}".strip(), signs=signs)


def meal(reader: Any, ask: Ask) -> Content | None:
    """Who is invited to what by whom, standard a head, what it cost and why it cost more."""
    row = get(reader, MEAL, ask.row_id)
    if row is None:
        return None
    data = told(ask, MEAL, row) | _year(reader, row) | _amount(row["actual"] or row["planned"])
    signs = [Sign(Text("Asked for by"), data["owner_id"]), Sign(Text("Sales manager")), Sign(Text("Director of sales")), Sign(Text("General manager"))]
    return Content(data, f"{data['account_id']} {row['day']}", signs=signs)


FORMS = (
    PaperForm("F41", Text("Gift voucher"), "gift", gift, size="A5", turned=True, numbered=True, routing=(Text("Store keeper"), Text("Finance department"), Text("Stub"))),
    PaperForm("F41B", Text("Request for hospitality"), "hospitality", meal, numbered=True),
)
