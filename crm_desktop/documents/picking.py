"""Which box of a template a place on the finished page belongs to: the one whose words stand on it, or before it in its line."""

from __future__ import annotations

from crm_desktop.documents.boxes import Box, boxes
from crm_desktop.documents.sheets import Sheets

NEAR, BEFORE = 6, 14  # points: what stands in one line; room before words in the middle of their box
SURELY = 4  # characters of words that go on in the next line


def box_at(sheets: Sheets, page: int, place: tuple[float, float], source: str) -> tuple[int, int, int] | None:
    """Form, place in it and first character in the source of the box nearest to a place (points from the upper left corner)."""
    found: list[tuple[tuple[int, float], tuple[int, int, int]]] = []
    seen: dict[str, int] = {}
    for form, group in enumerate(boxes(source)):
        for at, box in enumerate(group):
            words, corners = _words(sheets, page, box)
            nth = seen[words] = seen.get(words, -1) + 1  # boxes of the same words stand in the order of the source
            for left, top, _, bottom in corners[nth : nth + 1]:
                if left <= place[0] + BEFORE:
                    away = max(0.0, top - place[1], place[1] - bottom)
                    found.append(((round(away / NEAR), place[0] - left), (form, at, box.start)))
    return min(found)[1] if found else None


def _words(sheets: Sheets, page: int, box: Box) -> tuple[str, list[tuple[float, float, float, float]]]:
    """The words of a box that stand on a page, and where."""
    for words in (box.chinese, box.english, box.chinese[:SURELY]):
        if words and (corners := sheets.places(page, words)):
            return words, corners
    return "", []
