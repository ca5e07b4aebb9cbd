"""The lines that cards and calendars are written in: unfolded, taken apart into name, parameters and value."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from pathlib import Path

from crm_desktop.record.text import Refused, Text

MOST_BYTES = 64_000_000
LARGE = Text("The file is larger than {most} MB; that is more than its kind can hold.")
_NAME = re.compile(r"(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)")
_BARE_ENCODINGS = {"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"}


def words_of(path: Path) -> str:
    """The text of a file in whatever encoding it is; bytes nobody can read are taken one by one. Raises Refused."""
    if path.stat().st_size > MOST_BYTES:
        raise Refused(Text(LARGE.source, most=MOST_BYTES // 1_000_000))
    return decoded(path.read_bytes())


def decoded(raw: bytes) -> str:
    """Bytes as text: UTF-8 or UTF-16 by their mark, else UTF-8, GB18030, Latin-1, the first that fits."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


class Line:
    """One property: its name in capitals, its parameters (in capitals; several values by commas), its value as it stands."""

    def __init__(self, name: str, parameters: dict[str, str], value: str) -> None:
        self.name, self.parameters, self.value = name, parameters, value

    @property
    def types(self) -> set[str]:
        """The words of its TYPE."""
        return {word.strip().upper() for word in self.parameters.get("TYPE", "").split(",")}

    @property
    def text(self) -> str:
        """The value with its encoding undone, escapes still in it."""
        if "QUOTED-PRINTABLE" not in self.parameters.get("ENCODING", ""):
            return self.value
        raw = quopri.decodestring(self.value.encode("utf-8", "surrogateescape"))
        try:
            return raw.decode(self.parameters.get("CHARSET") or "utf-8")
        except (UnicodeDecodeError, LookupError):
            return decoded(raw)

    @property
    def is_bytes(self) -> bool:
        """True for a picture or a key."""
        return self.parameters.get("ENCODING") in ("B", "BASE64") or self.value.startswith("data:")


def lines(words: str) -> Iterator[Line]:
    """Every property of the text, long lines put together; lines that are none are left out."""
    for whole in _unfolded(words):
        if (line := _line(whole)) is not None:
            yield line


def _unfolded(words: str) -> Iterator[str]:
    held: list[str] = []
    soft = False  # the line before ended with the = of quoted-printable
    for line in re.split(r"\r\n|\n|\r", words):
        if soft:
            held[-1] = held[-1][:-1]
            held.append(line.removeprefix(" ") if line[:1] == " " else line)
        elif line[:1] in (" ", "\t") and held:
            held.append(line[1:])
        else:
            if held:
                yield "".join(held)
            held = [line]
        soft = held[-1].endswith("=") and "QUOTED-PRINTABLE" in held[0][:200].upper()
    yield "".join(held)


def _line(whole: str) -> Line | None:
    head, at, quoted = [], 0, False
    begun = 0
    for at, sign in enumerate(whole):
        if sign == '"':
            quoted = not quoted
        elif not quoted and sign in ";:":
            head.append(whole[begun:at])
            begun = at + 1
            if sign == ":":
                break
    else:
        return None
    found = _NAME.fullmatch(head[0].strip())
    return Line(found[1].upper(), _parameters(head[1:]), whole[at + 1 :]) if found else None


def _parameters(parts: list[str]) -> dict[str, str]:
    out: dict[str, str] = {}
    for part in parts:
        name, equals, value = part.partition("=")
        name, value = name.strip().upper(), value.strip().strip('"')
        if not equals:  # version 2.1 leaves the name away
            name, value = ("ENCODING", name) if name in _BARE_ENCODINGS else ("TYPE", name)
        value = value if name == "CHARSET" else value.upper()
        out[name] = f"{out[name]},{value}" if name in out else value
    return out


def bare(text: str) -> str:
    """A value without its escapes."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def split(text: str, sign: str = ";") -> list[str]:
    """The parts of a structured value, without their escapes."""
    parts = re.split(rf"(?<!\\){re.escape(sign)}", text)
    return [bare(part).strip() for part in parts]


def bytes_of(line: Line) -> bytes:
    """What a line of bytes holds; nothing where it is broken."""
    try:
        return base64.b64decode(line.value)
    except (binascii.Error, ValueError):
        return b""
