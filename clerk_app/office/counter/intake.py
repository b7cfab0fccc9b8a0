"""收件前后 the acts at the counter before a case is accepted: each is one command with its paper, in one transaction.

The A4 papers (补正告知书, 不予受理通知书 …) are issued beside them by `issuing`; here are the slips the citizen takes along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from clerk_app.cases.clocks import deemed_on
from clerk_app.cases.correcting import CompleteCorrection, LapseCase, NotifyOnce
from clerk_app.cases.intake import (
    AdviseOnly,
    FixOnSpot,
    NotAccept,
    RegisterCase,
    SayNotRequired,
    SeeNotAccepted,
    ToleratePaper,
)
from clerk_app.cases.life import AdviceKind, Assisted, Gap
from clerk_app.cases.model import Applicant, BroughtAs
from clerk_app.cases.receiving import Promise
from clerk_app.cases.usecases import ReceiveCase
from clerk_app.command import Refusal, case_subject
from clerk_app.office.counter.intake_papers import advice_papers, notice_papers, receipt_papers
from clerk_app.office.counter.outside_papers import scans_with
from clerk_app.office.line.cuts import CutBook
from clerk_app.office.line.holding import take_in_hand
from clerk_app.office.office import Office, Outcome
from clerk_app.office.registration.rounds import with_places


@dataclass(frozen=True, kw_only=True)
class Brought:
    """带来的 what was laid on the counter, and how the case is to be treated.

    `down`: another system is down, so that the item's second limit counts as in a cut; `received_at` with `late_reason`:
    taken in on paper before, and typed now.
    """

    papers: tuple[str, ...] = ()
    brought_as: Mapping[str, BroughtAs] = field(default_factory=dict)
    tolerated: tuple[Promise, ...] = ()
    down: bool = False
    green: str = ""
    replaces: str = ""
    assisted: Assisted | None = None
    received_at: datetime | None = None
    late_reason: str = ""

    def fields(self) -> dict[str, Any]:
        """As a command says it."""
        return {
            "brought": self.papers,
            "brought_as": self.brought_as,
            "tolerated": self.tolerated,
            "green": self.green,
            "replaces": self.replaces,
            "assisted": self.assisted,
            "received_at": self.received_at,
            "late_reason": self.late_reason,
        }


def second_limit(office: Office, item: str, *, down: bool) -> bool:
    """Whether what is taken in now gets its second limit: an on-the-spot case in a cut, or while another system is down."""
    found = office.hall.items.get(item)
    return found is not None and found.kind == "spot" and (down or CutBook(office).open_cut is not None)


def register(office: Office, ticket: str, item: str, applicant: Applicant) -> Outcome:
    """登记, with nothing taken in yet."""
    command = RegisterCase(
        **office.stamp().fields(office.parts.new_id),
        case=office.parts.new_id(),
        ticket=ticket,
        item=item,
        applicant=applicant,
        query_code=office.parts.new_query_code(),
    )
    return office.do(command)


def receive(
    office: Office,
    ticket: str,
    item: str,
    applicant: Applicant,
    brought: Brought,
    *,
    draft: str = "",
    receipt: bool = False,
) -> Outcome:
    """收件 from the ticket in hand or its draft; the slip only if the citizen leaves before it is accepted."""
    case = draft or office.parts.new_id()
    scans = scans_with(office, draft, brought.papers, brought.brought_as)
    if isinstance(scans, Refusal):
        return scans
    command = ReceiveCase(
        **office.stamp().fields(office.parts.new_id),
        case=case,
        ticket=ticket,
        item=item,
        applicant=applicant,
        query_code=office.parts.new_query_code(),
        second_limit=second_limit(office, item, down=brought.down),
        **brought.fields(),
    )
    return office.do(command, receipt_papers(office, case) if receipt else None, also=scans)


def advise_only(
    office: Office, case_id: str, advice: AdviceKind, reason: str, gaps: Iterable[Gap] = (), *, printed: bool = False
) -> Outcome:
    """只告知; what was brought and not taken is always told on paper, a plain question when asked for."""
    command = AdviseOnly(
        **office.stamp().fields(office.parts.new_id), case=case_id, advice=advice, reason=reason, gaps=tuple(gaps)
    )
    wanted = printed or advice == "papers_not_taken"
    return office.do(command, advice_papers(office, case_id) if wanted else None)


def say_not_required(office: Office, case_id: str, ground: str) -> Outcome:
    """告知不需办理."""
    return _in_hand(office, case_id) or office.do(
        SayNotRequired(**office.stamp().fields(office.parts.new_id), case=case_id, ground=ground)
    )


def not_accept(office: Office, case_id: str, reason: str, agency: str) -> Outcome:
    """不予受理."""
    return _in_hand(office, case_id) or office.do(
        NotAccept(**office.stamp().fields(office.parts.new_id), case=case_id, reason=reason, agency=agency)
    )


def see_not_accepted(office: Office, case_id: str) -> Outcome:
    """看过不予受理, by the chief at his own seat."""
    return _in_hand(office, case_id) or office.do(
        SeeNotAccepted(**office.stamp().fields(office.parts.new_id), case=case_id)
    )


def fix_on_spot(office: Office, case_id: str, what: str, initials: str) -> Outcome:
    """当场更正."""
    return office.do(
        FixOnSpot(**office.stamp().fields(office.parts.new_id), case=case_id, what=what, initials=initials)
    )


def tolerate_paper(office: Office, case_id: str, material: str, until: date, promise: str) -> Outcome:
    """容缺."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(ToleratePaper(**fields, case=case_id, material=material, until=until, promise=promise))


def notify_once(
    office: Office,
    case_id: str,
    gaps: Iterable[Gap],
    bring_by: date | None,
    *,
    where: str = "",
    requeue: bool = False,
    override_reason: str = "",
) -> Outcome:
    """一次性告知补正 with its slip: every gap, what to bring, where, by when, and whether to wait anew."""
    if refusal := _in_hand(office, case_id):
        return refusal
    known = with_places(office, case_id, gaps)
    if isinstance(known, Refusal):
        return known
    command = NotifyOnce(
        **office.stamp().fields(office.parts.new_id),
        case=case_id,
        gaps=known,
        bring_by=bring_by,
        where=where or f"{office.hall.name} {office.window}号窗口",
        requeue=requeue,
        override_reason=override_reason,
    )
    return office.do(command, notice_papers(office, case_id))


def complete_correction(
    office: Office, case_id: str, brought: tuple[str, ...], brought_as: Mapping[str, BroughtAs] | None = None
) -> Outcome:
    """补齐 with the slip for what was brought."""
    if refusal := _in_hand(office, case_id):
        return refusal
    command = CompleteCorrection(
        **office.stamp().fields(office.parts.new_id), case=case_id, brought=brought, brought_as=brought_as or {}
    )
    return office.do(command, receipt_papers(office, case_id))


def lapse(office: Office, case_id: str, reason: str) -> Outcome:
    """视为撤回, by the chief."""
    return _in_hand(office, case_id) or office.do(
        LapseCase(**office.stamp().fields(office.parts.new_id), case=case_id, reason=reason)
    )


def answer_by(office: Office, case_id: str) -> date | None:
    """答复期限 the last day somebody may answer; None when it is answered, or silence accepts nothing."""
    case = office.read(lambda books: books.case(case_id))
    item = office.hall.items.get(case.item) if case else None
    return deemed_on(case, item, office.hall.calendar) if case and item else None


def _in_hand(office: Office, case_id: str) -> Refusal | None:
    """A case nobody holds is claimed; one that is ours is moved on even when its hold has lapsed (only deciding stops then)."""
    ours = office.read(lambda books: books.holder(case_subject(case_id)) == books.device)
    return None if ours else take_in_hand(office, case_id)
