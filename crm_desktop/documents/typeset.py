"""A template and plain data become a PDF. What the data says never becomes part of a template.

One typesetter for each thread; a template sees the files of `resources/documents` and nothing else of this PC."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from typing import Any

from crm_desktop.documents import fonts
from crm_desktop.record.dates import local_time
from crm_desktop.record.places import resource
from crm_desktop.record.text import Refused, Text

FOLDER = "documents"
PIECE = 250  # rows
_WHERE = re.compile(r"__typst_py_bytes__\.typ:(\d+):(\d+)")
_FOREIGN = re.compile(r'"@\w')
NO_FONT = Text("No Chinese font is installed: the paper would show boxes. On Debian: apt install fonts-noto-cjk (on Windows: the language pack 'Chinese').")
_own = threading.local()


class Broken(Refused):
    """A template that cannot be set: the line (from 1, 0 = not known) and the typesetter's reason."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(Text("Line {line} of the template: {reason}", line=line, reason=reason) if line else Text("The template: {reason}", reason=reason))
        self.line, self.reason = line, reason


def shipped(name: str) -> str:
    """The template as it comes with the program."""
    return resource(FOLDER, f"{name}.typ").read_text("utf-8")


def shipped_names() -> list[str]:
    """Every template that comes with the program."""
    return sorted(path.stem for path in resource(FOLDER).glob("*.typ") if path.stem != "lib")


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The pages of a paper. Raises Broken for a template that is wrong, Refused where Chinese cannot be printed."""
    import typst

    if not fonts.has_chinese():
        raise Refused(NO_FONT)
    if found := _FOREIGN.search(template):
        raise Broken(template.count("\n", 0, found.start()) + 1, "templates from the net are not used")
    words = _told({**data, "fonts": fonts.families()})
    try:
        made = _compiler().compile(
            input=template.encode(), format="pdf", sys_inputs={"data": words}, pdf_tags=False, timestamp=int(local_time().timestamp()),
        )  # fmt: skip
    except typst.TypstError as error:
        raise Broken(_line(error.diagnostic), _reason(error)) from None
    return bytes(made)


def _told(value: Any) -> str:
    """Data as JSON; a long list piece by piece, so that other threads have their turn between two."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{json.dumps(name)}:{_told(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list) and len(value) > PIECE:
        return "[" + ",".join(_told(value[at : at + PIECE])[1:-1] for at in range(0, len(value), PIECE)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _compiler() -> Any:
    if not hasattr(_own, "compiler"):
        import typst

        _own.compiler = typst.Compiler(b"", root=str(resource(FOLDER)), font_paths=fonts.collection(), ignore_system_fonts=True)
    return _own.compiler


def _line(diagnostic: str) -> int:
    found = _WHERE.search(diagnostic)
    return int(found[1]) if found else 0


def _reason(error: Any) -> str:
    return "; ".join((str(error.message), *map(str, error.hints)))
