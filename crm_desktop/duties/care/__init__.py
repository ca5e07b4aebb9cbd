"""Maintenance plans 客户维护(保养)计划."""

from __future__ import annotations

from crm_desktop.duties.care import queries
from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN, KINDS, REACTIONS
from crm_desktop.duties.care.records_standard import CARE_GOAL, CARE_HOLD, CARE_STANDARD
from crm_desktop.record.duty import Action, Duty, Entries, Page, Related
from crm_desktop.record.later import later
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
    "care", Text("Maintenance plans"), records=(CARE_PLAN, CARE_ITEM, CARE_STANDARD, CARE_HOLD, CARE_GOAL),
    actions=(
        Action(
            "gift", Text("A gift, card or meal: ask for it or note it"), "Ctrl+G", quick="crm_desktop.duties.care.quick:QuickCare", icon="gift",
            words=("礼品", "送礼", "贺卡", "gift"),
        ),
    ),
    pages=(
        Page(
            "care", Text("Maintenance plans"), "heart-handshake", "crm_desktop.duties.care.pages:plans",
            words=("维护", "保养", "关怀", "计划", "care"), record=CARE_PLAN,
        ),
        Page("care-items", Text("Plan items"), "list-todo", "crm_desktop.duties.care.pages_items:items", ("维护", "保养", "关怀", "计划项目"), record=CARE_ITEM, rail=False),
        Page(
            "care-proposal", Text("Month proposed"), "calendar-days", "crm_desktop.duties.care.pages_proposal:proposal",
            ("月度计划", "维护建议", "保养计划", "建议", "proposal"), rail=False,
        ),
        Page(
            "calendar", Text("Calendar"), "calendar-days", "crm_desktop.duties.care.pages_calendar:calendar",
            ("日历", "农历", "节日", "放假", "调休", "日程", "calendar"), rail=False,
        ),
        Page(
            "care-standards", Text("Standards of care"), "settings", "crm_desktop.duties.care.pages_standard:standards",
            ("维护标准", "等级标准", "保养标准"), record=CARE_STANDARD, rail=False,
        ),
        Page("care-goals", Text("Goals by class"), "heart-handshake", words=("年度目标", "指标", "KPI"), record=CARE_GOAL, rail=False),
        Page("care-holds", Text("Holds on contacts"), "heart-handshake", words=("暂停联系", "撤回同意", "丧事", "勿扰"), record=CARE_HOLD, rail=False),
    ),
    figures=queries.figures, today=queries.today, causes=later("crm_desktop.duties.care.causes:causes"),
    entries=(
        Entries(
            "care_item", "heart-handshake", "day", {"account": ("account_id",), "person": ("person_id",)}, ("kind", "name", "reaction"), _says,
            chip="state",
        ),
    ),
    related={
        "care_plan": [
            Related(Text("Plan items"), "care_item", ("plan_id",), OF_PLAN),
            Related(Text("Goals by class"), "care_goal", ("plan_id",), ("level", "clients", "touches", "visits", "silence", "budget", "covered", "kept", "glad")),
        ],
        "account": [
            Related(Text("Plan items"), "care_item", ("account_id",), OF_CLIENT),
            Related(Text("Holds on contacts"), "care_hold", ("account_id",), ("kind", "person_id", "since", "until", "words")),
        ],
        "person": [
            Related(Text("Plan items"), "care_item", ("person_id",), OF_CLIENT),
            Related(Text("Holds on contacts"), "care_hold", ("person_id",), ("kind", "since", "until", "words")),
        ],
    },
    documents="crm_desktop.duties.care.documents",
)  # fmt: skip
