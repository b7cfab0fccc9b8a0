"""过程怎么说 what happened to a case so far, a line a deed, in the order it happened."""

from __future__ import annotations

from datetime import datetime

from clerk_app.cases.life import Ending
from clerk_app.cases.model import Case
from clerk_app.cases.states import state_words
from clerk_app.hall import Hall
from ui.queueing.state import CounterState

PROOFS = ("身份证", "授权委托书")


def tell_course(state: CounterState, case: Case, hall: Hall) -> tuple[tuple[str, str], ...]:
    """What happened so far, a line a deed."""
    ticket, proposal, decision, handed = state.current, case.proposal, case.decision, case.handed_over
    sent = case.sent_out
    deeds: list[tuple[datetime | None, str]] = [
        (ticket.called_at, f"{ticket.number} 叫号，{state.window}号窗口") if ticket else (None, ""),
        (case.received_at, "收件"),
        (case.accepted_at, "，".join(part for part in (f"受理，编号 {case.case_no}", state.trained) if part)),
        (proposal.at, f"{hall.roster.name_for(proposal.by, proposal.acting_for)}提，签名一")
        if proposal
        else (None, ""),
        (sent.at, f"{_name(hall, sent.by)}送审，送给{sent.taker}") if sent else (None, ""),
        (decision.at, f"{hall.roster.name_for(decision.by, decision.acting_for)}授权，签名二")
        if decision
        else (None, ""),
        *_before_acceptance(case),
        (case.sealed_at, f"用印，{decision.document_no}" if decision else "用印"),
        (handed.at, "交给本人" if handed.proof == PROOFS[0] else "交给代领人") if handed else (None, ""),
    ]
    done = sorted((deed for deed in deeds if deed[0] is not None), key=_when)
    today = state.now.date()
    return tuple(
        (f"{at:%H:%M}" if at.date() == today else f"{at.month}-{at.day:02d}", words) for at, words in done if at
    )


def _when(deed: tuple[datetime | None, str]) -> float:
    return deed[0].timestamp() if deed[0] else 0.0


def _before_acceptance(case: Case) -> list[tuple[datetime | None, str]]:
    deeds: list[tuple[datetime | None, str]] = [(fix.at, f"当场更正，{fix.initials}签名") for fix in case.life.fixes]
    deeds += [(notice.at, f"一次性告知 {len(notice.gaps)} 条") for notice in case.life.notices]
    return [*deeds, _ended(case.life.ending)] if case.life.ending else deeds


def _ended(ending: Ending) -> tuple[datetime | None, str]:
    return ending.at, state_words[ending.how]


def _name(hall: Hall, person: str) -> str:
    return hall.roster.people[person].name if person in hall.roster.people else person
