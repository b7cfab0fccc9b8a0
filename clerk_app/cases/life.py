"""办件经过 what happened to a case on its way, as frozen values kept with it; each names who, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from clerk_app.cases.decision import Outcome

Procedure = Literal[
    "hearing", "tender", "auction", "inspection", "testing", "quarantine", "appraisal", "expert_review", "third_party"
]
procedure_words: dict[Procedure, str] = {
    "hearing": "听证",
    "tender": "招标",
    "auction": "拍卖",
    "inspection": "检验",
    "testing": "检测",
    "quarantine": "检疫",
    "appraisal": "鉴定",
    "expert_review": "专家评审",
    "third_party": "征求第三方意见",
}
"""The closed list of 行政许可法 45; `third_party` only for applications for public information (政府信息公开条例 32)."""
SPECIAL: tuple[Procedure, ...] = tuple(procedure_words)[:8]

AdviceKind = Literal["asked", "papers_not_taken"]
EndKind = Literal["advised", "not_required", "not_accepted", "lapsed", "withdrawn", "terminated"]


@dataclass(frozen=True, kw_only=True)
class Gap:
    """缺什么 one gap of a one-time notice: which paper or point, and what exactly is wanted.

    `about`: what it speaks of in another room: a point somebody made, a place of a form.
    """

    what: str
    wanted: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OneTimeNotice:
    """一次性告知 all gaps at once (行政许可法 32(4)); one more needs the chief's word (`overridden_by`, `override_reason`)."""

    gaps: tuple[Gap, ...]
    bring_by: date | None
    by: str
    at: datetime
    window: int
    where: str = ""
    requeue: bool = False
    """Whether the applicant takes a new number when he comes again."""
    overridden_by: str = ""
    override_reason: str = ""
    acting_for: str = ""


@dataclass(frozen=True, kw_only=True)
class SpotFix:
    """当场更正 an error mended at the window, initialled (行政许可法 32(3))."""

    what: str
    initials: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Deemed:
    """视为受理 nobody answered within the intake limit: accepted from `on`, the day of receipt; found at `at` by the centre.

    `provisional` while the machine that holds the case is silent: its papers may say otherwise.
    """

    on: date
    at: datetime
    provisional: bool = False


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """审查意见 a reviewer's words with his name and time; words alone or a name alone are none."""

    words: str
    by: str
    at: datetime
    acting_for: str = ""


@dataclass(frozen=True, kw_only=True)
class SiteCheck:
    """现场核查 by two persons or more (行政许可法 34)."""

    people: tuple[str, ...]
    on: date
    finding: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SpecialProcedure:
    """特别程序 one of the eight, its planned end told in writing (行政许可法 45); both clocks rest from `confirmed_at` on.

    Asked by the clerk, confirmed by the chief representative, ended by its result.
    """

    procedure: Procedure
    reason: str
    planned_end: date
    asked_by: str
    asked_at: datetime
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    ended_on: date | None = None
    ended_by: str = ""
    result: str = ""

    @property
    def running(self) -> bool:
        """Whether the clocks rest for it now."""
        return self.confirmed_at is not None and self.ended_on is None


@dataclass(frozen=True, kw_only=True)
class Extension:
    """延期 once, before the old date, by who has the rank (行政许可法 42): asked here, granted by his paper."""

    days: int
    reason: str
    asked_by: str
    asked_at: datetime
    approver: str = ""
    rank: str = ""
    document_no: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None

    @property
    def granted(self) -> bool:
        """Whether the rank's paper is recorded."""
        return self.recorded_at is not None


@dataclass(frozen=True, kw_only=True)
class SentBack:
    """退回经办 by the second signature, with what is to be done."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DepartmentDecision:
    """部门决定 made outside the hall: by whom in which rank, under which number, on which day; the scan is an attachment."""

    outcome: Outcome | Literal["return"]
    decided_by: str
    rank: str
    document_no: str
    decided_on: date
    scan: str
    """SHA-256 of the department's paper, an attachment of the case."""
    words: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class PartnerOpinion:
    """协办意见 what one partner of a joint case says; `due` is its own clock; without words it is silent."""

    department: str
    asked_at: datetime
    due: date
    outcome: Literal["", "agree", "disagree"] = ""
    words: str = ""
    by: str = ""
    document_no: str = ""
    at: datetime | None = None

    @property
    def silent(self) -> bool:
        """Whether nothing was heard yet: flagged, never read as consent."""
        return self.at is None


@dataclass(frozen=True, kw_only=True)
class Assisted:
    """帮办代办 who acts for the applicant, on which paper, and what he is to do."""

    agent: str
    paper: str
    todo: tuple[str, ...] = ()
    done: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Ending:
    """了结 how a case ended without a decision: why, which agency is the right one, who said so and who has seen it."""

    how: EndKind
    reason: str
    by: str
    at: datetime
    agency: str = ""
    advice: AdviceKind | None = None
    gaps: tuple[Gap, ...] = ()
    seen_by: str = ""
    """首席代表 who has seen that it was not accepted."""
    acting_for: str = ""


@dataclass(frozen=True, kw_only=True)
class VoidedStamp:
    """作废用印 a stamp that does not count: asked by the chief, agreed by a second person, the paper back; its time stays visible."""

    seal_use: str
    sealed_at: datetime
    document_no: str
    reason: str
    paper: str
    """What became of the paper: 收回销毁, 划线作废 …"""
    asked_by: str
    asked_at: datetime
    agreed_by: str = ""
    agreed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Replacing:
    """更正、换发的说明 why a delivered result is done over, and whether its original is back, or why not."""

    reason: str
    original: str


@dataclass(frozen=True, kw_only=True)
class Archived:
    """归档 the list of what lies in the file, by whom and when."""

    contents: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Life:
    """办件经过 everything that happened beside the plain way from acceptance to delivery."""

    notices: tuple[OneTimeNotice, ...] = ()
    fixes: tuple[SpotFix, ...] = ()
    completed_on: date | None = None
    """补齐日 the day of the last piece: acceptance after a correction counts from it."""
    deemed: Deemed | None = None
    second_limit: bool = False
    """Received in a cut or while another system was down: the item's second limit, and no card."""
    assigned_to: str = ""
    opinions: tuple[Opinion, ...] = ()
    site_check: SiteCheck | None = None
    procedures: tuple[SpecialProcedure, ...] = ()
    extension: Extension | None = None
    sent_back: tuple[SentBack, ...] = ()
    department: DepartmentDecision | None = None
    partners: tuple[PartnerOpinion, ...] = ()
    assisted: Assisted | None = None
    green: str = ""
    """绿色通道 the reason."""
    replaces: str = ""
    """更正、换发 of which case."""
    replacing: Replacing | None = None
    ending: Ending | None = None
    voided: tuple[VoidedStamp, ...] = ()
    archived: Archived | None = None

    @property
    def procedure(self) -> SpecialProcedure | None:
        """The one that was asked for last and is not over."""
        return next((p for p in reversed(self.procedures) if p.ended_on is None), None)


NOTHING_YET = Life()
