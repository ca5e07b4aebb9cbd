"""What clients owe: the stories item by item, the others so that every span of days past due comes to its sum; promises
and receipts. Amounts in fen."""

from __future__ import annotations

from crm_desktop.demo.crew import CREDIT, HOTEL_NAME
from crm_desktop.demo.house import Dice, House
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.receivables.records import APPLICATION, PROMISE, RECEIPT, RECEIVABLE
from crm_desktop.duties.receivables.rules_stages import CONFIRMED, WAITING
from crm_desktop.record.dates import add_days
from crm_desktop.record.record import Row

ITEMS, OPEN_CLIENTS = 1_900, 61
NOT_DUE, NOT_INVOICED = 1_182_400_00, 318_000_00
OVERDUE = ((-30, -1, 486_900_00, 28), (-60, -31, 341_200_00, 18), (-90, -61, 198_300_00, 11), (-175, -91, 277_500_00, 7))  # days, sum, other items
NOT_DUE_ITEMS, NOT_INVOICED_ITEMS = 46, 16
LIMIT_YEARS, LIMIT_LEFT = 3, 32  # a claim lapses three years after its due date
UNAPPLIED, TWICE = 18_600_00, 9_800_00
STORIES = (  # client, kind, due, amount, paid, disputed, remark
    ("越岫城建", "banquet", -202, 118_000_00, 30_000_00, 0, "年会宴席，已付 30,000；催款函两次送达，75 天前对账确认"),
    ("越岫城建", "room", -110, 64_500_00, 0, 0, "项目部住房"), ("越岫城建", "meeting", -79, 51_300_00, 0, 0, "半年工作会"),
    ("越岫城建", "meal", -18, 59_000_00, 0, 0, "接待用餐，签单齐全"),
    ("澄籁精密", "banquet", -39, 38_600_00, 0, 15_000_00, "话筒失灵两次，客人对 15,000 有异议"),
    ("沐棹会展", "meeting", 12, 88_000_00, 0, 0, "秋季订货会"), ("沐棹会展", "room", -9, 60_000_00, 0, 0, "订货会住房"),
    ("鹿渚文化", "meeting", -6, 11_200_00, 0, 0, "新书发布会"), ("鹿渚文化", "meal", -4, 7_400_00, 0, 0, "发布会晚餐"),
    ("锦泽纺织", "room", -24, 5_600_00, 5_599_50, 0, "少付 0.50，手续费"),
    ("云程商旅", "other", -2, 5_000_00, 0, 0, "贺小满临时担保"),
)  # fmt: skip
CELEBRATE = {"individual": (90, 420), "wedding": (180, 560)}  # of 100 each
INSTALMENT, INSTALMENTS = 20_000_00, (-63, -33, -3, 27, 57, 87)
KINDS = (("room", 46), ("meal", 22), ("meeting", 14), ("banquet", 12), ("other", 6))
SLOW = ("government", "institution", "state-owned")  # late until their budget is spent in November
SAID = ("财务说", "会计说", "办公室主任说", "老板说", "对方出纳说")
PROMISE_NOTES = ("等发票到了就付", "月底统一付款", "领导出差，回来签字", "已走审批流程", "下周资金到位", "年底预算下来", "系统升级，晚几天")
PROMISED_TODAY = (25_000_00, 21_500_00, 15_000_00)


def fill(house: House) -> None:
    """Open items first, then paid ones, promises and receipts."""
    book = _Book(house)
    book.stories()
    book.others()
    book.paid()
    _promises(book)
    _receipts(book)


class _Book:
    """The receivables while they are made."""

    def __init__(self, house: House) -> None:
        self.house, self.dice = house, Dice("money")
        self.accounts = {row["id"]: row for row in house.all(ACCOUNT)}
        named = {house.ids[name] for name, *_ in STORIES} | {house.ids[name] for name in ("旭阑置业", "棠溪旅行社", "青垧新材", "天蘅检测", "禾渚软件", "Harbour & Pine")}
        self.credit = [row for row in house.all(ACCOUNT) if row["credit"] == "open" and row["id"] not in named]
        self.number = 0
        self.receipts: list[tuple[str, Row, Row]] = []  # day, client, the bill it paid

    def item(self, account: Row, kind: str, due: str, amount: int, paid: int = 0, *, disputed: int = 0, invoiced: int = 1, remark: str = "", currency: str = "CNY") -> Row:
        """One more bill."""
        self.number += 1
        billed = min(add_days(due, -(account["credit_days"] or 30)), self.house.days.at(-1))
        return self.house.put(
            RECEIVABLE, account_id=account["id"], document_no=f"YS{billed[2:4]}{billed[5:7]}-{self.number:04d}", kind=kind, bill_date=billed, due=due,
            hotel_id=self.house.ids[HOTEL_NAME], amount=amount, paid=paid, disputed=disputed, currency=currency, invoiced=invoiced,
            stage=WAITING if invoiced else CONFIRMED, proof=int(bool(invoiced) or self.dice.percent(60)), owner_id=account["owner_id"], remark=remark,
        )  # fmt: skip

    def named(self, name: str) -> Row:
        """A client by its short name."""
        return self.accounts[self.house.ids[name]]

    def stories(self) -> None:
        """The bills the stories tell of."""
        days = self.house.days
        for name, kind, due, amount, paid, disputed, remark in STORIES:
            self.item(self.named(name), kind, days.at(due), amount, paid, disputed=disputed, remark=remark)
        lapsing = _years_before(days.at(LIMIT_LEFT), LIMIT_YEARS)
        self.item(self.named("旭阑置业"), "banquet", lapsing, 46_000_00, remark="三年前答谢宴，无送达证明")
        for number, at in enumerate(INSTALMENTS, 1):
            paid = INSTALMENT if number <= 2 else 0
            self.item(self.named("棠溪旅行社"), "room", days.at(at), INSTALMENT, paid, remark=f"分期第 {number}/6 期")
        self.item(self.named("Harbour & Pine"), "room", days.at(9), 4_200_00, currency="USD", remark="境外买家团，美元结算")

    def others(self) -> None:
        """Open bills of other clients, so that the sums come out."""
        whose = self._whose()
        now = self.house.days
        open_now = [row for row in self.house.all(RECEIVABLE) if row["currency"] == "CNY" and row["amount"] != row["paid"]]
        told = sum(row["amount"] - row["paid"] for row in open_now if row["due"] >= now.today)
        for count, total, invoiced in ((NOT_DUE_ITEMS, NOT_DUE - told - NOT_INVOICED, 1), (NOT_INVOICED_ITEMS, NOT_INVOICED, 0)):
            for amount in self.dice.parts(total, count, 10_00):
                self._open(whose.pop(), now.at(self.dice.between(0 if invoiced else 10, 38)), amount, invoiced)
        for first, last, total, count in OVERDUE:
            low = now.at(first) if first > -175 else ""
            told = sum(row["amount"] - row["paid"] for row in open_now if low <= row["due"] <= now.at(last))
            for amount in self.dice.parts(total - told, count, 10_00):
                self._open(whose.pop(), now.at(self.dice.between(first, last)), amount, 1)

    def _whose(self) -> list[Row]:
        """The clients of the open bills: so many, each at least once; state bodies keep the oldest."""
        count = NOT_DUE_ITEMS + NOT_INVOICED_ITEMS + sum(part[3] for part in OVERDUE)
        others = OPEN_CLIENTS - len({name for name, *_ in STORIES}) - 2
        chosen = self.dice.shuffled(self.credit)[:others]
        more = [self.dice.one(chosen) for _ in range(count - others)]
        slow = sorted(self.dice.shuffled([*chosen, *more]), key=lambda row: row["type"] not in SLOW)
        return [*slow[:18], *self.dice.shuffled(slow[18:])]

    def _open(self, account: Row, due: str, amount: int, invoiced: int) -> None:
        self.item(account, self.dice.weighted(KINDS), due, amount, invoiced=invoiced)

    def paid(self) -> None:
        """Everything else was paid: by most in time, by state bodies late until November."""
        self._celebrations()
        weights = {"A": 30, "B": 12, "C": 4, "D": 2}
        pool = [row for row in [*self.credit, self.named("禾渚软件"), self.named("澄籁精密")] for _ in range(weights[row["level"]])]
        for _ in range(ITEMS - len(self.house.all(RECEIVABLE)) - 1):
            self._paid(self.dice.one(pool), self.dice.between(-700, -25), self.dice.between(9, 260) * 100_00)
        bill = self.item(self.named("云楸医疗"), "meal", self.house.days.at(-24), TWICE, TWICE, remark="付了两次，多付的转预收")
        self.receipts.append((self.house.days.office(-14), self.named("云楸医疗"), bill))

    def _celebrations(self) -> None:
        """Weddings, birthdays and year-end dinners, paid on the day: what private people and wedding planners bring."""
        dice = Dice("celebrations")
        for account in self.accounts.values():
            if account["type"] in CELEBRATE and account["id"] != self.house.ids["陈郑婚宴"]:
                amount, day = dice.between(*CELEBRATE[account["type"]]) * 100_00, self.house.days.office(-dice.between(28, 340))
                low = amount if account["level"] in "ABC" else amount // 1000_00 * 200_00
                bill = self.item(account, "banquet", day, low, low, remark="当日结清")
                bill["bill_date"] = day
                self.receipts.append((day, account, bill))

    def _paid(self, account: Row, due: int, amount: int) -> None:
        early = account["id"] == self.house.ids["禾渚软件"]
        shares = (10, 12, 48, 30) if account["type"] in SLOW else (62, 24, 10, 4)
        when = (-2, self.dice.between(1, 15), self.dice.between(16, 60), self.dice.between(61, 120))
        late = self.dice.weighted(tuple(zip(when, shares, strict=True)))
        late = -3 if early else late
        bill = self.item(account, self.dice.weighted(KINDS), self.house.days.at(due), amount, amount)
        self.receipts.append((self.house.days.office(min(-2, due + late)), account, bill))


def _years_before(day: str, years: int) -> str:
    """The same day of an earlier year; the last of February for a leap day."""
    year = f"{int(day[:4]) - years:04d}"
    return f"{year}-02-28" if day[5:] == "02-29" else year + day[4:]


def _promises(book: _Book) -> None:
    house, days, dice = book.house, book.house.days, book.dice
    debtor = book.named("越岫城建")
    for made, due, amount, got, state, note in (
        (-70, -49, 60_000_00, 0, "broken", "没付，说领导换了"), (-30, -18, 60_000_00, 30_000_00, "part", "只到 30,000"),
        (-8, 27, 120_000_00, 0, "open", "年底预算下来"),
    ):  # fmt: skip
        _promise(house, debtor, days.office(made), days.at(due), amount, got, state, "屠会计", note)
    owing = [row for row in house.all(RECEIVABLE) if row["amount"] != row["paid"] and row["due"] < days.today and row["amount"] > 6_000_00]
    late = list(dict.fromkeys(row["account_id"] for row in owing if row["account_id"] in {one["id"] for one in book.credit}))
    slow = [one for one in late if book.accounts[one]["type"] in SLOW and _overdue(owing, one) >= max(PROMISED_TODAY)]
    late = [*slow[: len(PROMISED_TODAY)], *(one for one in late if one not in slow[: len(PROMISED_TODAY)])]
    for account_id, amount in zip(late, PROMISED_TODAY, strict=False):
        _promise(house, book.accounts[account_id], days.office(-6), days.today, amount, 0, "open", dice.one(SAID), dice.one(PROMISE_NOTES))
    for account_id in late[len(PROMISED_TODAY) : len(PROMISED_TODAY) + 8]:
        _promise(house, book.accounts[account_id], days.office(-dice.between(2, 9)), days.office(dice.between(2, 24)), dice.between(5, 40) * 1000_00, 0, "open", dice.one(SAID), dice.one(PROMISE_NOTES))
    for _ in range(48):
        made, amount = -dice.between(40, 520), dice.between(3, 60) * 1000_00
        state = dice.weighted((("kept", 66), ("part", 14), ("broken", 20)))
        got = {"kept": amount, "part": amount // 2, "broken": 0}[state]
        _promise(house, dice.one(book.credit), days.office(made), days.at(made + dice.between(5, 25)), amount, got, state, dice.one(SAID), dice.one(PROMISE_NOTES))


def _overdue(owing: list[Row], account_id: int) -> int:
    return sum(row["amount"] - row["paid"] for row in owing if row["account_id"] == account_id)


def _promise(house: House, account: Row, made: str, due: str, amount: int, got: int, state: str, said: str, note: str) -> None:
    house.put(
        PROMISE, account_id=account["id"], said_by=said, made_on=made, due=due, amount=amount, received=got, currency="CNY", state=state,
        owner_id=account["owner_id"], remark=note,
    )  # fmt: skip


def _receipts(book: _Book) -> None:
    house, days = book.house, book.house.days
    first = {(row["account_id"], row["due"]): row for row in house.all(RECEIVABLE)}
    told = [
        (days.office(at), book.named(name), first[house.ids[name], days.at(due)])
        for name, at, due in (("越岫城建", -16, -202), ("棠溪旅行社", -62, -63), ("棠溪旅行社", -33, -33), ("锦泽纺织", -22, -24))
    ]
    for day, account, bill in sorted([*book.receipts, *told], key=lambda one: (one[0], one[2]["id"])):
        receipt = _receipt(house, day, account["name"], account["id"], bill["paid"], bill["paid"], "")
        left = bill["amount"] - bill["paid"]
        house.put(
            APPLICATION, receipt_id=receipt["id"], receivable_id=bill["id"], day=day, amount=bill["paid"], currency="CNY", short=left if left < 100 else 0
        )  # fmt: skip
    _receipt(house, days.office(-12), book.named("云楸医疗")["name"], house.ids["云楸医疗"], TWICE, TWICE, "同一笔付了两次，转预收")
    _receipt(house, days.office(-1), "绍兴鹿渚", None, UNAPPLIED, 0, "银行回单，户名不全")


def _receipt(house: House, day: str, payer: str, account: int | None, amount: int, applied: int, remark: str) -> Row:
    return house.put(
        RECEIPT, received_on=day, payer=payer, account_id=account, amount=amount, applied=applied, currency="CNY",
        hotel_id=house.ids[HOTEL_NAME], owner_id=house.ids[CREDIT], remark=remark,
    )  # fmt: skip
