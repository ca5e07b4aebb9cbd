"""Which backups go: every one of a day is kept, then one a day, a week, a month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crm_desktop.store.backup import Backup

KEEP_NEWEST, MOST_TAKEN, LONGEST_GAP = 10, 5, dt.timedelta(days=62)
KEEP_ALL_HOURS, KEEP_DAYS, KEEP_WEEKS, KEEP_MONTHS = 24, 14, 8, 24


def spare(found: Sequence[Backup], now: dt.datetime) -> list[Backup]:
    """Those of the backups (newest first) that are not kept.

    A clock that was wrong once must not cost the backups: the newest ten always stay, few are taken away in one run,
    and none that lies before a gap which no thinning can have left."""
    kept: set[str] = set()
    gone: list[Backup] = []
    newer: dt.datetime | None = None
    newest = {backup.path for backup in found[:KEEP_NEWEST]}
    for backup in sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True):
        made = backup.made
        if newer and newer - made > LONGEST_GAP:
            break
        slot = _slot(now - made, made)
        if backup.path not in newest and (slot is None or (slot and slot in kept)):
            gone.append(backup)
        kept.add(slot or "")
        newer = min(now, made)  # one of the future is no gap before the others
    return gone[-MOST_TAKEN:]


def _slot(age: dt.timedelta, made: dt.datetime) -> str | None:
    """What a backup of this age stands for: '' = itself, a day, a week, a month; None = nothing any more."""
    if age < dt.timedelta(hours=KEEP_ALL_HOURS):
        return ""
    if age < dt.timedelta(days=KEEP_DAYS):
        return made.strftime("d%Y%m%d")
    if age < dt.timedelta(weeks=KEEP_WEEKS):
        return made.strftime("w%G%V")
    return made.strftime("m%Y%m") if age < dt.timedelta(days=31 * KEEP_MONTHS) else None
