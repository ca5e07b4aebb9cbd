"""The key of a database: random, in a file only this person can read, away from the data, until people have passwords
(store/wraps.py).

Beside the database stands a small file with its random id in clear; the key is kept under that id."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from crm_desktop.record.text import Refused, Text
from crm_desktop.store.folders import private_folder, settings_folder, sync_folder, whole_file
from crm_desktop.store.locks import turn

KEY_LETTERS = 96  # 32 bytes of key and 16 of salt: with the salt inside the file one torn sector would lose everything


class Keys:
    """What opens one database and seals its log. `database_id` is public, the rest is not."""

    def __init__(self, database_id: str, secret: str, database: Path | None = None) -> None:
        self.database_id, self.secret, self.database = database_id, secret, database
        self.guarded = False  # true where only people with passwords open it
        self.seal = hashlib.blake2b(bytes.fromhex(secret), digest_size=32, person=b"change log").digest()
        self.private = hashlib.blake2b(bytes.fromhex(secret), digest_size=32, person=b"private numbers").digest()

    @property
    def head_file(self) -> Path:
        """Where the newest seal of the log is noted, outside the database."""
        if self.database is None:
            raise ValueError("these keys belong to no file yet")
        return _head_file(self.database_id, self.database)


def _head_file(database_id: str, database: Path) -> Path:
    """One for each file: a copy of a database that is opened elsewhere goes on in a log of its own."""
    place = os.path.normcase(database.resolve())
    return key_folder() / f"{database_id}-{hashlib.blake2b(os.fsencode(place), digest_size=4).hexdigest()}.head"


def key_folder() -> Path:
    """Where the keys of this person's databases lie."""
    return settings_folder() / "keys"


def id_file(database: Path) -> Path:
    """The small file beside a database that names it."""
    return database.with_name(database.name + ".id")


def key_file(database_id: str) -> Path:
    """Where the key of a database lies in clear, as long as nobody has a password."""
    return key_folder() / f"{database_id}.key"


def recovery_file(database: Path) -> Path:
    """The small file beside a database that the printed recovery key opens it with."""
    return database.with_name(database.name + ".recovery")


def files_of(database_id: str, database: Path) -> list[Path]:
    """The keys and the log head of one database."""
    there = key_file(database_id)
    return [there, there.with_suffix(".people"), there.with_suffix(".tries"), recovery_file(database), _head_file(database_id, database)]


class Locked(Refused):
    """Only somebody's password, or the recovery key, opens these data."""

    def __init__(self, database: Path) -> None:
        super().__init__(Text("{file} opens with a password: sign in first.", file=database))


_unlocked: dict[str, str] = {}  # secrets of this run, by database id: a signed-in program opens its data again by them


def unlock(made: Keys) -> None:
    """Remember the key of data somebody signed in to, for as long as this program runs."""
    made.guarded = True
    _unlocked[made.database_id] = made.secret


def lock(database_id: str) -> None:
    """Forget it."""
    _unlocked.pop(database_id, None)


def unlocked() -> dict[str, str]:
    """The secrets of this run, to be handed to another process of this program."""
    return dict(_unlocked)


def take_over(secrets_of: Mapping[str, str]) -> None:
    """In another process of this program: open what is open there."""
    _unlocked.update(secrets_of)


def forget_key_file(made: Keys) -> None:
    """Take the plain key away, now that passwords open the data; this run goes on with it."""
    unlock(made)
    with contextlib.suppress(FileNotFoundError):
        key_file(made.database_id).unlink()
    sync_folder(key_folder())


def database_id(database: Path) -> str:
    """The id of a database by the file beside it; '' when there is none."""
    try:
        found = id_file(database).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return found if len(found) == 16 and set(found) <= set("0123456789abcdef") else ""


def make_keys(database: Path, fresh: Keys | None = None) -> Keys:
    """Keys for a database that does not exist yet, `fresh` ones if given. The key is on disk before the database can be.

    Two programs that begin the same database at once get the same keys."""
    with turn(private_folder(key_folder()) / "making"):
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
    private_folder(key_folder())
    with whole_file(key_file(made.database_id)) as file:
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
    found = database_id(database)
    if not found:
        raise not_ours(database)
    try:
        secret = key_file(found).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        if found in _unlocked:
            made = Keys(found, _unlocked[found], database)
            made.guarded = True
            return made
        if key_file(found).with_suffix(".people").exists() or recovery_file(database).exists():
            raise Locked(database) from None
        raise Refused(
            Text("The key of {file} is not on this PC. Copy the folder 'keys' from the settings of the PC it came from.", file=database)
        ) from None
    return Keys(found, secret, database)


def not_ours(database: Path) -> Refused:
    """The sentence for a file that is no database of this program."""
    return Refused(Text("{file} is not a database of this program; nothing in it was touched.", file=database))


def copy_id(source: Path, target: Path) -> None:
    """Let a copy of a database be opened with the same key."""
    if recovery_file(source).exists():
        with whole_file(recovery_file(target)) as file:
            file.write(recovery_file(source).read_bytes())
    with whole_file(id_file(target)) as file:
        file.write(id_file(source).read_bytes())
