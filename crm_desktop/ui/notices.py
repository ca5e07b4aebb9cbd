"""What is due now, told in the window: a bell with a count, a list under it, a message of the system, a sound if wanted."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QCursor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSystemTrayIcon,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.desk import notices
from crm_desktop.desk.notices import Notice
from crm_desktop.desk.settings import NOTICE_SOUND, SNOOZED
from crm_desktop.record import dates
from crm_desktop.record.duty import Due
from crm_desktop.record.text import Text, say
from crm_desktop.store import due
from crm_desktop.store.seat import Seat
from crm_desktop.ui import jobs, plain_rows, seat, theme
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button, tool

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

FIRST, EVERY, SHOWN_FOR = 2_500, 60_000, 12_000  # ms
WIDTH, MOST_ROWS = 496, 8
TOP, ABOVE = 60, 72  # px from the upper edge, and over the lower one
STEP = 24  # px between the heights it is tried at
STAMP = "%Y-%m-%d %H:%M"
TITLE = Text("Due now")
SNOOZE = (("ten", Text("In 10 minutes")), ("hour", Text("In an hour")), ("tomorrow", Text("Until tomorrow")))
Found = tuple[list[Notice], tuple[str, str]]


def line_of(notice: Notice) -> Text | str:
    """A notice as a line: since when, and what."""
    if notice.late:
        return Text("Since {day}: {what}", day=notice.day, what=notice.words)
    return Text("{time}  {what}", time=notice.time, what=notice.words) if notice.time else notice.words


def _seen(widget: QWidget, root: QWidget) -> QRect:
    """What of a widget is not cut off by those around it, as a part of the root."""
    at, out = widget, QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())
    while (around := at.parentWidget()) is not None and around is not root:
        out &= QRect(around.mapTo(root, QPoint(0, 0)), around.size())
        at = around
    return out & root.rect()


class NoticeList(QFrame):
    """The list under the bell. It takes the focus only when a person opened it."""

    def __init__(self, window: Window, keeper: Notices) -> None:
        super().__init__(window.centralWidget())
        self.setObjectName("popup")
        self._keeper = keeper
        self._notices: list[Notice] = []
        self.setFixedWidth(WIDTH)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 10, 10, 10)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(self, "h2", TITLE), 1)
        self.sound = QCheckBox(self)
        put(self.sound, "setText", Text("Sound"))
        self.sound.clicked.connect(self._keeper.set_sound)
        head.addWidget(self.sound)
        head.addSpacing(8)
        close = tool(self, "x", Text("Close"))
        close.clicked.connect(self.hide)
        head.addWidget(close)
        box.addLayout(head)
        self.nothing = PlainLabel(self, "soft", Text("Nothing is due now."))
        box.addWidget(self.nothing)
        self.list = QListWidget(self)
        plain_rows.dress(self.list, MOST_ROWS)
        self.list.itemDoubleClicked.connect(self.open_chosen)
        put(self.list, "setAccessibleName", TITLE)
        box.addWidget(self.list)
        box.addLayout(self._make_foot())
        self._called = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_FOR)
        self._timer.timeout.connect(self._on_time)
        root = self.parentWidget()
        assert root is not None
        root.installEventFilter(self)
        self.hide()

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.open_button = button(self, Text("Open"), primary=True)
        self.open_button.clicked.connect(self.open_chosen)
        foot.addWidget(self.open_button)
        self.snooze = {}
        for key, words in SNOOZE:
            made = self.snooze[key] = button(self, words)
            made.setProperty("snooze", key)
            made.clicked.connect(self._on_snooze)
            foot.addWidget(made)
        foot.addStretch(1)
        return foot

    def show_notices(self, found: list[Notice], sound: bool) -> None:
        """Show these."""
        chosen = self.chosen()
        self._notices = found
        self.list.clear()
        for notice in found:
            self.list.addItem(QListWidgetItem(theme.icon(notice.icon, 16), say(line_of(notice))))
        keys = [notice.key for notice in found]
        self.list.setCurrentRow(keys.index(chosen.key) if chosen and chosen.key in keys else 0)
        plain_rows.fit(self.list)
        self.nothing.setVisible(not found)
        for made in (self.open_button, *self.snooze.values()):
            made.setEnabled(bool(found))
        self.sound.setChecked(sound)
        if self.isVisible():
            self._place()

    def chosen(self) -> Notice | None:
        """The one the keys stand on."""
        at = self.list.currentRow()
        return self._notices[at] if 0 <= at < len(self._notices) else None

    def pop_up(self, *, by_person: bool) -> None:
        """Show the list; when nobody asked for it, it goes again by itself and does not lie on what somebody types."""
        self._called = by_person
        self._place()  # never for a moment where it should not be: what it came up under would count as under the mouse
        self.show()
        self.raise_()
        self._place()
        if by_person:
            self._timer.stop()
            self.list.setFocus(Qt.FocusReason.PopupFocusReason)
        else:
            self._timer.start()

    def _place(self) -> None:
        self.adjustSize()
        parent = self.parentWidget()
        if parent is not None:
            right = max(0, parent.width() - self.width() - 16)
            self.move(QPoint(right, TOP) if self._called else self._free_place(parent, right))

    def _free_place(self, parent: QWidget, right: int) -> QPoint:
        """Where it lies on nothing that is pressed or typed into: at the right edge as high as can be, else further left."""
        low = max(TOP, parent.height() - self.height() - ABOVE)
        places = [QRect(QPoint(left, top), self.size()) for left in (right, right // 2) for top in (TOP, low, *range(TOP + STEP, low, STEP))]
        places = [place for place in places if not self._is_work(place)] or places[:1]
        taken = self._taken(parent)
        return min(places, key=lambda place: sum(place.intersects(each) for each in taken)).topLeft()  # of equals the first

    def _taken(self, parent: QWidget) -> list[QRect]:
        """Where what is pressed or typed into stands, as far as it is seen."""
        known = [each for kind in (QAbstractButton, QLineEdit, QTextEdit, QComboBox) for each in parent.findChildren(kind)]
        return [seen for each in known if each.isVisible() and not self.isAncestorOf(each) and not (seen := _seen(each, parent)).isEmpty()]

    def _is_work(self, place: QRect) -> bool:
        """True where the keyboard or the mouse is: somebody may be typing or pressing there."""
        parent, focus = self.parentWidget(), QApplication.focusWidget()
        if parent is not None and place.contains(parent.mapFromGlobal(QCursor.pos())):
            return True
        if parent is None or focus is None or not parent.isAncestorOf(focus) or self.isAncestorOf(focus):
            return False
        return place.intersects(QRect(focus.mapTo(parent, QPoint(0, 0)), focus.size()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It stays at the right edge."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    @Slot()
    def _on_time(self) -> None:
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start()
        else:
            self.hide()

    @Slot()
    def open_chosen(self, *_: object) -> None:
        """Open the row behind a notice."""
        notice = self.chosen()
        if notice is not None:
            self.hide()
            self._keeper.open(notice)

    @Slot()
    def _on_snooze(self) -> None:
        notice = self.chosen()
        if notice is not None:
            self._keeper.snooze(notice, str(self.sender().property("snooze")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in ENTER:
            self.open_chosen()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "sound"):
            self.show_notices(self._notices, self.sound.isChecked())


class Notices(QObject):
    """Looks every minute, and when one of the rows changed, for whoever sits here; for nobody, nothing."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._dues = [one for duty in window.duties for one in duty.dues]
        self._records = {record.key: record for duty in window.duties for record in duty.records}
        self._known: set[str] | None = None  # what was told already; None before the first look
        self._all: list[Notice] = []
        self._tray: QSystemTrayIcon | None = None
        self.bell = window.top.bell
        self.bell.clicked.connect(self.toggle)
        self.panel = NoticeList(window, self)
        window.seat.changed.connect(self._on_seat)
        jobs.hub().changed.connect(self._on_changed)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        QTimer.singleShot(FIRST, self, self.look)

    @Slot()
    def look(self) -> None:
        """Look once."""
        here = seat.here()
        if here is None or here.person_id is None or not jobs.working():
            self._take([])
            return
        jobs.read(self, partial(_find, self._dues, self._records, here), self._on_found, slot="notices")

    @Slot(object)
    def _on_seat(self, _: Seat) -> None:
        self._known = None
        self.look()

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if change.tables & ({one.record for one in self._dues} | {"staff", "hotel"}):
            self.look()

    @Slot(object)
    def _on_found(self, found: Found) -> None:
        rows, quiet = found
        asleep = notices.awake(self._window.settings.get(SNOOZED), self._moment())
        awake = [notice for notice in rows if notice.key not in asleep]
        new = [] if self._known is None else [notice for notice in awake if notice.key not in self._known]
        self._known = {notice.key for notice in awake}
        self._take(awake)
        if new and not notices.is_quiet(notices.moment()[1], *quiet):
            self._tell(new)

    def _take(self, found: list[Notice]) -> None:
        self._all = found
        self.bell.setText(str(len(found)) if found else "")
        here = seat.here()
        self.bell.setVisible(here is not None and here.person_id is not None)
        put(self.bell, "setAccessibleName", Text("Due now: {count}", count=len(found)))
        self.panel.show_notices(found, self._window.settings.get(NOTICE_SOUND))
        self._window.top.say_date()

    def _tell(self, new: list[Notice]) -> None:
        if not self.panel.isVisible():
            self.panel.pop_up(by_person=False)
        if self._window.settings.get(NOTICE_SOUND):
            QApplication.beep()
        if not self._window.isActiveWindow() and QSystemTrayIcon.isSystemTrayAvailable():
            self._show_in_tray(new)

    def _show_in_tray(self, new: list[Notice]) -> None:
        if self._tray is None:
            self._tray = QSystemTrayIcon(theme.icon("bell", 32), self)
            self._tray.messageClicked.connect(self._on_message)
        self._tray.show()
        self._tray.showMessage(say(TITLE), "\n".join(say(line_of(notice)) for notice in new[:3]))

    @Slot()
    def _on_message(self) -> None:
        self._window.raise_()
        self._window.activateWindow()
        self.panel.pop_up(by_person=True)

    @Slot()
    def toggle(self) -> None:
        """Open or close the list."""
        if self.panel.isVisible():
            self.panel.hide()
        else:
            self.panel.pop_up(by_person=True)

    def open(self, notice: Notice) -> None:
        """Open the row behind a notice."""
        self._window.open_record(notice.record, notice.row_id)

    def snooze(self, notice: Notice, how: str) -> None:
        """Say nothing of it for a while, also after the next start."""
        moment = dates.local_time()
        until = moment + dt.timedelta(minutes={"ten": 10, "hour": 60}.get(how, 0))
        words = until.strftime(STAMP) if how != "tomorrow" else f"{dates.add_days(moment.date().isoformat(), 1)} 08:00"
        kept = notices.awake(self._window.settings.get(SNOOZED), self._moment()) | {notice.key: words}
        self._window.settings.set(SNOOZED, [f"{key}|{until}" for key, until in kept.items()])
        self.look()

    def _moment(self) -> str:
        return dates.local_time().strftime(STAMP)

    @Slot(bool)
    def set_sound(self, on: bool) -> None:
        """With or without a sound."""
        self._window.settings.set(NOTICE_SOUND, on)


def _find(dues: list[Due], records: dict[str, Any], here: Seat, reader: Any, job: jobs.Job) -> Found:
    today, now = notices.moment()
    return notices.collect(reader, dues, records, here.person_id or 0, today, now), due.quiet_hours(reader, here.hotel_id)


def begin(window: QWidget) -> None:
    """Begin to look, once the window is open."""
    window.notices = Notices(window)  # type: ignore[attr-defined,arg-type]
