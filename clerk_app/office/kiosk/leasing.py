"""备用号 the numbers a kiosk gives while nobody answers: leased for today and the next working day, and used once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from clerk_app.command import Refusal
from clerk_app.office.kiosk.kept import Kept, KeptTickets
from clerk_app.office.kiosk.services import services
from clerk_app.office.office import Office
from clerk_app.ports import CentreProblem
from clerk_app.ports.queue import TicketGiven, TicketWanted
from clerk_app.queueing.model import flag_of, ticket_kind, ticket_number

BLOCK = 20
AHEAD = 200
_used_up = frozenset({"numbers-used-up", "device-narrow", "unreadable-request"})


def lease(office: Office) -> int:
    """Blocks that run low are filled up; answers how many were. Asks the net; raises `CentreAway` or `CentreProblem`."""
    today, fresh = office.parts.clock.now().date(), 0
    for day in (today, office.hall.calendar.due(today, 1).due):
        for service in services(office.hall, None):
            fresh += _ensure(office, ticket_kind(service.letter, day, reserve=True))
    if fresh:
        office.guard.mark()
    return fresh


def _ensure(office: Office, kind: str) -> int:
    keep = office.parts.vault.keep
    draw = keep.next_serial(kind)
    if draw is not None and draw.left >= BLOCK // 5:
        return 0
    try:
        keep.add_block(office.parts.centre.number_block(kind, BLOCK))
    except CentreProblem as problem:
        if problem.type not in _used_up:
            raise
        return 0
    return 1


def from_reserve(office: Office, kept: KeptTickets, wanted: TicketWanted, windows: Sequence[int]) -> Kept | Refusal:
    """A number of the reserve for what is wanted, kept before it is printed; it names one of these windows to wait at."""
    if office.guard.refusal is not None:
        return Refusal("old-copy", "这台机器上的数据要管理员看一下，号没有取。请到旁边的机器或总服务台取号。")
    if office.parts.clock.word() == "unknown":
        return Refusal("clock-unknown", "连不上中心，这台机器的时间也没有人作准，号没有取。请到总服务台取号。")
    day = wanted.taken_at.date()
    kind = ticket_kind(wanted.letter, day, reserve=True)
    taken = {(row.wanted.block, row.wanted.serial) for row in kept.rows()}
    draws = office.parts.vault.keep.next_serials(kind, AHEAD)
    draw = next((one for one in draws if (one.block, one.serial) not in taken), None)
    if draw is None:
        return Refusal("no-number", "线路断着，备用号也用完了，号没有取。请到总服务台取号。")
    window = windows[draw.serial % len(windows)] if windows else 0
    wanted = replace(wanted, block=draw.block, serial=draw.serial, wait_window=window)
    row = kept.put(Kept(wanted=wanted, given=_given(wanted, day), paper="printing"))
    with office.parts.vault.unit(office.hall) as work:
        # Never again, also when what is kept of it has gone.
        work.books.spend_number(kind, draw.block, draw.serial, wanted.id)
    return row


def _given(wanted: TicketWanted, day: date) -> TicketGiven:
    """Nobody can know how many wait before it."""
    return TicketGiven(
        id=wanted.id,
        day=day,
        number=ticket_number(wanted.letter, wanted.serial, flag_of(wanted.priority, wanted.appointment)),
        letter=wanted.letter,
        serial=wanted.serial,
        ahead=-1,
        taken_at=wanted.taken_at,
        state="issuing",
        fallback=wanted.wait_window,
        reserve=True,
        priority=wanted.priority,
        item=wanted.item,
    )
