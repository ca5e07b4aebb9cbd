"""What guest files hold beside stays and preferences: companions, days to keep, the attention list, meals."""

from __future__ import annotations

from crm_desktop.demo.house import Dice, House
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.guests.records import ATTENTION, COMPANION, CONSUMPTION, KEY_DATE
from crm_desktop.duties.preferences.records import NEVER, PREFERENCE
from crm_desktop.duties.stays.records import STAY, STAYED
from crm_desktop.record.record import Row

COMPANIONS = (  # guest, name, relation, birthday, remark
    ("霍明翊", "沈若兰", "spouse", "", "通常同住，早餐少油"), ("霍明翊", "纪乐", "assistant", "", "行程由她确认"), ("霍明翊", "老魏", "driver", "", "司机餐，住地库旁"),
    ("司徒曜", "方敏", "assistant", "", ""), ("俞闻笛", "俞小满", "child", "2017-06-01", "怕黑，要小夜灯"),
    ("阿依努尔·买合木提", "古丽娜尔", "interpreter", "", "维吾尔语翻译"), ("阿依努尔·买合木提", "艾山", "colleague", "", "清真"),
    ("阿依努尔·买合木提", "热依罕", "colleague", "", "清真"), ("阿依努尔·买合木提", "吐尔逊", "colleague", "", "清真"),
    ("阿依努尔·买合木提", "帕提古丽", "colleague", "", "清真"), ("阿依努尔·买合木提", "买买提", "driver", "", "清真"),
    ("小林 遥", "高桥", "interpreter", "", "日语翻译"), ("单翊飞", "单太太", "spouse", "", ""),
)  # fmt: skip
WATCHED = (  # guest, level, facts, evidence, decided by, days ago, days to the end, days to the review
    ("龑䶮", "watch", "两次深夜在走廊大声喧哗，劝后停止", "值班经理日志两份", "叶听澜", -70, 120, 5), ("乐桐", "watch", "对花粉严重反应，进房前撤花", "本人来信", "叶听澜", -200, 165, 60),
    ("欧阳朝朝", "prepay", "离店账单拖欠四个月，催后付清", "催款函与收据", "高澄", -160, 205, 90), ("冉越", "watch", "房内吸烟三次，赔付地毯清洗", "客房部照片与账单", "柳静仪", -400, -35, None),
)  # fmt: skip
DATES = (  # guest or client, kind, name, days from today, years ago, what, budget in yuan
    ("霍明翊", "wedding", "结婚纪念日", 30, 22, "总经理手写卡，房内清茶", 300), ("单翊飞", "first-stay", "首次入住满五年", 7, 5, "送照片册", 200),
    ("司徒曜", "appointment", "任副行长", 12, 2, "电话祝贺", 0), ("俞闻笛", "family", "女儿生日", 195, 9, "小蛋糕，问过再送", 120),
)  # fmt: skip
OUTLETS = ("越味轩", "湖畔全日餐厅", "大堂吧", "听泉", "沈园", "鉴湖")
DISHES = ("清蒸白鱼、霉干菜扣肉、时蔬", "醉鸡、油焖笋、片儿川", "家常小炒四样", "早茶套餐", "商务套餐", "宴请十二道", "龙井虾仁、西湖莼菜羹", "素菜六样")
DRINKS, LEFT = ("龙井", "陈年花雕", "黑咖啡", "不饮酒", "红酒两瓶", ""), ("", "", "", "醉蟹没动", "甜品退回", "红酒只开未喝")
EATEN, HARMLESS, HARMLESS_DRINKS = ("food", "drink", "religion", "health"), ("素菜六样", "商务套餐"), ("不饮酒", "龙井")
MEALS, FOUNDED = 160, 24


def fill(house: House) -> None:
    """The told ones, then meals of guests who come often and founding days of clients."""
    dice, days, staff = Dice("files"), house.days, house.ids
    for guest, name, relation, birthday, remark in COMPANIONS:
        house.put(COMPANION, person_id=house.ids[guest], name=name, relation=relation, birthday=birthday, consent=int(relation == "child"), remark=remark)
    for guest, level, facts, evidence, who, ago, ends, review in WATCHED:
        house.put(
            ATTENTION, person_id=house.ids[guest], level=level, name=facts, evidence=evidence, decided_by=staff.get(who), decided_on=days.at(ago),
            expires=days.at(ends), review_on="" if review is None else days.at(review),
        )  # fmt: skip
    owners = {row["id"]: row["owner_id"] for record in (PERSON, ACCOUNT) for row in house.all(record)}
    for guest, kind, name, away, years, what, yuan in DATES:
        day = days.at(away)
        house.put(
            KEY_DATE, person_id=house.ids[guest], kind=kind, name=name, day=f"{int(day[:4]) - years}{day[4:] if day[5:] != '02-29' else '-02-28'}", what=what,
            budget=yuan * 100, owner_id=owners[house.ids[guest]],
        )  # fmt: skip
    for account in dice.shuffled([row for row in house.all(ACCOUNT) if row["level"] in ("A", "B")])[:FOUNDED]:
        house.put(
            KEY_DATE, account_id=account["id"], kind="founding", name="公司成立日", day=f"{dice.between(1992, 2016)}-{dice.between(1, 12):02d}-{dice.between(1, 28):02d}",
            what="总经理贺信", owner_id=account["owner_id"],
        )  # fmt: skip
    _meals(house, dice)


def _meals(house: House, dice: Dice) -> None:
    vips = {row["id"] for row in house.all(PERSON) if row["vip"]}
    stays = [row for row in house.all(STAY) if row["status"] == STAYED and row["guest_id"]]
    often = [row for row in stays if row["guest_id"] in vips] or stays
    careful = {row["person_id"] for row in house.all(PREFERENCE) if row["polarity"] == NEVER and row["kind"] in EATEN}
    for stay in dice.shuffled(often)[:MEALS]:
        _meal(house, dice, stay, careful=stay["guest_id"] in careful)


def _meal(house: House, dice: Dice, stay: Row, *, careful: bool) -> None:
    """One meal; whoever must never have something is given what harms nobody."""
    covers = dice.weighted(((1, 30), (2, 30), (4, 20), (10, 20)))
    outlet, dish, drink = dice.one(OUTLETS), dice.one(DISHES), dice.one(DRINKS)
    amount, left = covers * dice.between(88, 260) * 100, dice.one(LEFT)
    if careful:
        dish, drink, left = (dish if dish in HARMLESS else HARMLESS[0]), (drink if drink in HARMLESS_DRINKS else HARMLESS_DRINKS[0]), ""
    house.put(
        CONSUMPTION, person_id=stay["guest_id"], account_id=stay["company_id"], day=stay["arrival"], outlet=outlet, name=dish, wine=drink, covers=covers,
        amount=amount, hosted=int(covers > 2), left_over=left,
    )  # fmt: skip
