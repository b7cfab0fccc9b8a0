"""群众一侧的账 what first-asked records, complaints and follow-ups need from the books.

Complaints and follow-ups are read by whoever asks here without a look at who he is: pages go through `office.oversight.people_desk`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from clerk_app.oversight.people import Asked, Complaint, FollowUp


class PeopleBooks(Protocol):
    """群众一侧的账 first-asked records, complaints, and follow-ups of bad ratings."""

    def asked(self, key: str) -> Asked | None:
        """One question by id."""
        ...

    def put_asked(self, row: Asked) -> None:
        """Write one question."""
        ...

    def open_asked(self, limit: int) -> tuple[Asked, ...]:
        """First-asked records nobody has closed, the oldest first."""
        ...

    def asked_between(self, start: datetime, end: datetime) -> tuple[Asked, ...]:
        """All questions of a span, closed or not, the oldest first."""
        ...

    def complaint(self, key: str) -> Complaint | None:
        """One complaint by id."""
        ...

    def put_complaint(self, row: Complaint) -> None:
        """Write one complaint."""
        ...

    def latest_complaints(self, limit: int) -> tuple[Complaint, ...]:
        """Newest first."""
        ...

    def follow_up(self, key: str) -> FollowUp | None:
        """The follow-up of a visit's rating, by its ticket."""
        ...

    def put_follow_up(self, row: FollowUp) -> None:
        """Write one follow-up."""
        ...

    def latest_follow_ups(self, limit: int) -> tuple[FollowUp, ...]:
        """Newest first."""
        ...
