"""The 620 contacts of the clients and the 5,200 guests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crm_desktop.demo import names
from crm_desktop.demo.house import Dice, House
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.record.record import Row

CONTACTS, GUESTS = 620, 5_200
CONTACTS_OF, GUESTS_OF = {"A": 4, "B": 3, "C": 2, "D": 1}, {"A": 40, "B": 16, "C": 6, "D": 3}
CONTACT_ROLES = (("booker", "行政专员", "行政部"), ("decision-maker", "总经理", "总经办"), ("finance", "会计", "财务部"), ("signatory", "办公室主任", "办公室"))
POSITIONS = ("销售经理", "项目经理", "工程师", "采购", "部门经理", "技术总监", "业务员", "副总经理", "质量主管", "设计师", "市场专员", "顾问")
CITIES = ("杭州", "上海", "宁波", "苏州", "南京", "温州", "合肥", "南昌", "厦门", "广州", "深圳", "北京", "武汉", "成都")
_Given = tuple[str, str, str, str, str, dict[str, Any]]
GIVEN_CONTACTS: tuple[_Given, ...] = (  # name, client, position, VIP level, sex, more
    ("祁曼", "澄籁精密", "订房联系人", "", "female", {"role": "booker", "remark": "九月已离职，邮件退回"}),
    ("仇蕴仪", "鹿渚文化", "行政经理", "", "female", {"role": "booker"}),
    ("郭砚平", "越岫城建", "办公室主任", "V4", "male", {"role": "decision-maker"}),
    ("屠会计", "越岫城建", "会计", "", "female", {"role": "finance", "remark": "年底预算下来才付"}),
    ("仇女士", "鹿渚文化", "行政", "", "female", {"role": "booker"}),
    ("陈屹", "陈郑婚宴", "新郎", "", "male", {"role": "decision-maker"}), ("郑弥", "陈郑婚宴", "新娘", "", "female", {"role": "decision-maker"}),
    ("晏清", "沐棹会展", "项目总监", "", "female", {"role": "booker"}), ("邢一诺", "棠溪旅行社", "计调", "", "female", {"role": "booker"}),
)  # fmt: skip
GIVEN_GUESTS: tuple[_Given, ...] = (
    ("霍明翊", "云垞医疗", "董事长", "V2", "male", {"called": "霍博士", "title": "dr"}),
    ("司徒曜", "泽沅银行", "副行长", "V3", "male", {"called": "司徒行长"}), ("俞闻笛", "瑞栀药业", "市场总监", "V5", "female", {}),
    ("林一", "", "", "V3", "female", {"remark": "化名，名单四人以外不看"}),
    ("小林 遥", "港商事", "采购部长", "V4", "female", {"nationality": "JPN", "language": "日语", "latin_name": "Kobayashi Haruka"}),
    ("阿依努尔·买合木提", "棉垣纺织", "代表团团长", "V4", "female", {"latin_name": "Aynur Mahmut", "language": "维吾尔语、普通话"}),
    ("单翊飞", "澄籁精密", "总经理", "V4", "male", {}), ("解采薇", "瑞栀药业", "秘书", "", "female", {"email": "caiwei@example.com", "birthday": "1991-03-08"}),
    ("沈采薇", "瑞栀药业", "秘书", "", "female", {"email": "caiwei@example.com", "birthday": "1991-03-08", "remark": "婚前登记"}),
    ("乐桐", "禾渚软件", "产品经理", "", "female", {}), ("覃犇", "青垧新材", "厂长", "", "male", {}), ("龑䶮", "", "", "", "male", {"latin_name": "Yan Yan"}),
    ("欧阳朝朝", "沐棹会展", "项目经理", "V5", "female", {"latin_name": "Ouyang Zhaozhao"}), ("O'Brien-Şahin", "Harbour & Pine", "Director", "V5", "male", {"nationality": "IRL", "language": "英语", "latin_name": "O'Brien-Sahin"}),
    ("小鱼🐟爱旅行", "", "", "", "female", {"wechat": "小鱼🐟爱旅行"}),
    ("Wolfeschlegelstein-Hausen", "", "", "", "male", {"nationality": "DEU", "language": "德语", "latin_name": "Wolfeschlegelstein-Hausen"}),
    ("督查组联络人 戚科", "省某厅", "科长", "", "male", {}), ("柏知行", "青垧新材", "工程师", "", "male", {}), ("蓝一鸣", "青垧新材", "销售", "", "male", {}),
    ("阮青禾", "青垧新材", "采购", "", "female", {}), ("冉越", "青垧新材", "技术员", "", "male", {}),
)  # fmt: skip
SAME_PHONE = (("仇女士", "仇蕴仪"), ("沈采薇", "解采薇"))


class _Numbers:
    """Guest numbers and telephone numbers, one after the other; mail addresses that nobody else has."""

    def __init__(self) -> None:
        self.code = 0
        self.phone = 1000
        self.mails: dict[str, int] = {}

    def own_mail(self, name: str) -> str:
        """An address of this name, with a number where another has it."""
        self.mails[name] = number = self.mails.get(name, 0) + 1
        return f"{name}{number if number > 1 else ''}@example.com"

    def next_code(self) -> str:
        """The next guest number."""
        self.code += 1
        return f"G{self.code:05d}"

    def next_phone(self) -> str:
        """The next number of a segment that nobody has."""
        self.phone += 1
        return f"199 0000 {self.phone:04d}"


def fill(house: House) -> None:
    """Contacts, then guests; no two of them have one name."""
    dice, numbers, fresh = Dice("people"), _Numbers(), _fresh()
    for given in GIVEN_CONTACTS:
        _given(house, numbers, given)
    _contacts(house, dice, numbers, fresh)
    for given in GIVEN_GUESTS:
        _given(house, numbers, given)
    for account in house.all(ACCOUNT):
        for _ in range(_guest_count(house, account)):
            _guest(house, dice, numbers, next(fresh), account)
    while len(house.all(PERSON)) < CONTACTS + GUESTS:
        _guest(house, dice, numbers, next(fresh), None)
    for other, first in SAME_PHONE:
        _row(house, other)["phone"] = _row(house, first)["phone"]


def _fresh() -> Iterator[str]:
    given = {name for name, *_ in (*GIVEN_CONTACTS, *GIVEN_GUESTS)}
    return (name for name in names.people(Dice("names")) if name not in given)


def _row(house: House, name: str) -> Row:
    return next(row for row in house.all(PERSON) if row["id"] == house.ids[name])


def _guest_count(house: House, account: Row) -> int:
    if account["type"] in ("ota", "individual", "wedding") or account["id"] == house.ids["青垧新材"]:
        return 1 if account["type"] == "individual" else 0
    return GUESTS_OF[account["level"]]


def _given(house: House, numbers: _Numbers, given: _Given) -> None:
    name, account, position, vip, sex, more = given
    values: Row = {
        "name": name, "code": numbers.next_code(), "latin_name": names.latin(name), "account_id": house.ids.get(account), "position": position,
        "vip": vip, "sex": sex, "role": "guest", "phone": numbers.next_phone(), "nationality": "CHN", "language": "普通话",
        "owner_id": _seller(house, account), "title": "mr" if sex == "male" else "ms",
    }  # fmt: skip
    house.named(name, PERSON, **(values | more))


def _seller(house: House, account: str) -> int | None:
    found = house.ids.get(account)
    return next((row["owner_id"] for row in house.all(ACCOUNT) if row["id"] == found), None)


def _contacts(house: House, dice: Dice, numbers: _Numbers, fresh: Iterator[str]) -> None:
    here: dict[int, int] = {}
    for row in house.all(PERSON):
        here[row["account_id"]] = here.get(row["account_id"], 0) + 1
    wanted = {account["id"]: max(here.get(account["id"], 0), CONTACTS_OF[account["level"]]) for account in house.all(ACCOUNT)}
    small = [account["id"] for account in house.all(ACCOUNT) if account["level"] == "D"]
    for account_id in dice.shuffled(small)[: CONTACTS - sum(wanted.values())]:
        wanted[account_id] += 1
    for account in house.all(ACCOUNT):
        for at in range(here.get(account["id"], 0), wanted[account["id"]]):
            _contact(house, dice, numbers, next(fresh), account, at)


def _contact(house: House, dice: Dice, numbers: _Numbers, name: str, account: Row, at: int) -> None:
    role, position, department = CONTACT_ROLES[at]
    latin = names.latin(name)
    house.put(
        PERSON, **_who(dice, numbers, name), account_id=account["id"], position=position, department=department, role=role,
        phone=numbers.next_phone(), email=numbers.own_mail(latin.replace(" ", ".").lower()), owner_id=account["owner_id"],
    )  # fmt: skip


def _guest(house: House, dice: Dice, numbers: _Numbers, name: str, account: Row | None) -> None:
    house.put(
        PERSON, **_who(dice, numbers, name), account_id=account["id"] if account else None, role="guest",
        position=dice.one(POSITIONS) if account else "", phone=numbers.next_phone() if dice.percent(72) else "",
        owner_id=account["owner_id"] if account else None, address=dice.one(CITIES) if dice.percent(40) else "",
    )  # fmt: skip


def _who(dice: Dice, numbers: _Numbers, name: str) -> Row:
    sex = dice.one(("female", "male"))
    return {
        "name": name, "code": numbers.next_code(), "latin_name": names.latin(name), "sex": sex, "title": "mr" if sex == "male" else "ms",
        "nationality": "CHN", "language": "普通话",
    }  # fmt: skip
