"""岗位账 what the duty room needs from the books."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from clerk_app.duty.model import Roster, SignIn
from clerk_app.duty.records import Absence, Consent, Handover, NoonRoster, Pause, RecordedLetter, Substitution
from clerk_app.duty.roster_changes import RosterBooks


class SeatBooks(Protocol):
    """席位账 the roster of the hall version judged by, sign-ins, letters recorded later, consents of mentors."""

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

    def consent(self, key: str) -> Consent | None:
        """One consent of a mentor by id."""
        ...

    def consents_of(self, subject: str) -> tuple[Consent, ...]:
        """All that were asked for on one subject."""
        ...

    def consents_for(self, mentor: str) -> tuple[Consent, ...]:
        """Those that still wait for one mentor."""
        ...

    def put_consent(self, row: Consent) -> None:
        """Write one consent."""
        ...

    def recorded_letter(self, key: str) -> RecordedLetter | None:
        """A letter recorded beside the hall file, by its document number."""
        ...

    def recorded_letters_since(self, day: date) -> tuple[RecordedLetter, ...]:
        """All that end on this day or later."""
        ...

    def put_recorded_letter(self, row: RecordedLetter) -> None:
        """Write one letter."""
        ...


class CoverBooks(Protocol):
    """顶岗账 absences, substitutions, noon turns and handovers.

    Every `…_since(day)` answers what had not ended before that day began: enough to judge any moment of it or after.
    """

    def is_workday(self, day: date) -> bool:
        """Whether the hall is open on this day."""
        ...

    def absence(self, key: str) -> Absence | None:
        """One absence by id."""
        ...

    def absences_since(self, day: date) -> tuple[Absence, ...]:
        """All that end on this day or later."""
        ...

    def put_absence(self, row: Absence) -> None:
        """Write one absence."""
        ...

    def substitution(self, key: str) -> Substitution | None:
        """One substitution by id."""
        ...

    def substitutions_since(self, day: date) -> tuple[Substitution, ...]:
        """All that end on this day or later."""
        ...

    def put_substitution(self, row: Substitution) -> None:
        """Write one substitution."""
        ...

    def noon_roster_of(self, week: date) -> NoonRoster | None:
        """What was set for the week that begins on this Monday."""
        ...

    def put_noon_roster(self, row: NoonRoster) -> None:
        """Write one week's turns."""
        ...

    def handover(self, key: str) -> Handover | None:
        """One handover by id."""
        ...

    def handovers_of(self, substitution: str) -> tuple[Handover, ...]:
        """Out and back, of one substitution."""
        ...

    def put_handover(self, row: Handover) -> None:
        """Write one handover."""
        ...


class PauseBooks(Protocol):
    """暂停账 windows that call nobody for a while, and the machine whose act is judged."""

    @property
    def device(self) -> str:
        """The device whose act is judged."""
        ...

    def pause(self, key: str) -> Pause | None:
        """One pause by id."""
        ...

    def open_pauses(self, window: int) -> tuple[Pause, ...]:
        """Those of a window that nobody has ended."""
        ...

    def put_pause(self, row: Pause) -> None:
        """Write one pause."""
        ...


class DutyBooks(SeatBooks, CoverBooks, PauseBooks, RosterBooks, Protocol):
    """岗位账 all that the duty room needs."""
