"""The screens of papers: a form before it is printed, an issued one, the templates, the line for a check code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from crm_desktop.documents import library
from crm_desktop.duties import DUTIES
from crm_desktop.ui import papers

Wait = Callable[[], None]


def paper_notice(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A VIP's reception notice as it will be printed."""
    with window.store.open_reader() as reader:
        row_id = reader.execute("select id from vip_stay where guest_id = ? and stage = 'preparing'", (ids["霍明翊"],)).fetchone()[0]
    papers.show_row(window, "vip_stay", row_id)
    wait()
    wait()
    wait()


def paper_ageing(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The ageing table, lying."""
    papers.show(window, [library.form(DUTIES, "F08")])
    wait()
    wait()
    wait()


def paper_templates(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A template and the paper it makes."""
    window.go("templates")
    wait()
    page = window.page("templates")
    page.form_box.choose("F16")
    page.tried = None
    page.load()
    _tried(page, wait)


def _tried(page: Any, wait: Wait) -> None:
    """The typesetter's own process begins with the first page."""
    for _ in range(60):
        wait()
        if page.tried is not None and page.pages.has_picture(0):
            return


def paper_template_differences(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """What a changed template says otherwise than the one that came with the program."""
    paper_templates(window, ids, file, wait)
    page = window.page("templates")
    page.edit.setPlainText(page.edit.toPlainText().replace('"准备事项", "To prepare"', '"准备与回复", "Prepare and reply"'))
    page.tried = None
    page.edit.typed.emit()
    _tried(page, wait)
    page.differ_button.click()
    wait()


def paper_template_boxes(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The boxes of a template, to be moved."""
    window.go("templates")
    page = window.page("templates")
    page.form_box.choose("F16")
    page.load()
    _tried(page, wait)
    page.boxes_button.setChecked(True)
    wait()


def paper_code(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The line a check code is typed into."""
    window.go("papers")
    wait()
    window.keys.run("check-code")
    wait()


SCREENS = (paper_notice, paper_ageing, paper_templates, paper_template_differences, paper_template_boxes, paper_code)
