"""文号的收尾 rests of blocks go back when the day is closed, and every number that was never used is explained."""

from __future__ import annotations

from clerk_app.office.line.blocks import RETURNED
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.ports import Books, CentreAway, CentreProblem
from clerk_app.sealing.gaps import ExplainGaps, NumberGap, ReturnNumbers, gaps


def open_gaps(office: Office) -> tuple[NumberGap, ...]:
    """空号 of this device that nobody has explained, oldest kind first."""
    blocks = office.parts.vault.keep.given_blocks()
    kinds = sorted({block.kind for block in blocks})

    def explained(books: Books) -> list[tuple[str, int]]:
        return [(kind, serial) for kind in kinds for note in books.gap_notes(kind) for serial in note.serials]

    return gaps(blocks, office.read(explained))


def explain_gaps(office: Office, kind: str, serials: tuple[int, ...], reason: str) -> Outcome:
    """空号说明."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(
        ExplainGaps(**fields, note=office.parts.new_id(), number_kind=kind, serials=serials, reason=reason)
    )


def return_numbers(office: Office) -> int:
    """交回号段 all rests of 文号, when the centre can hear it; answers how many serials. With the line cut they stay for tomorrow."""
    rests = tuple(
        (block.id, block.rest, block.last)
        for block in office.parts.vault.keep.given_blocks()
        if block.returned_from is None and block.rest <= block.last
    )
    if not rests or not _heard(office):
        return 0
    fields = office.stamp().fields(office.parts.new_id)
    done = office.do(ReturnNumbers(**fields, blocks=tuple((block, first) for block, first, _ in rests)))
    if not isinstance(done, Done):
        return 0
    if office.session is not None:
        office.parts.vault.keep.put_meta(RETURNED, office.session.id)
    return sum(last - first + 1 for _, first, last in rests)


def _heard(office: Office) -> bool:
    try:
        office.parts.centre.hello()
    except (CentreAway, CentreProblem):
        return False
    return True
