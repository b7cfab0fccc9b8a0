"""提、授权、用印 the second half of a visit: proposed, authorised on exact bytes with a PIN, sealed, marked; each step its own command.

Whatever breaks in between leaves a case that says where it stands: authorised without a seal is sealed later on the same
frozen bytes by a fresh grant; a seal use without its mark is marked at the next look (`finish_sealing`).
"""

from __future__ import annotations

from clerk_app.cases.decision import Outcome as Decided
from clerk_app.cases.decisions import AuthoriseDecision, ProposeDecision
from clerk_app.cases.department import AuthoriseSealUse
from clerk_app.cases.model import Case
from clerk_app.cases.stamped import unmarked
from clerk_app.command import Refusal, case_subject
from clerk_app.duty.model import Person
from clerk_app.office.counter.issued import frozen_page
from clerk_app.office.counter.prepared import Prepared, as_prepared
from clerk_app.office.counter.seal_seats import Keeper, SealSeat, keeper_for, opens_with, seat_of
from clerk_app.office.counter.stamping import (
    Act,
    Authority,
    Given,
    begin,
    fields_of,
    give,
    granted,
    opened,
    stamp_prepared,
)
from clerk_app.office.countersigning import unlock
from clerk_app.office.duty.cover import step_in_for_chief
from clerk_app.office.line.attaching import whole_refusal
from clerk_app.office.line.holding import in_time
from clerk_app.office.office import Beside, Done, Office, Outcome
from clerk_app.office.registration.self_check import checked_before_grant
from clerk_app.ports import Books, Document, PersonKey
from clerk_app.sealing.model import SealUse
from clerk_app.sealing.usecases import MarkSealed

SEAL_WHEN_CUT = Refusal(
    "seal-when-cut", "线路断着，电子印章不能用，没有用印，办件没有变化。等线路恢复，或盖实体章登记。"
)


def propose(office: Office, case: str, outcome: Decided, opinion: str) -> Outcome:
    """签名一; an item with the one form is granted only on a form that was checked: it is checked now if it was not."""
    if outcome == "grant" and (refusal := checked_before_grant(office, case)):
        return refusal
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(ProposeDecision(**fields, case=case, outcome=outcome, opinion=opinion))


def authorise(office: Office, prepared: Prepared, person: Person, pin: str, keeper: Keeper | None = None) -> Outcome:
    """授权并用印: signature 2 over the prepared bytes, then the seal, then the mark. Each refusal leaves what was before it standing.

    `keeper` opens the seal where the authoriser does not keep it. For a seal that lies in another machine the answer is
    `Done`, and the case waits there for its keeper (`seat_queue`).
    """
    if refusal := changed_since(office, prepared) or whole_refusal(office, prepared.case.id):
        return refusal
    alone = prepared.item.signatures == 1 and prepared.outcome == "grant"
    if alone and (refusal := checked_before_grant(office, prepared.case.id)):
        return refusal
    return _sign(office, prepared, (person, pin), keeper, decided=False)


def seal_again(office: Office, case_id: str, person: Person, pin: str, keeper: Keeper | None = None) -> Outcome:
    """补用印 a case that was authorised and not sealed (the program stopped in between): a fresh grant on the very bytes authorised then."""
    case = office.read(lambda books: books.case(case_id))
    item = office.hall.items.get(case.item) if case else None
    if case is None or item is None or case.decision is None or case.state not in ("granted", "refused"):
        return Refusal("not-to-seal", "这件现在不等用印，没有变化。")
    if case.decision.by != person.id:
        return Refusal("not-the-authoriser", "授权的不是您，没有用印，办件没有变化。由授权的人来用印。")
    if refusal := in_time(office, case_id):
        return refusal
    if use := office.read(lambda books: stamped_use(books, case)):
        return mark(office, case_id, use.id)
    frozen = frozen_page(office, case.decision.digest)
    if frozen is None or office.parts.pages is None:
        return Refusal(
            "page-elsewhere", "授权的那份文书不在这台机器上，中心也没取到，没有用印。到授权的那台机器上用印。"
        )
    return _sign(office, as_prepared(office, case, item, frozen), (person, pin), keeper, decided=True)


def _sign(
    office: Office, prepared: Prepared, signer: tuple[Person, str], keeper: Keeper | None, *, decided: bool
) -> Outcome:
    """The seal is opened before anything is signed."""
    seal, (person, pin) = prepared.seal, signer
    seat = seat_of(office, seal)
    if isinstance(seat, Refusal):
        return seat
    key = unlock_to_seal(office, person, pin)
    if isinstance(key, Refusal):
        return key
    if not seat.here:
        by = _authority(prepared, person, key)
        return _grant_elsewhere(office, prepared, by, keeper, seat, decided=decided)
    who = keeper or opens_with(office, seal, person, pin)
    if isinstance(who, Refusal):
        return who
    with opened(office, seal, who) as open_:
        if isinstance(open_, Refusal):
            return open_
        if refusal := step_in_for_chief(office, person, key.sign):
            return refusal
        by = _authority(prepared, person, key)
        given = give(office, by, (granted(prepared),), seal, who.person, seat)
        acts = _acts(office, prepared, by, given, decided=decided)
        use = begin(office, given, granted(prepared), acts)
        return use if isinstance(use, Refusal) else stamp_prepared(office, prepared, given, use, open_, by)


def _authority(prepared: Prepared, person: Person, key: PersonKey) -> Authority:
    return Authority(person=person, key=key, letter=prepared.letter)


def _acts(office: Office, prepared: Prepared, by: Authority, given: Given, *, decided: bool) -> tuple[Act, ...]:
    """The decision (once), then the grant."""
    if decided:
        return (given.act,)
    return (decision_act(office, prepared, by), given.act)


def _grant_elsewhere(
    office: Office, prepared: Prepared, by: Authority, keeper: Keeper | None, seat: SealSeat, *, decided: bool
) -> Outcome:
    """授权在这里，章在那里: the page goes to the centre with the decision, the seat fetches it; its keeper opens it there."""
    seal = prepared.seal
    who = keeper.person if keeper else keeper_for(office, seal, by.person)
    if isinstance(who, Refusal):
        return who
    if refusal := step_in_for_chief(office, by.person, by.key.sign):
        return refusal
    given = give(office, by, (granted(prepared),), seal, who, seat)
    return office.do_together(_acts(office, prepared, by, given, decided=decided))


def changed_since(office: Office, prepared: Prepared) -> Refusal | None:
    """What the page says is no longer so: another page has to be looked at before it is signed."""
    case, then = office.read(lambda books: books.case(prepared.case.id)), prepared.case
    if case is not None and (case.state, case.applicant, case.proposal) == (then.state, then.applicant, then.proposal):
        return None
    return Refusal("case-changed", "这件刚才有变动，和您看的那一页对不上，没有授权，没有用印。看过新排的页再来。")


def decision_act(office: Office, prepared: Prepared, by: Authority) -> Act:
    """What the department decided is not decided again: only its seal is authorised. The frozen page goes with it."""
    fields, case, digest = fields_of(office, by.person, prepared.letter), prepared.case.id, prepared.digest
    session, pages = (office.session.id if office.session else ""), prepared.page.pages
    command: AuthoriseDecision | AuthoriseSealUse
    if prepared.letter is None:
        command = AuthoriseSealUse(**fields, case=case, digest=digest, pages=pages, session=session)
    else:
        command = AuthoriseDecision(
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
    frozen = Document(digest=digest, case=case, sealed=False, made_at=command.at, content=prepared.page.pdf)
    return command, Beside((frozen,), by.key.sign)


def stamped_use(books: Books, case: Case) -> SealUse | None:
    """盖了没记 the clean stamp of this very decision, while the case does not say so yet."""
    if case.state not in ("granted", "refused"):
        return None
    use = books.seal_use_of(case.id)
    return use if unmarked(case, use) else None


def mark(office: Office, case: str, seal_use: str) -> Outcome:
    """记办结 on a use that is registered."""
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
    return sum(isinstance(mark(office, case, use), Done) for case, use in waiting)


def unlock_to_seal(office: Office, person: Person, pin: str) -> PersonKey | Refusal:
    """By PIN; with the line cut only where the hall lets the electronic seal be used then."""
    return unlock(office, person, pin, None if office.hall.electronic_when_cut else SEAL_WHEN_CUT)
