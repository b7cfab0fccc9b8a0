"""真盖了章的台 a desk whose keys, stamper, pages and verifier are the real ones, with one case sealed at it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from clerk_app.cases.model import Case
from clerk_app.duty.training import training_pin
from clerk_app.office.line.greeting import MACHINES
from clerk_app.office.office import Office
from clerk_app.outside.keys import SigningKey
from clerk_app.outside.seal_keys import TrainingSeal, TrainingSealKeys
from clerk_app.outside.seal_verifier import SealVerifier
from clerk_app.outside.stamping import PdfStamper
from clerk_app.ports.line import Machine
from clerk_app.sealing.model import SealUse
from tests.ui.sealing.desk import CHIEF, DEPUTY, proposed, sealed, sealing_office

MACHINE = SigningKey(bytes(32))
SEAL = "S-SJJ"


@dataclass(frozen=True)
class SealedDesk:
    """The office, its case, the line in its register and the sealed file."""

    office: Office
    case: Case
    use: SealUse
    pdf: bytes


def real_seals(office: Office, folder: Path) -> Office:
    """With keys and verifier that are no fakes, and a machine that signs codes."""
    clock = office.parts.clock.now
    pins = {person: training_pin(person) for person in (CHIEF, DEPUTY)}
    seal = TrainingSeal(office.hall.roster.seals[SEAL].name, pins)
    keys = TrainingSealKeys(folder / "seals", {SEAL: seal}, clock)
    stamper = PdfStamper(office.parts.locksmith.genuine)
    office.parts = replace(
        office.parts, seal_keys=keys, stamper=stamper, verifier=SealVerifier(clock), device_sign=MACHINE.sign
    )
    known = {"device-under-test": Machine(public_key=MACHINE.public)}
    office.parts.vault.keep.put_meta(MACHINES, msgspec.json.encode(known).decode())
    return office


def sealed_desk(folder: Path, name: str = "江州春禾餐饮管理有限公司") -> SealedDesk:
    """From the number to the seal."""
    office = real_seals(sealing_office(folder), folder)
    case = sealed(office, proposed(office, name))
    use = office.read(lambda books: books.seal_use(case.seal_use))
    assert use is not None
    kept = office.parts.vault.keep.document(use.digest_after)
    assert kept is not None
    return SealedDesk(office, case, use, kept.content)
