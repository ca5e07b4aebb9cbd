from __future__ import annotations

import gc
import sqlite3
import threading
import time
import weakref
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from crm_desktop.record.text import Text
from crm_desktop.ui import collecting, jobs
from crm_desktop.ui.jobs import Cancelled, Job, Reader

ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"


class Change:
    tables = frozenset({"stay"})


class Desk:
    def __init__(self) -> None:
        self.log: list[str] = []
        self.closed_in: int | None = None
        self.made_in = threading.get_ident()
        self.rested_in: list[int] = []

    def rest(self) -> None:
        self.rested_in.append(threading.get_ident())

    def close(self) -> None:
        self.closed_in = threading.get_ident()


class Owner(QObject):
    """Keeps what it was told, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[Any] = []
        self.errors: list[Exception] = []
        self.steps: list[tuple[int, int]] = []
        self.threads: set[int] = set()

    def done(self, result: Any) -> None:
        self.threads.add(threading.get_ident())
        self.got.append(result)

    def failed(self, error: Exception) -> None:
        self.threads.add(threading.get_ident())
        self.errors.append(error)

    def progress(self, done: int, total: int) -> None:
        self.threads.add(threading.get_ident())
        self.steps.append((done, total))


class House:
    def __init__(self) -> None:
        self.readers: list[sqlite3.Connection] = []
        self.desks: list[Desk] = []
        self.hub = jobs.start(self.open_reader, self.open_desk)

    def open_reader(self) -> Reader:
        connection = sqlite3.connect(":memory:")  # belongs to the thread that opens it; close() elsewhere would raise
        self.readers.append(connection)
        return connection

    def open_desk(self) -> Desk:
        self.desks.append(Desk())
        return self.desks[-1]


@pytest.fixture
def house_of_threads(qtbot: QtBot) -> Iterator[House]:
    """Real threads over real connections."""
    house = House()
    yield house
    jobs.close()


@pytest.fixture
def owner(house_of_threads: House) -> Owner:
    return Owner()


def here(reader: Reader, job: Job) -> int:
    return threading.get_ident()


def endless(reader: Reader, job: Job) -> Any:
    return reader.execute(ENDLESS).fetchall()


def wrong(tool: Any, job: Job) -> None:
    raise ValueError("wrong")


def test_work_runs_elsewhere_and_answers_here(qtbot: QtBot, owner: Owner) -> None:
    for ask in (jobs.read, jobs.act, jobs.work):
        ask(owner, here, owner.done)
    qtbot.waitUntil(lambda: len(owner.got) == 3)
    assert threading.get_ident() not in owner.got
    assert len(set(owner.got)) == 3
    assert owner.threads == {threading.get_ident()}


def test_a_cancelled_statement_stops_at_once(qtbot: QtBot, owner: Owner) -> None:
    job = jobs.read(owner, endless, owner.done, failed=owner.failed)
    qtbot.wait(50)
    job.cancel()
    qtbot.waitUntil(lambda: bool(owner.errors))
    assert isinstance(owner.errors[0], Cancelled)
    assert owner.got == []


def test_a_reader_without_a_handler_is_interrupted(qtbot: QtBot) -> None:
    class Slow:
        def __init__(self) -> None:
            self.stopped = threading.Event()

        def execute(self, sql: str, params: Any = (), /) -> Any:
            assert self.stopped.wait(5)
            raise sqlite3.OperationalError("interrupted")

        def interrupt(self) -> None:
            self.stopped.set()

    slow, owner = Slow(), Owner()
    jobs.start(lambda: slow, Desk)
    job = jobs.read(owner, lambda reader, job: reader.execute("x"), owner.done, failed=owner.failed)
    qtbot.wait(30)
    job.cancel()
    qtbot.waitUntil(lambda: bool(owner.errors))
    assert isinstance(owner.errors[0], Cancelled)


def test_only_the_newest_of_a_slot_is_answered(qtbot: QtBot, owner: Owner) -> None:
    for n in range(20):
        jobs.read(owner, lambda reader, job, n=n: n, owner.done, slot="find", failed=owner.failed)  # type: ignore[misc]
    qtbot.waitUntil(lambda: bool(owner.got))
    qtbot.wait(50)
    assert owner.got == [19]
    assert owner.errors == []


def test_a_newer_request_stops_a_running_one(qtbot: QtBot, owner: Owner) -> None:
    other = Owner()
    for who in (owner, other):  # both read threads are busy with statements that never end
        jobs.read(who, endless, who.done, slot="list")
    qtbot.wait(50)
    jobs.read(owner, here, owner.done, slot="list")
    qtbot.waitUntil(lambda: bool(owner.got), timeout=1000)
    assert other.got == []
    jobs.read(other, here, other.done, slot="list")
    qtbot.waitUntil(lambda: bool(other.got), timeout=1000)


def test_slots_of_two_owners_do_not_meet(qtbot: QtBot, owner: Owner) -> None:
    other = Owner()
    jobs.read(owner, here, owner.done, slot="find")
    jobs.read(other, here, other.done, slot="find")
    qtbot.waitUntil(lambda: bool(owner.got and other.got))


def test_a_dead_owner_is_dropped_and_its_statement_stopped(qtbot: QtBot, house_of_threads: House) -> None:
    owner, after = Owner(), Owner()
    for _ in range(jobs.READ_THREADS):
        jobs.read(owner, endless, owner.done)
    qtbot.wait(30)
    delete(owner)
    jobs.read(after, here, after.done)
    qtbot.waitUntil(lambda: bool(after.got), timeout=1000)
    assert owner.got == []


def test_a_waiting_read_does_not_keep_a_widget(qtbot: QtBot, house_of_threads: House) -> None:
    class Card(QWidget):
        def show_it(self, result: Any) -> None:
            raise AssertionError("closed already")

    card = Card()
    gone: list[bool] = []
    threads: list[QThread] = []
    card.destroyed.connect(lambda: gone.append(True))
    card.destroyed.connect(lambda: threads.append(QThread.currentThread()))
    reference = weakref.ref(card)
    jobs.read(card, endless, card.show_it)
    qtbot.wait(30)
    delete(card)
    del card
    qtbot.waitUntil(lambda: reference() is None, timeout=1000)
    assert gone
    assert threads == [QThread.currentThread()]


def test_widgets_are_never_destroyed_in_another_thread(qtbot: QtBot, house_of_threads: House) -> None:
    """The reads hold the only references left: they must be let go of here."""
    died_in: set[int] = set()

    class Card(QWidget):
        def done(self, result: Any) -> None:
            pass

        def __del__(self) -> None:
            died_in.add(threading.get_ident())

    def ask() -> None:
        card = Card()
        jobs.read(card, lambda reader, job: card.x(), card.done)

    for _ in range(60):
        ask()
    qtbot.wait(300)
    gc.collect()
    assert died_in == {threading.get_ident()}


def test_garbage_is_collected_here_only(qtbot: QtBot, owner: Owner) -> None:
    """A widget in a cycle would otherwise die in whatever thread allocates enough."""
    died_in: set[int] = set()
    assert not gc.isenabled()

    class Card(QWidget):
        def __del__(self) -> None:
            died_in.add(threading.get_ident())

    def ring() -> None:
        card = Card()
        card.me = card  # type: ignore[attr-defined]

    def allocate(reader: Reader, job: Job) -> list[Any]:
        return [[] for _ in range(200_000)]

    for _ in range(20):
        ring()
    jobs.work(owner, allocate, owner.done)
    qtbot.waitUntil(lambda: bool(owner.got))
    assert died_in <= {threading.get_ident()}
    qtbot.waitUntil(lambda: bool(died_in), timeout=10 * collecting.COLLECT_EVERY)
    assert died_in == {threading.get_ident()}


@pytest.mark.parametrize("usual", [True, False])
def test_without_a_window_garbage_is_collected_as_before(usual: bool) -> None:
    was = gc.isenabled()
    (gc.enable if usual else gc.disable)()
    try:
        collector = collecting.Collector(QObject())
        assert not gc.isenabled()
        collector.leave()
        assert gc.isenabled() is usual
    finally:
        (gc.enable if was else gc.disable)()


def test_acts_are_done_in_order_and_told(qtbot: QtBot, owner: Owner, house_of_threads: House) -> None:
    waiting: list[int] = []
    changes: list[Any] = []
    house_of_threads.hub.waiting.connect(waiting.append)
    house_of_threads.hub.changed.connect(changes.append)

    def write(n: int, desk: Desk, job: Job) -> Change:
        desk.log.append(str(n))
        return Change()

    for n in range(5):
        jobs.act(owner, partial(write, n), owner.done)
    qtbot.waitUntil(lambda: len(owner.got) == 5)
    assert house_of_threads.desks[0].log == list("01234")
    assert len(changes) == 5
    assert (max(waiting), waiting[-1]) == (5, 0)


def test_an_act_is_done_and_told_when_its_owner_is_gone(qtbot: QtBot, house_of_threads: House) -> None:
    owner = Owner()
    changes: list[Any] = []
    house_of_threads.hub.changed.connect(changes.append)
    jobs.act(owner, lambda desk, job: Change(), owner.done)
    delete(owner)
    qtbot.waitUntil(lambda: bool(changes))


def test_what_nobody_handles_reaches_the_window(qtbot: QtBot, owner: Owner, house_of_threads: House) -> None:
    errors: list[Exception] = []
    house_of_threads.hub.failed.connect(errors.append)
    jobs.act(owner, wrong)
    jobs.read(owner, wrong, owner.done)
    jobs.read(owner, wrong, owner.done, failed=owner.failed)
    qtbot.waitUntil(lambda: len(errors) == 2 and len(owner.errors) == 1)
    assert {type(e) for e in errors + owner.errors} == {ValueError}


def test_a_store_that_does_not_open_is_a_failure_and_tried_again(qtbot: QtBot) -> None:
    tries: list[int] = []

    def open_desk() -> Desk:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("locked")
        return Desk()

    owner = Owner()
    jobs.start(lambda: sqlite3.connect(":memory:"), open_desk)
    jobs.act(owner, here, owner.done, failed=owner.failed)
    jobs.act(owner, here, owner.done, failed=owner.failed)
    qtbot.waitUntil(lambda: bool(owner.got))
    assert [type(e) for e in owner.errors] == [OSError]


def test_progress_is_told_but_not_too_often(qtbot: QtBot, owner: Owner) -> None:
    def count(reader: Reader, job: Job) -> str:
        job.say(Text("Counting"))
        for n in range(20_000):
            job.step(n + 1, 20_000)
        return "ready"

    job = jobs.work(owner, count, owner.done, progress=owner.progress)
    qtbot.waitUntil(lambda: owner.got == ["ready"])
    assert job.doing == Text("Counting")
    assert owner.steps[-1] == (20_000, 20_000)
    assert len(owner.steps) < 50
    assert owner.threads == {threading.get_ident()}


def test_long_work_is_cancelled_between_steps(qtbot: QtBot, owner: Owner) -> None:
    def forever(desk: Any, job: Job) -> None:
        while True:
            job.step(0, 0)
            time.sleep(0.001)

    for ask in (jobs.work, jobs.act):
        job = ask(owner, forever, owner.done, failed=owner.failed)
        qtbot.wait(20)
        job.cancel()
    qtbot.waitUntil(lambda: len(owner.errors) == 2)
    assert {type(e) for e in owner.errors} == {Cancelled}
    assert owner.got == []


def test_what_was_cancelled_before_it_began_is_not_done(qtbot: QtBot, owner: Owner, house_of_threads: House) -> None:
    jobs.act(owner, lambda desk, job: time.sleep(0.05))
    job = jobs.act(owner, lambda desk, job: desk.log.append("never"), owner.done, failed=owner.failed)
    job.cancel()
    qtbot.waitUntil(lambda: bool(owner.errors))
    assert house_of_threads.desks[0].log == []


def test_close_finishes_saves_and_closes_connections(qtbot: QtBot, owner: Owner, house_of_threads: House) -> None:
    for ask in (jobs.read, jobs.work):
        ask(owner, endless, owner.done)
    saved: list[str] = []
    jobs.act(owner, lambda desk, job: time.sleep(0.05))
    jobs.act(owner, lambda desk, job: saved.append("kept"), owner.done)
    qtbot.wait(20)
    jobs.close()
    assert saved == ["kept"]
    desk = house_of_threads.desks[0]
    assert desk.closed_in == desk.made_in
    for connection in house_of_threads.readers:
        with pytest.raises(sqlite3.ProgrammingError, match=r"thread|closed"):
            connection.execute("select 1")
    with pytest.raises(RuntimeError):
        jobs.hub()


def test_close_ends_a_long_act_at_its_next_step(qtbot: QtBot, owner: Owner) -> None:
    taken: list[int] = []

    def load(desk: Any, job: Job) -> None:
        for n in range(100_000):
            job.step(n, 100_000)
            taken.append(n)
            time.sleep(0.001)

    jobs.act(owner, load, owner.done, failed=owner.failed)
    qtbot.wait(20)
    begun = len(taken)
    jobs.close()
    assert len(taken) < begun + 1_000
    assert isinstance(owner.errors[0], Cancelled)


def test_tests_may_run_everything_at_once(qtbot: QtBot, reader: Any) -> None:
    hub = jobs.synchronous(reader, Desk())
    owner = Owner()
    changes: list[Any] = []
    hub.changed.connect(changes.append)
    jobs.read(owner, here, owner.done, slot="x")
    jobs.act(owner, lambda desk, job: Change(), owner.done)
    jobs.work(owner, lambda desk, job: job.step(1, 1), owner.done, progress=owner.progress)
    jobs.read(owner, wrong, owner.done, failed=owner.failed)
    assert owner.got[0] == threading.get_ident()
    assert owner.steps == [(1, 1)]
    assert len(changes) == len(owner.errors) == 1


def test_a_thread_that_has_nothing_to_do_rests_in_itself_and_goes_on(house_of_threads: House, qtbot: QtBot) -> None:
    house, owner = house_of_threads, Owner()
    house.hub.rest()  # nothing was opened yet: nothing to give back
    jobs.act(owner, lambda desk, job: len(desk.rested_in), owner.done)
    qtbot.waitUntil(lambda: len(owner.got) == 1)
    house.hub.rest()
    jobs.act(owner, lambda desk, job: len(desk.rested_in), owner.done)
    jobs.read(owner, lambda reader, job: reader.execute("select 7").fetchone()[0], owner.done)
    qtbot.waitUntil(lambda: len(owner.got) == 3)
    desk = house.desks[0]
    assert owner.got[0] == 0
    assert sorted(owner.got[1:]) == [2, 7]
    assert set(desk.rested_in) == {desk.made_in}
