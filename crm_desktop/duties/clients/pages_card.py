"""The call card as it is seen: name and how to address, place, what matters, promises, last contacts, colleagues."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.duties.clients.card import Card
from crm_desktop.record.duty import NowPoint, TimelineEntry
from crm_desktop.record.text import Text, say
from crm_desktop.ui import theme
from crm_desktop.ui.list_paint import elided
from crm_desktop.ui.now_line import NowLine, in_order
from crm_desktop.ui.speech import put
from crm_desktop.ui.timeline import day_words
from crm_desktop.ui.widgets import Chip, PlainLabel, chip_width, link, paint_chip

LEAST, MOST_CHIPS = 440, 3
ROW, DAY, LABEL = 28, 116, 104
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
Line = tuple[Text | str, Text | str, tuple[Text | str, str] | None]  # what stands left, its words, a chip at the right


class Lines(QLabel):
    """Short lines, painted: a soft word or day at the left, words, and a chip at the right."""

    def __init__(self, parent: QWidget, left: int) -> None:
        super().__init__(parent)
        self._left, self._lines = left, list[Line]()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these; none at all takes no room."""
        self._lines = list(lines)
        put(self, "setAccessibleName", "; ".join(f"{say(left)} {say(words)}" for left, words, _ in lines))
        self.setFixedHeight(ROW * len(lines))
        self.setVisible(bool(lines))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(LEAST, ROW * len(self._lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for at, line in enumerate(self._lines):
            self._paint(painter, QRect(0, at * ROW, self.width(), ROW), *line)

    def _paint(self, painter: QPainter, box: QRect, left: Text | str, words: Text | str, chip: tuple[Text | str, str] | None) -> None:
        if chip:
            width = chip_width(say(chip[0]), theme.small_font())
            paint_chip(painter, QRect(box.right() - width, box.top(), width, ROW), say(chip[0]), chip[1], theme.small_font())
            box = box.adjusted(0, 0, -width - 12, 0)
        painter.setFont(theme.small_font())
        painter.setPen(QColor(theme.C["soft"]))
        painter.drawText(QRect(box.left(), box.top(), self._left, ROW), LEFT, elided(painter.fontMetrics(), say(left), self._left - 8))
        painter.setFont(theme.font())
        painter.setPen(QColor(theme.C["text"]))
        room = box.adjusted(self._left, 0, 0, 0)
        painter.drawText(room, LEFT, elided(painter.fontMetrics(), say(words).replace("\n", " "), room.width()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.update()
        super().changeEvent(event)


class CallCard(QWidget):
    """Shows one card. `opened` carries the record and id of a row to open."""

    opened = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card: Card | None = None
        self.setMinimumWidth(LEAST)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(self._make_name())
        self.place = PlainLabel(self, "soft")
        self.place.setWordWrap(True)
        box.addWidget(self.place)
        self.now = self._make_points(box)
        self.unit = link(self, Text(""))
        self.unit.clicked.connect(self._on_unit)
        box.addWidget(self.unit, 0, Qt.AlignmentFlag.AlignLeft)
        self.unit_now = self._make_points(box)
        self.facts = Lines(self, LABEL)
        box.addWidget(self.facts)
        self.contacts_title = PlainLabel(self, "h2", Text("Last contacts"))
        box.addWidget(self.contacts_title)
        self.contacts = Lines(self, DAY)
        box.addWidget(self.contacts)
        self.others_title = PlainLabel(self, "h2", Text("Others of this client"))
        box.addWidget(self.others_title)
        self.others = PlainLabel(self, "soft")
        self.others.setWordWrap(True)
        box.addWidget(self.others)

    def _make_points(self, box: QVBoxLayout) -> NowLine:
        line = NowLine(self)
        line.opened.connect(self._on_point)
        box.addWidget(line)
        return line

    def _make_name(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        self.name = PlainLabel(self, "h1")
        self.address = PlainLabel(self, "h2")
        self.chips = [Chip(self) for _ in range(MOST_CHIPS)]
        for part in (self.name, self.address, *self.chips):
            line.addWidget(part)
        line.addStretch(1)
        return line

    def show_card(self, card: Card) -> None:
        """Show this card."""
        self.card = card
        put(self, "setAccessibleName", card.name)
        put(self.name, "setText", card.name)
        put(self.address, "setText", "" if card.address == card.name else card.address)
        for number, chip in enumerate(self.chips):
            words, tone = card.chips[number] if number < len(card.chips) else ("", "grey")
            chip.show_text(words, tone)
            chip.setVisible(bool(words))
        put(self.place, "setText", _place(card))
        put(self.unit, "setText", card.unit[1] if card.unit else "")
        self.unit.setVisible(card.unit is not None)
        for line, points in ((self.now, card.now), (self.unit_now, card.unit_now)):
            line.show_points(points)
            line.setVisible(bool(points))
        self.facts.show_lines([(fact.label, f"{fact.value}  {say(fact.note)}".rstrip(), None) for fact in card.facts])
        self.contacts_title.setVisible(bool(card.contacts))
        put(self.others, "setText", _row([words for _, words in card.others]))
        self.setAccessibleDescription("; ".join(words_of(card)))
        self.fold(0)

    def fold(self, far: int) -> None:
        """Show all of the card (0), leave out the other people of the client (1), and of the contacts all but the newest (2)."""
        card = self.card
        if card is None:
            return
        self.contacts.show_lines([_contact(entry) for entry in (card.contacts[:1] if far > 1 else card.contacts)])
        for part in (self.others, self.others_title):
            part.setVisible(bool(card.others) and not far)
        self.updateGeometry()

    @Slot()
    def _on_unit(self) -> None:
        if self.card and self.card.unit:
            self.opened.emit("account", self.card.unit[0])

    @Slot(object)
    def _on_point(self, point: NowPoint) -> None:
        """A point opens its row; one of several rows opens the sheet, where they have their list."""
        if self.card is None or point.opens is None:
            return
        record, what = point.opens
        if isinstance(what, int):
            self.opened.emit(record, what)
        elif self.card.unit and any(column == "account_id" for column, _, _ in what):
            self.opened.emit("account", self.card.unit[0])
        else:
            self.opened.emit(self.card.record, self.card.row_id)


def words_of(card: Card) -> list[str]:
    """Everything on the card in the language in use, for those who cannot see it."""
    promised = [f"{say(fact.label)}: {say(fact.value)}" for fact in card.facts]
    parts = [
        say(card.address), *(say(words) for words, _ in card.chips), say(_place(card)), *_said(card.now), card.unit[1] if card.unit else "", *_said(card.unit_now),
        *promised, *(f"{say(day)} {say(words)}" for day, words, _ in map(_contact, card.contacts)), say(_row([words for _, words in card.others])),
    ]  # fmt: skip
    return [part for part in parts if part]


def _said(points: Sequence[NowPoint]) -> list[str]:
    return [say(point.words) for point in in_order(points)]


def _place(card: Card) -> Text | str:
    owner = [Text("Owner: {name}", name=card.owner)] if card.owner else []
    return _row([*card.place, *([card.phone] if card.phone else []), *owner])


def _row(parts: Sequence[Text | str]) -> Text | str:
    words: Text | str = ""
    for part in parts:
        words = Text("{first} · {second}", first=words, second=part) if words else part
    return words


def _contact(entry: TimelineEntry) -> Line:
    return f"{day_words(entry.day)} {entry.time}".rstrip(), entry.words, entry.chip
