"""共享关口 nobody grants a case while an essential paper is gone because its word was withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.decisions import AuthoriseDecision, ProposeDecision
from clerk_app.cases.department import RecordDepartmentDecision
from clerk_app.cases.sharing.model import taken_away
from clerk_app.command import Refusal

Gate = Callable[[Any, Any], Refusal | None]
Deciding = ProposeDecision | AuthoriseDecision | RecordDepartmentDecision


def nothing_taken_away(command: Deciding, books: CaseBooks) -> Refusal | None:
    """A refusal or a return needs no paper."""
    case = books.case(command.case)
    if case is None or command.outcome != "grant" or not (gone := taken_away(case)):
        return None
    return Refusal(
        "share-taken-away", f"申请人撤回了同意，“{gone[0]}”现在没有，没有办，件原样留着。请他补来，收下再办。"
    )


share_gates: Mapping[str, Gate] = {
    ProposeDecision.kind: nothing_taken_away,
    AuthoriseDecision.kind: nothing_taken_away,
    RecordDepartmentDecision.kind: nothing_taken_away,
}
