"""Settlement hand-over 结账交接: what an event or a group had, the deposit, how it is paid, the invoice; then finance has it."""

from __future__ import annotations

from crm_desktop.duties.settlements import rules
from crm_desktop.duties.settlements.rules import CHECKED, CONFIRMED, DONE, DRAFT, MIXED, ON_ACCOUNT
from crm_desktop.record.house import currency, deposit_kind, hotel, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.lines import Lines
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Rollup, Section
from crm_desktop.record.text import Text

STATES = ((DRAFT, Text("Draft"), "grey"), (CONFIRMED, Text("The client has signed"), "amber"), (CHECKED, Text("Checked by finance"), "blue"), (DONE, Text("Handed to finance"), "green"))
MODES = tuple(
    (code, text, "")
    for code, text in (
        ("cash", Text("In cash")), ("card", Text("By card")), ("transfer", Text("Bank transfer")), ("phone", Text("WeChat or Alipay")), (ON_ACCOUNT, Text("Put on account")),
        ("prepaid", Text("Prepaid")), ("third", Text("Third party pays")), (MIXED, Text("Partly on account")),
    )
)  # fmt: skip
LINE_KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("room", Text("Rooms")), ("meal", Text("Food and drinks")), ("banquet", Text("Banquet")), ("rent", Text("Rent of the hall")), ("technology", Text("Equipment")),
        ("damage", Text("Damage")), ("minimum", Text("Shortfall to the minimum")), ("other", Text("Other things")),
    )
)  # fmt: skip
INVOICES = tuple((code, text, "") for code, text in (("special", Text("Special VAT invoice")), ("general", Text("General VAT invoice")), ("digital", Text("Digital invoice"))))

SETTLEMENT_LINE = Record(
    "settlement_line", Text("Line of a bill"), Text("Lines of the bill"),
    Section(
        Text("Line of a bill"),
        Field("settlement_id", Text("Settlement"), Kind.REF, ref="settlement", required=True, width=150, words=("结账单",)),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default="meal", choices=LINE_KINDS, codes="bill_line", width=104, words=("类别", "项目类别")),
        Field("name", Text("What was had"), required=True, searched=True, wide=True, width=140, words=("项目", "内容")),
        Field("planned", Text("Number planned"), Kind.INT, least=0, most=999_999, width=72, words=("计划数量",)),
        Field("actual", Text("Number had"), Kind.INT, required=True, least=0, most=999_999, width=72, words=("实际数量", "数量")),
        Field("price", Text("Price each"), Kind.MONEY, least=0, width=104, words=("单价",)),
        Field("discount", Text("Taken off"), Kind.MONEY, least=0, width=96, words=("折扣", "减免")),
        currency(),
        Field("reason", Text("Why"), wide=True, words=("依据", "说明"), help=Text("Clause, order or who allowed it")),
    ),
    extra=(Field("amount", Text("Amount"), Kind.MONEY, settled=True, width=112),),
    code="", listed=("settlement_id", "kind", "name", "planned", "actual", "price", "discount", "amount", "currency", "reason"),
    sorted_by="name", sortable=("name", "amount"), filters=("kind",), indexes=(Index("settlement_id", "kind", "amount"),),
    settle=rules.settle_line, settle_on=("actual", "price", "discount"), check=rules.check_line, check_on=("settlement_id.state", "actual", "price", "discount"),
    rollups=(Rollup(("settlement_id",), {"lines": (), "total": ("amount",)}, {}),),
    currency="currency", file_word="settlement-lines", papers=False,
    area="credit", follows=("settlement_id",),
)  # fmt: skip

SETTLEMENT = Record(
    "settlement", Text("Settlement"), Text("Settlement hand-over"),
    Section(
        Text("What is settled"),
        Field("name", Text("Event or group"), required=True, searched=True, width=170, words=("活动名称", "团名")),
        Field("code", Text("Settlement no."), Kind.CODE, searched=True, width=128, words=("结账单号",), help=Text("Given when it is saved")),
        Field("day", Text("Day of the event"), Kind.DATE, required=True, width=104, words=("日期", "活动日期")),
        Field("booking_id", Text("Booking"), Kind.REF, ref="booking", width=120, words=("预订",)),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=180, words=("单位", "客户")),
        Field("person_id", Text("Contact"), Kind.REF, ref="person", width=110, words=("联系人",)),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=DRAFT, choices=STATES, width=104, words=("状态",)),
        owner(),
        hotel(),
    ),
    Section(
        Text("How it is paid"),
        deposit_kind(),
        Field("deposit", Text("Deposit applied"), Kind.MONEY, least=0, width=112, words=("冲抵定金", "定金")),
        Field("paid", Text("Paid now"), Kind.MONEY, least=0, width=112, words=("现付", "已付")),
        Field("mode", Text("Mode"), Kind.CHOICE, choices=MODES, codes="settlement_mode", width=104, words=("结算方式",)),
        Field("disputed", Text("Disputed"), Kind.MONEY, least=0, words=("争议金额",)),
        currency(),
        Field("signed_by", Text("Signed by"), data="personal", words=("签单人",)),
        Field("checked_by", Text("Checked by"), words=("财务审核",)),
    ),
    Section(
        Text("Invoice data"),
        Field("invoice_title", Text("Invoice title"), wide=True, words=("发票抬头",)),
        Field("tax_no", Text("Tax no."), Kind.CODE, whole=True, words=("税号",)),
        Field("invoice_kind", Text("Kind of invoice"), Kind.CHOICE, choices=INVOICES, words=("发票类型",)),
        Field("invoice_mail", Text("Invoice to e-mail"), words=("收票邮箱",)),
        Field("invoice_bank", Text("Bank and account"), words=("开户行及账号",)),
        Field("invoice_address", Text("Address and phone"), wide=True, words=("地址电话",)),
        Field("invoiced_on", Text("Invoiced on"), Kind.DATE, words=("开票日期",)),
        Field("invoice_no", Text("Invoice no."), Kind.CODE, whole=True, searched=True, words=("发票号码",)),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=(
        Field("lines", Text("Number of lines"), Kind.INT, default=0, derived=True, width=72),
        Field("total", Text("Total of the lines"), Kind.MONEY, derived=True, width=120),
        Field("owed", Text("Still to pay"), Kind.MONEY, work=rules.owed, of=("total", "deposit", "paid"), tint=rules.owed_tone, width=112),
        Field("receivable_id", Text("Receivable made"), Kind.REF, ref="receivable", ref_name="document_no", ref_code="", hidden=True),
    ),
    listed=("day", "name", "account_id", "total", "deposit", "paid", "owed", "mode", "state", "owner_id", "code"),
    sorted_by="-day", sortable=("day", "name", "code", "total"), filters=("state", "mode", "owner_id"),
    indexes=(Index("account_id", "day", "state"), Index("booking_id", "day"), Index("state", "day", "hotel_id"), Index("code"), Index("person_id", "day"), Index("receivable_id", "day")),
    check=rules.check, check_on=("mode", "paid"),
    machine=Machine(
        "state",
        Move("confirm", Text("The client has signed"), (DRAFT,), CONFIRMED, guard=rules.not_confirmed),
        Move("check", Text("Checked by finance"), (CONFIRMED,), CHECKED, guard=rules.may_hand_over),
        Move("return", Text("Send back"), (CONFIRMED, CHECKED), DRAFT, reason=True),
        Move("hand-over", Text("Hand to finance"), (CHECKED,), DONE, guard=rules.may_hand_over, effect="crm_desktop.duties.settlements.actions:handed_over"),
    ),
    currency="currency", file_word="settlements", note=("day", "account_id"), faded=("state", (DONE,)),
    area="credit", follows=("account_id",), series="JS", fresh=rules.fresh,
    lines=(Lines(SETTLEMENT_LINE, "settlement_id", ("kind", "name", "actual", "price"), title=Text("Lines of the bill"), after=0),),
)  # fmt: skip
