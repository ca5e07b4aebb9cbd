"""Lists of a PMS, workbooks, cards, calendars and reservation messages, brought in by the one import there is."""

from __future__ import annotations

import csv
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.mappings import find_table
from crm_desktop.duties.stays.records import HOTEL, STAY
from crm_desktop.exchange import importing
from crm_desktop.exchange.days import AskedDays
from crm_desktop.exchange.differences import Naming, changed, gone
from crm_desktop.exchange.importing import Prepared
from crm_desktop.exchange.reading import read
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, say
from tests.samples import BOOKINGS, account, added, facts, sound

HEAD = ["预订号", "姓名", "协议单位", "房类", "房价", "抵店", "离店", "人数", "备注"]
ONE = ["0012", " 王小明 ", "华东电气", "DKN", "680.00", "26.11.23", "26.11.25", "2", "高楼层"]
TWO = ["0013", "李雷", "", "TWN", "1,280", "26.11.23", "26.11.24", "1", ""]


def comes(desk: Desk, path: Path, record: Record, sheet: str = "", dates: str = "", strict: bool = False) -> Prepared:
    table, mapping = find_table(read(path), record, sheet)
    with closing(desk.store.open_reader()) as reader:
        return importing.prepare(reader, desk.store.keys, desk.store.by_key, table, mapping, dates=dates, strict=strict)


def brought(desk: Desk, path: Path, record: Record, **how: Any) -> dict[str, Any]:
    prepared = comes(desk, path, record, **how)
    importing.write(desk, prepared)
    return {name: count for name, count in prepared.counts().items() if name != "refused_file" and count}


@pytest.fixture
def one_hotel(desk: Desk) -> int:
    return added(desk, HOTEL, name="Our hotel", code="OUR")


def listed(path: Path, *rows: list[str], encoding: str = "gb18030", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def found(desk: Desk, columns: str, table: str = "stay", order: str = "id") -> list[tuple[Any, ...]]:
    return list(desk.store.writer.execute(f"select {columns} from {table} where gone is null order by {order}").fetchall())


@pytest.mark.usefixtures("one_hotel")
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_list_of_arrivals_with_all_its_trimmings(desk: Desk, tmp_path: Path, delimiter: str) -> None:
    path = listed(
        tmp_path / "预抵.csv", ["酒店预抵报表"], ["打印日期：2026-11-22"], HEAD, ONE, TWO, ["小计", "", "", "", "2"], HEAD, ["合计"], delimiter=delimiter,
    )  # fmt: skip
    assert brought(desk, path, STAY) == {"read": 4, "added": 2, "refused": 2}
    assert found(desk, "booking_no, arrival, departure, rate, room_reserved, adults, status, remark", order="booking_no") == [
        ("0012", "2026-11-23", "2026-11-25", 68_000, "DKN", 2, "Booked", "高楼层"),
        ("0013", "2026-11-23", "2026-11-24", 128_000, "TWN", 1, "Booked", ""),
    ]
    assert found(desk, "name", "person", "name") == [("李雷",), ("王小明",)]
    assert brought(desk, path, STAY) == {"read": 4, "same": 2, "refused": 2}
    sound(desk.store)


@pytest.mark.usefixtures("one_hotel")
def test_a_corrected_list_updates_and_says_what_is_missing(desk: Desk, tmp_path: Path) -> None:
    brought(desk, listed(tmp_path / "预抵20261122.csv", HEAD, ONE, TWO), STAY)
    corrected = [*ONE[:4], "700", *ONE[5:]]
    prepared = comes(desk, listed(tmp_path / "预抵20261123.csv", HEAD, corrected, ["0014", "韩梅梅", *TWO[2:]]), STAY)
    assert (prepared.added, prepared.updated) == (1, 1)
    with closing(desk.store.open_reader()) as reader:
        naming = Naming(reader, desk.store.by_key, prepared.made)
        changes, left = changed(reader, prepared, naming), gone(reader, prepared, naming)
    assert [(line.name, say(line.words)) for line in changes] == [("0012", "Rate per night: 680.00 → 700.00")]
    assert [line.name for line in left] == ["0013"]
    prepared.leave({changes[0].id})
    importing.write(desk, prepared)
    assert [row[0] for row in found(desk, "rate", order="booking_no")] == [68_000, 128_000, 128_000]
    desk.undo()
    assert len(found(desk, "id")) == 2


@pytest.mark.usefixtures("one_hotel")
def test_who_is_in_house_and_who_was(desk: Desk, tmp_path: Path) -> None:
    in_house = listed(tmp_path / "在店.csv", ["房号", "账号", "姓名", "性别", "国籍", "抵", "离", "房价", "单位", "余额", "团号"], ["0801", "F001", "王小明", "男", "CN", "11-20", "11-24", "680", "华东电气", "1,200.00", ""])
    assert brought(desk, in_house, STAY) == {"read": 1, "added": 1}
    past = listed(tmp_path / "历史.csv", ["账号", "姓名", "单位", "抵店", "离店", "间夜", "房费", "餐费", "总消费"], ["H001", "李雷", "", "11/1/2026", "11/4/2026", "3", "2,040.00", "100", "2140"], ["H002", "李雷", "", "10/13/2026", "10/14/2026", "1", "500", "0", "500"])
    assert brought(desk, past, STAY) == {"read": 2, "added": 2}
    assert found(desk, "booking_no, room_no, status, rate, arrival, departure", order="booking_no") == [
        ("F001", "0801", "In-House", 68_000, "2026-11-20", "2026-11-24"),
        ("H001", "", "Check-Out", 68_000, "2026-11-01", "2026-11-04"), ("H002", "", "Check-Out", 50_000, "2026-10-13", "2026-10-14"),
    ]  # fmt: skip


CHARGED = ["账号", "姓名", "抵店", "离店", "间夜", "房费", "餐费", "其他", "总消费"]


@pytest.mark.usefixtures("one_hotel")
def test_past_stays_bring_what_was_charged(desk: Desk, tmp_path: Path) -> None:
    """Who was in house is gone, with what was spent; the list again changes nothing, a corrected one brings it up to date."""
    brought(desk, listed(tmp_path / "在店.csv", ["账号", "姓名", "抵", "离", "房价", "余额"], ["F001", "王小明", "2026-11-20", "2026-11-24", "680", "0"]), STAY)
    rows = ["F001", "王小明", "2026-11-20", "2026-11-24", "4", "2,720.00", "388.50", "60", "3,168.50"], ["F002", "李雷", "2026-11-22", "2026-11-23", "1", "500", "", "", ""]
    path = listed(tmp_path / "离店.csv", CHARGED, *rows)
    assert brought(desk, path, STAY) == {"read": 2, "added": 1, "updated": 1}
    kept = "booking_no, status, rate, meals_spent, other_spent"
    assert found(desk, kept, order="booking_no") == [("F001", "Check-Out", 68_000, 38_850, 6_000), ("F002", "Check-Out", 50_000, 0, 0)]
    assert brought(desk, path, STAY) == {"read": 2, "same": 2}
    assert brought(desk, listed(tmp_path / "离店2.csv", CHARGED, [*rows[0][:6], "400", *rows[0][7:]]), STAY) == {"read": 1, "updated": 1}
    assert found(desk, "meals_spent", order="booking_no")[0] == (40_000,)
    sound(desk.store)
    desk.undo()
    desk.undo()
    assert found(desk, "status, meals_spent") == [("In-House", 0)]


@pytest.mark.usefixtures("one_hotel")
def test_several_guests_of_one_name_are_not_guessed_between(desk: Desk, tmp_path: Path) -> None:
    for _ in range(2):
        added(desk, PERSON, name="王小明")
    prepared = comes(desk, listed(tmp_path / "a.csv", HEAD, ONE), STAY)
    assert [say(bad.reason) for bad in prepared.bad] == ["Guest: several are named '王小明'; give the code"]


@pytest.mark.usefixtures("one_hotel")
def test_dates_that_can_be_read_two_ways_are_asked(desk: Desk, tmp_path: Path) -> None:
    path = listed(tmp_path / "a.csv", HEAD, [*ONE[:5], "03/04/2026", "05/04/2026", *ONE[7:]])
    before = facts(desk.store)
    with pytest.raises(AskedDays, match=r"抵店, such as 03/04/2026, can be read day first or month first") as asked:
        comes(desk, path, STAY)
    assert (asked.value.styles, facts(desk.store)) == (["dmy", "mdy"], before)
    assert brought(desk, path, STAY, dates="dmy") == {"read": 1, "added": 1}
    assert found(desk, "arrival, departure") == [("2026-04-03", "2026-04-05")]


@pytest.mark.usefixtures("one_hotel")
def test_one_column_decides_for_the_other(desk: Desk, tmp_path: Path) -> None:
    prepared = comes(desk, listed(tmp_path / "a.csv", HEAD, [*ONE[:5], "03/04/2026", "15/04/2026", *ONE[7:]]), STAY)
    assert prepared.dates == {"抵店": "dmy", "离店": "dmy"}
    assert [(row["arrival"], row["departure"]) for row in prepared.preview] == [("2026-04-03", "2026-04-15")]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook with a sheet of notes, one of arrivals with a merged title, and an empty one."""
    path = tmp_path / "预抵.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        made.add_worksheet("说明").write_string(0, 0, "请勿修改")
        sheet = made.add_worksheet("预抵")
        sheet.merge_range(0, 0, 0, 8, "酒店预抵报表")
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        for at, cell in enumerate(HEAD):
            sheet.write_string(2, at, cell)
        for row, values in enumerate((ONE, TWO), 3):
            for at, cell in enumerate(values):
                sheet.write_string(row, at, cell)
            sheet.write_number(row, 4, 680.5)
            sheet.write_datetime(row, 5, __import__("datetime").datetime(2026, 11, 23), day)
            sheet.write_datetime(row, 6, __import__("datetime").datetime(2026, 11, 25), day)
        sheet.write_string(5, 0, "合计")
        made.add_worksheet("空")
    return path


@pytest.mark.usefixtures("one_hotel")
def test_a_workbook_comes_in_like_a_text_table(desk: Desk, book: Path) -> None:
    assert brought(desk, book, STAY) == {"read": 3, "added": 2, "refused": 1}
    assert found(desk, "booking_no, arrival, departure, rate", order="booking_no") == [
        ("0012", "2026-11-23", "2026-11-25", 68_050), ("0013", "2026-11-23", "2026-11-25", 68_050),
    ]  # fmt: skip
    assert brought(desk, book, STAY, sheet="预抵") == {"read": 3, "same": 2, "refused": 1}
    with pytest.raises(Refused, match="no sheet 'x'; there are: 说明, 预抵, 空"):
        comes(desk, book, STAY, sheet="x")
    with pytest.raises(Refused, match="headings"):
        comes(desk, book, STAY, sheet="说明")


def test_cards_become_people(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "名片.vcf"
    path.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nN:王;小明;;;\nFN:王小明\nORG:华东电气;销售部\nTITLE:经理\nTEL;TYPE=CELL:13900001001\nTEL;TYPE=WORK:0571-88880000\n"
        "EMAIL:wang@example.com\nBDAY:1980-05-06\nADR:;;解放路 1 号;杭州;浙江;310000;中国\nNOTE:老客户\\, 爱茶\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=9D=8E;=E9=9B=B7\nTEL;CELL:13900001002\nEND:VCARD\n",
        "utf-8",
    )
    assert brought(desk, path, PERSON) == {"read": 2, "added": 2}
    assert found(desk, "name, phone, email, birthday, department, position, remark, address", "person", "phone") == [
        ("王小明", "139 0000 1001", "wang@example.com", "1980-05-06", "销售部", "经理", "老客户, 爱茶\n0571-88880000", "中国浙江杭州解放路 1 号 310000"),
        ("李雷", "139 0000 1002", "", "", "", "", "", ""),
    ]  # fmt: skip
    assert found(desk, "name", "account") == [("华东电气",)]
    assert brought(desk, path, PERSON) == {"read": 2, "same": 2}


def test_a_calendar_becomes_follow_ups(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "日程.ics"
    path.write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=Asia/Shanghai:20261123T093000\nSUMMARY:拜访华东电气\nLOCATION:杭州\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:2\nDTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261126\nSUMMARY:展会\nEND:VEVENT\nEND:VCALENDAR\n",
        "utf-8",
    )
    assert brought(desk, path, FOLLOW_UP) == {"read": 2, "added": 2}
    assert found(desk, "name, due, due_time, remark", "follow_up", "due") == [("拜访华东电气", "2026-11-23", "09:30", "杭州"), ("展会", "2026-11-24", "", "")]
    assert brought(desk, path, FOLLOW_UP) == {"read": 2, "same": 2}


def test_an_appointment_that_was_moved_is_moved_here_and_what_is_done_stays_done(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "日程.ics"
    event = "BEGIN:VEVENT\nUID:{}\nDTSTART;VALUE=DATE:{}\nSUMMARY:{}\nEND:VEVENT\n"
    first = [event.format("a@x", "20261123", "拜访华东电气"), event.format("b@x", "20261124", "展会"), event.format("b@x", "20261224", "展会")]
    path.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{''.join(first)}END:VCALENDAR\n", "utf-8")
    assert brought(desk, path, FOLLOW_UP) == {"read": 3, "added": 3}
    (done,) = desk.store.writer.execute("select id, version from follow_up where due = '2026-11-24'").fetchall()
    desk.move(FOLLOW_UP, done[0], done[1], "done")
    moved = [event.format("a@x", "20261130", "拜访华东电气 改期"), *first[1:]]
    path.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{''.join(moved)}END:VCALENDAR\n", "utf-8")
    assert brought(desk, path, FOLLOW_UP) == {"read": 3, "updated": 1, "same": 2}
    assert found(desk, "name, due, state", "follow_up", "due") == [("展会", "2026-11-24", "done"), ("拜访华东电气 改期", "2026-11-30", "open"), ("展会", "2026-12-24", "open")]


MESSAGE = """<OTA_HotelResNotifRQ xmlns="http://www.opentravel.org/OTA/2003/05"><HotelReservations>
<HotelReservation ResStatus="{status}"><UniqueID Type="14" ID="A77"/><RoomStays><RoomStay><RoomTypes><RoomType RoomTypeCode="DKN"/></RoomTypes>
<GuestCounts><GuestCount Count="2"/><GuestCount Count="1" Age="5"/></GuestCounts><TimeSpan Start="2026-12-01" End="2026-12-04"/>
<Total AmountAfterTax="1500.00" CurrencyCode="CNY"/></RoomStay></RoomStays><ResGuests><ResGuest><Profiles><ProfileInfo><Profile><Customer Gender="Male">
<PersonName><GivenName>小明</GivenName><Surname>王</Surname></PersonName><Telephone PhoneNumber="13900001001"/></Customer></Profile></ProfileInfo></Profiles></ResGuest></ResGuests>
<ResGlobalInfo><BasicPropertyInfo HotelName="Our hotel"/></ResGlobalInfo></HotelReservation></HotelReservations></OTA_HotelResNotifRQ>"""


@pytest.mark.usefixtures("one_hotel")
def test_a_reservation_message_becomes_a_stay_and_a_guest(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "res.xml"
    path.write_text(MESSAGE.format(status="Reserved"), "utf-8")
    assert brought(desk, path, PERSON) == {"read": 1, "added": 1}
    assert brought(desk, path, STAY) == {"read": 1, "added": 1}
    columns = "booking_no, status, arrival, departure, rate, adults, children, room_reserved"
    assert found(desk, columns) == [("A77", "Booked", "2026-12-01", "2026-12-04", 50_000, 2, 1, "DKN")]
    assert found(desk, "name, sex", "person") == [("王小明", "male")]
    path.write_text(MESSAGE.format(status="Cancelled"), "utf-8")
    assert brought(desk, path, STAY) == {"read": 1, "updated": 1}
    assert found(desk, "status") == [("Canceled",)]
    path.write_text(MESSAGE.format(status="Requested"), "utf-8")
    assert [say(bad.reason) for bad in comes(desk, path, STAY).bad] == ["Status: Reservation A77 is only asked for, not booked yet; answer it first"]


@pytest.mark.usefixtures("one_hotel")
def test_firms_are_found_by_name_too(desk: Desk, tmp_path: Path) -> None:
    firm = account(desk, "华东电气", code="HD01")
    brought(desk, listed(tmp_path / "a.csv", HEAD, ONE), STAY)
    assert found(desk, "company_id") == [(firm,)]


# the booking file, saved again by other programs


def resaved(path: Path, day: str, pad: str, rows: int = 700) -> Path:
    with BOOKINGS.open(encoding="utf-8", newline="") as source, path.open("w", encoding="utf-8-sig", newline="") as out:
        lines = csv.reader(source)
        head = next(lines)
        at = head.index("reservation_status_date")
        writer = csv.writer(out, delimiter=";")
        writer.writerow([pad + title + pad for title in head])
        for _, row in zip(range(rows), lines, strict=False):
            year, month, number = row[at].split("-")
            row[at] = day.format(y=year, m=month, d=number, M=int(month), D=int(number))
            writer.writerow([pad + cell + pad for cell in row])
    return path


@pytest.fixture
def plain_bookings(tmp_path: Path) -> Path:
    if not BOOKINGS.exists():
        pytest.skip(f"the booking file is not at {BOOKINGS}")
    return resaved(tmp_path / "plain.csv", "{y}-{m}-{d}", "")


@pytest.mark.parametrize(
    ("day", "pad"), [("{d}-{m}-{y}", " "), ("{M}/{D}/{y}", ""), ("{y}/{M}/{D} 0:00", "\u3000"), ("{d}.{m}.{y}", "\t"), ("{y}年{M}月{D}日", "\u00a0")],
)  # fmt: skip
def test_bookings_saved_again_bring_the_same(desk: Desk, plain_bookings: Path, tmp_path: Path, day: str, pad: str) -> None:
    brought(desk, plain_bookings, STAY, strict=True)
    again = comes(desk, resaved(tmp_path / "again.csv", day, pad), STAY, strict=True)
    assert (again.read, again.same, again.added) == (700, 700, 0)


def test_bookings_saved_again_with_empty_cells_and_decimal_points(desk: Desk, plain_bookings: Path, tmp_path: Path) -> None:
    """As programs for tables of numbers write them: NULL is empty, whole numbers of columns with empty cells have a point, rows are numbered."""
    brought(desk, plain_bookings, STAY, strict=True)
    with plain_bookings.open(encoding="utf-8-sig", newline="") as source:
        head, *rows = csv.reader(source, delimiter=";")
    points = {head.index(name) for name in ("children", "agent", "company")}

    def again(at: int, cell: str) -> str:
        return "" if cell in ("NULL", "NA") else f"{cell}.0" if at in points else cell

    path = listed(tmp_path / "again.csv", ["", *head], *([str(number), *(again(at, cell) for at, cell in enumerate(row))] for number, row in enumerate(rows)), encoding="utf-16", delimiter="\t")
    prepared = comes(desk, path, STAY, strict=True)
    assert (prepared.read, prepared.same, prepared.added) == (700, 700, 0)


# reports as they are printed


@pytest.mark.usefixtures("one_hotel")
def test_a_report_of_several_pages_with_sums_and_notes(desk: Desk, tmp_path: Path) -> None:
    page = [["酒店预抵报表", *[""] * 8], ["营业日期：2026-11-22", "", "", "", "", "", "", "打印：张三", ""], HEAD]
    path = listed(
        tmp_path / "预抵.csv", *page, ONE, ["小计：1 间", *[""] * 8], *page, TWO, ["本页合计", "", "", "", "1,960.00", "", "", "3", ""],
        ["第 2 页 共 2 页", *[""] * 8], ["制表人：张三", "", "", "审核：", "", "", "", "", ""], ["共 2 条记录", *[""] * 8], encoding="utf-8-sig",
    )  # fmt: skip
    prepared = comes(desk, path, STAY)
    assert (prepared.added, len(prepared.bad)) == (2, 5)
    assert {say(bad.reason) for bad in prepared.bad} == {
        "This line is a total of other lines, no row of its own; it was left out", "This line is a note of the report, no row of its own; it was left out",
    }  # fmt: skip


def test_a_total_that_could_be_a_row_is_none(desk: Desk, tmp_path: Path) -> None:
    """A list of clients needs a name only: 合计 would be one."""
    path = listed(tmp_path / "a.csv", ["单位名称", "城市"], ["华东电气", "杭州"], ["合计设计院", "杭州"], ["合 计", "2"], ["总计：", "2"], ["Total", ""])
    assert [row[1] for row in sorted((bad.line, bad.cells[0]) for bad in comes(desk, path, ACCOUNT).bad)] == ["合 计", "总计：", "Total"]


@pytest.mark.usefixtures("one_hotel")
def test_rows_whose_last_empty_cells_excel_left_out(desk: Desk, tmp_path: Path) -> None:
    short = [[f"{number:04}", *ONE[1:8]] for number in range(100, 110)]
    torn = ["0200", *ONE[1:6]]
    path = listed(tmp_path / "a.csv", HEAD, ONE, torn, *short, [*TWO, "", " "])
    prepared = comes(desk, path, STAY)
    assert (prepared.added, [(bad.cells[0], say(bad.reason)) for bad in prepared.bad]) == (12, [("0200", "6 cells instead of 9")])


@pytest.mark.usefixtures("one_hotel")
@pytest.mark.parametrize(
    ("arrival", "departure"),
    [
        ("46349", "46351"), ("46349.58", "46351.5"), ("2026年11月23日", "2026年11月25日"), ("26.11.23", "26.11.25"), ("11-23", "11-25"), ("23-Nov-26", "25-Nov-26"),
        ("11/23/26", "11/25/26"), ("23/11/2026 14:00", "25/11/2026 12:00"), ("20261123", "20261125"), ("2026-11-23T14:00:00", "2026-11-25T12:00:00"), ("11月23日", "11月25日"),
    ],
)  # fmt: skip
def test_days_as_programs_write_them(desk: Desk, tmp_path: Path, arrival: str, departure: str) -> None:
    path = listed(tmp_path / "a.csv", HEAD, [*ONE[:5], f" {arrival} ", departure, *ONE[7:]])
    assert brought(desk, path, STAY) == {"read": 1, "added": 1}
    assert found(desk, "arrival, departure") == [("2026-11-23", "2026-11-25")]
