"""What may be saved of clients and people."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties.clients.records import right_credit_code
from crm_desktop.record import dates
from crm_desktop.store import pages, search
from tests.samples import ACCOUNT, PERSON, STAY, account, added, row


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91350100m000100y43"])
def test_a_right_credit_code(desk: Desk, code: str) -> None:
    assert right_credit_code(code)
    assert row(desk, ACCOUNT, account(desk, credit_code=code))["credit_code"] == "91350100M000100Y43"


@pytest.mark.parametrize("code", ["123", "91350100M000100Y44", "91350100I000100Y43", "91350100M000100Y4", "一" * 18])
def test_a_wrong_credit_code(desk: Desk, code: str) -> None:
    with pytest.raises(Invalid, match="not a credit code"):
        account(desk, credit_code=code)


def test_nobody_is_born_tomorrow(desk: Desk) -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 12))
    added(desk, PERSON, name="Li", birthday="2026-11-18")
    with pytest.raises(Invalid, match="after today"):
        added(desk, PERSON, name="Li", birthday="2026-11-19")


def found(reader: Any, words: str, limit: int = 6, **options: Any) -> list[str]:
    return [hit.title for hit in search.find(reader, words, limit, (ACCOUNT,), **options)]


@pytest.fixture
def nines(desk: Desk) -> None:
    account(desk, "Agent 9", kind="agency", code="9")
    account(desk, "9 Dragons", code="77")
    account(desk, "Company 9", code="9")
    for n in range(90, 100):
        account(desk, f"Company {n}", code=str(n))


@pytest.mark.usefixtures("nines")
def test_the_exact_code_comes_first_then_names(reader: Any) -> None:
    assert found(reader, "9") == ["Company 9", "Agent 9", "9 Dragons", "Company 99", "Company 98", "Company 97"]


@pytest.mark.usefixtures("nines")
@pytest.mark.parametrize("words", ["agency 9", "9 Agency"])
def test_a_kind_may_stand_among_the_words(reader: Any, words: str) -> None:
    assert found(reader, words) == ["Agent 9"]


@pytest.mark.usefixtures("nines")
def test_only_rows_of_one_kind(reader: Any) -> None:
    assert found(reader, "9", where=("kind", "agency")) == ["Agent 9"]
    assert found(reader, "company 9", where=("kind", "agency")) == []
    assert [name for _, name in pages.options(reader, STAY.by_name["agency_id"])] == ["Agent 9"]
