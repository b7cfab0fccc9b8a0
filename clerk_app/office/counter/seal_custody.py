"""印章的动作 handed over by PIN, stopped or reported lost at once, taken up again by two, destroyed; an open intent is explained."""

from __future__ import annotations

from typing import Literal

from clerk_app.command import Refusal
from clerk_app.office.counter.by_pin import Countersigner, hand_of
from clerk_app.office.counter.sealed_papers import stamp_by_hand
from clerk_app.office.office import Office, Outcome
from clerk_app.sealing.custody import (
    AgreeResumeSeal,
    AskResumeSeal,
    DestroySeal,
    HandOverSeal,
    ReportSealLoss,
    StopSeal,
)
from clerk_app.sealing.granting import SealNotUsed

Step = Literal["ask", "agree", "destroy"]
_steps: dict[Step, type[AskResumeSeal | AgreeResumeSeal | DestroySeal]] = {
    "ask": AskResumeSeal,
    "agree": AgreeResumeSeal,
    "destroy": DestroySeal,
}


def hand_over(office: Office, seal: str, reason: str, receiver: Countersigner) -> Outcome:
    """交接 to whoever types his PIN here; who is signed in hands over."""
    session = office.session
    if session is None:
        return Refusal("signed-out", "还没登录，没有交接。登录后再来。")
    if receiver.person.id == session.person.id:
        return Refusal("same-person", "交的和接的要是两个人，没有交接。请接的人输他的 PIN。")
    hand = hand_of(office, receiver)
    if isinstance(hand, Refusal):
        return hand
    fields = hand.stamp.fields(office.parts.new_id)
    return office.do(HandOverSeal(**fields, seal=seal, reason=reason, giver=session.person.id), beside=hand.beside)


def stop(office: Office, seal: str, reason: str) -> Outcome:
    """停用: no PIN, at once, by anybody signed in."""
    return office.do(StopSeal(**office.stamp().fields(office.parts.new_id), seal=seal, reason=reason))


def report_loss(office: Office, seal: str, reason: str) -> Outcome:
    """挂失: at once; the written report is printed from it."""
    if not reason.strip():
        return Refusal("reason-missing", "写一句什么时候、在哪里、怎么发现的，还没有挂失。急就先按“停用”。")
    return office.do(ReportSealLoss(**office.stamp().fields(office.parts.new_id), seal=seal, reason=reason))


def resume(office: Office, seal: str, step: Step, reason: str, by: Countersigner | None = None) -> Outcome:
    """请恢复、同意恢复、销毁; by who is signed in, or by PIN at this window."""
    hand = hand_of(office, by)
    if isinstance(hand, Refusal):
        return hand
    command = _steps[step](**hand.stamp.fields(office.parts.new_id), seal=seal, reason=reason)
    return office.do(command, beside=hand.beside)


def say_not_used(office: Office, seal_use: str, note: str) -> Outcome:
    """没有盖成: somebody has looked at the tray and the register, and says so; an issued paper gets the paper seal instead."""
    if not note.strip():
        return Refusal("note-missing", "写一句看到了什么（出纸口、文书），还没有记。")
    if office.read(lambda books: books.case_document(seal_use)) is not None:
        return stamp_by_hand(office, seal_use, note)
    return office.do(SealNotUsed(**office.stamp().fields(office.parts.new_id), seal_use=seal_use, note=note))
