"""出过的文书 a case's papers as they were printed: looked up, printed once more as marked copies, handed to the A4 printer."""

from __future__ import annotations

import hashlib

from clerk_app.canonical import sha256
from clerk_app.command import Refusal, case_subject
from clerk_app.office.line.attaching import content_of
from clerk_app.office.office import Beside, Done, Office, Outcome
from clerk_app.ports import CentreAway, CentreProblem, Document, StoreTrouble
from clerk_app.receipts.paper import OUT, Delivery
from clerk_app.receipts.usecases import RecordPaper
from clerk_app.sealing.documents import paper_kind, part_words
from clerk_app.sealing.model import CaseDocument

NO_PAGES = Refusal("no-pages", "这台机器做不了 A4 文书，没有出，办件没有变化。到装好的窗口出，或找管理员。")
NOT_PRINTED = "not-printed"


def documents_of(office: Office, case_id: str) -> tuple[CaseDocument, ...]:
    """办件的文书 as issued, oldest first; the decision's own stands with its seal use."""
    return office.read(lambda books: books.case_documents_of(case_id))


def content(office: Office, document: CaseDocument) -> bytes | Refusal:
    """The exact bytes that were printed, from this machine or the centre. Not for the screen's thread."""
    use = office.read(lambda books: books.seal_use(document.id))
    digest = use.digest_after if use is not None else document.digest
    found = frozen_page(office, digest)
    if found is None:
        return Refusal("page-elsewhere", "这份文书存在出它的那台机器上，这里没有取到，什么都没改。连上中心再取。")
    return found


def frozen_page(office: Office, digest: str) -> bytes | None:
    """定稿 a finished page by its digest and nothing but it, from this machine or the centre. Not for the screen's thread."""
    kept = office.parts.vault.keep.document(digest)
    try:
        found = kept.content if kept is not None else content_of(office, digest)
    except (StoreTrouble, CentreAway, CentreProblem):
        return None
    return found if sha256(found) == digest else None


def print_document(office: Office, document_id: str) -> Outcome:
    """补打 the same bytes, marked as a copy with its number and time; a fact of its own, without a new number or seal."""
    pages = office.parts.pages
    row = office.read(lambda books: books.case_document(document_id))
    if pages is None or row is None or office.session is None:
        return Refusal("unknown-document", "没有这份文书，没有打。刷新一下再看。") if pages and not row else NO_PAGES
    found = content(office, row)
    if isinstance(found, Refusal):
        return found
    stamp, number = office.stamp(), 1 + _copies(office, row)
    try:
        pdf = pages.copy(found, row.pages, f"副本　补打第 {number} 份　{stamp.at:%Y-%m-%d %H:%M}")
    except ValueError as error:
        return Refusal("page-not-made", str(error))
    command = RecordPaper(
        **stamp.fields(office.parts.new_id),
        paper=office.parts.new_id(),
        doc_type=row.paper,
        doc_no=name_of(row),
        copy_no=number,
        subject=case_subject(row.case),
        sha256=hashlib.sha256(pdf).hexdigest(),
        outcome="done",
    )
    kept = Document(digest=command.sha256, case=row.case, sealed=False, made_at=command.at, content=pdf)
    done = office.do(command, beside=Beside((kept,)))
    return done if isinstance(done, Refusal) else print_out(office, pdf, row.paper, 1, done)


def _copies(office: Office, row: CaseDocument) -> int:
    """How many copies of this very paper were printed before."""
    papers = office.read(lambda books: books.papers_of(case_subject(row.case)))
    return max((p.copy_no for p in papers if (p.doc_type, p.doc_no) == (row.paper, name_of(row))), default=0)


def name_of(row: CaseDocument) -> str:
    """文号, or the paper's own id where it bears none: what its copies are counted under."""
    return (row.document_no or row.id)[:40]


def print_paper(office: Office, pdf: bytes, name: str, pages: int, done: Done) -> Outcome:
    """As its kind has it: copies alike, or 多联, each sheet with its part's name in the corner."""
    kind, maker, printer = paper_kind(name), office.parts.pages, office.parts.page_printer
    words = part_words(kind.parts) if kind is not None else ()
    if kind is None or not words or maker is None or printer is None:
        return print_out(office, pdf, kind.title if kind else name, kind.copies if kind else 1, done)
    try:
        sheets = [(part, maker.copy(pdf, pages, part)) for part in words]
    except ValueError:  # better alike than none
        return print_out(office, pdf, kind.title, kind.copies, done)
    for part, sheet in sheets:
        said = printer.send(sheet, f"{kind.title} {part}", 1)
        if said.state not in OUT:
            return _not_out(f"{kind.title}从{part.replace('　', '')}起", said)
    return done


def print_out(office: Office, pdf: bytes, title: str, copies: int, done: Done) -> Outcome:
    """To the A4 printer, once; without one it is kept and shown. The paper stands whatever the printer says."""
    printer = office.parts.page_printer
    said = printer.send(pdf, title, copies) if printer is not None else None
    if said is None or said.state in OUT:
        return done
    return _not_out(title, said)


def _not_out(title: str, said: Delivery) -> Refusal:
    how = "说不清打没打出来" if said.state == "unknown" else "没有打出来"
    return Refusal(
        NOT_PRINTED,
        f"{title}已经登记、存好，{how}：{said.said.rstrip('。')}。看看打印机，没有就在文书里补打，不要再出一份。",
    )
