"""验章的结论 what register, grant and the seal's own book add to what a file proves: three lines for people.

A file never says whose key signed its grant, whether the stamp was voided, or whether the seal had been stopped. The
register never makes a bad file good: it answers what the file left open, or speaks against it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from clerk_app.sealing.grants import LASTS, SignedGrant
from clerk_app.sealing.model import SealEvent, SealGrant, SealUse, seal_event_words
from clerk_app.sealing.paper import Verification
from clerk_app.sealing.usecases import BEFORE
from clerk_app.sealing.wording_values import moment_text

Answer = Literal["yes", "no", "unsure"]
answer_words: dict[Answer, str] = {"yes": "是", "no": "否", "unsure": "待核"}
CONTENT, SEAL, SEALING = "内容未改", "印章真实", "当时有效"
COPY = "打印件是复印件，二维码只证明这几项，不证明印迹。"
_ENDS = {"stop", "loss", "destroy"}


@dataclass(frozen=True, kw_only=True)
class JudgedLine:
    """一问 one of the three questions, its answer, and why."""

    question: str
    answer: Answer
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Judged:
    """验章的结论 the three lines, and what is always said with them."""

    content: JudgedLine
    seal: JudgedLine
    sealing: JudgedLine
    note: str = COPY

    @property
    def lines(self) -> tuple[JudgedLine, ...]:
        """In their order."""
        return self.content, self.seal, self.sealing


@dataclass(frozen=True, kw_only=True)
class SealedRecord:
    """登记的一笔 what the books here hold on one file: its line, its grant, its seal's events, whether the stamp was voided.

    `heard` is when the centre had the line: only that proves that a sealing came before a stop.
    """

    use: SealUse | None = None
    grant: SealGrant | None = None
    events: tuple[SealEvent, ...] = ()
    voided_at: datetime | None = None
    heard: datetime | None = None


@dataclass(frozen=True)
class _Said:
    """说法 what speaks against, what leaves it open, what speaks for it."""

    against: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    known: tuple[str, ...] = ()

    def line(self, question: str) -> JudgedLine:
        """No outweighs open, open outweighs yes; what is known is always said too."""
        answer: Answer = "no" if self.against else "unsure" if self.unsure else "yes"
        return JudgedLine(question=question, answer=answer, reasons=(*self.against, *self.unsure, *self.known))


def against_register(found: Verification, record: SealedRecord) -> Judged:
    """The three lines. A file that is not in the register is never «yes» for its time: the line may not have come here yet."""
    content, seal = _content(found, record.use), _seal(found, record.use)
    sealing = _untold(found)
    if not content.against and not seal.against:
        sealing = _sealing(found, record)
    return Judged(content=content.line(CONTENT), seal=seal.line(SEAL), sealing=sealing.line(SEALING))


def _content(found: Verification, use: SealUse | None) -> _Said:
    if not found.content_unchanged:
        return _Said(against=found.content or ("内容不能认。",))
    if use is None:
        return _Said(known=("凭签名认的；用印登记里没有查到这份文件。",))
    if use.digest_after != found.digest:
        return _Said(against=(f"和用印登记的不是同一个文件：{use.document_no}登记的摘要是另一个。",))
    return _Said(known=("整个文件的摘要和用印登记的一样。",))


def _seal(found: Verification, use: SealUse | None) -> _Said:
    if not found.seal_genuine:
        return _Said(against=found.seal or found.content or ("印章不能认。",))
    if use is not None and use.certificate != found.certificate:
        return _Said(against=("盖章的证书不是用印登记里的那一张。",))
    return _Said(known=(f"证书是发给{found.signer}的。",) if found.signer else ())


def _untold(found: Verification) -> _Said:
    return _Said(against=found.sealing or ("内容或印章不能认，盖章当时是否有效也就不能认。",))


def _sealing(found: Verification, record: SealedRecord) -> _Said:
    use = record.use
    if use is None:
        missing = "用印登记里没有这份文件：登记可能还没有传到，问盖章的窗口或中心，查到了再验一次。"
        return _Said(found.sealing, (*found.unsettled, missing), found.notes)
    parts = [
        _Said(found.sealing, found.unsettled),
        _line(found, use, record.voided_at),
        _book(use, record.events, record.heard),
        _grant(found.grant, use, record.grant),
    ]
    return _Said(
        tuple(one for part in parts for one in part.against),
        tuple(one for part in parts for one in part.unsure),
        tuple(one for part in parts for one in part.known),
    )


def _line(found: Verification, use: SealUse, voided_at: datetime | None) -> _Said:
    """What the register's line itself says."""
    against, unsure = [], [f"用印登记记着疑点：{flag}。" for flag in use.flags]
    if voided_at is not None:
        against.append(f"这次用印在{moment_text(voided_at)}作废了，这份文书不再算数。")
    if use.clock == "unknown":
        unsure.append("盖章那台机器当时不知道准确时间。")
    if found.sealed_at is None or abs(found.sealed_at - use.at) > LASTS:
        unsure.append("文件里写的盖章时间和用印登记的对不上。")
    return _Said(tuple(against), tuple(unsure), (f"用印登记：{moment_text(use.at)}，{use.seal_name}。",))


def _book(use: SealUse, events: Iterable[SealEvent], heard: datetime | None) -> _Said:
    """Where the seal stood at the sealing, by its own book; what ended it later does not reach back."""
    ours = sorted((one for one in events if one.seal == use.seal), key=lambda one: one.at)
    before = [one for one in ours if one.at <= use.at and one.kind in _ENDS | {"resume"}]
    last = before[-1] if before else None
    if last is not None and last.kind == "destroy":
        return _Said(against=(f"盖章之前，这枚印章在{moment_text(last.at)}已经销毁。",))
    if last is not None and last.kind in _ENDS:
        word = seal_event_words[last.kind]
        return _Said(
            unsure=(f"盖章之前，这枚印章在{moment_text(last.at)}已经{word}；盖章的窗口可能还不知道，要人来核。",)
        )
    ended = next((one for one in ours if one.at > use.at and one.kind in _ENDS), None)
    if ended is None:
        return _Said()
    said = f"盖章之后，这枚印章在{moment_text(ended.at)}{seal_event_words[ended.kind]}"
    if heard is None:
        return _Said(unsure=(f"{said}；这笔登记是什么时候到中心的，本机不知道，到中心核。",))
    if heard > ended.at:
        return _Said(unsure=(f"{said}；这笔登记那以后才到中心，证明不了盖章在前。",))
    return _Said(known=(f"{said}，不影响这一份。",))


def _grant(signed: SignedGrant | None, use: SealUse, row: SealGrant | None) -> _Said:
    """Whether the file's grant is the registered one: its key is the chief's because the register has it under his name."""
    if signed is None:
        if use.grant in {"", BEFORE}:
            return _Said(known=("登记这次用印的时候还没有授权书文，批准人以用印登记为准。",))
        return _Said(against=("用印登记写着凭授权盖的章，文件里却没有能认的授权。",))
    if use.grant != signed.terms.id or use.digest_before != signed.paper.sha256:
        return _Said(against=("文件里的授权不是用印登记里的那一份。",))
    if row is None:
        return _Said(unsure=("用印登记里查不到这份授权，授权人是不是首席代表本人没有核。",))
    if not _is_same(signed, row):
        return _Said(against=("文件里的授权和登记的授权不一样：不是登记的首席代表签的。",))
    unsure = [f"授权登记记着疑点：{flag}。" for flag in row.flags]
    if row.keeper and use.keeper != row.keeper:
        unsure.append("盖章的保管人不是授权里写的那一位。")
    if row.used.get(use.digest_before, use.id) != use.id:
        unsure.append("这份授权登记在另一次用印上。")
    return _Said((), tuple(unsure), ("授权和登记的一样，是登记的首席代表用自己的钥匙签的。",))


def _is_same(signed: SignedGrant, row: SealGrant) -> bool:
    terms = signed.terms
    return (
        (terms.id, terms.seal, terms.keeper, terms.chief, terms.acting_for, terms.letter)
        == (row.id, row.seal, row.keeper, row.chief, row.acting_for, row.letter)
        and (terms.window, terms.device, terms.issued, terms.expires)
        == (row.window, row.device, row.issued, row.expires)
        and (terms.public, signed.signature) == (row.public, row.signature)
        and row.paper(signed.paper.sha256) == signed.paper
    )
