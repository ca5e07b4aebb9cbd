"""Files kept with the data: encrypted, in a folder beside the database, each once under the SHA-256 of its content.

A file is whole and on the disk before the row that names it is written, and is never changed or taken away: a row that
is removed can come back. Its parts are sealed one by one (AES-256-GCM) with a key made for this file alone; a part that
is missing, moved or altered is noticed. Reasons: docs/decisions/011-attachments.md."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from crm_desktop.record.text import Refused, Text
from crm_desktop.store.folders import discard, part_name, private_folder, sync_folder
from crm_desktop.store.keys import Keys

SUFFIX, POOL = ".files", "files"
MAGIC = b"CRMFILE1"
SALT, TAG, PART = 16, 16, 1 << 20  # bytes; of the content in each part
LARGEST = 200 * 1024 * 1024
DAY = 86_400  # seconds after which what is half done is nobody's any more
Step = Callable[[int, int], None]

TOO_LARGE = Text("A file may have at most 200 MB; this one is larger. Nothing was added.")


def folder(database: Path) -> Path:
    """Where the files of a database lie."""
    return database.with_name(database.name + SUFFIX)


def of_backup(backup: Path) -> Path:
    """Where the files of a backup lie: beside it, or in the pool that all backups of a folder share."""
    own = folder(backup)
    return own if own.is_dir() else backup.with_name(POOL)


def _cipher(keys: Keys, salt: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(hashlib.blake2b(salt, key=bytes.fromhex(keys.secret), digest_size=32, person=b"attached file").digest())


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def keep(place: Path, keys: Keys, source: IO[bytes], step: Step | None = None, size: int = 0) -> tuple[str, int]:
    """Read a file to its end and keep it; its SHA-256 and its size. On the disk when this returns.

    Raises Refused for one that is too large, OSError for a disk that is full; then nothing is left behind."""
    private_folder(place)
    part = part_name(place / "new")
    try:
        digest, length = _seal(part, keys, source, step or _nothing, size)
        target = place / digest
        if _length(target) == _sealed_length(length):
            discard(part)  # the same content is here already
        else:
            os.replace(part, target)
            sync_folder(place)
    except BaseException:
        discard(part)
        raise
    return digest, length


def _seal(part: Path, keys: Keys, source: IO[bytes], step: Step, size: int) -> tuple[str, int]:
    salt, digest, length, number = secrets.token_bytes(SALT), hashlib.sha256(), 0, 0
    cipher = _cipher(keys, salt)
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(MAGIC + salt)
        block = source.read(PART)
        while True:
            length += len(block)
            if length > LARGEST:
                raise Refused(TOO_LARGE)
            after = source.read(PART) if len(block) == PART else b""
            digest.update(block)
            file.write(cipher.encrypt(_nonce(number, not after), block, None))
            step(length, max(size, length))
            if not after:
                break
            block, number = after, number + 1
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), length


def _sealed_length(length: int) -> int:
    parts = max(1, -(-length // PART))
    return len(MAGIC) + SALT + length + parts * TAG


def _length(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return -1


def read(place: Path, keys: Keys, digest: str) -> Iterator[bytes]:
    """The content of a kept file, part by part. Raises Refused when it is missing or not as it was kept."""
    from cryptography.exceptions import InvalidTag

    found = hashlib.sha256()
    try:
        with (place / digest).open("rb") as file:
            head = file.read(len(MAGIC) + SALT)
            if len(head) != len(MAGIC) + SALT or not head.startswith(MAGIC):
                raise _damaged(digest)
            cipher, number = _cipher(keys, head[len(MAGIC) :]), 0
            sealed = file.read(PART + TAG)
            while True:
                after = file.read(PART + TAG)
                block = cipher.decrypt(_nonce(number, not after), sealed, None)
                found.update(block)
                yield block
                if not after:
                    break
                sealed, number = after, number + 1
    except FileNotFoundError:
        raise Refused(Text("The file is missing from the folder of this database. Restore a backup that has it.")) from None
    except (InvalidTag, ValueError):
        raise _damaged(digest) from None
    if found.hexdigest() != digest:
        raise _damaged(digest)


def _damaged(digest: str) -> Refused:
    return Refused(Text("The file is damaged: it is not as it was kept. Restore a backup that has it. ({name})", name=digest[:12]))


def is_sound(place: Path, keys: Keys, digest: str) -> bool:
    """True when the file is there and is what its name says: all of it is read."""
    try:
        for _ in read(place, keys, digest):
            pass
    except (Refused, OSError):
        return False
    return True


def bring(source: Path, target: Path, digests: list[str], step: Callable[[], None]) -> None:
    """Have these files in another folder too: as another name of the same file where the disk can do that, else as a
    copy. A file that is there in the right length stays. Those missing at the source are left out. Raises OSError."""
    there = [digest for digest in digests if _length(source / digest) >= 0]
    if not there:
        return
    private_folder(target)
    for digest in there:
        step()
        if _length(target / digest) == _length(source / digest):
            continue
        part = part_name(target / digest)
        try:
            _second(source / digest, part)
            os.replace(part, target / digest)
        finally:
            discard(part)
    sync_folder(target)


def sweep(place: Path, parts: str = ".new.*.part") -> None:
    """Take away what a program left half written when it was killed, once that is a day old."""
    with suppress(OSError):
        for part in place.glob(parts):
            if time.time() - part.stat().st_mtime > DAY:
                discard(part)


def heal(source: Path, target: Path, keys: Keys, digests: list[str]) -> None:
    """Bring back from a backup what is missing here or no longer what was kept. Raises OSError."""
    bad = [digest for digest in digests if not is_sound(target, keys, digest) and is_sound(source, keys, digest)]
    for digest in bad:
        (target / digest).unlink(missing_ok=True)
    bring(source, target, bad, lambda: None)


def _second(source: Path, target: Path) -> None:
    with suppress(OSError):
        os.link(source, target)
        return
    copy_whole(source, target)


def copy_whole(source: Path, target: Path) -> None:
    """A copy that is on the disk when this returns, private to this person; nothing may be there yet. Raises OSError."""
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with source.open("rb") as reading, os.fdopen(descriptor, "wb") as file:
        while block := reading.read(PART):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _nothing(_done: int, _total: int) -> None:
    pass
