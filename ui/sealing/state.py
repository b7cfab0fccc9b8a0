"""授权用印页的底数 the lists, and the one case on the table with its page, as frozen values; no word made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from clerk_app.cases.catalogue import Item
from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.duty.model import Letter
from clerk_app.office.counter.chief_desk import ChiefDesk
from clerk_app.office.counter.prepared import Prepared
from clerk_app.office.counter.seat_queue import WaitingPaper
from clerk_app.sealing.model import SealUse
from clerk_app.sealing.paper import DecisionPaper, MadePage
from ui.sealing.candidates import Candidate
from ui.sealing.seal_at_hand import Pending, SealAtHand
from ui.sealing.view import Listing


@dataclass(frozen=True, kw_only=True)
class Wish:
    """所求 which case lies on the table, who is to authorise it, and how it is to be decided; empty means as proposed."""

    case: str = ""
    """In the seal seat's list: which waiting paper (`paper_key`)."""
    person: str = ""
    refusing: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class OnTable:
    """桌上的件 the case in front: its page as it would be sealed, or why there is none; `use` once it is sealed."""

    wish: Wish
    case: Case
    item: Item
    candidates: tuple[Candidate, ...]
    chief_absent: bool
    letter: Letter | None
    seal_name: str
    day: date
    paper: DecisionPaper | None = None
    page: MadePage | None = None
    digest: str = ""
    sm3: str = ""
    png: bytes = b""
    earlier: tuple[bytes, ...] = ()
    """The pages before the one that bears the seal."""
    prepared: Prepared | None = None
    refusal: Refusal | None = None
    use: SealUse | None = None
    register_row: int = 0
    beyond: Refusal | None = None
    """Why no letter lets anybody here decide it: it is sent out."""
    seal: SealAtHand | None = None
    pending: Pending | None = None
    keepers: tuple[tuple[str, str], ...] = ()
    """Who may have pressed its paper seal, the likeliest first: person and name."""
    papers: int = 0
    """How many files of the case who sits here may read."""

    @property
    def frozen(self) -> bool:
        """Authorised already, on bytes that are kept; only the seal is missing."""
        return self.case.decision is not None and self.case.state in ("granted", "refused")

    @property
    def alone(self) -> bool:
        """One signs, and nobody has written an opinion before him: his own words are asked for (不得只签署姓名)."""
        return self.item.signatures == 1 and self.case.proposal is None and self.case.decision is None

    @property
    def person(self) -> Candidate | None:
        """Who is chosen."""
        return next((one for one in self.candidates if one.id == self.wish.person), None)


@dataclass(frozen=True, kw_only=True)
class SeatTable:
    """印章席的台面 one waiting paper in front of the seal's keeper: whose it is, and its page as it was authorised."""

    waiting: WaitingPaper
    case: Case | None
    item: Item | None
    seal: SealAtHand | None
    png: bytes = b""
    earlier: tuple[bytes, ...] = ()
    page: MadePage | None = None
    said: str = ""
    """Why its page cannot be shown yet."""


@dataclass(frozen=True, kw_only=True)
class SealingState:
    """授权用印页的底数 one moment of the desk."""

    now: datetime
    desk: ChiefDesk
    table: OnTable | None
    listing: Listing = "waiting"
    seat: tuple[WaitingPaper, ...] = ()
    """What other windows authorised for the seals in this machine."""
    seat_cases: tuple[tuple[str, Case], ...] = ()
    press: tuple[Case, ...] = ()
    """Authorised, in hand here, not registered as stamped."""
    seat_table: SeatTable | None = None
    unexplained: int = 0
    """Uses begun on this machine without a result."""


def paper_key(one: WaitingPaper) -> str:
    """A waiting paper by its grant and its bytes."""
    return f"{one.grant.id}|{one.paper.sha256}"


def shown_listing(state: SealingState, wanted: Listing) -> Listing:
    """An emptied list gives way to what waits for the seal here, to what waits, then to what is to be sent out."""
    desk = state.desk
    full = {
        "waiting": bool(desk.waiting),
        "outside": bool(desk.outside),
        "today": bool(desk.authorised),
        "seat": bool(state.seat),
        "press": bool(state.press),
    }
    if full[wanted]:
        return wanted
    order: tuple[Listing, ...] = ("waiting", "seat", "outside")
    return next((listing for listing in order if full[listing]), "waiting")


def listed(state: SealingState, listing: Listing) -> tuple[str, ...]:
    """The rows of a list by id, in its order."""
    desk = state.desk
    if listing == "today":
        return tuple(dict.fromkeys(one.use.case for one in desk.authorised))
    if listing == "seat":
        return tuple(paper_key(one) for one in state.seat)
    if listing == "press":
        return tuple(case.id for case in state.press)
    return tuple(one.case.id for one in (desk.waiting if listing == "waiting" else desk.outside))
