"""要取的号 what a ticket is wanted for, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from clerk_app.command import Refusal
from clerk_app.office.office import Office


@dataclass(frozen=True, kw_only=True)
class Wish:
    """要取的号 for what business and on what ground. `id` is the ticket's, made when he was asked: said twice, it is one ticket.

    `case` is a matter of his that is under way; `priority` a ground the clerk looked at; the ID number itself is kept nowhere.
    """

    letter: str = ""
    item: str = ""
    case: str = ""
    priority: str = ""
    appointment: datetime | None = None
    aids: tuple[str, ...] = ()
    id_number: str = field(default="", repr=False)
    id: str = ""


@dataclass(frozen=True)
class AlreadyWaiting(Refusal):
    """一人一号 he has one of this line already, and its slip may be printed again."""

    ticket: str = ""


def letter_here(office: Office, letters: tuple[str, ...]) -> str:
    """This window's own line before another of the item's."""
    window = office.hall.roster.windows.get(office.window)
    own = [letter for letter in letters if window is not None and letter in window.letters]
    return (own or letters)[0]
