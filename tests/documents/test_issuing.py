"""Numbers without gaps, revisions with their differences, codes that tell old paper from new."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest

from crm_desktop.desk import attachments
from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.paper_records import CURRENT, PAPER_RECORD, REPLACED, SEAL_USE, SIGNATURE, VOID
from crm_desktop.documents import issuing, library, making, sheets
from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.duties.papers import queries
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.record.duty import TodayLine
from crm_desktop.record.paper import Ask, PaperForm
from crm_desktop.record.text import Refused
from crm_desktop.store import pages
from crm_desktop.store.store import Store
from tests.documents.conftest import Staying
from tests.samples import added

HUO = "select v.id from vip_stay as v join person as p on p.id = v.guest_id where p.name = '霍明翊' and v.stage = 'preparing'"


def notice() -> PaperForm:
    return library.form(DUTIES, "F16")


def words(pdf: bytes) -> str:
    with closing(sheets.Sheets(pdf)) as pages:
        return "".join(pages.text(at) for at in range(pages.count))


def stays(staying: Staying, count: int) -> list[int]:
    found = staying.reader.execute("select id from vip_stay where stage = 'in-house' order by id limit ?", (count,)).fetchall()
    return [row[0] for row in found]


def void(staying: Staying, paper: int, reason: str) -> None:
    version = staying.one("select version from paper where id = ?", paper)
    staying.desk.move(PAPER_RECORD, paper, version, "void", reason=reason)


def test_a_paper_is_kept_as_it_was_issued(staying: Staying) -> None:
    found = issuing.issue(staying.desk, notice(), Ask(staying.one(HUO)))
    assert found.stamp.number == "F16-2026-0001"
    kept = list(attachments.of(staying.reader, "paper", found.paper_id))
    assert [row["name"] for row in kept] == ["F16-2026-0001 r1.pdf"]
    assert b"".join(attachments.content(staying.store, kept[0]["sha256"])) == found.pdf
    assert "F16-2026-0001" in words(found.pdf)
    assert found.stamp.code in words(found.pdf)
    assert staying.one("select count(*) from paper_signature where paper_id = ?", found.paper_id) == 8


def test_the_same_again_is_refused_and_takes_no_number(staying: Staying) -> None:
    ask = Ask(staying.one(HUO))
    issuing.issue(staying.desk, notice(), ask)
    with pytest.raises(Refused, match="says the same"):
        issuing.issue(staying.desk, notice(), ask)
    assert staying.one("select count(*) from paper") == 1


def test_a_change_makes_a_revision_with_the_differences_in_red(staying: Staying) -> None:
    row_id = staying.one(HUO)
    first = issuing.issue(staying.desk, notice(), Ask(row_id))
    version = staying.one("select version from vip_stay where id = ?", row_id)
    staying.desk.save(VIP_STAY, row_id, version, {"room_no": "1801"})
    preview = making.make(staying.reader, staying.store, notice(), Ask(row_id))
    assert preview.differences == 1
    assert preview.data["d"]["room"] == {"was": "1702", "now": "1801"}
    second = issuing.issue(staying.desk, notice(), Ask(row_id))
    assert (second.stamp.number, second.stamp.revision) == (first.stamp.number, 2)
    assert dict(staying.reader.execute("select revision, state from paper").fetchall()) == {1: REPLACED, 2: CURRENT}
    said = words(second.pdf)
    assert "1801" in said
    with closing(sheets.Sheets(second.pdf)) as pages:
        dots = pages.picture(0, 72).pixels
    red = sum(dots[at + 2] > 150 and dots[at + 1] < 60 and dots[at] < 60 for at in range(0, len(dots), 4))
    assert red > 20


def test_codes_tell_old_from_new_from_void_from_unknown(staying: Staying) -> None:
    row_id = staying.one(HUO)
    first = issuing.issue(staying.desk, notice(), Ask(row_id))
    typed = first.stamp.code.lower().replace("-", " ")
    assert issuing.told(staying.reader, typed)[1] == "green"
    version = staying.one("select version from vip_stay where id = ?", row_id)
    staying.desk.save(VIP_STAY, row_id, version, {"room_no": "1801"})
    second = issuing.issue(staying.desk, notice(), Ask(row_id))
    text, tone, _ = issuing.told(staying.reader, typed)
    assert (text.args["newest"], tone) == (2, "red")
    void(staying, second.paper_id, "客人取消行程")
    assert "客人取消行程" in str(issuing.told(staying.reader, second.stamp.code)[0])
    assert issuing.told(staying.reader, "ABCD-EFGH")[2] is None
    assert issuing.told(staying.reader, "")[2] is None


def test_a_void_number_is_never_given_again(staying: Staying) -> None:
    one, other = stays(staying, 2)
    first = issuing.issue(staying.desk, notice(), Ask(one))
    with pytest.raises(Refused, match="needs a reason"):
        void(staying, first.paper_id, "  ")
    void(staying, first.paper_id, "印错等级")
    assert staying.one("select state from paper where id = ?", first.paper_id) == VOID
    assert issuing.issue(staying.desk, notice(), Ask(other)).stamp.number == "F16-2026-0002"
    assert issuing.issue(staying.desk, notice(), Ask(one)).stamp.number == "F16-2026-0003"


def test_today_counts_the_papers_that_somebody_has_still_to_sign(staying: Staying) -> None:
    def line() -> TodayLine:
        return queries.today(staying.reader, staying.desk.today(), None)[0]

    def sign(paper: int) -> None:
        for row_id, version in staying.reader.execute("select id, version from paper_signature where paper_id = ? and signed_on = ''", (paper,)).fetchall():
            staying.desk.save(SIGNATURE, row_id, version, {"signed_on": staying.desk.today(), "signed_by": "魏予安"})

    assert (line().count, line().tone) == (0, "")
    first, second = (issuing.issue(staying.desk, notice(), Ask(row)).paper_id for row in stays(staying, 2))
    assert (line().count, line().tone) == (2, "amber")
    assert pages.count(staying.reader, pages.ListQuery(PAPER_RECORD, line().filters)) == 2
    sign(first)
    assert line().count == 1
    assert staying.one("select unsigned from paper where id = ?", first) == 0
    void(staying, second, "写错")
    assert line().count == 0  # nobody need sign what does not hold


def test_issuing_is_not_taken_back(staying: Staying) -> None:
    found = issuing.issue(staying.desk, notice(), Ask(staying.one(HUO)))
    with pytest.raises(Refused, match="was given to people"):
        staying.desk.undo(found.change.id)
    assert staying.one("select count(*) from paper where gone is null") == 1


def test_an_issue_that_fails_leaves_no_gap(staying: Staying, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = stays(staying, 2)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(issuing, "_attach", full)
        with pytest.raises(Refused):
            issuing.issue(staying.desk, notice(), Ask(one))
    assert issuing.issue(staying.desk, notice(), Ask(other)).stamp.number == "F16-2026-0001"


def test_seats_that_issue_at_once_get_numbers_in_a_row(staying: Staying) -> None:
    wanted, numbers, errors = stays(staying, 8), list[str](), list[BaseException]()
    staying.store.close()

    def sit(rows: list[int]) -> None:
        try:
            with Store(staying.store.path, RECORDS, seat=f"seat {rows[0]}") as store:
                desk = Desk(store, "周一禾")
                numbers.extend(issuing.issue(desk, notice(), Ask(row)).stamp.number for row in rows)
        except BaseException as error:
            errors.append(error)

    seats = [threading.Thread(target=sit, args=(wanted[at::2],)) for at in range(2)]
    for seat in seats:
        seat.start()
    for seat in seats:
        seat.join()
    assert not errors
    assert sorted(numbers) == [f"F16-2026-{at:04d}" for at in range(1, 9)]


def test_codes_are_typed_as_people_type() -> None:
    code = issuing.check_code("ab" * 32, 12345)
    assert len(code) == 9
    assert issuing.tidy_code(code.lower().replace("-", "")) == code
    assert len({issuing.check_code("ab" * 32, at) for at in range(2_000)}) == 2_000


def test_the_use_of_a_seal_names_paper_seal_and_people(staying: Staying) -> None:
    found = issuing.issue(staying.desk, notice(), Ask(staying.one(HUO)))
    here = {"day": "2026-11-18", "seal": "contract", "hotel_id": staying.one("select min(id) from hotel")}
    use = added(staying.desk, SEAL_USE, **here, paper_id=found.paper_id, what="VIP接待通知单", copies=2, owner_id=staying.ids["许棠"], approved_by="沈知渝", kept_by="韩既白")
    (said,) = staying.reader.execute("select s.seal, p.number, s.copies, s.kept_by from seal_use as s join paper as p on p.id = s.paper_id where s.id = ?", (use,)).fetchall()
    assert tuple(said) == ("contract", "F16-2026-0001", 2, "韩既白")
    with pytest.raises(Invalid, match="paper"):
        added(staying.desk, SEAL_USE, **here, what="")
