"""授权用印页的底数 the cases that wait, and the one on the table with its page; read on the store's thread, no word made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from clerk_app.cases.catalogue import Item
from clerk_app.cases.decision import Outcome as Decided
from clerk_app.cases.department import department_to_seal
from clerk_app.cases.model import Case
from clerk_app.cases.sending_out import outside
from clerk_app.command import Refusal
from clerk_app.duty.letters import letter_by_number
from clerk_app.duty.model import Letter
from clerk_app.office.counter.chief_desk import ChiefDesk, chief_desk
from clerk_app.office.counter.deciding import NO_SEALING, Prepared, decided_paper, prepare
from clerk_app.office.counter.department import prepare_seal_use
from clerk_app.office.office import Office
from clerk_app.ports import Books
from clerk_app.sealing.model import SealUse
from clerk_app.sealing.paper import DecisionPaper, MadePage, SealFace
from ui.sealing.candidates import Candidate, candidates_for, preselected

SHOWN, WIDTH = 300, 1240
NO_REASON = "（在右边写明，印在这里）"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """所求 which case lies on the table, who is to authorise it, and how it is to be decided; empty means as proposed."""

    case: str = ""
    person: str = ""
    refusing: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class OnTable:
    """桌上的件 the case in front: its page as it would be sealed, or why there is none; `use` once it is sealed."""

    wish: Wish
    case: Case
    item: Item
    candidates: tuple[Candidate, ...]
    chief_absent: bool
    letter: Letter | None
    seal_name: str
    day: date
    paper: DecisionPaper | None = None
    page: MadePage | None = None
    digest: str = ""
    png: bytes = b""
    prepared: Prepared | None = None
    refusal: Refusal | None = None
    use: SealUse | None = None
    register_row: int = 0
    beyond: Refusal | None = None
    """Why no letter lets anybody here decide it: it is sent out."""

    @property
    def frozen(self) -> bool:
        """Authorised already, on bytes that are kept; only the seal is missing."""
        return self.case.decision is not None and self.case.state in ("granted", "refused")

    @property
    def alone(self) -> bool:
        """One signs, and nobody has written an opinion before him: his own words are asked for (不得只签署姓名)."""
        return self.item.signatures == 1 and self.case.proposal is None and self.case.decision is None

    @property
    def person(self) -> Candidate | None:
        """Who is chosen."""
        return next((one for one in self.candidates if one.id == self.wish.person), None)


@dataclass(frozen=True, kw_only=True)
class SealingState:
    """授权用印页的底数 one moment of the desk."""

    now: datetime
    desk: ChiefDesk
    table: OnTable | None


def load_state(office: Office, wish: Wish, before: OnTable | None) -> SealingState:
    """Read it all; a page that is already made for the same wish is not made again."""
    now = office.parts.clock.now()
    desk, asked = office.read(
        lambda books: (chief_desk(office, books, now), books.case(wish.case) if wish.case else None)
    )
    case = asked if asked is not None and _lies(asked, desk, before) else next(iter(desk.cases), None)
    table = _on_table(office, case, wish, before, now) if case is not None else None
    return SealingState(now=now, desk=desk, table=table)


def _lies(asked: Case, desk: ChiefDesk, before: OnTable | None) -> bool:
    """It waits, was authorised today, or was on the table when it was sealed."""
    sealed = asked.decision is not None and before is not None and before.case.id == asked.id
    today = any(one.use.case == asked.id for one in desk.authorised)
    return sealed or today or any(case.id == asked.id for case in desk.cases)


def _on_table(office: Office, case: Case, wish: Wish, before: OnTable | None, now: datetime) -> OnTable | None:
    item = office.hall.items.get(case.item)
    if item is None:
        return None
    same = case.id == wish.case
    candidates, chief_absent = office.read(lambda books: candidates_for(books, case, item, now))
    known = {one.id for one in candidates}
    person = wish.person if same and wish.person in known else preselected(office, candidates, case, chief_absent)
    wish = Wish(
        case=case.id,
        person=case.decision.by if case.decision else person,
        refusing=same and wish.refusing and case.decision is None and department_to_seal(case) is None,
        reason=wish.reason if same else "",
    )
    seal = office.hall.roster.seals.get(item.seal)
    table = OnTable(
        wish=wish,
        case=case,
        item=item,
        candidates=candidates,
        chief_absent=chief_absent,
        letter=office.read(lambda books: _letter(books, case)),
        beyond=office.read(lambda books: _beyond(books, case, now)),
        seal_name=seal.name if seal else item.seal,
        day=now.date(),
    )
    if before is not None and before.prepared is not None and _same(before, table):
        return before
    return _decided(office, table) if case.decision is not None else _undecided(office, table)


def _beyond(books: Books, case: Case, now: datetime) -> Refusal | None:
    """Asked only of what nobody has decided yet."""
    decided = case.decision is not None or department_to_seal(case) is not None
    return None if decided else outside(case, now, books)


def _letter(books: Books, case: Case) -> Letter | None:
    """What it was decided by; before that, the newest that lists the item. None for what the department decided."""
    if department_to_seal(case) is not None:
        return None
    if case.decision is not None:
        return letter_by_number(books, case.decision.letter)
    return books.roster.letter_for(case.item, case.department)


def _same(one: OnTable, other: OnTable) -> bool:
    """Nothing the page rests on has changed."""
    return (one.wish, one.case, one.candidates, one.day) == (other.wish, other.case, other.candidates, other.day)


def _undecided(office: Office, table: OnTable) -> OnTable:
    """The page exactly as it would be sealed; where the chosen one may not, the chief's page is shown all the same."""
    case, wish = table.case, table.wish
    outcome: Decided = "refuse" if wish.refusing else case.proposal.outcome if case.proposal else "grant"
    opinion = (wish.reason or NO_REASON) if wish.refusing else case.proposal.opinion if case.proposal else wish.reason
    own = table.person.refusal if table.person else None
    signer = table.letter.person if table.letter else wish.person
    try:
        if department_to_seal(case) is not None:
            made = prepare_seal_use(office, case.id)
        else:
            made = prepare(office, case.id, signer if own is not None else wish.person, outcome, opinion)
        png = b"" if isinstance(made, Refusal) else _picture(office, made.paper, None)
    except ValueError as error:  # a blank page, or a character no font has
        made, png = Refusal("page-not-made", str(error)), b""
    if isinstance(made, Refusal):
        return replace(table, refusal=own or made)
    return replace(
        table,
        refusal=own,
        prepared=made,
        paper=made.paper,
        page=made.page,
        digest=made.digest,
        letter=made.letter,
        png=png,
    )


def _use(books: Books, case: Case) -> SealUse | None:
    """A stamp that was voided is no stamp of this decision."""
    use = books.seal_use_of(case.id)
    return None if use is None or use.id in {voided.seal_use for voided in case.life.voided} else use


def _decided(office: Office, table: OnTable) -> OnTable:
    """Authorised already: the same page, from the same values; with the seal on it where it is sealed."""
    case, decision, pages = table.case, table.case.decision, office.parts.pages
    if decision is None or pages is None:
        return replace(table, refusal=NO_SEALING)
    paper = decided_paper(office, case, table.item)
    use = office.read(lambda books: _use(books, case))
    face = SealFace(name=table.seal_name, mark="演练" if office.parts.settings.training else "") if use else None
    return replace(
        table,
        paper=paper,
        page=pages.decision(paper),
        digest=use.digest_after if use else decision.digest,
        png=_picture(office, paper, face),
        use=use,
        register_row=_register_row(office, use) if use else 0,
    )


def _picture(office: Office, paper: DecisionPaper, face: SealFace | None) -> bytes:
    pages = office.parts.pages
    return b"" if pages is None else pages.picture(paper, WIDTH, face)


def _register_row(office: Office, use: SealUse) -> int:
    """The line of this machine's journal the seal use stands in; 0 when it was registered elsewhere."""
    subject = f"seal_use:{use.id}"
    return next((row.seq for row in office.parts.vault.journal.rows((), SHOWN) if subject in row.subjects), 0)
