"""Programs started quickly, and ended as by kill -9: a forked process that has everything loaded but opened nothing."""

from __future__ import annotations

import multiprocessing
import os
import time
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from tests.kept import folder_of_the_run
from tests.samples import VARIABLES

needs_kill = pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL here")


def many(few: int, parts: int, each: int) -> Any:
    """So many tries in every run, as part 0; in the long one so many parts of so many, each a test that can be run alone."""
    long = (pytest.param(each, part, marks=pytest.mark.long) for part in range(1, parts + 1))
    return pytest.mark.parametrize(("tries", "part"), [(few, 0), *long])


@cache
def _compiled() -> str:
    return str(folder_of_the_run("compiled"))


def environment() -> dict[str, str]:
    """For a program of ours that is started anew: it compiles its modules once in a run, not once in a start."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPYCACHEPREFIX": _compiled()}


class Program:
    """Work of `tests.reliability.work` in a process of its own; what it said it had done is in `said`."""

    def __init__(self, word: str, path: Path, seed: int = 1) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.reliability.work", "tests.reliability.killing"])
        self._pipe, theirs = context.Pipe(duplex=False)
        places = {variable: os.environ[variable] for variable in VARIABLES}
        self._process = context.Process(target=serve, args=(theirs, places, word, path, seed), daemon=True)
        self._process.start()
        theirs.close()
        self.said: list[Any] = []

    def wait(self, count: int = 1) -> None:
        """Until it has said so much."""
        while len(self.said) < count:
            assert self._pipe.poll(60), "the program does not go on"
            self.said.append(self._pipe.recv())

    def kill(self, after: float) -> list[Any]:
        """End it after so many seconds, wherever it is; what it had said."""
        time.sleep(after)
        self._process.kill()
        return self.end()

    def end(self) -> list[Any]:
        """Hear what it says to its end."""
        with suppress(EOFError, OSError):
            while True:
                self.said.append(self._pipe.recv())
        self._process.join()
        self._pipe.close()
        self._process.close()
        return self.said


def serve(pipe: Connection, places: dict[str, str], word: str, path: Path, seed: int) -> None:
    """In the other process."""
    from tests.reliability.work import WORKS

    os.environ.update(places)
    with suppress(BrokenPipeError):
        for said in WORKS[word](path, seed):
            pipe.send(said)


def how_long(word: str, path: Path, until: int) -> float:
    """Seconds the work takes here from its first word to this one: kills are spread over it."""
    program = Program(word, path, 999)
    program.wait()
    begun = time.monotonic()
    program.wait(until)
    took = time.monotonic() - begun
    program.kill(0)
    return took
