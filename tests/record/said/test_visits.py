"""Results of visits in one line, seen from Wednesday 18 November 2026."""

from __future__ import annotations

import pytest

from crm_desktop.duties.visits import records
from crm_desktop.record.said import visit_result
from crm_desktop.record.said.visits import RESULTS

TODAY = "2026-11-18"
LINES = [
    ("已签 下次周五送合同", "signed", "已签", "2026-11-20", "送合同"), ("已簽 下次週五送合同", "signed", "已簽", "2026-11-20", "送合同"), ("未遇 下周三再去", "not-met", "未遇", "2026-11-25", "再去"),
    ("续签一年，下一步月底前寄协议", "renewed", "续签一年", "2026-11-30", "寄协议"), ("投诉空调 明天下午3点回电", "complaint", "投诉空调", "2026-11-19", "回电"), ("询价年会 周五报方案", "inquiry", "询价年会", "2026-11-20", "报方案"),
    ("答应月底付 下次 12月1日 对账", "promise", "答应月底付", "2026-12-01", "对账"), ("已付2万，接下来 下周一 送发票", "receipt", "已付2万", "2026-11-23", "送发票"), ("报价给了王总 后续 3天后 问结果", "quote", "报价给了王总", "2026-11-21", "问结果"),
    ("介绍了云栖公司 下周二联系", "referral", "介绍了云栖公司", "2026-11-24", "联系"), ("竞争对手降价 明天 汇报", "competitor", "竞争对手降价", "2026-11-19", "汇报"), ("建议换菜单 周五 回复厨房", "suggestion", "建议换菜单", "2026-11-20", "回复厨房"),
    ("有意向办年会 周五送方案", "demand", "有意向办年会", "2026-11-20", "送方案"), ("例行拜访 下月3号 再访", "kept-up", "例行拜访", "2026-12-03", "再访"), ("偏好靠湖房 周五 记档案", "preference", "偏好靠湖房", "2026-11-20", "记档案"),
    ("没见到人 约周五", "not-met", "没见到人", "2026-11-20", "约"), ("想办年会200人 周五送方案", "demand", "想办年会200人", "2026-11-20", "送方案"),
    ("signed, next Friday send contract", "signed", "signed", "2026-11-27", "send contract"), ("not in, then call on Friday", "not-met", "not in", "2026-11-20", "call"), ("complained about noise, follow up tomorrow with GM", "complaint", "complained about noise", "2026-11-19", "with GM"),
    ("paid, next step: Dec 15 renew", "receipt", "paid", "2026-12-15", "renew"), ("asked for rates, in 3 days send offer", "inquiry", "asked for rates", "2026-11-21", "send offer"),
]  # fmt: skip
ALONE = [("已签", "signed"), ("续约", "renewed"), ("没签 再报价", "quote"), ("回款三万", "receipt"), ("扑空", "not-met"), ("周一禾 签约", "signed"), ("五一路新店 询价", "inquiry"), ("送了礼 寒暄", "kept-up"), ("signed", "signed"), ("nothing new", "kept-up")]  # fmt: skip


@pytest.mark.parametrize(("line", "result", "report", "due", "what"), LINES)
def test_a_result_and_its_next_step(line: str, result: str, report: str, due: str, what: str) -> None:
    found = visit_result(line, TODAY)
    assert found.next is not None
    assert (found.result, found.report, found.next.due, found.next.what) == (result, report, due, what)
    assert (found.doubts, found.next.doubts) == ({}, {})


@pytest.mark.parametrize(("line", "result"), ALONE)
def test_a_result_alone(line: str, result: str) -> None:
    found = visit_result(line, TODAY)
    assert (found.result, found.report, found.next, found.doubts) == (result, line, None, {})


@pytest.mark.parametrize(
    ("line", "doubts"),
    [("", {}), ("聊了很久", {"result": tuple(RESULTS)}), ("续签 投诉空调", {"result": ("renewed", "complaint")}), ("没签", {"result": tuple(RESULTS)}), ("not signed", {"result": tuple(RESULTS)})],
)
def test_what_is_asked(line: str, doubts: dict[str, tuple[str, ...]]) -> None:
    assert visit_result(line, TODAY).doubts == doubts


def test_a_next_step_without_a_day_is_asked() -> None:
    found = visit_result("已签 下次送合同", TODAY)
    assert found.next is not None
    assert (found.next.what, list(found.next.doubts)) == ("送合同", ["due"])


def test_a_day_that_begins_the_line_is_no_next_step() -> None:
    assert visit_result("周五来访 询价", TODAY).next is None


def test_the_pieces_of_the_next_step_stand_in_the_whole_line() -> None:
    found = visit_result("已签 下次周五送合同", TODAY)
    assert [(p.field, p.start, p.text) for p in found.pieces] == [("result", 0, "已签"), ("next", 3, "下次"), ("next.due", 5, "周五")]


def test_the_codes_are_those_of_a_visit() -> None:
    assert set(RESULTS) == {code for code, _, _ in records.RESULTS}
