"""叫号页的底数 what the counter page speaks of, read in one go on the store's thread; no word is made here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from clerk_app.cases.catalogue import Item
from clerk_app.cases.limits import due_dates
from clerk_app.cases.model import Case, DueDates
from clerk_app.command import case_subject, ticket_subject
from clerk_app.duty.pausing import pause_at
from clerk_app.office.counter import visit
from clerk_app.office.counter.registering import company_form
from clerk_app.office.duty import consenting
from clerk_app.office.duty.consenting import Need
from clerk_app.office.events import LineState, PrinterState
from clerk_app.office.office import Office
from clerk_app.ports import Books, JournalRow
from clerk_app.queueing.model import Ticket
from clerk_app.receipts.paper import PrintJob
from clerk_app.registration.model import missing
from clerk_app.sync.verdicts import not_done


@dataclass(frozen=True, kw_only=True)
class CounterState:
    """叫号页的底数 one moment of this window."""

    now: datetime
    window: int
    current: Ticket | None
    waiting: tuple[Ticket, ...]
    mine: frozenset[str]
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

    @property
    def callable(self) -> tuple[Ticket, ...]:
        """Who may be called from here now: everyone while the line is up, this window's share while it is cut."""
        if self.line.connected:
            return self.waiting
        return tuple(t for t in self.waiting if t.id in self.mine)


@dataclass(frozen=True)
class _Read:
    """一次读到的 what the books say, all in one unit."""

    current: Ticket | None
    waiting: tuple[Ticket, ...]
    mine: frozenset[str]
    case: Case | None
    held: bool
    today: tuple[Ticket, ...]
    form_gaps: int
    need: Need | None
    trained: str
    paused: bool


def _read(office: Office, books: Books, now: datetime) -> _Read:
    window = office.window
    current = books.open_call_at(window, now.date())
    waiting = visit.waiting_tickets(office, books)
    case = books.case_of_ticket(current.id) if current else None
    return _Read(
        current=current,
        waiting=waiting,
        mine=frozenset(t.id for t in waiting if books.holder(ticket_subject(t.id)) == books.device),
        case=case,
        held=case is not None and books.holder(case_subject(case.id)) == books.device,
        today=books.tickets_of(now.date(), office.hall.roster.windows[window].letters),
        form_gaps=_form_gaps(office, books, case),
        need=consenting.need_of(office, books, case) if case else None,
        trained=consenting.agreed_words(books, case) if case else "",
        paused=pause_at(books, window, now) is not None,
    )


def load_state(office: Office, line: Callable[[], LineState], printer: Callable[[], PrinterState]) -> CounterState:
    """Read it all."""
    now, window = office.parts.clock.now(), office.window
    read = office.read(lambda books: _read(office, books, now))
    case = read.case
    served = sum(1 for t in read.today if t.window == window and t.state == "finished")
    item = office.hall.items.get(case.item) if case else None
    due = case.due if case else None
    if case is not None and due is None and item is not None:
        due = due_dates(item, now, office.hall.calendar, office.hall.off_work)
    return CounterState(
        now=now,
        window=window,
        current=read.current,
        waiting=read.waiting,
        mine=read.mine,
        case=case,
        held=read.held,
        form_gaps=read.form_gaps,
        item=item,
        due=due,
        served=served,
        rank=served + 1,
        job=_job_of(office, case),
        troubles=office.parts.vault.journal.rows(tuple(not_done), 5),
        line=line(),
        printer=printer(),
        need=read.need,
        trained=read.trained,
        paused=read.paused,
    )


def _form_gaps(office: Office, books: Books, case: Case | None) -> int:
    """How many places of the one form are still empty; -1 when it was not begun, 0 when none is asked for any more."""
    item = office.hall.items.get(case.item) if case else None
    if case is None or item is None or not item.form or case.state != "accepted":
        return 0
    draft = books.form(case.id)
    return -1 if draft is None else len(missing(company_form(), draft.document))


def _job_of(office: Office, case: Case | None) -> PrintJob | None:
    if case is None or not case.case_no:
        return None
    return office.parts.vault.spool.newest_of(case.case_no, ("受理回执", "取件凭证"))
