"""Who is sitting here. Log-ins come later; until then it is the name of the PC's own user."""

from __future__ import annotations

import getpass


def signed_in() -> str:
    """The name actions are logged under."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "—"
