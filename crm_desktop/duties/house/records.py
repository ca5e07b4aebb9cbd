"""What the house is made of: departments and who signs for them, room types and rooms, places to meet and eat, meal periods."""

from __future__ import annotations

from crm_desktop.record.house import currency, make_hotel, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Problems, Record, Row, Section
from crm_desktop.record.text import Text

VENUE_KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("hall", Text("Banquet hall")), ("meeting", Text("Meeting room")), ("private-room", Text("Private room")),
        ("outlet", Text("Restaurant or bar")), ("lawn", Text("Lawn or terrace")), ("other", Text("Other place")),
    )
)  # fmt: skip



def _hotel() -> Field:
    """Not needed: where there is one hotel nobody writes it into a file."""
    return Field("hotel_id", Text("Hotel"), Kind.REF, ref="hotel", make=make_hotel, width=120, words=("酒店",))


DEPARTMENT = Record(
    "department", Text("Department"), Text("Departments"),
    Section(
        Text("Department"),
        _hotel(),
        Field("name", Text("Name"), required=True, searched=True, width=150, words=("部门", "部门名称")),
        Field("name_en", Text("Name in English"), searched=True, width=170, words=("英文名称",)),
        Field("code", Text("Department code"), Kind.CODE, searched=True, width=84, words=("部门代码",)),
        owner(Text("Who signs"), "signs_id"),
        Field("extension", Text("Extension"), Kind.CODE, searched=True, width=84, words=("分机",)),
        Field("position", Text("Order on papers"), Kind.INT, default=0, least=0, most=9_999, width=84, words=("顺序",)),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    listed=("name", "name_en", "code", "signs_id", "extension", "hotel_id"), sorted_by="name", sortable=("name",), filters=("hotel_id",),
    indexes=(Index("hotel_id", "code", unique=True),), file_word="departments", note=("code", "extension"),
    area="house",
)  # fmt: skip

ROOM_TYPE = Record(
    "room_type", Text("Room type"), Text("Room types"),
    Section(
        Text("Room type"),
        _hotel(),
        Field("code", Text("Type code"), Kind.CODE, required=True, searched=True, width=84, words=("房型代码",)),
        Field("name", Text("Name"), required=True, searched=True, width=170, words=("房型", "房型名称")),
        Field("name_en", Text("Name in English"), searched=True, width=190, words=("英文名称",)),
        Field("rate", Text("Published rate"), Kind.MONEY, least=0, width=120, words=("门市价", "牌价")),
        currency(),
        Field("count", Text("Rooms of this type"), Kind.INT, least=0, most=9_999, width=90, words=("间数",)),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    listed=("code", "name", "name_en", "rate", "currency", "count", "hotel_id"), sorted_by="code", sortable=("code", "name", "rate"),
    filters=("hotel_id",), indexes=(Index("hotel_id", "code", unique=True),), currency="currency", file_word="room-types", note=("code",),
    area="house",
)  # fmt: skip


def make_room_type(code: str, name: str) -> Row:
    """The room type a file names and nobody entered yet."""
    return {"code": code or name, "name": name or code}


ROOM = Record(
    "room", Text("Guest room"), Text("Guest rooms"),
    Section(
        Text("Guest room"),
        _hotel(),
        Field("name", Text("Room no."), required=True, searched=True, width=96, words=("房号", "房间号")),
        Field("floor", Text("Floor"), Kind.CODE, width=72, words=("楼层",)),
        Field("type_id", Text("Room type"), Kind.REF, ref="room_type", make=make_room_type, width=190, words=("房型",)),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    code="", listed=("name", "floor", "type_id", "hotel_id"), sorted_by="name", sortable=("name",), filters=("hotel_id", "type_id"),
    indexes=(Index("hotel_id", "name", unique=True), Index("type_id", "name")), file_word="rooms", note=("floor",),
    area="house",
)  # fmt: skip

VENUE = Record(
    "venue", Text("Meeting place"), Text("Places to meet and eat"),
    Section(
        Text("Meeting place"),
        _hotel(),
        Field("name", Text("Name"), required=True, searched=True, width=170, words=("场地", "场地名称", "厅房")),
        Field("name_en", Text("Name in English"), searched=True, width=170, words=("英文名称",)),
        Field("code", Text("Code of the place"), Kind.CODE, searched=True, width=84, words=("场地代码",)),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default="hall", choices=VENUE_KINDS, codes="venue_kind", width=104, words=("类别",)),
        Field("outlet_id", Text("Belongs to"), Kind.REF, ref="venue", ref_where=("kind", "outlet"), width=150, words=("所属餐厅",)),
        Field("area", Text("Area in m²"), Kind.INT, least=0, most=99_999, width=84, words=("面积",)),
        Field("height", Text("Height in cm"), Kind.INT, least=0, most=9_999, width=84, words=("层高",)),
        Field("seats", Text("Seats"), Kind.INT, least=0, most=99_999, width=76, words=("座位数", "容纳人数")),
        Field("tables", Text("Round tables"), Kind.INT, least=0, most=9_999, width=84, words=("桌数", "圆桌数")),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    listed=("name", "name_en", "kind", "area", "height", "seats", "tables", "outlet_id", "hotel_id"), sorted_by="name", sortable=("name",),
    filters=("kind", "hotel_id"), indexes=(Index("hotel_id", "code", unique=True),), file_word="venues", note=("code", "kind"),
    area="house",
)  # fmt: skip


def _period_problems(row: Row) -> Problems:
    """A period may end after midnight (a supper), but not when it begins."""
    if row.get("begins") and row["begins"] == row.get("ends"):
        return {"ends": Text("The end must be another time than the beginning")}
    return {}


MEAL_PERIOD = Record(
    "meal_period", Text("Meal period"), Text("Meal periods"),
    Section(
        Text("Meal period"),
        _hotel(),
        Field("name", Text("Name"), required=True, searched=True, width=150, words=("市别", "餐段")),
        Field("name_en", Text("Name in English"), searched=True, width=150, words=("英文名称",)),
        Field("begins", Text("From time"), Kind.TIME, required=True, width=84, words=("开始", "开始时间")),
        Field("ends", Text("To time"), Kind.TIME, required=True, width=84, words=("结束", "结束时间")),
    ),
    code="", listed=("name", "name_en", "begins", "ends", "hotel_id"), sorted_by="begins", sortable=("begins", "name"), filters=("hotel_id",),
    indexes=(Index("hotel_id", "name", unique=True),), check=_period_problems, check_on=("begins", "ends"), file_word="meal-periods", papers=False,
    area="house",
)  # fmt: skip
