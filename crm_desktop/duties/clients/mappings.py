"""Well-known files of people: vCards, and the profiles of reservation messages."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.duties.clients.records import PERSON
from crm_desktop.exchange.mapping import NONE, Mapping, Reference, Take, text_of
from crm_desktop.record.kinds import PARSE, Kind
from crm_desktop.record.text import Refused, Text

_LONG = PARSE[Kind.LONG]


def firm(cell: str) -> Reference:
    """Whom somebody works for: cards name firms, never their codes."""
    name = text_of(cell)
    return ("", name) if name else NONE


def firm_of_profile(cells: tuple[str, str, str]) -> Reference:
    """The firm of a guest. A profile that is a firm itself is no person."""
    who, name, code = (text_of(cell) for cell in cells)
    if name and name == who:
        raise Refused(Text("This profile is a firm, not a person; enter it among the clients"))
    return (code, name) if name else NONE


def sex(cell: str) -> str:
    """The code of a sex, or nothing."""
    return cell if cell in ("male", "female") else ""


def note(cells: tuple[str, ...]) -> str:
    """Everything of a card that has no field of its own, under its note."""
    remark, phones, emails, website = (cell.strip() for cell in cells)
    said = "\n".join(filter(None, (remark, phones, emails, website)))
    words: str = _LONG(said)
    return words


def one_line(cell: str) -> str:
    """A text on one line."""
    return text_of(" ".join(cell.split()))


VCARD = Mapping(
    "vcard", Text("Cards (vCard)"), PERSON,
    (
        Take("name", ("name",), one_line),
        Take("account_id", ("account",), firm),
        Take("department", ("department",), one_line),
        Take("position", ("position",), one_line),
        Take("phone", ("phone",), one_line),
        Take("email", ("email",), one_line),
        Take("birthday", ("birthday",), PARSE[Kind.DATE]),
        Take("address", ("address",), one_line),
        Take("called", ("nickname",), one_line),
        Take("remark", ("remark", "other phones", "other emails", "website"), note),
    ),
    matching=("name", "phone", "email"), constants={"role": "contact"},
)  # fmt: skip

PROFILES = Mapping(
    "ota-profiles", Text("Profiles of a reservation message"), PERSON,
    (
        Take("name", ("name",), one_line),
        Take("sex", ("sex",), sex),
        Take("birthday", ("birthday",), PARSE[Kind.DATE]),
        Take("phone", ("phone",), one_line),
        Take("email", ("email",), one_line),
        Take("address", ("address",), one_line),
        Take("nationality", ("country",), PARSE[Kind.CODE]),
        Take("language", ("language",), one_line),
        Take("account_id", ("name", "firm", "firm code"), firm_of_profile),
    ),
    matching=("name", "phone", "email"),
)  # fmt: skip

MAPPINGS: Sequence[Mapping] = (VCARD, PROFILES)
