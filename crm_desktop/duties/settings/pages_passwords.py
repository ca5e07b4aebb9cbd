"""The dialogs that give a password: the first one with its recovery key on paper, later ones, and a new recovery key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.desk import sign_in
from crm_desktop.record import lockout, recovery
from crm_desktop.record.dates import local_time
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store import wraps
from crm_desktop.ui import jobs, theme
from crm_desktop.ui.clipboard import SecretWords
from crm_desktop.ui.edits import Edit
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

WIDTH = 640
NOT_SAME = Text("The two passwords are not the same.")


class _Dialog(QDialog):
    """Lines with their words at the left, what is wrong below them, two buttons."""

    def __init__(self, window: Window, title: Text, told: Text, go: Text) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        put(self, "setWindowTitle", title)
        self.setMinimumWidth(WIDTH)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(24, 16, 24, 16)
        self.box.setSpacing(12)
        words = PlainLabel(self, "", told)
        words.setWordWrap(True)
        self.box.addWidget(words)
        self.form = QFormLayout()
        self.form.setSpacing(8)
        self.box.addLayout(self.form)
        self.build()
        self.problem = PlainLabel(self, "error")
        self.problem.setWordWrap(True)
        self.box.addWidget(self.problem)
        self.go = self._buttons(go)
        self._fit()

    def _fit(self) -> None:
        """As high as its words need, also on a screen of which Qt would give it two thirds only."""
        self.resize(max(WIDTH, self.width()), self.box.totalHeightForWidth(WIDTH))

    def build(self) -> None:
        """The lines of this dialog."""

    def line(self, label: Text, *, hidden: bool = False) -> Edit:
        """A line to type into."""
        made = Edit(self)
        put(made, "setAccessibleName", label)
        if hidden:
            made.setEchoMode(QLineEdit.EchoMode.Password)
        made.entered.connect(self._on_go)
        self.form.addRow(PlainLabel(self, "soft", label), made)
        return made

    def _buttons(self, words: Text) -> QPushButton:
        buttons = QDialogButtonBox(self)
        go = buttons.addButton(QDialogButtonBox.StandardButton.Ok)
        put(go, "setText", words)
        go.setProperty("primary", True)
        put(buttons.addButton(QDialogButtonBox.StandardButton.Cancel), "setText", Text("Cancel"))
        buttons.accepted.connect(self._on_go)
        buttons.rejected.connect(self.reject)
        self.box.addWidget(buttons)
        return go

    def show_sheet(self) -> None:
        """A fresh recovery key, and the line to type it back into."""
        self.sheet = _Sheet(self, say(self._window.rail.title.text()))
        self.box.addWidget(self.sheet)
        self.form = QFormLayout()
        self.form.setSpacing(8)
        self.box.addLayout(self.form)
        self.typed = self.line(Text("Type it back"))

    def passwords(self) -> None:
        """Two lines for a new password."""
        self.password = self.line(Text("New password"), hidden=True)
        self.again = self.line(Text("The same once more"), hidden=True)

    def password_problem(self, login: str) -> Text | None:
        """What is wrong with the two lines."""
        if (problem := lockout.password_problem(self.password.text(), login)) is not None:
            return problem
        return None if self.password.text() == self.again.text() else NOT_SAME

    def problem_now(self) -> Text | None:
        """What keeps it from being done."""
        return None

    def work(self) -> Callable[..., Any]:
        """What is done in the writing thread."""
        raise NotImplementedError

    def done_then(self) -> None:
        """What follows."""

    @Slot()
    def _on_go(self) -> None:
        problem = self.problem_now()
        put(self.problem, "setText", problem or "")
        self._fit()
        if problem is None and self.go.isEnabled():
            self.go.setEnabled(False)
            jobs.act(self, self.work(), self._on_done, failed=self._on_failed)

    def _on_done(self, _: object) -> None:
        self.done_then()
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        put(self.problem, "setText", error.text if isinstance(error, Refused) else str(error))


class _Sheet(QWidget):
    """The recovery key to be printed, and typed back from the paper."""

    def __init__(self, dialog: _Dialog, hotel: str) -> None:
        super().__init__(dialog)
        self.printed, self._hotel = wraps.new_recovery(), hotel
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 8, 0, 0)
        box.setSpacing(8)
        box.addWidget(PlainLabel(self, "h2", Text("Recovery key")))
        told = PlainLabel(self, "soft", Text("When every password is lost, only this opens the data. Print it or write it down and lock it away: nobody can make it again."))
        told.setWordWrap(True)
        box.addWidget(told)
        groups = recovery.groups_of(self.printed)
        self.letters = PlainLabel(self, "", f"{' '.join(groups[:4])}\n{' '.join(groups[4:])}")
        self.letters.setFont(QFont("monospace", 14))
        self.letters.setMinimumHeight(2 * self.letters.fontMetrics().lineSpacing() + 4)
        self.letters.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        SecretWords(self.letters)
        line = QHBoxLayout()
        line.addWidget(self.letters)
        line.addStretch(1)
        self.print_button = button(self, Text("Print"), icon="printer")
        self.print_button.clicked.connect(self._on_print)
        line.addWidget(self.print_button)
        box.addLayout(line)

    def problem(self, typed: str) -> Text | None:
        """What is wrong with what was typed back."""
        if not typed.strip():
            return Text("Type the recovery key from the paper: then it is certain that it can be read.")
        try:
            same = recovery.read(typed) == recovery.read(self.printed)
        except Refused as error:
            return error.text
        return None if same else Text("This is another recovery key; type the one of this sheet.")

    @Slot()
    def _on_print(self) -> None:
        from crm_desktop.ui.print_preview import PrintPreview

        PrintPreview(self.window(), sheet(self.printed, self._hotel), say(Text("Recovery key"))).open()


def sheet(printed: str, hotel: str) -> QTextDocument:
    """The paper: whose data, when, the letters in large type, and what they are for."""
    made = QTextDocument()
    made.setDefaultFont(theme.font(12))
    cursor = QTextCursor(made)
    lines = [hotel, say(Text("Recovery key of the data")), f"{local_time():%Y-%m-%d %H:%M}", ""]
    groups = recovery.groups_of(printed)
    for words in lines:
        cursor.insertText(words + "\n")
    large = cursor.charFormat()
    large.setFont(QFont("monospace", 22))
    cursor.insertText(f"{'  '.join(groups[:4])}\n{'  '.join(groups[4:])}\n\n", large)
    plain = cursor.charFormat()
    plain.setFont(theme.font(12))
    cursor.insertText(say(Text("Whoever has this sheet opens the data without a password. Keep it locked away, and not beside the PC.")), plain)
    return made


class FirstPassword(_Dialog):
    """Closes the data with a password; the recovery key is typed back from the paper before."""

    def __init__(self, window: Window, givers: Sequence[Row]) -> None:
        self._givers = list(givers)
        super().__init__(
            window, Text("The first password"),
            Text("From then on the data opens with a password only, here and from backups. Copies of the folder 'keys' made before still open copies of the data made before."),
            Text("Close the data with it"),
        )  # fmt: skip

    def build(self) -> None:
        self.person = QComboBox(self)
        self.person.setView(QListView(self.person))
        self.person.addItems([f"{row['name']} ({row['login']})" for row in self._givers])
        put(self.person, "setAccessibleName", Text("Colleague"))
        self.form.addRow(PlainLabel(self, "soft", Text("Colleague")), self.person)
        self.passwords()
        self.show_sheet()

    def _row(self) -> Row:
        return self._givers[self.person.currentIndex()]

    def problem_now(self) -> Text | None:
        return self.password_problem(str(self._row()["login"])) or self.sheet.problem(self.typed.text())

    def work(self) -> Callable[..., Any]:
        row = self._row()
        return partial(_begin, row["id"], str(row["login"]), self.password.text(), self.sheet.printed)

    def done_then(self) -> None:
        self._window.person_asked.emit(self._row()["id"])


class NewPassword(_Dialog):
    """Another password for somebody."""

    def __init__(self, window: Window, row: Row, then: Callable[[], object]) -> None:
        self._row, self._then = row, then
        super().__init__(
            window, Text("Password"), Text("A new password for {name}. The one before opens nothing any more.", name=row["name"]), Text("Set the password")
        )

    def build(self) -> None:
        self.passwords()

    def problem_now(self) -> Text | None:
        return self.password_problem(str(self._row["login"]))

    def work(self) -> Callable[..., Any]:
        return partial(_give, self._row["id"], self.password.text())

    def done_then(self) -> None:
        self._then()


class NewRecovery(_Dialog):
    """Another recovery key."""

    def __init__(self, window: Window) -> None:
        super().__init__(
            window, Text("New recovery key"), Text("The sheet printed before opens nothing any more, except backups made until now."), Text("Use this key")
        )

    def build(self) -> None:
        self.show_sheet()

    def problem_now(self) -> Text | None:
        return self.sheet.problem(self.typed.text())

    def work(self) -> Callable[..., Any]:
        return partial(_renew, self.sheet.printed)


def _begin(person: int, login: str, password: str, printed: str, desk: Any, job: jobs.Job) -> None:
    sign_in.begin(desk, person, login, password, printed)


def _give(person: int, password: str, desk: Any, job: jobs.Job) -> None:
    sign_in.give(desk, person, password)


def _renew(printed: str, desk: Any, job: jobs.Job) -> None:
    sign_in.renew_recovery(desk, printed)
