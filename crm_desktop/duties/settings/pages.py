"""Settings: language and look, the hotel's name, where the data is, backups and checks; and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from crm_desktop import VERSION
from crm_desktop.desk.settings import (
    CLIP_AFTER,
    HOTEL_NAME,
    LANGUAGE,
    LOCK_AFTER,
    LOOK,
    NIGHT_AUDIT,
    OWN_FILE,
    Setting,
    keep_with_data,
    usual_database,
)
from crm_desktop.duties.settings import safety
from crm_desktop.duties.settings.pages_backups import BackupCard
from crm_desktop.duties.settings.pages_seat import SeatChoice, house_card
from crm_desktop.duties.settings.pages_server import server_card
from crm_desktop.record.dates import LATEST_AUDIT
from crm_desktop.record.text import LANGUAGES, Refused, Text, language, say
from crm_desktop.store import ahead
from crm_desktop.store.address import is_server
from crm_desktop.ui import about, jobs, theme
from crm_desktop.ui.edits import Edit
from crm_desktop.ui.paper_parts import Drop
from crm_desktop.ui.scrolled import ScrolledPage
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button, card, link

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

NAMES = {"zh_CN": "中文", "en": "English"}
LOOKS = (Text("Light"), Text("Dark"))
LOCKS = (
    (0, Text("Not by itself")), (2, Text("2 minutes")), (5, Text("5 minutes")), (10, Text("10 minutes")), (30, Text("30 minutes")),
)  # fmt: skip
CLIPS = ((30, Text("30 seconds")), (60, Text("1 minute")), (300, Text("5 minutes")), (0, Text("When the window is locked")))


class SettingsPage(ScrolledPage):
    """What this PC remembers, and the safety of the data."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, Text("Settings"))
        body = self.body
        across = QHBoxLayout()
        across.setSpacing(16)
        self.box.addLayout(across, 1)
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self._hotel(body))
        left.addWidget(self._choices(body))
        left.addWidget(self._data(body))
        left.addWidget(self._about(body))
        left.addStretch(1)
        across.addLayout(left, 2)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(house_card(self._window, body))
        frame, self.server_buttons = server_card(self._window, body)
        right.addWidget(frame)
        self.backups = BackupCard(self._window, body, self.checked_label)
        right.addWidget(self.backups, 1)
        across.addLayout(right, 3)
        jobs.hub().changed.connect(self._on_changed)
        self.read()

    def _hotel(self, parent: QWidget) -> QFrame:
        self.title_edit = Edit(parent)
        self.title_edit.setText(self._window.settings.get(HOTEL_NAME))
        self.title_edit.editingFinished.connect(self._on_title)
        self.audit_box = self._box(parent, [f"{hour:02d}:00" for hour in range(LATEST_AUDIT + 1)])
        self.audit_box.setCurrentIndex(self._window.settings.get(NIGHT_AUDIT))
        self.audit_box.activated.connect(self._on_audit)
        rows = ((HOTEL_NAME.words, self.title_edit), (NIGHT_AUDIT.words, self.audit_box))
        return _grid_card(parent, Text("The hotel"), rows, 1)

    def _choices(self, parent: QWidget) -> QFrame:
        self.language_box = self._box(parent, [NAMES[name] for name in LANGUAGES])
        self.language_box.setCurrentIndex(LANGUAGES.index(language()))
        self.language_box.activated.connect(self._on_language)
        self.look_box = self._box(parent, [say(look) for look in LOOKS])
        self.look_box.setCurrentIndex(int(theme.dark()))
        self.look_box.activated.connect(self._on_look)
        self.seat = SeatChoice(self._window, parent)
        self.lock_box = self._kept_here(parent, LOCK_AFTER, LOCKS)
        self.clip_box = self._kept_here(parent, CLIP_AFTER, CLIPS)
        boxes = ((LANGUAGE, self.language_box), (LOOK, self.look_box), (LOCK_AFTER, self.lock_box), (CLIP_AFTER, self.clip_box))
        rows = (*self.seat.rows, *((setting.words, box) for setting, box in boxes))
        return _grid_card(parent, Text("This PC"), rows, 2)

    def _kept_here(self, parent: QWidget, setting: Setting[int], offered: Sequence[tuple[int, Text]]) -> Drop:
        """A choice of this PC that holds at once."""
        made = Drop(parent, setting.words, [(str(value), words) for value, words in offered])
        made.choose(str(self._window.settings.get(setting)))
        made.chosen.connect(partial(self._on_chosen, made, setting))
        return made

    def _on_chosen(self, box: Drop, setting: Setting[int]) -> None:
        self._window.settings.set(setting, int(box.value()))

    def _box(self, parent: QWidget, words: list[str]) -> QComboBox:
        box = QComboBox(parent)
        box.setView(QListView(box))
        box.addItems(words)
        return box

    def say_looks(self) -> None:
        """Say the looks in the language in use."""
        self.language_box.setCurrentIndex(LANGUAGES.index(language()))
        for at, look in enumerate(LOOKS):
            self.look_box.setItemText(at, say(look))
        for at, (_, words) in enumerate(LOCKS):
            self.lock_box.setItemText(at, say(words))

    def changeEvent(self, event: QEvent) -> None:
        """Choices are no words of a widget: they are said again here."""
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "lock_box"):
            self.say_looks()
        super().changeEvent(event)

    def _data(self, parent: QWidget) -> QFrame:
        frame, box = card(parent)
        box.addWidget(PlainLabel(frame, "h2", Text("The data")))
        self.file_label = PlainLabel(frame)
        self.file_label.setWordWrap(True)
        self.size_label = PlainLabel(frame, "soft")
        store = self._window.store
        guarded, at_server = store is not None and store.guarded, store is not None and is_server(store.address)
        in_file = Text("The key lies in a file only this PC's user can read; no password is set.")
        self.key_label = PlainLabel(frame, "soft" if guarded or at_server else "warning", Text("The data opens with a password only.") if guarded or at_server else in_file)
        self.key_label.setWordWrap(True)
        self.checked_label = PlainLabel(frame, "soft")
        self.checked_label.setWordWrap(True)
        self.usual_link = link(frame, Text("Work with this PC's usual data again"))
        self.usual_link.clicked.connect(self._on_usual)
        self.usual_link.setVisible(bool(self._window.settings.get(OWN_FILE)) and not at_server)
        box.addWidget(self.file_label)
        box.addWidget(self.usual_link, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.size_label, self.key_label, self.checked_label):
            box.addWidget(part)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.check_button = button(frame, Text("Check everything"), icon="shield-check")
        self.check_button.clicked.connect(self._on_check)
        self.copy_button = button(frame, Text("Copy for other tools …"), icon="database")
        self.copy_button.clicked.connect(self._on_plain_copy)
        line.addWidget(self.check_button)
        line.addWidget(self.copy_button)
        line.addStretch(1)
        box.addLayout(line)
        self.answer = PlainLabel(frame, "soft")
        self.answer.setWordWrap(True)
        self.answer.hide()
        box.addWidget(self.answer)
        return frame

    def _about(self, parent: QWidget) -> QFrame:
        frame, box = card(parent)
        box.addWidget(PlainLabel(frame, "h2", Text("About this program")))
        box.addWidget(PlainLabel(frame, "", Text("Hotel sales CRM, version {version}", version=VERSION)))
        line = QHBoxLayout()
        line.setSpacing(8)
        self.about_button = button(frame, Text("Versions and licences"), icon="info")
        self.about_button.clicked.connect(self._on_about)
        self.log_button = button(frame, Text("Open the log folder"), icon="folder-open")
        self.log_button.clicked.connect(about.open_log_folder)
        line.addWidget(self.about_button)
        line.addWidget(self.log_button)
        line.addStretch(1)
        box.addLayout(line)
        return frame

    # reading

    def read(self) -> None:
        """Read what is known of the data and its backups."""
        jobs.read(self, partial(_state, self._window.store), self._on_state, slot="state")

    @Slot(object)
    def _on_state(self, state: safety.State) -> None:
        put(self.file_label, "setText", str(state.path))
        put(self.size_label, "setText", Text("{size} MB · {rows} rows", size=f"{state.size / 1e6:,.1f}", rows=f"{state.rows:,}"))
        self.backups.show_state(state)

    @Slot(object)
    def _on_changed(self, _: Any) -> None:
        if self.isVisible():
            self.read()

    # doing

    @Slot()
    def _on_usual(self) -> None:
        self._window.data_asked.emit(str(usual_database()))

    def _tell(self, words: Text) -> None:
        put(self.answer, "setText", words)
        self.answer.show()

    @Slot()
    def _on_check(self) -> None:
        self._tell(Text("Checking …"))
        job = jobs.work(self, partial(_check, self._window.store), self._on_checked, failed=self._window.long_work_failed, progress=self._window.busy.progress)
        self._window.busy.begin(job, Text("Checking everything"))

    @Slot(object)
    def _on_checked(self, found: tuple[list[Text], Text | None]) -> None:
        self._window.busy.end()
        problems, no_backup = found
        if problems:
            self._window.toast.error(Refused(problems[0]))
        well = Text("Everything is as it was saved.")
        if no_backup is not None:
            well = Text("{first} {second}", first=well, second=Text(ahead.NONE_FIRST.source, reason=no_backup))
        self._tell(problems[0] if problems else well)
        self.read()

    @Slot()
    def _on_plain_copy(self) -> None:
        title = say(Text("Copy for other tools, not encrypted: whoever has it can read it"))
        chosen, _ = QFileDialog.getSaveFileName(self, title, "crm.sqlite", "SQLite (*.sqlite)")
        if chosen:
            job = jobs.act(self, partial(_plain, Path(chosen)), partial(self._on_copied, chosen), failed=self._window.long_work_failed)
            self._window.busy.begin(job, Text("Writing a copy for other tools"))

    def _on_copied(self, file: str, _: Any) -> None:
        self._window.busy.end()
        self._tell(Text("{file} is not encrypted: whoever has it can read it.", file=file))

    @Slot()
    def _on_title(self) -> None:
        self._keep(HOTEL_NAME, self.title_edit.text().strip())

    @Slot(int)
    def _on_audit(self, hour: int) -> None:
        self._keep(NIGHT_AUDIT, hour)

    def _keep(self, setting: Setting[Any], value: object) -> None:
        """Keep what holds for the whole hotel with its data."""
        if self._window.settings.get(setting) != value:
            jobs.act(self, partial(_keep_with_data, setting, value), self._on_kept)

    @Slot(object)
    def _on_kept(self, _: object) -> None:
        self._window.settings.learn(self._window.store.kept)
        self._window.say_title()
        self._window.say_day()

    @Slot()
    def _on_about(self) -> None:
        about.show(self._window)

    @Slot(int)
    def _on_language(self, at: int) -> None:
        if LANGUAGES[at] != language():
            self._window.switch_language()

    @Slot(int)
    def _on_look(self, at: int) -> None:
        if bool(at) != theme.dark():
            self._window.switch_look()


def _grid_card(parent: QWidget, title: Text, rows: Sequence[tuple[Text, QWidget]], columns: int) -> QFrame:
    """A card of editors with their words at the left, so many side by side."""
    frame, box = card(parent)
    box.addWidget(PlainLabel(frame, "h2", title))
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    for at, (label, editor) in enumerate(rows):
        row, column = divmod(at, columns)
        grid.addWidget(PlainLabel(frame, "soft", label), row, 2 * column)
        grid.addWidget(editor, row, 2 * column + 1)
        grid.setColumnStretch(2 * column + 1, 1)
        put(editor, "setAccessibleName", label)
    box.addLayout(grid)
    return frame


def _state(store: Any, reader: Any, job: jobs.Job) -> safety.State:
    return safety.state(store, reader)


def _check(store: Any, reader: Any, job: jobs.Job) -> tuple[list[Text], Text | None]:
    job.doing = ahead.FIRST
    no_backup = ahead.secure(store, partial(job.step, 0, 0))
    job.doing = Text("every page, row and entry of the log")
    job.step(0, 0)
    return safety.check_all(store, reader), no_backup


def _keep_with_data(setting: Setting[Any], value: object, desk: Any, job: jobs.Job) -> None:
    keep_with_data(desk, setting, value)


def _plain(path: Path, desk: Any, job: jobs.Job) -> None:
    safety.plain_copy(desk, path)


def settings(window: Window) -> SettingsPage:
    """The settings page."""
    return SettingsPage(window)
