"""Statements as the store writes them, said in PostgreSQL's words.

The store keeps to what both engines understand; what differs is listed here and is a matter of single words: parameters,
types, a name for a select in brackets, the search index. Each statement is translated once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

PART = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\?|[A-Za-z_][\w]*|\(|\)|[^'\"?A-Za-z_()]+")
FUNCTIONS = {"instr": "strpos", "char": "chr", "json_array": "json_build_array"}
FOLLOWS_A_TABLE = frozenset((
    "where", "group", "order", "limit", "offset", "union", "except", "intersect", "having", "window", "on", "join", "left", "right", "inner",
    "full", "cross", "natural", "using", "returning", "for", "set",
))  # fmt: skip
FOUND = re.compile(r"select rowid from (\w+?)_fts where \1_fts match \?( order by rowid desc limit \?)?")
EACH = re.compile(r"select value from json_each\(\?\)")
HINT = re.compile(r"(?<=[\s(])\+(?=[a-z_])")  # what keeps SQLite from an index; PostgreSQL weighs that itself
TYPES = {"INTEGER": "bigint", "TEXT": 'text collate "C"', "BLOB": "bytea", "FLOAT": "double precision", "REAL": "double precision"}
COLUMN_TYPE = re.compile(r'(?<=[\w"] )(integer|text|blob|float|real)\b', re.IGNORECASE)
TABLE_END = re.compile(r"\)\s*(strict|without rowid)(\s*,\s*(strict|without rowid))*\s*;?\s*$", re.IGNORECASE)
REFERS = re.compile(r"\s+REFERENCES\s+\"?\w+\"?\s*\(\"?\w+\"?\)(\s+ON (DELETE|UPDATE) [A-Z ]+?(?=[,\n)]))*", re.IGNORECASE)
OWN_KEY = re.compile(r"(\"?id\"?) INTEGER PRIMARY KEY", re.IGNORECASE)


@lru_cache(4096)
def translated(sql: str, narrow: bool = False) -> str:
    """A reading or writing statement with `?` parameters, with `$1`, `$2` ... instead and in PostgreSQL's words.

    `narrow`: for a log-in that finds only among the rows and words it sees."""
    sql = FOUND.sub(_found_among_seen if narrow else _found, sql)
    sql = EACH.sub("select value::bigint from json_array_elements_text(?::json) as one(value)", sql)
    parts = PART.findall(HINT.sub("", sql))
    return "".join(_numbered(_named(_called(parts))))


def _found(hit: re.Match[str]) -> str:
    newest = hit[2] is not None
    return f"select rowid from {'crm_newest' if newest else 'crm_found'}('{hit[1]}', ?{'::text, ?::bigint' if newest else '::text'})"


def _found_among_seen(hit: re.Match[str]) -> str:
    return _found(hit).replace("crm_", "rights.", 1)


def _called(parts: list[str]) -> list[str]:
    """Functions that have another name there."""
    for at, part in enumerate(parts[:-1]):
        if part in FUNCTIONS and parts[at + 1] == "(":
            parts[at] = FUNCTIONS[part]
    return parts


def _named(parts: list[str]) -> Iterator[str]:
    """A name for every select in brackets that stands in the place of a table and has none."""
    depth: list[bool] = []
    count = 0
    for at, part in enumerate(parts):
        yield part
        if part == "(":
            depth.append(_is_table(parts, at))
        elif part == ")" and depth and depth.pop() and not _has_name(parts, at):
            count += 1
            yield f" as some{count}"


def _is_table(parts: list[str], at: int) -> bool:
    before, after = _word(parts, at, -1), _word(parts, at, 1)
    return before in ("from", "join") and after in ("select", "with", "values", "(")


def _has_name(parts: list[str], at: int) -> bool:
    after = _word(parts, at, 1)
    return bool(after) and (after[0].isalpha() or after[0] in '_"') and after not in FOLLOWS_A_TABLE


def _word(parts: list[str], at: int, step: int) -> str:
    """The nearest part that is not white space, in small letters."""
    at += step
    while 0 <= at < len(parts):
        if words := parts[at].strip():
            return words.lower()
        at += step
    return ""


def _numbered(parts: Iterator[str]) -> Iterator[str]:
    count = 0
    for part in parts:
        if part == "?":
            count += 1
            yield f"${count}"
        else:
            yield part


def table_ddl(sql: str) -> str:
    """A `create table` or `alter table ... add column` as SQLite writes it. References become constraints later, when every
    table is there."""
    sql = OWN_KEY.sub(r"\1 bigint primary key", TABLE_END.sub(")", REFERS.sub("", sql)))
    return COLUMN_TYPE.sub(lambda found: TYPES[found[0].upper()], sql)
