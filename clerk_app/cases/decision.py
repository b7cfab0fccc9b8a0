"""两个签名 proposal (signature 1), decision (signature 2) and handing over, as values of a case (行政许可法 38, 44; 两次签名办结)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Outcome = Literal["grant", "refuse"]
outcome_words: dict[Outcome, str] = {"grant": "准予", "refuse": "不予"}


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """签名一 the handler's opinion, with his name and the time; an opinion without words is none."""

    outcome: Outcome
    opinion: str
    by: str
    at: datetime
    acting_for: str = ""
    """代谁 the A角 the proposer stood in for."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """签名二 the decision on exact bytes: 文号, the letter it rests on, and the digest (SHA-256) of the page decided."""

    outcome: Outcome
    opinion: str
    by: str
    at: datetime
    letter: str
    document_no: str
    serial: int
    digest: str
    pages: int
    acting_for: str = ""
    """代谁 the chief representative whose deputy decided."""


Receiver = Literal["applicant", "legal", "agent", "post"]
receiver_words: dict[Receiver, str] = {
    "applicant": "申请人本人",
    "legal": "法定代表人",
    "agent": "代理人",
    "post": "邮寄",
}
Signed = Literal["paper", "pad", "finger", "refused"]
signed_words: dict[Signed, str] = {
    "paper": "送达回证上签字",
    "pad": "手写屏上签字",
    "finger": "送达回证上按指印",
    "refused": "拒签，有见证人",
}


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    """送达 who took the result, on what proof, when, from whom; how it was signed for (行政许可法 44; 民事诉讼法 88–91 的办法)."""

    receiver: str
    proof: str
    by: str
    at: datetime
    window: int
    acting_for: str = ""
    """代谁 the A角 the giver stood in for."""
    as_who: Receiver = "applicant"
    letter: str = ""
    """授权委托书 of an agent: what paper it is."""
    signed: Signed = "paper"
    witness: str = ""
    """见证人 who saw that the result was left though nobody signed."""
    signature: str = ""
    """手写签名 the SHA-256 of the picture, where it was signed on a pad."""
    without_slip: bool = False
    """凭证件领 the receipt was not at hand; that never stands in the way."""
    on: date | None = None
    """签收那天 where it is another day than the record's: a letter is signed for at the door."""

    @property
    def moment(self) -> datetime:
        """送达时间 when the delivery clock stops: on the day the letter was signed for, else at the record."""
        return datetime.combine(self.on, self.at.timetz()) if self.on else self.at
