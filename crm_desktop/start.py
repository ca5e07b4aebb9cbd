"""Chooses window or command line. `crm-desktop` and `python main.py` both come here."""

from __future__ import annotations

import gc
import sys
import time
from io import TextIOWrapper
from typing import Any

from crm_desktop.record.places import DEMO, is_built

BEGUN = time.monotonic()
READER = "--read-foreign-file"  # said by exchange/foreign/asked.py: a frozen build is its own reader of files
FRESH = "--fresh"  # the sample hotel made anew


def run(arguments: list[str]) -> int:
    """The exit status of whatever was asked for."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    from crm_desktop.desk.settings import LANGUAGE, Settings, preferred_language
    from crm_desktop.record.text import use

    settings = Settings()
    use(settings.get(LANGUAGE) or preferred_language())
    if DEMO in arguments and set(arguments) <= {DEMO, FRESH}:
        return int(window_room().run("", settings, BEGUN, sample=FRESH if FRESH in arguments else DEMO))
    if _opens_window(arguments):
        return int(window_room().run(_database(arguments), settings, BEGUN))
    from crm_desktop import cli

    return cli.run(arguments)


def window_room() -> Any:
    """The composition root of the window. Garbage is left until the window collects it by itself (ui/jobs.py), and
    what is declared is never looked through: it stays."""
    gc.disable()
    from crm_desktop import app

    gc.freeze()
    return app


def _opens_window(arguments: list[str]) -> bool:
    return (
        not arguments
        or (len(arguments) == 2 and arguments[0] == "--data")
        or (len(arguments) == 1 and arguments[0].startswith("--data="))
    )


def _database(arguments: list[str]) -> str:
    if not arguments:
        return ""
    return arguments[1] if len(arguments) == 2 else arguments[0].partition("=")[2]


def main() -> int:
    """Entry point of the installed command."""
    if is_built():  # the other processes of imports and exports begin here too
        from multiprocessing import freeze_support

        freeze_support()
    if sys.argv[1:2] == [READER]:
        from crm_desktop.exchange.foreign import child

        return child.main(sys.argv[2:])
    from crm_desktop.desk import program_log

    program_log.watch()
    program_log.keep_crashes()
    return run(sys.argv[1:])
