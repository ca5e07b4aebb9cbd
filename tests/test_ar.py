"""Every answer of the expected file about receivables, asked of the real command line over the real invoices."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm_desktop import cli
from tests.samples import SHARED, VARIABLES, csv_file, read_json
from tests.test_hotel_bookings import program

INVOICES = SHARED / "ar" / "WA_Fn-UseC_-Accounts-Receivable.csv"
ANSWERS = SHARED / "expected" / "ar.json"
pytestmark = pytest.mark.skipif(not (INVOICES.exists() and ANSWERS.exists()), reason=f"the invoices and their answers are not at {INVOICES}")
FACTS: dict[str, Any] = json.loads(ANSWERS.read_text("utf-8"))["ibm_ar"] if ANSWERS.exists() else {"as_of": {}}
DAYS: dict[str, dict[str, Any]] = FACTS["as_of"]
Report = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `crm.db`, into which the real file was imported, twice."""
    folder = tmp_path_factory.mktemp("ledger")
    for added, words in ((2466, {"with": {"receipt": 2466, "application": 2466}}), (0, {})):
        done = program(folder, "--data", "crm.db", "import", str(INVOICES), "--as", "receivables", "--currency", "USD")
        assert (done.returncode, done.stderr) == (0, "")
        assert read_json(done.stdout) == {"read": 2466, "added": added, "updated": 0, "same": 2466 - added, "refused": 0, "refused_file": None} | words
    return folder


@pytest.fixture
def report(ledger: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Report:
    """Asks for the rows of a report."""
    for variable in VARIABLES:
        monkeypatch.setenv(variable, str(ledger / variable))

    def ask(*words: str) -> list[dict[str, Any]]:
        assert cli.run(["report", *words, "--data", str(ledger / "crm.db"), "--format", "json"]) == 0
        found = read_json(capsys.readouterr().out)
        assert all(list(row) == found["columns"] for row in found["rows"])
        rows: list[dict[str, Any]] = found["rows"]
        return rows

    return ask


@pytest.mark.parametrize("day", DAYS)
def test_the_figures_of_a_day(report: Report, day: str) -> None:
    [row] = report("receivables", "--as-of", day)
    told = {name: value for name, value in DAYS[day].items() if name not in ("buckets", "top10_overdue_customers")}
    assert row == {"currency": "USD"} | told


@pytest.mark.parametrize("day", DAYS)
def test_the_ageing_of_a_day_whole_and_by_client(report: Report, day: str) -> None:
    facts = DAYS[day]
    [row] = report("ageing", "--as-of", day)
    buckets = {name: bucket["amount"] for name, bucket in facts["buckets"].items()}
    assert row == {"key": "", "currency": "USD", **buckets, "total": facts["open_balance"], "open_items": facts["open_invoices"]}
    clients = report("ageing", "--as-of", day, "--by", "account")
    assert len(clients) == facts["customers_with_balance"]
    assert sum(round(float(client["total"]) * 100) for client in clients) == round(float(facts["open_balance"]) * 100)
    late = report("overdue", "--as-of", day)
    assert [{name: row[name] for name in ("customer", "invoices", "amount", "oldest_days")} for row in late] == facts["top10_overdue_customers"]


def test_limits_of_ones_own(report: Report) -> None:
    [row] = report("ageing", "--as-of", "2013-06-30", "--limits", "7,30", "--by", "segment")
    assert (row["1-7"], row["8-30"], row["30+"], row["total"]) == ("521.40", "314.16", "0.00", "5119.85")


@pytest.mark.parametrize("limits", ["", "30,x", "60,30", "30,30", "0,30"])
def test_limits_that_are_none(limits: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.run(["report", "ageing", "--as-of", "2013-06-30", "--limits", limits])
    assert "30,60,90" in capsys.readouterr().err


def test_how_everything_was_paid(report: Report) -> None:
    [row] = report("paid")
    assert {name: row[name] for name in row if name in FACTS} == {name: FACTS[name] for name in row if name in FACTS}
    assert len([name for name in row if name in FACTS]) == 12
    assert [{name: one[name] for name in ("customer", "invoices", "days_late", "invoiced")} for one in report("slow-payers")] == FACTS["top10_customers_by_total_days_late"]


def test_codes_keep_their_zeros(ledger: Path, tmp_path: Path) -> None:
    done = program(ledger, "--data", "crm.db", "export", "receivables", "--to", str(tmp_path / "out.csv"))
    assert done.returncode == 0
    with (tmp_path / "out.csv").open(encoding="utf-8-sig") as file:
        assert sum(",0379-NEVHP," in line for line in file) > 0


def test_one_undo_takes_back_bills_receipts_and_clients(tmp_path: Path) -> None:
    """The whole file is one action."""
    from crm_desktop.desk.desk import Desk
    from crm_desktop.duties import RECORDS
    from crm_desktop.duties.receivables.records import RECEIVABLE
    from crm_desktop.store.store import Store
    from tests.samples import counts, imported, sound

    lines = INVOICES.read_text("utf-8").splitlines()[:40]
    path = csv_file(tmp_path / "some.csv", *(line.split(",") for line in lines))
    with Store(tmp_path / "crm.db", RECORDS, create=True) as store:
        desk = Desk(store, "高澄")
        imported(desk, path, RECEIVABLE)
        assert counts(store)["receipt"] == counts(store)["application"] == 39
        sound(store)
        desk.undo()
        assert not {"receivable", "receipt", "application", "account"} & set(counts(store))
        sound(store)
