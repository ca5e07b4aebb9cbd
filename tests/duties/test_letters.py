"""Letters of demand: what the law pack adds for whom, from which day, and how the third letter says its late fee."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.documents import library, making, sheets
from crm_desktop.duties import DUTIES
from crm_desktop.duties.credit import actions_law, documents_account, documents_collection
from crm_desktop.duties.credit.records import CREDIT_AGREEMENT
from crm_desktop.duties.credit.records_law import LAW_TERM
from crm_desktop.duties.credit.records_policy import CREDIT_POLICY
from crm_desktop.duties.receivables.records import PROMISE, RECEIVABLE
from crm_desktop.record.dates import set_clock
from crm_desktop.record.paper import Ask
from crm_desktop.record.text import Refused
from tests.hotel import TODAY
from tests.samples import account, added, hotel, row


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    set_clock(dt.datetime(2026, 11, 18, 9))
    yield
    set_clock(None)


def debtor(desk: Desk, name: str = "甲", **values: Any) -> int:
    client = account(desk, name, **values)
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
        ({"size": "large"}, "2025-05-31", ""), ({"type": "government"}, "2020-08-31", ""), ({"type": "government"}, "2025-05-31", "(decree 728 of the State Council) state bodies"),
    ],
)  # fmt: skip
def test_the_law_is_told_to_those_it_is_about_while_it_is_in_force(desk: Desk, reader: Any, values: dict[str, str], day: str, says: str) -> None:
    body = letter(reader, 2, debtor(desk, **values), day)["body"]
    assert any("decree" in line for line in body) == bool(says)
    assert says in " ".join(body)


def test_the_law_pack_is_switched_off_from_a_day(desk: Desk, reader: Any) -> None:
    client = debtor(desk, type="government")
    added(desk, CREDIT_POLICY, since="2026-11-10", law=0)
    assert [len(letter(reader, 1, client, day)["body"]) for day in ("2026-11-09", "2026-11-10")] == [3, 2]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"credit": "open"}, "credit stops on that day"), ({"credit": "stopped"}, "Credit has been stopped"), ({"credit": "open", "type": "government"}, "the hotel may stop credit"),
        ({"credit": "stopped", "type": "government"}, "Credit has been stopped"),
    ],
)  # fmt: skip
def test_the_second_letter_announces_no_stop_that_has_come_or_never_comes(desk: Desk, reader: Any, values: dict[str, str], says: str) -> None:
    body = letter(reader, 2, debtor(desk, **values))["body"]
    assert says in body[0]
    assert "the undisputed part must be paid" in body[1]


def test_a_promise_to_be_sealed_says_no_word_of_ours(desk: Desk, reader: Any) -> None:
    client = debtor(desk)
    promise = added(desk, PROMISE, account_id=client, made_on="2026-11-01", due="2026-11-30", amount=500_00, remark="领导换了")
    form = next(each for each in library.forms(DUTIES) if each.key == "F33B")
    with closing(sheets.Sheets(making.make(reader, desk.store, form, Ask(promise, TODAY, language="zh")).pdf)) as pages:
        said = "".join(pages.text(0)).replace(" ", "")
    assert "500.00" in said
    assert "甲" in said
    assert "领导" not in said


def test_every_slip_says_what_a_signature_means_once_limitation_is_over(desk: Desk, reader: Any) -> None:
    """Of a bill that can no longer be sued for: also on the statement with its balance carried forward."""
    client = debtor(desk)
    added(desk, RECEIVABLE, account_id=client, hotel_id=hotel(desk), amount=7_00, bill_date="2022-09-01", due="2022-10-09")
    for build in (documents_collection.statement, documents_account.statement):
        made = build(reader, Ask(client, TODAY, language="en"))
        assert made is not None
        assert "new acknowledgement" in made.data["lapsed"]


def test_what_the_law_says_is_the_hotels_to_write_down(desk: Desk, reader: Any) -> None:
    """A new decree is a row with its day: letters, terms and fees follow, and what came before keeps the old one."""
    client = debtor(desk, type="government")
    added(desk, LAW_TERM, since="2026-11-10", payer="body", usual=20, most=45, rate=600, basis="国务院令第900号")
    before, after = (letter(reader, 3, client, day) for day in ("2026-11-09", "2026-11-10"))
    assert "decree 802 of the State Council) state bodies pay within 30 days of delivery, at most 60, and bear 0.05 %" in " ".join(before["body"])
    assert "(国务院令第900号) state bodies pay within 20 days of delivery, at most 45, and bear 0.06 %" in " ".join(after["body"])
    assert (before["fee"][:37], after["fee"][:37]) == ("Late fee (by the regulation): 0.05 % ", "Late fee (by the regulation): 0.06 % ")
    added(desk, LAW_TERM, since="2026-11-12", payer="body", basis="废止", ended=1)
    assert "regulation" not in " ".join(letter(reader, 3, client, "2026-11-12")["body"])


def test_the_wordings_the_program_goes_by_are_written_down_once(desk: Desk, reader: Any) -> None:
    actions_law.write_usual(desk)
    found = reader.execute("select since, payer, usual, most, rate from law_term order by since, payer").fetchall()
    assert found == [("2020-09-01", "body", 30, 60, 500), ("2025-06-01", "body", 30, 60, 500), ("2025-06-01", "large", 60, 60, 500)]
    with pytest.raises(Refused, match="already"):
        actions_law.write_usual(desk)


def test_the_third_letter_says_its_late_fee_and_no_word_of_ours_about_it(desk: Desk, reader: Any) -> None:
    assert letter(reader, 3, debtor(desk, size="large"))["fee"].startswith("Late fee (by the regulation): 0.05 %")
    client = debtor(desk, name="乙")
    assert letter(reader, 2, client)["fee"] == ""
    found = letter(reader, 3, client)
    assert found["fee"] == f"Late fee (none agreed, as the hotel claims): 0.05 % a day from the day after the due date to {TODAY}"
    assert found["total"] == "1,020.00"  # forty days at 0.50
    agreed = added(desk, CREDIT_AGREEMENT, account_id=client, hotel_id=hotel(desk), number="1", starts="2026-01-01", ends="2026-12-31", signed_on="2026-01-01", credit_limit=1, late_rate=100, days=30)
    desk.move(CREDIT_AGREEMENT, agreed, row(desk, CREDIT_AGREEMENT, agreed)["version"], "sign")
    found = letter(reader, 3, client)
    assert (found["fee"][:25], found["total"]) == ("Late fee (agreed): 0.01 %", "1,004.00")
    assert "LPR" not in found["fee"]  # how dear it is, is for the hotel to know
