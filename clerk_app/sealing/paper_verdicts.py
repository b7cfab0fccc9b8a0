"""纸上的结论 what can be said of a paper one holds, by its code and the register alone: the same three lines.

Nothing here looks at ink: a code proves the fields it carries, the register proves that there was a sealing.
"""

from __future__ import annotations

from clerk_app.sealing.model import SealUse
from clerk_app.sealing.paper_code import PaperCode
from clerk_app.sealing.seal_then import seal_then
from clerk_app.sealing.verdicts import CONTENT, SEAL, SEALING, Answer, Judged, JudgedLine, SealedRecord
from clerk_app.sealing.wording_values import moment_text

_HOLD_BESIDE = "码上的这几项是本大厅的机器写的：和纸上逐项对照，对得上才算数。"
_NO_CODE = "凭号码看不出纸上改没改过：拿电子文件来验，或扫纸上的码。"
_INK = "纸上的印迹这里看不出真假：拿电子文件来验，或和盖章的窗口核对。"
_NOT_THERE = "用印登记里没有查到：登记可能还没有传到，问盖章的窗口或中心，查到了再验一次。"
_NO_OTHER = "没有登记可对。"


def against_paper(code: PaperCode | None, record: SealedRecord) -> Judged:
    """A paper is never «yes» for content or seal: only eyes and the sealed file can say so."""
    content = JudgedLine(question=CONTENT, answer="unsure", reasons=(_HOLD_BESIDE if code is not None else _NO_CODE,))
    return Judged(content=content, seal=_seal(record.use), sealing=_sealing(record))


def false_code(sentence: str) -> Judged:
    """假码 the code itself is not of this hall, or cannot be read: nothing follows from it."""
    untold = ("码没有认成，后面的不用再看。",)
    return Judged(
        content=JudgedLine(question=CONTENT, answer="no", reasons=(sentence,)),
        seal=JudgedLine(question=SEAL, answer="unsure", reasons=untold),
        sealing=JudgedLine(question=SEALING, answer="unsure", reasons=untold),
    )


def unread_code(sentence: str) -> Judged:
    """没认成的码 nothing speaks against it, nothing for it."""
    return Judged(
        content=JudgedLine(question=CONTENT, answer="unsure", reasons=(sentence,)),
        seal=JudgedLine(question=SEAL, answer="unsure", reasons=(_INK,)),
        sealing=JudgedLine(question=SEALING, answer="unsure", reasons=(_NO_OTHER,)),
    )


def _seal(use: SealUse | None) -> JudgedLine:
    known = (f"登记用的是{use.seal_name}。",) if use is not None else ()
    return JudgedLine(question=SEAL, answer="unsure", reasons=(_INK, *known))


def _sealing(record: SealedRecord) -> JudgedLine:
    use = record.use
    if use is None:
        return JudgedLine(question=SEALING, answer="unsure", reasons=(_NOT_THERE,))
    against, unsure = [], [f"用印登记记着疑点：{flag}。" for flag in use.flags]
    if record.voided_at is not None:
        against.append(f"这次用印在{moment_text(record.voided_at)}作废了，这份文书不再算数。")
    then = seal_then(use, record.events)
    if then.state == "destroyed":
        against.append("盖章之前，这枚印章已经销毁。")
    elif then.state != "in_use":
        unsure.append(f"盖章之前，这枚印章已经{then.word}；盖章的窗口可能还不知道，要人来核。")
    if use.clock == "unknown":
        unsure.append("盖章那台机器当时不知道准确时间。")
    if then.later is not None and record.heard is None:
        unsure.append("印章后来停了，这笔登记什么时候到中心的，本机不知道，到中心核。")
    elif then.later is not None and record.heard is not None and record.heard > then.later.at:
        unsure.append("印章后来停了，这笔登记那以后才到中心，证明不了盖章在前。")
    answer: Answer = "no" if against else "unsure" if unsure else "yes"
    known = f"用印登记：{moment_text(use.at)}，{use.seal_name}。"
    return JudgedLine(question=SEALING, answer=answer, reasons=(*against, *unsure, known))
