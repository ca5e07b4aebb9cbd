"""Letters of demand: what the law pack adds for whom, from which day, and how the third letter says its late fee."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.credit import documents_collection
from crm_desktop.duties.credit.records import CREDIT_AGREEMENT
from crm_desktop.duties.credit.records_policy import CREDIT_POLICY
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.record.dates import set_clock
from crm_desktop.record.paper import Ask
from tests.hotel import TODAY
from tests.samples import account, added, hotel, row


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    set_clock(dt.datetime(2026, 11, 18, 9))
    yield
    set_clock(None)


def debtor(desk: Desk, **values: Any) -> int:
    client = account(desk, "甲", **values)
    added(desk, RECEIVABLE, account_id=client, hotel_id=hotel(desk), amount=1_000_00, bill_date="2026-09-01", due="2026-10-09")
    return client


def letter(reader: Any, number: int, client: int, day: str = TODAY) -> dict[str, Any]:
    made = documents_collection.letter(number, reader, Ask(client, day, language="en"))
    assert made is not None
    return made.data


@pytest.mark.parametrize(
    ("values", "day", "says"),
    [
        ({"type": "government"}, TODAY, "state bodies pay within 30 days"), ({"size": "large"}, TODAY, "large enterprises pay within 60 days"), ({"size": "small"}, TODAY, ""),
        ({"type": "state-owned"}, TODAY, "large enterprises"), ({"type": "state-owned", "size": "medium"}, TODAY, ""),
        ({"size": "large"}, "2025-05-31", ""), ({"type": "government"}, "2020-08-31", ""),
    ],
)  # fmt: skip
def test_the_law_is_told_to_those_it_is_about_while_it_is_in_force(desk: Desk, reader: Any, values: dict[str, str], day: str, says: str) -> None:
    body = letter(reader, 2, debtor(desk, **values), day)["body"]
    assert any("decree 802" in line for line in body) == bool(says)
    assert says in " ".join(body)


def test_the_law_pack_is_switched_off_from_a_day(desk: Desk, reader: Any) -> None:
    client = debtor(desk, type="government")
    added(desk, CREDIT_POLICY, since="2026-11-10", law=0)
    assert [len(letter(reader, 1, client, day)["body"]) for day in ("2026-11-09", "2026-11-10")] == [3, 2]


def test_the_third_letter_says_its_late_fee_and_no_word_of_ours_about_it(desk: Desk, reader: Any) -> None:
    client = debtor(desk)
    assert letter(reader, 2, client)["fee"] == ""
    found = letter(reader, 3, client)
    assert found["fee"] == f"Late fee (by the regulation): 0.05 % a day from the day after the due date to {TODAY}"
    assert found["total"] == "1,020.00"  # forty days at 0.50
    agreed = added(desk, CREDIT_AGREEMENT, account_id=client, hotel_id=hotel(desk), number="1", starts="2026-01-01", ends="2026-12-31", signed_on="2026-01-01", credit_limit=1, late_rate=100, days=30)
    desk.move(CREDIT_AGREEMENT, agreed, row(desk, CREDIT_AGREEMENT, agreed)["version"], "sign")
    found = letter(reader, 3, client)
    assert (found["fee"][:25], found["total"]) == ("Late fee (agreed): 0.01 %", "1,004.00")
    assert "LPR" not in found["fee"]  # how dear it is, is for the hotel to know
