"""提、授权、用印 the second half of a visit: proposed, authorised on exact bytes with a PIN, sealed, marked; each step its own command.

Whatever breaks in between leaves a case that says where it stands: authorised without a seal is sealed later on the same
frozen bytes; a seal use without its mark is marked at the next look (`finish_sealing`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from clerk_app.cases.catalogue import Item
from clerk_app.cases.clocks import decided_on
from clerk_app.cases.decision import Outcome as Decided
from clerk_app.cases.decisions import AuthoriseDecision, ProposeDecision
from clerk_app.cases.department import AuthoriseSealUse
from clerk_app.cases.model import Case, document_kind, document_number
from clerk_app.cases.proposing import cannot_decide, not_ready
from clerk_app.cases.stamped import unmarked
from clerk_app.command import Refusal, Stamp, case_subject
from clerk_app.duty.letters import letter_by_number, letter_to_decide
from clerk_app.duty.model import Letter, Person
from clerk_app.office.countersigning import stamp_of, unlock
from clerk_app.office.duty.cover import step_in_for_chief
from clerk_app.office.line.attaching import whole_refusal
from clerk_app.office.line.blocks import DOCUMENT_BLOCK, at_hand
from clerk_app.office.line.holding import in_time
from clerk_app.office.office import Beside, Done, Office, Outcome
from clerk_app.office.registration.printing import granted_facts
from clerk_app.office.registration.self_check import checked_before_grant
from clerk_app.ports import Books, Document, PersonKey
from clerk_app.ports.seal import OpenSealKey, SealKeyAway
from clerk_app.sealing.model import SealUse
from clerk_app.sealing.paper import DecisionPaper, MadePage, SealFace
from clerk_app.sealing.usecases import MarkSealed, RecordSealUse
from clerk_app.sealing.wording import decision_paper, with_facts

SEAL_WHEN_CUT = Refusal(
    "seal-when-cut", "线路断着，电子印章不能用，没有用印，办件没有变化。等线路恢复，或盖实体章登记。"
)
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


def propose(office: Office, case: str, outcome: Decided, opinion: str) -> Outcome:
    """签名一; an item with the one form is granted only on a form that was checked: it is checked now if it was not."""
    if outcome == "grant" and (refusal := checked_before_grant(office, case)):
        return refusal
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(ProposeDecision(**fields, case=case, outcome=outcome, opinion=opinion))


def prepare(office: Office, case_id: str, person: str, outcome: Decided, opinion: str) -> Prepared | Refusal:
    """备文 the page exactly as it would be sealed; refused when this person could not decide it anyway."""
    pages = office.parts.pages
    if pages is None:
        return NO_SEALING
    case = office.read(lambda books: books.case(case_id))
    item = office.hall.items.get(case.item) if case else None
    if case is None or item is None:
        return Refusal("unknown-case", "没有这件办件，什么都没改。核对编号，或到中心查一下。")
    if refusal := in_time(office, case_id):
        return refusal
    now = office.parts.clock.now()
    signer = person if item.signatures > 1 else _chief_of(office, case)
    letter = office.read(lambda books: letter_to_decide(item.code, case.department, signer, now, books))
    if isinstance(letter, Refusal):
        return letter
    signers = (person, case.proposal.by if case.proposal else "")
    late = not_ready(case, item, outcome, now, office.hall.roster, "没有授权")
    if refusal := late or cannot_decide(case, item, outcome, opinion, signers):
        return refusal
    draw = at_hand(office, document_kind(case.department, now.year), DOCUMENT_BLOCK)
    if draw is None:
        return Refusal("no-document-number", "本机的文号用完了，没有授权，这件还在等待里。线路恢复会自动领号段。")
    number = document_number(letter.document_no, outcome, now.year, draw.serial)
    plain = _plain_paper(office, case, item, (outcome, opinion), (number, now.date()))
    paper = with_facts(plain, granted_facts(office, case_id), outcome)
    page = pages.decision(paper)
    return Prepared(
        case=case,
        item=item,
        outcome=outcome,
        opinion=opinion,
        letter=letter,
        block=draw.block,
        serial=draw.serial,
        document_no=number,
        paper=paper,
        page=page,
        digest=hashlib.sha256(page.pdf).hexdigest(),
    )


def _chief_of(office: Office, case: Case) -> str:
    return office.hall.roster.departments[case.department].chief_rep


def authorise(office: Office, prepared: Prepared, person: Person, pin: str) -> Outcome:
    """授权并用印: signature 2 over the prepared bytes, then the seal, then the mark. Each refusal leaves what was before it standing."""
    if refusal := _changed_since(office, prepared) or whole_refusal(office, prepared.case.id):
        return refusal
    alone = prepared.item.signatures == 1 and prepared.outcome == "grant"
    if alone and (refusal := checked_before_grant(office, prepared.case.id)):
        return refusal
    key = _unlock(office, person, pin)
    if isinstance(key, Refusal):
        return key
    seal = _open_seal(office, prepared.item, pin)
    if isinstance(seal, Refusal):
        return seal
    if refusal := step_in_for_chief(office, person, key.sign):
        return refusal
    command = _authorising(office, prepared, person)
    frozen = Document(
        digest=prepared.digest, case=prepared.case.id, sealed=False, made_at=command.at, content=prepared.page.pdf
    )
    done = office.do(command, beside=Beside((frozen,), key.sign))
    if isinstance(done, Refusal):
        return done
    return _seal(office, prepared, _Signer(person, key, seal))


def _changed_since(office: Office, prepared: Prepared) -> Refusal | None:
    """What the page says is no longer so: another page has to be looked at before it is signed."""
    case, then = office.read(lambda books: books.case(prepared.case.id)), prepared.case
    if case is not None and (case.state, case.applicant, case.proposal) == (then.state, then.applicant, then.proposal):
        return None
    return Refusal("case-changed", "这件刚才有变动，和您看的那一页对不上，没有授权，没有用印。看过新排的页再来。")


def _authorising(office: Office, prepared: Prepared, person: Person) -> AuthoriseDecision | AuthoriseSealUse:
    """What the department decided is not decided again: only its seal is authorised."""
    fields = _stamp_of(office, person, prepared.letter).fields(office.parts.new_id)
    session = office.session.id if office.session else ""
    case, digest, pages = prepared.case.id, prepared.digest, prepared.page.pages
    if prepared.letter is None:
        return AuthoriseSealUse(**fields, case=case, digest=digest, pages=pages, session=session)
    return AuthoriseDecision(
        **fields,
        case=case,
        outcome=prepared.outcome,
        opinion=prepared.opinion,
        block=prepared.block,
        serial=prepared.serial,
        document_no=prepared.document_no,
        digest=digest,
        pages=pages,
        session=session,
    )


@dataclass(frozen=True)
class _Signer:
    person: Person
    key: PersonKey
    seal: OpenSealKey


def _seal(office: Office, prepared: Prepared, signer: _Signer) -> Outcome:
    """The sealed bytes leave memory only together with their line in the register."""
    pages = office.parts.pages
    if pages is None:
        return NO_SEALING
    face = pages.face(_face(office, prepared.item))
    sealed = signer.seal.seal(prepared.page, face, f"{prepared.paper.title} {prepared.document_no}")
    digest = hashlib.sha256(sealed).hexdigest()
    command = RecordSealUse(
        **_stamp_of(office, signer.person, prepared.letter).fields(office.parts.new_id),
        seal_use=office.parts.new_id(),
        seal=prepared.item.seal,
        certificate=signer.seal.certificate,
        case=prepared.case.id,
        document_no=prepared.document_no,
        title=prepared.paper.title,
        pages=prepared.page.pages,
        copies=1,
        digest_before=prepared.digest,
        digest_after=digest,
        electronic=True,
    )
    kept = Document(digest=digest, case=prepared.case.id, sealed=True, made_at=command.at, content=sealed)
    done = office.do(command, beside=Beside((kept,), signer.key.sign))
    return done if isinstance(done, Refusal) else _mark(office, prepared.case.id, command.seal_use)


def seal_again(office: Office, case_id: str, person: Person, pin: str) -> Outcome:
    """补用印 a case that was authorised and not sealed (the program stopped in between): on the very bytes authorised then."""
    case = office.read(lambda books: books.case(case_id))
    item = office.hall.items.get(case.item) if case else None
    if case is None or item is None or case.decision is None or case.state not in ("granted", "refused"):
        return Refusal("not-to-seal", "这件现在不等用印，没有变化。")
    if case.decision.by != person.id:
        return Refusal("not-the-authoriser", "授权的不是您，没有用印，办件没有变化。由授权的人来用印。")
    if refusal := in_time(office, case_id):
        return refusal
    if use := office.read(lambda books: stamped_use(books, case)):
        return _mark(office, case_id, use.id)
    frozen = office.parts.vault.keep.document(case.decision.digest)
    pages = office.parts.pages
    if frozen is None or pages is None:
        return Refusal("page-elsewhere", "授权的那份文书不在这台机器上，没有用印。到授权的那台机器上用印。")
    key, seal = _unlock(office, person, pin), _open_seal(office, item, pin)
    if isinstance(key, Refusal):
        return key
    if isinstance(seal, Refusal):
        return seal
    return _seal(office, _as_prepared(office, case, item, frozen.content), _Signer(person, key, seal))


def _plain_paper(
    office: Office, case: Case, item: Item, decided: tuple[Decided, str], numbered: tuple[str, date]
) -> DecisionPaper:
    """Before it names what it grants."""
    name, training = office_name(office, item), office.parts.settings.training
    return decision_paper(case, item, *decided, *numbered, name, training=training)


def decided_paper(office: Office, case: Case, item: Item) -> DecisionPaper:
    """决定书 of a case that is decided, from the same values as when it was. Raises LookupError for one that is not.

    One authorised before a decision named what it grants does not name it now: its bytes say so.
    """
    decision, pages = case.decision, office.parts.pages
    if decision is None:
        raise LookupError("decision")
    number, day = decision.document_no, decided_on(case) or decision.at.date()
    plain = _plain_paper(office, case, item, (decision.outcome, decision.opinion), (number, day))
    paper = with_facts(plain, granted_facts(office, case.id), decision.outcome)
    if paper == plain or pages is None:
        return paper
    return paper if hashlib.sha256(pages.decision(plain).pdf).hexdigest() != decision.digest else plain


def _as_prepared(office: Office, case: Case, item: Item, pdf: bytes) -> Prepared:
    decision, pages = case.decision, office.parts.pages
    letter = office.read(lambda books: letter_by_number(books, decision.letter)) if decision else None
    if decision is None or (letter is None and decision.letter) or pages is None:
        raise LookupError("decision")
    paper = decided_paper(office, case, item)
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
    )


def stamped_use(books: Books, case: Case) -> SealUse | None:
    """盖了没记 the clean stamp of this very decision, while the case does not say so yet."""
    if case.state not in ("granted", "refused"):
        return None
    use = books.seal_use_of(case.id)
    return use if unmarked(case, use) else None


def _mark(office: Office, case: str, seal_use: str) -> Outcome:
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(MarkSealed(**fields, case=case, seal_use=seal_use))


def finish_sealing(office: Office) -> int:
    """补记 every registered seal use of a case held here whose case does not say so yet; answers how many were marked."""
    if office.session is None:
        return 0
    waiting = office.read(
        lambda books: [
            (case.id, use.id)
            for case in books.latest_cases(200)
            if (use := stamped_use(books, case)) is not None and books.holder(case_subject(case.id)) == books.device
        ]
    )
    return sum(isinstance(_mark(office, case, use), Done) for case, use in waiting)


def _unlock(office: Office, person: Person, pin: str) -> PersonKey | Refusal:
    """By PIN; with the line cut only where the hall lets the electronic seal be used then."""
    return unlock(office, person, pin, None if office.hall.electronic_when_cut else SEAL_WHEN_CUT)


def _open_seal(office: Office, item: Item, pin: str) -> OpenSealKey | Refusal:
    keys = office.parts.seal_keys
    if keys is None:
        return NO_SEALING
    try:
        key = keys.open(item.seal, pin)
    except SealKeyAway:
        return Refusal("no-seal-key", "这枚印章的钥匙不在这台机器上，没有用印，办件没有变化。到有钥匙的席位用印。")
    if key is None:
        return Refusal("pin-wrong", "PIN 打不开这枚印章，没有用印，办件没有变化。核对是哪枚印章。")
    return key


def _stamp_of(office: Office, person: Person, letter: Letter | None) -> Stamp:
    return stamp_of(office, person, f"letter:{letter.document_no}" if letter else "")


def office_name(office: Office, item: Item) -> str:
    """The department's full name, as it stands on its seal: 江州市市场监督管理局."""
    return office.hall.roster.seals[item.seal].name.removesuffix("行政审批专用章")


def _face(office: Office, item: Item) -> SealFace:
    seal = office.hall.roster.seals[item.seal]
    return SealFace(name=seal.name, mark="演练" if office.parts.settings.training else "")
