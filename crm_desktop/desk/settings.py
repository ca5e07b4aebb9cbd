"""Settings of this PC and person: small, typed by their defaults, in one file that is written whole."""

from __future__ import annotations

import json
import os
from typing import Any, TypeVar

from crm_desktop.store.folders import private_folder, settings_folder, whole_file

T = TypeVar("T", str, int, bool)
FILE = "settings.json"


def preferred_language() -> str:
    """The language of this PC: Chinese when its locale says so, else English."""
    words = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE") if os.environ.get(name)), "")
    if not words:
        import locale

        words = locale.getlocale()[0] or ""
    return "zh_CN" if words.lower().startswith(("zh", "chinese")) else "en"


class Settings:
    """What this person chose. A missing or broken file means the defaults; it is never an error."""

    def __init__(self) -> None:
        self._path = settings_folder() / FILE
        self._values: dict[str, Any] = {}
        try:
            read = json.loads(self._path.read_text("utf-8"))
            self._values = read if isinstance(read, dict) else {}
        except (OSError, ValueError):
            pass

    def get(self, key: str, default: T) -> T:
        """The chosen value, when it is of the default's type."""
        value = self._values.get(key, default)
        return value if type(value) is type(default) else default

    def set(self, key: str, value: str | int | bool) -> None:
        """Keep a choice. A folder that cannot be written loses the choice, not the work."""
        if self._values.get(key) == value:
            return
        self._values[key] = value
        try:
            private_folder(self._path.parent)
            with whole_file(self._path) as file:
                file.write(json.dumps(self._values, indent=1, ensure_ascii=False).encode())
        except OSError:
            pass
