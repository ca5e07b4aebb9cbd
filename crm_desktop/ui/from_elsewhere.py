"""A backup that lies elsewhere - at the second place, on a stick, from a PC that is gone - comes back through the window.

One of the data that is open takes its place, as one of the list does. One of other data becomes a database of its own beside
it, which this PC works on from then on: nothing of what is here is replaced."""

from __future__ import annotations

from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from crm_desktop.desk.rights import need
from crm_desktop.desk.settings import SECOND_PLACE, Settings
from crm_desktop.desk.sign_in import Session
from crm_desktop.record.rights import RESTORE
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store import device, key_copy, keys, proof, wraps
from crm_desktop.store.address import ON_SERVER, Address, is_server
from crm_desktop.store.folders import data_folder, manifest
from crm_desktop.ui import around, jobs

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

CHOOSE = Text("A backup of this program")
KEYS = Text("The folder with the key of these data")
SAME = Text("The data as of {made} take the place of those that are open. What was saved later is to be entered again; what is there now is put aside, nothing is deleted.")
OTHER = Text(
    "This is a backup of other data than those that are open, made {made}. It becomes a database of its own, {file}, and this PC works on it from now on. {here} stays as it"
    " is; the settings lead back to it."
)
NEEDS_KEY = Text("The key of these data is not on this PC. Choose the folder it lies in: where it was saved to from the settings, or the folder 'keys' of the PC they come from.")
GUARDED = Text("These data open with a password. On this PC the printed recovery key opens them. The passwords of the other PC count here only with its folder 'keys'.")
OPEN_IT, REPLACE = Text("Open it"), Text("Restore")
WITH_SHEET, WITH_FOLDER = Text("Use the recovery key"), Text("Choose the folder …")
CAME = Text("These are the data of the backup of {made}; they lie in {file}.")


def ask(window: Window) -> None:
    """Let who may choose a file, and have the window put it back."""
    jobs.act(window, may, partial(_choose, window))


def may(desk: Any, _job: Any) -> None:
    """Raises Refused for who may not restore."""
    need(desk.rights, RESTORE)


def _choose(window: Window, _: object) -> None:
    found = chosen(window, window.settings)
    if found is not None and _is_agreed(window, found):
        window.restore(found)


def _is_agreed(window: Window, file: Path) -> bool:
    """One that replaces what is open is asked for; of others `way` asks."""
    is_same = window.store is not None and not is_server(window.store.address) and keys.database_id(file) == keys.database_id(window.store.path) != ""
    return not is_same or _pressed(window, Text(SAME.source, made=around.made(file)), REPLACE) is REPLACE


def chosen(parent: QWidget | None, settings: Settings) -> Path | None:
    """The file somebody chooses; None when they choose none."""
    start = settings.get(SECOND_PLACE) or str(Path.home())
    found, _ = QFileDialog.getOpenFileName(parent, say(CHOOSE), start, f"CRM (*{proof.SUFFIX})")
    return Path(found) if found else None


class Return:
    """Where a backup goes, and who signed in to it on the way."""

    def __init__(self, path: Path, session: Session | None = None) -> None:
        self.path, self.session = path, session


def way(window: Window, here: Address, file: Path, settings: Settings) -> Return | None:
    """Where this backup goes, once its key is here; None where somebody did not want that, and after saying why it cannot be."""
    try:
        if is_server(here):
            raise Refused(ON_SERVER)
        _refuse_stranger(file)
        if keys.database_id(file) == keys.database_id(Path(here)):
            return Return(Path(here))
        target = next(path for n in count(2) if not ((path := data_folder() / f"crm-{n}.db").exists() or keys.id_file(path).exists()))
        other = Text(OTHER.source, made=around.made(file), file=target.name, here=Path(here).name)
        return _opened(window, target, file, settings) if _pressed(window, other, OPEN_IT) is OPEN_IT else None
    except Refused as error:
        window.toast.error(error)
        return None


def _refuse_stranger(file: Path) -> None:
    """Raise Refused for what is no backup: a database people work in is not copied, it may have a -wal."""
    if not (file.name.endswith(proof.SUFFIX) or manifest(file).exists()):
        raise Refused(Text(proof.NOT_OURS.source, file=file))
    if not keys.database_id(file):
        raise Refused(Text(proof.NO_ID.source, name=keys.id_file(file).name))


def _opened(window: QWidget, target: Path, file: Path, settings: Settings) -> Return | None:
    """Once the key is here: it is, or somebody signs in, or it comes from a folder. Raises Refused."""
    try:
        keys.read_keys(file)
    except keys.Locked:
        if wraps.people_file(keys.database_id(file)).exists():
            return _signed_in(target, file, settings)
        answer = _pressed(window, GUARDED, WITH_SHEET, WITH_FOLDER)
        if answer is WITH_SHEET:
            return _signed_in(target, file, settings, by_sheet=True)
    except Refused:
        answer = _pressed(window, NEEDS_KEY, WITH_FOLDER)
    else:
        return Return(target)
    return _opened(window, target, file, settings) if answer and bring_key(window, file) else None


def _signed_in(target: Path, file: Path, settings: Settings, *, by_sheet: bool = False) -> Return | None:
    from crm_desktop.ui.door import ask as wait
    from crm_desktop.ui.sign_in import SignIn

    door = SignIn(file, settings, device.find)
    door.setWindowModality(Qt.WindowModality.ApplicationModal)
    if by_sheet:
        door.recover.click()
    session: Session | None = wait(door)
    return Return(target, session) if session else None


def _pressed(window: QWidget | None, words: Text, *offered: Text) -> Text | None:
    """Ask; what was pressed, None where somebody did not want any of it."""
    box = QMessageBox(QMessageBox.Icon.Question, "CRM", say(words), parent=window)
    box.setTextFormat(Qt.TextFormat.PlainText)
    made = {box.addButton(say(each), QMessageBox.ButtonRole.AcceptRole): each for each in offered}
    box.addButton(say(Text("Cancel")), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return next((each for button, each in made.items() if button is box.clickedButton()), None)


def bring_key(window: QWidget | None, file: Path) -> bool:
    """Have the key of a backup, or of a database, from the folder that somebody chooses; False where they choose none. Raises
    Refused where it is not there."""
    found = QFileDialog.getExistingDirectory(window, say(KEYS), str(file.parent))
    if found:
        key_copy.take_key(file, Path(found))
    return bool(found)


def restored(found: Return, file: Path, made: str) -> tuple[Text, Exception | None]:
    """Put the backup of other data where nothing is yet; the sentence for it, and what went wrong if anything did."""
    _, problem = around.restored(found.path, file)
    words = Text(CAME.source, made=made, file=str(found.path))
    return words if problem else around.complete(words, found.path), problem
