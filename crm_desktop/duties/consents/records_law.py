"""The hotel's own wordings of compliance rules: from a day that is still to come another number, another source, or off."""

from __future__ import annotations

from crm_desktop.record import lawbook
from crm_desktop.record.dates import add_days, business_date
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Problems, Record, Row, Section
from crm_desktop.record.text import Text

CHOICES = tuple((rule.key, rule.what, "") for rule in lawbook.RULES)
BY_KEY = {rule.key: rule for rule in lawbook.RULES}


def check(row: Row) -> Problems:
    """A rule that has numbers keeps them, within what makes sense; one that is off needs none."""
    rule = BY_KEY.get(str(row.get("rule") or ""))
    if rule is None or row.get("off"):
        return {}
    for name, words in (("one", rule.one), ("two", rule.two)):
        if words is not None and row.get(name) is None:
            return {name: Text("This rule needs a number here: {what}", what=words)}
    if rule.key == lawbook.EARNEST and (row.get("one") or 0) > 100:
        return {"one": Text("More than the whole contract cannot be meant")}
    if rule.key == lawbook.MESSAGES and max(row.get("one") or 0, row.get("two") or 0) > 24:
        return {"one": Text("A day has 24 hours")}
    return {}


def _fresh() -> Row:
    return {"since": add_days(business_date(), 1)}


LAW_RULE = Record(
    "law_rule", Text("Compliance rule"), Text("Compliance rules"),
    Section(
        Text("Compliance rule"),
        Field("rule", Text("Rule"), Kind.CHOICE, required=True, closed=True, once=True, choices=CHOICES, width=320, words=("规则",)),
        Field(
            "since", Text("Holds from"), Kind.DATE, required=True, once=True, width=108, words=("生效日期",),
            help=Text("A day still to come: what was written before keeps the rule of its day"),
        ),
        Field("one", Text("First number"), Kind.INT, least=0, most=100_000, width=90, words=("数值一",)),
        Field("two", Text("Second number"), Kind.INT, least=0, most=100_000, width=90, words=("数值二",)),
        Field("off", Text("Switched off from then"), Kind.BOOL, width=110, words=("停用",)),
    ),
    Section(
        Text("Where it stands"),
        Field("basis", Text("Law, article, local rule"), required=True, searched=True, wide=True, width=240, words=("依据", "文号")),
        Field("looked_on", Text("Looked through by counsel on"), Kind.DATE, width=120, words=("法务审核日期",)),
        owner(Text("Entered by")),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    name="basis", code="", titled="", listed=("rule", "since", "one", "two", "off", "basis", "looked_on", "owner_id"), sorted_by="-since", sortable=("since",), filters=("rule",),
    indexes=(Index("rule", "since", unique=True),), check=check, check_on=("rule", "one", "two", "off"), fresh=_fresh, joining="crm_desktop.duties.consents.law:joined",
    nothing=Text("The pack above holds. Where the law changes or a local rule differs, write the hotel's own wording; it wins from its day on."),
    file_word="compliance-rules", area="rules", owners=(), lasting=Text("A rule held from its day on. Write the next wording as a new one, or switch it off from a day."),
)  # fmt: skip
