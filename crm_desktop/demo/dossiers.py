"""What stands in the clients' files besides their names: who has which role since when, agreements, families, territories."""

from __future__ import annotations

from crm_desktop.demo.crew import DOSM
from crm_desktop.demo.house import Dice, House
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.clients.records_roles import ACCOUNT_PAST, BOOKER, GUEST, ROLE, TERRITORY
from crm_desktop.duties.clients.records_sites import SITE
from crm_desktop.duties.clients.records_standing import IMPROVEMENT, POLICY
from crm_desktop.record.record import Row

TERRITORIES = (("城区片", "越城区、镜湖新区", "周一禾"), ("柯桥片", "柯桥区", "许棠"), ("东片", "上虞区、滨海新区", "唐屿"))
FAMILY = (  # child, parent, tie
    ("越岫市政", "越岫城建", "subsidiary"), ("越岫置地", "越岫城建", "subsidiary"), ("越岫水务", "越岫城建", "subsidiary"),
    ("越岫滨江", "越岫市政", "subsidiary"), ("泽沅柯桥支行", "泽沅银行", "branch"),
)  # fmt: skip
MOVED_CHILD, FORMER_PARENT, MOVED_AT = "越岫置地", "越岫市政", -200
LEFT_BOOKER, LEFT_AT = "祁曼", -60
ENDING = 14  # agreements of the trade that end within sixty days
AGREED = {"A": 420_00, "B": 450_00, "C": 480_00}
SITES = (
    ("澄籁精密", "总部", "office", "越城区筠岚路 7 号"), ("澄籁精密", "柯桥一厂", "plant", "柯桥区鹿渚路 218 号"), ("澄籁精密", "滨海二厂", "plant", "上虞区沐禾路 66 号"),
    ("越岫城建", "滨江项目部", "building-site", "越城区棹歌路 512 号"), ("云垞医疗", "研发中心", "office", "越城区霁月路 30 号"),
)  # fmt: skip
LEAST = {"least_a": 180_000_00, "least_b": 60_000_00, "least_c": 10_000_00}  # of twelve months, as this house judges its clients
RIVALS = ("云栖渡酒店", "稽湖国际", "棹歌宾馆", "晴圃商务酒店", "悦澜里")
BANKS = ("泽沅银行柯桥支行", "越州农商银行", "澜庭商业银行绍兴分行")
SIZES = (("small", 45), ("medium", 35), ("micro", 12), ("large", 8))
HEADS = {"micro": (3, 9), "small": (12, 90), "medium": (120, 380), "large": (600, 4_200)}
OWNERSHIP = {
    "government": "budget", "institution": "budget", "school": "budget", "hospital": "budget", "state-owned": "state", "association": "budget",
    "owner-related": "private", "enterprise": "private",
}  # fmt: skip


def fill(house: House) -> None:
    """Territories first; then every client's file and every contact's role."""
    _territories(house)
    dice = Dice("dossiers")
    for account in house.all(ACCOUNT):
        account |= _file(house, dice, account)
    _founded(house)
    _families(house)
    _stories(house)
    _sites(house)
    _mending(house)
    _roles(house)
    house.put(POLICY, since=house.days.at(-700), **LEAST)


def _founded(house: House) -> None:
    """The day every firm of the better classes was founded, before it came to the hotel."""
    dice = Dice("founded")
    for account in house.all(ACCOUNT):
        if account["level"] in ("A", "B") and account["type"] not in ("individual", "government", "institution"):
            account["founded"] = house.days.at(-dice.between(3_100, 9_500))


def _row(house: House, name: str) -> Row:
    return next(row for row in (*house.all(ACCOUNT), *house.all(PERSON)) if row["id"] == house.ids[name])


def _territories(house: House) -> None:
    where: dict[str, int] = {}
    for name, districts, owner in TERRITORIES:
        row = house.put(TERRITORY, name=name, districts=districts, owner_id=house.ids[owner])
        where |= {each: int(row["id"]) for each in districts.split("、")}
    for account in house.all(ACCOUNT):
        account["territory_id"] = where.get(account["district"])


def _file(house: House, dice: Dice, account: Row) -> Row:
    """Invoice data, size, rates; the better the class, the fuller the file."""
    kind, level, days = account["type"], account["level"], house.days
    size = "large" if account["name"].endswith("集团") or level == "A" else dice.weighted(SIZES)
    out: Row = {"partner_since": days.at(-dice.between(760, 3_000))}
    if kind not in ("individual", "crew"):
        out |= {"size": size, "staff_count": dice.between(*HEADS[size]), "ownership": OWNERSHIP.get(kind, "private")}
    if kind != "individual" and dice.percent({"A": 100, "B": 92, "C": 70}.get(level, 35)):
        out |= {
            "invoice_title": account["name"], "invoice_kind": "plain" if kind in ("government", "institution", "school") else "special",
            "invoice_address": f"{account['city']}{account['district']}{account['address']}", "invoice_phone": account["phone"],
            "bank": dice.one(BANKS), "bank_account": f"0000{account['id'] % 10**12:012d}",
        }  # fmt: skip
    if level in AGREED and kind not in ("ota", "individual", "wedding"):
        ends = dice.between(61, 360)
        out |= {"agreement_no": f"XY{account['code'][1:]}", "agreed_rate": AGREED[level], "agreement_from": days.at(ends - 365), "agreement_to": days.at(ends)}
        out["promised_nights"] = {"A": 400, "B": 120, "C": 30}[level]
    if level in "AB" or dice.percent(30):
        out["competitors"] = dice.one(RIVALS)
    return out


def _families(house: House) -> None:
    for child, parent, tie in FAMILY:
        _row(house, child).update(parent_id=house.ids[parent], tie=tie)
    house.put(
        ACCOUNT_PAST, account_id=house.ids[MOVED_CHILD], what="parent", parent_id=house.ids[FORMER_PARENT], until=house.days.at(MOVED_AT - 1), kept=1,
        reason="集团调整，划归集团直管",
    )  # fmt: skip


def _stories(house: House) -> None:
    days = house.days
    trade = [row for row in house.all(ACCOUNT) if row["type"] in ("travel-agency", "mice") and row["agreement_to"]]
    for at, row in enumerate(trade[:ENDING]):
        row |= {"agreement_to": days.at(5 + at * 4), "agreement_from": days.at(5 + at * 4 - 365)}
    _row(house, "澄籁精密").update(agreement_to=days.at(43), agreement_from=days.at(43 - 365), competitors="晴圃商务酒店(厂区 2 公里，新开)", could_nights=520, could_meals=240_000_00)
    _row(house, "越岫城建").update(could_nights=240, could_meals=400_000_00)
    _row(house, "天蘅检测").update(lost_on=days.at(-300), lost_reason="price-rooms", lost_to="棹歌宾馆", decides_on=days.at(25), could_nights=260)
    _row(house, "青垧新材").update(could_nights=180, could_meals=60_000_00, decides_on=days.at(20), needs="协议价、双早、增值税专票", agreement_no="", agreed_rate=0, agreement_from="", agreement_to="")
    for row in house.all(ACCOUNT):
        if row["relation"] in ("strained", "broken"):
            row |= {"relation_on": days.at(-30), "relation_by": DOSM}
    _row(house, "瑞栀药业").update(relation_reason="90 天三次投诉，答应的价格函迟了 12 天")
    _row(house, "越岫城建").update(relation_reason="停挂后对方财务不接电话")
    _row(house, "澄籁精密").update(relation_reason="话筒失灵后未当面致歉，订房人离职无人接手")


def _sites(house: House) -> None:
    for client, name, kind, address in SITES:
        account = _row(house, client)
        house.put(
            SITE, account_id=account["id"], name=name, kind=kind, address=address, city="绍兴", district=address[:3], phone=account["phone"] if kind == "office" else ""
        )  # fmt: skip


def _mending(house: House) -> None:
    """The relationship strained by us: our own causes are half written down, so the client's side is still shut."""
    house.put(
        IMPROVEMENT, account_id=house.ids["瑞栀药业"], day=house.days.at(-6), before="strained", owner_id=house.ids["周一禾"], due=house.days.at(14),
        facts="90 天内三次投诉；答应的协议价格函迟了 12 天才送到", own_causes="价格函压在内部会签，没人盯进度；三次投诉都没有当面致歉",
    )  # fmt: skip


def _roles(house: House) -> None:
    """Everybody's role as their card has it; the booker who left has none any more."""
    dice, days = Dice("roles"), house.days
    for person in house.all(PERSON):
        if person["role"] == GUEST or person["account_id"] is None:
            continue
        left = person["id"] == house.ids[LEFT_BOOKER]
        house.put(
            ROLE, person_id=person["id"], account_id=person["account_id"], role=person["role"], position=person["position"], department=person["department"],
            influence={"decision-maker": 5, BOOKER: 3}.get(person["role"], 2), since=days.at(-dice.between(200, 2_400)), kept=1,
            until=days.at(LEFT_AT) if left else "", reason="离职，去向不明" if left else "",
        )  # fmt: skip
        if left:
            person |= {"account_id": None, "role": GUEST, "position": "", "department": ""}
