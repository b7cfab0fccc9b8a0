"""凭票接待 a slip shown at this window: its code read and believed, or its number with four check digits; then served here.

With the line up the centre gives this very ticket to this window, whoever's share it is. Alone, the slip itself is the
ticket: it is kept at the window, and that is recorded as a fact.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from clerk_app.command import Refusal
from clerk_app.office.counter.given import ask, away, call, cannot_call, held_or_claimed
from clerk_app.office.counter.ticket_codes import check_ticket_code
from clerk_app.office.line.beating import Beater
from clerk_app.office.line.greeting import queue_key
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import Books, CentreAway, CentreProblem
from clerk_app.queueing.day_key import check_digits
from clerk_app.queueing.model import PaperServed, Ticket, state_words
from clerk_app.queueing.on_paper import ServeByPaper
from clerk_app.queueing.ticket_code import is_ticket_code
from clerk_app.queueing.usecases import ArriveTicket, serving_letters

_typed = re.compile(r"([VY]?[A-Z][0-9]{3,5})[\s\-,，、]*([0-9]{4})")
_parts = re.compile(r"[VY]?([A-Z])([0-9]{3,5})")


@dataclass(frozen=True, kw_only=True)
class ShownSlip:
    """出示的号票 what a slip says of its ticket; without an id it is known by its number alone."""

    number: str
    letter: str
    serial: int
    day: date
    taken_at: datetime
    id: str = ""
    how: str = "code"


def serve_slip(office: Office, beater: Beater, typed: str) -> Outcome:
    """收号票接待: `typed` is what a scan gun or a person typed. Asks the centre: not for the screen's thread."""
    slip = read_slip(office, typed)
    if isinstance(slip, Refusal):
        return slip
    known = office.read(lambda books: _known(books, slip))
    if refusal := office.read(lambda books: _not_here(office, books, slip, known)):
        return refusal
    with beater.own_turn() as alone:
        if alone:
            return _by_paper(office, slip, known)
    return _by_the_centre(office, beater, slip, known)


def read_slip(office: Office, typed: str) -> ShownSlip | Refusal:
    """A slip of this hall, of today; else why not."""
    slip = _scanned(office, typed) if is_ticket_code(typed) else _by_number(office, typed)
    if isinstance(slip, Refusal):
        return slip
    today = office.parts.clock.now().date()
    if slip.day != today:
        return Refusal(
            "slip-of-another-day", f"{slip.number} 是 {slip.day:%m-%d} 的号票，不是今天的，没有接待。请他重新取号。"
        )
    return slip


def _scanned(office: Office, typed: str) -> ShownSlip | Refusal:
    code = check_ticket_code(office, typed)
    if isinstance(code, Refusal):
        return code
    if code.carried:
        return Refusal("slip-carried", f"{code.number} 是次日条，不是今天的号，没有接待。替人取号时扫它，排在前面。")
    return ShownSlip(
        id=code.id,
        number=code.number,
        letter=code.letter,
        serial=code.serial,
        day=code.day,
        taken_at=code.taken_at,
    )


def _by_number(office: Office, typed: str) -> ShownSlip | Refusal:
    """As printed beside it: the number, then the check digits of this day."""
    plain = _typed.fullmatch(unicodedata.normalize("NFKC", typed).strip().upper())
    if plain is None:
        return Refusal("slip-unreadable", "没有读懂，没有接待。扫号票上的码，或输号码和 4 位校验，例如 A012 4711。")
    number, digits = plain.groups()
    now = office.parts.clock.now()
    key = queue_key(office, now.date())
    if key is None:
        return Refusal("slip-no-key", f"本机今天还没连过中心，{number} 的校验对不了，没有接待。请扫号票上的码。")
    if not hmac.compare_digest(check_digits(key, number), digits):
        return Refusal("slip-wrong-check", f"{number} 的 4 位校验不对，没有接待。照票再输一次；昨天的票也会不对。")
    parts = _parts.fullmatch(number)
    letter, serial = (parts[1], int(parts[2])) if parts else ("", 0)
    return ShownSlip(number=number, letter=letter, serial=serial, day=now.date(), taken_at=now, how="check")


def _known(books: Books, slip: ShownSlip) -> Ticket | None:
    return (books.ticket(slip.id) if slip.id else None) or books.ticket_numbered(slip.day, slip.number)


def open_paper(books: Books, ticket: str, window: int, day: date) -> PaperServed | None:
    """凭票接待 of this ticket at this window that has not ended."""
    return next(
        (
            row
            for row in books.papers_served(day)
            if row.window == window and row.ended_at is None and ticket in (row.ticket, row.real)
        ),
        None,
    )


def _not_here(office: Office, books: Books, slip: ShownSlip, known: Ticket | None) -> Refusal | None:
    """Why nobody is received with it here."""
    letters = serving_letters(books, office.window, slip.day)
    letter = known.letter if known else slip.letter
    if letter not in letters:
        name = office.hall.queue.letters.get(letter, letter)
        return Refusal("letter-elsewhere", f"{slip.number} 是{name}的号，本窗口不办，没有接待。请他到办这类的窗口。")
    served = _served(books, slip, known)
    back = known is not None and known.state in ("waiting", "called", "held")
    if served and not (back and served.window == office.window):
        where = "本窗口" if served.window == office.window else f"{served.window}号窗口"
        word = "办结" if served.ended_at else "接待"
        return Refusal(
            "slip-served",
            f"{slip.number} {served.ended_at or served.at:%H:%M} 已凭票在{where}{word}，没有再接。还要办就重新取号。",
        )
    if known is None or known.state in ("waiting", "issuing", "called", "held"):
        return None
    return _over(office, slip, known)


def _served(books: Books, slip: ShownSlip, known: Ticket | None) -> PaperServed | None:
    keys = {key for key in (slip.id, known.id if known else "") if key}
    return next(
        (
            row
            for row in books.papers_served(slip.day)
            if row.number == slip.number or row.ticket in keys or (row.real and row.real in keys)
        ),
        None,
    )


def _over(office: Office, slip: ShownSlip, known: Ticket) -> Refusal:
    """Being served, or done with."""
    at = known.ended_at or known.served_at
    when = f" {at:%H:%M}" if at else ""
    where = "本窗口" if known.window == office.window else f"{known.window}号窗口" if known.window else ""
    if known.state == "passed":
        return Refusal(
            "slip-passed", f"{slip.number}{when} 在{where}过号了，没有接待。先过号受理，或写明原因下一个就办。"
        )
    word = state_words[known.state]
    return Refusal(
        "slip-served",
        f"{slip.number}{when} 在{where}{word}，没有再接。还要办就重新取号。"
        if known.state in ("serving", "finished")
        else f"{slip.number} 已经{word}，没有接待。请他重新取号。",
    )


def _by_paper(office: Office, slip: ShownSlip, known: Ticket | None) -> Outcome:
    """The fact; what this window has called waits again, what it is serving is finished first."""
    day, window = slip.day, office.window
    current = office.read(lambda books: books.open_call_at(window, day))
    if current is not None and current.state == "serving":
        return Refusal("window-busy", f"{current.number} 还在办，{slip.number} 没有接。先办结（F8）或挂起（F6）。")
    command = ServeByPaper(
        **office.stamp().fields(office.parts.new_id),
        served=office.parts.new_id(),
        ticket=slip.id or (known.id if known else office.parts.new_id()),
        day=day,
        number=slip.number,
        letter=slip.letter,
        serial=slip.serial,
        taken_at=slip.taken_at,
        how=slip.how,
    )
    return office.do(command)


def _by_the_centre(office: Office, beater: Beater, slip: ShownSlip, known: Ticket | None) -> Outcome:
    """This ticket and no other, given to this window because its slip is here; called and received at once."""
    day = slip.day
    current = office.read(lambda books: books.open_call_at(office.window, day))
    if current is not None and known is not None and current.id == known.id:
        return office.do(ArriveTicket(**office.stamp().fields(office.parts.new_id), ticket=known.id))
    if refusal := cannot_call(office, office.stamp()):
        return refusal
    key = slip.id or (known.id if known else "")
    if not key:
        return Refusal("unknown-ticket", f"中心还没有 {slip.number}，没有接待。扫号票上的码，或等几秒再输。")
    try:
        given = _given(office, beater, key)
    except CentreAway:
        return away(beater)
    if isinstance(given, Refusal):
        return given
    called = call(office, given.id)
    if isinstance(called, Refusal):
        return called
    return office.do(ArriveTicket(**office.stamp().fields(office.parts.new_id), ticket=given.id))


def _given(office: Office, beater: Beater, ticket: str) -> Ticket | Refusal:
    queue, window = office.parts.queue, office.window
    if queue is not None and not beater.without_route:
        return ask(office, lambda _: queue.take_by_code(window, ticket))
    try:
        mine = held_or_claimed(office, ticket)
    except CentreProblem as problem:
        return Refusal(problem.type, problem.sentence)
    found = office.read(lambda books: books.ticket(ticket)) if mine else None
    return found or Refusal("ticket-elsewhere", "这一号在别的窗口手上，没有接待。到那个窗口办，或等它退回来。")
