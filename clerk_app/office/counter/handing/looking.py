"""出件看什么 what waits to be brought, what lies on the shelves and for how long, what travels by post, and whose result somebody asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from clerk_app.cases.finding import folded, parse
from clerk_app.cases.model import Case
from clerk_app.command import Refusal, case_subject
from clerk_app.office.counter.paper_codes import check_code
from clerk_app.office.office import Office
from clerk_app.ports import Books
from clerk_app.queueing.citizen_token import is_token
from clerk_app.receipts.fees.gates import PAID_UP
from clerk_app.receipts.fees.model import Bill
from clerk_app.receipts.fees.tariff import charges_of
from clerk_app.receipts.handing.model import Result, transfer_subject
from clerk_app.receipts.handing.reminding import Age, age_of, days_here
from clerk_app.receipts.handing.taking_in import free_shelf
from clerk_app.sealing.paper_code import is_paper_code

MOST = 200
_token_in = re.compile(r"/c/([a-z2-7]{26})", re.IGNORECASE)
_code_in = re.compile(r"case:([0-9A-Za-z-]{4,12})")
_FOUND_STATES = ("granted", "refused", "sealed", "delivered", "archived")


@dataclass(frozen=True, kw_only=True)
class ResultLine:
    """一件结果 the case, where its paper is, how long it lies there."""

    case: Case
    item: str
    result: Result | None = None
    age: Age = "fresh"
    days: int = 0

    @property
    def document_no(self) -> str:
        """文号 of the decision that stands."""
        return self.case.decision.document_no if self.case.decision else ""


@dataclass(frozen=True, kw_only=True)
class HandingDesk:
    """出件台 each list in its order: to be brought, on the shelves (the longest first), in the post, done with today."""

    awaited: tuple[ResultLine, ...] = ()
    shelved: tuple[ResultLine, ...] = ()
    posted: tuple[ResultLine, ...] = ()
    today: tuple[ResultLine, ...] = ()

    @property
    def to_remind(self) -> int:
        """How many lie so long that somebody should be told."""
        return sum(line.age != "fresh" for line in self.shelved)

    @property
    def to_post(self) -> tuple[ResultLine, ...]:
        """待寄 on a shelf, and wanted by post."""
        return tuple(line for line in self.shelved if line.result is not None and line.result.by_post)


def desk(office: Office) -> HandingDesk:
    """All lists as they stand; on the store's lane."""
    now = office.parts.clock.now()
    start = datetime.combine(now.date(), time.min, now.tzinfo)

    def look(books: Books) -> HandingDesk:
        shelved, posted = books.results_in(("shelved",)), books.results_in(("posted",))
        known = {row.id for row in (*shelved, *posted)}
        left = {row.id for row in books.results_in(("expected",))}
        sealed = [
            case
            for case in books.cases_in(("sealed",))
            if case.id not in known and (case.id in left or _comes_here(office, case))
        ]
        moved = reversed(books.results_moved_since(start))
        return HandingDesk(
            awaited=tuple(_line(office, case, books.result(case.id)) for case in sealed[:MOST]),
            shelved=_lines(office, books, sorted(shelved, key=lambda row: (row.since or now, row.id))),
            posted=_lines(office, books, posted),
            today=_lines(office, books, [row for row in moved if row.state in ("out", "back", "posted")]),
        )

    return office.read(look)


def _comes_here(office: Office, case: Case) -> bool:
    """A spot case is handed out at its own window, unless it was left to be fetched later."""
    item = office.hall.items.get(case.item)
    return item is not None and item.kind != "spot"


def _lines(office: Office, books: Books, rows: Iterable[Result]) -> tuple[ResultLine, ...]:
    found = ((books.case(row.id), row) for row in rows)
    return tuple(_line(office, case, row) for case, row in found if case is not None)[:MOST]


def _line(office: Office, case: Case, row: Result | None) -> ResultLine:
    today, hall = office.parts.clock.now().date(), office.hall
    item = hall.items.get(case.item)
    shelved = row is not None and row.state == "shelved"
    return ResultLine(
        case=case,
        item=item.short if item else case.item_name,
        result=row,
        age=age_of(row, today, hall.calendar, hall.handing) if row is not None and shelved else "fresh",
        days=days_here(row, today, hall.calendar) if row is not None else 0,
    )


def line_of(office: Office, case_id: str) -> ResultLine | None:
    """One case as it stands now."""

    def look(books: Books) -> ResultLine | None:
        case = books.case(case_id)
        return None if case is None else _line(office, case, books.result(case.id))

    return office.read(look)


def find(office: Office, typed: str) -> tuple[ResultLine, ...] | Refusal:
    """认件 by the receipt's code, the paper's own code, a waybill, a number, an identity card or a name: the slip may be lost."""
    text = typed.strip()
    if not text:
        return Refusal("nothing-typed", "还没扫，也没写。扫回执、文书上的码，或写编号、证件号、姓名。")
    found = _by_code(office, text)
    cases = found if found else _by_words(office, text)
    lines = tuple(line for case in cases if (line := line_of(office, case.id)) is not None)
    wanted = tuple(line for line in lines if line.case.state in _FOUND_STATES)
    if wanted:
        return wanted
    if lines:
        return Refusal("no-result-yet", f"{lines[0].case.case_no or '这件'} 还没有办完，没有结果可领。扫码看办到哪了。")
    return Refusal("unknown-result", "没有找到这件，什么都没改。换个写法：编号、证件号、姓名都行，或到中心查。")


def _by_code(office: Office, text: str) -> tuple[Case, ...]:
    """What a scan gun types: an address with a token, a query code, a paper's own code, a waybill."""
    finder = office.parts.vault.finder
    address, code = _token_in.search(text), _code_in.fullmatch(text)
    if address and is_token(address[1].lower()):
        case = finder.with_token(address[1].lower())
        return (case,) if case is not None else ()
    if code:
        return finder.exactly("code", folded(code[1]))
    if is_paper_code(text):
        checked = check_code(office, text)
        number = "" if isinstance(checked, Refusal) else checked.code.case_no
        return _numbered(office, number) if number else ()
    if text.startswith(transfer_subject("")):
        came = office.read(lambda books: books.results_of_transfer(text.partition(":")[2]))
        return tuple(case for row in came for case in _of(office, row.id))
    row = office.read(lambda books: books.result_by_waybill(text.upper())) if len(text) >= 8 else None
    return _of(office, row.id) if row is not None else ()


def _by_words(office: Office, text: str) -> tuple[Case, ...]:
    today = office.parts.clock.now().date()
    found = _by_document(office, text) if "号" in text else []
    if not found:
        lines = office.parts.vault.finder.find(parse(text, office.hall.items, today), MOST).lines
        found = [case for line in lines for case in _of(office, line.id)]
    return tuple(sorted(found, key=lambda case: case.state != "sealed"))


def _by_document(office: Office, text: str) -> list[Case]:
    """By a 文号 as it stands on the paper, its brackets typed either way."""
    wanted = folded(text)
    sealed = office.read(lambda books: books.cases_in(("sealed",)))
    return [case for case in sealed if case.decision is not None and folded(case.decision.document_no) == wanted]


def _numbered(office: Office, number: str) -> tuple[Case, ...]:
    return tuple(case for case in _by_words(office, number) if number in (case.case_no, case.query_code))


def _of(office: Office, case_id: str) -> tuple[Case, ...]:
    case = office.read(lambda books: books.case(case_id))
    return (case,) if case is not None else ()


def unpaid(office: Office, case: Case) -> tuple[str, Sequence[Bill]]:
    """欠费 why nothing may be handed out yet, in a few words (empty: nothing owed), and its bills."""
    bills = office.read(lambda books: books.bills_of(case_subject(case.id)))
    open_bill = next((bill for bill in bills if bill.state == "open"), None)
    if open_bill is not None:
        return f"{open_bill.no} 还没缴", bills
    item = office.hall.items.get(case.item)
    paid = any(bill.state in PAID_UP for bill in bills)
    return ("还没定收费项" if item is not None and charges_of(item) and not paid else ""), bills


def next_shelf(office: Office) -> str:
    """空架号 at this window."""
    return office.read(lambda books: free_shelf(books.results_in(("shelved",)), office.window))


def brought_by(office: Office, line: ResultLine) -> str:
    """交来的人, as a rule: who handled the case, unless he is the one who takes it in."""
    me = office.session.person.id if office.session else ""
    chief = office.hall.roster.departments[line.case.department].chief_rep
    return next((one for one in (line.case.handler, chief) if one != me), "")
