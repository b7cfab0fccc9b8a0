"""领号段 number blocks before they run low: 20 % of a block is the floor."""

from __future__ import annotations

from clerk_app.cases.model import case_kind, document_kind
from clerk_app.office.office import Office
from clerk_app.queueing.model import ticket_kind

CASE_BLOCK, RESERVE_BLOCK, DOCUMENT_BLOCK = 20, 10, 10


def top_up(office: Office) -> None:
    """Raises `CentreAway` or `CentreProblem`."""
    now = office.parts.clock.now()
    window = office.hall.roster.windows[office.window]
    fresh = [_ensure(office, case_kind(now.year), CASE_BLOCK)]
    fresh += [_ensure(office, document_kind(d, now.year), DOCUMENT_BLOCK) for d in sorted(_departments(office))]
    fresh += [_ensure(office, ticket_kind(x, now.date(), reserve=True), RESERVE_BLOCK) for x in window.letters]
    if any(fresh):
        office.guard.mark()


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
