from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.record import dates, text
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import jobs, lookup, speech
from crm_desktop.ui.completion import Completion
from crm_desktop.ui.day_editor import DayEditor
from crm_desktop.ui.day_words import parse_day
from crm_desktop.ui.editors import ChoiceEditor, Editor, FlagEditor, LineEditor, LongEditor, make
from crm_desktop.ui.reference_editor import ReferenceEditor

Compose = Callable[[QObject, str, str], None]
TODAY = "2026-11-18"
CHOICES = (("a", Text("Active"), "green"), ("b", Text("Lost"), "red"))
LABEL = Text("Arrival")


class Found:
    def __init__(self, row_id: int, title: str, note: str = "") -> None:
        self.id, self.title, self.note = row_id, title, note


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    dates.set_clock(dt.datetime(2026, 11, 18, 15, 0))
    yield
    dates.set_clock(None)


class Stage:
    """One editor on a window, and what it said."""

    def __init__(self, qtbot: QtBot, editor: Editor) -> None:
        self.window, self.editor = QWidget(), editor
        self.changes = 0
        self.next = LineEditor(Field("next", Text("Next")), self.window)
        box = QVBoxLayout(self.window)
        box.addWidget(editor)
        box.addWidget(self.next)
        self.window.resize(500, 500)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        editor.setFocus()
        qtbot.waitUntil(editor.hasFocus)
        editor.changed.connect(self.count)

    def count(self) -> None:
        self.changes += 1

    def type(self, words: str) -> None:
        assert isinstance(self.editor, LineEditor)
        self.editor.selectAll()
        if words:
            self.add(words)
        else:
            QTest.keyClick(self.editor, Qt.Key.Key_Delete)

    def add(self, words: str) -> None:
        """As an input method commits it: QTest knows no Chinese keys."""
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(self.editor, event)

    def leave(self, qtbot: QtBot) -> None:
        self.next.setFocus(Qt.FocusReason.MouseFocusReason)
        qtbot.waitUntil(self.next.hasFocus)


Raise = Callable[..., Stage]


@pytest.fixture
def stage(qtbot: QtBot) -> Raise:
    def raise_it(kind: Kind, **more: Any) -> Stage:
        return Stage(qtbot, make(Field("f", LABEL, kind, **more)))

    return raise_it


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("", ""), ("2026-11-18", "2026-11-18"), ("2026/1/2", "2026-01-02"), ("20261225", "2026-12-25"),
        ("2026年12月3日", "2026-12-03"), ("11-20", "2026-11-20"), ("1120", "2026-11-20"), ("11/20", "2026-11-20"),
        ("11.20", "2026-11-20"), ("12月3日", "2026-12-03"), ("12月3", "2026-12-03"), ("0105", "2027-01-05"),
        ("1-5", "2027-01-05"), ("今天", TODAY), ("今日", TODAY), ("明天", "2026-11-19"), ("后天", "2026-11-20"),
        ("昨天", "2026-11-17"), ("today", TODAY), ("Tomorrow", "2026-11-19"), (" yesterday ", "2026-11-17"),
        ("+3", "2026-11-21"), ("-1", "2026-11-17"), ("\u22121", "2026-11-17"), ("１１－２０", "2026-11-20"),
        ("0229", "2028-02-29"),
    ],
)  # fmt: skip
def test_a_day_is_understood(words: str, day: str) -> None:
    assert parse_day(words, "2027-06-01" if words == "0229" else TODAY) == day


@pytest.mark.parametrize("words", ["x", "13-40", "2026-13-01", "0230", "++3", "18", "99991231x", "-"])
def test_what_is_no_day_is_refused(words: str) -> None:
    with pytest.raises(Refused):
        parse_day(words, TODAY)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        (Kind.TEXT, " 王小明 ", "王小明", "王小明"), (Kind.TEXT, "", "", ""), (Kind.CODE, "007", "007", "007"),
        (Kind.INT, "12", 12, "12"), (Kind.INT, "１２", 12, "12"), (Kind.INT, "1,200", 1200, "1200"),
        (Kind.INT, "", None, ""), (Kind.MONEY, "1234.5", 123450, "1,234.50"),
        (Kind.MONEY, "1,234.50", 123450, "1,234.50"),
        (Kind.MONEY, "￥88", 8800, "88.00"), (Kind.MONEY, "-5", -500, "\u22125.00"), (Kind.MONEY, "", 0, "0.00"),
        (Kind.DATE, "明天", "2026-11-19", "2026-11-19"), (Kind.DATE, "+3", "2026-11-21", "2026-11-21"),
        (Kind.DATE, "1120", "2026-11-20", "2026-11-20"), (Kind.DATE, "", "", ""),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_a_value(
    qtbot: QtBot, stage: Raise, language: str, kind: Kind, typed: str, value: Any, shown: str
) -> None:
    text.use(language)
    on = stage(kind)
    on.editor.set_value("2026-01-01" if kind == Kind.DATE else 1 if kind in (Kind.INT, Kind.MONEY) else "x")
    assert on.changes == 0
    on.type(typed)
    assert on.changes
    assert (on.editor.value(), on.editor.problem()) == (value, None)
    on.leave(qtbot)
    assert isinstance(on.editor, LineEditor)
    assert on.editor.text() == shown
    assert on.editor.value() == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.INT, "a"),
        (Kind.INT, "1.5"),
        (Kind.MONEY, "1.234"),
        (Kind.MONEY, "x"),
        (Kind.DATE, "soon"),
        (Kind.CODE, "x" * 61),
    ],
)
def test_what_is_wrong_is_said_and_stays_typed(qtbot: QtBot, stage: Raise, kind: Kind, typed: str) -> None:
    on = stage(kind)
    on.type(typed)
    assert isinstance(on.editor.problem(), Text)
    on.leave(qtbot)
    assert isinstance(on.editor, LineEditor)
    assert on.editor.text() == typed


@pytest.mark.parametrize("kind", [k for k in Kind if k != Kind.KEY])
def test_an_editor_gives_back_what_it_was_given(qtbot: QtBot, kind: Kind) -> None:
    values = {
        Kind.INT: 3, Kind.MONEY: -123456, Kind.DATE: "2026-01-31", Kind.BOOL: 1, Kind.CHOICE: "b", Kind.REF: 7, Kind.TIME: "15:40",
    }  # fmt: skip
    editor = make(Field("f", LABEL, kind, choices=CHOICES if kind == Kind.CHOICE else ()))
    qtbot.addWidget(editor)
    value = values.get(kind, "早到，靠窗")
    editor.set_value(value, "上海秀欣")
    assert editor.value() == value
    assert editor.problem() is None
    assert editor.accessibleName() == "Arrival"
    draft = editor.draft()
    editor.set_value(type(value)() if kind != Kind.REF else None)
    editor.restore(draft)
    assert editor.value() == value


@pytest.mark.parametrize(
    ("kind", "nothing"), [(Kind.TEXT, ""), (Kind.INT, None), (Kind.REF, None), (Kind.DATE, ""), (Kind.CHOICE, "")]
)
def test_nothing_is_kept_as_nothing(qtbot: QtBot, kind: Kind, nothing: Any) -> None:
    editor = make(Field("f", LABEL, kind))
    qtbot.addWidget(editor)
    editor.set_value(nothing)
    assert editor.value() == nothing


def test_an_amount_is_typed_without_separators(qtbot: QtBot, stage: Raise) -> None:
    on = stage(Kind.MONEY)
    on.editor.set_value(123450)
    on.leave(qtbot)
    assert isinstance(on.editor, LineEditor)
    assert on.editor.text() == "1,234.50"
    on.editor.setFocus(Qt.FocusReason.TabFocusReason)
    assert (on.editor.text(), on.editor.selectedText()) == ("1234.50", "1234.50")
    assert on.editor.alignment() & Qt.AlignmentFlag.AlignRight
    assert on.changes == 0


def test_a_choice_keeps_a_code_it_does_not_know(qtbot: QtBot) -> None:
    editor = make(Field("f", LABEL, Kind.CHOICE, choices=CHOICES))
    qtbot.addWidget(editor)
    assert isinstance(editor, ChoiceEditor)
    assert editor.value() == ""
    editor.set_value("old-code")
    assert (editor.value(), editor.currentText()) == ("old-code", "old-code")
    editor.set_value("a")
    editor.set_value("old-code")
    assert editor.count() == 4


def test_a_required_choice_has_no_empty_entry(qtbot: QtBot) -> None:
    editor = make(Field("f", LABEL, Kind.CHOICE, choices=CHOICES, required=True, default="b"))
    qtbot.addWidget(editor)
    assert isinstance(editor, ChoiceEditor)
    assert (editor.count(), editor.value()) == (2, "b")


def test_a_choice_speaks_the_language_in_use(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = make(Field("f", LABEL, Kind.CHOICE, choices=CHOICES))
    qtbot.addWidget(editor)
    assert isinstance(editor, ChoiceEditor)
    editor.set_value("b")
    monkeypatch.setattr("crm_desktop.ui.editors.say", lambda words: f"<{words}>" if words else "")
    speech.switch("en")
    assert [editor.itemText(n) for n in range(3)] == ["", "<Active>", "<Lost>"]
    assert editor.value() == "b"


def wheel(widget: QWidget) -> bool:
    """Turn the wheel over a widget; True when the widget took it."""
    place = QPointF(5, 5)
    event = QWheelEvent(
        place, widget.mapToGlobal(place), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


@pytest.mark.parametrize("kind", [Kind.CHOICE, Kind.DATE, Kind.INT, Kind.MONEY])
def test_the_wheel_changes_nothing(stage: Raise, kind: Kind) -> None:
    on = stage(kind, choices=CHOICES if kind == Kind.CHOICE else ())
    value = on.editor.value()
    for _ in range(2):
        assert not wheel(on.editor) or kind != Kind.CHOICE
        on.next.setFocus()
    assert (on.editor.value(), on.changes) == (value, 0)


def test_the_arrow_keys_of_a_closed_choice_are_a_change(stage: Raise) -> None:
    on = stage(Kind.CHOICE, choices=CHOICES)
    QTest.keyClick(on.editor, Qt.Key.Key_Down)
    assert (on.editor.value(), on.changes) == ("a", 1)


def test_yes_and_no(stage: Raise) -> None:
    on = stage(Kind.BOOL)
    assert isinstance(on.editor, FlagEditor)
    QTest.keyClick(on.editor, Qt.Key.Key_Space)
    assert (on.editor.value(), on.changes) == (1, 1)


def test_a_remark_has_lines(stage: Raise) -> None:
    on = stage(Kind.LONG)
    assert isinstance(on.editor, LongEditor)
    QTest.keyClicks(on.editor, "early")
    QTest.keyClick(on.editor, Qt.Key.Key_Return)
    QTest.keyClicks(on.editor, "quiet")
    assert (on.editor.value(), on.changes) == ("early\nquiet", 11)


@pytest.mark.parametrize("kind", [k for k in Kind if k not in (Kind.KEY, Kind.CHOICE, Kind.BOOL)])
def test_nothing_happens_while_composing(stage: Raise, compose: Compose, kind: Kind, reader: Any) -> None:
    jobs.synchronous(reader, None)
    on = stage(kind)
    pressed: list[str] = []
    for name in ("Return", "F2", "Ctrl+S", "Escape"):
        shortcut = QShortcut(QKeySequence(name), on.window)
        shortcut.activated.connect(lambda: pressed.append("x"))
    if not isinstance(on.editor, LongEditor):
        on.editor.entered.connect(lambda: pressed.append("entered"))
    compose(on.editor, "ming", "")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_F4, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Down):
        QTest.keyClick(on.editor, key)
    QTest.keyClick(on.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert (pressed, on.changes, on.editor.hasFocus()) == ([], 0, True)


# --- days


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_day_is_picked_from_the_calendar(stage: Raise) -> None:
    on = stage(Kind.DATE)
    assert isinstance(on.editor, DayEditor)
    on.editor.open_calendar()
    calendar = on.editor._calendar
    assert calendar is not None
    assert calendar.month.selectedDate().toString("yyyy-MM-dd") == TODAY
    calendar.month.clicked.emit(calendar.month.selectedDate().addDays(2))
    assert (on.editor.value(), on.changes, calendar.isVisible()) == ("2026-11-20", 1, False)


# --- references


class Finder:
    """Answers searches from a fixed list, and remembers them."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.hits = [Found(1, "上海秀欣科技", "XY01"), Found(2, "上海王朝酒店", "WC12")]

    def __call__(self, field: Field, words: str, reader: Any, job: Any) -> list[Found]:
        self.asked.append(words)
        return [hit for hit in self.hits if words in hit.title]


@pytest.fixture
def finder(monkeypatch: pytest.MonkeyPatch, reader: Any) -> Finder:
    jobs.synchronous(reader, None)
    found = Finder()
    monkeypatch.setattr(lookup, "find", found)
    return found


@pytest.fixture
def line(stage: Raise, finder: Finder) -> Stage:
    return stage(Kind.REF, ref="account")


def popup(on: Stage) -> Completion:
    found = on.window.findChild(Completion)
    assert isinstance(found, Completion)
    return found


def test_typing_finds_and_return_chooses(line: Stage, finder: Finder) -> None:
    line.type("上海")
    assert finder.asked[-1] == "上海"
    assert popup(line).isVisible()
    assert isinstance(line.editor.problem(), Text)
    QTest.keyClick(line.editor, Qt.Key.Key_Down)
    QTest.keyClick(line.editor, Qt.Key.Key_Return)
    assert isinstance(line.editor, ReferenceEditor)
    assert (line.editor.value(), line.editor.text(), line.editor.problem()) == (2, "上海王朝酒店", None)
    assert not popup(line).isVisible()


def test_tab_takes_the_marked_row_and_a_click_elsewhere_none(qtbot: QtBot, line: Stage) -> None:
    line.type("上海秀")
    QTest.keyClick(line.editor, Qt.Key.Key_Tab)
    assert line.editor.value() == 1
    line.editor.setFocus()
    line.type("上海王")
    line.leave(qtbot)
    assert line.editor.value() is None
    assert line.editor.problem() is not None
    assert not popup(line).isVisible()


def test_typing_the_name_back_is_no_change(line: Stage) -> None:
    assert isinstance(line.editor, ReferenceEditor)
    line.editor.set_value(1, "AB")
    QTest.keyClick(line.editor, Qt.Key.Key_End)
    QTest.keyClicks(line.editor, "C")
    assert line.editor.value() is None
    QTest.keyClick(line.editor, Qt.Key.Key_Backspace)
    assert line.editor.value() == 1


def test_a_reference_is_cleared(line: Stage) -> None:
    assert isinstance(line.editor, ReferenceEditor)
    line.editor.set_value(1, "上海秀欣科技")
    line.editor._clear.trigger()
    assert (line.editor.value(), line.editor.text(), line.changes) == (None, "", 1)
    line.editor.set_value(1, "上海秀欣科技")
    line.type("")
    assert (line.editor.value(), line.editor.problem()) == (None, None)


def test_down_lists_without_typing_and_escape_hides(line: Stage, finder: Finder) -> None:
    QTest.keyClick(line.editor, Qt.Key.Key_Down)
    assert finder.asked == [""]
    assert popup(line).isVisible()
    QTest.keyClick(line.editor, Qt.Key.Key_Escape)
    assert not popup(line).isVisible()


def test_nothing_found_is_said(line: Stage) -> None:
    line.type("zz")
    assert popup(line).model().data(popup(line).model().index(0, 0)) == "Nothing found"
    QTest.keyClick(line.editor, Qt.Key.Key_Return)
    assert line.editor.value() is None


def test_return_does_not_choose_from_an_older_answer(line: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    line.type("上海")
    monkeypatch.setattr(jobs, "read", lambda *a, **k: None)  # the answer to the next letters is still on its way
    line.add("王")
    QTest.keyClick(line.editor, Qt.Key.Key_Return)
    assert line.editor.value() is None


def test_the_list_goes_with_its_line(qtbot: QtBot, line: Stage) -> None:
    line.type("上海")
    found = popup(line)
    below = found.y()
    line.window.setContentsMargins(0, 60, 0, 0)
    qtbot.waitUntil(lambda: found.y() != below)
    assert found.isVisible()
    line.editor.hide()
    assert not found.isVisible()


def test_the_list_is_freed_with_its_line(qtbot: QtBot, line: Stage) -> None:
    line.type("上海")
    gone: list[bool] = []
    popup(line).destroyed.connect(lambda: gone.append(True))
    line.editor.deleteLater()
    qtbot.waitUntil(lambda: bool(gone))


def test_references_are_found_with_real_threads(qtbot: QtBot, line: Stage, reader: Any) -> None:
    jobs.start(lambda: reader, object)
    line.type("上海秀")
    qtbot.waitUntil(lambda: popup(line).isVisible())
    QTest.keyClick(line.editor, Qt.Key.Key_Enter)
    assert line.editor.value() == 1


def test_a_long_name_is_in_the_tooltip_as_plain_text(qtbot: QtBot, line: Stage) -> None:
    line.editor.set_value(5, "<b>" + "很长的名字" * 20)
    line.leave(qtbot)
    assert "&lt;b&gt;" in line.editor.toolTip()
    line.editor.set_value(5, "短")
    assert line.editor.toolTip() == ""
