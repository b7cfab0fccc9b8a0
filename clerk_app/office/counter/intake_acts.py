"""受理前的步 what is done to a case before it is accepted when its citizen comes back, or the chief looks at it: no ticket needed."""

from __future__ import annotations

from clerk_app.cases.catalogue import Item
from clerk_app.cases.life import Gap
from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.office.counter import intake, visit
from clerk_app.office.counter.case_act import ActKind, Answers, Ask, day, rows, said
from clerk_app.office.line.holding import take_in_hand
from clerk_app.office.office import Office, Outcome
from clerk_app.office.registration.rounds import gaps_of_round


def _notify(office: Office, case: Case, answers: Answers) -> Outcome:
    bring_by = day(answers, "bring_by")
    if isinstance(bring_by, Refusal):
        return bring_by
    gaps = tuple(Gap(what=what) for what in rows(answers, "gaps"))
    where = f"{case.window}号窗口"
    return intake.notify_once(office, case.id, gaps, bring_by, where=where, override_reason=said(answers, "reason"))


def _gap_asks(office: Office, case: Case, item: Item) -> tuple[Ask, ...]:
    return (
        Ask(key="gaps", label="还缺什么（一次说全）", kind="names", proposed=_lacking(office, case), hint="一行一样"),
        Ask(key="bring_by", label="几号前补来", kind="day"),
        Ask(key="reason", label="为什么要再告知一次", kind="words"),
    )


def _lacking(office: Office, case: Case) -> str:
    return "\n".join(gap.what for gap in gaps_of_round(office, case.id))


def _brought_asks(office: Office, case: Case, item: Item) -> tuple[Ask, ...]:
    lacking = tuple(m.name for m in case.materials if m.brought_at is None)
    return (
        Ask(
            key="brought",
            label="这次带来的",
            kind="names",
            proposed="\n".join(case.missing or lacking),
            hint="一行一样",
        ),
    )


INTAKE_ACTS: tuple[ActKind, ...] = (
    ActKind(
        key="complete",
        word="补齐了",
        sentence="受理日从补齐这天算；补正收件凭证一起打。",
        action="receive",
        event="complete",
        asks=_brought_asks,
        do=lambda office, case, answers: intake.complete_correction(office, case.id, rows(answers, "brought")),
    ),
    ActKind(
        key="accept",
        word="受理并打印",
        sentence="给编号和办结的日子，打受理回执。",
        action="accept",
        event="accept",
        offered=lambda case, item: not case.missing,
        do=lambda office, case, answers: take_in_hand(office, case.id) or visit.accept(office, case),
    ),
    ActKind(
        key="notify_again",
        word="再告知一次",
        sentence="已经告知过一次；再告知要首席代表写明理由，会记一笔。",
        action="accept",
        event="notify",
        hand="chief",
        offered=lambda case, item: bool(case.life.notices),
        asks=_gap_asks,
        do=_notify,
    ),
)
