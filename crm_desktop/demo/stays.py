"""The stays: wishes with a room, a guest, a rate and how they ended."""

from __future__ import annotations

from crm_desktop.demo import today, wishes
from crm_desktop.demo.crew import HOTEL_NAME
from crm_desktop.demo.house import Dice, House
from crm_desktop.demo.rooms import BAR, EK, ES, FM, SK, ST, Keys, agreed_rate
from crm_desktop.demo.wishes import CORPORATE, DAY_USE, DIRECT, FAIR, GROUP, LONG_STAY, ONLINE, TRADE, Clients, Wish
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.stays.records import BOOKED, CANCELLED, IN_HOUSE, NO_SHOW, STAY, STAYED
from crm_desktop.record.record import Row

ADULTS, CHILDREN = 274, 9  # in house today
SEGMENTS = {
    CORPORATE: "Corporate", GROUP: "Groups", ONLINE: "Online TA", TRADE: "Offline TA/TO", DIRECT: "Direct", LONG_STAY: "Corporate", DAY_USE: "Direct",
}  # fmt: skip
CHANNELS = {CORPORATE: "TEL", GROUP: "TA", ONLINE: "OTA", TRADE: "TA", DIRECT: "DIR", LONG_STAY: "TEL", DAY_USE: "DIR"}
AHEAD = {CORPORATE: (0, 3), GROUP: (21, 60), ONLINE: (0, 14), TRADE: (3, 20), DIRECT: (0, 5), LONG_STAY: (7, 30), DAY_USE: (0, 0)}
ON_FILE = {ONLINE: 35, TRADE: 25, DIRECT: 60, GROUP: 4, DAY_USE: 50}  # percent of guests the house keeps a file of
NEAR = 60
ROOM_TYPES = ((SK, 46), (ST, 41), (EK, 9), (ES, 3), (FM, 1))


def fill(house: House) -> None:
    """Every stay, in the order of arrival."""
    clients = Clients(house)
    told = today.stories(house, clients)
    around = told + today.cohort(clients, told)
    everybody = [*wishes.history(house.days, clients), *wishes.whole_house(house.days, clients, around), *around]
    everybody.sort(key=lambda wish: wish.arrival)
    desk = _FrontDesk(house)
    for wish in everybody:
        desk.check_in(wish)
    _count_heads(house)


class _FrontDesk:
    """Gives rooms, guests, rates and booking numbers."""

    def __init__(self, house: House) -> None:
        self.house, self.dice, self.keys = house, Dice("front desk"), Keys()
        self.used_up = house.ids["沐棹会展"]  # its limit is used up: single rooms to come were paid in advance
        self.guests: dict[int | None, list[Row]] = {}
        self.busy: dict[int, int] = {}
        self.past: dict[int, int] = {}
        self.number = 0
        named = set(house.ids.values())
        for person in house.all(PERSON):
            if person["role"] == "guest" and person["id"] not in named:
                self.guests.setdefault(person["account_id"], []).append(person)

    def check_in(self, wish: Wish) -> None:
        """One more stay."""
        days, self.number = self.house.days, self.number + 1
        status = self._status(wish)
        gone = status in (CANCELLED, NO_SHOW)
        guest = wish.guest or self._guest(wish)
        booked = self.dice.weighted(ROOM_TYPES)
        arrival, departure = days.at(wish.arrival), days.at(wish.departure)
        room = "" if gone or (status == BOOKED and not wish.room) else wish.room or self.keys.take(booked, arrival, departure)
        ahead = self.dice.between(*AHEAD[wish.kind]) + (self.dice.between(0, wish.arrival) if wish.arrival > 3 else 0)
        self.house.put(
            STAY, booking_no=f"LT{100_000 + self.number}", status=status, hotel_id=self.house.ids[HOTEL_NAME], guest_id=guest or None,
            **_sold_to(wish), arrival=arrival, departure=departure, rate=wish.rate or self._rate(wish, booked), room_reserved=booked,
            room_assigned=self.keys.types.get(room, ""), room_no=room, meal="SC" if wish.kind in (ONLINE, DAY_USE) else "BB",
            adults=1 if wish.kind == CORPORATE and self.dice.percent(70) else 2, children=1 if wish.kind in (ONLINE, DIRECT) and self.dice.percent(9) else 0,
            babies=0, country="CHN", segment="Aviation" if wish.account and wish.account["type"] == "crew" else SEGMENTS[wish.kind], channel=CHANNELS[wish.kind],
            customer_type="Group" if wish.kind == GROUP else "Contract" if wish.kind in (CORPORATE, LONG_STAY) else "Transient",
            deposit="Non Refund" if wish.account is not None and wish.account["id"] == self.used_up and status == BOOKED else "No Deposit",
            lead_time=ahead, status_date=self._since(wish, status), repeat=int(self.past.get(guest, 0) > 0), past_stays=self.past.get(guest, 0),
        )  # fmt: skip
        if guest and not gone:
            self.busy[guest] = wish.departure
            self.past[guest] = self.past.get(guest, 0) + 1

    def _status(self, wish: Wish) -> str:
        if wish.cancelled:
            return CANCELLED
        if wish.no_show:
            return NO_SHOW
        if wish.arrival > 0 or (wish.arrival == 0 and not wish.came):
            return BOOKED
        if wish.departure <= 0 and wish.arrival < 0:
            return IN_HOUSE if wish.late else STAYED
        return IN_HOUSE

    def _guest(self, wish: Wish) -> int:
        """Somebody of the firm, or of those the house knows, who is nowhere else; 0 for nobody it keeps a file of."""
        firm = wish.kind in (CORPORATE, LONG_STAY) and wish.account
        pool = self.guests.get(wish.account["id"] if firm and wish.account else None, [])
        near = NEAR if abs(wish.arrival) <= 7 else 0  # those of these days are all at hand
        if not pool or not self.dice.percent(ON_FILE.get(wish.kind, 96) + near):
            return 0
        for _ in range(6):
            person: int = (self._next(pool) if self.dice.percent(55) else self.dice.one(pool))["id"]
            if self.busy.get(person, -9999) <= wish.arrival:
                return person
        return 0

    def _next(self, pool: list[Row]) -> Row:
        """The one who has not been here for longest, so that nearly everybody on file has been here once."""
        pool.append(pool.pop(0))
        return pool[-1]

    def _rate(self, wish: Wish, room_type: str) -> int:
        account, plain = wish.account, BAR[room_type]
        if FAIR[0] <= wish.arrival <= FAIR[1] and wish.kind not in (CORPORATE, LONG_STAY):
            return plain + 200_00
        if account and wish.kind in (CORPORATE, LONG_STAY):
            return agreed_rate(account["type"], account["level"], room_type) - (10_00 if wish.arrival < -365 else 0)
        if wish.kind == DAY_USE:
            return 260_00
        share = {GROUP: 66, TRADE: 72, ONLINE: self.dice.between(76, 88), DIRECT: self.dice.between(86, 96)}[wish.kind]
        return plain * share // 1000_00 * 10_00

    def _since(self, wish: Wish, status: str) -> str:
        days = self.house.days
        if status == CANCELLED:
            return days.at(min(0, wish.arrival - self.dice.between(1, 5)))
        if status == NO_SHOW:
            return days.at(wish.arrival)
        return days.at(wish.departure) if status == STAYED else days.at(min(wish.arrival, 0))


def _sold_to(wish: Wish) -> Row:
    if wish.account is None:
        return {}
    return {"agency_id" if wish.account["kind"] == "agency" else "company_id": wish.account["id"]}


def _count_heads(house: House) -> None:
    """So many adults and children in house today as the story says."""
    now = house.days.today
    here = [row for row in house.all(STAY) if row["arrival"] <= now < row["departure"] and row["status"] in (BOOKED, IN_HOUSE)]
    here.sort(key=lambda row: (row["segment"] != "Groups", row["id"]))
    for at, row in enumerate(here):
        row["adults"], row["children"] = 2 if at < ADULTS - len(here) else 1, 0
    for row in [row for row in here if row["segment"] in ("Online TA", "Direct")][:CHILDREN]:
        row["children"] = 1
