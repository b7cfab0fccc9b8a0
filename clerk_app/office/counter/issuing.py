"""出文书 a paper of a case: its number drawn, its page made, exactly what is printed kept, and its seal line written with it.

A procedure paper is the clerk's act; what bears the approval seal is authorised by who stands for the chief representative,
with his PIN. Printing comes last: a paper that did not come out is printed again as a marked copy, under the same number.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from clerk_app.cases.back_entry.checking import unchecked_sheet
from clerk_app.cases.model import Case
from clerk_app.command import Refusal, case_subject
from clerk_app.duty.authority import act_by, may
from clerk_app.duty.letters import letter_to_decide
from clerk_app.duty.model import Seal
from clerk_app.office.counter.by_pin import Countersigner, Hand, hand_of
from clerk_app.office.counter.issued import NO_PAGES, print_paper
from clerk_app.office.counter.paper_codes import code_of
from clerk_app.office.counter.sealed_papers import Sealing, issue_sealed, sealing_hand
from clerk_app.office.line.blocks import draw
from clerk_app.office.office import Beside, Office, Outcome
from clerk_app.ports import Books, Document, Draw
from clerk_app.sealing.documents import (
    PaperKind,
    class_of,
    department_word,
    paper_book,
    paper_kind,
    paper_number,
    serial_kind,
)
from clerk_app.sealing.issuing import IssueDocument, stands_for_chief
from clerk_app.sealing.model import PaperClass
from clerk_app.sealing.paper import MadePage
from clerk_app.sealing.wording_papers import missing_refusal, official_paper
from clerk_app.sealing.wording_values import Setting, Subject


@dataclass(frozen=True, kw_only=True)
class _Order:
    """要出的文书 what it is, of what, in which class, and the seal that goes on it."""

    kind: PaperKind
    subject: Subject
    setting: Setting
    sort: PaperClass
    seal: Seal | None


def issue(office: Office, case_id: str, kind: str, *, by: Countersigner | None = None) -> Outcome:
    """出一份. Not for the screen's thread: it may ask the centre for a number. `Done.command` is the act's id.

    A refusal of type `not-printed` alone says that the paper stands and only did not come out of the printer.
    """
    order = _order(office, case_id, kind)
    if isinstance(order, Refusal):
        return order
    hand = _hand(office, order, by)
    if isinstance(hand, Refusal):
        return hand
    number = _number(office, order)
    if isinstance(number, Refusal):
        return number
    page = _page(office, order, number[1])
    if isinstance(page, Refusal):
        return page
    command, beside = _act(office, order, hand, number, page)
    if hand.key is not None and order.seal is not None and by is not None:
        return issue_sealed(office, (command, beside), page, Sealing(hand=hand, seal=order.seal.id, pin=by.pin))
    done = office.do(command, beside=beside)
    return done if isinstance(done, Refusal) else print_paper(office, page.pdf, order.kind.name, page.pages, done)


def can_issue(office: Office, books: Books, case_id: str) -> tuple[str, ...]:
    """能出的文书 the kinds whose words are all true of this case now, for a page's list; what was printed once for all is left out."""
    case = books.case(case_id)
    item = books.item(case.item) if case else None
    if case is None or item is None or office.session is None:
        return ()
    subject = Subject(case=case, item=item, replaced=books.case(case.life.replaces) if case.life.replaces else None)
    setting, printed = _setting(office), {row.paper for row in books.case_documents_of(case_id)}
    return tuple(
        name
        for name, kind in paper_book().kinds.items()
        if not kind.decided
        and not kind.form
        and (kind.again or name not in printed)
        and missing_refusal(kind, subject, setting) is None
    )


def _order(office: Office, case_id: str, name: str) -> _Order | Refusal:
    """What may be issued at all, and by which seal."""
    kind = paper_kind(name)
    if kind is None or kind.decided:
        return Refusal("unknown-paper", f"{name}不从这里出，没有出。决定书由首席代表授权时做成。")
    if kind.form:
        return Refusal("unknown-paper", f"{name}不从这里出，没有出。到登记表里打印。")
    if office.session is None or office.parts.pages is None:
        return NO_PAGES if office.session else Refusal("signed-out", "还没登录，文书没有出。登录后再出。")
    return office.read(lambda books: _ordered(office, books, case_id, kind))


def _ordered(office: Office, books: Books, case_id: str, kind: PaperKind) -> _Order | Refusal:
    case = books.case(case_id)
    item = books.item(case.item) if case else None
    if case is None or item is None:
        return Refusal("unknown-case", "没有这件办件，文书没有出。核对编号，或到中心查一下。")
    if books.holder(case_subject(case_id)) not in (None, books.device):
        return Refusal("held-elsewhere", f"这件在别的窗口手上，{kind.name}没有出。到那个窗口出，或等它交出来。")
    if (sheet := unchecked_sheet(case_id, books)) is not None:
        return Refusal(
            "entry-unchecked", f"这件照 {sheet.id} 补录，还没有第二个人核对，{kind.name}没有出。在补录页核对了再出。"
        )
    if not kind.again and any(row.paper == kind.name for row in books.case_documents_of(case_id)):
        return Refusal("paper-issued", f"{kind.name}已经出过，没有再出。要再打一份，在文书里补打。")
    subject = Subject(case=case, item=item, replaced=books.case(case.life.replaces) if case.life.replaces else None)
    setting = _setting(office)
    if refusal := missing_refusal(kind, subject, setting):
        return refusal
    sort = class_of(kind.name, books.procedure_papers)
    seal = seal_for(sort, case, setting.window, books)
    if sort != "none" and seal is None:
        return Refusal(
            "no-seal-here", f"本窗口没有能盖{kind.name}的章，没有出，办件没有变化。到有章的窗口出，或找管理员。"
        )
    return _Order(kind=kind, subject=subject, setting=setting, sort=sort, seal=seal)


def seal_for(sort: PaperClass, case: Case, window: int, books: Books) -> Seal | None:
    """The window's numbered intake seal, or the department's approval seal."""
    seals = books.roster.seals.values()
    if sort == "procedure":
        return next((seal for seal in seals if seal.kind == "intake" and seal.window == window), None)
    if sort == "decision":
        return next((seal for seal in seals if seal.kind == "approval" and seal.department == case.department), None)
    return None


def _setting(office: Office) -> Setting:
    hall, now = office.hall, office.parts.clock.now()
    return Setting(
        hall=hall.name,
        hotline=hall.hotline,
        window=office.window,
        roster=hall.roster,
        calendar=hall.calendar,
        now=now,
        by=office.session.person.id if office.session else "",
        training=office.parts.settings.training,
    )


def _hand(office: Office, order: _Order, by: Countersigner | None) -> Hand | Refusal:
    """Whose act it is. The approval seal is never put on by who only sits there."""
    if order.sort != "decision":
        hand = hand_of(office, None)
        return hand if isinstance(hand, Refusal) else _allowed(office, order, hand, "receive")
    if by is None:
        return Refusal(
            "chief-wanted",
            f"{order.kind.name}盖行政审批专用章，要首席代表输 PIN 授权，没有出，办件没有变化。请他到窗口来，或送到席上。",
        )
    hand = sealing_hand(office, order.seal.id if order.seal else "", by)
    if isinstance(hand, Refusal):
        return hand
    department, stamp = order.subject.case.department, hand.stamp
    if not office.read(lambda books: stands_for_chief(stamp.actor, department, stamp.at, books)):
        return Refusal("not-the-chief", f"{order.kind.name}要本部门首席代表授权用印，没有出，办件没有变化。请他来。")
    return _allowed(office, order, hand, "seal")


def _allowed(office: Office, order: _Order, hand: Hand, action: str) -> Hand | Refusal:
    stamp, case = hand.stamp, order.subject.case
    if order.kind.key == "delivered":
        action = "deliver"
    act = act_by(stamp, action, case_subject(case.id))
    said = office.read(lambda books: may(act, books))
    return said if isinstance(said, Refusal) else hand


def _number(office: Office, order: _Order) -> tuple[Draw | None, str] | Refusal:
    kind, case = order.kind, order.subject.case
    if not kind.numbered:
        return None, ""
    year = order.setting.now.year
    found = draw(office, serial_kind(case.department, kind, year))
    if found is None:
        return Refusal(
            "no-document-number",
            f"本机没有{kind.name}的文号，线路又断着，没有出，办件没有变化。线路恢复再出，急用先给收件凭条。",
        )
    return found, paper_number(department_word(order.setting.roster, case.department), kind, year, found.serial)


def _page(office: Office, order: _Order, number: str) -> MadePage | Refusal:
    pages = office.parts.pages
    paper = official_paper(order.kind, order.subject, order.setting, number, order.sort)
    if isinstance(paper, Refusal):
        return paper
    if pages is None:
        return NO_PAGES
    if order.sort != "none":
        paper = replace(paper, query=code_of(office, order.subject.case, paper))
    try:
        return pages.official(paper)
    except ValueError as error:
        return Refusal("page-not-made", str(error))


def _act(
    office: Office, order: _Order, hand: Hand, number: tuple[Draw | None, str], page: MadePage
) -> tuple[IssueDocument, Beside]:
    """Row, journal and the kept bytes go into one transaction; a hand's seal line too, a key's comes with the sealed file."""
    case, (found, text) = order.subject.case, number
    digest = hashlib.sha256(page.pdf).hexdigest()
    command = IssueDocument(
        **hand.stamp.fields(office.parts.new_id),
        document=office.parts.new_id(),
        case=case.id,
        paper=order.kind.name,
        digest=digest,
        pages=page.pages,
        copies=order.kind.copies,
        document_no=text,
        number_kind=serial_kind(case.department, order.kind, order.setting.now.year) if found else "",
        block=found.block if found else "",
        serial=found.serial if found else 0,
        seal=order.seal.id if order.seal else "",
        letter=_letter(office, order, hand),
        electronic=hand.key is not None,
    )
    kept = Document(digest=digest, case=case.id, sealed=False, made_at=command.at, content=page.pdf)
    return command, Beside((kept,), hand.beside.sign if hand.beside else None)


def _letter(office: Office, order: _Order, hand: Hand) -> str:
    """The letter the approval seal rests on, where there is one."""
    case, stamp = order.subject.case, hand.stamp
    if order.sort != "decision":
        return ""
    found = office.read(lambda books: letter_to_decide(case.item, case.department, stamp.actor, stamp.at, books))
    return "" if isinstance(found, Refusal) else found.document_no
