"""依据 what an application is held against: the day, the form, the law, and the reference data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clerk_app.registration.checking.law import Law
from clerk_app.registration.divisions import Divisions
from clerk_app.registration.findings import RegisteredName
from clerk_app.registration.form import Form
from clerk_app.registration.name_words import NameWords


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """依据 of one check: `as_of` is the filing date, never the clock; without a register of names none is held against it."""

    as_of: date
    form: Form
    law: Law
    divisions: Divisions
    words: NameWords
    registered: Sequence[RegisteredName] | None = None
