"""待用印 what was authorised at another window for a seal whose key is in this machine; its keeper puts it on, the paper comes out there.

The page comes from the centre by its digest: not one byte but the authorised ones is sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clerk_app.canonical import sha256
from clerk_app.cases.catalogue import Item
from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.office.counter.issued import frozen_page, print_out
from clerk_app.office.counter.prepared import NO_SEALING, decided_paper
from clerk_app.office.counter.seal_seats import Keeper
from clerk_app.office.counter.stamping import Opened, Sheet, Use, came_to_nothing, make, opened, record_of
from clerk_app.office.line.attaching import content_of
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.ports import Books, CentreAway, CentreProblem, StoreTrouble
from clerk_app.sealing.granting import BeginSealUse
from clerk_app.sealing.grants import GrantedPaper, GrantTerms, SignedGrant
from clerk_app.sealing.model import SealGrant
from clerk_app.sealing.paper import MadePage
from clerk_app.sealing.permission import sealed_before


@dataclass(frozen=True, kw_only=True)
class WaitingPaper:
    """等用印的一份 its grant, and until when it is good."""

    grant: SealGrant
    paper: GrantedPaper
    until: datetime
    window: int


def waiting(office: Office, books: Books) -> tuple[WaitingPaper, ...]:
    """For this machine, not served yet and still good; the oldest first."""
    now = office.parts.clock.now()
    found = (grant for grant in books.seal_grants_until(now) if grant.device == books.device != grant.origin)
    return tuple(
        WaitingPaper(grant=grant, paper=paper, until=grant.expires, window=grant.window)
        for grant in found
        for paper in grant.papers
        if paper.sha256 not in grant.used and not _sealed(books, paper)
    )


def _sealed(books: Books, paper: GrantedPaper) -> bool:
    """By another grant: its window was in a hurry and authorised it twice."""
    case = books.case(paper.case)
    return case is not None and sealed_before(case, paper.sha256, books)


def signed(grant: SealGrant, paper: GrantedPaper) -> SignedGrant:
    """The grant as its chief signed it, back from its row."""
    terms = GrantTerms(
        id=grant.id,
        seal=grant.seal,
        keeper=grant.keeper,
        chief=grant.chief,
        acting_for=grant.acting_for,
        letter=grant.letter,
        window=grant.window,
        device=grant.device,
        issued=grant.issued,
        expires=grant.expires,
        papers=tuple(one.entry for one in grant.papers),
        public=grant.public,
        certificate=grant.certificate,
    )
    return SignedGrant(terms=terms, paper=paper, signature=grant.signature)


def seal_waiting(office: Office, grant_id: str, digest: str, keeper: Keeper) -> Outcome:
    """盖 one waiting paper with the keeper's PIN. Not for the screen's thread. Its window marks the case and prints the paper."""
    grant = office.read(lambda books: books.seal_grant(grant_id))
    paper = grant.paper(digest) if grant else None
    if grant is None or paper is None:
        return Refusal("no-grant", "没有这次授权，没有用印。刷新一下再看。")
    if keeper.person != grant.keeper:
        name = office.hall.roster.name_of(grant.keeper)
        return Refusal("not-the-keeper", f"这次授权写的是{name}开印章，没有用印。请他本人来，或重新授权。")
    page = _page(office, paper)
    if isinstance(page, Refusal):
        return page
    with opened(office, grant.seal, keeper) as open_:
        if isinstance(open_, Refusal):
            return open_
        command = BeginSealUse(
            **office.stamp().fields(office.parts.new_id),
            seal_use=office.parts.new_id(),
            grant=grant.id,
            digest=digest,
        )
        begun = office.do(command)
        return (
            begun if isinstance(begun, Refusal) else _stamp(office, signed(grant, paper), page, open_, command.seal_use)
        )


def _page(office: Office, paper: GrantedPaper) -> MadePage | Refusal:
    """The very bytes, and where their seal goes: the same words laid out the same way."""
    case = office.read(lambda books: books.case(paper.case))
    item = office.hall.items.get(case.item) if case else None
    if case is None or item is None:
        return Refusal("unknown-case", "这件还没有同步到本机，没有用印。等同步完再来。")
    try:
        pdf = content_of(office, paper.sha256)
    except (StoreTrouble, CentreAway, CentreProblem):
        return Refusal("page-elsewhere", "要盖的那份文书还没有送到，没有用印。等一下再来；授权过期就请重新授权。")
    if sha256(pdf) != paper.sha256:
        return Refusal("other-bytes", "送来的不是授权的那份，没有用印。请重新授权。")
    return _placed(office, case, item, paper, pdf)


def _placed(office: Office, case: Case, item: Item, paper: GrantedPaper, pdf: bytes) -> MadePage | Refusal:
    pages = office.parts.pages
    if pages is None or case.decision is None:
        return NO_SEALING
    return MadePage(pdf, paper.pages, pages.decision(decided_paper(office, case, item)).place)


def _stamp(office: Office, grant: SignedGrant, page: MadePage, seal: Opened, use: str) -> Outcome:
    sheet = Sheet(page=page, paper=grant.paper, seam=grant.paper.pages > 1)
    sealed = make(office, sheet, grant, seal)
    if isinstance(sealed, Refusal):
        return came_to_nothing(office, use, sealed)
    fields = office.stamp().fields(office.parts.new_id)
    return office.do_together((record_of(fields, sheet, sealed, Use(use=use, grant=grant.terms.id, seal=seal), None),))


def print_sealed(office: Office, use_id: str) -> Outcome:
    """打盖好的 at the window that asked, or once more later: the same bytes. Not for the screen's thread."""
    use = office.read(lambda books: books.seal_use(use_id))
    if use is None or not use.electronic:
        return Refusal("unknown-document", "没有这份盖好的文书，没有打。刷新一下再看。")
    pdf = frozen_page(office, use.digest_after)
    if pdf is None:
        return Refusal(
            "page-elsewhere", "盖好的文书还没有送到本机，没有打；章已经盖好、登记了。等一下到用印登记里按“再打一份”。"
        )
    return print_out(office, pdf, use.title, use.copies, Done(use.id))
