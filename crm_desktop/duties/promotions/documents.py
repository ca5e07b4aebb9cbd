"""The paper of a promotion: 促销活动方案(签呈) with the division of labour and the evaluation, F42."""

from __future__ import annotations

from typing import Any

from crm_desktop.documents.plain import lines_of, told
from crm_desktop.duties.promotions import queries
from crm_desktop.duties.promotions.records import OFFER, PRODUCT, PROMOTION, TASK
from crm_desktop.record import amount_words
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.rows import get

PRODUCTS = ("zone", "name", "list_price", "price", "child_price", "unit_cost", "allotment", "sold")
OFFERS = ("account_id", "owner_id", "day", "state", "said")
TASKS = ("department_id", "name", "owner_id", "due", "state", "signed_by")


def promotion(reader: Any, ask: Ask) -> Content | None:
    """F42: why, for whom and when, products with their prices, programme and media, the budget, who does what, what it brought."""
    row = get(reader, PROMOTION, ask.row_id)
    if row is None:
        return None
    data, mine = told(ask, PROMOTION, row), [("promotion_id", "=", row["id"])]
    data["products"] = lines_of(reader, ask, ListQuery(PRODUCT, mine, "name", columns=PRODUCTS))
    data["division"] = lines_of(reader, ask, ListQuery(TASK, mine, "due", columns=TASKS))
    data["offers"] = lines_of(reader, ask, ListQuery(OFFER, mine, "day", columns=OFFERS))
    data["break_even"] = ask.say(queries.break_even(reader, row["id"], row["budget"]))
    data |= {"budget_zh": amount_words.chinese(row["budget"], row["currency"]), "budget_en": amount_words.english(row["budget"], row["currency"])}
    signs = [Sign(Text("In charge"), data["owner_id"]), Sign(Text("Head of the department")), Sign(Text("Financial controller")), Sign(Text("General manager"))]
    return Content(data, str(row["name"]), hotel_id=row["hotel_id"], signs=signs)


FORMS = (PaperForm("F42", Text("Promotion scheme"), "promotion", promotion, numbered=True),)
