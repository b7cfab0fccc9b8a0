"""追认 a command that rested on what had ended is let count by a person: the same envelope, the same use case, once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, select

from clerk_app.command import Command, Refusal
from clerk_app.duty.records import RecordedLetter, Substitution
from clerk_app.office.hold_rules import HELD
from clerk_app.office.judge import gate_refusal
from clerk_app.oversight.settling import RatifyConflict
from clerk_app.ports import Books
from clerk_app.sealing.model import SealStanding, SealUse
from clerk_app.sealing.usecases import MarkSealed, looked_at_again
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device
from clerk_app.server.holds import CentreBooks
from clerk_app.server.intake import Piece
from clerk_app.server.tables import envelopes
from clerk_app.store.cabinet import Cabinet
from clerk_app.sync.wire import UnreadableCommand, read_envelope

e = envelopes
FELL = ("stopped", "lost")
_own = Refusal("second-person", "这一步是您本人办的，追认须另一人，没有追认。请值班长或另一位首席代表来定。")
_unknown = Refusal("not-a-conflict", "这一步现在不等人定，没有追认，什么都没改。刷新看看。")


def ratified_subjects(connection: Connection, device: Device, pieces: Iterable[Piece]) -> set[str]:
    """What the ratified commands write: locked with the batch's own."""
    wanted = [piece.command.ratified for piece in pieces if isinstance(piece.command, RatifyConflict)]
    if not wanted:
        return set()
    query = select(e.c.subjects).where(e.c.hall == device.hall, e.c.id.in_(wanted))
    return {subject for text in connection.execute(query).scalars() for subject in text.split()}


def apply_ratified(office: CentreOffice, cabinet: Cabinet, command: RatifyConflict, books: Books) -> Refusal | None:
    """None when its rows now stand, or when the ratification itself is out of order (its own use case says so)."""
    if not command.note.strip() or books.settlement(command.ratified) is not None:
        return None
    hall = books.hall.id
    query = select(e.c.device, e.c.envelope).where(
        e.c.hall == hall, e.c.id == command.ratified, e.c.state == "conflict"
    )
    row = cabinet.connection.execute(query).one_or_none()
    if row is None:
        return _unknown
    try:
        ratified = office.codec.command(read_envelope(row.envelope).body)
    except UnreadableCommand:
        return _unknown
    named = office.hall(cabinet.connection, hall, ratified.hall_version)
    if named is None:
        return _unknown
    then = _AsKnownBooks(cabinet, named, row.device)
    then.letter, then.person = ratified.basis.removeprefix("letter:"), ratified.actor
    then.sealing = isinstance(ratified, MarkSealed)
    if command.actor == ratified.actor:
        return _own
    if refusal := _elsewhere(ratified, then, books.device):
        return refusal
    before = _look_again(ratified, then)
    if refusal := gate_refusal(ratified, then) or office.register[ratified.kind].act(ratified, then):
        for use in before:
            then.put_seal_use(use)
        return Refusal("ratify-impossible", f"现在补不上这一步，没有追认。{refusal.sentence}")
    _look_again(ratified, then)
    return None


class _AsKnownBooks(CentreBooks):
    """当时的账 as the window knew them: neither the letter it rested on, nor his standing in, nor the seal had been ended there."""

    letter = ""
    person = ""
    sealing = False
    """The seal's end is only passed over where the seal's own step is ratified."""

    def seal_standing(self, seal: str) -> SealStanding | None:
        row = super().seal_standing(seal)
        return replace(row, state="in_use") if self.sealing and row is not None and row.state in FELL else row

    def substitutions_since(self, day: date) -> tuple[Substitution, ...]:
        rows = super().substitutions_since(day)
        return tuple(replace(row, ended_at=None, ended_by="") if row.b == self.person else row for row in rows)

    def recorded_letters_since(self, day: date) -> tuple[RecordedLetter, ...]:
        rows = super().recorded_letters_since(day)
        return tuple(
            replace(row, ended_at=None, ended_by="") if row.document_no == self.letter else row for row in rows
        )


def _elsewhere(ratified: Command, then: CentreBooks, acting: str) -> Refusal | None:
    """Nothing is changed behind the back of a window that works on it now."""
    for subject in ratified.subjects:
        if subject.startswith(HELD) and then.holder(subject) not in (None, then.device, acting):
            return Refusal("held-elsewhere", "这件现在在别的窗口手上，没有追认。等它交出来再追认。")
    return None


def _look_again(ratified: Command, then: CentreBooks) -> list[SealUse]:
    """A seal's use was flagged while what it rested on did not count; now it is seen as it was. Answers the lines as they were."""
    before = []
    for subject in ratified.subjects:
        word, _, key = subject.partition(":")
        use = then.seal_use_of(key) if word == "case" else None
        case = then.case(key) if use else None
        if use is not None and use.flags and case is not None:
            before.append(use)
            then.put_seal_use(looked_at_again(use, case, then))
    return before
