"""关口 what the form asks of acts on its case: looked at before them, at both ends, and once more before one is ratified."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from clerk_app.cases.afterwards import VoidCase
from clerk_app.cases.correcting import CompleteCorrection
from clerk_app.cases.decisions import AuthoriseDecision, ProposeDecision
from clerk_app.cases.department import RecordDepartmentDecision
from clerk_app.cases.endings import TerminateCase, WithdrawCase
from clerk_app.cases.usecases import CaseCommand
from clerk_app.command import Refusal
from clerk_app.registration.books import FormBooks
from clerk_app.registration.checks import form_stands
from clerk_app.registration.points import points_settled
from clerk_app.registration.records import filed_stands, record_stands
from clerk_app.registration.usecases import FORM

Gate = Callable[[Any, Any], Refusal | None]
Deciding = ProposeDecision | AuthoriseDecision | RecordDepartmentDecision


def _may_decide(command: Deciding, books: FormBooks) -> Refusal | None:
    """Whoever grants, by however many signatures, here or at his department: on the form as it was checked."""
    case = books.case(command.case)
    item = books.item(case.item) if case else None
    if case is None or item is None or item.form != FORM or command.outcome == "return":
        return None
    if command.outcome == "refuse":
        return filed_stands(case.id, books)
    return record_stands(case.id, item, books) or form_stands(case.id, books)


def _may_end(command: CaseCommand, books: FormBooks) -> Refusal | None:
    return filed_stands(command.case, books)


form_gates: Mapping[str, Gate] = {
    ProposeDecision.kind: _may_decide,
    AuthoriseDecision.kind: _may_decide,
    RecordDepartmentDecision.kind: _may_decide,
    CompleteCorrection.kind: points_settled,
    WithdrawCase.kind: _may_end,
    TerminateCase.kind: _may_end,
    VoidCase.kind: _may_end,
}
