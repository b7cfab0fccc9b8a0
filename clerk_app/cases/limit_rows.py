"""期限依据 the few things of a case its limits are counted from, for looking through very many of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clerk_app.cases.life import Life
from clerk_app.cases.model import Applicant, Case, DueDates
from clerk_app.cases.states import CaseState


@dataclass(frozen=True, slots=True)
class LimitRow:
    """期限依据 of one open case. Equal `due` and `life` are one object as a rule: what was counted for one holds for the other."""

    id: str
    case_no: str
    item: str
    item_name: str
    window: int
    handler: str
    state: CaseState
    hall_version: str
    received_at: datetime
    accepted_at: datetime | None
    due: DueDates | None
    life: Life

    def as_case(self) -> Case:
        """As far as the clocks ask; there is no applicant and no paper in it."""
        return Case(
            id=self.id,
            ticket="",
            item=self.item,
            item_name=self.item_name,
            hall_version=self.hall_version,
            department="",
            applicant=Applicant(name=""),
            materials=(),
            state=self.state,
            received_at=self.received_at,
            window=self.window,
            handler=self.handler,
            acting_for=None,
            query_code="",
            case_no=self.case_no,
            accepted_at=self.accepted_at,
            due=self.due,
            life=self.life,
        )
