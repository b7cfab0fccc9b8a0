"""审理 one batch of one device before the same judge as at the window: in memory, then written at once, or singly after a clash."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from clerk_app.cases.catalogue_changes import AskCatalogueChange, ConfirmCatalogueChange
from clerk_app.command import Command, Conflict, Refusal
from clerk_app.duty.roster_changes import AskRosterChange, ConfirmRosterChange
from clerk_app.hall import Hall
from clerk_app.office.judge import judge
from clerk_app.oversight.settling import RatifyConflict
from clerk_app.ports import Books, Verdict
from clerk_app.server import docket
from clerk_app.server.aftermath import Aftermath
from clerk_app.server.cataloguing import apply_catalogue_change
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device
from clerk_app.server.docket import Docket, Earlier
from clerk_app.server.ended import Validity
from clerk_app.server.heard import note_heard
from clerk_app.server.holds import CentreBooks, remember
from clerk_app.server.intake import Piece
from clerk_app.server.notices import MOVES_DUE, tell_moved
from clerk_app.server.overlaps import Overlaps
from clerk_app.server.ratifying import apply_ratified
from clerk_app.server.rostering import apply_roster_change
from clerk_app.server.shares import deal_fresh
from clerk_app.store.ahead import asked_by
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.receipts import papers_of_subject
from clerk_app.store.sealing import documents_of_case

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
    """审理席 one transaction's judgement of one device's commands, in journal order.

    `cabinet`: the subjects as they stand after the judgement, for answers and feed.
    """

    office: CentreOffice
    connection: Connection
    device: Device
    docket: Docket
    validity: Validity
    unread: Sequence[Piece] = ()
    """What came in with this batch and cannot be read."""
    touched: dict[str, None] = field(default_factory=dict)
    cabinet: Cabinet = field(init=False)
    _subjects: tuple[str, ...] = ()

    def all_at_once(self, pieces: Sequence[Piece]) -> list[Verdict]:
        """In memory, one flush; raises `ClashError` when the database or a use case cannot take it."""
        cabinet = self._loaded(pieces)
        try:
            self._tell_unread(cabinet)
            verdicts = [self._judge(piece, cabinet) for piece in pieces]
            self._deal(cabinet)
            cabinet.flush()
        except Exception as error:
            if _database_fault(error):
                raise
            raise ClashError from error
        self._written(cabinet)
        return verdicts

    def one_by_one(self, pieces: Sequence[Piece]) -> list[Verdict]:
        """Only the guilty command falls."""
        self._subjects = ()
        with self._apart() as cabinet:
            self._tell_unread(cabinet)
        verdicts = [self._alone(piece) for piece in pieces]
        self._loaded(pieces)
        return verdicts

    def _loaded(self, pieces: Sequence[Piece]) -> Cabinet:
        """All that the batch speaks of, in a few statements: no use case has to ask the database for itself."""
        self.cabinet = Cabinet(self.connection, self.device.hall)
        self._subjects = tuple({subject for piece in pieces for subject in piece.concerns})
        commands = [piece.command for piece in pieces if piece.command]
        numbers = self.cabinet.numbers.looks(numbers_of(commands))
        questions = self.cabinet.looks(asked_by(self.device.hall, commands))
        valid = self.validity.looks(command.actor for command in commands)
        self.cabinet.load(self._subjects, [*numbers, *questions, *valid])
        return self.cabinet

    @contextmanager
    def _apart(self) -> Iterator[Cabinet]:
        """Behind a savepoint of its own."""
        cabinet = Cabinet(self.connection, self.device.hall)
        with self.connection.begin_nested():
            yield cabinet
            self._deal(cabinet)
            cabinet.flush()
        self._written(cabinet)

    def _written(self, cabinet: Cabinet) -> None:
        """After the flush: what the feed must tell, and whose holds ended."""
        self.touched.update(dict.fromkeys(cabinet.touched()))
        mine = self.device.id
        remember(
            self.connection,
            self.device.hall,
            cabinet.ended(),
            lambda hold: "given_back" if hold.device == mine else "broken",
        )

    def _deal(self, cabinet: Cabinet) -> None:
        """Whoever came to wait just now is somebody's, before anybody hears of him."""
        if cabinet.written("ticket"):
            deal_fresh(cabinet, self.validity.in_force(), self.office.now())

    def _alone(self, piece: Piece) -> Verdict:
        try:
            with self._apart() as cabinet:
                return self._judge(piece, cabinet)
        except Exception as error:
            if _database_fault(error):
                raise
            log.warning("command %s cannot be written: %s", piece.id, type(error).__name__)
            return self._fell(piece, error)

    def _fell(self, piece: Piece, error: Exception) -> Verdict:
        clash = isinstance(error, IntegrityError) and not piece.fact
        refusal = _clash_of(error) if isinstance(error, IntegrityError) else _cannot_judge
        with self._apart() as cabinet:
            return self._end(piece, "refused" if clash else "quarantined", refusal, cabinet)

    def _tell_unread(self, cabinet: Cabinet) -> None:
        for piece in self.unread:
            self._aftermath.of_unread(piece, self._books(cabinet, None))

    def _judge(self, piece: Piece, cabinet: Cabinet) -> Verdict:
        command = piece.command
        if command is None:
            return self._note(piece, "quarantined", _cannot_judge)
        if not piece.fact:
            if piece.aside:
                return self._end(piece, "set_aside", docket.set_aside, cabinet)
            before = self.docket.before_move(piece.place, piece.subjects, command.needs)
            if before is docket.waiting:
                return self._note(piece, "held", before)
            if before is not None:
                return self._end(piece, "set_aside", before, cabinet)
        return self._ruled(piece, command, cabinet)

    def _ruled(self, piece: Piece, command: Command, cabinet: Cabinet) -> Verdict:
        hall = self.office.hall(self.connection, self.device.hall, command.hall_version)
        if not command.fact:
            if self.validity.account(command.actor) is None:
                return self._end(piece, "refused", _no_account, cabinet)
            if hall is None:
                return self._end(piece, "refused", _no_version, cabinet)
        books = self._books(cabinet, hall)
        others = self.office.register[command.kind].meanwhile
        beside = others(command, books) if others else ""
        refusal = judge(command, books, self.office.register, self._doubt)
        if refusal is not None:
            refusal = self._overlaps.refused(command, books, refusal)
            return self._end(piece, "conflict" if isinstance(refusal, Conflict) else "refused", refusal, cabinet)
        self._overlaps.after(command, books)
        if command.kind in MOVES_DUE:
            tell_moved(self.connection, books.hall, books.case(getattr(command, "case", "")), self.office.now())
        if piece.fact:
            about = self.docket.before(piece.place, command.about, ())
            if about is not docket.waiting:
                self._aftermath.of_paper(command, books, self.docket.failed_on)
            self._aftermath.of_fact(piece, command, books)
        if command.anew:
            self.docket.anew(piece.place, piece.subjects)
        note_heard(command, books, self.office.now())
        return self._note(piece, "applied", Refusal("merged", beside) if beside else None)

    def _doubt(self, command: Command, books: Books) -> Refusal | None:
        """What only the centre knows."""
        if isinstance(command, RatifyConflict) and isinstance(books, CentreBooks):
            return apply_ratified(self.office, books.cabinet, command, books)
        refusal = self.validity.ended(command, books)
        if refusal is None and isinstance(command, AskRosterChange | ConfirmRosterChange):
            return apply_roster_change(self.office, self.connection, command, books)
        if refusal is None and isinstance(command, AskCatalogueChange | ConfirmCatalogueChange):
            return apply_catalogue_change(self.office, self.connection, command, books)
        return refusal

    def _books(self, cabinet: Cabinet, hall: Hall | None) -> CentreBooks:
        return CentreBooks(cabinet, hall or self.validity.in_force(), self.device.id)

    @property
    def _overlaps(self) -> Overlaps:
        return Overlaps(self.office)

    @property
    def _aftermath(self) -> Aftermath:
        return Aftermath(self.office, self.validity)

    def _end(self, piece: Piece, state: str, refusal: Refusal, cabinet: Cabinet) -> Verdict:
        """Not done as asked: said, and what follows from it."""
        if piece.command is not None and not piece.fact:
            subjects = self._subjects or piece.subjects
            cabinet.look_ahead(papers_of_subject, subjects)
            cabinet.look_ahead(documents_of_case, [s.removeprefix("case:") for s in subjects if s.startswith("case:")])
            self._aftermath.of_move(piece, piece.command, self._books(cabinet, None), refusal, state)
        elif state == "quarantined":
            self._aftermath.of_unread(piece, self._books(cabinet, None))
        return self._note(piece, state, refusal)

    def _note(self, piece: Piece, state: str, refusal: Refusal | None) -> Verdict:
        self.docket.note(piece.id, Earlier(piece.place, frozenset(piece.subjects), state, piece.id))
        said = refusal or Refusal("", "")
        return Verdict(id=piece.id, state=state, type=said.type, sentence=said.sentence)


def numbers_of(commands: Iterable[Command]) -> set[tuple[str, int]]:
    """(block, serial) of each command that spends a number."""
    said = ((getattr(command, "block", None), getattr(command, "serial", None)) for command in commands)
    return {(block, serial) for block, serial in said if isinstance(block, str) and isinstance(serial, int)}


def _database_fault(error: Exception) -> bool:
    """The database is away, deadlocked or wrongly built: no command's fault."""
    return isinstance(error, DBAPIError) and not isinstance(error, IntegrityError | DataError)


def _clash_of(error: IntegrityError) -> Refusal:
    """PostgreSQL names the constraint, SQLite the columns."""
    diagnostic = getattr(error.orig, "diag", None)
    what = str(getattr(diagnostic, "constraint_name", "") or error.orig)
    if "uq_tickets_open_call" in what or "tickets.window" in what:
        return _open_call
    numbers = (
        "uq_tickets_number",
        "uq_cases_number",
        "uq_bills_no",
        "numbers_used",
        "tickets.number",
        "cases.case_no",
        "bills.no",
    )
    return _number_taken if any(sign in what for sign in numbers) else _clash
