"""Small pieces every page is made of: words, cards, buttons, chips and notes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from crm_desktop.record.text import Text, say
from crm_desktop.ui import theme
from crm_desktop.ui.speech import literal, put

CHIP_HEIGHT, CHIP_PADDING = 22, 8
ICON, ICON_GAP = 18, 4  # the style adds 4 more before the word
TITLE_LEAST = 140  # px of a list's title beside its buttons


class PlainLabel(QLabel):
    """Words that are never read as markup. `cls` names its look: h1, h2, small, soft, error, warning, figure."""

    def __init__(self, parent: QWidget | None, cls: str = "", text: Text | str | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if cls:
            self.setProperty("class", cls)
        if text is not None:
            put(self, "setText", text)

    def set_look(self, cls: str) -> None:
        """Another look from now on: a style sheet is asked about it only once."""
        if self.property("class") != cls:
            self.setProperty("class", cls)
            self.style().unpolish(self)
            self.style().polish(self)


class CutLabel(PlainLabel):
    """One line of words that shows by dots that there are more, and all of them in its tooltip."""

    def __init__(self, parent: QWidget | None, cls: str = "", text: Text | str | None = None) -> None:
        super().__init__(parent, cls, text)
        self.setMinimumWidth(1)

    def _shown(self) -> str:
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(literal(self.text()) if shown != self.text() else "")
        return shown

    def setText(self, text: str) -> None:
        super().setText(text)
        self._shown()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shown()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, shown = QPainter(self), self._shown()
        self.style().drawItemText(painter, self.rect(), int(self.alignment()), self.palette(), self.isEnabled(), shown, self.foregroundRole())


class TitleLabel(CutLabel):
    """A title that gives way to what stands beside it, but not beyond what still tells what it is."""

    def __init__(self, parent: QWidget | None, cls: str, text: Text | str) -> None:
        super().__init__(parent, cls, text)
        self.setMinimumWidth(0)  # the hint says it

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(min(TITLE_LEAST, whole.width()), whole.height())


def card(parent: QWidget | None) -> tuple[QFrame, QVBoxLayout]:
    """A white sheet with a thin border, and the layout its contents go into. End it with a stretch."""
    frame = QFrame(parent)
    frame.setProperty("class", "card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(20, 12, 20, 12)
    layout.setSpacing(8)
    return frame, layout


def button(parent: QWidget, text: Text, *, primary: bool = False, icon: str = "", key: str = "") -> QPushButton:
    """A button. A key is written into its tooltip and presses it from anywhere in `parent`."""
    made = QPushButton(parent)
    made.setProperty("primary", primary)
    put(made, "setText", text)
    if icon:
        made.setIcon(theme.icon(icon, ICON, ICON_GAP, "on_accent" if primary else "soft"))
        made.setIconSize(QSize(ICON + ICON_GAP, ICON))
    if key:
        put(made, "setToolTip", Text("{words} ({key})", words=text, key=key))
        shortcut = QShortcut(QKeySequence(key), parent)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(made.click)
    return made


def link(parent: QWidget, text: Text) -> QPushButton:
    """A button that looks like a link, for small choices inside text."""
    made = QPushButton(parent)
    made.setProperty("link", True)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    put(made, "setText", text)
    return made


def tool(parent: QWidget, icon: str, tip: Text) -> QToolButton:
    """An icon to press; its tip is also its name for those who cannot see it."""
    made = QToolButton(parent)
    made.setIcon(theme.icon(icon, ICON))
    made.setIconSize(QSize(ICON, ICON))
    put(made, "setToolTip", tip)
    put(made, "setAccessibleName", tip)
    return made


def chip_width(word: str, font: QFont) -> int:
    """How wide a chip with this word is, in pixels."""
    return QFontMetrics(font).horizontalAdvance(word) + 2 * CHIP_PADDING


def paint_chip(painter: QPainter, rect: QRect, word: str, tone: str, font: QFont, selected: bool = False) -> None:
    """A word on its colour at the left of a box, centred in height; without a tone only the soft word."""
    if not word:
        return
    box = QRect(rect.left(), rect.center().y() - CHIP_HEIGHT // 2 + 1, 0, CHIP_HEIGHT)
    box.setWidth(min(chip_width(word, font), rect.width()))
    painter.save()
    painter.setFont(font)
    if tone:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        # On a selected row the chip's own ground could be the row's: it becomes the page's.
        painter.setBrush(QColor(theme.C["surface" if selected else f"{tone}_bg"]))
        painter.drawRoundedRect(box, CHIP_HEIGHT / 2, CHIP_HEIGHT / 2)
    painter.setPen(QColor(theme.C[tone or "soft"]))
    room = box.adjusted(CHIP_PADDING, 0, 2 - CHIP_PADDING, 0)
    shown = QFontMetrics(font).elidedText(word, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
    painter.restore()


class Chip(QLabel):
    """A painted chip; it keeps the Text, so that it changes with the language."""

    def __init__(self, parent: QWidget | None, text: Text | str = "", tone: str = "grey") -> None:
        super().__init__(parent)
        self._text: Text | str = text
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_text(text, tone)

    def show_text(self, text: Text | str, tone: str) -> None:
        """Show other words in another colour; no words, no chip."""
        self._text, self._tone = text, tone
        put(self, "setAccessibleName", text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        word = say(self._text)
        return QSize(chip_width(word, theme.small_font()) if word else 0, CHIP_HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.updateGeometry()
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), self.rect(), say(self._text), self._tone, theme.small_font())


class EmptyNote(QWidget):
    """Stands where nothing is yet: what would be here, and the first step as a button."""

    acted = Signal()

    def __init__(self, parent: QWidget | None, icon: str, what: Text, step: Text | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 24)
        box.setSpacing(12)
        box.addStretch(2)
        box.addSpacing(48)  # the icon is painted here
        self._what = PlainLabel(self, "soft", what)
        self._what.setWordWrap(True)
        self._what.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(self._what)
        self._step = button(self, step or Text(""))
        self._step.setVisible(step is not None)
        self._step.clicked.connect(self.acted)
        box.addWidget(self._step, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)

    def first(self) -> QWidget:
        """Where the keyboard goes."""
        return self if self._step.isHidden() else self._step

    def say(self, what: Text, step: Text | None = None) -> None:
        """Other words: no rows at all and no row that matches are two different things."""
        put(self._what, "setText", what)
        put(self._step, "setText", step or Text(""))
        self._step.setVisible(step is not None)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRect(0, 0, 32, 32)
        box.moveCenter(self._what.geometry().center())
        box.moveBottom(self._what.geometry().top() - 12)
        theme.paint_icon(painter, box.toRectF(), self._icon, "line2")
