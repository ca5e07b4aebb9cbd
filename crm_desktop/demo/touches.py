"""2,300 visits and calls of two years, and what is planned; follow-ups."""

from __future__ import annotations

from crm_desktop.demo import talk
from crm_desktop.demo.crew import DEPUTY, on_leave
from crm_desktop.demo.days import is_working
from crm_desktop.demo.house import Dice, House
from crm_desktop.demo.register import WON_BACK
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record.record import Row

VISITS, DUE_TODAY, DONE_TODAY, OVERDUE = 2_300, 9, 4, 14
FIRST_DAY = -735
AHEAD = ((1, 2, 10), (3, 7, 14))  # from day to day, planned
WEIGHTS = {"A": 30, "B": 12, "C": 5, "D": 2}
TIMES = ("09:00", "09:20", "09:40", "10:00", "10:20", "10:50", "11:10", "13:40", "14:00", "14:30", "15:00", "15:20", "16:00", "16:30", "17:00")
MORNING = TIMES[:7]
FOLLOW_UPS = (("open", 0, 0, 6), ("open", 1, 21, 24), ("done", -180, -2, 118), ("dropped", -120, -5, 6))  # state, due from, to, how many


class _Round:
    """Who goes to whom."""

    def __init__(self, house: House, part: str) -> None:
        self.house, self.dice = house, Dice(part)
        self.names = {row["id"]: row["name"] for row in house.rows["staff"]}
        self.accounts = [row for row in house.all(ACCOUNT) if row["state"] != "lost" for _ in range(WEIGHTS[row["level"]])]
        self.contacts: dict[int, list[int]] = {}
        for person in house.all(PERSON):
            if person["role"] != "guest":
                self.contacts.setdefault(person["account_id"], []).append(person["id"])

    def client(self, day: str) -> tuple[Row, int]:
        """A client and who of the house goes there on a day; a deputy for somebody on leave."""
        account = self.dice.one(self.accounts)
        return account, self.who(account, day)

    def who(self, account: Row, day: str) -> int:
        """Who of the house looks after a client on a day."""
        owner: int = account["owner_id"]
        return self.house.ids[DEPUTY] if on_leave(self.house, self.names[owner], day) else owner

    def contact(self, account: Row) -> int | None:
        """One of the client's contacts, mostly the first."""
        people = self.contacts.get(account["id"], [])
        return (people[0] if self.dice.percent(60) else self.dice.one(people)) if people else None

    def words(self, template: str) -> str:
        """A template with numbers in it."""
        return template.format(n=self.dice.between(6, 60), t=self.dice.between(8, 48))


def fill(house: House) -> None:
    """Visits day by day, then follow-ups."""
    _visits(house)
    _follow_ups(house)


def _visits(house: House) -> None:
    round_, days = _Round(house, "visits"), house.days
    told: dict[str, list[int]] = {}
    for number, story in enumerate(talk.STORIES):
        told.setdefault(days.office(story[1]), []).append(number)
    ahead = sum(count for _, _, count in AHEAD) + DUE_TODAY
    past = days.working(FIRST_DAY, -1)
    left, last = VISITS - ahead - len(talk.STORIES) - (DONE_TODAY if is_working(days.today) else 0), ""
    for at, day in enumerate(past):
        for number in told.get(day, ()):
            _story(round_, number)
        count = left // (len(past) - at) + (round_.dice.between(0, 2) - 1 if at < len(past) - 1 else 0)
        for _ in range(max(0, min(left, count))):
            last = _done(round_, day, TIMES, last)
            left -= 1
    for _ in range(DONE_TODAY if is_working(days.today) else 0):
        last = _done(round_, days.today, MORNING, last)
    for _ in range(DUE_TODAY):
        _planned(round_, days.office(0), TIMES[7:])
    for first, final, count in AHEAD:
        for _ in range(count):
            _planned(round_, days.office(round_.dice.between(first, final)), TIMES)


def _done(round_: _Round, day: str, times: tuple[str, ...], last: str) -> str:
    """One visit that was made; returns what was written, so that the next is told otherwise."""
    dice, days = round_.dice, round_.house.days
    account, who = round_.client(day)
    result, words = "", last
    while words == last:
        result = dice.weighted(talk.KEPT_UP)
        words = round_.words(dice.one(talk.SAID[result]))
    state = "cancelled" if result == "not-met" and dice.percent(20) else "done"
    more: Row = {}
    if dice.percent(45):
        more["next"] = dice.one(talk.NEXT)
        if dice.percent(60):
            more["next_on"] = next(date for date in (days.at(n) for n in range(dice.between(3, 20), 60)) if is_working(date)) if day >= days.at(-9) else ""
    if result in ("complaint", "demand", "quote") and dice.percent(35):
        more["our_promise"] = dice.one(talk.OURS)
    if result in ("promise", "quote", "renewed") and dice.percent(35):
        more["their_promise"] = dice.one(talk.THEIRS)
    round_.house.put(
        VISIT, account_id=account["id"], person_id=round_.contact(account), kind=dice.weighted(talk.KINDS), day=day, time=dice.one(times),
        state=state, result=result, words=words, owner_id=who, **more,
    )  # fmt: skip
    return words


def _story(round_: _Round, number: int) -> None:
    name, at, time, kind, result, words, theirs, ours = talk.STORIES[number]
    house = round_.house
    account = next(row for row in house.all(ACCOUNT) if row["id"] == house.ids[name])
    house.put(
        VISIT, account_id=account["id"], person_id=round_.contact(account), kind=kind, day=house.days.office(at), time=time, state="done", result=result,
        words=words, their_promise=theirs, our_promise=ours, owner_id=round_.who(account, house.days.office(at)),
    )  # fmt: skip


def _planned(round_: _Round, day: str, times: tuple[str, ...]) -> None:
    account, who = round_.client(day)
    dice = round_.dice
    round_.house.put(
        VISIT, account_id=account["id"], person_id=round_.contact(account), kind=dice.one(("visit", "visit", "call")), day=day, time=dice.one(times),
        state="planned", purpose=(what := dice.one(talk.PLANNED)), next=what, owner_id=who,
    )  # fmt: skip


def _follow_ups(house: House) -> None:
    round_, days, dice = _Round(house, "follow-ups"), house.days, Dice("follow-up days")
    for at in range(OVERDUE):
        _follow_up(round_, days.office(-1 - at), "open")
    for state, first, last, count in FOLLOW_UPS:
        for _ in range(count):
            _follow_up(round_, days.office(dice.between(first, last)), state)
    told = next(row for row in house.all(FOLLOW_UP) if row["state"] == "open" and row["due"] == days.office(0))
    account = next(row for row in house.all(ACCOUNT) if row["id"] == house.ids[WON_BACK])
    told.update(name="天蘅检测二十五天后重新定点：去年输在价格，先约行政负责人见面", account_id=account["id"], person_id=round_.contact(account), owner_id=account["owner_id"])


def _follow_up(round_: _Round, due: str, state: str) -> None:
    account, who = round_.client(due)
    dice = round_.dice
    done = due if state != "open" else ""
    round_.house.put(
        FOLLOW_UP, name=round_.words(dice.one(talk.ERRANDS)), due=due, due_time=dice.one(("", "", "09:30", "15:00")), owner_id=who, state=state,
        account_id=account["id"], person_id=round_.contact(account), done_on=done,
    )  # fmt: skip
