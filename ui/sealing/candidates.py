"""可授权的人 who may be asked to authorise a case: the chief, his deputy while he is away, a leader by a letter for the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clerk_app.cases.catalogue import Item
from clerk_app.cases.department import department_to_seal
from clerk_app.cases.life import DepartmentDecision
from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.duty.letters import in_force, letter_to_decide, steps_in_for
from clerk_app.duty.standing import absence_of, standing_of
from clerk_app.office.office import Office
from clerk_app.ports import Books
from ui.language import tr

CHIEF, DEPUTY, BY_LETTER, ALONE = tr("首席代表"), tr("副代表"), tr("带班授权"), tr("一人决定")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """可授权的人 one who may be asked to authorise, and why he may not now (None: he may)."""

    id: str
    name: str
    role: str
    refusal: Refusal | None
    stands_for: str = ""
    """代谁 the chief's name, while his deputy may."""


def candidates_for(books: Books, case: Case, item: Item, now: datetime) -> tuple[tuple[Candidate, ...], bool]:
    """In order, and whether the chief is away as recorded."""
    department = books.roster.departments[case.department]
    if word := department_to_seal(case):
        away = absence_of(books, department.chief_rep, now) is not None
        people = {department.chief_rep: CHIEF, department.deputy_rep: DEPUTY}
        known = {key: role for key, role in people.items() if key in books.roster.people}
        return tuple(_keeper(books, case, word, (key, role), now) for key, role in known.items()), away
    if item.signatures == 1:
        found = letter_to_decide(item.code, case.department, department.chief_rep, now, books)
        name, refusal = books.roster.name_of(item.decider), found if isinstance(found, Refusal) else None
        return (Candidate(id=item.decider, name=name, role=ALONE, refusal=refusal),), False
    people = {department.chief_rep: CHIEF, department.deputy_rep: DEPUTY}
    people |= {key: BY_LETTER for key in _by_letter(books, case, now) if key not in people}
    candidates = (_candidate(books, case, key, role, now) for key, role in people.items() if key in books.roster.people)
    return tuple(candidates), absence_of(books, department.chief_rep, now) is not None


def _candidate(books: Books, case: Case, key: str, role: str, now: datetime) -> Candidate:
    found = letter_to_decide(case.item, case.department, key, now, books)
    refusal = found if isinstance(found, Refusal) else None
    if refusal is None and case.proposal is not None and case.proposal.by == key:
        refusal = Refusal("own-proposal", tr("签名一是本人，签名二须另一人。没有授权，这件还在等待里。"))
    chief = books.roster.departments[case.department].chief_rep
    stands_for = books.roster.name_of(chief) if role == DEPUTY and refusal is None else ""
    return Candidate(id=key, name=books.roster.name_of(key), role=role, refusal=refusal, stands_for=stands_for)


def _keeper(books: Books, case: Case, word: DepartmentDecision, who: tuple[str, str], now: datetime) -> Candidate:
    """On what the department decided only who stands for the chief lets the seal be used; no letter is asked for."""
    key, role = who
    post, name = books.roster.chief_posts.get(case.department), books.roster.name_of(key)
    chief = books.roster.name_of(books.roster.departments[case.department].chief_rep)
    refusal = None
    if post is None or not (standing_of(books, key, post, now).side or steps_in_for(books, key, post, now)):
        refusal = Refusal(
            "chief-present", tr("{chief} 没有登记离岗，副代表不能授权用印。等他本人，或先登记他离岗。", chief=chief)
        )
    elif key in (word.recorded_by, case.proposal.by if case.proposal else ""):
        refusal = Refusal("own-proposal", tr("部门决定是本人记的，或签名一是本人，用印要另一人授权，没有用印。"))
    stands_for = chief if role == DEPUTY and refusal is None else ""
    return Candidate(id=key, name=name, role=role, refusal=refusal, stands_for=stands_for)


def _by_letter(books: Books, case: Case, now: datetime) -> tuple[str, ...]:
    """带班 leaders with a chief's powers over this item by a letter recorded beside the hall file."""
    rows = (row for row in books.recorded_letters_since(now.date()) if row.counts(now))
    letters = (row.letter for row in rows if row.department == case.department and case.item in row.items)
    return tuple(one.person for one in letters if in_force(one, now.date()))


def preselected(office: Office, candidates: tuple[Candidate, ...], case: Case, chief_absent: bool) -> str:
    """Who is signed in, if he may; else the chief, or who may decide while he is away."""
    me = office.session.person.id if office.session else ""
    free = [one.id for one in candidates if one.refusal is None]
    if me in free:
        return me
    chief = office.hall.roster.departments[case.department].chief_rep
    others = [key for key in free if key != chief]
    if chief_absent and others:
        return others[0]
    return candidates[0].id if candidates else ""
