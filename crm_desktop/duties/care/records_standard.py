"""The standard of care by class, as the hotel sets it from a day on; and what keeps somebody from being contacted for a while."""

from __future__ import annotations

from crm_desktop.duties.care import rules_standard as rules
from crm_desktop.duties.clients.records_account import CLASSES
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Problems, Record, Row, Section
from crm_desktop.record.text import Text

BIRTHDAYS = (
    (rules.FULL, Text("Call, card of the general manager, gift"), ""), (rules.CAKE, Text("Card and cake"), ""), (rules.MESSAGE, Text("Message"), ""),
    (rules.NONE, Text("Not celebrated"), ""),
)  # fmt: skip
FESTIVALS = ((rules.GIFT, Text("Gift"), ""), (rules.CARD, Text("Card"), ""), (rules.MESSAGE, Text("Message"), ""), (rules.NONE, Text("Not celebrated"), ""))
_C = rules.DEFAULTS["C"]


def _count(name: str, label: Text, least: int = 0, most: int = 366) -> Field:
    return Field(name, label, Kind.INT, required=True, default=_C[name], least=least, most=most, width=84)


def _goal(name: str, label: Text, usual: int = 0, most: int = 999_999) -> Field:
    return Field(name, label, Kind.INT, default=usual, least=0, most=most, width=84)


def _amount(name: str, label: Text) -> Field:
    return Field(name, label, Kind.MONEY, default=_C[name], least=0, width=104)


CARE_STANDARD = Record(
    "care_standard", Text("Standard of care"), Text("Standards of care"),
    Section(
        Text("Standard of care"),
        Field("level", Text("Class"), Kind.CHOICE, required=True, closed=True, choices=CLASSES, width=84, words=("等级",)),
        Field("since", Text("Holds from"), Kind.DATE, required=True, width=108, words=("生效日期",)),
        owner(Text("Set by"), "set_by"),
        Field("reason", Text("Why it was set so"), wide=True, words=("依据",)),
    ),
    Section(
        Text("How often"),
        _count("touches", Text("Sincere touches a year")), _count("visits", Text("Of them visits")), _count("silence", Text("Longest silence, days"), 1, 730),
        _count("month_most", Text("Touches a month at most"), 0, 31),
        _count("worth", Text("Proposed from, points"), 0, 400),
    ),
    Section(
        Text("How, and for how much"),
        Field("birthday", Text("Decision maker's birthday"), Kind.CHOICE, required=True, closed=True, default=_C["birthday"], choices=BIRTHDAYS, width=150),
        _amount("birthday_budget", Text("Birthday, at most")),
        Field("festival", Text("Spring and Mid-Autumn Festival"), Kind.CHOICE, required=True, closed=True, default=_C["festival"], choices=FESTIVALS, width=110),
        _amount("festival_budget", Text("Each festival, at most")),
        _count("meals", Text("Meals a year")), _amount("per_head", Text("Meal per head, at most")), _amount("cap", Text("All of it in a year, at most")),
    ),
    name="since", code="",
    listed=("level", "since", "touches", "visits", "silence", "month_most", "birthday", "birthday_budget", "festival", "festival_budget", "meals", "per_head", "cap", "set_by"),
    sorted_by="-since", sortable=("since",), filters=("level",), indexes=(Index("level", "since"),),
    check=rules.check_standard, check_on=("visits", "touches", "birthday", "birthday_budget", "festival", "festival_budget", "meals", "per_head"),
    file_word="care-standards", papers=False, area="rules", owners=(),
)  # fmt: skip

CONSENT, MOURNING, ASKED = "consent", "mourning", "asked"
HOLDS = ((CONSENT, Text("Consent withdrawn"), "red"), (MOURNING, Text("Bereavement"), "grey"), (ASKED, Text("Asked not to be called"), "amber"))


def _whom(row: Row) -> Problems:
    return {} if row["account_id"] or row["person_id"] else {"account_id": Text("Choose the client or the person")}


CARE_HOLD = Record(
    "care_hold", Text("Hold on contacts"), Text("Holds on contacts"),
    Section(
        Text("Hold on contacts"),
        Field("kind", Text("Why"), Kind.CHOICE, required=True, closed=True, default=CONSENT, choices=HOLDS, width=130, words=("原因",)),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=190, words=("单位", "客户")),
        Field("person_id", Text("Person"), Kind.REF, ref="person", width=110, words=("联系人",)),
        Field("since", Text("Holds from"), Kind.DATE, required=True, width=108, words=("生效日期",)),
        Field("until", Text("Holds until"), Kind.DATE, width=108, words=("截止日期",)),
        owner(Text("Noted by")),
        Field("words", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    name="since", code="", titled="account_id", listed=("kind", "account_id", "person_id", "since", "until", "owner_id", "words"),
    sorted_by="-since", sortable=("since",), filters=("kind",), indexes=(Index("account_id", "since"), Index("person_id", "since")),
    check=_whom, check_on=("account_id", "person_id"), file_word="care-holds", papers=False, area="care", follows=("account_id", "person_id"),
)  # fmt: skip

CARE_GOAL = Record(
    "care_goal", Text("Goal of a class"), Text("Goals by class"),
    Section(
        Text("Goal of a class"),
        Field("plan_id", Text("Maintenance plan"), Kind.REF, ref="care_plan", required=True, width=170, words=("年度计划",)),
        Field("level", Text("Class"), Kind.CHOICE, required=True, closed=True, choices=CLASSES, width=84, words=("等级",)),
        _goal("clients", Text("Clients")), _goal("touches", Text("Sincere touches a year")), _goal("visits", Text("Of them visits")),
        _goal("silence", Text("Longest silence, days")),
        Field("budget", Text("Budget"), Kind.MONEY, least=0, width=108, words=("预算",)),
    ),
    Section(
        Text("What it is measured by"),
        _goal("covered", Text("Seen in time, %"), 90, 100), _goal("kept", Text("Clients kept, %"), 90, 100), _goal("glad", Text("Glad reactions, %"), 50, 100),
    ),
    name="level", code="", listed=("plan_id", "level", "clients", "touches", "visits", "silence", "budget", "covered", "kept", "glad"),
    sorted_by="level", sortable=("level",), filters=("plan_id", "level"), indexes=(Index("plan_id", "level"), Index("level")),
    file_word="care-goals", papers=False, area="care", owners=(), follows=("plan_id",),
)  # fmt: skip
