"""Who wants to stay when: by offsets from the day of the sample, before rooms and guests are given out."""

from __future__ import annotations

from crm_desktop.demo.days import Days, is_working, lunar, weekday
from crm_desktop.demo.house import Dice, House
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.record import Row

CORPORATE, GROUP, ONLINE, TRADE, DIRECT, LONG_STAY, DAY_USE = "corporate", "group", "online", "trade", "direct", "long-stay", "day-use"
MONTHS = (58, 41, 72, 78, 76, 66, 63, 61, 74, 81, 79, 70)  # percent of the rooms, by month
FIRST, LAST = -60, 30  # the whole house is made between these days
HISTORY = -730
ROOMS = 268
FAIR = (20, 23)  # sold out
GAPS = {"A": (5, 9), "B": (12, 25), "C": (35, 80), "D": (90, 240)}  # days between two visits of a client
ROOMS_OF = {"A": (3, 7), "B": (2, 6), "C": (1, 5), "D": (1, 3)}
WEIGHTS = {"A": 40, "B": 14, "C": 5, "D": 2}  # how often one of a client's guests is among those who come
QUIET = ("澄籁精密", "青垧新材", "陈郑婚宴")  # their stays are a story
SIGNED = ("enterprise", "government", "institution", "state-owned", "association", "hospital", "school", "owner-related", "mice")


class Wish:
    """One room for some nights. `cancelled` and `no_show` take no room; `came`: of those who arrive today."""

    __slots__ = ("account", "arrival", "came", "cancelled", "guest", "kind", "late", "nights", "no_show", "rate", "room")

    def __init__(self, arrival: int, nights: int, kind: str, account: Row | None = None, *, guest: int = 0, room: str = "", rate: int = 0) -> None:
        self.arrival, self.nights, self.kind, self.account = arrival, nights, kind, account
        self.guest, self.room, self.rate = guest, room, rate
        self.cancelled = self.no_show = self.late = self.came = False

    @property
    def departure(self) -> int:
        """The offset of the day of departure."""
        return self.arrival + self.nights


def nights(dice: Dice) -> int:
    """How long somebody stays."""
    return dice.weighted(((1, 58), (2, 27), (3, 6), (4, 4), (5, 3), (dice.between(6, 10), 2)))


def occupancy(days: Days, offset: int) -> int:
    """The share of the rooms that is sold on a day, in percent."""
    if FAIR[0] <= offset <= FAIR[1]:
        return 97
    day = days.at(offset)
    month, number, leap = lunar(day)
    if not leap and ((month == 12 and number >= 29) or (month == 1 and number <= 6)):
        return 35
    if "10-01" <= day[5:] <= "10-06":
        return 94
    return MONTHS[int(day[5:7]) - 1] + {5: 9, 6: -14}.get(weekday(day), 0)


class Clients:
    """The clients by what they book, and by short name; in `signed` each as often as it books."""

    def __init__(self, house: House) -> None:
        rows = [row for row in house.all(ACCOUNT) if row["state"] != "lost" and row["short_name"] not in QUIET]
        self.all = rows
        self.by_name = {row["short_name"] or row["name"]: row for row in house.all(ACCOUNT)}
        self.firms = [row for row in rows if row["type"] in SIGNED]
        self.signed = [row for row in self.firms for _ in range(WEIGHTS[row["level"]])]
        self.online = [row for row in rows if row["type"] == "ota"]
        self.trade = [row for row in rows if row["type"] == "travel-agency"]
        self.long_stay = [row for row in rows if row["type"] == "long-stay"]


def history(days: Days, clients: Clients) -> list[Wish]:
    """What the known clients stayed before the whole house begins: visit after visit, by class and season."""
    out: list[Wish] = []
    dice = Dice("history")
    for account in clients.all:
        if account["type"] in ("individual", "wedding", "ota", "long-stay"):
            continue
        trade = account["type"] == "travel-agency"
        low, high = GAPS[account["level"]]
        mean = dice.between(low, high) * (2 if trade else 1)
        at = HISTORY + dice.around(mean)
        while at < FIRST - 8:
            if dice.percent(occupancy(days, at) + 22) and (trade or is_working(days.at(at))):
                out += _visit(dice, account, at, trade)
            at += dice.around(mean)
    return out


def _visit(dice: Dice, account: Row, at: int, trade: bool) -> list[Wish]:
    kind = GROUP if trade else CORPORATE
    rooms = dice.between(12, 32) if trade else dice.between(*ROOMS_OF[account["level"]])
    stay = dice.between(1, 2) if trade else nights(dice)
    return [lost(dice, Wish(at, stay, kind, account)) for _ in range(rooms)]


def lost(dice: Dice, wish: Wish) -> Wish:
    """The same, cancelled in 9 of 100 cases and a no-show in 1 or 2."""
    chance = dice.between(1, 1000)
    wish.cancelled, wish.no_show = chance <= 90, 90 < chance <= 105 and wish.arrival < 0
    return wish


def somebody(dice: Dice, clients: Clients, offset: int, stay: int, weekend: bool) -> Wish:
    """Whoever takes one more room that night."""
    kind = dice.weighted(((CORPORATE, 26 if weekend else 52), (ONLINE, 38 if weekend else 22), (TRADE, 10), (DIRECT, 26 if weekend else 16)))
    if kind == CORPORATE:
        return Wish(offset, stay, kind, dice.one(clients.signed))
    if kind == ONLINE:
        return Wish(offset, stay, kind, dice.one(clients.online))
    return Wish(offset, stay, kind, dice.one(clients.trade) if kind == TRADE else None)


def whole_house(days: Days, clients: Clients, there: list[Wish]) -> list[Wish]:
    """Everybody else between FIRST and LAST, up to the season's occupancy; nobody who would be here, come or go today."""
    dice, out = Dice("house"), list[Wish]()
    taken = dict.fromkeys(range(FIRST - 1, LAST + 12), 0)
    for wish in there:
        for night in range(max(FIRST, wish.arrival), min(LAST, wish.departure - 1) + 1):
            taken[night] += 1
    for offset in (*range(FIRST, -1), *range(1, LAST + 1)):
        wanted = ROOMS * occupancy(days, offset) // 100
        if offset > 0:
            wanted = wanted * (96 if FAIR[0] <= offset <= FAIR[1] else max(20, 80 - 2 * offset)) // 100
        weekend = weekday(days.at(offset)) >= 5
        while taken[offset] < wanted:
            stay = min(nights(dice), -1 - offset) if offset < 0 else min(nights(dice), LAST + 8 - offset)
            wish = somebody(dice, clients, offset, stay, weekend)
            for night in range(offset, min(LAST, wish.departure - 1) + 1):
                taken[night] += 1
            out.append(wish)
            if dice.percent(9):
                out.append(_missed(dice, somebody(dice, clients, offset, stay, weekend)))
    return out


def _missed(dice: Dice, wish: Wish) -> Wish:
    wish.no_show = wish.arrival < 0 and dice.percent(14)
    wish.cancelled = not wish.no_show
    return wish
