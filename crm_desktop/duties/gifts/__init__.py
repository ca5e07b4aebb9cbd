"""Gifts 礼品 and hospitality 宴请: the store, who was given what, who was invited."""

from __future__ import annotations

from crm_desktop.duties.gifts import queries
from crm_desktop.duties.gifts.records import GIFT, GIFT_ITEM, MEAL
from crm_desktop.record.duty import Duty, Entries, Page, Related
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

OF_CLIENT = ("day", "item_id", "quantity", "person_id", "occasion", "cost", "state", "reaction")
OF_ITEM = ("day", "account_id", "person_id", "quantity", "occasion", "state", "reaction", "owner_id")
EATEN = ("day", "person_id", "guests", "planned", "actual", "overrun", "state")


def _given(row: Row) -> Text:
    return Text("Gift: {what}", what=row["item_id.name"])


def _eaten(row: Row) -> Text:
    return Text("Invited to a meal: {what}", what=row["purpose"])


DUTY = Duty(
    "gifts", Text("Gifts and hospitality"), records=(GIFT_ITEM, GIFT, MEAL),
    pages=(
        Page("gifts", Text("Gifts given"), "gift", words=("礼品", "送礼", "领用", "赠送", "gift"), record=GIFT, rail=False),
        Page("gift-store", Text("Gift store"), "gift", words=("礼品库", "库存", "盘点"), record=GIFT_ITEM, rail=False),
        Page("hospitality", Text("Hospitality"), "utensils-crossed", words=("宴请", "招待", "请客", "meal"), record=MEAL, rail=False),
    ),
    figures=queries.figures, now=queries.now, today=queries.today,
    entries=(
        Entries("gift", "gift", "day", {"account": ("account_id",), "person": ("person_id",)}, ("item_id", "reaction"), _given, chip="state", dropped=("refused",)),
        Entries("hospitality", "utensils-crossed", "day", {"account": ("account_id",), "person": ("person_id",)}, ("purpose",), _eaten, time="time", chip="state", dropped=("refused",)),
    ),
    related={
        "account": [Related(Text("Gifts given"), "gift", ("account_id",), OF_CLIENT), Related(Text("Hospitality"), "hospitality", ("account_id",), EATEN)],
        "person": [Related(Text("Gifts given"), "gift", ("person_id",), OF_CLIENT)],
        "gift_item": [Related(Text("Gifts given"), "gift", ("item_id",), OF_ITEM)],
    },
    documents="crm_desktop.duties.gifts.documents",
)  # fmt: skip
