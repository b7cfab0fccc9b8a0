"""凭旧单取号 a paper he brings says what he comes for: a notice, a receipt, a query code, an earlier ticket, or the slip for the next day.

What it names is opened when he is called. A number of today that still waits gives no second one.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from clerk_app.cases.coming_back import case_in_hand
from clerk_app.cases.finding import CaseLine, folded
from clerk_app.cases.model import Case
from clerk_app.cases.states import OPEN, CaseState
from clerk_app.command import Refusal
from clerk_app.office.counter.looking_up import CODE_LENGTH, find_here, find_wider
from clerk_app.office.counter.paper_codes import check_code
from clerk_app.office.counter.ticket_codes import check_ticket_code
from clerk_app.office.counter.ticket_wish import AlreadyWaiting, Wish, letter_here
from clerk_app.office.office import Office
from clerk_app.ports import Books
from clerk_app.queueing.carrying import MOST, carried_ticket, day_refusal
from clerk_app.queueing.citizen_token import CASE
from clerk_app.queueing.model import OVER, Ticket, state_words
from clerk_app.queueing.rules import CARRIED
from clerk_app.queueing.ticket_code import TicketCode, is_ticket_code
from clerk_app.sealing.paper_code import is_paper_code

LONGEST = 2000
_case_page = re.compile(rf"https?://\S+/{CASE}/([a-z2-7]{{26}})", re.IGNORECASE)
_case_code = re.compile(r"(?:CASE:)?([0-9A-Z]{4}-?[0-9A-Z]{4})")
_case_no = re.compile(r"[A-Z]{1,6}[0-9]{8}-?[0-9]{1,7}")
_under_way: tuple[CaseState, ...] = (*OPEN, "sealed")
"""Of these the ticket opens the matter itself; of what has ended only its kind is taken over."""
UNREADABLE = Refusal(
    "paper-unreadable", "没认出这张单子。扫告知单、回执或号票上的码，或输 8 位查询码；没有单子就选业务取号。"
)


def from_paper(office: Office, scanned: str) -> Wish | Refusal:
    """What its bearer comes for. May ask the centre: not for the screen's thread."""
    text = unicodedata.normalize("NFKC", scanned[:LONGEST]).strip()
    if not text:
        return Refusal("nothing-scanned", "还没扫单子。扫告知单、回执或号票上的码，或输 8 位查询码。")
    if is_ticket_code(text):
        return _of_ticket(office, text)
    if is_paper_code(text):
        found = check_code(office, text)
        return found if isinstance(found, Refusal) else _of_number(office, found.code.case_no)
    if page := _case_page.match(text):
        case = office.parts.vault.finder.with_token(page[1].lower())
        return _of_case(office, case) if case is not None else _not_here()
    return _of_number(office, text)


def _of_number(office: Office, text: str) -> Wish | Refusal:
    """By query code or by the case's number; what is not here is asked of the centre."""
    plain = "".join(text.split()).upper()
    by_code, numbered = _case_code.fullmatch(plain), _case_no.fullmatch(plain)
    if by_code is not None:
        if cases := office.parts.vault.finder.exactly("code", by_code[1]):
            return _of_case(office, cases[0])
        return _wider(office, by_code[1])
    if numbered is None:
        return UNREADABLE
    line = _line_of(find_here(office, plain).lines, plain)
    return _of_line(office, line) if line is not None else _wider(office, plain)


def _wider(office: Office, text: str) -> Wish | Refusal:
    found = find_wider(office, text)
    if isinstance(found, Refusal):
        return found if found.type != "line-cut" else _not_here(cut=True)
    line = _line_of(found.lines, text)
    return _of_line(office, line) if line is not None else _not_here()


def _line_of(lines: tuple[CaseLine, ...], text: str) -> CaseLine | None:
    """The very one: a part of a number finds more."""
    wanted = folded(text)
    if len(wanted) == CODE_LENGTH:
        return next((line for line in lines if folded(line.query_code) == wanted), None)
    return next((line for line in lines if folded(line.number) == wanted), None)


def _not_here(*, cut: bool = False) -> Refusal:
    said = "线路断着，本机没有这一件，没有认出来。" if cut else "没有找到这一件，可能是别的大厅的单子。"
    return Refusal("case-unknown", f"{said}选业务或事项取号，到窗口凭单子接着办。")


def _of_case(office: Office, case: Case) -> Wish | Refusal:
    return _of_matter(office, case.item, case.item_name, case.id, case.state)


def _of_line(office: Office, line: CaseLine) -> Wish | Refusal:
    return _of_matter(office, line.item, line.item_name, line.id, line.state)


def _of_matter(office: Office, code: str, name: str, case: str, state: CaseState) -> Wish | Refusal:
    item = office.hall.items.get(code)
    if item is None or not item.letters:
        return Refusal("item-no-line", f"{name}现在没有排队的窗口，没有认出该取哪一类。问总服务台，或选业务取号。")
    return Wish(letter=letter_here(office, item.letters), item=code, case=case if state in _under_way else "")


def _of_ticket(office: Office, text: str) -> Wish | Refusal:
    code = check_ticket_code(office, text)
    if isinstance(code, Refusal):
        return code
    today = office.parts.clock.now().date()
    ticket, case = office.read(lambda books: _known(books, code))
    if code.carried or (code.day < today and ticket is not None and ticket.state == "not_served"):
        carried = _carried(office, code, ticket, today)
        if code.carried or isinstance(carried, Wish):
            return _with_case(carried, case) if isinstance(carried, Wish) else carried
    if code.day > today:
        return Refusal("ticket-of-another-day", f"{code.number} 是 {code.day:%m-%d} 的号票，不是今天的，没有取号。")
    if code.day == today and (ticket is None or ticket.state not in OVER):
        standing = f"现在{state_words[ticket.state]}" if ticket is not None else "今天取的"
        return AlreadyWaiting(
            "ticket-today", f"{code.number} {standing}，不用再取。票丢了就补打这一张。", ticket.id if ticket else ""
        )
    if code.day == today and ticket is not None and ticket.state == "passed":
        return Refusal("ticket-passed", f"{code.number} 过号了，没有另取。在过号单里重排，不用重新取号。")
    return _with_case(Wish(letter=code.letter, item=code.item), case)


def _known(books: Books, code: TicketCode) -> tuple[Ticket | None, Case | None]:
    """The ticket, and the matter that began with it or that it was taken for."""
    ticket = books.ticket(code.id)
    return ticket, case_in_hand(ticket, books) if ticket is not None else books.case_of_ticket(code.id)


def _with_case(wish: Wish, case: Case | None) -> Wish:
    if case is None:
        return wish
    return Wish(
        letter=wish.letter, item=case.item, case=case.id if case.state in _under_way else "", priority=wish.priority,
        aids=wish.aids, id=wish.id,
    )  # fmt: skip


def _carried(office: Office, code: TicketCode, old: Ticket | None, today: date) -> Wish | Refusal:
    """次日条 on its day, once; what was served meanwhile needs none."""
    if office.hall.queue.next_day != "slip":
        return Refusal("carried-none", "本大厅不用次日条，没有凭它取号。照常取号。")
    if refusal := day_refusal(code, today, office.hall.calendar):
        return refusal
    if old is not None and old.state in ("finished", "serving"):
        return Refusal("carried-served", f"{old.number} 那天已经办了，没有凭次日条取号。还要办就照常取号。")
    key, used = office.read(lambda books: _free_id(books, code.id))
    if used is not None:
        return AlreadyWaiting(
            "carried-used",
            f"这张次日条用过了，取的是 {used.number}，现在{state_words[used.state]}，没有再取。",
            used.id,
        )
    aids = old.aids if old is not None else ()
    return Wish(letter=code.letter, item=code.item, priority=CARRIED, aids=aids, id=key)


def _free_id(books: Books, old: str) -> tuple[str, Ticket | None]:
    """The id of the ticket it gives: void ones never came out, and do not use it up."""
    for attempt in range(MOST):
        key = carried_ticket(old, attempt)
        known = books.ticket(key)
        if known is None or known.state != "void":
            return key, known
    return key, known
