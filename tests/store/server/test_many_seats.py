"""Many seats on one server: nobody's edit is lost, everybody hears of it, and a server that goes away comes back."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.text import Refused
from crm_desktop.store.server import engine, watchdog
from crm_desktop.store.server.errors import ServerError
from crm_desktop.store.store import Store
from tests import postgres as server_for_tests
from tests.samples import REPOSITORY, STAY, account, change, row, sound, stay
from tests.store.test_store import EDITOR

SAVER = """
import sys, time
from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.text import Refused
from crm_desktop.store.store import Store
def opened():
    while True:
        try:
            return Store(sys.argv[1], RECORDS)
        except Refused as error:  # the server was killed before this one was in
            print("refused", error, flush=True)
            time.sleep(0.2)
with opened() as store:
    desk, until, n = Desk(store, "saver"), time.time() + float(sys.argv[2]), 0
    while time.time() < until:
        try:
            print(desk.save(ACCOUNT, None, 0, {"name": f"Client {n}"}).rows[0][1], flush=True)
        except Refused as error:
            print("refused", error, flush=True)
        n += 1
"""


def started(code: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=REPOSITORY)


def ended(processes: Sequence[subprocess.Popen[str]], seconds: float = 1_800) -> list[tuple[str, str]]:
    """What each of them said, once all are done; none is left behind with the database open, whatever fails. A busy PC takes
    minutes for what is done in two seconds: the time is there against what never ends."""
    try:
        said = [process.communicate(timeout=seconds) for process in processes]
        assert [(process.returncode, err) for process, (_, err) in zip(processes, said, strict=True)] == [(0, "")] * len(processes)
    finally:
        for process in processes:
            process.kill()
            process.wait()
    return said


@pytest.fixture
def server(server_database: str) -> Iterator[Store]:
    """An empty database on the server."""
    with Store(server_database, RECORDS) as store:
        yield store


@pytest.mark.parametrize("edits", [25, pytest.param(125, marks=pytest.mark.long)])
def test_eight_seats_lose_no_edit(server: Store, edits: int) -> None:
    desk = Desk(server, "Li Na")
    ids = [account(desk, f"Client {n}") for n in range(3)]
    ended([started(EDITOR, str(server.address), letter, str(edits)) for letter in "abcdefgh"])
    remarks = "".join(row(desk, ACCOUNT, row_id)["remark"] for row_id in ids)
    assert {letter: remarks.count(letter) for letter in "abcdefgh"} == dict.fromkeys("abcdefgh", edits)
    sound(server)


STAYER = """
import sys
from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.stays.records import STAY
from crm_desktop.store.store import Store
with Store(sys.argv[1], RECORDS) as store:
    desk = Desk(store, "x")
    for n in range(int(sys.argv[4])):
        desk.save(STAY, None, 0, {"hotel_id": int(sys.argv[2]), "company_id": int(sys.argv[3]), "arrival": f"2026-11-{n % 20 + 1:02d}", "departure": "2026-11-28",
            "status": "Check-Out", "rate": 100})
"""


def test_sums_kept_by_four_seats_at_once_are_right(server: Store) -> None:
    desk = Desk(server, "Li Na")
    orient = account(desk, "Orient")
    house = row(desk, STAY, stay(desk))["hotel_id"]
    ended([started(STAYER, str(server.address), str(house), str(orient), "15") for _ in range(4)])
    assert row(desk, ACCOUNT, orient)["stays"] == 60
    sound(server)


def wait_for(condition: Any, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.02)


def test_a_change_is_heard_with_its_rows(server: Store) -> None:
    heard: list[Any] = []
    said: list[dict[str, Any]] = []
    listening = server.listen(heard.append, said.append)
    try:
        desk = Desk(server, "Li Na")
        wait_for(lambda: account(desk, "Until it listens") and heard)
        heard.clear()
        orient = account(desk, "Orient", code="7")
        wait_for(lambda: any(one.rows == [("account", orient)] for one in heard))
        one = next(one for one in heard if one.rows == [("account", orient)])
        assert (one.who, one.tables, one.count, one.anything) == ("Li Na", {"account"}, 1, False)
        listening.say({"editing": ["account", orient], "who": "王 小明"})
        wait_for(lambda: said)
        assert said == [{"editing": ["account", orient], "who": "王 小明"}]
        with pytest.raises(ValueError, match="too long"):
            listening.say({"x": "y" * 9000})
    finally:
        listening.close()


def test_a_lost_connection_is_mended_where_nothing_can_be_done_twice(server: Store) -> None:
    desk, heard, states = Desk(server, "Li Na"), list[Any](), list[bool]()
    orient = account(desk, "Orient")
    listening = server.listen(heard.append, state=states.append)
    with closing(server.open_reader()) as reader, psycopg.connect(str(server.address), autocommit=True) as owner:
        wait_for(lambda: owner.execute("select count(*) from pg_stat_activity where query like 'listen%' or query = 'select 1'").fetchone() != (0,))
        throw = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        owner.execute(throw)
        assert reader.execute("select name from account").fetchall() == [("Orient",)]
        change(desk, ACCOUNT, orient, name="Occident")
        wait_for(lambda: states == [False, True])
        assert any(one.anything for one in heard)
        reader.execute("begin")
        owner.execute(throw)
        with pytest.raises(ServerError):  # a moment that is gone does not come back
            reader.execute("select name from account")
        assert reader.execute("select name from account").fetchall() == [("Occident",)]

        def in_the_middle() -> None:
            with desk.writing(desk_words()) as writing:
                writing.add(ACCOUNT, {"name": "Lost"})
                owner.execute(throw)
                writing.add(ACCOUNT, {"name": "Lost too"})

        with pytest.raises(Refused, match="cannot be reached"):
            in_the_middle()
        assert reader.execute("select count(*) from account").fetchone() == (1,)
    listening.close()
    sound(server)


def test_a_seat_thrown_out_while_it_comes_in_goes_on_listening(server: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    heard, states = list[Any](), list[bool]()
    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["crm_desktop.store.server.connection"], "SETTINGS", "select pg_terminate_backend(pg_backend_pid())")
        with pytest.raises(ServerError) as told:
            server.open_reader()
        assert told.value.lost
        listening = server.listen(heard.append, state=states.append)
        wait_for(lambda: states == [False])
    wait_for(lambda: states == [False, True] and heard)
    assert heard[0].anything
    listening.close()


def desk_words() -> Any:
    from crm_desktop.record.text import Text

    return Text("Filled")


def test_an_action_whose_acknowledgement_was_lost_is_not_told_as_lost(server: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(server, "Li Na")
    account(desk, "Orient")
    ask, lost = engine.Server.execute, list[int]()

    def commit_and_lose(self: Any, sql: str, parameters: Any = (), /) -> Any:
        done = ask(self, sql, parameters)
        if sql == "commit" and not lost:
            lost.append(1)
            self.raw.close()
            raise ServerError("the cable was cut", lost=True)
        return done

    monkeypatch.setattr(engine.Server, "execute", commit_and_lose)
    with desk.writing(desk_words()) as writing:
        saved = writing.add(ACCOUNT, {"name": "Occident"})
    assert lost
    assert row(desk, ACCOUNT, saved)["name"] == "Occident"
    assert server.writer.execute("select count(*) from change").fetchone() == (2,)


class Proxy:
    """A way to the server that can go silent: connections stay open, nothing comes through."""

    def __init__(self, port: int) -> None:
        self._port, self.silent, self.deaf = port, threading.Event(), threading.Event()
        self.sent, self.most = 0, 0  # bytes from the seats; after how many of them it goes silent, 0: never
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._open = [self._listening]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                seat, _ = self._listening.accept()
            except OSError:
                return
            try:
                there = socket.create_connection(("127.0.0.1", self._port))
            except OSError:  # the server is down
                seat.close()
                continue
            self._open += [seat, there]
            new = self.deaf.is_set()
            for one, other in ((seat, there), (there, seat)):
                threading.Thread(target=self._carry, args=(one, other, new, one is seat), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket, new: bool, from_seat: bool) -> None:
        try:
            while block := one.recv(65536):
                self.sent += len(block) if from_seat else 0
                if self.most and self.sent > self.most:
                    self.most = 0
                    self.silent.set()
                if self.deaf.is_set() and not new:  # what was open is swallowed and answered to, what is new goes through
                    continue
                while self.silent.is_set():  # nothing is lost on a line that lives: it comes later
                    time.sleep(0.02)
                other.sendall(block)
        except OSError:
            pass
        for each in (one, other):  # closing alone would leave whoever waits on the other side waiting
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def close(self) -> None:
        self.silent.clear()
        for one in self._open:
            one.close()


@contextmanager
def through(address: str) -> Iterator[tuple[str, Proxy]]:
    parts = urlsplit(address)
    assert parts.port
    proxy = Proxy(parts.port)
    try:
        yield urlunsplit(parts._replace(netloc=f"{parts.netloc.rpartition(':')[0]}:{proxy.port}")), proxy
    finally:
        proxy.close()


def test_a_network_gone_silent_is_noticed_and_outlived(server_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DOUBT_AFTER", "SIGN_WITHIN"):
        monkeypatch.setattr(watchdog, name, 0.5)
    with through(server_database) as (address, proxy), Store(address, RECORDS) as store, closing(store.open_reader()) as reader:
        desk, states = Desk(store, "Li Na"), list[bool]()
        account(desk, "Orient")
        listening = store.listen(lambda heard: None, state=states.append)
        proxy.silent.set()
        monkeypatch.setitem(sys.modules["crm_desktop.store.server.connection"].OPTIONS, "connect_timeout", 2)  # the shortest there is
        monkeypatch.setattr(engine, "BACK_SECONDS", 0.1)
        with pytest.raises(ServerError) as told:
            reader.execute("select name from account")
        assert told.value.lost
        with pytest.raises(Refused, match=r"cannot be reached|did not answer"):
            account(desk, "Lost")
        wait_for(lambda: states == [False])
        proxy.silent.clear()
        assert reader.execute("select name from account").fetchall() == [("Orient",)]
        account(desk, "Back again")
        wait_for(lambda: states == [False, True])
        listening.close()


def test_a_connection_that_is_swallowed_is_told_from_a_long_answer(server_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Something between forgets one connection, while the server lives and takes new ones: no keep-alive notices."""
    for name, seconds in (("DOUBT_AFTER", 0.2), ("DEAF_AFTER", 0.4), ("ASK_EVERY", 0.3)):
        monkeypatch.setattr(watchdog, name, seconds)
    with through(server_database) as (address, proxy), Store(address, RECORDS) as store, closing(store.open_reader()) as reader:
        desk = Desk(store, "Li Na")
        orient = account(desk, "Orient")
        assert reader.execute("select 1 from pg_sleep(1.5)").fetchone() == (1,), "it was worked on all the time"
        proxy.deaf.set()
        assert reader.execute("select name from account").fetchall() == [("Orient",)]  # asked again on a new way
        reader.execute("begin")
        assert reader.execute("select version from account").fetchone() == (1,)
        change(desk, ACCOUNT, orient, remark="on a new way")
        assert row(desk, ACCOUNT, orient)["version"] == 2


def _count(address: str) -> int:
    with psycopg.connect(address) as owner:
        found = owner.execute("select count(*) from account").fetchone()
    return int(found[0]) if found else 0


@pytest.mark.parametrize("kills", [1, pytest.param(6, marks=pytest.mark.long)])
def test_what_was_saved_survives_the_kill_of_the_server(kills: int) -> None:
    with server_for_tests.own_server() as server:
        address = server.fresh_database()
        Store(address, RECORDS, create=True).close()
        savers = [started(SAVER, address, str(6 + 5 * kills)) for _ in range(4)]
        for n in range(kills):
            wait_for(lambda wanted=60 * (n + 1): _count(address) > wanted, 60)
            server.kill()
            server.start()
        lines = [line for out, _ in ended(savers) for line in out.splitlines()]
        said = {int(line) for line in lines if line.isdecimal()}
        with Store(address, RECORDS) as store:
            there = {one[0] for one in store.writer.execute("select id from account").fetchall()}
            assert said <= there
            assert len(there - said) <= 4 * kills  # saved, and killed before anybody could be told
            assert len(said) > 40
            assert [line for line in lines if not line.isdecimal() and "cannot be reached" not in line and "not known yet" not in line] == []
            sound(store)


def test_stopping_a_statement_waits_for_nobody_and_hits_no_other(server_database: str) -> None:
    with Store(server_database, RECORDS) as store, closing(store.open_reader()) as reader:
        failed = list[str]()

        def ask() -> None:
            try:
                reader.execute("select pg_sleep(60)")
            except ServerError as error:
                failed.append(error.state)

        asking = threading.Thread(target=ask)
        asking.start()
        wait_for(lambda: reader._watch.asked)
        for _ in range(3):
            reader.interrupt()
        asking.join(20)
        assert failed == ["57014"]
        for _ in range(20):  # what was asked to stop is over: the next ones are left alone
            reader.interrupt()
            assert reader.execute("select 1").fetchone() == (1,)
