"""The 300 clients: those the stories are about, eight pairs that look like one, and the others."""

from __future__ import annotations

from collections import Counter
from typing import Any

from crm_desktop.demo import names
from crm_desktop.demo.house import Dice, House
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.record import Row

TYPES = {
    "enterprise": 150, "government": 18, "institution": 10, "state-owned": 14, "travel-agency": 22, "ota": 6, "mice": 16, "wedding": 12,
    "association": 7, "school": 6, "hospital": 5, "crew": 1, "long-stay": 5, "owner-related": 3, "individual": 25,
}  # fmt: skip
CLASSES = {"A": 18, "B": 52, "C": 110, "D": 120}
SELLERS = {"周一禾": 92, "唐屿": 44, "宋晚晴": 31, "江叙": 40, "贺小满": 38, "许棠": 55}
RELATIONS = {"good": 96, "plain": 168, "strained": 28, "broken": 8}
INDUSTRIES = {"轻纺": 60, "机电": 45, "医药": 22, "软件": 20, "建筑": 18, "金融": 15}
WHOSE = {  # type -> who looks after so many of them, the last one after the rest
    "enterprise": (("周一禾", 92), ("江叙", 8), ("贺小满", 9), ("许棠", 41)), "government": (("唐屿", 18),), "institution": (("唐屿", 10),),
    "state-owned": (("唐屿", 14),), "travel-agency": (("贺小满", 22),), "ota": (("贺小满", 6),), "mice": (("江叙", 16),),
    "wedding": (("宋晚晴", 12),), "association": (("江叙", 7),), "school": (("江叙", 6),), "hospital": (("唐屿", 2), ("江叙", 3)),
    "crew": (("贺小满", 1),), "long-stay": (("许棠", 5),), "owner-related": (("许棠", 3),), "individual": (("宋晚晴", 19), ("许棠", 6)),
}  # fmt: skip
TRADED = ("enterprise", "state-owned", "long-stay", "association", "institution")  # those with one of the six industries first
FIRMS = ("enterprise", "state-owned")
OTHER_INDUSTRY = {
    "government": "党政机关", "institution": "事业单位", "travel-agency": "旅游", "ota": "旅游", "mice": "会展", "wedding": "婚庆",
    "association": "社会团体", "school": "教育", "hospital": "卫生", "crew": "航空", "individual": "个人", "owner-related": "文旅",
    "long-stay": "工程服务", "enterprise": "商贸", "state-owned": "公用事业",
}  # fmt: skip
FORMS = {
    "轻纺": ("纺织有限公司", "轻纺贸易有限公司", "印染有限公司", "针纺科技有限公司", "家纺有限公司"),
    "机电": ("机电有限公司", "精密机械有限公司", "电气有限公司", "自动化设备有限公司"), "医药": ("药业有限公司", "生物医药有限公司", "医疗科技有限公司"),
    "软件": ("软件有限公司", "信息技术有限公司", "数据科技有限公司"), "建筑": ("建设有限公司", "建筑装饰有限公司", "规划设计有限公司"),
    "金融": ("融资租赁有限公司", "保险经纪有限公司", "资产管理有限公司"), "商贸": ("商贸有限公司", "食品有限公司", "物流有限公司", "新能源有限公司", "环保科技有限公司"),
    "公用事业": ("水务集团有限公司", "公共交通有限公司"), "党政机关": ("区机关事务中心", "镇人民政府", "街道办事处"), "事业单位": ("文化馆", "勘测院", "档案馆"),
    "旅游": ("旅行社有限公司", "国际旅行社有限公司"), "会展": ("会展有限公司", "会议服务有限公司", "展览策划有限公司"), "婚庆": ("婚礼策划工作室", "婚庆礼仪有限公司"),
    "社会团体": ("商会", "行业协会"), "教育": ("实验学校", "职业技术学院"), "卫生": ("中医院", "康复医院"), "航空": ("航空机组驻绍办",),
    "文旅": ("文旅投资有限公司", "物业服务有限公司"), "工程服务": ("工程咨询有限公司", "设备安装有限公司"),
}  # fmt: skip
DISTRICTS = ("越城区", "柯桥区", "上虞区", "滨海新区", "镜湖新区")
ROADS = ("澜棠路", "垞云路", "鹿渚路", "棹歌路", "岫云路", "沐禾路", "霁月路", "筠岚路")
SOURCES = ("上门拜访", "老客户介绍", "电话来询", "展会", "网络搜索", "前台转来")
LIMITS = {"A": 300_000_00, "B": 200_000_00, "C": 80_000_00, "D": 30_000_00}
LONG_NAME = "浙江省绍兴市澜洲轻纺产业创新服务综合体运营管理（集团）股份有限公司柯桥区总部"
AGENCIES = ("travel-agency", "ota")

_Given = tuple[str, str, str, str, str, str, str, dict[str, Any]]
GIVEN: tuple[_Given, ...] = (  # name, short name, type, class, seller, industry, relationship, more
    ("越岫城建集团", "越岫城建", "state-owned", "B", "唐屿", "建筑", "strained", {"credit": "stopped", "credit_limit": 200_000_00, "remark": "20 天前停挂，总经理批；年终会照开，先谈款"}),
    ("越岫市政工程有限公司", "越岫市政", "state-owned", "C", "唐屿", "建筑", "plain", {"remark": "上级单位：越岫城建集团"}),
    ("越岫置地有限公司", "越岫置地", "state-owned", "C", "唐屿", "建筑", "plain", {"remark": "200 天前由越岫市政划归越岫城建集团直管"}),
    ("越岫水务有限公司", "越岫水务", "state-owned", "C", "唐屿", "公用事业", "good", {"remark": "上级单位：越岫城建集团"}),
    ("越岫滨江项目管理有限公司", "越岫滨江", "state-owned", "D", "唐屿", "建筑", "plain", {"remark": "上级单位：越岫市政工程"}),
    ("旭阑置业有限公司", "旭阑置业", "enterprise", "C", "许棠", "建筑", "broken", {"credit": "stopped", "remark": "老账三年快到，只有对账单或签收的催款函能续上"}),
    ("澄籁精密制造有限公司", "澄籁精密", "enterprise", "A", "周一禾", "机电", "strained", {"remark": "订房人九月离职，邮件退回；宴会话筒两次失灵，15,000 有争议"}),
    ("诚籁精密制造有限公司", "诚籁精密", "enterprise", "D", "周一禾", "机电", "plain", {"credit_code": ""}),
    ("云垞医疗集团有限公司", "云垞医疗", "enterprise", "A", "许棠", "医药", "good", {"remark": "董事长霍博士，花生、贝类过敏"}),
    ("云楸医疗器械有限公司", "云楸医疗", "enterprise", "C", "周一禾", "医药", "plain", {}),
    ("云楸医疗器械股份有限公司", "云楸器械", "enterprise", "C", "周一禾", "医药", "plain", {"credit_code": ""}),
    ("沐棹会展服务有限公司", "沐棹会展", "mice", "B", "江叙", "会展", "plain", {"credit_limit": 200_000_00, "remark": "额度将满，新询价先看额度"}),
    ("鹿渚文化传播有限公司", "鹿渚文化", "enterprise", "C", "周一禾", "商贸", "plain", {"remark": "银行户名常写「绍兴鹿渚」"}),
    ("棠溪旅行社有限公司", "棠溪旅行社", "travel-agency", "B", "贺小满", "旅游", "strained", {"remark": "分六期还款，每期 20,000"}),
    ("禾渚软件股份有限公司", "禾渚软件", "enterprise", "A", "周一禾", "软件", "good", {"remark": "两年来次次提前三天付款"}),
    ("青垧新材料有限公司", "青垧新材", "enterprise", "D", "周一禾", "轻纺", "plain", {"state": "potential", "credit": "none", "remark": "未签协议，近两个月住了不少"}),
    ("瑞栀药业有限公司", "瑞栀药业", "enterprise", "B", "周一禾", "医药", "strained", {"remark": "90 天三次投诉；答应的价格函迟了 12 天"}),
    ("天蘅检测技术有限公司", "天蘅检测", "enterprise", "C", "周一禾", "商贸", "plain", {"state": "lost", "credit": "none", "remark": "去年价格没谈拢，25 天后又到定点时间"}),
    ("泽沅银行股份有限公司", "泽沅银行", "enterprise", "A", "许棠", "金融", "good", {}),
    ("泽沅银行股份有限公司柯桥支行", "泽沅柯桥支行", "enterprise", "C", "许棠", "金融", "plain", {"remark": "支行单独结账，不与总行合并"}),
    ("锦泽纺织有限公司", "锦泽纺织", "enterprise", "C", "周一禾", "轻纺", "good", {}),
    ("錦澤紡織有限公司", "錦澤紡織", "enterprise", "D", "周一禾", "轻纺", "plain", {"credit_code": "", "remark": "香港来客登记用繁体"}),
    ("禾杉(绍兴)电子有限公司", "禾杉电子", "enterprise", "C", "周一禾", "机电", "plain", {}),
    ("禾杉（绍兴）电子有限公司", "禾杉", "enterprise", "D", "周一禾", "机电", "plain", {"credit_code": ""}),
    ("柯岭建筑工程有限公司", "柯岭建工", "enterprise", "C", "许棠", "建筑", "plain", {}),
    ("柯岭建工", "", "enterprise", "D", "许棠", "建筑", "plain", {"credit_code": ""}),
    (LONG_NAME, "澜洲轻纺综合体", "enterprise", "B", "许棠", "轻纺", "good", {}),
    ("省某厅办公室", "省某厅", "government", "C", "唐屿", "党政机关", "plain", {"remark": "督查组按公务接待办理，凭公函"}),
    ("Harbour & Pine Trading Ltd", "Harbour & Pine", "enterprise", "C", "许棠", "商贸", "good", {"city": "Singapore", "district": ""}),
    ("ミナト商事株式会社", "港商事", "enterprise", "C", "许棠", "轻纺", "good", {"city": "大阪", "district": ""}),
    ("棉垣纺织贸易有限公司", "棉垣纺织", "enterprise", "C", "周一禾", "轻纺", "good", {"city": "喀什", "district": ""}),
    ("陈屹 郑弥婚宴", "陈郑婚宴", "individual", "C", "宋晚晴", "个人", "strained", {"credit": "none", "remark": "两家桌数说法不一，以书面为准"}),
    ("第七人民医院筹建处", "七院筹建处", "hospital", "C", "唐屿", "卫生", "plain", {}),
    ("云程商旅网", "云程商旅", "ota", "B", "贺小满", "旅游", "good", {}),
)  # fmt: skip


class _Left:
    """How many of each are still to be given."""

    def __init__(self, wanted: dict[str, int], column: int) -> None:
        self.left = Counter(wanted)
        self.left.subtract(Counter(str(given[column]) for given in GIVEN if given[column] in wanted))

    def deck(self, dice: Dice) -> list[str]:
        """Everything left, shuffled."""
        return dice.shuffled([name for name, count in self.left.items() for _ in range(count)])


def fill(house: House) -> None:
    """All clients; those given first."""
    dice = Dice("clients")
    for name, short, kind, level, seller, industry, relation, more in GIVEN:
        row = _put(house, dice, name, kind, level, seller, industry, relation, short_name=short, **more)
        house.ids[short or name] = row["id"]
    _others(house, dice)


def _others(house: House, dice: Dice) -> None:
    kinds = [kind for kind, count in _Left(TYPES, 2).left.items() for _ in range(count)]
    whose = {kind: _sellers(kind) for kind in TYPES}
    classes = _classes(dice, kinds)
    relations, trades = _Left(RELATIONS, 6).deck(dice), _Left(INDUSTRIES, 5).deck(dice)
    pairs = names.companies(dice)
    people = names.people(Dice("client names"))
    for kind, level in zip(kinds, classes, strict=True):
        industry = trades.pop() if kind in TRADED and trades else OTHER_INDUSTRY[kind]
        name = next(people) if kind == "individual" else next(pairs) + dice.one(FORMS[industry if kind in FIRMS else OTHER_INDUSTRY[kind]])
        _put(house, dice, name, kind, level, whose[kind].pop(0), industry, relations.pop(), short_name="" if kind == "individual" else name[:4])


def _sellers(kind: str) -> list[str]:
    left = Counter(dict(WHOSE[kind]))
    left.subtract(Counter(given[4] for given in GIVEN if given[2] == kind))
    return [seller for seller, _ in WHOSE[kind] for _ in range(left[seller])]


def _classes(dice: Dice, kinds: list[str]) -> list[str]:
    """The best classes to those who bring something: firms, agencies, organisers."""
    left = _Left(CLASSES, 3).left
    best = ("enterprise", "travel-agency", "ota", "mice", "state-owned", "government")
    first = dice.shuffled([at for at, kind in enumerate(kinds) if kind in best])
    first.sort(key=lambda at: kinds[at] in AGENCIES)  # of the agencies some are B, none A
    first = first[: left["A"]] + dice.shuffled(first[left["A"] :])
    rest = dice.shuffled([at for at in range(len(kinds)) if kinds[at] not in best] + first[left["A"] + left["B"] :])
    order = first[: left["A"] + left["B"]] + rest
    deck = [level for level in "ABCD" for _ in range(left[level])]
    given = dict(zip(order, deck, strict=True))
    return [given[at] for at in range(len(kinds))]


def _put(house: House, dice: Dice, name: str, kind: str, level: str, seller: str, industry: str, relation: str, **more: Any) -> Row:
    number = len(house.all(ACCOUNT)) + 1
    agency = kind in AGENCIES
    values: Row = {
        "kind": "agency" if agency else "company", "code": f"{'T' if agency else 'C'}{number:03d}", "name": name, "type": kind, "level": level,
        "owner_id": house.ids[seller], "industry": industry, "relation": relation, "credit_code": _credit_code(kind, number),
        "phone": f"0575-0000{1000 + number}", "email": f"c{number:03d}@example.com", "city": "绍兴", "district": dice.one(DISTRICTS),
        "address": f"{dice.one(ROADS)} {dice.between(1, 880)} 号", "source": dice.one(SOURCES), "state": _state(dice, level),
        **_credit(dice, kind, level),
    }  # fmt: skip
    return house.named(name, ACCOUNT, **(values | more))


def _credit_code(kind: str, number: int) -> str:
    if kind in ("individual", "crew"):
        return ""
    word = "body" if kind == "government" else "institution" if kind in ("institution", "school", "hospital") else "enterprise"
    return names.credit_code(word, number)


def _state(dice: Dice, level: str) -> str:
    if level in "AB":
        return "active"
    return dice.weighted((("active", 78), ("potential", 10), ("dormant", 9), ("lost", 3)))


def _credit(dice: Dice, kind: str, level: str) -> Row:
    """Terms by class; private people and those who hardly come pay at once."""
    if kind in ("individual", "crew", "wedding") or level == "D" or (level == "C" and dice.percent(45)):
        return {"credit": "none"}
    return {"credit": "open", "credit_limit": LIMITS[level], "credit_days": dice.one((30, 30, 30, 45, 60))}
