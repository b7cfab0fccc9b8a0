"""叫号页的底数 what the counter page speaks of, read in one go on the store's thread; no word is made here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from clerk_app.cases.accepting import due_then
from clerk_app.cases.catalogue import Item
from clerk_app.cases.clocks import CaseClock, clocks_of
from clerk_app.cases.coming_back import case_in_hand
from clerk_app.cases.external import ExternalMatter
from clerk_app.cases.model import Case, DueDates
from clerk_app.command import case_subject
from clerk_app.duty.pausing import pause_at
from clerk_app.duty.standing import standing_of
from clerk_app.hall import Hall
from clerk_app.office.counter import calling
from clerk_app.office.duty import consenting
from clerk_app.office.duty.consenting import Need
from clerk_app.office.events import LineState, PrinterState, QueueLineState
from clerk_app.office.line.beating import ALONE
from clerk_app.office.line.cuts import CutBook
from clerk_app.office.office import Office
from clerk_app.office.registration.reference import company_form
from clerk_app.office.registration.rounds import form_gaps
from clerk_app.ports import Books, JournalRow
from clerk_app.queueing.model import Ticket
from clerk_app.receipts.paper import PrintJob
from clerk_app.receipts.slips import Letterhead
from clerk_app.registration.model import missing
from clerk_app.registration.types import form_for, type_of
from clerk_app.sync.verdicts import not_done
from ui.language import kept

CORRECTION_WORKDAYS = 10
"""补正日 as it is proposed; no law names a number, the clerk may write another."""


@dataclass(frozen=True)
class Calls:
    """怎么叫 the line of the queue, and whether this window's share is its own (`line.beating.Beater`)."""

    line: QueueLineState = "linked"
    dealt: bool = True

    @property
    def alone(self) -> bool:
        """Whether it calls its own share."""
        return self.line in ALONE


CALLS = Calls()
NO_HEAD = Letterhead(hall="", address="", hotline="", training=False)


@dataclass(frozen=True, kw_only=True)
class CounterState:
    """叫号页的底数 one moment of this window."""

    now: datetime
    window: int
    current: Ticket | None
    waiting: tuple[Ticket, ...]
    case: Case | None
    held: bool
    form_gaps: int
    item: Item | None
    due: DueDates | None
    served: int
    rank: int
    job: PrintJob | None
    troubles: tuple[JournalRow, ...]
    line: LineState
    printer: PrinterState
    paused: bool = False
    need: Need | None = None
    """A learner's: how far his mentor's word on the case in hand has come."""
    trained: str = ""
    """Both names, where a mentor agreed that it be accepted."""
    clocks: tuple[CaseClock, ...] = ()
    clerk: str = ""
    """Who sits here, as papers name him."""
    mentor: str = ""
    """His mentor's name while he learns."""
    chief: bool = False
    """Whether he stands for the chief representative of the case in hand."""
    scans: int = 0
    held_names: tuple[tuple[str, str], ...] = ()
    """大厅有的 lines of the case in hand, and how far he was asked."""
    external: tuple[ExternalMatter, ...] = ()
    """What other systems carry of the ticket in hand."""
    came: tuple[str, ...] | None = None
    """网上交来的 papers, where the draft in hand was begun from outside."""
    in_cut: bool = False
    """Whether what is taken in now counts as taken in during a cut."""
    head: Letterhead = NO_HEAD
    bring_by: date | None = None
    to_mend: tuple[str, ...] = ()
    """What of the one form a notice would have to say: every department's points, and what a check finds."""

    calls: Calls = CALLS
    """How this window calls now: what the centre gives, or with it away its own share."""
    parked: tuple[Ticket, ...] = ()
    """挂起的 of this window, the longest first."""
    reading: int = 0
    """第几次读的: acts read on the net's threads, refreshes on the store's, and what was begun earlier may land later."""

    @property
    def callable(self) -> tuple[Ticket, ...]:
        """Who may be called from here now: everyone while the line is up, this window's share while it is cut."""
        return self.waiting


@dataclass(frozen=True)
class _Read:
    """一次读到的 what the books say, all in one unit."""

    current: Ticket | None
    waiting: tuple[Ticket, ...]
    parked: tuple[Ticket, ...]
    case: Case | None
    held: bool
    served: int
    form_gaps: int
    need: Need | None
    trained: str
    paused: bool
    chief: bool
    scans: int
    external: tuple[ExternalMatter, ...]


def _read(office: Office, books: Books, now: datetime, calls: Calls) -> _Read:
    window = office.window
    current = books.open_call_at(window, now.date())
    waiting = calling.waiting_now(office, books, calls.line, dealt=calls.dealt)
    case = case_in_hand(current, books) if current else None
    return _Read(
        current=current,
        waiting=waiting,
        parked=calling.held_here(office, books),
        case=case,
        held=case is not None and books.holder(case_subject(case.id)) == books.device,
        served=books.served_at(now.date(), window),
        form_gaps=_form_gaps(office, books, case),
        need=consenting.need_of(office, books, case) if case else None,
        trained=consenting.agreed_words(books, case) if case else "",
        paused=pause_at(books, window, now) is not None,
        chief=_stands_for_chief(office, books, case, now),
        scans=len(books.attachments_of(case.id)) if case else 0,
        external=books.external_matters_of(current.id) if current else (),
    )


def load_state(
    office: Office, line: Callable[[], LineState], printer: Callable[[], PrinterState], calls: Calls = CALLS
) -> CounterState:
    """Read it all."""
    now, window, hall = office.parts.clock.now(), office.window, office.hall
    read = office.read(lambda books: _read(office, books, now, calls))
    case, item = read.case, hall.items.get(read.case.item) if read.case else None
    return CounterState(
        now=now,
        window=window,
        current=read.current,
        waiting=read.waiting,
        calls=calls,
        parked=read.parked,
        case=case,
        held=read.held,
        form_gaps=read.form_gaps,
        item=item,
        due=_due_of(case, item, hall, now),
        served=read.served,
        rank=read.served + 1,
        job=_job_of(office, case),
        troubles=office.parts.vault.journal.rows(tuple(not_done), 5),
        line=line(),
        printer=printer(),
        need=read.need,
        trained=read.trained,
        paused=read.paused,
        clocks=clocks_of(case, item, hall.calendar, hall.off_work, now.date()) if case and item else (),
        clerk=_clerk(office),
        mentor=_mentor(office, now),
        chief=read.chief,
        scans=read.scans,
        external=read.external,
        in_cut=CutBook(office).open_cut is not None,
        head=office.letterhead,
        bring_by=hall.calendar.due(now.date(), CORRECTION_WORKDAYS).due,
        to_mend=_to_mend(office, case, item),
    )


def _to_mend(office: Office, case: Case | None, item: Item | None) -> tuple[str, ...]:
    """While there may still be a notice."""
    if case is None or item is None or not item.form or case.state != "received":
        return ()
    return tuple(gap.what for gap in form_gaps(office, case))


def _due_of(case: Case | None, item: Item | None, hall: Hall, now: datetime) -> DueDates | None:
    """As printed; before acceptance as it would be now."""
    if case is None or case.due is not None or item is None:
        return case.due if case else None
    return due_then(case, item, hall.calendar, hall.off_work, now)


def _clerk(office: Office) -> str:
    return office.session.person.name if office.session else ""


def _mentor(office: Office, now: datetime) -> str:
    session = office.session
    learns = session is not None and session.person.learns(now.date())
    return office.hall.roster.name_of(session.person.mentor) if session is not None and learns else ""


def _stands_for_chief(office: Office, books: Books, case: Case | None, now: datetime) -> bool:
    session, post = office.session, books.roster.chief_posts.get(case.department) if case else None
    if session is None or post is None or session.person.id not in (post.a, post.b):
        return False  # nobody else stands for a chief; the books need not be asked after every act
    return standing_of(books, session.person.id, post, now).side is not None


def _form_gaps(office: Office, books: Books, case: Case | None) -> int:
    """How many places of the one form are still empty; -1 when it was not begun, 0 when none is asked for any more."""
    item = office.hall.items.get(case.item) if case else None
    if case is None or item is None or not item.form or case.state != "accepted":
        return 0
    draft = books.form(case.id)
    return -1 if draft is None else len(missing(form_for(company_form(), type_of(draft.document)), draft.document))


def _job_of(office: Office, case: Case | None) -> PrintJob | None:
    if case is None or not case.case_no:
        return None
    return office.parts.vault.spool.newest_of(case.case_no, (kept("受理回执"), kept("取件凭证")))
