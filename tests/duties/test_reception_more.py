"""A reception through the desk: its own standards and signatures, a room with reasons, a work order, who meets the guest, what is handed on."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.desk import attachments
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.desk.settings import Settings
from crm_desktop.documents import issuing, making
from crm_desktop.duties import DUTIES
from crm_desktop.duties.bookings.documents import FORMS as BOOKING_FORMS
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.house.records import DEPARTMENT, ROOM, ROOM_TYPE
from crm_desktop.duties.rectifications.records import RECTIFICATION
from crm_desktop.duties.today import handover, queries
from crm_desktop.duties.today.records import DAY_NOTE, TURN
from crm_desktop.duties.vip import (
    actions,
    arrivals,
    documents,
    levels,
    queries_greeting,
    queries_plan,
    queries_reception,
    rooms,
    rules_inspection,
    words_reception,
)
from crm_desktop.duties.vip.quick_greeter import QuickGreeter
from crm_desktop.duties.vip.quick_late import QuickLate
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.duties.vip.records_greeting import GREETING
from crm_desktop.duties.vip.records_plan import DIARY, TASK
from crm_desktop.duties.vip.records_service import GUEST_CARD, JOURNAL, ROOM_CHECK
from crm_desktop.duties.vip.records_standard import RECEPTION_STANDARD
from crm_desktop.record.paper import Ask
from crm_desktop.record.text import Refused, say
from tests.duties import lobby
from tests.duties.lobby import DAY
from tests.samples import added, change, hotel, row, sound, stay


@pytest.fixture
def ids(desk: Desk) -> dict[str, int]:
    found = lobby.fill(desk)
    for number, (name, department) in enumerate((("顾砚秋", "总经办"), ("程牧野", "总经办"), ("周一禾", "营销部"), ("石固", "工程部")), 1):
        found[name] = added(desk, STAFF, name=name, code=f"LT{number:03d}", department=department)
    for code, name, who in (("GM", "总经办", "顾砚秋"), ("FO", "前厅部", ""), ("HK", "客房部", ""), ("EN", "工程部", "石固")):
        added(desk, DEPARTMENT, hotel_id=hotel(desk), name=name, code=code, signs_id=found.get(who))
    return found


def move(desk: Desk, record: Any, row_id: int, key: str, **more: Any) -> None:
    desk.move(record, row_id, row(desk, record, row_id)["version"], key, **more)


def task(desk: Desk, reception: int, code: str) -> dict[str, Any]:
    return next(each for each in queries_plan.tasks(desk.store.writer, reception) if each["task"] == code)


def test_the_hotels_own_standards_make_the_plan(desk: Desk, ids: dict[str, int]) -> None:
    levels.put_in(desk)
    with pytest.raises(Refused, match="own lists already"):
        levels.put_in(desk)
    (mine,) = desk.store.writer.execute("select id from reception_standard where task = 'greeters' and gone is null").fetchone()
    change(desk, RECEPTION_STANDARD, mine, minutes=-20, owner_id=ids["顾砚秋"], backup_id=ids["周一禾"], standard="站在门内两侧")
    added(desk, RECEPTION_STANDARD, task="drum", name="敲锣三声", levels="V3", department="GM", anchor="arrival", minutes=-1, phase="coming")
    move(desk, VIP_STAY, ids["situ"], "prepare")
    greeters = task(desk, ids["situ"], "greeters")
    assert (greeters["time"], greeters["owner_id"], greeters["standard"]) == ("15:45", ids["顾砚秋"], "站在门内两侧")
    assert task(desk, ids["situ"], "drum")["name"] == "敲锣三声"
    added(desk, DIARY, owner_id=ids["顾砚秋"], day=DAY, begins="15:30", ends="16:30", name="业主会")
    told = [say(point.words) for point in queries_plan.now(desk.store.writer, "vip_stay", ids["situ"], DAY)]
    assert any("业主会" in words and words.endswith("周一禾 is free") for words in told)  # the roster's back-up before the deputy
    sound(desk.store)


def test_whoever_marks_a_task_signs_for_it(desk: Desk, ids: dict[str, int]) -> None:
    move(desk, VIP_STAY, ids["situ"], "prepare")
    blocked, amenities = (task(desk, ids["situ"], code)["id"] for code in ("blocked", "amenities"))
    move(desk, TASK, blocked, "done")
    assert row(desk, TASK, blocked)["signed_by"] == desk.person
    move(desk, TASK, blocked, "open")
    assert row(desk, TASK, blocked)["signed_by"] == ""
    change(desk, TASK, amenities, evidence="photo")
    with pytest.raises(Refused, match="with a photo"):
        move(desk, TASK, amenities, "done")
    attachments.add_content(desk, TASK.key, amenities, "basket.jpg", b"\xff\xd8\xff\xe0jpeg")
    move(desk, TASK, amenities, "done")
    made = documents.documents_service.plan(desk.store.writer, Ask(ids["situ"]))
    assert made is not None
    assert any(desk.person in cells[-1] for cells in made.data["tasks"])
    assert all(len(cells) == 8 for cells in made.data["tasks"])


def test_a_room_is_given_with_its_reasons_and_a_defect_goes_to_engineering(desk: Desk, ids: dict[str, int]) -> None:
    kind = added(desk, ROOM_TYPE, code="EK", name="行政大床", rate=78_000, hotel_id=hotel(desk), count=3)
    for number in ("1601", "1602", "1609"):
        added(desk, ROOM, name=number, floor="16", type_id=kind, hotel_id=hotel(desk))
    guest = ids["司徒曜"]
    lobby.fact(desk, guest, "never", "尾号 9 的房间", kind="room")
    stay(desk, "2026-05-01", "2026-05-02", status="Check-Out", guest_id=guest, room_no="1602")
    stay(desk, DAY, "2026-11-20", status="Booked", room_no="1601")
    change(desk, VIP_STAY, ids["situ"], room_no="")
    found = words_reception.reception(desk.store.writer, ids["situ"])
    assert found is not None
    assert [one.room.number for one in found.candidates] == ["1602"]
    assert "was in it before" in rooms.why(found.candidates[0])
    rooms.give(desk, ids["situ"], "1602")
    with pytest.raises(Refused, match="1601"):
        rooms.give(desk, ids["situ"], "1601")
    move(desk, VIP_STAY, ids["situ"], "prepare")
    check = next(each["id"] for each in queries_reception.checks(desk.store.writer, ids["situ"]) if each["item"] == "safe")
    change(desk, ROOM_CHECK, check, defect="打不开")
    move(desk, ROOM_CHECK, check, "defect")
    move(desk, ROOM_CHECK, check, "order")
    order = row(desk, RECTIFICATION, row(desk, ROOM_CHECK, check)["order_id"])
    assert (order["room_no"], order["state"], order["department_id.name"], order["limit_on"]) == ("1602", "issued", "工程部", DAY)
    assert "打不开" in order["name"]
    with pytest.raises(Refused, match="work order"):
        move(desk, ROOM_CHECK, check, "order")
    assert rules_inspection.open_defects(queries_reception.checks(desk.store.writer, ids["situ"]))  # ready only once it is put right
    desk.undo()
    assert row(desk, ROOM_CHECK, check)["order_id"] is None
    sound(desk.store)


def test_a_greeter_is_named_from_the_list_and_ticks_the_guest(desk: Desk, ids: dict[str, int]) -> None:
    booked = stay(desk, DAY, "2026-11-20", status="Booked", guest_id=ids["小林 遥"], room_no="1505")
    added(desk, TURN, day=DAY, kind="out", owner_id=ids["周一禾"], begins="14:00", ends="16:30", name="澄籁")
    quick, reader = QuickGreeter(), desk.store.writer
    assert quick.understand(reader, "周一禾", {}, None).missing is not None
    guess = quick.understand(reader, "周一禾 谈续签", {}, (desk.store.by_key["stay"], booked))
    assert guess.missing is None
    assert any("14:00-16:30" in str(say(part.words)) and part.tone == "red" for part in guess.parts)
    quick.act(desk, guess)
    assert queries_greeting.of_stays(reader, [booked]) == {booked: "周一禾"}
    assert {say(line.label): line.count for line in queries_plan.today(reader, DAY, None)}["To be met"] == 1
    card = next(each for each in arrivals.arrival_cards(reader, DAY, "1505") if each.person_id == ids["小林 遥"])
    assert (card.greeter, card.talk) == ("周一禾", "谈续签")
    actions.met(desk, "stay", booked)
    assert queries_greeting.of_stays(reader, [booked]) == {booked: "周一禾: met"}
    assert reader.execute("select count(*) from visit where person_id = ? and kind = 'in-house' and gone is null", (ids["小林 遥"],)).fetchone()[0] == 1
    desk.undo()
    move(desk, GREETING, queries_greeting.of_guest(reader, ids["小林 遥"], DAY)["id"], "met")  # type: ignore[index]
    assert reader.execute("select count(*) from visit where person_id = ? and kind = 'in-house' and gone is null", (ids["小林 遥"],)).fetchone()[0] == 1
    move(desk, VIP_STAY, ids["situ"], "prepare")
    quick.act(desk, quick.understand(reader, "程牧野", {}, (VIP_STAY, ids["situ"])))
    assert task(desk, ids["situ"], "greeters")["owner_id"] == ids["程牧野"]
    sound(desk.store)


def test_a_later_train_is_one_line(desk: Desk, ids: dict[str, int]) -> None:
    change(desk, VIP_STAY, ids["situ"], arrival_time="14:20")
    move(desk, VIP_STAY, ids["situ"], "prepare")
    added(desk, TASK, vip_stay_id=ids["situ"], name="晚宴", phase="meal", day=DAY, time="16:30", lasts=120)
    quick = QuickLate()
    assert quick.understand(desk.store.writer, "晚点", {}, (VIP_STAY, ids["situ"])).missing is not None
    guess = quick.understand(desk.store.writer, "晚点 1小时45分", {}, (TASK, task(desk, ids["situ"], "greeters")["id"]))
    said = " / ".join(say(part.words) for part in guess.parts)
    assert "16:05" in said
    assert "16:30 晚宴" in said
    quick.act(desk, guess)
    assert row(desk, VIP_STAY, ids["situ"])["arrival_time"] == "16:05"
    assert (task(desk, ids["situ"], "inspect-am")["time"], task(desk, ids["situ"], "greeters")["time"]) == ("14:05", "15:55")
    assert quick.understand(desk.store.writer, "30分钟", {}, (VIP_STAY, ids["yu"])).missing is not None  # she is here


def test_what_a_shift_leaves_goes_into_the_hand_over(desk: Desk, ids: dict[str, int]) -> None:
    note = added(desk, JOURNAL, vip_stay_id=ids["yu"], guest_id=ids["俞闻笛"], day=DAY, time="08:30", kind="request", name="生日要一碗长寿面")
    added(desk, JOURNAL, vip_stay_id=ids["yu"], guest_id=ids["俞闻笛"], day=DAY, time="09:30", kind="reaction", name="笑了", hand_on=1)
    found = handover.handover(desk.store.writer, DUTIES, DAY, None)
    told = handover.items_text(found)
    assert "长寿面" in told
    assert "笑了" in told
    change(desk, JOURNAL, note, done="厨房已备")
    assert "长寿面" not in handover.items_text(handover.handover(desk.store.writer, DUTIES, DAY, None))


def test_a_functions_paper_is_held_back_by_a_stopped_dish(desk: Desk, ids: dict[str, int]) -> None:
    booking = added(desk, BOOKING, hotel_id=hotel(desk), kind="banquet", day="2026-11-19", time="18:30", place="听泉", people=12, person_id=ids["霍明翊"], state="definite")
    card = added(desk, GUEST_CARD, kind="kitchen", booking_id=booking, menu="花生碎拌菜\n清蒸白鱼")
    (form,) = BOOKING_FORMS
    with pytest.raises(Refused, match="花生碎拌菜"):
        issuing.issue(desk, form, Ask(booking))
    move(desk, GUEST_CARD, card, "excuse", reason="单独一份")
    assert form.held is not None
    assert form.held(desk.store.writer, booking) is None
    change(desk, BOOKING, booking, wishes="加一道花生酥；这位客人花生过敏")
    refused = form.held(desk.store.writer, booking)
    assert refused is not None
    assert "加一道花生酥" in say(refused)


def test_papers_about_a_confidential_guest_say_so_across_the_page(desk: Desk, ids: dict[str, int]) -> None:
    form = next(each for each in documents.FORMS if each.key == "F15")
    plain = making.make(desk.store.writer, desk.store, form, Ask(ids["situ"], person="许棠"), making.Look(pdf=_no_pages))
    assert plain.data["head"]["secret"] == ""
    settings = Settings()
    settings.person = added(desk, STAFF, name="许棠", code="LT099")
    desk.sit(settings)
    desk.signed_in = 0
    added(desk, desk.store.by_key["confidence"], person_id=ids["司徒曜"], name="沈一", since=DAY)
    secret = making.make(desk.store.writer, desk.store, form, Ask(ids["situ"], person="许棠"), making.Look(pdf=_no_pages))
    assert "许棠" in secret.data["head"]["secret"]
    assert DAY in secret.data["head"]["secret"]


def _no_pages(_template: str, _data: Any) -> bytes:
    return b""


def test_the_house_in_per_cent_weddings_and_the_weather(desk: Desk, ids: dict[str, int]) -> None:
    added(desk, ROOM_TYPE, code="SK", name="大床", hotel_id=hotel(desk), count=8)
    added(desk, BOOKING, hotel_id=hotel(desk), kind="wedding", day=DAY, people=420, state="definite", name="陈郑")
    added(desk, BOOKING, hotel_id=hotel(desk), kind="meeting", day=DAY, people=60, state="tentative", name="轻纺")
    added(desk, DAY_NOTE, day=DAY, sky="rain", low=8, high=12, name="接站车提前")
    stay(desk, "2026-10-01", "2026-12-01", status="In-House")
    board = queries.board(desk.store.writer, DUTIES, DAY, None)
    lines = {say(line.label): line for line in board.lines}
    assert lines["In house"].amount == f"{lines['In house'].count * 100 / 8:.1f} %"
    assert (lines["Weddings"].count, say(lines["Weddings"].amount), lines["Meetings and banquets"].count) == (1, "420 people", 1)
    assert lines["Long stays"].count == 1
    assert "Rain · 8~12℃ · 接站车提前" in say(board.calendar)
