"""Holding a connection to what was there at one moment, and stopping what it is asked."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from crm_desktop.store import database

STEPS = 1_000_000  # of the engine, between two looks at whether the answer is still wanted


@contextlib.contextmanager
def held(reader: Any) -> Iterator[None]:
    """Stay at what is there now: each save of another connection would have the copying begin anew, for ever on a busy day."""
    reader.execute("begin")
    try:
        reader.execute("select count(*) from sqlite_master").fetchone()
        yield
    finally:
        with contextlib.suppress(database.Error):
            reader.execute("rollback")


@contextlib.contextmanager
def stoppable(copy: Any, step: Callable[[], None]) -> Iterator[None]:
    """What is asked of the copy ends as soon as `step` raises, with that."""
    raised: list[BaseException] = []

    def look() -> bool:
        try:
            step()
        except BaseException as error:  # the engine would swallow it
            raised.append(error)
        return bool(raised)

    copy.set_progress_handler(look, STEPS)
    try:
        yield
    finally:
        if raised:
            raise raised[0] from None
