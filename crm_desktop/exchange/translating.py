"""A file's words for codes, translated into the program's: `预离` is a stay in house, `COR` the segment Corporate."""

from __future__ import annotations

import copy
from collections.abc import Mapping as Dictionary
from typing import Any

from crm_desktop.exchange.mapping import Mapping, Take

Codes = Dictionary[str, Dictionary[str, str]]  # column -> what the file says there -> what is meant


def translated(mapping: Mapping, codes: Codes) -> Mapping:
    """The same mapping, with these words of the file read as others."""
    known = {column: words for column, words in codes.items() if words}
    if not known.keys() & set(mapping.columns):
        return mapping
    other = copy.copy(mapping)
    other.takes = tuple(_take(take, known) for take in mapping.takes)
    return other


def _take(take: Take, codes: Codes) -> Take:
    words = [codes.get(column, {}) for column in take.columns]
    if not any(words):
        return take
    if len(words) == 1:
        return Take(take.field, take.columns, lambda cell: take.convert(words[0].get(cell.strip(), cell)))

    def several(cells: tuple[str, ...]) -> Any:
        return take.convert(tuple(known.get(cell.strip(), cell) for known, cell in zip(words, cells, strict=True)))

    return Take(take.field, take.columns, several)
