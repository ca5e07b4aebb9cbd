"""When the database file is damaged: said once it was looked at again, with the two ways out. Before the window is there a
question asks for them, in the window two lines offer them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.desk.settings import OWN_FILE, Settings
from crm_desktop.record.text import Text, say
from crm_desktop.store.address import Address, is_server
from crm_desktop.store.database import explain
from crm_desktop.ui import around
from crm_desktop.ui.screen import nobody_sees

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

RESTORE, SALVAGE = "restore", "salvage"
FILE, REST = "damage", "damage-rest"  # the keys of the two lines
MENDED = "mended"  # the key of the line that says what came of it
KEEP, CHOOSE = Text("Keep what can be read"), Text("Choose a backup …")
SAFE = Text("Whatever you choose, the damaged file is only put aside and nothing is deleted. What was saved after a backup is to be entered again.")
USUAL = Text("Open this PC's usual data")
KEY, KEY_BACK = Text("Choose the folder with its key …"), Text("The key of these data is on this PC again.")
Mend = Callable[[], tuple[Text, Exception | None]]


class NoneChosenError(Exception):
    """No file was chosen after all."""


def mended(path: Address, words: str, records: Sequence[Any], seen: bool, settings: Settings | None = None) -> Text | None:
    """Say why the program cannot begin, and do what the person chooses until one way has led out; what came of it, or None
    for nothing more to be done. With `settings` this PC may go back to its usual data. A way that failed is said, and the ways are offered again."""
    while (way := wanted(path, words, records, seen, settings)) is not None:
        done, problem = way()
        if problem is None:
            print(say(done), file=sys.stderr)
            return done
        if not isinstance(problem, NoneChosenError):
            words = str(explain(problem))
    return None


def come_back(program: Any, path: Address, records: Sequence[Any], problem: Exception | None, done: Text | None) -> None:
    """Open a program again that let go of its data, and say what was done or went wrong meanwhile; where the data does not open, say why and
    offer the ways out. Where nobody chooses one, the program ends."""
    from PySide6.QtCore import QCoreApplication

    from crm_desktop.record.text import Refused

    while True:
        try:
            program.come_back()
            break
        except (Refused, OSError) as error:
            said = dict.fromkeys(str(explain(each)) for each in (problem, error) if each is not None)
            if (done := mended(path, "\n\n".join(said), records, not nobody_sees())) is None:
                QCoreApplication.quit()
                return
            problem = None  # that way led out
    if problem is not None:
        program.window.toast.error(problem)
    elif done is not None:
        tell(program.window, done)


def wanted(path: Address, words: str, records: Sequence[Any], seen: bool, settings: Settings | None = None) -> Mend | None:
    """Say why the program cannot begin, on the terminal and (`seen`) in a window, and offer what would help; None for neither."""
    print(words, file=sys.stderr)
    if not seen or is_server(path):
        return None
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMessageBox

    box, ways = QMessageBox(QMessageBox.Icon.Warning, "CRM", words), {}
    box.setTextFormat(Qt.TextFormat.PlainText)
    newest = around.newest(path)
    if newest is not None:
        button = box.addButton(say(_restore(newest)), QMessageBox.ButtonRole.AcceptRole)
        ways[button] = partial(around.restored, Path(path), newest.path, damaged=True)
    if _is_readable(Path(path)):
        ways[box.addButton(say(KEEP), QMessageBox.ButtonRole.AcceptRole)] = partial(around.salvaged, Path(path), records)
    if ways:
        box.setText(f"{words}\n\n{say(SAFE)}")
    if _lost_its_key(Path(path)):
        ways[box.addButton(say(KEY), QMessageBox.ButtonRole.AcceptRole)] = partial(_key_from_folder, Path(path))
    if settings is not None and settings.get(OWN_FILE):
        ways[box.addButton(say(USUAL), QMessageBox.ButtonRole.AcceptRole)] = partial(_usual, settings)
    ways[box.addButton(say(CHOOSE), QMessageBox.ButtonRole.AcceptRole)] = partial(_from_file, Path(path))
    box.addButton(say(Text("Close")), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return next((way for button, way in ways.items() if button is box.clickedButton()), None)


def _from_file(path: Path) -> tuple[Text, Exception | None]:
    """Restore a backup that lies elsewhere; where none is chosen the ways are offered again."""
    from crm_desktop.ui.from_elsewhere import chosen

    file = chosen(None, Settings())
    return around.restored(path, file, damaged=True) if file else (SAFE, NoneChosenError())


def _lost_its_key(path: Path) -> bool:
    """True for data whose key is not on this PC, and that no password or recovery key opens."""
    from crm_desktop.record.text import Refused
    from crm_desktop.store import keys

    try:
        return bool(path.exists() and keys.database_id(path) and not keys.read_keys(path))
    except keys.Locked:
        return False
    except Refused:
        return True


def _key_from_folder(path: Path) -> tuple[Text, Exception | None]:
    from crm_desktop.record.text import Refused
    from crm_desktop.ui.from_elsewhere import bring_key

    try:
        return KEY_BACK, None if bring_key(None, path) else NoneChosenError()
    except Refused as error:
        return KEY_BACK, error


def _usual(settings: Settings) -> tuple[Text, Exception | None]:
    """This PC works on its usual data from now on."""
    settings.set(OWN_FILE, "")
    return USUAL, None


def tell(window: Window, words: Text) -> None:
    """Say what came of it until somebody puts it away: there may be work to enter again."""
    window.strips.say(MENDED, words, closed=partial(window.strips.take_away, MENDED), tone="amber_bg")


def _restore(backup: Any) -> Text:
    return Text("Restore the backup of {made}", made=around.made(backup.path))


def _is_readable(path: Path) -> bool:
    """True for a damaged file of which something can still be read."""
    from crm_desktop.record.text import Refused
    from crm_desktop.store import damaged, keys

    if not path.exists() or not path.stat().st_size:
        return False
    try:
        return bool(damaged.problems(path, own := keys.read_keys(path)) and damaged.begins(path, own))
    except (Refused, OSError):
        return False


class Rescue:
    """Waits until a sentence in the window tells of damage; looks at the file anew before anything is offered."""

    def __init__(self, window: Window, mend: Callable[[Mend], object]) -> None:
        self._window, self._mend, self._looking = window, mend, False
        window.toast.told.connect(self.on_told)

    def on_told(self, error: object) -> None:
        """Look again, over a connection of its own, when it sounds like damage."""
        from crm_desktop.store import database
        from crm_desktop.ui import jobs

        store = self._window.store
        if self._looking or store is None or is_server(store.address) or not database.is_damage(error):
            return
        self._looking = True
        jobs.work(self._window, partial(_look, store.path, store.keys), self.on_looked, failed=self._on_failed)

    def _on_failed(self, _: BaseException) -> None:
        self._looking = False

    def on_looked(self, found: tuple[list[Any], Any]) -> None:
        """Offer the ways out, or say that nothing is wrong."""
        self._looking = False
        problems, newest = found
        if not problems:
            self._window.toast.dismiss()  # it was not so
            self._window.toast.note(Text("The disk faltered for a moment. The whole file was read again and nothing in it is damaged; do the same again."))
            return
        self._window.toast.dismiss()  # the lines say more
        store, strips = self._window.store, self._window.strips
        if newest is not None:
            words = Text("The database file is damaged. Nothing wrong is shown or saved. The newest good backup is of {made}.", made=around.made(newest.path))
            strips.say(FILE, words, _restore(newest), partial(self._ask, partial(around.restored, store.path, newest.path, damaged=True)), tone="red_bg")
            rest = Text("Or keep all that can still be read, the newest work too; what cannot comes from that backup. The damaged file is put aside either way.")
        else:
            strips.say(FILE, Text("The database file is damaged. Nothing wrong is shown or saved. There is no good backup of it."), tone="red_bg")
            rest = Text("Keep all that can still be read; what is lost is told. The damaged file is put aside.")
        strips.say(REST, rest, KEEP, partial(self._ask, partial(around.salvaged, store.path, store.records)), tone="red_bg")

    def _ask(self, way: Mend) -> None:
        from PySide6.QtCore import QTimer

        from crm_desktop.ui import leaving

        go = partial(QTimer.singleShot, 0, partial(self._mend, way))  # the window goes away with the link that was pressed
        if leaving.is_safe(self._window):
            go()
        else:
            leaving.make_safe(self._window, go)


def _look(path: Path, keys: Any, _reader: Any, _job: Any) -> tuple[list[Any], Any]:
    from crm_desktop.store import damaged

    problems = damaged.problems(path, keys)
    return problems, around.newest(path) if problems else None
