"""What is known of a person, a copy of it, and what stays when it is erased; on a server too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from crm_desktop.desk import privacy
from crm_desktop.desk.desk import Conflict, Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.complaints.records import COMPLAINT
from crm_desktop.duties.receivables.records import PROMISE, RECEIVABLE
from crm_desktop.duties.stays.records import STAY
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.exchange import person_out
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused
from crm_desktop.store.store import Store
from tests.forgotten import MAIL, NAME, WORDS, erased, house
from tests.postgres import Server
from tests.samples import account, added, change, hotel, row, sound


def test_what_the_house_must_keep_stays(desk: Desk) -> None:
    ids = house(desk)
    done = erased(desk, ids)
    writer = desk.store.writer
    assert desk.get(PERSON, ids["guest"]) is None
    bill, promise, night = row(desk, RECEIVABLE, ids["bill"]), row(desk, PROMISE, ids["promise"]), row(desk, STAY, ids["stay"])
    assert (bill["amount"], bill["account_id"], bill["document_no"]) == (380_000, ids["firm"], "R-88")
    assert (promise["amount"], promise["person_id"], promise["said_by"]) == (380_000, None, "—")
    assert (night["guest_id"], night["company_id"], night["remark"]) == (None, ids["firm"], "—女士，—")
    assert row(desk, ACCOUNT, ids["firm"])["remark"] == "联系人手机 —"
    assert row(desk, PERSON, ids["other"])["phone"] == "139 0013 9000"
    assert row(desk, VISIT, ids["visit"])["words"] == "—：年会定在一月"
    entry = writer.execute("select who, action, reason, source from change where id = ?", (done.id,)).fetchone()
    assert (entry[0], entry[1], entry[2]) == ("Li Na", "Personal data erased", "客人来函要求")
    assert not any(word in str(entry) for word in WORDS)
    sound(desk.store)


def test_how_somebody_was_called_in_a_row_of_theirs_goes_too(desk: Desk) -> None:
    """Not their whole name, so no search for it finds it: what the row points to says whose it is."""
    ids = house(desk)
    when = {"received_on": "2026-11-20", "received_at": "09:30", "hotel_id": hotel(desk)}
    theirs = added(desk, COMPLAINT, name="空调不冷", person_id=ids["guest"], guest="欧女士", phone="8301", **when)
    change(desk, COMPLAINT, theirs, guest="欧阳太太")
    other = added(desk, COMPLAINT, name="早餐太早收", person_id=ids["other"], guest="沈小姐", **when)
    erased(desk, ids)
    assert [row(desk, COMPLAINT, theirs)[name] for name in ("person_id", "guest", "phone", "name")] == [None, "", "", "空调不冷"]
    assert row(desk, COMPLAINT, other)["guest"] == "沈小姐"
    before = desk.store.writer.execute("select before from change_row where tbl = 'complaint' and row_id = ?", (theirs,)).fetchall()
    assert before
    assert not any(word in str(before) for word in ("欧女士", "欧阳太太"))
    sound(desk.store)


def test_an_erasure_is_not_undone_and_undo_goes_on_before_it(desk: Desk) -> None:
    ids = house(desk)
    account(desk, "绍兴纺织")
    done = erased(desk, ids)
    with pytest.raises(Refused):
        desk.undo(done.id)
    assert desk.undo().id
    assert not desk.store.writer.execute("select 1 from account where name = '绍兴纺织' and gone is null").fetchone()
    with pytest.raises(Conflict):
        privacy.erase(desk, PERSON, ids["guest"], 1, "again")
    with pytest.raises(Refused):
        privacy.erase(desk, PERSON, ids["other"], 1, "  ")
    with pytest.raises(Refused):
        privacy.erase(desk, ACCOUNT, ids["firm"], 1, "a firm is no person")


def test_a_server_forgets_in_its_pages_too(postgres: Server, empty_server: str) -> None:
    """Every page of every table of a database nobody used before, also what its rows were before.

    tests/reliability/test_erase.py reads the pages of a file.
    """
    address = postgres.fresh_database(empty_server)
    with Store(address, RECORDS) as store:
        desk = Desk(store, "Li Na")
        ids = house(desk)
        assert f"{NAME} in person" in _on_disk(desk)
        erased(desk, ids)
        assert _on_disk(desk) == []
    postgres.drop(address)


def _on_disk(desk: Desk) -> list[str]:
    """Which of the words stand in a file of this database on the server."""
    desk.store.writer.execute("checkpoint")
    sql = "select c.relname, pg_read_binary_file(pg_relation_filepath(c.oid)) from pg_class as c where c.relkind in ('r', 'i', 't') and pg_relation_filepath(c.oid) is not null"
    found = [(row[0], row[1].lower()) for row in desk.store.writer.execute(sql).fetchall()]
    return [f"{word} in {name}" for word in WORDS for name, content in found if word.lower().encode() in content]


@pytest.mark.parametrize("kind", [".json", ".xlsx"])
def test_a_copy_has_all_of_a_person_and_nothing_of_others(desk: Desk, tmp_path: Path, kind: str) -> None:
    ids = house(desk)
    count = person_out.make(desk, PERSON, ids["guest"], tmp_path / f"copy{kind}", "asked by letter")
    words = _words(tmp_path / f"copy{kind}")
    for expected in (NAME, MAIL, "花生过敏", "柯桥街道 8 号", "谈年会", f"{NAME}名片.png"):
        assert expected in words
    assert "沈一诺" not in words
    assert "11010519491231002X" not in words
    assert count >= 6
    entry = desk.store.writer.execute("select action, source, reason, rows from change order by id desc limit 1").fetchone()
    assert (entry[0], entry[2], entry[3]) == ("Copy of a person's data made", "asked by letter", 0)
    assert NAME not in entry[1]
    with pytest.raises(Refused):
        person_out.make(desk, PERSON, ids["guest"], tmp_path / "copy.pdf")


def _words(path: Path) -> str:
    if path.suffix == ".json":
        return str(json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False))
    book = CalamineWorkbook.from_path(str(path))
    return "\n".join(str(cell) for name in book.sheet_names for line in book.get_sheet_by_name(name).to_python() for cell in line)


@pytest.mark.parametrize("record", [ACCOUNT])
def test_only_people_have_such_rights(desk: Desk, record: Record) -> None:
    with pytest.raises(Refused):
        privacy.known(desk.store.writer, desk.store.records, record, account(desk, "Orient"))
