"""Rules of confidential guests: what of a person's file goes away, how it is kept for those who know, and how it comes back."""

from __future__ import annotations

import json

from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

HOLDS, LIFTED = "holds", "lifted"
KEPT_APART = (  # what tells who somebody is; the unit stays, receptions and stays name it anyway
    "name", "latin_name", "called", "birthday", "lunar_birthday", "native_place", "marital", "ethnicity", "id_type", "id_number", "id_until", "visa_type", "visa_number",
    "visa_until", "card_type", "card_number", "member_level", "best_time", "position", "department", "phone", "email", "wechat", "address", "remark",
)  # fmt: skip


def apart(row: Row, alias: str, columns: tuple[str, ...] = KEPT_APART) -> tuple[Row, str]:
    """What a person's file shows from now on, and the truth as text for those who know: only what there is."""
    truth = {name: row[name] for name in columns if row.get(name)}
    shown: Row = dict.fromkeys(truth, "") | {"name": alias}
    return shown, json.dumps(truth, ensure_ascii=False, sort_keys=True)


def together(truth: str) -> Row:
    """The values that go back into the file; none from what is no truth."""
    found = json.loads(truth) if truth else {}
    return {name: value for name, value in found.items() if name in KEPT_APART}


def true_name(truth: str) -> str:
    """The name behind the alias."""
    return str(together(truth).get("name", ""))


def true_position(truth: str) -> str:
    """The job title."""
    return str(together(truth).get("position", ""))


def true_phone(truth: str) -> str:
    """The phone."""
    return str(together(truth).get("phone", ""))


def check(row: Row) -> Problems:
    """An alias, and days in order."""
    if row.get("until") and row["until"] < row["since"]:
        return {"until": Text("The last day must be on or after {first}", first=row["since"])}
    return {}
