"""VIP stays 贵宾接待: who is received, at what level, when, and how far the reception has come."""

from __future__ import annotations

from crm_desktop.duties.clients.records import LEVELS
from crm_desktop.duties.vip import rules, rules_levels, rules_official, rules_summary
from crm_desktop.duties.vip.rules import APPLIED, APPROVED, DEPARTED, IN_HOUSE, PREPARING, READY, REFUSED, REVIEWED
from crm_desktop.record import reasons
from crm_desktop.record.house import currency, hotel, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text

__all__ = [
    "APPLIED", "APPROVED", "DEPARTED", "IN_HOUSE", "LEVELS", "PREPARING", "READY", "REFUSED", "REVIEWED", "STAGES", "VIP_STAY",
]  # fmt: skip

STAGES = (
    (APPLIED, Text("Applied for"), "amber"), (APPROVED, Text("Approved"), "blue"), (PREPARING, Text("In preparation"), "blue"), (READY, Text("Room passed"), "green"),
    (IN_HOUSE, Text("In house"), "green"), (DEPARTED, Text("Departed"), "grey"), (REVIEWED, Text("Reviewed"), "grey"),
    (REFUSED, Text("Refused"), "red"),
)  # fmt: skip
COSTS = (
    (rules.WITHIN, Text("Within the cap"), "green"), (rules.NEAR, Text("Close to the cap"), "amber"), (rules.OVER, Text("Above the cap"), "red"),
)  # fmt: skip

VIP_STAY = Record(
    "vip_stay", Text("VIP stay"), Text("VIP stays"),
    Section(
        Text("Guest"),
        Field("level", Text("VIP level"), Kind.CHOICE, required=True, choices=LEVELS, codes="vip_level", width=76, words=("等级", "级别", "贵宾等级")),
        Field("stage", Text("Stage"), Kind.CHOICE, closed=True, default=APPLIED, choices=STAGES, width=124, words=("阶段", "状态")),
        Field("guest_id", Text("Guest"), Kind.REF, ref="person", required=True, width=130, words=("客人", "贵宾", "姓名")),
        Field("party", Text("Party size"), Kind.INT, default=1, least=1, most=9_999, width=72, words=("人数", "随行人数")),
        Field("account_id", Text("Host unit"), Kind.REF, ref="account", wide=True, width=170, words=("接待单位", "邀请单位", "协议单位")),
        Field("reason", Text("Purpose of the visit"), wide=True, width=160, words=("事由", "接待事由")),
        Field("official", Text("Official reception"), Kind.BOOL, words=("公务接待",)),
        Field("letter_no", Text("Official letter no."), Kind.CODE, width=120, words=("公函号", "公函编号")),
        Field("invited_by", Text("Invited by"), data="personal", width=120, words=("邀请人", "邀请部门")),
        Field("expects", Text("Expected value"), Kind.MONEY, least=0, width=104, words=("预计收益", "预计消费")),
        Field("extras", Text("Free or upgraded"), wide=True, words=("免费与升级项目", "免费项目", "升级")),
        hotel(),
        owner(),
    ),
    Section(
        Text("Arrival and departure"),
        Field("arrival", Text("Arrival"), Kind.DATE, required=True, width=104, words=("抵店", "抵店日期")),
        Field("arrival_time", Text("Arrives at"), Kind.TIME, width=72, words=("抵店时间",)),
        Field("departure", Text("Departure"), Kind.DATE, required=True, width=104, words=("离店", "离店日期")),
        Field("departure_time", Text("Departs at"), Kind.TIME, width=72, words=("离店时间",)),
        Field("transport", Text("Flight, train or plate"), width=110, words=("航班车次", "航班", "车次", "车牌")),
        Field("room_no", Text("Room no."), Kind.CODE, searched=True, width=72, words=("房号",)),
    ),
    Section(
        Text("Must and never"),
        Field("must", Text("Must"), Kind.LONG, data="sensitive", sensitive="health", wide=True, words=("必须", "要求")),
        Field("never", Text("Never"), Kind.LONG, data="sensitive", sensitive="health", wide=True, words=("禁忌", "忌讳")),
    ),
    Section(
        Text("For the notice"),
        Field("payer", Text("Who pays"), width=120, words=("付款方", "费用承担")),
        Field("greeting", Text("Who greets, and where"), wide=True, words=("迎接人员", "迎接")),
        Field("car", Text("Car, plate and driver"), wide=True, words=("用车", "司机")),
        Field("wording", Text("Wording of the welcome sign"), wide=True, words=("欢迎牌", "接站牌", "欢迎词")),
        Field("meetings", Text("Meetings and visits of the guest"), wide=True, words=("会见", "活动安排")),
        Field("guarding", Text("Security, privacy, photos"), wide=True, words=("安保", "保密", "拍照")),
        Field("contact", Text("Contact of the guest"), data="personal", sensitive="contact", width=136, words=("对方联系人", "联系电话")),
    ),
    Section(
        Text("Cost"),
        Field("cost_cap", Text("Cost cap"), Kind.MONEY, least=0, width=104, words=("费用上限", "限额")),
        Field("actual_cost", Text("Actual cost"), Kind.MONEY, least=0, width=104, words=("实际费用",)),
        currency(),
        Field("no_cost", Text("Nothing was spent"), Kind.BOOL, words=("无费用",)),
    ),
    Section(
        Text("Review"),
        Field("review", Text("What we learnt"), Kind.LONG, wide=True, words=("接待总结", "总结")),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=(
        Field("amenity_cost", Text("Amenities issued"), Kind.MONEY, derived=True, width=110),
        Field("nights", Text("Nights"), Kind.INT, work=rules.nights, of=("arrival", "departure"), width=72),
        Field("day_of_stay", Text("Day of the stay"), work=rules.day_now, of=("arrival", "departure"), width=84),
        Field("to_meet", Text("Reason to meet"), Kind.CHOICE, asked="crm_desktop.duties.vip.queries_reasons:of_receptions", choices=reasons.CHOICES, width=104),
        Field("greeter", Text("Met by"), asked="crm_desktop.duties.vip.queries_greeting:of_receptions", width=104),
        Field("against_cap", Text("Against the cap"), Kind.CHOICE, work=rules.against_cap, of=("actual_cost", "cost_cap"), choices=COSTS, width=132),
    ),
    name="room_no", code="",
    listed=(
        "level", "guest_id", "arrival", "arrival_time", "stage", "room_no", "departure", "nights", "account_id", "party", "reason",
        "cost_cap", "actual_cost", "owner_id",
    ),
    effect="crm_desktop.duties.vip.plan:follow", effect_on=("arrival", "arrival_time", "departure", "departure_time", "level", "guest_id", "room_no", "official", "never"),
    sorted_by="-arrival", sortable=("arrival", "departure", "level", "room_no"), filters=("stage", "level", "owner_id"),
    indexes=(
        Index("guest_id", "arrival"), Index("account_id", "arrival"), Index("arrival", "stage", "hotel_id"), Index("room_no"),
        Index("stage", "arrival", "departure", "level", "hotel_id"),
    ),
    check=rules.check, check_on=("arrival", "departure", "arrival_time", "departure_time", "actual_cost", "no_cost"),
    machine=Machine(
        "stage",
        Move("approve", Text("Approve"), (APPLIED,), APPROVED, approves="vip", amount="cost_cap", named=rules_levels.NAMED, guard=rules_official.may_approve),
        Move("refuse", Text("Refuse"), (APPLIED,), REFUSED, reason=True, approves="vip"),
        Move("apply", Text("Apply again"), (REFUSED,), APPLIED),
        Move("prepare", Text("Begin preparing"), (APPROVED,), PREPARING, effect="crm_desktop.duties.vip.plan:begin"),
        Move("ready", Text("Room ready"), (PREPARING,), READY, effect="crm_desktop.duties.vip.service:ready"),
        Move("arrive", Text("Has arrived"), (PREPARING, READY), IN_HOUSE, guard=rules.may_arrive),
        Move("depart", Text("Has departed"), (IN_HOUSE,), DEPARTED, sets=rules_summary.cost_of),
        Move("review", Text("Reviewed"), (DEPARTED,), REVIEWED, guard=rules.may_review, sets=rules_summary.cost_of, effect="crm_desktop.duties.vip.service:filed"),
    ),
    currency="currency", titled="guest_id", file_word="vip-stays", note=("arrival", "level", "guest_id"),
    area="vip",
)  # fmt: skip
