"""A backup that lies elsewhere - at the second place, on a stick, from a PC that is gone - comes back through the window.

One of the data that is open takes its place, as one of the list does. One of other data becomes a database of its own beside
it, which this PC works on from then on: nothing of what is here is replaced."""

from __future__ import annotations

import shutil
import sys
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from crm_desktop.desk.rights import need
from crm_desktop.desk.settings import OWN_FILE, SECOND_PLACE, Settings
from crm_desktop.desk.sign_in import Session
from crm_desktop.record.rights import RESTORE
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store import backup, device, keys
from crm_desktop.store.folders import data_folder, private_folder
from crm_desktop.ui import around, jobs
from crm_desktop.ui.screen import nobody_sees

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

CHOOSE = Text("A backup of this program")
KEYS = Text("The folder 'keys' of the PC the backup comes from")
NO_KEY = Text("The key of these data is not in {folder}: it is the file {name}. Nothing was restored.")
OTHER = Text(
    "This is a backup of other data than those that are open, made {made}. It becomes a database of its own, {file}, and this PC works on it from now on. {here} stays as it"
    " is; the settings lead back to it."
)
NEEDS_KEY = Text(
    "The key of this backup is not on this PC, and it has no recovery key beside it. It lies in the folder 'keys' of the settings of the PC the backup comes from, or where"
    " somebody copied that folder."
)
AWAY = Text("The data this PC works on, {file}, is not there. Is its disk connected? Nothing was changed.")
OPEN_IT, USUAL = Text("Open it"), Text("Open this PC's usual data")
CAME = Text("These are the data of the backup of {made}; they lie in {file}.")


def ask(window: Window) -> None:
    """Let who may choose a file, and have the window put it back."""
    jobs.act(window, may, partial(_choose, window))


def may(desk: Any, _job: Any) -> None:
    """Raises Refused for who may not restore."""
    need(desk.rights, RESTORE)


def _choose(window: Window, _: object) -> None:
    found = chosen(window, window.settings)
    if found is not None:
        window.restore(found)


def chosen(parent: QWidget | None, settings: Settings) -> Path | None:
    """The file somebody chooses; None when they choose none."""
    start = settings.get(SECOND_PLACE) or str(Path.home())
    found, _ = QFileDialog.getOpenFileName(parent, say(CHOOSE), start, f"CRM (*{backup.SUFFIX});;* (*)")
    return Path(found) if found else None


class Return:
    """Where a backup goes, and who signed in to it on the way."""

    def __init__(self, path: Path, session: Session | None = None) -> None:
        self.path, self.session = path, session


def way(window: Window, here: Path, file: Path, settings: Settings) -> Return | None:
    """Where this backup goes, once its key is here; None where somebody did not want that, and after saying why it cannot be."""
    try:
        if not keys.database_id(file):
            raise keys.not_ours(file)
        if keys.database_id(file) == keys.database_id(here):
            return Return(here)
        target = next(path for n in count(2) if not ((path := data_folder() / f"crm-{n}.db").exists() or keys.id_file(path).exists()))
        other = Text(OTHER.source, made=around.made(file), file=target.name, here=here.name)
        if not _is_wanted(window, other, OPEN_IT) or not (_has_key(file) or _bring_key(window, file)):
            return None
        return Return(target) if _is_open(file) else _signed_in(target, file, settings)
    except Refused as error:
        window.toast.error(error)
        return None


def _is_open(file: Path) -> bool:
    """False where only a password or the recovery key opens it. Raises Refused where there is no key at all."""
    try:
        keys.read_keys(file)
    except keys.Locked:
        return False
    return True


def _has_key(file: Path) -> bool:
    """True where the key is here, or a password or the recovery key opens it."""
    try:
        _is_open(file)
    except Refused:
        return False
    return True


def _signed_in(target: Path, file: Path, settings: Settings) -> Return | None:
    from crm_desktop.ui.door import ask as wait
    from crm_desktop.ui.sign_in import SignIn

    session: Session | None = wait(SignIn(file, settings, device.find))
    return Return(target, session) if session else None


def _is_wanted(window: QWidget | None, words: Text, go_words: Text) -> bool:
    box = QMessageBox(QMessageBox.Icon.Question, "CRM", say(words), parent=window)
    box.setTextFormat(Qt.TextFormat.PlainText)
    go = box.addButton(say(go_words), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(say(Text("Cancel")), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is go


def _bring_key(window: QWidget, file: Path) -> bool:
    """Copy the key of a backup from the folder that somebody chooses. Raises Refused where it is not there."""
    if not _is_wanted(window, NEEDS_KEY, Text("Choose …")):
        return False
    found = QFileDialog.getExistingDirectory(window, say(KEYS), str(file.parent))
    if not found:
        return False
    take_key(file, Path(found))
    return True


def take_key(file: Path, folder: Path) -> None:
    """Have the key of a backup on this PC: in clear, or as its people's passwords open it. Raises Refused."""
    mine = keys.key_file(keys.database_id(file))
    there = [folder / name for name in (mine.name, mine.with_suffix(".people").name) if (folder / name).is_file()]
    if not there:
        raise Refused(Text(NO_KEY.source, folder=folder, name=mine.name))
    for each in there:
        target = private_folder(mine.parent) / each.name
        shutil.copyfile(each, target)
        target.chmod(0o600)


def restored(found: Return, file: Path, settings: Settings, here: Path) -> tuple[Text, Exception | None, Path]:
    """Put the backup of other data where nothing is yet, and have this PC work on it from now on; the sentence for it, what went
    wrong if anything did, and what is to be opened."""
    _, problem = around.restored(found.path, file)
    if problem is None:
        settings.set(OWN_FILE, str(found.path))
        settings.person, settings.session = (found.session.person if found.session else 0), found.session
    return Text(CAME.source, made=around.made(file), file=str(found.path)), problem, here if problem else found.path


def usual_instead(path: Path, settings: Settings) -> bool:
    """The file this PC works on is not there: ask whether to open the usual one, which it works on then. False for neither."""
    words = Text(AWAY.source, file=str(path))
    print(say(words), file=sys.stderr)
    if nobody_sees() or not _is_wanted(None, words, USUAL):
        return False
    settings.set(OWN_FILE, "")
    return True
