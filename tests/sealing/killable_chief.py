"""A desk process that stands still at one point of sealing a case and says so, to be killed there by its parent.

`python -m tests.sealing.killable_chief FOLDER KEY CASE POINT`
"""

from __future__ import annotations

import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

from clerk_app.duty.training import training_pin
from clerk_app.office.counter import deciding
from clerk_app.office.counter.prepared import Prepared, prepare
from tests.desk import StandingClock, cut_office
from tests.office.test_deciding import CHIEF, Pages, PinCentre
from tests.seal_fakes import stamper_of, with_seals


def stand_still(point: str) -> None:
    print(point, flush=True)
    threading.Event().wait()


def after(owner: Any, name: str, point: str) -> None:
    """When the method has done its work."""
    inner = getattr(owner, name)

    def held(*words: Any, **more: Any) -> Any:
        inner(*words, **more)
        stand_still(point)

    setattr(owner, name, held)


def main() -> None:
    folder, key, case, point = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), sys.argv[3], sys.argv[4]
    clock = StandingClock()
    clock.set(clock.now() + timedelta(minutes=30))
    office = with_seals(cut_office(folder, key, fill=False, clock=clock), pages=Pages(), centre=PinCentre())
    stamper = stamper_of(office)
    page = prepare(office, case, CHIEF, "grant", "同意。")
    assert isinstance(page, Prepared), page
    if point == "intent-written":
        stamper.first = lambda: stand_still(point)
    elif point == "stamped":
        after(stamper, "stamp", point)
    else:
        after(office.parts.page_printer, "send", point)
    said = deciding.authorise(office, page, office.hall.roster.people[CHIEF], training_pin(CHIEF))
    sys.exit(f"never came by {point}: {said}")


if __name__ == "__main__":
    main()
