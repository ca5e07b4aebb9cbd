"""Screens of the guest files and of what lists do with many rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QGuiApplication

from crm_desktop.ui.mass_edit import MassEdit

Wait = Callable[[], None]
Step = Callable[[Any, dict[str, int], Path, Wait], None]


def slips(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The preference slips, a late one beside, and who files in time."""
    window.go("preference-slips")
    wait()
    window.page("preference-slips").list.show_only([("state", "in", ("reported", "verified"))])
    wait()
    window.page("preference-slips").list.view.selectRow(0)
    wait()
    if window.page("preference-slips").league.isHidden():
        window.page("preference-slips").league.turn()
    wait()


def tastes(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """All preferences."""
    window.go("preferences")
    wait()


def mass_edit(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Five clients chosen, one value for all of them."""
    window.go("accounts")
    wait()
    page = window.page("accounts")
    page.list.view.selectRow(2)
    flags = QItemSelectionModel.SelectionFlag
    for row in range(3, 7):
        page.list.view.selectionModel().select(page.list.model.index(row, 0), flags.Select | flags.Rows)
    wait()
    page.tools.change()
    wait()
    panel = window.findChild(MassEdit)
    panel.choice.setCurrentIndex(panel.choice.findData("owner_id"))
    panel.choice.activated.emit(panel.choice.currentIndex())
    wait()


def keep_view(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A view is given a name."""
    window.go("accounts")
    wait()
    window.page("accounts").tools.keep_view()
    wait()


def paste(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Rows from Excel, before they are saved."""
    window.go("accounts")
    wait()
    QGuiApplication.clipboard().setText(
        "单位名称\t等级\t城市\t电话\t邮箱\t合作意向\n云垞医疗集团有限公司\tA 级\t杭州\t0575-00009999\t\t高\n"
        "新柚生物科技有限公司\tC 级\t绍兴\t0575-00008801\thr@example.com\t中\n梧桐里设计事务所\tD 级\t上海\t\t邮箱待补\t低\n"
    )
    window.page("accounts").tools.paste()
    wait()


def watched(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The attention list with an entry beside."""
    window.go("attention")
    wait()
    window.page("attention").list.view.selectRow(0)
    wait()


def guest_days(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A guest's sheet with who comes along."""
    window.open_record("person", ids["霍明翊"])
    wait()
    window.page("people")._sheet.tabs.show_rows("companion", [])
    wait()


def guest_file(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """What a guest's file lacks, and how complete the files of each class are."""
    window.open_record("person", ids["霍明翊"])
    wait()
    window.page("people")._sheet.tabs.show_rows("guest_file", [])
    wait()
    wait()


SCREENS: dict[str, Step] = {step.__name__: step for step in (slips, tastes, mass_edit, keep_view, paste, watched, guest_days, guest_file)}
