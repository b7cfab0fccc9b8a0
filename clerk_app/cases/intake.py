"""收件前后 what may become of an application before it is accepted: advised, not needed, not ours, mended on the spot, tolerated.

Asking for what is missing stands in `correcting`; receiving and accepting in `usecases`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from clerk_app.cases.at_hand import at_hand, silence_accepted
from clerk_app.cases.books import CaseBooks
from clerk_app.cases.chief import stands_for_chief
from clerk_app.cases.life import AdviceKind, Ending, EndKind, Gap, SpotFix
from clerk_app.cases.model import Applicant, Case
from clerk_app.cases.receiving import Promise, draft_of, may_begin, skill_refusal, tolerate
from clerk_app.cases.states import Event
from clerk_app.cases.usecases import CaseCommand, put_case, unknown_case
from clerk_app.command import Refusal, UseCase, case_subject, ticket_subject


@dataclass(frozen=True, kw_only=True)
class RegisterCase(CaseCommand):
    """登记 an application from a serving ticket, before anything was taken in."""

    kind: ClassVar[str] = "register_case"
    ticket: str
    item: str
    applicant: Applicant
    query_code: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The case; the ticket it rests on must not change hands meanwhile (none: it came from outside)."""
        return (case_subject(self.case), *((ticket_subject(self.ticket),) if self.ticket else ()))


@dataclass(frozen=True, kw_only=True)
class AdviseOnly(CaseCommand):
    """只告知 nothing was taken in: a question was answered, or papers were brought and not taken, with everything that lacks."""

    kind: ClassVar[str] = "advise_only"
    advice: AdviceKind
    reason: str
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SayNotRequired(CaseCommand):
    """告知不需办理 no licence is needed (行政许可法 32(1)): on which basis."""

    kind: ClassVar[str] = "say_not_required"
    ground: str


@dataclass(frozen=True, kw_only=True)
class NotAccept(CaseCommand):
    """不予受理 it is not in our power (行政许可法 32(2)): why, and which agency is the right one."""

    kind: ClassVar[str] = "not_accept"
    reason: str
    agency: str


@dataclass(frozen=True, kw_only=True)
class SeeNotAccepted(CaseCommand):
    """看过不予受理 the chief representative has seen it."""

    kind: ClassVar[str] = "see_not_accepted"


@dataclass(frozen=True, kw_only=True)
class FixOnSpot(CaseCommand):
    """当场更正 an error mended at the window, initialled by the applicant (行政许可法 32(3))."""

    kind: ClassVar[str] = "fix_on_spot"
    what: str
    initials: str


@dataclass(frozen=True, kw_only=True)
class ToleratePaper(CaseCommand):
    """容缺 a minor paper comes later, promised in writing for a day."""

    kind: ClassVar[str] = "tolerate_paper"
    material: str
    until: date
    promise: str


def register_case(command: RegisterCase, books: CaseBooks) -> Refusal | None:
    """A draft is held here; nothing runs yet."""
    item = may_begin(command, books)
    if isinstance(item, Refusal):
        return item
    if refusal := skill_refusal(command, item, books):
        return refusal
    if books.case(command.case) is not None:
        return Refusal("case-exists", "这件已登记过，没有再登记。")
    books.put_case(draft_of(command, item))
    books.take_hold(case_subject(command.case))
    return None


def advise_only(command: AdviseOnly, books: CaseBooks) -> Refusal | None:
    """Refusing to take papers leaves a record of everything that lacked."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    if not command.reason.strip():
        return Refusal("reason-missing", "还没写告知了什么，没有记。写一句问的什么、怎么答的再记。")
    if command.advice == "papers_not_taken" and not any(gap.what.strip() for gap in command.gaps):
        return Refusal("gaps-missing", "带了材料没有收，要写明缺什么，没有记。把缺的一次写全再记。")
    return _end(command, case, "advise", "advised", command.reason, books, advice=command.advice, gaps=command.gaps)


def say_not_required(command: SayNotRequired, books: CaseBooks) -> Refusal | None:
    """At once, with the basis."""
    found = at_hand(command, books)
    if isinstance(found, Refusal):
        return found
    if not command.ground.strip():
        return Refusal("basis-missing", "还没写为什么不需要办，没有告知。写上依据再告知。")
    return _end(command, found[0], "not_required", "not_required", command.ground, books)


def not_accept(command: NotAccept, books: CaseBooks) -> Refusal | None:
    """Within the intake limit, with the right agency; the chief sees it afterwards unless he says it himself."""
    found = at_hand(command, books)
    if isinstance(found, Refusal):
        return found
    case, item = found
    if refusal := silence_accepted(command, case, item, books):
        return refusal
    if not command.reason.strip() or not command.agency.strip():
        return Refusal("reason-missing", "不予受理要写原因和该去哪个机关，没有办。件还在收件里，两样都写上再办。")
    seen = command.actor if stands_for_chief(command, case.department, books) else ""
    return _end(
        command, case, "not_accept", "not_accepted", command.reason, books, agency=command.agency.strip(), seen_by=seen
    )


def _end(
    command: CaseCommand,
    case: Case,
    event: Event,
    how: EndKind,
    reason: str,
    books: CaseBooks,
    *,
    agency: str = "",
    seen_by: str = "",
    advice: AdviceKind | None = None,
    gaps: tuple[Gap, ...] = (),
) -> Refusal | None:
    moved = case.moved(event)
    if isinstance(moved, Refusal):
        return moved
    ending = Ending(
        how=how,
        reason=reason.strip(),
        by=command.actor,
        at=command.at,
        agency=agency,
        advice=advice,
        gaps=gaps,
        seen_by=seen_by,
        acting_for=command.acting_for or "",
    )
    return put_case(books, replace(moved, life=replace(moved.life, ending=ending)))


def see_not_accepted(command: SeeNotAccepted, books: CaseBooks) -> Refusal | None:
    """Only who stands for the chief; once."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    ending = case.life.ending
    if case.state != "not_accepted" or ending is None:
        return Refusal("not-not-accepted", "这件不是不予受理的件，没有记。刷新一下再看。")
    if not stands_for_chief(command, case.department, books):
        return Refusal("chief-only", "不予受理的件要首席代表看过，您这里没有记。请首席代表来看。")
    if ending.seen_by:
        name = books.roster.name_of(ending.seen_by)
        return Refusal("already-seen", f"这件{name}已经看过，没有再记。")
    books.put_case(replace(case, life=replace(case.life, ending=replace(ending, seen_by=command.actor))))
    return None


def fix_on_spot(command: FixOnSpot, books: CaseBooks) -> Refusal | None:
    """A line with initials; the state stays."""
    found = at_hand(command, books)
    if isinstance(found, Refusal):
        return found
    if not command.what.strip() or not command.initials.strip():
        return Refusal("initials-missing", "当场更正要写改了什么、申请人签名，没有记。两样都写上再记。")
    moved = found[0].moved("fix")
    if isinstance(moved, Refusal):
        return moved
    fix = SpotFix(what=command.what.strip(), initials=command.initials.strip(), by=command.actor, at=command.at)
    return put_case(books, replace(moved, life=replace(moved.life, fixes=(*moved.life.fixes, fix))))


def tolerate_paper(command: ToleratePaper, books: CaseBooks) -> Refusal | None:
    """Before acceptance, of an item that allows it, and never an essential paper."""
    found = at_hand(command, books)
    if isinstance(found, Refusal):
        return found
    case, item = found
    if case.state not in ("received", "correction"):
        return Refusal("not-to-tolerate", "容缺在受理前记，这件现在不在收件里，没有记。刷新一下再看。")
    promise = Promise(material=command.material, until=command.until, words=command.promise)
    return put_case(books, tolerate(case, item, promise, command.at.date()))


intake_use_cases = (
    UseCase(RegisterCase, register_case, "receive"),
    UseCase(AdviseOnly, advise_only, "receive"),
    UseCase(SayNotRequired, say_not_required, "not_accept"),
    UseCase(NotAccept, not_accept, "not_accept"),
    UseCase(SeeNotAccepted, see_not_accepted, "not_accept"),
    UseCase(FixOnSpot, fix_on_spot, "receive"),
    UseCase(ToleratePaper, tolerate_paper, "accept"),
)
