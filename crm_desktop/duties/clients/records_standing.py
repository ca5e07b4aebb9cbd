"""By what clients are judged, as the hotel sets it, from a day on; and the form for a relationship that has to be mended."""

from __future__ import annotations

from crm_desktop.duties.clients import rules_improvement as rules
from crm_desktop.duties.clients.records_account import RELATIONS
from crm_desktop.duties.clients.rules_standing import DEFAULTS
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Problems, Record, Row, Section
from crm_desktop.record.text import Text


def _number(name: str, label: Text, least: int = 0, most: int = 100) -> Field:
    return Field(name, label, Kind.INT, required=True, default=DEFAULTS[name], least=least, most=most, width=84)


def _least(name: str, label: Text) -> Field:
    return Field(name, label, Kind.MONEY, default=DEFAULTS[name], least=0, width=120)


def _policy_problems(row: Row) -> Problems:
    found: Problems = {}
    if not row["least_a"] > row["least_b"] > row["least_c"] >= 0:
        found["least_b"] = Text("Class A must ask for more than B, and B for more than C")
    if not any(row[name] for name in ("weight_money", "weight_relation", "weight_service", "weight_risk")):
        found["weight_money"] = Text("At least one part must weigh something")
    if not row["quiet_gaps"] < row["asleep_gaps"] < row["lost_gaps"]:
        found["asleep_gaps"] = Text("Quiet must come before asleep, and asleep before lost")
    return found


POLICY = Record(
    "client_policy", Text("How clients are judged"), Text("How clients are judged"),
    Section(Text("How clients are judged"), Field("since", Text("Holds from"), Kind.DATE, required=True, width=108, words=("生效日期",))),
    Section(
        Text("Class, by twelve months of rooms, meals and rent"),
        _least("least_a", Text("Class A from")), _least("least_b", Text("Class B from")), _least("least_c", Text("Class C from")),
    ),
    Section(
        Text("Class, what else counts, per cent"),
        _number("growth_share", Text("Of the growth on the year before")), _number("late_share", Text("Less, of what is due for more than 30 days")),
    ),
    Section(
        Text("What a day to keep may cost, by class"),
        *(Field(f"cap_{level.lower()}", Text("Cost cap, class {level}", level=level), Kind.MONEY, default=DEFAULTS[f"cap_{level.lower()}"], least=0, width=104) for level in "ABCD"),
    ),
    Section(
        Text("Health, weights"),
        _number("weight_money", Text("Money")), _number("weight_relation", Text("Weight of the relationship")), _number("weight_service", Text("Service")),
        _number("weight_risk", Text("Risk")),
    ),
    Section(
        Text("Silence, in gaps of the client's own rhythm"),
        _number("quiet_gaps", Text("Quiet after"), 1), _number("asleep_gaps", Text("Asleep after"), 2), _number("lost_gaps", Text("Lost after"), 3),
        _number("one_contact", Text("One contact only: from this share, per cent"), 50),
        _number("pool_days", Text("Offered to the pool after so many days without stay and contact"), 7, 3_650),
    ),
    name="since", code="", listed=("since", "least_a", "least_b", "least_c", "weight_money", "weight_relation", "weight_service", "weight_risk", "quiet_gaps"),
    sorted_by="-since", sortable=("since",), check=_policy_problems,
    check_on=("least_a", "least_b", "least_c", "weight_money", "weight_relation", "weight_service", "weight_risk", "quiet_gaps", "asleep_gaps", "lost_gaps"),
    file_word="client-policies", papers=False, area="rules", owners=(),
)  # fmt: skip

DRAFT, UNDER_WAY, CLOSED = "draft", "under-way", "closed"
STAGES = ((DRAFT, Text("Finding causes"), "amber"), (UNDER_WAY, Text("Being mended"), "blue"), (CLOSED, Text("Closed"), "green"))
CAUSES = (("ours", Text("Our own"), ""), ("theirs", Text("The client's"), ""), ("both", Text("Both sides"), ""), ("outside", Text("From outside"), ""))

IMPROVEMENT = Record(
    "improvement", Text("Relationship to be mended"), Text("Strained relationships"),
    Section(
        Text("What happened"),
        Field("account_id", Text("Client"), Kind.REF, ref="account", required=True, width=200, words=("单位", "客户")),
        Field("day", Text("Opened on"), Kind.DATE, required=True, width=120, words=("日期",)),
        Field("before", Text("Relationship before"), Kind.CHOICE, choices=RELATIONS, width=92),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=DRAFT, choices=STAGES, width=104),
        Field("facts", Text("Facts"), Kind.LONG, wide=True, words=("事实",)),
    ),
    Section(
        Text("Our own causes first"),
        Field("own_causes", Text("What we did wrong"), Kind.LONG, wide=True, words=("自身原因",)),
        Field("corrected", Text("What we have put right already"), Kind.LONG, wide=True, words=("已纠正",)),
    ),
    Section(
        Text("The client's side"),
        Field(
            "client_side", Text("What lies with the client"), Kind.LONG, wide=True, words=("客户方原因",),
            help=Text("Opens when our own causes and what we have put right are written down"),
        ),
        Field("analysis", Text("Seen from outside"), Kind.LONG, wide=True, words=("客观分析",)),
        Field("cause", Text("Whose cause"), Kind.CHOICE, choices=CAUSES, width=92),
    ),
    Section(
        Text("What is done about it"),
        Field("measures", Text("Measures"), Kind.LONG, wide=True, words=("措施",)),
        owner(Text("Responsible")),
        Field("due", Text("Due"), Kind.DATE, width=104),
        Field("result", Text("What came of it"), Kind.LONG, wide=True, words=("结果",)),
        Field("after", Text("Relationship now"), Kind.CHOICE, choices=RELATIONS, width=92),
        Field("closed_on", Text("Closed on"), Kind.DATE, hidden=True),
    ),
    name="day", code="", titled="account_id", listed=("day", "account_id", "before", "state", "owner_id", "due", "after", "measures"),
    sorted_by="-day", sortable=("day", "due"), filters=("state", "owner_id"), indexes=(Index("account_id", "day"), Index("state", "due")),
    check=rules.problems, check_on=("own_causes", "corrected", "client_side", "analysis", "cause"),
    machine=Machine(
        "state",
        Move("begin", Text("Begin to mend"), (DRAFT,), UNDER_WAY, guard=rules.may_begin),
        Move("close", Text("Close"), (UNDER_WAY,), CLOSED, guard=rules.may_close, sets=rules.closed),
        Move("open", Text("Open again"), (CLOSED,), UNDER_WAY, reason=True),
    ),
    file_word="improvements", area="clients", follows=("account_id",),
)  # fmt: skip
