"""Every form with the sample hotel's data: it is set in all languages and sizes, and says what it is for."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest

from crm_desktop.documents import library, making, plain, sheets, typeset
from crm_desktop.documents.making import Look
from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.record.paper import BOTH, DAY, EN, SIZES, ZH, Ask, PaperForm
from crm_desktop.record.text import LANGUAGES, Text, say_in, use
from crm_desktop.store.pages import ListQuery
from tests.documents.conftest import Staying
from tests.hotel import TODAY

FORMS = library.forms(DUTIES)
SHOWN = {  # what must stand on a form, besides its title and the hotel
    "F15": ("霍明翊", "V2", "人民币壹仟捌佰元整"), "F16": ("霍明翊", "中国", "1702", "花生", "工程部", "领导大堂迎候", "听泉晚宴12位"), "F17": ("霍明翊", "大堂副理", "青瓷茶具一套", "1,640.00"), "F18": ("小林遥", "费用上限", "睡前要一壶热的绿茶", "味噌汤晚了20分钟", "归档期限"),
    "F30": ("公函编号", "红地毯"), "F37": ("传递单",), "F36": ("司徒曜", "16:05", "周三", "1216空调又不制冷"),
    "F48": ("江叙", "许棠", "江南轻纺团", "11-22截止", "房卡提前一晚备好"), "F01": ("中国", "霍博士", "花生", "贝类"),
}  # fmt: skip


@pytest.fixture
def staying(looking: Staying) -> Staying:
    """Nothing is saved here."""
    return looking


def row_of(staying: Staying, form: PaperForm) -> int:
    """A row of the sample hotel that has this paper."""
    if form.about in ("", DAY):
        return 0
    told = {"vip_stay": "霍明翊", "person": "霍明翊", "account": "越岫城建"}
    if form.key == "F18":
        return int(staying.one("select v.id from vip_stay as v join person as p on p.id = v.guest_id where p.name = '小林 遥' and v.stage = 'departed'"))
    if form.about == "vip_stay":
        sql = "select v.id from vip_stay as v join person as p on p.id = v.guest_id where p.name = ? and v.stage = 'preparing'"
        return int(staying.one(sql, told["vip_stay"]))
    if form.key == "F03P":
        return int(staying.one("select min(id) from visit where gone is null and state = 'planned' and account_id is not null"))
    if form.about in told:
        return staying.ids[told[form.about]]
    found = staying.reader.execute(f"select min(id) from {form.about} where gone is null").fetchone()[0]
    assert found is not None, f"the sample hotel has no {form.about}"
    return int(found)


def text_of(pdf: bytes) -> str:
    with closing(sheets.Sheets(pdf)) as pages:
        return "".join("".join(pages.text(at) for at in range(pages.count)).split())


@pytest.mark.parametrize("language", [ZH, EN, BOTH])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_every_form_is_set_with_what_it_is_for(staying: Staying, form: PaperForm, language: str) -> None:
    made = making.make(staying.reader, staying.store, form, Ask(row_of(staying, form), TODAY, language=language, person="沈知渝"))
    said = text_of(made.pdf)
    title = say_in(form.title, "en" if language == EN else "zh_CN")
    assert "".join(title.split()) in said
    if language == ZH:
        assert "澜棠大酒店" in said
        for word in SHOWN.get(form.key, ()):
            assert word in said, word
    assert not made.boxes


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_a_form_without_anything_in_its_boxes_prints_empty_boxes(staying: Staying, form: PaperForm, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is missing prints an empty box, never an error."""
    made = making.make(staying.reader, staying.store, form, Ask(row_of(staying, form), TODAY))
    data = making.whole(staying.reader, staying.store, made, _emptied(made.content.data), making.Stamp())
    assert typeset.pdf(typeset.shipped(form.template), data).startswith(b"%PDF")


def _emptied(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _emptied(each) for name, each in value.items()}
    return [] if isinstance(value, list) else "" if isinstance(value, str) else value


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_every_string_may_be_marked_as_changed(staying: Staying, form: PaperForm) -> None:
    """A revision may change anything: no template falls over a marked value."""
    made = making.make(staying.reader, staying.store, form, Ask(row_of(staying, form), TODAY))
    data = making.whole(staying.reader, staying.store, made, _marked(made.content.data), making.Stamp("F-1", 2, "ABCD-EFGH"))
    assert typeset.pdf(typeset.shipped(form.template), data).startswith(b"%PDF")


def _marked(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _marked(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_marked(each) for each in value]
    return {"was": "früher", "now": value} if isinstance(value, str) and not value.startswith("<svg") else value


@pytest.mark.parametrize("size", SIZES)
def test_every_size_is_kept(staying: Staying, size: str) -> None:
    form = library.form(DUTIES, "F16")
    for turned in (False, True):
        made = making.make(staying.reader, staying.store, form, Ask(row_of(staying, form)), Look(size, turned))
        with closing(sheets.Sheets(made.pdf)) as pages:
            width, height = (round(points / 72 * 25.4) for points in pages.sizes[0])
        assert (width, height) == tuple(round(mm) for mm in (reversed(SIZES[size]) if turned else SIZES[size]))


def test_each_addressee_has_a_copy_with_pages_of_its_own(staying: Staying) -> None:
    form = PaperForm("X1", library.form(DUTIES, "F16").title, "vip_stay", library.form(DUTIES, "F16").build, template="F16", routing=("前厅部", "客房部", "存根"))
    made = making.make(staying.reader, staying.store, form, Ask(row_of(staying, form)))
    with closing(sheets.Sheets(made.pdf)) as pages:
        feet = ["".join(pages.text(at).split()) for at in range(pages.count)]
    assert len(feet) == 3
    for at, (foot, name) in enumerate(zip(feet, form.routing, strict=True), 1):
        assert f"第{at}联共3联{name}" in foot
        assert "第1页共1页" in foot
    alone = making.make(staying.reader, staying.store, form, Ask(row_of(staying, form)), Look(copies=False))
    with closing(sheets.Sheets(alone.pdf)) as pages:
        assert pages.count == 1


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
def test_every_record_has_a_sheet_and_a_list(staying: Staying, record: Any) -> None:
    found = staying.reader.execute(f"select min(id) from {record.key} where gone is null").fetchone()[0]
    query = ListQuery(record, [("id", "<=", found or 0)])
    listed = making.make(staying.reader, staying.store, plain.listing(query), Ask())
    assert text_of(listed.pdf)
    if found:
        made = making.make(staying.reader, staying.store, plain.sheet(record, DUTIES), Ask(int(found)))
        assert made.pdf.startswith(b"%PDF")


def test_the_head_of_a_list_comes_again_on_every_page(staying: Staying) -> None:
    form = plain.listing(ListQuery(next(record for record in RECORDS if record.key == "account")))
    made = making.make(staying.reader, staying.store, form, Ask())
    with closing(sheets.Sheets(made.pdf)) as pages:
        assert pages.count > 5
        for at in range(pages.count):
            assert "电话" in pages.text(at)
        assert f"第{pages.count}页共{pages.count}页" in "".join(pages.text(pages.count - 1).split())


def test_labels_have_names_and_addresses(staying: Staying) -> None:
    record = next(record for record in RECORDS if record.key == "person")
    form = plain.labels(ListQuery(record, [("id", "in", (staying.ids["霍明翊"], staying.ids["俞闻笛"]))]))
    said = text_of(making.make(staying.reader, staying.store, form, Ask()).pdf)
    assert "霍明翊" in said
    assert "俞闻笛" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_of_the_window_does_not_matter(staying: Staying, language: str) -> None:
    use(language)
    made = making.make(staying.reader, staying.store, library.form(DUTIES, "F16"), Ask(row_of(staying, library.form(DUTIES, "F16")), language=EN))
    assert "VIPreceptionnotice" in text_of(made.pdf)


def test_a_bilingual_paper_says_its_sentences_in_both_languages() -> None:
    told = Ask(language=BOTH).say(Text(making.CHANGED.source, revision=2, day="2026-11-18"))
    assert told == f"{say_in(Text(making.CHANGED.source, revision=2, day='2026-11-18'), 'zh_CN')} Changed since revision 2 of 2026-11-18; what is new is red"


@pytest.mark.parametrize("language", [ZH, EN, BOTH])
@pytest.mark.parametrize("key", ["F15", "F16", "F17", "F18", "F01", "F48"])
def test_what_is_signed_stands_on_one_sheet(staying: Staying, key: str, language: str) -> None:
    """No department's box on a second page that nobody turns to."""
    form = library.form(DUTIES, key)
    made = making.make(staying.reader, staying.store, form, Ask(row_of(staying, form), TODAY, language=language, person="沈知渝"))
    with closing(sheets.Sheets(made.pdf)) as pages:
        assert pages.count == 1


def test_figures_of_the_briefing_speak_the_language_of_the_paper(staying: Staying) -> None:
    use("en")
    made = making.make(staying.reader, staying.store, library.form(DUTIES, "F36"), Ask(0, TODAY, language=ZH))
    said = text_of(made.pdf)
    assert "婚宴16人" in said
    assert "people" not in said
    assert "菜单被拦截：1" in said  # of what needs somebody, what touches a guest comes before the money
