"""此刻 what the presenter adds to the books: an act under way, what was refused, which way the seal goes, what is marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from clerk_app.command import Refusal
from clerk_app.office.counter.deciding import SEAL_WHEN_CUT
from ui.sealing.state import OnTable, SealingState
from ui.sealing.view import Listing, Side
from ui.widgets.strip import StripView

Way = Literal["", "seal", "paper"]
"""电子印章、实体章; empty: as it is fit."""
PAPER_BY_ITSELF = frozenset({SEAL_WHEN_CUT.type, "paper-seal-only", "no-seal-key"})

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """此刻 of one desk. `tries` counts the PINs that were judged; `cut`: the line is cut and the electronic seal waits for it."""

    now: datetime = LONG_AGO
    busy: bool = False
    making: bool = False
    finding: str = ""
    seal_finding: str = ""
    own_seal_pin: bool = False
    """The seal of who authorises has a PIN of its own."""
    tries: int = 0
    strip: StripView | None = None
    training: bool = False
    listing: Listing = "waiting"
    locked: tuple[str, str] = ("", "")
    """锁着的钥匙 whose, and what was said of it."""
    cut: bool = False
    way: Way = ""
    marked: frozenset[str] = frozenset()
    press_finding: tuple[Literal["", "copies", "time"], str] = ("", "")
    refused: tuple[tuple[str, str, str], ...] = ()
    """没登记的 of those that were registered together: case, whose, why."""


def off(table: OnTable, moment: Moment) -> Refusal | None:
    """Why the electronic seal cannot be used on this case now."""
    if table.seal is not None and table.seal.barred is not None:
        return table.seal.barred
    if table.seal is not None and not table.seal.seal.electronic:
        return table.seal.off
    if moment.cut:
        return SEAL_WHEN_CUT
    return table.seal.off if table.seal is not None else None


def way_of(table: OnTable, moment: Moment) -> Way:
    """Paper where it was asked for, and by itself where the electronic seal is not to be had here."""
    if moment.way:
        return moment.way
    why = off(table, moment)
    barred = table.seal is not None and table.seal.barred is not None
    return "paper" if why is not None and not barred and why.type in PAPER_BY_ITSELF else "seal"


def side_of(state: SealingState, moment: Moment) -> Side:
    """What stands at the right of one case."""
    table = state.table
    if table is None or not table.frozen or table.use is not None:
        return "authority"
    if table.pending is not None and not table.pending.over(moment.now):
        return "authority"
    asked = moment.way == "paper" or (not moment.way and state.listing == "press")
    return "press" if asked or way_of(table, moment) == "paper" else "authority"
