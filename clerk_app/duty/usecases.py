"""签到 signing in and out: facts of who sat where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.duty.books import DutyBooks
from clerk_app.duty.model import SignIn


@dataclass(frozen=True, kw_only=True)
class RecordSignIn(Command):
    """签到 a person signed in at this window; `online` says whether the centre judged it."""

    kind: ClassVar[str] = "record_sign_in"
    fact: ClassVar[bool] = True
    sign_in: str
    online: bool

    @property
    def subjects(self) -> tuple[str, ...]:
        """The sign-in itself."""
        return (f"sign_in:{self.sign_in}",)


@dataclass(frozen=True, kw_only=True)
class RecordSignOut(Command):
    """签退 the same sign-in ended."""

    kind: ClassVar[str] = "record_sign_out"
    fact: ClassVar[bool] = True
    sign_in: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The sign-in itself."""
        return (f"sign_in:{self.sign_in}",)


def record_sign_in(command: RecordSignIn, books: DutyBooks) -> Refusal | None:
    """Write the fact."""
    books.put_sign_in(
        SignIn(
            id=command.sign_in, person=command.actor, window=command.window, post=command.post, online=command.online
        )
    )
    return None


def record_sign_out(command: RecordSignOut, books: DutyBooks) -> Refusal | None:
    """Close the sign-in; one that is not known here is written closed."""
    row = books.sign_in(command.sign_in) or SignIn(
        id=command.sign_in, person=command.actor, window=command.window, post=command.post, online=False
    )
    books.put_sign_in(replace(row, ended=True))
    return None


duty_use_cases = (
    UseCase(RecordSignIn, record_sign_in, "present"),
    UseCase(RecordSignOut, record_sign_out, "present"),
)
