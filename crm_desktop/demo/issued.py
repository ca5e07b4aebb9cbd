"""Papers that went out under a number, and who has signed them: six wait for a signature. They say what the sample says, so they
are read from its database once it is filled; their pages are set when somebody asks for them."""

from __future__ import annotations

import io
import json
from typing import Any

from crm_desktop.demo.crew import HOTEL_NAME, SIGNED_IN
from crm_desktop.demo.house import House
from crm_desktop.desk.paper_records import PAPER_RECORD, SIGNATURE
from crm_desktop.desk.records import ATTACHMENT
from crm_desktop.documents import issuing, library, making
from crm_desktop.documents.making import Look, Made, Stamp
from crm_desktop.duties import DUTIES
from crm_desktop.duties.credit.records import CREDIT_APPLICATION
from crm_desktop.duties.rectifications.records import RECTIFICATION
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.record.paper import ZH, Ask
from crm_desktop.record.record import Row
from crm_desktop.store import attached

RECORDS = (PAPER_RECORD, SIGNATURE, ATTACHMENT)
NOBODYS_SECRET = "00" * 32  # the check codes of a sample tell nothing, and are the same everywhere
_Paper = tuple[str, str, dict[str, Any], int, str, dict[str, str]]
PAPERS: tuple[_Paper, ...] = (  # form, about, which (a guest or a client by name), days ago, by whom, position -> who signed
    ("F16", VIP_STAY.key, {"guest_id": "俞闻笛", "stage": "in-house"}, -2, "方予安", dict.fromkeys("01234567", "")),
    ("F16", VIP_STAY.key, {"guest_id": "司徒曜", "stage": "preparing"}, -1, "方予安", dict.fromkeys("0123457", "")),
    ("F16", VIP_STAY.key, {"guest_id": "霍明翊", "stage": "preparing"}, -1, "方予安", dict.fromkeys("01345", "")),
    ("F16", VIP_STAY.key, {"guest_id": "阿依努尔·买合木提", "stage": "approved"}, 0, "方予安", {"1": "", "5": ""}),
    ("F15", VIP_STAY.key, {"stage": "applied", "level": "V4", "official": 0}, 0, "", {"0": ""}),
    ("F05", CREDIT_APPLICATION.key, {"account_id": "锦泽纺织"}, -2, "周一禾", {"0": "", "1": "陆行舟", "2": "韩既白"}),
    ("F10", RECTIFICATION.key, {"state": "on-scene"}, 0, "罗青", {"0": "", "1": ""}),
)  # fmt: skip


def fill(house: House, reader: Any, store: Any) -> None:
    """Every paper as its form reads it now, with its number, what it said and its signatures."""
    for form, record, which, ago, by, signed in PAPERS:
        row = _row(house, record, which)
        draft = making.make(
            reader, store, library.form(DUTIES, form), Ask(row["id"], house.days.today, language=ZH, hotel_id=house.ids[HOTEL_NAME], person=by or SIGNED_IN),
            Look(pdf=_no_pages), stamp=Stamp(),
        )  # fmt: skip
        _put(house, store, draft, house.days.office(ago), by, signed)


def _row(house: House, record: str, which: dict[str, Any]) -> Row:
    wanted = {column: house.ids.get(value, value) if column.endswith("_id") else value for column, value in which.items()}
    return next(row for row in house.rows[record] if all(row[column] == value for column, value in wanted.items()))


def _put(house: House, store: Any, draft: Made, day: str, by: str, signed: dict[str, str]) -> None:
    seq = sum((row["form"], row["year"]) == (draft.form.key, int(day[:4])) for row in house.all(PAPER_RECORD)) + 1
    stamp = Stamp(issuing.number_of(draft.form.key, int(day[:4]), seq), 1)
    paper, signs = house.put(PAPER_RECORD), draft.data["head"]["signs"]
    stamp.code = issuing.check_code(NOBODYS_SECRET, paper["id"])
    paper |= issuing.row_of(draft, stamp, house.ids[HOTEL_NAME], day, by or signs[0]["name"])
    said = json.dumps(draft.content.data, ensure_ascii=False).encode()
    digest, size = store.keep_file(io.BytesIO(said), None, len(said))
    house.put(
        ATTACHMENT, about_record=PAPER_RECORD.key, about_row=paper["id"], name=f"{stamp.number} r{stamp.revision}.json", mime=attached.OWN, size=size, sha256=digest,
        added_on=day, added_by=paper["issued_by"],
    )  # fmt: skip
    for position, sign in enumerate(signs):
        who = signed.get(f"{position}")
        done = {"signed_on": day, "signed_by": who or sign["name"]} if who is not None else {}
        house.put(SIGNATURE, paper_id=paper["id"], role=sign["role"], expected=sign["name"], position=position, **done)


def _no_pages(_template: str, _data: Any) -> bytes:
    """For what a paper says alone."""
    return b""
