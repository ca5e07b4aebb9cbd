"""The year's two big events: the thanks of the autumn that is over and cost more than planned, the year's party that is being answered."""

from __future__ import annotations

from crm_desktop.demo.crew import CARE, DOSM
from crm_desktop.demo.house import Dice, House
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.events import rules
from crm_desktop.duties.events.records import BIG_EVENT, EVENT_GUEST, EVENT_LINE
from crm_desktop.record.integrity import FORBIDDEN
from crm_desktop.record.record import Row

AUTUMN, PARTY = -58, 31
THANKS = (92, 71, 40_000_00, 41_300_00)  # invited, came, budget, spent
NEW_YEAR = (150, 40, 120_000_00)  # invitations, answers, budget
SPLIT = (("宴会餐饮", 55), ("布置与音响", 20), ("伴手礼", 15), ("演出", 10))
PROGRAMME = (("17:30", "签到、合影", CARE), ("18:00", "总经理致辞", DOSM), ("18:20", "开席，越剧选段", CARE), ("19:40", "抽奖三轮", "许棠"), ("20:30", "送客，伴手礼", "许棠"))
RISKS = (("嘉宾晚到集中在十分钟内", "签到台加两人，门厅先上茶", "许棠"), ("过敏与素食", "席签背面注明，厨房按桌核对", CARE), ("话筒啸叫", "提前一小时逐支调音，备两支", "许棠"))
QUOTAS = (("周一禾", 30), ("唐屿", 14), ("许棠", 22), ("江叙", 12), ("宋晚晴", 6), ("贺小满", 8))


def fill(house: House) -> None:
    """Both events."""
    book = _Occasions(house)
    book.thanks()
    book.party()


class _Occasions:
    """Events, their lines and guests."""

    def __init__(self, house: House) -> None:
        self.house, self.dice = house, Dice("occasions")
        order = {"A": 0, "B": 1, "C": 2, "D": 3}
        self.clients = sorted((row for row in house.all(ACCOUNT) if row["state"] in ("active", "dormant") and row["type"] != "ota" and row["type"] not in FORBIDDEN), key=lambda row: order.get(row["level"], 4))
        self.contacts: dict[int, int] = {}
        for person in house.all(PERSON):
            if person["role"] != "guest" and person["account_id"]:
                self.contacts.setdefault(person["account_id"], person["id"])

    def _event(self, name: str, number: int, at: int, state: str, tables: int, budget: int, spent: int, **more: str) -> Row:
        event = self.house.put(
            BIG_EVENT, name=name, code=f"HD-{self.house.days.office(at)[:4]}-{number:04d}", day=self.house.days.office(at), time="17:30", place="澜庭大宴会厅", tables=tables, per_table=10,
            owner_id=self.house.ids[CARE], state=state, granted=budget, **more,
        )  # fmt: skip
        for item, share in SPLIT:
            self._line(event, rules.COST, item, planned=budget * share // 100, actual=spent * share // 100)
        for time, what, who in PROGRAMME:
            self._line(event, rules.PROGRAMME, what, time=time, owner_id=self.house.ids[who])
        for risk, measure, who in RISKS:
            self._line(event, rules.RISK, risk, measure=measure, owner_id=self.house.ids[who])
        for who, quota in QUOTAS:
            self._line(event, rules.QUOTA, f"{who}邀请", number=quota, owner_id=self.house.ids[who])
        self._line(event, rules.HELPER, "签到与引位", number=4, owner_id=self.house.ids["许棠"])
        return event

    def _line(self, event: Row, kind: str, name: str, **more: object) -> None:
        self.house.put(EVENT_LINE, event_id=event["id"], kind=kind, name=name, **more)

    def _guests(self, event: Row, states: list[str], sent: str, replied: str) -> None:
        tables = 0
        for state, client in zip(states, self.clients, strict=False):
            seat = 1 + tables // 10 if state in rules.EXPECTED else None
            tables += state in rules.EXPECTED
            self.house.put(
                EVENT_GUEST, event_id=event["id"], account_id=client["id"], person_id=self.contacts.get(client["id"]), owner_id=client["owner_id"], state=state, table_no=seat,
                sent_on="" if state == rules.UNSENT else sent, replied_on=replied if state in rules.REPLIED else "",
            )  # fmt: skip

    def thanks(self) -> None:
        """92 were invited, 71 came; 1,300 above the budget, explained."""
        invited, came, budget, spent = THANKS
        event = self._event(
            "中秋答谢会", 1, AUTUMN, rules.SUMMED, 10, budget, spent, purpose="谢老客户半年支持，听年会档期", target="A、B 类客户决策人，部分 C 类老客户",
            summary="邀请 92 位，到 71 位；三家当场问年会，一家带来新签约客户。", why="加两桌素席，超 1,300，总监已批。",
        )  # fmt: skip
        states = [rules.CAME] * came + [rules.ABSENT] * 6 + [rules.DECLINED] * (invited - came - 6)
        days = self.house.days
        self._guests(event, self.dice.shuffled(states), days.office(AUTUMN - 16), days.office(AUTUMN - 7))

    def party(self) -> None:
        """150 invitations, 40 answers so far."""
        invitations, answers, budget = NEW_YEAR
        event = self._event("客户年会", 2, PARTY, rules.INVITING, 16, budget, 0, purpose="年度答谢与新年协议续签", target="全部签约客户，A、B 类两位")
        states = [rules.COMING] * 29 + [rules.DECLINED] * 6 + [rules.UNSURE] * (answers - 35) + [rules.SENT] * (invitations - answers - 12) + [rules.UNSENT] * 12
        self._guests(event, states, self.house.days.office(-6), self.house.days.office(-2))
