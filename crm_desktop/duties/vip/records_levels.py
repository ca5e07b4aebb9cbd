"""VIP levels of all schemes and the amenity matrix 礼遇标准: every cell is a row the hotel edits."""

from __future__ import annotations

from crm_desktop.duties.clients.records import LEVELS
from crm_desktop.duties.vip import rules_amenities, rules_levels
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text

TONES = (
    ("purple", Text("Purple"), "purple"), ("blue", Text("Blue"), "blue"), ("green", Text("Green"), "green"), ("amber", Text("Amber"), "amber"),
    ("red", Text("Red"), "red"), ("grey", Text("Grey"), "grey"),
)  # fmt: skip
DEPARTMENTS = (
    ("KT", Text("Kitchen"), ""), ("FL", Text("Florist"), ""), ("HK", Text("Housekeeping"), ""), ("FB", Text("Food and beverage"), ""), ("FO", Text("Front office"), ""),
    ("SM", Text("Sales and marketing"), ""),
)  # fmt: skip

VIP_LEVEL = Record(
    "vip_level", Text("VIP level"), Text("VIP levels"),
    Section(
        Text("Level"),
        Field("scheme", Text("Scheme"), Kind.CODE, required=True, default=rules_levels.HOUSE, width=72, words=("体系", "等级体系"), help=Text("V for the house's own, VA or another word for a former operator's")),
        Field("code", Text("Level code"), Kind.CODE, required=True, searched=True, width=72, words=("等级", "级别")),
        Field("rank", Text("Rank"), Kind.INT, required=True, default=5, least=1, most=98, width=60, words=("排序", "级次"), help=Text("1 is the highest, whatever the code looks like")),
        Field("name", Text("Name"), required=True, searched=True, width=130, words=("名称", "等级名称")),
        Field("name_en", Text("Name in English"), width=140, words=("英文名称",)),
        Field("tone", Text("Colour"), Kind.CHOICE, closed=True, default="purple", choices=TONES, width=76, words=("颜色",)),
        Field("criteria", Text("Who belongs here"), Kind.LONG, wide=True, width=260, words=("标准", "适用客人")),
        Field("approver", Text("Approved by"), Kind.CHOICE, default=rules_levels.DOSM, choices=rules_levels.APPROVERS, codes="vip_approver", width=130, words=("审批人",)),
        Field("cap", Text("Cost cap a day"), Kind.MONEY, least=0, width=104, words=("每日费用上限",)),
    ),
    Section(
        Text("Earned by itself"),
        Field("least_stays", Text("Stays in 12 months"), Kind.INT, least=0, most=9_999, width=104, words=("一年入住次数",)),
        Field("least_nights", Text("Nights in 12 months"), Kind.INT, least=0, most=9_999, width=104, words=("一年间夜",)),
        Field("least_spent", Text("Spent in 12 months"), Kind.MONEY, least=0, width=110, words=("一年消费",)),
        Field("most_share", Text("At most of all VIPs (%)"), Kind.INT, least=0, most=100, width=104, words=("占比上限",), help=Text("Above this share the level is given away too freely")),
        Field("retired", Text("No longer used"), Kind.BOOL, width=72, words=("停用",)),
    ),
    listed=("scheme", "code", "name", "rank", "approver", "cap", "least_stays", "least_nights", "most_share", "criteria"), sorted_by="rank", sortable=("rank", "code"),
    filters=("approver",), indexes=(Index("scheme", "code", unique=True), Index("rank", "code")), check=rules_levels.check_level, check_on=("rank", "most_share"),
    file_word="vip-levels", note=("scheme", "name"), papers=False, area="rules", owners=(),
)  # fmt: skip

VIP_AMENITY = Record(
    "vip_amenity", Text("Amenity of a level"), Text("Amenity matrix"),
    Section(
        Text("Amenity"),
        Field("level", Text("VIP level"), Kind.CHOICE, required=True, choices=LEVELS, codes="vip_level", width=92, words=("等级", "级别")),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default="fruit", choices=rules_amenities.KINDS, codes="amenity_kind", width=120, words=("礼遇项目", "项目")),
        Field("day", Text("On which days"), Kind.CHOICE, required=True, closed=True, default=rules_amenities.FIRST, choices=rules_amenities.DAYS, width=110, words=("日期", "哪几天")),
        Field("at", Text("Placed at"), Kind.TIME, width=72, words=("摆放时间",)),
        Field("department", Text("Department"), Kind.CHOICE, default="HK", choices=DEPARTMENTS, codes="amenity_department", width=110, words=("部门",)),
        Field("cost", Text("Cost a day"), Kind.MONEY, least=0, width=92, words=("成本", "单日成本")),
        Field("variants", Text("Variants, one a line"), Kind.LONG, required=True, wide=True, searched=True, width=320, words=("样式", "可选内容"), help=Text("The first that fits the guest is taken, never the one given last time")),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
        Field("retired", Text("No longer used"), Kind.BOOL, width=72, words=("停用",)),
    ),
    name="variants", code="", listed=("level", "kind", "day", "at", "cost", "variants", "department"), sorted_by="level", sortable=("level", "kind"),
    filters=("level", "kind", "department"), indexes=(Index("level", "kind"), Index("kind")), check=rules_amenities.check_amenity, check_on=("variants",),
    file_word="amenity-matrix", note=("level", "kind"), papers=False, area="rules", owners=(),
)  # fmt: skip
