"""The figures of *Today* below those of the house: a card for each group, in as many columns as the height asks for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from crm_desktop.duties.today.board import FOLDS, GROUPS
from crm_desktop.duties.today.pages_widgets import LINE_DENSE, FigureLine, FoldLine
from crm_desktop.record.duty import TodayLine
from crm_desktop.ui.flow import packed
from crm_desktop.ui.widgets import PlainLabel

COLUMN, GAP, SCROLL, MOST = 190, 8, 12, 3
NARROW, WIDEST, MOST_NARROW = 165, 230, 5  # px and columns where the usual ones do not fit
WHOLE = 0.8  # of the figures whose words should not be cut
TITLE, PADDING = 28, 6
Placed = tuple[list[list[int]], int, list[int]]  # which card stands in which column, px of a column, px of each card
TITLE_DENSE, PADDING_DENSE, GAP_DENSE = 21, 2, 5


def tallest(heights: Sequence[int], columns: Sequence[Sequence[int]], gap: int = GAP) -> int:
    """The height of the longest column."""
    return max((sum(heights[at] for at in column) + gap * (len(column) - 1) for column in columns), default=0)


def levelled(heights: Sequence[int], columns: int, gap: int = GAP) -> list[list[int]]:
    """The cards in columns as equal as can be, the highest placed first; inside a column in reading order."""
    out: list[list[int]] = [[] for _ in range(columns)]
    for at in sorted(range(len(heights)), key=lambda each: -heights[each]):
        min(out, key=lambda column: sum(heights[one] + gap for one in column)).append(at)
    return sorted((sorted(column) for column in out if column), key=lambda column: column[0])


class GroupCard(QFrame):
    """A group: its title and its figures."""

    def __init__(self, parent: QWidget, group: str) -> None:
        super().__init__(parent)
        self.setProperty("class", "card")
        self.title = PlainLabel(self, "soft", GROUPS.get(group, GROUPS[""]))
        self.lines: list[FigureLine] = []
        self.more = FoldLine(self)
        self.folded = 0  # 1: what needs nobody is away; 2: all that is not red
        self._head, self._foot = TITLE, PADDING

    def shown(self) -> list[FigureLine]:
        """The figures that are not folded away."""
        return [line for line in self.lines if line.chosen or self._stays(line, self.folded)]

    @staticmethod
    def _stays(line: FigureLine, folded: int) -> bool:
        if not folded or line.line is None or line.tone() == "red":
            return True
        return folded == 1 and bool(line.tone() or line.line.amount)

    def fold(self, far: int) -> bool:
        """Fold so far; False where that would save no room."""
        away = sum(not self._stays(line, far) for line in self.lines)
        gains = away > 1 and away > len(self.lines) - len(self.shown())
        self.folded = far if gains else self.folded
        return gains

    def needs(self, dense: bool, width: int) -> int:
        """Its height in a column so wide, with lines close to each other where it is `dense`."""
        self._head, self._foot = (TITLE_DENSE, PADDING_DENSE) if dense else (TITLE, PADDING)
        for line in self.lines:
            line.dense = dense
        inside = width - 2 * PADDING
        more = LINE_DENSE if self.folded else 0
        return self._head + sum(line.height_of(inside) for line in self.shown()) + more + self._foot

    def place(self, box: QRect) -> None:
        """Stand here, the figures below the title."""
        self.setGeometry(box)
        self.title.setGeometry(PADDING + 8, 2, box.width() - 2 * PADDING - 8, self._head - 2)
        top, inside = self._head, box.width() - 2 * PADDING
        there = self.shown()
        for line in there:
            line.setGeometry(PADDING, top, inside, line.height_of(inside))
            top += line.height_of(inside)
        for line in self.lines:
            line.setVisible(line in there)
        self.more.setVisible(bool(self.folded))
        if self.folded:
            away = [line for line in self.lines if line not in there]
            self.more.show_count(len(away), sum(bool(line.tone()) for line in away))
            self.more.setGeometry(PADDING, top, min(inside, self.more.sizeHint().width()), LINE_DENSE)
        self.show()


class Groups(QScrollArea):
    """The cards. `made` tells of a new figure, so that it can be heard."""

    made = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cards: dict[str, GroupCard] = {}
        self._room = MOST * (COLUMN + GAP)
        self.unfolded = False
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
            self._fill(self.cards.get(group) or self._new(group), pairs, chosen)
        self.arrange(self._room)
        return [line for group in self._order() for line in self.cards[group].lines]

    def _new(self, group: str) -> GroupCard:
        made = self.cards[group] = GroupCard(self._inside, group)
        made.more.clicked.connect(self.unfold)
        return made

    @Slot()
    def unfold(self) -> None:
        """Show what was folded away, from now on; the keyboard goes on with the first of it."""
        fold = self.sender()
        away = [line for card in self.cards.values() if card.more is fold for line in card.lines if not line.isVisible()]
        self.unfolded = True
        self.arrange(self._room)
        if away:
            away[0].setFocus(Qt.FocusReason.OtherFocusReason)

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

    def arrange(self, width: int) -> None:
        """Place the cards in at most so many px, in fewer columns where the height allows; closer to each other and in narrower
        columns where they would not fit otherwise."""
        self._room = width
        order, room = self._order(), self.viewport().height()
        columns, wide, heights = self._columns(order, room)
        gap = GAP_DENSE if any(line.dense for card in self.cards.values() for line in card.lines) else GAP
        high = tallest(heights, columns, gap) if order else 0
        for number, column in enumerate(columns if order else []):
            top = 0
            for at in column:
                self.cards[order[at]].place(QRect(number * (wide + GAP), top, wide, heights[at]))
                top += heights[at] + gap
        across = self._width(len(columns) if order else 0, wide)
        self._inside.resize(across, high)
        self.setFixedWidth(across + (SCROLL if high > room else 0))
        self.setVisible(bool(order))

    def _columns(self, order: Sequence[str], room: int) -> Placed:
        """Which card stands in which column, how wide columns are, how high each card is. Where all do not fit, figures that need nobody
        are folded away, group by group, until the rest does."""
        for card in self.cards.values():
            card.folded = 0
        found = self._fitting(order, room)
        steps = () if self.unfolded else (*((1, group) for group in FOLDS), *((2, group) for group in FOLDS))
        for far, group in steps:
            if found is None and group in self.cards and self.cards[group].fold(far):
                found = self._fitting(order, room, late=True)
        if found is not None:
            return self._unfolded(found, order, room)
        ways = []
        for count in range(1, self._most(self._narrow()) + 1):
            wide = self._share(count)
            heights = [self.cards[group].needs(True, wide) for group in order]
            ways += [(tallest(heights, way(heights, count, GAP_DENSE), GAP_DENSE), way(heights, count, GAP_DENSE), wide, heights) for way in (packed, levelled)]
        _, columns, wide, _ = min(ways, key=lambda each: each[0])
        return columns, wide, [self.cards[group].needs(True, wide) for group in order]

    def _unfolded(self, found: Placed, order: Sequence[str], room: int) -> Placed:
        """Take back what was folded and fits after all, the groups that matter most first."""
        for group in reversed(FOLDS):
            card = self.cards.get(group)
            while card is not None and card.folded:
                card.folded -= 1
                better = self._fitting(order, room, late=True)
                if better is None:
                    card.folded += 1
                    found = self._fitting(order, room, late=True) or found
                    break
                found = better
        return found

    def _fitting(self, order: Sequence[str], room: int, late: bool = False) -> Placed | None:
        """The first way in which all cards fit: wide columns before narrow ones, few before many, in reading order before levelled."""
        for dense in (True,) if late else (False, True):
            gap, narrow = (GAP_DENSE, NARROW if late else self._narrow()) if dense else (GAP, COLUMN)
            for count in range(1, self._most(narrow, MOST_NARROW if dense else MOST) + 1):
                wide = self._share(count) if dense else COLUMN
                heights = [self.cards[group].needs(dense, wide) for group in order]
                for way in (packed, levelled) if dense else (packed,):
                    columns = way(heights, count, gap)
                    if tallest(heights, columns, gap) <= room:
                        return columns, wide, heights
        return None

    def _most(self, narrow: int, most: int = MOST_NARROW) -> int:
        """How many columns of at least so many px there may be."""
        return max(1, min(most, (self._room + GAP) // (narrow + GAP)))

    def _narrow(self) -> int:
        """How narrow a column may be so that most words are whole."""
        needs = sorted(line.needs() for card in self.cards.values() for line in card.lines)
        return min(WIDEST, max(NARROW, needs[int(len(needs) * WHOLE)] if needs else 0))

    def _share(self, count: int) -> int:
        """px of a column where so many share the room."""
        return max(NARROW, min(WIDEST, (self._room + GAP) // max(1, count) - GAP))

    @staticmethod
    def _width(columns: int, wide: int = COLUMN) -> int:
        return columns * wide + max(0, columns - 1) * GAP

    def sizeHint(self) -> QSize:
        return QSize(self._width(1), 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():
            self.arrange(self._room)
