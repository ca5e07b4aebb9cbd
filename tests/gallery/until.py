"""Waiting for what a screen shows only after another process or a worker answered."""

from __future__ import annotations

from collections.abc import Callable

LOOKS = 60  # with a wait between two


def until(there: Callable[[], bool], wait: Callable[[], None]) -> None:
    """Wait for what another process answers, not for ever."""
    for _ in range(LOOKS):
        if there():
            return
        wait()
    raise AssertionError("what was waited for did not come")
