"""Papers issued: under the next number of their form, year and hotel, kept as they were, told apart by a short check code.

The number is taken inside the transaction that keeps the paper, behind a lock all seats share: none is left out and none
is given twice. The pages are set before, under the number that is expected, and set again only if another seat was faster."""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.paper_records import CURRENT, PAPER_RECORD, REPLACED, SIGNATURE, VOID
from crm_desktop.desk.records import ATTACHMENT
from crm_desktop.documents import making
from crm_desktop.documents.making import Look, Made, Stamp
from crm_desktop.record.ids import new_id
from crm_desktop.record.paper import Ask, PaperForm
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text, say_in
from crm_desktop.store import attached, papers
from crm_desktop.store.log import Change
from crm_desktop.store.rows import Writing

ISSUED, GIVEN = Text("Paper issued"), Text("Paper handed out")
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another one
CODE_LENGTH = 8
_MISREAD = str.maketrans({"0": "Q", "O": "Q", "1": "J", "I": "J", "L": "J", "U": "V"})
NO_HOTEL = Text("A numbered paper belongs to a hotel. Enter the hotel first, then issue it again.")
SAME = Text("Revision {revision} of {number} says the same and holds. Nothing was issued.")


class Issue:
    """What was issued: the change, the paper's id, number and revision, and its pages."""

    def __init__(self, change: Change, paper_id: int, stamp: Stamp, pdf: bytes) -> None:
        self.change, self.paper_id, self.stamp, self.pdf = change, paper_id, stamp, pdf


def check_code(secret: str, paper_id: int) -> str:
    """The short code of a paper, which nobody can guess: eight letters and figures in two groups."""
    number = int.from_bytes(hashlib.blake2b(str(paper_id).encode(), key=bytes.fromhex(secret), digest_size=16, person=b"paper check").digest(), "big")
    code = ""
    for _ in range(CODE_LENGTH):
        number, at = divmod(number, len(LETTERS))
        code += LETTERS[at]
    return f"{code[:4]}-{code[4:]}"


def tidy_code(typed: str) -> str:
    """A check code as it is kept, from what somebody typed: spaces, small letters and a missing dash do not matter."""
    code = "".join(letter for letter in typed.upper() if letter.isalnum()).translate(_MISREAD)
    return f"{code[:4]}-{code[4:]}" if len(code) == CODE_LENGTH else code


def number_of(form: str, year: int, seq: int) -> str:
    """F16-2026-0007."""
    return f"{form}-{year}-{seq:04d}"


def issue(desk: Desk, form: PaperForm, ask: Ask, look: Look | None = None) -> Issue:
    """Give a paper its number, or its next revision, and keep it. Raises Refused; then nothing was issued."""
    db = desk.store.writer
    if form.held is not None and (no := form.held(db, ask.row_id)) is not None:
        raise Refused(no)
    look = look or Look()
    draft = making.make(db, desk.store, form, ask, Look(look.size, look.turned, look.copies, pdf=_no_pages), stamp=Stamp())
    draft.look = look
    hotel_id = int(draft.content.hotel_id or ask.hotel_id or papers.hotel_head(db, None).get("id") or 0)
    if not hotel_id:
        raise Refused(NO_HOTEL)
    _refuse_same(draft)
    paper_id, year = new_id(), int(desk.today()[:4])
    expected = _stamp(db, desk, draft, paper_id, hotel_id, year)
    pdf = _set(db, desk, draft, expected)
    with desk.writing(ISSUED) as writing:
        draft.issued = papers.current(writing.db, form.key, *making.about(form, ask))
        stamp = _stamp(writing.db, desk, draft, paper_id, hotel_id, year)
        if (stamp.number, stamp.revision) != (expected.number, expected.revision):
            pdf = _set(writing.db, desk, draft, stamp)
        _keep(desk, writing, draft, paper_id, stamp, hotel_id, pdf)
    return Issue(writing.entry.change, paper_id, stamp, pdf)


def _no_pages(_template: str, _data: Any) -> bytes:
    """For what a paper says alone."""
    return b""


def _refuse_same(draft: Made) -> None:
    if draft.issued is not None and not draft.differences:
        raise Refused(Text(SAME.source, revision=draft.issued["revision"], number=draft.issued["number"]))


def _stamp(db: Any, desk: Desk, draft: Made, paper_id: int, hotel_id: int, year: int) -> Stamp:
    """The number and revision a paper would have now."""
    code = check_code(desk.store.keys.secret, paper_id)
    if draft.issued is not None:
        return Stamp(draft.issued["number"], int(draft.issued["revision"]) + 1, code)
    return Stamp(number_of(draft.form.key, year, papers.next_seq(db, draft.form.key, year, hotel_id)), 1, code)


def _set(db: Any, desk: Desk, draft: Made, stamp: Stamp) -> bytes:
    return making.make(db, desk.store, draft.form, draft.ask, draft.look, stamp=stamp).pdf


def _keep(desk: Desk, writing: Writing, draft: Made, paper_id: int, stamp: Stamp, hotel_id: int, pdf: bytes) -> None:
    """The rows of an issued paper: itself, its files, who must sign it; the revision before is replaced."""
    if draft.issued is not None:
        writing.update(PAPER_RECORD, int(draft.issued["id"]), int(draft.issued["version"]), {"state": REPLACED})
    writing.add(PAPER_RECORD, row_of(draft, stamp, hotel_id, desk.today(), desk.person), paper_id)
    _attach(desk, writing, PAPER_RECORD.key, paper_id, f"{stamp.number} r{stamp.revision}.pdf", "application/pdf", pdf)
    said = json.dumps(draft.content.data, ensure_ascii=False).encode()
    _attach(desk, writing, PAPER_RECORD.key, paper_id, f"{stamp.number} r{stamp.revision}.json", attached.OWN, said)
    for position, sign in enumerate(draft.data["head"]["signs"]):
        writing.add(SIGNATURE, {"paper_id": paper_id, "role": sign["role"], "expected": sign["name"], "position": position})


def row_of(draft: Made, stamp: Stamp, hotel_id: int, day: str, person: str) -> Row:
    """The row of a paper that somebody issues on a day under a number."""
    record, row, key = making.about(draft.form, draft.ask)
    _, year, seq = stamp.number.rsplit("-", 2)
    return {
        "form": draft.form.key, "title": say_in(draft.form.title, "zh_CN" if draft.ask.language != "en" else "en"), "number": stamp.number,
        "year": int(year), "seq": int(seq), "revision": stamp.revision, "state": CURRENT, "name": draft.name[:200], "check_code": stamp.code,
        "issued_on": day, "issued_by": person, "hotel_id": hotel_id, "language": draft.ask.language, "about_record": record, "about_row": row,
        "about_key": key, "given_to": "\n".join(draft.data["head"]["routing"]),
    }  # fmt: skip


def _attach(desk: Desk, writing: Writing, record: str, row_id: int, name: str, mime: str, content: bytes) -> None:
    digest, length = desk.store.keep_file(io.BytesIO(content), None, len(content))
    about = {"about_record": record, "about_row": row_id, "name": name, "mime": mime, "size": length, "sha256": digest}
    writing.add(ATTACHMENT, about | {"added_on": desk.today(), "added_by": desk.person})


def told(reader: Any, typed: str) -> tuple[Text, str, Row | None]:
    """Whether the paper that carries a typed code is the one that holds: a sentence, its colour, and the paper."""
    code = tidy_code(typed)
    row = papers.by_check_code(reader, code) if len(code) > CODE_LENGTH else None
    if row is None:
        return Text("No paper of this hotel carries this code"), "red", None
    number, revision, name = row["number"], row["revision"], row["name"]
    if row["state"] == VOID:
        return Text("VOID: {number} revision {revision}, {name}: {reason}", number=number, revision=revision, name=name, reason=papers.void_reason(reader, int(row["id"]))), "red", row
    if row["state"] == CURRENT:
        return Text("Holds: {number} revision {revision}, {name}", number=number, revision=revision, name=name), "green", row
    newest = (papers.standing(reader, number, row["hotel_id"]) or row)["revision"]
    return Text("OLD: {number} revision {revision}, {name}; revision {newest} holds", number=number, revision=revision, name=name, newest=newest), "red", row
