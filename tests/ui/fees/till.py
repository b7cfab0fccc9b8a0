"""A paying window with a real store, before a centre that gives what it is asked for; bills that were set elsewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from clerk_app.office.office import Office, Session
from clerk_app.outside.ids import new_id
from clerk_app.ports import HoldGrant
from clerk_app.ports.line import Change
from clerk_app.receipts.fees.model import Bill, BillLine, bill_subject
from clerk_app.store.rows import to_json
from tests.desk import CutCentre, cut_office

CASHIER, TILL = "P111", 11
CARD, HOUSE = "GAJ", "ZGJ"


class GivingCentre(CutCentre):
    """The hold is this machine's, whoever asks."""

    def claim(self, subject: str, release_code: str = "") -> HoldGrant:
        del subject, release_code
        return HoldGrant(granted=True, fence=1, until=None, release_code="")


def till_office(folder: Path, printer: str = "") -> Office:
    """Window 11 with the cashier signed in."""
    office = cut_office(folder, printer=printer)
    office.parts = replace(office.parts, centre=GivingCentre())
    session, person = office.session, office.hall.roster.people[CASHIER]
    assert session is not None
    office.session = replace(session, person=person, seat=replace(session.seat, window=TILL, post="H1"))
    assert isinstance(office.session, Session)
    return office


def bill_of(office: Office, serial: int = 1, *, set_by: str = "P303", units: tuple[str, ...] = (CARD,)) -> Bill:
    """Set at window 6, as a pull brings it."""
    at = office.parts.clock.now()
    lines = tuple(
        BillLine(
            matter=f"external:m-{serial}-{unit}", matter_no="GA-7", item="x", charge="", name="身份证换领", unit=unit, code="103042704",
            basis="发改价格[2003]2322号", price=2000, count=1,
        )
        for unit in units
    )  # fmt: skip
    bill = Bill(
        id=new_id(), no=f"JK20261120-{serial:05d}", payer="卢*珍", lines=lines, state="open", set_by=set_by, set_at=at, window=6,
        hall_version=office.hall.version, matters=tuple(line.matter for line in lines), moved_at=at,
    )  # fmt: skip
    office.parts.vault.journal.hear([Change(seq=0, subject=bill_subject(bill.id), row=to_json(bill))])
    return bill
