"""Every answer of the expected file, asked of the real command line over the real booking file."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm_desktop import cli
from crm_desktop.desk.desk import Desk
from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.duties.care import queries_proposal
from crm_desktop.duties.care import rules_proposal as care
from crm_desktop.duties.care import words_proposal as care_words
from crm_desktop.duties.clients import actions as clients
from crm_desktop.duties.clients import queries_classes
from crm_desktop.duties.stays.queries import DAILY_COLUMNS
from crm_desktop.duties.today import queries as today
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days, days_before, days_between
from crm_desktop.record.text import say, use
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
        assert say(shown["In house"].note or "") == "694 ad. + 21 ch."
        for line in board.lines:
            assert pages.count(store.writer, pages.ListQuery(store.by_key[line.record], line.filters)) == line.count, line.label


# the clients of the real file: class, rhythm, silence and the proposal, against what its lines say

EVE, BEGIN = "2017-08-31", "2017-09-01"  # the file ends with August


class Fact:
    """What the lines of the file say of an agency or company: every stay kept, as (arrival, nights, amount)."""

    def __init__(self, rhythm: int) -> None:
        self.stays: list[tuple[str, int, int]] = []
        self.rhythm = rhythm  # days before the month whose arrivals make its own gap

    def sum(self, part: int, after: str, until: str) -> int:
        return sum(stay[part] for stay in self.stays if after < stay[0] <= until)

    @property
    def arrivals(self) -> list[str]:
        return sorted({stay[0] for stay in self.stays if stay[0] > days_before(BEGIN, self.rhythm)})

    @property
    def gap(self) -> float:
        return max(1.0, days_between(self.arrivals[0], self.arrivals[-1]) / (len(self.arrivals) - 1))

    @property
    def quiet(self) -> bool:
        return len(self.arrivals) >= 3 and days_between(self.arrivals[-1], BEGIN) > max(14, 2 * self.gap)


def facts() -> dict[str, Fact]:
    """Read with the csv module only."""
    found: dict[str, Fact] = {}
    with BOOKINGS.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            arrival = dt.datetime.strptime(f"{line['arrival_date_year']} {line['arrival_date_month']} {line['arrival_date_day_of_month']}", "%Y %B %d").date().isoformat()
            nights = int(line["stays_in_weekend_nights"]) + int(line["stays_in_week_nights"])
            for who, word in ((line["agent"], "Agent"), (line["company"], "Company")):
                fact = found.setdefault(f"{word} {who.strip()}", Fact(730 if word == "Agent" else 1096))
                if line["reservation_status"] == "Check-Out":
                    fact.stays.append((arrival, nights, int((Decimal(line["adr"]) * 100).quantize(Decimal(1))) * nights))
    return {name: fact for name, fact in found.items() if not name.endswith("NULL")}


@pytest.fixture
def looked_at(booked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, str], queries_proposal.Looked]:
    """The classes given to the clients of the file, and the month proposed after its last day."""
    own = shutil.copytree(booked, tmp_path / "booked")
    for variable in VARIABLES:
        monkeypatch.setenv(variable, str(own / variable))
    dates.set_clock(dt.datetime(2017, 8, 31, 10, 0))
    with Store(own / "crm.db", RECORDS) as store:
        judged, _ = queries_classes.classes(store.writer, BEGIN)
        clients.take_classes(Desk(store, "高澄"), [(one.id, one.version, one.right, "按近12个月") for one in judged])
        return {one.name: one.right for one in judged}, queries_proposal.proposal(store.writer, "2017-09")


def expected(fact: Fact, allowed: int, on: str) -> list[str]:
    """Every reason in words, worked out of the lines of the file."""
    last, year = days_before(BEGIN, 365), days_before(BEGIN, 730)
    near, far, since = days_before(BEGIN, 90), days_before(BEGIN, 365), days_before(BEGIN, 455)
    out = [f"no contact noted yet (standard {allowed} days)"]
    if fact.quiet:
        out.append(f"no stay for {days_between(fact.arrivals[-1], on)} days (their own gap is {round(fact.gap)})")
    nights, nights_before = fact.sum(1, near, BEGIN), fact.sum(1, since, far)
    now, before = fact.sum(2, last, BEGIN), fact.sum(2, year, last)
    if nights_before >= 12 and nights * 100 <= nights_before * 75:
        out.append(f"{nights} room-nights in 90 days (a year before {nights_before}")
    elif before > 0 and now * 100 <= before * 75:
        out.append(f"{now // 100:,}.{now % 100:02d} in 12 months (")
    return out


def test_the_month_proposed_for_the_real_clients_is_explained_row_by_row(looked_at: tuple[dict[str, str], queries_proposal.Looked]) -> None:
    levels, found = looked_at
    known = facts()
    assert (sum(name.startswith("Agent") for name in known), sum(name.startswith("Company") for name in known)) == (333, 352)
    year = {name: (fact.sum(2, days_before(BEGIN, 365), BEGIN), fact.sum(2, days_before(BEGIN, 730), days_before(BEGIN, 365))) for name, fact in known.items()}
    assert set(levels) == {name for name, (now, before) in year.items() if now or before}
    for name, (now, before) in year.items():
        if name in levels:  # twelve months, with a tenth of what it grew or shrank
            counts = now + ((now - before) * 10 // 100 if before > 0 else 0)
            assert levels[name] == next((level for level, least in zip("ABC", (500_000_00, 150_000_00, 30_000_00), strict=True) if counts >= least), "D"), name
    assert found.clients == len(levels)
    everybody = {one.client.name: one for one in (*found.month.touches, *found.month.left)}
    assert len(everybody) == len(found.month.touches) + len(found.month.left) > 100
    assert all(found.month.touches)
    for name, one in everybody.items():
        on = one.day if isinstance(one, care.Touch) else BEGIN
        told = [say(care_words.reason(each, on)) for each in one.reasons if each.key not in (care.GAPS, care.DATE)]
        wanted = expected(known[name], int(found.standards[levels[name]]["silence"]), on)
        assert len(told) == len(wanted), (name, told, wanted)
        assert all(words.startswith(start) for words, start in zip(told, wanted, strict=True)), (name, told, wanted)
        assert one.points == sum(each.points for each in one.reasons) >= int(found.standards[levels[name]]["worth"])
    use("zh_CN")
    best = care.by_weight(found.month.touches)[0]
    assert say(care_words.sentence(best)).startswith(("拜访 09-", "电话 09-")), "one sentence of it"
    assert not [name for name, level in levels.items() if level in "AB" and name not in everybody], "every good client was never seen, so all are there"
    assert all(add_days(BEGIN, -1) < one.day <= "2017-09-30" for one in found.month.touches)
