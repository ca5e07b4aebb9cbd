"""What stands around the program keeps its word: the log of changes, the papers, the commands, the Chinese words."""

from __future__ import annotations

import datetime as dt
import gettext
import re
import shlex
from pathlib import Path

import pytest

from crm_desktop import VERSION, cli
from crm_desktop.duties import DUTIES
from crm_desktop.duties.stays.records import STAY
from crm_desktop.exchange.convert import Converter
from crm_desktop.exchange.mapping import from_headings
from crm_desktop.exchange.text_file import read_table
from crm_desktop.record.places import resource
from tests import catalogue

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh_CN.md")
PAPERS = (
    *READMES,
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/coverage.md",
    "docs/server.md",
    "docs/server.zh_CN.md",
    "docs/scale.md",
    "docs/reliability.md",
    *(f"docs/decisions/{p.name}" for p in (ROOT / "docs/decisions").glob("*.md")),
)
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
BLOCK = re.compile(r"```\w*\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def _read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _commands(name: str) -> list[str]:
    """Every command line printed in a block of a paper, without its remark."""
    lines = "\n".join(BLOCK.findall(_read(name))).splitlines()
    return [line.split("  #")[0].strip() for line in lines if line.strip()]


# the change log


def _versions() -> list[tuple[str, str]]:
    """(version, date) of every heading of the change log, newest first."""
    return re.findall(r"^## \[([^\]]+)\](?: - (\S+))?$", _read("CHANGELOG.md"), re.MULTILINE)


def test_the_change_log_can_be_read_by_machines() -> None:
    headings = re.findall(r"^## .*$", _read("CHANGELOG.md"), re.MULTILINE)
    versions = _versions()
    assert len(headings) == len(versions)
    assert versions[0] == ("Unreleased", "")
    numbers = [tuple(int(part) for part in version.split(".")) for version, _ in versions[1:]]
    assert numbers == sorted(numbers, reverse=True)
    assert all(dt.date.fromisoformat(date) for _, date in versions[1:])
    assert set(re.findall(r"^### (.*)$", _read("CHANGELOG.md"), re.MULTILINE)) <= KINDS


def test_the_newest_version_is_this_one() -> None:
    assert _versions()[1][0] == VERSION


# the papers


@pytest.mark.parametrize("name", PAPERS)
def test_whatever_a_paper_points_to_is_there(name: str) -> None:
    folder = (ROOT / name).parent
    missing = [target for target in LINK.findall(_read(name)) if not (folder / target).exists()]
    assert not missing


def test_coverage_names_tests_that_are_there() -> None:
    words = _read("docs/coverage.md")
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in words.splitlines()
        if re.match(r"\| [A-Z]{2,3}-", line)
    ]
    assert len(rows) == len({row[0] for row in rows}) > 0
    assert all(len(row) == 5 and row[2] in ("done", "part") for row in rows)
    assert not [row[0] for row in rows if (row[2] == "part") != bool(row[3])]
    assert not [row[0] for row in rows if row[2] == "done" and not row[4]]
    assert not [name for name in re.findall(r"`(tests/[\w/]+\.py)`", words) if not (ROOT / name).exists()]


def test_the_readmes_are_twins() -> None:
    english, chinese = (_read(name) for name in READMES)
    assert [len(mark) for mark in re.findall(r"^(#+) ", english, re.MULTILINE)] == [
        len(m) for m in re.findall(r"^(#+) ", chinese, re.MULTILINE)
    ]
    assert _commands(READMES[0]) == _commands(READMES[1])
    pictures = [re.findall(r"pictures/(\w+)_(?:en|zh)\.png", words) for words in (english, chinese)]
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md"])
def test_every_make_command_is_in_the_makefile(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", _read("Makefile"), re.MULTILINE))
    named = set(
        re.findall(r"\bmake ([a-z-]+)\b", "\n".join([*_commands(name), *re.findall(r"`([^`\n]+)`", _read(name))]))
    )
    assert named
    assert named <= targets


def _words_of_program() -> list[str]:
    return sorted(
        {line.partition("main.py")[2].strip() for name in READMES for line in _commands(name) if " main.py" in line}
    )


@pytest.mark.parametrize("words", _words_of_program())
def test_every_printed_command_line_is_understood(words: str) -> None:
    options = cli.parser().parse_args(shlex.split(words))
    assert options.word or words in ("", "--data FILE", "--demo")


def test_every_word_of_the_command_line_is_in_the_readmes() -> None:
    known = set(re.findall(r"^    ([a-z-]+)  ", cli.parser().format_help(), re.MULTILINE))
    printed = " ".join(_words_of_program()).split()
    assert len(known) >= 7
    assert known <= set(printed)


def test_the_sample_file_is_understood_whole() -> None:
    table = read_table(ROOT / "docs" / "sample" / "bookings.csv")
    mapping = from_headings(STAY, table.headings)
    assert len(mapping.takes) == len(table.headings)
    converter = Converter(table, mapping)
    blocks = list(converter.blocks())
    assert not converter.bad
    assert sum(map(len, blocks)) == converter.read
    known = {code for code, _, _ in STAY.by_name["segment"].choices}
    assert {segment for block in blocks for segment in block.columns["segment"]} <= known


def test_the_setup_is_keyed_on_what_it_installs() -> None:
    assert "pyside6-essentials>=6.11,<6.12" in _read("pyproject.toml")
    assert "pyproject.toml" in _read(".ci/setup")
    assert "make test" in _read(".ci/run")


# the Chinese words


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    return catalogue.translations()


def test_every_text_has_its_chinese(known: dict[str, str]) -> None:
    assert not catalogue.missing(known, catalogue.sources())


def test_translations_keep_their_placeholders(known: dict[str, str]) -> None:
    assert not catalogue.mistaken(known)


def test_texts_are_given_exactly_the_values_they_name() -> None:
    """A value without a place is lost, a place without a value breaks the sentence while it is shown."""
    wrong = [f"{s.place} {s.words}" for s in catalogue.sources() if s.values and s.values != catalogue.placeholders(s.words)]
    assert not wrong


def test_the_compiled_catalogue_is_in_step(known: dict[str, str]) -> None:
    with catalogue.PO.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert {words: compiled.gettext(words) for words in known} == known


def test_the_catalogue_is_as_its_tool_writes_it(known: dict[str, str], tmp_path: Path) -> None:
    again = tmp_path / "crm.po"
    catalogue.save(known, again)
    assert again.read_bytes() == catalogue.PO.read_bytes()


def test_a_catalogue_is_merged_and_read_back(tmp_path: Path) -> None:
    given = tmp_path / "given.txt"
    given.write_text("Two {things}\t两件{things}\n\nQuoted “{name}”\t“{name}”\nTwo {things}\t{things}两件\n", "utf-8")
    catalogue.save(catalogue.lines(given), tmp_path / "crm.po")
    known = catalogue.translations(tmp_path / "crm.po")
    assert known == {"Two {things}": "{things}两件", "Quoted “{name}”": "“{name}”"}
    assert catalogue.mistaken(known | {"Two {things}": "两件{thing}"}) == ["Two {things}"]


def test_a_line_without_a_translation_is_refused(tmp_path: Path) -> None:
    given = tmp_path / "given.txt"
    given.write_text("Saved\t\n", "utf-8")
    with pytest.raises(ValueError, match=r"given\.txt:1"):
        catalogue.lines(given)


def test_every_icon_a_duty_names_is_there() -> None:
    pages = {page.icon for duty in DUTIES for page in duty.pages}
    lines = {each.icon for duty in DUTIES for each in (*duty.entries, *duty.actions, *duty.dues)}
    assert {icon for icon in pages | lines if icon and not resource("icons", f"{icon}.svg").exists()} == set()
