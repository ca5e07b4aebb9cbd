"""Promotions 促销方案."""

from __future__ import annotations

from crm_desktop.duties.promotions import queries
from crm_desktop.duties.promotions.records import PRODUCT, PROMOTION, TASK
from crm_desktop.record.duty import Duty, Page, Related
from crm_desktop.record.later import later
from crm_desktop.record.text import Text

PRODUCTS = ("zone", "name", "price", "allotment", "sold", "unit_cost", "margin", "list_price")
TASKS = ("due", "name", "department_id", "owner_id", "state", "late", "signed_by")

DUTY = Duty(
    "promotions", Text("Promotions"), records=(PROMOTION, PRODUCT, TASK),
    pages=(
        Page("promotions", Text("Promotions"), "star", words=("促销", "活动", "方案", "节庆", "签呈", "promotion"), record=PROMOTION, rail=False),
        Page("promotion-tasks", Text("Tasks of promotions"), "list-todo", words=("分工", "分工表", "促销"), record=TASK, rail=False),
        Page("promotion-products", Text("Products of promotions"), "coins", words=("产品", "套餐", "促销价"), record=PRODUCT, rail=False),
    ),
    figures=queries.figures, today=queries.today, causes=later("crm_desktop.duties.promotions.causes:causes"),
    related={
        "promotion": [
            Related(Text("Products"), "promotion_product", ("promotion_id",), PRODUCTS), Related(Text("Division of labour"), "promotion_task", ("promotion_id",), TASKS),
        ],
    },
    documents="crm_desktop.duties.promotions.documents",
)  # fmt: skip
