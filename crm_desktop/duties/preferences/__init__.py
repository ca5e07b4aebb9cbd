"""Preferences 喜好."""

from __future__ import annotations

from crm_desktop.duties.preferences import queries
from crm_desktop.duties.preferences.records import PREFERENCE, SLIP
from crm_desktop.record.duty import Action, Duty, Entries, Page, Related
from crm_desktop.record.later import later
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

COLUMNS = ("polarity", "name", "strength", "first_on", "told_on", "source", "evidence", "allergen", "standing", "sure", "kind", "expires")


def _says(row: Row) -> Text | str:
    return Text("{what} ({who})", what=row["name"], who=row["source"]) if row["source"] else str(row["name"])


DUTY = Duty(
    "preferences", Text("Preferences"), records=(PREFERENCE, SLIP),
    pages=(
        Page("preferences", Text("Preferences"), "heart", words=("喜好", "禁忌", "过敏", "习惯"), record=PREFERENCE, rail=False),
        Page(
            "preference-slips", Text("Preference slips"), "clipboard-list", "crm_desktop.duties.preferences.pages:slips",
            words=("客人特殊要求通知单", "通知单", "喜好单"), record=SLIP, rail=False,
        ),
    ),
    now=queries.now, today=queries.today,
    entries=(Entries("preference", "heart", "told_on", {"person": ("person_id",)}, ("name", "source"), _says, chip="polarity"),),
    related={"person": [Related(Text("Preferences"), "preference", ("person_id",), COLUMNS)]},
    actions=(
        Action(
            "preference", Text("A guest's preference in one line"), "F6", quick="crm_desktop.duties.preferences.quick:QuickPreference",
            icon="heart", short=Text("Preference"), words=("喜好", "禁忌"),
        ),
        Action(
            "preference-slip", Text("A preference slip in one line"), "Shift+F6", quick="crm_desktop.duties.preferences.quick_slip:QuickSlip",
            icon="clipboard-list", words=("通知单", "特殊要求"),
        ),
    ),
    causes=later("crm_desktop.duties.preferences.causes:causes"), documents="crm_desktop.duties.preferences.documents",
)  # fmt: skip
