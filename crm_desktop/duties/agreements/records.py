"""Rate agreements 协议: who gets which rate from when until when, with what breakfast, for how many promised nights."""

from __future__ import annotations

from crm_desktop.duties.agreements import rules
from crm_desktop.duties.agreements.rules import APPROVAL, DRAFT, ENDED, HOLDS, RENEWED, RUNNING, TO_SIGN
from crm_desktop.duties.clients.records import make_company
from crm_desktop.record.house import currency, hotel, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.lines import Lines
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Rollup, Section
from crm_desktop.record.series import Series
from crm_desktop.record.text import Text

STATES = (
    (DRAFT, Text("Draft"), "grey"), (APPROVAL, Text("In approval"), "amber"), (TO_SIGN, Text("To be signed"), "amber"), (RUNNING, Text("In force"), "green"),
    (RENEWED, Text("In force, renewed"), "blue"), (ENDED, Text("Closed"), "grey"),
)  # fmt: skip
BREAKFASTS = tuple((code, text, "") for code, text in (("none", Text("No breakfast")), ("single", Text("One breakfast")), ("double", Text("Two breakfasts"))))
SEASONS = tuple((code, text, "") for code, text in (("all", Text("All year")), ("peak", Text("Peak season")), ("low", Text("Low season")), ("weekend", Text("Weekend"))))
BROUGHT = "crm_desktop.duties.agreements.actions:brought"
SIGNED, AGAIN = "crm_desktop.duties.agreements.actions:signed", "crm_desktop.duties.agreements.actions:renewed"

AGREEMENT_RATE = Record(
    "agreement_rate", Text("Agreed rate"), Text("Agreed rates"),
    Section(
        Text("Agreed rate"),
        Field("agreement_id", Text("Rate agreement"), Kind.REF, ref="agreement", required=True, width=150, words=("协议",)),
        Field("room_type_id", Text("Room type"), Kind.REF, ref="room_type", required=True, width=150, words=("房型",)),
        Field("season", Text("Season"), Kind.CHOICE, required=True, default="all", choices=SEASONS, codes="rate_season", width=92, words=("季节",)),
        Field("rate", Text("Rate a night"), Kind.MONEY, least=0, width=112, words=("协议价", "房价")),
        currency(),
        Field("breakfast", Text("Breakfast"), Kind.CHOICE, choices=BREAKFASTS, codes="breakfast", width=92, words=("早餐",)),
        Field("remark", Text("Remark"), wide=True, words=("备注",)),
    ),
    name="season", code="", listed=("agreement_id", "room_type_id", "season", "rate", "currency", "breakfast", "remark"),
    sorted_by="rate", sortable=("rate",), filters=("season", "room_type_id"),
    indexes=(Index("agreement_id", "room_type_id", "season", unique=True), Index("room_type_id", "rate")),
    rollups=(Rollup(("agreement_id",), {"rates": ()}, {}),),
    currency="currency", file_word="agreement-rates", papers=False, brought="crm_desktop.duties.agreements.actions:rates_brought",
    area="clients", follows=("agreement_id",),
)  # fmt: skip

AGREEMENT = Record(
    "agreement", Text("Rate agreement"), Text("Rate agreements"),
    Section(
        Text("Agreement"),
        Field("account_id", Text("Client"), Kind.REF, ref="account", required=True, make=make_company, width=200, words=("单位", "客户", "协议单位")),
        Field("name", Text("Title of the agreement"), required=True, searched=True, width=120, words=("标题", "协议名称")),
        Field("code", Text("Agreement no."), Kind.CODE, whole=True, searched=True, width=116, words=("协议编号", "协议号"), help=Text("Given when it is saved")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=DRAFT, choices=STATES, width=104, words=("状态",)),
        Field("since", Text("In force from"), Kind.DATE, required=True, width=104, words=("协议开始", "开始日期")),
        Field("until", Text("In force until"), Kind.DATE, required=True, width=104, words=("协议到期", "截止日期", "到期日期")),
        owner(),
        hotel(),
    ),
    Section(
        Text("What is agreed"),
        Field("breakfast", Text("Breakfast"), Kind.CHOICE, default="double", choices=BREAKFASTS, codes="breakfast", width=92, words=("早餐", "含早")),
        Field("commission", Text("Commission in percent"), Kind.INT, least=0, most=100, words=("佣金",)),
        Field("promised_nights", Text("Nights promised a year"), Kind.INT, least=0, width=92, words=("承诺间夜",)),
        Field("keep_days", Text("Free cancellation until days before"), Kind.INT, least=0, most=365, words=("免费取消天数",)),
        Field("last_room", Text("Also for the last room"), Kind.BOOL, words=("最后一间可用",)),
        currency(),
        Field("blackout", Text("Not on these days"), wide=True, words=("不适用日期",)),
        Field("bookers", Text("Who may book"), wide=True, words=("授权预订人",)),
        Field("benefits", Text("Benefits"), Kind.LONG, wide=True, words=("优惠", "礼遇")),
        Field("conditions", Text("Terms agreed"), Kind.LONG, wide=True, words=("条款",)),
    ),
    Section(
        Text("Credit"),
        Field("credit", Text("May be put on account"), Kind.BOOL, words=("挂账",)),
        Field("credit_days", Text("Days to pay"), Kind.INT, least=0, most=366, words=("账期", "账期天数")),
        Field("sme_declared", Text("Enterprise size declared"), Kind.BOOL, words=("中小企业声明",), help=Text("Small and medium firms must be paid, and pay, within legal terms")),
    ),
    Section(
        Text("Signed"),
        Field("signed_on", Text("Signed on"), Kind.DATE, words=("签订日期",)),
        Field("signed_by", Text("Signed by the client"), data="personal", words=("客户签字人",)),
        owner(Text("Signed by us"), "signer_id"),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=(
        Field("rates", Text("Number of rates"), Kind.INT, default=0, derived=True, width=72),
        Field("left", Text("Days left"), Kind.INT, work=rules.days_left, of=("until", "state"), tint=rules.left_tone, width=80),
    ),
    listed=("account_id", "state", "until", "left", "name", "since", "rates", "breakfast", "promised_nights", "owner_id", "code"),
    sorted_by="until", sortable=("until", "since", "name", "code"), filters=("state", "owner_id"),
    indexes=(Index("account_id", "until", "state"), Index("state", "until", "owner_id"), Index("code")),
    check=rules.check, check_on=("since", "until", "credit", "credit_days"),
    machine=Machine(
        "state",
        Move("submit", Text("Ask for approval"), (DRAFT,), APPROVAL, guard=rules.no_rates),
        Move("approve", Text("Approve"), (APPROVAL,), TO_SIGN, approves="rate_floor"),
        Move("return", Text("Send back"), (APPROVAL, TO_SIGN), DRAFT, reason=True),
        Move("sign", Text("Signed, in force"), (TO_SIGN,), RUNNING, guard=rules.not_signed, effect=SIGNED),
        Move("renew", Text("Renew for a year"), (RUNNING,), RENEWED, effect=AGAIN),
        Move("end", Text("Ended"), HOLDS, ENDED, reason=True),
        Move("reopen", Text("Open again"), (ENDED,), RUNNING, reason=True),
    ),
    currency="currency", file_word="agreements", note=("account_id", "until"), faded=("state", (ENDED,)),
    area="clients", follows=("account_id",), series=Series("XY", day="since"), fresh=rules.fresh,
    brought=BROUGHT,
    lines=(Lines(AGREEMENT_RATE, "agreement_id", ("room_type_id", "season", "rate", "breakfast"), after=0),),
)  # fmt: skip
