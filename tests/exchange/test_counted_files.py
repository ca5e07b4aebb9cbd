"""The Chinese files of other programs hold what was counted in them independently: rows, sums, shares, words."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal

import pytest

from crm_desktop.exchange.foreign import asked
from crm_desktop.exchange.reading import read
from tests.exchange.test_reading import here, shared
from tests.samples import SHARED


@pytest.fixture
def nearby(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "parts", here)


@shared
@pytest.mark.usefixtures("nearby")
def test_the_chinese_files_have_their_rows() -> None:
    def rows(name: str) -> int:
        return sum(1 for _ in read(SHARED / name).table().rows())

    expected = json.loads((SHARED / "expected" / "text.json").read_text("utf-8"))
    assert rows("gbk_csv/quarter.csv") == expected["gbk_quarter_csv"]["rows"]
    assert rows("complaints_zh/taidi2020_附件4.xlsx") == expected["complaints_with_replies_附件4"]["rows"]
    assert rows("complaints_zh/taidi2020_附件1.xlsx") == expected["category_tree_附件1"]["rows"]
    assert rows("reviews_zh/ChnSentiCorp_htl_all.csv") == expected["ChnSentiCorp"]["rows"]
    assert read(SHARED / "reviews_zh/taidi2021_酒店评论_sample.xlsx").table().headings == expected["zh_hotel_reviews_sample"]["columns"]


@shared
@pytest.mark.usefixtures("nearby")
def test_the_chinese_files_hold_what_was_counted_in_them() -> None:
    """Sums, shares and words counted by another program: every cell is the right one, not only their number."""
    expected = json.loads((SHARED / "expected" / "text.json").read_text("utf-8"))

    def rows(name: str) -> list[dict[str, str]]:
        table = read(SHARED / name).table()
        return [dict(zip(table.headings, cells, strict=True)) for _, cells in table.rows()]

    quarter, told = rows("gbk_csv/quarter.csv"), expected["gbk_quarter_csv"]
    assert Counter(row["年度"] for row in quarter) == told["by_year"]
    assert [str(sum(Decimal(row[name]) for row in quarter)) for name in ("各国销售额", "各国利润")] == [told["sum_各国销售额"], told["sum_各国利润"]]
    reviews, told = rows("reviews_zh/ChnSentiCorp_htl_all.csv"), expected["ChnSentiCorp"]
    label, review = told["header"]
    assert Counter(row[label] for row in reviews) == told["labels"]
    assert {word: sum(word in row[review] for row in reviews) for word in told["contains"]} == {word: counts["all"] for word, counts in told["contains"].items()}
    assert (max(len(row[review]) for row in reviews), sum(not row[review].strip() for row in reviews)) == (told["longest_chars"], told["empty_review"])
    answered, told = rows("complaints_zh/taidi2020_附件4.xlsx"), expected["complaints_with_replies_附件4"]
    assert len({row["留言编号"] for row in answered}) == told["distinct_ids"]
    assert len({row["留言用户"] for row in answered}) == told["distinct_users"]
    tree, told = rows("complaints_zh/taidi2020_附件1.xlsx"), expected["category_tree_附件1"]
    assert Counter(row["一级分类"] for row in tree) == told["level1"]
    assert len({(row["一级分类"], row["二级分类"]) for row in tree}) == told["level2"]
    hotels = rows("reviews_zh/taidi2021_酒店评论_sample.xlsx")
    assert Counter(row[expected["zh_hotel_reviews_sample"]["columns"][0]] for row in hotels) == expected["zh_hotel_reviews_sample"]["per_hotel"]
