"""Parts measured in an interpreter of their own: `python -m tests.speed.child PART ARGUMENT...`."""

from __future__ import annotations

import contextlib
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .measure import Peak, rss_mb


def _store(path: str) -> Any:
    from crm_desktop.duties import RECORDS
    from crm_desktop.store.store import Store

    return Store(Path(path), RECORDS)


def list_memory(path: str) -> dict[str, Any]:
    """Growth while three hundred pages are read all over the list, as the window remembers them."""
    from crm_desktop.duties.stays.records import STAY
    from crm_desktop.store import pages
    from crm_desktop.store.pages import ListQuery

    query, dice = ListQuery(STAY), random.Random(1)
    with _store(path) as store:
        begun = rss_mb() or 0.0
        with contextlib.closing(store.open_reader()) as reader:
            rows = pages.count(reader, query)
            kept = [pages.fetch(reader, query, skip=dice.randrange(max(1, min(rows, 20_000)))) for _ in range(300)]
            return {"growth": (rss_mb() or 0.0) - begun, "pages": len(kept)}


def export_memory(path: str) -> dict[str, Any]:
    """Peak growth during a whole export."""
    from .rows import export_to

    with _store(path) as store, contextlib.closing(store.open_reader()) as reader, tempfile.TemporaryDirectory() as folder:
        reader.execute("select count(*) from stay").fetchone()
        with Peak() as peak:
            rows = export_to(reader, Path(folder) / "stays.csv")
        return {"growth": peak.growth, "rows": rows}


def workbook_memory(path: str) -> dict[str, Any]:
    """Peak growth while all people go into a workbook."""
    from crm_desktop.duties.clients.records import PERSON
    from crm_desktop.exchange import xlsx_out
    from crm_desktop.store.pages import ListQuery

    with _store(path) as store, contextlib.closing(store.open_reader()) as reader, tempfile.TemporaryDirectory() as folder:
        reader.execute("select count(*) from person").fetchone()
        begun = time.monotonic()
        with Peak() as peak:
            rows = xlsx_out.export(reader, ListQuery(PERSON), Path(folder) / "people.xlsx", only=PERSON.listed, words=True)
        return {"growth": peak.growth, "rows": rows, "seconds": time.monotonic() - begun}


def _usable() -> None:
    """Tell, and end at once: only the start is measured."""
    print("usable", flush=True)
    os._exit(0)


def start(path: str) -> None:
    """The real program until its home is painted with its figures and the search takes a key."""
    open_home(path)
    _usable()


def open_home(path: str) -> Any:
    """The program, once *Today* shows its figures and the search has taken a key."""
    from crm_desktop.desk.settings import Settings
    from crm_desktop.start import window_room

    room = window_room()  # before PySide6, as the program itself does
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication(["crm-desktop"])
    program = room.Program(path, Settings())
    loop = QEventLoop()
    program.window.page("today").painted.connect(loop.quit)
    program.window.show()
    loop.exec()
    program.window.top.search.setFocus()
    program.window.top.search.insert("a")
    QApplication.processEvents()
    return app, program


def start_empty() -> None:
    """An empty window, painted."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    for _ in range(3):
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    _usable()


def window_list(path: str) -> dict[str, Any]:
    """The painted list."""
    from .child_window import measure_list

    return measure_list(_store(path))


def loop(path: str, file: str) -> dict[str, Any]:
    """Importing and scrolling at once."""
    from .child_loop import measure_loop

    return measure_loop(_store(path), Path(file) if file else None)


def moments(path: str) -> dict[str, list[float]]:
    """The moments of a seller's day, painted."""
    from .child_moments import measure_moments

    return measure_moments(path)


def visit_grid() -> dict[str, float]:
    """The plan of visits of many sellers, scrolled."""
    from .child_grid import measure_grid

    return measure_grid()


PARTS: dict[str, Callable[..., Any]] = {
    "list-memory": list_memory, "export-memory": export_memory, "workbook-memory": workbook_memory, "start": start, "start-empty": start_empty,
    "window-list": window_list, "loop": loop, "moments": moments, "visit-grid": visit_grid,
}  # fmt: skip

if __name__ == "__main__":
    answer = PARTS[sys.argv[1]](*sys.argv[2:])
    print(json.dumps(answer), flush=True)
