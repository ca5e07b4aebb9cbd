"""A small window that says what is being done while there is no other window to say it in."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from crm_desktop.record.text import Text, say
from crm_desktop.ui.widgets import PlainLabel

LOOK_EVERY = 50  # ms


def wait_for(what: Text, work: Callable[[], object]) -> Exception | None:
    """Do `work` in a thread while the small window moves; returns what it raised, if anything."""
    window = QWidget()
    window.setWindowTitle(say(what))
    box = QVBoxLayout(window)
    box.setContentsMargins(32, 24, 32, 24)
    box.setSpacing(16)
    box.addWidget(PlainLabel(window, "h2", what))
    bar = QProgressBar(window)
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setMinimumWidth(360)
    box.addWidget(bar)
    window.show()
    problem = _run(work)
    window.close()
    window.deleteLater()
    return problem


def _run(work: Callable[[], object]) -> Exception | None:
    raised: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    loop, timer = QEventLoop(), QTimer()

    def look() -> None:
        if not thread.is_alive():
            loop.quit()

    timer.timeout.connect(look)
    thread.start()
    timer.start(LOOK_EVERY)
    loop.exec()
    thread.join()
    return raised[0] if raised else None
