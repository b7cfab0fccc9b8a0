"""谁能看审计 how much of the audit a person may see, asked the same way at both ends; everything else fails closed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from clerk_app.duty.authority import Act, Yes, may
from clerk_app.duty.books import DutyBooks
from clerk_app.duty.model import Seat

Scope = Literal["all", "posts", "here", "none"]
"""all: the whole hall · posts: sign-ins, accounts and posts only, no case · here: what was done at this machine · none."""

POST_KINDS: frozenset[str] = frozenset(
    {
        "record_sign_in", "record_sign_out", "record_pin_failure", "record_failed_sign_ins", "record_absence",
        "ask_absence", "approve_absence", "refuse_absence", "return_to_post", "step_in", "confirm_substitution",
        "arrange_cover", "set_noon_roster", "record_letter", "confirm_letter", "end_letter", "ask_roster_change",
        "confirm_roster_change", "drop_roster_change", "record_export", "pause_window", "resume_window",
    }
)  # fmt: skip
"""What an administrator may see: none of these names a case."""


def scope_of(person: str, seat: Seat, at: datetime, books: DutyBooks) -> Scope:
    """By what the person is at this moment."""

    def asked(action: str) -> object:
        return may(Act(actor=person, action=action, at=at, post=seat.post, window=seat.window), books)

    card = asked("card")
    if isinstance(card, Yes) and card.cell == "yes":
        return "all"
    if isinstance(asked("catalogue"), Yes):
        return "posts"
    return "here" if getattr(card, "type", "") == "see-only" else "none"
