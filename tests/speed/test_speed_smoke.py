"""The measuring works and writes what it should; how fast anything is, no test asks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from . import __main__ as speed
from . import measure, rows_window, rows_write
from .ground import Ground
from .measure import Row, percentile

FACTOR = 0.002
KEYS = {"name", "value", "raw", "ratio", "bar", "met"}
QUICK = ("search", "find", "list", "reports", "save", "clients", "lock", "export", "sheet", "ten_times", "sign_in")


@pytest.fixture
def ground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ground:
    """A folder of this test's own; the settings it points to are put back afterwards."""
    for name in ("CRM_DESKTOP_DATA", "CRM_DESKTOP_SETTINGS"):
        monkeypatch.setenv(name, str(tmp_path))
    return Ground(tmp_path / "ground")


def test_every_backend_row_has_the_shape_of_the_table(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measure, "RUNS", 1)
    found = speed.measure(ground, FACTOR, QUICK)
    assert not [row.bar for row in found if row.bar.startswith("failed")]
    speed.write_json(tmp_path / "speed.json", found)
    rows = json.loads((tmp_path / "speed.json").read_text("utf-8"))["rows"]
    assert len(rows) > 30
    for row in rows:
        assert set(row) == KEYS
        assert isinstance(row["name"], str)
        assert isinstance(row["bar"], str)
        assert row["met"] is None or isinstance(row["met"], bool)
        assert all(row[key] is None or isinstance(row[key], int | float) for key in ("value", "raw", "ratio"))


def test_a_file_comes_in_while_the_list_turns(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_window, "LOOP_RUNS", 1)
    monkeypatch.setattr(rows_window, "BOOKINGS", ground.base / "none.csv")
    rows = {row.name: row for row in speed.measure(ground, FACTOR, ["event_loop"])}
    assert not [row.bar for row in rows.values() if row.bar.startswith("failed")]
    assert rows["event loop: that import, s"].value


def test_a_missing_file_is_told_not_failed(ground: Ground, tmp_path: Path) -> None:
    (row,) = rows_write.import_rows(ground, FACTOR, tmp_path / "nowhere.csv")
    assert row.met is None
    assert "nowhere.csv" in row.bar


def test_a_group_that_breaks_is_a_row(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> list[Row]:
        raise RuntimeError("no")

    monkeypatch.setitem(speed.GROUPS, "search", broken)
    (row,) = speed.measure(ground, FACTOR, ["search"])
    assert row.met is False
    assert "no" in speed.table([row])


def test_percentile_is_a_number_of_the_list() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile(list(range(100)), 0.95) == 94


def test_a_start_loads_nothing_that_only_writing_needs(ground: Ground) -> None:
    """The home is painted from a reader: what writes, reads files or sets papers is loaded when somebody does that."""
    dataset = ground.dataset(FACTOR)
    code = (
        "import sys\nfrom tests.speed.child import open_home\nkept = open_home(sys.argv[1])\n"
        "late = ('sqlite_utils', 'typst', 'psycopg', 'python_calamine', 'icalendar', 'phonenumbers', 'cryptography', 'argon2', 'keyring', 'xlsxwriter')\n"
        "print(*sorted(name for name in late if name in sys.modules), flush=True)\nimport os\nos._exit(0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(dataset.path)], cwd=measure.ROOT, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.strip() == ""
