"""The papers of the market: 市场信息单 (F45), 点评处理单 and 店铺页面检查表."""

from __future__ import annotations

from typing import Any

from crm_desktop.documents.plain import lines_of, told
from crm_desktop.duties.market import queries
from crm_desktop.duties.market.records import CHECK, INFO, REVIEW
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.rows import get

CHECKED = ("platform", "price_ok", "picture_ok", "text_ok", "stock_ok", "found", "state", "owner_id")


def info(reader: Any, ask: Ask) -> Content | None:
    """F45: what was heard, from whom and how sure it is, what is made of it."""
    row = get(reader, INFO, ask.row_id)
    if row is None:
        return None
    data = told(ask, INFO, row)
    return Content(data, str(row["name"]), signs=[Sign(Text("Noted by"), data["owner_id"]), Sign(Text("Sales manager")), Sign(Text("Director of sales"))])


def review(reader: Any, ask: Ask) -> Content | None:
    """What a guest wrote in public, and what was answered when and by whom."""
    row = get(reader, REVIEW, ask.row_id)
    if row is None:
        return None
    data = told(ask, REVIEW, row)
    signs = [Sign(Text("Answered by"), data["owner_id"]), Sign(Text("Director of sales"))]
    return Content(data, f"{data['platform']} {row['name']}", hotel_id=row["hotel_id"], signs=signs)


def check(reader: Any, ask: Ask) -> Content | None:
    """All checks of the day of this one."""
    row = get(reader, CHECK, ask.row_id)
    if row is None:
        return None
    data = {"day": str(row["day"]), "checks": lines_of(reader, ask, ListQuery(CHECK, queries.of_day(row), "day", columns=CHECKED))}
    return Content(data, str(row["day"]), hotel_id=row["hotel_id"], signs=[Sign(Text("Looked at by"), str(row["owner_id.name"] or "")), Sign(Text("Sales manager"))])


FORMS = (
    PaperForm("F45", Text("Market information sheet"), "market_info", info, numbered=True),
    PaperForm("F53", Text("Sheet of an online review"), "online_review", review, numbered=True),
    PaperForm("F54", Text("Shop page check of a day"), "page_check", check, size="A5", turned=True),
)
