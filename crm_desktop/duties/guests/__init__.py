"""Guest files 客史: who comes with a guest, days to keep, what they had, and whom the house is careful with."""

from __future__ import annotations

from crm_desktop.duties.guests import queries, queries_days
from crm_desktop.duties.guests.records import ATTENTION, COMPANION, CONSUMPTION, KEY_DATE
from crm_desktop.record.duty import Action, Duty, Entries, Page, Part, Related
from crm_desktop.record.later import later
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

LISTED = ("level", "name", "evidence", "decided_on", "review_on", "expires", "standing", "decided_by")


def _ate(row: Row) -> Text | str:
    what = Text("{outlet}: {dishes}", outlet=row["outlet"], dishes=row["name"]) if row["outlet"] else str(row["name"])
    return Text("{what}, {amount}", what=what, amount=show_money(row["amount"])) if row["amount"] else what


def _watched(row: Row) -> Text:
    return Text("On the attention list: {facts}", facts=row["name"])


DUTY = Duty(
    "guests", Text("Guest files"), records=(COMPANION, ATTENTION, KEY_DATE, CONSUMPTION),
    pages=(
        Page("attention", Text("Attention list"), "shield-check", words=("关注名单", "黑名单", "拒绝", "预付"), record=ATTENTION, rail=False),
        Page("key-dates", Text("Days to keep"), "cake", words=("纪念日", "重要日子", "周年"), record=KEY_DATE, rail=False),
        Page("companions", Text("Companions"), "users", words=("同来人", "家属", "随行"), record=COMPANION, rail=False),
        Page("consumption", Text("Consumption"), "utensils-crossed", words=("消费档案", "消费记录", "餐饮"), record=CONSUMPTION, rail=False),
    ),
    parts=(Part("guest_file", Text("Guest file"), "person", "crm_desktop.duties.guests.pages_file:guest_file"),),
    documents="crm_desktop.duties.guests.documents",
    actions=(
        Action(
            "arrival-cards", Text("Arrival cards of tomorrow"), "Ctrl+Shift+A", "crm_desktop.duties.guests.pages_cards:arrival_cards", icon="printer",
            words=("抵店", "客史卡", "明日抵店", "arrivals"),
        ),
    ),
    figures=queries.figures, now=queries.now, today=queries_days.today, hit_facts=queries.hit_facts, causes=later("crm_desktop.duties.guests.causes:causes"),
    entries=(
        Entries(
            "consumption", "utensils-crossed", "day", {"person": ("person_id",), "account": ("account_id",)}, ("name", "outlet", "amount"), _ate,
        ),
        Entries("attention", "shield-check", "decided_on", {"person": ("person_id",), "account": ("account_id",)}, ("name",), _watched, chip="level"),
    ),
    related={
        "person": [
            Related(Text("Companions"), "companion", ("person_id",), ("name", "relation", "age", "other_id", "remark")),
            Related(Text("Days to keep"), "key_date", ("person_id",), ("kind", "name", "next", "day", "what", "budget")),
            Related(Text("Consumption"), "consumption", ("person_id",), ("day", "outlet", "name", "wine", "covers", "amount", "left_over")),
            Related(Text("Attention list"), "attention", ("person_id",), LISTED),
        ],
        "account": [
            Related(Text("Days to keep"), "key_date", ("account_id",), ("kind", "name", "next", "day", "what", "budget")),
            Related(Text("Attention list"), "attention", ("account_id",), LISTED),
        ],
    },
)  # fmt: skip
