"""印章在不在手 which seal a case wants, in which machine it lies, who opens it, and why it cannot be used now; read, no word made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clerk_app.cases.catalogue import Item
from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.duty.model import Seal
from clerk_app.office.counter.seal_seats import card_of, keeper_for, seat_of
from clerk_app.office.office import Office
from clerk_app.ports import Books
from clerk_app.ports.seal import SealCard
from clerk_app.sealing.custody import unusable
from clerk_app.sealing.grants import GrantedPaper
from clerk_app.sealing.model import SealGrant
from ui.language import tr


@dataclass(frozen=True, kw_only=True)
class SealAtHand:
    """在手的印章 `off`: why its electronic form cannot be used now; `barred`: why it goes on this paper in no form."""

    seal: Seal
    card: SealCard | None = None
    lawful: bool = False
    """Its issuer is on the hall's list."""
    here: bool = False
    window: int = 0
    """At which window its key lies; 0 where that is not known."""
    keeper: str = ""
    keeper_name: str = ""
    off: Refusal | None = None
    barred: Refusal | None = None

    @property
    def by_paper(self) -> bool:
        """Only its paper form can be used at all."""
        return not self.seal.electronic or (self.off is not None and self.off.type == "no-seal-key")


@dataclass(frozen=True, kw_only=True)
class Pending:
    """等印章席用印 a grant that was given here for a seal that lies elsewhere, until when it is good, at which window."""

    grant: SealGrant
    paper: GrantedPaper
    window: int

    def over(self, now: datetime) -> bool:
        """Nobody seals by it any more."""
        return now > self.grant.expires


def seal_at_hand(office: Office, item: Item, title: str, person: str) -> SealAtHand | None:
    """For one authoriser; None where the hall's list has no such seal."""
    seal = office.hall.roster.seals.get(item.seal)
    who = office.hall.roster.people.get(person)
    if seal is None:
        return None
    card, seat = card_of(office, seal.id), seat_of(office, seal.id)
    keeper = keeper_for(office, seal.id, who) if who is not None else ""
    now, no_keeper = office.parts.clock.now(), keeper if isinstance(keeper, Refusal) else None
    stopped = office.read(lambda books: unusable(seal, now, books, electronic=False))
    over = office.read(lambda books: unusable(seal, now, books, electronic=True)) or _over(seal, card, now)
    no_seat = seat if isinstance(seat, Refusal) else None
    paper_only = (
        None
        if seal.electronic
        else Refusal("paper-seal-only", tr("{name}没有电子印章。盖实体章，登记用印。", name=seal.name))
    )
    known = "" if isinstance(keeper, Refusal) else keeper
    return SealAtHand(
        seal=seal,
        card=card if seal.electronic else None,
        lawful=card is not None and card.issuer.lower() in office.hall.lawful_issuers,
        here=not isinstance(seat, Refusal) and seat.here,
        window=office.read(lambda books: _window(books, seal.id, seat.device)) if not isinstance(seat, Refusal) else 0,
        keeper=known,
        keeper_name=office.hall.roster.name_of(known) if known else "",
        off=paper_only or over or no_seat or no_keeper,
        barred=_agency(office, item, title) or stopped,
    )


def _over(seal: Seal, card: SealCard | None, now: datetime) -> Refusal | None:
    """Of a key that lies here and is not in the books yet."""
    if card is None or card.valid_from <= now <= card.valid_to:
        return None
    return Refusal("certificate-over", tr("{name}的证书不在有效期里。换了新证书再来，或盖实体章。", name=seal.name))


def _agency(office: Office, item: Item, title: str) -> Refusal | None:
    """What the approval seal is not for."""
    if title in office.hall.not_usable_for:
        return Refusal("agency-seal-wanted", tr("{title}要盖机关公章，审批专用章不能盖。送局里办。", title=title))
    if item.agency_seal:
        return Refusal(
            "agency-seal-wanted",
            tr("{agency_seal}，要盖机关公章，审批专用章不能盖。送局里办。", agency_seal=item.agency_seal),
        )
    return None


def _window(books: Books, seal: str, device: str) -> int:
    """Where the machine stood that said it has the key."""
    rows = [row for row in books.seal_events_of(seal) if row.kind == "seat" and row.device == device]
    return rows[-1].window if rows else 0


def pending_of(books: Books, case: Case) -> Pending | None:
    """The newest grant given here for a case that waits for its seal, served by nobody yet; over or not."""
    decision = case.decision
    if decision is None or case.state not in ("granted", "refused"):
        return None
    given = [
        (grant, paper)
        for grant in books.seal_grants_until(decision.at)
        if grant.origin == books.device != grant.device
        and (paper := grant.paper(decision.digest)) is not None
        and paper.case == case.id
        and decision.digest not in grant.used
    ]
    if not given:
        return None
    grant, paper = max(given, key=lambda one: (one[0].issued, one[0].id))
    return Pending(grant=grant, paper=paper, window=_window(books, grant.seal, grant.device))
