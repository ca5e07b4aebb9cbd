"""A file that does not say which of several hotels its rows belong to, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop import cli
from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.store.store import Store
from tests.samples import csv_file, hotel, read_json


def test_the_command_line_is_told_the_hotel(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Store(tmp_path / "crm.db", RECORDS, create=True) as store:
        for name in ("City Hotel", "Resort Hotel"):
            hotel(Desk(store), name)
    path = csv_file(tmp_path / "arrivals.csv", ["预订号", "姓名", "抵店", "离店"], ["0012", "王小明", "2026-11-23", "2026-11-25"])
    order = ["import", str(path), "--as", "stays", "--data", str(tmp_path / "crm.db")]
    assert cli.run(order) == 1
    assert "which of the 2 hotels" in capsys.readouterr().err
    assert cli.run([*order, "--hotel", "Lake House"]) == 1
    assert "City Hotel, Resort Hotel" in capsys.readouterr().err
    assert cli.run([*order, "--hotel", "Resort Hotel"]) == 0
    assert read_json(capsys.readouterr().out)["added"] == 1
