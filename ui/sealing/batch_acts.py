"""批量的动作 the pages of a batch made, then authorised and sealed; never on the screen's thread."""

from __future__ import annotations

from collections.abc import Sequence

from clerk_app.command import Refusal
from clerk_app.office.counter.batching import (
    Batch,
    BatchDone,
    Progress,
    authorise_batch,
    explain_put_aside,
    prepare_batch,
)
from clerk_app.office.counter.seal_seats import Keeper
from clerk_app.office.office import Office
from ui.sealing.batch_state import BatchState, below_a_used_one
from ui.sealing.seal_at_hand import SealAtHand, seal_at_hand

Made = tuple[Batch, SealAtHand | None]


def make(office: Office, cases: Sequence[str], person: str, progress: Progress) -> Made:
    """The pages, and the seal they want."""
    batch = prepare_batch(office, cases, person, progress)
    first = batch.pages[0] if batch.pages else None
    if first is None:
        return batch, None
    return batch, seal_at_hand(office, first.item, first.paper.title, person)


def seal_all(office: Office, state: BatchState, pins: tuple[str, str], progress: Progress) -> BatchDone | Refusal:
    """What was read and not put aside; holes in the numbers are explained once something behind them was used."""
    pin, seal_pin = pins
    keeper = Keeper(person=state.seal.keeper, pin=seal_pin) if state.seal is not None and seal_pin else None
    person = office.hall.roster.people[state.person]
    done = authorise_batch(office, state.kept, person, pin, keeper, progress)
    if isinstance(done, BatchDone) and (skipped := below_a_used_one(state, done.sealed)):
        explain_put_aside(office, skipped)
    return done
