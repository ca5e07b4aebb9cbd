"""Chooses window or command line. `crm-desktop` and `python main.py` both come here."""

from __future__ import annotations

import sys
import time
from io import TextIOWrapper
from multiprocessing import freeze_support

BEGUN = time.monotonic()
DEMO, FRESH = "--demo", "--fresh"  # the sample hotel, as it was left or made anew


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
        from crm_desktop import app

        return app.run("", settings, BEGUN, sample=FRESH if FRESH in arguments else DEMO)
    if _opens_window(arguments):
        from crm_desktop import app

        return app.run(_database(arguments), settings, BEGUN)
    from crm_desktop import cli

    return cli.run(arguments)


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
    freeze_support()  # in a frozen build the other processes of imports and exports begin here too
    from crm_desktop.desk import program_log

    program_log.watch()
    return run(sys.argv[1:])
