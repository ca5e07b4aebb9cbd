"""Numbers of people and cards in the words of a file: told by the line, kept with their last four, with their hash where that is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.record import private
from crm_desktop.record.kinds import LENGTH, Kind
from crm_desktop.record.private import CARD, ID
from tests.samples import ACCOUNT, STAY, csv_file, importing, prepared, row, stay

pytestmark = pytest.mark.embedded
NUMBER, BANK = "11010519491231002X", "4111 1111 1111 1111"
HEAD = ("name", "address", "remark")


def brought(desk: Desk, path: Path, hashes: bool) -> tuple[Any, dict[str, Any]]:
    """A file brought in: what was prepared, and the client as it is then."""
    found = prepared(desk, path, ACCOUNT, hashes=hashes)
    importing.write(desk, found)
    row_id = desk.store.writer.execute("select id from account where name = 'Orient'").fetchone()[0]
    return found, row(desk, ACCOUNT, row_id)


@pytest.mark.parametrize("hashes", [False, True])
def test_each_line_is_told_and_the_hash_is_kept_where_it_is_wanted(desk: Desk, tmp_path: Path, hashes: bool) -> None:
    rows = [("Plain", "", "澜棠路 8 号"), ("", "", f"no name: {NUMBER}"), ("Orient", f"ID card {NUMBER}", f"{BANK}, again {BANK}")]
    found, kept = brought(desk, csv_file(tmp_path / "a.csv", HEAD, *rows), hashes)
    assert [(line, [(one.kind, one.last) for one in met]) for line, met in found.numbers.lines] == [(4, [(ID, "002X"), (CARD, "1111"), (CARD, "1111")])]
    assert found.counts()["numbers"] == 1, "the row without a name is not stored"
    assert any("only the last four" in str(note) for note in found.notes)
    ends = [private.seal(number).partition("~")[2][: private.IN_TEXT] for number in (NUMBER, BANK)]
    if hashes:
        assert kept["address"] == f"ID card ••••002X~{ends[0]}"
        assert kept["remark"] == f"Bank card ••••1111~{ends[1]}, again Bank card ••••1111~{ends[1]}"
    else:
        assert (kept["address"], kept["remark"]) == ("ID card ••••002X", "••••1111, again ••••1111")


def test_the_same_file_changes_nothing_a_second_time(desk: Desk, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", ("name", "code", "remark"), ("Orient", "A1", f"ID card {NUMBER}"))
    brought(desk, path, True)
    again = prepared(desk, path, ACCOUNT, hashes=True)
    assert (again.added, again.updated, again.same) == (0, 0, 1)


def test_where_there_is_no_room_for_the_hash_the_last_four_stay(desk: Desk, tmp_path: Path) -> None:
    words = f"{NUMBER} {'x' * (LENGTH[Kind.TEXT] - 12)}"
    _, kept = brought(desk, csv_file(tmp_path / "a.csv", HEAD, ("Orient", words, "")), True)
    assert kept["address"] == words.replace(NUMBER, "••••002X")


@pytest.mark.parametrize("hashes", [False, True])
def test_codes_have_none_and_two_that_end_alike_stay_two(desk: Desk, tmp_path: Path, hashes: bool) -> None:
    """By a code rows are told apart: the keyed hash stays with the last four."""
    cards = ("4111111111111111", "5500000000401111", "919900001000000164")
    assert [private.taken_out(card)[0] for card in cards] == ["••••1111", "••••1111", cards[2]]
    path = csv_file(tmp_path / "a.csv", ("name", "code", "credit code", "bank account"), *((f"Orient {at}", card, cards[2], cards[0]) for at, card in enumerate(cards)))
    found = prepared(desk, path, ACCOUNT, hashes=hashes)
    importing.write(desk, found)
    assert [(line, [one.last for one in met]) for line, met in found.numbers.lines] == [(2, ["1111"]), (3, ["1111"])]
    rows = desk.store.writer.execute("select code, credit_code, bank_account from account order by name").fetchall()
    ends = [private.seal(number).partition("~")[2][: private.IN_TEXT] for number in cards]
    assert [tuple(each) for each in rows] == [(code, cards[2], cards[0]) for code in (f"••••1111~{ends[0]}", f"••••1111~{ends[1]}", cards[2])]
    again = prepared(desk, path, ACCOUNT, hashes=hashes)
    assert (again.added, again.updated, again.same) == (0, 0, 3)


def test_a_stay_keeps_the_numbers_of_its_booking(desk: Desk, tmp_path: Path) -> None:
    number = "4111111111111111"
    row_id = stay(desk, booking_no=number, folio=number, room_no=number, channel=NUMBER)
    kept = row(desk, STAY, row_id)
    assert (kept["booking_no"], kept["folio"], kept["room_no"], kept["channel"]) == (number, number, "••••1111", "••••002X")


def test_numbers_of_firms_are_left_alone(desk: Desk, tmp_path: Path) -> None:
    words = "税号 919900001000000164，账号 1211012009200012345，发票 25332000000012345678，电话 13800138000，确认号 83562214"
    found, kept = brought(desk, csv_file(tmp_path / "a.csv", HEAD, ("Orient", "", words)), True)
    assert (found.numbers.rows, found.numbers.lines, kept["remark"]) == (0, [], words)
    assert "numbers" not in found.counts()
