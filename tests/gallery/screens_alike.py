"""The screens about rows that may be one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from crm_desktop.ui.alike_strip import AlikeStrip

Wait = Callable[[], None]


def duplicates(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The pairs that may be one."""
    window.go("alike")
    wait()


def merge(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Two clients side by side."""
    window.go("merge", record="account", one=ids["澄籁精密"], other=ids["诚籁精密"])
    wait()


def client_again(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A new client that is here already."""
    window.go("accounts")
    wait()
    page = window.page("accounts")
    page.new()
    wait()
    page.form.cells["name"].editor.set_value("雲楸醫療器械")
    page.form.cells["name"].editor.changed.emit()
    QApplication.processEvents()
    page.form.findChild(AlikeStrip).ask()
    wait()


def classes(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The clients whose class would change by their money."""
    window.go("classes")
    wait()


def import_likely(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A file of clients of which some are here under another spelling."""
    rows = ("单位名称,电话,网址", "诚籁精密制造有限公司,0575-00001007,www.example.com", "云垞医疗集团股份有限公司,,www.example.org", "锦澜堂茶业有限公司,,", "錦澤紡織有限公司,,")
    other = file.with_name("名片夹.csv")
    other.write_text("\n".join(rows), "utf-8")
    window.go("import", record="account", file=str(other))
    for _ in range(12):
        wait()
        if window.page("import")._summary is not None:
            return


SCREENS = {"import_likely": import_likely, "classes": classes, "duplicates": duplicates, "merge": merge, "client-again": client_again}
