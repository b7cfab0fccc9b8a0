"""关口 what the form asks of acts on its case: looked at before them, at both ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from clerk_app.cases.correcting import CompleteCorrection
from clerk_app.cases.decisions import ProposeDecision
from clerk_app.command import Refusal
from clerk_app.registration.checks import form_stands
from clerk_app.registration.points import points_settled
from clerk_app.registration.records import record_stands

Gate = Callable[[Any, Any], Refusal | None]


def _may_propose(command: ProposeDecision, books: Any) -> Refusal | None:
    return record_stands(command, books) or form_stands(command, books)


form_gates: Mapping[str, Gate] = {
    ProposeDecision.kind: _may_propose,
    CompleteCorrection.kind: points_settled,
}
