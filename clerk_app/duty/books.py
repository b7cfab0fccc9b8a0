"""岗位账 what the duty room needs from the books."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from clerk_app.duty.model import Absence, Roster, SignIn


class DutyBooks(Protocol):
    """岗位账 the roster of the hall version in force and the register of sign-ins."""

    @property
    def roster(self) -> Roster:
        """Departments, people, windows, posts, letters."""
        ...

    def sign_in(self, key: str) -> SignIn | None:
        """One sign-in by id."""
        ...

    def open_sign_ins(self, person: str) -> tuple[SignIn, ...]:
        """Where this person is signed in and has not left, as far as these books know."""
        ...

    def put_sign_in(self, row: SignIn) -> None:
        """Write one sign-in."""
        ...

    def absence_of(self, person: str, at: datetime) -> Absence | None:
        """The recorded absence of a person at a moment."""
        ...

    def put_absence(self, row: Absence) -> None:
        """Write one absence."""
        ...
