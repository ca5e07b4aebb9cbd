"""The fonts papers are set in: those this PC has, found once; which characters they can show at all.

What a font covers is read from its `cmap` table (OpenType 1.9, formats 4 and 12)."""

from __future__ import annotations

import struct
import threading
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

SANS = (
    "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "Droid Sans Fallback", "SimHei",
)  # fmt: skip
SERIF = ("SimSun", "Songti SC", "STSong", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC")
HELP = ("Segoe UI Emoji", "Apple Color Emoji", "Noto Color Emoji", "SimSun-ExtB", "Arial", "DejaVu Sans")
SILENT = ((0x00, 0x20), (0x7F, 0xA0), (0xAD, 0xAD), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xE0000, 0xE0FFF))
CHINESE = "客"
Ranges = list[tuple[int, int]]
_lock = threading.Lock()


@lru_cache(1)
def _found() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)


def collection() -> Any:
    """Every font of this PC, as the typesetter wants them; looked for once."""
    with _lock:
        return _found()


@lru_cache(1)
def families() -> dict[str, list[str]]:
    """The families papers ask for, the best first: `sans` for forms, `serif` for letters; only those that are here."""
    here = {name.lower(): name for name in collection().families()}
    found = {kind: [here[name.lower()] for name in wanted if name.lower() in here] for kind, wanted in (("sans", SANS), ("serif", SERIF), ("help", HELP))}
    sans = found["sans"] or found["serif"]
    return {"sans": sans + found["help"], "serif": (found["serif"] or sans) + sans + found["help"]}


@lru_cache(1)
def coverage() -> tuple[list[int], list[int]]:
    """First and last characters of every stretch that some font here can show, in order."""
    found: Ranges = list(SILENT)
    for path, index in sorted({(font.path, font.index) for font in collection().fonts() if font.path}):
        found += _stretches(Path(path), index)
    merged: Ranges = []
    for first, last in sorted(found):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return [first for first, _ in merged], [last for _, last in merged]


def unknown(text: str) -> str:
    """The characters of a text that no font here has, each once: they are printed as boxes."""
    starts, ends = coverage()
    out = []
    for letter in dict.fromkeys(text):
        at = bisect_right(starts, ord(letter)) - 1
        if at < 0 or ord(letter) > ends[at]:
            out.append(letter)
    return "".join(out)


def has_chinese() -> bool:
    """False on a PC whose fonts show Chinese as boxes."""
    return not unknown(CHINESE)


def _stretches(path: Path, index: int) -> Ranges:
    """What one face of a font file covers; nothing of a file that cannot be understood."""
    try:
        with path.open("rb") as file:
            return list(_characters(_table(file, index, b"cmap")))
    except (OSError, struct.error, StopIteration):
        return []


def _table(file: Any, index: int, wanted: bytes) -> bytes:
    head = file.read(12)
    start = 0
    if head[:4] == b"ttcf":
        file.seek(12 + 4 * index)
        start = struct.unpack(">I", file.read(4))[0]
        file.seek(start)
        head = file.read(12)
    count = struct.unpack(">H", head[4:6])[0]
    tables = struct.iter_unpack(">4s4xII", file.read(16 * count))
    offset, length = next((at, size) for tag, at, size in tables if tag == wanted)
    file.seek(offset)
    content: bytes = file.read(length)
    return content


def _characters(cmap: bytes) -> Iterator[tuple[int, int]]:
    count = struct.unpack(">H", cmap[2:4])[0]
    offsets = {offset for _, _, offset in struct.iter_unpack(">HHI", cmap[4 : 4 + 8 * count])}
    for at in sorted(offsets):
        kind = struct.unpack(">H", cmap[at : at + 2])[0]
        if kind == 4:
            yield from _pairs_of_4(cmap[at:])
        elif kind == 12:
            groups = struct.unpack(">I", cmap[at + 12 : at + 16])[0]
            yield from ((first, last) for first, last, _ in struct.iter_unpack(">III", cmap[at + 16 : at + 16 + 12 * groups]))


def _pairs_of_4(table: bytes) -> Iterator[tuple[int, int]]:
    double = struct.unpack(">H", table[6:8])[0]
    ends = struct.unpack(f">{double // 2}H", table[14 : 14 + double])
    starts = struct.unpack(f">{double // 2}H", table[16 + double : 16 + 2 * double])
    yield from ((first, last) for first, last in zip(starts, ends, strict=True) if first != 0xFFFF)
