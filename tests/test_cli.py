"""The command line: its words, its exits, what it prints and where."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm_desktop import VERSION, cli, start
from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.stays.records import STAY
from crm_desktop.store.folders import data_folder, settings_folder
from crm_desktop.store.store import Store
from tests.kept import Kept
from tests.samples import REPOSITORY, SHARED, account, csv_bytes, csv_file, facts, read_json, remove, sound, stay

Run = Callable[..., tuple[int, str, str]]
HEAD = ("hotel", "arrival", "departure", "status", "agency", "company", "rate", "segment", "adults", "children", "country")
ROWS = [
    ("City Hotel", "2026-11-16", "2026-11-18", "Check-Out", "9", "", "500.00", "Direct", "2", "1", "CHN"),
    ("City Hotel", "2026-11-17", "2026-11-17", "Check-Out", "9", "40", "80", "", "1", "", ""),
    ("Resort Hotel", "2026-11-17", "2026-11-20", "Canceled", "", "40", "100", "Groups", "", "", "PRT"),
    ("Resort Hotel", "2026-10-01", "2026-11-18", "Check-Out", "", "", "-6.38", "Direct", "2", "0", "PRT"),
]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Does what is typed, with `--data` at the end: (exit, stdout, stderr)."""

    def do(*words: str, data: Path | None = None) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = cli.run([*words, "--data", str(data or tmp_path / "crm.db")])
        except SystemExit as ended:
            status = int(str(ended.code))
        out, err = capsys.readouterr()
        return status, out, err

    return do


@pytest.fixture
def stays(tmp_path: Path) -> Path:
    """A small file of stays."""
    return csv_file(tmp_path / "stays.csv", HEAD, *ROWS)


@pytest.fixture
def begun(run: Run, empty: Kept, tmp_path: Path) -> Run:
    """A database with nothing in it: most of what a first import takes is making one."""
    empty.copy(tmp_path / "crm.db")
    return run


@pytest.fixture
def filled(begun: Run, stays: Path) -> Run:
    """A database with four stays."""
    run = begun
    assert run("import", str(stays), "--as", "stays")[0] == 0
    return run


def program(tmp_path: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own."""
    own = {"CRM_DESKTOP_DATA": str(data_folder()), "CRM_DESKTOP_SETTINGS": str(settings_folder()), "QT_QPA_PLATFORM": "none"}
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "main.py"), *words], env=os.environ | own | environment, cwd=tmp_path,
        capture_output=True, timeout=60, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


WRONG = [
    ["import"], ["import", "x.csv"], ["import", "x.csv", "--as", "spoons"], ["export", "stays"], ["export", "spoons", "--to", "x.csv"], ["report"],
    ["report", "revenue"], ["report", "in-house"], ["report", "arrivals", "--on", "soon"], ["report", "departures", "--on", "2026-02-30"], ["report", "production"],
    ["report", "production", "--by", "guest"], ["report", "production", "--by", "month", "--from", "2026-02-01", "--to", "2026-01-01"],
    ["report", "overview", "--format", "xml"], ["plain-copy"], ["fly"], [], ["--format", "json"], ["export", "stays", "--to", "x.csv", "--encoding", "latin-1"],
    ["report", "in-house", "--on", "2026-01-01", "--from", "2026-01-01"], ["report", "arrivals", "--on", "2026-01-01", "--by", "month"],
    ["report", "production", "--by", "month", "--on", "2026-01-01"], ["report", "overview", "--on", "2026-01-01"],
    ["report", "overview", "--nonsense"], ["import", "x.csv", "--as", "stays", "extra"],
]  # fmt: skip


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_usage_is_2_and_changes_nothing(run: Run, tmp_path: Path, words: list[str]) -> None:
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert err.startswith("usage: ")
    assert not (tmp_path / "crm.db").exists()


def test_help_and_version(run: Run) -> None:
    assert run("--version") == (0, VERSION + "\n", "")
    status, out, err = run("--help")
    assert (status, err) == (0, "")
    for word in cli.WORDS:
        assert word in out
        assert run(word, "--help")[0] == 0


NO_DATABASE = [
    ["report", "overview"], ["report", "in-house", "--on", "2026-11-16"], ["export", "stays", "--to", "x.csv"], ["plain-copy", "--to", "x.sqlite"],
    ["backup"], ["backup", "--list"], ["check"], ["restore"], ["salvage"],
]  # fmt: skip


@pytest.mark.parametrize("words", NO_DATABASE, ids=" ".join)
def test_without_a_database_one_sentence_and_nothing_made(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run(*words)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "crm.db" in err
    assert list(tmp_path.glob("*")) == []


@pytest.mark.parametrize("words", [*NO_DATABASE, ["import", "s.csv", "--as", "stays"]], ids=" ".join)
def test_what_is_not_ours_is_refused_politely(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    csv_file(tmp_path / "s.csv", HEAD, *ROWS)
    (tmp_path / "crm.db").write_bytes(b"SQLite format 3\0" + b"mine" * 900)
    before = (tmp_path / "crm.db").read_bytes()
    status, out, err = run(*words)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert (tmp_path / "crm.db").read_bytes() == before


# reports


def report(run: Run, *words: str) -> dict[str, Any]:
    status, out, err = run("report", *words, "--format", "json")
    assert (status, err) == (0, "")
    return read_json(out)


def test_daily_reports(filled: Run) -> None:
    found = report(filled, "in-house", "--on", "2026-11-17")
    assert found["totals"] == {"bookings": 2, "adults": 4, "children_babies": 1, "night_revenue": "493.62", "repeat": 0, "with_company": 0}
    row = found["rows"][1]
    assert (row["hotel"], row["agency"], row["company"], row["segment"], row["country"], row["rate"], row["children"], row["babies"]) == (
        "City Hotel", "9", None, "Direct", "CHN", "500.00", 1, None,
    )  # fmt: skip
    assert len(report(filled, "arrivals", "--on", "2026-11-17")["rows"]) == 1
    assert [r["nights"] for r in report(filled, "departures", "--on", "2026-11-18")["rows"]] == [48, 2]
    empty = report(filled, "departures", "--on", "2026-11-17")
    assert (empty["rows"], empty["totals"]["bookings"], empty["totals"]["night_revenue"]) == ([], 0, "0.00")


@pytest.mark.parametrize(
    ("by", "keys"),
    [("agency", ["9"]), ("company", ["40"]), ("segment", ["Direct"]), ("hotel", ["Resort Hotel", "City Hotel"]), ("month", ["2026-10", "2026-11"])],
)
def test_production(filled: Run, by: str, keys: list[str]) -> None:
    found = report(filled, "production", "--by", by)
    assert found["columns"] == ["key", "name", "bookings", "nights", "revenue"]
    assert [row["key"] for row in found["rows"]] == keys
    totals, without = found["totals"], found["totals"]["without_key"]
    assert (totals["bookings"], totals["nights"], totals["revenue"]) == (3, 50, "693.76")
    assert sum(row["bookings"] for row in found["rows"]) + without["bookings"] == 3
    assert sum(row["nights"] for row in found["rows"]) + without["nights"] == 50


def test_production_is_the_same_kept_and_counted(filled: Run) -> None:
    """Over all time it comes from kept sums, between two days it is counted: they must agree."""
    for by in ("agency", "company", "hotel"):
        assert report(filled, "production", "--by", by) == report(filled, "production", "--by", by, "--from", "0001-01-01", "--to", "9999-12-31")


def test_production_of_clients_without_a_code_goes_by_their_names(run: Run, tmp_path: Path) -> None:
    with Store(tmp_path / "crm.db", RECORDS, create=True) as store:
        desk = Desk(store)
        stay(desk, company_id=account(desk, "东方公司"))
    assert [row["key"] for row in report(run, "production", "--by", "company")["rows"]] == ["东方公司"]
    assert report(run, "production", "--by", "company", "--from", "2026-01-01")["rows"][0]["key"] == "东方公司"
    assert report(run, "in-house", "--on", "2026-11-17")["rows"][0]["company"] == "东方公司"


def test_an_overview_of_nothing(run: Run, tmp_path: Path) -> None:
    Store(tmp_path / "crm.db", RECORDS, create=True).close()
    (only,) = report(run, "overview")["rows"]
    assert (only["rows"], only["room_revenue_total"], only["adr_min"], only["longest_stay_nights"], only["top10_agents_by_nights"]) == (0, "0.00", None, None, [])
    for by in ("agency", "company", "segment", "hotel", "month"):
        found = report(run, "production", "--by", by)
        assert (found["rows"], found["totals"]["bookings"], found["totals"]["without_key"]["revenue"]) == ([], 0, "0.00")


def test_removed_bookings_are_in_no_report(filled: Run, tmp_path: Path) -> None:
    with Store(tmp_path / "crm.db", RECORDS) as store:
        desk = Desk(store)
        for row in facts(store)["stay"]:
            remove(desk, STAY, row[0])
    assert report(filled, "overview")["rows"][0]["rows"] == 0
    assert report(filled, "production", "--by", "agency")["rows"] == []
    assert report(filled, "in-house", "--on", "2026-11-17")["rows"] == []


@pytest.mark.parametrize("order", ["before", "after", "both", "joined"])
def test_options_stand_before_or_after_the_word(filled: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], order: str) -> None:
    data = str(tmp_path / "crm.db")
    words = {
        "before": ["--data", data, "--format", "json", "report", "overview"], "after": ["report", "overview", "--format", "json", "--data", data],
        "both": ["--data", "elsewhere.db", "--format", "csv", "report", "overview", "--format", "json", "--data", data],
        "joined": [f"--data={data}", "report", "--format=json", "overview"],
    }[order]  # fmt: skip
    assert filled
    capsys.readouterr()
    assert cli.run(words) == 0
    assert read_json(capsys.readouterr().out)["rows"][0]["rows"] == 4


def test_a_report_as_csv(filled: Run) -> None:
    status, out, err = filled("report", "in-house", "--on", "2026-11-17", "--format", "csv")
    assert (status, err) == (0, "")
    head, *rows = list(csv.reader(io.StringIO(out)))
    assert head == report(filled, "in-house", "--on", "2026-11-17")["columns"]
    assert [dict(zip(head, row, strict=True))["rate"] for row in rows] == ["-6.38", "500.00"]
    assert dict(zip(head, rows[0], strict=True))["agency"] == ""
    status, out, err = filled("report", "overview", "--format", "csv")
    head, only = list(csv.reader(io.StringIO(out)))
    assert json.loads(dict(zip(head, only, strict=True))["bookings_per_hotel"]) == {"City Hotel": 2, "Resort Hotel": 2}


def test_a_report_as_csv_has_no_formula(run: Run, tmp_path: Path) -> None:
    with Store(tmp_path / "crm.db", RECORDS, create=True) as store:
        desk = Desk(store)
        stay(desk, company_id=account(desk, "=1+1"), country="@SUM(A1)")
    _, out, _ = run("report", "in-house", "--on", "2026-11-17", "--format", "csv")
    assert ",'=1+1," in out
    assert ",'@SUM(A1)," in out


def test_a_report_for_people(filled: Run) -> None:
    status, out, err = filled("report", "production", "--by", "hotel")
    assert (status, err) == (0, "")
    assert out.splitlines()[0].split() == ["key", "name", "bookings", "nights", "revenue"]
    assert "without_key: " in out
    assert "bookings_per_hotel: " in filled("report", "overview")[1]


# import


def test_an_import_prints_one_line(run: Run, stays: Path, tmp_path: Path) -> None:
    status, out, err = run("import", str(stays), "--as", "stays")
    assert (status, err) == (0, "")
    assert read_json(out) == {"read": 4, "added": 4, "updated": 0, "same": 0, "refused": 0, "refused_file": None}
    assert read_json(run("import", str(stays), "--as", "stays")[1])["same"] == 4
    with Store(tmp_path / "crm.db", RECORDS) as store:
        assert store.writer.execute("select count(*) from change").fetchone() == (1,)
        sound(store)


def test_a_dry_run_changes_nothing(run: Run, stays: Path, tmp_path: Path) -> None:
    expected = {"read": 4, "added": 4, "updated": 0, "same": 0, "refused": 0, "refused_file": None}
    before = sorted(p for p in tmp_path.rglob("*") if p.is_file())
    status, out, err = run("import", str(stays), "--as", "stays", "--dry-run")
    assert (status, read_json(out), err) == (0, expected, "")
    assert sorted(p for p in tmp_path.rglob("*") if p.is_file()) == before
    run("import", str(stays), "--as", "stays")
    with Store(tmp_path / "crm.db", RECORDS) as store:
        kept = facts(store)
    assert read_json(run("import", str(stays), "--as", "stays", "--dry-run", "--add-same")[1])["added"] == 4
    with Store(tmp_path / "crm.db", RECORDS) as store:
        assert facts(store) == kept


def test_bad_rows_are_left_out_told_and_kept(run: Run, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "s.csv", HEAD, ROWS[0], ("City Hotel", "never", *ROWS[0][2:]), ROWS[1][:4])
    status, out, err = run("import", str(path), "--as", "stays")
    found = read_json(out)
    assert (status, {k: found[k] for k in ("read", "added", "refused")}) == (0, {"read": 3, "added": 1, "refused": 2})
    assert err.splitlines() == ["Line 3: Arrival: 'never' is not a date like 2026-11-18", "Line 4: 4 cells instead of 11"]
    kept = Path(found["refused_file"])
    assert kept.is_relative_to(data_folder())
    rows = list(csv.reader(io.StringIO(kept.read_text("utf-8-sig"))))
    assert [row[-2] for row in rows] == ["Line in the file", "3", "4"]
    assert rows[1][:3] == ["City Hotel", "never", "2026-11-18"]


LIKELY = ("单位名称", "网址"), ("锦泽紡織有限公司", "www.example.com"), ("云栖新材", "")


@pytest.mark.parametrize(("word", "names", "site"), [("refuse", 2, ""), ("leave", 2, ""), ("add", 3, ""), ("update", 2, "www.example.com")])
def test_what_may_be_here_already_is_not_added_unless_said(begun: Run, tmp_path: Path, word: str, names: int, site: str) -> None:
    begun("import", str(csv_file(tmp_path / "a.csv", ["name", "code"], ["锦泽纺织有限公司", "C1"])), "--as", "accounts")
    again = ("import", str(csv_file(tmp_path / "b.csv", *LIKELY)), "--as", "accounts")
    status, out, err = begun(*again, *(() if word == "refuse" else ("--likely", word)))
    with Store(tmp_path / "crm.db", RECORDS) as store:
        found = store.writer.execute("select website from account where gone is null order by id").fetchall()
    assert (status, len(found), found[0]) == (0, names, (site,))
    told = read_json(out)
    assert (told["added"], told["refused"], told.get("likely", 0)) == (names - 1, int(word == "refuse"), int(word != "add"))
    if word == "refuse":
        assert "Line 2: This may be 锦泽纺织有限公司" in err
        assert "traditional" in err
        assert "--likely add, update or leave" in err
        assert begun(*again, "--strict")[0] == 1
        rows = list(csv.reader(io.StringIO(Path(told["refused_file"]).read_text("utf-8-sig"))))
        assert rows[1][:2] == ["锦泽紡織有限公司", "www.example.com"]


def test_strict_refuses_the_whole_and_makes_nothing(run: Run, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "s.csv", HEAD, ROWS[0], ("City Hotel", "never", *ROWS[0][2:]))
    status, out, err = run("import", str(path), "--as", "stays", "--strict")
    assert (status, out) == (1, "")
    assert err == "Line 3: Arrival: 'never' is not a date like 2026-11-18. Nothing was imported.\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["s.csv"]


def test_a_refused_file_that_cannot_be_kept_refuses_the_import(run: Run, tmp_path: Path) -> None:
    data_folder().parent.mkdir(parents=True)
    data_folder().write_text("a file in its place")
    path = csv_file(tmp_path / "s.csv", HEAD, ROWS[0], ROWS[1][:4])
    status, out, err = run("import", str(path), "--as", "stays")
    assert (status, out) == (1, "")
    assert "could not be written" in err
    with Store(tmp_path / "crm.db", RECORDS, create=True) as store:
        assert facts(store)["stay"] == []


def ar_file() -> Path:
    return next(iter((SHARED / "ar").glob("*.csv")), Path("missing"))


NAMES = ",".join(HEAD)
FINE = ",".join(ROWS[0])
BROKEN: list[Any] = [
    pytest.param(b"", "is empty", id="empty"), pytest.param(bytes(range(256)) * 9, "is not", id="binary"),
    pytest.param(b"PK\x03\x04" + b"\0" * 99, "cannot be read", id="workbook"),
    pytest.param(f'{NAMES}\n{FINE}\n"{FINE}\n'.encode(), "quotation mark that opens near line 3", id="unclosed quote"),
    pytest.param(f"{NAMES}\n".encode(), "has headings but no rows", id="headings only"), pytest.param(f"{NAMES}\n\n\n".encode(), "has headings but no rows", id="empty lines"),
    pytest.param((",".join(f"c{n}" for n in range(1000)) + "\n1\n").encode(), "1000 columns", id="1,000 columns"),
    pytest.param(f"{NAMES}\n{FINE}\n".encode().replace(b"CHN", b"C\0N"), "is not a text file", id="NUL in the middle"),
    pytest.param(f"{NAMES},hotel\n{FINE},x\n".encode(), "'hotel' stands twice", id="duplicate headings"),
    pytest.param(b"a,b\n1,2\n", "no column", id="unknown headings"),
    pytest.param(b"\xff\xfe\x00", "is not text", id="half UTF-16"), pytest.param(FINE.encode(), "no column", id="no headings"),
]


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize(("content", "reason"), BROKEN)
def test_a_broken_file_changes_nothing(run: Run, stays: Path, tmp_path: Path, empty: Kept, content: bytes, reason: str, there: bool) -> None:
    if there:
        empty.copy(tmp_path / "crm.db")
        run("import", str(stays), "--as", "stays")
    (tmp_path / "broken.csv").write_bytes(content)
    before = sorted(p.name for p in tmp_path.iterdir())
    status, out, err = run("import", str(tmp_path / "broken.csv"), "--as", "stays")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert reason in err
    if there:
        with Store(tmp_path / "crm.db", RECORDS) as store:
            assert len(facts(store)["stay"]) == 4
            assert store.writer.execute("select count(*) from change").fetchone() == (1,)
            sound(store)
    else:
        assert sorted(p.name for p in tmp_path.iterdir()) == before


@pytest.mark.skipif(not ar_file().exists(), reason=f"the table of receivables is not at {SHARED}")
@pytest.mark.parametrize("records", ["stays", "accounts", "people", "hotels"])
def test_the_wrong_table_is_refused(run: Run, tmp_path: Path, records: str) -> None:
    status, out, err = run("import", str(ar_file()), "--as", records)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("records", ["accounts", "people"])
def test_stays_are_no_clients(run: Run, stays: Path, records: str) -> None:
    status, _, err = run("import", str(stays), "--as", records)
    assert (status, err.count("\n")) == (1, 1)
    assert "no column for Name" in err


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_encoding_is_the_same_file(begun: Run, tmp_path: Path, encoding: str, end: str) -> None:
    """Twelve ways to write the same bookings: the second and later add nothing."""
    rows = [("滨江酒店", *row[1:]) for row in ROWS]
    (tmp_path / "first.csv").write_bytes(csv_bytes([HEAD, *rows]))
    assert read_json(begun("import", str(tmp_path / "first.csv"), "--as", "stays")[1])["added"] == 4
    (tmp_path / "second.csv").write_bytes(csv_bytes([HEAD, *rows], encoding, end))
    status, out, err = begun("import", str(tmp_path / "second.csv"), "--as", "stays")
    assert (status, err, read_json(out)["same"]) == (0, "", 4)


@pytest.mark.parametrize(("name", "reason"), [("nothing", "There is no mapping 'nothing'"), ("hotel-bookings", "no column 'reservation_status'"), ("headings", "")])
def test_a_named_mapping(run: Run, stays: Path, name: str, reason: str) -> None:
    status, out, err = run("import", str(stays), "--as", "stays", "--mapping", name)
    assert status == (1 if reason else 0)
    assert reason in err
    assert (out == "") == bool(reason)


@pytest.mark.parametrize("path", ["missing.csv", "."])
def test_a_file_that_cannot_be_read(run: Run, tmp_path: Path, path: str) -> None:
    status, out, err = run("import", str(tmp_path / path), "--as", "stays")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "cannot be read" in err


# the other words


def test_export_of_each(filled: Run, tmp_path: Path) -> None:
    counts = {"stays": 4, "accounts": 2, "people": 0, "vip-stays": 0, "receivables": 0, "maintenance-plans": 0, "follow-ups": 0}
    for records, count in counts.items():
        path = tmp_path / f"{records} out.csv"
        status, out, err = filled("export", records, "--to", str(path))
        assert (status, out) == (0, "")
        assert err == f"{count} rows written to {path}\n"
        assert path.read_bytes().count(b"\r\n") == count + 1
    assert filled("export", "stays", "--to", str(tmp_path / "g.csv"), "--encoding", "gb18030")[0] == 0
    with Store(tmp_path / "crm.db", RECORDS) as store:
        logged = store.writer.execute("select action, source, rows from change where seq > 1 order by seq").fetchall()
    assert logged[0] == ("Exported", "stays: 4 -> stays out.csv", 0)
    assert len(logged) == len(counts) + 1


def test_the_whole_round_through_the_command_line(filled: Run, tmp_path: Path) -> None:
    with Store(tmp_path / "crm.db", RECORDS) as store:
        account(Desk(store), "=1+1", code="007", remark="two\nlines")
    other = tmp_path / "other.db"
    for records in ("accounts", "people", "stays"):
        first, second = tmp_path / f"{records}-1.csv", tmp_path / f"{records}-2.csv"
        filled("export", records, "--to", str(first))
        if first.read_bytes().count(b"\n") > 1:
            status, out, err = filled("import", str(first), "--as", records, data=other)
            assert (status, err, read_json(out)["refused"]) == (0, "", 0)
        filled("export", records, "--to", str(second), data=other)
        assert second.read_bytes() == first.read_bytes()


def test_export_never_over_a_database(filled: Run, tmp_path: Path) -> None:
    for words in (["export", "stays", "--to"], ["backup", "--to"], ["plain-copy", "--to"]):
        status, _, err = filled(*words, str(tmp_path / "crm.db"))
        assert (status, err.count("\n")) == (1, 1)
    assert report(filled, "overview")["rows"][0]["rows"] == 4


def test_backup_and_the_way_back(filled: Run, tmp_path: Path, stays: Path) -> None:
    assert filled("backup", "--list") == (0, "", "")
    status, out, err = filled("backup")
    assert (status, err) == (0, "")
    made = Path(out.strip())
    assert made.exists()
    assert str(made) in filled("backup", "--list")[1]
    filled("import", str(stays), "--as", "stays", "--add-same")
    assert report(filled, "overview")["rows"][0]["rows"] == 8
    for words in (["restore"], ["restore", str(made)]):
        status, out, err = filled(*words)
        assert (status, out) == (0, f"{tmp_path / 'crm.db'}\n")
        assert "was put aside as" in err
        assert report(filled, "overview")["rows"][0]["rows"] == 4
    assert filled("check")[0] == 0
    assert filled("backup", "--to", str(tmp_path / "usb.backup"))[0] == 0
    assert filled("restore", str(tmp_path / "usb.backup"))[0] == 0
    status, _, err = filled("restore", str(stays))
    assert (status, err.count("\n")) == (1, 1)


def test_check_says_what_is_wrong(filled: Run, tmp_path: Path) -> None:
    assert filled("check") == (0, "Everything is as it was saved.\n", "")
    with Store(tmp_path / "crm.db", RECORDS) as store:
        store.writer.execute("update stay set rate = 1")
    status, out, err = filled("check")
    assert (status, out) == (1, "")
    assert "4 rows of Stays are not as they were saved" in err


def test_a_backup_is_checked_without_being_written_to(filled: Run, tmp_path: Path) -> None:
    path = tmp_path / "copy.backup"
    assert filled("backup", "--to", str(path))[0] == 0
    before = path.read_bytes()
    assert filled("check", str(path)) == (0, "Everything is as it was saved.\n", "")
    assert program(tmp_path, "--data", str(path), "check").returncode == 0
    assert b"is a backup" in program(tmp_path, "--data", str(path), "report", "overview").stderr
    assert path.read_bytes() == before
    assert filled("restore", str(path))[0] == 0
    path.write_bytes(before[:-1])
    assert "not as it was when it was made" in filled("check", str(path))[2]


def test_the_first_days_there_are(filled: Run) -> None:
    assert filled("report", "in-house", "--on", "0001-01-03")[0] == 0


def test_a_damaged_database_is_a_sentence(filled: Run, tmp_path: Path) -> None:
    path = tmp_path / "crm.db"
    content = path.read_bytes()
    for at in range(9000, len(content), 4096):
        content = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
    path.write_bytes(content)
    for words in (["report", "overview"], ["export", "stays", "--to", str(tmp_path / "x.csv")], ["check"], ["backup"], ["plain-copy", "--to", str(tmp_path / "x.sqlite")]):
        status, out, err = filled(*words)
        assert (status, out, err.count("\n")) == (1, "", 1), words
    assert not (tmp_path / "x.csv").exists()
    assert not (tmp_path / "x.sqlite").exists()


def test_plain_copy(filled: Run, tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    status, out, err = filled("plain-copy", "--to", str(tmp_path / "copy.sqlite"))
    assert (status, read_json(out)["stay"]) == (0, 4)
    assert "is not encrypted" in err
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as db:
        assert db.execute("select count(*) from stay").fetchone() == (4,)
        assert db.execute("select count(*) from change where action = 'Plain copy made'").fetchone() == (1,)
    status, _, err = filled("plain-copy", "--to", str(tmp_path / "copy.sqlite"))
    assert (status, err.count("\n")) == (1, 1)


# the program itself


def test_the_real_program_speaks_utf_8_whatever_the_terminal(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "s.csv", HEAD, ("滨江酒店", *ROWS[0][1:]))
    for environment in ({"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONUTF8": "0", "LANG": "C"}):
        assert program(tmp_path, "import", str(path), "--as", "stays", "--data", "x.db", **environment).returncode == 0
        done = program(tmp_path, "report", "production", "--by", "hotel", "--format", "json", "--data", "x.db", **environment)
        assert (done.returncode, done.stderr) == (0, b"")
        assert json.loads(done.stdout.decode("utf-8"))["rows"][0]["key"] == "滨江酒店"
        assert "滨江酒店".encode() in done.stdout


def test_the_real_program_speaks_chinese(tmp_path: Path) -> None:
    done = program(tmp_path, "report", "overview", "--data", "x.db", LC_ALL="zh_CN.UTF-8")
    assert done.returncode == 1
    words = done.stderr.decode("utf-8")
    assert "x.db" in words
    assert any("\u4e00" <= c <= "\u9fff" for c in words)


def test_without_a_name_the_persons_own_database_is_used(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "s.csv", HEAD, *ROWS)
    assert program(tmp_path, "import", str(path), "--as", "stays").returncode == 0
    assert (data_folder() / "crm.db").exists()
    assert json.loads(program(tmp_path, "report", "overview", "--format", "json").stdout)["rows"][0]["rows"] == 4


def test_nobody_reads_on(tmp_path: Path) -> None:
    """`report ... | head -1` ends quietly."""
    rows = [("City Hotel", "2026-11-16", "2026-11-18", "Check-Out", str(n), "", "1", "", "", "", "") for n in range(4000)]
    program(tmp_path, "import", str(csv_file(tmp_path / "s.csv", HEAD, *rows)), "--as", "stays", "--data", "x.db")
    words = [sys.executable, str(REPOSITORY / "main.py"), "report", "in-house", "--on", "2026-11-16", "--format", "csv", "--data", "x.db"]
    with subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b"id,")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 1


def test_no_qt_is_loaded(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "s.csv", HEAD, *ROWS)
    code = (
        "import sys; from crm_desktop.start import run;"
        f"run(['import', {str(path)!r}, '--as', 'stays', '--data', 'x.db']); run(['report', 'overview', '--data', 'x.db']);"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(REPOSITORY)}, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("words", "opens"),
    [([], True), (["--data", "x.db"], True), (["--data=x.db"], True), (["--data", "x.db", "check"], False), (["check"], False), (["--version"], False), (["--data"], False)],
)
def test_what_opens_the_window(words: list[str], opens: bool) -> None:
    assert start._opens_window(words) is opens
    if opens:
        assert start._database(words) == ("x.db" if words else "")


def test_two_programs_import_the_same_file_at_once(tmp_path: Path) -> None:
    rows = [("City Hotel", "2026-11-16", "2026-11-18", "Check-Out", str(n % 50), "", str(n), "", "", "", "") for n in range(3000)]
    path = csv_file(tmp_path / "s.csv", HEAD, *rows)
    own = os.environ | {"CRM_DESKTOP_DATA": str(data_folder()), "CRM_DESKTOP_SETTINGS": str(settings_folder())}
    words = [sys.executable, str(REPOSITORY / "main.py"), "import", str(path), "--as", "stays", "--data", str(tmp_path / "x.db")]
    started = [subprocess.Popen(words, cwd=tmp_path, env=own, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    added = 0
    for process in started:
        out, err = process.communicate(timeout=120)
        if process.returncode == 0:
            added += read_json(out)["added"]
        else:
            assert err.count("\n") == 1, err
            assert "again" in err
    assert added == 3000
    with Store(tmp_path / "x.db", RECORDS) as store:
        assert len(facts(store)["stay"]) == 3000
        assert len(facts(store)["account"]) == 50
        sound(store)
    assert store.by_key[ACCOUNT.key] is ACCOUNT
