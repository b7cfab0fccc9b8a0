"""验章结论 three answers for a citizen, from what a file says itself and the register's public line of it. Pure.

The register never makes a bad file good. What a line cannot settle is said to be open (待核), never good.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from clerk_app.receipts.words import full_day
from clerk_app.server.citizen.form import FileRow, SealTurn
from clerk_app.server.citizen.judge import FileFacts
from clerk_app.store.columns import HALL_ZONE

Answer = Literal["yes", "no", "open"]
answer_words: dict[Answer, str] = {"yes": "是", "no": "否", "open": "待核"}

_APART = timedelta(minutes=5)
"""The signature's time and the register's are one act's: a grant is good no longer."""
_turn_words = {"stop": "停用", "loss": "挂失", "destroy": "销毁"}
_MISSING = "用印登记里没有这份文件。刚盖的章要过几分钟才查得到；过后还没有，带着文件到大厅问，或打下面的电话。"


@dataclass(frozen=True, kw_only=True)
class Said:
    """一问 one question, its answer, and why."""

    question: str
    answer: Answer
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """结论 the three questions in their order."""

    lines: tuple[Said, Said, Said]

    @property
    def answer(self) -> Answer:
        """Of the file as a whole: one no is a no, one open leaves it open."""
        given = {line.answer for line in self.lines}
        return "no" if "no" in given else "open" if "open" in given else "yes"


def verdict_of(facts: FileFacts, row: FileRow | None, turns: Iterable[SealTurn]) -> Verdict:
    """`row` is the register's line of exactly this file, by the digest of the whole."""
    content = _line("内容未改", facts.content_unchanged, facts.content, "和盖章时一模一样。")
    genuine, why = facts.seal_genuine, facts.seal
    if genuine and row is not None and row.certificate.lower() != facts.certificate.lower():
        genuine, why = False, ("盖章的证书不是用印登记里的那一张。",)
    seal = _line("印章真实", genuine, why, f"证书是发给{facts.signer}的。")
    if not (facts.content_unchanged and genuine):
        return Verdict(lines=(content, seal, Said(question="当时有效", answer="no", reasons=_untold(facts))))
    against = tuple(facts.sealing)
    doubts: tuple[str, ...] = (_MISSING,)
    known: tuple[str, ...] = ()
    if row is not None:
        more, doubts, known = _registered(facts, row, turns)
        against += more
    doubts = (*facts.unsettled, *doubts)
    answer: Answer = "no" if against else "open" if doubts else "yes"
    return Verdict(lines=(content, seal, Said(question="当时有效", answer=answer, reasons=(*against, *doubts, *known))))


def _line(question: str, good: bool, against: tuple[str, ...], known: str) -> Said:
    if good:
        return Said(question=question, answer="yes", reasons=(known,))
    return Said(question=question, answer="no", reasons=against or ("不能认。",))


def _untold(facts: FileFacts) -> tuple[str, ...]:
    return facts.sealing or ("内容或印章不能认，盖章当时是否有效也就不能认。",)


def _registered(
    facts: FileFacts, row: FileRow, turns: Iterable[SealTurn]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """What the line says against it, what it leaves open, and what is known."""
    against, doubts = [], []
    if row.voided_at is not None:
        against.append(f"这次用印在 {_when(row.voided_at)} 作废了，这份文书不再算数。")
    if facts.before and row.before not in (None, facts.before):
        against.append("文件里的授权不是用印登记里的那一份：看到的不是授权的那一份。")
    if row.doubted:
        doubts.append("用印登记里，这次用印有没核清的事。到大厅问。")
    if row.at is None or facts.sealed_at is None or abs(facts.sealed_at - row.at) > _APART:
        doubts.append("文件里写的盖章时间和用印登记的对不上。到大厅问。")
    if row.at is None:
        return tuple(against), tuple(doubts), ()
    standing = _standing(row, row.at, turns)
    doubts += standing[0]
    known = (f"用印登记：{full_day(row.at.astimezone(HALL_ZONE).date())}盖章。", *standing[1])
    return tuple(against), tuple(doubts), known


def _when(moment: datetime) -> str:
    local = moment.astimezone(HALL_ZONE)
    return f"{full_day(local.date())}{local:%H:%M}"


def _standing(row: FileRow, at: datetime, turns: Iterable[SealTurn]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where the seal stood at the sealing: what leaves it open, and what ended it later and does not reach back."""
    ours = sorted((turn for turn in turns if turn.seal == row.seal), key=lambda turn: turn.at)
    before = [turn for turn in ours if turn.at <= at]
    if before and before[-1].kind != "resume":
        word = _turn_words[before[-1].kind]
        return (f"盖章之前，这枚印章在 {_when(before[-1].at)} 已经{word}。到大厅核过才算数。",), ()
    ended = next((turn for turn in ours if turn.at > at and turn.kind != "resume"), None)
    if ended is None:
        return (), ()
    said = f"盖章之后，这枚印章在 {_when(ended.at)} {_turn_words[ended.kind]}"
    if row.heard is None or row.heard > ended.at:
        return (f"{said}；这笔登记在那以后才到，证明不了盖章在前。到大厅问。",), ()
    return (), (f"{said}，不影响这一份。",)
