"""备台面 reads the lists and lays one case on the table with its page; on the store's thread."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from clerk_app.canonical import sm3
from clerk_app.cases.catalogue import Item
from clerk_app.cases.decision import Outcome as Decided
from clerk_app.cases.department import department_to_seal
from clerk_app.cases.model import Case
from clerk_app.cases.sending_out import outside
from clerk_app.command import Refusal
from clerk_app.duty.letters import letter_by_number
from clerk_app.duty.model import Letter
from clerk_app.office.counter.case_papers import papers_of
from clerk_app.office.counter.chief_desk import chief_desk
from clerk_app.office.counter.department import prepare_seal_use
from clerk_app.office.counter.paper_stamps import to_press, usual_keeper
from clerk_app.office.counter.prepared import NO_SEALING, decided_paper, prepare
from clerk_app.office.counter.seal_seats import face_for
from clerk_app.office.counter.seat_queue import waiting
from clerk_app.office.office import Office
from clerk_app.ports import Books
from clerk_app.sealing.custody import keepers, standing_of_seal
from clerk_app.sealing.model import SealUse
from clerk_app.sealing.paper import DecisionPaper, SealFace
from ui.language import tr
from ui.sealing.candidates import candidates_for, preselected
from ui.sealing.seal_at_hand import pending_of, seal_at_hand
from ui.sealing.seat_loading import earlier_pages, seat_table
from ui.sealing.state import OnTable, SealingState, Wish, paper_key, shown_listing
from ui.sealing.view import Listing

SHOWN, WIDTH = 300, 1240
NO_REASON = tr("（在右边写明，印在这里）")


def load_state(
    office: Office, wish: Wish, before: SealingState | None = None, wanted: Listing = "waiting"
) -> SealingState:
    """Read it all; a page that is already made for the same wish is not made again."""
    state = office.read(lambda books: _lists(office, books))
    state = replace(state, listing=shown_listing(state, wanted))
    if state.listing == "seat":
        chosen = next((one for one in state.seat if paper_key(one) == wish.case), state.seat[0])
        return replace(state, seat_table=seat_table(office, chosen, before.seat_table if before else None))
    asked = office.read(lambda books: books.case(wish.case)) if wish.case else None
    table = before.table if before else None
    first = state.press if state.listing == "press" else state.desk.cases
    case = asked if asked is not None and _lies(asked, state, table) else next(iter(first), None)
    found = _on_table(office, case, wish, table, state.now) if case is not None else None
    return replace(state, table=_with_papers(office, found))


def _with_papers(office: Office, table: OnTable | None) -> OnTable | None:
    """Counted anew at every look: a scan may come while the page lies there."""
    if table is None:
        return None
    found = papers_of(office, table.case.id)
    return replace(table, papers=len(found.papers) if found.refusal is None else 0)


def _lists(office: Office, books: Books) -> SealingState:
    now = office.parts.clock.now()
    seat = waiting(office, books)
    cases = ((paper_key(one), books.case(one.paper.case)) for one in seat)
    open_ = [one for one in books.open_seal_intents() if one.device == books.device]
    return SealingState(
        now=now,
        desk=chief_desk(office, books, now),
        table=None,
        seat=seat,
        seat_cases=tuple((key, case) for key, case in cases if case is not None),
        press=tuple(case for case in to_press(office, books) if not _goes_elsewhere(books, case, now)),
        unexplained=len(open_),
    )


def _goes_elsewhere(books: Books, case: Case, now: datetime) -> bool:
    """Its electronic seal is put on at another machine: nobody stamps it here meanwhile."""
    pending = pending_of(books, case)
    return pending is not None and not pending.over(now)


def _lies(asked: Case, state: SealingState, before: OnTable | None) -> bool:
    """It waits, was authorised today, or was on the table when it was sealed."""
    desk = state.desk
    sealed = asked.decision is not None and before is not None and before.case.id == asked.id
    today = any(one.use.case == asked.id for one in desk.authorised)
    return sealed or today or any(case.id == asked.id for case in (*desk.cases, *state.press))


def _on_table(office: Office, case: Case, wish: Wish, before: OnTable | None, now: datetime) -> OnTable | None:
    item = office.hall.items.get(case.item)
    if item is None:
        return None
    same = case.id == wish.case
    candidates, chief_absent = office.read(lambda books: candidates_for(books, case, item, now))
    known = {one.id for one in candidates}
    person = wish.person if same and wish.person in known else preselected(office, candidates, case, chief_absent)
    wish = Wish(
        case=case.id,
        person=case.decision.by if case.decision else person,
        refusing=same and wish.refusing and case.decision is None and department_to_seal(case) is None,
        reason=wish.reason if same else "",
    )
    seal = office.hall.roster.seals.get(item.seal)
    table = OnTable(
        wish=wish,
        case=case,
        item=item,
        candidates=candidates,
        chief_absent=chief_absent,
        letter=office.read(lambda books: _letter(books, case)),
        beyond=office.read(lambda books: _beyond(books, case, now)),
        seal_name=seal.name if seal else item.seal,
        day=now.date(),
        seal=seal_at_hand(office, item, _title(case, item, refusing=wish.refusing), wish.person),
        pending=office.read(lambda books: pending_of(books, case)),
        keepers=office.read(lambda books: _keepers(office, books, case, item)),
    )
    if before is not None and before.prepared is not None and _same(before, table):
        return before
    if case.decision is None:
        return _undecided(office, table)
    use = office.read(lambda books: _use(books, case))
    return _drawn_before(table, before, use) or _decided(office, table, use)


def _drawn_before(table: OnTable, before: OnTable | None, use: SealUse | None) -> OnTable | None:
    """A decided page is drawn once: its words do not change any more, only whether and by which seal it is sealed."""
    if before is None or not before.png or before.prepared is not None or before.case.id != table.case.id:
        return None
    if (before.case.decision, before.use, before.day) != (table.case.decision, use, table.day):
        return None
    return replace(
        table,
        paper=before.paper,
        page=before.page,
        digest=before.digest,
        sm3=before.sm3,
        png=before.png,
        earlier=before.earlier,
        use=use,
        register_row=before.register_row,
    )


def _title(case: Case, item: Item, *, refusing: bool) -> str:
    """What it will be called, before there is a page."""
    proposed = case.decision.outcome if case.decision else case.proposal.outcome if case.proposal else "grant"
    return (
        tr("不予行政许可决定书")
        if refusing or proposed == "refuse"
        else item.decision_document or tr("准予行政许可决定书")
    )


def _keepers(office: Office, books: Books, case: Case, item: Item) -> tuple[tuple[str, str], ...]:
    """Asked only of what may be stamped now."""
    seal = office.hall.roster.seals.get(item.seal)
    if seal is None or case.state not in ("granted", "refused"):
        return ()
    usual = usual_keeper(office, books, case)
    all_ = dict.fromkeys(one for one in (usual, *keepers(seal, standing_of_seal(seal, books))) if one)
    return tuple((one, office.hall.roster.name_of(one)) for one in all_)


def _beyond(books: Books, case: Case, now: datetime) -> Refusal | None:
    """Asked only of what nobody has decided yet."""
    decided = case.decision is not None or department_to_seal(case) is not None
    return None if decided else outside(case, now, books)


def _letter(books: Books, case: Case) -> Letter | None:
    """What it was decided by; before that, the newest that lists the item. None for what the department decided."""
    if department_to_seal(case) is not None:
        return None
    if case.decision is not None:
        return letter_by_number(books, case.decision.letter)
    return books.roster.letter_for(case.item, case.department)


def _same(one: OnTable, other: OnTable) -> bool:
    """Nothing the page rests on has changed."""
    return (one.wish, one.case, one.candidates, one.day, one.seal) == (
        other.wish,
        other.case,
        other.candidates,
        other.day,
        other.seal,
    )


def _undecided(office: Office, table: OnTable) -> OnTable:
    """The page exactly as it would be sealed; where the chosen one may not, the chief's page is shown all the same."""
    case, wish = table.case, table.wish
    outcome: Decided = "refuse" if wish.refusing else case.proposal.outcome if case.proposal else "grant"
    opinion = (wish.reason or NO_REASON) if wish.refusing else case.proposal.opinion if case.proposal else wish.reason
    own = table.person.refusal if table.person else None
    signer = table.letter.person if table.letter else wish.person
    try:
        if department_to_seal(case) is not None:
            made = prepare_seal_use(office, case.id)
        else:
            made = prepare(office, case.id, signer if own is not None else wish.person, outcome, opinion)
        png = b"" if isinstance(made, Refusal) else _picture(office, made.paper, None)
        earlier = () if isinstance(made, Refusal) else earlier_pages(office, made.paper, made.page.pages)
    except ValueError as error:  # a blank page, or a character no font has
        made, png, earlier = Refusal("page-not-made", str(error)), b"", ()
    if isinstance(made, Refusal):
        return replace(table, refusal=own or made)
    return replace(
        table,
        refusal=own,
        prepared=made,
        paper=made.paper,
        page=made.page,
        digest=made.digest,
        sm3=sm3(made.page.pdf),
        letter=made.letter,
        png=png,
        earlier=earlier,
    )


def _use(books: Books, case: Case) -> SealUse | None:
    """A stamp that was voided is no stamp of this decision."""
    use = books.seal_use_of(case.id)
    return None if use is None or use.id in {voided.seal_use for voided in case.life.voided} else use


def _decided(office: Office, table: OnTable, use: SealUse | None) -> OnTable:
    """Authorised already: the same page, from the same values; with the seal on it where it is sealed electronically."""
    case, decision, pages = table.case, table.case.decision, office.parts.pages
    if decision is None or pages is None:
        return replace(table, refusal=NO_SEALING)
    paper = decided_paper(office, case, table.item)
    known = use is not None and use.electronic and use.seal in office.hall.roster.seals
    face = face_for(office, use.seal) if use is not None and known else None
    made = pages.decision(paper)
    return replace(
        table,
        paper=paper,
        page=made,
        digest=use.digest_after if use else decision.digest,
        sm3="" if use else sm3(made.pdf),
        png=_picture(office, paper, face),
        earlier=earlier_pages(office, paper, made.pages),
        use=use,
        register_row=_register_row(office, use) if use else 0,
    )


def _picture(office: Office, paper: DecisionPaper, face: SealFace | None) -> bytes:
    pages = office.parts.pages
    return b"" if pages is None else pages.picture(paper, WIDTH, face)


def _register_row(office: Office, use: SealUse) -> int:
    """The line of this machine's journal the seal use stands in; 0 when it was registered elsewhere."""
    subject = f"seal_use:{use.id}"
    return next((row.seq for row in office.parts.vault.journal.rows((), SHOWN) if subject in row.subjects), 0)
