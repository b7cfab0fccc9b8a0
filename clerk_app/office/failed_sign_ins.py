"""没登上的账 wrong passwords are counted on this machine until somebody is signed in, who tells the centre of them."""

from __future__ import annotations

import json
from datetime import datetime

from clerk_app.duty.failed_sign_ins import RecordFailedSignIns
from clerk_app.duty.model import Person
from clerk_app.office.office import Done, Office

KEY = "failed_sign_ins"


def note(office: Office, person: Person) -> None:
    """One more; nothing of what was typed."""
    tally, now = _tally(office), office.parts.clock.now().isoformat()
    count, first, _ = tally.get(person.id, (0, now, now))
    _keep(office, {**tally, person.id: (count + 1, first, now)})


def tell(office: Office) -> None:
    """Somebody is signed in now: each person's failures become a fact. Told twice rather than never."""
    for person, (count, first, last) in _tally(office).items():
        command = RecordFailedSignIns(
            **office.stamp().fields(office.parts.new_id),
            person=person,
            count=count,
            first=datetime.fromisoformat(first),
            last=datetime.fromisoformat(last),
        )
        if isinstance(office.do(command), Done):
            _keep(office, {key: row for key, row in _tally(office).items() if key != person})


def _tally(office: Office) -> dict[str, tuple[int, str, str]]:
    kept = office.parts.vault.keep.meta(KEY)
    return {key: tuple(row) for key, row in json.loads(kept).items()} if kept else {}


def _keep(office: Office, tally: dict[str, tuple[int, str, str]]) -> None:
    office.parts.vault.keep.put_meta(KEY, json.dumps(tally))
