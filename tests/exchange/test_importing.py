"""Bringing files in: what is new, what changes, what is the same, what is refused; and taking an import out again."""

from __future__ import annotations

import pickle
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.settings import HOTEL_NAME, keep_with_data
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.duties.stays.records import HOTEL, STAY
from crm_desktop.exchange import importing
from crm_desktop.exchange.formulas import unguarded
from crm_desktop.exchange.mapping import AskedHotel
from crm_desktop.exchange.text_file import read_table
from crm_desktop.record.ids import encode
from crm_desktop.record.text import Refused
from tests import samples
from tests.samples import account, counts, csv_file, facts, imported, prepared, sound

STAYS = ("hotel", "arrival", "departure", "status", "agency", "company", "rate", "booking_no")
NINE = ("City Hotel", "2026-11-16", "2026-11-18", "Check-Out", "9", "", "500.00", "")


def stays_file(tmp_path: Path, *rows: Any, headings: Any = STAYS, name: str = "stays.csv") -> Path:
    return csv_file(tmp_path / name, headings, *rows)


def test_the_same_file_twice_adds_nothing_and_logs_nothing(desk: Desk, tmp_path: Path) -> None:
    path = stays_file(tmp_path, NINE, ("City Hotel", "2026-11-17", "2026-11-18", "Booked", "", "40", "300", ""))
    assert imported(desk, path, STAY) == {"read": 2, "added": 2, "updated": 0, "same": 0, "refused": 0}
    before, entries = facts(desk.store), desk.store.writer.execute("select count(*) from change").fetchone()
    assert imported(desk, path, STAY) == {"read": 2, "added": 0, "updated": 0, "same": 2, "refused": 0}
    assert facts(desk.store) == before
    assert desk.store.writer.execute("select count(*) from change").fetchone() == entries
    sound(desk.store)


def test_an_import_makes_the_hotels_and_placeholders_it_names(desk: Desk, tmp_path: Path) -> None:
    imported(desk, stays_file(tmp_path, NINE, (*NINE[:4], "9", "40", "1.00", "")), STAY)
    assert counts(desk.store) == {"account": 2, "hotel": 1, "stay": 2}
    found = desk.store.writer.execute("select kind, code, name, placeholder, stays, nights, revenue from account order by kind")
    assert found.fetchall() == [
        ("agency", "9", "Agent 9", 1, 2, 4, 100_200), ("company", "40", "Company 40", 1, 1, 2, 200),
    ]  # fmt: skip
    sound(desk.store)


def test_a_row_that_is_here_already_makes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = stays_file(tmp_path, NINE)
    imported(desk, path, STAY)
    nine = desk.store.writer.execute("select id from account").fetchone()[0]
    samples.change(desk, ACCOUNT, nine, code="A9")
    assert imported(desk, path, STAY)["same"] == 1
    assert counts(desk.store)["account"] == 1


def test_a_row_left_out_makes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = stays_file(tmp_path, (*NINE, "Zhang San"), headings=(*STAYS, "guest"))
    ready = prepared(desk, path, STAY)
    assert (ready.added, len(ready.bad)) == (0, 1)
    importing.write(desk, ready)
    assert counts(desk.store) == {}


def test_equal_rows_are_separate_bookings(desk: Desk, tmp_path: Path) -> None:
    path = stays_file(tmp_path, NINE, NINE, NINE)
    assert imported(desk, path, STAY)["added"] == 3
    assert imported(desk, path, STAY)["same"] == 3
    keys = [row[0] for row in desk.store.writer.execute("select source_key from stay")]
    assert len(set(keys)) == 3


def test_one_more_equal_row_is_one_more_booking(desk: Desk, tmp_path: Path) -> None:
    imported(desk, stays_file(tmp_path, NINE, NINE), STAY)
    assert imported(desk, stays_file(tmp_path, NINE, NINE, NINE), STAY) == {
        "read": 3, "added": 1, "updated": 0, "same": 2, "refused": 0,
    }  # fmt: skip


def test_add_same_adds_them_once_more(desk: Desk, tmp_path: Path) -> None:
    path = stays_file(tmp_path, NINE, NINE)
    imported(desk, path, STAY)
    assert imported(desk, path, STAY, add_same=True)["added"] == 2
    assert imported(desk, path, STAY)["added"] == 0
    assert imported(desk, path, STAY, add_same=True)["added"] == 2
    assert counts(desk.store)["stay"] == 6
    keys = [row[0] for row in desk.store.writer.execute("select source_key from stay")]
    assert len(set(keys)) == 6


def test_a_kept_key_holds_when_the_row_is_edited(desk: Desk, tmp_path: Path) -> None:
    path = stays_file(tmp_path, NINE)
    imported(desk, path, STAY)
    only = desk.store.writer.execute("select id from stay").fetchone()[0]
    samples.change(desk, STAY, only, rate=1)
    assert imported(desk, path, STAY)["same"] == 1
    assert samples.row(desk, STAY, only)["rate"] == 1


def test_preparing_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    ready = prepared(desk, stays_file(tmp_path, NINE), STAY)
    assert ready.counts() == {"read": 1, "added": 1, "updated": 0, "same": 0, "refused": 0, "refused_file": None}
    assert [row["rate"] for row in ready.preview] == [50_000]
    assert {key: [row["name"] for row in rows.values()] for key, rows in ready.made.items() if rows} == {
        "hotel": ["City Hotel"], "account": ["Agent 9"],
    }  # fmt: skip
    assert counts(desk.store) == {}
    assert desk.store.writer.execute("select count(*) from change").fetchone() == (0,)


BAD_ROWS = [
    pytest.param(NINE[:5], "5 cells instead of 8", id="half a row"),
    pytest.param((*NINE, "more"), "9 cells instead of 8", id="a cell too many"),
    pytest.param(("City Hotel", "2026-02-30", "2026-03-01", "Check-Out", "", "", "1", ""), "There is no day 2026-02-30", id="no such day"),
    pytest.param(("City Hotel", "tomorrow", "2026-03-01", "Check-Out", "", "", "1", ""), "is not a date", id="bad date"),
    pytest.param(("City Hotel", "", "2026-03-01", "Check-Out", "", "", "1", ""), "Arrival is needed", id="no arrival"),
    pytest.param(("City Hotel", "2026-03-02", "2026-03-01", "Check-Out", "", "", "1", ""), "on or after 2026-03-02", id="backwards"),
    pytest.param(("City Hotel", "2016-03-02", "2026-11-01", "Check-Out", "", "", "1", ""), "cannot be right", id="ten years"),
    pytest.param((*NINE[:6], "1.234,50", ""), "Write an amount", id="doubtful amount"),
    pytest.param((*NINE[:6], "12 €", ""), "Write an amount", id="bad number"),
    pytest.param((*NINE[:3], "Vanished", *NINE[4:]), "'Vanished' is not one of the choices of Status", id="unknown status"),
    pytest.param(("", *NINE[1:]), "Hotel is needed", id="no hotel"),
    pytest.param((*NINE[:7], "a\x07b"), "cannot be shown", id="control character"),
    pytest.param((*NINE[:7], "9" * 61), "at most 60", id="too long"),
    pytest.param((*NINE[:7], "two\nlines"), "cannot be shown", id="two lines in a code"),
]


@pytest.mark.parametrize(("bad", "reason"), BAD_ROWS)
def test_a_bad_row_is_left_out_counted_and_kept(desk: Desk, tmp_path: Path, bad: Any, reason: str) -> None:
    path = stays_file(tmp_path, NINE, bad, NINE)
    ready = prepared(desk, path, STAY)
    assert ready.counts() | {"refused_file": None} == {
        "read": 3, "added": 2, "updated": 0, "same": 0, "refused": 1, "refused_file": None,
    }  # fmt: skip
    assert ready.bad[0].line == 3
    assert reason in str(ready.bad[0].reason)
    importing.write(desk, ready)
    assert counts(desk.store)["stay"] == 2
    kept = importing.keep_refused(ready)
    assert kept is not None
    table = read_table(kept)
    width = max(len(STAYS), len(bad))
    assert table.headings == [*STAYS, *[""] * (width - len(STAYS)), "Line in the file", "Why it was left out"]
    (line, cells), = table.rows()
    assert (line, cells[-2], unguarded(cells[-1])) == (2, "3", str(ready.bad[0].reason))
    assert [cell.rstrip("\t") for cell in cells[: len(bad)]] == [str(cell) for cell in bad]
    sound(desk.store)


@pytest.mark.parametrize(("bad", "reason"), BAD_ROWS)
def test_strict_refuses_the_whole(desk: Desk, tmp_path: Path, bad: Any, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        prepared(desk, stays_file(tmp_path, NINE, bad), STAY, strict=True)
    assert "Line 3:" in str(refused.value)
    assert reason in str(refused.value)


def test_refused_rows_come_in_the_order_of_the_file(desk: Desk, tmp_path: Path) -> None:
    lost = (*NINE, "Nobody")
    fine = (*NINE, "")
    ready = prepared(desk, stays_file(tmp_path, lost, NINE, fine, lost, headings=(*STAYS, "guest")), STAY)
    assert [bad.line for bad in ready.bad] == [2, 3, 5]
    assert [bad.cells for bad in ready.bad] == [list(lost), list(NINE), list(lost)]


def test_two_refused_files_of_one_moment_are_two_files(desk: Desk, tmp_path: Path) -> None:
    ready = prepared(desk, stays_file(tmp_path, NINE[:3]), STAY)
    first, second = importing.keep_refused(ready), importing.keep_refused(ready)
    assert first
    assert second
    assert first.exists()
    assert second.exists()


def test_a_booking_number_updates(desk: Desk, tmp_path: Path) -> None:
    first = (*NINE[:7], "B-1")
    imported(desk, stays_file(tmp_path, first), STAY)
    only = desk.store.writer.execute("select id from stay").fetchone()[0]
    moved = ("City Hotel", "2026-11-16", "2026-11-20", "Check-Out", "240", "", "400", "B-1")
    assert imported(desk, stays_file(tmp_path, moved), STAY) == {"read": 1, "added": 0, "updated": 1, "same": 0, "refused": 0}
    found = samples.row(desk, STAY, only)
    assert (found["nights"], found["rate"], found["agency_id.name"], found["version"]) == (4, 40_000, "Agent 240", 2)
    assert imported(desk, stays_file(tmp_path, moved), STAY)["same"] == 1
    sound(desk.store)
    desk.undo()
    assert samples.row(desk, STAY, only)["departure"] == "2026-11-18"
    sound(desk.store)


def test_rows_of_one_booking_number_are_told_apart_by_their_order(desk: Desk, tmp_path: Path) -> None:
    rooms = [(*NINE[:6], price, "B-7") for price in ("100", "200", "300")]
    assert imported(desk, stays_file(tmp_path, *rooms), STAY)["added"] == 3
    assert imported(desk, stays_file(tmp_path, *rooms), STAY)["same"] == 3
    dearer = [rooms[0], (*NINE[:6], "250", "B-7"), rooms[2], (*NINE[:6], "400", "B-7")]
    assert imported(desk, stays_file(tmp_path, *dearer), STAY) == {"read": 4, "added": 1, "updated": 1, "same": 2, "refused": 0}
    rates = desk.store.writer.execute("select rate from stay where gone is null order by id").fetchall()
    assert rates == [(10_000,), (25_000,), (30_000,), (40_000,)]


def test_ids_match_and_are_kept(desk: Desk, tmp_path: Path) -> None:
    here = account(desk, "Old name", code="12")
    new = encode(1 << 61)
    rows = [("id", "code", "name"), (encode(here), "12", "New name"), (new, "13", "Third")]
    assert imported(desk, csv_file(tmp_path / "a.csv", *rows), ACCOUNT) == {
        "read": 2, "added": 1, "updated": 1, "same": 0, "refused": 0,
    }  # fmt: skip
    assert samples.row(desk, ACCOUNT, here)["name"] == "New name"
    assert samples.row(desk, ACCOUNT, 1 << 61)["name"] == "Third"
    assert imported(desk, csv_file(tmp_path / "a.csv", *rows), ACCOUNT)["same"] == 2


@pytest.mark.parametrize("cell", ["AAAAAAAAAAAAA", "P777777777777", "not an id", "1234567890123", "AAAAAAAAAAAAAA"])
def test_what_is_no_id_is_a_bad_row(desk: Desk, tmp_path: Path, cell: str) -> None:
    ready = prepared(desk, csv_file(tmp_path / "a.csv", ("id", "name"), (cell, "Orient")), ACCOUNT)
    assert (ready.added, len(ready.bad)) == (0, 1)
    assert "is not an id of this program" in str(ready.bad[0].reason)


def test_a_removed_row_comes_back_by_its_id_and_goes_again(desk: Desk, tmp_path: Path) -> None:
    here = account(desk, "Orient", code="12")
    samples.remove(desk, ACCOUNT, here)
    path = csv_file(tmp_path / "a.csv", ("id", "code", "name"), (encode(here), "12", "Orient Two"))
    assert imported(desk, path, ACCOUNT) == {"read": 1, "added": 1, "updated": 0, "same": 0, "refused": 0}
    assert samples.row(desk, ACCOUNT, here)["name"] == "Orient Two"
    sound(desk.store)
    desk.undo()
    assert desk.get(ACCOUNT, here) is None
    desk.undo()
    assert samples.row(desk, ACCOUNT, here)["name"] == "Orient"
    desk.redo()
    desk.redo()
    assert samples.row(desk, ACCOUNT, here)["name"] == "Orient Two"
    sound(desk.store)


ACCOUNTS = ("kind", "code", "name")


def test_the_same_code_of_an_agency_and_a_company_are_two_accounts(desk: Desk, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", ACCOUNTS, ("agency", "40", "Agent 40"), ("company", "40", "Company 40"))
    assert imported(desk, path, ACCOUNT)["added"] == 2
    assert imported(desk, path, ACCOUNT)["same"] == 2
    other = csv_file(tmp_path / "b.csv", ACCOUNTS, ("company", "40", "Forty Ltd"), ("agency", "40", "Forty Travel"))
    assert imported(desk, other, ACCOUNT)["updated"] == 2
    found = desk.store.writer.execute("select kind, code, name from account order by kind").fetchall()
    assert found == [("agency", "40", "Forty Travel"), ("company", "40", "Forty Ltd")]
    sound(desk.store)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(("", "company", "12", "One"), ("", "company", "12", "Two"), id="number"),
        pytest.param((encode(77), "company", "1", "One"), (encode(77), "company", "2", "Two"), id="id"),
        pytest.param((encode(77), "company", "12", "One"), (encode(78), "company", "12", "Two"), id="number with ids"),
    ],
)
@pytest.mark.parametrize("here", [False, True])
def test_a_number_or_id_that_stands_twice_in_a_file(desk: Desk, tmp_path: Path, first: Any, second: Any, here: bool) -> None:
    if here:
        imported(desk, csv_file(tmp_path / "0.csv", ("id", *ACCOUNTS), first), ACCOUNT)
    ready = prepared(desk, csv_file(tmp_path / "a.csv", ("id", *ACCOUNTS), first, second), ACCOUNT)
    assert (ready.added, ready.same, [bad.line for bad in ready.bad]) == (0 if here else 1, 1 if here else 0, [3])
    assert str(ready.bad[0].reason) == "This row has the number or id of line 2"
    importing.write(desk, ready)
    assert [row[0] for row in desk.store.writer.execute("select name from account")] == ["One"]


def test_a_number_that_another_account_has_is_a_bad_row(desk: Desk, tmp_path: Path) -> None:
    mine, _ = account(desk, "Mine", code="1"), account(desk, "Theirs", code="2")
    ready = prepared(desk, csv_file(tmp_path / "a.csv", ("id", *ACCOUNTS), (encode(mine), "company", "2", "Mine")), ACCOUNT)
    assert [str(bad.reason) for bad in ready.bad] == ["Another living record already has the number 2"]


def test_accounts_without_a_code_are_matched_by_their_values(desk: Desk, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", ("name", "city"), ("Orient", "Shanghai"), ("Orient", "Beijing"), ("Orient", "Beijing"))
    assert imported(desk, path, ACCOUNT)["added"] == 3
    assert imported(desk, path, ACCOUNT) == {"read": 3, "added": 0, "updated": 0, "same": 3, "refused": 0}


def test_import_into_a_database_with_the_same_account_codes(desk: Desk, tmp_path: Path) -> None:
    nine = account(desk, "Nine Travel", kind="agency", code="9")
    account(desk, "Nine Ltd", kind="company", code="9")
    imported(desk, stays_file(tmp_path, NINE), STAY)
    assert counts(desk.store)["account"] == 2
    found = samples.row(desk, ACCOUNT, nine)
    assert (found["stays"], found["nights"], found["revenue"], found["last_stay"]) == (1, 2, 100_000, "2026-11-16")
    sound(desk.store)


REFERENCES = [
    pytest.param({"code": "77", "name": "Orient"}, ("77", ""), id="code"),
    pytest.param({"code": "77", "name": "Orient"}, ("Orient", ""), id="name in the column of the code"),
    pytest.param({"code": "77", "name": "东方公司"}, ("东方公司", ""), id="Chinese name"),
    pytest.param({"code": "77", "name": "Orient"}, ("77", "Another name"), id="code with another name"),
    pytest.param({"code": "77", "name": "Orient"}, ("", "Orient"), id="only the name"),
    pytest.param({"code": "", "name": "Orient"}, ("12", "Orient"), id="the name of one without code"),
    pytest.param({"code": "", "name": "Orient"}, (encode(1 << 60), "Orient"), id="id"),
    pytest.param({"code": "=1+1", "name": "'quoted"}, ("'=1+1", "''quoted"), id="guarded"),
]


@pytest.mark.parametrize(("values", "cells"), REFERENCES)
def test_a_reference_finds_its_row(desk: Desk, tmp_path: Path, values: dict[str, str], cells: tuple[str, str]) -> None:
    imported(desk, csv_file(tmp_path / "a.csv", ("id", "code", "name"), (encode(1 << 60), *(f"'{v}" if v[:1] in ("=", "'") else v for v in values.values()))), ACCOUNT)
    path = csv_file(
        tmp_path / "s.csv", ("hotel", "arrival", "departure", "company", "company name"), ("H", "2026-01-01", "2026-01-02", *cells)
    )
    assert imported(desk, path, STAY)["added"] == 1
    assert desk.store.writer.execute("select company_id from stay").fetchone() == (1 << 60,)
    assert counts(desk.store)["account"] == 1


def test_a_code_that_is_not_here_is_another_client_whatever_its_name(desk: Desk, tmp_path: Path) -> None:
    account(desk, "Grand Hotel", code="1")
    path = csv_file(
        tmp_path / "s.csv", ("hotel", "arrival", "departure", "company", "company name"),
        ("H", "2026-01-01", "2026-01-02", "2", "Grand Hotel"),
    )  # fmt: skip
    imported(desk, path, STAY)
    assert desk.store.writer.execute("select a.code from stay as s join account as a on a.id = s.company_id").fetchone() == ("2",)


def test_a_hotel_is_found_by_its_name_whatever_its_code(desk: Desk, tmp_path: Path) -> None:
    samples.added(desk, HOTEL, name="City Hotel", code="CITY")
    imported(desk, stays_file(tmp_path, NINE), STAY)
    assert counts(desk.store)["hotel"] == 1


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (("Twin", ""), "several are named 'Twin'; give the code"),
        (("5", ""), "several have the code '5'; give the name too, or the id"),
        (("5", "Third"), "several have the code '5'; give the name too, or the id"),
    ],
)
def test_a_doubtful_reference_is_a_bad_row(desk: Desk, tmp_path: Path, cells: tuple[str, str], reason: str) -> None:
    for kind in ("agency", "company"):
        account(desk, "Twin", kind=kind, code="")
        account(desk, f"Five {kind}", kind=kind, code="5")
    ready = prepared(desk, csv_file(tmp_path / "p.csv", ("name", "account", "account name"), ("Zhang San", *cells)), PERSON)
    assert [str(bad.reason) for bad in ready.bad] == [f"Works for: {reason}"]


def test_a_code_of_two_kinds_is_told_apart_by_the_name(desk: Desk, tmp_path: Path) -> None:
    agency, company = (account(desk, f"Five {kind}", kind=kind, code="5") for kind in ("agency", "company"))
    rows = [("Zhang San", "5", "Five agency"), ("Li Si", "5", "Five company")]
    imported(desk, csv_file(tmp_path / "p.csv", ("name", "account", "account name"), *rows), PERSON)
    assert dict(desk.store.writer.execute("select name, account_id from person").fetchall()) == {"Zhang San": agency, "Li Si": company}


def test_a_guest_is_never_made_by_a_file(desk: Desk, tmp_path: Path) -> None:
    ready = prepared(desk, stays_file(tmp_path, (*NINE, "Zhang San"), headings=(*STAYS, "guest")), STAY)
    assert [str(bad.reason) for bad in ready.bad] == ["Guest: there is no Person 'Zhang San'; import those first"]
    samples.added(desk, PERSON, name="Zhang San")
    assert imported(desk, stays_file(tmp_path, (*NINE, "Zhang San"), headings=(*STAYS, "guest")), STAY)["added"] == 1


def test_chinese_headings(desk: Desk, tmp_path: Path) -> None:
    account(desk, "东方公司", code="D1")
    people = csv_file(tmp_path / "p.csv", ("姓名", "协议单位", "手机", "生日"), ("王小明", "东方公司", "13800138000", "1988年8月8日"), encoding="gb18030")
    assert imported(desk, people, PERSON)["added"] == 1
    found = desk.store.writer.execute("select name, phone, birthday, (select code from account where id = account_id) from person").fetchone()
    assert found == ("王小明", "138 0013 8000", "1988-08-08", "D1")
    headings = ("酒店", "抵店日期", "离店日期", "协议单位", "旅行社", "房价", "客人", "预订号", "房号", "状态")
    row = ("滨江酒店", "2026/11/16", "2026.11.18", "东方公司", "春秋旅行社", "¥1,288.00", "王小明", "B1", "0808", "Check-Out")
    assert imported(desk, csv_file(tmp_path / "s.csv", headings, row, encoding="utf-8-sig"), STAY)["added"] == 1
    stay = desk.store.writer.execute("select arrival, departure, rate, room_no, status, nights from stay").fetchone()
    assert stay == ("2026-11-16", "2026-11-18", 128_800, "0808", "Check-Out", 2)
    assert desk.store.writer.execute("select name from account where kind = 'agency'").fetchone() == ("春秋旅行社",)
    sound(desk.store)


def test_undo_and_redo_of_an_import(desk: Desk, tmp_path: Path) -> None:
    keep = account(desk, "Keep", kind="agency", code="9")
    samples.stay(desk, agency_id=keep, arrival="2026-10-01", departure="2026-10-02")
    before = facts(desk.store)
    path = stays_file(tmp_path, NINE, NINE, ("Resort", *NINE[1:4], "10", "40", "1", ""))
    imported(desk, path, STAY)
    after = facts(desk.store)
    for _ in range(2):
        desk.undo()
        assert facts(desk.store) == before
        sound(desk.store)
        desk.redo()
        assert facts(desk.store) == after
        sound(desk.store)


def test_import_again_after_undo(desk: Desk, tmp_path: Path) -> None:
    path = stays_file(tmp_path, NINE, NINE)
    imported(desk, path, STAY)
    desk.undo()
    assert imported(desk, path, STAY)["added"] == 2
    assert counts(desk.store) == {"account": 1, "hotel": 1, "stay": 2}
    sound(desk.store)
    with pytest.raises(Refused, match="nothing to redo"):
        desk.redo()


def test_undo_of_an_import_is_refused_when_its_rows_were_changed_later(desk: Desk, tmp_path: Path) -> None:
    path = stays_file(tmp_path, NINE)
    imported(desk, path, STAY)
    change_id = desk.store.writer.execute("select max(id) from change").fetchone()[0]
    only = desk.store.writer.execute("select id from stay").fetchone()[0]
    samples.change(desk, STAY, only, rate=1)
    before = facts(desk.store)
    with pytest.raises(Refused, match="changed later"):
        desk.undo(change_id)
    assert facts(desk.store) == before
    desk.undo()
    desk.undo(change_id)
    assert "stay" not in counts(desk.store)


def test_undo_of_an_import_is_refused_when_later_rows_use_what_it_made(desk: Desk, tmp_path: Path) -> None:
    imported(desk, stays_file(tmp_path, NINE), STAY)
    change_id = desk.store.writer.execute("select max(id) from change").fetchone()[0]
    nine = desk.store.writer.execute("select id from account").fetchone()[0]
    samples.added(desk, PERSON, name="Zhang San", account_id=nine)
    before = facts(desk.store)
    with pytest.raises(Refused, match="refer to these rows"):
        desk.undo(change_id)
    assert facts(desk.store) == before


def test_somebody_imports_the_same_rows_meanwhile(desk: Desk, tmp_path: Path) -> None:
    mine = prepared(desk, stays_file(tmp_path, ("Resort", *NINE[1:]), NINE, ("Third", *NINE[1:])), STAY)
    imported(desk, stays_file(tmp_path, NINE, name="theirs.csv"), STAY)
    before = facts(desk.store)
    with pytest.raises(Refused, match="Nothing was imported"):
        importing.write(desk, mine)
    assert facts(desk.store) == before


def test_somebody_saves_something_else_meanwhile(desk: Desk, tmp_path: Path) -> None:
    samples.hotel(desk)
    mine = prepared(desk, stays_file(tmp_path, NINE), STAY)
    samples.stay(desk)
    importing.write(desk, mine)
    assert counts(desk.store)["stay"] == 2
    sound(desk.store)


@pytest.mark.parametrize("gone", [False, True])
def test_somebody_changes_a_row_of_the_file_meanwhile(desk: Desk, tmp_path: Path, gone: bool) -> None:
    here = account(desk, "Orient", code="1")
    if gone:
        samples.remove(desk, ACCOUNT, here)
    mine = prepared(desk, csv_file(tmp_path / "a.csv", ("id", "code", "name"), (encode(here), "1", "Mine"), ("", "2", "Two")), ACCOUNT)
    if gone:
        desk.undo()
    samples.change(desk, ACCOUNT, here, name="Theirs")
    with pytest.raises(Refused, match="Nothing was imported"):
        importing.write(desk, mine)
    assert [row[0] for row in desk.store.writer.execute("select name from account where gone is null")] == ["Theirs"]


def test_somebody_makes_the_same_account_meanwhile(desk: Desk, tmp_path: Path) -> None:
    mine = prepared(desk, stays_file(tmp_path, NINE), STAY)
    account(desk, "Nine", kind="agency", code="9")
    with pytest.raises(Refused, match="Nothing was imported"):
        importing.write(desk, mine)
    assert counts(desk.store) == {"account": 1}


class Stop(Exception):
    """The person pressed Cancel."""


class StopAt:
    """Progress that stops the work at a step."""

    def __init__(self, at: int) -> None:
        self.at, self.steps = at, 0

    def step(self, done: int, total: int) -> None:
        assert done > 0
        assert total > 0
        self.steps += 1
        if self.steps == self.at:
            raise Stop


@pytest.mark.parametrize("at", [1, 3])
def test_cancelling_leaves_nothing_behind(desk: Desk, tmp_path: Path, at: int) -> None:
    rows = [("City Hotel", "2026-11-16", "2026-11-18", "Check-Out", "9", "", f"{n}", "") for n in range(1, 2501)]
    ready = prepared(desk, stays_file(tmp_path, *rows), STAY)
    with pytest.raises(Stop):
        importing.write(desk, ready, StopAt(at))
    assert counts(desk.store) == {}
    assert desk.store.writer.execute("select count(*) from change").fetchone() == (0,)
    with pytest.raises(Stop):
        prepared(desk, tmp_path / "stays.csv", STAY, progress=StopAt(at))
    assert imported(desk, tmp_path / "stays.csv", STAY)["added"] == 2500


def test_an_export_of_another_database_knows_the_same_bookings(desk: Desk, tmp_path: Path) -> None:
    """The kept key is a match even where the ids are others."""
    imported(desk, stays_file(tmp_path, NINE, NINE), STAY)
    whole = samples.exported(desk.store, STAY, tmp_path / "out.csv").decode("utf-8-sig").splitlines()
    other = [whole[0], *(encode(1 << 60 | n) + line[13:] for n, line in enumerate(whole[1:]))]
    (tmp_path / "other.csv").write_text("\n".join(other))
    assert imported(desk, tmp_path / "other.csv", STAY) == {"read": 2, "added": 0, "updated": 0, "same": 2, "refused": 0}
    assert imported(desk, tmp_path / "other.csv", STAY, add_same=True)["added"] == 2
    assert len({row[0] for row in desk.store.writer.execute("select source_key from stay")}) == 4


def test_a_block_boundary_is_no_boundary(desk: Desk, tmp_path: Path) -> None:
    rows = [("City Hotel", "2026-11-16", "2026-11-18", "Check-Out", str(n % 7), "", "5", f"N{n}" if n % 5 == 0 else "") for n in range(2100)]
    rows[999] = ("City Hotel", "never", *rows[999][2:])
    path = stays_file(tmp_path, *rows)
    first = imported(desk, path, STAY)
    assert first == {"read": 2100, "added": 2099, "updated": 0, "same": 0, "refused": 1}
    assert imported(desk, path, STAY) == {"read": 2100, "added": 0, "updated": 0, "same": 2099, "refused": 1}
    with closing(desk.store.open_reader()) as reader:
        assert reader.execute("select count(*), count(distinct source_key) from stay").fetchone() == (2099, 2099)
    sound(desk.store)


def test_a_file_that_names_no_hotel_belongs_to_the_only_one(desk: Desk, tmp_path: Path) -> None:
    path = samples.csv_file(tmp_path / "ar.csv", ["单位", "单据号", "类别", "账单日期", "到期日", "金额"], ["澄籁精密", "F001", "餐费", "2026/11/01", "2026/12/01", "1,234.50"])
    first = samples.hotel(desk)
    assert imported(desk, path, RECEIVABLE)["added"] == 1
    row = desk.store.writer.execute("select hotel_id, amount, due from receivable where gone is null").fetchall()
    assert row == [(first, 123_450, "2026-12-01")]
    second = samples.hotel(desk, "Second House")
    with pytest.raises(AskedHotel, match="which of the 2 hotels") as asked:
        imported(desk, path, RECEIVABLE)
    assert pickle.loads(pickle.dumps(asked.value)).hotels == sorted(asked.value.hotels) == importing.hotels(desk.store.writer)
    assert importing.hotel_named(desk.store.writer, "Second House") == second
    with pytest.raises(Refused, match="no hotel 'Third'"):
        importing.hotel_named(desk.store.writer, "Third")
    samples.sound(desk.store)


@pytest.mark.embedded
def test_many_rows_into_few_leave_every_index_as_declared(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from crm_desktop.store import schema

    def there() -> set[str]:
        return {row[0] for row in desk.store.writer.execute("select sql from sqlite_master where type = 'index' and sql is not null").fetchall()}

    before = there()
    monkeypatch.setattr(schema, "WORTH_REMAKING", 2)
    hotel = samples.hotel(desk)
    rows = [[f"B{n}", "City Hotel", "2026-11-16", "2026-11-18", "100"] for n in range(5)]
    path = csv_file(tmp_path / "many.csv", ["booking_no", "hotel", "arrival", "departure", "rate"], *rows)
    assert imported(desk, path, STAY)["added"] == 5
    assert there() == before
    sound(desk.store)
    for turn, stays in ((desk.undo, 0), (desk.redo, 5)):
        turn()
        assert there() == before
        assert counts(desk.store).get("stay", 0) == stays
        sound(desk.store)
    bad = csv_file(tmp_path / "bad.csv", ["booking_no", "hotel", "arrival", "departure", "rate"], *([[f"C{n}", *row[1:]] for n, row in enumerate(rows * 4)]))
    monkeypatch.setattr(importing.rollups, "added", _breaks)
    with pytest.raises(ZeroDivisionError):
        imported(desk, bad, STAY)
    assert there() == before
    assert counts(desk.store) == {"hotel": 1, "stay": 5}
    assert hotel


def _breaks(*_: Any) -> None:
    raise ZeroDivisionError


AR = ["单位", "单据号", "账单日期", "到期日", "金额"]


def test_the_first_file_of_a_hotel_nobody_entered_makes_it(desk: Desk, tmp_path: Path) -> None:
    keep_with_data(desk, HOTEL_NAME, "澜棠大酒店")
    path = samples.csv_file(tmp_path / "ar.csv", AR, ["澄籁精密", "F001", "2026/11/01", "2026/12/01", "1,234.50"], ["澄籁精密", "F002", "", "soon", "1"])
    assert imported(desk, path, RECEIVABLE)["added"] == 1
    named = "select h.name from receivable as r join hotel as h on h.id = r.hotel_id where r.gone is null"
    assert desk.store.writer.execute(named).fetchall() == [("澜棠大酒店",)]
    desk.undo()
    assert samples.facts(desk.store)["hotel"] == []


def test_a_file_without_a_good_row_makes_no_hotel(desk: Desk, tmp_path: Path) -> None:
    path = samples.csv_file(tmp_path / "ar.csv", AR, ["澄籁精密", "F002", "", "soon", "1"])
    assert imported(desk, path, RECEIVABLE)["added"] == 0
    assert samples.facts(desk.store)["hotel"] == []
