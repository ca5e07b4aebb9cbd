"""The market 市场: information of six kinds, online reviews 网络点评, the hotel's own pages 店铺页面检查."""

from __future__ import annotations

from crm_desktop.duties.market import queries
from crm_desktop.duties.market.records import CHECK, INFO, REVIEW
from crm_desktop.duties.market.rules import SET_ASIDE
from crm_desktop.record.duty import Due, Duty, Entries, Page, Related
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

WRITTEN = ("day", "platform", "stars", "words", "topic", "state", "left", "owner_id")
HEARD = ("day", "name", "kind", "reliability", "state", "competitor", "owner_id")


def _heard(row: Row) -> Text:
    return Text("Heard on the market: {what}", what=row["name"])


def _wrote(row: Row) -> Text:
    words, platform = " ".join(str(row["words"]).split()), queries.NAMES.get(row["platform"]) or row["platform"]
    if row["stars"]:
        return Text("{platform}, {n} of 5: {what}", platform=platform, n=row["stars"], what=words)
    return Text("{platform}: {what}", platform=platform, what=words)


DUTY = Duty(
    "market", Text("Market and reviews"), records=(INFO, REVIEW, CHECK),
    pages=(
        Page(
            "online-reviews", Text("Online reviews"), "message-square", "crm_desktop.duties.market.pages:reviews",
            ("点评", "网评", "舆情", "差评", "回复", "review"), record=REVIEW, rail=False,
        ),
        Page(
            "page-checks", Text("Shop page checks"), "shield-check", "crm_desktop.duties.market.pages:checks",
            ("店铺", "页面", "检查", "价格", "库存"), record=CHECK, rail=False,
        ),
        Page("market-information", Text("Market information"), "info", words=("市场", "信息", "竞品", "情报", "同行"), record=INFO, rail=False),
    ),
    today=queries.today, causes=queries.causes,
    entries=(
        Entries("market_info", "info", "day", {"account": ("account_id",)}, ("name",), _heard, chip="state", dropped=(SET_ASIDE,)),
        Entries(
            "online_review", "message-square", "day", {"account": ("account_id",), "person": ("person_id",), "complaint": ("complaint_id",)}, ("platform", "stars", "words"),
            _wrote, time="time", chip="state",
        ),
    ),
    dues=(Due("online_review", "message-square", "warn_on", "owner_id", None, ("platform", "name"), queries.review_due, time="warn_at"),),
    related={
        "account": [Related(Text("Online reviews"), "online_review", ("account_id",), WRITTEN), Related(Text("Market information"), "market_info", ("account_id",), HEARD)],
        "person": [Related(Text("Online reviews"), "online_review", ("person_id",), WRITTEN)],
    },
    documents="crm_desktop.duties.market.documents",
)  # fmt: skip
