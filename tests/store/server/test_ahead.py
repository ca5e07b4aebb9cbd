"""A change prepared before its turn: it holds nobody up, and whatever moved meanwhile is noticed when it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
import pytest

from crm_desktop.desk.desk import Conflict, Desk, Invalid
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.record.ids import RANDOM_BITS, new_id
from crm_desktop.record.text import Refused
from crm_desktop.store.server import ahead, engine
from crm_desktop.store.server.ahead import Ahead
from crm_desktop.store.server.errors import ServerError
from crm_desktop.store.server.log_sql import WRITING
from crm_desktop.store.store import Store
from tests.samples import STAY, account, added, change, row, sound, stay


@pytest.fixture
def server(server_database: str) -> Iterator[Store]:
    with Store(server_database, RECORDS) as store:
        yield store


@pytest.fixture
def other(server_database: str) -> Iterator[Desk]:
    """Another seat."""
    with Store(server_database, RECORDS, seat="2") as store:
        yield Desk(store, "Wang")


@contextmanager
def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], Any]) -> Iterator[list[int]]:
    """What happens between the checks of a change and its sending; how often something was sent."""
    send, sent = Ahead.send, list[int]()

    def later(self: Ahead, *words: Any) -> None:
        sent.append(1)
        if len(sent) == 1:
            happens()
        send(self, *words)

    with monkeypatch.context() as patch:
        patch.setattr(Ahead, "send", later)
        yield sent


def test_what_cannot_be_saved_waits_for_nobody(server: Store, other: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "TURN_SECONDS", 1)
    monkeypatch.setattr(engine, "TURNS_SECONDS", 0.5)
    desk = Desk(server, "Li Na")
    orient = account(desk, "Orient", code="C1")
    change(other, ACCOUNT, orient, remark="theirs")
    with psycopg.connect(str(server.address)) as writing:
        writing.execute(f"select pg_advisory_xact_lock({WRITING})")
        with pytest.raises(Conflict) as told:
            desk.save(ACCOUNT, orient, 1, {"remark": "mine"})
        assert told.value.theirs is not None
        assert told.value.theirs["remark"] == "theirs"
        with pytest.raises(Invalid):
            desk.save(ACCOUNT, None, 0, {"name": "Another", "code": "C1"})
        with pytest.raises(Refused, match="is writing"):
            change(desk, ACCOUNT, orient, remark="waits in vain")
    change(desk, ACCOUNT, orient, remark="in its turn")


def test_a_save_is_one_message_while_others_wait(server: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(server, "Li Na")
    orient = account(desk, "Orient")
    asked, ask = list[str](), psycopg.Connection.execute

    def noted(self: Any, query: Any, *words: Any, **more: Any) -> Any:
        asked.append(query.decode() if isinstance(query, bytes) else query)
        return ask(self, query, *words, **more)

    monkeypatch.setattr(psycopg.Connection, "execute", noted)
    desk.save(ACCOUNT, orient, 1, {"remark": "it's \\ 'quoted'; $1 ?", "code": "C1"})
    monkeypatch.undo()
    assert [query[:5] for query in asked if not query.startswith("select")] == ["begin"]
    assert asked[-1].endswith("; commit")
    assert len(asked) == 4  # the newest change there is, the row, who has the code, and all that is written
    assert row(desk, ACCOUNT, orient)["remark"] == "it's \\ 'quoted'; $1 ?"


def test_a_row_changed_meanwhile_is_a_conflict(server: Store, other: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(server, "Li Na")
    orient = account(desk, "Orient")
    with meanwhile(monkeypatch, lambda: change(other, ACCOUNT, orient, remark="theirs")), pytest.raises(Conflict) as told:
        change(desk, ACCOUNT, orient, name="Occident")
    assert told.value.theirs is not None
    assert (told.value.theirs["name"], told.value.theirs["remark"]) == ("Orient", "theirs")


def test_a_client_removed_meanwhile_is_not_referred_to(server: Store, other: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(server, "Li Na")
    orient, guest = account(desk, "Orient"), added(desk, PERSON, name="Zhang")
    with meanwhile(monkeypatch, lambda: other.remove(ACCOUNT, orient, 1)), pytest.raises(Invalid) as told:
        change(desk, PERSON, guest, account_id=orient)
    assert list(told.value.problems) == ["account_id"]
    assert row(desk, PERSON, guest)["account_id"] is None
    sound(server)


def test_a_code_taken_meanwhile_is_told_by_its_holder(server: Store, other: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(server, "Li Na")
    with meanwhile(monkeypatch, lambda: account(other, "First", code="C1")), pytest.raises(Invalid, match="First already has this"):
        account(desk, "Second", code="C1")
    assert server.writer.execute("select name from account").fetchall() == [("First",)]


def test_other_work_meanwhile_does_not_matter(server: Store, other: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(server, "Li Na")
    orient = account(desk, "Orient")
    mine = stay(desk, company_id=orient)
    with meanwhile(monkeypatch, lambda: stay(other, arrival="2026-11-20", departure="2026-11-22", company_id=orient)) as sent:
        change(desk, STAY, mine, rate=70_000)
    assert len(sent) == 2  # both were sent at once, none in its turn
    assert row(desk, ACCOUNT, orient)["stays"] == 2
    sound(server)


def test_a_save_whose_acknowledgement_was_lost_is_not_told_as_lost(server: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(server, "Li Na")
    orient = account(desk, "Orient")
    send = Ahead.send

    def lost(self: Ahead, *words: Any) -> None:
        send(self, *words)
        server.writer.raw.close()
        raise ServerError("the cable was cut", lost=True)

    monkeypatch.setattr(Ahead, "send", lost)
    occident = account(desk, "Occident")
    saved = change(desk, ACCOUNT, orient, remark="once")
    monkeypatch.undo()
    assert [row(desk, ACCOUNT, one)["version"] for one in (orient, occident)] == [2, 1]
    assert server.writer.execute("select max(id), count(*) from change").fetchone() == (saved.id, 3)


def test_a_save_lost_on_its_way_is_told(server: Store, other: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(server, "Li Na")
    orient = account(desk, "Orient")

    def lost(self: Ahead, *_words: Any) -> None:
        self.id = new_id()
        change(other, ACCOUNT, orient, remark="another's, just then")
        server.writer.raw.close()
        raise ServerError("the cable was cut", lost=True)

    with monkeypatch.context() as patch:
        patch.setattr(server, "seat", other.store.seat)  # two PCs may be named alike
        patch.setattr(type(server), "takes_turns", property(lambda store: store is server))
        patch.setattr(Ahead, "send", lost)
        with pytest.raises(Refused):
            change(desk, ACCOUNT, orient, remark="never")
    with closing(server.open_reader()) as reader:
        assert reader.execute("select remark, version from account").fetchall() == [("another's, just then", 2)]


def test_an_id_is_not_given_twice_where_clocks_differ(server: Store, other: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(server, "Li Na")
    orient, occident = account(desk, "Orient"), account(desk, "Occident")
    hour = 3_600_000 << RANDOM_BITS
    monkeypatch.setattr(ahead, "new_id", lambda: new_id() + hour)
    far = change(other, ACCOUNT, occident, remark="an hour ahead").id
    monkeypatch.undo()
    assert change(desk, ACCOUNT, orient, remark="after it").id > far
    with meanwhile(monkeypatch, lambda: change(other, ACCOUNT, occident, remark="between")) as sent:
        monkeypatch.setattr(ahead, "new_id", lambda: 1)
        assert change(desk, ACCOUNT, orient, remark="last").id > far
    assert len(sent) == 2
    sound(server)
