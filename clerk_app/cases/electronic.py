"""电子件 a paper that came from outside counts as electronic only when its bytes are here: nobody accepts what nobody can open."""

from __future__ import annotations

from collections.abc import Mapping

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.model import BroughtAs
from clerk_app.command import Refusal


def awaited_refusal(
    case: str, names: tuple[str, ...], brought_as: Mapping[str, BroughtAs], books: CaseBooks
) -> Refusal | None:
    """原件还没到 the first of these that is ticked as electronic, and is still on its way."""
    claimed = [name for name in names if brought_as.get(name) == "electronic"]
    if not claimed:
        return None
    awaited = set(books.outside_awaited(case))
    name = next((name for name in claimed if name in awaited), None)
    return None if name is None else still_awaited(name)


def still_awaited(name: str) -> Refusal:
    """Why it cannot be ticked, in one sentence."""
    return Refusal(
        "electronic-awaited", f"“{name}”网上的原件还没到中心，不能记作电子件，没有收。等它到了再收，或收纸质的。"
    )
