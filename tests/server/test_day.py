"""A day of the whole department on one server: eight programs at once, two of them real windows (all eight in the long variant),
through a kill of the server, a network that goes silent for half of them, and a restart. In the evening the books are tied."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.text import Text
from crm_desktop.store import check
from crm_desktop.store.store import Store
from tests import postgres as servers
from tests.postgres import HOST, Server
from tests.samples import REPOSITORY
from tests.server.department import PASSWORD, Department
from tests.server.seat_of_a_day import HOT
from tests.store.server.test_many_seats import through

FEW = (("window", "dosm"), ("window", "care_rep"), ("desk", "gm"), ("desk", "dosm"), ("desk", "credit"), ("desk", "care_rep"), ("desk", "gm"), ("desk", "dosm"))
WINDOWS = (*(("window", role) for role in ("dosm", "care_rep", "gm", "dosm", "credit", "care_rep", "gm", "dosm")), ("desk", "gm"), ("desk", "dosm"))  # and two that enter stays
LETTERS = "abcdefghij"
PATIENCE = 300  # seconds for what takes ten; the PC may be busy
ENTERED = ("of Hotels have lost their search words", "of Colleagues have lost their search words")  # which the department of tests enters with raw SQL
ALIVE = 5.0  # seconds: a window that waited for the network would take no events for longer


class Seat:
    """A running program and what it said."""

    def __init__(self, kind: str, address: str, letter: str, folder: Path, *how: str) -> None:
        self.letter, self.lines = letter, list[str]()
        self.errors = (folder / "stderr").open("w+")
        places = {name: str(folder / name.lower()) for name in ("CRM_DESKTOP_DATA", "CRM_DESKTOP_SETTINGS", "CRM_DESKTOP_STATE")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.server.seat_of_a_day", kind, address, letter, *how], cwd=REPOSITORY, text=True,
            env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def said(self, word: str) -> list[str]:
        return [line.partition(" ")[2] for line in list(self.lines) if line.startswith(f"{word} ")]

    def complaint(self) -> str:
        self.errors.flush()
        return Path(self.errors.name).read_text()[-3000:]

    def leave(self) -> None:
        """Nothing is left of it, however the day went."""
        self.process.kill()
        self.process.wait()
        self._reader.join(PATIENCE)
        for each in (self.process.stdin, self.process.stdout, self.errors):
            assert each
            each.close()

    def end(self) -> None:
        """Let it finish what it does."""
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.close()

    def ended(self) -> None:
        self.process.wait(PATIENCE)
        assert self.process.returncode == 0, self.complaint()


@contextmanager
def department() -> Iterator[Department]:
    """A department on a server of its own that keeps its promises."""
    with servers.own_server() as server:
        if not server.tls:
            pytest.skip("this PostgreSQL was built without TLS")
        made = Department(server, "day")
        with Store(server.url(dbname=made.place.database), RECORDS) as store, Desk(store, "morning").writing(Text("Filled")) as writing:
            for row_id in HOT:
                writing.add(ACCOUNT, {"name": f"Client {row_id}", "code": str(row_id), "kind": "company"}, row_id)
        yield made


def wait_for(condition: Callable[[], bool], seats: list[Seat]) -> float:
    """Seconds until it came. As long as something is saved it is only the machine that is busy; a seat that never comes to its turn is told."""
    begun = moved = time.monotonic()
    told = 0
    while not condition():
        if (now := sum(len(seat.lines) for seat in seats)) != told:
            moved, told = time.monotonic(), now
        assert time.monotonic() < min(moved + PATIENCE, begun + 4 * PATIENCE), "\n".join(str((seat.letter, len(seat.said("edit")), seat.lines[-9:], seat.complaint()[-500:])) for seat in seats)
        assert all(seat.process.poll() is None for seat in seats), [seat.complaint() for seat in seats if seat.process.poll() is not None]
        time.sleep(0.05)
    return time.monotonic() - begun


def all_save_again(seats: list[Seat], more: int = 1) -> float:
    """Wait until every seat has saved so many times more; seconds it took."""
    before = {seat.letter: len(seat.said("edit")) for seat in seats}
    return wait_for(lambda: all(len(seat.said("edit")) >= before[seat.letter] + more for seat in seats), seats)


@pytest.mark.parametrize(
    ("who", "rounds"),
    [pytest.param(FEW, 1, id="two windows"), pytest.param(FEW, 4, marks=pytest.mark.long, id="four times"), pytest.param(WINDOWS, 1, marks=pytest.mark.long, id="eight windows")],
)
def test_eight_seats_work_through_a_bad_day_and_the_books_are_tied(who: tuple[tuple[str, str], ...], rounds: int, tmp_path: Path) -> None:
    with department() as house, through(house.server.url(dbname="x")) as (other_way, proxy):
        port = int(other_way.rpartition(":")[2].partition("/")[0])
        seats = list[Seat]()
        for at, (kind, role) in enumerate(who):
            folder = tmp_path / LETTERS[at]
            folder.mkdir()
            seats.append(Seat(kind, _address(house, kind, role, port if at % 2 else house.server.port), LETTERS[at], folder, *(["quick"] if rounds == 1 else []), *(["slow"] if who is WINDOWS else [])))
        try:
            all_save_again(seats, 2)
            took = [hour for _ in range(rounds) for hour in _bad_hour(house.server, proxy, seats, silent=3.0 if rounds == 1 else 12.0)]
            for seat in seats:
                seat.end()
            for seat in seats:
                seat.ended()
        finally:
            for seat in seats:
                seat.leave()
        print("back after", [round(each, 1) for each in took], "saves", {seat.letter: len(seat.said("edit")) for seat in seats}, "gaps", [seat.said("gap")[0] for seat in seats if seat.said("gap")])
        _tied(house, seats)


def _address(house: Department, kind: str, role: str, port: int) -> str:
    """Windows get the password in another way than in the address."""
    who = house.login(role) + ("" if kind == "window" else f":{PASSWORD.replace(' ', '%20')}")
    return f"postgresql://{who}@{HOST}:{port}/{house.place.database}?sslmode=verify-full&sslrootcert={house.server.authority}"


def _bad_hour(server: Server, proxy: Any, seats: list[Seat], silent: float) -> Iterator[float]:
    """A kill, a silent network, a restart; after each, how long until everybody had saved again."""
    server.kill()
    server.start()
    yield all_save_again(seats)
    proxy.silent.set()
    time.sleep(silent)
    proxy.silent.clear()
    yield all_save_again(seats)
    server.restart()
    yield all_save_again(seats)


def _tied(house: Department, seats: list[Seat]) -> None:
    """Every save that was acknowledged is there, none is there twice, and log, sums and search agree with the rows."""
    with Store(house.server.url(dbname=house.place.database), RECORDS) as store:
        there = {row_id: Counter(name) for row_id, name in store.writer.execute("select id, short_name from account where id between 9001 and 9006").fetchall()}
        stays = {row[0] for row in store.writer.execute("select id from stay").fetchall()}
        for seat in seats:
            edits, unsure = Counter(map(int, seat.said("edit"))), Counter(map(int, seat.said("unsure")))
            for row_id, found in there.items():
                assert edits[row_id] <= found[seat.letter] <= edits[row_id] + unsure[row_id], (seat.letter, row_id)
            assert {int(row_id) for row_id in seat.said("stay")} <= stays
            assert all("server" in words.lower() for words in seat.said("refused")), seat.said("refused")
            assert all(float(gap) < ALIVE for gap in seat.said("gap"))
        counted = store.writer.execute("select sum(stays), (select count(*) from stay) from account where id between 9001 and 9006").fetchone()
        assert counted[0] == counted[1]
        assert sum(counter.total() for counter in there.values()) >= sum(len(seat.said("edit")) for seat in seats)
        with closing(store.open_reader()) as reader:
            found = [str(problem) for problem in check.everything(reader, store.keys, store.records)]
        assert [words for words in found if not words.endswith(ENTERED)] == []
