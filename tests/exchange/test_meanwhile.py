"""What others do between the preview of a file and its import, and what one hotel's file means for another's rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.exchange import importing
from crm_desktop.record.text import Refused
from tests.samples import (
    ACCOUNT,
    PERSON,
    STAY,
    account,
    added,
    change,
    counts,
    csv_file,
    exported,
    hotel,
    imported,
    prepared,
    remove,
    row,
    sound,
    stay,
)

HEAD = ("booking_no", "hotel", "arrival", "departure", "status", "rate", "agency")


def booking(number: str, where: str = "Beijing", rate: str = "100", agency: str = "") -> tuple[str, ...]:
    return (number, where, "2026-11-16", "2026-11-18", "Check-Out", rate, agency)


def rates(desk: Desk) -> list[tuple[str, str, int]]:
    sql = "select h.name, s.booking_no, s.rate from stay as s join hotel as h on h.id = s.hotel_id where s.gone is null order by 1, 2"
    return list(desk.store.writer.execute(sql).fetchall())


def test_a_booking_number_is_that_of_its_hotel(desk: Desk, tmp_path: Path) -> None:
    imported(desk, csv_file(tmp_path / "a.csv", HEAD, booking("1001")), STAY)
    told = imported(desk, csv_file(tmp_path / "b.csv", HEAD, booking("1001", "Shanghai", "200")), STAY)
    assert (told["added"], told["updated"]) == (1, 0)
    told = imported(desk, csv_file(tmp_path / "c.csv", HEAD, booking("1001", "Shanghai", "300"), booking("1001")), STAY)
    assert (told["updated"], told["same"]) == (1, 1)
    assert rates(desk) == [("Beijing", "1001", 10_000), ("Shanghai", "1001", 30_000)]


def test_what_a_file_refers_to_must_still_be_there(desk: Desk, tmp_path: Path) -> None:
    agency = account(desk, "Nine", kind="agency", code="9")
    ready = prepared(desk, csv_file(tmp_path / "a.csv", HEAD, booking("1", agency="9")), STAY)
    remove(desk, ACCOUNT, agency)
    with pytest.raises(Refused, match="Somebody changed the same records"):
        importing.write(desk, ready)
    assert "stay" not in counts(desk.store)
    sound(desk.store)


def test_what_a_file_refers_to_must_still_be_of_its_kind(desk: Desk, tmp_path: Path) -> None:
    agency = account(desk, "Nine", kind="agency", code="9")
    ready = prepared(desk, csv_file(tmp_path / "a.csv", HEAD, booking("1", agency="9")), STAY)
    change(desk, ACCOUNT, agency, kind="company")
    with pytest.raises(Refused, match="Somebody changed the same records"):
        importing.write(desk, ready)


def test_two_prepared_imports_give_no_number_twice(desk: Desk, tmp_path: Path) -> None:
    hotel(desk, "Beijing")
    first = prepared(desk, csv_file(tmp_path / "a.csv", HEAD, booking("1")), STAY)
    second = prepared(desk, csv_file(tmp_path / "b.csv", HEAD, booking("1", rate="200")), STAY)
    importing.write(desk, first)
    with pytest.raises(Refused, match="Somebody changed the same records"):
        importing.write(desk, second)
    assert len(rates(desk)) == 1


def test_two_prepared_imports_of_the_same_rows(desk: Desk, tmp_path: Path) -> None:
    hotel(desk, "Beijing")
    path = csv_file(tmp_path / "a.csv", HEAD, booking(""))
    first, second = prepared(desk, path, STAY), prepared(desk, path, STAY)
    importing.write(desk, first)
    with pytest.raises(Refused, match="Somebody changed the same records"):
        importing.write(desk, second)


def test_other_work_meanwhile_is_no_hindrance(desk: Desk, tmp_path: Path) -> None:
    ready = prepared(desk, csv_file(tmp_path / "a.csv", HEAD, booking("1", agency="9")), STAY)
    account(desk, "Quite another")
    importing.write(desk, ready)
    assert len(rates(desk)) == 1
    sound(desk.store)


def test_what_was_removed_by_hand_does_not_come_back(desk: Desk, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", HEAD, booking(""), booking("", rate="200"))
    imported(desk, path, STAY)
    remove(desk, STAY, desk.store.writer.execute("select id from stay where rate = 10000").fetchone()[0])
    assert imported(desk, path, STAY)["same"] == 2
    assert len(rates(desk)) == 1


def test_an_import_that_was_undone_can_be_done_again(desk: Desk, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", HEAD, booking(""))
    imported(desk, path, STAY)
    desk.undo()
    assert imported(desk, path, STAY)["added"] == 1


def test_many_updates_keep_sums_log_and_undo(desk: Desk, tmp_path: Path) -> None:
    """More than a block of rows, from one agency to another, some with a later arrival."""
    numbers = range(1200)
    imported(desk, csv_file(tmp_path / "a.csv", HEAD, *(booking(str(n), agency=str(n % 3)) for n in numbers)), STAY)
    sound(desk.store)
    before = exported(desk.store, STAY, tmp_path / "before.csv")
    told = imported(desk, csv_file(tmp_path / "b.csv", HEAD, *(booking(str(n), rate=str(100 + n % 2), agency=str(n % 2)) for n in numbers)), STAY)
    assert (told["updated"], told["same"]) == (1000, 200)
    sound(desk.store)
    desk.undo()
    sound(desk.store)
    assert exported(desk.store, STAY, tmp_path / "after.csv") == before


def test_a_rate_no_sum_can_bear_is_refused(desk: Desk, tmp_path: Path) -> None:
    ready = prepared(desk, csv_file(tmp_path / "a.csv", HEAD, booking("1", rate="9999999999999.99"), booking("2", rate="100000000")), STAY)
    assert [str(bad.reason) for bad in ready.bad] == ["Rate per night: This must be at most 100,000,000.00"]
    with pytest.raises(Refused, match="at most"):
        stay(desk, rate=10_000_000_001)


def test_a_client_that_is_company_and_agency_comes_back(desk: Desk, tmp_path: Path) -> None:
    both = [account(desk, "Both", kind=kind, code="40") for kind in ("agency", "company")]
    person = added(desk, PERSON, name="Li", account_id=both[0])
    path = tmp_path / "p.csv"
    exported(desk.store, PERSON, path)
    assert imported(desk, path, PERSON)["same"] == 1
    assert row(desk, PERSON, person)["account_id"] == both[0]


def test_own_words_of_a_choice_stay_as_they_are(desk: Desk, tmp_path: Path) -> None:
    stay(desk, segment="Tour operator")
    path = tmp_path / "s.csv"
    exported(desk.store, STAY, path)
    assert imported(desk, path, STAY)["same"] == 1


def test_a_line_of_commas_is_no_row(desk: Desk, tmp_path: Path) -> None:
    told = imported(desk, csv_file(tmp_path / "a.csv", HEAD, booking("1"), ("",) * len(HEAD), (" ",) * len(HEAD)), STAY, strict=True)
    assert (told["read"], told["added"]) == (1, 1)
