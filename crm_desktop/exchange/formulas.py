"""The ' in front of a text that a spreadsheet would take for a formula: put there on the way out, taken away on the way in."""

from __future__ import annotations

import re
import unicodedata

_NUMBER = re.compile(r"[+-]?[\d.,]+")
_PHONE = re.compile(r"\+[\d ]+")  # with - or brackets a spreadsheet works it out as a sum
_SPACES = "\ufeff\u200b\u200c\u200d\u2060\u00a0 \t\r\n\v\f\0"
_LIVE = tuple("=+-@|%")


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: a ' in front where it would (an import takes it away)."""
    if not text or _NUMBER.fullmatch(text) or _PHONE.fullmatch(text):
        return text
    if text[0] in "\t\r\n'":
        return "'" + text
    bare = unicodedata.normalize("NFKC", text.lstrip(_SPACES)[:1])
    return "'" + text if bare.startswith(_LIVE) else text


def unguarded(cell: str) -> str:
    """A cell without the ' that `guarded` put in front; any other ' is the text's own."""
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell
