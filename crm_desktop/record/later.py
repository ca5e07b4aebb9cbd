"""Functions and patterns that are only named where they are declared, so that a start pays only for what it uses."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from typing import Any, cast


def named(words: str) -> Callable[..., Any]:
    """The function that `module:function` names; its module is imported now."""
    module, function = words.split(":")
    return cast("Callable[..., Any]", getattr(import_module(module), function))


def later(words: str) -> Callable[..., Any]:
    """The function that `module:function` names; its module is imported when it is first called."""

    def call(*args: Any, **more: Any) -> Any:
        return named(words)(*args, **more)

    return call


class _Pattern:
    def __init__(self, words: str, flags: int) -> None:
        self._words, self._flags = words, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._words, self._flags)

    def __getattr__(self, name: str) -> Any:
        found = self.__dict__[name] = getattr(self._compiled, name)
        return found


def pattern(words: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled when it is first used. Its faults show only then: a test uses every one."""
    return cast("re.Pattern[str]", _Pattern(words, flags))
