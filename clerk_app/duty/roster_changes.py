"""人员与岗位变动 accounts, people and posts change as one list: asked by one person, confirmed whole by another, then a new hall version.

The use cases only keep the list and its two names; the centre makes the new version when it takes the confirmation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Protocol

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.duty.model import Roster
from clerk_app.duty.roster_lines import NEEDS_SECRET, RosterLine, roster_trouble

LONGEST_PAPER = 80
_VERIFIER, _LONGEST_VERIFIER = "$argon2id$", 200
_unknown = Refusal("unknown-roster-change", "没有这份变动，名单没有变。刷新一下再看。")
_over = Refusal("roster-change-over", "这份变动已经确认或撤回了，没有再改。刷新一下再看。")
STALE = "roster-stale"
_days = ("days", "year")


@dataclass(frozen=True, kw_only=True)
class RosterChange:
    """变动单 the lines, the paper they rest on (`basis`), the hall version they were made against, and what became of them."""

    id: str
    lines: tuple[RosterLine, ...]
    basis: str
    hall_version: str
    asked_by: str
    asked_at: datetime
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    dropped_by: str = ""
    dropped_at: datetime | None = None
    note: str = ""

    @property
    def open(self) -> bool:
        """Whether it still waits for its second person."""
        return self.confirmed_at is None and self.dropped_at is None

    def overtaken(self, version: str) -> bool:
        """Whether the version it was made against is no more; days of the calendar stand by themselves, whoever came or went meanwhile."""
        return version != self.hall_version and any(line.what not in _days for line in self.lines)

    @property
    def concerned(self) -> frozenset[str]:
        """Everybody whom a line concerns."""
        return frozenset(person for line in self.lines for person in line.concerned)


class RosterBooks(Protocol):
    """名单账 what these use cases need from the books."""

    @property
    def roster(self) -> Roster:
        """People and posts of the hall version judged by."""
        ...

    def roster_change(self, key: str) -> RosterChange | None:
        """One list by id."""
        ...

    def latest_roster_changes(self, limit: int) -> tuple[RosterChange, ...]:
        """Newest first."""
        ...

    def put_roster_change(self, row: RosterChange) -> None:
        """Write one list."""
        ...


@dataclass(frozen=True)
class FirstPassword:
    """首次密码 what the centre may keep of it (Argon2id); the word itself was shown once to who confirmed, and must be changed."""

    person: str
    verifier: str


@dataclass(frozen=True, kw_only=True)
class RosterCommand(Command):
    """变动单上的一步 what concerns one list."""

    change: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The list."""
        return (f"roster:{self.change}",)


@dataclass(frozen=True, kw_only=True)
class AskRosterChange(RosterCommand):
    """提变动 the whole list at once, against the hall version the command names."""

    kind: ClassVar[str] = "ask_roster_change"
    lines: tuple[RosterLine, ...]
    paper: str


@dataclass(frozen=True, kw_only=True)
class ConfirmRosterChange(RosterCommand):
    """确认变动 by a second person: all lines or none."""

    kind: ClassVar[str] = "confirm_roster_change"
    first_passwords: tuple[FirstPassword, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DropRosterChange(RosterCommand):
    """撤回变动 by either, with the reason."""

    kind: ClassVar[str] = "drop_roster_change"
    reason: str


def ask_roster_change(command: AskRosterChange, books: RosterBooks) -> Refusal | None:
    """Kept when the lines leave a roster that works."""
    if books.roster_change(command.change) is not None:
        return Refusal("roster-change-known", "这份变动已经提过，没有再提。刷新一下再看。")
    if trouble := roster_trouble(books.roster, command.lines):
        return Refusal("roster-lines", f"{trouble}，没有提，名单没有变。改好再提。")
    if not command.paper.strip() or len(command.paper) > LONGEST_PAPER:
        return Refusal(
            "roster-paper", f"依据的文书没写，或超过 {LONGEST_PAPER} 个字，没有提。写文号，如“江政服人〔2026〕5号”。"
        )
    books.put_roster_change(
        RosterChange(
            id=command.change,
            lines=command.lines,
            basis=command.paper.strip(),
            hall_version=command.hall_version,
            asked_by=command.actor,
            asked_at=command.at,
        )
    )
    return None


def confirm_refusal(command: ConfirmRosterChange, books: RosterBooks) -> Refusal | None:
    """Why it cannot be confirmed like this, as far as the books know."""
    row = books.roster_change(command.change)
    if row is None:
        return _unknown
    if not row.open:
        return _over
    if command.actor == row.asked_by:
        return Refusal("second-person", "提的是您本人，确认须另一人，名单没有变。请值班长或另一位管理员来看。")
    if command.actor in row.concerned:
        return Refusal("second-person", "这份变动里有您自己，确认须另一人，名单没有变。请别的值班长或管理员来看。")
    if row.overtaken(command.hall_version):
        return Refusal(STALE, "提了以后大厅资料换过一版，这份变动没有办，名单没有变。撤回，照现在的名单重新提。")
    if trouble := roster_trouble(books.roster, row.lines):
        return Refusal("roster-lines", f"{trouble}，没有确认，名单没有变。撤回，改好重新提。")
    wanted = sorted(line.id for line in row.lines if line.what in NEEDS_SECRET)
    given = sorted(one.person for one in command.first_passwords)
    plain = all(one.verifier.startswith(_VERIFIER) for one in command.first_passwords)
    short = all(len(one.verifier) <= _LONGEST_VERIFIER for one in command.first_passwords)
    if wanted != given or not plain or not short:
        return Refusal("first-passwords", "首次密码和变动单对不上，没有确认，名单没有变。刷新一下再确认。")
    return None


def confirm_roster_change(command: ConfirmRosterChange, books: RosterBooks) -> Refusal | None:
    """The whole list at once, by another human than who asked, and than whom it concerns."""
    if refusal := confirm_refusal(command, books):
        return refusal
    row = books.roster_change(command.change)
    if row is not None:
        books.put_roster_change(replace(row, confirmed_by=command.actor, confirmed_at=command.at))
    return None


def drop_roster_change(command: DropRosterChange, books: RosterBooks) -> Refusal | None:
    """It stays in the books with its reason."""
    row = books.roster_change(command.change)
    if row is None:
        return _unknown
    if not row.open:
        return _over
    if not command.reason.strip():
        return Refusal("note-missing", "还没写为什么撤回，没有撤。写一句再撤。")
    note = command.reason.strip()[:500]
    books.put_roster_change(replace(row, dropped_by=command.actor, dropped_at=command.at, note=note))
    return None


roster_use_cases = (
    UseCase(AskRosterChange, ask_roster_change, "catalogue"),
    UseCase(ConfirmRosterChange, confirm_roster_change, "confirm_roster"),
    UseCase(DropRosterChange, drop_roster_change, "confirm_roster"),
)
