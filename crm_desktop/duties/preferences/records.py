"""Preferences 喜好: what a guest likes, dislikes and must never meet; each with who said it and when."""

from __future__ import annotations

from crm_desktop.duties.preferences import rules
from crm_desktop.record.facts import DISLIKE, EXPIRED, HOLDS, LIKE, MUST, NEVER, OLD
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text

__all__ = ["ALLERGENS", "DISLIKE", "KINDS", "LIKE", "MUST", "NEVER", "POLARITIES", "PREFERENCE", "SLIP"]

POLARITIES = ((LIKE, Text("Likes"), "green"), (MUST, Text("Must have"), "blue"), (DISLIKE, Text("Dislikes"), "amber"), (NEVER, Text("Never"), "red"))
STRENGTHS = (("mild", Text("Slightly"), ""), ("clear", Text("Clearly"), ""), ("strong", Text("Strongly"), ""))
STANDINGS = ((HOLDS, Text("Holds"), "green"), (OLD, Text("Long not confirmed"), "grey"), (EXPIRED, Text("Expired"), "grey"))
KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("food", Text("Food")), ("drink", Text("Drinks")), ("room", Text("Room")), ("bed", Text("Bed and pillows")),
        ("climate", Text("Temperature and air")), ("noise", Text("Quiet")), ("service", Text("Service")),
        ("religion", Text("Religion and custom")), ("health", Text("Health")), ("gift", Text("Gifts")),
        ("interest", Text("Interests")), ("habit", Text("Habits")), ("fruit", Text("Fruit")), ("cooking", Text("Cooking and seasoning")),
        ("smoking", Text("Smoking")), ("newspaper", Text("Newspaper")), ("seat", Text("Seat and table")), ("salutation", Text("How to address them")),
        ("route", Text("Way and transport")), ("taboo", Text("Taboos")), ("other", Text("Other")),
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
        Field("name", Text("What"), required=True, searched=True, data="sensitive", sensitive="health", wide=True, width=220, words=("内容", "喜好")),
        Field("kind", Text("Kind"), Kind.CHOICE, default="other", choices=KINDS, codes="preference_kind", width=110, words=("类别",)),
        Field("strength", Text("How strongly"), Kind.CHOICE, closed=True, default="clear", choices=STRENGTHS, width=84, words=("强度", "程度")),
        Field("allergen", Text("Allergen"), Kind.CHOICE, choices=ALLERGENS, codes="allergen", data="sensitive", sensitive="health", width=92, words=("过敏原",)),
    ),
    Section(
        Text("How we know"),
        Field("source", Text("Who said so"), width=120, words=("来源", "听谁说")),
        Field("evidence", Text("Evidence"), wide=True, words=("依据",)),
        Field("told_on", Text("Last heard"), Kind.DATE, width=104, words=("记录日期", "最近确认")),
        Field("first_on", Text("First heard"), Kind.DATE, width=104, words=("首次记录",)),
        Field("times", Text("Times heard"), Kind.INT, default=1, least=1, most=9_999, width=84, words=("确认次数",)),
        Field("expires", Text("Holds until"), Kind.DATE, words=("有效期",)),
        owner(Text("Noted by")),
        owner(Text("Verified by"), "verified_by"),
    ),
    extra=(
        Field("standing", Text("Still holds"), Kind.CHOICE, work=rules.standing_now, of=("told_on", "expires"), choices=STANDINGS, width=128),
        Field("sure", Text("Sure (%)"), Kind.INT, work=rules.sure_now, of=("told_on", "times", "evidence"), tint=rules.sure_tone, width=84),
    ),
    code="", listed=("person_id", "polarity", "name", "told_on", "source", "allergen", "standing", "sure", "kind", "owner_id"),
    faded=("standing", (OLD, EXPIRED)),
    sorted_by="-told_on", sortable=("told_on", "name"), filters=("polarity", "kind", "allergen"), settle=rules.settle, settle_on=("first_on", "told_on"),
    indexes=(Index("person_id", "polarity", "told_on"), Index("polarity", "allergen")),
    check=rules.check, check_on=("first_on", "told_on", "expires", "allergen", "polarity"), file_word="preferences", note=("person_id", "polarity"),
    area="tastes",
)  # fmt: skip

STATES = (
    (rules.REPORTED, Text("Reported"), "amber"), (rules.VERIFIED, Text("Verified"), "blue"), (rules.FILED, Text("Filed"), "green"),
    (rules.DROPPED, Text("Not kept"), "grey"),
)  # fmt: skip
CLOCKS = ((rules.RUNNING, Text("Clock runs"), "blue"), (rules.IN_TIME, Text("In time"), "green"), (rules.LATE, Text("Late"), "red"))

SLIP = Record(
    "preference_slip", Text("Preference slip"), Text("Preference slips"),
    Section(
        Text("What was seen"),
        Field("name", Text("Observation"), required=True, searched=True, data="sensitive", sensitive="health", wide=True, width=240, words=("客人特殊要求", "内容", "观察")),
        Field("room_no", Text("Room no."), Kind.CODE, width=76, words=("房号",)),
        Field("person_id", Text("Guest"), Kind.REF, ref="person", width=120, words=("客人", "姓名")),
        Field("polarity", Text("Likes or not"), Kind.CHOICE, required=True, closed=True, default=LIKE, choices=POLARITIES, width=92, words=("态度",)),
        Field("kind", Text("Kind"), Kind.CHOICE, default="other", choices=KINDS, codes="preference_kind", width=110, words=("类别",)),
        Field("allergen", Text("Allergen"), Kind.CHOICE, choices=ALLERGENS, codes="allergen", data="sensitive", sensitive="health", width=92, words=("过敏原",)),
    ),
    Section(
        Text("Who saw it"),
        Field("department_id", Text("Department"), Kind.REF, ref="department", width=104, words=("部门",)),
        Field("observer", Text("Seen by"), required=True, width=96, words=("发现人", "填写人", "报告人")),
        Field("seen_on", Text("Seen on"), Kind.DATE, required=True, width=104, words=("发现日期", "日期")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=rules.REPORTED, choices=STATES, width=84, words=("状态",)),
        owner(Text("Files it")),
        Field("filed_on", Text("Filed on"), Kind.DATE, width=104, words=("归档日期",)),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=(
        Field("due", Text("File by"), Kind.DATE, settled=True, width=104),
        Field("clock", Text("Two-day clock"), Kind.CHOICE, work=rules.clock, of=("state", "due", "filed_on"), choices=CLOCKS, width=104),
    ),
    code="", listed=("seen_on", "room_no", "person_id", "name", "polarity", "department_id", "observer", "state", "clock", "due", "owner_id"),
    sorted_by="-seen_on", sortable=("seen_on", "due"), filters=("state", "department_id", "kind"),
    indexes=(Index("state", "due"), Index("person_id")),
    settle=rules.settle_slip, settle_on=("seen_on",), check=rules.check_slip, check_on=("seen_on",),
    machine=Machine(
        "state",
        Move("verify", Text("Verify"), (rules.REPORTED,), rules.VERIFIED),
        Move("drop", Text("Do not keep"), (rules.REPORTED, rules.VERIFIED), rules.DROPPED, reason=True),
        Move("file", Text("File with the guest"), (rules.REPORTED, rules.VERIFIED), rules.FILED, guard=rules.may_file, sets=rules.filed, by_itself=True),
    ),
    file_word="preference-slips", note=("room_no", "person_id"), area="tastes",
)  # fmt: skip
