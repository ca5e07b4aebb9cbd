"""What a duty says of a paper it can print: its number among the forms, its size, who gets it and who signs it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from crm_desktop.record.text import Text, both, say_in

ZH, EN, BOTH = "zh", "en", "both"
SIZES = {  # mm, upright
    "A4": (210.0, 297.0), "A3": (297.0, 420.0), "A5": (148.0, 210.0), "241x140": (241.0, 140.0), "241x93": (241.0, 93.0),
}  # fmt: skip
DAY = "day"  # what a form is about that belongs to no row: a day


class Ask:
    """What a paper is wanted of: a row's id (0 = none), its day, the language of the paper, the hotel, who wants it, and
    what else a form understands (the kind of a letter, the rows of a list)."""

    def __init__(self, row_id: int = 0, day: str = "", *, language: str = ZH, hotel_id: int | None = None, person: str = "", **given: Any) -> None:
        self.row_id, self.day, self.language, self.hotel_id, self.person, self.given = row_id, day, language, hotel_id, person, given

    def say(self, text: Text | str) -> str:
        """Words in the language of the paper, or in both where it has both."""
        if isinstance(text, str):
            return text
        if self.language != BOTH:
            return say_in(text, "zh_CN" if self.language == ZH else "en")
        if text.args:
            return f"{say_in(text, 'zh_CN')} {say_in(text, 'en')}"
        english, chinese = both(text)
        return chinese if chinese == english else f"{chinese} {english}"


    def paragraphs(self, text: Text) -> list[str]:
        """A sentence of a letter: one paragraph for each language of the paper."""
        return [say_in(text, spoken) for code, spoken in ((ZH, "zh_CN"), (EN, "en")) if self.language in (code, BOTH)]


class Sign:
    """Who must sign: the role's words, and the name where it is known."""

    def __init__(self, role: Text | str, name: str = "") -> None:
        self.role, self.name = role, name


class Content:
    """What a form says: `data` as its template reads it (text, numbers, lists and dictionaries), what it is about in a few
    words, the hotel it is of; `signs` and `routing` where they differ from the form's own."""

    def __init__(
        self, data: dict[str, Any], name: str, *, hotel_id: int | None = None, signs: Sequence[Sign] | None = None, routing: Sequence[Text | str] | None = None
    ) -> None:
        self.data, self.name, self.hotel_id, self.signs, self.routing = data, name, hotel_id, signs, routing


Build = Callable[[Any, Ask], Content | None]


class PaperForm:
    """One form of the library.

    `about`: the record of the row it is made of, DAY, or '' for what a page brings; `build(reader, ask)` gives its content,
    None when its row is gone; `template` names a file of resources/documents; `size` is one of SIZES, `turned` = lying;
    `numbered`: it is issued under a number; `routing`: who gets a copy each (一式N联); `signs`: who must sign;
    `fits(row)`: whether a row of its record has such a paper now; `apart`: it is no part of all papers of a row (a letter);
    `held(reader, row id)`: why it must not go out now, None when it may."""

    def __init__(
        self, key: str, title: Text, about: str, build: Build, *, template: str = "", size: str = "A4", turned: bool = False, numbered: bool = False,
        routing: Sequence[Text | str] = (), signs: Sequence[Text] = (), fits: Callable[[dict[str, Any]], bool] | None = None, language: str = "",
        apart: bool = False, held: Callable[[Any, int], Text | None] | None = None,
    ) -> None:  # fmt: skip
        self.key, self.title, self.about, self.build, self.template = key, title, about, build, template or key
        self.size, self.turned, self.numbered, self.language = size, turned, numbered, language
        self.routing, self.signs, self.fits, self.apart, self.held = tuple(routing), tuple(signs), fits, apart, held
