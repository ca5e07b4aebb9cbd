"""Client history 客史档案: the accounts the hotel sells to, and the people it knows."""

from __future__ import annotations

from crm_desktop.duties.clients import rules, rules_alike
from crm_desktop.duties.clients.records_account import ACCOUNT as ACCOUNT
from crm_desktop.duties.clients.records_account import TYPES as TYPES
from crm_desktop.duties.clients.records_account import make_agency as make_agency
from crm_desktop.duties.clients.records_account import make_company as make_company
from crm_desktop.duties.clients.records_account import production_figures as production_figures
from crm_desktop.duties.clients.records_roles import PERSON_ROLES, ROLES
from crm_desktop.duties.clients.rules_account import contact_problems
from crm_desktop.duties.clients.rules_account import right_credit_code as right_credit_code
from crm_desktop.record.dates import business_date
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Problems, Record, Row, Section
from crm_desktop.record.text import Text

LEVELS = tuple((f"V{n}", Text(f"V{n}"), "purple") for n in range(1, 6))
SEXES = (("female", Text("Female"), ""), ("male", Text("Male"), ""))
PAPERS = tuple(
    (code, text, "")
    for code, text in (
        ("id-card", Text("Identity card")), ("passport", Text("Passport")), ("hk-macau", Text("Permit for Hong Kong and Macau residents")),
        ("taiwan", Text("Permit for Taiwan residents")), ("residence", Text("Residence card for Hong Kong, Macau and Taiwan")),
        ("foreign-residence", Text("Permanent residence card")), ("military", Text("Military card")), ("other", Text("Other")),
    )
)  # fmt: skip
PAYMENTS = tuple(
    (code, text, "")
    for code, text in (
        ("unionpay", Text("UnionPay card")), ("visa", Text("Visa")), ("mastercard", Text("Mastercard")), ("amex", Text("American Express")), ("jcb", Text("JCB")),
        ("alipay", Text("Alipay")), ("wechat", Text("WeChat Pay")), ("cash", Text("Cash")), ("company", Text("On the company's account")),
    )
)  # fmt: skip
VISAS = tuple(
    (code, text, "")
    for code, text in (
        ("none", Text("No visa needed")), ("L", Text("L tourist")), ("M", Text("M business")), ("F", Text("F exchange")), ("Z", Text("Z work")), ("X", Text("X study")),
        ("Q", Text("Q or S family")), ("C", Text("C crew")), ("G", Text("G transit")), ("residence", Text("Residence permit")), ("other", Text("Other visa")),
    )
)  # fmt: skip
MARITAL = (("single", Text("Single"), ""), ("married", Text("Married"), ""), ("other", Text("Otherwise"), ""))
TITLES = (("mr", Text("Mr"), ""), ("ms", Text("Ms"), ""), ("dr", Text("Dr"), ""), ("prof", Text("Prof."), ""))


def _person_problems(row: Row) -> Problems:
    found = contact_problems(row)
    if row.get("birthday") and row["birthday"] > business_date():
        found["birthday"] = Text("A birthday cannot be after today")
    if row.get("lunar_birthday") and not rules.right_lunar_day(row["lunar_birthday"]):
        found["lunar_birthday"] = Text("Write month and day of the Chinese calendar, like 10-12, or 闰10-12 in a leap month")
    return found


PERSON = Record(
    "person", Text("Person"), Text("People"),
    Section(
        Text("Person"),
        Field("name", Text("Name"), required=True, searched=True, data="personal", width=160, words=("姓名", "客人姓名", "联系人", "名字", "联系人姓名", "宾客姓名")),
        Field("code", Text("Guest no."), Kind.CODE, searched=True, width=92, words=("会员号", "客人编号", "会员卡号", "客史号")),
        Field("latin_name", Text("Name in Latin letters"), searched=True, data="personal", words=("英文名", "拼音", "姓名拼音", "拼音名")),
        Field("title", Text("Title"), Kind.CHOICE, choices=TITLES, codes="person_title", words=("称谓",)),
        Field("sex", Text("Sex"), Kind.CHOICE, choices=SEXES, data="personal", words=("性别",)),
        Field("birthday", Text("Birthday"), Kind.DATE, data="personal", words=("生日", "出生日期", "出生年月", "出生年月日")),
        Field(
            "lunar_birthday", Text("Lunar birthday"), Kind.CODE, data="personal", words=("农历生日", "阴历生日"),
            help=Text("Month and day of the Chinese calendar, like 10-12, or 闰10-12 in a leap month"),
        ),
        Field("called", Text("Addressed as"), data="personal", words=("称呼",)),
        Field("nationality", Text("Nationality"), Kind.CODE, data="personal", words=("国籍",)),
        Field("language", Text("Language"), data="personal", words=("语言",)),
        Field("native_place", Text("Native place"), data="personal", words=("籍贯",)),
        Field("marital", Text("Marital status"), Kind.CHOICE, choices=MARITAL, codes="marital", data="personal", words=("婚姻状况", "婚否")),
        Field("ethnicity", Text("Ethnic group"), data="sensitive", sensitive="religion", words=("民族",)),
    ),
    Section(
        Text("Papers and card"),
        Field("id_type", Text("Kind of paper"), Kind.CHOICE, data="sensitive", sensitive="id", choices=PAPERS, codes="id_type", words=("证件类型", "证件类别")),
        Field(
            "id_number", Text("Number of the paper"), Kind.SEAL, data="sensitive", sensitive="id", words=("证件号码", "证件号", "身份证号", "身份证号码", "身份证", "护照号"),
            help=Text("Only its last four characters are kept"),
        ),
        Field("id_until", Text("Paper valid until"), Kind.DATE, data="sensitive", sensitive="id", words=("证件有效期",)),
        Field("visa_type", Text("Kind of visa"), Kind.CHOICE, data="sensitive", sensitive="id", choices=VISAS, codes="visa_type", words=("签证类型", "签证种类")),
        Field(
            "visa_number", Text("Number of the visa"), Kind.SEAL, data="sensitive", sensitive="id", words=("签证号", "签证号码"),
            help=Text("Only its last four characters are kept"),
        ),
        Field("visa_until", Text("Visa valid until"), Kind.DATE, data="sensitive", sensitive="id", words=("签证有效期", "停留期至")),
        Field("card_type", Text("Pays by"), Kind.CHOICE, data="sensitive", sensitive="money", choices=PAYMENTS, codes="pays_by", words=("付款方式", "支付方式")),
        Field(
            "card_number", Text("Card number"), Kind.SEAL, data="sensitive", sensitive="money", words=("卡号", "信用卡号", "银行卡号"),
            help=Text("Only its last four characters are kept"),
        ),
        Field("member_level", Text("Membership"), words=("会员等级", "会员"), width=92),
    ),
    Section(
        Text("Work"),
        Field("account_id", Text("Works for"), Kind.REF, ref="account", make=make_company, width=200, words=("单位", "协议单位", "公司", "公司名称", "单位名称", "工作单位", "所在单位", "所在公司", "客户名称")),
        Field("position", Text("Job title"), words=("职务", "职位"), width=110),
        Field("department", Text("Department"), words=("部门", "所在部门")),
        Field("role", Text("Role"), Kind.CHOICE, default="guest", choices=ROLES, codes="person_role", width=104, words=("角色",)),
    ),
    Section(
        Text("How to reach them"),
        Field("phone", Text("Phone"), searched=True, data="personal", sensitive="contact", words=("电话", "手机", "手机号", "手机号码", "联系电话", "联系方式", "移动电话", "联系手机"), width=152),
        Field("email", Text("E-mail"), searched=True, data="personal", sensitive="contact", words=("邮箱", "电子邮箱", "电子邮件", "邮件")),
        Field("wechat", Text("WeChat"), searched=True, data="personal", sensitive="contact", words=("微信", "微信号")),
        Field("address", Text("Address"), data="personal", sensitive="contact", wide=True, words=("地址", "家庭地址", "联系地址", "通讯地址", "住址")),
        Field("best_time", Text("Best time to reach them"), wide=True, words=("方便联系时间", "联系时间"), help=Text("Also when not: no calls before three")),
    ),
    Section(
        Text("Our side"),
        Field("vip", Text("VIP level"), Kind.CHOICE, choices=LEVELS, codes="vip_level", width=84, words=("VIP", "贵宾等级", "VIP等级", "VIP级别", "贵宾级别")),
        owner(),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=(
        *production_figures(),
        # what older versions and files tick; the consent ledger (duties/consents) takes it over
        Field("consent_greet", Text("Greetings and offers"), Kind.BOOL, hidden=True, words=("同意接收问候", "同意营销")),
        Field("consent_keep", Text("Health, religion and family kept"), Kind.BOOL, hidden=True, words=("同意保存敏感信息",)),
        Field("consent_on", Text("Agreed to on"), Kind.DATE, hidden=True, words=("同意日期",)),
        # whom an index finds on their day, by either calendar: duties/clients/rules.py
        Field("birth_day", Text("Birthday on"), settled=True, hidden=True, data="personal"),
        Field("next_birthday", Text("Next birthday"), Kind.DATE, work=rules.coming_birthday, of=("birth_day",), width=108, data="personal"),
    ),
    listed=("name", "account_id", "vip", "phone", "position", "role", "last_stay", "nights", "stays", "owner_id"),
    sorted_by="name", ranked=("-nights",), sortable=("name", "nights", "last_stay", "stays"),
    filters=("role", "vip"),
    indexes=(Index("code", unique=True), Index("account_id", "sort"), Index("birth_day", "id"), Index("id_number"), Index("card_number"), Index("role", "account_id")),
    settle=rules.settle_person, settle_on=("birthday", "lunar_birthday", "phone"),
    check=_person_problems, check_on=("email", "phone", "birthday", "lunar_birthday"), former={"owner": "owner_id"}, file_word="people", note=("code", "phone", "position", "account_id"),
    alike=rules_alike.person_keys, alike_on=rules_alike.PERSON_ON, compare=rules_alike.people_alike,
    area="clients", follows=("account_id",), dated=(PERSON_ROLES,), brought="crm_desktop.duties.consents.actions:brought",
    shapes={
        "vcf": {
            "name": "name", "company": "account_id", "department": "department", "position": "position", "phone": "phone", "email": "email",
            "birthday": "birthday", "address": "address", "called": "called",
        }
    },
)  # fmt: skip
