"""The key of a database: random, in a file only this person can read, away from the data.

Beside the database stands a small file with its random id in clear; the key is kept under that id."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from pathlib import Path

from crm_desktop.record.text import Refused, Text
from crm_desktop.store.folders import private_folder, settings_folder, whole_file
from crm_desktop.store.locks import turn

KEY_LETTERS = 96  # 32 bytes of key and 16 of salt: with the salt inside the file one torn sector would lose everything


class Keys:
    """What opens one database and seals its log. `database_id` is public, the rest is not."""

    def __init__(self, database_id: str, secret: str, database: Path | None = None) -> None:
        self.database_id, self.secret, self.database = database_id, secret, database
        self.seal = hashlib.blake2b(bytes.fromhex(secret), digest_size=32, person=b"change log").digest()

    @property
    def head_file(self) -> Path:
        """Where the newest seal of the log is noted, outside the database."""
        if self.database is None:
            raise ValueError("these keys belong to no file yet")
        return _head_file(self.database_id, self.database)


def _head_file(database_id: str, database: Path) -> Path:
    """One for each file: a copy of a database that is opened elsewhere goes on in a log of its own."""
    place = os.path.normcase(database.resolve())
    return _key_folder() / f"{database_id}-{hashlib.blake2b(os.fsencode(place), digest_size=4).hexdigest()}.head"


def _key_folder() -> Path:
    return settings_folder() / "keys"


def id_file(database: Path) -> Path:
    """The small file beside a database that names it."""
    return database.with_name(database.name + ".id")


def files_of(database_id: str, database: Path) -> list[Path]:
    """The key and the log head of one database."""
    return [_key_folder() / f"{database_id}.key", _head_file(database_id, database)]


def make_keys(database: Path, fresh: Keys | None = None) -> Keys:
    """Keys for a database that does not exist yet, `fresh` ones if given. The key is on disk before the database can be.

    Two programs that begin the same database at once get the same keys."""
    with turn(private_folder(_key_folder()) / "making"):
        if id_file(database).exists():
            with contextlib.suppress(Refused):
                return read_keys(database)
        made = fresh or new_keys()
        made.database = database
        keep_keys(database, made)
    return made


def new_keys() -> Keys:
    """Fresh keys, not yet on the disk."""
    return Keys(secrets.token_hex(8), secrets.token_hex(KEY_LETTERS // 2))


def keep_keys(database: Path, made: Keys) -> None:
    """Put keys on the disk: the secret first, then the id that leads to it."""
    with whole_file(private_folder(_key_folder()) / f"{made.database_id}.key") as file:
        file.write(made.secret.encode())
    with whole_file(id_file(database)) as file:
        file.write(made.database_id.encode())


def was_used(database: Path) -> bool:
    """True when something was once saved in the database that belongs here, whether or not it still exists."""
    try:
        return _head_file(id_file(database).read_text("ascii").strip(), database).exists()
    except (OSError, UnicodeDecodeError):
        return False


def read_keys(database: Path) -> Keys:
    """The keys of an existing database. Raises Refused when it is not ours or its key is not on this PC."""
    try:
        database_id = id_file(database).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise not_ours(database) from None
    if len(database_id) != 16 or not set(database_id) <= set("0123456789abcdef"):
        raise not_ours(database)
    try:
        secret = (_key_folder() / f"{database_id}.key").read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise Refused(
            Text("The key of {file} is not on this PC. Copy the folder 'keys' from the settings of the PC it came from.", file=database)
        ) from None
    return Keys(database_id, secret, database)


def not_ours(database: Path) -> Refused:
    """The sentence for a file that is no database of this program."""
    return Refused(Text("{file} is not a database of this program; nothing in it was touched.", file=database))


def copy_id(source: Path, target: Path) -> None:
    """Let a copy of a database be opened with the same key."""
    with whole_file(id_file(target)) as file:
        file.write(id_file(source).read_bytes())
