"""叫号页的底数 what the counter page speaks of, read in one go on the store's thread; no word is made here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from clerk_app.cases.catalogue import Item
from clerk_app.cases.limits import due_dates
from clerk_app.cases.model import Case, DueDates
from clerk_app.command import case_subject, ticket_subject
from clerk_app.duty.pausing import pause_at
from clerk_app.office import consenting, visit
from clerk_app.office.consenting import Need
from clerk_app.office.events import LineState, PrinterState
from clerk_app.office.office import Office
from clerk_app.office.registering import company_form
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


_Asked = tuple[Ticket | None, tuple[Ticket, ...], frozenset[str], Case | None, bool, tuple[Ticket, ...]]


def load_state(office: Office, line: Callable[[], LineState], printer: Callable[[], PrinterState]) -> CounterState:
    """Read it all."""
    now, window = office.parts.clock.now(), office.window

    def ask(books: Books) -> _Asked:
        current = books.open_call_at(window, now.date())
        waiting = visit.waiting_tickets(office, books)
        mine = frozenset(t.id for t in waiting if books.holder(ticket_subject(t.id)) == books.device)
        case = books.case_of_ticket(current.id) if current else None
        today = books.tickets_of(now.date(), office.hall.roster.windows[window].letters)
        held = case is not None and books.holder(case_subject(case.id)) == books.device
        return current, waiting, mine, case, held, today

    current, waiting, mine, case, held, today = office.read(ask)
    here = [t for t in today if t.window == window]
    served = sum(1 for t in here if t.state == "finished")
    item = office.hall.items.get(case.item) if case else None
    due = case.due if case else None
    if case is not None and due is None and item is not None:
        due = due_dates(item, now, office.hall.calendar, office.hall.off_work)
    return CounterState(
        now=now,
        window=window,
        current=current,
        waiting=waiting,
        mine=mine,
        case=case,
        held=held,
        form_gaps=_form_gaps(office, case, item),
        item=item,
        due=due,
        served=served,
        rank=served + 1,
        job=_job_of(office, case),
        troubles=office.parts.vault.journal.rows(tuple(not_done), 5),
        line=line(),
        printer=printer(),
        **_mentoring(office, case),
        paused=office.read(lambda books: pause_at(books, window, now) is not None),
    )


class _Mentoring(TypedDict):
    need: Need | None
    trained: str


def _mentoring(office: Office, case: Case | None) -> _Mentoring:
    if case is None:
        return {"need": None, "trained": ""}
    need, trained = office.read(
        lambda books: (consenting.need_of(office, books, case), consenting.agreed_words(books, case))
    )
    return {"need": need, "trained": trained}


def _form_gaps(office: Office, case: Case | None, item: Item | None) -> int:
    """How many places of the one form are still empty; -1 when it was not begun, 0 when none is asked for any more."""
    if case is None or item is None or not item.form or case.state != "accepted":
        return 0
    draft = office.read(lambda books: books.form(case.id))
    return -1 if draft is None else len(missing(company_form(), draft.document))


def _job_of(office: Office, case: Case | None) -> PrintJob | None:
    if case is None or not case.case_no:
        return None
    return office.parts.vault.spool.newest_of(case.case_no, ("受理回执", "取件凭证"))
