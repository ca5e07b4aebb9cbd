"""The recovery key: 160 random bits on a sheet of paper, as eight groups of four letters and a check letter each.

Every single wrong letter and every two groups that changed places are noticed before anything is tried."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from crm_desktop.record.text import Refused, Text

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # RFC 4648
BYTES, GROUPS, OF = 20, 8, 4
MISREAD = str.maketrans({"0": "O", "1": "I", "8": "B"})  # there is no 0, 1 or 8 on the sheet


def words(secret: bytes) -> str:
    """A secret of 20 bytes as it is printed: `ABCDE FGHIJ …`."""
    plain = base64.b32encode(secret).decode()
    groups = [plain[at : at + OF] for at in range(0, len(plain), OF)]
    return " ".join(group + _check(group, place) for place, group in enumerate(groups))


def read(typed: str) -> bytes:
    """The secret that was typed, in any case, with any blanks and dashes. Raises Refused, naming the group that is wrong."""
    letters = "".join(letter for letter in typed.upper().translate(MISREAD) if letter.isalnum())
    if len(letters) != GROUPS * (OF + 1):
        raise Refused(Text("The recovery key has {most} letters; these are {count}.", most=GROUPS * (OF + 1), count=len(letters)))
    groups = [letters[at : at + OF + 1] for at in range(0, len(letters), OF + 1)]
    for place, group in enumerate(groups):
        if not set(group) <= set(LETTERS) or _check(group[:OF], place) != group[OF]:
            raise Refused(Text("Group {number} ({letters}) is not as it is printed; look at it again.", number=place + 1, letters=group))
    return base64.b32decode("".join(group[:OF] for group in groups))


def groups_of(printed: str) -> Sequence[str]:
    """The groups of a printed key."""
    return printed.split()


def _check(group: str, place: int) -> str:
    """Odd weights notice every single wrong letter, the place two groups that were swapped."""
    total = sum(weight * LETTERS.index(letter) for weight, letter in zip((1, 3, 5, 7), group, strict=True))
    return LETTERS[(total + 9 * place + 11) % len(LETTERS)]
