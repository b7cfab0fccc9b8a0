"""办件的每一步 what happened to a case, by which word and when: closed words only, nobody's name and nothing somebody typed. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from clerk_app.cases.life import EndKind
from clerk_app.cases.model import Case
from clerk_app.cases.states import Event

_ends: dict[EndKind, Event] = {
    "advised": "advise",
    "not_required": "not_required",
    "not_accepted": "not_accept",
    "lapsed": "lapse",
    "withdrawn": "withdraw",
    "terminated": "terminate",
}


@dataclass(frozen=True, order=True)
class Step:
    """一步 when, which event of `cases.states`."""

    at: datetime
    what: Event


def steps_of(case: Case) -> tuple[Step, ...]:
    """The oldest first."""
    found = [*_coming_in(case), *_review(case), *_special(case), *_going_out(case)]
    return tuple(sorted(found, key=lambda step: step.at))


def last_moment(case: Case) -> datetime:
    """When something last happened to it: the same however often it is asked."""
    return steps_of(case)[-1].at


def _coming_in(case: Case) -> Iterator[Step]:
    yield Step(case.received_at, "receive")
    yield from (Step(fix.at, "fix") for fix in case.life.fixes)
    yield from (Step(notice.at, "notify") for notice in case.life.notices)
    if case.accepted_at is not None:
        deemed = case.life.deemed
        yield Step(deemed.at if deemed else case.accepted_at, "deem" if deemed else "accept")


def _review(case: Case) -> Iterator[Step]:
    life = case.life
    yield from (Step(opinion.at, "opine") for opinion in life.opinions)
    if case.proposal is not None:
        yield Step(case.proposal.at, "propose")
    yield from (Step(back.at, "send_back") for back in life.sent_back)
    if case.sent_out is not None:
        yield Step(case.sent_out.at, "send_out")
    if life.department is not None:
        words: dict[str, Event] = {"grant": "department_grants", "refuse": "department_refuses"}
        yield Step(life.department.recorded_at, words.get(life.department.outcome, "department_returns"))


def _special(case: Case) -> Iterator[Step]:
    for one in case.life.procedures:
        if one.confirmed_at is None:
            continue
        yield Step(one.confirmed_at, "suspend")
        if one.ended_on is not None:
            ended = datetime.combine(one.ended_on, one.confirmed_at.timetz())
            yield Step(max(ended, one.confirmed_at), "resume")
    extension = case.life.extension
    if extension is not None and extension.recorded_at is not None:
        yield Step(extension.recorded_at, "extend")


def _going_out(case: Case) -> Iterator[Step]:
    life = case.life
    if case.decision is not None:
        yield Step(case.decision.at, "grant" if case.decision.outcome == "grant" else "refuse")
    for voided in life.voided:
        yield Step(voided.sealed_at, "stamp")
        if voided.agreed_at is not None:
            yield Step(voided.agreed_at, "void_stamp")
    if case.sealed_at is not None:
        yield Step(case.sealed_at, "stamp")
    if case.handed_over is not None:
        yield Step(case.handed_over.at, "hand_over")
    if life.archived is not None:
        yield Step(life.archived.at, "archive")
    if life.ending is not None:
        yield Step(life.ending.at, _ends[life.ending.how])
    if case.void is not None:
        yield Step(case.void.at, "void")
