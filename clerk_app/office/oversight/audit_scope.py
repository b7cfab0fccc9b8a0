"""谁能看审计 how much of the audit a person may see, asked the same way at both ends; everything else fails closed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from clerk_app.command import Refusal
from clerk_app.duty.authority import Act, Yes, may
from clerk_app.duty.books import DutyBooks
from clerk_app.duty.model import Seat

Scope = Literal["all", "posts", "tickets", "here", "none"]
"""all: the whole hall · posts: sign-ins, accounts and posts only, no case · tickets: what was done with numbers · here: what was done at this machine · none."""

POST_KINDS: frozenset[str] = frozenset(
    {
        "record_sign_in", "record_sign_out", "record_pin_failure", "record_failed_sign_ins", "record_absence",
        "ask_absence", "approve_absence", "refuse_absence", "return_to_post", "step_in", "confirm_substitution",
        "arrange_cover", "set_noon_roster", "record_letter", "confirm_letter", "end_letter", "ask_roster_change",
        "confirm_roster_change", "drop_roster_change", "record_export", "pause_window", "resume_window",
        "ask_catalogue_change", "confirm_catalogue_change", "drop_catalogue_change",
    }
)  # fmt: skip
"""What an administrator may see: none of these names a case."""

TICKET_KINDS: frozenset[str] = frozenset(
    {
        "take_ticket", "call_ticket", "arrive_ticket", "pass_ticket", "finish_ticket", "hold_ticket", "resume_ticket",
        "return_ticket", "rejoin_ticket", "undo_ticket", "lift_ticket", "right_ticket", "free_tickets", "forward_ticket",
        "serve_by_paper", "end_by_paper", "issue_by_hand", "void_ticket", "adopt_ticket", "close_tickets",
        "hand_tickets", "take_handed_ticket",
    }
)  # fmt: skip
"""What answers «my number was skipped»: acts on numbers, of the whole hall, for who puts the lines in order."""
ALL_TICKETS = "tickets"
"""Asked for as a kind: any of them."""


def scope_of(person: str, seat: Seat, at: datetime, books: DutyBooks) -> Scope:
    """By what the person is at this moment."""

    def asked(action: str) -> object:
        return _asked(action, person, seat, at, books)

    card = asked("card")
    if isinstance(card, Yes) and card.cell == "yes":
        return "all"
    if isinstance(asked("catalogue"), Yes):
        return "posts"
    return "here" if getattr(card, "type", "") == "see-only" else "none"


def sees_tickets(person: str, seat: Seat, at: datetime, books: DutyBooks) -> bool:
    """Whether he puts the lines in order, or watches over that."""
    answer = _asked("queue_order", person, seat, at, books)
    return isinstance(answer, Yes) or answer.type == "see-only"


def _asked(action: str, person: str, seat: Seat, at: datetime, books: DutyBooks) -> Yes | Refusal:
    return may(Act(actor=person, action=action, at=at, post=seat.post, window=seat.window), books)
