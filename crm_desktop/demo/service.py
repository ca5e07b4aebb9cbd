"""The service of the receptions that are on or being prepared: amenities, inspection, cards; what was given before; journals.

The levels and the matrix stand as rows of the hotel, so that they can be looked at and changed."""

from __future__ import annotations

from crm_desktop.demo.house import House
from crm_desktop.duties.house.records import DEPARTMENT
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.duties.vip import rules_amenities, rules_cards, rules_inspection, rules_levels, rules_plan
from crm_desktop.duties.vip.records import IN_HOUSE, PREPARING, VIP_STAY
from crm_desktop.duties.vip.records_levels import VIP_AMENITY, VIP_LEVEL
from crm_desktop.duties.vip.records_service import AMENITY_ISSUE, GUEST_CARD, JOURNAL, ROOM_CHECK
from crm_desktop.duties.vip.service import INSTEAD
from crm_desktop.record.facts import COLUMNS, Fact
from crm_desktop.record.record import Row

NOON = "13:15"
BEFORE = {  # guest -> what was given at each earlier reception
    "霍明翊": ("干红葡萄酒一支", "红提、奇异果、火龙果"), "俞闻笛": ("红提、奇异果、火龙果", "总经理亲笔信"), "司徒曜": ("青瓷茶具一套", "手工龙井茶一罐"),
}  # fmt: skip
DEFECTS = {"司徒曜": (rules_inspection.AM, "safe", "保险箱打不开，已报工程部")}
MENUS = {  # guest -> place, when, covers, dishes
    "霍明翊": ("听泉", 1, "18:30", 12, "越州八小碟\n花雕醉虾\n清汤鱼圆\n花生碎拌菜\n霉干菜扣肉\n西湖莼菜羹\n清炒时蔬\n片儿川\n桂花圆子"),
    "司徒曜": ("兰亭", 0, "18:30", 8, "冷菜四拼\n白切越鸡\n清蒸白鱼\n绍三鲜\n梅干菜焖肉\n时令小炒\n手工水饺"),
}  # fmt: skip
WALKED = {rules_inspection.HK: "11:30", rules_inspection.AM: "12:05", rules_inspection.DOS: "12:40", rules_inspection.GM: "13:00"}
SIGNED = {"司徒曜": ("kitchen", "housekeeping"), "霍明翊": ("housekeeping",)}
NOTES = {  # guest -> day, time, kind, what, about, what was done
    "小林 遥": (
        (-6, "14:20", "reaction", "见到尾号不是 9 的房间，说了两次谢谢", "room", "写入接待日志"), (-5, "21:10", "like", "睡前要一壶热的绿茶，不要咖啡", "drink", "每晚 21 点送茶"),
        (-5, "08:05", "dislike", "早餐的腌菜太咸", "food", "换成清淡小菜"), (-4, "07:50", "fault", "第二天早餐的味噌汤晚了 20 分钟", "food", "餐饮部当面致歉"),
        (-3, "10:40", "praise", "夸楼层服务员叠的千纸鹤", "service", "转告客房部"),
    ),
    "俞闻笛": ((-1, "18:00", "reaction", "笑着说水果终于换样了", "fruit", ""), (0, "08:30", "request", "生日那天想要一碗长寿面", "food", "已告厨房")),
}  # fmt: skip


def fill(house: House) -> None:
    """The rows of levels and matrix, then every reception that has a plan."""
    for row in rules_levels.DEFAULTS:
        house.put(VIP_LEVEL, **row)
    for row in rules_amenities.DEFAULTS:
        house.put(VIP_AMENITY, **{name: value for name, value in row.items() if name != "scheme"})
    _Service(house).fill()


class _Service:
    def __init__(self, house: House) -> None:
        self.house = house
        self.names = {number: name for name, number in house.ids.items()}
        self.places = {row["code"]: (row["id"], row["signs_id"]) for row in house.all(DEPARTMENT)}
        self.facts: dict[int, list[Fact]] = {}
        for row in house.all(PREFERENCE):
            self.facts.setdefault(row["person_id"], []).append(Fact(*(row[name] for name in COLUMNS)))

    def fill(self) -> None:
        for stay in self.house.all(VIP_STAY):
            guest = self.names.get(stay["guest_id"], "")
            if guest in BEFORE and stay["stage"] == "reviewed":
                for line, name in enumerate(BEFORE[guest]):
                    self._issue(stay, rules_amenities.Given(stay["arrival"], "", "wine" if "酒" in name else "other", name, "FB", 0, line, rules_amenities.Why("chosen")), True)
            if stay["stage"] in (PREPARING, IN_HOUSE):
                self._amenities(stay, guest)
                self._checks(stay, guest)
                self._cards(stay, guest)
            if guest in NOTES and stay["stage"] in (IN_HOUSE, "departed"):
                self._notes(stay, guest)

    def _come(self, day: str, time: str) -> bool:
        return (day, time or "15:00") <= (self.house.days.today, NOON)

    def _department(self, code: str) -> tuple[int | None, int | None]:
        return self.places.get(code) or self.places.get(INSTEAD.get(code, "")) or (None, None)

    def _amenities(self, stay: Row, guest: str) -> None:
        past = [set(BEFORE.get(guest, ()))] if guest in BEFORE else []
        chosen = rules_amenities.Guest(self.facts.get(stay["guest_id"], []), stay["never"], past, bool(stay["official"]))
        for one in rules_amenities.issue(rules_amenities.DEFAULTS, stay["level"], stay, chosen):
            self._issue(stay, one, self._come(one.day, one.time))

    def _issue(self, stay: Row, one: rules_amenities.Given, done: bool) -> None:
        state = (rules_amenities.ISSUED if done else rules_amenities.PLANNED) if one.name else rules_amenities.STRUCK
        given = {"done_on": one.day, "done_at": one.time or "11:00"} if state == rules_amenities.ISSUED else {}
        self.house.put(
            AMENITY_ISSUE, vip_stay_id=stay["id"], guest_id=stay["guest_id"], day=one.day, time=one.time, kind=one.kind, name=one.name, state=state, cost=one.cost,
            department_id=self._department(one.department)[0], why=one.why.code, about=one.why.about, line=one.position, source=rules_plan.PLANNED, **given,
        )  # fmt: skip

    def _checks(self, stay: Row, guest: str) -> None:
        """Whoever is here was looked at in every round; of those who come today the first two; the others wait."""
        rounds = tuple(WALKED) if stay["stage"] == IN_HOUSE else (rules_inspection.HK, rules_inspection.AM) if stay["arrival"] == self.house.days.today else ()
        for walk, item in rules_inspection.list_for(stay["level"]):
            wrong = DEFECTS.get(guest) if stay["stage"] == PREPARING else None
            state = rules_inspection.PASSED if walk in rounds else rules_inspection.TODO
            at = {"done_on": stay["arrival"], "done_at": WALKED[walk]} if walk in rounds else {}
            defect = {"state": rules_inspection.DEFECT, "defect": wrong[2]} if wrong and (walk, item) == wrong[:2] else {"state": state}
            self.house.put(
                ROOM_CHECK, vip_stay_id=stay["id"], guest_id=stay["guest_id"], room_no=stay["room_no"], round=walk, item=item,
                owner_id=self._department(rules_inspection.DEPARTMENT[walk])[1], source=rules_plan.PLANNED, **at, **defect,
            )  # fmt: skip

    def _cards(self, stay: Row, guest: str) -> None:
        for kind, _, _ in rules_cards.CARDS:
            told = rules_cards.told(kind, self.facts.get(stay["guest_id"], []), stay["never"], stay["arrival"])
            done = stay["stage"] == IN_HOUSE or kind in SIGNED.get(guest, ()) or (guest not in MENUS and stay["arrival"] == self.house.days.today)
            signed = {"state": rules_cards.SIGNED, "signed_on": self.house.days.office(-1), "signed_at": "15:10", "signed_revision": 1} if done else {}
            meal: Row = {"meal_on": stay["arrival"], "covers": stay["party"]} if kind == rules_cards.KITCHEN else {}
            if guest in MENUS and kind == rules_cards.KITCHEN:
                place, day, at, covers, menu = MENUS[guest]
                meal = {"place": place, "meal_on": self.house.days.at(day), "meal_at": at, "covers": covers, "menu": menu}
            self.house.put(
                GUEST_CARD, kind=kind, vip_stay_id=stay["id"], guest_id=stay["guest_id"], signer_id=self.house.ids["樊守味"] if kind == rules_cards.KITCHEN else self._department(rules_cards.SIGNS[kind])[1], source=rules_plan.PLANNED,
                likes="\n".join(told.likes), dislikes="\n".join(told.dislikes), nevers="\n".join(told.nevers), codes=" ".join(told.codes), **meal, **signed,
            )  # fmt: skip

    def _notes(self, stay: Row, guest: str) -> None:
        for offset, time, kind, name, about, done in NOTES[guest]:
            department = self._department("FB")[0] if kind == "fault" else None
            self.house.put(
                JOURNAL, vip_stay_id=stay["id"], guest_id=stay["guest_id"], day=self.house.days.at(offset), time=time, kind=kind, name=name, fact_kind=about, done=done,
                department_id=department, owner_id=stay["owner_id"],
            )  # fmt: skip
