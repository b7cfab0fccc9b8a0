"""审理 one batch of one device before the same judge as at the window: in memory, then written at once, or singly after a clash."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from clerk_app.command import Command, Refusal
from clerk_app.office.judge import judge
from clerk_app.ports import Verdict
from clerk_app.server import docket
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device
from clerk_app.server.docket import Docket, Earlier
from clerk_app.server.intake import Piece
from clerk_app.server.tables import accounts
from clerk_app.store.books import SqlBooks
from clerk_app.store.cabinet import Cabinet

log = logging.getLogger(__name__)

_no_account = Refusal("account-disabled", "这个工号在中心没有可用的账号，这一步中心没收，本机留着。找管理员核对账号。")
_no_version = Refusal("hall-version", "这一步用的大厅资料中心没有，这一步中心没收，本机留着。请管理员更新大厅资料。")
_open_call = Refusal("open-call", "这个窗口手上已有一个号，这次叫号中心没收，本机留着。先办结手上的号。")
_number_taken = Refusal("number-taken", "这个号中心已经用过，这一步中心没收，本机留着。换下一个号重办。")
_clash = Refusal("clash", "这一步和中心已有的记录冲突，中心没收，本机留着。请值班长核对。")
_cannot_judge = Refusal("cannot-judge", "中心办不了这一步，没有办，原样留着。请管理员核对。")


class ClashError(Exception):
    """撞上了 the batch cannot be written as a whole; it is judged again, each command behind its own savepoint."""


@dataclass
class Bench:
    """审理席 one transaction's judgement of one device's commands, in journal order."""

    office: CentreOffice
    connection: Connection
    device: Device
    docket: Docket
    enabled: frozenset[str]
    touched: dict[str, None] = field(default_factory=dict)

    def all_at_once(self, pieces: Sequence[Piece]) -> list[Verdict]:
        """In memory, one flush; raises `ClashError` when the database or a use case cannot take it."""
        cabinet = Cabinet(self.connection, self.device.hall)
        cabinet.load(subject for piece in pieces for subject in piece.subjects)
        try:
            verdicts = [self._judge(piece, cabinet) for piece in pieces]
            cabinet.flush()
        except Exception as error:
            if _database_fault(error):
                raise
            raise ClashError from error
        self.touched.update(dict.fromkeys(cabinet.touched()))
        return verdicts

    def one_by_one(self, pieces: Sequence[Piece]) -> list[Verdict]:
        """Only the guilty command falls."""
        return [self._alone(piece) for piece in pieces]

    def _alone(self, piece: Piece) -> Verdict:
        cabinet = Cabinet(self.connection, self.device.hall)
        try:
            with self.connection.begin_nested():
                verdict = self._judge(piece, cabinet)
                cabinet.flush()
        except Exception as error:
            if _database_fault(error):
                raise
            log.warning("command %s cannot be written: %s", piece.id, type(error).__name__)
            return self._fell(piece, error)
        self.touched.update(dict.fromkeys(cabinet.touched()))
        return verdict

    def _fell(self, piece: Piece, error: Exception) -> Verdict:
        clash = isinstance(error, IntegrityError) and not piece.fact
        refusal = _clash_of(error) if isinstance(error, IntegrityError) else _cannot_judge
        return self._note(piece, "refused" if clash else "quarantined", refusal)

    def _judge(self, piece: Piece, cabinet: Cabinet) -> Verdict:
        command = piece.command
        if command is None:
            return self._note(piece, "quarantined", _cannot_judge)
        if not piece.fact:
            if piece.aside:
                return self._note(piece, "set_aside", docket.set_aside)
            before = self.docket.before(piece.place, piece.subjects, command.needs)
            if before is not None:
                return self._note(piece, "held" if before is docket.waiting else "set_aside", before)
        refusal = self._ruling(command, cabinet)
        return self._note(piece, "refused" if refusal else "applied", refusal)

    def _ruling(self, command: Command, cabinet: Cabinet) -> Refusal | None:
        hall = self.office.hall(self.connection, self.device.hall, command.hall_version)
        if not command.fact:
            if command.actor not in self.enabled:
                return _no_account
            if hall is None:
                return _no_version
        hall = hall or self.office.hall_in_force(self.connection, self.device.hall)
        return judge(command, SqlBooks(cabinet, hall, self.device.id), self.office.register)

    def _note(self, piece: Piece, state: str, refusal: Refusal | None) -> Verdict:
        self.docket.note(piece.id, Earlier(piece.place, frozenset(piece.subjects), state))
        said = refusal or Refusal("", "")
        return Verdict(id=piece.id, state=state, type=said.type, sentence=said.sentence)


def enabled_accounts(connection: Connection, hall: str, people: Iterable[str]) -> frozenset[str]:
    """Who of these has an account that is not disabled."""
    a = accounts
    query = select(a.c.person).where(a.c.hall == hall, a.c.person.in_(set(people)), a.c.disabled.is_(False))
    return frozenset(connection.execute(query).scalars())


def _database_fault(error: Exception) -> bool:
    """The database is away, deadlocked or wrongly built: no command's fault."""
    return isinstance(error, DBAPIError) and not isinstance(error, IntegrityError | DataError)


def _clash_of(error: IntegrityError) -> Refusal:
    """PostgreSQL names the constraint, SQLite the columns."""
    diagnostic = getattr(error.orig, "diag", None)
    what = str(getattr(diagnostic, "constraint_name", "") or error.orig)
    if "uq_tickets_open_call" in what or "tickets.window" in what:
        return _open_call
    numbers = ("uq_tickets_number", "uq_cases_number", "numbers_used", "tickets.number", "cases.case_no")
    return _number_taken if any(sign in what for sign in numbers) else _clash
