"""Measure, print the table, write the JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from . import (
    rows,
    rows_care,
    rows_clients,
    rows_find,
    rows_ledger,
    rows_moving,
    rows_papers,
    rows_reception,
    rows_server,
    rows_sheet,
    rows_sign_in,
    rows_window,
    rows_write,
)
from .ground import BASE, Ground
from .measure import Row

Group = Callable[[Ground, float], Iterator[Row]]
BACKEND: dict[str, Group] = {
    "search": rows.search_rows, "find": rows_find.find_rows, "list": rows.list_rows, "reports": rows.report_rows, "save": rows_write.save_rows,
    "import": rows_write.import_rows, "clients": rows_clients.client_rows, "lock": rows_write.lock_rows, "export": rows.export_rows, "sheet": rows_sheet.sheet_rows, "ten_times": rows.ten_times_rows, "server": rows_server.server_rows,
    "papers": rows_papers.paper_rows, "today": rows_sheet.today_rows,
    "care": rows_care.care_rows,
    "receptions": rows_reception.reception_rows,
    "ledger": rows_ledger.ledger_rows,
    "moving": rows_moving.moving_rows,
    "sign_in": rows_sign_in.sign_in_rows,
}  # fmt: skip
WINDOW: dict[str, Group] = {
    "start": rows_window.start_rows, "window_list": rows_window.list_rows, "event_loop": rows_window.loop_rows, "moments": rows_window.moment_rows,
    "ten_times_painted": rows_window.ten_times_rows,
}  # fmt: skip
GROUPS = WINDOW | BACKEND


def measure(ground: Ground, factor: float, names: Sequence[str]) -> list[Row]:
    """Every row of these groups; a group that breaks becomes one row that says so."""
    found: list[Row] = []
    for name in names:
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            found += GROUPS[name](ground, factor)
        except Exception as error:
            found.append(Row(name, None, None, f"failed: {type(error).__name__}: {error}", False))
    return found


def table(found: Sequence[Row]) -> str:
    """The rows for people."""
    marks = {True: "yes", False: "NO", None: "-"}
    lines = [("what", "ours", "raw", "ratio", "bar", "met")]
    for row in found:
        plain = row.plain()
        numbers = ("" if plain[key] is None else f"{plain[key]:,}" for key in ("value", "raw", "ratio"))
        lines.append((row.name, *numbers, row.bar, marks[row.met]))  # type: ignore[arg-type]
    widths = [max(len(line[at]) for line in lines) for at in range(6)]
    return "\n".join("  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip() for line in lines)


def write_json(path: Path, found: Sequence[Row]) -> None:
    """The rows for programs."""
    path.write_text(json.dumps({"rows": [row.plain() for row in found]}, ensure_ascii=False, indent=1) + "\n", "utf-8")


def main() -> int:
    """Run from the command line. 0 also when a bar is missed: the table tells."""
    parser = argparse.ArgumentParser(prog="python -m tests.speed", description=__doc__)
    parser.add_argument("--size", type=float, default=0.1, help="1 = a million stays, 100,000 clients")
    parser.add_argument("--clients", type=int, default=0, metavar="N", help="that many clients instead, e.g. 1000000 beside --size 0.5: a group's server")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--only", default="", metavar="NAME,...", help=", ".join(GROUPS))
    parser.add_argument("--base", type=Path, default=BASE, help="folder for the databases it makes")
    options = parser.parse_args()
    names = [name for name in options.only.split(",") if name] or list(GROUPS)
    if unknown := set(names) - GROUPS.keys():
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    found = measure(Ground(options.base, options.clients), options.size, names)
    print(table(found))
    if options.json:
        write_json(options.json, found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
