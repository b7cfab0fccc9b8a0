"""送审 the act at the desk: the case is taken in hand, sent, and its paper printed, in one transaction."""

from __future__ import annotations

from clerk_app.cases.model import Case
from clerk_app.cases.sending_out import SendOut
from clerk_app.command import Refusal
from clerk_app.hall import Hall
from clerk_app.office.line.holding import take_in_hand
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import Books
from clerk_app.receipts.send_out import send_out_slip
from clerk_app.receipts.slip import Slip


def send_out(office: Office, case_id: str, why: str, taker: str) -> Outcome:
    """送审 by who is signed in: the chief what he will, a window only what is outside every letter."""
    if refusal := take_in_hand(office, case_id):
        return refusal
    command = SendOut(**office.stamp().fields(office.parts.new_id), case=case_id, why=why, taker=taker)

    def papers(books: Books) -> list[Slip]:
        case = books.case(case_id)
        item = books.item(case.item) if case else None
        if case is None or item is None or case.sent_out is None:
            return []
        return [send_out_slip(case, item, office.hall.roster.name_of, office.letterhead)]

    return office.do(command, papers)


def taker_of(hall: Hall, case: Case) -> str:
    """送给谁 as the hall file has it: the department and who heads it."""
    department = hall.roster.departments[case.department]
    head = hall.roster.rules.ranks.dept_head.get(case.department, "")
    return f"{department.name} {head}".strip()


def why_of(refusal: Refusal) -> str:
    """为什么送 the first sentence of why it is not decided here."""
    return refusal.sentence.partition("，")[0]
