"""The Chinese catalogue: what is still to be translated, merging translations in, compiling.

`python -m tests.catalogue [--prune] [FILE ...]` merges lines `English<TAB>中文` into crm.po (a later line wins),
compiles crm.mo and lists what is missing in the same form, ready to be filled in. `--prune` drops what no text uses."""

from __future__ import annotations

import argparse
import ast
import datetime as dt
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "crm_desktop"
PO = ROOT / "resources" / "locale" / "zh_CN" / "LC_MESSAGES" / "crm.po"
NAMES = frozenset({"Text", "T"})
MADE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # always the same: the files change only when words do
HEAD = """\
# The Chinese words of the program, sorted. Written by `python -m tests.catalogue`.
msgid ""
msgstr ""
"Language: zh_CN\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


class Source:
    """A text in the code: its words, where it first stands, and the values given to it there."""

    def __init__(self, words: str, place: str, values: frozenset[str]) -> None:
        self.words, self.place, self.values = words, place, values


@cache
def sources(code: Path = CODE) -> tuple[Source, ...]:
    """Every text of the program, in the order of the files."""
    return tuple(source for path in sorted(code.rglob("*.py")) for source in _of_file(path))


@cache
def english() -> frozenset[str]:
    """The texts that are letters and blanks alone: seen where Chinese is spoken, they were left behind."""
    return frozenset(words for words in translations() if words.isascii() and words.replace(" ", "").isalpha())


def _of_file(path: Path) -> Iterator[Source]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMES and node.args:
            values = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
            for words in _words(node.args[0]):
                yield Source(words, f"{path.relative_to(ROOT)}:{node.lineno}", values)


def _words(node: ast.expr) -> Iterator[str]:
    """The literal of a first argument; both of `a if x else b`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _words(node.body)
        yield from _words(node.orelse)


def placeholders(words: str) -> frozenset[str]:
    """The names between braces. Raises ValueError for a brace that is never closed."""
    return frozenset(name for _, name, _, _ in Formatter().parse(words) if name is not None)


def translations(path: Path = PO) -> dict[str, str]:
    """What the catalogue holds: English -> Chinese."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, locale="zh_CN") if m.id and m.string}


def missing(known: dict[str, str], used: Iterable[Source]) -> list[str]:
    """Texts without a translation, each once."""
    return list(dict.fromkeys(source.words for source in used if source.words not in known))


def mistaken(known: dict[str, str]) -> list[str]:
    """Translations whose placeholders are not those of their source."""
    return [words for words, chinese in known.items() if placeholders(words) != placeholders(chinese)]


def lines(path: Path) -> dict[str, str]:
    """The translations of a file of `English<TAB>中文` lines. Raises ValueError for a line without one tab."""
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        parts = line.split("\t")
        if len(parts) != 2 or not all(part.strip() for part in parts):
            raise ValueError(f"{path}:{number}: not English<TAB>中文")
        found[parts[0]] = parts[1].strip()
    return found


def save(known: dict[str, str], path: Path = PO) -> None:
    """Write crm.po, sorted, and crm.mo beside it."""
    made = Catalog(locale="zh_CN", creation_date=MADE, revision_date=MADE)
    for words in sorted(known):
        made.add(words, known[words], flags=["python-brace-format"] if placeholders(words) else ())
    out, compiled = io.BytesIO(), io.BytesIO()
    write_po(out, made, width=0, omit_header=True)
    write_mo(compiled, made)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(HEAD.encode() + out.getvalue())
    path.with_suffix(".mo").write_bytes(compiled.getvalue())


def main(arguments: Sequence[str]) -> int:
    """Merge, compile, list; 0 when nothing is missing or mistaken."""
    parser = argparse.ArgumentParser(prog="python -m tests.catalogue", description="The Chinese catalogue.")
    parser.add_argument("--prune", action="store_true", help="drop what no text uses")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    known, used = translations(), sources()
    for path in options.files:
        known |= lines(path)
    wanted = {source.words for source in used}
    if options.prune:
        known = {words: chinese for words, chinese in known.items() if words in wanted}
    save(known)
    absent, wrong = missing(known, used), mistaken(known)
    for words in absent:
        print(f"{words}\t")
    for words in wrong:
        print(f"Placeholders differ: {words!r} -> {known[words]!r}", file=sys.stderr)
    unused = len(known.keys() - wanted)
    print(f"{len(known)} translations, {len(absent)} missing, {len(wrong)} mistaken, {unused} unused", file=sys.stderr)
    return 1 if absent or wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
