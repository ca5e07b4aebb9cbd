"""Where a database is: the path of a file on this PC, or the address of one on a server."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.record.text import Text

Address = Path | str
SCHEMES = ("postgresql://", "postgres://")
ON_SERVER = Text("The data is on a server; it is backed up and restored there.")


def is_server(address: Address) -> bool:
    """True for the address of a database on a server, false for a file."""
    return isinstance(address, str) and address.startswith(SCHEMES)


def parsed(words: str) -> Address:
    """What a person typed."""
    return words if is_server(words) else Path(words)


def label(address: Address) -> str:
    """What people read: the path, or server and database without name and password."""
    words = str(address)
    return words.partition("://")[2].rpartition("@")[2].partition("?")[0] if is_server(address) else words
