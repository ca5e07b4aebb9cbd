"""Work in a process of its own: answers, refusals, faults, and the truth after a cancel."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.exchange.apart import Apart, Passing, once
from crm_desktop.exchange.progress import Progress, Quiet
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.folders import whole_file
from crm_desktop.store.server.errors import GONE, ServerError


class Cancelled(Exception):
    """What a person pressing Cancel raises in the window's process."""


class Impatient:
    """Cancels at its first look."""

    def step(self, done: int, total: int) -> None:
        raise Cancelled


def two_answers(progress: Progress, start: int) -> Iterator[int]:
    yield start + 1
    progress.step(1, 2)
    yield start + 2


def refuses(progress: Progress) -> Iterator[None]:
    raise Refused(Text("No, since {why}", why=Text("Yes")))
    yield


def fails(progress: Progress) -> Iterator[None]:
    raise ZeroDivisionError("a fault")
    yield


def loses_the_server(progress: Progress) -> Iterator[None]:
    raise ServerError("no route to host", text=GONE, lost=True)
    yield


def endless(progress: Progress, file: Path) -> Iterator[None]:
    with whole_file(file) as out:
        while True:
            out.write(b"half")
            progress.step(1, 2)
            time.sleep(0.01)
    yield


def past_stopping(progress: Progress) -> Iterator[str]:
    time.sleep(0.5)  # a COMMIT: nobody asks during it
    yield "it is in"


def test_each_ask_gives_the_next_answer() -> None:
    apart = Apart(two_answers, 40)
    assert [apart.ask(Quiet()), apart.ask(Quiet())] == [41, 42]
    apart.stop()


def test_a_refusal_arrives_as_it_was_said() -> None:
    with pytest.raises(Refused) as refused:
        once(refuses, Quiet())
    assert refused.value.text == Text("No, since {why}", why=Text("Yes"))


def test_a_fault_arrives_with_its_traceback() -> None:
    with pytest.raises(RuntimeError, match="a fault"):
        once(fails, Quiet())


def test_a_server_that_went_away_is_a_sentence_and_may_be_tried_again() -> None:
    with pytest.raises(Passing) as refused:
        once(loses_the_server, Quiet())
    assert refused.value.text == GONE


def test_a_cancel_stops_and_leaves_no_part_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        once(endless, Impatient(), tmp_path / "out.csv")
    assert list(tmp_path.iterdir()) == []


def test_what_was_done_before_the_cancel_is_told() -> None:
    assert once(past_stopping, Impatient()) == "it is in"


def test_a_process_that_dies_is_a_sentence() -> None:
    apart = Apart(two_answers, 1)
    apart._process.kill()
    with pytest.raises(Refused):
        apart.ask(Quiet())
