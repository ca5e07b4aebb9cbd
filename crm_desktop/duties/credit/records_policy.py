"""By what credit is given, as the hotel sets it, from a day on: old decisions keep the policy they were made by."""

from __future__ import annotations

from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.credit import rules_policy as rules
from crm_desktop.record.kinds import Kind
from crm_desktop.record.lines import Lines
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text


def _number(name: str, label: Text, most: int = 100, *, help: Text | None = None) -> Field:
    return Field(name, label, Kind.INT, required=True, default=rules.DEFAULTS[name], least=0, most=most, width=84, help=help)


def _money(name: str, label: Text) -> Field:
    return Field(name, label, Kind.MONEY, default=rules.DEFAULTS[name], least=0, width=120)


def _grades(what: str, label: Text, most: int) -> list[Field]:
    return [_number(f"{what}_{grade.lower()}", Text("{grade}: {what}", grade=grade, what=label), most) for grade in rules.GRADES]


FACTOR_WORDS = {
    "late": Text("Pays late, on average"), "broken": Text("Promises not kept"), "disputed": Text("Disputed of a year's production"), "years": Text("Years as a client"),
    "month": Text("Brings in a month"), "growth": Text("On the year before"), "size": Text("Enterprise size"), "owner": Text("Ownership or kind"),
    "capital": Text("Registered capital"), "deposit": Text("Deposit, of the limit"), "guarantee": Text("Guarantor"), "trade": Text("Its trade owes long overdue"),
    "region": Text("Its town owes long overdue"),
}  # fmt: skip
FACTORS = (  # with what a scale counts in
    ("late", Text("Days late on average"), ""), ("broken", Text("Promises broken, per cent"), ""), ("disputed", Text("Disputed, per cent of what was billed"), ""), ("years", FACTOR_WORDS["years"], ""),
    ("month", Text("Average month, in whole yuan"), ""), ("growth", Text("Growth, per cent"), ""), ("size", FACTOR_WORDS["size"], ""),
    ("owner", FACTOR_WORDS["owner"], ""), ("capital", Text("Registered capital, in ten thousand"), ""),
    ("deposit", Text("Deposit, per cent of the credit limit"), ""), ("guarantee", Text("A guarantor, 1 or 0"), ""),
    ("trade", Text("Its trade: per cent over sixty days late"), ""), ("region", Text("Its town: per cent over sixty days late"), ""),
    ("provision", Text("Provision for bad debts: up to so many days late"), ""),
)  # fmt: skip
_WORDS = {code: (code, text, "") for name in ("size", "ownership", "type") for code, text, _ in ACCOUNT.by_name[name].choices}

CREDIT_SCALE = Record(
    "credit_scale", Text("Step of a scale"), Text("Scales of the factors"),
    Section(
        Text("Step of a scale"),
        Field("policy_id", Text("Credit policy"), Kind.REF, ref="credit_policy", ref_name="since", ref_code="", required=True, width=108),
        Field("factor", Text("Factor"), Kind.CHOICE, required=True, closed=True, default="late", choices=FACTORS, width=230, words=("因素",)),
        Field("least", Text("From the value"), Kind.INT, least=-100, most=1_000_000_000, default=0, width=110, words=("数值",)),
        Field("word", Text("Or for the word"), Kind.CHOICE, closed=True, choices=tuple(_WORDS.values()), width=130, words=("类别",)),
        Field("percent", Text("Per cent of its points"), Kind.INT, required=True, least=0, most=100, default=0, width=110, words=("得分比例",)),
    ),
    name="percent", code="", titled="policy_id", listed=("policy_id", "factor", "least", "word", "percent"), sorted_by="factor", sortable=("factor",), filters=("factor",),
    indexes=(Index("policy_id", "factor", "least"),), check=rules.check_scale, check_on=("factor", "word"), file_word="credit-scales", papers=False, area="terms", owners=(),
)  # fmt: skip

CREDIT_POLICY = Record(
    "credit_policy", Text("Credit policy"), Text("Credit policies"),
    Section(Text("Credit policy"), Field("since", Text("Holds from"), Kind.DATE, required=True, width=108, words=("生效日期",)), Field("remark", Text("Remark"), wide=True)),
    Section(
        Text("Weights of the scorecard, together 100"),
        _number("weight_character", Text("Character")), _number("weight_capacity", Text("Capacity")), _number("weight_capital", Text("Capital")),
        _number("weight_collateral", Text("Collateral")), _number("weight_conditions", Text("Conditions")),
    ),
    Section(
        Text("Shares of the factors, together 100 in each part"),
        *(_number(f"share_{code}", text) for code, text in FACTOR_WORDS.items()),
    ),
    Section(
        Text("Grades, from how many points"),
        _number("least_aaa", Text("AAA from")), _number("least_aa", Text("AA from")), _number("least_a", Text("A from")), _number("least_b", Text("B from")),
    ),
    Section(Text("Days to pay"), *_grades("days", Text("days"), 366)),
    Section(Text("Limit, in tenths of an average month"), *_grades("months", Text("tenths of a month"), 240)),
    Section(Text("Deposit, per cent of the limit"), *_grades("deposit", Text("deposit"), 100)),
    Section(
        Text("Bounds"),
        _number("grace", Text("Days of grace"), 90), _money("ceiling", Text("Highest limit")), _number("review_months", Text("Months between reviews"), 60), _number("season", Text("Season: at most so many per cent more or less"), 50, help=Text("0 = not counted")),
        _money("guarantee_cap", Text("An employee guarantees at most")), _money("write_back", Text("A short rest is written back up to")),
        Field("parallel", Text("Sales manager and finance look at an application at the same time"), Kind.BOOL),
    ),
    Section(
        Text("Law"),
        Field("law", Text("The payment regulation for small and medium firms is applied"), Kind.BOOL, default=1),
        _number("late_rate", Text("Late fee a day where none is agreed and the regulation is silent, in millionths"), 10_000, help=Text("500 = 0.05 %")),
        _number("lpr", Text("One-year LPR, in hundredths of a per cent"), 5_000, help=Text("300 = 3.00 %")),
        _number("amber_times", Text("Late fee: amber above so many per cent of the LPR"), 10_000),
        _number("red_times", Text("Late fee: red above so many per cent of the LPR"), 10_000),
    ),
    Section(
        Text("What a step of collecting costs"),
        _money("cost_call", Text("A call")), _money("cost_letter", Text("A letter")), _money("cost_visit", Text("A visit")), _money("cost_legal", Text("A step of the lawyer")),
    ),
    Section(
        Text("Sales counted when paid"),
        _number("back_days", Text("Taken back when paid so many days late"), 999, help=Text("0 = never")), _number("back_share", Text("Per cent taken back then")),
    ),
    name="since", code="", listed=("since", "weight_character", "least_aa", "least_b", "days_aaa", "days_b", "months_aaa", "months_b", "ceiling", "remark"),
    sorted_by="-since", sortable=("since",), check=rules.problems, check_on=rules.CHECKED, file_word="credit-policies", papers=False,
    area="terms", owners=(), lines=(Lines(CREDIT_SCALE, "policy_id", ("factor", "least", "word", "percent"), after=2),),
)  # fmt: skip
