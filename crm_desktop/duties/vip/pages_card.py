"""The arrival card, painted: what somebody in the lobby must know at one glance. What must never be stands out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from crm_desktop.duties.clients.rules import surname
from crm_desktop.duties.vip.arrivals import Arrival
from crm_desktop.record.reasons import NEVER, VIP
from crm_desktop.record.text import Text, say
from crm_desktop.ui import jobs, opened_files, theme
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import CHIP_HEIGHT, CHIP_PADDING, chip_width, paint_chip

LEAST, USUAL, MOST = 420, 480, 560  # px wide
MARGIN, GAP, LINE = 20, 8, 4
FACE = 56
HEAD_POINTS = 17.0
ELSEWHERE = (VIP, NEVER)  # reasons that have a place of their own on the card
WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWrapAnywhere | Qt.TextFlag.TextWordWrap)
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class Brush:
    """Goes down the card; without a painter it only measures. Both take the same way, so nothing is ever cut."""

    def __init__(self, painter: QPainter | None, width: int) -> None:
        self.painter, self.width, self.y = painter, width, MARGIN

    @property
    def room(self) -> int:
        """How wide a line may be."""
        return self.width - 2 * MARGIN

    def words(self, words: str, font: QFont, colour: str, left: int = MARGIN, width: int = 0) -> None:
        """Words in as many lines as they need."""
        width = width or self.width - MARGIN - left
        box = QRect(left, self.y, width, 10_000)
        height = QFontMetrics(font).boundingRect(box, WRAP, words).height()
        if self.painter is not None:
            self.painter.setFont(font)
            self.painter.setPen(QColor(theme.C[colour]))
            self.painter.drawText(QRect(left, self.y, width, height), WRAP, words)
        self.y += height

    def fill(self, box: QRect, colour: str, radius: int = 6) -> None:
        """A rounded ground."""
        if self.painter is not None:
            self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(QColor(theme.C[colour]))
            self.painter.drawRoundedRect(box, radius, radius)

    def rule(self) -> None:
        """A hairline across the card."""
        self.y += GAP
        if self.painter is not None:
            self.painter.setPen(QColor(theme.C["line"]))
            self.painter.drawLine(MARGIN, self.y, self.width - MARGIN, self.y)
        self.y += GAP

    def chips(self, chips: Sequence[tuple[str, str]], left: int = MARGIN) -> None:
        """Chips from the left, in as many lines as they need; one too long for a line becomes a box of its own."""
        font, x = theme.small_font(), left
        for words, tone in chips:
            width = chip_width(words, font)
            if x > left and x + width > self.width - MARGIN:
                x, self.y = left, self.y + CHIP_HEIGHT + LINE
            if width > self.width - MARGIN - left:
                self.box([words], tone, font)
                x, self.y = left, self.y + LINE
                continue
            if self.painter is not None:
                paint_chip(self.painter, QRect(x, self.y - 1, width, CHIP_HEIGHT), words, tone or "grey", font)
            x += width + LINE
        self.y += CHIP_HEIGHT if x > left else -LINE if chips else 0

    def box(self, lines: Sequence[str], tone: str, font: QFont) -> None:
        """Lines on the ground of a tone, as wide as the card."""
        top, tone = self.y, tone or "grey"
        measure = Brush(None, self.width)
        for words in lines:
            measure.words(words, font, tone, MARGIN + CHIP_PADDING, self.room - 2 * CHIP_PADDING)
        self.fill(QRect(MARGIN, top, self.room, measure.y - MARGIN + 2 * LINE), f"{tone}_bg")
        self.y += LINE
        for words in lines:
            self.words(words, font, tone, MARGIN + CHIP_PADDING, self.room - 2 * CHIP_PADDING)
        self.y += LINE


class ArrivalCard(QLabel):
    """One guest's card, 420 to 560 px wide and as high as what there is to say. Empty until a card is shown.

    With a `store` the guest's photo takes the place of the letter as soon as it is read."""

    def __init__(self, parent: QWidget | None = None, store: Any = None) -> None:
        super().__init__(parent)
        self._card: Arrival | None = None
        self._store = store
        self.photo = QImage()
        self.setMinimumWidth(LEAST)
        self.setMaximumWidth(MOST)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        put(self, "setAccessibleName", Text("Arrival card"))

    def show_card(self, card: Arrival | None) -> None:
        """Show a guest; None empties the card."""
        if card is None or self._card is None or card.photo != self._card.photo:
            self.photo = QImage()
            if card is not None and card.photo and self._store is not None:
                jobs.work(self, partial(opened_files.picture, self._store, card.photo), partial(self._on_photo, card.photo), failed=self._on_no_photo)
        self._card = card
        self.setAccessibleDescription("; ".join(words_of(card)) if card else "")
        self.setMinimumHeight(self.heightForWidth(max(LEAST, self.width())) if card else 0)
        self.updateGeometry()
        self.update()

    def _on_photo(self, digest: str, image: QImage) -> None:
        if self._card is not None and self._card.photo == digest:
            self.photo = image
            self.update()

    def _on_no_photo(self, _error: Exception) -> None:
        """The letter stays; a check of the data names the file that is missing."""

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return _paint(Brush(None, width), self._card) if self._card else 0

    def sizeHint(self) -> QSize:
        return QSize(USUAL, self.heightForWidth(USUAL))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._card is not None:
            painter = QPainter(self)
            _paint(Brush(painter, self.width()), self._card)
            if not self.photo.isNull():
                _paint_photo(painter, self.photo)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_card(self._card)
        super().changeEvent(event)


def when(card: Arrival) -> Text:
    """Since when or from when the guest is here, and until when."""
    if card.here:
        return Text("In house since {first}, until {last}", first=card.arrival, last=card.departure)
    if card.arrival_time:
        return Text("Arrives {first} at {time}, until {last}", first=card.arrival, time=card.arrival_time, last=card.departure)
    return Text("Arrives {first}, until {last}", first=card.arrival, last=card.departure)


def stayed(card: Arrival) -> Text:
    """How often the guest has been here, and when last."""
    if not card.stays:
        return Text("No stay before this one")
    return Text("Stayed {n} times, last from {day}", n=f"{card.stays:,}", day=card.last_stay)


def whom(card: Arrival) -> list[tuple[Text, list[str]]]:
    """Who meets the guest and about what, and whether whoever looks after them is in the house."""
    found = [(Text("Met by"), [part for part in (card.greeter, card.talk) if part])]
    here = card.elsewhere or say(Text("in the house"))
    found.append((Text("Seller"), [f"{card.keeper} ({here})"] if card.keeper else []))
    return [(label, items) for label, items in found if items]


def words_of(card: Arrival) -> list[str]:
    """Everything on the card in the language in use, for those who cannot see it."""
    listed = [(Text("Never"), card.nevers), (Text("Dislikes"), card.dislikes), (Text("Likes"), card.likes)]
    return [
        say(card.address), card.name, card.level, card.room, card.position, card.unit, say(when(card)), card.purpose,
        *(say(reason.words) for reason in card.reasons), *(say(words) for words, _ in card.warnings),
        *(f"{say(label)}: {', '.join(items)}" for label, items in [*listed, *whom(card)] if items), say(stayed(card)),
    ]  # fmt: skip


def _paint(brush: Brush, card: Arrival) -> int:
    """The card from top to bottom; returns its height."""
    _head(brush, card)
    brush.rule()
    reasons = [(say(reason.words), reason.tone) for reason in card.reasons if reason.code not in ELSEWHERE]
    brush.chips([*([(say(Text("Met today")), "green")] if card.met else []), *reasons])
    if card.met or reasons:
        brush.y += GAP
    if card.nevers:
        brush.box([say(Text("Never: {things}", things=card.nevers[0])), *card.nevers[1:]], "red", theme.font(bold=True))
        brush.y += GAP
    for words, tone in card.warnings:
        brush.box([say(words)], tone, theme.font())
        brush.y += LINE
    for label, items in ((Text("Dislikes"), card.dislikes), (Text("Likes"), card.likes)):
        _facts(brush, say(label), items)
    if card.purpose:
        _facts(brush, say(Text("Purpose")), [card.purpose])
    for label, items in whom(card):
        _facts(brush, say(label), items)
    brush.y += LINE
    brush.words(say(stayed(card)), theme.small_font(), "soft")
    return brush.y + MARGIN - LINE


def _paint_photo(painter: QPainter, photo: QImage) -> None:
    """The middle of the picture in the place of the letter."""
    box = QRectF(MARGIN, MARGIN, FACE, FACE)
    side = min(photo.width(), photo.height())
    middle = QRectF((photo.width() - side) / 2, (photo.height() - side) / 2, side, side)
    shape = QPainterPath()
    shape.addRoundedRect(box, 8, 8)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipPath(shape)
    painter.drawImage(box, photo, middle)


def _head(brush: Brush, card: Arrival) -> None:
    """A face or its letter, how to address the guest, the room; who it is; until when."""
    face = QRect(MARGIN, MARGIN, FACE, FACE)
    brush.fill(face, "accent_soft", 8)
    left, painter = MARGIN + FACE + 16, brush.painter
    room_font, address_font = theme.font(HEAD_POINTS, bold=True), theme.font(HEAD_POINTS, bold=True)
    room_width = QFontMetrics(room_font).horizontalAdvance(card.room) if card.room else 0
    top = brush.y
    if painter is not None:
        painter.setPen(QColor(theme.C["accent"]))
        painter.setFont(theme.font(HEAD_POINTS, bold=True))
        painter.drawText(face, int(Qt.AlignmentFlag.AlignCenter), surname(card.name)[:1])
        painter.setPen(QColor(theme.C["text"]))
        painter.setFont(room_font)
        painter.drawText(QRect(brush.width - MARGIN - room_width, top, room_width, 30), MIDDLE, card.room)
    brush.words(say(card.address), address_font, "text", left, brush.width - MARGIN - left - room_width - 12)
    address = say(card.address)
    who = " · ".join(part for part in (card.name if card.name != address else "", card.latin, card.position, card.unit) if part)
    if who:
        brush.words(who, theme.font(), "text", left)
    brush.y += LINE
    brush.chips([(card.level, "purple")] if card.level else [], left)
    shift = chip_width(card.level, theme.small_font()) + GAP if card.level else 0
    brush.y -= CHIP_HEIGHT - 2 if card.level else 0
    brush.words(say(when(card)), theme.small_font(), "soft", left + shift)
    brush.y = max(brush.y + 2, MARGIN + FACE)


def _facts(brush: Brush, label: str, items: Sequence[str]) -> None:
    """A line of facts after its word."""
    if not items:
        return
    width = max(QFontMetrics(theme.small_font()).horizontalAdvance(say(word)) for word in (Text("Dislikes"), Text("Likes"), Text("Purpose"), Text("Met by"), Text("Seller"))) + 12
    if brush.painter is not None:
        brush.painter.setFont(theme.small_font())
        brush.painter.setPen(QColor(theme.C["soft"]))
        brush.painter.drawText(QRect(MARGIN, brush.y + 1, width, 20), MIDDLE, label)
    brush.words(" · ".join(items), theme.font(), "text", MARGIN + width)
    brush.y += LINE
