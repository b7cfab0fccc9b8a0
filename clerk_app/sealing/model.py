"""用印登记 one use of a seal, as the register must have it: which seal, on which exact bytes, by whose authority (国发〔1999〕25号 25)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from clerk_app.command import ClockWord
from clerk_app.sealing.grants import GrantedPaper

PaperClass = Literal["none", "procedure", "decision"]


@dataclass(frozen=True, kw_only=True)
class SealUse:
    """用印登记 seal, document, digests before and after, approver and his letter, user, window, moment. Never changed after."""

    id: str
    seal: str
    seal_name: str
    certificate: str
    case: str
    document_no: str
    title: str
    pages: int
    copies: int
    digest_before: str
    digest_after: str
    approver: str
    letter: str
    user: str
    window: int
    at: datetime
    electronic: bool
    flags: tuple[str, ...] = ()
    acting_for: str = ""
    """代谁 whom the approver stood for."""
    document: str = ""
    """文书 the case's paper it was put on (`issuing.CaseDocument`); empty for the decision itself."""
    item: str = ""
    keeper: str = ""
    """保管人 who had the seal in his hand, or whose PIN opened its key; empty for one kept at a window."""
    grant: str = ""
    """授权 the `seal_grant` it was put on by; empty for a paper seal and for what was registered before there were grants."""
    entered_at: datetime | None = None
    """补登 when it was entered, where `at` is the time that was said."""
    clock: ClockWord = "centre"
    device: str = ""
    page: int = 0
    """用在第几页; 0 for what is not known."""
    seam: bool = False
    """骑缝."""
    heard_at: datetime | None = None
    """到中心 when the centre took it in, by its own clock; said by the centre alone (`server/heard.py`)."""


@dataclass(frozen=True, kw_only=True)
class CaseDocument:
    """出的文书 one paper of a case as it was printed: number, digest of the exact bytes, by whom, where, in which class. Never changed."""

    id: str
    case: str
    paper: str
    """文书种类 its kind's name."""
    sort: PaperClass
    document_no: str
    number_kind: str
    serial: int
    digest: str
    pages: int
    copies: int
    seal: str
    by: str
    acting_for: str
    window: int
    at: datetime
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GapNote:
    """空号说明 why serials of one kind were never used; each serial is explained once."""

    id: str
    number_kind: str
    serials: tuple[int, ...]
    reason: str
    by: str
    window: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SealGrant:
    """授权登记 one grant as it was signed (`grants.GrantTerms`), where it was given, and which of its papers it has served."""

    id: str
    seal: str
    keeper: str
    chief: str
    acting_for: str
    letter: str
    window: int
    device: str
    """用印席 the machine that may seal by it."""
    origin: str
    """The machine it was given at; the paper comes out there."""
    issued: datetime
    expires: datetime
    papers: tuple[GrantedPaper, ...]
    public: str
    signature: str
    certificate: str = ""
    used: Mapping[str, str] = field(default_factory=dict)
    """Which use each of its papers served, by the paper's SHA-256; each once."""
    flags: tuple[str, ...] = ()

    def paper(self, digest: str) -> GrantedPaper | None:
        """The paper of these bytes (SHA-256), if it lists one."""
        return next((paper for paper in self.papers if paper.sha256 == digest), None)


IntentState = Literal["open", "done", "not_used"]


@dataclass(frozen=True, kw_only=True)
class SealIntent:
    """用印意图 what was about to be sealed; open until its result is in the register, or somebody has looked and says it was not."""

    id: str
    """The use's id it becomes."""
    grant: str
    seal: str
    case: str
    digest: str
    document_no: str
    title: str
    by: str
    window: int
    device: str
    at: datetime
    state: IntentState = "open"
    closed_by: str = ""
    closed_at: datetime | None = None
    note: str = ""


SealState = Literal["in_use", "stopped", "lost", "destroyed"]
seal_state_words: dict[SealState, str] = {
    "in_use": "在用",
    "stopped": "停用",
    "lost": "挂失",
    "destroyed": "销毁",
}


@dataclass(frozen=True, kw_only=True)
class SealStanding:
    """印章现状 who keeps a seal now, whether it may be used, and in which machine its key is. No row: as the hall's list says."""

    id: str
    state: SealState
    since: datetime
    keeper: str
    seat: str = ""
    """用印席 the device its key is in; empty: none was registered."""
    certificate: str = ""
    """Its certificate's serial number, hexadecimal, and between which days it is good."""
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    issuer: str = ""
    """SHA-256 of its issuer's certificate."""
    version: int = 0
    """第几版 each new certificate is one."""
    resume_asked_by: str = ""


SealEventKind = Literal["handover", "stop", "loss", "resume_asked", "resume", "destroy", "seat"]
seal_event_words: dict[SealEventKind, str] = {
    "handover": "交接",
    "stop": "停用",
    "loss": "挂失",
    "resume_asked": "请恢复",
    "resume": "恢复",
    "destroy": "销毁",
    "seat": "登记钥匙",
}


@dataclass(frozen=True, kw_only=True)
class SealEvent:
    """印章变动 one row of the same book: handover, stop, loss, resuming, destruction, a key registered. Never changed."""

    id: str
    seal: str
    kind: SealEventKind
    by: str
    acting_for: str
    window: int
    device: str
    at: datetime
    clock: ClockWord
    reason: str = ""
    second: str = ""
    """The other person: who handed over, who asked to resume."""
    keeper: str = ""
    """Who keeps it from now on."""
    certificate: str = ""
    flags: tuple[str, ...] = ()
    heard_at: datetime | None = None
    """到中心 as of a use."""


@dataclass(frozen=True, kw_only=True)
class SpoiledBlank:
    """作废空白证照 one blank that was spoiled, by its stock number, and why."""

    blank_no: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """证照 made elsewhere: its number, the blank it was made on, the blanks spoiled on the way. This program draws none."""

    id: str
    case: str
    name: str
    certificate_no: str
    blank_no: str
    spoiled: tuple[SpoiledBlank, ...]
    seal: str
    by: str
    acting_for: str
    window: int
    at: datetime
    flags: tuple[str, ...] = ()
