"""The promotions of the sample: the year's festivals, from those evaluated long ago to those still being written. Amounts in fen."""

from __future__ import annotations

from typing import Any

from crm_desktop.demo.crew import AWAY, DEPUTY, DESK, HOTEL_NAME
from crm_desktop.demo.house import House
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.house.records import DEPARTMENT
from crm_desktop.duties.promotions import rules
from crm_desktop.duties.promotions.records import OFFER, PRODUCT, PROMOTION, TASK
from crm_desktop.duties.promotions.rules import APPROVAL, DONE, EVALUATION, FILED, OPEN, PREPARING, SCHEME, SELLING

_Product = tuple[str, str, int, int, int, int, int, int]  # zone, name, usual, price, child, cost, how many, sold
_Task = tuple[str, str, str, int, str]  # department, what, who, due, state
_Told = tuple[str, str, str, tuple[int, int, int, int], int, int, dict[str, Any], tuple[_Product, ...], tuple[_Task, ...]]
TOLD: tuple[_Told, ...] = (  # theme, state, who, sold and used from-to, budget, goal, more, products, tasks
    (
        "谢师宴与状元房", FILED, "宋晚晴", (-160, -80, -155, -75), 26_000_00, 420_000_00,
        {"cost": 24_300_00, "revenue": 468_200_00, "new_clients": 37, "evaluation": "订 118 桌，比去年多 19 桌；客房带动 92 间夜", "keep": "状元房摆件、班主任手写卡", "stop": "周三周四空台多，工作日要单独定价"},
        (("banquet", "谢师宴 1,688 元/桌", 198800, 168800, 0, 92000, 150, 118), ("rooms", "状元房(含早)", 58000, 42800, 0, 12000, 120, 92)),
        (("餐饮部", "菜单两档", "马长松", -165, DONE), ("营销部", "高中家长群发布", DEPUTY, -158, DONE)),
    ),
    (
        "中秋月饼礼盒", FILED, DEPUTY, (-98, -56, -98, -50), 32_000_00, 360_000_00,
        {"cost": 31_250_00, "revenue": 402_600_00, "new_clients": 22, "evaluation": "售 2,013 盒，协议单位占七成；退货 11 盒", "keep": "九月五日前付款九折", "stop": "冰皮款运输坏了 40 盒，明年不做"},
        (("retail", "月满澜棠礼盒", 26800, 20000, 0, 9800, 2200, 2013),), (("餐饮部", "月饼打样三款", "樊守味", -105, DONE), ("财务部", "开票口径", "高澄", -99, DONE)),
    ),
    (
        "国庆亲子周", EVALUATION, AWAY, (-75, -42, -48, -42), 18_000_00, 210_000_00,
        {"cost": 17_400_00, "revenue": 226_900_00, "new_clients": 9},
        (("package", "亲子两日套餐(两大一小)", 128000, 98800, 19800, 41000, 180, 163), ("buffet", "亲子自助晚餐", 23800, 16800, 8800, 7900, 600, 488)),
        (("客房部", "儿童帐篷 20 顶", "柳静仪", -52, DONE), ("餐饮部", "手工绍兴糕点课", "樊守味", -49, DONE), ("营销部", "评估表", AWAY, -3, OPEN)),
    ),
    (
        "团年饭与年会季", SELLING, "许棠", (-45, 70, 12, 80), 46_000_00, 1_860_000_00, {},
        (("banquet", "团年饭 2,288 元/桌", 258800, 228800, 0, 121000, 420, 164), ("banquet", "年会 2,888 元/桌(含音响)", 338800, 288800, 0, 146000, 380, 97), ("rooms", "与会客房", 58000, 39800, 0, 12000, 500, 121)),
        (("营销部", "老客户电话一轮", "许棠", -20, DONE), ("工程部", "舞台灯光检修", "石固", 8, OPEN), ("餐饮部", "年会菜单试菜", "马长松", -2, OPEN), ("花房", "主桌花艺样板", "苗蕊", 10, OPEN)),
    ),
    (
        "圣诞平安夜大餐", APPROVAL, "许棠", (2, 36, 36, 37), 58_000_00, 168_000_00, {},
        (("buffet", "平安夜自助(成人)", 48800, 39800, 19800, 16500, 260, 0), ("chinese", "平安夜桌餐 10 位", 388800, 298800, 0, 138000, 24, 0), ("lobby", "下午茶双人", 25800, 19800, 0, 6800, 120, 0)),
        (("餐饮部", "菜单与成本核算", "樊守味", 3, OPEN), ("工程部", "大堂圣诞树与灯", "石固", 12, OPEN), ("营销部", "老客户首发价通知", DESK, 5, OPEN)),
    ),
    ("元旦迎新双人房餐", PREPARING, DESK, (5, 44, 43, 46), 9_800_00, 86_000_00, {}, (("package", "迎新一夜(含早含晚餐)", 98000, 69800, 0, 31000, 90, 0),), (("前厅部", "迎新卡与倒数夜宵", "邵远", 30, OPEN),)),
    ("春节江南年味", SCHEME, DEPUTY, (20, 85, 78, 92), 60_000_00, 640_000_00, {}, (("package", "年夜饭加一晚客房", 268800, 218800, 0, 98000, 80, 0),), (("餐饮部", "年夜饭菜单五档", "马长松", 9, OPEN),)),
)  # fmt: skip
OFFERED: dict[str, tuple[tuple[str, int, str, str], ...]] = {  # theme -> client, day, answer, what they said
    "团年饭与年会季": (
        ("瑞栀药业", -19, "declined", "今年先看你们三次投诉怎么了结"), ("越岫城建", -16, "booked", "年终会就放这里，桌数等领导定"), ("禾渚软件", -12, "thinking", "想要带音响的那一档，月底前回话"), ("青垧新材", -7, "told", ""),
        ("沐棹会展", -5, "thinking", "手里有两家公司的年会，要看价"),
    ),
    "圣诞平安夜大餐": (("禾渚软件", 5, "to-tell", ""), ("鹿渚文化", 5, "to-tell", "")),
}  # fmt: skip
WORDS = {
    "background": "去年同期见存档方案；今年云栖渡、稽湖国际都已开卖", "purpose": "档期满房满台，带出新客户名单", "target": "协议单位、老客户家庭、周边企业行政", "channels": "公众号、协议单位群、五家平台、宴会销售",
    "programme": "预售首周老客户首发价；到店有手信；现场抽奖三轮", "decoration": "大堂主题布置一处，包厢门牌与桌卡统一", "media": "公众号三篇、电梯海报、朋友圈九宫格", "staffing": "餐饮部增六人，营销部值台二人",
    "conditions": "不与其他优惠同享；七天前可改期一次",
}  # fmt: skip


def fill(house: House) -> None:
    """Every promotion with its products, tasks and the clients it is offered to, numbered in the order of its days."""
    owners = {row["id"]: row["owner_id"] for row in house.all(ACCOUNT)}
    departments = {row["name"]: row["id"] for row in house.all(DEPARTMENT)}
    numbers: dict[str, int] = {}
    for name, state, who, (sold, sold_to, used, used_to), budget, goal, more, products, tasks in TOLD:
        day = house.days.at
        head = f"CX-{day(sold)[:4]}-"
        numbers[head] = numbers.get(head, 0) + 1
        row = house.put(
            PROMOTION, name=name, code=f"{head}{numbers[head]:04d}", state=state, owner_id=house.ids[who], hotel_id=house.ids[HOTEL_NAME], sell_from=day(sold), sell_to=day(sold_to),
            stay_from=day(used), stay_to=day(used_to), budget=budget, goal=goal, leaflets=goal // 10_000, messages=goal // 5_000, **WORDS, **more,
        )  # fmt: skip
        for zone, product, usual, price, child, cost, there, went in products:
            house.put(
                PRODUCT, promotion_id=row["id"], zone=zone, name=product, list_price=usual, price=price, child_price=child, unit_cost=cost, allotment=there, sold=went,
            )  # fmt: skip
        for client, told_on, answer, said in OFFERED.get(name, ()):
            account = house.ids[client]
            house.put(OFFER, promotion_id=row["id"], account_id=account, owner_id=owners[account], day=house.days.office(told_on), state=answer, said=said)
        for department, what, doer, due, done in tasks:
            at = house.days.office(due)
            house.put(
                TASK, promotion_id=row["id"], department_id=departments.get(department) or departments["营销部"], name=what, owner_id=house.ids[doer], due=at, state=done,
                done_on=at if done == rules.DONE else "", signed_by=doer if done == rules.DONE else "",
            )  # fmt: skip
