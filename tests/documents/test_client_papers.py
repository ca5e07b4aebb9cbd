"""The papers of clients and guests say what their forms ask for."""

from __future__ import annotations

import pytest

from crm_desktop.documents import library, making
from crm_desktop.documents.sheets import Sheets
from crm_desktop.duties import DUTIES
from crm_desktop.duties.clients import documents
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.duties.stays.records import STAY
from crm_desktop.record.paper import Ask
from tests.documents.conftest import Staying
from tests.documents.test_forms import text_of
from tests.hotel import TODAY
from tests.samples import added

SLIP = "select id from preference_slip where gone is null order by id limit 1"
IMPROVEMENT = "select id from improvement where gone is null"


@pytest.mark.parametrize(
    ("key", "about", "words"),
    [
        ("F01", "霍明翊", ("花生", "沈若兰（配偶）", "审核人", "照片")),
        ("F02", "越岫城建", ("滨江项目部", "增值税专用发票", "XY001", "决策人", "合作开始", "审核人")),
        ("F38", SLIP, ("归档期限", "发现人")), ("F49", IMPROVEMENT, ("瑞栀药业有限公司", "价格函压在内部会签", "先查自身原因")),
    ],
)  # fmt: skip
def test_what_stands_on_it(staying: Staying, key: str, about: str, words: tuple[str, ...]) -> None:
    row_id = staying.ids.get(about) or int(staying.one(about))
    made = making.make(staying.reader, staying.store, library.form(DUTIES, key), Ask(row_id, TODAY, person="沈知渝"))
    said = text_of(made.pdf)
    assert [word for word in words if word not in said] == []
    pages = Sheets(made.pdf)
    assert pages.count == 1
    pages.close()


@pytest.mark.parametrize(
    ("name", "latin", "last"),
    [
        ("霍明翊", "Huo Mingyi", "Huo"), ("霍明翊", "Mingyi Huo", "Huo"), ("小林 遥", "Kobayashi Haruka", "Kobayashi"), ("欧阳朝朝", "Ouyang Zhaozhao", "Ouyang"),
        ("Anna Müller", "Anna Müller", "Müller"), ("O'Brien-Şahin", "O'Brien-Sahin", "O'Brien-Sahin"), ("张三", "张三", "张三"), ("", "", ""),
    ],
)  # fmt: skip
def test_a_letter_in_english_goes_to_the_surname(name: str, latin: str, last: str) -> None:
    assert documents._surname_last(name, latin).split()[-1:] == [last][: bool(last)]


def test_the_card_of_an_arriving_guest_shows_a_department_only_what_it_needs(staying: Staying) -> None:
    huo = staying.ids["霍明翊"]
    coming = added(staying.desk, STAY, guest_id=huo, arrival=TODAY, departure="2026-11-20", status="Booked", room_no="1702", hotel_id=int(staying.one("select min(id) from hotel")))
    added(staying.desk, PREFERENCE, person_id=huo, name="荞麦硬枕", polarity="like", kind="bed", told_on=TODAY)
    said = {}
    for department in ("front", "rooms", "kitchen"):
        made = making.make(staying.reader, staying.store, library.form(DUTIES, f"F01B {department}"), Ask(coming, TODAY, person="沈知渝"))
        said[department] = text_of(made.pdf)
        pages = Sheets(made.pdf)
        assert pages.count == 1
        pages.close()
    assert ("花生" in said["kitchen"], "花生" in said["rooms"], "花生" in said["front"]) == (True, False, True)
    assert ("荞麦硬枕" in said["kitchen"], "荞麦硬枕" in said["rooms"], "荞麦硬枕" in said["front"]) == (False, True, True)
    assert ("沈若兰" in said["kitchen"], "沈若兰" in said["front"]) == (False, True)
    assert all("沈知渝" in words for words in said.values()), "for whom it was printed"
