"""叫号 what a window does with the line: next, chosen, recall, arrive, hold, put back, pass, rejoin, right, finish.

With the line up the centre gives each ticket, to one window only; alone (`Beater.line`) a window calls its own share, and
who was called so is received by his slip (`slip_shown`). The acts that ask the centre are not for the screen's thread.
"""

from __future__ import annotations

from clerk_app.command import Refusal, ticket_subject
from clerk_app.office.counter.given import (
    ask,
    away,
    call,
    call_own,
    cannot_call,
    held_or_claimed,
    unconfirmed_call,
)
from clerk_app.office.counter.line_share import own_share, waiting_among, waiting_now
from clerk_app.office.counter.slip_shown import open_paper, serve_slip
from clerk_app.office.counter.undoing import last_undoable, undo
from clerk_app.office.line.beating import Beater
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.ports import Books, CentreAway, CentreProblem, StoreTrouble
from clerk_app.ports.queue import QueueCentre
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.on_paper import EndByPaper
from clerk_app.queueing.ordering import RightTicket
from clerk_app.queueing.parking import HoldTicket, RejoinTicket, ResumeTicket, ReturnTicket
from clerk_app.queueing.usecases import ArriveTicket, FinishTicket, PassTicket

__all__ = [
    "arrive",
    "call",
    "call_chosen",
    "call_next",
    "finish",
    "held_here",
    "hold",
    "last_undoable",
    "own_share",
    "pass_over",
    "put_back",
    "rejoin",
    "resume",
    "right",
    "serve_slip",
    "undo",
    "waiting_among",
    "waiting_now",
]


def call_next(office: Office, beater: Beater | None = None) -> Outcome:
    """叫下一位. Without a beat (a desk without its loops) the centre is asked, and what this machine holds is called."""
    if refusal := cannot_call(office, office.stamp()):
        return refusal
    if beater is not None:
        with beater.own_turn() as alone:
            if alone:
                return call_own(office, dealt=beater.dealt)
    queue = office.parts.queue
    if queue is None or (beater is not None and beater.without_route):
        return _by_claims(office)
    return _from_centre(office, queue, beater)


def _from_centre(office: Office, queue: QueueCentre, beater: Beater | None) -> Outcome:
    try:
        given = ask(office, lambda after: queue.next_ticket(office.window, after))
    except CentreAway:
        if beater is None:
            held = call_own(office, dealt=False)
            return held if isinstance(held, Done) else away(None)
        return away(beater)
    return given if isinstance(given, Refusal) else call(office, given.id)


def _by_claims(office: Office) -> Outcome:
    """A centre that gives out no next ticket: in order, what this machine has or may have."""
    refused: Outcome = Refusal("nobody-waiting", "现在没有人等候。")
    for ticket in office.read(lambda books: waiting_now(office, books)):
        try:
            mine = held_or_claimed(office, ticket.id)
        except (CentreAway, CentreProblem):
            continue
        if not mine:
            continue
        refused = call(office, ticket.id)
        if isinstance(refused, Done) or refused.type == "window-busy":
            return refused
    return refused


def call_chosen(office: Office, beater: Beater, ticket: str) -> Outcome:
    """选呼 one of the waiting, out of order."""
    if refusal := cannot_call(office, office.stamp()) or _too_soon(office, ticket):
        return refusal
    with beater.own_turn() as alone:
        if alone:
            dealt = beater.dealt
            share = office.read(lambda books: own_share(office, books, dealt=dealt))
            return call(office, ticket) if any(one.id == ticket for one in share) else _not_ours(office, ticket)
    try:
        mine = held_or_claimed(office, ticket)
    except CentreAway:
        return away(beater)
    except CentreProblem as problem:
        return Refusal(problem.type, problem.sentence)
    return call(office, ticket) if mine else _elsewhere(office, ticket)


def _too_soon(office: Office, ticket: str) -> Refusal | None:
    """An appointment is called from its hour on, not before; whoever stands here with his slip is received all the same."""
    known, now = office.read(lambda books: books.ticket(ticket)), office.parts.clock.now()
    if known is None or known.appointment is None or known.due(now):
        return None
    return Refusal(
        "not-due", f"{known.number} 预约 {known.appointment:%H:%M}，还没到点，没有叫。到点再叫，或叫下一位。"
    )


def _not_ours(office: Office, ticket: str) -> Refusal:
    """Dealt to another window."""
    known = office.read(lambda books: books.ticket(ticket))
    number = known.number if known else "这一号"
    place = f"分在{known.fallback}号窗口" if known and known.fallback else "没有分到本窗口"
    return Refusal("share-elsewhere", f"线路断着，{number} {place}，这里没有叫。他拿号票来，扫票上的码照样接待。")


def _elsewhere(office: Office, ticket: str) -> Refusal:
    known = office.read(lambda books: books.ticket(ticket))
    number = known.number if known else "这一号"
    return Refusal(
        "ticket-elsewhere", f"{number} 刚被别的窗口叫走，或留给断线的窗口，这里没有叫。他拿号票来，扫票上的码接待。"
    )


def arrive(office: Office, ticket: str) -> Outcome:
    """来了. Who was called from the own share in a cut is received by his slip: another window may have called him too."""
    if unconfirmed_call(office, ticket):
        return Refusal("slip-needed", "线路断着，请收下号票再办：扫票上的码，或输号码和 4 位校验码。")
    return office.do(ArriveTicket(**office.stamp().fields(office.parts.new_id), ticket=ticket))


def hold(office: Office, ticket: str, reason: str) -> Outcome:
    """挂起."""
    return office.do(HoldTicket(**office.stamp().fields(office.parts.new_id), ticket=ticket, reason=reason))


def resume(office: Office, ticket: str) -> Outcome:
    """接着办."""
    return office.do(ResumeTicket(**office.stamp().fields(office.parts.new_id), ticket=ticket))


def put_back(office: Office, ticket: str, reason: str) -> Outcome:
    """退回队里."""
    return office.do(ReturnTicket(**office.stamp().fields(office.parts.new_id), ticket=ticket, reason=reason))


def pass_over(office: Office, ticket: str, reason: str, early: bool = False) -> Outcome:
    """过号 after the hall's calls and its interval (`pass-early` otherwise), or `early` with a reason."""
    if early and not reason.strip():
        return Refusal("reason-missing", "还没写为什么提前过号，没有过号。挑一个原因。")
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(PassTicket(**fields, ticket=ticket, reason=reason, early=early))


def rejoin(office: Office, ticket: str) -> Outcome:
    """过号受理."""
    return office.do(RejoinTicket(**office.stamp().fields(office.parts.new_id), ticket=ticket))


def right(office: Office, ticket: str, reason: str) -> Outcome:
    """下一个就办."""
    return office.do(RightTicket(**office.stamp().fields(office.parts.new_id), ticket=ticket, reason=reason))


def finish(office: Office, ticket: str, outcome: str = "handled") -> Outcome:
    """办结本号; who was received by his slip is ended by a fact."""
    fields = office.stamp().fields(office.parts.new_id)
    try:
        paper = office.read(lambda books: open_paper(books, ticket, office.window, fields["at"].date()))
    except StoreTrouble as trouble:
        return Refusal(trouble.type, trouble.sentence)
    if paper is None:
        return office.do(FinishTicket(**fields, ticket=ticket, outcome=outcome))
    return office.do(EndByPaper(**fields, served=paper.id, ticket=paper.ticket, outcome=outcome))


def held_here(office: Office, books: Books) -> tuple[Ticket, ...]:
    """挂起的 of this window, and those of its letters whose window gave them up: who comes back is served here."""
    window, day = office.window, office.parts.clock.now().date()
    letters = tuple(office.hall.queue.letters)
    held = [t for t in books.tickets_of(day, letters, ("held",)) if t.parked is not None]
    mine = [t for t in held if t.window == window or _given_up(office, books, t)]
    return tuple(sorted(mine, key=lambda t: t.parked.at if t.parked else t.taken_at))


def _given_up(office: Office, books: Books, ticket: Ticket) -> bool:
    window = office.hall.roster.windows.get(office.window)
    return window is not None and ticket.letter in window.letters and books.holder(ticket_subject(ticket.id)) is None
