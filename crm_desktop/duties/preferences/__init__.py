"""Preferences 喜好."""

from __future__ import annotations

from crm_desktop.duties.preferences import causes, queries
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.record.duty import Action, Duty, Entries, Page, Related
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

COLUMNS = ("polarity", "name", "told_on", "source", "allergen", "standing", "kind")


def _says(row: Row) -> Text | str:
    return Text("{what} ({who})", what=row["name"], who=row["source"]) if row["source"] else str(row["name"])


DUTY = Duty(
    "preferences", Text("Preferences"), records=(PREFERENCE,),
    pages=(Page("preferences", Text("Preferences"), "heart", words=("喜好", "禁忌", "过敏", "习惯"), record=PREFERENCE, rail=False),),
    now=queries.now,
    entries=(Entries("preference", "heart", "told_on", {"person": ("person_id",)}, ("name", "source"), _says, chip="polarity"),),
    related={"person": [Related(Text("Preferences"), "preference", ("person_id",), COLUMNS)]},
    actions=(
        Action(
            "preference", Text("A guest's preference in one line"), "F6", quick="crm_desktop.duties.preferences.quick:QuickPreference",
            icon="heart", short=Text("Preference"), words=("喜好", "禁忌"),
        ),
    ),
    causes=causes.causes,
)  # fmt: skip
