"""一笔用印的记录 what the books of this machine hold around one use: its events, its grant, its void, its row of the journal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from clerk_app.canonical import sm3
from clerk_app.cases.model import Case
from clerk_app.office.counter.seal_seats import card_of
from clerk_app.office.office import Office
from clerk_app.ports import Books
from clerk_app.ports.audit import AuditAsked
from clerk_app.ports.seal import SealCard
from clerk_app.sealing.model import SealUse
from clerk_app.sealing.one_seal import JournalPlace
from clerk_app.sealing.paper import Verification
from clerk_app.sealing.verdicts import SealedRecord
from clerk_app.sync.verdicts import undecided
from clerk_app.sync.wire import UnreadableCommand, read_envelope


@dataclass(frozen=True)
class _Line:
    """流水的一条 the command that registered a use, and whether the centre has answered it."""

    command: str
    state: str


def record_of_file(office: Office, found: Verification) -> SealedRecord:
    """By the digest of the whole file; a file that was altered is known by the grant that lies in it."""

    def use_of(books: Books) -> SealUse | None:
        use = books.seal_use_by_digest(found.digest)
        if use is not None or found.grant is None:
            return use
        row = books.seal_grant(found.grant.terms.id)
        return books.seal_use(row.used.get(found.grant.paper.sha256, "")) if row is not None else None

    return record_of_use(office, office.read(use_of))


def record_of_use(office: Office, use: SealUse | None) -> SealedRecord:
    """With what was said of it since. What the centre has not answered yet it has not heard before this moment."""
    if use is None:
        return SealedRecord()
    now = office.parts.clock.now()

    def read(books: Books) -> SealedRecord:
        return SealedRecord(
            use=use,
            grant=books.seal_grant(use.grant),
            events=books.seal_events_of(use.seal),
            voided_at=_voided_at(books.case(use.case), use),
        )

    line = _line_of(office, use) if use.heard_at is None else None
    heard = now if line is not None and line.state in undecided else use.heard_at
    return replace(office.read(read), heard=heard)


def _voided_at(case: Case | None, use: SealUse) -> datetime | None:
    rows = case.life.voided if case is not None else ()
    return next((one.agreed_at for one in rows if one.seal_use == use.id and one.agreed_at is not None), None)


def certificate_of(office: Office, seal: str, serial: str) -> SealCard | None:
    """What is known here of the certificate with this serial number; None of an older one, and of a stranger's."""
    card = card_of(office, seal) if seal in office.hall.roster.seals else None
    return card if card is not None and card.serial == serial else None


def place_of(office: Office, use: SealUse) -> JournalPlace | None:
    """Its row in this machine's journal; None for one that was registered at another machine."""
    line = _line_of(office, use)
    data = office.parts.vault.journal.envelope(line.command) if line is not None else None
    if data is None:
        return None
    try:
        envelope = read_envelope(data)
    except UnreadableCommand:
        return None
    return JournalPlace(
        device=envelope.device, incarnation=envelope.incarnation, seq=envelope.device_seq, hash=sm3(data)
    )


def _line_of(office: Office, use: SealUse) -> _Line | None:
    day, wanted = (use.entered_at or use.at).date(), f"seal_use:{use.id}"
    asked, cursor = AuditAsked(start=day, end=day, kind="record_seal_use"), ""
    while True:
        page = office.parts.vault.audit.page(asked, cursor, 200)
        for line in page.lines:
            if wanted in line.subjects:
                return _Line(line.id, line.state)
        if not page.cursor:
            return None
        cursor = page.cursor
