"""Promotions 促销方案."""

from __future__ import annotations

from crm_desktop.duties.promotions import queries
from crm_desktop.duties.promotions.records import OFFER, PRODUCT, PROMOTION, TASK
from crm_desktop.duties.promotions.rules import DECLINED
from crm_desktop.record.duty import Duty, Entries, Page, Related
from crm_desktop.record.later import later
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

PRODUCTS = ("zone", "name", "price", "allotment", "sold", "unit_cost", "margin", "list_price")
TASKS = ("due", "name", "department_id", "owner_id", "state", "late", "signed_by")

OFFERS = ("day", "account_id", "state", "said", "owner_id", "booking_id")
OF_CLIENT = ("day", "promotion_id", "state", "said", "owner_id")


def _offered(row: Row) -> Text:
    words = Text("Promotion: {what}", what=row["promotion_id.name"] or "")
    return Text("{what} - {said}", what=words, said=row["said"]) if row["said"] else words


DUTY = Duty(
    "promotions", Text("Promotions"), records=(PROMOTION, PRODUCT, TASK, OFFER),
    pages=(
        Page("promotions", Text("Promotions"), "star", words=("促销", "活动", "方案", "节庆", "签呈", "promotion"), record=PROMOTION, rail=False),
        Page("promotion-tasks", Text("Tasks of promotions"), "list-todo", words=("分工", "分工表", "促销"), record=TASK, rail=False),
        Page("promotion-products", Text("Products of promotions"), "coins", words=("产品", "套餐", "促销价"), record=PRODUCT, rail=False),
        Page("promotion-offers", Text("Promotions offered to clients"), "star", words=("推介", "促销", "告知客户"), record=OFFER, rail=False),
    ),
    figures=queries.figures, today=queries.today, causes=later("crm_desktop.duties.promotions.causes:causes"),
    entries=(
        Entries("promotion_offer", "star", "day", {"account": ("account_id",), "person": ("person_id",)}, ("promotion_id", "said"), _offered, chip="state", dropped=(DECLINED,)),
    ),
    related={
        "account": [Related(Text("Promotions"), "promotion_offer", ("account_id",), OF_CLIENT)],
        "promotion": [
            Related(Text("Products"), "promotion_product", ("promotion_id",), PRODUCTS), Related(Text("Division of labour"), "promotion_task", ("promotion_id",), TASKS),
            Related(Text("Clients"), "promotion_offer", ("promotion_id",), OFFERS),
        ],
    },
    documents="crm_desktop.duties.promotions.documents",
)  # fmt: skip
