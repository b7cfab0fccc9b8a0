"""已盖章 the seal is the finish line, marked or not: what bears a clean stamp is not withdrawn, ended or voided by one hand."""

from __future__ import annotations

from typing import Protocol

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.model import Case
from clerk_app.command import Refusal


class StampLine(Protocol):
    """用印一行 what is looked at of a line of the register."""

    @property
    def id(self) -> str: ...
    @property
    def digest_before(self) -> str: ...
    @property
    def flags(self) -> tuple[str, ...]: ...


class StampBooks(CaseBooks, Protocol):
    """用印账 the newest use of the seal on a case's decision."""

    def seal_use_of(self, case: str) -> StampLine | None:
        """None: it was never sealed."""
        ...


def stamped(case: Case, books: StampBooks) -> Refusal | None:
    """Why the case cannot end here: its decision is sealed, though it may not say so yet."""
    if case.state != "sealed" and not unmarked(case, books.seal_use_of(case.id)):
        return None
    return Refusal(
        "stamped-already",
        "这件的决定书已经盖了章，没有变化，印还算数。章盖错了，请首席代表提作废用印、另一人同意，再来办。",
    )


def unmarked(case: Case, use: StampLine | None) -> bool:
    """盖了没记 between the stamp on this very decision and its mark."""
    if use is None or use.flags or case.decision is None or case.state not in ("granted", "refused"):
        return False
    voided = {one.seal_use for one in case.life.voided}
    return use.digest_before == case.decision.digest and use.id not in voided
