"""当时有效否 what a move rested on may have ended before the act without the window knowing: then it is a conflict.

A move is judged by the hall version it names. The version that was in force at the centre at the moment of the act says
whether the letter, the person or the seal was still good; what was never good the use case refuses by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, bindparam, select

from clerk_app.cases.decisions import AuthoriseDecision
from clerk_app.command import Command, Conflict, Refusal
from clerk_app.hall import Hall
from clerk_app.ports import Books
from clerk_app.sealing.custody import down_at
from clerk_app.sealing.granting import BeginSealUse
from clerk_app.sealing.usecases import MarkSealed, RecordSealUse
from clerk_app.server.centre import CentreOffice
from clerk_app.server.tables import accounts, hall_head
from clerk_app.store.among import among
from clerk_app.store.gathering import Look, Row
from clerk_app.store.tables import hall_versions

_keep = "事实都记着，这一步等值班长或首席代表定。"
_a, _v = accounts, hall_versions
_accounts = select(_a.c.person, _a.c.disabled, _a.c.disabled_at).where(
    _a.c.hall == bindparam("of"), among(_a.c.person, "people")
)
_head = select(hall_head.c.hall_version).where(hall_head.c.hall == bindparam("of"))
_versions = (
    select(_v.c.loaded_at, _v.c.version)
    .where(_v.c.hall == bindparam("of"), _v.c.loaded_at.is_not(None))
    .order_by(_v.c.loaded_at)
)


@dataclass(frozen=True)
class Account:
    """账号 whether it is open, and if not since when."""

    disabled: bool
    disabled_at: datetime | None

    def ended_before(self, at: datetime) -> bool:
        """Closed when the act was done; one closed at an unknown time was closed."""
        return self.disabled and (self.disabled_at is None or self.disabled_at <= at)


def accounts_of(connection: Connection, hall: str, people: Iterable[str]) -> dict[str, Account]:
    """The accounts of these people; who never had one is missing."""
    rows = connection.execute(_accounts, {"of": hall, "people": sorted(set(people))})
    return {row.person: Account(row.disabled, row.disabled_at) for row in rows}


@dataclass
class Validity:
    """当时有效否 of one batch: asked of every move, and of a seal's use."""

    office: CentreOffice
    connection: Connection
    hall: str
    _accounts: dict[str, Account | None] = field(default_factory=dict)
    _version: str = ""
    _in_force: list[Hall] = field(default_factory=list)
    _loaded: list[tuple[datetime, str]] = field(default_factory=list)

    def looks(self, people: Iterable[str]) -> list[Look]:
        """These people's accounts and the version in force, to be asked beside others; what was not is asked when wanted."""
        names = sorted(set(people))
        return [
            Look(_accounts, {"of": self.hall, "people": names}, partial(self._take_accounts, names)),
            Look(_head, {"of": self.hall}, self._take_version),
        ]

    def _take_accounts(self, people: Iterable[str], rows: Iterable[Row]) -> None:
        found = {row["person"]: Account(row["disabled"], row["disabled_at"]) for row in rows}
        self._accounts.update({person: found.get(person) for person in people})

    def _take_version(self, rows: Iterable[Row]) -> None:
        self._version = next((row["hall_version"] for row in rows), "")

    def account(self, person: str) -> Account | None:
        """None for who never had one."""
        if person not in self._accounts:
            self._accounts[person] = accounts_of(self.connection, self.hall, [person]).get(person)
        return self._accounts[person]

    def in_force(self) -> Hall:
        """The version new acts are judged by; read once for the batch."""
        if not self._in_force:
            named = self.office.hall(self.connection, self.hall, self._version) if self._version else None
            self._in_force.append(named or self.office.hall_in_force(self.connection, self.hall))
        return self._in_force[0]

    def ended(self, command: Command, books: Books) -> Refusal | None:
        """The conflict, if something had ended."""
        account = self.account(command.actor)
        if account is not None and account.ended_before(command.at):
            return Conflict("account-ended", f"经办人的账号当时已停用，本窗口还不知道。{_keep}")
        if isinstance(command, MarkSealed | RecordSealUse | BeginSealUse) and _seal_fell(command, books):
            return Conflict("seal-stopped", f"这枚印章当时已停用，本窗口还不知道。{_keep}")
        later = self._hall_at(command)
        if later is None:
            return None
        if command.actor not in later.roster.people:
            return Conflict("account-ended", f"经办人当时已不在本大厅，本窗口还不知道。{_keep}")
        if isinstance(command, AuthoriseDecision) and not _letter_stands(command, books, later):
            return Conflict("letter-ended", f"授权书当时已停用，本窗口还不知道。{_keep}")
        if isinstance(command, MarkSealed | RecordSealUse) and not _seal_stands(command, books, later):
            return Conflict("seal-stopped", f"这枚印章当时已停用，本窗口还不知道。{_keep}")
        return None

    def _hall_at(self, command: Command) -> Hall | None:
        """The version in force here at the moment of the act, if it was another than the window's."""
        if command.hall_version == self.in_force().version:
            return None
        if not self._loaded:
            self._loaded += [
                (row.loaded_at, row.version) for row in self.connection.execute(_versions, {"of": self.hall})
            ]
        version = next((version for since, version in reversed(self._loaded) if since <= command.at), None)
        if version is None or version == command.hall_version:
            return None
        return self.office.hall(self.connection, self.hall, version)


def _letter_stands(command: AuthoriseDecision, books: Books, later: Hall) -> bool:
    """The very letter the decision rests on, its item and its person among them, on that day."""
    case = books.case(command.case)
    mine = books.roster.letter_for(case.item, case.department) if case else None
    later_ones = {f"letter:{row.document_no}" for row in books.recorded_letters_since(command.at.date())}
    if case is None or mine is None or command.basis in later_ones:
        return True  # a letter recorded beside the hall file says itself when it was ended
    found = next((one for one in later.roster.letters if one.document_no == mine.document_no), None)
    if found is None or case.item not in found.items or not found.start <= command.at.date() <= found.end:
        return False
    return command.actor not in (mine.person, mine.deputy) or command.actor in (found.person, found.deputy)


def _seal_fell(command: MarkSealed | RecordSealUse | BeginSealUse, books: Books) -> bool:
    """Stopped or lost at another machine before the act, as the book of the seal has it by now."""
    if isinstance(command, RecordSealUse):
        seal, at = command.seal, command.said_at or command.at
    elif isinstance(command, BeginSealUse):
        grant = books.seal_grant(command.grant)
        seal, at = grant.seal if grant else "", command.at
    else:
        use = books.seal_use(command.seal_use)
        seal, at = (use.seal, use.at) if use else ("", command.at)
    return bool(seal) and down_at(seal, at, books)


def _seal_stands(command: MarkSealed | RecordSealUse, books: Books, later: Hall) -> bool:
    if isinstance(command, RecordSealUse):
        seal, electronic = command.seal, command.electronic
    else:
        use = books.seal_use(command.seal_use)
        if use is None:
            return True
        seal, electronic = use.seal, use.electronic
    found = later.roster.seals.get(seal)
    return found is not None and (found.electronic or not electronic)
