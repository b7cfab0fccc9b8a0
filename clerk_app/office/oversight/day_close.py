"""日结 a device's day at both ends: count and head. Green when they are equal and nothing is undecided; by itself, whenever the line is back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from clerk_app.command import Refusal
from clerk_app.office.counter.numbering import return_numbers
from clerk_app.office.office import Office, Outcome
from clerk_app.oversight.days import CloseDay
from clerk_app.ports import CentreAway, CentreProblem, DayCount, DayDigest

Agreement = Literal["equal", "open", "unequal"]
"""Equal; not yet known or still on its way; known to differ."""


@dataclass(frozen=True, kw_only=True)
class DayRow:
    """一台电脑的一天 here and at the centre; of other devices only the centre's side is known here (`own` False)."""

    device: str
    window: int
    day: date
    own: bool
    here: DayCount | None
    there: DayDigest | None
    agreement: Agreement


def day_rows(office: Office, day: date) -> tuple[DayRow, ...]:
    """This desk first. With the line cut only its own row stands, amber."""
    device = office.parts.vault.keep.meta("device") or ""
    here = office.parts.vault.history.day(day)
    digests = _ask(office, day)
    mine = next((digest for digest in digests or () if digest.device == device), None)
    own = DayRow(
        device=device,
        window=office.window,
        day=day,
        own=True,
        here=here,
        there=mine,
        agreement=_agreement(here, mine, known=digests is not None),
    )
    others = (
        DayRow(
            device=digest.device,
            window=digest.window,
            day=day,
            own=False,
            here=None,
            there=digest,
            agreement="open" if digest.undecided else "equal",
        )
        for digest in digests or ()
        if digest.device != device
    )
    return (own, *others)


def _ask(office: Office, day: date) -> tuple[DayDigest, ...] | None:
    try:
        return office.parts.centre.digests(day)
    except (CentreAway, CentreProblem):
        return None


def _agreement(here: DayCount, there: DayDigest | None, *, known: bool) -> Agreement:
    if not known or here.undecided or (there is not None and there.undecided):
        return "open"
    count, head = (there.rows, there.head) if there else (0, "")
    return "equal" if (count, head) == (here.rows, here.head) else "unequal"


def close_day(office: Office, day: date) -> Outcome:
    """日结 what this desk's day is, said by the person who closes it; it becomes green by itself when the centre has it all."""
    if office.session is None:
        return Refusal("signed-out", "还没登录，没有日结。登录后再来。")
    here = office.parts.vault.history.day(day)
    if here.rows == 0:
        return Refusal("nothing-to-close", f"{day:%m月%d日}这台电脑没有办过事，没有日结。")
    if return_numbers(office):
        here = office.parts.vault.history.day(day)
    device = office.parts.vault.keep.meta("device") or ""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(CloseDay(**fields, device=device, day=day, rows=here.rows, head=here.head))
