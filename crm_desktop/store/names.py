"""Names of files that people choose: what no system, or not every PC a file is sent to, can hold, said before it is tried."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from crm_desktop.record.text import Refused, Text

DEVICES = frozenset({"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", *(f"{port}{n}" for port in ("COM", "LPT") for n in "123456789¹²³")})
FORBIDDEN = frozenset('<>:"|?*') | {chr(code) for code in range(32)}
LONGEST = 255  # bytes in UTF-8 elsewhere, UTF-16 units on Windows
LONGEST_PATH = 259  # letters on Windows, unless the PC was set up for more
LONGEST_DATABASE = 400  # bytes: SQLite opens no path over 512, and the names of backups are longer than the database's


def name_problem(name: str, *, windows: bool) -> Text | None:
    """What keeps a file from having this name; None for a good one. A device of Windows is never a good one: a file sent
    there under its name is lost."""
    if name.split(".")[0].rstrip(" ").upper() in DEVICES:
        return Text("Windows keeps the name '{name}' for itself; choose another.", name=name)
    bad = sorted({letter for letter in name if letter in (FORBIDDEN if windows else "\0/")})
    if bad:
        return Text("A file's name cannot have {letters} in it; choose another.", letters=" ".join(letter if letter.isprintable() else "□" for letter in bad))
    if windows and name.endswith((" ", ".")):
        return Text("On Windows a file's name cannot end with a full stop or a blank; choose another.")
    if (len(name.encode("utf-16-le", "surrogatepass")) // 2 if windows else len(os.fsencode(name))) > LONGEST:
        return Text("The name '{name}…' is too long for a file; choose a shorter one.", name=name[:20])
    return None


def refuse_names(path: Path, *, windows: bool | None = None) -> None:
    """Raise Refused when no file can be at this path because of how it or one of its folders is called."""
    on_windows = os.name == "nt" if windows is None else windows
    for name in _own_parts(path):
        if (problem := name_problem(name, windows=on_windows)) is not None:
            raise Refused(problem)


def refuse_deep(path: Path) -> None:
    """Raise Refused when a database would lie too deep for SQLite, or its backups would."""
    if len(os.fsencode(path.absolute())) > LONGEST_DATABASE:
        raise Refused(Text("The path of {file} is too long for a database; choose a folder with a shorter path.", file=path.name))


def _own_parts(path: Path) -> Sequence[str]:
    """The names in a path, without the drive and what leads upwards."""
    return [part for part in path.parts[1 if path.anchor else 0 :] if part not in (".", "..")]


def is_too_long(path: Path, *, windows: bool | None = None) -> bool:
    """True for a path that this Windows, as it is set up in most places, does not open."""
    on_windows = os.name == "nt" if windows is None else windows
    return on_windows and len(str(path.absolute())) > LONGEST_PATH


def shortened(name: str, most: int) -> str:
    """The beginning of a name in at most so many bytes, no letter cut in two."""
    return os.fsencode(name)[:most].decode("utf-8", "ignore")
