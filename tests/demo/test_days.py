"""Another day moves every date and breaks no story; the same day always gives the same files; the files come back."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from crm_desktop.demo import issued, sample
from crm_desktop.demo.house import House
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import ATTACHMENT
from crm_desktop.documents import library, making
from crm_desktop.documents.making import Look
from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.clients import rules as birthdays
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.duties.receivables.rules import bucket
from crm_desktop.duties.stays.records import STAY
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.exchange import csv_out
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.paper import Ask
from crm_desktop.record.record import Record
from crm_desktop.record.workdays import is_working
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.store import Store
from tests.hotel import TODAY, Hotel, at_its_hour
from tests.samples import imported, sound

ROOT = Path(__file__).resolve().parents[2]
READ = {record.key for record in issued.RECORDS}  # made of what lies in the database
OTHER_DAYS = ("2026-11-22", "2027-01-01", "2027-02-06", "2027-10-01", "2028-02-29", "2026-07-31")  # a Sunday, New Year, Spring Festival ...


@pytest.mark.parametrize("today", OTHER_DAYS)
def test_another_day_breaks_no_story(today: str) -> None:
    import datetime as dt

    dates.set_clock(dt.datetime.fromisoformat(f"{today} 13:20"))
    house = sample.build(today)
    _house_is_right(house, today)
    _money_is_right(house, today)
    _work_is_right(house, today)
    wrong = [(record.key, row, found) for record in house.records.values() for row in house.all(record) if (found := record.problems(row))]
    assert wrong == []


def test_another_day_moves_every_date(hotel: Hotel) -> None:
    """Fifteen months later nothing is as early, and nothing as late, as it was; only the days people were born and firms were founded stay."""
    later = sample.build("2028-02-29")
    stayed = set()
    for key, record in later.records.items():
        for name in record.values:
            before, after = _dates(hotel.house, record, name), _dates(later, record, name)
            if before and after and (min(after) <= min(before) or max(after) <= max(before)):
                stayed.add((key, name))
    assert stayed == {("person", "birthday"), ("companion", "birthday"), ("key_date", "day")}


def _dates(house: House, record: Record, name: str) -> list[str]:
    return [row[name] for row in house.all(record) if isinstance(row[name], str) and re.match(r"\d{4}-\d\d-\d\d", row[name])]


def _house_is_right(house: House, today: str) -> None:
    came = [row for row in house.all(STAY) if row["status"] not in ("Canceled", "No-Show")]
    assert sum(row["arrival"] <= today < row["departure"] for row in came) == 191
    assert sum(row["arrival"] == today for row in came) == 64
    assert sum(row["arrival"] < row["departure"] == today for row in came) == 58
    here = [row for row in house.all(VIP_STAY) if row["stage"] == "in-house" and row["arrival"] <= today < row["departure"]]
    assert Counter(row["level"] for row in here) == {"V2": 1, "V3": 2, "V4": 5, "V5": 11}
    for offset, count in ((0, 1), (1, 3)):
        keys = birthdays.keys_on(add_days(today, offset))
        assert sum(birthdays.birthday_key(row["birthday"], row["lunar_birthday"]) in keys for row in house.all(PERSON)) == count
    lady = next(row for row in house.all(PERSON) if row["name"] == "俞闻笛")
    assert birthdays.next_birthday(birthdays.birthday_key(lady["birthday"], lady["lunar_birthday"]), today) == add_days(today, 2)


def _money_is_right(house: House, today: str) -> None:
    sums: Counter[int] = Counter()
    for row in house.all(RECEIVABLE):
        if row["currency"] == "CNY":
            sums[bucket(max(0, days_between(row["due"], today)))] += row["amount"] - row["paid"]
    assert sums == {0: 1_182_400_00, 1: 486_900_00, 2: 341_200_00, 3: 198_300_00, 4: 277_500_00}


def _work_is_right(house: House, today: str) -> None:
    assert sum(row["account_id"] is not None for row in house.all(VISIT)) == 2_300  # the others go to offices outside
    assert all(is_working(row["day"]) for row in house.all(VISIT))
    assert sum(row["state"] == "open" and row["due"] < today for row in house.all(FOLLOW_UP)) == 14
    wedding = next(row for row in house.all(BOOKING) if row["name"] == "陈屹 郑弥")
    assert days_between("1899-12-30", wedding["day"]) % 7 == 0  # a Saturday


def digests(house: House) -> dict[str, str]:
    """What each table holds, in short."""
    rows = {record.key: [[row[name] for name in ("id", *record.values)] for row in house.all(record)] for record in house.records.values()}
    return {key: hashlib.sha256(repr(each).encode()).hexdigest() for key, each in rows.items()}


def test_the_same_day_gives_the_same_rows_in_any_place_at_any_time(hotel: Hotel) -> None:
    """Made by another program: its own order of sets, another time zone, the language C, the clock of this machine."""
    code = f"import json; from tests.demo import test_days as t; print(json.dumps(t.digests(t.sample.build('{TODAY}'))))"
    elsewhere = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "1", "TZ": "America/New_York", "LC_ALL": "C"}
    done = subprocess.run([sys.executable, "-c", code], env=elsewhere, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {key: digest for key, digest in digests(hotel.house).items() if key not in READ}


def test_issued_papers_say_what_their_forms_read_now(hotel: Hotel, tmp_path: Path) -> None:
    """Made on another day of the machine, in another process: not a word differs, and nobody signed before it went out."""
    with at_its_hour(), Store(hotel.copy(tmp_path / "demo.db"), RECORDS) as store, closing(store.open_reader()) as reader:
        found = reader.execute("select id, form, about_row, issued_on, unsigned from paper order by id").fetchall()
        made = [making.make(reader, store, library.form(DUTIES, form), Ask(row, TODAY), Look(pdf=lambda _template, _data: b"")) for _, form, row, _, _ in found]
        assert [(each.differences, bool(each.issued)) for each in made] == [(0, True)] * 7
        assert [bool(unsigned) for *_, unsigned in found].count(True) == 6
        early = "select count(*) from paper_signature as s join paper as p on p.id = s.paper_id where s.signed_on <> '' and (s.signed_on < p.issued_on or s.signed_by = '')"
        assert reader.execute(early).fetchone()[0] == 0
        assert {is_working(day) and day <= TODAY for *_, day, _ in found} == {True}


def _files(store: Store, folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    out = {}
    with closing(store.open_reader()) as reader:
        for record in (each for each in store.records if each is not ATTACHMENT):  # whose files are in no list
            csv_out.export(reader, ListQuery(record), folder / f"{record.key}.csv", by_id=True)
            out[record.key] = (folder / f"{record.key}.csv").read_bytes()
    return out


def test_every_list_goes_out_and_comes_back_the_same(hotel: Hotel, tmp_path: Path) -> None:
    with at_its_hour():
        with Store(hotel.copy(tmp_path / "demo.db"), RECORDS) as store:
            before = _files(store, tmp_path / "before")
        with Store(tmp_path / "back.db", RECORDS, create=True) as store:
            for record in _referred_first(hotel):
                _bring_in(Desk(store), tmp_path / "before" / f"{record.key}.csv", record)
            after = _files(store, tmp_path / "after")
            sound(store)
    assert {key: len(words) for key, words in after.items()} == {key: len(words) for key, words in before.items()}
    assert after == before


def _referred_first(hotel: Hotel) -> list[Record]:
    from crm_desktop.store.schema import referred_first

    return [record for record in referred_first(RECORDS) if record.key in hotel.house.records and record is not ATTACHMENT]


def _bring_in(desk: Desk, file: Path, record: Record) -> None:
    """A file whose rows refer to each other (colleagues to their managers) comes in by as many goes as there are ranks."""
    refused = -1
    while refused:
        done = imported(desk, file, record)
        assert done["refused"] != refused, done
        refused = done["refused"]
