"""Import 导入: bringing a file in, with a look at what would happen first."""

from __future__ import annotations

from crm_desktop.record.duty import Duty, Page
from crm_desktop.record.text import Text as T

DUTY = Duty(
    "files", T("Import"),
    pages=(Page("import", T("Import"), "download", "crm_desktop.duties.files.pages:importing", ("导入", "文件", "excel", "csv", "pms")),),
)  # fmt: skip
