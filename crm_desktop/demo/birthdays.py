"""Birthdays: one today in house, three tomorrow, one the day after in a leap month; nobody else on those days."""

from __future__ import annotations

from crm_desktop.demo.days import lunar
from crm_desktop.demo.house import Dice, House
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.stays.records import IN_HOUSE, STAY
from crm_desktop.record.dates import add_days
from crm_desktop.record.lunar import Month, months

BORN = (1984, *range(1957, 2001))
SENIOR = ("董事", "总经理", "行长", "厂长", "院长", "局长", "处长", "校长")  # nobody is that at thirty
ON_FILE, BY_MOON = 46, 9  # percent


def fill(house: House) -> None:
    """Days of birth for half of all people, and those the story needs."""
    dice, days = Dice("birthdays"), house.days
    solar, moon = {days.at(n)[5:] for n in range(3)} | {"02-29"}, {lunar(days.at(n))[:2] for n in range(3)}
    for person in house.all(PERSON):
        if person["birthday"] or person["id"] == house.ids["俞闻笛"]:
            continue
        if dice.percent(ON_FILE):
            senior = any(word in person["position"] for word in SENIOR)
            day = add_days(f"{dice.between(1952, 1984 if senior else 2001)}-01-01", dice.between(0, 364))
            person["birthday"] = day if day[5:] not in solar else add_days(day, 4) if add_days(day, 4)[5:] not in solar else ""
        elif dice.percent(BY_MOON):
            month, number = dice.between(1, 12), dice.between(1, 29)
            person["lunar_birthday"] = f"{month}-{number}" if (month, number) not in moon else ""
    _told(house, dice)


def _told(house: House, dice: Dice) -> None:
    days = house.days
    people = {person["id"]: person for person in house.all(PERSON)}
    named = set(house.ids.values())
    here = [row for row in house.all(STAY) if row["status"] == IN_HOUSE and row["arrival"] < days.today < row["departure"] and row["company_id"]]
    guest = next(people[row["guest_id"]] for row in here if row["guest_id"] and row["guest_id"] not in named)
    contacts = [person for person in house.all(PERSON) if person["role"] != "guest" and person["id"] not in named]
    first, second, third = dice.shuffled(contacts)[:3]
    guest["birthday"], guest["lunar_birthday"] = f"1980{days.today[4:]}", ""
    for person, year in ((first, 1984), (second, 1976)):
        person["birthday"], person["lunar_birthday"] = f"{year}{days.at(1)[4:]}", ""
    month, number, _ = lunar(days.at(1))
    third["birthday"], third["lunar_birthday"] = "", f"{month}-{number}"
    _next_month(house, named)
    lady = people[house.ids["俞闻笛"]]
    lady["birthday"], lady["lunar_birthday"] = leap_birth(days.at(2))


def _next_month(house: House, named: set[int]) -> None:
    """Two who decide at good clients keep their birthday by the moon, next month."""
    good = {row["id"] for row in house.all(ACCOUNT) if row["level"] == "B"}
    bosses = [person for person in house.all(PERSON) if person["role"] == "decision-maker" and person["account_id"] in good and person["id"] not in named]
    for person, offset in zip(bosses[::5], (26, 33), strict=False):
        month, number, _ = lunar(house.days.at(offset))
        person["birthday"], person["lunar_birthday"] = "", f"{month}-{number}"


def leap_birth(day: str) -> tuple[str, str]:
    """A birth in a leap month whose ordinary month gives this day: date and lunar day; else an ordinary lunar one."""
    month, number, _ = lunar(day)
    for year in BORN:
        if found := _born(year, (month, True), number):
            return found, f"闰{month}-{number}"
    return next(found for year in BORN if (found := _born(year, (month, False), number))), f"{month}-{number}"


def _born(year: int, month: Month, number: int) -> str:
    """The date of a lunar day of a year; '' when there is none."""
    for found, first, length in months(year):
        if found == month and number <= length:
            return add_days(first.isoformat(), number - 1)
    return ""
