"""The commands that are there on every page: going to pages, back and forward, undo, language and look."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crm_desktop.record.text import Text
from crm_desktop.ui import views
from crm_desktop.ui.commands import Command

NEW = ("新建", "新增", "添加", "add", "new")

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window


def page_commands(window: Window) -> list[Command]:
    """One for each page of the rail, found also by the words of its duty; and a new row for each record."""
    keys = {key: f"Ctrl+{number}" for number, key in enumerate(window.rail.keys()[:9], 1)}
    return [
        Command(
            Text("Go to {page}", page=page.title), partial(window.go, page.key), keys.get(page.key, ""),
            (*duty.words, *page.words),
        )
        for duty in window.duties
        for page in duty.pages
    ] + [
        Command(Text("New: {record}", record=page.record.title), partial(_new, window, page.key), "", (*NEW, *page.words))
        for duty in window.duties
        for page in duty.pages
        if page.record
    ]  # fmt: skip


def _new(window: Window, key: str) -> None:
    """Begin a new row on the page of its record."""
    window.go(key)
    page = window.page(key)
    if page is not None:
        page.new()  # type: ignore[attr-defined]


def _safety_commands(window: Window) -> list[Command]:
    """Where the data is kept safe, found by what one wants to do there."""
    if "settings" not in window.rail.keys():  # noqa: SIM118
        return []
    settings = partial(window.go, "settings")
    return [
        Command(Text("Back up the data"), settings, "", ("备份", "backup")),
        Command(Text("Restore a backup"), settings, "", ("恢复", "还原", "restore")),
        Command(Text("Check the data"), settings, "", ("检查", "维护", "check", "repair")),
    ]


def _people_commands(window: Window) -> list[Command]:
    """Coming and going, where people sign in."""
    from crm_desktop.ui import guarding

    if not guarding.may_lock(window):
        return []
    return [Command(Text("Sign in as somebody else"), partial(guarding.lock, window), "", ("切换用户", "换人", "注销", "switch", "logout"))]


def _about(window: Window) -> None:
    from crm_desktop.ui import about

    about.show(window)


def _open_log_folder() -> None:
    from crm_desktop.ui import about

    about.open_log_folder()


def _print_list(window: Window) -> None:
    from crm_desktop.ui import page_keys

    page_keys.print_list(window)


def _print_rows(window: Window) -> None:
    from crm_desktop.ui import page_keys

    page_keys.print_rows(window)


def common_commands(window: Window) -> list[Command]:
    """What the keys and the top bar do."""
    kept = views.of(window)
    return [
        *(kept.commands() if kept else ()),
        Command(Text("Back"), window.back, "Alt+←", ("返回", "上一页")),
        Command(Text("Forward"), window.forward, "Alt+→", ("前进", "下一页")),
        Command(Text("Search everything"), window.focus_search, "Ctrl+F", ("查找", "搜索", "find")),
        Command(Text("Undo the last change"), window.undo, "Ctrl+Z", ("撤销", "恢复", "撤消")),
        Command(Text("Redo what was undone"), window.redo, "Ctrl+Y", ("重做",)),
        Command(Text("Switch language"), window.switch_language, "", ("语言", "中文", "英文", "english", "chinese")),
        Command(Text("Dark or light"), window.switch_look, "", ("深色", "浅色", "夜间", "主题", "theme")),
        *_safety_commands(window),
        *_people_commands(window),
        Command(Text("About this program"), partial(_about, window), "", ("关于", "版本", "许可", "about", "version", "licence", "license")),
        Command(Text("Open the log folder"), _open_log_folder, "", ("日志", "log")),
        Command(Text("Print this list"), partial(_print_list, window), "", ("打印列表", "清单", "标签", "label")),
        Command(Text("A paper for each chosen row"), partial(_print_rows, window), "", ("批量打印", "逐条打印", "档案卡", "batch")),
        Command(Text("Narrow or wide rail"), window.fold_rail, "Ctrl+B", ("侧栏", "导航", "菜单")),
    ]
