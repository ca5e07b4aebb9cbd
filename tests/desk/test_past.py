"""A record's past for a person: its history, the record as it was, and what others touched since they last looked."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from crm_desktop.desk import past
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.rights import sighted
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.record.rights import MASK, SELLER
from crm_desktop.record.text import say, use
from crm_desktop.store import past as kept
from crm_desktop.store.store import Store
from tests.samples import account, added, change, remove, row

SHOWN = ("account", "person", "receivable")


def told(desk: Desk, record: Any, row_id: int) -> list[tuple[str, ...]]:
    """A row's history as a person reads it: action, field, before, after."""
    found = past.of(desk.store.writer, record, row_id)
    assert found is not None
    return [(one.noted.action, say(one.field.label) if one.field else "", say(one.before), say(one.after)) for one in found.lines]


def test_a_history_reads_as_the_screen_does(desk: Desk) -> None:
    """Names instead of ids, words instead of codes, money and days as they are shown; the newest first."""
    orient, other = account(desk, "Orient"), account(desk, "Sunrise")
    mei = added(desk, PERSON, name="Mei", account_id=orient)
    change(desk, PERSON, mei, account_id=other, vip="V2")
    change(desk, PERSON, mei, birthday="1988-03-09")
    assert told(desk, PERSON, mei) == [
        ("Changed", "Birthday", "", "1988-03-09"), ("Changed", "Works for", "Orient", "Sunrise"), ("Changed", "VIP level", "", "V2"), ("Added", "", "", ""),
    ]  # fmt: skip
    bill = added(desk, RECEIVABLE, account_id=orient, amount=123_450, document_no="R1", bill_date="2026-11-01", due="2026-11-10")
    change(desk, RECEIVABLE, bill, amount=200_000)
    assert ("Changed", "Amount", "1,234.50", "2,000.00") in told(desk, RECEIVABLE, bill)


def test_removing_and_putting_back_are_told(desk: Desk) -> None:
    orient = account(desk, "Orient")
    remove(desk, ACCOUNT, orient)
    assert [line[0] for line in told(desk, ACCOUNT, orient)] == ["Removed", "Added"]
    desk.undo()
    assert told(desk, ACCOUNT, orient)[0] == ("Undone", "", "", "Put back")


def test_a_record_as_it_was(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """At any moment between two changes; before it was added it was not there, nor while it was removed."""
    orient = account(desk, "Orient", city="Shanghai")
    change(desk, ACCOUNT, orient, city="Beijing")
    change(desk, ACCOUNT, orient, city="", name="Orient Group")
    found = past.of(desk.store.writer, ACCOUNT, orient)
    assert found is not None
    moments = sorted({one.at for one in found.noted})
    if len(moments) == 3:  # three changes within one millisecond cannot be told apart by time
        was = [{say(f.label): (say(then), say(now)) for f, then, now in past.as_it_was(desk.store.writer, found, at).values} for at in moments]
        assert [each["City"] for each in was[:2]] == [("Shanghai", ""), ("Beijing", "")]
        assert was[1]["Name"] == ("Orient", "Orient Group")
        assert "City" not in was[2]
    assert not past.as_it_was(desk.store.writer, found, "2020-01-01T00:00:00.000Z").there
    remove(desk, ACCOUNT, orient)
    again = past.of(desk.store.writer, ACCOUNT, orient)
    assert again is not None
    assert not past.as_it_was(desk.store.writer, again, "2999-01-01T00:00:00.000Z").there


@given(values=some.lists(some.sampled_from(["", "a", "b", "c"]), min_size=1, max_size=8), at=some.integers(0, 7))
def test_as_it_was_is_what_was_saved(values: list[str], at: int) -> None:
    """Whatever is saved one after another: rolled back to any of it, the row is as it was left then."""
    noted, before = [kept.Noted((0, "00", "x", "Added", None))], values[0]
    for n, value in enumerate(values[1:], 1):
        noted.append(kept.Noted((n, f"{n:02}", "x", "Changed", f'{{"city":"{before}"}}')))
        before = value
    then = kept.at({"city": values[-1], "gone": None}, noted[::-1], f"{min(at, len(values) - 1):02}")
    assert then is not None
    assert then["city"] == values[min(at, len(values) - 1)]


def test_what_others_touched_since_somebody_looked(desk: Desk) -> None:
    """Each record once, the newest first; not what one did oneself, and nothing again once it was seen."""
    orient, other = account(desk, "Orient"), account(desk, "Sunrise")
    colleague = Desk(desk.store, "Wang Wei")
    change(colleague, ACCOUNT, orient, city="Beijing")
    change(colleague, ACCOUNT, orient, phone="13800138000")
    change(desk, ACCOUNT, other, city="Tianjin")
    third = account(colleague, "Lotus")
    remove(colleague, ACCOUNT, third)
    reader = desk.store.writer
    found = past.by_others(reader, desk.store.by_key, "Li Na", SHOWN)
    assert [(one.name, one.who, one.actions) for one in found.rows] == [("Lotus", ["Wang Wei"], ["Removed", "Added"]), ("Orient", ["Wang Wei"], ["Changed"])]
    past.look(desk, found.newest)
    assert past.by_others(reader, desk.store.by_key, "Li Na", SHOWN).rows == []
    assert len(past.by_others(reader, desk.store.by_key, "Wang Wei", SHOWN).rows) == 2  # everybody has a mark of their own
    change(colleague, ACCOUNT, orient, city="Xi'an")
    assert [one.name for one in past.by_others(reader, desk.store.by_key, "Li Na", SHOWN).rows] == ["Orient"]


def test_an_action_of_many_rows_is_one_line(desk: Desk) -> None:
    colleague = Desk(desk.store, "Wang Wei")
    with colleague.writing(past.REMOVED) as writing:
        writing.add_several(ACCOUNT, {n: {"name": f"Client {n}", "kind": "company"} for n in range(1, 42)})
    found = past.by_others(desk.store.writer, desk.store.by_key, "Li Na", SHOWN).rows
    assert [(one.record.key, one.row_id, one.rows) for one in found] == [("account", 0, 41)]


@pytest.mark.embedded
def test_a_history_shows_only_what_its_reader_sees(store: Store, desk: Desk) -> None:
    """A seller reads the history of a client of theirs, with what is sensitive masked, and nothing of a colleague's client."""
    from crm_desktop.desk.records import STAFF

    me, other = (added(desk, STAFF, name=name, login=name, role=SELLER) for name in ("Li Na", "Wang Wei"))
    mine, theirs = account(desk, "Orient", owner_id=me), account(desk, "Sunrise", owner_id=other)
    mei = added(desk, PERSON, name="Mei", account_id=mine, id_number="11010519491231002X")
    colleague = Desk(store, "Wang Wei")
    change(colleague, ACCOUNT, mine, city="Beijing")
    change(colleague, ACCOUNT, theirs, city="Tianjin")
    change(colleague, PERSON, mei, id_number="110105194912310038", ethnicity="Han")
    store.keys.guarded = True
    with closing(sighted(store, me)) as reader:
        assert past.of(reader, ACCOUNT, theirs) is None
        found = past.of(reader, ACCOUNT, mine)
        assert found is not None
        assert [(one.noted.who, say(one.before), say(one.after)) for one in found.lines if one.field] == [("Wang Wei", "", "Beijing")]
        person = past.of(reader, PERSON, mei)
        assert person is not None
        values = {one.field.name: (one.before, one.after) for one in person.lines if one.field}
        assert values == {"id_number": (MASK, MASK), "ethnicity": ("", MASK)}
        was = past.as_it_was(reader, person, person.noted[-1].at)
        assert {field.name: then for field, then, _ in was.values}["id_number"] == MASK
        assert {one.name for one in past.by_others(reader, store.by_key, "Li Na", SHOWN).rows} == {"Orient", "Mei"}
        assert reader.execute("select count(*) from change where who = 'Wang Wei'").fetchone() == (0,)  # the log itself stays closed


def test_a_confidential_guest_has_no_former_values(desk: Desk) -> None:
    """While the file carries an alias, its history says nothing of who it is."""
    from crm_desktop.desk.records import STAFF
    from crm_desktop.duties.discretion.records import CONFIDENCE

    desk.seat.person_id = added(desk, STAFF, name="Li Na")
    mei = added(desk, PERSON, name="Shen Mei", phone="13800138000")
    change(desk, PERSON, mei, position="Chair")
    hidden = added(desk, CONFIDENCE, person_id=mei, name="Guest Lotus")
    assert row(desk, PERSON, mei)["name"] == "Guest Lotus"
    assert {line[1:] for line in told(desk, PERSON, mei)} == {("", "", "")}
    found = past.of(desk.store.writer, PERSON, mei)
    assert found is not None
    was = past.as_it_was(desk.store.writer, found, found.noted[-1].at)
    assert not any("Shen" in say(words) or "138" in say(words) for _, *both in was.values for words in both)
    desk.move(CONFIDENCE, hidden, row(desk, CONFIDENCE, hidden)["version"], "lift", reason="over")
    assert ("Name", "Guest Lotus", "Shen Mei") in {line[1:] for line in told(desk, PERSON, mei)}


def test_the_words_of_a_history_are_chinese_in_chinese(desk: Desk) -> None:
    orient = account(desk, "东方旅行社", kind="agency", level="A")
    change(desk, ACCOUNT, orient, level="B")
    use("zh_CN")
    assert not any(c.isalpha() and c.isascii() for line in told(desk, ACCOUNT, orient) for c in "".join(line[1:2]))
    assert row(desk, ACCOUNT, orient)["level"] == "B"
