"""Lists as CSV files: safe in a spreadsheet, the same bytes after a way out and back, whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.stays.records import HIGHEST_RATE, STATUSES, STAY
from crm_desktop.exchange import csv_out
from crm_desktop.exchange.formulas import guarded, unguarded
from crm_desktop.record.ids import decode, encode, new_id
from crm_desktop.record.kinds import PARSE, Kind
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text, use
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.store import Store
from tests.samples import account, added, exported, facts, imported, remove, row, sound, stay

LIVE = [
    "=1+1", "=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "=HYPERLINK(\"http://x\")",
    "=WEBSERVICE(A1)", "|calc", "%calc", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", " =1+1", "\t=1+1", "\r=1+1", "\n=1+1", "\u00a0=1+1",
    "\u200b=1+1", "\ufeff=1+1", "'=1+1", "-1-1", "+1+1", "-A1",
]  # fmt: skip
HARMLESS = ["-500.00", "+500", "-1,234.50", "+86 138 0013 8000", "13800138000", "007", "a=b", "Li & Co", "“x”", "王小明", "😀", ""]


@pytest.mark.parametrize("text", LIVE)
def test_no_text_stays_a_formula(text: str) -> None:
    assert guarded(text) == "'" + text
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_numbers_phones_and_words_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text == unguarded(text)


@given(st.text())
def test_the_guard_is_taken_away_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["'s-Hertogenbosch", "'t Hooft", "'", "''"])
def test_a_file_of_another_program_keeps_its_apostrophes(text: str) -> None:
    assert unguarded(text) == (text if text != "''" else "'")


@given(st.text())
def test_a_cell_is_one_cell(text: str) -> None:
    line = csv_out.quoted(text) + ",x"
    (cells,) = csv.reader(io.StringIO(line, newline=""), strict=True) if text else [["", "x"]]
    assert cells == [guarded(text), "x"]


NASTY = [
    *LIVE, *HARMLESS, 'say "hi"', ",", ";", '"', '""', "a,b;c|d", "NULL", "0001", "1e5", "true", "a\u2028b", "a\x85b", "é\u0301", "𠮷野家", "\\",
    "Ω", "'quoted'", "''", "AAAAAAAAAAAAB", "<b>x</b>", "a' b", "=", "-", "—", "１２３",
]  # fmt: skip
LINES = ["two\nlines", 'a\n"b"\n,c', "=1\n=2", "tab\there", "\n\nx\n\n"]


def texts(kind: Kind) -> st.SearchStrategy[str]:
    """Texts that a field of this kind may hold, ugly ones above all."""
    def parsed(words: str) -> str | None:
        try:
            value: str = PARSE[kind](words)
            return value
        except Refused:
            return None

    some = st.sampled_from(NASTY + (LINES if kind == Kind.LONG else []))
    return st.one_of(some, some, st.text(max_size=12)).map(parsed).filter(lambda value: value is not None)  # type: ignore[return-value]


def named(record: Record, *names: str) -> dict[str, st.SearchStrategy[Any]]:
    return {name: texts(record.by_name[name].kind) for name in names}


PHONES = st.sampled_from(["", "+86 138 0013 8000", "13800138000", "021-68880000", "(021) 6888 0000"])
DAYS = st.sampled_from(["", "2026-11-18", "1949-10-01", "0001-01-01", "9999-12-31"])
ACCOUNTS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["company", "agency"]), "name": texts(Kind.TEXT).filter(bool), "phone": PHONES,
        "type": st.sampled_from(["", "enterprise", "school", "unknown to us"]), "placeholder": st.sampled_from([0, 1]),
        **named(ACCOUNT, "code", "short_name", "remark", "address"),
    }
)  # fmt: skip
PEOPLE = st.fixed_dictionaries(
    {"name": texts(Kind.TEXT).filter(bool), "birthday": DAYS.filter(lambda day: day < "2026"), "phone": PHONES, "account_id": st.integers(0, 9), **named(PERSON, "code", "latin_name", "remark")}
)
STAYS = st.fixed_dictionaries(
    {
        "arrival": st.sampled_from(["2026-11-16", "2026-11-17"]), "departure": st.sampled_from(["2026-11-17", "2026-11-19"]),
        "status": st.sampled_from([code for code, _, _ in STATUSES]), "rate": st.integers(-HIGHEST_RATE, HIGHEST_RATE),
        "children": st.sampled_from([None, 0, 3]), "source_key": st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1)),
        "repeat": st.sampled_from([0, 1]), "status_date": DAYS, "hotel_id": texts(Kind.CODE).filter(bool),
        "agency_id": st.integers(0, 9), "company_id": st.integers(0, 9), "guest_id": st.integers(0, 9),
        **named(STAY, "booking_no", "remark", "country", "room_no", "segment"),
    }
)  # fmt: skip
HOUSES = st.tuples(st.lists(ACCOUNTS, max_size=6), st.lists(PEOPLE, max_size=4), st.lists(STAYS, max_size=5))


def picked(ids: list[int], at: int) -> int | None:
    return ids[at] if at < len(ids) else None


def filled(desk: Desk, accounts: list[Any], people: list[Any], stays: list[Any]) -> None:
    """A house with these rows; a code that is taken is left out, references go by place."""
    taken: set[Any] = set()
    ids: dict[str, list[int]] = {"agency": [], "company": [], "person": []}
    hotels: dict[str, int] = {}

    def free(scope: str, code: str) -> str:
        if (scope, code) in taken:
            return ""
        taken.add((scope, code))
        return code

    with desk.writing(Text("Filled")) as writing:
        for values in accounts:
            ids[values["kind"]].append(writing.add(ACCOUNT, values | {"code": free(values["kind"], values["code"])}))
        everybody = ids["agency"] + ids["company"]
        for values in people:
            values = values | {"code": free("person", values["code"]), "account_id": picked(everybody, values["account_id"])}
            ids["person"].append(writing.add(PERSON, values))
        for values in stays:
            word = values["hotel_id"]
            hotels[word] = hotels.get(word) or writing.add(desk.store.by_key["hotel"], {"code": word, "name": word})
            references = {name: picked(ids[which], values[name]) for name, which in (("agency_id", "agency"), ("company_id", "company"), ("guest_id", "person"))}
            writing.add(STAY, values | references | {"hotel_id": hotels[word]})


@contextmanager
def opened(folder: Path, name: str) -> Iterator[Desk]:
    with Store(folder / f"{name}.db", RECORDS, create=True) as store:
        yield Desk(store, "Li Na")


def there_and_back(tmp_path: Path, house: Any, encoding: str) -> None:
    """Export, import into an empty database, export: the same bytes."""
    folder = tmp_path / encode(new_id())
    folder.mkdir()
    with opened(folder, "first") as desk:
        filled(desk, *house)
        before = {record.key: exported(desk.store, record, folder / f"{record.key}.csv", encoding) for record in (ACCOUNT, PERSON, STAY)}
    with opened(folder, "second") as desk:
        for record in (ACCOUNT, PERSON, STAY):
            if before[record.key].count(b"\n") > 1:
                done = imported(desk, folder / f"{record.key}.csv", record)
                assert done == {"read": done["added"], "added": done["added"], "updated": 0, "same": 0, "refused": 0}
                again = imported(desk, folder / f"{record.key}.csv", record)
                assert again == {"read": done["added"], "added": 0, "updated": 0, "same": done["added"], "refused": 0}
            assert exported(desk.store, record, folder / "again.csv", encoding) == before[record.key]
        sound(desk.store)
    shutil.rmtree(folder)


@settings(max_examples=12)
@given(house=HOUSES)
def test_export_import_export_gives_the_same_bytes(tmp_path: Path, house: Any) -> None:
    there_and_back(tmp_path, house, "utf-8")


@pytest.mark.long
@settings(max_examples=200)
@given(house=HOUSES, encoding=st.sampled_from(["utf-8", "gb18030"]))
def test_export_import_export_gives_the_same_bytes_many_times(tmp_path: Path, house: Any, encoding: str) -> None:
    there_and_back(tmp_path, house, encoding)


def test_every_nasty_value_there_and_back(tmp_path: Path) -> None:
    words = [PARSE[Kind.LONG](text) for text in NASTY + LINES]
    accounts = [
        {"kind": "company", "code": "", "name": PARSE[Kind.TEXT](text) or "x", "remark": remark, "industry": PARSE[Kind.TEXT](text)}
        for text, remark in zip([text for text in NASTY if text.strip()], words, strict=False)
    ]
    stays = [
        {"arrival": "2026-11-16", "departure": "2026-11-17", "status": "Booked", "rate": 1, "hotel_id": "H", "agency_id": 99, "company_id": at, "guest_id": at, "remark": remark}
        for at, remark in enumerate(words)
    ]
    people = [{"name": PARSE[Kind.TEXT](text), "code": "", "account_id": at} for at, text in enumerate(NASTY) if PARSE[Kind.TEXT](text)]
    for encoding in ("utf-8", "gb18030"):
        there_and_back(tmp_path, (accounts, people, stays), encoding)


def test_the_file_a_spreadsheet_opens(desk: Desk, tmp_path: Path) -> None:
    orient = account(desk, "东方公司", code="007", remark="=1+1\nline two")
    stay(desk, company_id=orient, rate=-638, children=None)
    content = exported(desk.store, STAY, tmp_path / "s.csv")
    assert content.startswith("\ufeffid,booking_no,status,hotel,hotel name,guest,guest name,".encode())
    assert content.endswith(b"\r\n")
    head, only = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    cells = dict(zip(head, only, strict=True))
    assert (cells["company"], cells["company name"], cells["agency"], cells["rate"], cells["children"], cells["adults"]) == (
        "007", "东方公司", "", "-6.38", "", "1",
    )  # fmt: skip
    assert not {"version", "gone", "nights", "sort", "terms"} & set(head)
    assert cells["id"][0].isalpha()
    assert desk.get(STAY, decode(cells["id"])) is not None
    accounts = exported(desk.store, ACCOUNT, tmp_path / "a.csv").decode("utf-8-sig")
    assert "\"'=1+1\nline two\"" in accounts
    assert not {"stays", "nights", "revenue", "last_stay"} & set(accounts.split("\r\n")[0].split(","))


def test_gb18030_is_a_choice(desk: Desk, tmp_path: Path) -> None:
    account(desk, "东方𠮷公司 😀")
    content = exported(desk.store, ACCOUNT, tmp_path / "a.csv", "gb18030")
    assert "东方𠮷公司 😀" in content.decode("gb18030")
    with closing(desk.store.open_reader()) as reader, pytest.raises(Refused, match="UTF-8 or GB18030"):
        csv_out.export(reader, ListQuery(ACCOUNT), tmp_path / "b.csv", encoding="latin-1")


def test_a_reference_without_code_goes_out_by_its_id(desk: Desk, tmp_path: Path) -> None:
    orient = account(desk, "Orient")
    stay(desk, company_id=orient)
    head, only = list(csv.reader(io.StringIO(exported(desk.store, STAY, tmp_path / "s.csv").decode("utf-8-sig"), newline="")))
    assert dict(zip(head, only, strict=True))["company"] == encode(orient)


def test_a_list_as_seen_has_its_filters_its_columns_and_its_order(desk: Desk, tmp_path: Path) -> None:
    for name, city in (("Bravo", "Shanghai"), ("alpha", "Shanghai"), ("Charlie", "Beijing"), ("阿里", "Shanghai")):
        account(desk, name, city=city)
    remove(desk, ACCOUNT, account(desk, "Gone", city="Shanghai"))
    with closing(desk.store.open_reader()) as reader:
        query = ListQuery(ACCOUNT, [("city", "=", "Shanghai")], "name", descending=True)
        rows = csv_out.export(reader, query, tmp_path / "l.csv", only=("name", "revenue"), words=True)
    assert rows == 3
    ids = {r[1]: r[0] for r in desk.store.writer.execute("select id, name from account")}
    expected = [["id", "Name", "Room revenue"], *([encode(ids[name]), name, "0.00"] for name in ("Bravo", "alpha", "阿里"))]
    assert list(csv.reader(io.StringIO((tmp_path / "l.csv").read_text("utf-8-sig"), newline=""))) == expected
    use("zh_CN")
    with closing(desk.store.open_reader()) as reader:
        csv_out.export(reader, query, tmp_path / "z.csv", only=("name",))
    assert (tmp_path / "z.csv").read_text("utf-8-sig").startswith("id,name\n")


def test_a_list_as_seen_shows_a_reference_by_its_name(desk: Desk, tmp_path: Path) -> None:
    stay(desk, company_id=account(desk, "东方", code="1"))
    use("zh_CN")
    with closing(desk.store.open_reader()) as reader:
        csv_out.export(reader, ListQuery(STAY), tmp_path / "l.csv", only=("company_id", "hotel_id", "nights"), words=True)
    head, line = (text.split(",")[1:] for text in (tmp_path / "l.csv").read_text("utf-8-sig").splitlines())
    assert (head, line) == (["协议单位", "酒店", "房晚"], ["东方", "City Hotel", "2"])


def test_an_empty_list_is_a_row_of_headings(desk: Desk, tmp_path: Path) -> None:
    assert exported(desk.store, ACCOUNT, tmp_path / "a.csv").count(b"\r\n") == 1


@pytest.mark.parametrize("place", ["missing/a.csv", "file/a.csv", "folder"])
def test_where_nothing_can_be_written_nothing_is(desk: Desk, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(Refused, match="could not be written"):
        exported(desk.store, ACCOUNT, tmp_path / place)
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "file").read_text() == "mine"


def test_a_database_is_never_written_over(desk: Desk, tmp_path: Path) -> None:
    account(desk, "Orient")
    with pytest.raises(Refused, match="nothing was written over it"):
        exported(desk.store, ACCOUNT, desk.store.path)
    assert len(facts(desk.store)["account"]) == 1
    sound(desk.store)


class Stop(Exception):
    """The person pressed Cancel."""


class StopAt:
    """Progress that stops at once."""

    def step(self, done: int, total: int) -> None:
        raise Stop


def test_cancelling_leaves_the_old_file(desk: Desk, tmp_path: Path) -> None:
    account(desk, "Orient")
    (tmp_path / "a.csv").write_text("old")
    with closing(desk.store.open_reader()) as reader, pytest.raises(Stop):
        csv_out.export(reader, ListQuery(ACCOUNT), tmp_path / "a.csv", progress=StopAt())
    assert (tmp_path / "a.csv").read_text() == "old"
    assert not list(tmp_path.glob(".*.part"))


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[None]:
    """A disk of a few kilobytes, where this machine lets us make one."""
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", str(folder)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("a small disk cannot be made here: it needs root")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.skipif(os.name == "nt", reason="a small disk is made by mount")
def test_a_full_disk_leaves_the_old_file(desk: Desk, tmp_path: Path) -> None:
    for n in range(40):
        added(desk, ACCOUNT, name=f"Client {n}", remark="x" * 2000)
    with small_disk(tmp_path / "disk", 40):
        (tmp_path / "disk" / "a.csv").write_text("old")
        with pytest.raises(Refused, match="the disk is full"):
            exported(desk.store, ACCOUNT, tmp_path / "disk" / "a.csv")
        assert [path.name for path in (tmp_path / "disk").iterdir()] == ["a.csv"]
        assert (tmp_path / "disk" / "a.csv").read_text() == "old"


def test_what_is_written_is_this_persons_alone(desk: Desk, tmp_path: Path) -> None:
    exported(desk.store, ACCOUNT, tmp_path / "a.csv")
    if os.name != "nt":
        assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o600


def test_figures_of_removed_rows_are_not_in_the_file(desk: Desk, tmp_path: Path) -> None:
    gone = stay(desk)
    remove(desk, STAY, gone)
    left = stay(desk)
    assert row(desk, STAY, left)["nights"] == 2
    assert exported(desk.store, STAY, tmp_path / "s.csv").count(b"\r\n") == 2
