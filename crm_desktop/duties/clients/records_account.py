"""The accounts the hotel sells to: the file of a firm, body or agency, in the order of its paper form."""

from __future__ import annotations

from crm_desktop.duties.clients import rules_account as rules
from crm_desktop.duties.clients import rules_alike
from crm_desktop.record.dated import Dated
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Row, Section
from crm_desktop.record.text import Text

KINDS = (("company", Text("Company"), "blue"), ("agency", Text("Agency"), "purple"))
TYPES = tuple(
    (code, text, "")
    for code, text in (
        ("enterprise", Text("Enterprise")), ("government", Text("Government body")), ("institution", Text("Public institution")),
        ("state-owned", Text("State-owned firm")), ("travel-agency", Text("Travel agency")), ("ota", Text("OTA")),
        ("mice", Text("MICE agency")), ("wedding", Text("Wedding planner")), ("association", Text("Association")),
        ("school", Text("School")), ("hospital", Text("Hospital")), ("embassy", Text("Embassy")), ("crew", Text("Airline crew")),
        ("long-stay", Text("Long stay")), ("owner-related", Text("Owner-related")), ("individual", Text("Individual client")),
    )
)  # fmt: skip
INDUSTRIES = tuple(  # the sections of GB/T 4754-2017
    (code, text, "")
    for code, text in (
        ("A", Text("Farming, forestry, fishery")), ("B", Text("Mining")), ("C", Text("Manufacturing")), ("D", Text("Power, heat, gas and water")),
        ("E", Text("Construction")), ("F", Text("Wholesale and retail")), ("G", Text("Transport, storage and post")), ("H", Text("Hotels and catering")),
        ("I", Text("Software and information technology")), ("J", Text("Finance")), ("K", Text("Real estate")), ("L", Text("Leasing and business services")),
        ("M", Text("Research and technical services")), ("N", Text("Water, environment and public facilities")), ("O", Text("Repair and other services")),
        ("P", Text("Education")), ("Q", Text("Health and social work")), ("R", Text("Culture, sports and entertainment")),
        ("S", Text("Public administration and social bodies")), ("T", Text("International organisations")),
    )
)  # fmt: skip
OWNERSHIPS = tuple(
    (code, text, "")
    for code, text in (
        ("budget", Text("Budget unit")), ("central", Text("Central state-owned")), ("state", Text("Other state-owned")), ("listed", Text("Listed company")),
        ("foreign", Text("Foreign-funded")), ("joint", Text("Joint venture")), ("private", Text("Private")), ("sole", Text("Sole trader")),
    )
)  # fmt: skip
SIZES = (("large", Text("Large"), ""), ("medium", Text("Medium"), ""), ("small", Text("Small"), ""), ("micro", Text("Micro"), ""))
SEGMENTS = tuple(
    (code, text, "")
    for code, text in (
        ("retail", Text("Transient: retail")), ("discount", Text("Transient: discount")), ("negotiated", Text("Transient: negotiated")),
        ("qualified", Text("Transient: qualified")), ("wholesale", Text("Transient: wholesale and OTA")), ("group-corporate", Text("Group: corporate meetings")),
        ("group-association", Text("Group: association")), ("group-government", Text("Group: government")), ("group-tour", Text("Group: tour")),
        ("group-social", Text("Group: social and wedding")), ("group-incentive", Text("Group: incentive")), ("group-event", Text("Group: sports and trade fairs")),
        ("contract", Text("Contract: crew, long stay, projects")), ("other", Text("Other")),
    )
)  # fmt: skip
TIES = tuple(
    (code, text, "") for code, text in (
        ("subsidiary", Text("Subsidiary of")), ("branch", Text("Branch of")), ("affiliate", Text("Affiliate of")), ("agency-of", Text("Agency of")),
    )
)  # fmt: skip
INVOICES = (("special", Text("Special VAT invoice"), ""), ("plain", Text("Ordinary VAT invoice"), ""))
CLASSES = (("A", Text("Class A"), "green"), ("B", Text("Class B"), "blue"), ("C", Text("Class C"), "grey"), ("D", Text("Class D"), "grey"))
ACTIVE, POTENTIAL, DORMANT, LOST = "active", "potential", "dormant", "lost"
STATES = (
    (ACTIVE, Text("Active"), "green"), (POTENTIAL, Text("Potential"), "amber"),
    (DORMANT, Text("Dormant"), "grey"), (LOST, Text("Lost"), "red"),
)  # fmt: skip
GOOD, PLAIN, STRAINED, BROKEN = "good", "plain", "strained", "broken"
RELATIONS = (
    (GOOD, Text("Harmonious"), "green"), (PLAIN, Text("Ordinary"), "grey"),
    (STRAINED, Text("Strained"), "amber"), (BROKEN, Text("Broken off"), "red"),
)  # fmt: skip
CREDIT = (("none", Text("No credit"), "grey"), ("open", Text("On account"), "green"), ("stopped", Text("Credit stopped"), "red"))
LOST_REASONS = tuple(
    (code, text, "")
    for code, text in (
        ("price-rooms", Text("Price of rooms")), ("price-meals", Text("Price of meals")), ("location", Text("Location")), ("competitor", Text("Chose a competitor")),
        ("facility", Text("Facilities")), ("service", Text("Bad service in the past")), ("headquarters", Text("Decided by their headquarters")),
        ("slow", Text("Slow answer")), ("policy", Text("Rules of their sector")), ("relation", Text("Relationship")), ("moved", Text("Moved away or closed")),
        ("other", Text("Other")),
    )
)  # fmt: skip


def make_agency(code: str, name: str) -> Row:
    """The placeholder for an agency that a file names only by its code."""
    return {"kind": "agency", "code": code, "name": name or f"Agent {code}", "placeholder": 1}


def make_company(code: str, name: str) -> Row:
    """The placeholder for a company that a file names only by its code."""
    return {"kind": "company", "code": code, "name": name or f"Company {code}", "placeholder": 1}


def make_territory(code: str, name: str) -> Row:
    """The territory a file names and nobody entered yet."""
    return {"name": name or code}


def production_figures() -> tuple[Field, ...]:
    """What the stays of a row add up to: kept with it, so that lists can show and sort by them."""
    return (
        Field("stays", Text("Stays"), Kind.INT, default=0, derived=True, width=76),
        Field("nights", Text("Nights"), Kind.INT, default=0, derived=True, width=84),
        Field("revenue", Text("Room revenue"), Kind.MONEY, derived=True, width=132, data="internal"),
        Field("last_stay", Text("Last stay"), Kind.DATE, derived=True, width=108),
    )


def _lost_now(_row: Row, day: str) -> Row:
    return {"lost_on": day}


def _not_lost(_row: Row, _day: str) -> Row:
    return {"lost_on": ""}


def _past(what: str, column: str, into: str) -> Dated:
    """What a column of an account was, kept among its former values."""
    return Dated("account_past", "account_id", {column: into}, same={"what": what})


GUARD = "crm_desktop.duties.clients.actions_alike:guard_code"

ACCOUNT = Record(
    "account", Text("Client"), Text("Clients"),
    Section(
        Text("Client"),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, closed=True, default="company", choices=KINDS, width=84, words=("类别",)),
        Field("code", Text("Code"), Kind.CODE, searched=True, width=92, words=("协议号", "编号", "代码", "单位编号", "客户编号", "单位代码", "客户代码", "单位号", "客户号")),
        Field("name", Text("Name"), required=True, searched=True, wide=True, width=220, words=("单位名称", "名称", "单位", "company name", "客户名称", "客户全称", "公司名称", "公司全称", "单位全称", "企业名称", "企业全称", "客户")),
        Field("short_name", Text("Short name"), searched=True, words=("简称", "单位简称", "客户简称", "公司简称", "企业简称")),
        Field("name_en", Text("Name in English"), searched=True, words=("英文名称", "外文名称", "英文名", "公司英文名")),
        Field("type", Text("Type"), Kind.CHOICE, choices=TYPES, codes="account_type", width=104, words=("单位类型",)),
        Field("credit_code", Text("Credit code"), Kind.CODE, whole=True, searched=True, words=("统一社会信用代码", "税号", "信用代码", "社会信用代码", "纳税人识别号"), help=Text("18 characters")),
        Field("industry", Text("Industry"), Kind.CHOICE, choices=INDUSTRIES, codes="industry", words=("行业", "所属行业", "行业类别")),
        Field("ownership", Text("Ownership"), Kind.CHOICE, choices=OWNERSHIPS, codes="ownership", words=("单位性质", "所有制", "企业性质", "公司性质")),
        Field("size", Text("Enterprise size"), Kind.CHOICE, choices=SIZES, words=("企业规模", "规模")),
        Field("staff_count", Text("People employed"), Kind.INT, least=0, most=10_000_000, words=("员工人数", "人数", "员工数", "公司人数")),
        Field("legal_person", Text("Legal representative"), data="personal", words=("法人", "法定代表人", "法人代表")),
        Field("parent_id", Text("Parent company"), Kind.REF, ref="account", tree=True, words=("上级单位", "母公司")),
        Field("tie", Text("How they belong together"), Kind.CHOICE, choices=TIES, codes="account_tie", words=("隶属关系",)),
    ),
    Section(
        Text("How to reach them"),
        Field("phone", Text("Phone"), searched=True, words=("电话", "手机", "联系电话", "座机", "固定电话", "公司电话", "单位电话", "手机号", "手机号码", "联系方式"), width=152),
        Field("email", Text("E-mail"), searched=True, words=("邮箱", "mail", "电子邮箱", "电子邮件")),
        Field("address", Text("Address"), wide=True, words=("地址", "公司地址", "单位地址", "详细地址", "通讯地址", "联系地址", "办公地址"), help=Text("City and district are found by it")),
        Field("city", Text("City"), words=("城市", "所在城市", "地市"), width=92),
        Field("district", Text("District"), words=("区县", "县区", "所在区", "区")),
        Field("territory_id", Text("Territory"), Kind.REF, ref="territory", ref_code="", make=make_territory, width=92, words=("片区", "所属片区", "区域")),
        Field("website", Text("Website"), words=("网址", "网站", "官网", "公司网站", "公司网址")),
    ),
    Section(
        Text("Invoice data"),
        Field("invoice_title", Text("Invoice title"), wide=True, words=("发票抬头", "开票名称", "开票抬头")),
        Field("invoice_kind", Text("Kind of invoice"), Kind.CHOICE, choices=INVOICES, words=("发票类型",)),
        Field("invoice_phone", Text("Phone on invoices"), words=("开票电话",)),
        Field("invoice_address", Text("Address on invoices"), wide=True, words=("开票地址",)),
        Field("bank", Text("Bank"), words=("开户行", "开户银行")),
        Field("bank_account", Text("Bank account"), Kind.CODE, whole=True, words=("账号", "银行账号", "银行帐号", "开户账号")),
    ),
    Section(
        Text("Agreement and rates"),
        Field("agreement_no", Text("Agreement no."), Kind.CODE, whole=True, words=("协议编号", "合同号", "合同编号")),
        Field("agreed_rate", Text("Agreed rate a night"), Kind.MONEY, least=0, words=("协议价", "协议价格", "合同价")),
        Field("agreement_from", Text("Agreement from"), Kind.DATE, words=("协议开始", "协议开始日期", "合同开始日期", "合同开始")),
        Field("agreement_to", Text("Agreement until"), Kind.DATE, width=108, words=("协议到期", "协议截止", "协议到期日", "协议到期日期", "合同到期", "合同到期日", "合同到期日期", "协议有效期至", "到期日期")),
        Field("promised_nights", Text("Nights promised a year"), Kind.INT, least=0, words=("承诺间夜",)),
    ),
    Section(
        Text("Credit"),
        Field("credit", Text("Credit"), Kind.CHOICE, sensitive="money", choices=CREDIT, closed=True, width=104, words=("挂账", "信用")),
        Field("credit_limit", Text("Credit limit"), Kind.MONEY, sensitive="money", least=0, width=120, words=("信用额度", "挂账额度")),
        Field("credit_days", Text("Days to pay"), Kind.INT, sensitive="money", least=0, most=366, words=("账期", "账期天数")),
    ),
    Section(
        Text("What they could bring"),
        Field("competitors", Text("Hotels they use now"), wide=True, words=("竞争酒店", "现用酒店", "竞争对手")),
        Field("could_nights", Text("Nights they could bring a year"), Kind.INT, least=0, words=("预计间夜",)),
        Field("could_meals", Text("Meals and meetings they could bring a year"), Kind.MONEY, least=0, words=("预计餐会",)),
        Field("decides_on", Text("They decide on"), Kind.DATE, width=108, words=("决策日期", "定点时间")),
        Field("needs", Text("What they need"), wide=True, words=("需求",)),
        Field("background", Text("Background"), Kind.LONG, wide=True, words=("背景",)),
    ),
    Section(
        Text("Key dates"),
        Field("founded", Text("Founded on"), Kind.DATE, words=("成立日期", "司庆")),
        Field("partner_since", Text("Client since"), Kind.DATE, words=("合作开始", "合作日期", "合作时间", "开始合作")),
    ),
    Section(
        Text("Our side"),
        Field("level", Text("Class"), Kind.CHOICE, choices=CLASSES, codes="client_class", approved="class", width=84, words=("等级", "客户等级", "客户级别", "级别")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=ACTIVE, choices=STATES, width=92, words=("状态", "客户状态")),
        owner(),
        Field("backup_id", Text("Back-up"), Kind.REF, ref="staff", width=92, words=("备岗", "后备")),
        Field("segment", Text("Market segment"), Kind.CHOICE, choices=SEGMENTS, codes="market_segment", words=("细分市场", "市场细分")),
        Field("source", Text("Source"), words=("来源", "客户来源")),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注", "说明")),
    ),
    Section(
        Text("When they left"),
        Field("lost_reason", Text("Lost because"), Kind.CHOICE, choices=LOST_REASONS, codes="lost_reason", words=("流失原因",)),
        Field("lost_to", Text("Lost to"), words=("流失去向",)),
        Field("lost_on", Text("Lost on"), Kind.DATE, words=("流失日期",)),
    ),
    extra=(
        Field("relation", Text("Relationship"), Kind.CHOICE, choices=RELATIONS, codes="relation", width=92, words=("关系",)),
        Field("relation_reason", Text("Why it stands so"), words=("关系说明",)),
        Field("relation_on", Text("Relationship set on"), Kind.DATE, words=("关系日期",)),
        Field("relation_by", Text("Relationship set by"), words=("关系认定人",)),
        Field("placeholder", Text("Made by an import"), Kind.BOOL, hidden=True),
        *production_figures(),
    ),
    listed=("name", "kind", "code", "level", "revenue", "nights", "last_stay", "state", "owner_id", "phone", "stays"),
    sorted_by="-revenue", ranked=("-revenue",), sortable=("name", "code", "nights", "revenue", "last_stay", "stays"),
    filters=("kind", "level", "state", "type", "owner_id"),
    indexes=(Index("kind", "code", unique=True), Index("parent_id", "id"), Index("state", "decides_on"), Index("founded", "id"), Index("partner_since", "id")),
    settle=rules.settle, settle_on=rules.SETTLE_ON,
    check=rules.problems, check_on=rules.CHECK_ON, former={"owner": "owner_id"}, file_word="accounts", note=("code", "city", "phone"),
    alike=rules_alike.account_keys, alike_on=rules_alike.ACCOUNT_ON, compare=rules_alike.accounts_alike,
    area="clients", joining=GUARD, effect=GUARD, effect_on=("credit_code", "parent_id"),
    machine=Machine(
        "state",
        Move("convert", Text("Becomes a client"), (POTENTIAL,), ACTIVE),
        Move("sleep", Text("Has gone quiet"), (ACTIVE,), DORMANT),
        Move("lose", Text("Lost"), (ACTIVE, POTENTIAL, DORMANT), LOST, guard=rules.why_lost, sets=_lost_now),
        Move("win", Text("Won back"), (DORMANT, LOST), ACTIVE, sets=_not_lost),
        Move("court", Text("Court again"), (LOST,), POTENTIAL),
    ),
    dated=(
        _past("owner", "owner_id", "owner_id"), _past("class", "level", "code"), _past("relation", "relation", "code"), _past("parent", "parent_id", "parent_id"),
    ),
)  # fmt: skip
