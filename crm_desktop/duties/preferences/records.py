"""Preferences 喜好: what a guest likes, dislikes and must never meet; each with who said it and when."""

from __future__ import annotations

from crm_desktop.duties.preferences import rules
from crm_desktop.record.facts import DISLIKE, EXPIRED, HOLDS, LIKE, NEVER, OLD
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text

__all__ = ["ALLERGENS", "DISLIKE", "KINDS", "LIKE", "NEVER", "POLARITIES", "PREFERENCE"]

POLARITIES = ((LIKE, Text("Likes"), "green"), (DISLIKE, Text("Dislikes"), "amber"), (NEVER, Text("Never"), "red"))
STANDINGS = ((HOLDS, Text("Holds"), "green"), (OLD, Text("Long not confirmed"), "grey"), (EXPIRED, Text("Expired"), "grey"))
KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("food", Text("Food")), ("drink", Text("Drinks")), ("room", Text("Room")), ("bed", Text("Bed and pillows")),
        ("climate", Text("Temperature and air")), ("noise", Text("Quiet")), ("service", Text("Service")),
        ("religion", Text("Religion and custom")), ("health", Text("Health")), ("gift", Text("Gifts")),
        ("interest", Text("Interests")), ("habit", Text("Habits")), ("other", Text("Other")),
    )
)  # fmt: skip
ALLERGENS = tuple(
    (code, text, "red")
    for code, text in (
        ("peanut", Text("Peanut")), ("shellfish", Text("Shellfish")), ("fish", Text("Fish")), ("milk", Text("Milk")),
        ("egg", Text("Egg")), ("nuts", Text("Nuts")), ("gluten", Text("Gluten")), ("soy", Text("Soy")),
        ("sesame", Text("Sesame")), ("mango", Text("Mango")), ("alcohol", Text("Alcohol")), ("pollen", Text("Pollen")),
        ("feather", Text("Feathers")), ("other", Text("Other")),
    )
)  # fmt: skip

PREFERENCE = Record(
    "preference", Text("Preference"), Text("Preferences"),
    Section(
        Text("Preference"),
        Field("person_id", Text("Guest"), Kind.REF, ref="person", required=True, width=130, words=("客人", "姓名")),
        Field("polarity", Text("Likes or not"), Kind.CHOICE, required=True, closed=True, default=LIKE, choices=POLARITIES, width=92, words=("态度",)),
        Field("name", Text("What"), required=True, searched=True, data="sensitive", wide=True, width=220, words=("内容", "喜好")),
        Field("kind", Text("Kind"), Kind.CHOICE, default="other", choices=KINDS, codes="preference_kind", width=110, words=("类别",)),
        Field("allergen", Text("Allergen"), Kind.CHOICE, choices=ALLERGENS, codes="allergen", data="sensitive", width=92, words=("过敏原",)),
    ),
    Section(
        Text("How we know"),
        Field("source", Text("Who said so"), width=120, words=("来源", "听谁说")),
        Field("evidence", Text("Evidence"), wide=True, words=("依据",)),
        Field("told_on", Text("Noted on"), Kind.DATE, width=104, words=("记录日期",)),
        Field("expires", Text("Holds until"), Kind.DATE, words=("有效期",)),
        owner(Text("Noted by")),
    ),
    extra=(Field("standing", Text("Still holds"), Kind.CHOICE, work=rules.standing_now, of=("told_on", "expires"), choices=STANDINGS, width=128),),
    code="", listed=("person_id", "polarity", "name", "told_on", "source", "allergen", "standing", "kind", "owner_id"),
    faded=("standing", (OLD, EXPIRED)),
    sorted_by="-told_on", sortable=("told_on", "name"), filters=("polarity", "kind", "allergen"),
    indexes=(Index("person_id", "polarity", "told_on"), Index("polarity", "allergen")),
    check=rules.check, check_on=("told_on", "expires", "allergen", "polarity"), file_word="preferences", note=("person_id", "polarity"),
)  # fmt: skip
