"""form-check: a whole check of 50 shareholders and 60 people; the floor is reading the same document from its JSON."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any

from clerk_app.office.registration.checking import check_form
from tests.benchmarks.registry import Row, benchmark
from tests.registration.applications import AS_OF, board, resident_number

OWNERS, PEOPLE, ROUNDS, MOST_MS = 50, 60, 50, 10.0


def large() -> dict[str, Any]:
    """Without a fault: nothing is cut short."""
    document = board()
    someone, owner = document["persons"][1], document["shareholders"][0]
    for number in range(len(document["persons"]), PEOPLE):
        born = date(1970, 1, 1) + timedelta(days=number)
        row = {"key": f"p{number + 1}", "name": f"虚构{number}", "birth_date": born.isoformat()}
        document["persons"].append({**someone, **row, "id_no": resident_number(born, "男", sequence=number)})
    part = {**owner["contributions"][0], "amount": "1"}
    document["shareholders"] = [
        {**owner, "person": f"p{number + 10}", "subscribed": "2", "ratio": "2", "contributions": [part, part]}
        for number in range(OWNERS)
    ]
    return document


def timed(step: Callable[[], object]) -> float:
    begun = time.perf_counter()
    step()
    return (time.perf_counter() - begun) * 1000


@benchmark("form-check")
def form_check() -> Sequence[Row]:
    """The median, as the page asks it before submission."""
    document = large()
    text = json.dumps(document)
    assert check_form(document, AS_OF, ()) == ()
    floor = median(timed(lambda: json.loads(text)) for _ in range(ROUNDS))
    value = median(timed(lambda: check_form(document, AS_OF, ())) for _ in range(ROUNDS))
    return [Row(name="form-check", value=value, unit="ms", floor=floor, most=MOST_MS)]
