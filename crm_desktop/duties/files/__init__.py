"""Import 导入: bringing a file in, with a look at what would happen first."""

from __future__ import annotations

from crm_desktop.duties.files.records import EXPORT_PLAN, FILE_MAPPING
from crm_desktop.record.duty import Duty, Page
from crm_desktop.record.text import Text

DUTY = Duty(
    "files", Text("Import"), records=(FILE_MAPPING, EXPORT_PLAN), begin="crm_desktop.duties.files.pages_regular:begin",
    pages=(
        Page("import", Text("Import"), "download", "crm_desktop.duties.files.pages:importing", ("导入", "文件", "excel", "csv", "pms")),
        Page("mappings", Text("Saved mappings"), "columns-3", words=("映射", "模板", "列对应", "mapping", "template"), record=FILE_MAPPING, rail=False),
        Page("regular-files", Text("Regular files"), "calendar-clock", words=("定时导出", "定期导出", "报表", "schedule", "export"), record=EXPORT_PLAN, rail=False),
    ),
)  # fmt: skip
