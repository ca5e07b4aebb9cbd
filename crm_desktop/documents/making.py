"""One paper made: its content read, its head put together, what changed since it was issued marked, its pages set."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

from crm_desktop.desk import attachments
from crm_desktop.documents import changes, fonts, typeset
from crm_desktop.record.dates import local_time
from crm_desktop.record.paper import DAY, SIZES, Ask, Content, PaperForm, Sign
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text, say_in
from crm_desktop.store import attached, papers, veils

Typesetter = Callable[[str, Mapping[str, Any]], bytes]
GONE = Text("What this paper is about was removed; there is nothing to print.")
SECRET = Text("Kept confidential")
CHANGED = Text("Changed since revision {revision} of {day}; what is new is red")
OTHERWISE = Text("Revision {revision} of {day} was issued in another language")


class Look:
    """How a paper is set: its size and whether it lies, where that differs from the form's own; `copies` = one for each
    addressee; `template`: a source to try out instead of the one in use; `pdf` what sets it."""

    def __init__(self, size: str = "", turned: bool | None = None, copies: bool = True, template: str = "", pdf: Typesetter = typeset.pdf) -> None:
        self.size, self.turned, self.copies, self.template, self.pdf = size, turned, copies, template, pdf


class Stamp:
    """What an issued paper carries: number, revision, check code; `notice` is printed under the title."""

    def __init__(self, number: str = "", revision: int = 0, code: str = "", notice: str = "") -> None:
        self.number, self.revision, self.code, self.notice = number, revision, code, notice


class Made:
    """A paper: its pages as PDF; the data and signs it was made of; the characters no font has; the issued paper about the
    same thing that holds now, and how many values differ from it; what is wrong with the hotel's own template, if it is."""

    def __init__(self, form: PaperForm, ask: Ask, content: Content, look: Look) -> None:
        self.form, self.ask, self.content, self.look = form, ask, content, look
        self.name = content.name
        self.pdf = b""
        self.boxes = ""
        self.broken: typeset.Broken | None = None
        self.issued: Row | None = None
        self.differences = 0
        self.data: dict[str, Any] = {}


def about(form: PaperForm, ask: Ask) -> tuple[str, int, str]:
    """What a paper is about: record, row, and the day or other key of what is no row."""
    return form.about, ask.row_id, ask.day if form.about == DAY or not ask.row_id else ""


def make(reader: Any, store: Any, form: PaperForm, ask: Ask, look: Look | None = None, *, stamp: Stamp | None = None) -> Made:
    """Read and set a paper. Without a stamp it is a preview: under the number it has, what changed since in red.

    Raises Refused when what it is about is gone, Broken for a template that is wrong."""
    ask.given["store"] = store  # where pictures lie
    content = form.build(reader, ask)
    if content is None:
        raise Refused(GONE)
    made = Made(form, ask, content, look or Look())
    shown: Any = content.data
    if form.numbered:
        made.issued = papers.current(reader, form.key, *about(form, ask))
    if made.issued is not None:
        marked, made.differences = changes.marked(kept_data(reader, store, made.issued), content.data)
        shown = marked if made.issued["language"] == ask.language else shown  # every word of another language is another one
    if stamp is None:
        stamp = _as_issued(made)
    made.data = whole(reader, store, made, shown, stamp)
    made.pdf = _set(reader, made)
    made.boxes = fonts.unknown(_letters(made.data))
    return made


def again(reader: Any, store: Any, form: PaperForm, row: Row) -> bytes:
    """The pages of an issued paper set once more of what it said, where they were not kept. Raises Refused where that is gone, too."""
    data = kept_data(reader, store, row)
    if not data:
        raise Refused(Text("The pages of this paper are not here any more."))
    ask = Ask(int(row["about_row"] or 0), str(row["about_key"]), language=str(row["language"]), hotel_id=row["hotel_id"], person=str(row["issued_by"]))
    content = Content(data, str(row["name"]), hotel_id=row["hotel_id"], signs=[Sign(*sign) for sign in papers.signs(reader, int(row["id"]))])
    content.routing = str(row["given_to"]).splitlines()
    made = Made(form, ask, content, Look())
    made.data = whole(reader, store, made, data, Stamp(str(row["number"]), int(row["revision"]), str(row["check_code"])))
    return _set(reader, made)


def _set(reader: Any, made: Made) -> bytes:
    """The pages: by the source being tried out, by the hotel's own template, by the shipped one where that is broken."""
    if made.look.template:
        return made.look.pdf(made.look.template, made.data)
    if own := papers.template(reader, made.form.template):
        try:
            return made.look.pdf(own, made.data)
        except typeset.Broken as error:
            made.broken = error
    return made.look.pdf(typeset.shipped(made.form.template), made.data)


def _as_issued(made: Made) -> Stamp:
    """What a preview carries: the number it was issued under and what changed; nothing where it was never issued."""
    if made.issued is None:
        return Stamp()
    row = made.issued
    if not made.differences:
        return Stamp(row["number"], row["revision"], row["check_code"])
    words = CHANGED if row["language"] == made.ask.language else OTHERWISE
    notice = Text(words.source, revision=row["revision"], day=row["issued_on"])
    return Stamp(row["number"], 0, "", made.ask.say(notice))


def kept_data(reader: Any, store: Any, issued: Row) -> Any:
    """What an issued paper said; {} where it is no longer readable."""
    import json

    for row in attached.of(reader, papers.PAPER, int(issued["id"]), own=True):
        try:
            return json.loads(b"".join(attachments.content(store, row["sha256"])))
        except (Refused, ValueError):
            return {}
    return {}


def whole(reader: Any, store: Any, made: Made, shown: Any, stamp: Stamp) -> dict[str, Any]:
    """Everything a template reads."""
    form, ask, content, look = made.form, made.ask, made.content, made.look
    width, height = SIZES[look.size or form.size]
    if form.turned if look.turned is None else look.turned:
        width, height = height, width
    routing = content.routing if content.routing is not None else form.routing
    signs = content.signs if content.signs is not None else [Sign(role) for role in form.signs]
    return {
        "language": ask.language, "page": {"width": width, "height": height}, "hotel": hotel_of(reader, store, content.hotel_id or ask.hotel_id), "d": shown,
        "head": {
            "form": form.key, "title_zh": say_in(form.title, "zh_CN"), "title_en": say_in(form.title, "en"), "name": content.name, "number": stamp.number,
            "revision": stamp.revision, "code": stamp.code, "notice": stamp.notice, "draft": form.numbered and not stamp.code, "by": ask.person,
            "printed": f"{local_time():%Y-%m-%d %H:%M}", "secret": _across(reader, form, ask), "routing": [ask.say(each) for each in routing] if look.copies else [],
            "signs": [{"role": ask.say(sign.role), "name": sign.name} for sign in signs],
        },
    }  # fmt: skip


def _across(reader: Any, form: PaperForm, ask: Ask) -> str:
    """What stands across every page about a confidential guest: that it is, who printed it and when; '' on others."""
    record = form.about
    if not ask.row_id or not veils.is_confidential(reader, record, ask.row_id):
        return ""
    return " ".join(part for part in (ask.say(SECRET), ask.person, f"{local_time():%Y-%m-%d %H:%M}") if part)


def hotel_of(reader: Any, store: Any, hotel_id: int | None) -> dict[str, str]:
    """The head of the hotel's papers, its logo as a drawing that holds the picture."""
    row = papers.hotel_head(reader, hotel_id)
    words = {name: str(row.get(name) or "") for name in papers.HEAD if name != "id"}
    return words | {"logo": _logo(reader, store, int(row["id"])) if row and store is not None else ""}


def _logo(reader: Any, store: Any, hotel_id: int) -> str:
    found = attachments.logo(reader, hotel_id)
    return drawing(store, found) if found else ""


def drawing(store: Any, attached: Row) -> str:
    """An attached picture as SVG text, which a template takes as it is; '' when it cannot be read."""
    try:
        content = b"".join(attachments.content(store, attached["sha256"]))
    except Refused:
        return ""
    if attached["mime"] == "image/svg+xml":
        return content.decode("utf-8", "replace")
    size = picture_size(content)
    if size is None:
        return ""
    width, height = size
    inside = base64.b64encode(content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:{attached["mime"]};base64,{inside}"/></svg>'
    )


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG in pixels; None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) > 24:
        return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    at = 2
    while content.startswith(b"\xff\xd8") and at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(content[at + 7 : at + 9], "big"), int.from_bytes(content[at + 5 : at + 7], "big")
        at += 2 + length
    return None


def _letters(value: Any) -> str:
    """All text of some data."""
    if isinstance(value, str):
        return "" if value.startswith("<svg") else value
    if isinstance(value, Mapping):
        return "".join(_letters(each) for each in value.values())
    return "".join(_letters(each) for each in value) if isinstance(value, list | tuple) else ""
