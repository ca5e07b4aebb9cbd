"""The money of the year's care: months that are closed, this month's fund plan being carried out, the next one with finance."""

from __future__ import annotations

from typing import Any

from crm_desktop.demo.caring import MONTH_BUDGET
from crm_desktop.demo.crew import CARE, CREDIT, DEPUTY, DOSM
from crm_desktop.demo.house import Dice, House
from crm_desktop.desk.records import STEP
from crm_desktop.duties.care.records import CARE_PLAN
from crm_desktop.duties.funds import rules
from crm_desktop.duties.funds.records import FUND_LINE, FUND_PLAN
from crm_desktop.record.record import Row

LATE_ADVANCE, ADVANCE = -33, 3_000_00
WANTED = (  # what, kind, for whom, price, how many
    ("会稽山黄酒礼盒", "gift", "B 类客户", 238_00, 32), ("青瓷茶具", "gift", "A 类客户决策人", 298_00, 18), ("手写贺卡与邮资", "print", "A、B 类客户", 12_00, 140),
    ("生日蛋糕", "gift", "本月生日 11 位", 168_00, 11), ("A 类客户答谢宴", "meal", "澄籁精密、禾渚软件等 6 家", 1_800_00, 4), ("走访交通与停车", "visit", "20 次走访", 45_00, 60),
    ("越剧专场招待", "event", "老客户 38 位", 9_600_00, 1),
)  # fmt: skip
NEXT = (
    ("客户年会定金", "event", "客户年会 150 位", 48_000_00, 1), ("新年挂历", "print", "全部签约客户", 36_00, 220), ("会稽山黄酒礼盒", "gift", "A、B 类客户", 238_00, 40),
    ("冬至暖心汤券", "gift", "长住客人", 88_00, 30),
)  # fmt: skip
PAST = (("生日蛋糕与鲜花", "gift", 168_00, 14), ("手写贺卡与邮资", "print", 12_00, 120), ("走访交通与停车", "visit", 45_00, 52))
SPENT = {"会稽山黄酒礼盒": 4_760_00, "青瓷茶具": 3_576_00, "手写贺卡与邮资": 1_750_00, "A 类客户答谢宴": 4_964_00, "越剧专场招待": 9_600_00}  # 24,650 in all
PATH = ((rules.DRAFT, rules.MANAGER, CARE), (rules.MANAGER, rules.DIRECTOR, DEPUTY), (rules.DIRECTOR, rules.FINANCE, DOSM), (rules.FINANCE, rules.APPROVED, CREDIT))


def fill(house: House) -> None:
    """The year's months in their order."""
    book = _Funds(house)
    this = house.days.today[:7]
    book.past(_month(this, -2))
    book.before_last_advance(_month(this, -1))
    book.now(this)
    book.coming(_month(this, 1))


def _month(month: str, by: int) -> str:
    at = int(month[:4]) * 12 + int(month[5:]) - 1 + by
    return f"{at // 12}-{at % 12 + 1:02d}"


class _Funds:
    """Plans, their items and steps."""

    def __init__(self, house: House) -> None:
        self.house, self.dice = house, Dice("funds")
        self.years = {row["code"]: row["id"] for row in house.all(CARE_PLAN) if len(row["code"]) == 4}

    def _plan(self, month: str, state: str, purpose: str, steps: int, **more: Any) -> Row | None:
        year = self.years.get(month[:4])
        if year is None:  # the next year has no plan yet
            return None
        plan = self.house.put(
            FUND_PLAN, name=f"{int(month[5:])} 月客户维护资金计划", code=month, year_id=year, state=state, owner_id=self.house.ids[CARE], currency="CNY", purpose=purpose, **more
        )  # fmt: skip
        for before, after, who in PATH[:steps]:
            day = self.house.days.office(-3) if state in rules.WAITS else min(self.house.days.office(-3), f"{month}-01")
            self.house.put(STEP, record=FUND_PLAN.key, row=plan["id"], before=before, after=after, day=day, at=f"{day}T01:30:00.000Z", who=who)
        return plan

    def _line(self, plan: Row, what: str, kind: str, whom: str, unit: int, quantity: int, state: str, **more: Any) -> Row:
        asked = unit * quantity
        approved = asked if state != rules.DRAFT else 0
        return self.house.put(
            FUND_LINE, plan_id=plan["id"], name=what, kind=kind, whom=whom, unit=unit, quantity=quantity, state=state, fixed=asked, owner_id=self.house.ids[CARE],
            **({"approved": approved} | more),
        )  # fmt: skip

    def past(self, month: str) -> None:
        """A month that is closed: what was not used went back."""
        plan = self._plan(month, rules.CARRIED, "生日、贺卡、走访", 4, carried_on=self.house.days.office(-40))
        if plan is not None:
            self._cleared(plan, month)

    def before_last_advance(self, month: str) -> None:
        """The month before: an advance has had no vouchers for 33 days, so that the month cannot be closed."""
        plan = self._plan(month, rules.CLEARING, "生日、贺卡、走访、重阳慰问", 4)
        if plan is None:
            return
        self._cleared(plan, month)
        self._line(
            plan, "重阳节慰问长住客人", "gift", "长住客人 12 位", 300_00, 10, rules.ADVANCED, advance=ADVANCE, advance_to=self.house.ids[CARE],
            advance_on=self.house.days.at(LATE_ADVANCE),
        )  # fmt: skip

    def _cleared(self, plan: Row, month: str) -> None:
        for at, (what, kind, unit, quantity) in enumerate(PAST, 1):
            spent = unit * quantity * self.dice.between(80, 100) // 100
            day = f"{month}-{20 + at}"
            self._line(plan, what, kind, "", unit, quantity, rules.CLEARED, spent=spent, spent_on=day, voucher=f"FK-{month[2:4]}{month[5:]}{at:02d}", cleared_on=day)

    def now(self, month: str) -> None:
        """This month: approved 38,000, spent 24,650, one item above what was approved."""
        plan = self._plan(month, rules.RUNNING, "46 项维护，按客户等级与到期事项", 4, finance_words="按批准额执行，月底前交齐凭证。")
        if plan is None:
            return
        rest = MONTH_BUDGET - sum(unit * quantity for _, _, _, unit, quantity in WANTED)
        wanted = (*WANTED, ("拜访伴手礼", "gift", "C 类到期客户", rest, 1))
        for at, (what, kind, whom, unit, quantity) in enumerate(wanted, 1):
            amount = SPENT.get(what, 0)
            done: Row = {"spent": amount, "spent_on": self.house.days.office(-at), "voucher": f"FK-{month[2:4]}{month[5:]}{at:02d}" if at % 2 else ""} if amount else {}
            state = rules.APPROVED if not amount else rules.CLEARED if at % 2 else rules.SPENT
            self._line(plan, what, kind, whom, unit, quantity, state, **done | ({"cleared_on": self.house.days.office(-at)} if state == rules.CLEARED else {}))

    def coming(self, month: str) -> None:
        """The next month's plan waits for finance; it is so large that the general manager has the last word."""
        plan = self._plan(
            month, rules.FINANCE, "客户年会与岁末问候", 3, manager_words="年会按 150 位准备，定金比例已谈到四成。", director_words="同意，贺卡与挂历一并寄。",
        )
        for what, kind, whom, unit, quantity in NEXT if plan else ():
            assert plan is not None
            self._line(plan, what, kind, whom, unit, quantity, rules.DRAFT)
