"""The timeline of a row: merged from all duties, newest first, page by page, each page from the indexes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import DUTIES
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record.duty import Entries, TimelineEntry
from crm_desktop.record.text import Text
from crm_desktop.store import timeline
from crm_desktop.store.store import Store
from crm_desktop.store.timeline import LAST, Look
from tests import samples

BY = {"account": ("account_id",), "person": ("person_id",)}
TOP = ("9999-12-31", "~", LAST)


def _visit(row: dict[str, Any]) -> Text:
    return Text("{who}: {what}", who=row["person_id.name"] or "", what=row["words"])


VISITS = Entries("visit", "phone", "day", BY, ("words", "person_id"), _visit, time="time", chip="kind", when=("state", "done"))
TASKS = Entries("follow_up", "list-todo", "due", BY, ("name",), lambda row: str(row["name"]), chip="state")
STAYS = next(entry for duty in DUTIES for entry in duty.entries if entry.record == "stay")
ALL = (VISITS, TASKS, STAYS)


def look(store: Store, about: str, row_id: int, entries: tuple[Entries, ...] = ALL) -> Look:
    return Look(entries, store.by_key, about, row_id)


def words(entries: list[TimelineEntry]) -> list[str]:
    return [f"{entry.day} {entry.time} {entry.words}".replace("  ", " ") for entry in entries]


@pytest.fixture
def client(desk: Desk) -> int:
    """A client with a person, three contacts on two days, a task, and two stays."""
    client = samples.account(desk, "Lantang Steel")
    person = samples.added(desk, PERSON, name="Qi Man", account_id=client)
    samples.added(desk, VISIT, account_id=client, person_id=person, day="2026-11-17", time="09:30", words="asked for November rates")
    samples.added(desk, VISIT, account_id=client, day="2026-11-17", time="16:05", words="sent them")
    samples.added(desk, VISIT, account_id=client, day="2026-10-02", words="wished a good holiday")
    samples.added(desk, VISIT, account_id=client, day="2026-11-25", state="planned", words="not done yet")
    samples.added(desk, FOLLOW_UP, account_id=client, name="send the contract", due="2026-11-20")
    samples.stay(desk, "2026-11-16", "2026-11-18", company_id=client, room_no="1702")
    samples.stay(desk, "2026-12-01", "2026-12-01", company_id=client, status="Booked")
    samples.added(desk, VISIT, account_id=samples.account(desk, "Another"), day="2026-11-17", words="of somebody else")
    return client


def test_everything_about_a_client_newest_first(store: Store, client: int) -> None:
    found = timeline.before(store.writer, look(store, "account", client), TOP)
    assert words(found) == [
        "2026-12-01 Day use, 500.00 a night",
        "2026-11-20 send the contract",
        "2026-11-17 16:05 : sent them",
        "2026-11-17 09:30 Qi Man: asked for November rates",
        "2026-11-16 2 nights, room 1702, 500.00 a night",
        "2026-10-02 : wished a good holiday",
    ]
    assert [(str(e.chip[0]), e.chip[1]) if e.chip else None for e in found[:3]] == [("Booked", "blue"), ("To do", "blue"), ("Visit", "")]


def test_what_is_to_come_stands_above_with_the_nearest_last(store: Store, client: int) -> None:
    here = look(store, "account", client)
    assert words(timeline.after(store.writer, here, timeline.end_of("2026-11-18"))) == [
        "2026-12-01 Day use, 500.00 a night",
        "2026-11-20 send the contract",
    ]
    assert words(timeline.after(store.writer, here, timeline.end_of("2026-11-18"), 1)) == ["2026-11-20 send the contract"]
    assert timeline.before(store.writer, here, timeline.end_of("2026-11-18"), 1)[0].day == "2026-11-17"


def test_what_was_cancelled_is_not_to_come_but_stays_in_the_past(store: Store, desk: Desk, client: int) -> None:
    samples.stay(desk, "2026-11-19", "2026-11-21", company_id=client, status="Canceled")
    here = look(store, "account", client)
    assert [entry.day for entry in timeline.after(store.writer, here, timeline.end_of("2026-11-18"))] == ["2026-12-01", "2026-11-20"]
    assert "2026-11-19" in [entry.day for entry in timeline.before(store.writer, here, timeline.end_of("2026-11-19"))]


def test_what_every_duty_drops_is_a_state_there_is(store: Store) -> None:
    for entry in (entry for duty in DUTIES for entry in duty.entries if entry.dropped):
        assert set(entry.dropped) < {code for code, _, _ in store.by_key[entry.record].by_name[entry.chip].choices}


def test_one_kind_only_and_which_kinds_there_are(store: Store, client: int) -> None:
    here = look(store, "account", client)
    assert timeline.kinds(store.writer, here) == ["visit", "follow_up", "stay"]
    assert {entry.record for entry in timeline.before(store.writer, here.only("visit"), TOP)} == {"visit"}
    nobody = look(store, "account", 17)
    assert timeline.kinds(store.writer, nobody) == []
    assert timeline.before(store.writer, nobody, TOP) == []


def test_a_guest_sees_the_own_entries_only(store: Store, desk: Desk, client: int) -> None:
    guest = store.writer.execute("select id from person").fetchone()[0]
    samples.stay(desk, "2026-11-16", "2026-11-18", guest_id=guest)
    assert words(timeline.before(store.writer, look(store, "person", guest), TOP)) == [
        "2026-11-17 09:30 Qi Man: asked for November rates",
        "2026-11-16 2 nights, 500.00 a night",
    ]


def test_what_was_removed_is_not_told(store: Store, desk: Desk, client: int) -> None:
    visit = store.writer.execute("select id from visit where time = '16:05'").fetchone()[0]
    samples.remove(desk, VISIT, visit)
    assert "sent them" not in " ".join(words(timeline.before(store.writer, look(store, "account", client), TOP)))


def test_pages_meet_without_a_gap_or_a_row_twice(store: Store, desk: Desk) -> None:
    client = samples.account(desk)
    with desk.writing(Text("Added")) as writing:
        for at in range(40):
            day = f"2026-11-{1 + at % 5:02d}"
            writing.add(VISIT, {"account_id": client, "day": day, "time": ("", "09:00", "17:30")[at % 3], "words": str(at)})
            writing.add(FOLLOW_UP, {"account_id": client, "due": day, "name": str(at)})

    @given(st.integers(1, 90), st.booleans())
    def walk(size: int, upwards: bool) -> None:
        here = look(store, "account", client)
        whole = [entry.place for entry in timeline.before(store.writer, here, TOP, 200)]
        assert len(whole) == 80
        assert whole == sorted(whole, reverse=True)
        place, pages = ("", "", 0) if upwards else TOP, []
        while found := (timeline.after if upwards else timeline.before)(store.writer, here, place, size):
            pages = [e.place for e in found] + pages if upwards else pages + [e.place for e in found]
            place = found[0].place if upwards else found[-1].place
        assert pages == whole

    walk()


@pytest.mark.embedded
@pytest.mark.parametrize("way", ["asc", "desc"])
def test_every_duty_s_entries_come_from_an_index(store: Store, way: str) -> None:
    """No statement of a timeline walks a table: each begins at the row it is about."""
    for entry in (*(entry for duty in DUTIES for entry in duty.entries), *ALL):
        for about, columns in entry.by.items():
            sql, values = timeline.statement(look(store, about, 1, (entry,)), entry, timeline.end_of("2026-11-18"), 60, way)
            plan = [row[3] for row in store.writer.execute(f"explain query plan {sql}", values).fetchall()]
            assert not [step for step in plan if step.startswith("SCAN") and entry.record in step.split()], plan
            searched = [step for step in plan if f"SEARCH {entry.record} USING" in step]
            assert len(searched) == len(columns), plan
            assert all(any(f"({column.partition('.')[0]}=?" in step for column in columns) for step in searched), plan
            if entry.record == "stay":  # of which a client may have very many
                assert all(f"{entry.at}{'<' if way == 'desc' else '>'}" in step for step in searched), plan


def test_every_duty_s_entries_name_columns_there_are(store: Store) -> None:
    for entry in (entry for duty in DUTIES for entry in duty.entries):
        record = store.by_key[entry.record]
        named = [entry.at, *entry.columns, *(c.partition(".")[0] for columns in entry.by.values() for c in columns), *filter(None, (entry.time, entry.chip))]
        assert [name for name in named if name not in record.by_name] == []
        for own, _, theirs in (c.partition(".") for columns in entry.by.values() for c in columns if "." in c):
            assert theirs in store.by_key[record.by_name[own].ref].by_name
        assert set(entry.by) <= set(store.by_key)
