"""The figures of *Today* below those of the house: a card for each group, in as many columns as the height asks for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from crm_desktop.duties.today.board import GROUPS
from crm_desktop.duties.today.pages_widgets import FigureLine
from crm_desktop.record.duty import TodayLine
from crm_desktop.ui.widgets import PlainLabel

COLUMN, GAP, SCROLL = 190, 8, 12
TITLE, PADDING, MOST = 28, 6, 3


def packed(heights: Sequence[int], columns: int, gap: int = GAP) -> list[list[int]]:
    """Which cards stand in which column, in reading order, so that the longest column is as short as can be."""
    if not heights:
        return []
    limit = max(max(heights), -(-(sum(heights) + gap * (len(heights) - 1)) // columns) - gap)
    while True:
        out = _filled(heights, limit, gap)
        if len(out) <= columns:
            return out
        limit += gap


def _filled(heights: Sequence[int], limit: int, gap: int) -> list[list[int]]:
    out: list[list[int]] = [[]]
    used = 0
    for at, height in enumerate(heights):
        if out[-1] and used + gap + height > limit:
            out.append([])
            used = 0
        used += height + (gap if out[-1] else 0)
        out[-1].append(at)
    return out


def tallest(heights: Sequence[int], columns: Sequence[Sequence[int]], gap: int = GAP) -> int:
    """The height of the longest column."""
    return max((sum(heights[at] for at in column) + gap * (len(column) - 1) for column in columns), default=0)


class GroupCard(QFrame):
    """A group: its title and its figures."""

    def __init__(self, parent: QWidget, group: str) -> None:
        super().__init__(parent)
        self.setProperty("class", "card")
        self.title = PlainLabel(self, "soft", GROUPS.get(group, GROUPS[""]))
        self.lines: list[FigureLine] = []

    def needs(self) -> int:
        """Its height."""
        return TITLE + sum(line.height_of() for line in self.lines) + PADDING

    def place(self, box: QRect) -> None:
        """Stand here, the figures below the title."""
        self.setGeometry(box)
        self.title.setGeometry(PADDING + 8, 2, box.width() - 2 * PADDING - 8, TITLE - 2)
        top = TITLE
        for line in self.lines:
            line.setGeometry(PADDING, top, box.width() - 2 * PADDING, line.height_of())
            top += line.height_of()
        self.show()


class Groups(QScrollArea):
    """The cards. `made` tells of a new figure, so that it can be heard."""

    made = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cards: dict[str, GroupCard] = {}
        self._most = MOST
        self._inside = QWidget()
        self.setWidget(self._inside)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_lines(self, lines: Sequence[tuple[int, TodayLine]], chosen: int) -> list[FigureLine]:
        """Show these figures, each with its number; a group without any takes no room. Returns them in reading order."""
        groups = {group: [pair for pair in lines if pair[1].group == group] for group in dict.fromkeys(line.group for _, line in lines)}
        for group in [group for group in self.cards if group not in groups]:
            gone = self.cards.pop(group)
            gone.hide()
            gone.deleteLater()
        for group, pairs in groups.items():
            self._fill(self.cards.setdefault(group, GroupCard(self._inside, group)), pairs, chosen)
        self.arrange(self._most)
        return [line for group in self._order() for line in self.cards[group].lines]

    def _fill(self, card: GroupCard, pairs: Sequence[tuple[int, TodayLine]], chosen: int) -> None:
        while len(card.lines) > len(pairs):
            gone = card.lines.pop()
            gone.hide()
            gone.deleteLater()
        while len(card.lines) < len(pairs):
            made = FigureLine(card)
            made.show()
            card.lines.append(made)
            self.made.emit(made)
        for line, (number, said) in zip(card.lines, pairs, strict=True):
            line.show_line(number, said, number == chosen)

    def _order(self) -> list[str]:
        known = list(GROUPS)
        return sorted(self.cards, key=lambda group: known.index(group) if group in known else len(known))

    def arrange(self, most: int) -> None:
        """Place the cards in at most so many columns, in fewer where the height allows."""
        self._most = max(1, most)
        order = self._order()
        heights = [self.cards[group].needs() for group in order]
        room = self.viewport().height()
        for count in range(1, self._most + 1):
            columns = packed(heights, count)
            if tallest(heights, columns) <= room:
                break
        width, height = self._width(len(columns) if order else 0), tallest(heights, columns) if order else 0
        for number, column in enumerate(columns if order else []):
            top = 0
            for at in column:
                self.cards[order[at]].place(QRect(number * (COLUMN + GAP), top, COLUMN, heights[at]))
                top += heights[at] + GAP
        self._inside.resize(width, height)
        self.setFixedWidth(width + (SCROLL if height > room else 0))
        self.setVisible(bool(order))

    @staticmethod
    def _width(columns: int) -> int:
        return columns * COLUMN + max(0, columns - 1) * GAP

    def sizeHint(self) -> QSize:
        return QSize(self._width(1), 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():
            self.arrange(self._most)
