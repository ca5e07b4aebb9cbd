"""Mappings a person saved: offered for the next file, with the meanings of its words; renamed, replaced, forgotten."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.files import mapped, reading
from crm_desktop.duties.files.mapped import Saved
from crm_desktop.duties.files.records import FILE_MAPPING
from crm_desktop.duties.stays.records import HOTEL, STAY
from crm_desktop.exchange import importing, left_out
from crm_desktop.exchange.mapping import from_headings
from crm_desktop.exchange.reading import read
from crm_desktop.exchange.text_file import read_table
from crm_desktop.exchange.translating import translated
from crm_desktop.record.text import Refused
from tests.samples import added, csv_file

HEAD = ["Res#", "Ankunft", "Abreise", "Zimmer", "Stat", "Mkt"]
ROWS = (["R1", "2026-12-01", "2026-12-03", "DKN", "EXP", "COR"], ["R2", "2026-12-02", "2026-12-03", "TWN", "INH", "OTA"])
CHOSEN = {"Res#": "booking_no", "Ankunft": "arrival", "Abreise": "departure", "Zimmer": "room_reserved", "Stat": "status", "Mkt": "segment"}
CODES = {"Stat": {"EXP": "Booked", "INH": "In-House"}, "Mkt": {"COR": "Corporate"}}


def saved(desk: Desk) -> list[Saved]:
    with closing(desk.store.open_reader()) as reader:
        return mapped.kept(reader)


def keep(desk: Desk, name: str = "西软", chosen: dict[str, str] = CHOSEN) -> Saved:
    mapped.keep(desk, name, STAY.key, HEAD, mapped.content(HEAD, chosen, CODES, "ymd"))
    return next(one for one in saved(desk) if one.name == name)


def bring(desk: Desk, path: Path, name: str = "") -> dict[str, Any]:
    table, mapping, _ = mapped.find(read(path), STAY, "", name, saved(desk))
    with closing(desk.store.open_reader()) as reader:
        prepared = importing.prepare(reader, desk.store.keys, desk.store.by_key, table, mapping)
    importing.write(desk, prepared)
    return prepared.counts()


def test_a_kept_mapping_reads_the_next_file_and_translates_its_words(desk: Desk, tmp_path: Path) -> None:
    added(desk, HOTEL, name="Our hotel", code="OUR")
    first = csv_file(tmp_path / "a.csv", ["Arrivals of today"], HEAD, *ROWS)
    with pytest.raises(Refused, match="headings"):
        bring(desk, first)
    keep(desk)
    assert bring(desk, first)["added"] == 2
    rows = desk.store.writer.execute("select booking_no, status, segment, room_reserved from stay order by booking_no").fetchall()
    assert rows == [("R1", "Booked", "Corporate", "DKN"), ("R2", "In-House", "OTA", "TWN")]
    wider = csv_file(tmp_path / "b.csv", ["Neu", *HEAD], ["x", *ROWS[0][:4], "INH", "COR"])
    assert bring(desk, wider)["updated"] == 1
    with pytest.raises(Refused, match="needs a column 'Mkt'"):
        bring(desk, csv_file(tmp_path / "c.csv", HEAD[:5], ROWS[0][:5]), "西软")


def test_the_window_opens_such_a_file_as_what_it_was_kept_for(desk: Desk, tmp_path: Path) -> None:
    one = keep(desk)
    opened = reading.open_file(csv_file(tmp_path / "a.csv", HEAD, *ROWS), "", saved=saved(desk))
    assert (opened.record, opened.problem, opened.dates, opened.codes) == (STAY, None, "ymd", CODES)
    assert (opened.used and opened.used.id, [each.id for each in opened.offered]) == (one.id, [one.id])
    opened.read_by(None)
    assert (opened.used, opened.codes, opened.problem is None) == (None, {}, False)
    opened.read_by(one)
    opened.remapped({**CHOSEN, "Zimmer": "room_no"})
    mapped.forget(desk, one)
    opened.offer(saved(desk))
    assert (opened.used, opened.offered, opened.chosen["Zimmer"]) == (None, [], "room_no")


def test_names_are_kept_once(desk: Desk) -> None:
    one, other = keep(desk), keep(desk, "绿云")
    keep(desk, chosen={"Res#": "booking_no"})
    assert sorted(each.name for each in saved(desk)) == ["绿云", "西软"]
    assert next(each for each in saved(desk) if each.id == one.id).chosen == {"Res#": "booking_no"}
    with pytest.raises(Refused, match="There is a mapping '西软' already"):
        mapped.rename(desk, other, " 西软 ")
    with pytest.raises(Refused, match="Give the mapping a name"):
        mapped.keep(desk, " ", STAY.key, HEAD, "{}")
    mapped.rename(desk, other, "绿云 PMS")
    assert "绿云 PMS" in {each.name for each in saved(desk)}
    desk.undo()
    assert "绿云" in {each.name for each in saved(desk)}
    with pytest.raises(Refused, match="too many columns"):
        mapped.keep(desk, "x", STAY.key, HEAD, "x" * 30_000)


@pytest.mark.parametrize("content", ["", "nonsense", "[]", '{"chosen": 1, "codes": [2], "headings": {}}', '{"chosen": {"a": 1}, "codes": {"a": 2}}'])
def test_nonsense_reads_nothing(desk: Desk, content: str) -> None:
    desk.save(FILE_MAPPING, None, 0, {"name": "x", "record": "stay", "content": content})
    assert [one.is_of(["b"]) for one in saved(desk)] == [False]


def test_words_of_two_columns_are_translated_each() -> None:
    mapping = from_headings(STAY, ["arrival", "departure", "hotel", "hotel name"])
    take = next(take for take in translated(mapping, {"hotel": {"H9": "OUR"}, "other": {"a": "b"}}).takes if take.field == "hotel_id")
    assert (take.convert((" H9", "City")), take.convert(("H8", "City"))) == (("OUR", "City"), ("H8", "City"))
    assert translated(mapping, {"other": {"a": "b"}}) is mapping


@pytest.mark.parametrize("kind", left_out.KINDS)
def test_rows_left_out_are_mended_in_their_file_and_brought_again(desk: Desk, tmp_path: Path, kind: str) -> None:
    added(desk, HOTEL, name="Our hotel", code="OUR")
    keep(desk)
    path = csv_file(tmp_path / "a.csv", HEAD, ROWS[0], ["0012", "2026-13-01", *ROWS[1][2:]], ["R3", "", *ROWS[1][2:]])
    table, mapping, _ = mapped.find(read(path), STAY, "", "", saved(desk))
    with closing(desk.store.open_reader()) as reader:
        prepared = importing.prepare(reader, desk.store.keys, desk.store.by_key, table, mapping)
    importing.write(desk, prepared)
    target = tmp_path / f"out{kind}"
    left_out.write(prepared, target)
    back = read(target).table()
    assert back.headings == [*HEAD, "Line in the file", "Why it was left out"]
    rows = [cells for _, cells in back.rows()]
    assert [(row[0].rstrip("\t"), row[-2], row[-1].split(":")[0]) for row in rows] == [("0012", "3", "Arrival"), ("R3", "4", "Arrival is needed here")]
    mended = csv_file(tmp_path / "mended.csv", back.headings, *([row[0], "2026-12-02", *row[2:]] for row in rows))
    assert {name: count for name, count in bring(desk, mended).items() if count} == {"read": 2, "added": 2}
    prepared.bad.clear()
    with pytest.raises(Refused, match="No row of"):
        left_out.write(prepared, target)
    assert read_table(path).headings == HEAD


def test_what_only_the_program_writes_is_no_file() -> None:
    keys = {record.key for record in reading.importable()}
    assert {"stay", "account", "person", "receivable", "code_item", "staff"} <= keys
    assert keys.isdisjoint({"merged", "different", "step", "attachment", "paper", "application", "list_view", "file_mapping", "export_plan"})
