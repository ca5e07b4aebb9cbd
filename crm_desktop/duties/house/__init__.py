"""The house 酒店资料: departments, rooms, places and meal periods, reached from the settings and by the palette."""

from __future__ import annotations

from crm_desktop.duties.house.records import DEPARTMENT, MEAL_PERIOD, ROOM, ROOM_TYPE, VENUE
from crm_desktop.record.duty import Duty, Page
from crm_desktop.record.text import Text

DUTY = Duty(
    "house", Text("The hotel's own facts"), records=(DEPARTMENT, ROOM_TYPE, ROOM, VENUE, MEAL_PERIOD),
    pages=(
        Page("departments", Text("Departments"), "building-2", words=("部门", "签字", "签批"), record=DEPARTMENT, rail=False),
        Page("room-types", Text("Room types"), "bed", words=("房型", "客房类型"), record=ROOM_TYPE, rail=False),
        Page("rooms", Text("Guest rooms"), "bed", words=("房号", "客房"), record=ROOM, rail=False),
        Page("venues", Text("Places to meet and eat"), "map-pin", words=("宴会厅", "包厢", "餐厅", "草坪", "场地", "会议室"), record=VENUE, rail=False),
        Page("meal-periods", Text("Meal periods"), "utensils-crossed", words=("市别", "餐段", "营业时间"), record=MEAL_PERIOD, rail=False),
    ),
)  # fmt: skip
