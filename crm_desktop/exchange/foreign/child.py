"""The other process: reads one foreign file and writes what it understood to stdout, one JSON list a line.

["sheet", name, first line], then ["rows", [[cell, ...], ...]] as often as needed; at the end ["done"] or
["refused", sentence, values]. A cell is a text, a number or a truth value; a day is ISO text; an empty cell is ''."""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crm_desktop.record.text import Refused, Text

MEMORY = 1 << 30  # bytes of address space: what no reader here may pass
Cell = str | int | float | bool
Part = tuple[Any, ...]
READERS = {
    kind: f"crm_desktop.exchange.foreign.{module}"
    for kind, module in (
        ("workbook", "workbook"), ("vcard", "cards"), ("icalendar", "calendars"), ("ota", "messages"), ("html", "pages"), ("xml", "spreadsheet"),
    )
}  # fmt: skip
TOO_BIG = Text("This file needs more memory than a reader may use. Save the sheet you need as a file of its own.")
BROKEN = Text("The file is damaged, or it is not what its name says: it cannot be read.")


def bound_memory() -> None:
    """Let this process fail by itself before the PC runs out of memory (where the system knows such bounds)."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        return


def parts(kind: str, path: Path) -> Iterator[Part]:
    """What the reader of a kind says about a file, with every way to fail as a sentence."""
    try:
        yield from importlib.import_module(READERS[kind]).read(path)
        yield ("done",)
    except Refused as error:
        yield ("refused", error.text.source, error.text.args)
    except (MemoryError, RecursionError):
        yield ("refused", TOO_BIG.source, {})
    except Exception:  # whatever a library says of a broken file
        yield ("refused", BROKEN.source, {})


def main(arguments: list[str]) -> int:
    """`kind path`, as the parent asks for it."""
    bound_memory()
    kind, path = arguments
    out, sys.stdout = sys.stdout.buffer, sys.stderr  # what a library prints is no answer
    for part in parts(kind, Path(os.fsdecode(path))):
        out.write(json.dumps(part, ensure_ascii=True, default=str).encode() + b"\n")
        out.flush()
    return 0
