"""What people type is printed as it is: never as a template, never lost, never out of its box."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from crm_desktop.documents import fonts, sheets, typeset
from crm_desktop.record.text import Refused

TEXTS = 1_000
SCRIPTS = (
    "客史档案贵宾接待龑䶮犇鑫瀚煊彧喆澜棠寧灣會計", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ", "0123456789", "#$*@\\_`~<>[]{}()=+-/|'\"^&%!?;:,.", "àéîøüßçñŞğ",
    "اسمعبدالله", "שלוםאבג", "ひらがなカタカナ", "한국어서울", "αβγΔΩжщЯ", "，。、；：？！（）《》「」·—…", "①②㈱№℃", "😀",
)  # fmt: skip
CODE = ("#let x = 1", "$a^2$", "*fett*", "_k_", "@ref", "<label>", "// weg", "/* weg */", "#include \"x\"", "= Titel", "- Punkt", "\\u{41}", "[#x]", "#panic()", "{{d}}")
UPRIGHT = str.maketrans("]})>》」）", "[{(<《「（")  # between letters that run to the left a bracket is turned round
PAGE = """
#import "/lib.typ": *
#set page(width: 180mm, height: auto, margin: 8mm)
#set text(font: paper.fonts.sans, size: 9pt, lang: "zh", fallback: true)
#for each in d.texts { block(v(each)) }
"""
HEAD: dict[str, Any] = {"language": "zh", "page": {"width": 210, "height": 297}, "hotel": {"logo": ""}, "head": {}}


def set_texts(texts: list[str]) -> bytes:
    return typeset.pdf(PAGE, {**HEAD, "d": {"texts": texts}})


def read_back(pdf: bytes) -> str:
    """What a reader that is not ours finds in the file."""
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def bare(text: str) -> str:
    """Without white space and what is never seen, in one form of each character."""
    kept = (letter for letter in text if not letter.isspace() and unicodedata.category(letter) not in ("Cf", "Cc"))
    return unicodedata.normalize("NFKC", "".join(kept))


def has_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def random_texts(count: int) -> list[str]:
    dice = random.Random("papers")
    out = []
    for _ in range(count):
        pieces = [dice.choice(CODE) if dice.random() < 0.2 else "".join(dice.choices(dice.choice(SCRIPTS), k=dice.randint(1, 12))) for _ in range(dice.randint(1, 6))]
        out.append(dice.choice(("", " ")).join(pieces).strip()[:200])
    return out


def test_a_thousand_texts_come_back_from_the_page() -> None:
    texts = random_texts(TEXTS)
    known = {letter for letter in "".join(texts) if not fonts.unknown(letter)}
    assert len(known) > 150
    shown = ["".join(letter for letter in text if letter in known) for text in texts]
    leftwards = [text for text in shown if has_right_to_left(text)]
    rest = [text for text in shown if not has_right_to_left(text)]
    assert min(len(leftwards), len(rest)) > 200
    for at in range(0, len(rest), 50):
        back = bare(read_back(set_texts(rest[at : at + 50])))
        missing = [text for text in rest[at : at + 50] if bare(text) not in back]
        assert not missing, missing
    for at in range(0, len(leftwards), 50):  # order is the reader's affair: the same characters
        block = leftwards[at : at + 50]
        back = bare(read_back(set_texts(block)))
        assert sorted(back.translate(UPRIGHT)) == sorted(bare("".join(block)).translate(UPRIGHT))


def test_a_long_name_stays_in_its_box() -> None:
    pdf = typeset.pdf(PAGE.replace("block(v(each))", "table(columns: (30mm,), v(each))"), {**HEAD, "d": {"texts": ["W" * 200, "客" * 200]}})
    pages = sheets.Sheets(pdf)
    dots = pages.picture(0, 72)
    row = dots.width * 4
    right = [at for at in range(int(45 / 25.4 * 72), dots.width) if any(dots.pixels[y * row + at * 4] < 128 for y in range(dots.height))]
    assert not right  # 8 mm of margin and 30 mm of table: nothing beyond 45 mm
    assert bare(pages.text(0)) == "W" * 200 + "客" * 200


def test_a_character_without_a_font_is_told_and_does_no_harm() -> None:
    strange = "\U00013000"  # a hieroglyph
    if not fonts.unknown(strange):
        pytest.skip("there is a font for hieroglyphs here")
    assert fonts.unknown(f"客史{strange}{strange}") == strange
    assert "客史" in read_back(set_texts([f"客史{strange}"]))


def test_pages_still_shown_when_the_program_ends_are_let_go_quietly(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(typeset.pdf("a", {}))
    words = "import sys; from crm_desktop.documents.sheets import Sheets; shown = [Sheets(open(sys.argv[1], 'rb').read()) for _ in 'ab']; print(shown[1].count)"
    done = subprocess.run([sys.executable, "-c", words, str(tmp_path / "a.pdf")], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("1\n", "")


def test_the_fonts_of_this_pc_show_chinese() -> None:
    assert fonts.has_chinese()
    assert not fonts.unknown("龑䶮")
    assert fonts.families()["sans"]


@pytest.mark.parametrize(
    ("template", "line", "word"),
    [
        ("a\n\n#nothere\n", 3, "nothere"), ("#let x = (1,\n", 1, "delimiter"), ('x\n#import "@preview/a:0.1.0": b', 2, "net"),
        ('#import "/lib.typ": *\n#rows((("a",),), 1)', 2, ""), ('#read("/etc/passwd")', 1, "found"),
    ],
)  # fmt: skip
def test_a_broken_template_names_its_line(template: str, line: int, word: str) -> None:
    with pytest.raises(typeset.Broken) as found:
        typeset.pdf(template, {**HEAD, "d": {"texts": []}})
    assert found.value.line == line
    assert word in found.value.reason


def test_without_a_chinese_font_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "has_chinese", lambda: False)
    with pytest.raises(Refused, match="No Chinese font"):
        set_texts(["a"])
