"""领号段 number blocks before they run low: 20 % of a block is the floor."""

from __future__ import annotations

from clerk_app.cases.model import case_kind, document_kind
from clerk_app.duty.handing_windows import handing_windows
from clerk_app.office.office import Office
from clerk_app.ports import CentreAway, CentreProblem, Draw
from clerk_app.queueing.model import ticket_kind
from clerk_app.queueing.usecases import serving_letters
from clerk_app.receipts.fees.setting import bill_kind
from clerk_app.receipts.fees.tariff import charges_of
from clerk_app.sealing.documents import paper_book, paper_kind, serial_kind

CASE_BLOCK, RESERVE_BLOCK, DOCUMENT_BLOCK, BILL_BLOCK, PAPER_BLOCK, PROOF_BLOCK = 20, 10, 10, 10, 3, 5
PROOF = "送达回证"
RETURNED = "numbers_returned"
"""The session that gave its rests of 文号 back: until the next one none are kept in hand, only taken when wanted."""
OF_PAPERS = ("doc_no:", "paper_no:")


class BlockKeeper:
    """看着号段 tops up when something was written since it last did, or another day, window or session began."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._full_at: tuple[object, ...] = ()

    def step(self) -> None:
        """Raises `CentreAway` or `CentreProblem`."""
        if self._now() != self._full_at:
            top_up(self._office)
            self._full_at = self._now()

    def _now(self) -> tuple[object, ...]:
        office, session = self._office, self._office.session
        return (
            office.parts.vault.written,
            office.parts.clock.now().date(),
            office.window,
            office.hall.version,
            session.id if session is not None else "",
        )


def top_up(office: Office) -> None:
    """Raises `CentreAway` or `CentreProblem`."""
    wanted = blocks_wanted(office)
    if returned_here(office):
        wanted = {kind: count for kind, count in wanted.items() if not kind.startswith(OF_PAPERS)}
    fresh = [_ensure(office, kind, count) for kind, count in wanted.items()]
    if any(fresh):
        office.guard.mark()


def blocks_wanted(office: Office) -> dict[str, int]:
    """The kinds of number this desk keeps in hand, and how long a block of each is."""
    now = office.parts.clock.now()
    window = office.window
    letters = office.read(lambda books: serving_letters(books, window, now.date()))
    departments = sorted(_departments(office))
    papers = [document_kind(d, now.year) for d in departments]
    kept = [kind for kind in paper_book().kinds.values() if kind.in_hand]
    today = now.date()
    # Of the next working day too: the line may be cut before anybody is back.
    next_day = office.hall.calendar.due(today, 1).due
    tickets = [ticket_kind(letter, today, reserve=True) for letter in letters]
    tickets += [ticket_kind(letter, next_day, reserve=True) for letter in office.hall.roster.windows[window].letters]
    charged = any(charges_of(item) for item in office.hall.items_at(window))
    return {
        case_kind(now.year): CASE_BLOCK,
        **({bill_kind(now.year): BILL_BLOCK} if charged else {}),
        **dict.fromkeys(papers, DOCUMENT_BLOCK),
        **{serial_kind(d, kind, now.year): kind.in_hand for d in departments for kind in kept},
        **_of_proofs(office, now.year),
        **dict.fromkeys(tickets, RESERVE_BLOCK),
    }


def returned_here(office: Office) -> bool:
    """Whether the session at this desk has closed its day."""
    session = office.session
    return session is not None and office.parts.vault.keep.meta(RETURNED) == session.id


def at_hand(office: Office, kind: str, count: int) -> Draw | None:
    """The next serial of what is kept in hand; only who closed his day and works on asks the centre."""
    return draw(office, kind, count) if returned_here(office) else office.parts.vault.keep.next_serial(kind)


def draw(office: Office, kind: str, count: int = PAPER_BLOCK) -> Draw | None:
    """The next serial, asked of the centre when there is none here; None with the line cut. Not for the screen's thread."""
    keep = office.parts.vault.keep
    found = keep.next_serial(kind)
    if found is not None:
        return found
    try:
        keep.add_block(office.parts.centre.number_block(kind, count))
    except (CentreAway, CentreProblem):
        return None
    office.guard.mark()
    return keep.next_serial(kind)


def draws(office: Office, kind: str, count: int) -> tuple[Draw, ...]:
    """The next so many serials; what is short is asked of the centre. Fewer with the line cut. Not for the screen's thread."""
    keep = office.parts.vault.keep
    found = keep.next_serials(kind, count)
    if len(found) == count:
        return found
    try:
        keep.add_block(office.parts.centre.number_block(kind, max(count - len(found), PAPER_BLOCK)))
    except (CentreAway, CentreProblem):
        return found
    office.guard.mark()
    return keep.next_serials(kind, count)


def _of_proofs(office: Office, year: int) -> dict[str, int]:
    """送达回证 of every department whose results are handed out here: with the line cut, too."""
    proof, hall = paper_kind(PROOF), office.hall
    if proof is None or office.window not in handing_windows(hall.roster):
        return {}
    theirs = sorted({item.department for item in hall.items.values() if item.kind != "spot" and not item.external})
    return {serial_kind(department, proof, year): PROOF_BLOCK for department in theirs}


def _departments(office: Office) -> set[str]:
    """Whose 文号 this desk may need: those of its window's items, and the signed-in person's."""
    found = {item.department for item in office.hall.items_at(office.window) if not item.external}
    return found | ({office.session.person.department} if office.session else set())


def _ensure(office: Office, kind: str, count: int) -> bool:
    keep = office.parts.vault.keep
    draw = keep.next_serial(kind)
    if draw is not None and draw.left >= count // 5:
        return False
    keep.add_block(office.parts.centre.number_block(kind, count))
    return True
