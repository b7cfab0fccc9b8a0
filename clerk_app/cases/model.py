"""办件 the case: what was brought, by whom, where it stands and by when it must be done.

Where it may go from where is `states.moves`; what happened on the way is kept in `Case.life`; the clocks are counted in
`clocks`. They stop at the seal (审批完成时间以行政审批专用章的加盖时间为准), not at a button.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from clerk_app.cases.decision import Decision, HandedOver, Proposal
from clerk_app.cases.life import NOTHING_YET, Life
from clerk_app.cases.states import CaseState, Event, state_words, step
from clerk_app.command import Refusal

BroughtAs = Literal["", "original", "copy", "electronic", "held"]
brought_words: dict[BroughtAs, str] = {
    "": "",
    "original": "原件",
    "copy": "复印件",
    "electronic": "电子件",
    "held": "大厅已有",
}

_citizen_number = re.compile(r"\d{6}(18|19|20)\d\d(0[1-9]|1[0-2])[0-3]\d{4}[\dXx]")


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """申请人 who applies; numbers are masked wherever shown unless the case in hand needs them."""

    name: str
    id_number: str = ""
    phone: str = ""
    agent: str = ""

    @property
    def masked_name(self) -> str:
        """卢*珍 for a person, the whole name for an organisation: more than four characters, no citizen's number, no 间隔号 (阿不都·买买提)."""
        organisation = len(self.name) > 4 and not _citizen_number.fullmatch(self.id_number) and "·" not in self.name
        if organisation or len(self.name) < 2:
            return self.name
        return self.name[0] + "*" + (self.name[-1] if len(self.name) > 2 else "")

    @property
    def masked_id(self) -> str:
        """First three or four and last four characters."""
        return _mask(self.id_number, 3 if len(self.id_number) == 18 and self.id_number[:2] != "91" else 4, 4)

    @property
    def masked_phone(self) -> str:
        """138****0421."""
        return _mask(self.phone, 3, 4)


def _mask(text: str, head: int, tail: int) -> str:
    """At least four characters are hidden; a number too short for that shows its two ends, or nothing."""
    if len(text) - head - tail < 4:
        head = tail = 1 if len(text) > 4 else 0
    hidden = len(text) - head - tail
    return text[:head] + "*" * hidden + text[head + hidden :]


@dataclass(frozen=True, kw_only=True)
class CaseMaterial:
    """收到的材料 one line of the item's list as it stands in this case.

    `tolerated_until` is the day promised in writing for a minor paper that is missing (容缺受理).
    """

    name: str
    essential: bool
    brought_at: datetime | None = None
    brought_as: BroughtAs = ""
    tolerated_until: date | None = None
    promise: str = ""
    """容缺承诺 the promise as it was signed: who promised what."""
    share: str = ""
    """大厅已有 the applicant's word it rests on (`cases.sharing`); with nothing brought: that word was withdrawn."""


@dataclass(frozen=True, kw_only=True)
class DueDates:
    """办结期限 the promised and the statutory day; `provisional` while a year's day-off notice is unknown."""

    promised: date
    statutory: date
    provisional: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Void:
    """作废 the case counts for nothing any more: said by whom, when and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class LateEntry:
    """补录 the case was typed again from the citizen's slip: by whom, when and why; its own times are the slip's."""

    by: str
    at: datetime
    reason: str
    sheet: str = ""
    """备用件 the numbered paper it was typed from (`cases.back_entry`); empty: an ordinary slip."""


@dataclass(frozen=True, kw_only=True)
class SentOut:
    """送审 the case went to the department to be decided there: why it is outside the letter, to whom, by whom and when."""

    why: str
    taker: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Case:
    """办件 one matter of one applicant. `id` never changes; `case_no` is given at acceptance; `query_code` the citizen keeps."""

    id: str
    ticket: str
    item: str
    item_name: str
    hall_version: str
    department: str
    applicant: Applicant
    materials: tuple[CaseMaterial, ...]
    state: CaseState
    received_at: datetime
    window: int
    handler: str
    acting_for: str | None
    query_code: str
    case_no: str = ""
    serial: int = 0
    accepted_at: datetime | None = None
    due: DueDates | None = None
    proposal: Proposal | None = None
    decision: Decision | None = None
    seal_use: str = ""
    sealed_at: datetime | None = None
    handed_over: HandedOver | None = None
    void: Void | None = None
    late_entry: LateEntry | None = None
    sent_out: SentOut | None = None
    life: Life = NOTHING_YET
    due_on: date | None = None
    """要紧的一天 of the clock that binds, as the books wrote it down for lists (`clocks.listed`)."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Essential papers not brought yet."""
        return tuple(m.name for m in self.materials if m.essential and m.brought_at is None)

    @property
    def accepted_on(self) -> date | None:
        """受理日 the day the clocks count from: of receipt when deemed, of the last piece after a correction."""
        if self.accepted_at is None:
            return None
        return self.life.deemed.on if self.life.deemed else self.life.completed_on or self.accepted_at.date()

    def moved(self, event: Event) -> Case | Refusal:
        """The case in the state after this event; nothing else changes. A row of the table, or a refusal."""
        target = step(self.state, event)
        return target if isinstance(target, Refusal) else replace(self, state=target)

    @property
    def brought(self) -> int:
        """How many papers are here."""
        return sum(1 for m in self.materials if m.brought_at is not None)

    def tick(self, name: str, at: datetime | None, brought_as: BroughtAs = "") -> Case | Refusal:
        """A paper was brought, or handed back, before acceptance; later only what was promised (容缺), or whose sharing was withdrawn."""
        if self.state == "void":
            return Refusal("case-void", "这件已作废，没有改动。要接着办，重新收一件。")
        promised = {m.name for m in self.materials if (m.tolerated_until or m.share) and m.brought_at is None}
        if self.state not in ("draft", "received", "correction") and (at is None or name not in promised):
            return Refusal("case-accepted", "这件已受理，材料清单不再改。补件走补正。")
        if name not in {m.name for m in self.materials}:
            return Refusal("unknown-material", f"事项清单里没有“{name}”，没有改动。清单外的材料不能要。")
        how = brought_as if at else ""
        changed = tuple(
            replace(m, brought_at=at, brought_as=how, share="") if m.name == name else m for m in self.materials
        )
        return replace(self, materials=changed)

    def accept(self, case_no: str, serial: int, at: datetime, due: DueDates) -> Case | Refusal:
        """受理 all essential papers are here (行政许可法 32(5)); the clocks start the day after."""
        if self.state == "void":
            return Refusal("case-void", "这件已作废，没有受理。要接着办，重新收一件。")
        if self.case_no:
            return Refusal("already-accepted", f"这件已受理，编号 {self.case_no}，没有再受理。")
        if self.missing:
            return Refusal("materials-missing", f"还缺必备材料：{'、'.join(self.missing)}。件还在收件里，补齐再受理。")
        moved = self.moved("accept")
        if isinstance(moved, Refusal):
            return moved
        return replace(moved, case_no=case_no, serial=serial, accepted_at=at, due=due)


def in_review(case: Case) -> Case | Refusal:
    """分办 who takes an accepted case in hand reviews it: the assignment is made by itself."""
    return case.moved("assign") if case.state == "accepted" else case


def propose(case: Case, proposal: Proposal) -> Case | Refusal:
    """签名一: an opinion in words is part of it."""
    if not proposal.opinion.strip():
        return Refusal("opinion-missing", "还没写审查意见，没有提。写一句为什么可以办再提。")
    reviewed = in_review(case)
    moved = reviewed if isinstance(reviewed, Refusal) else reviewed.moved("propose")
    return moved if isinstance(moved, Refusal) else replace(moved, proposal=proposal)


def decide(case: Case, decision: Decision, signatures: int) -> Case | Refusal:
    """签名二: never by the one who proposed, where two signatures are asked; one-signature items are decided from accepted on."""
    ready = _alone(case) if signatures == 1 else case
    if isinstance(ready, Refusal):
        return ready
    moved = ready.moved("grant" if decision.outcome == "grant" else "refuse")
    if isinstance(moved, Refusal):
        return moved
    if signatures > 1 and (refusal := _one_hand(case, decision)):
        return refusal
    return replace(moved, decision=decision)


def _one_hand(case: Case, decision: Decision) -> Refusal | None:
    """Two signatures: nobody proposed, it was himself, or the other one said no."""
    if case.proposal is None:
        return Refusal("no-proposal", "还没有签名一，一个人不能定。没有授权，件还在等待里。退回经办，提了意见再定。")
    if case.proposal.by == decision.by:
        return Refusal("own-proposal", "签名一是您本人，签名二须另一人。没有授权，这件还在等待里。")
    if case.proposal.outcome == "refuse" and decision.outcome == "grant":
        return Refusal("proposed-refusal", "签名一提的是不予，一个人不能改成准予。没有授权。退回经办，重新提了再定。")
    return None


def _alone(case: Case) -> Case | Refusal:
    reviewed = in_review(case)
    if isinstance(reviewed, Refusal) or reviewed.state != "review":
        return reviewed
    return reviewed.moved("decide_alone")


def send_out(case: Case, sent: SentOut, signatures: int) -> Case | Refusal:
    """送审: what waits for signature 2 leaves the hall's own way; its clocks go on."""
    reviewed = in_review(case) if signatures == 1 else case
    moved = reviewed if isinstance(reviewed, Refusal) else reviewed.moved("send_out")
    if isinstance(moved, Refusal):
        return moved
    if not sent.taker.strip():
        return Refusal("taker-missing", "还没写送给谁，没有送审。写上局里哪个科室、谁接再送。")
    if not sent.why.strip():
        return Refusal("reason-missing", "还没写为什么送审，没有送审。写一句再送。")
    return replace(moved, sent_out=sent)


def mark_sealed(case: Case, seal_use: str, at: datetime) -> Case | Refusal:
    """用印: the finish line; statutory and promised clocks stop here."""
    moved = case.moved("stamp")
    if isinstance(moved, Refusal):
        return Refusal("not-to-seal", f"这件现在是{state_words[case.state]}，不能记用印。用印登记已在，找值班长看。")
    return replace(moved, seal_use=seal_use, sealed_at=at)


def hand_over(case: Case, handed: HandedOver) -> Case | Refusal:
    """送达: only what is sealed can be handed over, to a named receiver."""
    moved = case.moved("hand_over")
    if isinstance(moved, Refusal):
        return moved
    if not handed.receiver.strip():
        return Refusal("receiver-missing", "还没填谁领的，没有记交出。填上领件人再记。")
    if not handed.proof.strip():
        return Refusal("proof-missing", "还没填看的什么证件，没有记交出。核对领件人的证件，填上再记。")
    return replace(moved, handed_over=handed)


def case_kind(year: int) -> str:
    """号段名 the kind of number block case numbers come from."""
    return f"case_no:{year}"


def case_number(hall: str, day: date, serial: int) -> str:
    """办件编号 JZ20261120-00417: hall letters, day of acceptance, serial of the year's counter."""
    letters = "".join(c for c in hall if c.isalpha())
    return f"{letters}{day:%Y%m%d}-{serial:05d}"


def document_kind(department: str, year: int) -> str:
    """号段名 the kind of number block a department's 文号 come from."""
    return f"doc_no:{department}:{year}"


def document_number(letter: str, outcome: str, year: int, serial: int) -> str:
    """文号 江市监准〔2026〕12号: the department's word as its letter of authorisation bears it, kind, year, serial."""
    word = letter.partition("授")[0] or letter.partition("〔")[0]
    return f"{word}{'准' if outcome == 'grant' else '不准'}〔{year}〕{serial}号"
