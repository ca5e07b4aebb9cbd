"""The ageing strip: what is open by age, a line for each currency; a click or a key opens the rows of a part."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from crm_desktop.duties.receivables import rules
from crm_desktop.duties.receivables.rules import Aged
from crm_desktop.record.money import show_money
from crm_desktop.record.text import Text, say
from crm_desktop.ui import theme
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.list_paint import tip
from crm_desktop.ui.speech import put

SIDE = 24  # px, the page's margin
FIRST, MORE, BAR = 62, 60, 6  # px: the first line, each further one, the bar in it
MOST_LINES = 4
ALL, LONG = "all", "long"
Part = tuple[str, int | str]  # currency; number of the bucket, ALL, or LONG (over sixty days)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
COLOURS = ("age0", "age1", "age2", "age3", "age4")


class AgeingStrip(QLabel):
    """`chosen` carries the part that was pressed."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._owed: list[Aged] = []
        self._picked: Part | None = None
        self._over: Part | None = None
        self._at_key = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        put(self, "setAccessibleName", Text("Open by age"))
        self.hide()

    # what it shows

    def show_owed(self, owed: Sequence[Aged]) -> None:
        """Show these balances; without any it takes no room."""
        self._owed = list(owed[:MOST_LINES])
        self._at_key = min(self._at_key, max(0, len(self.parts()) - 1))
        self.setFixedHeight(8 + FIRST + MORE * max(0, len(self._owed) - 1))
        self.setVisible(bool(self._owed))
        self._describe()
        self.update()

    def pick(self, part: Part | None) -> None:
        """Mark the part whose rows are listed."""
        self._picked = part
        self.update()

    @property
    def picked(self) -> Part | None:
        """The part that is marked."""
        return self._picked

    def parts(self) -> list[Part]:
        """Everything that can be pressed, in reading order."""
        early = [key for key in rules.EARLY if any(key in aged.early for aged in self._owed)]
        return [(aged.currency, key) for aged in self._owed for key in (ALL, *early, *range(len(aged.amounts)), LONG)]

    def words_of(self, part: Part) -> str:
        """What a part says, whole."""
        aged = next(aged for aged in self._owed if aged.currency == part[0])
        head = Text("{currency}: {words}", currency=aged.currency, words=self._label(aged, part[1]))
        return say(Text("{label} {value}", label=head, value=self._value(aged, part[1])))

    def _describe(self) -> None:
        put(self, "setAccessibleDescription", "; ".join(self.words_of(part) for part in self.parts()))

    @staticmethod
    def _label(aged: Aged, key: int | str) -> Text:
        if key == ALL:
            return Text("Open · {count}", count=f"{aged.items:,}")
        if key == LONG:
            return Text("Over 60 days")
        if isinstance(key, str):
            return Text("{bucket} · {count}", bucket=rules.EARLY_WORDS[key], count=f"{aged.early.get(key, (0, 0))[1]:,}")
        return Text("{bucket} · {count}", bucket=rules.bucket_words(int(key), aged.limits), count=f"{aged.counts[int(key)]:,}")

    @staticmethod
    def _value(aged: Aged, key: int | str) -> str:
        if key == LONG:
            return rules.percent(aged.long_share or 0)
        return show_money(_amount(aged, key))

    @staticmethod
    def _tone(aged: Aged, key: int | str) -> str:
        if key == LONG:
            return "red" if (aged.long_share or 0) > rules.TARGET else "text"
        return "text" if _amount(aged, key) else "soft"

    # where things are

    def _line(self, at: int) -> QRect:
        top = 4 + (FIRST + MORE * (at - 1) if at else 0)
        return QRect(SIDE - 8, top, self.width() - 2 * SIDE + 16, FIRST if at == 0 else MORE)

    def box_of(self, part: Part) -> QRect:
        """Where a part stands."""
        at = next(n for n, aged in enumerate(self._owed) if aged.currency == part[0])
        mine = [each for each in self.parts() if each[0] == part[0]]
        line, place = self._line(at), mine.index(part)
        left, right = (line.left() + line.width() * n // len(mine) for n in (place, place + 1))
        return QRect(left, line.top(), right - left, line.height() - BAR - 8)

    def _part_at(self, place: QPoint) -> Part | None:
        return next((part for part in self.parts() if self.box_of(part).adjusted(0, 0, 0, BAR + 4).contains(place)), None)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        key_part = self.parts()[self._at_key] if self._owed and self.hasFocus() else None
        for at, aged in enumerate(self._owed):
            for part in (each for each in self.parts() if each[0] == aged.currency):
                self._paint_part(painter, aged, part, part == key_part)
            self._paint_bar(painter, aged, self._line(at))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(theme.C["line"]))

    def _paint_part(self, painter: QPainter, aged: Aged, part: Part, on_key: bool) -> None:
        box = self.box_of(part)
        if part in (self._picked, self._over):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.C["accent_soft" if part == self._picked else "hover"]))
            painter.drawRoundedRect(box, 6, 6)
        inner = box.adjusted(8, 3, -4, -2)
        key = part[1]
        label = inner.adjusted(12 if isinstance(key, int) else 0, 0, 0, 0)
        if isinstance(key, int):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.C[COLOURS[min(key, 4)]]))
            painter.drawRoundedRect(QRect(inner.left(), inner.top() + 5, 8, 8), 2, 2)
        painter.setFont(theme.small_font())
        painter.setPen(QColor(theme.C["soft"]))
        words = say(self._label(aged, key))
        if isinstance(key, int) and painter.fontMetrics().horizontalAdvance(words) > label.width():
            words = say(rules.bucket_words(key, aged.limits))
        if key == ALL and (len(self._owed) > 1 or aged.currency != "CNY"):
            words = f"{aged.currency} · {words}"
        painter.drawText(QRect(label.left(), inner.top(), label.width(), 18), LEFT, _cut(painter.fontMetrics(), words, label.width()))
        self._paint_value(painter, aged, key, QRect(inner.left(), inner.top() + 18, inner.width(), 22))
        if on_key:
            painter.fillRect(inner.left(), box.bottom() - 1, min(40, inner.width()), 2, QColor(theme.C["accent"]))

    def _paint_value(self, painter: QPainter, aged: Aged, key: int | str, box: QRect) -> None:
        words = self._value(aged, key)
        whole = words.rpartition(".")[0] if key != LONG else words  # rather without the small change than cut
        for shown, points in ((words, 11.5), (words, theme.SMALL_POINTS), (whole, theme.SMALL_POINTS), (whole, 8.0)):
            font = theme.font(points, bold=True)
            if QFontMetrics(font).horizontalAdvance(shown) <= box.width():
                break
        words = shown
        painter.setFont(font)
        painter.setPen(QColor(theme.C[self._tone(aged, key)]))
        painter.drawText(box, LEFT, words)

    @staticmethod
    def _paint_bar(painter: QPainter, aged: Aged, line: QRect) -> None:
        whole = sum(max(0, amount) for amount in aged.amounts)
        if not whole:
            return
        room, left = line.width() - 16, float(line.left() + 8)
        for at, amount in enumerate(aged.amounts):
            if amount > 0:
                width = max(2.0, room * amount / whole)
                painter.fillRect(QRect(round(left), line.bottom() - BAR - 2, max(1, round(width) - 1), BAR), QColor(theme.C[COLOURS[min(at, 4)]]))
                left += width

    # mouse and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._part_at(event.position().toPoint())
        if over != self._over:
            self._over = over
            self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        part = self._part_at(event.position().toPoint())
        if part is not None and event.button() == Qt.MouseButton.LeftButton:
            self._at_key = self.parts().index(part)
            self.chosen.emit(part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        parts = self.parts()
        row = len(parts) // max(1, len(self._owed))
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -row, Qt.Key.Key_Down: row}
        step = steps.get(Qt.Key(event.key()), 0)
        if step and 0 <= self._at_key + step < len(parts):
            self._at_key += step
            self.update()
        elif parts and event.key() in (*ENTER, Qt.Key.Key_Space):
            self.chosen.emit(parts[self._at_key])
        elif not step:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            part = self._part_at(event.pos())
            tip(event.globalPos(), self.words_of(part) if part else "", self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._describe()
            self.update()
        super().changeEvent(event)


def _amount(aged: Aged, key: int | str) -> int:
    """What stands in a part: all that is open, a bucket, or what is not billed to the end (that is in its buckets too)."""
    if isinstance(key, int):
        return aged.amounts[key]
    return aged.owes if key == ALL else aged.early.get(key, (0, 0))[0]


def _cut(metrics: QFontMetrics, words: str, width: int) -> str:
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
