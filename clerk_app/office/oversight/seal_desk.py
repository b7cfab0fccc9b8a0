"""印章一览 the seals a person has to do with: how each stands, who keeps it, where its key is, how long its certificate is good.

Those of his departments and of his window; who supervises, manages or administers has to do with all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from clerk_app.duty.model import Person, Roster, Seal
from clerk_app.duty.standing import standing_of
from clerk_app.office.office import Office
from clerk_app.ports import Books
from clerk_app.sealing.custody import NEVER, standing_of_seal
from clerk_app.sealing.model import SealIntent, SealStanding

WARN_DAYS = 30
_all_seals = frozenset({"supervisor", "duty_manager", "admin"})


@dataclass(frozen=True, kw_only=True)
class SeenSeal:
    """一枚印章 as it stands now; `seat` is the window its key is at (0: not known), `left` its certificate's days (None: none)."""

    seal: Seal
    standing: SealStanding
    keeper: str
    seat: str = ""
    left: int | None = None
    mine: bool = False
    """Whether the person has a hand in its department: its chief's acts are offered."""

    @property
    def since(self) -> datetime | None:
        """Since when it stands so; None when nothing was ever said of it."""
        return None if self.standing.since == NEVER else self.standing.since

    @property
    def ends_soon(self) -> bool:
        """Thirty days or fewer, or over."""
        return self.left is not None and self.left <= WARN_DAYS


def seals_of(office: Office) -> tuple[str, ...]:
    """Whose lines and acts a person sees, in the order of the hall's list. Empty when nobody is signed in."""
    session, roster = office.session, office.hall.roster
    if session is None:
        return ()
    person, window = session.person, session.seat.window
    if _all_seals & set(person.roles):
        return tuple(roster.seals)
    at_window = {item.seal for item in office.hall.items.values() if window in item.windows}
    mine = departments_of(person, roster)
    return tuple(
        seal.id
        for seal in roster.seals.values()
        if seal.id in at_window
        or (seal.window == window if seal.window else seal.department in mine)
        or person.id in (seal.custodian, seal.backup)
    )


def kept_from(office: Office) -> frozenset[str]:
    """看不到的 seals of the hall a person has nothing to do with; one the list does not know is everybody's question."""
    return frozenset(office.hall.roster.seals) - frozenset(seals_of(office))


def departments_of(person: Person, roster: Roster) -> frozenset[str]:
    """His own, and those of the posts he holds or backs."""
    posts = (*roster.held_posts.get(person.id, ()), *roster.backed_posts.get(person.id, ()))
    return frozenset({person.department, *(post.department for post in posts)})


def open_intents(office: Office) -> tuple[SealIntent, ...]:
    """没有结果的用印 of those seals, the oldest first."""
    hidden = kept_from(office)
    return office.read(lambda books: tuple(one for one in books.open_seal_intents() if one.seal not in hidden))


def read_seal_desk(office: Office) -> tuple[SeenSeal, ...]:
    """Now, for who is signed in."""
    wanted, now = seals_of(office), office.parts.clock.now()
    session = office.session
    mine = departments_of(session.person, office.hall.roster) if session else frozenset()

    def look(books: Books) -> tuple[SeenSeal, ...]:
        seats = {one.device: one.window for one in books.seal_events_since(NEVER) if one.kind == "seat"}
        return tuple(_seen(office, books, seal, now.date(), seats, mine) for seal in wanted)

    return office.read(look)


def _seen(office: Office, books: Books, key: str, today: date, seats: dict[str, int], mine: frozenset[str]) -> SeenSeal:
    seal, roster = office.hall.roster.seals[key], office.hall.roster
    standing = standing_of_seal(seal, books)
    keeper = roster.name_of(standing.keeper) if standing.keeper and not seal.window else ""
    seat = standing.seat
    where = "本机" if seat and seat == books.device else f"{seats[seat]}号窗口" if seats.get(seat) else "别的机器"
    return SeenSeal(
        seal=seal,
        standing=standing,
        keeper=keeper or (f"{seal.window}号窗口在座的人" if seal.window else ""),
        seat=where if seat else "",
        left=(standing.valid_to.date() - today).days if standing.valid_to else None,
        mine=seal.department in mine,
    )


def stands_for_chief_of(office: Office, department: str) -> bool:
    """Whether who is signed in stands for the chief of this department now: then no PIN is asked of him."""
    session, post = office.session, office.hall.roster.chief_posts.get(department)
    if session is None or post is None:
        return False
    person, at = session.person.id, office.parts.clock.now()
    return office.read(lambda books: standing_of(books, person, post, at).side is not None)
