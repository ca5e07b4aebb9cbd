"""The booking register: inquiries, options, what is definite, what was lost; the private rooms of tonight. Amounts in fen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.demo.crew import DESK, DOSM, HOTEL_NAME
from crm_desktop.demo.house import Dice, House
from crm_desktop.demo.premises import PRIVATE_ROOMS
from crm_desktop.demo.rooms import SK, ST
from crm_desktop.desk.records import STEP
from crm_desktop.duties.bookings.records import BOOKING, BOOKING_ROOM
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.house.records import ROOM_TYPE
from crm_desktop.record.record import Row

INQUIRIES, PROPOSALS, TENTATIVE, DEFINITE, TONIGHT = 14, 12, 15, 26, 13
HALLS = ("澜庭大宴会厅", "棠苑厅", "听雨", "观澜", "知行", "清言", "董事会厅")
KINDS = (("meeting", 40), ("banquet", 22), ("wedding", 18), ("group", 20))
WHY = (("价格", "price-rooms", "云栖渡酒店"), ("柱子", "facility", ""), ("改线上", "event-off", ""), ("慢了", "slow", "棹歌宾馆"), ("行程取消", "event-off", ""))
SETUP_OF = {"meeting": ("classroom", "theatre", "u-shape"), "banquet": ("round",), "wedding": ("round",)}
BASIS_OF = {"banquet": "table", "wedding": "table", "meeting": "whole", "private-room": "whole", "group": "night"}
SOURCES = ("phone", "phone", "visit", "chat", "repeat", "referral")
LOST = (
    ("banquet", -8, "价格：云栖渡低 12%"), ("meeting", -14, "价格：对方预算砍半"), ("wedding", -19, "厅里有柱子，新人不要"), ("group", -23, "价格：棹歌含接站"), ("meeting", -27, "改线上开了"),
    ("wedding", -33, "厅里有柱子，视线挡"), ("banquet", -38, "价格：自己食堂办"), ("meeting", -41, "回复慢了 31 小时，已定别家"), ("group", -44, "行程取消"),
)  # fmt: skip
BOOKER_OF, BOOKER, BOOKED = "澄籁精密", "祁曼", 11  # 92 of 100 of its bookings
WON_BACK, LOST_YEAR = "天蘅检测", (-300, "棹歌宾馆", "定点给了棹歌宾馆，每晚低 48 元")
_Told = tuple[str, str, int, dict[str, Any]]
TOLD: tuple[_Told, ...] = (  # state, client, day, more
    ("definite", "越岫城建", 30, {"kind": "meeting", "place": "澜庭大宴会厅", "tables": 22, "people": 220, "name": "年终会", "rooms": ((ST, 26, 450_00), (SK, 20, 450_00)), "remark": "房 46 间、晚宴 22 桌；单位停挂中，先谈款"}),
    ("definite", "沐棹会展", 14, {"kind": "meeting", "place": "棠苑厅", "people": 180, "name": "冬季选品会", "price": 96_000_00, "deposit": 30_000_00, "remark": "挂账 96,000，超额度"}),
    ("definite", "澜洲轻纺综合体", 20, {"kind": "group", "last": 23, "people": 120, "name": "江南轻纺博览会团", "rooms": ((ST, 80, 468_00), (SK, 40, 468_00)), "remark": "约定 120 间，已取 71，截止日四天后"}),
    ("tentative", "瑞栀药业", 17, {"kind": "banquet", "place": "棠苑厅", "tables": 24, "name": "经销商晚宴", "option": 1, "remark": "第一顺位"}),
    ("tentative", "禾渚软件", 17, {"kind": "meeting", "place": "棠苑厅", "people": 160, "name": "用户大会", "option": 6, "remark": "第二顺位，等瑞栀"}),
    ("inquiry", "天蘅检测", 25, {"kind": "group", "people": 30, "name": "年度定点询价", "rooms": ((ST, 15, 438_00),), "remark": "去年输在价格，这次先问清"}),
    ("definite", "省某厅", 5, {"kind": "group", "last": 6, "people": 8, "name": "督查组公务用房", "rooms": ((ST, 4, 400_00), (SK, 4, 400_00)), "remark": "政府标准房含早，凭函〔2026〕118 号，不收费项目一律不加"}),
    ("inquiry", "沐棹会展", 40, {"kind": "meeting", "place": "澜庭大宴会厅", "people": 400, "name": "春季订货会", "remark": "新询价，额度已满"}),
)  # fmt: skip
TODAY: tuple[tuple[str, str, str, str, str, dict[str, Any]], ...] = (  # client, kind, place, time, name, more
    ("陈郑婚宴", "wedding", "越味轩", "14:00", "婚宴试菜", {"people": 6, "remark": "上次试菜嫌观澜厅吵"}), ("泽沅银行", "meeting", "听雨", "09:00", "银企对接会", {"people": 60}),
    ("禾渚软件", "meeting", "观澜", "13:30", "季度复盘", {"people": 45}), ("云垞医疗", "meeting", "知行", "10:00", "院长例会", {"people": 24}),
    ("锦泽纺织", "banquet", "棠苑厅", "17:30", "订货答谢宴", {"people": 200, "tables": 20}),
)  # fmt: skip


def fill(house: House) -> None:
    """What is told, then the rest up to its numbers."""
    book = _Register(house)
    for state, client, at, more in TOLD:
        book.told(state, client, at, more)
    book.wedding()
    book.today()
    for kind, at, why in LOST:
        book.lost(kind, at, why)
    book.rest()
    book.one_booker()
    book.last_year()


def _why(words: str) -> Row:
    """The reason of the list, and who got it."""
    return next(({"lost_because": code, "lost_to": to} for piece, code, to in WHY if piece in words), {})


class _Register:
    """Bookings with their numbers."""

    def __init__(self, house: House) -> None:
        self.house, self.dice, self.number = house, Dice("register"), 0
        self.accounts = {row["id"]: row for row in house.all(ACCOUNT)}
        self.types = {row["code"]: row["id"] for row in house.all(ROOM_TYPE)}
        self.firms = [row for row in house.all(ACCOUNT) if row["level"] in "ABC" and row["state"] != "lost" and row["kind"] == "company"]
        self.best = [row for row in house.all(ACCOUNT) if row["level"] == "A"]
        self.contacts: dict[int, Row] = {}
        for person in house.all(PERSON):
            if person["role"] != "guest":
                self.contacts.setdefault(person["account_id"], person)

    def put(self, account: Row, state: str, day: str, kind: str, what: str, **more: Any) -> Row:
        """One booking in the name of the client's contact; what it is for stands first in the remark."""
        self.number += 1
        contact = self.contacts.get(account["id"])
        more["remark"] = ";".join(words for words in (what, more.get("remark", "")) if words)
        setups = SETUP_OF.get(kind, ("",))
        if deposit := more.get("deposit"):
            more.setdefault("deposit_kind", "prepayment" if deposit else "")
        return self.house.put(BOOKING, **({
            "setup": setups[self.number % len(setups)], "basis": BASIS_OF.get(kind, "") if more.get("price") else "", "source": SOURCES[self.number % len(SOURCES)],
            "kind": kind, "state": state, "day": day, "account_id": account["id"], "person_id": contact["id"] if contact else None, "name": contact["name"] if contact else account["name"],
            "code": f"YD{self.number:05d}", "phone": contact["phone"] if contact else account["phone"], "hotel_id": self.house.ids[HOTEL_NAME],
            "owner_id": self.house.ids[DESK] if kind == "private-room" else account["owner_id"], "currency": "CNY",
        } | more))  # fmt: skip

    def named(self, name: str) -> Row:
        """A client by its short name."""
        return self.accounts[self.house.ids[name]]

    def told(self, state: str, client: str, at: int, more: dict[str, Any]) -> None:
        """A booking that a story tells of."""
        days, values = self.house.days, dict(more)
        if option := values.pop("option", 0):
            values["option_date"] = days.at(option)
        if last := values.pop("last", 0):
            values["last_day"] = days.at(last)
        kind, name, rooms = values.pop("kind"), values.pop("name"), values.pop("rooms", ())
        made = self.put(self.named(client), state, days.at(at), kind, name, period="" if kind == "group" else "dinner" if values.get("tables") else "day", **values)
        self._rooms(made, rooms)

    def _rooms(self, booking: Row, rooms: Sequence[tuple[str, int, int]]) -> None:
        """The rooms of a booking: type, how many, fen a night."""
        for code, number, rate in rooms:
            self.house.put(BOOKING_ROOM, booking_id=booking["id"], room_type_id=self.types[code], number=number, rate=rate, currency="CNY")

    def wedding(self) -> None:
        """The quarrelling wedding, on the Saturday ten days ahead; and the chairman's dinner of tomorrow."""
        days = self.house.days
        self.put(
            self.named("陈郑婚宴"), "definite", days.saturday(10), "wedding", "", name="陈屹 郑弥", place="澜庭大宴会厅 A+B", period="dinner", time="17:58", tables=42, people=420, sure_tables=42, guaranteed=420, spare_tables=3, deposit_kind="earnest",
            price=3_988_00, deposit=50_000_00, wishes="双数道菜；一位姑妈全素；男方要醉蟹", never="不上梨；新娘表弟贝壳类过敏",
            remark="保证 42 桌、备 3 桌；男方父亲说 38，女方母亲说 46，书面桌数今天到期；婚庆公司执照复印件未交",
        )  # fmt: skip
        self.put(
            self.named("云垞医疗"), "definite", days.at(1), "private-room", "霍博士晚宴", place="听泉", period="dinner", time="18:30", people=12, person_id=self.house.ids["霍明翊"],
            never="花生、贝类", remark="菜单里有花雕醉虾、花生碎拌菜，须换",
        )  # fmt: skip

    def today(self) -> None:
        """Five functions, and 13 of the 16 private rooms, three of them by the best clients."""
        today = self.house.days.today
        for client, kind, place, time, name, more in TODAY:
            self.put(self.named(client), "definite", today, kind, name, place=place, time=time, period="dinner" if time > "17" else "day", **more)
        rooms = self.dice.shuffled([*PRIVATE_ROOMS.items()])[:TONIGHT]
        firms = self.dice.shuffled(self.best)[:3] + self.dice.shuffled([row for row in self.firms if row["level"] != "A"])[: TONIGHT - 3]
        for (room, seats), account in zip(rooms, firms, strict=True):
            self._private(account, today, room, seats)

    def one_booker(self) -> None:
        """Private rooms of the client whose bookings nearly all came from one person, until she left."""
        rooms, account, who = [*PRIVATE_ROOMS], self.named(BOOKER_OF), self.house.ids[BOOKER]
        for at in range(BOOKED):
            self.put(
                account, "done", self.house.days.at(-62 - at * 25), "private-room", "", place=rooms[at % len(rooms)], period="dinner", time="18:00",
                people=6 + at % 7, price=(8 + at % 9) * 100_00, person_id=who, name=BOOKER,
            )  # fmt: skip

    def last_year(self) -> None:
        """What was lost to the price a year ago, whose client decides anew: it is asked about again."""
        house = self.house
        client, (at, who, why) = WON_BACK, LOST_YEAR
        day = house.days.office(at)
        row = self.put(self.named(client), "lost", house.days.at(at + 20), "group", "年度定点用房", people=30, remark=why, lost_because="price-rooms", lost_to=who)
        self._rooms(row, ((ST, 15, 468_00),))
        house.put(STEP, record=BOOKING.key, row=row["id"], before="inquiry", after="lost", day=day, at=f"{day}T03:40:00.000Z", who=DOSM, reason=why)

    def _private(self, account: Row, day: str, room: str, seats: int, state: str = "definite") -> None:
        if account["id"] == self.house.ids[BOOKER_OF]:  # has gone silent
            account = next(row for row in self.firms if row["level"] == account["level"] and row["id"] != account["id"])
        self.put(
            account, state, day, "private-room", "", place=room, period="dinner",
            time=self.dice.one(("17:30", "18:00", "18:30")), people=max(4, seats - self.dice.between(0, 3)), price=self.dice.between(8, 30) * 100_00,
        )  # fmt: skip

    def lost(self, kind: str, at: int, why: str) -> None:
        """One that went elsewhere, with its reason."""
        house, day = self.house, self.house.days.office(at)
        row = self.put(self.dice.one(self.firms), "lost", house.days.at(at + self.dice.between(60, 120)), kind, self._name(kind), people=self.dice.between(4, 30) * 10, remark=why, **_why(why))
        if kind == "group":
            self._rooms(row, ((ST, row["people"] // 2, 460_00),))
        house.put(STEP, record=BOOKING.key, row=row["id"], before="inquiry", after="lost", day=day, at=f"{day}T03:20:00.000Z", who=DOSM, reason=why)

    def rest(self) -> None:
        """Everything else up to the numbers of the register; what took place before."""
        days, dice = self.house.days, self.dice
        for state, count, first, last, note in (
            ("inquiry", INQUIRIES, 12, 150, ""), ("proposal", PROPOSALS, 10, 120, "方案已发"), ("tentative", TENTATIVE, 8, 90, ""), ("definite", DEFINITE, 2, 60, ""), ("done", 46, -160, -3, ""),
        ):  # fmt: skip
            there = sum(row["state"] == state and row["day"] > days.today and row["kind"] != "private-room" for row in self.house.all(BOOKING))
            for _ in range(count - (0 if note or state == "done" else there)):
                self._other(state, dice.between(first, last), note)
        for at in range(1, 6):
            for room, seats in dice.shuffled([*PRIVATE_ROOMS.items()][1:])[: 7 - at]:
                self._private(dice.one(self.firms), days.at(at), room, seats)
        for at in range(1, 31):
            for room, seats in dice.shuffled([*PRIVATE_ROOMS.items()])[: dice.between(2, 5)]:
                self._private(dice.one(self.firms), days.at(-at), room, seats, "done")

    def _other(self, state: str, at: int, note: str) -> None:
        kind, days = self.dice.weighted(KINDS), self.house.days
        day = days.saturday(at) if kind == "wedding" and at > 0 else days.at(at)
        more: Row = {"remark": note} if note else {}
        if state == "tentative":
            options = sum(row["state"] == "tentative" for row in self.house.all(BOOKING))
            more["option_date"] = days.at(options - 2 if options < 4 else self.dice.between(5, 20))
        if kind == "group":
            more |= {"last_day": days.at(at + self.dice.between(1, 3)), "people": self.dice.between(20, 90)}
        elif kind == "meeting":
            more |= {"place": self.dice.one(HALLS[2:]), "period": "day", "time": "09:00", "people": self.dice.between(3, 16) * 10, "price": self.dice.between(8, 60) * 1000_00}
        else:
            tables = self.dice.between(8, 40)
            more |= {"place": self.dice.one(HALLS[:2]), "period": "dinner", "time": "18:00", "tables": tables, "people": tables * 10, "price": self.dice.between(18, 39) * 100_00 + 88_00}
        made = self.put(self.dice.one(self.firms), state, day, kind, self._name(kind), **more)
        if kind == "group":
            self._rooms(made, ((ST, more["people"] // 2, 460_00), (SK, 1 + more["people"] // 20, 460_00)))

    def _name(self, kind: str) -> str:
        names = {
            "meeting": ("季度经营会", "培训班", "产品说明会", "供应商大会", "技术研讨会"), "banquet": ("答谢晚宴", "团年饭", "寿宴", "升学宴"),
            "wedding": ("婚宴", "回门宴"), "group": ("疗休养团", "研学团", "考察团", "采购团"),
        }  # fmt: skip
        return self.dice.one(names[kind])
