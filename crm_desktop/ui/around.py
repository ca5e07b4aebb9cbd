"""What the program does around its window, most of it before there is one or after: a backup put back, older data brought up to
date, a window taken apart. Qt is loaded when it is needed only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from crm_desktop.record.later import named
from crm_desktop.record.text import Text, say
from crm_desktop.store.address import Address

NO_FONT = Text(
    "No Chinese font is installed: Chinese would be shown as boxes. On Debian: apt install fonts-noto-cjk (on Windows: the language pack 'Chinese')."
)
LACKING = Text("{words} {count} attached files were not with the backup: keep the disk it comes from.")
MAKING_SAMPLE = Text("The sample hotel is being made")


def sample(fresh: bool) -> str:
    """The sample hotel's file, made while a small window says so; '' after saying why there is none."""
    from crm_desktop.record.text import Refused
    from crm_desktop.ui.waiting import wait_for

    try:
        if fresh or not named("crm_desktop.demo.place:is_ready")():
            problem = wait_for(MAKING_SAMPLE, partial(named("crm_desktop.demo.place:ready"), fresh=fresh))
            if problem is not None:
                raise problem
    except Refused as error:
        print(str(error), file=sys.stderr)
        return ""
    return str(named("crm_desktop.demo.place:database")())


def begin_duties(window: Any) -> None:
    """What the duties watch while the window is open."""
    for duty in window.duties:
        if duty.begin:
            named(duty.begin)(window)


def back_up(store: Any, second: str, first: bool, reader: Any, _job: Any) -> Any:
    return named("crm_desktop.duties.settings.safety:keep_backed_up")(store, reader, second, first=first)


def newest(path: Address) -> Any:
    from crm_desktop.store import backup

    return None if isinstance(path, str) else backup.newest_good(path)


def slowly(work: Callable[[], None]) -> None:
    """Bring older data up to date while a small window says so."""
    from crm_desktop.ui.waiting import wait_for

    problem = wait_for(Text("A backup is made, then the data is brought to this version"), work)
    if problem is not None:
        raise problem


def restored(path: Path, backup: Path, *, damaged: bool = False) -> tuple[Text, Exception | None]:
    """Restore in a thread of its own; the sentence for it, and what went wrong if anything did."""
    from crm_desktop.store import restoring
    from crm_desktop.ui.waiting import wait_for

    answer: list[Path | None] = []
    problem = wait_for(Text("Restoring the backup"), lambda: answer.append(restoring.restore(path, backup, restoring.DAMAGED if damaged else restoring.FORMER)))
    aside = answer[0].name if answer and answer[0] else "–"
    words = Text("Restored as of {made}: what was saved later is to be entered again. The former database was put aside as {file}", made=made(backup), file=aside)
    return words if problem else complete(words, path), problem


def complete(words: Text, path: Path) -> Text:
    """The sentence about data that came back, with how many attached files did not."""
    from crm_desktop.store import restoring

    missing = restoring.lacking(path)
    return Text(LACKING.source, words=words, count=missing) if missing else words


def salvaged(path: Path, records: Sequence[Any]) -> tuple[Text, Exception | None]:
    """Keep what can be read of a damaged file, in a thread of its own; what came of it, and what went wrong if anything did."""
    from crm_desktop.store.salvage import Saved, salvage
    from crm_desktop.ui.waiting import wait_for

    answer: list[Saved] = []
    problem = wait_for(Text("What can be read of the damaged file is kept"), lambda: answer.append(salvage(path, records)))
    return Text("What could be read was kept. {lines}", lines=" ".join(say(line) for saved in answer for line in saved.told())), problem


def made(backup: Path) -> str:
    from crm_desktop.record.dates import local_instant
    from crm_desktop.store import backup as backups
    from crm_desktop.store import proof

    listed = next(iter(backups.listed_beside(backup)), None)
    return local_instant(backups.instant(listed.made_at if listed else proof.stamp_of(backup)))


def show_again(program: Any) -> None:
    """Show a window that was opened again, perhaps on other data: whoever opens those a second time gets it raised."""
    from crm_desktop.ui import single

    program.window.show()
    if program.single is not None:
        single.listen(program)


def destroy(window: Any) -> None:
    """Take a window apart now: a timer of its pages must not ask a store that is closed."""
    from PySide6.QtCore import QCoreApplication, QEvent

    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
