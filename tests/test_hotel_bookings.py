"""Every answer of the expected file, asked of the real command line over the real booking file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm_desktop import cli
from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.duties.stays.queries import DAILY_COLUMNS
from crm_desktop.duties.today import queries as today
from crm_desktop.record.text import say
from crm_desktop.store import pages
from crm_desktop.store.store import Store
from tests.samples import BOOKINGS, EXPECTED, REPOSITORY, VARIABLES, read_json

pytestmark = pytest.mark.skipif(
    not (BOOKINGS.exists() and EXPECTED.exists()),
    reason=f"the booking file and its answers are not at {BOOKINGS.parent.parent}",
)
NOT_IN_OVERVIEW = ("sha256_of_source", "definitions", "dates")
EXPECTED_FACTS: dict[str, Any] = json.loads(EXPECTED.read_text("utf-8")) if EXPECTED.exists() else {"dates": {}}
DATES: dict[str, dict[str, Any]] = EXPECTED_FACTS["dates"]
Report = Callable[..., dict[str, Any]]


def program(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The program as a person starts it, with folders of its own."""
    own = {variable: str(folder / variable) for variable in VARIABLES}
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "main.py"), *words],
        env=os.environ | own | {"LANG": "en_US.UTF-8", "QT_QPA_PLATFORM": "none"}, cwd=folder,
        capture_output=True, encoding="utf-8", timeout=120, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture(scope="session")
def booked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `crm.db`, into which the real file was imported once."""
    folder = tmp_path_factory.mktemp("booked")
    done = program(folder, "--data", "crm.db", "import", str(BOOKINGS), "--as", "stays")
    assert (done.returncode, done.stderr) == (0, "")
    counts = read_json(done.stdout)
    assert counts == {"read": 119390, "added": 119390, "updated": 0, "same": 0, "refused": 0, "refused_file": None}
    return folder


@pytest.fixture(scope="session")
def told() -> dict[tuple[str, ...], dict[str, Any]]:
    """Reports asked for before: the database does not change."""
    return {}


@pytest.fixture
def report(
    booked: Path, told: dict[tuple[str, ...], dict[str, Any]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Report:
    """Asks for a report as JSON."""
    for variable in VARIABLES:
        monkeypatch.setenv(variable, str(booked / variable))

    def ask(*words: str) -> dict[str, Any]:
        if words not in told:
            told[words] = asked(*words)
        return told[words]

    def asked(*words: str) -> dict[str, Any]:
        assert cli.run(["report", *words, "--data", str(booked / "crm.db"), "--format", "json"]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        found = read_json(out)
        assert list(found) == ["columns", "rows", "totals"]
        assert all(list(row) == found["columns"] for row in found["rows"])
        return found

    return ask


def total(rows: list[dict[str, Any]], name: str) -> str:
    """The sum of a column of decimal strings."""
    units = sum(round(float(row[name]) * 100) for row in rows)
    return f"{units // 100}.{units % 100:02d}"


def test_the_overview_is_the_expected_file(report: Report) -> None:
    found = report("overview")
    assert len(found["rows"]) == 1
    assert found["rows"][0] == {name: value for name, value in EXPECTED_FACTS.items() if name not in NOT_IN_OVERVIEW}


@pytest.mark.parametrize("name", [name for name in EXPECTED_FACTS if name not in NOT_IN_OVERVIEW])
def test_each_fact_of_the_overview(report: Report, name: str) -> None:
    assert report("overview")["rows"][0][name] == EXPECTED_FACTS[name]


@pytest.mark.parametrize("day", DATES)
def test_in_house_totals(report: Report, day: str) -> None:
    expected, found = DATES[day], report("in-house", "--on", day)
    assert found["totals"] == {
        "bookings": expected["in_house_bookings"],
        "adults": expected["in_house_adults"],
        "children_babies": expected["in_house_children_babies"],
        "night_revenue": expected["in_house_night_revenue"],
        "repeat": expected["in_house_repeat"],
        "with_company": expected["in_house_with_company"],
    }


@pytest.mark.parametrize("day", DATES)
def test_in_house_counted_from_its_rows(report: Report, day: str) -> None:
    expected, rows = DATES[day], report("in-house", "--on", day)["rows"]
    assert len(rows) == expected["in_house_bookings"]
    assert Counter(row["hotel"] for row in rows) == expected["in_house_per_hotel"]
    assert Counter(row["company"] for row in rows if row["company"] is not None) == expected["in_house_by_company"]
    assert sum(row["adults"] for row in rows) == expected["in_house_adults"]
    assert sum((row["children"] or 0) + row["babies"] for row in rows) == expected["in_house_children_babies"]
    assert total(rows, "rate") == expected["in_house_night_revenue"]
    assert all(row["arrival"] <= day < row["departure"] and row["nights"] > 0 for row in rows)
    assert {row["status"] for row in rows} == {"Check-Out"}
    assert len({row["id"] for row in rows}) == len(rows)


@pytest.mark.parametrize("day", DATES)
def test_arrivals_and_departures(report: Report, day: str) -> None:
    expected = DATES[day]
    came, left = report("arrivals", "--on", day), report("departures", "--on", day)
    assert came["totals"]["bookings"] == len(came["rows"]) == expected["arrivals_stayed"]
    assert {row["arrival"] for row in came["rows"]} == {day}
    assert left["totals"]["bookings"] == len(left["rows"]) == expected["departures"]
    assert {row["departure"] for row in left["rows"]} == {day}
    assert all(row["nights"] > 0 for row in left["rows"])


def test_arrivals_of_the_day_leave_out_who_never_came(report: Report) -> None:
    assert report("arrivals", "--on", "2016-10-15")["totals"]["bookings"] == 56


@pytest.mark.parametrize("which", ["in-house", "arrivals", "departures"])
def test_daily_rows_have_plain_values(report: Report, which: str) -> None:
    found = report(which, "--on", "2015-12-31")
    assert found["columns"] == list(DAILY_COLUMNS)
    texts = {"id", "hotel", "arrival", "departure", "rate", "status", "segment"}
    for row in found["rows"]:
        assert {name for name, value in row.items() if isinstance(value, str)} >= texts
        assert all(isinstance(row[name], int) for name in ("nights", "adults", "babies"))
        assert all(row[name] != "" for name in row)
        assert len(row["id"]) == 13
        assert row["rate"].rsplit(".", 1)[1].isdigit()
        assert len(row["rate"].rsplit(".", 1)[1]) == 2


@pytest.mark.parametrize(
    ("by", "word", "missing"), [("agency", "agents", "agent"), ("company", "companies", "company")]
)
def test_production_of_agencies_and_companies(report: Report, by: str, word: str, missing: str) -> None:
    found = report("production", "--by", by)
    tops = [{"code": row["key"], **{k: row[k] for k in ("bookings", "nights", "revenue")}} for row in found["rows"]]
    assert tops[:10] == EXPECTED_FACTS[f"top10_{word}_by_nights"]
    assert sorted(tops, key=lambda row: -float(row["revenue"]))[:10] == EXPECTED_FACTS[f"top10_{word}_by_revenue"]
    nine = next(row for row in found["rows"] if row["key"] == ("9" if by == "agency" else "40"))
    assert nine["name"] == ("Agent 9" if by == "agency" else "Company 40")
    without = found["totals"]["without_key"]
    assert set(without) == {"bookings", "nights", "revenue"}
    assert 0 < without["bookings"] <= EXPECTED_FACTS["missing"][missing]
    for name in ("bookings", "nights"):
        assert sum(row[name] for row in found["rows"]) + without[name] == found["totals"][name]
    assert total([*found["rows"], without], "revenue") == found["totals"]["revenue"] == EXPECTED_FACTS["room_revenue_total"]


def test_production_by_hotel(report: Report) -> None:
    found = report("production", "--by", "hotel")
    assert {row["key"]: row["nights"] for row in found["rows"]} == EXPECTED_FACTS["stayed_room_nights_per_hotel"]
    assert {row["key"]: row["revenue"] for row in found["rows"]} == EXPECTED_FACTS["room_revenue_per_hotel"]
    assert found["totals"]["without_key"] == {"bookings": 0, "nights": 0, "revenue": "0.00"}
    stayed = {hotel: counts["Check-Out"] for hotel, counts in EXPECTED_FACTS["status_per_hotel"].items()}
    assert {row["key"]: row["bookings"] for row in found["rows"]} == stayed


def test_production_by_segment(report: Report) -> None:
    found = report("production", "--by", "segment")
    assert {row["key"]: row["revenue"] for row in found["rows"]} == EXPECTED_FACTS["revenue_by_market_segment"]
    assert found["totals"]["bookings"] == EXPECTED_FACTS["stayed_bookings"]
    assert found["totals"]["nights"] == EXPECTED_FACTS["stayed_room_nights"]


def test_production_by_month(report: Report) -> None:
    found = report("production", "--by", "month")
    assert {row["key"]: row["revenue"] for row in found["rows"]} == EXPECTED_FACTS["revenue_by_arrival_month"]
    assert [row["key"] for row in found["rows"]] == sorted(EXPECTED_FACTS["revenue_by_arrival_month"])


@pytest.mark.parametrize("month", ["2016-10", "2016-02"])
def test_from_and_to_bound_the_arrival_both_included(report: Report, month: str) -> None:
    last = {"2016-10": "31", "2016-02": "29"}[month]
    found = report("production", "--by", "hotel", "--from", f"{month}-01", "--to", f"{month}-{last}")
    assert found["totals"]["revenue"] == EXPECTED_FACTS["revenue_by_arrival_month"][month]
    by_month = report("production", "--by", "month", "--from", f"{month}-01", "--to", f"{month}-{last}")
    assert [row["key"] for row in by_month["rows"]] == [month]
    assert by_month["totals"]["revenue"] == found["totals"]["revenue"]


def test_the_same_file_again_would_add_nothing(booked: Path) -> None:
    done = program(booked, "import", str(BOOKINGS), "--as", "stays", "--dry-run", "--data", "crm.db")
    assert done.returncode == 0
    assert read_json(done.stdout) == {
        "read": 119390, "added": 0, "updated": 0, "same": 119390, "refused": 0, "refused_file": None,
    }  # fmt: skip


def test_everything_checks(booked: Path) -> None:
    done = program(booked, "check", "--data", "crm.db")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Everything is as it was saved.\n", "")


def test_a_report_of_the_real_program_is_one_object(booked: Path) -> None:
    done = program(booked, "--format", "json", "report", "arrivals", "--on", "2016-10-15", "--data", "crm.db")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(read_json(done.stdout)["rows"]) == 56


@pytest.mark.usefixtures("report")  # the folders of its keys
def test_today_of_a_past_day_as_it_was(booked: Path) -> None:
    """What the page shows of 2016-10-15, every number with as many rows behind it."""
    with Store(booked / "crm.db", RECORDS) as store:
        board = today.board(store.writer, DUTIES, "2016-10-15", None)
        shown = {say(line.label): line for line in board.lines}
        assert [shown[name].count for name in ("In house", "Arrivals", "Departures", "Company 223: rooms")] == [400, 56, 57, 96]
        assert say(shown["In house"].note or "") == "694 adults"
        for line in board.lines:
            assert pages.count(store.writer, pages.ListQuery(store.by_key[line.record], line.filters)) == line.count, line.label
