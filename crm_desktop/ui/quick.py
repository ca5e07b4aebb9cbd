"""One line typed from anywhere: what it is understood as stands below it before Enter; what is doubtful is picked there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_desktop.record import private
from crm_desktop.record.guess import About, Doubt, Guess, Part
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.ui import jobs, theme
from crm_desktop.ui.choices import Choice, ChoiceList, TypeBox
from crm_desktop.ui.number_offer import LiveOffer
from crm_desktop.ui.palette import Overlay
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

WIDTH = 640
ROW, LABEL_WIDTH = 28, 132
SHOWN = 6


class Quick(Protocol):
    """What a duty gives: how a line is understood (in a reading thread) and what saves it (in the writing thread)."""

    title: Text
    hint: Text

    def understand(self, reader: Any, typed: str, picks: Mapping[str, Any], about: About) -> Guess: ...
    def act(self, desk: Any, guess: Guess) -> Any: ...


_left: dict[type, str] = {}  # what was typed and not saved, by kind: it is there again


class Parts(QWidget):
    """The things understood, one a line: what it is in soft letters, what it is read as beside it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts: list[Part] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show these."""
        self._parts = list(parts)
        put(self, "setAccessibleName", "; ".join(f"{say(p.label)} {say(p.words)}" for p in parts))
        self.setFixedHeight(len(parts) * ROW)
        self.update()

    def words(self) -> list[str]:
        """The lines as they read."""
        return [f"{say(part.label)} {say(part.words)}" for part in self._parts]

    def sizeHint(self) -> QSize:
        return QSize(200, len(self._parts) * ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        for at, part in enumerate(self._parts):
            box = QRect(12, at * ROW, self.width() - 24, ROW)
            painter.setFont(theme.small_font())
            painter.setPen(QColor(theme.C["soft"]))
            label = painter.fontMetrics().elidedText(say(part.label), Qt.TextElideMode.ElideRight, LABEL_WIDTH - 8)
            painter.drawText(box.adjusted(0, 0, LABEL_WIDTH - box.width(), 0), flags, label)
            painter.setFont(theme.font())
            painter.setPen(QColor(theme.C[part.tone or "text"]))
            room = box.adjusted(LABEL_WIDTH, 0, 0, 0)
            painter.drawText(room, flags, painter.fontMetrics().elidedText(say(part.words), Qt.TextElideMode.ElideRight, room.width()))


class _Line(TypeBox):
    """Tab goes to what is offered below, if anything is, and comes back."""


class QuickLine(Overlay):
    """The line, what it is understood as, and what there is to pick. Enter picks, then saves; Esc leaves and keeps it."""

    def __init__(self, window: Window, quick: Quick, about: About = None) -> None:
        super().__init__(window, WIDTH)
        self._quick, self._about = quick, about
        self._picks: dict[str, Any] = {}
        self._guess: Guess | None = None
        self._enter_waits = self._saving = False
        self.box.addWidget(PlainLabel(self.panel, "h2", quick.title))
        self.edit = _Line(self.panel)
        put(self.edit, "setPlaceholderText", quick.hint)
        put(self.edit, "setAccessibleName", quick.title)
        self.offer = LiveOffer(self.panel)
        self.parts = Parts(self.panel)
        self.ask = PlainLabel(self.panel, "warning")
        self.list = ChoiceList(self.panel)
        put(self.list, "setAccessibleName", Text("Choices"))
        self.foot = PlainLabel(self.panel, "soft")
        self.foot.setWordWrap(True)
        for part in (self.edit, self.offer, self.parts, self.ask, self.list, self.foot):
            self.box.addWidget(part)
        self.edit.typed.connect(self._on_typed)
        self.edit.stepped.connect(self.list.step)
        self.edit.left.connect(self.close)
        self.edit.entered.connect(self._on_entered)
        self.list.picked.connect(self._on_picked)
        self.offer.moved.connect(self.place)
        self.offer.watch(self.edit)
        self.edit.setText(_left.get(type(quick), ""))
        self.edit.selectAll()
        self._show(Guess([]))

    def open(self) -> None:
        super().open()
        self.edit.setFocus()
        self._read()

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        self._picks.clear()
        self._enter_waits = False
        self._keep()
        self._read()

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """What lies under the scrim is out of reach."""
        if not self.isVisible():  # it is being closed
            return False
        (self.offer.keep if self.edit.hasFocus() and self.offer.isVisible() else self.edit).setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _keep(self) -> None:
        if self.edit.text().strip():
            _left[type(self._quick)] = private.reduced(self.edit.text())
        else:
            _left.pop(type(self._quick), None)

    def _read(self) -> None:
        self._guess = None
        work = partial(_understand, self._quick, self.edit.text(), dict(self._picks), self._about)
        jobs.read(self, work, self._on_understood, slot="quick")

    @Slot(object)
    def _on_understood(self, answer: tuple[str, Guess]) -> None:
        typed, guess = answer
        if typed != self.edit.text():
            return
        self._guess = guess
        self._show(guess)
        if self._enter_waits:
            self._enter_waits = False
            self._on_entered()

    def _show(self, guess: Guess) -> None:
        self.parts.show_parts(guess.parts)
        self.parts.setVisible(bool(guess.parts))
        doubt = guess.doubts[0] if guess.doubts else None
        self.list.show_choices([Choice(*choice) for choice in doubt.choices] if doubt else [], most=SHOWN)
        self.list.setVisible(bool(doubt and doubt.choices))
        put(self.ask, "setText", doubt.label if doubt else "")
        self.ask.setVisible(doubt is not None)
        self._say(_foot(guess, doubt, bool(self.edit.text().strip())))

    def _say(self, text: Text, cls: str = "soft") -> None:
        put(self.foot, "setText", text)
        if self.foot.property("class") != cls:
            self.foot.set_look(cls)
        self.place()

    @Slot()
    def _on_entered(self) -> None:
        if self._saving or not self.edit.text().strip():
            return
        if self._guess is None:
            self._enter_waits = True  # typed faster than understood
        elif self._guess.doubts:
            self.list.choose()
        elif self._guess.missing is None:
            self._saving = True
            jobs.act(self, partial(_act, self._quick, self._guess), self._on_saved, failed=self._on_failed)

    @Slot(object)
    def _on_picked(self, value: object) -> None:
        if self._guess and self._guess.doubts:
            self._picks[self._guess.doubts[0].key] = value
            self._read()

    @Slot(object)
    def _on_saved(self, change: object) -> None:
        _left.pop(type(self._quick), None)
        self.close()

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._saving = False
        if isinstance(error, Refused):
            self._say(error.text, "error")
        else:
            jobs.hub().failed.emit(error)


def _foot(guess: Guess, doubt: Doubt | None, typed: bool) -> Text:
    if doubt is not None and doubt.choices:
        return Text("Arrows and Enter pick one")
    if typed and guess.missing is not None:
        return guess.missing
    return Text("Enter saves · Esc leaves, and what is typed stays here")


def _understand(quick: Quick, typed: str, picks: Mapping[str, Any], about: About, reader: Any, _job: jobs.Job) -> tuple[str, Guess]:
    words = private.reduced(typed)  # as it will be kept
    return typed, quick.understand(reader, words, picks, about) if words.strip() else Guess([])


def _act(quick: Quick, guess: Guess, desk: Any, _job: jobs.Job) -> Any:
    return quick.act(desk, guess)


def open_line(window: Window, quick: Quick, shown: tuple[str, int] | None = None) -> QuickLine:
    """Open the line, about this row or what is on the screen."""
    shown = shown or window.shown()
    line = QuickLine(window, quick, (window.record(shown[0]), shown[1]) if shown else None)
    line.open()
    return line
