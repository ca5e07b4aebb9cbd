"""Client history 客史档案: the accounts the hotel sells to, and the people it knows."""

from __future__ import annotations

import re

from crm_desktop.duties.clients import rules
from crm_desktop.record.dates import business_date
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Problems, Record, Row, Section
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
CLASSES = (("A", Text("Class A"), "green"), ("B", Text("Class B"), "blue"), ("C", Text("Class C"), "grey"), ("D", Text("Class D"), "grey"))
STATES = (
    ("active", Text("Active"), "green"), ("potential", Text("Potential"), "amber"),
    ("dormant", Text("Dormant"), "grey"), ("lost", Text("Lost"), "red"),
)  # fmt: skip
RELATIONS = (
    ("good", Text("Harmonious"), "green"), ("plain", Text("Ordinary"), "grey"),
    ("strained", Text("Strained"), "amber"), ("broken", Text("Broken off"), "red"),
)  # fmt: skip
CREDIT = (("none", Text("No credit"), "grey"), ("open", Text("On account"), "green"), ("stopped", Text("Credit stopped"), "red"))
LEVELS = tuple((f"V{n}", Text(f"V{n}"), "purple") for n in range(1, 6))
SEXES = (("female", Text("Female"), ""), ("male", Text("Male"), ""))
ROLES = tuple(
    (code, text, "")
    for code, text in (
        ("guest", Text("Guest")), ("decision-maker", Text("Decision maker")), ("booker", Text("Booker")),
        ("finance", Text("Finance contact")), ("signatory", Text("Authorised signatory")),
    )
)  # fmt: skip
TITLES = (("mr", Text("Mr"), ""), ("ms", Text("Ms"), ""), ("dr", Text("Dr"), ""), ("prof", Text("Prof."), ""))

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"[+(（\d][\d\s()（）+/;；,，、.－—-]{2,60}((转|分机|ext\.?|x)\s*\d{1,8})?", re.IGNORECASE)


def _contact_problems(row: Row) -> Problems:
    found: Problems = {}
    if row.get("email") and not _MAIL.fullmatch(row["email"]):
        found["email"] = Text("An e-mail address looks like name@company.com")
    if row.get("phone") and not _PHONE.fullmatch(row["phone"]):
        found["phone"] = Text("A phone number has digits, spaces, +, - and brackets only")
    return found


CREDIT_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: without I, O, S, V, Z


def right_credit_code(code: str) -> bool:
    """True for 18 characters whose last one is the check character of GB 32100-2015; small letters will do."""
    code = code.upper()
    if len(code) != 18 or not set(code) <= set(CREDIT_CODE_LETTERS):
        return False
    places = [CREDIT_CODE_LETTERS.index(letter) for letter in code]
    return (sum(place * pow(3, at, 31) for at, place in enumerate(places[:17])) + places[17]) % 31 == 0


def _account_settled(row: Row) -> Row:
    return {"credit_code": str(row.get("credit_code") or "").upper()}


def _account_problems(row: Row) -> Problems:
    found = _contact_problems(row)
    if row.get("credit_code") and not right_credit_code(row["credit_code"]):
        found["credit_code"] = Text("This is not a credit code: it has 18 letters and digits, the last one fits the others")
    return found


def _person_problems(row: Row) -> Problems:
    found = _contact_problems(row)
    if row.get("birthday") and row["birthday"] > business_date():
        found["birthday"] = Text("A birthday cannot be after today")
    if row.get("lunar_birthday") and not rules.right_lunar_day(row["lunar_birthday"]):
        found["lunar_birthday"] = Text("Write month and day of the Chinese calendar, like 10-12, or 闰10-12 in a leap month")
    return found


def make_agency(code: str, name: str) -> Row:
    """The placeholder for an agency that a file names only by its code."""
    return {"kind": "agency", "code": code, "name": name or f"Agent {code}", "placeholder": 1}


def make_company(code: str, name: str) -> Row:
    """The placeholder for a company that a file names only by its code."""
    return {"kind": "company", "code": code, "name": name or f"Company {code}", "placeholder": 1}


def production_figures() -> tuple[Field, ...]:
    """What the stays of a row add up to: kept with it, so that lists can show and sort by them."""
    return (
        Field("stays", Text("Stays"), Kind.INT, default=0, derived=True, width=76),
        Field("nights", Text("Nights"), Kind.INT, default=0, derived=True, width=84),
        Field("revenue", Text("Room revenue"), Kind.MONEY, derived=True, width=132, data="internal"),
        Field("last_stay", Text("Last stay"), Kind.DATE, derived=True, width=108),
    )


ACCOUNT = Record(
    "account", Text("Client"), Text("Clients"),
    Section(
        Text("Client"),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, closed=True, default="company", choices=KINDS, width=84, words=("类别",)),
        Field("code", Text("Code"), Kind.CODE, searched=True, width=92, words=("协议号", "编号", "代码")),
        Field("name", Text("Name"), required=True, searched=True, wide=True, width=220, words=("单位名称", "名称", "单位", "company name")),
        Field("short_name", Text("Short name"), searched=True, words=("简称",)),
        Field("type", Text("Type"), Kind.CHOICE, choices=TYPES, codes="account_type", width=104, words=("单位类型",)),
        Field("credit_code", Text("Credit code"), Kind.CODE, searched=True, words=("统一社会信用代码",), help=Text("18 characters")),
        Field("industry", Text("Industry"), words=("行业",)),
    ),
    Section(
        Text("How to reach them"),
        Field("phone", Text("Phone"), searched=True, words=("电话", "手机", "联系电话"), width=136),
        Field("email", Text("E-mail"), words=("邮箱", "mail")),
        Field("city", Text("City"), words=("城市",), width=92),
        Field("district", Text("District"), words=("区县", "片区")),
        Field("address", Text("Address"), wide=True, words=("地址",)),
    ),
    Section(
        Text("Our side"),
        Field("level", Text("Class"), Kind.CHOICE, choices=CLASSES, codes="client_class", width=84, words=("等级",)),
        Field("state", Text("Status"), Kind.CHOICE, default="active", choices=STATES, codes="client_state", width=92, words=("状态",)),
        owner(),
        Field("relation", Text("Relationship"), Kind.CHOICE, choices=RELATIONS, codes="relation", width=92, words=("关系",)),
        Field("source", Text("Source"), words=("来源",)),
        Field("placeholder", Text("Made by an import"), Kind.BOOL, hidden=True),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    Section(
        Text("Credit"),
        Field("credit", Text("Credit"), Kind.CHOICE, choices=CREDIT, closed=True, width=104, words=("挂账", "信用")),
        Field("credit_limit", Text("Credit limit"), Kind.MONEY, least=0, width=120, words=("信用额度", "挂账额度")),
        Field("credit_days", Text("Days to pay"), Kind.INT, least=0, most=366, words=("账期", "账期天数")),
    ),
    extra=production_figures(),
    listed=("name", "kind", "code", "level", "revenue", "nights", "last_stay", "state", "owner_id", "phone", "stays"),
    sorted_by="-revenue", sortable=("name", "code", "nights", "revenue", "last_stay", "stays"),
    filters=("kind", "level", "state", "type", "owner_id"),
    indexes=(Index("kind", "code", unique=True),),
    settle=_account_settled, settle_on=("credit_code",),
    check=_account_problems, check_on=("email", "phone", "credit_code"), former={"owner": "owner_id"}, file_word="accounts", note=("code", "city", "phone"),
)  # fmt: skip

PERSON = Record(
    "person", Text("Person"), Text("People"),
    Section(
        Text("Person"),
        Field("name", Text("Name"), required=True, searched=True, data="personal", width=160, words=("姓名", "客人姓名", "联系人")),
        Field("code", Text("Guest no."), Kind.CODE, searched=True, width=92, words=("会员号", "客人编号")),
        Field("latin_name", Text("Name in Latin letters"), searched=True, data="personal", words=("英文名", "拼音")),
        Field("title", Text("Title"), Kind.CHOICE, choices=TITLES, codes="person_title", words=("称谓",)),
        Field("sex", Text("Sex"), Kind.CHOICE, choices=SEXES, data="personal", words=("性别",)),
        Field("birthday", Text("Birthday"), Kind.DATE, data="personal", words=("生日", "出生日期")),
        Field(
            "lunar_birthday", Text("Lunar birthday"), Kind.CODE, data="personal", words=("农历生日", "阴历生日"),
            help=Text("Month and day of the Chinese calendar, like 10-12, or 闰10-12 in a leap month"),
        ),
        Field("called", Text("Addressed as"), data="personal", words=("称呼",)),
        Field("nationality", Text("Nationality"), Kind.CODE, data="personal", words=("国籍",)),
        Field("language", Text("Language"), data="personal", words=("语言",)),
    ),
    Section(
        Text("Work"),
        Field("account_id", Text("Works for"), Kind.REF, ref="account", make=make_company, width=200, words=("单位", "协议单位", "公司")),
        Field("position", Text("Position"), words=("职务",), width=110),
        Field("department", Text("Department"), words=("部门",)),
        Field("role", Text("Role"), Kind.CHOICE, default="guest", choices=ROLES, codes="person_role", width=104, words=("角色",)),
    ),
    Section(
        Text("How to reach them"),
        Field("phone", Text("Phone"), searched=True, data="personal", words=("电话", "手机"), width=136),
        Field("email", Text("E-mail"), data="personal", words=("邮箱",)),
        Field("wechat", Text("WeChat"), data="personal", words=("微信",)),
        Field("address", Text("Address"), data="personal", wide=True, words=("地址",)),
    ),
    Section(
        Text("Our side"),
        Field("vip", Text("VIP level"), Kind.CHOICE, choices=LEVELS, width=84, words=("VIP", "贵宾等级")),
        owner(),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=(
        *production_figures(),
        # whom an index finds on their day, by either calendar: duties/clients/rules.py
        Field("birth_day", Text("Birthday on"), settled=True, hidden=True, data="personal"),
        Field("next_birthday", Text("Next birthday"), Kind.DATE, work=rules.coming_birthday, of=("birth_day",), width=108, data="personal"),
    ),
    listed=("name", "account_id", "vip", "phone", "position", "role", "last_stay", "nights", "stays", "owner_id"),
    sorted_by="name", sortable=("name", "nights", "last_stay", "stays"),
    filters=("role", "vip"),
    indexes=(Index("code", unique=True), Index("account_id", "sort"), Index("birth_day", "id")),
    settle=rules.settle_birthday, settle_on=("birthday", "lunar_birthday"),
    check=_person_problems, check_on=("email", "phone", "birthday", "lunar_birthday"), former={"owner": "owner_id"}, file_word="people", note=("code", "phone", "position", "account_id"),
)  # fmt: skip
