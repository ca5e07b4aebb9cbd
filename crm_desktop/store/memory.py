"""Memory that a long work took, given back to the system when it is done."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any


def give_back(reader: Any) -> None:
    """Empty a connection's page cache, and hand back what is free: glibc keeps what another thread freed (11 MiB after the
    first backup), until it is asked. Elsewhere than with glibc the system does that by itself."""
    reader.execute("pragma shrink_memory")
    if sys.platform.startswith("linux"):
        import ctypes

        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).malloc_trim(0)
