"""Which keys an action may have: none that an input method, a chat program or typing itself needs.

Keys are written as `Ctrl+Shift+P`, `F2`, `Alt+Left`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crm_desktop.record.text import Text

MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")
TAKEN_ELSEWHERE = {
    "Ctrl+Space": Text("{keys} turns the input method on and off"),
    "Shift+Space": Text("{keys} switches between full and half width"),
    "Ctrl+Shift": Text("{keys} switches the input method"),
    "Alt+Shift": Text("{keys} switches the input method"),
    "Ctrl+.": Text("{keys} switches Chinese punctuation"),
    "Alt+A": Text("{keys} takes a screenshot in WeChat"),
    "Ctrl+Alt+A": Text("{keys} takes a screenshot in QQ"),
    "Ctrl+Alt+Z": Text("{keys} opens QQ"),
    "Ctrl+Alt+W": Text("{keys} opens WeChat"),
    "Alt+F4": Text("{keys} closes the window"),
    "Alt+Tab": Text("{keys} changes the window"),
    "F10": Text("{keys} opens the menu of the system"),
}
EDITING = frozenset(f"Ctrl+{key}" for key in "ACVXZY") | {"Ctrl+Shift+Z"}
_FUNCTION = re.compile(r"F([1-9]|1\d|2[0-4])")
_PLAIN = re.compile(r"[A-Za-z0-9,.;'/\\\[\]=`-]|Left|Right|Up|Down|Home|End|PgUp|PgDown|Ins")


def parted(keys: str) -> tuple[tuple[str, ...], str]:
    """The modifiers in their order, and the key itself."""
    parts = [part for part in keys.split("+") if part]
    held = tuple(name for name in MODIFIERS if name in parts)
    rest = [part for part in parts if part not in MODIFIERS]
    return held, rest[0] if len(rest) == 1 else ""


def problem(keys: str, action: str, used: Mapping[str, str]) -> Text | None:
    """Why an action may not have these keys, None when it may. `used`: keys -> the words of the action that has them."""
    held, key = parted(keys)
    known = TAKEN_ELSEWHERE.get("+".join((*held, key)) if key else "+".join(held))
    if known is not None:
        return Text(known.source, keys=keys)
    if keys in EDITING:
        return Text("{keys} is for editing text", keys=keys)
    if not (_FUNCTION.fullmatch(key) or (_PLAIN.fullmatch(key) and {"Ctrl", "Alt"} & set(held))):
        return Text("Use a function key, or a letter together with Ctrl or Alt")
    if used.get(keys, action) != action:
        return Text("{keys} belongs to: {action}", keys=keys, action=used[keys])
    return None
