"""一表账 what the registration room needs from the books."""

from __future__ import annotations

from typing import Protocol

from clerk_app.cases.books import CaseBooks
from clerk_app.registration.joint import FormPoint, FormRoute
from clerk_app.registration.model import CompanyRecord, FormDraft


class FormBooks(CaseBooks, Protocol):
    """一表账 the form draft of each case, the points on it, its way to the departments, and the companies on record."""

    def form(self, key: str) -> FormDraft | None:
        """The draft of a case, by the case's id."""
        ...

    def put_form(self, draft: FormDraft) -> None:
        """Write one draft."""
        ...

    def point(self, key: str) -> FormPoint | None:
        """One point by id."""
        ...

    def points_of(self, case: str) -> tuple[FormPoint, ...]:
        """All of a case, oldest first."""
        ...

    def put_point(self, row: FormPoint) -> None:
        """Write one point."""
        ...

    def route(self, key: str) -> FormRoute | None:
        """The route of a case, by the case's id."""
        ...

    def put_route(self, row: FormRoute) -> None:
        """Write one route."""
        ...

    def company(self, key: str) -> CompanyRecord | None:
        """A company by its unified code; a window knows only those filed lately."""
        ...

    def put_company(self, row: CompanyRecord) -> None:
        """Write one record."""
        ...

    @property
    def has_every_company(self) -> bool:
        """Whether one that is not here is on no record: true at the centre only."""
        ...
