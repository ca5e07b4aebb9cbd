"""The plan of visits with many sellers: the longest time between two events while it is scrolled, page by page and step by step."""

from __future__ import annotations

import random
import time

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.duties.visits.pages_grid_parts import PlanModel, PlanView
from crm_desktop.duties.visits.queries_grid import Plan
from crm_desktop.duties.visits.rules_grid import CLASSES, Covered, Visit
from crm_desktop.record.dates import add_days
from crm_desktop.ui import theme

SELLERS, DAYS, FIRST = 200, 31, "2026-12-01"
SIZE, STEP, ACROSS = (1366, 700), 40, 30  # px


def plan() -> Plan:
    """Two visits a day of each seller, the same every time."""
    dice = random.Random("grid")
    visits = [
        Visit(n, 1, f"client {n}", dice.choice(CLASSES), f"d{n % 12}", "visit", dice.choice(("planned", "done")), 1 + n % SELLERS, add_days(FIRST, dice.randrange(DAYS)))
        for n in range(SELLERS * DAYS * 2)
    ]  # fmt: skip
    sellers: list[tuple[int | None, str]] = [(n, f"seller {n}") for n in range(1, SELLERS + 1)]
    return Plan(FIRST, add_days(FIRST, DAYS - 1), sellers, visits, [], {"": Covered(0, 0, 0, 0)}, {}, [])


def measure_grid() -> dict[str, float]:
    """The longest gap in ms and what of it was work of this process, how many steps were made, and how long it took to show the plan, ms."""
    app = QApplication(["crm-desktop"])
    theme.apply(app, False)
    host = QWidget()
    host.resize(*SIZE)
    model = PlanModel(host)
    view = PlanView(model, host)
    view.resize(*SIZE)
    host.show()
    app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    begun = time.perf_counter()
    model.show_plan(plan())
    view.fit()
    view.viewport().repaint()
    shown = time.perf_counter() - begun
    down, across, gaps = view.verticalScrollBar(), view.horizontalScrollBar(), list[float]()
    busy: list[float] = []
    places = [(at, 0) for at in range(0, down.maximum(), STEP)] + [(down.maximum() // 2, at) for at in range(0, across.maximum() + 1, ACROSS)]
    places += [(at, 0) for at in range(0, down.maximum(), view.viewport().height())]
    for height, side in places:
        begun, used = time.perf_counter(), time.process_time()
        down.setValue(height)
        across.setValue(side)
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        gaps.append(time.perf_counter() - begun)
        busy.append(time.process_time() - used)
    return {"gap": 1_000 * max(gaps), "cpu": 1_000 * max(busy), "steps": float(len(gaps)), "shown": 1_000 * shown}
