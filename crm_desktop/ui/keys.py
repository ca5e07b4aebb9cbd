"""The keys of the window: every action of the duties, bound to the keys that come with it or that a person chose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from crm_desktop.desk.settings import KEYS
from crm_desktop.record import keys as rules
from crm_desktop.record.duty import Action
from crm_desktop.record.later import named
from crm_desktop.record.text import Text, say
from crm_desktop.ui.commands import Command

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

OWN = (
    Action("keys", Text("Keys and what they do"), "F1", "crm_desktop.ui.key_card:show", icon="keyboard", short=Text("Keys"), words=("快捷键", "帮助", "help")),
    Action("export", Text("This list to Excel"), "Ctrl+E", "crm_desktop.ui.page_keys:export", words=("导出", "excel", "csv")),
    Action("print", Text("Print what is shown"), "Ctrl+P", "crm_desktop.ui.page_keys:print_shown", words=("打印", "print")),
    Action("print-all", Text("Print all papers of this record"), "Ctrl+Shift+P", "crm_desktop.ui.page_keys:print_all", words=("批量打印",)),
    Action("lock", Text("Lock the window"), "Ctrl+Shift+L", "crm_desktop.ui.guarding:lock", words=("锁定", "锁屏", "lock")),
    Action("copy", Text("Copy what is shown as one text"), "Ctrl+Shift+C", "crm_desktop.ui.page_keys:copy", words=("复制", "copy")),
)


class Keys(QObject):
    """`changed` tells that some action has other keys now."""

    changed = Signal()

    def __init__(self, window: Window, actions: Sequence[Action]) -> None:
        super().__init__(window)
        self.actions = {action.key: action for action in actions}
        self._chosen = dict(part.split("=", 1) for part in window.settings.get(KEYS) if "=" in part)
        self._shortcuts: dict[str, QShortcut] = {}
        for action in actions:
            shortcut = QShortcut(QKeySequence(self.of(action.key)), window)
            shortcut.setAutoRepeat(False)
            shortcut.setProperty("action", action.key)
            shortcut.activated.connect(self._on_pressed)
            self._shortcuts[action.key] = shortcut

    @property
    def _window(self) -> Window:
        """Its parent; to hold it here would keep a closed window in memory."""
        return cast("Window", self.parent())

    def of(self, key: str) -> str:
        """The keys an action has now, as text."""
        return self._chosen.get(key, self.actions[key].keys)

    def problem(self, key: str, keys: str) -> Text | None:
        """Why an action may not have these keys, None when it may."""
        used = {self.of(other): say(action.title) for other, action in self.actions.items()}
        fixed = {str(s.key().toString()): s for s in self._window.findChildren(QShortcut) if s not in self._shortcuts.values()}
        if keys in fixed:
            return Text("{keys} is used by the window itself", keys=keys)
        return rules.problem(keys, say(self.actions[key].title), used)

    def change(self, key: str, keys: str) -> Text | None:
        """Give an action other keys, and remember them; returns why not."""
        problem = self.problem(key, keys)
        if problem is None:
            self._chosen[key] = keys
            self._keep()
        return problem

    def reset(self) -> None:
        """Every action as it comes."""
        self._chosen.clear()
        self._keep()

    def _keep(self) -> None:
        own = {key: keys for key, keys in self._chosen.items() if key in self.actions and keys != self.actions[key].keys}
        self._chosen = own
        self._window.settings.set(KEYS, [f"{key}={keys}" for key, keys in own.items()])
        for key, shortcut in self._shortcuts.items():
            shortcut.setKey(QKeySequence(self.of(key)))
        self.changed.emit()

    @Slot()
    def _on_pressed(self) -> None:
        self.run(str(self.sender().property("action")))

    @Slot(str)
    def run(self, key: str) -> None:
        """Do what an action does."""
        action = self.actions[key]
        if action.page:
            self._window.go(action.page)
            return
        found = named(action.run or action.quick)
        if action.quick:
            from crm_desktop.ui.quick import open_line

            open_line(self._window, found())
        else:
            found(self._window)

    def commands(self) -> list[Command]:
        """The actions for the palette."""
        return [Command(action.title, _Run(self, key), self.of(key), action.words) for key, action in self.actions.items()]


class _Run:
    """Runs an action; bound without holding a widget of its own."""

    def __init__(self, keys: Keys, key: str) -> None:
        self._keys, self._key = keys, key

    def __call__(self) -> None:
        self._keys.run(self._key)
