"""另起一本 the manager's act on a store that is an old or a second copy: asked twice by the page, done once here."""

from __future__ import annotations

from clerk_app.command import Refusal
from clerk_app.office.events import PaperChanged, RowsChanged
from clerk_app.office.office import Office
from clerk_app.office.store_state import StoreState, new_incarnation


def renew(office: Office) -> StoreState | Refusal:
    """Needs the line. Afterwards acts go on, numbers are drawn anew, and what the centre never got waits for a person."""
    if office.guard.state.good:
        return Refusal("store-good", "这台电脑的数据是最新的一份，没有另起流水，什么都没动。")
    done = new_incarnation(office.parts.vault, office.parts.centre, office.guard)
    if isinstance(done, StoreState):
        office.bell.ring(RowsChanged(()))
        office.bell.ring(PaperChanged())
        office.wake()
    return done
