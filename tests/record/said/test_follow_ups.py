"""Follow-ups in one line, seen from Wednesday 18 November 2026."""

from __future__ import annotations

import pytest

from crm_desktop.record.said import follow_up

TODAY = "2026-11-18"
LINES = [
    ("下周三 催发票", "2026-11-25", "", "催发票"), ("明天下午3点 给祁曼回电", "2026-11-19", "15:00", "给祁曼回电"), ("call Li next Wednesday", "2026-11-25", "", "call Li"),
    ("下週三 催發票", "2026-11-25", "", "催發票"), ("给祁曼下周三回电", "2026-11-25", "", "给祁曼回电"), ("25号前 交合同", "2026-11-25", "", "交合同"),
    ("12.5 催发票", "2026-12-05", "", "催发票"), ("3号楼 换灯 后天", "2026-11-20", "", "3号楼 换灯"), ("周一禾 明天 回电", "2026-11-19", "", "周一禾 回电"),
    ("周大福 年会 周五", "2026-11-20", "", "周大福 年会"), ("五一路 送合同 周一", "2026-11-23", "", "五一路 送合同"), ("万豪 比价 月底", "2026-11-30", "", "万豪 比价"),
    ("１１月２５号　催款", "2026-11-25", "", "催款"), ("3点半 接机", "2026-11-18", "15:30", "接机"), ("明早8点半 接霍博士", "2026-11-19", "08:30", "接霍博士"),
    ("周五晚上7点 陪晚宴", "2026-11-20", "19:00", "陪晚宴"), ("Fri 10am visit Acme", "2026-11-20", "10:00", "visit Acme"), ("in 3 days send the contract", "2026-11-21", "", "send the contract"),
    ("send invoice by end of month", "2026-11-30", "", "send invoice"), ("Dec 15: renew Oakfield", "2026-12-15", "", "renew Oakfield"), ("3天后 问反馈", "2026-11-21", "", "问反馈"),
    ("国庆 慰问 李国庆", "2027-10-01", "", "慰问 李国庆"), ("农历十月十二 俞闻笛生日", "2026-11-20", "", "俞闻笛生日"), ("2025-03-08 补记 走访", "2025-03-08", "", "补记 走访"),
    ("明天 提醒祁曼周五付款", "2026-11-19", "", "提醒祁曼周五付款"), ("后天，送样品，顺便收票。", "2026-11-20", "", "送样品，顺便收票"), ("昨天的纪要 明天发", "2026-11-19", "", "昨天的纪要 发"),
    ("最迟周五 报价给澄籁", "2026-11-20", "", "报价给澄籁"), ("tomorrow at 3 ring Sun", "2026-11-19", "15:00", "ring Sun"), ("下周三10点 看场", "2026-11-25", "10:00", "看场"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "due", "time", "what"), LINES)
def test_what_is_to_be_done_when(line: str, due: str, time: str, what: str) -> None:
    found = follow_up(line, TODAY)
    assert (found.due, found.time, found.what, found.doubts) == (due, time, what, {})


@pytest.mark.parametrize(
    ("line", "doubts"),
    [
        ("催发票", {"due": ("2026-11-18", "2026-11-19", "2026-11-25")}), ("明天", {"what": ()}), ("", {}), ("  ，。", {}),
        ("下周 催发票", {"due": ("2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27")}), ("给祁曼周五付款的事周四提醒", {"due": ("2026-11-20", "2026-11-19")}),
        ("十月十二 生日", {"due": ("2026-11-20", "2027-10-12")}), ("国庆房价发给李总", {"due": ("2027-10-01",)}), ("周一禾打电话来", {"due": ("2026-11-23",)}),
        ("昨天的事", {"due": ("2026-11-18", "2026-11-19", "2026-11-25")}), ("本周一 回访", {"due": ("2026-11-23",)}), ("每周五 报告", {"due": ("2026-11-20",)}), ("12月 拜访", {"due": ("2026-12-01", "2026-12-31")}),
    ],
)  # fmt: skip
def test_what_is_asked(line: str, doubts: dict[str, tuple[str, ...]]) -> None:
    if line == "周一禾打电话来":  # a name not known beforehand is read as the day it spells
        assert follow_up(line, TODAY).due == "2026-11-23"
        assert follow_up(line, TODAY, names=("周一禾",)).due == ""
    else:
        assert follow_up(line, TODAY).doubts == doubts


def test_no_later_than_and_parts_of_the_day() -> None:
    found = follow_up("周五前 交合同", TODAY)
    assert (found.latest, [(p.field, p.text) for p in found.pieces]) == (True, [("due", "周五前")])
    assert (follow_up("晚上8点前 回复李总", TODAY).latest, follow_up("晚上8点前 回复李总", TODAY).what) == (True, "回复李总")
    assert follow_up("send it by 3pm", TODAY).latest
    found = follow_up("明天下午 给祁曼回电", TODAY)
    assert (found.due, found.time, found.period, found.what) == ("2026-11-19", "", "afternoon", "给祁曼回电")
    assert follow_up("call Li tonight", TODAY).period == "evening"


def test_a_doubtful_day_keeps_its_piece_and_not_its_words() -> None:
    found = follow_up("下周 催发票", TODAY)
    assert (found.due, found.what, found.pieces[0].text) == ("", "催发票", "下周")


def test_known_names_are_no_days() -> None:
    found = follow_up("周一禾打电话 周五", TODAY, names=("周一禾", ""))
    assert (found.due, found.what) == ("2026-11-20", "周一禾打电话")
