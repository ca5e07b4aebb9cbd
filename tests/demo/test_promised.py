"""What the sample hotel is checked by, asked of its database through the program's own questions: on the day of the tests and on a leap day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.demo import sample
from crm_desktop.desk.rights import sighted
from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.credit import queries_collection
from crm_desktop.duties.papers import queries as papers
from crm_desktop.duties.receivables import queries, queries_ageing, queries_matching, rules, rules_deposits
from crm_desktop.duties.today.queries import approvals
from crm_desktop.record.alike import WARN
from crm_desktop.record.dates import add_days, set_clock
from crm_desktop.store import alike
from crm_desktop.store.store import Store
from tests.hotel import TODAY, Hotel, living_in

LEAP_DAY = "2028-02-29"
HELD: Mapping[str, Any] = {
    "arrivals, in house, departures": [64, 191, 58],
    "VIPs in house, V2 to V5": [1, 2, 5, 11],
    "birthdays today, in house, tomorrow, in two days": [1, 1, 3, 1],
    "owed by age": {"CNY": [1_182_400_00, 486_900_00, 341_200_00, 198_300_00, 277_500_00], "USD": [4_200_00, 0, 0, 0, 0]},
    "owed in all, overdue, over sixty days": [2_486_300_00, 1_303_900_00, 475_800_00],
    "越岫城建 owes by age": [0, 59_000_00, 0, 51_300_00, 152_500_00],
    "沐棹 may still have": -36_400_00,
    "called first": ["旭阑置业有限公司", "越岫城建集团", "棠溪旅行社有限公司"],
    "days left to 旭阑": 32,
    "a stop hits, in thirty days": ["年终会", "房 46 间", "晚宴 22 桌"],
    "earnest and prepayment": (33_499_20, 16_500_80),
    "the receipt of 绍兴鹿渚 pays": ("鹿渚文化传播有限公司", "set", [11_200_00, 7_400_00]),
    "paid twice": [(9_800_00, "double")],
    "paid a little short": [50],
    "papers not signed by all": 6,
    "signatures missing on the notice of 霍明翊": 3,
    "approvals for the director": 4,
    "clients found twice": 5,
    "people found twice": 2,
}


@contextmanager
def opened(file: Path, today: str) -> Iterator[tuple[Store, Any, Mapping[str, int]]]:
    """A sample made around a day, with its ids by name."""
    with living_in(file.parent), Store(file, RECORDS, create=True, seat="sample") as store:
        ids = sample.fill(store, today).ids
        with closing(store.open_reader()) as reader:
            yield store, reader, ids


@pytest.fixture(params=[TODAY, LEAP_DAY])
def asked(request: pytest.FixtureRequest, hotel: Hotel, tmp_path: Path) -> Iterator[tuple[Store, Any, Mapping[str, int], str]]:
    """A reader of the sample, ids by name, and the day it is around."""
    today = str(request.param)
    set_clock(dt.datetime.fromisoformat(f"{today} 13:20"))
    if today == TODAY:
        with Store(hotel.copy(tmp_path / "demo.db"), RECORDS) as store, closing(store.open_reader()) as reader:
            yield store, reader, hotel.ids, today
    else:
        with opened(tmp_path / "demo.db", today) as (store, reader, ids):
            yield store, reader, ids, today
    set_clock(None)


def test_every_check_of_the_sample_holds(asked: tuple[Store, Any, Mapping[str, int], str]) -> None:
    store, reader, ids, today = asked
    found = of_the_day(reader, today) | of_signatures(store, reader, ids, today) | of_money(reader, ids, today) | of_papers(reader, ids, today) | of_pairs(reader)
    assert found == HELD


def of_the_day(reader: Any, today: str) -> dict[str, Any]:
    lines = [line for duty in DUTIES if duty.today for line in duty.today(reader, today, None)]
    counts = {line.label.source: line.count for line in lines}
    born = ("Birthdays", "Birthday in house", "Birthdays tomorrow", "Birthdays in two days")
    return {
        "arrivals, in house, departures": [counts[each] for each in ("Arrivals", "In house", "Departures")],
        "VIPs in house, V2 to V5": [line.count for line in lines if line.label.source == "{level} in house"],
        "birthdays today, in house, tomorrow, in two days": [counts[each] for each in born],
    }


def of_signatures(store: Store, reader: Any, ids: Mapping[str, int], today: str) -> dict[str, Any]:
    (waiting,) = papers.today(reader, today, None)
    (missing,) = reader.execute("select p.unsigned from paper as p join vip_stay as v on v.id = p.about_row where v.guest_id = ? and v.stage = 'preparing'", (ids["霍明翊"],)).fetchone()
    with closing(sighted(store, ids["沈知渝"])) as own:
        mine = approvals(own, today, None)
    return {"papers not signed by all": waiting.count, "signatures missing on the notice of 霍明翊": missing, "approvals for the director": sum(line.count for line in mine)}


def of_money(reader: Any, ids: Mapping[str, int], today: str) -> dict[str, Any]:
    ages = {aged.currency: aged for aged in queries.ageing(reader, today)}
    mine = [line for line in queries_ageing.lines(reader, today, rules.LIMITS, "due", "account") if line.keys == [ids["越岫城建"]]]
    over = queries.account_money(reader, ids["沐棹会展"], today)
    home = ages["CNY"]
    return {
        "owed by age": {each: aged.amounts for each, aged in ages.items()},
        "owed in all, overdue, over sixty days": [home.owes, home.overdue, home.long],
        "越岫城建 owes by age": mine[0].aged.amounts,
        "沐棹 may still have": over and over.headroom,
    }


def of_papers(reader: Any, ids: Mapping[str, int], today: str) -> dict[str, Any]:
    calls = queries_collection.call_sheet(reader, today)
    clock = calls[0].debtor.clock
    hits = [hit for hit in queries_collection.hit_by_stop(reader, ids["越岫城建"], today) if hit.day == add_days(today, 30) and hit.record == "booking"]
    deposit = reader.execute("select amount, contract, earnest, account_id from deposit where kind = 'earnest'").fetchone()
    split = rules_deposits.lawful(deposit[0], deposit[1])
    assert (deposit[2], deposit[3]) == (split[0], ids["陈郑婚宴"])
    money = reader.execute("select id, amount, received_on, payer from receipt where unapplied > 0").fetchone()
    match = queries_matching.propose(reader, money[1], money[2], payer=money[3], besides=money[0])
    twice = reader.execute("select id, amount, received_on, payer from receipt where remark like '同一笔付了两次%'").fetchall()
    again = [(row[1], queries_matching.propose(reader, row[1], row[2], payer=row[3], besides=row[0]).match.how) for row in twice]
    return {
        "called first": [call.debtor.name for call in calls[:3]],
        "days left to 旭阑": clock and clock.left,
        "a stop hits, in thirty days": [words for words in ("年终会", "房 46 间", "晚宴 22 桌") if any(words in hit.words for hit in hits)],
        "earnest and prepayment": split,
        "the receipt of 绍兴鹿渚 pays": (match.name, match.match.how, [amount for _, amount in match.applications]),
        "paid twice": again,
        "paid a little short": [row[0] for row in reader.execute("select short from application where short > 0").fetchall()],
    }


def of_pairs(reader: Any) -> dict[str, Any]:
    """Nothing else is above the score somebody is warned from."""
    pairs = {record.key: alike.scan(reader, record, lambda _done, _all: None, least=WARN) for record in (ACCOUNT, PERSON)}
    assert all(pair.reasons for found in pairs.values() for pair in found)
    return {"clients found twice": len(pairs["account"]), "people found twice": len(pairs["person"])}
