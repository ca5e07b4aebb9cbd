"""The house on the day of the sample, room by room, and the stays that are part of a story."""

from __future__ import annotations

from crm_desktop.demo.house import Dice, House
from crm_desktop.demo.wishes import CORPORATE, DAY_USE, DIRECT, GROUP, LONG_STAY, ONLINE, TRADE, Clients, Wish
from crm_desktop.record.record import Row

LONG_ROOMS = (3, 2, 2, 2, 2)  # of each long-stay client
LEAVING, LATE, USED_BY_DAY = 58, 3, 4
CAME = (8, 12, 2)  # who of those with an agreement, of the others and of those by day is here already
COMPANIES = 41  # whose guests are in house under an agreement
AGREED_STAYING, AGREED_COMING, OTHERS_STAYING, OTHERS_COMING = 57, 18, 15, 13  # besides groups, long stays and the named
QUARTERS = (119, 124, 117, 121, 118, 109, 62)  # room nights of 澄籁 in spans of 91 days, the oldest first, before the last one with 9:
LAST_VISITS = ((-59, 3), (-53, 3), (-47, 2))  # day and rooms; the ninth is its manager's own
UNSIGNED_NIGHTS = (("覃犇", -52, 3), ("柏知行", -44, 4), ("蓝一鸣", -37, 3), ("阮青禾", -21, 5), ("冉越", -12, 4))  # 19 in 60 days
NAMED = (  # guest, client, arrival, nights, room, rate
    ("俞闻笛", "瑞栀药业", -1, 4, "1211", 450_00), ("林一", "", -2, 3, "1801", 6_800_00), ("司徒曜", "泽沅银行", 0, 1, "1606", 600_00),
    ("霍明翊", "云垞医疗", 1, 3, "1702", 600_00), ("阿依努尔·买合木提", "棉垣纺织", 2, 2, "1508", 480_00),
    ("小林 遥", "港商事", -6, 3, "1505", 480_00), ("郭砚平", "越岫城建", 1, 1, "", 450_00),
    ("霍明翊", "云垞医疗", -31, 2, "1702", 600_00), ("霍明翊", "云垞医疗", -122, 1, "1702", 600_00), ("霍明翊", "云垞医疗", -210, 3, "1702", 600_00),
    ("霍明翊", "云垞医疗", -333, 2, "1702", 590_00), ("霍明翊", "云垞医疗", -468, 1, "1702", 590_00),
    ("俞闻笛", "瑞栀药业", -41, 2, "1211", 450_00), ("俞闻笛", "瑞栀药业", -96, 1, "1211", 450_00), ("俞闻笛", "瑞栀药业", -167, 2, "1211", 450_00),
    ("司徒曜", "泽沅银行", -188, 1, "1606", 600_00), ("司徒曜", "泽沅银行", -352, 2, "1606", 590_00), ("单翊飞", "澄籁精密", -62, 1, "1508", 420_00),
)  # fmt: skip


def stories(house: House, clients: Clients) -> list[Wish]:
    """The stays the stories tell of."""
    out = [
        Wish(arrival, nights, CORPORATE if client else DIRECT, clients.by_name.get(client), guest=house.ids[guest], room=room, rate=rate)
        for guest, client, arrival, nights, room, rate in NAMED
    ]
    out += [Wish(at, nights, DIRECT, clients.by_name["青垧新材"], guest=house.ids[name]) for name, at, nights in UNSIGNED_NIGHTS]
    return out + _silent(clients.by_name["澄籁精密"])


def _silent(account: Row) -> list[Wish]:
    """A key account growing silent: a visit about every six days until 47 days ago."""
    dice = Dice("silent")
    out = [Wish(at, 1, CORPORATE, account) for at, rooms in LAST_VISITS for _ in range(rooms)]
    for back, total in zip(range(len(QUARTERS), 0, -1), QUARTERS, strict=True):
        days = [at := -91 * (back + 1)]
        while (at := at + dice.between(5, 6)) < -91 * back:
            days.append(at)
        for at, nights in zip(days, dice.parts(total, len(days), 1), strict=True):
            out += [Wish(at, part, CORPORATE, account) for part in _split(dice, nights)]
    return out


def _split(dice: Dice, nights: int) -> list[int]:
    """Room nights as stays of one to three nights."""
    out = []
    while nights:
        out.append(min(nights, dice.between(1, 3)))
        nights -= out[-1]
    return out


def cohort(clients: Clients, there: list[Wish]) -> list[Wish]:
    """Everybody who is here, comes or leaves on the day, besides those there already: 191 rooms, 60 and 4 arrivals, 58 departures."""
    dice = Dice("today")
    groups = [Wish(-4, 7, GROUP, clients.by_name["沐棹会展"], rate=400_00) for _ in range(14)]  # 22,400 so far
    groups += [Wish(-2, 3, GROUP, clients.by_name["棠溪旅行社"], rate=380_00) for _ in range(32)]
    groups += [Wish(0, 2, GROUP, dice.one(clients.trade[1:]), rate=380_00)]
    groups += [Wish(0, 2, GROUP, groups[-1].account, rate=380_00) for _ in range(27)]
    long = [Wish(-dice.between(62, 150), 0, LONG_STAY, account) for account, rooms in zip(clients.long_stay, LONG_ROOMS, strict=True) for _ in range(rooms)]
    for wish in long:
        wish.nights = dice.between(20, 110) - wish.arrival
    firms = _firms(dice, clients, there, COMPANIES - len(clients.long_stay))
    staying = [Wish(-back, back + dice.between(1, 4), CORPORATE, firms.pop()) for back in _backs(dice, AGREED_STAYING)]
    coming = [Wish(0, dice.between(1, 3), CORPORATE, firms.pop()) for _ in range(AGREED_COMING)]
    others = [_other(dice, clients, -back, back + dice.between(1, 3)) for back in _backs(dice, OTHERS_STAYING)]
    others += [_other(dice, clients, 0, dice.between(1, 2)) for _ in range(OTHERS_COMING)]
    by_day = [Wish(0, 0, DAY_USE) for _ in range(USED_BY_DAY)]
    for wish in (*coming[:CAME[0]], *others[-CAME[1] :], *by_day[: CAME[2]]):
        wish.came = True
    return [*groups, *long, *staying, *coming, *others, *_leaving(dice, clients), *by_day]


def _backs(dice: Dice, count: int) -> list[int]:
    return [dice.weighted(((1, 40), (2, 30), (3, 18), (4, 12))) for _ in range(count)]


def _firms(dice: Dice, clients: Clients, there: list[Wish], count: int) -> list[Row]:
    """Whose guests stay or come today: each firm once, the larger ones more often."""
    named = {wish.account["id"] for wish in there if wish.account and wish.arrival <= 0 < wish.departure}
    known = [row for row in clients.firms if row["type"] != "mice" and row["id"] not in named]
    first = dice.shuffled([row for row in known if row["level"] in "AB"])[: count - len(named)]
    again = [dice.one(first[:24]) for _ in range(AGREED_STAYING + AGREED_COMING - len(first))]
    return dice.shuffled([*first, *again])


def _other(dice: Dice, clients: Clients, arrival: int, nights: int) -> Wish:
    kind = dice.weighted(((ONLINE, 55), (TRADE, 10), (DIRECT, 35)))
    return Wish(arrival, nights, kind, dice.one(clients.online) if kind == ONLINE else dice.one(clients.trade) if kind == TRADE else None)


def _leaving(dice: Dice, clients: Clients) -> list[Wish]:
    out = []
    for back in _backs(dice, LEAVING):
        if dice.percent(55):
            out.append(Wish(-back, back, CORPORATE, dice.one(clients.signed)))
        else:
            out.append(_other(dice, clients, -back, back))
    for wish in out[:LATE]:
        wish.late = True
    return out
