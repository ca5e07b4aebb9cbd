"""The credit file of a client: application with its papers, agreement with those who may sign, override, guarantee."""

from __future__ import annotations

from crm_desktop.duties.credit import rules_file as rules
from crm_desktop.record.house import currency, hotel, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.lines import Lines
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text

MOST = 10_000_000_000_00
SUBMITTED = "crm_desktop.duties.credit.actions_bounds:submitted"
WITHIN_CAP = "crm_desktop.duties.credit.actions_bounds:guarantee_within"
STATES = (
    (rules.DRAFT, Text("Draft"), "grey"), (rules.MANAGER, Text("With the sales manager"), "amber"), (rules.FINANCE, Text("Finance investigates"), "amber"),
    (rules.LOOKED_INTO, Text("Investigated; with the sales manager"), "amber"),
    (rules.DECISION, Text("To be decided"), "blue"), (rules.APPROVED, Text("Approved"), "green"), (rules.REFUSED, Text("Refused"), "red"),
    (rules.WITHDRAWN, Text("Withdrawn"), "grey"),
)  # fmt: skip
GRADES = tuple((code, text, tone) for code, text, tone in (
    ("AAA", Text("AAA"), "green"), ("AA", Text("AA"), "green"), ("A", Text("Grade A"), "blue"), ("B", Text("Grade B"), "amber"), ("C", Text("Grade C"), "red"),
))  # fmt: skip
PAPERS = tuple((code, text, "") for code, text in (
    ("licence", Text("Business licence")), ("legal-person", Text("Certificate of the legal representative")), ("identity", Text("Identity card of the legal representative")),
    ("authority", Text("Authorisation of the signatories")), ("account", Text("Bank account permit")), ("report", Text("Financial statement")),
    ("references", Text("References of other hotels")), ("seal", Text("Specimen of the seal")), ("other", Text("Other paper")),
))  # fmt: skip
PAYS = tuple((code, text, "") for code, text in (
    ("in-time", Text("Pays in time")), ("late", Text("Pays late")), ("chased", Text("Pays when chased")), ("never", Text("Does not pay")), ("unknown", Text("Says nothing")),
))  # fmt: skip
NEWS = tuple((code, text, "") for code, text in (
    ("owner", Text("Owner or legal representative changed")), ("court", Text("Sued or enforced against")), ("press", Text("In the press")), ("default", Text("Did not pay others")),
    ("shape", Text("Merged, split or moved")), ("better", Text("Good news")), ("other", Text("Other news")),
))  # fmt: skip
AGREEMENT_STATES = (
    (rules.UNSIGNED, Text("To be signed"), "amber"), (rules.ACTIVE, Text("In force"), "green"), (rules.SUSPENDED, Text("Credit stopped"), "red"), (rules.ENDED, Text("Ended"), "grey"),
)  # fmt: skip
GUARANTEE_STATES = ((rules.GIVEN, Text("Stands"), "amber"), (rules.SETTLED, Text("Paid by the client"), "green"), (rules.DEDUCTED, Text("Deducted from wages"), "grey"))


def client() -> Field:
    """The client a row is about."""
    return Field("account_id", Text("Client"), Kind.REF, ref="account", required=True, width=190, words=("单位", "客户"))


def _money(name: str, label: Text, *words: str) -> Field:
    return Field(name, label, Kind.MONEY, least=0, most=MOST, width=112, words=words)


def _days(name: str, label: Text, *words: str) -> Field:
    return Field(name, label, Kind.INT, least=0, most=366, width=76, words=words)


TRADE_REFERENCE = Record(
    "trade_reference", Text("Reference of another hotel"), Text("References of other hotels"),
    Section(
        Text("Reference of another hotel"),
        Field("application_id", Text("Application"), Kind.REF, ref="credit_application", ref_name="number", ref_code="", required=True, width=110),
        Field("name", Text("Hotel"), required=True, searched=True, width=150, words=("酒店",)),
        Field("contact", Text("Who said it"), data="personal", width=110, words=("联系人",)),
        _money("limit_there", Text("Limit there"), "额度"),
        Field("pays", Text("How it pays there"), Kind.CHOICE, required=True, default="in-time", choices=PAYS, codes="reference_pays", width=110, words=("付款情况",)),
        Field("asked_on", Text("Asked on"), Kind.DATE, width=104, words=("询问日期",)),
        Field("remark", Text("Remark"), wide=True, words=("备注",)),
    ),
    code="", titled="application_id", listed=("application_id", "name", "contact", "limit_there", "pays", "asked_on", "remark"), sorted_by="name", sortable=("name",), filters=("pays",),
    indexes=(Index("application_id", "name"),), file_word="trade-references", papers=False, area="credit", follows=("application_id",),
)  # fmt: skip

CREDIT_NEWS = Record(
    "credit_news", Text("News about a client's credit"), Text("News about clients' credit"),
    Section(
        Text("News about a client's credit"),
        client(),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default="owner", choices=NEWS, codes="credit_news", width=190, words=("类别",)),
        Field("name", Text("What happened"), required=True, searched=True, wide=True, width=260, words=("内容",)),
        Field("source", Text("Where it is from"), width=150, words=("来源",)),
        owner(Text("Heard by")),
        Field("looked_on", Text("Looked at on"), Kind.DATE, width=104, words=("复核日期",), help=Text("Then it no longer calls for a review")),
        Field("result", Text("What follows from it"), Kind.LONG, wide=True, words=("处理结果",)),
    ),
    code="", titled="account_id", listed=("day", "account_id", "kind", "name", "source", "looked_on", "owner_id"), sorted_by="-day", sortable=("day", "looked_on"), filters=("kind", "owner_id"),
    indexes=(Index("account_id", "day"), Index("looked_on", "day")), file_word="credit-news", area="credit", follows=("account_id",),
)  # fmt: skip

CREDIT_APPLICATION = Record(
    "credit_application", Text("Credit application"), Text("Credit applications"),
    Section(
        Text("Application"),
        client(),
        Field("number", Text("Application no."), Kind.CODE, searched=True, width=110, words=("编号",)),
        Field("day", Text("Applied for on"), Kind.DATE, required=True, width=104, words=("申请日期",)),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=rules.DRAFT, choices=STATES, width=112, words=("状态",)),
        owner(Text("Applied by")),
        hotel(),
        Field("reason", Text("Why the client should have credit"), Kind.LONG, wide=True, words=("申请理由",)),
    ),
    Section(
        Text("What is asked for"),
        _money("limit_asked", Text("Limit asked for"), "申请额度"), _days("days_asked", Text("Days to pay asked for"), "申请账期"),
        _money("spend", Text("Expected in a month"), "预计月消费"),
        Field("services", Text("Services"), wide=True, words=("允许项目",), help=Text("Rooms, food and drinks, meetings, laundry ...")),
        Field("signatories", Text("Who may sign"), wide=True, words=("有权签字人",)),
        Field("bank_reference", Text("Bank reference"), words=("开户行",)),
        Field("hotels_say", Text("What other hotels say"), wide=True, words=("同行证明",)),
        _money("capital", Text("Registered capital"), "注册资本"),
        currency(),
    ),
    Section(
        Text("Opinions"),
        Field("parallel", Text("Sales manager and finance look at it at the same time"), Kind.BOOL, words=("并行审批",)),
        Field("manager_words", Text("Sales manager"), Kind.LONG, wide=True, words=("销售经理意见",)),
        Field("finance_words", Text("What finance found"), Kind.LONG, wide=True, words=("财务调查",)),
        Field("director_words", Text("Director of sales"), Kind.LONG, wide=True, words=("营销总监意见",)),
        Field("controller_words", Text("Financial controller"), Kind.LONG, wide=True, words=("财务总监意见",)),
        Field("score", Text("Points"), Kind.INT, least=0, most=100, width=64, words=("评分",)),
        Field("grade", Text("Grade"), Kind.CHOICE, closed=True, choices=GRADES, width=64, words=("等级",)),
        _money("limit_granted", Text("Limit granted"), "批准额度"), _days("days_granted", Text("Days to pay granted"), "批准账期"),
        Field("decision", Text("Decision"), Kind.LONG, wide=True, words=("审批意见",)),
        Field("decided_on", Text("Decided on"), Kind.DATE, width=104, words=("审批日期",)),
    ),
    name="number", code="", titled="account_id",
    listed=("day", "account_id", "limit_asked", "days_asked", "state", "grade", "limit_granted", "decided_on", "owner_id", "number"),
    sorted_by="-day", sortable=("day", "number", "decided_on", "limit_asked"), filters=("state", "owner_id"), indexes=(Index("account_id", "day"), Index("state", "day")),
    check=rules.check_application, check_on=("limit_asked", "days_asked"),
    machine=Machine(
        "state",
        Move("submit", Text("Send to the sales manager"), (rules.DRAFT,), rules.MANAGER, guard=rules.may_submit, effect=SUBMITTED),
        Move("endorse", Text("Endorse"), (rules.MANAGER,), rules.FINANCE, guard=rules.may_endorse, approves="credit_check"),
        Move("pass", Text("Investigation done"), (rules.FINANCE,), rules.DECISION, guard=rules.may_pass, sets=rules.finance_done, approves="credit_check"),
        Move("pass-first", Text("Investigation done"), (rules.MANAGER,), rules.LOOKED_INTO, guard=rules.may_pass_first, sets=rules.finance_done, approves="credit_check"),
        Move("endorse-last", Text("Endorse"), (rules.LOOKED_INTO,), rules.DECISION, guard=rules.may_endorse, approves="credit_check"),
        Move("approve", Text("Approve"), (rules.DECISION,), rules.APPROVED, guard=rules.may_approve, sets=rules.granted, approves="credit", amount="limit_granted"),
        Move("refuse", Text("Refuse"), rules.WAITS, rules.REFUSED, reason=True, sets=rules.granted),
        Move("return", Text("Back to the seller"), rules.WAITS, rules.DRAFT, reason=True),
        Move("withdraw", Text("Withdraw"), (rules.DRAFT, *rules.WAITS), rules.WITHDRAWN),
    ),
    currency="currency", file_word="credit-applications", area="credit", follows=("account_id",),
    lines=(Lines(TRADE_REFERENCE, "application_id", ("name", "contact", "limit_there", "pays"), after=1),),
)  # fmt: skip

CREDIT_PAPER = Record(
    "credit_paper", Text("Paper of a client"), Text("Papers of clients"),
    Section(
        Text("Paper of a client"),
        client(),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, choices=PAPERS, codes="credit_paper", default="licence", width=190, words=("资料",)),
        Field("number", Text("Number"), Kind.CODE, width=140, words=("编号",)),
        Field("seen_on", Text("Original seen on"), Kind.DATE, width=104, words=("核对日期",)),
        Field("expires", Text("Valid until"), Kind.DATE, width=104, words=("有效期至",)),
        Field("remark", Text("Remark"), wide=True, words=("备注",)),
    ),
    name="number", code="", titled="account_id", listed=("account_id", "kind", "number", "seen_on", "expires", "remark"), sorted_by="expires", sortable=("expires", "seen_on"),
    filters=("kind",), indexes=(Index("account_id", "kind"),), file_word="credit-papers", area="credit", follows=("account_id",),
)  # fmt: skip

CREDIT_AGREEMENT = Record(
    "credit_agreement", Text("Credit agreement"), Text("Credit agreements"),
    Section(
        Text("Agreement"),
        client(),
        Field("number", Text("Agreement no."), Kind.CODE, whole=True, searched=True, width=120, words=("协议号", "编号")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=rules.UNSIGNED, choices=AGREEMENT_STATES, width=92, words=("状态",)),
        Field("application_id", Text("Application"), Kind.REF, ref="credit_application", ref_name="number", ref_code=""),
        Field("starts", Text("In force from"), Kind.DATE, width=104, words=("起始日期",)),
        Field("ends", Text("Until"), Kind.DATE, width=104, words=("终止日期",)),
        Field("signed_on", Text("Signed on"), Kind.DATE, width=104, words=("签订日期",)),
        hotel(), owner(),
    ),
    Section(
        Text("Terms"),
        _money("credit_limit", Text("Credit limit"), "额度"), _days("days", Text("Days to pay"), "账期"),
        Field("settles_on", Text("Statement on the day of the month"), Kind.INT, least=1, most=31, width=76, words=("结算日",)),
        Field("late_rate", Text("Late fee a day, in millionths"), Kind.INT, least=0, most=10_000, words=("违约金",), help=Text("500 = 0.05 %; empty = none agreed")),
        _money("deposit", Text("Deposit"), "押金", "保证金"),
        Field("guarantor", Text("Guarantor"), words=("担保人",)),
        Field("services", Text("Services"), wide=True, words=("消费项目",)),
        Field("small_firm", Text("The hotel has declared that it is a small or medium firm"), Kind.BOOL, words=("中小企业声明",)),
        Field("copies", Text("Copies"), Kind.INT, default=4, least=1, most=12, width=64, words=("份数",)),
        currency(),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    name="number", code="", titled="account_id", listed=("account_id", "number", "state", "credit_limit", "days", "starts", "ends", "deposit", "owner_id"), sorted_by="-starts",
    sortable=("starts", "number", "ends", "credit_limit"), filters=("state", "owner_id"), indexes=(Index("account_id", "starts"), Index("state", "ends")),
    check=rules.check_days, check_on=("starts", "ends"),
    machine=Machine(
        "state",
        Move("sign", Text("Is in force"), (rules.UNSIGNED,), rules.ACTIVE, guard=rules.may_sign, approves="credit", amount="credit_limit"),
        Move("suspend", Text("Stop credit"), (rules.ACTIVE,), rules.SUSPENDED, reason=True),
        Move("resume", Text("Resume credit"), (rules.SUSPENDED,), rules.ACTIVE, reason=True, approves="credit", amount="credit_limit"),
        Move("end", Text("End"), (rules.UNSIGNED, rules.ACTIVE, rules.SUSPENDED), rules.ENDED, reason=True),
    ),
    currency="currency", file_word="credit-agreements", area="credit", follows=("account_id",),
)  # fmt: skip

SIGNATORY = Record(
    "signatory", Text("Who may sign"), Text("Who may sign"),
    Section(
        Text("Who may sign"),
        Field("agreement_id", Text("Agreement"), Kind.REF, ref="credit_agreement", ref_name="number", ref_code="", required=True, width=130, words=("协议号",)),
        client(),
        Field("name", Text("Name"), data="personal", required=True, searched=True, width=110, words=("姓名", "签字人")),
        Field("post", Text("Position"), width=110, words=("职务",)),
        Field("phone", Text("Phone"), data="personal", sensitive="contact", width=130, words=("电话",)),
        Field("starts", Text("In force from"), Kind.DATE, width=104, words=("起始日期",)),
        Field("ends", Text("Until"), Kind.DATE, width=104, words=("终止日期",)),
        _money("most", Text("Signs up to"), "限额"),
        Field("remark", Text("Remark"), wide=True, words=("备注",), help=Text("The specimen of the signature lies by this row as a picture")),
    ),
    code="", listed=("name", "post", "account_id", "agreement_id", "starts", "ends", "most"), sorted_by="name", sortable=("name", "ends"),
    indexes=(Index("account_id", "name"), Index("agreement_id", "name")), check=rules.check_days, check_on=("starts", "ends"),
    file_word="signatories", area="credit", follows=("account_id",),
)  # fmt: skip

CREDIT_OVERRIDE = Record(
    "credit_override", Text("Credit in spite of a stop"), Text("Credit in spite of a stop"),
    Section(
        Text("Credit in spite of a stop"),
        client(),
        Field("given_on", Text("Given on"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("until", Text("Until"), Kind.DATE, required=True, width=104, words=("有效期至",)),
        _money("amount", Text("For at most"), "额度"),
        Field("reason", Text("Reason"), Kind.LONG, required=True, wide=True, words=("理由",)),
        owner(Text("Asked for by")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default="asked", choices=(("asked", Text("Asked for"), "amber"), ("given", Text("Given"), "green"), ("refused", Text("Refused"), "red")), width=92),
    ),
    name="given_on", code="", titled="account_id", listed=("account_id", "given_on", "until", "amount", "state", "reason", "owner_id"), sorted_by="-given_on", sortable=("given_on", "until"),
    filters=("state",), indexes=(Index("account_id", "until"), Index("state", "until")),
    machine=Machine(
        "state",
        Move("give", Text("Give"), ("asked",), "given", approves="credit", amount="amount"),
        Move("refuse", Text("Refuse"), ("asked",), "refused", reason=True),
    ),
    file_word="credit-overrides", papers=False, area="credit", follows=("account_id",),
)  # fmt: skip

GUARANTEE = Record(
    "guarantee", Text("Temporary guarantee"), Text("Temporary guarantees"),
    Section(
        Text("Temporary guarantee"),
        client(),
        Field("staff_id", Text("Guarantor"), Kind.REF, ref="staff", required=True, width=100, words=("担保人",)),
        _money("amount", Text("Amount"), "金额"), currency(),
        Field("given_on", Text("Given on"), Kind.DATE, required=True, width=104, words=("担保日期",)),
        Field("due", Text("Due date"), Kind.DATE, required=True, width=104, words=("到期日",)),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=rules.GIVEN, choices=GUARANTEE_STATES, width=104, words=("状态",)),
        Field("bill", Text("For which bill"), width=140, words=("账单",)),
        Field("reason", Text("Reason"), Kind.LONG, wide=True, words=("事由",)),
        Field("witness", Text("Approved by"), words=("批准人",)),
    ),
    name="given_on", code="", titled="account_id", listed=("due", "account_id", "staff_id", "amount", "state", "bill", "given_on"), sorted_by="-due", sortable=("due", "given_on", "amount"),
    filters=("state", "staff_id"), indexes=(Index("account_id", "due"), Index("staff_id", "state", "amount"), Index("state", "due")),
    check=rules.check_guarantee, check_on=("amount", "due", "given_on"), joining=WITHIN_CAP, effect=WITHIN_CAP, effect_on=("amount", "staff_id", "given_on"),
    machine=Machine(
        "state",
        Move("settle", Text("Paid by the client"), (rules.GIVEN,), rules.SETTLED),
        Move("deduct", Text("Deduct from wages"), (rules.GIVEN,), rules.DEDUCTED, reason=True, approves="write_off", amount="amount"),
    ),
    currency="currency", file_word="guarantees", area="credit", owners=("staff_id",), follows=("account_id",),
)  # fmt: skip
