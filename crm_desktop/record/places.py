"""Where the program's own files are, in a checkout and in a frozen build alike."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

DEMO = "--demo"  # the word of the command line that opens the sample hotel


def root() -> Path:
    """The folder that holds `resources/`: of the checkout, or where a frozen build was unpacked or stands."""
    unpacked = getattr(sys, "_MEIPASS", None)
    if unpacked:
        return Path(unpacked)
    if is_built():
        return Path(sys.executable).resolve().parent
    return _checkout()


@cache  # asked for by every icon
def _checkout() -> Path:
    return Path(__file__).resolve().parents[2]


def is_built() -> bool:
    """True in a frozen build: there is no interpreter beside it, it starts itself."""
    return bool(getattr(sys, "frozen", False))


def resource(*parts: str) -> Path:
    """The path of a file shipped with the program, below `resources/`."""
    return root().joinpath("resources", *parts)


def this_pc() -> str:
    """The name of this PC in its network."""
    import platform

    return platform.node()[:60] or "PC"
