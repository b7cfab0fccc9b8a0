"""备印章席的台面 one paper another window authorised, with its page laid out as it was then."""

from __future__ import annotations

from clerk_app.office.counter.prepared import decided_paper
from clerk_app.office.counter.seat_queue import WaitingPaper
from clerk_app.office.office import Office
from clerk_app.sealing.paper import DecisionPaper
from ui.language import tr
from ui.sealing.seal_at_hand import seal_at_hand
from ui.sealing.state import SeatTable, paper_key

WIDTH = 1240
NOT_HERE = tr("这件还没有同步到本机，同步完就看得到。授权过期前没有到，就请那边重新授权。")


def seat_table(office: Office, one: WaitingPaper, before: SeatTable | None) -> SeatTable:
    """On the store's thread; the same paper is not laid out twice."""
    if before is not None and before.png and paper_key(before.waiting) == paper_key(one):
        return before
    case = office.read(lambda books: books.case(one.paper.case))
    item = office.hall.items.get(case.item) if case else None
    seal = seal_at_hand(office, item, one.paper.title, one.grant.chief) if item else None
    pages = office.parts.pages
    if case is None or item is None or case.decision is None or pages is None:
        return SeatTable(waiting=one, case=case, item=item, seal=seal, said=NOT_HERE)
    paper = decided_paper(office, case, item)
    made = pages.decision(paper)
    return SeatTable(
        waiting=one,
        case=case,
        item=item,
        seal=seal,
        png=pages.picture(paper, WIDTH),
        earlier=earlier_pages(office, paper, made.pages),
        page=made,
    )


def earlier_pages(office: Office, paper: DecisionPaper, total: int) -> tuple[bytes, ...]:
    """Pictures of what comes before the page that bears the seal."""
    pages = office.parts.pages
    return () if pages is None else tuple(pages.picture(paper, WIDTH, None, page) for page in range(1, total))
