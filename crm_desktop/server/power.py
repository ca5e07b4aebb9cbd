"""Whether this PC may go to sleep by itself: a server that does is gone for everybody."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Sequence

Run = Callable[[Sequence[str]], str]
PATIENCE = 10  # seconds
HEX = re.compile(r"0x([0-9a-fA-F]{8})")


def run(words: Sequence[str]) -> str:
    """What a program of the system prints; '' when it is not there or fails."""
    try:
        return subprocess.run(words, capture_output=True, text=True, errors="replace", timeout=PATIENCE, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return ""


def may_sleep(ask: Run = run, system: str = sys.platform) -> bool | None:
    """True when this PC is set to sleep while it is plugged in; None where that cannot be told."""
    if system == "win32":
        return of_windows(ask(["powercfg", "/query", "SCHEME_CURRENT", "SUB_SLEEP", "STANDBYIDLE"]))
    if system == "darwin":
        return of_macos(ask(["pmset", "-g", "custom"]))
    return of_linux(ask(["systemctl", "is-enabled", "sleep.target"]), ask(["systemctl", "get-default"]))


def of_windows(said: str) -> bool | None:
    """The last two numbers are the seconds until sleep, plugged in and on battery, in whatever language the rest is."""
    found = HEX.findall(said)
    return int(found[-2], 16) > 0 if len(found) >= 2 else None


def of_macos(said: str) -> bool | None:
    """The line `sleep N` under AC Power; 0 is never."""
    plugged = said.partition("AC Power:")[2]
    found = re.search(r"^\s*sleep\s+(\d+)", plugged, re.MULTILINE)
    return int(found[1]) > 0 if found else None


def of_linux(target: str, default: str) -> bool | None:
    """A desktop may sleep unless its sleep.target is masked; without a desktop nobody sends it to sleep."""
    if not default.strip():
        return None
    return target.strip() != "masked" and default.strip() == "graphical.target"
