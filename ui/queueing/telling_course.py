"""过程怎么说 what happened to a case so far, a line a deed, in the order it happened."""

from __future__ import annotations

from datetime import datetime

from clerk_app.cases.life import Ending
from clerk_app.cases.model import Case
from clerk_app.cases.states import state_words
from clerk_app.hall import Hall
from ui.language import kept, tr
from ui.queueing.state import CounterState

PROOFS = (kept("身份证"), kept("授权委托书"))
"""What the record says was looked at."""


def tell_course(state: CounterState, case: Case, hall: Hall) -> tuple[tuple[str, str], ...]:
    """What happened so far, a line a deed."""
    ticket, proposal, decision, handed = state.current, case.proposal, case.decision, case.handed_over
    sent = case.sent_out
    deeds: list[tuple[datetime | None, str]] = [
        (ticket.called_at, tr("{number} 叫号，{window}号窗口", number=ticket.number, window=state.window))
        if ticket
        else (None, ""),
        (case.received_at, tr("收件")),
        (
            case.accepted_at,
            tr("，").join(part for part in (tr("受理，编号 {case_no}", case_no=case.case_no), state.trained) if part),
        ),
        (proposal.at, tr("{name_for}提，签名一", name_for=hall.roster.name_for(proposal.by, proposal.acting_for)))
        if proposal
        else (None, ""),
        (sent.at, tr("{name}送审，送给{taker}", name=_name(hall, sent.by), taker=sent.taker)) if sent else (None, ""),
        (decision.at, tr("{name_for}授权，签名二", name_for=hall.roster.name_for(decision.by, decision.acting_for)))
        if decision
        else (None, ""),
        *_before_acceptance(case),
        (case.sealed_at, tr("用印，{document_no}", document_no=decision.document_no) if decision else tr("用印")),
        (handed.at, tr("交给本人") if handed.proof == PROOFS[0] else tr("交给代领人")) if handed else (None, ""),
    ]
    done = sorted((deed for deed in deeds if deed[0] is not None), key=_when)
    today = state.now.date()
    return tuple(
        (f"{at:%H:%M}" if at.date() == today else f"{at.month}-{at.day:02d}", words) for at, words in done if at
    )


def _when(deed: tuple[datetime | None, str]) -> float:
    return deed[0].timestamp() if deed[0] else 0.0


def _before_acceptance(case: Case) -> list[tuple[datetime | None, str]]:
    deeds: list[tuple[datetime | None, str]] = [
        (fix.at, tr("当场更正，{initials}签名", initials=fix.initials)) for fix in case.life.fixes
    ]
    deeds += [(notice.at, tr("一次性告知 {count} 条", count=len(notice.gaps))) for notice in case.life.notices]
    return [*deeds, _ended(case.life.ending)] if case.life.ending else deeds


def _ended(ending: Ending) -> tuple[datetime | None, str]:
    return ending.at, state_words[ending.how]


def _name(hall: Hall, person: str) -> str:
    return hall.roster.people[person].name if person in hall.roster.people else person
