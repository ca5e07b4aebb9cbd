"""PySide6 reads the whole source of every module imported after it, to see whether the module may ask for snake_case
names; a tenth of a start goes there. Of the program's own modules the answer is known: docs/decisions/030."""

from __future__ import annotations

import sys
from typing import Any

OWN, ASKED = "crm_desktop.", "_mod_uses_pyside"


def hurry() -> None:
    """Spare the program's own modules that look. Where PySide6 no longer looks this way, nothing happens."""
    feature = sys.modules.get("shibokensupport.feature")
    looked = getattr(feature, ASKED, None)
    if looked is not None and not isinstance(looked, _Known):
        setattr(feature, ASKED, _Known(looked))


class _Known:
    """Answers for the program's own modules as their source would; asks for the others."""

    def __init__(self, looked: Any) -> None:
        self._looked = looked

    def __call__(self, module: Any) -> bool:
        return module.__name__.startswith(OWN) or bool(self._looked(module))
