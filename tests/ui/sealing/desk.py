"""A desk that can seal: the cut office with a line for PINs and claims, real pages, and a seal key that only marks bytes."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

from clerk_app.cases.model import Applicant, Case
from clerk_app.command import Refusal
from clerk_app.duty.training import training_pin
from clerk_app.office.counter import deciding, visit
from clerk_app.office.counter.prepared import prepare
from clerk_app.office.counter.seal_seats import keeper_for
from clerk_app.office.events import LineState, PrinterState
from clerk_app.office.line.beating import Beater
from clerk_app.office.office import Done, Office
from clerk_app.office.registration import saving
from clerk_app.ports import CentreAway, CentreProblem, HoldGrant, NumberBlock, SessionGrant
from printers.pages import QtPageMaker
from resources import path
from tests.desk import CutCentre, cut_office
from tests.seal_fakes import keeper, with_seals

COMPANY = "11429900MBX002022C4000131001001"
TRADER = "11429900MBX002022C4000131001004"
CHIEF, DEPUTY, CLERK = "P201", "P202", "P203"
CHIEF_PIN, DEPUTY_PIN = training_pin(CHIEF), training_pin(DEPUTY)


class PinCentre(CutCentre):
    """It judges secrets and grants claims; everything else is a cut line."""

    def __init__(self) -> None:
        self.wrong = 0
        self.locked = ""
        self.away = False

    def sign_in(
        self, account: str, secret: str, window: int, public_key: str, by: str = "password", proof: object = None
    ) -> SessionGrant:
        if self.away:
            raise CentreAway("cut")
        if self.locked:
            raise CentreProblem("account-locked", self.locked, 423)
        if secret != training_pin(account):
            self.wrong += 1
            raise CentreProblem("pin-wrong", f"PIN 不对，还可试 {3 - self.wrong} 次。没有用印，办件没有变化。", 401)
        return SessionGrant(person=account)

    def claim(self, subject: str, release_code: str = "") -> HoldGrant:
        return HoldGrant(granted=not self.away)


def sealing_office(folder: Path) -> Office:
    office = cut_office(folder)
    parts = with_seals(office, centre=PinCentre(), pages=QtPageMaker()).parts
    year = parts.clock.now().year
    parts.vault.keep.add_block(NumberBlock(id="b-doc", kind=f"doc_no:SJJ:{year}", first=47, last=9000))
    return office


def running(office: Office) -> SimpleNamespace:
    """The loops' last words, without the loops."""
    line = SimpleNamespace(state=LineState(connected=True))
    lane = SimpleNamespace(state=PrinterState(ready=True, said="打印机 就绪"))
    return SimpleNamespace(line=line, lane=lane, beat=Beater(office))


def accepted(
    office: Office,
    name: str = "江州春禾餐饮管理有限公司",
    item: str = COMPANY,
    *,
    done: bool = True,
    filled: bool = True,
) -> Case:
    """A visit up to acceptance."""
    parts = office.parts
    good(visit.take_ticket(office, "A"))
    good(visit.call_next(office))
    ticket = office.read(lambda books: books.open_call_at(2, parts.clock.now().date()))
    assert ticket is not None
    good(visit.arrive(office, ticket.id))
    brought = tuple(m.name for m in office.hall.items[item].materials)
    good(visit.receive(office, ticket.id, item, Applicant(name=name, id_number="914299001234563K5M"), brought))
    parts.clock.set(parts.clock.now() + timedelta(minutes=4))
    case = case_of(office, ticket.id)
    good(visit.accept(office, case))
    if office.hall.items[item].form and filled:
        example = json.loads(path("forms", "company", "example.json").read_text(encoding="utf-8"))
        good(saving.save_form(office, case.id, example))
    if done:
        good(visit.finish(office, ticket.id))
    return case_of(office, ticket.id)


def proposed(office: Office, name: str = "江州春禾餐饮管理有限公司", *, done: bool = True) -> Case:
    """A visit up to signature 1."""
    case = accepted(office, name, done=done)
    office.parts.clock.set(office.parts.clock.now() + timedelta(minutes=3))
    good(deciding.propose(office, case.id, "grant", "材料齐全，章程和住所都核过，符合法定形式。"))
    return fresh(office, case)


def sealed(office: Office, case: Case, person: str = CHIEF) -> Case:
    """Signature 2 and the seal."""
    made = prepare(office, case.id, person, "grant", "同意")
    assert not isinstance(made, Refusal), made
    who = office.hall.roster.people[person]
    keeps = keeper_for(office, made.item.seal, who)
    assert isinstance(keeps, str), keeps
    other = None if keeps == person else keeper(keeps)
    good(deciding.authorise(office, made, who, training_pin(person), other))
    return fresh(office, case)


def fresh(office: Office, case: Case) -> Case:
    found = office.read(lambda books: books.case(case.id))
    assert found is not None
    return found


def case_of(office: Office, ticket: str) -> Case:
    found = office.read(lambda books: books.case_of_ticket(ticket))
    assert found is not None
    return found


def good(outcome: object) -> None:
    assert isinstance(outcome, Done), outcome
