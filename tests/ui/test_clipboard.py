"""What the program put on the clipboard leaves it again: after a while, when the window is locked, when it closes; what else lies there stays."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from crm_desktop import app
from crm_desktop.desk.settings import CLIP_AFTER, Settings
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.settings.pages_passwords import NewRecovery
from crm_desktop.record.text import Text, say
from crm_desktop.ui import clip, clipboard, guarding
from tests.ui.lived import House
from tests.ui.lodge import Lodge

CTRL = Qt.KeyboardModifier.ControlModifier
TOLD = Text("Copied")


def words() -> str:
    return QGuiApplication.clipboard().text()


def due() -> None:
    """The time is over."""
    here = clipboard.here()
    assert here._timer.isActive()
    here._timer.timeout.emit()


@pytest.mark.parametrize(("seconds", "told"), [(30, "30 seconds"), (60, "60 seconds"), (300, "5 minutes"), (0, "until the window is locked")])
def test_it_is_said_how_long_it_stays(qapp: QApplication, seconds: int, told: str) -> None:
    kept = clipboard.Clipboard(qapp, None)
    assert told in say(kept.keep(clip.holding("张伟", ""), seconds))
    assert kept._timer.isActive() == (seconds > 0)
    assert kept._timer.interval() == 1000 * seconds
    assert kept._timer.timerType() == Qt.TimerType.PreciseTimer  # at most a second late
    kept.wipe()
    assert words() == ""
    assert not kept._timer.isActive()


def test_nothing_asked_means_thirty_seconds() -> None:
    assert CLIP_AFTER.default == clipboard.SECRET_FOR == 30


@pytest.mark.parametrize("what", ["张伟 13900001001", QImage(4, 4, QImage.Format.Format_RGB32)])
def test_it_goes_when_its_time_is_over(qapp: QApplication, what: str | QImage) -> None:
    clipboard.people(what, TOLD)
    board = QGuiApplication.clipboard()
    assert board.mimeData().hasText() == isinstance(what, str)
    assert board.image().isNull() == isinstance(what, str)
    for hint, value in clipboard.UNSEEN.items():  # for histories of the clipboard
        assert board.mimeData().data(hint).data() == value
    due()
    assert words() == ""
    assert board.image().isNull()


def test_what_somebody_copied_since_stays(qapp: QApplication) -> None:
    clipboard.people("张伟", TOLD)
    QGuiApplication.clipboard().setText("from another program")
    due()
    assert words() == "from another program"


def test_a_second_copy_has_its_whole_time(qapp: QApplication, qtbot: Any) -> None:
    here = clipboard.Clipboard(qapp, None)
    here.keep(clip.holding("first", ""), 30)
    here._timer.setInterval(1)
    here.keep(clip.holding("second", ""), 30)
    assert here._timer.remainingTime() > 20_000
    assert words() == "second"
    here.wipe()


def test_the_clock_itself_empties_it(qapp: QApplication, qtbot: Any) -> None:
    here = clipboard.Clipboard(qapp, None)
    here.keep(clip.holding("张伟", ""), 1)
    qtbot.waitUntil(lambda: words() == "", timeout=20_000)


def test_rows_of_a_list_say_how_long_they_stay(lodge: Lodge) -> None:
    lodge.add(PERSON, name="王小明")
    window = lodge.open()
    window.go("people")
    view = window.page("people").list.view
    lodge.wait(lambda: view.model().rowCount() == 1)
    lodge.qtbot.keyClick(view, Qt.Key.Key_A, CTRL)
    lodge.qtbot.keyClick(view, Qt.Key.Key_C, CTRL)
    lodge.wait(lambda: "王小明" in words())
    lodge.wait(lambda: window.toast.label.text() == "Rows copied: 1. It stays on the clipboard for 30 seconds.")
    due()
    assert words() == ""


def test_the_setting_is_chosen_on_its_page(lived: House) -> None:
    window = lived.window
    window.go("settings")
    box = window.page("settings").clip_box
    assert [box.itemText(n) for n in range(box.count())] == ["30 秒", "1 分钟", "5 分钟", "锁屏时"]
    assert box.currentText() == "30 秒"
    box.setCurrentIndex(3)
    box.activated.emit(3)
    assert window.settings.get(CLIP_AFTER) == 0
    assert clipboard.here().chosen() == 0
    assert "锁屏" in say(clipboard.people("张伟", TOLD))
    assert Settings().get(CLIP_AFTER) == 0
    clipboard.wipe()


def test_locking_empties_it(lived: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "may_lock", lambda _: True)
    asked: list[str] = []
    lived.window.lock_asked.disconnect()
    lived.window.lock_asked.connect(lambda: asked.append(words()))
    clipboard.people("张伟", TOLD)
    guarding.lock(lived.window)
    assert asked == [""]


def test_what_was_asked_for_before_comes_too_late_for_a_locked_window(lived: House, qtbot: Any) -> None:
    """Rows on their way to the clipboard, and a window that opens a moment later."""
    door, late = QWidget(), QDialog()
    ask = QDialog(door)
    for each in (door, late, ask):
        qtbot.addWidget(each)
    door.show()
    cover = guarding.Cover(lived.window, door)
    assert say(clipboard.people("张伟", TOLD)) == "Copied。窗口已锁定，剪贴板上没有内容。"
    assert words() == ""
    late.show()
    ask.show()
    qtbot.waitUntil(lambda: not late.isVisible(), timeout=20_000)
    assert ask.isVisible(), "what the door asks is seen"
    assert door.isVisible()
    assert not lived.window.isVisible()
    cover.lift()
    assert lived.window.isVisible()
    assert late.isVisible()
    clipboard.people("张伟", TOLD)
    assert words() == "张伟"
    late.hide()
    late.show()
    QApplication.processEvents()
    assert late.isVisible(), "nothing is hidden any more"


def test_leaving_empties_it(store: Any, qtbot: Any) -> None:
    store.close()
    program = app.Program(store.path, Settings())
    clipboard.people("张伟", TOLD)
    program.close()
    assert words() == ""


def test_what_was_typed_and_cut_stays_whatever_happens(lived: House) -> None:
    QGuiApplication.clipboard().setText("typed in a note and cut")
    clipboard.wipe()
    assert words() == "typed in a note and cut"


def test_a_part_of_a_secret_copied_by_hand_does_not_stay(qtbot: Any) -> None:
    shown = QLabel("correct horse battery")
    qtbot.addWidget(shown)
    clipboard.SecretWords(shown)
    board = QGuiApplication.clipboard()
    for copied, leaves in (("horse battery", True), ("hor", False), ("something else", False), ("correct horse battery", True)):
        board.setText(copied)
        assert board.mimeData().hasFormat(clipboard.MARK) == leaves, copied
        assert words() == copied
    due()
    assert words() == ""


def test_the_recovery_key_does_not_stay(lived: House, qtbot: Any) -> None:
    dialog = NewRecovery(lived.window)
    qtbot.addWidget(dialog)
    letters = dialog.sheet.letters
    dialog.show()
    letters.setSelection(0, 9)
    letters.setFocus()
    qtbot.keyClick(letters, Qt.Key.Key_C, CTRL)
    assert words() == letters.text()[:9]
    due()
    assert words() == ""


def test_a_rich_object_keeps_what_it_carried(qapp: QApplication) -> None:
    clipboard.people(clip.holding("a\tb", "<table></table>"), TOLD)
    found = QGuiApplication.clipboard().mimeData()
    assert isinstance(found, QMimeData)
    assert (found.text(), found.html()) == ("a\tb", "<table></table>")
