"""带教 the learner asks, the mentor agrees by one key at his own window, or by his secret at the learner's, line or no line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from clerk_app.cases.model import Case
from clerk_app.command import Refusal, case_subject
from clerk_app.duty.consents import AskConsent, GiveConsent
from clerk_app.duty.model import Person, Seat
from clerk_app.duty.records import Consent
from clerk_app.office.office import Beside, Office, Outcome
from clerk_app.office.secrets import Secret, ask_centre, ask_here, record_wrong_pin
from clerk_app.ports import Books, CentreAway, PersonKey

ConsentState = Literal["none", "asked", "agreed", "refused"]
ACCEPT = "accept"
PIN_LENGTH = 6


@dataclass(frozen=True, kw_only=True)
class Need:
    """要带教同意 how far the mentor's word on one case has come; `note` is why he did not agree."""

    mentor: str
    state: ConsentState
    at: datetime | None = None
    note: str = ""

    @property
    def given(self) -> bool:
        """Nothing stands in the way any more."""
        return self.state == "agreed"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """等人看的一件 an open question with what it is about; `learner` and `mentor` by name."""

    consent: Consent
    learner: str
    mentor: str
    case: Case
    item: str


def need_of(office: Office, books: Books, case: Case, action: str = ACCEPT) -> Need | None:
    """None when who is signed in learns no more (or nobody is): then nobody need agree."""
    session = office.session
    if session is None or not session.person.learns(office.parts.clock.now().date()):
        return None
    mine = [
        one
        for one in books.consents_of(case_subject(case.id))
        if one.learner == session.person.id and one.action == action
    ]
    mentor = books.roster.name_of(session.person.mentor)
    agreed = next((one for one in mine if one.agreed_at is not None), None)
    if agreed is not None:
        return Need(mentor=mentor, state="agreed", at=agreed.agreed_at)
    last = max(mine, key=lambda one: one.id, default=None)
    if last is None:
        return Need(mentor=mentor, state="none")
    if last.open:
        return Need(mentor=mentor, state="asked", at=last.asked_at)
    return Need(mentor=mentor, state="refused", at=last.refused_at, note=last.note)


def agreed_words(books: Books, case: Case, action: str = ACCEPT) -> str:
    """谁学谁带 both names, where a mentor agreed to this step of the case; empty when none had to."""
    agreed = (
        one
        for one in books.consents_of(case_subject(case.id))
        if one.action == action and one.learner == case.handler and one.agreed_at is not None
    )
    found = next(agreed, None)
    if found is None:
        return ""
    learner, mentor = books.roster.name_of(found.learner), books.roster.name_of(found.mentor)
    return f"{learner}（学习期，{mentor} 同意）"


def ask(office: Office, case: str, action: str = ACCEPT) -> Outcome:
    """请带教人看 the case in hand."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(AskConsent(**fields, consent=office.parts.new_id(), action=action, subject=case_subject(case)))


def waiting_for_me(office: Office) -> tuple[Waiting, ...]:
    """等我同意的 the oldest first; what was done or dropped meanwhile asks nobody any more."""
    session = office.session
    return () if session is None else office.read(lambda books: _open(office, books, session.person, mentor=True))


def waiting_of_mine(office: Office) -> tuple[Waiting, ...]:
    """我在等的 what the learner who is signed in here has asked."""
    session = office.session
    if session is None or not session.person.mentor:
        return ()
    return office.read(lambda books: _open(office, books, session.person, mentor=False))


def _open(office: Office, books: Books, person: Person, *, mentor: bool) -> tuple[Waiting, ...]:
    rows = books.consents_for(person.id if mentor else person.mentor)
    found = []
    for one in rows:
        case = books.case(one.subject.partition(":")[2])
        if not one.open or case is None or case.state != "received" or (not mentor and one.learner != person.id):
            continue
        item = office.hall.items.get(case.item)
        names = {"learner": books.roster.name_of(one.learner), "mentor": books.roster.name_of(one.mentor)}
        found.append(Waiting(consent=one, **names, case=case, item=item.short if item else case.item))
    return tuple(sorted(found, key=lambda row: (row.consent.asked_at, row.consent.id)))


def give(office: Office, consent: str, *, agreed: bool, note: str = "") -> Outcome:
    """同意 or not, at the mentor's own window: one key."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(GiveConsent(**fields, consent=consent, agreed=agreed, note=note))


def give_here(office: Office, waiting: Waiting, text: str, *, agreed: bool = True, note: str = "") -> Outcome:
    """当面同意 at the learner's desk, by the mentor's PIN or password: his own key signs it, and he is not signed in by it."""
    session = office.session
    mentor = office.hall.roster.people.get(waiting.consent.mentor)
    if session is None or mentor is None:
        return Refusal("signed-out", "登录已经结束，没有同意。登录后再请他看。")
    key = _his_key(office, mentor, text)
    if isinstance(key, Refusal):
        return key
    stamp = office.stamp_of(
        mentor, Seat(window=office.window, post=session.seat.post), basis=f"mentor:{waiting.consent.learner}"
    )
    command = GiveConsent(**stamp.fields(office.parts.new_id), consent=waiting.consent.id, agreed=agreed, note=note)
    return office.do(command, beside=Beside(sign=key.sign))


def _his_key(office: Office, mentor: Person, text: str) -> PersonKey | Refusal:
    secret = Secret(text, office.window, pin=text.isdigit() and len(text) == PIN_LENGTH, countersign=True)
    try:
        key = ask_centre(office, mentor, secret)
    except CentreAway:
        key = ask_here(office, mentor, secret)
    if secret.pin:
        record_wrong_pin(office, mentor, key)
    if not isinstance(key, Refusal):
        return key
    sentence = key.sentence.replace("没有用印，办件没有变化。", "没有同意，办件没有变化。")
    return Refusal(key.type, sentence.replace("没有登录", "没有同意").replace("没有授权", "没有同意"))
