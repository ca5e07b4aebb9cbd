"""The office of the sample: documents in and out, files lent from the archive, the year's trainings."""

from __future__ import annotations

from crm_desktop.demo.crew import CARE, DESK, DOSM, VOICE
from crm_desktop.demo.house import Dice, House
from crm_desktop.duties.house.records import DEPARTMENT
from crm_desktop.duties.office.records import DOCUMENT, LOAN, TRAINEE, TRAINING
from crm_desktop.duties.office.rules import (
    ABSENT,
    APPLIED,
    EVALUATED,
    FAILED,
    FILED,
    FINISHED,
    HANDLED,
    HELD,
    IN,
    LENT,
    ON_LEAVE,
    OUT,
    PASSED,
    PLANNED,
    PRESENT,
    REGISTERED,
    RETURNED,
)
from crm_desktop.record.record import Row

_Document = tuple[int, str, str, str, str, str, str, str, int | None, str, str]
DOCUMENTS: tuple[_Document, ...] = (  # day, way, kind, subject, party, client, their no., who, due, state, result
    (-1, IN, "letter", "督查组一行 8 人公务接待公函", "省某厅办公室", "", "函〔2026〕118 号", "唐屿", 1, HANDLED, ""),
    (-2, IN, "letter", "要求书面说明三次投诉的处理", "瑞栀药业", "瑞栀药业", "RZ-26-077", "周一禾", -1, HANDLED, ""),
    (0, IN, "notice", "关于开展年末消防安全检查的通知", "区消防救援大队", "", "消〔2026〕44 号", DESK, 5, REGISTERED, ""),
    (-4, OUT, "letter", "江南轻纺博览会留房确认函", "澜洲轻纺综合体", "澜洲轻纺综合体", "", "江叙", None, FINISHED, ""),
    (-9, OUT, "contract", "陈郑婚宴合同补充条款", "陈屹、郑弥", "陈郑婚宴", "", "宋晚晴", None, FILED, ""),
    (-11, IN, "request", "青垧新材申请签订协议", "青垧新材", "青垧新材", "", "周一禾", -4, FINISHED, "已转信贷，先预付后评级"),
    (-16, OUT, "letter", "催款函(第二次)", "越岫城建集团", "越岫城建", "", "唐屿", None, FILED, ""), (-20, OUT, "notice", "停挂通知", "各收银点", "", "", "高澄", None, FILED, ""),
    (-33, IN, "certificate", "营业执照年检副本", "市场监管局", "", "", DOSM, -30, FILED, "复印件已入档"), (-47, IN, "contract", "澄籁精密协议原件", "澄籁精密", "澄籁精密", "CL-2025-9", "周一禾", -40, FILED, "已核对盖章"),
    (-58, OUT, "letter", "中秋答谢会邀请函 92 份", "协议客户", "", "", CARE, None, FILED, ""), (-75, IN, "letter", "对账确认函回执", "越岫城建集团", "越岫城建", "", "唐屿", -70, FILED, "金额相符，原件入信用档案"),
)  # fmt: skip
_Loan = tuple[int, str, str, str, str, str, int, int | None, str]
LOANS: tuple[_Loan, ...] = (  # day, file, archive, who, what for, client, due, back, state
    (0, "陈郑婚宴合同与付款凭证", "contract", "宋晚晴", "核对定金与桌数条款", "陈郑婚宴", 0, None, LENT), (-3, "越岫城建信用档案", "credit", "唐屿", "准备年终会收款方案", "越岫城建", -2, None, LENT),
    (0, "瑞栀药业投诉卷三份", "complaint", VOICE, "写我方原因分析", "瑞栀药业", 1, None, APPLIED), (-6, "1216 房维修单", "repair", "石固", "查上次空调维修", "", -6, -6, RETURNED),
    (-12, "去年年会会务档案", "event", "江叙", "做今年报价", "", -12, -11, RETURNED), (-19, "第三季度征询问卷", "survey", CARE, "写满意度报告", "", -18, -18, RETURNED),
    (-27, "鹿渚文化传播客户档案", "client", "周一禾", "核对开票资料", "", -27, -27, RETURNED), (-41, "旭阑置业合同与账单", "credit", "高澄", "查时效起算日", "旭阑置业", -41, -40, RETURNED),
)  # fmt: skip
ABOUT = {"接听真实投诉：开口第一句": "瑞栀药业", "婚宴合同：定金与预付款怎么写": "陈郑婚宴"}  # the clients whose case a training comes from
_Training = tuple[int, str, str, str, str, str, str]
TRAININGS: tuple[_Training, ...] = (  # day, topic, kind, reason, trainer, state, what it changed
    (2, "接听真实投诉：开口第一句", "case", "complaint", "罗青", PLANNED, ""), (-5, "婚宴合同：定金与预付款怎么写", "law", "complaint", "沈知渝", HELD, ""),
    (-19, "贵宾忌口核对与厨房卡", "service", "inspection", "樊守味", EVALUATED, "两周内厨房卡漏签由 3 张降到 0 张"), (-33, "协议价与 OTA 价差怎么说", "sales", "plan", "陆行舟", EVALUATED, "报价录音抽查 10 通，9 通说对"),
    (-54, "发票抬头与税目", "system", "complaint", "高澄", EVALUATED, "开错发票由月均 7 张降到 2 张"), (-76, "新人入职：部门流程与表单", "newcomer", "plan", "许棠", EVALUATED, "两人独立顶岗"),
    (-97, "秋季会议产品与报价", "product", "product", "江叙", EVALUATED, "会议询价转化率 31 % 升到 36 %"),
)  # fmt: skip
STUDENTS = ("周一禾", "唐屿", "宋晚晴", "江叙", "贺小满", "许棠", VOICE, CARE, DESK)


def fill(house: House) -> None:
    """Documents, files and trainings, each numbered in the order of its days."""
    book = _Office(house)
    for told in sorted(DOCUMENTS, key=lambda each: each[0]):
        book.document(*told)
    for lent in sorted(LOANS, key=lambda each: each[0]):
        book.loan(*lent)
    for taught in sorted(TRAININGS, key=lambda each: each[0]):
        book.training(*taught)


class _Office:
    """Numbers by series and year."""

    def __init__(self, house: House) -> None:
        self.house, self.dice = house, Dice("office")
        self.departments = {row["name"]: row["id"] for row in house.all(DEPARTMENT)}
        self.numbers: dict[str, int] = {}

    def _number(self, letters: str, day: str) -> str:
        head = f"{letters}-{day[:4]}-"
        self.numbers[head] = self.numbers.get(head, 0) + 1
        return f"{head}{self.numbers[head]:04d}"

    def _client(self, name: str) -> int | None:
        return self.house.ids[name] if name else None

    def document(
        self, at: int, way: str, kind: str, subject: str, party: str, client: str, their: str, who: str, due: int | None, state: str, result: str
    ) -> None:
        """A document as it stands."""
        days, done = self.house.days, state in (FINISHED, FILED)
        day = days.office(at)
        self.house.put(
            DOCUMENT, direction=way, code=self._number("SW" if way == IN else "FW", day), name=subject, day=day, party=party, their_no=their, kind=kind,
            urgency="urgent" if due is not None and -3 < due < 3 else "normal", account_id=self._client(client), owner_id=self.house.ids[who], due=days.office(due) if due is not None else "",
            result=result, state=state, finished_on=days.office(min(at + 3, -1)) if done else "", shelf=f"文书柜 {self.dice.between(1, 6)}-{self.dice.between(1, 9)}" if state == FILED else "",
            proposal="请相关销售拟办，报总监" if way == IN else "",
        )  # fmt: skip

    def loan(self, at: int, name: str, archive: str, who: str, purpose: str, client: str, due: int, back: int | None, state: str) -> None:
        """A file, out or back."""
        days = self.house.days
        day = days.office(at)
        out: Row = {} if state == APPLIED else {"lent_on": day, "due": max(day, days.office(due)), "approver_id": self.house.ids[DOSM]}
        out |= {"returned_on": max(day, days.office(back))} if back is not None else {}
        self.house.put(
            LOAN, name=name, code=self._number("JY", day), kind=archive, owner_id=self.house.ids[who], day=day, purpose=purpose, account_id=self._client(client),
            archive_no=f"{archive[:2].upper()}{self.dice.between(100, 999)}", state=state, **out,
        )  # fmt: skip

    def training(self, at: int, topic: str, kind: str, reason: str, trainer: str, state: str, changed: str) -> None:
        """A training with who was there."""
        day = self.house.days.office(at)
        row = self.house.put(
            TRAINING, name=topic, code=self._number("PX", day), kind=kind, reason=reason, day=day, time="15:00", place="清言", trainer=trainer, owner_id=self.house.ids[CARE],
            state=state, evaluation=changed, content="讲 40 分钟，练 20 分钟", material="自编讲义", account_id=self._client(ABOUT.get(topic, "")),
        )  # fmt: skip
        if state != PLANNED:
            for name in STUDENTS:
                self._student(row, name)

    def _student(self, training: Row, name: str) -> None:
        came = self.dice.weighted(((PRESENT, 88), (ON_LEAVE, 9), (ABSENT, 3)))
        score = self.dice.between(56, 99)
        tested: Row = {"score": score, "result": PASSED if score >= 60 else FAILED} if came == PRESENT else {}
        self.house.put(TRAINEE, training_id=training["id"], name=name, department_id=self.departments["营销部"], attendance=came, **tested)
