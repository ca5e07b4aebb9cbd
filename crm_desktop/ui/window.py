"""The window: rail, top bar, pages built at first use, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.desk import program_log
from crm_desktop.desk.eyes import Eyes
from crm_desktop.desk.settings import HOTEL_NAME, KEY_BAR, LANGUAGE, LOOK, RAIL_NARROW, RECENT_COMMANDS, Settings
from crm_desktop.record.dates import business_date
from crm_desktop.record.duty import Duty, Page, Related
from crm_desktop.record.record import Record
from crm_desktop.record.text import LANGUAGES, Text, language
from crm_desktop.ui import habits, jobs, leaving, pages_built, showing, speech, theme, undoing
from crm_desktop.ui.busy import BusyStrip
from crm_desktop.ui.code_lists import CodeLists
from crm_desktop.ui.commands import Command, remember, wait_for_readings
from crm_desktop.ui.drafts_left import DraftsLeft
from crm_desktop.ui.guarding import IdleLock
from crm_desktop.ui.input_method import InputHint
from crm_desktop.ui.key_bar import KeyBar
from crm_desktop.ui.key_guard import KeyGuard
from crm_desktop.ui.keys import OWN, Keys
from crm_desktop.ui.rail import Rail
from crm_desktop.ui.search_box import Find, find_with_facts
from crm_desktop.ui.seat import SeatKeeper
from crm_desktop.ui.speech import put
from crm_desktop.ui.strips import Strips
from crm_desktop.ui.toast import Toast
from crm_desktop.ui.topbar import TopBar
from crm_desktop.ui.trail import Place, Trail
from crm_desktop.ui.views import Views
from crm_desktop.ui.window_commands import common_commands, page_commands

TITLE = Text("Hotel sales CRM")
SMALLEST = (960, 500)  # 1920 x 1080 at 200 %, less the task bar
WARM_AFTER = 2_000  # ms


class Window(QMainWindow):
    """`openers` names, by record key, other pages that can open one than the record's own: they get
    `show_args(record=..., id=...)`.

    A page is built by its `build` function, called with the window. It may have `show_args(**args)`, called whenever it
    is shown with what it should show (nothing means its beginning), and `commands()` for commands of its own."""

    restore_asked, person_asked = Signal(object), Signal(object)  # the file of a backup that is wanted back; the data as this colleague
    lock_asked = Signal()  # hide it until a password is given
    server_asked, sample_asked = Signal(), Signal()  # open the data of a server, the sample hotel
    data_asked, wizard_asked = Signal(str), Signal(str)  # work on another file of this PC, a wizard about a server

    def __init__(
        self,
        duties: Sequence[Duty],
        settings: Settings,
        who: str,
        extra_commands: Sequence[Command] = (),
        *,
        openers: Mapping[str, Sequence[str]] | None = None,
        find: Find | None = None,
        store: Any = None,
        eyes: Eyes | None = None,
    ) -> None:
        super().__init__()
        self.duties, self.settings, self.store = tuple(duties), settings, store
        self.eyes = eyes or Eyes()  # whose eyes the readers look through
        self._who = who
        self._extra = list(extra_commands)
        self._pages: dict[str, Page] = {page.key: page for duty in duties for page in duty.pages}
        own = {page.record.key: (page.key,) for page in self._pages.values() if page.record}
        self._openers: dict[str, Sequence[str]] = {**own, **(openers or {})}
        self._built: dict[str, QWidget] = {}
        self._trail = Trail()
        self._handled: object = None  # the change whose message is shown already
        self._palette: QObject | None = None
        self.started_in = 0.0  # seconds the start took; 0 = not measured
        habits.restore(self.settings)
        self._build(find)
        self._connect()
        self._add_keys()
        habits.restore_place(self)

    # building

    def _build(self, find: Find | None) -> None:
        put(self, "setWindowTitle", TITLE)
        self.setMinimumSize(*SMALLEST)
        root = self._root = QWidget(self)
        self.setCentralWidget(root)
        self.rail = Rail(self.duties, root, self.settings.get(HOTEL_NAME) or TITLE)
        records = [r for duty in self.duties for r in duty.records if (r.searched or r.numbered) and r.key in self._openers]
        self.top = TopBar(records, self._who, root, find or partial(find_with_facts, self.duties))
        self.stack = QStackedWidget(root)
        self.busy = BusyStrip(root)
        self.strips = Strips(root)
        across = QHBoxLayout(root)
        down = self._down = QVBoxLayout()
        for layout in (across, down):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(down, 1)
        down.addWidget(self.top)
        down.addWidget(self.strips)
        down.addWidget(self.stack, 1)
        down.addWidget(self.busy)
        self.toast = Toast(root)

    def _connect(self) -> None:
        self.rail.asked.connect(self.go)
        self.rail.narrowed.connect(self._on_narrowed)
        self.top.search.chosen.connect(self.open_record)
        self.top.search.all_asked.connect(self.go_list)
        top = self.top
        for made, run in ((top.undo, self.undo), (top.redo, self.redo), (top.commands, self.show_palette), (top.language, self.switch_language), (top.look, self.switch_look)):
            made.clicked.connect(run)
        self.toast.undo.connect(self.undo)
        self.toast.redo.connect(self.redo)
        self.set_undo(True, False)
        self._showing = showing.Showing(self)
        jobs.hub().changed.connect(self._on_changed)
        jobs.hub().failed.connect(self._on_failed)
        self.busy.watch(jobs.hub())
        wait_for_readings()
        QTimer.singleShot(WARM_AFTER, self, self._warm)
        self._guard = KeyGuard(self)
        if self.store is not None:
            DraftsLeft(self)
            InputHint(self)
            self.seat = SeatKeeper(self)
            CodeLists(self)
            Views(self)
            self.idle = IdleLock(self)
        own = [action for duty in self.duties for action in duty.actions]
        self.keys = Keys(self, [*OWN, *own])
        if self.settings.get(KEY_BAR):
            self.key_bar = KeyBar(self.keys, self._root)
            self._down.addWidget(self.key_bar)

    def _add_keys(self) -> None:
        pairs = [
            ("Ctrl+K", self.show_palette), ("Ctrl+F", self.focus_search), ("Ctrl+B", self.fold_rail),
            ("Ctrl+Z", self.undo), ("Ctrl+Y", self.redo), ("Ctrl+Shift+Z", self.redo),
            ("Alt+Left", self.back), ("Alt+Right", self.forward),
        ]  # fmt: skip
        for keys, slot in pairs:
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        for number, key in enumerate(self.rail.keys()[:9], 1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.setProperty("page", key)
            shortcut.activated.connect(self._on_page_key)

    # pages

    @Slot(str)
    def go(self, key: str, **args: Any) -> None:
        """Show a page, and what `args` say on it."""
        if self._show(Place(key, args)):
            self._trail.go(Place(key, args))

    @Slot()
    def back(self) -> None:
        """Where one was before."""
        self._step(-1)

    @Slot()
    def forward(self) -> None:
        """Where one came back from."""
        self._step(1)

    def _step(self, way: int) -> None:
        if place := self._trail.step(way):
            self._show(place)

    def open_record(self, record: str, record_id: int) -> None:
        """Show a record on the page that opens its kind."""
        if key := self.page_of(record):
            self.go(key, record=record, id=record_id)

    def go_list(self, record: str, words: str = "") -> None:
        """Show the list a record's rows stand in, all of them or those that hold some words."""
        if key := self.page_of(record):
            self.go(key, **({"filters": [("*", "find", words)]} if words else {}))

    def page_of(self, record: str) -> str:
        """The page that opens a record of this kind; '' when there is none."""
        return next(iter(self._openers.get(record, ())), "")

    def record(self, key: str) -> Record:
        """A record of the duties by its key. Raises StopIteration."""
        return next(record for duty in self.duties for record in duty.records if record.key == key)

    def related(self, record: str) -> list[Related]:
        """The lists that belong into a record's sheet, of all duties."""
        return [related for duty in self.duties for related in duty.related.get(record, ())]

    def today(self) -> str:
        """The business date."""
        return business_date()

    def say_day(self) -> None:
        """The hour of the night audit was changed: it may be another day now."""
        self.top.say_date()
        for page in self._built.values():
            if hasattr(page, "day_changed"):
                page.day_changed()

    def page(self, key: str) -> QWidget | None:
        """A page when it is built already."""
        return self._built.get(key)

    def shown(self) -> tuple[str, int] | None:
        """The record and the row that is on the screen, if one is."""
        page = self.stack.currentWidget()
        return page.shown() if hasattr(page, "shown") else None  # type: ignore[union-attr]

    def _show(self, place: Place) -> bool:
        page = self._page(place.key)
        if page is None:
            return False
        other = self.stack.currentWidget() is not page
        with self._showing.whole(page, place.key):
            self.stack.setCurrentWidget(page)
            self.rail.choose(place.key)
            if hasattr(page, "show_args"):
                page.show_args(**place.args)
            pages_built.focus(page, anew=other)
        return True

    def _page(self, key: str) -> QWidget | None:
        if key not in self._built and key in self._pages:
            try:
                self._built[key] = pages_built.build(self._pages[key], self)
            except Exception as error:  # a broken page must not take the others with it
                program_log.failed(error)
                self._on_failed(error)
                return None
            self.stack.addWidget(self._built[key])
        return self._built.get(key)

    @Slot()
    def _on_page_key(self) -> None:
        self.go(str(self.sender().property("page")))

    # commands

    def commands(self) -> list[Command]:
        """Everything the palette offers now."""
        own = getattr(self.stack.currentWidget(), "commands", None)
        return [*(own() if own else ()), *self.keys.commands(), *page_commands(self), *common_commands(self), *self._extra]

    @Slot()
    def show_palette(self) -> None:
        """Open the command palette; once more closes it."""
        from crm_desktop.ui.palette import Palette

        self._warm()
        if isinstance(self._palette, Palette):
            self._palette.close()
            return
        palette = Palette(self, self.commands(), self.settings.get(RECENT_COMMANDS))
        palette.ran.connect(self._on_ran)
        palette.destroyed.connect(self._on_palette_gone)
        self._palette = palette
        palette.open()

    @Slot()
    def _warm(self) -> None:
        """Load what the palette finds by, while nobody waits for it."""
        if jobs.working():
            jobs.read(self, pages_built.learn, self._on_learned, slot="pinyin")

    @Slot(object)
    def _on_learned(self, _: object) -> None:
        if self._palette is not None:
            self._palette.find_again()  # type: ignore[attr-defined]

    @Slot()
    def _on_palette_gone(self) -> None:
        self._palette = None

    @Slot(str)
    def _on_ran(self, name: str) -> None:
        self.settings.set(RECENT_COMMANDS, remember(self.settings.get(RECENT_COMMANDS), name))

    @Slot()
    def focus_search(self) -> None:
        """Type into the global search."""
        self.top.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # changes

    @Slot()
    def undo(self) -> None:
        """Take back the newest change."""
        jobs.act(self, undoing.undo, self._on_undone)

    @Slot()
    def redo(self) -> None:
        """Do again what was undone."""
        jobs.act(self, undoing.redo, self._on_undone)

    def set_undo(self, undo: bool, redo: bool) -> None:
        """Whether there is something to undo and to redo."""
        self.top.undo.setEnabled(undo)
        self.top.redo.setEnabled(redo)

    @Slot(object)
    def _on_undone(self, change: Any) -> None:
        self._handled = change
        self.set_undo(True, True)
        again = str(change.action) == "Redone"
        self.toast.note(undoing.turned(change, again), undo=again, redo=not again)

    @Slot(object)
    def _on_changed(self, change: object) -> None:
        if change is self._handled:
            self._handled = None
            return
        if getattr(change, "quiet", False):
            return  # made elsewhere: nothing of this window's to undo
        self.set_undo(True, False)
        self.toast.note(undoing.words_of(change), undo=True)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self.toast.error(error)

    @Slot(object)
    def long_work_failed(self, error: BaseException) -> None:
        """For jobs whose progress the strip shows: it goes, and what went wrong is said unless it was cancelled."""
        self.busy.end()
        if not isinstance(error, jobs.Cancelled):
            self._on_failed(error)

    def restore(self, backup: object) -> None:
        """Ask whoever holds the store to put this backup in its place."""
        if leaving.is_safe(self):
            self.restore_asked.emit(backup)
        else:
            leaving.make_safe(self, partial(self.restore_asked.emit, backup))

    def stop_pages(self) -> None:
        """Let every page stop what it does outside the window's own jobs."""
        for page in self._built.values():
            if hasattr(page, "stop"):
                page.stop()

    # habits

    def say_title(self) -> None:
        """Show the hotel's name as it is chosen now."""
        put(self.rail.title, "setText", self.settings.get(HOTEL_NAME) or TITLE)

    @Slot()
    def switch_language(self) -> None:
        """The other language, at once."""
        other = LANGUAGES[1] if language() == LANGUAGES[0] else LANGUAGES[0]
        self.settings.set(LANGUAGE, other)
        speech.switch(other)

    @Slot()
    def switch_look(self) -> None:
        """The other look, at once."""
        self.settings.set(LOOK, "light" if theme.dark() else "dark")
        habits.look(not theme.dark())

    @Slot()
    def fold_rail(self) -> None:
        """Narrow or wide rail."""
        self.rail.set_narrow(not self.rail.narrow)

    @Slot(bool)
    def _on_narrowed(self, narrow: bool) -> None:
        self.settings.set(RAIL_NARROW, narrow)

    # what Qt tells

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.BackButton:
            self.back()
        elif event.button() == Qt.MouseButton.ForwardButton:
            self.forward()
        else:
            super().mousePressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not leaving.is_safe(self):
            event.ignore()
            leaving.make_safe(self, self.close)
            return
        self._showing.keep()
        habits.keep_place(self)
        super().closeEvent(event)
