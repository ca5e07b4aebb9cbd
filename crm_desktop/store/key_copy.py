"""A key in clear on its way to another PC: a copy for a place of its own, and back from there."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

from crm_desktop.record.os_words import why
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import database, keys, wraps
from crm_desktop.store.folders import private_folder, unwritten, whole_file
from crm_desktop.store.keys import Keys

NO_KEY = Text("The key of these data is not in {folder}: there should be a file {name}. Nothing was changed.")
OTHER_KEY = Text("{file} does not open these data: it is another key, or not whole. Nothing was changed; choose another folder.")
BESIDE = Text("Choose another place than that of the backups: whoever takes that disk could read them.")


def copy_key(made: Keys, folder: Path, backups: Path | None = None) -> Path:
    """A copy of a key in clear, not where the backups lie. Raises Refused where it cannot be written, or people have passwords."""
    target = folder / keys.key_file(made.database_id).name
    if made.guarded:
        raise Refused(Text("Passwords are set: the printed recovery key opens the data, and no key is given out."))
    if backups is not None and folder.resolve().is_relative_to(backups.resolve()):
        raise Refused(BESIDE)
    try:
        with whole_file(target) as file:
            file.write(made.secret.encode())
    except OSError as error:
        raise unwritten(target, error) from error
    return target


def take_key(data: Path, folder: Path) -> None:
    """Have the key of a backup or a database on this PC: in clear once it opens them, or as its people's passwords do. Raises
    Refused; then nothing is here that was not."""
    mine = keys.key_file(keys.database_id(data))
    try:
        for name, check in ((mine.name, _opens), (mine.with_suffix(".people").name, _is_wrapped)):
            if (folder / name).is_file():
                found = (folder / name).read_bytes()
                if not check(found, data):
                    raise Refused(Text(OTHER_KEY.source, file=folder / name))
                with whole_file(private_folder(mine.parent) / name) as file:
                    file.write(found.strip())
                return
    except OSError as error:
        raise Refused(Text("{file} cannot be read: {reason}.", file=folder, reason=why(error))) from error
    raise Refused(Text(NO_KEY.source, folder=folder, name=mine.name))


def _opens(secret: bytes, data: Path) -> bool:
    try:
        made = Keys(keys.database_id(data), secret.decode("ascii").strip(), data)
        with closing(database.connect(data, made, readonly=True)):
            return True
    except (ValueError, Refused, database.Error):
        return False


def _is_wrapped(words: bytes, _: Path) -> bool:
    try:
        found = json.loads(words)
        return isinstance(found, dict) and all({"salt", "login"} <= set(entry) for key, entry in found.items() if key != wraps.RECOVERY)
    except (ValueError, TypeError):
        return False
