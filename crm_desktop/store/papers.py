"""What papers need of the database: the hotel's head, who signs for departments, the next number, what was issued."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.record.record import Row
from crm_desktop.store.schema import LIVING

PAPER, CURRENT = "paper", "current"
HEAD = ("id", "name", "name_en", "address", "address_en", "phone", "fax", "email", "website", "company", "bank", "bank_account")
ISSUED = (
    "id", "version", "form", "number", "year", "seq", "revision", "state", "check_code", "about_record", "about_row", "about_key", "name", "issued_on",
    "issued_by", "hotel_id", "language",
)  # fmt: skip


def hotel_head(reader: Any, hotel_id: int | None) -> Row:
    """A hotel's name and address for the head of papers; the first one's where none is named; {} where there is none."""
    which, values = ("id = ?", [hotel_id]) if hotel_id is not None else ("id > ?", [0])
    found = reader.execute(f"select {', '.join(HEAD)} from hotel where {which} and {LIVING} order by id limit 1", values).fetchone()
    return dict(zip(HEAD, found, strict=True)) if found else {}


def departments(reader: Any, hotel_id: int | None) -> list[tuple[str, str, str]]:
    """Name, English name and who signs, of each department in the order of papers."""
    here, values = (" and (d.hotel_id = ? or d.hotel_id is null)", [hotel_id]) if hotel_id is not None else ("", [])
    sql = f"select d.name, d.name_en, coalesce(s.name, '') from department as d left join staff as s on s.id = d.signs_id where d.{LIVING}{here} order by d.position, d.id"
    return [(str(name), str(english), str(signs)) for name, english, signs in reader.execute(sql, values).fetchall()]


def next_seq(reader: Any, form: str, year: int, hotel_id: int) -> int:
    """The number the next paper of this form will have in this year and hotel."""
    found = reader.execute("select max(seq) from paper where form = ? and year = ? and hotel_id = ?", (form, year, hotel_id)).fetchone()
    return int(found[0] or 0) + 1


def current(reader: Any, form: str, record: str, row: int, key: str) -> Row | None:
    """The paper of this form about a row or a day that holds now."""
    where = f"form = ? and about_record = ? and about_row = ? and about_key = ? and state = ? and {LIVING}"
    found = reader.execute(f"select {', '.join(ISSUED)} from paper where {where} order by id desc limit 1", (form, record, row, key, CURRENT)).fetchone()
    return dict(zip(ISSUED, found, strict=True)) if found else None


def by_check_code(reader: Any, code: str) -> Row | None:
    """The paper that carries this check code."""
    found = reader.execute(f"select {', '.join(ISSUED)} from paper where check_code = ? and {LIVING}", (code,)).fetchone()
    return dict(zip(ISSUED, found, strict=True)) if found else None


def void_reason(reader: Any, paper: int) -> str:
    """Why a paper was made void."""
    found = reader.execute(f"select reason from step where record = ? and row = ? and after = 'void' and {LIVING} order by id desc limit 1", (PAPER, paper)).fetchone()
    return str(found[0]) if found else ""


def standing(reader: Any, number: str, hotel_id: int) -> Row | None:
    """The newest revision of a numbered paper."""
    where = f"number = ? and hotel_id = ? and {LIVING}"
    found = reader.execute(f"select {', '.join(ISSUED)} from paper where {where} order by revision desc limit 1", (number, hotel_id)).fetchone()
    return dict(zip(ISSUED, found, strict=True)) if found else None


def unsigned(reader: Any, papers: Sequence[int]) -> dict[int, list[str]]:
    """The roles whose signature is missing on some papers, by paper."""
    out: dict[int, list[str]] = {}
    for at in range(0, len(papers), 500):
        block = list(papers[at : at + 500])
        marks = ", ".join("?" * len(block))
        sql = f"select paper_id, role from paper_signature where paper_id in ({marks}) and signed_on = '' and {LIVING} order by position, id"
        for paper, role in reader.execute(sql, block).fetchall():
            out.setdefault(paper, []).append(str(role))
    return out


def signs(reader: Any, paper: int) -> list[tuple[str, str]]:
    """Who signs an issued paper, in its order: as what, and who should."""
    sql = f"select role, expected from paper_signature where paper_id = ? and {LIVING} order by position, id"
    return [(str(role), str(expected)) for role, expected in reader.execute(sql, (paper,)).fetchall()]


def template(reader: Any, name: str) -> str:
    """The hotel's own template in use; '' where it uses the one that came with the program."""
    found = reader.execute(f"select source from paper_template where template = ? and in_use = 1 and {LIVING} order by id desc limit 1", (name,)).fetchone()
    return str(found[0]) if found else ""
