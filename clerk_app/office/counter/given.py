"""给到手的号 asking the centre for a ticket, taking in what it gives, and saying why it cannot be asked.

What this window did a moment ago may still be on its way; an answer made without it is no answer: the question is asked
again when it is there. Nothing here is for the screen's thread.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime

from clerk_app.command import Refusal, Stamp, ticket_subject
from clerk_app.duty.authority import command_refusal
from clerk_app.duty.pausing import pause_at
from clerk_app.office.counter.line_share import own_share
from clerk_app.office.events import RowsChanged
from clerk_app.office.line.beating import Beater, unsettled
from clerk_app.office.line.holding import claim
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import Books, CentreProblem
from clerk_app.ports.line import Change
from clerk_app.ports.queue import NextGiven
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.usecases import CallTicket
from clerk_app.sync.verdicts import undecided
from clerk_app.sync.wire import read_envelope

TOLD_WITHIN = 2.0
"""Seconds the centre is given to hear of this window's last acts before it is asked again."""
_ROWS = 200
NOBODY = Refusal("nobody-waiting", "现在没有人等候。")
_NOT_TOLD = Refusal("not-told-yet", "上一个号还没送到中心，没有叫下一位。等几秒再叫。")
_AGAIN = (NOBODY.type, _NOT_TOLD.type)
"""Answers that may be another when the centre has heard of what was done here just now."""


def cannot_call(office: Office, stamp: Stamp) -> Refusal | None:
    """Why no ticket may be called here now, whichever: asked before the centre gives one away for nothing."""
    command = CallTicket(**stamp.fields(office.parts.new_id), ticket="")
    if stopped := office.guard.refusal:
        return stopped
    return office.read(
        lambda books: (
            command_refusal(command, office.parts.register[command.kind].action, books)
            or _busy(books, stamp.window, stamp.at)
        )
    )


def _busy(books: Books, window: int, at: datetime) -> Refusal | None:
    if pause_at(books, window, at) is not None:
        return Refusal("window-paused", f"{window}号窗口暂停着，没有叫号。先返回，再叫。")
    current = books.open_call_at(window, at.date())
    if current is None:
        return None
    return Refusal("window-busy", f"{current.number} 还在办。先办结（F8）或过号（F4），再叫下一位。")


def ask(office: Office, question: Callable[[str], NextGiven]) -> Ticket | Refusal:
    """The ticket given, waiting here under its hold; `question` is told which one is done with already. Raises `CentreAway`."""
    answer = _asked(office, question)
    if isinstance(answer, Refusal) and answer.type in _AGAIN and unsettled(office) and until_told(office):
        answer = _asked(office, question)
    return answer


def _asked(office: Office, question: Callable[[str], NextGiven]) -> Ticket | Refusal:
    after = ""
    try:
        for _ in range(2):
            given = question(after)
            if not given.ticket or not given.hold.granted:
                return Refusal(given.type or NOBODY.type, given.sentence or NOBODY.sentence)
            if (ticket := _take_in(office, given)) is not None:
                return ticket
            after = given.ticket
    except CentreProblem as problem:
        return Refusal(problem.type, problem.sentence)
    return _NOT_TOLD


def _take_in(office: Office, given: NextGiven) -> Ticket | None:
    """Its row and its hold; None when this window has done with it already, and the centre has not heard of that."""
    subject = ticket_subject(given.ticket)
    office.parts.vault.journal.hear([Change(seq=0, subject=subject, row=given.row)])
    ticket = office.read(lambda books: books.ticket(given.ticket))
    if ticket is None or ticket.state != "waiting":
        return None
    office.parts.vault.keep.grant_hold(subject, given.hold)
    office.bell.ring(RowsChanged((subject,)))
    return ticket


def until_told(office: Office, patience: float | None = None) -> bool:
    """Whether the centre has heard of everything done here with tickets; waits for the line's loop, which was nudged."""
    heard = threading.Event()
    leave = office.bell.subscribe(lambda event: heard.set() if isinstance(event, RowsChanged) else None)
    end = time.monotonic() + (TOLD_WITHIN if patience is None else patience)
    try:
        while unsettled(office):
            left = end - time.monotonic()
            if left <= 0 or not heard.wait(left):
                return not unsettled(office)
            heard.clear()
        return True
    finally:
        leave()


def held_or_claimed(office: Office, ticket: str) -> bool:
    """Whether this machine has the ticket now. Raises `CentreAway` or `CentreProblem`."""
    subject = ticket_subject(ticket)
    holder, device = office.read(lambda books: (books.holder(subject), books.device))
    if holder == device:
        return True
    return holder is None and claim(office, subject)


def call(office: Office, ticket: str) -> Outcome:
    """叫号或重呼 one ticket that may be called here."""
    return office.do(CallTicket(**office.stamp().fields(office.parts.new_id), ticket=ticket))


def call_own(office: Office, *, dealt: bool) -> Outcome:
    """The first of this window's own share."""
    share = office.read(lambda books: own_share(office, books, dealt=dealt, most=1))
    if not share:
        return Refusal("nobody-waiting", "线路断着，分在本窗口的号叫完了。有人拿号票来，扫票上的码照样接待。")
    return call(office, share[0].id)


def away(beater: Beater | None) -> Refusal:
    """The centre does not answer just now."""
    if beater is None:
        return Refusal("line-cut", "线路断着，别的号没有叫。线路恢复再叫，或叫本机自己的号。")
    seconds = max(1, beater.seconds_left)
    return Refusal("line-unsure", f"线路刚断，正在确认，没有叫号；再过 {seconds} 秒本窗口的号照常叫。")


def unconfirmed_call(office: Office, ticket: str) -> bool:
    """Whether it was called here without its hold, and the centre has not said that it is this window's."""
    subject, journal = ticket_subject(ticket), office.parts.vault.journal
    for row in journal.rows(sorted(undecided), _ROWS):
        if row.kind == CallTicket.kind and subject in row.subjects:
            envelope = journal.envelope(row.id)
            if envelope is not None and subject not in (read_envelope(envelope).body.get("fences") or {}):
                return True
    return False


def is_undecided(office: Office, command: str) -> bool:
    """Whether the centre has not judged this act of ours."""
    rows = office.parts.vault.journal.rows(sorted(undecided), _ROWS)
    return any(row.id == command for row in rows)
