"""办件页的样子 what of a case goes outside beside its row: days, papers by the catalogue's names, where its result is, what is to be paid.

Nothing a person typed has a place here: gaps and reasons in somebody's words stay on the paper the citizen was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

MOST_PAPERS = 20
MOST_SIDES = 3000

Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Line = Annotated[str, msgspec.Meta(max_length=120, pattern="^[^\x00]*$")]
Small = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
Amount = Annotated[int, msgspec.Meta(ge=0, lt=1 << 53)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


@dataclass(frozen=True, kw_only=True)
class Promised:
    """容缺 one paper that was promised for later, and by which day."""

    name: Line
    by: date


@dataclass(frozen=True, kw_only=True)
class CaseDetails:
    """办件的细节 `lacks` by the catalogue's own names; how many more gaps there are, the notice on paper says.

    `paper` tells one result's paper from another without its number; `carried`: it is handed out at another window than
    the one that made it, so that it has to be taken in there first; `checked`: whether its seal stands is being looked at.
    """

    statutory: date | None = None
    answer_by: date | None = None
    extended: Small = 0
    pause: Line = ""
    pause_until: date | None = None
    lacks: Annotated[tuple[Line, ...], msgspec.Meta(max_length=MOST_PAPERS)] = ()
    lacks_more: Small = 0
    bring_by: date | None = None
    requeue: bool = False
    lapses: bool = False
    promised: Annotated[tuple[Promised, ...], msgspec.Meta(max_length=MOST_PAPERS)] = ()
    paper: Line = ""
    carried: bool = False
    checked: bool = False
    review_body: Line = ""
    court: Line = ""
    review_first: bool = False
    complaint: Line = ""


PaperState = Literal["expected", "shelved", "posted", "out", "back"]
FeeState = Literal["open", "paid", "over"]


@dataclass(frozen=True, kw_only=True)
class SideRow:
    """旁行 one thing beside a case that changes by itself: its result's paper (`paper`), or what is to be paid (`fee`).

    Of a letter the carrier, never its number; of a bill this case's own sum in fen, and where it is paid.
    """

    digest: Digest
    case: Digest
    kind: Literal["paper", "fee"]
    state: PaperState | FeeState
    at: Moment
    window: Small | None = None
    place: Line = ""
    paper: Line = ""
    by_post: bool = False
    carrier: Line = ""
    returned: bool = False
    amount: Amount = 0
    until: date | None = None
    seq: Annotated[int, msgspec.Meta(ge=0, lt=1 << 62)] = 0
