"""The year's maintenance plan with its events, this month's plan and those of the months before. Amounts in fen."""

from __future__ import annotations

import calendar
import datetime as dt

from crm_desktop.demo import talk
from crm_desktop.demo.crew import CARE, DOSM, on_leave
from crm_desktop.demo.days import is_working
from crm_desktop.demo.house import Dice, House
from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN
from crm_desktop.duties.care.records_standard import CARE_GOAL, CARE_HOLD, CARE_STANDARD
from crm_desktop.duties.care.rules_standard import DEFAULTS
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.record.record import Row

ITEMS, MONTHS_BEFORE = 210, 10
YEAR_BUDGET, MONTH_BUDGET, MONTH_SPENT = 360_000_00, 38_000_00, 24_650_00
MONTH = (("done", 27), ("changed", 4), ("failed", 2), ("open", 13))
EVENTS = (  # what, day, budget, spent, report
    ("中秋答谢会", -58, 40_000_00, 41_300_00, "邀请 92 位，到 71 位；超 1,300，为加两桌素席，总监已批"),
    ("客户年会", 31, 120_000_00, 0, "150 份请柬，已回 40"), ("新茶品鉴会", -215, 18_000_00, 17_460_00, "到 46 位，三家当场问年会"),
    ("端午包粽亲子会", -153, 12_000_00, 11_880_00, "22 个家庭"), ("高管羽毛球赛", -96, 15_000_00, 14_200_00, "12 队，禾渚软件夺冠"),
    ("越剧专场招待", -24, 16_000_00, 15_350_00, "38 位，老客户居多"),
)  # fmt: skip
KINDS = (("visit", 26), ("call", 18), ("festival", 14), ("birthday", 14), ("gift", 12), ("meal", 8), ("data", 8))
FREE = ("visit", "call", "data")  # cost nothing
CIVIL = ("government", "institution", "school", "hospital", "state-owned")  # no gifts and no meals: a visit
REACTIONS = (("glad", 52), ("plain", 34), ("cold", 6), ("none", 8))
FOR_MANY = ("重阳节礼，长住与老客户 60 户", "立冬暖汤券，A、B 类 70 户", "记者节茶礼，媒体与协会 24 户", "冬至贺卡与汤圆礼盒，A、B 类 70 户")  # of the month, for no client in particular
GOAL_BUDGETS = {"A": 54_000_00, "B": 60_000_00, "C": 20_000_00, "D": 0}
SUMMARY = "计划 {count} 项，完成 {done} 项；礼品反应好于宴请，下月多走访沉睡客户。"


def fill(house: House) -> None:
    """The year, then its months."""
    book = _Care(house)
    book.standards()
    book.year()
    months = _months(house.days.today, MONTHS_BEFORE)
    rest = ITEMS - len(EVENTS) - sum(count for _, count in MONTH)
    for at, month in enumerate(months[:-1]):
        book.past_month(month, rest * (at + 1) // MONTHS_BEFORE - rest * at // MONTHS_BEFORE)
    book.this_month(months[-1])


def _months(today: str, before: int) -> list[str]:
    first = int(today[:4]) * 12 + int(today[5:7]) - 1
    return [f"{at // 12}-{at % 12 + 1:02d}" for at in range(first - before, first + 1)]


class _Care:
    """Plans and their items."""

    def __init__(self, house: House) -> None:
        self.house, self.dice = house, Dice("care")
        weights = {"A": 24, "B": 10, "C": 3, "D": 1}
        self.accounts = [row for row in house.all(ACCOUNT) if row["state"] in ("active", "dormant") and row["type"] != "ota" for _ in range(weights[row["level"]])]
        self.names = {row["id"]: row["name"] for row in house.rows["staff"]}
        self.contacts: dict[int, int] = {}
        for person in house.all(PERSON):
            if person["role"] != "guest":
                self.contacts.setdefault(person["account_id"], person["id"])

    def _plan(self, code: str, name: str, state: str, budget: int, goals: str, summary: str = "") -> Row:
        return self.house.put(
            CARE_PLAN, name=name, code=code, state=state, budget=budget, currency="CNY", owner_id=self.house.ids[CARE if "-" in code else DOSM], goals=goals, summary=summary
        )  # fmt: skip

    def standards(self) -> None:
        """The table by class, and who is not to be contacted just now."""
        for level, row in reversed(DEFAULTS.items()):
            self.house.put(CARE_STANDARD, level=level, since=self.house.days.at(-320), set_by=self.house.ids[DOSM], reason="年度维护计划附表", **row)
        good = [row for row in self.house.all(ACCOUNT) if row["level"] == "B" and row["state"] == "active" and row["type"] == "enterprise"]
        for account, kind, words in zip(good[3::7], ("consent", "mourning"), ("行政来函，不再接收任何营销信息", "董事长父亲上月过世，年前不发贺卡"), strict=False):
            self.house.put(CARE_HOLD, account_id=account["id"], kind=kind, since=self.house.days.at(-24), owner_id=self.house.ids[CARE], words=words)

    def year(self) -> None:
        """The year's plan holds the large events."""
        year = self.house.days.today[:4]
        plan = self._plan(year, f"{year} 年客户维护年度计划", "running", YEAR_BUDGET, "A、B 类客户每季至少一次面访；流失预警客户两周内见到人")
        self._goals(plan)
        for what, at, budget, spent, report in EVENTS:
            day = self.house.days.office(at)
            self.house.put(
                CARE_ITEM, plan_id=plan["id"], kind="event", day=day, name=what, budget=budget, owner_id=self.house.ids[CARE], words=report,
                **({"state": "done", "actual": spent, "done_on": day, "reaction": "glad"} if spent else {"state": "open"}),
            )  # fmt: skip

    def _goals(self, plan: Row) -> None:
        """What each class should get in the year, by the standard."""
        for level, row in reversed(DEFAULTS.items()):
            clients = sum(1 for each in self.house.all(ACCOUNT) if each["level"] == level and each["state"] in ("active", "dormant"))
            self.house.put(
                CARE_GOAL, plan_id=plan["id"], level=level, clients=clients, touches=clients * row["touches"], visits=clients * row["visits"], silence=row["silence"],
                budget=GOAL_BUDGETS[level],
            )  # fmt: skip

    def past_month(self, month: str, count: int) -> None:
        """A month that is summed up."""
        states = [self.dice.weighted((("done", 84), ("changed", 8), ("failed", 8))) for _ in range(count)]
        summary = SUMMARY.format(count=count, done=states.count("done"))
        plan = self._plan(month, f"{int(month[5:])} 月客户维护计划", "summed-up", 30_000_00, "按客户等级与到期事项安排", summary)
        items = [self._item(plan, self._day(month, 1, 31), state) for state in states]
        for item in items:
            if item["kind"] not in FREE:
                item["budget"] = self.dice.between(6, 28) * 10_00
                item["actual"] = 0 if item["state"] == "failed" else item["budget"] * self.dice.between(70, 104) // 10_000 * 100

    def this_month(self, month: str) -> None:
        """The month of today: what is done lies before it, what is open after it."""
        plan = self._plan(month, f"{int(month[5:])} 月客户维护计划", "running", MONTH_BUDGET, "46 项，批准 38,000；月底前看三家流失预警客户")
        today = int(self.house.days.today[8:])
        items: list[Row] = []
        for state, count in MONTH:
            first, last = (today, 31) if state == "open" else (1, max(1, today - 1))
            items += [self._item(plan, self._day(month, first, last), state) for _ in range(count)]
        costly = [item for item in items if item["kind"] not in FREE]
        spent = [item for item in costly if item["state"] in ("done", "changed")]
        for_many = [*spent[: len(FOR_MANY) - 1], *[item for item in costly if item["state"] == "open"][:1]]
        for item, what in zip(for_many, FOR_MANY, strict=True):
            item |= {"account_id": None, "person_id": None, "kind": "festival", "name": what}
        self._money(costly, for_many, "budget", MONTH_BUDGET)
        self._money(spent, [item for item in for_many if item in spent], "actual", MONTH_SPENT)

    def _money(self, items: list[Row], for_many: list[Row], column: str, whole: int) -> None:
        """What one client gets is small; what is for many takes the rest."""
        few = [item for item in items if not any(item is other for other in for_many)]
        for item in few:
            item[column] = min(item["budget"], self.dice.between(6, 28) * 10_00) if column == "actual" else self.dice.between(8, 28) * 10_00
        rest = whole - sum(item[column] for item in few)
        for item, amount in zip(for_many, self.dice.parts(rest, len(for_many), 10_00), strict=True):
            item[column] = amount

    def _day(self, month: str, first: int, last: int) -> str:
        """A working day of the month between two of its days, if there is one."""
        length = calendar.monthrange(int(month[:4]), int(month[5:]))[1]
        dates = [dt.date(int(month[:4]), int(month[5:]), at).isoformat() for at in range(min(first, length), min(last, length) + 1)]
        return self.dice.one([date for date in dates if is_working(date)] or dates)

    def _item(self, plan: Row, day: str, state: str) -> Row:
        account, kind = self.dice.one(self.accounts), self.dice.weighted(KINDS)
        kind = "visit" if (account["type"] in CIVIL or account["level"] not in ("A", "B")) and kind not in FREE else kind
        owner = account["owner_id"] if self.dice.percent(60) and not on_leave(self.house, self.names[account["owner_id"]], day) else self.house.ids[CARE]
        done = state in ("done", "changed")
        more: Row = {"done_on": min(day, self._yesterday()), "reaction": self.dice.weighted(REACTIONS), "words": self.dice.one(talk.CARE_WORDS)} if done else {}
        return self.house.put(
            CARE_ITEM, plan_id=plan["id"], account_id=account["id"], person_id=self.contacts.get(account["id"]), kind=kind, day=day,
            name=self.dice.one(talk.CARE_WHAT[kind]), owner_id=owner, state=state, **more,
        )  # fmt: skip

    def _yesterday(self) -> str:
        return self.house.days.office(-1)
