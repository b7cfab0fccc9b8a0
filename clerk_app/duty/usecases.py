"""签到 signing in and out: facts of who sat where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.duty.books import DutyBooks
from clerk_app.duty.model import SignIn


@dataclass(frozen=True, kw_only=True)
class RecordSignIn(Command):
    """签到 a person signed in at this window; `online` says whether the centre judged it: then he is nowhere else any more."""

    kind: ClassVar[str] = "record_sign_in"
    fact: ClassVar[bool] = True
    sign_in: str
    online: bool

    @property
    def subjects(self) -> tuple[str, ...]:
        """The sign-in itself; and the person, so that two at one moment are judged one after the other."""
        return (f"sign_in:{self.sign_in}", f"person:{self.actor}")


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


@dataclass(frozen=True, kw_only=True)
class RecordPinFailure(Command):
    """输错 PIN a wrong PIN was given for this person; the journal row alone is the record."""

    kind: ClassVar[str] = "record_pin_failure"
    fact: ClassVar[bool] = True
    person: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """Nothing of a row changes."""
        return (f"pin:{self.person}",)


def record_sign_in(command: RecordSignIn, books: DutyBooks) -> Refusal | None:
    """Write the fact. A session moves: online, the later one ends the earlier ones, in whatever order they come in."""
    row = SignIn(
        id=command.sign_in,
        person=command.actor,
        window=command.window,
        post=command.post,
        online=command.online,
        at=command.at,
    )
    for other in books.open_sign_ins(command.actor):
        later = other.at is not None and other.at > command.at
        if command.online and not later:
            books.put_sign_in(replace(other, ended=True))
        elif later and other.online:
            row = replace(row, ended=True)
    books.put_sign_in(row)
    return None


def record_sign_out(command: RecordSignOut, books: DutyBooks) -> Refusal | None:
    """Close the sign-in; one that is not known here is written closed."""
    row = books.sign_in(command.sign_in) or SignIn(
        id=command.sign_in, person=command.actor, window=command.window, post=command.post, online=False
    )
    books.put_sign_in(replace(row, ended=True))
    return None


def record_pin_failure(command: RecordPinFailure, books: DutyBooks) -> Refusal | None:
    """The journal row alone is the record."""
    return None


duty_use_cases = (
    UseCase(RecordSignIn, record_sign_in, "present"),
    UseCase(RecordSignOut, record_sign_out, "present"),
    UseCase(RecordPinFailure, record_pin_failure, "present"),
)
