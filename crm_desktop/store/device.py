"""The keyring of the operating system: it may open the data for one person on one PC without their password.

What it keeps opens nothing without the file of wrapped keys, and nothing at all once that file was told to forget it."""

from __future__ import annotations

from typing import Any, Protocol

SERVICE = "crm-desktop"


class Keyring(Protocol):
    """What is needed of the package `keyring`."""

    def get_password(self, service: str, name: str, /) -> str | None: ...
    def set_password(self, service: str, name: str, password: str, /) -> None: ...
    def delete_password(self, service: str, name: str, /) -> None: ...


def find() -> Keyring | None:
    """The keyring of this system; None where there is none that keeps anything."""
    try:
        import keyring

        found: Any = keyring.get_keyring()
        return found if found.priority > 0 else None
    except Exception:  # backends raise whatever their systems raise
        return None


def name_of(database_id: str, person: int) -> str:
    """The name of an entry."""
    return f"{database_id}:{person}"


def kept(ring: Keyring, database_id: str, person: int) -> str:
    """What the keyring keeps; '' for nothing, and for a keyring that is closed."""
    try:
        return ring.get_password(SERVICE, name_of(database_id, person)) or ""
    except Exception:
        return ""


def keep(ring: Keyring, database_id: str, person: int, secret: str) -> bool:
    """Keep a secret; False when the keyring would not."""
    try:
        ring.set_password(SERVICE, name_of(database_id, person), secret)
    except Exception:
        return False
    return kept(ring, database_id, person) == secret


def forget(ring: Keyring, database_id: str, person: int) -> None:
    """Take it out again, if it is there."""
    try:
        ring.delete_password(SERVICE, name_of(database_id, person))
    except Exception:
        return
