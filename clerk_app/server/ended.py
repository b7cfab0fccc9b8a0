"""当时有效否 what a move rested on may have ended before the act without the window knowing: then it is a conflict.

A move is judged by the hall version it names. The version that was in force at the centre at the moment of the act says
whether the letter, the person or the seal was still good; what was never good the use case refuses by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from clerk_app.cases.decisions import AuthoriseDecision
from clerk_app.command import Command, Conflict, Refusal
from clerk_app.hall import Hall
from clerk_app.ports import Books
from clerk_app.sealing.usecases import MarkSealed, RecordSealUse
from clerk_app.server.centre import CentreOffice
from clerk_app.server.tables import accounts
from clerk_app.store.among import among
from clerk_app.store.tables import hall_versions

_keep = "事实都记着，这一步等值班长或首席代表定。"
_a, _v = accounts, hall_versions
_accounts = select(_a.c.person, _a.c.disabled, _a.c.disabled_at).where(
    _a.c.hall == bindparam("of"), among(_a.c.person, "people")
)
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
    accounts: Mapping[str, Account]
    _in_force: list[Hall] = field(default_factory=list)
    _loaded: list[tuple[datetime, str]] = field(default_factory=list)

    def in_force(self) -> Hall:
        """The version new acts are judged by; read once for the batch."""
        if not self._in_force:
            self._in_force.append(self.office.hall_in_force(self.connection, self.hall))
        return self._in_force[0]

    def ended(self, command: Command, books: Books) -> Refusal | None:
        """The conflict, if something had ended."""
        account = self.accounts.get(command.actor)
        if account is not None and account.ended_before(command.at):
            return Conflict("account-ended", f"经办人的账号当时已停用，本窗口还不知道。{_keep}")
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
    if case is None or mine is None:
        return True
    found = next((one for one in later.roster.letters if one.document_no == mine.document_no), None)
    if found is None or case.item not in found.items or not found.start <= command.at.date() <= found.end:
        return False
    return command.actor not in (mine.person, mine.deputy) or command.actor in (found.person, found.deputy)


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
