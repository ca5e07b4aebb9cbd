"""Gifts 礼品库、礼品领用 and hospitality 宴请: what is in the store, who was given what, who was invited to which table."""

from __future__ import annotations

from crm_desktop.duties.gifts import rules
from crm_desktop.duties.gifts.rules import APPROVED, ASKED, DRAFT, GIVEN, HELD, REFUSED, SETTLED
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.series import Series
from crm_desktop.record.text import Text

_HERE = "crm_desktop.duties.gifts.actions"
OCCASIONS = tuple(
    (code, text, "")
    for code, text in (
        ("birthday", Text("Birthday")), ("spring", Text("Spring Festival")), ("autumn", Text("Mid-Autumn Festival")), ("visit", Text("Visit")),
        ("founding", Text("Founding day")), ("thanks", Text("Thanks")), ("apology", Text("Apology")), ("other", Text("Other occasion")),
    )
)  # fmt: skip
SEASONS = tuple((code, text, "") for code, text in (("all", Text("All year")), ("spring", Text("Spring Festival")), ("autumn", Text("Mid-Autumn Festival")), ("summer", Text("Summer")), ("winter", Text("Winter"))))
GIFT_STATES = (
    (DRAFT, Text("Draft"), "grey"), (ASKED, Text("In approval"), "amber"), (APPROVED, Text("Approved"), "blue"), (GIVEN, Text("Given away"), "green"),
    (REFUSED, Text("Refused"), "red"),
)  # fmt: skip
MEAL_STATES = (
    (DRAFT, Text("Draft"), "grey"), (ASKED, Text("In approval"), "amber"), (APPROVED, Text("Approved"), "blue"), (HELD, Text("Held"), "amber"),
    (SETTLED, Text("Accounted for"), "green"), (REFUSED, Text("Refused"), "red"),
)  # fmt: skip
REACTIONS = (
    ("glad", Text("Glad"), "green"), ("plain", Text("Indifferent"), "grey"), ("cold", Text("Cool"), "red"), ("none", Text("No reaction"), "grey"),
)  # fmt: skip
PROOFS = (
    (rules.SIGNED, Text("Signed on the voucher"), "green"), (rules.PHOTO, Text("Photo of the hand-over"), "green"), (rules.ANSWER, Text("They wrote or said so"), "green"),
)  # fmt: skip
LEVELS = tuple((code, Text("{code} {amount} a head", code=code, amount=amount // 100), "") for code, amount in rules.HEADS.items())


def _client(required: bool = False) -> Field:
    return Field("account_id", Text("Client"), Kind.REF, ref="account", required=required, width=180, words=("单位", "客户"))


def _guest(label: Text) -> Field:
    return Field("person_id", label, Kind.REF, ref="person", width=110, words=("联系人", "受赠人"))


def _item() -> Field:
    return Field("care_item_id", Text("Plan item"), Kind.REF, ref="care_item", ref_code="", width=150, words=("计划项", "计划项目"), help=Text("Found by itself when it is asked for; done when this is"))


GIFT_ITEM = Record(
    "gift_item", Text("Gift in the store"), Text("Gift store"),
    Section(
        Text("Gift in the store"),
        Field("name", Text("Gift"), required=True, searched=True, wide=True, width=190, words=("礼品", "品名")),
        Field("code", Text("Article no."), Kind.CODE, searched=True, width=96, words=("编号", "货号")),
        Field("cost", Text("Unit cost"), Kind.MONEY, least=0, width=100, words=("单价", "成本")),
        Field("stock", Text("In the store"), Kind.INT, required=True, default=0, least=0, most=999_999, width=84, words=("库存", "结存")),
        Field("least", Text("Minimum"), Kind.INT, default=0, least=0, most=999_999, width=76, words=("最低库存",)),
        Field("supplier", Text("Supplier"), width=130, words=("供应商",)),
        Field("local", Text("Local specialty"), Kind.BOOL, width=84, words=("地方特产",)),
        Field("again", Text("May be given again"), Kind.BOOL, width=84, words=("可重复赠送",), help=Text("Cards, flowers, cakes: what somebody may get every year")),
        Field("season", Text("Season"), Kind.CHOICE, default="all", choices=SEASONS, codes="gift_season", width=100, words=("季节",)),
        Field("contains", Text("What is in it"), wide=True, width=160, words=("成分", "含"), help=Text("Wine, nuts, leather ...: what somebody may not eat, drink or have about them")),
        Field("fits", Text("For whom it is right"), wide=True, words=("适合", "适用人群")),
    ),
    extra=(Field("missing", Text("To buy"), Kind.INT, work=rules.to_buy, of=("stock", "least"), tint=rules.store_tone, width=76),),
    listed=("name", "cost", "stock", "least", "missing", "season", "contains", "supplier", "code"), sorted_by="name", sortable=("name", "code", "stock"), filters=("season",),
    indexes=(Index("code", unique=True),), file_word="gift-store", note=("code",), area="store", owners=(),
)  # fmt: skip

GIFT = Record(
    "gift", Text("Gift given"), Text("Gifts given"),
    Section(
        Text("Who gets what"),
        Field("code", Text("Gift no."), Kind.CODE, searched=True, width=116, words=("领用单号", "编号")),
        Field("item_id", Text("Gift"), Kind.REF, ref="gift_item", required=True, width=150, words=("礼品", "品名")),
        Field("quantity", Text("Quantity"), Kind.INT, required=True, default=1, least=1, most=9_999, width=68, words=("数量",)),
        _client(), _guest(Text("Recipient")),
        Field("occasion", Text("Occasion"), Kind.CHOICE, required=True, default="visit", choices=OCCASIONS, codes="gift_occasion", width=110, words=("事由", "场合")),
        Field("day", Text("To be given on"), Kind.DATE, required=True, width=120, words=("日期", "赠送日期")),
        owner(Text("Asked for by")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=DRAFT, choices=GIFT_STATES, width=92, words=("状态",)),
        Field("cost", Text("Cost"), Kind.MONEY, least=0, width=100, words=("金额",), help=Text("Filled in when it is asked for: unit cost by number")),
        _item(),
    ),
    Section(
        Text("Given away"),
        Field("given_on", Text("Given on"), Kind.DATE, width=104, words=("送达日期",)),
        Field("received_by", Text("Signed for by"), data="personal", width=100, words=("签收人", "接收人")),
        Field("proof", Text("How the hand-over is shown"), Kind.CHOICE, closed=True, choices=PROOFS, width=110, words=("送达凭证",), help=Text("A photo lies with the files below")),
        Field("reaction", Text("Reaction"), Kind.CHOICE, choices=REACTIONS, codes="reaction", width=92, words=("反应",)),
        Field("words", Text("What they said"), Kind.LONG, wide=True, words=("客户反应", "反馈")),
    ),
    name="code", titled="item_id", listed=("day", "item_id", "account_id", "person_id", "cost", "state", "reaction", "quantity", "occasion", "owner_id", "code"),
    sorted_by="-day", sortable=("day", "code", "cost"), filters=("state", "item_id", "occasion", "day", "owner_id"),
    indexes=(Index("code", unique=True), Index("account_id", "day", "state", "cost"), Index("person_id", "item_id"), Index("item_id", "state"), Index("state", "day"), Index("care_item_id", "state")),
    check=rules.check_gift, check_on=("state", "quantity", "cost", "item_id.cost", "account_id", "person_id", "account_id.type", "person_id.account_id.type", "care_item_id", "care_item_id.account_id"),
    machine=Machine(
        "state",
        Move("ask", Text("Ask for approval"), (DRAFT,), ASKED, sets=rules.not_costed, effect=f"{_HERE}:gift_asked"),
        Move("approve", Text("Approve"), (ASKED,), APPROVED, guard=rules.cost_missing, approves="gift", amount="cost"),
        Move("refuse", Text("Refuse"), (ASKED,), REFUSED, reason=True, approves="gift"),
        Move("back", Text("Back to draft"), (ASKED, APPROVED, REFUSED), DRAFT, reason=True),
        Move("give", Text("Give it"), (APPROVED,), GIVEN, guard=rules.proof_missing, sets=rules.given_on, effect=f"{_HERE}:gift_given"),
        Move("return", Text("Came back to the store"), (GIVEN,), DRAFT, reason=True, effect=f"{_HERE}:gift_returned"),
    ),
    effect=f"{_HERE}:gift_changed", effect_on=("item_id", "quantity", "account_id", "person_id"),
    series=Series("LP", day="day"), file_word="gifts", note=("day", "account_id"), leaving=f"{_HERE}:gift_leaving", area="funds", follows=("account_id",),
)  # fmt: skip

MEAL = Record(
    "hospitality", Text("Hospitality"), Text("Hospitality"),
    Section(
        Text("The table"),
        Field("code", Text("Meal no."), Kind.CODE, searched=True, width=116, words=("申请单号", "编号")),
        _client(True), _guest(Text("Guest of honour")),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期", "宴请日期")),
        Field("time", Text("Time"), Kind.TIME, width=64, words=("时间",)),
        Field("place", Text("Where"), width=110, words=("地点", "包厢")),
        Field("purpose", Text("What for"), wide=True, width=180, words=("事由", "宴请事由")),
        Field("level", Text("Standard"), Kind.CHOICE, required=True, closed=True, default="VB", choices=LEVELS, width=110, words=("标准", "接待标准")),
        Field("guests", Text("Guests"), Kind.INT, default=0, least=0, most=999, width=64, words=("客人数", "人数")),
        Field("companions", Text("Of the house"), Kind.INT, default=0, least=0, most=99, width=72, words=("陪同人数",)),
        Field("who", Text("Who comes, who accompanies"), Kind.LONG, data="personal", wide=True, words=("来宾名单", "陪同人员")),
        Field("planned", Text("Amount asked for"), Kind.MONEY, least=0, width=104, words=("申请金额", "预算")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=DRAFT, choices=MEAL_STATES, width=92, words=("状态",)),
        owner(Text("Asked for by")),
        _item(),
    ),
    Section(
        Text("Afterwards"),
        Field("actual", Text("Spent"), Kind.MONEY, least=0, width=104, words=("实际金额", "实际费用")),
        Field("why", Text("Reason for the overrun"), Kind.LONG, wide=True, words=("超标原因", "超支原因")),
        Field("reaction", Text("Reaction"), Kind.CHOICE, choices=REACTIONS, codes="reaction", width=92, words=("反应",)),
        Field("words", Text("What was said"), Kind.LONG, wide=True, words=("席间反馈", "反馈")),
    ),
    extra=(
        Field("head", Text("Standard a head"), Kind.MONEY, settled=True, width=100), Field("standard", Text("May cost"), Kind.MONEY, settled=True, width=104),
        Field("each", Text("Spent a head"), Kind.MONEY, work=rules.per_head, of=("actual", "guests", "companions"), width=104),
        Field("overrun", Text("Overrun"), Kind.MONEY, work=rules.overrun, of=("standard", "actual"), tint=rules.store_tone, width=100),
    ),
    name="code", titled="account_id", listed=("day", "account_id", "standard", "actual", "overrun", "state", "planned", "level", "guests", "companions", "each", "person_id", "owner_id"),
    sorted_by="-day", sortable=("day", "code", "actual"), filters=("state", "level", "day", "owner_id"),
    indexes=(Index("code", unique=True), Index("account_id", "day", "state", "planned", "actual"), Index("person_id", "day"), Index("state", "day"), Index("care_item_id", "state")),
    settle=rules.settle_meal, settle_on=("level", "guests", "companions"), check=rules.check_meal,
    check_on=("account_id", "person_id", "account_id.type", "person_id.account_id.type", "care_item_id", "care_item_id.account_id"),
    machine=Machine(
        "state",
        Move("ask", Text("Ask for approval"), (DRAFT,), ASKED, guard=rules.may_ask_meal, effect=f"{_HERE}:meal_asked"),
        Move("approve", Text("Approve"), (ASKED,), APPROVED, approves="gift", amount="planned"),
        Move("refuse", Text("Refuse"), (ASKED,), REFUSED, reason=True, approves="gift"),
        Move("back", Text("Back to draft"), (ASKED, APPROVED, REFUSED), DRAFT, reason=True),
        Move("hold", Text("Held"), (APPROVED,), HELD),
        Move("settle", Text("Account for it"), (HELD,), SETTLED, guard=rules.may_settle, effect=f"{_HERE}:meal_settled"),
        Move("open", Text("Open again"), (SETTLED,), HELD, reason=True, effect=f"{_HERE}:meal_opened"),
    ),
    series=Series("YQ", day="day"), file_word="hospitality", note=("day", "account_id"), area="funds", follows=("account_id",),
)  # fmt: skip
