"""The sample's year of care ties: plans, funds, events, and nobody was given more than their class may have."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from crm_desktop.duties import RECORDS
from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN
from crm_desktop.duties.care.rules_standard import DEFAULTS
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.events.records import BIG_EVENT, EVENT_GUEST, EVENT_LINE
from crm_desktop.duties.funds import queries as funds
from crm_desktop.duties.funds.records import FUND_LINE, FUND_PLAN
from crm_desktop.duties.gifts.records import GIFT, MEAL
from crm_desktop.record.dates import days_before
from crm_desktop.record.integrity import FORBIDDEN
from crm_desktop.record.record import Row
from crm_desktop.store.store import Store
from tests.hotel import TODAY, Hotel

GIVEN = ("asked", "approved", "given", "held", "settled")


def only(rows: list[Row]) -> Row:
    assert len(rows) == 1
    return rows[0]


def test_the_november_of_the_sample(hotel: Hotel) -> None:
    plan = only([row for row in hotel.house.all(CARE_PLAN) if row["code"] == "2026-11"])
    items = [row for row in hotel.house.all(CARE_ITEM) if row["plan_id"] == plan["id"]]
    assert Counter(row["state"] for row in items) == {"done": 27, "changed": 4, "failed": 2, "open": 13}
    assert (len(items), plan["budget"], sum(row["budget"] or 0 for row in items), sum(row["actual"] or 0 for row in items)) == (46, 38_000_00, 38_000_00, 24_650_00)
    fund = only([row for row in hotel.house.all(FUND_PLAN) if row["code"] == "2026-11"])
    lines = [row for row in hotel.house.all(FUND_LINE) if row["plan_id"] == fund["id"]]
    assert (sum(row["approved"] for row in lines), sum(row["spent"] or 0 for row in lines)) == (38_000_00, 24_650_00), "the funds say what the plan says"


def test_an_advance_of_thirty_three_days_blocks_the_next(hotel: Hotel, tmp_path: Path) -> None:
    owed = only([row for row in hotel.house.all(FUND_LINE) if row["state"] == "advanced"])
    assert (owed["advance"], owed["advance_on"], owed["advance_to"]) == (3_000_00, days_before(TODAY, 33), hotel.ids["方予安"])
    with Store(hotel.copy(tmp_path / "hotel" / "crm.db"), RECORDS) as store, closing(store.open_reader()) as reader:
        assert funds.unvouched(reader, hotel.ids["方予安"], TODAY, 0) is not None


def test_the_year_and_its_two_events(hotel: Hotel) -> None:
    year = only([row for row in hotel.house.all(CARE_PLAN) if row["code"] == "2026"])
    assert (year["budget"], year["state"]) == (360_000_00, "running")
    thanks, party = sorted(hotel.house.all(BIG_EVENT), key=lambda row: row["day"])
    assert (thanks["state"], party["state"], bool(thanks["why"])) == ("summed-up", "inviting", True)
    money = {event["id"]: [row for row in hotel.house.all(EVENT_LINE) if row["event_id"] == event["id"]] for event in (thanks, party)}
    assert [sum(row[name] or 0 for row in money[thanks["id"]]) for name in ("planned", "actual")] == [40_000_00, 41_300_00]
    assert sum(row["planned"] or 0 for row in money[party["id"]]) == party["granted"] == 120_000_00
    states = {event["id"]: Counter(row["state"] for row in hotel.house.all(EVENT_GUEST) if row["event_id"] == event["id"]) for event in (thanks, party)}
    assert (states[thanks["id"]].total(), states[thanks["id"]]["came"]) == (92, 71)
    types = {row["id"]: row["type"] for row in hotel.house.all(ACCOUNT)}
    assert not [row for row in hotel.house.all(EVENT_GUEST) if types[row["account_id"]] in FORBIDDEN], "no official at a closed party"
    answers = states[party["id"]]
    assert (answers.total(), answers["coming"] + answers["declined"] + answers["unsure"]) == (150, 40)


@pytest.mark.parametrize("year", ["2025", "2026"])
def test_nobody_was_given_more_than_their_class_may_have(hotel: Hotel, year: str) -> None:
    clients, people = ({row["id"]: row for row in hotel.house.all(record)} for record in (ACCOUNT, PERSON))
    spent: Counter[int] = Counter()
    for record, cost in ((GIFT, "cost"), (MEAL, "planned")):
        for row in hotel.house.all(record):
            whose = row["account_id"] or (people[row["person_id"]]["account_id"] if row["person_id"] else None)
            if row["state"] in GIVEN and row["day"][:4] == year and whose:
                spent[whose] += (row.get("actual") or row[cost]) or 0
    assert spent
    assert not [clients[each]["name"] for each in spent if clients[each]["type"] in FORBIDDEN]
    assert {clients[each]["name"]: amount for each, amount in spent.items() if amount > (DEFAULTS.get(clients[each]["level"]) or {"cap": 0})["cap"]} == {}
