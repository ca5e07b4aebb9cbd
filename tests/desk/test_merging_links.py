"""What a merge takes along, whatever way it refers to a row: files, follow-ups, likes, days to keep, entries of the attention list."""

from __future__ import annotations

from typing import Any

from crm_desktop.desk import attachments, merging
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import ATTACHMENT, MERGED
from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.complaints.records import COMPLAINT
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.guests.records import ATTENTION, COMPANION, KEY_DATE
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record.ids import row_words
from crm_desktop.record.record import Record
from crm_desktop.store import history, timeline
from crm_desktop.store.store import Store
from tests.samples import account, added, change, row, sound

DAY = "2026-11-12"


def _pair(desk: Desk, record: Record, row_id: int) -> tuple[int, int]:
    return row_id, int(row(desk, record, row_id)["version"] or 0)


def _lines(reader: Any, record: str, row_id: int) -> int:
    """How many entries somebody's timeline has."""
    look = timeline.Look([entry for duty in DUTIES for entry in duty.entries], {each.key: each for each in RECORDS}, record, row_id)
    return len(timeline.before(reader, look, timeline.end_of("2026-11-18")))


def test_everything_of_a_client_goes_along_is_listed_and_comes_back(desk: Desk, store: Store, reader: Any) -> None:
    kept, lost = account(desk, "澄籁精密"), account(desk, "诚籁精密")
    made = {
        FOLLOW_UP: added(desk, FOLLOW_UP, account_id=lost, name="核对账单", due=DAY, about=row_words("account", lost)), VISIT: added(desk, VISIT, account_id=lost, day=DAY, kind="visit", name="走访"),
        COMPLAINT: added(desk, COMPLAINT, account_id=lost, name="话筒失灵", received_on=DAY), KEY_DATE: added(desk, KEY_DATE, account_id=lost, name="司庆", kind="founding", day="2001-12-01"),
        ATTENTION: added(desk, ATTENTION, account_id=lost, name="拖欠", evidence="账单", decided_on=DAY),
    }  # fmt: skip
    attachments.add_content(desk, "account", lost, "营业执照.txt", b"licence")
    told = _lines(reader, "account", lost)
    assert told >= len((VISIT, COMPLAINT, ATTENTION))
    counts = {count.record.key: count.rows for count in merging.merging.linked(store.writer, store.records, ACCOUNT, lost)}
    assert counts == dict.fromkeys([record.key for record in made] + [ATTACHMENT.key], 1)
    done = merging.merge(desk, ACCOUNT, _pair(desk, ACCOUNT, kept), _pair(desk, ACCOUNT, lost))
    (merge_id,) = (row_id for table, row_id in done.rows if table == MERGED.key)
    assert {record.key: row(desk, record, row_id)["account_id"] for record, row_id in made.items()} == dict.fromkeys([record.key for record in made], kept)
    assert row(desk, FOLLOW_UP, made[FOLLOW_UP])["about"] == row_words("account", kept)
    assert [each["name"] for each in attachments.of(store.writer, "account", kept)] == ["营业执照.txt"]
    assert (_lines(reader, "account", kept), _lines(reader, "account", lost)) == (told, 0)
    assert (entry := history.entry(store.writer, store.by_key, done.id)) is not None
    assert entry.rows >= len(made) + 1, "one entry of the log names every row that went along"
    later = added(desk, VISIT, account_id=kept, day=DAY, kind="visit", name="合并之后")
    change(desk, COMPLAINT, made[COMPLAINT], name="话筒失灵两次")
    attachments.add_content(desk, "account", kept, "合同.txt", b"contract")
    merging.unmerge(desk, merge_id)
    assert {record.key: row(desk, record, row_id)["account_id"] for record, row_id in made.items()} == dict.fromkeys([record.key for record in made], lost)
    assert (row(desk, COMPLAINT, made[COMPLAINT])["name"], row(desk, VISIT, later)["account_id"]) == ("话筒失灵两次", kept)
    assert row(desk, FOLLOW_UP, made[FOLLOW_UP])["about"] == row_words("account", lost)
    assert {name: [each["name"] for each in attachments.of(store.writer, "account", one)] for name, one in (("kept", kept), ("lost", lost))} == {"kept": ["合同.txt"], "lost": ["营业执照.txt"]}
    sound(store)


def test_everything_of_a_guest_goes_along_and_comes_back(desk: Desk, store: Store) -> None:
    kept, lost = added(desk, PERSON, name="仇蕴仪"), added(desk, PERSON, name="仇女士", phone="199 0000 1001")
    made = {
        PREFERENCE: added(desk, PREFERENCE, person_id=lost, kind="food", name="香菜", polarity="dislike"), COMPANION: added(desk, COMPANION, person_id=lost, name="岳小满", relation="assistant"),
        FOLLOW_UP: added(desk, FOLLOW_UP, person_id=lost, name="送生日卡", due=DAY),
    }  # fmt: skip
    as_companion = added(desk, COMPANION, person_id=added(desk, PERSON, name="岳明远"), name="仇女士", other_id=lost)
    attachments.add_content(desk, "person", lost, "照片.png", b"\x89PNG")
    done = merging.merge(desk, PERSON, _pair(desk, PERSON, kept), _pair(desk, PERSON, lost), {"phone": "199 0000 1001"})
    (merge_id,) = (row_id for table, row_id in done.rows if table == MERGED.key)
    assert {row(desk, record, row_id)["person_id"] for record, row_id in made.items()} == {kept}
    assert row(desk, COMPANION, as_companion)["other_id"] == kept
    assert len(attachments.of(store.writer, "person", kept)) == 1
    merging.unmerge(desk, merge_id)
    assert {row(desk, record, row_id)["person_id"] for record, row_id in made.items()} == {lost}
    assert (row(desk, COMPANION, as_companion)["other_id"], row(desk, PERSON, kept)["phone"]) == (lost, "")
    assert len(attachments.of(store.writer, "person", lost)) == 1
    sound(store)
