"""事项目录 the catalogue of service items: materials and limits as data (行政许可法 30, 31, 42; 五要素)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Unit = Literal["workday", "day", "month"]
ItemKind = Literal["spot", "promise", "joint", "report"]

kind_words: dict[ItemKind, str] = {"spot": "即办件", "promise": "承诺件", "joint": "联办件", "report": "上报件"}
form_words: dict[str, str] = {"original": "原件", "copy_check": "复印核原件", "shared": "共享", "digital": "电子件"}


@dataclass(frozen=True, kw_only=True)
class Limit:
    """时限 n of a unit, counted from the day after acceptance; `extend` more once, by `extend_by` (行政许可法 42)."""

    n: int
    unit: Unit = "workday"
    extend: int = 0
    extend_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Material:
    """材料 one paper of the item's list; nothing outside the list may be asked (行政许可法 31)."""

    name: str
    copies: int
    form: str
    essential: bool


@dataclass(frozen=True, kw_only=True)
class Correction:
    """补正口径 how an application with gaps is answered, and within which intake limit.

    `deemed`: silence accepts from the day of receipt; `at_once`: on the spot, or it is accepted (不动产登记暂行条例 17);
    `return_all`: every paper goes back with the notice (市场主体登记管理条例 19); `restart`: the decision's clock begins
    when it is corrected (政府信息公开条例 30); `lapses`: a late correction ends the application, by a local rule only.
    """

    intake_days: int = 5
    deemed: bool = True
    at_once: bool = False
    return_all: bool = False
    restart: bool = False
    lapses: bool = False


corrections: dict[str, Correction] = {
    "permit_5d": Correction(),
    "return_once": Correction(return_all=True),
    "same_day_or_accepted": Correction(intake_days=0, at_once=True),
    "foi_7d": Correction(intake_days=7, restart=True, lapses=True),
}


@dataclass(frozen=True, kw_only=True)
class Remedies:
    """救济途径 where a refusal may be taken to, by name (行政许可法 38; 行政复议法 20, 23; 行政诉讼法 46).

    Without both names a refusal cannot be printed. `review_first`: a review has to come before the court.
    """

    review_body: str = ""
    court: str = ""
    review_first: bool = False

    @property
    def named(self) -> bool:
        """Whether a refusal may rest on it."""
        return bool(self.review_body and self.court)


@dataclass(frozen=True, kw_only=True)
class Saying:
    """怎么说 what to ask first at the window, and how to say no."""

    ask_first: tuple[str, ...] = ()
    say_no: str = ""


@dataclass(frozen=True, kw_only=True)
class FeeOption:
    """收费项 one published line; amounts in fen."""

    name: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class FeeReduction:
    """减免 a published one: who has it, by which rule, how much of 100 is taken off."""

    key: str
    name: str
    basis: str
    percent: int


@dataclass(frozen=True, kw_only=True)
class Prerequisite:
    """前置条件 what has to be had before; `since` that day it is not asked for any more."""

    name: str
    basis: str = ""
    since: date | None = None


@dataclass(frozen=True, kw_only=True)
class Item:
    """事项 a service item. `external` items are carried by another system and have no case here."""

    code: str
    name: str
    short: str
    department: str
    kind: ItemKind
    statutory: Limit
    promised: Limit
    windows: tuple[int, ...]
    letters: tuple[str, ...]
    materials: tuple[Material, ...]
    limit_source: str = ""
    fee: int = 0
    site_check: bool = False
    tolerant: bool = False
    external: bool = False
    expert_review: bool = False
    correction: str = "permit_5d"
    form: str = ""
    registration_type: str = "设立"
    """登记类型 of an item with the one form."""
    signatures: int = 2
    decider: str = ""
    seal: str = ""
    decision_document: str = ""
    result: str = ""
    result_kind: str = ""
    agency_seal: str = ""
    """要盖机关公章 why its papers bear the agency's own seal (撤销许可，发往上级); empty: the approval seal will do."""
    partners: tuple[str, ...] = ()
    """协办部门 of a joint case."""
    commitment: bool = False
    deemed_granted: bool = False
    """逾期视为准予 flagged, never granted by itself (行政许可法 50)."""
    paper_only: bool = False
    """涉密 nothing of it is typed."""
    safety: bool = False
    """A refusal needs a second reader."""
    second_limit: Limit | None = None
    """第二时限 of what was taken in while a line was cut; none named: the statutory one."""
    consult_workdays: int = 0
    """征求第三方意见 at most so many, not counted (政府信息公开条例 32)."""
    batch_closes: tuple[date, ...] = ()
    """集中受理截止日 the clocks begin there instead of at acceptance."""
    from_batch: bool = False
    remedies: Remedies = Remedies()
    conditions: tuple[str, ...] = ()
    """申报条件."""
    steps: tuple[str, ...] = ()
    """办事程序."""
    basis: str = ""
    """政策依据."""
    complaint: str = ""
    """监督电话."""
    saying: Saying = Saying()
    fee_source: str = ""
    fee_options: tuple[FeeOption, ...] = ()
    fee_unit: str = ""
    """执收单位 the department that collects; empty: the item's own."""
    fee_code: str = ""
    """收费项目编码."""
    fee_reductions: tuple[FeeReduction, ...] = ()
    partner_silence: str = ""
    """协办逾期口径 the local rule a silent partner is passed over by; empty: he is waited for."""
    skills: tuple[str, ...] = ()
    """上岗资格 what who takes it in must have; none asked: any clerk of its windows."""
    prerequisites: tuple[Prerequisite, ...] = ()
    review_notes: tuple[str, ...] = ()
    """审查要点 what the examiner looks at, by the hall's own standard of discretion."""

    @property
    def correction_rule(self) -> Correction:
        """Its way of correcting; an unknown word keeps the permit's."""
        return corrections.get(self.correction, corrections["permit_5d"])

    @property
    def kind_word(self) -> str:
        """承诺件, 即办件 …"""
        return kind_words[self.kind]
