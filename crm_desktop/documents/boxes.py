"""The boxes of a template as its source has them, `field(...)` within `form(...)`, and the source with one of them moved,
worded otherwise, left out or added."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_CALL = re.compile(r"(?<![\w-])(form|field)\(")
_WORDS = re.compile(r'field\(\s*"((?:[^"\\]|\\.)*)"\s*,\s*"((?:[^"\\]|\\.)*)"')
_COMMA = re.compile(r"\s*,[ \t]*\n?[ \t]*")
EXAMPLE = 24  # characters of a value
_STEP = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|[()]', re.S)


class Box:
    """One box: where it stands in the source, where its words are in it, and these in Chinese and English."""

    __slots__ = ("chinese", "end", "english", "start", "words")

    def __init__(self, start: int, end: int, words: tuple[int, int], chinese: str, english: str) -> None:
        self.start, self.end, self.words, self.chinese, self.english = start, end, words, chinese, english


def boxes(source: str) -> list[list[Box]]:
    """The boxes of each form of a template, in order; a form without any is left out."""
    found: list[list[Box]] = []
    until = 0
    for name, start, end in _calls(source):
        if name == "form":
            until = end
            found.append([])
        elif start < until and (words := _WORDS.match(source, start)):
            found[-1].append(Box(start, end, (words.start(1) - 1, words.end(2) + 1), _plain(words[1]), _plain(words[2])))
    return [group for group in found if group]


def moved(source: str, group: int, at: int, to: int) -> str:
    """The source with the box `at` of a form standing where `to` stood; what is between them moves up or down."""
    places = boxes(source)[group]
    texts = [source[box.start : box.end] for box in places]
    texts.insert(to, texts.pop(at))
    out, reached = list[str](), 0
    for box, text in zip(places, texts, strict=True):
        out += [source[reached : box.start], text]
        reached = box.end
    return "".join([*out, source[reached:]])


def worded(source: str, group: int, at: int, chinese: str, english: str) -> str:
    """The source with other words for a box."""
    start, end = boxes(source)[group][at].words
    return f"{source[:start]}{_quoted(chinese)}, {_quoted(english)}{source[end:]}"


def without(source: str, group: int, at: int) -> str:
    """The source without a box. A comma before it stays: a list of one box needs it."""
    box = boxes(source)[group][at]
    after = _COMMA.match(source, box.end)
    return source[: box.start] + source[after.end() if after else box.end :]


def added(source: str, group: int, at: int, name: str) -> str:
    """The source with a new box after another one, for a value of the paper's data; its words are that value's name."""
    end = boxes(source)[group][at].end
    return f"{source[:end]}, field({_quoted(name)}, {_quoted(name)}, d.at({_quoted(name)})){source[end:]}"


def unused(source: str, data: Mapping[str, Any]) -> dict[str, str]:
    """The values of a paper's data that a box can show, by name, with the first of their words: those the source does not name yet."""
    shown = {name: " ".join(map(str, value)) if isinstance(value, list) else value for name, value in data.items() if _is_words(value)}
    return {name: str(value)[:EXAMPLE] for name, value in shown.items() if not re.search(rf'\bd\.(at\("{name}"|{name}\b)', source)}


def _is_words(value: Any) -> bool:
    return not value.startswith("<svg") if isinstance(value, str) else isinstance(value, list) and all(isinstance(each, str) for each in value)


def _plain(literal: str) -> str:
    return literal.replace('\\"', '"').replace("\\\\", "\\")


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _calls(source: str) -> Iterator[tuple[str, int, int]]:
    """Every form and field that is closed, outside strings and comments, with where it begins and ends."""
    silent = [(found.start(), found.end()) for found in _STEP.finditer(source) if found[0][0] not in "()"]
    for found in _CALL.finditer(source):
        if not any(first <= found.start() < last for first, last in silent) and (end := _end(source, found.end())):
            yield found[1], found.start(), end


def _end(source: str, inside: int) -> int:
    """Just after the bracket that closes; 0 where none does."""
    depth = 1
    for step in _STEP.finditer(source, inside):
        depth += {"(": 1, ")": -1}.get(step[0], 0)
        if not depth:
            return step.end()
    return 0
