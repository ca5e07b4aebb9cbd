"""Reports by the command line: every one a duty declares, printed as JSON, CSV or columns."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Callable
from typing import Any

from crm_desktop.cli.shared import open_reader, open_store
from crm_desktop.record.report import Option, Reporting
from crm_desktop.record.text import Refused

FORMATS = ("text", "json", "csv")
SAID = "said_"  # before an option's name, so that `--to` of a report is not `--to` of a file


def declared() -> dict[str, Reporting]:
    """All reports there are, by their words."""
    from crm_desktop.duties import DUTIES

    return {one.word: one for duty in DUTIES for one in duty.reports}


def add_words(sub: argparse.ArgumentParser) -> None:
    """What may be typed after `report`."""
    reports = declared()
    sub.add_argument("report", choices=tuple(reports))
    shown: dict[str, list[str]] = {}
    for report in reports.values():
        for option in report.options:
            shown.setdefault(option.name, []).append(
                f"{report.word}: {' | '.join(option.choices)}" if option.choices else report.word
            )
    for name, of in shown.items():
        sub.add_argument(f"--{name}", dest=SAID + name, metavar=name.upper(), help="; ".join(of))


def understand(shape: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Read the options of the report that was asked for; ends as wrong usage when they make no sense."""
    report = declared()[options.report]
    said = {
        name.removeprefix(SAID): words
        for name, words in vars(options).items()
        if name.startswith(SAID) and words is not None
    }
    for option in report.options:
        if option.required and option.name not in said:
            shape.error(f"report {report.word} needs --{option.name}")
    known = {option.name: option for option in report.options}
    for name in said:
        if name not in known:
            shape.error(f"report {report.word} takes no --{name}")
    options.asked = {option.keyword: _read(shape, option, said.get(option.name)) for option in report.options}
    first, last = options.asked.get("first"), options.asked.get("last")
    if first and last and first > last:
        shape.error("--from is after --to")


def _read(shape: argparse.ArgumentParser, option: Option, words: str | None) -> Any:
    if words is None:
        return option.default
    if option.choices and words not in option.choices:
        shape.error(f"argument --{option.name}: invalid choice: {words!r} (choose from {', '.join(option.choices)})")
    try:
        return option.read(words)
    except Refused as error:
        shape.error(f"argument --{option.name}: {error}")


def print_report(options: argparse.Namespace) -> int:
    """Print a report: JSON as one object, CSV, or columns for a person."""
    with open_store(options) as store, open_reader(store, options) as reader:
        report = declared()[options.report].run(reader, **options.asked)
    PRINT[options.format](report)
    return 0


def _print_json(report: Any) -> None:
    print(json.dumps(report.plain(), ensure_ascii=False))


def _cell(value: Any) -> str:
    return (
        json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else "" if value is None else str(value)
    )


def _print_csv(report: Any) -> None:
    from crm_desktop.exchange.formulas import guarded

    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(report.columns)
    out.writerows([guarded(_cell(row[name])) for name in report.columns] for row in report.rows)


def _print_text(report: Any) -> None:
    if len(report.rows) == 1:  # one long row reads better downwards
        for name, value in report.rows[0].items():
            print(f"{name}: {_cell(value)}")
    else:
        cells = [report.columns, *([_cell(row[name]) for name in report.columns] for row in report.rows)]
        widths = [max(len(row[at]) for row in cells) for at in range(len(report.columns))]
        for row in cells:
            print("  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip())
    for name, value in report.totals.items():
        print(f"{name}: {_cell(value)}")


PRINT: dict[str, Callable[[Any], None]] = {"json": _print_json, "csv": _print_csv, "text": _print_text}
