"""A handing-over window with a real store before a centre that gives what it is asked for; results that were sealed elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from clerk_app.cases.decision import Decision
from clerk_app.cases.model import Applicant, Case, case_number
from clerk_app.command import case_subject
from clerk_app.office.counter.handing import acts
from clerk_app.office.office import Office
from clerk_app.outside.ids import new_id, new_query_code
from clerk_app.ports.line import Change
from clerk_app.receipts.handing.model import Delivery
from clerk_app.store.rows import to_json
from tests.desk import cut_office
from tests.seal_fakes import with_seals
from tests.ui.fees.till import GivingCentre
from tests.visits import done

DISPATCHER, HANDING, HANDLER = "P108", 12, "P203"
FOOD, PASSPORT = "11429900MBX002022C4000131016001", "11429900MBX003033P4000109003001"
ADDRESS = "江州市滨湖区枫林街道和平路12号3单元401室"


def handing_office(folder: Path) -> Office:
    """Window 12 with the dispatcher signed in."""
    office = with_seals(cut_office(folder), centre=GivingCentre())
    session, person = office.session, office.hall.roster.people[DISPATCHER]
    assert session is not None
    office.session = replace(session, person=person, seat=replace(session.seat, window=HANDING, post="J1"))
    return office


def sealed_case(
    office: Office, serial: int = 47, *, name: str = "欧阳明月", agent: str = "", days: int = 0, item: str = FOOD
) -> Case:
    """Sealed at window 2 some days ago, as a pull brings it."""
    at = office.parts.clock.now() - timedelta(days=days)
    matter = office.hall.items[item]
    number = "914299001234563K5M" if len(name) > 4 else "429900199001011234"
    case = Case(
        id=new_id(), ticket=new_id(), item=item, item_name=matter.name, hall_version=office.hall.version,
        department=matter.department, materials=(), state="sealed", received_at=at, accepted_at=at, sealed_at=at, window=2,
        applicant=Applicant(name=name, id_number=number, phone="13800000421", agent=agent),
        handler=HANDLER, acting_for=None, query_code=new_query_code(), case_no=case_number("JZ", at.date(), serial), serial=serial,
        decision=Decision(
            outcome="grant", opinion="同意", by="P201", at=at, letter="", document_no=f"江市监许〔2026〕{serial}号",
            serial=serial, digest="0" * 64, pages=1,
        ),
    )  # fmt: skip
    hear(office, case)
    return case


def hear(office: Office, case: Case) -> None:
    office.parts.vault.journal.hear([Change(seq=0, subject=case_subject(case.id), row=to_json(case))])


def shelved(office: Office, case: Case, shelf: str = "001", *, days: int = 0) -> Case:
    """Brought by its handler, some days ago."""
    done(acts.take_in(office, case.id, HANDLER, shelf, "t-1"))
    if days:
        with office.parts.vault.unit(office.hall) as work:
            row = work.books.result(case.id)
            assert row is not None
            work.books.put_result(replace(row, since=office.parts.clock.now() - timedelta(days=days)))
    return case


def by_post(office: Office, case: Case) -> Case:
    """The applicant wants it sent."""
    wish = Delivery(
        how="post", by=DISPATCHER, at=office.parts.clock.now(), name="欧阳明月", phone="13800000421", address=ADDRESS
    )
    done(acts.choose(office, case.id, wish))
    return case
