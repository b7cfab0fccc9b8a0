"""授权用印页的底数 the cases that wait, and the one on the table with its page; read on the store's thread, no word made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from clerk_app.cases.catalogue import Item
from clerk_app.cases.decision import Outcome as Decided
from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.duty.letters import letter_to_decide
from clerk_app.duty.model import Letter
from clerk_app.office.deciding import NO_SEALING, Prepared, decided_paper, prepare
from clerk_app.office.office import Office
from clerk_app.ports import Books
from clerk_app.sealing.model import SealUse
from clerk_app.sealing.paper import DecisionPaper, MadePage, SealFace

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
class Candidate:
    """可授权的人 one who may be asked to authorise, and why he may not now (None: he may)."""

    id: str
    name: str
    role: str
    refusal: Refusal | None


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

    @property
    def frozen(self) -> bool:
        """Authorised already, on bytes that are kept; only the seal is missing."""
        return self.case.state in ("granted", "refused")

    @property
    def person(self) -> Candidate | None:
        """Who is chosen."""
        return next((one for one in self.candidates if one.id == self.wish.person), None)


@dataclass(frozen=True, kw_only=True)
class SealingState:
    """授权用印页的底数 one moment of the desk."""

    now: datetime
    waiting: tuple[Case, ...]
    table: OnTable | None


def waiting_cases(office: Office, books: Books) -> tuple[Case, ...]:
    """What waits for signature 2 or for its seal, by date; one-signature items wait from acceptance on."""

    def waits(case: Case) -> bool:
        item = office.hall.items.get(case.item)
        alone = case.state == "accepted" and item is not None and item.signatures == 1
        return case.state in ("to_authorise", "granted", "refused") or alone

    found = [case for case in books.latest_cases(SHOWN) if waits(case)]
    return tuple(sorted(found, key=lambda c: (c.due.promised if c.due else date.max, c.received_at)))


def load_state(office: Office, wish: Wish, before: OnTable | None) -> SealingState:
    """Read it all; a page that is already made for the same wish is not made again."""
    now = office.parts.clock.now()
    waiting, asked = office.read(
        lambda books: (waiting_cases(office, books), books.case(wish.case) if wish.case else None)
    )
    just_sealed = asked is not None and before is not None and before.case.id == asked.id
    lies = asked is not None and (just_sealed or asked in waiting)
    case = asked if lies else waiting[0] if waiting else None
    table = _on_table(office, case, wish, before, now) if case is not None else None
    return SealingState(now=now, waiting=waiting, table=table)


def _on_table(office: Office, case: Case, wish: Wish, before: OnTable | None, now: datetime) -> OnTable | None:
    item = office.hall.items.get(case.item)
    if item is None:
        return None
    same = case.id == wish.case
    candidates, chief_absent = office.read(lambda books: _candidates(office, books, case, item, now))
    known = {one.id for one in candidates}
    person = wish.person if same and wish.person in known else _preselected(office, candidates, case, chief_absent)
    wish = Wish(
        case=case.id,
        person=case.decision.by if case.decision else person,
        refusing=same and wish.refusing and case.decision is None,
        reason=wish.reason if same else "",
    )
    seal = office.hall.roster.seals.get(item.seal)
    table = OnTable(
        wish=wish,
        case=case,
        item=item,
        candidates=candidates,
        chief_absent=chief_absent,
        letter=office.hall.roster.letter_for(item.code, case.department),
        seal_name=seal.name if seal else item.seal,
        day=now.date(),
    )
    if before is not None and before.prepared is not None and _same(before, table):
        return before
    return _decided(office, table) if case.decision is not None else _undecided(office, table)


def _same(one: OnTable, other: OnTable) -> bool:
    """Nothing the page rests on has changed."""
    return (one.wish, one.case, one.candidates, one.day) == (other.wish, other.case, other.candidates, other.day)


def _candidates(
    office: Office, books: Books, case: Case, item: Item, now: datetime
) -> tuple[tuple[Candidate, ...], bool]:
    roster = office.hall.roster
    department = roster.departments[case.department]
    if item.signatures == 1:
        refusal = letter_to_decide(item.code, case.department, department.chief_rep, now, books)
        person = roster.people[item.decider]
        reason = refusal if isinstance(refusal, Refusal) else None
        return (Candidate(id=person.id, name=person.name, role="一人决定", refusal=reason),), False
    found = []
    for key, role in ((department.chief_rep, "首席代表"), (department.deputy_rep, "副代表")):
        if key in roster.people:
            refusal = letter_to_decide(item.code, case.department, key, now, books)
            if not isinstance(refusal, Refusal) and case.proposal is not None and case.proposal.by == key:
                refusal = Refusal("own-proposal", "签名一是本人，签名二须另一人。没有授权，这件还在等待里。")
            reason = refusal if isinstance(refusal, Refusal) else None
            found.append(Candidate(id=key, name=roster.people[key].name, role=role, refusal=reason))
    return tuple(found), books.absence_of(department.chief_rep, now) is not None


def _preselected(office: Office, candidates: tuple[Candidate, ...], case: Case, chief_absent: bool) -> str:
    """Who is signed in, if he may; else the chief, or his deputy while he is away."""
    me = office.session.person.id if office.session else ""
    free = [one.id for one in candidates if one.refusal is None]
    if me in free:
        return me
    chief = office.hall.roster.departments[case.department].chief_rep
    deputies = [key for key in free if key != chief]
    if chief_absent and deputies:
        return deputies[0]
    return candidates[0].id if candidates else ""


def _undecided(office: Office, table: OnTable) -> OnTable:
    """The page exactly as it would be sealed; where the chosen one may not, the chief's page is shown all the same."""
    case, wish = table.case, table.wish
    outcome: Decided = "refuse" if wish.refusing else case.proposal.outcome if case.proposal else "grant"
    opinion = (wish.reason or NO_REASON) if wish.refusing else case.proposal.opinion if case.proposal else ""
    own = table.person.refusal if table.person else None
    signer = table.letter.person if table.letter else wish.person
    try:
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


def _decided(office: Office, table: OnTable) -> OnTable:
    """Authorised already: the same page, from the same values; with the seal on it where it is sealed."""
    case, decision, pages = table.case, table.case.decision, office.parts.pages
    if decision is None or pages is None:
        return replace(table, refusal=NO_SEALING)
    paper = decided_paper(office, case, table.item)
    use = office.read(lambda books: books.seal_use_of(case.id))
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
