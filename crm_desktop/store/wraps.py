"""The key of a database wrapped by people's passwords: the file alone no longer opens the data.

`keys/ID.people` holds the wrapped key once for each person and once for the recovery key. As long as the plain key file
lies beside it, that one counts: taking it away is the last step of setting the first password, so that a crash at any
moment leaves a way in. The recovery wrap also lies beside the database, and goes with its backups: with the printed key
alone the data opens on any PC."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from crm_desktop.record import recovery
from crm_desktop.record.lockout import normal
from crm_desktop.record.os_words import why
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import keys
from crm_desktop.store.folders import private_folder, whole_file
from crm_desktop.store.keys import Keys

ARGON2 = {"t": 3, "m": 64 * 1024, "p": 1}  # passes, KiB, lanes: a quarter of a second on an office PC
RECOVERY = "recovery"
Entry = dict[str, Any]
Step = Callable[[str], None]


class WrongPassword(Refused):
    """The password, or the name, is not right."""

    def __init__(self) -> None:
        super().__init__(Text("The log-in name or the password is not right."))


def _nothing(_: str) -> None:
    pass


def people_file(database_id: str) -> Path:
    """Where the wrapped keys of a database lie."""
    return keys.key_folder() / f"{database_id}.people"


def is_locked(database: Path) -> bool:
    """True when only a password or the recovery key opens a database."""
    database_id = keys.database_id(database)
    if not database_id or keys.key_file(database_id).exists():
        return False
    return people_file(database_id).exists() or keys.recovery_file(database).exists()


def new_recovery() -> str:
    """A fresh recovery key as it is printed. It opens nothing before it was given to `begin` or `renew_recovery`."""
    return recovery.words(secrets.token_bytes(recovery.BYTES))


def begin(made: Keys, person: int, login: str, password: str, printed: str, step: Step = _nothing) -> None:
    """Set the first password: from now on the key is kept wrapped. `printed` is the recovery key, on paper by now.

    The plain key goes last, after both wraps were read back from the disk and opened."""
    database, secret = _database(made), recovery.read(printed)
    wrapped = {RECOVERY: _seal_with(_from_recovery(secret), made, RECOVERY), str(person): wrap(made, person, login, password)}
    step("made")
    _write(keys.recovery_file(database), {RECOVERY: wrapped[RECOVERY]})
    step("recovery written")
    _write(private_people_file(made.database_id), wrapped)
    step("people written")
    kept = _read(people_file(made.database_id))
    _same(made, _open(kept[str(person)], password, made.database_id, str(person)))
    _same(made, _unseal(kept[RECOVERY], _from_recovery(secret), made.database_id, RECOVERY))
    step("read back")
    keys.forget_key_file(made)
    step("plain key gone")


def private_people_file(database_id: str) -> Path:
    """The file, in a folder that is there."""
    private_folder(keys.key_folder())
    return people_file(database_id)


def wrap(made: Keys, person: int, login: str, password: str) -> Entry:
    """The key as one person's password opens it."""
    salt = secrets.token_bytes(16)
    sealed = _seal_with(derive(password, salt, ARGON2), made, str(person))
    return sealed | {"login": login, "salt": salt.hex(), **ARGON2}


def derive(password: str, salt: bytes, cost: Entry) -> bytes:
    """Argon2id of a password. Takes a quarter of a second and 64 MiB; other threads run meanwhile."""
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(normal(password).encode("utf-8", "surrogatepass"), salt, cost["t"], cost["m"], cost["p"], 32, Type.ID)


def put(made: Keys, person: int, login: str, password: str) -> None:
    """Give somebody a password, or another one."""
    wrapped = _read(people_file(made.database_id))
    wrapped[str(person)] = wrap(made, person, login, password)
    _write(people_file(made.database_id), wrapped)


def rename(made: Keys, person: int, login: str) -> None:
    """Another log-in name for somebody who has a password."""
    wrapped = _read(people_file(made.database_id))
    if str(person) in wrapped and wrapped[str(person)]["login"] != login:
        wrapped[str(person)]["login"] = login
        _write(people_file(made.database_id), wrapped)


def drop(made: Keys, person: int) -> None:
    """Take somebody's password away. Raises Refused for the last one."""
    wrapped = _read(people_file(made.database_id))
    if set(wrapped) - {RECOVERY} == {str(person)}:
        raise Refused(Text("This is the only password there is; give somebody else one first."))
    if wrapped.pop(str(person), None) is not None:
        _write(people_file(made.database_id), wrapped)


def renew_recovery(made: Keys, printed: str) -> None:
    """Another recovery key; the sheet printed before opens nothing any more, except older backups."""
    database, secret = _database(made), recovery.read(printed)
    wrapped = _read(people_file(made.database_id))
    wrapped[RECOVERY] = _seal_with(_from_recovery(secret), made, RECOVERY)
    _write(people_file(made.database_id), wrapped)
    _write(keys.recovery_file(database), {RECOVERY: wrapped[RECOVERY]})


def keep_recovery(database: Path) -> None:
    """Have what the printed recovery key opens beside a database whose people have passwords: a backup of before has none."""
    with suppress(Refused):  # the file is damaged
        found = _read(people_file(_id(database))).get(RECOVERY)
        if found is not None and not keys.recovery_file(database).exists():
            _write(keys.recovery_file(database), {RECOVERY: found})


def people(database_id: str) -> dict[int, str]:
    """The log-in names of those who have a password, by person."""
    return {int(key): entry["login"] for key, entry in _read(people_file(database_id)).items() if key != RECOVERY}


def open_with(database: Path, login: str, password: str) -> tuple[Keys, int]:
    """The keys and the person of a log-in name and password. Raises WrongPassword; takes as long for a name nobody has."""
    database_id = _id(database)
    wrapped = _read(people_file(database_id))
    found = [key for key, entry in wrapped.items() if key != RECOVERY and entry["login"].casefold() == normal(login).strip().casefold()]
    if not found:
        derive(password, b"nobody's salt 16", ARGON2)
        raise WrongPassword
    return _keys(database_id, _open(wrapped[found[0]], password, database_id, found[0]), database), int(found[0])


def open_with_recovery(database: Path, typed: str) -> Keys:
    """The keys by the printed recovery key. Raises Refused."""
    secret, database_id = recovery.read(typed), _id(database)
    for place in (people_file(database_id), keys.recovery_file(database)):
        with suppress(Refused):  # not that of this file, or the file is damaged: the other one may do
            if (entry := _read(place).get(RECOVERY)) is not None:
                return _keys(database_id, _unseal(entry, _from_recovery(secret), database_id, RECOVERY), database)
    raise Refused(Text("This is a recovery key, but not that of these data."))


def adopt(made: Keys, person: int, login: str, password: str) -> None:
    """After the recovery key opened the data: a new password, also on a PC that had none for it."""
    database = _database(made)
    place = private_people_file(made.database_id)
    wrapped = _sound(place) or _read(keys.recovery_file(database))
    wrapped[str(person)] = wrap(made, person, login, password)
    _write(place, wrapped)


def _sound(place: Path) -> dict[str, Entry]:
    """The wraps of a file; a damaged one is put aside."""
    try:
        return _read(place)
    except Refused:
        place.replace(place.with_name(place.name + ".damaged"))
        return {}


def keep_for_device(made: Keys, person: int) -> str:
    """Another way in for this person on this PC: returns the secret that the keyring of the system keeps."""
    device = secrets.token_hex(32)
    wrapped = _read(people_file(made.database_id))
    wrapped[str(person)]["device"] = _seal_with(bytes.fromhex(device), made, f"{person} device")
    _write(people_file(made.database_id), wrapped)
    return device


def forget_device(made: Keys, person: int) -> None:
    """The keyring of the system opens nothing any more."""
    wrapped = _read(people_file(made.database_id))
    if wrapped.get(str(person), {}).pop("device", None) is not None:
        _write(people_file(made.database_id), wrapped)


def has_device(database_id: str, person: int) -> bool:
    """True when the keyring of the system was let in for somebody."""
    return "device" in _read(people_file(database_id)).get(str(person), {})


def open_with_device(database: Path, person: int, device: str) -> Keys:
    """The keys by what the keyring keeps. Raises WrongPassword."""
    database_id = _id(database)
    entry = _read(people_file(database_id)).get(str(person), {}).get("device")
    if entry is None or len(device) != 64 or not set(device) <= set("0123456789abcdef"):
        raise WrongPassword
    return _keys(database_id, _unseal(entry, bytes.fromhex(device), database_id, f"{person} device"), database)


def _id(database: Path) -> str:
    database_id = keys.database_id(database)
    if not database_id:
        raise keys.not_ours(database)
    return database_id


def _database(made: Keys) -> Path:
    if made.database is None:
        raise ValueError("these keys belong to no file yet")
    return made.database


def _keys(database_id: str, secret: str, database: Path) -> Keys:
    made = Keys(database_id, secret, database)
    made.guarded = True
    return made


def _same(made: Keys, secret: str) -> None:
    if secret != made.secret:
        raise Refused(Text("What was written cannot be read back. Nothing was changed: the data opens as before."))


def _from_recovery(secret: bytes) -> bytes:
    return hashlib.blake2b(secret, digest_size=32, person=b"recovery key").digest()


def _seal_with(key: bytes, made: Keys, name: str) -> Entry:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(12)
    sealed = AESGCM(key).encrypt(nonce, bytes.fromhex(made.secret), _about(made.database_id, name))
    return {"nonce": nonce.hex(), "key": sealed.hex()}


def _open(entry: Entry, password: str, database_id: str, name: str) -> str:
    return _unseal(entry, derive(password, bytes.fromhex(entry["salt"]), entry), database_id, name)


def _unseal(entry: Entry, key: bytes, database_id: str, name: str) -> str:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(bytes.fromhex(entry["nonce"]), bytes.fromhex(entry["key"]), _about(database_id, name)).hex()
    except InvalidTag:
        raise WrongPassword from None


def _about(database_id: str, name: str) -> bytes:
    return f"{database_id}:{name}".encode()


def _read(path: Path) -> dict[str, Entry]:
    """The wraps of a file; none when it is not there. Raises Refused for one that is damaged."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise Refused(Text("{file} cannot be read. Use the recovery key, or bring the file back from a copy.", file=path)) from error
    return {str(key): dict(entry) for key, entry in found.items()}


def _write(path: Path, wrapped: dict[str, Entry]) -> None:
    try:
        with whole_file(path) as file:
            file.write(json.dumps(wrapped, indent=1, ensure_ascii=False).encode())
    except OSError as error:
        raise Refused(Text("The passwords could not be written: {reason}. Nothing was changed.", reason=why(error))) from error

