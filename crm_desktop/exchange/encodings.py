"""The letters of a text file, whatever program wrote it: the encoding that fits, or a plain refusal. Nothing is guessed where
a wrong guess would give other letters."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from crm_desktop.record.text import Refused, Text

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
LOOKED_AT = 65_536  # bytes
WIDE_SHARE = 0.05  # of the letters of a UTF-16 text are commas, digits and line ends
MENDED = 4  # letters that UTF-8 reads rightly for each it cannot: more, and it is a damaged UTF-8 text
COMMON = 0.8  # of the letters of a Big5 text stand in its first half, which has the common ones
_BIG5 = re.compile(rb"[\xa1-\xf9][\x40-\x7e\xa1-\xfe]")
_CROWD = re.compile(rb"[\x80-\xff]{3}")  # no word has three accents beside each other
_PAIR = re.compile(rb"[\x81-\xfe](?:[\x30-\x39][\x81-\xfe][\x30-\x39]|([\x40-\x7e])|[\x80-\xfe])")  # a letter of GB18030


def decode(raw: bytes, path: Path) -> tuple[str, str]:
    """The text and the name of its encoding. Raises Refused for what is none."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw, encoding, path), encoding
    if b"\0" in raw:
        wide = _wide(raw)
        if not wide:
            raise Refused(Text("{file} is not a text file. Save it from Excel as 'CSV UTF-8' and try again.", file=path.name))
        return _strictly(raw, wide, path), wide
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if is_nearly_utf8(raw):
            raise Refused(Text("{file} is damaged: the letters at byte {at} cannot be read. Save it anew where it came from.", file=path.name, at=f"{error.start:,}")) from error
    encoding = "cp1252" if is_western(raw) else "cp950" if is_big5(raw) else "gb18030"
    return _strictly(raw, encoding, path), encoding


def _strictly(raw: bytes, encoding: str, path: Path) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(Text("{file} is not text in UTF-8, UTF-16 or GB18030. Save it from Excel as 'CSV UTF-8' and try again.", file=path.name)) from error


def _wide(raw: bytes) -> str:
    """UTF-16 without its mark: every second byte of commas, digits and line ends is nothing, and no other byte is."""
    first, second = raw[:LOOKED_AT:2], raw[1:LOOKED_AT:2]
    if len(raw) % 2 or not second:
        return ""
    if not first.count(0) and second.count(0) > WIDE_SHARE * len(second) and second.count(0) > 1:
        return "utf-16-le"
    return "utf-16-be" if not second.count(0) and first.count(0) > WIDE_SHARE * len(first) and first.count(0) > 1 else ""


def is_nearly_utf8(raw: bytes) -> bool:
    """True for UTF-8 with a few bytes broken or cut off: read as GB18030 it would be other letters."""
    words = raw.decode("utf-8", "replace")
    broken = words.count("\ufffd")
    return sum(1 for letter in words if letter > "\x7f") - broken > MENDED * broken


def is_western(raw: bytes) -> bool:
    """True where the letters beyond ASCII stand before plain ones, as accents do: two bytes of a Chinese letter mostly go together."""
    part = raw[: 16 * LOOKED_AT]
    pairs = [bool(found[1]) for found in _PAIR.finditer(part)]
    return sum(pairs) > len(pairs) / 2 or (not pairs and _CROWD.search(part) is None)


def is_big5(raw: bytes) -> bool:
    """True for the encoding of Taiwan and Hong Kong: it reads all of it, as common letters, many of them with a second byte of
    plain ASCII, which the common letters of GB18030 never have."""
    part = raw[: 16 * LOOKED_AT]
    pairs = [found[0] for found in _BIG5.finditer(part) if found[0][0] >= 0xA4]
    plain = sum(pair[1] < 0x7F for pair in pairs)
    if len(pairs) < 4 or plain < len(pairs) / 6 or sum(pair[0] <= 0xC6 for pair in pairs) < COMMON * len(pairs):
        return False
    try:
        return bool(raw.decode("cp950"))
    except UnicodeDecodeError:
        return False
