"""备文 the finished page of a decision before anybody signs: exactly the bytes that are shown, authorised and sealed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from clerk_app.canonical import sha256
from clerk_app.cases.catalogue import Item
from clerk_app.cases.clocks import decided_on
from clerk_app.cases.decision import Outcome as Decided
from clerk_app.cases.model import Case, document_kind, document_number
from clerk_app.cases.proposing import cannot_decide, not_ready
from clerk_app.command import Refusal
from clerk_app.duty.letters import letter_by_number, letter_to_decide
from clerk_app.duty.model import Letter
from clerk_app.office.counter.paper_codes import code_of
from clerk_app.office.counter.seal_seats import chosen_seal, seals_of, seam_for
from clerk_app.office.line.blocks import DOCUMENT_BLOCK, at_hand
from clerk_app.office.line.holding import in_time
from clerk_app.office.office import Office
from clerk_app.office.registration.printing import granted_facts
from clerk_app.ports import Draw
from clerk_app.sealing.paper import DecisionPaper, MadePage
from clerk_app.sealing.wording import decision_paper, with_facts

NO_SEALING = Refusal("no-sealing", "这台机器没有接印章，没有用印，办件没有变化。找管理员装好印章钥匙。")


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """备好的决定书 the very page that is shown, its number, and what it rests on; nothing is spent yet."""

    case: Case
    item: Item
    outcome: Decided
    opinion: str
    letter: Letter | None
    """None: the department decided, and only the seal is authorised here."""
    block: str
    serial: int
    document_no: str
    paper: DecisionPaper
    page: MadePage
    digest: str
    seal: str
    """用哪一枚 its face stands in the seam already."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """要备的 one case, who will authorise it, how it is decided, and (in a batch) the number it is given."""

    case: str
    person: str
    outcome: Decided
    opinion: str
    draw: Draw | None = None


def prepare(office: Office, case_id: str, person: str, outcome: Decided, opinion: str) -> Prepared | Refusal:
    """备文 the page exactly as it would be sealed; refused when this person could not decide it anyway."""
    return prepare_one(office, Wanted(case=case_id, person=person, outcome=outcome, opinion=opinion))


def prepare_one(office: Office, wanted: Wanted) -> Prepared | Refusal:
    """As `prepare`; with the number named where one was given."""
    if office.parts.pages is None:
        return NO_SEALING
    case = office.read(lambda books: books.case(wanted.case))
    item = office.hall.items.get(case.item) if case else None
    if case is None or item is None:
        return Refusal("unknown-case", "没有这件办件，什么都没改。核对编号，或到中心查一下。")
    if refusal := in_time(office, wanted.case):
        return refusal
    letter = _letter(office, case, item, wanted)
    if isinstance(letter, Refusal):
        return letter
    now = office.parts.clock.now()
    draw = wanted.draw or at_hand(office, document_kind(case.department, now.year), DOCUMENT_BLOCK)
    if draw is None:
        return Refusal("no-document-number", "本机的文号用完了，没有授权，这件还在等待里。线路恢复会自动领号段。")
    number = document_number(letter.document_no, wanted.outcome, now.year, draw.serial)
    plain = plain_paper(office, case, item, (wanted.outcome, wanted.opinion), (number, now.date()))
    seal = chosen_seal(office, item)
    paper = dressed(office, case, with_facts(plain, granted_facts(office, case.id), wanted.outcome), seal)
    page = office.parts.pages.decision(paper)
    return Prepared(
        case=case,
        item=item,
        outcome=wanted.outcome,
        opinion=wanted.opinion,
        letter=letter,
        block=draw.block,
        serial=draw.serial,
        document_no=number,
        paper=paper,
        page=page,
        digest=sha256(page.pdf),
        seal=seal,
    )


def _letter(office: Office, case: Case, item: Item, wanted: Wanted) -> Letter | Refusal:
    """What it may be decided by, when everything else that is asked before a decision is there too."""
    now = office.parts.clock.now()
    signer = wanted.person if item.signatures > 1 else office.hall.roster.departments[case.department].chief_rep
    letter = office.read(lambda books: letter_to_decide(item.code, case.department, signer, now, books))
    if isinstance(letter, Refusal):
        return letter
    signers = (wanted.person, case.proposal.by if case.proposal else "")
    late = not_ready(case, item, wanted.outcome, now, office.hall.roster, "没有授权")
    return late or cannot_decide(case, item, wanted.outcome, wanted.opinion, signers) or letter


def plain_paper(
    office: Office, case: Case, item: Item, decided: tuple[Decided, str], numbered: tuple[str, date]
) -> DecisionPaper:
    """Before it names what it grants, and without its code."""
    name, training = office_name(office, item), office.parts.settings.training
    return decision_paper(case, item, *decided, *numbered, name, training=training)


def dressed(office: Office, case: Case, paper: DecisionPaper, seal: str) -> DecisionPaper:
    """With the code this machine signs, and the seam for whatever runs over more than one page."""
    return replace(paper, query=code_of(office, case, paper) or paper.query, seam=seam_for(office, seal))


def for_the_hand(office: Office, prepared: Prepared) -> Prepared:
    """盖实体章的 the same words without the electronic seal's slices: whoever stamps by hand puts it across the edges by hand."""
    pages = office.parts.pages
    if pages is None or prepared.paper.seam is None or prepared.page.pages == 1:
        return prepared
    paper = replace(prepared.paper, seam=None)
    page = pages.decision(paper)
    return replace(prepared, paper=paper, page=page, digest=sha256(page.pdf))


def decided_paper(office: Office, case: Case, item: Item) -> DecisionPaper:
    """决定书 of a case that is decided; see `decided_page`."""
    return decided_page(office, case, item)[0]


def decided_page(office: Office, case: Case, item: Item) -> tuple[DecisionPaper, str]:
    """决定书 of a case that is decided, from the same values as when it was, and the seal it was made for. Raises LookupError.

    One authorised before a decision named what it grants does not name it now, and one from before papers bore codes and
    seams bears none: its bytes say so. Where no rendering gives those bytes (another machine's code), it is shown without one.
    """
    decision, pages = case.decision, office.parts.pages
    if decision is None:
        raise LookupError("decision")
    number, day = decision.document_no, decided_on(case) or decision.at.date()
    plain = plain_paper(office, case, item, (decision.outcome, decision.opinion), (number, day))
    paper = with_facts(plain, granted_facts(office, case.id), decision.outcome)
    now = chosen_seal(office, item)
    full = [(dressed(office, case, paper, seal), seal) for seal in dict.fromkeys((now, *seals_of(office, item)))]
    if pages is None:
        return full[0]
    by_hand = [(replace(one, seam=None), seal) for one, seal in full]
    for tried, seal in (*full, *by_hand, (paper, now), (plain, now)):
        if sha256(pages.decision(tried).pdf) == decision.digest:
            return tried, seal
    return replace(full[0][0], query=""), now


def as_prepared(office: Office, case: Case, item: Item, pdf: bytes) -> Prepared:
    """授权过的那份 from the bytes that were kept. Raises LookupError for a case that is not decided."""
    decision, pages = case.decision, office.parts.pages
    letter = office.read(lambda books: letter_by_number(books, decision.letter)) if decision else None
    if decision is None or (letter is None and decision.letter) or pages is None:
        raise LookupError("decision")
    paper, seal = decided_page(office, case, item)
    return Prepared(
        case=case,
        item=item,
        outcome=decision.outcome,
        opinion=decision.opinion,
        letter=letter,
        block="",
        serial=decision.serial,
        document_no=decision.document_no,
        paper=paper,
        page=MadePage(pdf, decision.pages, pages.decision(paper).place),
        digest=decision.digest,
        seal=seal,
    )


def office_name(office: Office, item: Item) -> str:
    """The department's full name, as it stands on its seal: 江州市市场监督管理局."""
    return office.hall.roster.seals[item.seal].name.removesuffix("行政审批专用章")
