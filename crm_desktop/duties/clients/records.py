"""Client history 客史档案: the accounts the hotel sells to, and the people it knows."""

from __future__ import annotations

import re

from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Problems, Record, Row, Section
from crm_desktop.record.text import Text as T

KINDS = (("company", T("Company"), "blue"), ("agency", T("Agency"), "purple"))
TYPES = tuple(
    (code, text, "")
    for code, text in (
        ("enterprise", T("Enterprise")), ("government", T("Government body")), ("institution", T("Public institution")),
        ("state-owned", T("State-owned firm")), ("travel-agency", T("Travel agency")), ("ota", T("OTA")),
        ("mice", T("MICE agency")), ("wedding", T("Wedding planner")), ("association", T("Association")),
        ("school", T("School")), ("hospital", T("Hospital")), ("embassy", T("Embassy")), ("crew", T("Airline crew")),
        ("long-stay", T("Long stay")), ("owner-related", T("Owner-related")), ("individual", T("Individual client")),
    )
)  # fmt: skip
CLASSES = (("A", T("Class A"), "green"), ("B", T("Class B"), "blue"), ("C", T("Class C"), "grey"), ("D", T("Class D"), "grey"))
STATES = (
    ("active", T("Active"), "green"), ("potential", T("Potential"), "amber"),
    ("dormant", T("Dormant"), "grey"), ("lost", T("Lost"), "red"),
)  # fmt: skip
LEVELS = tuple((f"V{n}", T(f"V{n}"), "purple") for n in range(1, 6))
SEXES = (("female", T("Female"), ""), ("male", T("Male"), ""))
ROLES = tuple(
    (code, text, "")
    for code, text in (
        ("guest", T("Guest")), ("decision-maker", T("Decision maker")), ("booker", T("Booker")),
        ("finance", T("Finance contact")), ("signatory", T("Authorised signatory")),
    )
)  # fmt: skip
TITLES = (("mr", T("Mr"), ""), ("ms", T("Ms"), ""), ("dr", T("Dr"), ""), ("prof", T("Prof."), ""))

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"[+\d][\d\s()/;,、-]{2,60}")


def _contact_problems(row: Row) -> Problems:
    found: Problems = {}
    if row.get("email") and not _MAIL.fullmatch(row["email"]):
        found["email"] = T("An e-mail address looks like name@company.com")
    if row.get("phone") and not _PHONE.fullmatch(row["phone"]):
        found["phone"] = T("A phone number has digits, spaces, +, - and brackets only")
    return found


def make_agency(code: str, name: str) -> Row:
    """The placeholder for an agency that a file names only by its code."""
    return {"kind": "agency", "code": code, "name": name or f"Agent {code}", "placeholder": 1}


def make_company(code: str, name: str) -> Row:
    """The placeholder for a company that a file names only by its code."""
    return {"kind": "company", "code": code, "name": name or f"Company {code}", "placeholder": 1}


def _figures() -> tuple[Field, ...]:
    return (
        Field("stays", T("Stays"), Kind.INT, default=0, derived=True, width=76),
        Field("nights", T("Nights"), Kind.INT, default=0, derived=True, width=84),
        Field("revenue", T("Room revenue"), Kind.MONEY, derived=True, width=132, data="internal"),
        Field("last_stay", T("Last stay"), Kind.DATE, derived=True, width=108),
    )


ACCOUNT = Record(
    "account", T("Client"), T("Clients"),
    Section(
        T("Client"),
        Field("kind", T("Kind"), Kind.CHOICE, required=True, closed=True, default="company", choices=KINDS, width=84, words=("类别",)),
        Field("code", T("Code"), Kind.CODE, searched=True, width=92, words=("协议号", "编号", "代码")),
        Field("name", T("Name"), required=True, searched=True, wide=True, width=220, words=("单位名称", "名称", "单位", "company name")),
        Field("short_name", T("Short name"), searched=True, words=("简称",)),
        Field("type", T("Type"), Kind.CHOICE, choices=TYPES, width=104, words=("单位类型",)),
        Field("credit_code", T("Credit code"), Kind.CODE, searched=True, words=("统一社会信用代码",), help=T("18 characters")),
        Field("industry", T("Industry"), words=("行业",)),
    ),
    Section(
        T("How to reach them"),
        Field("phone", T("Phone"), searched=True, words=("电话", "手机", "联系电话"), width=136),
        Field("email", T("E-mail"), words=("邮箱", "mail")),
        Field("city", T("City"), words=("城市",), width=92),
        Field("district", T("District"), words=("区县", "片区")),
        Field("address", T("Address"), wide=True, words=("地址",)),
    ),
    Section(
        T("Our side"),
        Field("level", T("Class"), Kind.CHOICE, choices=CLASSES, width=84, words=("等级",)),
        Field("state", T("Status"), Kind.CHOICE, default="active", choices=STATES, width=92, words=("状态",)),
        Field("owner", T("Owner"), words=("销售员", "负责人"), width=92),
        Field("source", T("Source"), words=("来源",)),
        Field("placeholder", T("Made by an import"), Kind.BOOL, hidden=True),
        Field("remark", T("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=_figures(),
    listed=("name", "kind", "code", "level", "revenue", "nights", "last_stay", "state", "owner", "phone", "stays"),
    sorted_by="-revenue", sortable=("name", "code", "nights", "revenue", "last_stay", "stays"),
    filters=("kind", "level", "state", "type"),
    indexes=(Index("kind", "code", unique=True),),
    check=_contact_problems, check_on=("email", "phone"), file_word="accounts",
)  # fmt: skip

PERSON = Record(
    "person", T("Person"), T("People"),
    Section(
        T("Person"),
        Field("name", T("Name"), required=True, searched=True, data="personal", width=160, words=("姓名", "客人姓名", "联系人")),
        Field("code", T("Guest no."), Kind.CODE, searched=True, width=92, words=("会员号", "客人编号")),
        Field("latin_name", T("Name in Latin letters"), searched=True, data="personal", words=("英文名", "拼音")),
        Field("title", T("Title"), Kind.CHOICE, choices=TITLES, words=("称谓",)),
        Field("sex", T("Sex"), Kind.CHOICE, choices=SEXES, data="personal", words=("性别",)),
        Field("birthday", T("Birthday"), Kind.DATE, data="personal", words=("生日", "出生日期")),
        Field("nationality", T("Nationality"), Kind.CODE, data="personal", words=("国籍",)),
        Field("language", T("Language"), data="personal", words=("语言",)),
    ),
    Section(
        T("Work"),
        Field("account_id", T("Works for"), Kind.REF, ref="account", make=make_company, width=200, words=("单位", "协议单位", "公司")),
        Field("position", T("Position"), words=("职务",), width=110),
        Field("department", T("Department"), words=("部门",)),
        Field("role", T("Role"), Kind.CHOICE, default="guest", choices=ROLES, width=104, words=("角色",)),
    ),
    Section(
        T("How to reach them"),
        Field("phone", T("Phone"), searched=True, data="personal", words=("电话", "手机"), width=136),
        Field("email", T("E-mail"), data="personal", words=("邮箱",)),
        Field("wechat", T("WeChat"), data="personal", words=("微信",)),
        Field("address", T("Address"), data="personal", wide=True, words=("地址",)),
    ),
    Section(
        T("Our side"),
        Field("vip", T("VIP level"), Kind.CHOICE, choices=LEVELS, width=84, words=("VIP", "贵宾等级")),
        Field("owner", T("Owner"), words=("销售员",), width=92),
        Field("remark", T("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=_figures(),
    listed=("name", "account_id", "vip", "phone", "position", "role", "last_stay", "nights", "stays", "owner"),
    sorted_by="name", sortable=("name", "nights", "last_stay", "stays"),
    filters=("role", "vip"),
    indexes=(Index("code", unique=True), Index("account_id", "sort")),
    check=_contact_problems, check_on=("email", "phone"), file_word="people",
)  # fmt: skip
