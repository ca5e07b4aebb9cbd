"""Import 导入: bringing a file in, with a look at what would happen first."""

from __future__ import annotations

from crm_desktop.record.duty import Duty, Page
from crm_desktop.record.text import Text

DUTY = Duty(
    "files", Text("Import"),
    pages=(Page("import", Text("Import"), "download", "crm_desktop.duties.files.pages:importing", ("导入", "文件", "excel", "csv", "pms")),),
)  # fmt: skip
