"""一章一查 of one use of a seal: everything is read here, made into an A4 page, printed or put into a file.

It is a look into the register: nothing is kept of it, and no row is written.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.duty.letters import letter_by_number
from clerk_app.duty.records import Substitution
from clerk_app.duty.standing import standing_of
from clerk_app.office.counter.issued import NO_PAGES
from clerk_app.office.counter.paper_codes import code_of
from clerk_app.office.counter.seal_records import certificate_of, place_of
from clerk_app.office.duty.letters import scan_of
from clerk_app.office.office import Office
from clerk_app.ports import Books, CentreAway, CentreProblem
from clerk_app.receipts.paper import OUT
from clerk_app.sealing.documents import agency_name
from clerk_app.sealing.model import SealUse
from clerk_app.sealing.one_seal import NO_SCAN, TITLE, Known, LetterScan, one_seal
from clerk_app.sealing.paper import DecisionPaper

AWAY = "有扫描件，现在取不到（线路断着，它在另一台机器上）"
NO_PRINTER = "这台机器没有接 A4 打印机，存成文件，到接了的窗口打"


def known_of(office: Office, use_id: str) -> Known | Refusal:
    """All that is known here; the letter's scan may come from the centre. Not for the screen's thread."""
    session, now = office.session, office.parts.clock.now()
    if session is None:
        return Refusal("signed-out", "还没登录，没有查。登录后再查。")

    def read(books: Books) -> Known | None:
        use = books.seal_use(use_id)
        return _known(office, books, use) if use is not None else None

    found = office.read(read)
    if found is None:
        return Refusal("no-such-use", "用印登记里没有这一笔，没有查。刷新一下再看。")
    scan, words = _scan(office, found.use.letter)
    card = certificate_of(office, found.use.seal, found.use.certificate)
    return replace(
        found,
        now=now,
        by=session.person.id,
        scan=scan,
        no_scan=words,
        place=place_of(office, found.use),
        query=_query(office, found.use, found.case),
        valid=(card.valid_from, card.valid_to) if card is not None else None,
        lawful=card is not None and card.issuer.lower() in office.hall.lawful_issuers,
    )


def _known(office: Office, books: Books, use: SealUse) -> Known:
    case, hall = books.case(use.case), office.hall
    item = hall.items.get(use.item or (case.item if case else ""))
    return Known(
        use=use,
        roster=hall.roster,
        hall=hall.name,
        now=use.at,
        by="",
        here=books.device,
        training=office.parts.settings.training,
        case=case,
        item_name=item.name if item else case.item_name if case else "",
        seal=hall.roster.seals.get(use.seal),
        events=books.seal_events_of(use.seal),
        grant=books.seal_grant(use.grant),
        letter=letter_by_number(books, use.letter) if use.letter else None,
        substitution=_substitution(books, use, case),
    )


def _substitution(books: Books, use: SealUse, case: Case | None) -> Substitution | None:
    """By which he stood in when he authorised: the books answer for that moment."""
    grant, decision = books.seal_grant(use.grant), case.decision if case else None
    post = books.roster.chief_posts.get(case.department) if case else None
    if not use.acting_for or post is None:
        return None
    # A grant counts in whole seconds: it may seem older than the stepping in it was signed after.
    moments = [decision.at] if decision is not None and not use.document else []
    moments += [grant.issued + timedelta(seconds=1)] if grant is not None else []
    found = (standing_of(books, use.approver, post, at).substitution for at in (*moments, use.at))
    return next((one for one in found if one is not None and one.a == use.acting_for), None)


def _scan(office: Office, letter: str) -> tuple[LetterScan | None, str]:
    """The scan, or why there is none on the page."""
    if not letter:
        return None, NO_SCAN
    try:
        found = scan_of(office, letter)
    except (CentreAway, CentreProblem):
        return None, AWAY
    if isinstance(found, bytes):
        return LetterScan(title=f"授权书 {letter} 扫描件", content=found), ""
    return None, f"{NO_SCAN}：大厅资料里的授权书，原件在办公室" if found.type == "letter-of-file" else AWAY


def _query(office: Office, use: SealUse, case: Case | None) -> str:
    """文书码 of the paper that was sealed; signed by the machine one looks it up at."""
    if case is None:
        return ""
    paper = DecisionPaper(
        title=use.title,
        document_no=use.document_no,
        addressee=case.applicant.name,
        paragraphs=(),
        department=agency_name(office.hall.roster, case.department),
        day=use.at.date(),
        case_no=case.case_no,
    )
    return code_of(office, case, paper)


def one_seal_pdf(office: Office, use_id: str) -> bytes | Refusal:
    """The page itself. Not for the screen's thread."""
    pages = office.parts.pages
    if pages is None:
        return NO_PAGES
    known = known_of(office, use_id)
    if isinstance(known, Refusal):
        return known
    try:
        return pages.one_seal(one_seal(known))
    except ValueError as error:
        return Refusal("page-not-made", str(error))


def print_one_seal(office: Office, use_id: str) -> Refusal | None:
    """To the A4 printer, once; None when it is out."""
    printer = office.parts.page_printer
    if printer is None:
        return Refusal("no-printer", f"{NO_PRINTER}。")
    pdf = one_seal_pdf(office, use_id)
    if isinstance(pdf, Refusal):
        return pdf
    said = printer.send(pdf, TITLE, 1)
    if said.state in OUT:
        return None
    how = "说不清打没打出来" if said.state == "unknown" else "没有打出来"
    return Refusal("not-printed", f"{TITLE}{how}：{said.said.rstrip('。')}。登记没有变。看看打印机，没有就再打一次。")


def save_one_seal(office: Office, use_id: str, file: Path) -> Refusal | None:
    """存成 A4; None when it is written."""
    pdf = one_seal_pdf(office, use_id)
    if isinstance(pdf, Refusal):
        return pdf
    try:
        file.write_bytes(pdf)
    except OSError:
        return Refusal("cannot-write", f"“{file.name}”写不进去，没有存，登记没有变。换一个文件夹再存。")
    return None
