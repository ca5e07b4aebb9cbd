"""Maintenance plans 客户维护(保养)计划."""

from __future__ import annotations

from crm_desktop.duties.care import causes, queries
from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN, KINDS, REACTIONS
from crm_desktop.record.duty import Action, Duty, Entries, Page, Related
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

OF_PLAN = ("day", "account_id", "person_id", "kind", "name", "budget", "actual", "state", "reaction", "owner_id")
OF_CLIENT = ("day", "kind", "name", "person_id", "budget", "actual", "state", "reaction", "owner_id")
WORDS: dict[str, Text] = {code: text for code, text, _ in (*KINDS, *REACTIONS)}


def _says(row: Row) -> Text:
    kind = WORDS.get(row["kind"]) or Text("Plan item")
    words = Text("{kind}: {what}", kind=kind, what=row["name"]) if row["name"] else Text("{kind} planned", kind=kind)
    return Text("{what} - {reaction}", what=words, reaction=WORDS.get(row["reaction"]) or row["reaction"]) if row["reaction"] else words


DUTY = Duty(
    "care", Text("Maintenance plans"), records=(CARE_PLAN, CARE_ITEM),
    actions=(
        Action(
            "gift", Text("A gift, card or meal given just now"), "Ctrl+G", quick="crm_desktop.duties.care.quick:QuickCare", icon="gift",
            words=("礼品", "送礼", "贺卡", "gift"),
        ),
    ),
    pages=(
        Page(
            "care", Text("Maintenance plans"), "heart-handshake", "crm_desktop.duties.care.pages:plans",
            words=("维护", "保养", "关怀", "计划", "care"), record=CARE_PLAN,
        ),
        Page("care-items", Text("Plan items"), "list-todo", words=("维护", "保养", "关怀", "计划项目"), record=CARE_ITEM, rail=False),
    ),
    figures=queries.figures, today=queries.today, causes=causes.causes,
    entries=(
        Entries(
            "care_item", "heart-handshake", "day", {"account": ("account_id",), "person": ("person_id",)}, ("kind", "name", "reaction"), _says,
            chip="state",
        ),
    ),
    related={
        "care_plan": [Related(Text("Plan items"), "care_item", ("plan_id",), OF_PLAN)],
        "account": [Related(Text("Plan items"), "care_item", ("account_id",), OF_CLIENT)],
        "person": [Related(Text("Plan items"), "care_item", ("person_id",), OF_CLIENT)],
    },
)  # fmt: skip
