"""What the server refuses, as errors of the kind the store knows, each with its sentence."""

from __future__ import annotations

from typing import Any

from crm_desktop.record.text import Text
from crm_desktop.store import database

GONE = Text("The server cannot be reached. Nothing was changed; what you typed is still here. The program connects again by itself; then do this once more.")
SILENT = Text("The server did not answer in time. Nothing was changed; what you typed is still here. The program connects again by itself; then do this once more.")
BUSY = Text("Another program is writing at this moment. Nothing was changed; try again in a minute.")
DENIED = Text("Your log-in on the server may not do this. Nothing was changed.")
SHUT = Text("The server let nobody in with this name and password.")
ABSENT = Text("There is no such database on the server.")
FULL = Text("The disk of the server is full. Nothing was changed; tell whoever looks after the server.")
STOPPED = Text("This took the server too long and was stopped. Nothing was changed.")
TAKEN = Text("Another living record already has this number. Nothing was changed.")
LOOSE = Text("Something this refers to is no longer there. Nothing was changed.")

BY_STATE = {
    "23505": TAKEN, "23503": LOOSE, "42501": DENIED, "28P01": SHUT, "28000": SHUT, "3D000": ABSENT, "53100": FULL,
    "57014": STOPPED, "40P01": BUSY, "40001": BUSY, "55P03": BUSY, "53300": BUSY,
}  # fmt: skip
LOST = ("08", "57P")  # connection exceptions; the server is shutting down or starting


class ServerError(database.Error):  # type: ignore[misc]
    """What went wrong on the server, in a sentence where there is one."""

    def __init__(self, words: str, state: str = "", text: Text | None = None, *, lost: bool = False) -> None:
        super().__init__(words)
        self.state, self.text, self.lost = state, text, lost


def told(error: Any, *, broken: bool, late: bool = False) -> ServerError:
    """An error of the driver as one of ours. `broken`: the connection did not outlive it; `late`: we cut it ourselves."""
    state = str(getattr(error, "sqlstate", None) or "")
    words = str(error).strip() or type(error).__name__
    if state == "42P01":
        return ServerError(f"no such table: {words}", state)
    if late:
        return ServerError(words, state, SILENT, lost=True)
    if state.startswith(LOST) or (broken and state not in BY_STATE):
        return ServerError(words, state, GONE, lost=True)
    refused = next((text for sign, text in _OPENING if sign in words), None) if not state else None
    return ServerError(words, state, BY_STATE.get(state) or refused, lost=broken)


_OPENING = (
    ("password authentication failed", SHUT), ("no pg_hba.conf entry", SHUT), ("does not exist", ABSENT), ("no password supplied", SHUT),
    ("too many clients", BUSY),
)  # fmt: skip
