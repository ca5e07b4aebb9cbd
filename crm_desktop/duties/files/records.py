"""What the program remembers of files: how the columns of a hotel's own were mapped, and which are written regularly."""

from __future__ import annotations

from crm_desktop.record.kinds import Kind
from crm_desktop.record.later import pattern
from crm_desktop.record.record import Field, Index, Problems, Record, Row, Section
from crm_desktop.record.schedule import DAY, EVERY, MONTH, WEEKDAYS
from crm_desktop.record.text import Text

_WHOLE_PATH = pattern(r"/|[A-Za-z]:[\\/]|\\\\")

FILE_MAPPING = Record(
    "file_mapping", Text("Saved mapping"), Text("Saved mappings"),
    Section(
        Text("Saved mapping"),
        Field("name", Text("Name"), required=True, width=200, words=("名称",)),
        Field("record", Text("Record"), Kind.CODE, required=True, once=True, width=120),
        Field("who", Text("Who"), width=120),
        Field("used_on", Text("Used last"), Kind.DATE, width=112),
        Field("headings", Text("Headings of the file"), Kind.LONG, wide=True, once=True),
    ),
    extra=(Field("content", Text("What its columns mean"), Kind.LONG, hidden=True),),
    code="", listed=("name", "record", "who", "used_on", "headings"), sorted_by="name", sortable=("name", "used_on"), indexes=(Index("record", "name"),),
    file_word="mappings", papers=False, area="tasks", owners=(),
)  # fmt: skip


def _plan_problems(row: Row) -> Problems:
    found: Problems = {}
    if row.get("active") and not row.get("folder"):
        found["folder"] = Text("Say in which folder the file is to be written")
    elif row.get("folder") and not _WHOLE_PATH.match(str(row["folder"])):
        found["folder"] = Text("Give the whole path of the folder, such as D:\\Reports or /home/sales/reports")
    if row.get("every") == MONTH and not row.get("month_day"):
        found["month_day"] = Text("Say on which day of the month")
    return found


FILE_KINDS = (
    (".xlsx", Text("Excel workbook"), ""), (".csv", Text("CSV in UTF-8"), ""), (".csv gb18030", Text("CSV in GB18030"), ""), (".json", Text("JSON"), ""),
    (".ics", Text("Calendar others subscribe to (iCalendar)"), ""), (".vcf", Text("Cards (vCard)"), ""),
)  # fmt: skip
EXPORT_PLAN = Record(
    "export_plan", Text("Regular file"), Text("Regular files"),
    Section(
        Text("Regular file"),
        Field("name", Text("Name"), required=True, width=180, words=("名称",), help=Text("The files are called so, with the day behind it; calendars and cards keep one name and are always the newest")),
        Field("active", Text("Is written"), Kind.BOOL, default=1, width=80),
        Field("shows", Text("Which rows"), wide=True, once=True, width=200),
        Field("pc", Text("On this PC"), Kind.CODE, once=True, width=110),
        Field("who", Text("Who"), once=True, width=110),
    ),
    Section(
        Text("When and where"),
        Field("every", Text("How often"), Kind.CHOICE, closed=True, required=True, default=DAY, choices=EVERY, width=92),
        Field("time", Text("At"), Kind.TIME, required=True, default="07:00", width=72),
        Field("weekday", Text("On (every week)"), Kind.CHOICE, closed=True, default="1", choices=WEEKDAYS, width=92),
        Field("month_day", Text("Day (every month)"), Kind.INT, default=1, least=1, most=31),
        Field("folder", Text("Folder"), wide=True, width=220),
        Field("kind", Text("Kind of file"), Kind.CHOICE, closed=True, required=True, default=".xlsx", choices=FILE_KINDS, width=120),
    ),
    extra=(
        Field("record", Text("Record"), Kind.CODE, required=True, once=True, hidden=True),
        Field("content", Text("What it shows"), Kind.LONG, hidden=True),
        Field("last_at", Text("Written last"), Kind.CODE, default="", settled=True, width=150),
        Field("result", Text("What came of it"), default="", settled=True, width=220),
    ),
    code="", listed=("name", "shows", "every", "time", "folder", "kind", "active", "last_at", "result"), sorted_by="name", sortable=("name",),
    indexes=(Index("pc", "name"),), check=_plan_problems, check_on=("active", "folder", "every", "month_day"),
    file_word="regular", papers=False, area="tasks", owners=(),
)  # fmt: skip
