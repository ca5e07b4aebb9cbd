"""Papers issued by colleagues of different roles on one server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from crm_desktop.desk import attachments
from crm_desktop.desk.desk import Desk
from crm_desktop.documents import fonts, issuing, library
from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.record.paper import Ask
from crm_desktop.store.store import Store
from tests.postgres import Server
from tests.samples import added, change
from tests.server.department import BY_KEY, HERE, PASSWORD, Department

pytestmark = pytest.mark.skipif(not fonts.has_chinese(), reason="no Chinese font is installed")
ROLES = ("dosm", "seller", "banquet_seller", "care_rep", "seller")


@pytest.fixture(scope="module")
def department(postgres: Server) -> Iterator[Department]:
    made = Department(postgres, "papers")
    yield made
    made.remove()


@contextmanager
def seat(department: Department, role: str) -> Iterator[Desk]:
    with Store(department.server.url(department.login(role), department.place.database, PASSWORD), RECORDS, seat=role) as store:
        yield Desk(store, role)


def test_whoever_sells_issues_papers_under_numbers_in_a_row(department: Department) -> None:
    numbers = []
    with seat(department, "dosm") as desk:
        guests = [added(desk, BY_KEY["person"], name=f"俞闻笛 {at}") for at in range(len(ROLES))]
    for role, guest in zip(ROLES, guests, strict=True):
        with seat(department, role) as desk:
            numbers.append(issuing.issue(desk, library.form(DUTIES, "F01"), Ask(guest, hotel_id=HERE, person=role)).stamp.number)
            assert desk.store.writer.execute("select count(*) from paper_signature").fetchone()[0] > 0
    first = int(numbers[0][-4:])
    assert [int(number[-4:]) for number in numbers] == list(range(first, first + len(ROLES)))


def test_a_revision_of_somebody_else_s_paper_knows_what_it_said(department: Department) -> None:
    with seat(department, "dosm") as desk:
        guest = added(desk, BY_KEY["person"], name="司徒曜")
        first = issuing.issue(desk, library.form(DUTIES, "F01"), Ask(guest, hotel_id=HERE))
        change(desk, BY_KEY["person"], guest, position="董事长")
    with seat(department, "seller") as desk:
        second = issuing.issue(desk, library.form(DUTIES, "F01"), Ask(guest, hotel_id=HERE))
        assert (second.stamp.number, second.stamp.revision) == (first.stamp.number, 2)
        kept = attachments.of(desk.store.writer, "paper", second.paper_id)
        assert [row["name"] for row in kept] == [f"{second.stamp.number} r2.pdf"], "what the program keeps beside it is in no list"
