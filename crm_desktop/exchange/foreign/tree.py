"""XML without surprises: no document type, so no entities of its own and nothing fetched from anywhere."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from crm_desktop.exchange.foreign.lines import LARGE, MOST_BYTES
from crm_desktop.record.text import Refused, Text

DOCTYPE = Text("The file declares entities of its own, which a message never needs. It was not read.")
BROKEN = Text("The file is no whole XML: line {line} breaks off or is written wrongly.")
DEEPEST = 200


def tree(path: Path) -> Element:
    """The root of a file; names without their namespaces. Raises Refused."""
    if path.stat().st_size > MOST_BYTES:
        raise Refused(Text(LARGE.source, most=MOST_BYTES // 1_000_000))
    builder, parser = TreeBuilder(), expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Refused(Text(BROKEN.source, line=parser.CurrentLineNumber))
        builder.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_local(name))

    def refuse(*_: object) -> None:
        raise Refused(DOCTYPE)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(path.read_bytes(), True)
    except expat.ExpatError as error:
        raise Refused(Text(BROKEN.source, line=error.lineno)) from error
    root: Element = builder.close()
    return root


def _local(name: str) -> str:
    return name.rpartition("}")[2]
