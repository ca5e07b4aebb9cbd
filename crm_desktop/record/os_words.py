"""Why the system refused a file, in a person's words: what it is, and what to do about it."""

from __future__ import annotations

import errno

from crm_desktop.record.text import Text

FULL = Text("the disk is full; make room")
NO_RIGHT = Text("this log-in of the PC has no right to it; choose another folder, or ask whoever looks after the PC")
IN_USE = Text("another program has it open; close it there")
FAILED = Text("the disk could not be read or written; check it, its plug and its cable")
AWAY = Text("the disk or the folder is not in reach just now; plug it in or connect it")
TOO_MANY = Text("too many files are open; close other programs")
_WORDS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), FULL),
    **dict.fromkeys((errno.EACCES, errno.EPERM), NO_RIGHT),
    **dict.fromkeys((errno.EBUSY, errno.ETXTBSY), IN_USE),
    **dict.fromkeys((errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ETIMEDOUT), AWAY),
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), TOO_MANY),
    errno.EIO: FAILED,
    errno.ENOENT: Text("it is not there; look whether it was moved, renamed or deleted"),
    errno.EEXIST: Text("there is something of this name already; choose another name"),
    errno.EISDIR: Text("it is a folder; choose a file"),
    errno.ENOTDIR: Text("a part of its path is a file and no folder; choose another folder"),
    errno.EROFS: Text("nothing can be written on this disk; choose another one"),
    errno.EFBIG: Text("the disk takes no file as large as this; choose another disk"),
    errno.ENAMETOOLONG: Text("its name is too long; give it a shorter one"),
    errno.EINVAL: Text("the disk does not take this name or this kind of file; choose another name or disk"),
    errno.ENOMEM: Text("this PC has not enough memory free; close other programs"),
}
_OF_WINDOWS = {32: IN_USE, 33: IN_USE, 39: FULL, 112: FULL, 21: AWAY, 53: AWAY, 55: AWAY, 64: AWAY, 67: AWAY, 1117: FAILED}  # winerror


def why(error: OSError) -> Text | str:
    """The reason of an error of the system, to be put into a sentence; its own words where there are none of ours."""
    known = _OF_WINDOWS.get(getattr(error, "winerror", None) or 0) or _WORDS.get(error.errno or 0)
    return known or error.strerror or str(error)
