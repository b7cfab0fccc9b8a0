"""一号两办 one number that two windows worked on: one task with both records, for somebody to look at the slip and the two people.

Nobody is served twice by the rules; where a cut let two windows speak of one number all the same, a person sees it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, and_, false, or_, select

from clerk_app.command import Command, ticket_subject
from clerk_app.oversight.model import CENTRE, Task, task_id
from clerk_app.ports import Books
from clerk_app.queueing.model import OPEN, PaperServed, Ticket, state_words
from clerk_app.queueing.on_paper import EndByPaper, ServeByPaper
from clerk_app.queueing.usecases import ArriveTicket, FinishTicket
from clerk_app.store.tables import tickets
from clerk_app.store.tables_queueing import papers_served

t, p = tickets.c, papers_served.c
_said = {ArriveTicket.kind: "接待过", FinishTicket.kind: "办结过"}
_worked_on = ("serving", "finished")


def also_moved(connection: Connection, hall: str, commands: Iterable[Command | None]) -> set[str]:
    """Tickets that slips move besides the one they name: locked with the batch's own, or a move elsewhere would be overwritten.

    The centre's own of that number, where the window knew it by another id; and what the window has called, which waits again.
    """
    slips = [one for one in commands if isinstance(one, ServeByPaper | EndByPaper)]
    served = [one for one in slips if isinstance(one, ServeByPaper) and _plain(one.number)]
    ended = [one.served for one in slips if isinstance(one, EndByPaper) and _plain(one.served)]
    if not (served or ended):
        return set()
    same = [
        and_(t.day == s.day, or_(t.number == s.number, and_(t.window == s.window, t.state.in_(OPEN)))) for s in served
    ]
    here = or_(false(), *same, t.id.in_(select(p.real).where(p.hall == hall, p.id.in_(ended))))
    return {ticket_subject(key) for key in connection.execute(select(t.id).where(t.hall == hall, here)).scalars()}


def _plain(word: str) -> bool:
    """What the database can be asked for before anybody has judged it."""
    return word.isascii() and word.isprintable()


def tell_of_slip(command: Command, books: Books, now: datetime) -> None:
    """A slip was served here, and its ticket stood elsewhere as served."""
    if not isinstance(command, ServeByPaper | EndByPaper):
        return
    row = books.paper_served(command.served)
    if row is None or not row.known:
        return
    ticket = books.ticket(row.real or row.ticket)
    first = _of_ticket(ticket, books) if ticket is not None else row.known
    _tell(command, row.real or row.ticket, row.number, f"{first}；{_of_slip(row, books)}", books, now)


def tell_of_move(command: Command, books: Books, now: datetime) -> None:
    """A window did something with a ticket and was not heeded, because another serves or served it."""
    if not isinstance(command, ArriveTicket | FinishTicket):
        return  # a call in vain is no second serving
    ticket = books.ticket(command.ticket)
    if ticket is None or ticket.state not in _worked_on or ticket.window == command.window:
        return
    name = books.roster.name_of(command.actor)
    second = f"{command.window}号窗口 {name} {command.at:%H:%M} {_said[command.kind]}，中心没收"
    _tell(command, ticket.id, ticket.number, f"{_of_ticket(ticket, books)}；{second}", books, now)


def _of_ticket(ticket: Ticket, books: Books) -> str:
    at = ticket.ended_at or ticket.served_at
    when = f" {at:%H:%M}" if at else ""
    how = "凭票" if ticket.by_paper else ""
    return f"{ticket.window}号窗口 {books.roster.name_of(ticket.clerk)}{when} {how}{state_words[ticket.state]}"


def _of_slip(row: PaperServed, books: Books) -> str:
    end = f"，{row.ended_at:%H:%M} 办结" if row.ended_at else ""
    return f"{row.window}号窗口 {books.roster.name_of(row.by)} {row.at:%H:%M} 凭票接待{end}"


def _tell(command: Command, ticket: str, number: str, records: str, books: Books, now: datetime) -> None:
    """One a ticket; what is heard later stands in it too, as long as nobody has closed it."""
    words = f"{number} 两处都有记录：{records}。两边都留着，请核对号票在哪边、来的是不是同一个人。"
    known = books.task(task_id("twice", ticket))
    if known is not None:
        if known.open and known.words != words:
            books.put_task(replace(known, words=words))
        return
    books.put_task(
        Task(
            id=task_id("twice", ticket),
            kind="twice",
            subject=f"ticket:{ticket}",
            command=command.id,
            window=command.window,
            words=words,
            made_at=now,
            made_by=CENTRE,
        )
    )
