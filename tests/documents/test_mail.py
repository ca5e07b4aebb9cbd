"""A paper in a letter: whatever it is called and says comes back whole, and nothing of it becomes a header."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.documents.mail import addressee, draft
from crm_desktop.duties.preferences.records import SLIP
from tests.samples import PERSON, account, added, change

LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))


@given(st.text(LETTERS, max_size=300), st.text(LETTERS, max_size=500), st.text(LETTERS, min_size=1, max_size=80), st.binary(max_size=2_000))
def test_it_comes_back_whole(subject: str, words: str, name: str, pdf: bytes) -> None:
    letter = message_from_bytes(draft(subject, words, name.strip() or "x", pdf), policy=SMTP)
    assert "".join(letter["Subject"].split()) == "".join(subject.split())
    assert letter["X-Unsent"] == "1"
    assert letter.get_body().get_content().strip() == words.strip()
    (paper,) = letter.iter_attachments()
    assert paper.get_content() == pdf


def test_a_subject_begins_no_header_of_its_own() -> None:
    letter = message_from_bytes(draft("对账单\r\nBcc: x@y.example", "您好", "对账单 2026-11", b"%PDF", "account@firm.example"), policy=SMTP)
    assert letter["Bcc"] is None
    assert letter["To"] == "account@firm.example"
    assert next(letter.iter_attachments()).get_filename() == "对账单 2026-11.pdf"


@pytest.mark.parametrize(
    ("written", "to"),
    [
        ("office@firm.example", "office@firm.example"), ("a@firm.example / b@firm.example", "a@firm.example"), ("王@公司", ""), ("•••", ""), ("", ""), ("x@", ""),
        ("电话再说；c@firm.example", "c@firm.example"), ("a@b\r\nBcc: evil@x.example", "a@b"),
    ],
)  # fmt: skip
def test_to_whom(written: str, to: str) -> None:
    letter = message_from_bytes(draft("x", "x", "x", b"%PDF", written), policy=SMTP)
    assert (str(letter["To"] or ""), letter["Bcc"]) == (to, None)


@given(st.text(max_size=60))
def test_any_address_makes_a_letter(written: str) -> None:
    letter = message_from_bytes(draft("x", "x", "x", b"%PDF", written), policy=SMTP)
    assert (letter["Bcc"], letter["X-Unsent"]) == (None, "1")


def test_the_address_is_the_rows_own_or_that_of_its_people(desk: Desk) -> None:
    firm = account(desk, "Orient", email="office@orient.example")
    guest = added(desk, PERSON, name="霍明翊", account_id=firm)
    slip = added(desk, SLIP, name="荞麦枕", observer="柳", seen_on=desk.today(), polarity="like", kind="bed", person_id=guest)

    def found(record: str, row_id: int) -> str:
        return addressee(desk.store.writer, desk.store.records, record, row_id)

    assert [found("account", firm), found("person", guest), found("preference_slip", slip), found("day", 0), found("", 0), found("account", 7)] == ["office@orient.example"] * 2 + [""] * 4
    change(desk, PERSON, guest, email="huo@orient.example")
    assert [found("person", guest), found("preference_slip", slip)] == ["huo@orient.example"] * 2
