"""The watched folder: what is whole is offered once, what is still being written waits."""

from __future__ import annotations

import os
from pathlib import Path

import xlsxwriter

from crm_desktop.exchange.watching import QUIET, look, remembered, settled


def names(folder: Path, before: set[str], done: set[str], now: float) -> list[str]:
    return [one.path.name for one in settled(look(folder), before, done, now)]


def test_a_file_waits_until_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "预抵.csv"
    path.write_text("预订号,姓名\n", "utf-8")
    os.utime(path, (1000, 1000))
    [first] = look(tmp_path)
    assert names(tmp_path, set(), set(), 2000) == []  # never seen before
    assert names(tmp_path, {first.mark}, set(), 1000 + QUIET / 2) == []
    assert names(tmp_path, {first.mark}, set(), 2000) == ["预抵.csv"]
    assert names(tmp_path, {first.mark}, {first.mark}, 2000) == []
    path.write_text("预订号,姓名\n1,王\n", "utf-8")
    os.utime(path, (1001, 1001))
    assert names(tmp_path, {first.mark}, {first.mark}, 2000) == []  # it grew meanwhile
    [grown] = look(tmp_path)
    assert names(tmp_path, {grown.mark}, {first.mark}, 2000) == ["预抵.csv"]  # another file under the name of one that was taken


def test_half_a_workbook_and_what_is_no_export_wait_for_ever(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "whole.xlsx")) as book:
        book.add_worksheet().write_string(0, 0, "x")
    whole = (tmp_path / "whole.xlsx").read_bytes()
    (tmp_path / "half.xlsx").write_bytes(whole[: len(whole) // 2])
    for name in ("~$whole.xlsx", ".hidden.csv", "notes.docx", "part.csv.tmp"):
        (tmp_path / name).write_bytes(whole)
    (tmp_path / "empty.csv").touch()
    (tmp_path / "folder.csv").mkdir()
    marks = {one.mark for one in look(tmp_path)}
    assert names(tmp_path, marks, set(), 9e9) == ["whole.xlsx"]


def test_a_folder_that_is_away_has_nothing(tmp_path: Path) -> None:
    assert look(tmp_path / "away") == []


def test_only_what_lies_there_is_remembered(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x")
    [one] = look(tmp_path)
    assert remembered(["gone.csv|1|2.000", one.mark], one.mark, [one]) == [one.mark]
