"""Keys an action may have, and those that typing, input methods and chat programs need."""

from __future__ import annotations

import pytest

from crm_desktop.record.keys import parted, problem
from crm_desktop.ui.keys import OWN

GOOD = ("F2", "F12", "Ctrl+T", "Ctrl+Shift+P", "Alt+Left", "Ctrl+Alt+T", "Shift+F3", "Ctrl+5", "Ctrl+;")
BAD = (
    "Ctrl+Space", "Shift+Space", "Ctrl+Shift", "Alt+A", "Ctrl+Alt+A", "Ctrl+Alt+Z", "Alt+F4", "F10", "Ctrl+C", "Ctrl+V", "Ctrl+Z",
    "Return", "Space", "A", "Shift", "Shift+A", "", "+", "Tab", "Ctrl", "催", "Ctrl+Return",
)  # fmt: skip


@pytest.mark.parametrize("keys", GOOD)
def test_a_key_that_disturbs_nobody(keys: str) -> None:
    assert problem(keys, "mine", {}) is None


@pytest.mark.parametrize("keys", BAD)
def test_a_key_that_others_need(keys: str) -> None:
    assert problem(keys, "mine", {}) is not None


def test_a_key_that_another_action_has() -> None:
    assert problem("F2", "mine", {"F2": "Phone rings"}) is not None
    assert problem("F2", "Phone rings", {"F2": "Phone rings"}) is None


def test_modifiers_stand_in_their_order() -> None:
    assert parted("Shift+Ctrl+P") == (("Ctrl", "Shift"), "P")
    assert parted("Alt+Shift") == (("Alt", "Shift"), "")


def test_every_action_comes_with_a_key_it_may_have() -> None:
    from crm_desktop.duties import DUTIES

    actions = [*OWN, *(action for duty in DUTIES for action in duty.actions)]
    keys = [action.keys for action in actions]
    assert len(keys) == len(set(keys))
    assert [problem(action.keys, action.key, {}) for action in actions] == [None] * len(actions)
