"""授权用印怎么说 the whole page in words."""

from __future__ import annotations

from dataclasses import replace

from clerk_app.hall import Hall
from clerk_app.sealing.paper import MadePage, SealFace
from ui.language import tr
from ui.sealing.moment import Moment, side_of
from ui.sealing.seal_at_hand import SealAtHand
from ui.sealing.several_view import PressView
from ui.sealing.state import OnTable, SealingState, SeatTable, paper_key
from ui.sealing.telling_authority import tell_authority
from ui.sealing.telling_lists import head_of, links_of, nothing_of, rows_of
from ui.sealing.telling_press import tell_press
from ui.sealing.telling_seat import tell_seat
from ui.sealing.view import NO_AUTHORITY, NO_PRESS, NO_SHEET, AuthorityView, Listing, Ring, SealingView, SheetView
from ui.widgets.strip import StripView

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0


def tell_sealing(state: SealingState, hall: Hall, moment: Moment) -> SealingView:
    """Everything on the page."""
    listing, table = state.listing, state.table
    title, note = head_of(state, listing)
    side = side_of(state, moment)
    rows = rows_of(state, hall, listing, moment)
    marked = sum(row.id in moment.marked for row in rows)
    return SealingView(
        title=title,
        note=note,
        listing=listing,
        rows=rows,
        links=links_of(state, hall, listing),
        batch_words=tr("批量 {marked} 件", marked=marked) if marked and listing == "waiting" else "",
        chosen=_chosen(state),
        strip=_unexplained(state.unexplained),
        sheet=_sheet_of(state),
        side=side,
        authority=_authority(state, hall, moment),
        press=_press(table, hall, moment, listing) if table is not None and side == "press" else NO_PRESS,
        papers=tr("附件 {n} 份", n=table.papers) if table is not None and table.papers else "",
        empty=nothing_of(state.desk),
    )


def _press(table: OnTable, hall: Hall, moment: Moment, listing: Listing) -> PressView:
    """What is marked in another list is not stamped with this one."""
    return tell_press(table, hall, moment if listing == "press" else replace(moment, marked=frozenset()))


def _chosen(state: SealingState) -> str:
    if state.seat_table is not None:
        return paper_key(state.seat_table.waiting)
    return state.table.case.id if state.table else ""


def _authority(state: SealingState, hall: Hall, moment: Moment) -> AuthorityView:
    if state.seat_table is not None:
        return tell_seat(state.seat_table, hall, moment)
    return tell_authority(state.table, hall, moment) if state.table is not None else NO_AUTHORITY


def _sheet_of(state: SealingState) -> SheetView:
    if state.seat_table is not None:
        return _seat_sheet(state.seat_table)
    return _sheet(state.table) if state.table is not None else NO_SHEET


def _unexplained(count: int) -> StripView | None:
    """A use that was begun and has no result: somebody has to look at the tray."""
    if not count:
        return None
    rest = tr("程序中途停过。看看出纸口和文书，到用印登记里说清楚。")
    return StripView(tr("{count} 次用印没有结果。", count=count), rest, icon="stamp", link=tr("去用印登记"))


def ring_of(page: MadePage, seal: SealAtHand | None, words: str = Ring.words) -> Ring:
    """Where the seal goes, as large as it is."""
    diameter = seal.seal.diameter if seal is not None else SealFace.diameter
    return Ring(page.place.x / PAGE_WIDTH, page.place.y / PAGE_HEIGHT, diameter / 2 / PAGE_WIDTH, words)


def _seat_sheet(table: SeatTable) -> SheetView:
    paper = table.waiting.paper
    if table.page is None:
        return SheetView(title=paper.title, said=table.said)
    ring = ring_of(table.page, table.seal, tr("在此用印"))
    note = _pages(paper.pages)
    return SheetView(title=paper.title, note=note, png=table.png, earlier=table.earlier, ring=ring)


def _pages(count: int) -> str:
    return tr("共 1 页") if count == 1 else tr("共 {count} 页，看到底再授权", count=count)


def _sheet(table: OnTable) -> SheetView:
    paper, page = table.paper, table.page
    if paper is None or page is None:
        said = table.refusal.sentence if table.refusal else ""
        return SheetView(title=tr("决定书"), said=tr("这件现在没有可授权的文书。{said}", said=said))
    note = _pages(page.pages) if table.use is None else tr("共 {pages} 页", pages=page.pages)
    if table.use is not None and not table.use.electronic:
        note += tr("；盖的是实体章，在纸上")
    ring = None if table.use else ring_of(page, table.seal)
    return SheetView(title=paper.title, note=note, png=table.png, earlier=table.earlier, ring=ring)
