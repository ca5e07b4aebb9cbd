"""The gift store and who was given what: the tea set of last year, this month's gifts, one that waits for a yes; meals with their standard."""

from __future__ import annotations

from typing import Any

from crm_desktop.demo.crew import CARE, DOSM
from crm_desktop.demo.house import House
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.gifts import rules
from crm_desktop.duties.gifts.records import GIFT, GIFT_ITEM, MEAL
from crm_desktop.record.integrity import GIFT as ANY_GIFT
from crm_desktop.record.integrity import forbidden
from crm_desktop.record.record import Row

STORE = (  # what, code, unit cost, in the store, minimum, what is in it, for whom, season, again, local
    ("会稽山黄酒礼盒", "LP01", 238_00, 6, 20, "酒", "饮酒的老客户", "all", 0, 1), ("青瓷茶具", "LP02", 298_00, 14, 5, "", "决策人", "all", 0, 1),
    ("扯白糖礼袋", "LP03", 28_00, 60, 30, "麦芽糖、芝麻", "带孩子的客人", "winter", 0, 1), ("手写贺卡", "LP04", 12_00, 200, 100, "", "人人合适", "all", 1, 0),
    ("真丝小方巾", "LP05", 168_00, 9, 5, "蚕丝", "女士", "spring", 0, 1),
)  # fmt: skip
OCCASIONS = ("birthday", "visit", "thanks", "founding")
SAID = ("当场拆开看了，说有心", "让助理收下，回了短信", "说办公室正缺一套", "摆在了前台", "托我们谢谢手写的人", "笑了笑，放在一边")
MEALS = (  # client, day, level, guests, of the house, purpose, where, asked for, spent, why, state
    ("禾渚软件", -20, "VA", 6, 2, "新任采购总监接风", "听泉", 1_200_00, 1_180_00, "", rules.SETTLED),
    ("澄籁精密", -9, "VA", 4, 2, "话筒失灵后当面致歉", "清言", 900_00, 1_060_00, "总经理临时到席，加一位与一瓶酒，总监已知", rules.SETTLED),
    ("云垞医疗", -2, "VV", 5, 2, "董事长到店前碰头会", "听泉", 1_260_00, 0, "", rules.HELD), ("瑞栀药业", 6, "VB", 4, 1, "价格函迟了，当面说明", "竹里", 600_00, 0, "", rules.ASKED),
)  # fmt: skip


def fill(house: House) -> None:
    """The store, gifts in the order of their days, meals."""
    book = _Presents(house)
    book.store()
    book.gifts()
    book.meals()


class _Presents:
    """What was given."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.items: dict[str, Row] = {}
        self.numbers: dict[str, int] = {}
        self.rows: list[tuple[str, dict[str, Any]]] = []
        self.levels = {row["id"]: row["level"] for row in house.all(ACCOUNT)}
        self.types = {row["id"]: row["type"] for row in house.all(ACCOUNT)}

    def _number(self, letters: str, day: str) -> str:
        head = f"{letters}-{day[:4]}-"
        self.numbers[head] = self.numbers.get(head, 0) + 1
        return f"{head}{self.numbers[head]:04d}"

    def store(self) -> None:
        """What lies there, and how few of the wine are left."""
        for what, code, cost, stock, least, contains, fits, season, again, local in STORE:
            self.items[what] = self.house.put(
                GIFT_ITEM, name=what, code=code, cost=cost, stock=stock, least=least, contains=contains, fits=fits, season=season, again=again, local=local,
                supplier="会稽山酒业" if "酒" in what else "越城老字号",
            )  # fmt: skip

    def gifts(self) -> None:
        """司徒曜 had the tea set last year; people of good clients got something each; one waits for a yes."""
        self._gift("青瓷茶具", -372, "司徒曜", "visit", rules.GIVEN, "看了很久，问是哪座窑")
        people = [row for row in self.house.all(PERSON) if row["role"] != "guest" and self._may_have(row)]
        whats = [what for what, *_ in STORE]
        for at, person in enumerate(people[:26]):
            self._to(person, whats[at % len(whats)], -6 - at * 9, OCCASIONS[at % len(OCCASIONS)], rules.GIVEN, SAID[at % len(SAID)])
        for at, (what, state) in enumerate((("手写贺卡", rules.APPROVED), ("真丝小方巾", rules.ASKED), ("会稽山黄酒礼盒", rules.APPROVED), ("扯白糖礼袋", rules.APPROVED))):
            self._to(people[27 + at], what, at, OCCASIONS[at], state, "")
        for day, values in sorted(self.rows, key=lambda each: each[0]):
            self.house.put(GIFT, code=self._number("LP", day), day=day, **values)

    def _may_have(self, person: Row) -> bool:
        """A client of class A or B that is no state body; 禾渚软件 pays early for two years and never had anything."""
        account = person["account_id"]
        return bool(account) and account != self.house.ids["禾渚软件"] and self.levels.get(account) in ("A", "B") and not forbidden(ANY_GIFT, self.types.get(account))

    def _gift(self, what: str, at: int, who: str, occasion: str, state: str, said: str) -> None:
        person = next(row for row in self.house.all(PERSON) if row["id"] == self.house.ids[who])
        self._to(person, what, at, occasion, state, said)

    def _to(self, person: Row, what: str, at: int, occasion: str, state: str, said: str) -> None:
        item, day = self.items[what], self.house.days.office(at)
        if forbidden(ANY_GIFT, self.types.get(person["account_id"])):
            return
        done = {"given_on": day, "reaction": "plain" if "笑了笑" in said else "glad", "words": said, "proof": rules.SIGNED, "received_by": person["name"]} if state == rules.GIVEN else {}
        self.rows.append((day, {
            "item_id": item["id"], "person_id": person["id"], "account_id": person["account_id"], "quantity": 1, "occasion": occasion, "cost": item["cost"], "state": state,
            "owner_id": self.house.ids[CARE], **done,
        }))  # fmt: skip

    def meals(self) -> None:
        """Two that are accounted for, one that has to be, one asked for."""
        for client, at, level, guests, companions, purpose, where, planned, actual, why, state in MEALS:
            day = self.house.days.office(at)
            self.house.put(
                MEAL, code=self._number("YQ", day), account_id=self.house.ids[client], day=day, time="18:00", level=level, guests=guests, companions=companions, purpose=purpose,
                place=where, planned=planned, actual=actual, why=why, state=state, owner_id=self.house.ids[DOSM if level == "VV" or state == rules.ASKED else CARE],
                reaction="glad" if actual else "",
            )  # fmt: skip
