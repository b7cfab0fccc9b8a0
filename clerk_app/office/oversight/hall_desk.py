"""大厅 what the duty manager does with lines, windows and tickets, and the one silent key that calls him."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from clerk_app.command import Refusal
from clerk_app.office.counter.ticket_papers import next_day_slips
from clerk_app.office.office import Office, Outcome
from clerk_app.office.oversight.hall_reading import MOST_TASKS
from clerk_app.oversight.alarms import RingDutyManager
from clerk_app.oversight.queue_pace import next_opening
from clerk_app.oversight.tasks import CloseTask
from clerk_app.ports import Books
from clerk_app.queueing.issuing import CloseTickets
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.ordering import FreeTickets, LiftTicket, MoveWindow, OpenLine, StopLine
from clerk_app.receipts.slip import Slip
from clerk_app.receipts.waiting_list_slip import WaitingList, waiting_list_slip

WENT_THERE = "值班长到窗口看过。"
_nobody = Refusal("nobody-waiting", "没有人在等，没有要办的。")


def usual_reopening(office: Office) -> datetime | None:
    """恢复发号的时候 as it is offered: when the hall opens next."""
    return next_opening(office.parts.clock.now(), office.hall.hours, office.hall.calendar)


def stop_line(office: Office, letter: str, reopens: datetime, reason: str) -> Outcome:
    """止号."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(StopLine(**fields, stop=fields["id"], letter=letter, reason=reason, reopens=reopens))


def open_line(office: Office, stop: str) -> Outcome:
    """恢复发号."""
    return office.do(OpenLine(**office.stamp().fields(office.parts.new_id), stop=stop))


def move_window(office: Office, window: int, letters: tuple[str, ...], reason: str) -> Outcome:
    """窗口改队 for the rest of the day; no letters: as ever."""
    stamp = office.stamp()
    fields = stamp.fields(office.parts.new_id)
    return office.do(
        MoveWindow(**fields, day=stamp.at.date(), of_window=window, letters=letters, reason=reason)
    )  # fmt: skip


def lift(office: Office, ticket: str, reason: str) -> Outcome:
    """提前."""
    return office.do(LiftTicket(**office.stamp().fields(office.parts.new_id), ticket=ticket, reason=reason))


def free(office: Office, window: int, reason: str) -> Outcome:
    """放开 the share of a silent window, with its last list: whoever stands there is told by voice."""
    stamp = office.stamp()
    letters = tuple(office.hall.queue.letters)
    known = office.read(lambda books: _share(books.tickets_of(stamp.at.date(), letters), office, window))
    if not known:
        return Refusal("nobody-waiting", f"{window}号窗口名下没有人在等，没有要放开的。")
    command = FreeTickets(
        **stamp.fields(office.parts.new_id), of_window=window, tickets=tuple(one.id for one in known), reason=reason
    )
    slip = _list_slip(office, window, known, stamp.at, stamp.at)
    return office.do(command, lambda books: [slip])


def close_day(office: Office) -> Outcome:
    """当日收尾 who was never called is not served today; each gets a slip for the next open day, where the hall gives one."""
    stamp = office.stamp()
    day = stamp.at.date()
    letters = tuple(office.hall.queue.letters)
    waiting = office.read(
        lambda books: tuple(one for one in books.tickets_of(day, letters) if one.state in ("waiting", "held"))
    )
    if not waiting:
        return _nobody
    command = CloseTickets(
        **stamp.fields(office.parts.new_id), day=day, tickets=tuple(one.id for one in sorted(waiting, key=_order))
    )
    return office.do(command, next_day_slips(office, command.tickets))


def _order(ticket: Ticket) -> tuple[str, tuple[int, datetime, int]]:
    return ticket.letter, ticket.order


def ring(office: Office) -> Outcome:
    """呼叫值班长 silently; ringing again while nobody came is the same call."""
    window = office.window
    open_ = office.read(
        lambda books: [one for one in books.open_tasks(MOST_TASKS) if one.kind == "alarm" and one.window == window]
    )
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(RingDutyManager(**fields, task=open_[0].id if open_ else fields["id"]))


def answer_alarm(office: Office, task: str) -> Outcome:
    """销呼叫 somebody went there."""
    return office.do(CloseTask(**office.stamp().fields(office.parts.new_id), task=task, note=WENT_THERE))


def last_known_lists(office: Office, known_at: datetime | None = None) -> tuple[Slip, ...]:
    """最后的等候名单 one slip a window with people waiting for it, and one for those no window was dealt; empty: nobody waits."""
    stamp = office.stamp()
    letters = tuple(office.hall.queue.letters)

    def ask(books: Books) -> dict[int, tuple[Ticket, ...]]:
        waiting = [one for one in books.tickets_of(stamp.at.date(), letters) if one.state == "waiting"]
        return {number: _share(waiting, office, number) for number in sorted({one.fallback for one in waiting})}

    found = office.read(ask)
    at = known_at or stamp.at
    return tuple(_list_slip(office, number, tickets, at, stamp.at) for number, tickets in found.items())


def print_lists(office: Office, known_at: datetime | None = None) -> Outcome:
    """一个键打各窗口的名单."""
    slips = last_known_lists(office, known_at)
    return office.print_out(slips) if slips else _nobody


def _share(tickets: Iterable[Ticket], office: Office, window: int) -> tuple[Ticket, ...]:
    """名下的 in calling order."""
    now, ageing = office.parts.clock.now(), office.hall.queue.timing.ageing_minutes
    found = (one for one in tickets if one.state == "waiting" and one.fallback == window)
    return tuple(sorted(found, key=lambda one: one.order_at(now, ageing)))


def _list_slip(
    office: Office, window: int, tickets: Sequence[Ticket], known_at: datetime, printed_at: datetime
) -> Slip:
    seat = office.hall.roster.windows.get(window)
    known = WaitingList(
        window=window,
        name=seat.name if seat else "",
        tickets=tickets,
        known_at=known_at,
        printed_at=printed_at,
    )
    return waiting_list_slip(known, office.hall.queue.letters, office.letterhead)
