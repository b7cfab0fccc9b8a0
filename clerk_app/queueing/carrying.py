"""次日条 who was not called stands first the next open day, once: the new ticket's id follows from the old one's, so that a slip shown at two windows is one ticket.

Pure: which day it is good for is counted by the hall's calendar.
"""

from __future__ import annotations

import uuid
from datetime import date

from clerk_app.command import Refusal
from clerk_app.queueing.ticket_code import TicketCode
from clerk_app.workdays import Calendar

MOST = 5
"""So often may a ticket taken by it be void again (no paper came out) before a person has to look."""
_room = uuid.UUID("6f3a1d52-6d0e-5c1b-9a1e-2b7c0d4e8f10")


def carried_ticket(ticket: str, attempt: int = 0) -> str:
    """The id of the ticket this slip gives; another one when what it gave before never came out."""
    return str(uuid.uuid5(_room, f"{ticket}:{attempt}"))


def good_on(day: date, calendar: Calendar) -> date:
    """The day a slip of `day` is good for."""
    return calendar.due(day, 1).due


def day_refusal(code: TicketCode, today: date, calendar: Calendar) -> Refusal | None:
    """Only on the next open day."""
    on = good_on(code.day, calendar)
    if today == on:
        return None
    when = f"{on.month}月{on.day}日"
    if today < on:
        return Refusal("carried-early", f"这张次日条要到 {when} 用，今天没有取号。今天要办就照常取号。")
    return Refusal("carried-over", f"这张次日条只在 {when} 有效，已经过了，没有凭它取号。照常取号。")
