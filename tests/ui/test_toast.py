"""The corner message and the strip of long work."""

from __future__ import annotations

import errno

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.record.text import Refused, Text
from crm_desktop.store import database
from crm_desktop.ui import busy
from crm_desktop.ui.busy import BusyStrip
from crm_desktop.ui.toast import LASTS, Toast


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window with a corner."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1280, 650)
    made.show()
    return made


@pytest.fixture
def toast(window: QWidget) -> Toast:
    """The message in the corner."""
    return Toast(window)


def test_a_note_with_undo_goes_by_itself(
    toast: Toast, window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toast, "underMouse", lambda: False)
    toast._timer.setInterval(30)
    assert LASTS == 6000
    toast.note(Text("Saved"), undo=True)
    assert toast.isVisible()
    assert toast.undo_button.isVisible()
    assert not toast.redo_button.isVisible()
    assert window.rect().contains(toast.geometry())
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_undo_is_asked_for_once(toast: Toast, qtbot: QtBot) -> None:
    toast.note(Text("Saved"), undo=True)
    with qtbot.waitSignal(toast.undo):
        toast.undo_button.click()
    assert not toast.isVisible()
    toast.note(Text("Undone"), redo=True)
    with qtbot.waitSignal(toast.redo):
        toast.redo_button.click()


def test_a_refusal_is_said_in_its_own_words_and_stays(toast: Toast, qtbot: QtBot) -> None:
    toast._timer.setInterval(10)
    toast.error(Refused(Text("There is nothing to undo.")))
    assert toast.label.text() == "There is nothing to undo."
    assert not toast.details_button.isVisible()
    qtbot.wait(40)
    toast.note(Text("Saved"))
    assert toast.label.text() == "There is nothing to undo."
    toast.close_button.click()
    assert not toast.isVisible()
    toast.note(Text("Saved"))
    assert toast.label.text() == "Saved"


def test_other_errors_are_general_with_details_to_copy(toast: Toast) -> None:
    try:
        raise ValueError("欧阳 梓萱")
    except ValueError as error:
        toast.error(error)
    assert "made a mistake" in toast.label.text()
    toast.details_button.click()
    copied = QGuiApplication.clipboard().text()
    assert "ValueError" in copied
    assert "test_toast.py" in copied
    assert "梓萱" not in copied, "what is sent to somebody holds nobody's name"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "x"), "disk is full"), (PermissionError(errno.EACCES, "x"), "rights of its folder"), (database.Error("disk I/O error"), "disk could not be read"),
        (database.Error("database is locked"), "Another program is writing"), (database.Error("no such column: x"), "made a mistake"),
        (FileNotFoundError(errno.ENOENT, "x"), "made a mistake"), (KeyError("disk I/O error"), "made a mistake"),
    ],
)  # fmt: skip
def test_the_machine_and_the_program_are_told_apart(toast: Toast, error: Exception, words: str) -> None:
    """A read may meet the disk too, without anybody who puts it into words."""
    toast.error(error)
    assert words in toast.label.text()
    assert toast.details_button.isVisible() == ("mistake" in words)


def test_long_words_take_more_lines_inside_the_window(toast: Toast, window: QWidget) -> None:
    toast.error(Refused(Text("A long sentence that says why this cannot be done. " * 5)))
    assert window.rect().contains(toast.geometry())
    high = toast.height()
    toast.dismiss()
    toast.note(Text("Saved"))
    assert toast.height() < high
    window.resize(960, 560)
    assert window.rect().contains(toast.geometry())


class FakeJob:
    """A job that notes that it was cancelled."""

    def __init__(self) -> None:
        self.cancelled = False
        self.doing: Text | None = None

    def cancel(self) -> None:
        self.cancelled = True


@pytest.fixture
def strip(window: QWidget) -> BusyStrip:
    """The strip at the bottom."""
    return BusyStrip(window)


def test_the_strip_shows_rate_and_what_is_left(strip: BusyStrip, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([0.0, 0.1, 10.0, 10.0])
    monkeypatch.setattr(busy.time, "monotonic", lambda: next(moments))
    job = FakeJob()
    strip.begin(job, Text("Importing bookings"))  # type: ignore[arg-type]
    assert strip.isVisibleTo(strip.parentWidget())
    strip.progress(10, 1000)
    assert strip.figures.text() == ""
    job.doing = Text("Checking")
    strip.progress(20_000, 60_000)
    assert strip.figures.text() == "2,000 rows/s, 20 s left"
    assert strip.label.text() == "Importing bookings: Checking"
    assert (strip.bar.value(), strip.bar.maximum()) == (20_000, 60_000)
    strip.progress(2_000_000, 40_000_000)
    assert strip.figures.text().endswith("3 min left")
    strip.end()
    assert strip.isHidden()


def test_cancel_asks_the_job_once_and_waits(strip: BusyStrip) -> None:
    job = FakeJob()
    strip.begin(job, Text("Importing bookings"))  # type: ignore[arg-type]
    strip.cancel_button.click()
    assert job.cancelled
    assert not strip.cancel_button.isEnabled()
    assert "half done" in strip.label.text()
    strip.end()
    strip.begin(FakeJob(), Text("Exporting"))  # type: ignore[arg-type]
    assert strip.cancel_button.isEnabled()
