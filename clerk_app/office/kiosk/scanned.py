"""扫来的 what a scanned paper of one's own says a ticket is to be taken for: a slip of another day, a notice, a receipt."""

from __future__ import annotations

import re
import unicodedata

from clerk_app.command import Refusal
from clerk_app.office.counter.paper_codes import check_code
from clerk_app.office.counter.ticket_from_paper import from_paper
from clerk_app.office.kiosk.wishes import Wish
from clerk_app.office.office import Office
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.ports.kiosk import PaperNamed
from clerk_app.queueing.citizen_token import CASE
from clerk_app.queueing.ticket_code import UnreadableTicketCode, is_ticket_code, read
from clerk_app.sealing.paper_code import is_paper_code

LONGEST = 2000
_page = re.compile(rf"HTTPS?://\S+/{CASE.upper()}/([A-Z2-7]{{26}})")
_code = re.compile(r"(?:CASE:)?([0-9A-Z]{4})-?([0-9A-Z]{4})")
_away = Refusal("line-cut", "线路断着，认不了这张单子。选业务取号，到窗口凭单子接着办。")


def wish_of(office: Office, text: str) -> Wish | Refusal | None:
    """None: it says nothing of a ticket to be taken, as today's own ticket does. May ask the centre: not for the screen's thread."""
    if is_ticket_code(text):
        return _of_ticket(office, text)
    named = _named(office, text)
    return _of_matter(office, named) if isinstance(named, PaperNamed) else named


def _of_ticket(office: Office, text: str) -> Wish | Refusal | None:
    """One of another day, or the slip for today of who was not called; today's own begins the form."""
    try:
        code = read(text).code
    except UnreadableTicketCode as unreadable:
        return Refusal("ticket-code-unreadable", str(unreadable))
    if code.day == office.parts.clock.now().date() and not code.carried:
        return None
    found = from_paper(office, text)
    if isinstance(found, Refusal):
        return found
    return Wish(
        id=office.parts.new_id(),
        letter=found.letter,
        item=found.item,
        priority=found.priority,
        aids=found.aids,
        carried=code.id if code.carried else "",
    )


def _named(office: Office, text: str) -> PaperNamed | Refusal | None:
    """By its signed code, by the page its QR opens, or by its query code."""
    if is_paper_code(text):
        found = check_code(office, text)
        return found if isinstance(found, Refusal) else PaperNamed(case_no=found.code.case_no)
    plain = "".join(unicodedata.normalize("NFKC", text[:LONGEST]).split()).upper()
    if page := _page.fullmatch(plain):
        return PaperNamed(token=page[1].lower())
    if code := _code.fullmatch(plain):
        return PaperNamed(query_code=f"{code[1]}-{code[2]}")
    return None


def _of_matter(office: Office, named: PaperNamed) -> Wish | Refusal:
    centre = office.parts.kiosk
    try:
        if centre is None:
            return _away
        matter = centre.matter(named)
    except CentreAway:
        return _away
    except CentreProblem as problem:
        return Refusal(problem.type, problem.sentence)
    return Wish(id=office.parts.new_id(), letter=matter.letter, item=matter.item, case=matter.case)
