"""Where the program's own files are, in a checkout and in a frozen build alike."""

from __future__ import annotations

import sys
from pathlib import Path


def root() -> Path:
    """The folder that holds `resources/`: of the checkout, or where a frozen build was unpacked or stands."""
    unpacked = getattr(sys, "_MEIPASS", None)
    if unpacked:
        return Path(unpacked)
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return Path(__file__).resolve().parents[2]


def resource(*parts: str) -> Path:
    """The path of a file shipped with the program, below `resources/`."""
    return root().joinpath("resources", *parts)
