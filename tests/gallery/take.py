"""Taking the pictures: one program for each language and look, resized for each size."""

from __future__ import annotations

import csv
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QPoint, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.people import signed_in
from crm_desktop.desk.settings import HOTEL_NAME, LANGUAGE, LOOK, Settings, keep_with_data
from crm_desktop.duties import RECORDS
from crm_desktop.record.text import LANGUAGES, use
from crm_desktop.store.store import Store
from crm_desktop.ui import jobs
from tests.gallery import sample, sample_money
from tests.gallery.screens import SCREENS, tidy
from tests.hotel import at_its_hour, living_in, made
from tests.kept import Kept, folder_of_the_run

SIZES = {"1366": (1366, 700), "1280": (1280, 650), "960": (960, 560)}
LOOKS = ("light", "dark")
SETTLE, REDRAWN, STEP = 260, 100, 20  # ms: after something was done, after another size, between looks whether all is answered
PATIENCE = 15  # seconds for answers, on a machine that has much else to do


@cache
def small(money: bool = True) -> Kept:
    """A small hotel, made once in a process; `money`: with what is owed to it, and its name."""
    folder = folder_of_the_run("small-hotel")
    with living_in(folder), at_its_hour(), Store(folder / "crm.db", RECORDS, create=True, seat=signed_in()) as store:
        desk = Desk(store, "沈知渝")
        ids = sample.fill(desk)
        if money:
            sample_money.fill(desk, ids)
            keep_with_data(desk, HOTEL_NAME, "澜棠大酒店")
        return Kept(store.path, store.keys, ids)


@contextmanager
def house() -> Iterator[tuple[Path, dict[str, int], Path]]:
    """A small hotel in folders of its own: its database, ids by name, and a file to import."""
    hotel = small()
    with tempfile.TemporaryDirectory() as folder, living_in(Path(folder)), at_its_hour():
        root = Path(folder)
        yield hotel.copy(root / "data" / "crm.db"), hotel.ids, _file(root / "预订 2026-11.csv")


@contextmanager
def sample_hotel() -> Iterator[tuple[Path, dict[str, int], Path]]:
    """The sample hotel of the program, in the same way."""
    hotel = made()
    with tempfile.TemporaryDirectory() as folder, living_in(Path(folder)), at_its_hour():
        root = Path(folder)
        yield hotel.copy(root / "data" / "demo.db"), hotel.ids, _file(root / "预订 2026-11.csv")


def _file(path: Path) -> Path:
    rows = [
        ["预订号", "酒店", "协议单位", "抵店日期", "离店日期", "房价", "人数", "状态", "备注"],
        ["LT900001", "澜棠大酒店", "澄籁精密制造有限公司", "2026-12-01", "2026-12-03", "450.00", "1", "Booked", "高楼层"],
        ["LT900002", "澜棠大酒店", "棠阶设计院", "2026-12-02", "2026-12-03", "480.00", "2", "Booked", ""],
        ["LT900003", "澜棠大酒店", "棠阶设计院", "2026-12-05", "2026-12-04", "480.00", "2", "Booked", ""],
        ["LT900004", "澜棠大酒店", "云垞医疗集团", "12月38日", "2026-12-09", "420.00", "1", "Booked", "无烟"],
    ]  # fmt: skip
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def quiet(milliseconds: int = SETTLE) -> None:
    """Let answers arrive and everything be painted."""
    _turn(milliseconds)
    end = time.monotonic() + PATIENCE
    while jobs.working() and jobs.hub()._tasks and time.monotonic() < end:
        _turn(STEP)


def _turn(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def picture(window: QWidget) -> QPixmap:
    """The window with what stands over it in windows of its own: dialogs and lists to choose from."""
    made = window.grab()
    with QPainter(made) as painter:
        for over in QApplication.topLevelWidgets():
            if over is not window and over.isVisible():
                painter.drawPixmap(window.mapFromGlobal(over.mapToGlobal(QPoint(0, 0))), over.grab())
    return made


@contextmanager
def program(database: Path, language: str, look: str) -> Iterator[Any]:
    """The program open on the hotel in a language and a look."""
    from crm_desktop.app import Program

    settings = Settings()
    settings.set(LANGUAGE, language)
    settings.set(LOOK, look)
    use(language)
    running = Program(database, settings)
    running.window.show()
    try:
        yield running.window
    finally:
        running.window.close()
        running.close()


def take(folder: Path, names: Sequence[str] = (), languages: Sequence[str] = LANGUAGES, looks: Sequence[str] = LOOKS) -> list[Path]:
    """Save the pictures; returns their files."""
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for name, taken in pictures(names, languages, looks):
        made.append(folder / f"{name}.png")
        taken.save(str(made[-1]))
    return made


def pictures(names: Sequence[str], languages: Sequence[str], looks: Sequence[str]) -> Iterator[tuple[str, QPixmap]]:
    """The pictures one by one, with what they are called: screen, size, language, look."""
    with sample_hotel() as (database, ids, file):
        for language in languages:
            for look in looks:
                with program(database, language, look) as window:
                    quiet(600)
                    for name in names or SCREENS:
                        for size, taken in _screen(window, name, ids, file):
                            yield f"{name}_{size}_{language}_{look}", taken


def _screen(window: Any, name: str, ids: dict[str, int], file: Path) -> Iterator[tuple[str, QPixmap]]:
    SCREENS[name](window, ids, file, quiet)
    for size, (width, height) in SIZES.items():
        window.resize(width, height)
        quiet(REDRAWN)
        yield size, picture(window)
    tidy(window)
    window.resize(*SIZES["1366"])
    QApplication.processEvents()
