"""即办件当场办 one page, one confirmation, one paper: everything the clerk does before the chief signs, as one command."""

from __future__ import annotations

from clerk_app.cases.catalogue import Item
from clerk_app.cases.decision import Outcome as Said
from clerk_app.cases.limits import due_dates
from clerk_app.cases.model import Applicant, DueDates, case_kind, case_number
from clerk_app.cases.spot import TakeSpotCase, one_sitting
from clerk_app.cases.states import ENDED, state_words
from clerk_app.cases.usecases import LeaveWithoutResult
from clerk_app.command import Refusal
from clerk_app.office.counter.intake import Brought, second_limit
from clerk_app.office.counter.outside_papers import scans_with
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import Books
from clerk_app.receipts.slip import Slip
from clerk_app.receipts.slips import acceptance_slip


def may_take(office: Office, item: str) -> Refusal | None:
    """Whether the page for one sitting is the right one for this item."""
    found = office.hall.items.get(item)
    if found is None:
        return Refusal("unknown-item", f"目录里没有事项 {item}，没有办。换一个事项。")
    return one_sitting(found)


def due_now(office: Office, item: Item, *, down: bool = False) -> DueDates:
    """办结期限 as the page says it before the clerk confirms."""
    hall = office.hall
    second = second_limit(office, item.code, down=down)
    return due_dates(item, office.parts.clock.now(), hall.calendar, hall.off_work, second=second)


def take_spot_case(
    office: Office,
    ticket: str,
    item: str,
    applicant: Applicant,
    brought: Brought,
    outcome: Said,
    opinion: str,
    *,
    draft: str = "",
    leaves: bool = False,
) -> Outcome:
    """收件、受理、提意见 at once. No paper, unless the citizen leaves without the result."""
    scans = may_take(office, item) or scans_with(office, draft, brought.papers, brought.brought_as)
    if isinstance(scans, Refusal):
        return scans
    found, stamp = office.hall.items[item], office.stamp()
    draw = office.parts.vault.keep.next_serial(case_kind(stamp.at.year))
    if draw is None:
        return Refusal("no-case-number", "本机的办件编号用完了，没有办。填的都还在，线路恢复会自动领号段。")
    second = second_limit(office, item, down=brought.down)
    case = draft or office.parts.new_id()
    command = TakeSpotCase(
        **stamp.fields(office.parts.new_id),
        case=case,
        ticket=ticket,
        item=item,
        applicant=applicant,
        query_code=office.parts.new_query_code(),
        block=draw.block,
        serial=draw.serial,
        case_no=case_number(office.hall.id, stamp.at.date(), draw.serial),
        due=due_dates(found, stamp.at, office.hall.calendar, office.hall.off_work, second=second),
        outcome=outcome,
        opinion=opinion,
        second_limit=second,
        **brought.fields(),
    )
    return office.do(command, (lambda books: _acceptance(office, books, case)) if leaves else None, also=scans)


def leave_without_result(office: Office, case_id: str) -> Outcome:
    """人先走 the citizen does not wait: his slip is printed now, with the day he can count on."""
    case = office.read(lambda books: books.case(case_id))
    if case is None or case.due is None or not case.case_no:
        return Refusal("not-accepted-yet", "这件还没受理，没有打受理回执。先受理，或打收件凭证。")
    if case.state in ENDED:
        return Refusal("case-closed", f"这件现在是{state_words[case.state]}，没有打受理回执。刷新一下再看。")
    command = LeaveWithoutResult(**office.stamp().fields(office.parts.new_id), case=case_id)
    return office.do(command, lambda books: _acceptance(office, books, case_id))


def _acceptance(office: Office, books: Books, case_id: str) -> list[Slip]:
    case = books.case(case_id)
    item = books.item(case.item) if case else None
    if case is None or item is None:
        return []
    clerk = office.hall.roster.name_for(case.handler, case.acting_for)
    return [acceptance_slip(case, item, clerk, office.hall.roster.departments[case.department].name, office.letterhead)]
