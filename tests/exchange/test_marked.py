"""Who took a list out, when and what for stands on every page of its workbook, and not in what is data."""

from __future__ import annotations

import datetime as dt
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from crm_desktop.desk import exports
from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.exchange import list_out
from crm_desktop.record import dates
from crm_desktop.store.pages import ListQuery
from tests.samples import account

MARK = "沈知渝 · 2026-11-18 13:20 · A&B 年会 3 桌 (方予安)"


def _foot(path: Path) -> str:
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    return unescape(sheet.partition("<oddFooter>")[2].partition("</oddFooter>")[0])


def test_who_when_and_what_for() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))
    assert exports.mark("沈知渝", "A&B 年会 3 桌", "方予安") == MARK
    assert exports.mark(" ", "") == "2026-11-18 13:20"


def test_a_workbook_carries_it_on_every_page_and_its_cells_do_not(desk: Desk, reader: Any, tmp_path: Path) -> None:
    account(desk, "禾渚")
    marked, bare = tmp_path / "marked.xlsx", tmp_path / "bare.xlsx"
    list_out.export(reader, ListQuery(ACCOUNT), marked, mark=MARK)
    list_out.export(reader, ListQuery(ACCOUNT), bare)
    assert _foot(marked) == f"&L {MARK.replace('&', '&&')}&R&P / &N"
    assert _foot(bare) == ""
    assert MARK.replace("&", "&amp;") in zipfile.ZipFile(marked).read("docProps/core.xml").decode()
    cells = [CalamineWorkbook.from_path(str(each)).get_sheet_by_index(0).to_python() for each in (marked, bare)]
    assert cells[0] == cells[1]


@pytest.mark.parametrize("reason", ["年会" * 400, "&" * 300, "x" * 199 + "&&&", "7 桌"])
def test_a_long_reason_never_breaks_the_file(desk: Desk, reader: Any, tmp_path: Path, reason: str) -> None:
    account(desk, "禾渚")
    path = tmp_path / "long.xlsx"
    list_out.export(reader, ListQuery(ACCOUNT), path, mark=reason)
    foot = _foot(path)
    assert 0 < len(foot) <= 255
    assert foot.endswith("&R&P / &N")
    inner = foot.removeprefix("&L ").removesuffix("&R&P / &N").removesuffix("…")
    assert inner.replace("&&", "") == inner.replace("&", ""), "no lone & that would be a command"


@pytest.mark.parametrize("kind", [".csv", ".json"])
def test_data_stay_data(desk: Desk, reader: Any, tmp_path: Path, kind: str) -> None:
    account(desk, "禾渚")
    list_out.export(reader, ListQuery(ACCOUNT), tmp_path / f"a{kind}", mark=MARK)
    assert "沈知渝" not in (tmp_path / f"a{kind}").read_text("utf-8")
