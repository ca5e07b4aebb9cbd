"""The people of the house."""

from __future__ import annotations

from crm_desktop.demo.house import House
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.stays.records import HOTEL
from crm_desktop.record import rights as roles

HOTEL_NAME = "澜棠大酒店"
SIGNED_IN = "沈知渝"
GM, DOSM, CREDIT, CARE, DESK, VOICE = "顾砚秋", "沈知渝", "高澄", "方予安", "秦苏", "罗青"
AWAY, DEPUTY, AWAY_FROM, AWAY_TO = "江叙", "许棠", -1, 2
LEAVING, LEAVES_ON = "贺小满", 12
CREW = (  # name, post, department, reports to
    (GM, "总经理", "总经办", ""), ("程牧野", "副总经理", "总经办", GM), (DOSM, "营销总监", "营销部", GM),
    ("陆行舟", "销售经理", "营销部", DOSM), ("许棠", "外联销售主管", "营销部", DOSM), ("韩既白", "财务总监", "财务部", GM),
    (CREDIT, "信贷主管", "财务部", "韩既白"), ("邵远", "前厅经理", "前厅部", "程牧野"), ("叶听澜", "大堂副理", "前厅部", "邵远"),
    ("柳静仪", "行政管家", "客房部", "程牧野"), ("马长松", "餐饮总监", "餐饮部", "程牧野"), ("樊守味", "行政总厨", "餐饮部", "马长松"),
    ("褚宴", "宴会经理", "餐饮部", "马长松"), ("石固", "工程经理", "工程部", "程牧野"), ("雷毅", "保安经理", "保安部", "程牧野"),
    ("苗蕊", "花房领班", "客房部", "柳静仪"), ("丁平", "车队队长", "前厅部", "邵远"), ("周一禾", "协议企业销售", "营销部", "陆行舟"),
    ("唐屿", "党政国企销售", "营销部", "陆行舟"), ("宋晚晴", "婚宴寿宴销售", "营销部", "陆行舟"), (AWAY, "会展团队销售", "营销部", "陆行舟"),
    (LEAVING, "旅行社与网络销售", "营销部", "陆行舟"), (VOICE, "投诉代表", "营销部", DOSM), (CARE, "客户代表", "营销部", "许棠"),
    (DESK, "营业部预订员", "营销部", "许棠"),
)  # fmt: skip
SIGN_IN = {  # log-in name and role; the others have no seat
    GM: ("guyanqiu", roles.GM), "程牧野": ("chengmuye", roles.GM), DOSM: ("shenzhiyu", roles.DOSM), "陆行舟": ("luxingzhou", roles.MANAGER),
    DEPUTY: ("xutang", roles.MANAGER), "韩既白": ("hanjibai", roles.CREDIT), CREDIT: ("gaocheng", roles.CREDIT), "邵远": ("shaoyuan", roles.RECEPTION),
    "叶听澜": ("yetinglan", roles.RECEPTION), "马长松": ("machangsong", roles.KITCHEN), "樊守味": ("fanshouwei", roles.KITCHEN),
    "褚宴": ("chuyan", roles.BANQUET), "周一禾": ("zhouyihe", roles.SELLER), "唐屿": ("tangyu", roles.SELLER), "宋晚晴": ("songwanqing", roles.BANQUET),
    AWAY: ("jiangxu", roles.SELLER), LEAVING: ("hexiaoman", roles.SELLER), VOICE: ("luoqing", roles.COMPLAINTS), CARE: ("fangyuan", roles.CARE),
    DESK: ("qinsu", roles.RECEPTION),
}  # fmt: skip
SELLERS = ("周一禾", "唐屿", "宋晚晴", "江叙", "贺小满", "许棠")


def fill(house: House) -> None:
    """Staff in the order of the house, and the hotel itself."""
    house.named(HOTEL_NAME, HOTEL, name=HOTEL_NAME, code="LT")
    for number, (name, post, department, manager) in enumerate(CREW, 1):
        house.named(
            name, STAFF, name=name, code=f"LT{number:03d}", post=post, department=department, phone=f"0575-0000{8000 + number}",
            manager_id=house.ids.get(manager), **_sign_in(name), **_away(house, name),
        )  # fmt: skip


def _sign_in(name: str) -> dict[str, object]:
    login, role = SIGN_IN.get(name, ("", ""))
    return {"login": login, "role": role}


def _away(house: House, name: str) -> dict[str, object]:
    days = house.days
    if name == AWAY:
        return {"deputy_id": house.ids[DEPUTY], "deputy_from": days.at(AWAY_FROM), "deputy_to": days.at(AWAY_TO), "remark": "调休，急事找许棠"}
    if name == LEAVING:
        return {"left_on": days.at(LEAVES_ON), "remark": "已提离职，客户交接单未签"}
    return {}


def on_leave(house: House, name: str, day: str) -> bool:
    """True on the days somebody of the house is away."""
    return name == AWAY and house.days.at(AWAY_FROM) <= day <= house.days.at(AWAY_TO)
