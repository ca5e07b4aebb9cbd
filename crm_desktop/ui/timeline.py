"""The timeline of a client or guest: everything that happened and will happen, newest first, each line opening its row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QHelpEvent, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.record.dates import business_date
from crm_desktop.record.duty import Entries, TimelineEntry
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Record
from crm_desktop.record.text import Text, language, say
from crm_desktop.store.timeline import Look
from crm_desktop.ui import jobs, theme
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.list_paint import elided, tip
from crm_desktop.ui.pick_bar import Pick, PickBar
from crm_desktop.ui.speech import put
from crm_desktop.ui.timeline_model import LINE, More, TimelineModel
from crm_desktop.ui.widgets import EmptyNote, chip_width, paint_chip

AnyIndex = QModelIndex | QPersistentModelIndex
ROW, HEADING, MARGIN, ICON = 34, 30, 24, 16
WHEN, DAY, CHIP_GAP = 124, 48, 12  # px: day with weekday and time, the day alone, before a chip
NARROW = 460  # px; below that there is no room for weekday and time
WEEKDAYS = "一二三四五六日"
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
NOTHING = Text("Nothing happened here yet. Stays, visits, calls, bills and promises of this client will stand here in one line of time.")
NONE_OF_KIND = Text("Nothing of this kind yet")


def day_words(day: str) -> str:
    """A day of the month with its weekday: 11-18 周三, Wed 18 Nov."""
    date = dt.date.fromisoformat(day)
    return f"{day[5:]} 周{WEEKDAYS[date.weekday()]}" if language() == "zh_CN" else date.strftime("%a %d %b")


class TimelineDelegate(QStyledItemDelegate):
    """Paints an entry: its icon, day (where it has one), time, words, and its chip at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        line = index.data(LINE)
        return QSize(0, ROW if isinstance(line, TimelineEntry) else HEADING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        line = index.data(LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(theme.C["accent_soft"]))
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(option.rect.left(), option.rect.top() + 5, 3, ROW - 11, QColor(theme.C["accent"]))
        if isinstance(line, TimelineEntry):
            self._paint_entry(painter, option, line)
        else:
            more = isinstance(line, More)
            painter.setFont(theme.small_font())
            painter.setPen(QColor(theme.C["accent" if more else "soft"]))
            painter.drawText(option.rect.adjusted(MARGIN, 4, 0, 0), LEFT, say(line.words))
        painter.fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, QColor(theme.C["line"]))
        painter.restore()

    def _paint_entry(self, painter: QPainter, option: QStyleOptionViewItem, line: TimelineEntry) -> None:
        box, chosen = option.rect, bool(option.state & QStyle.StateFlag.State_Selected)
        icon = QRectF(box.left() + MARGIN, box.center().y() - ICON / 2 + 1, ICON, ICON)
        theme.paint_icon(painter, icon, line.icon, "accent" if chosen else "soft")
        painter.setFont(theme.small_font())
        painter.setPen(QColor(theme.C["soft"]))
        left = box.left() + MARGIN + ICON + 10
        words = self.words_box(box, line)
        when = f"{day_words(line.day)} {line.time}" if line.day and box.width() >= NARROW else line.day[5:]
        painter.drawText(QRect(left, box.top(), words.left() - left, box.height()), LEFT, when)
        painter.setFont(option.font)
        painter.setPen(QColor(theme.C["text"]))
        painter.drawText(words, LEFT, elided(painter.fontMetrics(), say(line.words).replace("\n", " "), words.width()))
        if line.chip:
            chip = QRect(words.right() + CHIP_GAP, box.top(), box.right() - words.right() - CHIP_GAP - MARGIN, box.height())
            paint_chip(painter, chip, say(line.chip[0]), line.chip[1], theme.small_font(), chosen)

    @staticmethod
    def words_box(box: QRect, line: TimelineEntry) -> QRect:
        """The room of an entry's words: between its time and its chip."""
        left = box.left() + MARGIN + ICON + 10 + (0 if not line.day else WHEN if box.width() >= NARROW else DAY)
        chip = chip_width(say(line.chip[0]), theme.small_font()) + CHIP_GAP if line.chip else 0
        return QRect(left, box.top(), max(40, box.right() - left - chip - MARGIN), box.height())

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex) -> bool:
        line = index.data(LINE)
        words = say(line.words) if isinstance(line, TimelineEntry) else ""
        cut = words and option.fontMetrics.horizontalAdvance(words) > self.words_box(option.rect, line).width()
        tip(event.globalPos(), words if cut else "", view)
        return True


class TimelineView(QListView):
    """The lines. Enter or a click on the same line again opens it."""

    opened = Signal(QModelIndex)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("class", "texts")  # the frame that shows where the keyboard is
        self.setItemDelegate(TimelineDelegate(self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(False)
        self.setFont(QFont(theme.font()))
        self.doubleClicked.connect(self.opened)
        put(self, "setAccessibleName", Text("Timeline"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing looks for nothing here."""


class Timeline(QWidget):
    """The timeline with the kinds it can be narrowed to. `opened` carries the record and id of a line."""

    opened = Signal(str, object)

    def __init__(self, entries: Sequence[Entries], records: Mapping[str, Record], about: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries = [entry for entry in entries if about in entry.by]
        self._records, self._about = records, about
        self._id: int | None = None
        self._kept: tuple[str, int, int] | None = None  # the chosen line and the scroll bar, over a refresh
        self._stale = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        holder = QWidget(self)
        line = QVBoxLayout(holder)
        line.setContentsMargins(24, 8, 24, 8)
        self.kinds = PickBar(holder, Text("Kinds of entries"), pills=True)
        self.kinds.picked.connect(self._on_kind)
        line.addWidget(self.kinds)
        self._holder = holder
        holder.hide()  # until there is more than one kind
        box.addWidget(holder)
        self._stack = QStackedWidget(self)
        self.view = TimelineView(self._stack)
        self.model = TimelineModel(self)
        self.view.setModel(self.model)
        self.view.opened.connect(self._on_opened)
        self.view.clicked.connect(self._on_clicked)
        self.nothing = EmptyNote(self._stack, "history", NOTHING)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.nothing)
        box.addWidget(self._stack, 1)
        self.model.shown.connect(self._on_shown)
        jobs.hub().changed.connect(self._on_changed)

    @property
    def tables(self) -> set[str]:
        """The records whose rows it tells, and those it names."""
        own = {entry.record for entry in self._entries}
        return own | {f.ref for key in own for f in self._records[key].fields if f.kind == Kind.REF}

    def load(self, row_id: int) -> None:
        """Show the timeline of a row."""
        if row_id != self._id:
            self._id, self._kept = row_id, None
            self.view.scrollToTop()
            self.kinds.set_chosen("")
            self._open("")

    def _open(self, only: str) -> None:
        if self._id is not None:
            self.model.open(Look(self._entries, self._records, self._about, self._id), only, business_date())

    def focus_first(self) -> None:
        """Put the keyboard on the lines."""
        here = self.view if self._stack.currentWidget() is self.view else self.nothing.first()
        here.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.view.currentIndex().isValid() and self.model.rowCount() > 1:
            self.view.setCurrentIndex(self.model.index(1, 0))  # the first line is a heading

    # what happens

    @Slot(object)
    def _on_shown(self, kinds: list[str]) -> None:
        picks = [Pick("", Text("Everything")), *(Pick(key, self._records[key].many) for key in kinds)]
        self.kinds.show_picks(picks)
        if self.kinds.chosen != self.model.only:  # the last of its kind is gone
            self._open(self.kinds.chosen)
        self._holder.setVisible(len(kinds) > 1 or bool(self.kinds.chosen))
        self.view.doItemsLayout()  # else it is done after the painting, and all is painted again
        empty = self.model.rowCount() == 0
        self._stack.setCurrentIndex(1 if empty else 0)
        if empty:
            self.nothing.say(NONE_OF_KIND if kinds else NOTHING)
        self._restore()

    def _restore(self) -> None:
        """The chosen line and the place stay where they were when the same timeline was read again."""
        kept, self._kept = self._kept, None
        if kept is None:
            return
        row = self.model.row_of(kept[0], kept[1])
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row, 0))
        self.view.verticalScrollBar().setValue(kept[2])

    @Slot(str)
    def _on_kind(self, key: str) -> None:
        self.view.scrollToTop()
        self._open(key)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if isinstance(index.data(LINE), More):
            self._on_opened(index)

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        line = index.data(LINE)
        if isinstance(line, More):
            self.model.show_later()
        elif isinstance(line, TimelineEntry):
            self.opened.emit(line.record, line.row_id)

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self.tables.isdisjoint(getattr(change, "tables", ())):
            return
        if self.isVisible():
            self._refresh()
        else:
            self._stale = True

    def _refresh(self) -> None:
        self._stale = False
        line = self.view.currentIndex().data(LINE)
        record, row_id = (line.record, line.row_id) if isinstance(line, TimelineEntry) else ("", 0)
        self._kept = (record, row_id, self.view.verticalScrollBar().value())
        self.model.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "view"):
            self.view.viewport().update()
        super().changeEvent(event)
