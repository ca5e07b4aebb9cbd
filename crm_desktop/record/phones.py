"""Telephone numbers as one way of writing each, and as the digits by which two of them are the same."""

from __future__ import annotations

import re
from functools import lru_cache

from crm_desktop.record.later import pattern

HOME = "CN"
_MOBILE = pattern(r"(?:(?:\+|00)?86)?(1[3-9]\d)(\d{4})(\d{4})")
_LAND = pattern(r"(?:(?:\+|00)86)?0?(10|2\d|[3-9]\d{2})(\d{7,8})")
_FOREIGN = pattern(r"\+\d[\d ()\-]{6,24}")
_FILL = pattern(r"[\s()（）\-－—.·]+")
_SEVERAL = pattern(r"\s*[/、;；,，]\s*")
_EXTENSION = pattern(r"\s*(?:转|分机|ext\.?|x|#)\s*(\d{1,8})$", re.IGNORECASE)


def tidy(words: str) -> str:
    """Numbers as they are written here: 199 0000 1001, 0575-00001001, +65 6123 4567; anything else stays as it is."""
    return " / ".join(_one(each) for each in _SEVERAL.split(words.strip()) if each) if words.strip() else ""


def keys(words: str) -> tuple[str, ...]:
    """Each number as digits with its country (8619900001001), without an extension: equal for numbers that ring alike."""
    found = (_digits(_EXTENSION.sub("", each)) for each in _SEVERAL.split(words.strip()))
    return tuple(dict.fromkeys(each for each in found if len(each) >= 6))


@lru_cache(4_096)
def _one(words: str) -> str:
    words = words.strip()
    more = _EXTENSION.search(words)
    core = words[: more.start()] if more else words
    plain = _FILL.sub("", core)
    tail = f" 转 {more[1]}" if more and any("\u4e00" <= c <= "\u9fff" for c in more[0]) else f" ext. {more[1]}" if more else ""
    if found := _MOBILE.fullmatch(plain):
        return f"{found[1]} {found[2]} {found[3]}{tail}"
    if (found := _LAND.fullmatch(plain)) and plain.startswith(("0", "+")):
        return f"0{found[1]}-{found[2]}{tail}"
    if _FOREIGN.fullmatch(core.strip()):
        return (_abroad(core) or core.strip()) + tail
    return words


def _abroad(words: str) -> str:
    """A number with its country, as that country writes it; '' for what cannot be one, or would lose a digit that was typed."""
    import phonenumbers  # only where a number from abroad is written down

    try:
        number = phonenumbers.parse(words, None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    written = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
    return written if sum(map(str.isdigit, written)) == sum(map(str.isdigit, words)) else ""


def _digits(words: str) -> str:
    plain = _FILL.sub("", words)
    if found := _MOBILE.fullmatch(plain):
        return f"86{found[1]}{found[2]}{found[3]}"
    if (found := _LAND.fullmatch(plain)) and plain.startswith(("0", "+86")):
        return f"86{found[1]}{found[2]}"
    return "".join(c for c in plain if c.isascii() and c.isdigit()).removeprefix("00")
