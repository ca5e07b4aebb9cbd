"""Lists as workbooks, JSON, cards and calendars: read back by other readers, the right cells."""

from __future__ import annotations

import json
import pickle
import tracemalloc
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.mappings import find_table
from crm_desktop.duties.stays.records import STAY
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.exchange import importing, list_out, xlsx_out
from crm_desktop.exchange.csv_columns import for_sheets, quoted
from crm_desktop.exchange.foreign import cards
from crm_desktop.exchange.foreign.lines import lines
from crm_desktop.exchange.reading import read
from crm_desktop.exchange.shapes_out import LINE, card, event, folded
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, use
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.store import Store
from tests.samples import account, added, facts, imported, stay


def written(desk: Desk, record: Record, path: Path, only: Sequence[str] | None = None, **more: Any) -> int:
    with closing(desk.store.open_reader()) as reader:
        return list_out.export(reader, ListQuery(record), path, only=only, words=only is not None, by_id=only is None, **more)


def cells(path: Path) -> list[list[Any]]:
    book = CalamineWorkbook.from_path(str(path))
    return book.get_sheet_by_name(book.sheet_names[0]).to_python()


def test_a_workbook_has_text_days_and_numbers(desk: Desk, tmp_path: Path) -> None:
    firm = account(desk, "=1+1", code="0012", phone="13800000000", credit_limit=80_000_00)
    stay(desk, company_id=firm, rate=123_456, booking_no="00077", remark="+cmd|' /C calc'!A0\n第二行")
    use("zh_CN")
    assert written(desk, ACCOUNT, tmp_path / "a.xlsx", ("code", "name", "kind", "phone", "credit_limit", "nights", "last_stay")) == 1
    head, row, total = cells(tmp_path / "a.xlsx")
    assert head[1:] == ["协议号", "名称", "类别", "电话", "信用额度", "房晚", "最近住店"]
    assert row[1:6] == ["0012", "=1+1", "协议单位", "138 0000 0000", 80_000.0]
    assert (row[6], str(row[7])) == (2.0, "2026-11-16")
    assert (total[0], total[5]) == ("合计", 80_000.0)
    written(desk, STAY, tmp_path / "s.xlsx", ("booking_no", "arrival", "rate", "currency", "company_id", "remark"))
    head, row, total = cells(tmp_path / "s.xlsx")
    assert (row[1], str(row[2]), row[3:6], row[6]) == ("00077", "2026-11-16", [1234.56, "CNY", "=1+1"], "+cmd|' /C calc'!A0\n第二行")
    assert (total[0], total[3]) == ("合计 CNY", 1234.56)


@pytest.mark.parametrize("kind", [".xlsx", ".csv"])
def test_a_whole_list_comes_back_as_it_went(desk: Desk, tmp_path: Path, kind: str) -> None:
    firm = account(desk, "华东电气", code="0012", founded="1998-05-06", credit_limit=1_05)
    added(desk, PERSON, name="王小明", account_id=firm, birthday="1980-02-29", remark="一\n二")
    stay(desk, company_id=firm, rate=-1, departure="2026-11-16", booking_no="1E5")
    before = facts(desk.store)
    for record in (ACCOUNT, PERSON, STAY):
        written(desk, record, tmp_path / f"{record.key}{kind}")
        table, mapping = find_table(read(tmp_path / f"{record.key}{kind}"), record)
        with closing(desk.store.open_reader()) as reader:
            prepared = importing.prepare(reader, desk.store.keys, desk.store.by_key, table, mapping, strict=True)
        assert (prepared.read, prepared.same, prepared.updated) == (1, 1, 0), [values for _, _, values in prepared.updates]
    assert facts(desk.store) == before


def test_json_is_what_is_kept(desk: Desk, tmp_path: Path) -> None:
    assert written(desk, ACCOUNT, tmp_path / "none.json") == 0
    assert json.loads((tmp_path / "none.json").read_text("utf-8")) == []
    firm = account(desk, '引"号', code="0012", credit_limit=1_05)
    added(desk, PERSON, name="王小明", account_id=firm)
    assert written(desk, ACCOUNT, tmp_path / "a.json") == 1
    (one,) = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert (one["name"], one["code"], one["credit_limit"], one["kind"], len(one["id"])) == ('引"号', "0012", "1.05", "company", 13)
    written(desk, PERSON, tmp_path / "p.json")
    (one,) = json.loads((tmp_path / "p.json").read_text("utf-8"))
    assert (one["account"], one["account name"]) == ("0012", '引"号')


def test_people_as_cards(desk: Desk, tmp_path: Path) -> None:
    firm = account(desk, "华东;电气,集团")
    added(desk, PERSON, name="王小明", account_id=firm, department="销售部", phone="13900001001", email="w@example.com", birthday="1980-05-06", address="解放路 1 号\\2")
    assert written(desk, PERSON, tmp_path / "p.vcf") == 1
    table = read(tmp_path / "p.vcf").table()
    ((_, row),) = table.rows()
    found = dict(zip(table.headings, row, strict=True))
    assert [found[name] for name in ("name", "account", "department", "phone", "email", "birthday", "address")] == [
        "王小明", "华东;电气,集团", "销售部", "139 0000 1001", "w@example.com", "1980-05-06", "解放路 1 号\\2",
    ]  # fmt: skip
    with pytest.raises(Refused, match="Clients cannot be written as vCard"):
        written(desk, ACCOUNT, tmp_path / "a.vcf")
    assert not (tmp_path / "a.vcf").exists()


def test_follow_ups_and_visits_as_a_calendar(desk: Desk, tmp_path: Path) -> None:
    firm = account(desk, "华东电气")
    added(desk, FOLLOW_UP, name="报价, 第二版", due="2026-11-23", due_time="09:30", account_id=firm, remark="带样品\n两份")
    added(desk, FOLLOW_UP, name="回访", due="2026-11-30")
    assert written(desk, FOLLOW_UP, tmp_path / "f.ics") == 2
    calendar = Calendar.from_ical((tmp_path / "f.ics").read_text("utf-8"))
    first, second = sorted(calendar.walk("VEVENT"), key=lambda one: str(one["DTSTART"].dt))
    assert (str(first["SUMMARY"]), str(first["DTSTART"].dt), str(first["DTEND"].dt)) == ("华东电气: 报价, 第二版", "2026-11-23 09:30:00", "2026-11-23 10:30:00")
    assert str(first["DESCRIPTION"]) == "带样品\n两份"
    assert (str(second["SUMMARY"]), str(second["DTSTART"].dt), str(second["DTEND"].dt)) == ("回访", "2026-11-30", "2026-12-01")
    added(desk, VISIT, account_id=firm, day="2026-12-01", words="谈年框")
    assert written(desk, VISIT, tmp_path / "v.ics") == 1
    (visit,) = Calendar.from_ical((tmp_path / "v.ics").read_text("utf-8")).walk("VEVENT")
    assert "华东电气" in str(visit["SUMMARY"])


TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("\\;,:\n"), max_size=120)


@given(name=TEXTS.filter(str.strip), company=TEXTS, address=TEXTS)
def test_any_words_survive_a_card(name: str, company: str, address: str) -> None:
    text = card({"id": "A", "name": name.strip(), "company": company, "address": address})
    assert all(len(line.encode()) <= LINE + 1 for line in text.split("\r\n"))
    row = dict(zip(cards.HEADINGS, cards.row(next(cards.cards_of(text))), strict=True))
    assert " ".join(row["name"].split()) == " ".join(name.split())
    assert " ".join(row["account"].split()) == " ".join(company.split())


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=400))
def test_folding_loses_nothing(words: str) -> None:
    (line,) = lines(folded(f"NOTE:{words}"))
    assert line.value == words


def test_an_appointment_without_a_day_is_none() -> None:
    assert event({"id": "A", "summary": "x"}) == ""


def test_what_a_name_must_end_with(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"'a\.doc' ends with none"):
        written(desk, ACCOUNT, tmp_path / "a.doc")


class StopAt:
    def step(self, done: int, total: int) -> None:
        raise KeyboardInterrupt


def test_a_stopped_workbook_leaves_nothing(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    account(desk)
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    with pytest.raises(KeyboardInterrupt):
        written(desk, ACCOUNT, tmp_path / "a.xlsx", progress=StopAt())
    assert [path.name for path in tmp_path.rglob("*") if path.suffix == ".xlsx"] == []
    assert list((tmp_path / "tmp").iterdir()) == []


def test_rows_beyond_a_sheet_go_on_the_next(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        account(desk, f"单位{number}")
    monkeypatch.setattr(xlsx_out, "MOST_ROWS", 2)
    assert written(desk, ACCOUNT, tmp_path / "a.xlsx") == 5
    book = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx"))
    assert [book.get_sheet_by_name(name).height for name in book.sheet_names] == [3, 3, 2]


def test_memory_does_not_grow_with_the_rows(store: Store, desk: Desk, tmp_path: Path) -> None:
    """Rows are written as they come: a hundred times the rows take about the same memory."""

    class Endless:
        def __init__(self, rows: int) -> None:
            self.left = rows

        def fetchmany(self, count: int) -> list[tuple[Any, ...]]:
            taken, self.left = min(count, self.left), self.left - min(count, self.left)
            return [(n, "2026-11-18", 12_345, f"名称{n}") for n in range(taken)]

    def peak(rows: int) -> int:
        columns = xlsx_out.typed_columns.of(STAY, ("arrival", "rate", "booking_no"), words=True)
        book = xlsx_out._Book(STAY, columns, Endless(rows), False, xlsx_out.Quiet())
        tracemalloc.start()
        with (tmp_path / "m.xlsx").open("wb") as file:
            book.write(file)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(10)  # loads what is needed
    assert peak(4_000) < peak(400) + 2_000_000


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
def test_every_record_travels_to_another_process(record: Record) -> None:
    """Lists are written by a process of its own: what a record declares must come along."""
    assert pickle.loads(pickle.dumps(record)).columns == record.columns


def test_every_record_can_go_to_another_process() -> None:
    assert len(pickle.loads(pickle.dumps(RECORDS))) == len(RECORDS)


@pytest.mark.parametrize("code", ["0012", "007", "001234567890123456", "440301199001011234", "1E5", "12e3"])
def test_a_code_that_a_spreadsheet_would_reckon_with_stands_in_quotes(code: str) -> None:
    assert quoted(code) == f'"{code}"'
    assert for_sheets(code) == f'"{code}\t"'
    for cell in (quoted, for_sheets):
        assert [cell(words) for words in ("12", "13900001001", "C0012", "0x", "=1+1")] == ["12", "13900001001", "C0012", "0x", "'=1+1"]


def test_a_file_for_spreadsheets_comes_back_as_it_went(desk: Desk, tmp_path: Path) -> None:
    """The mark behind a code is no part of it, in either language and also where the code stands among names."""
    firm = account(desk, "0012", code="001234567890123456", short_name="1E5", remark="0007")
    visited = added(desk, VISIT, account_id=firm, day="2026-11-18", words="0571")
    before = facts(desk.store)
    for record, cells in ((ACCOUNT, 4), (VISIT, 3)):
        path = tmp_path / f"{record.key}.csv"
        written(desk, record, path, sheets=True)
        assert path.read_text("utf-8-sig").count('\t"') == cells
        assert imported(desk, path, record)["same"] == 1
    assert (facts(desk.store), visited > 0) == (before, True)
