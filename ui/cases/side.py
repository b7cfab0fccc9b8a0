"""旁边那件 the case beside the list: itself, its attachments, in whose hand it is, and what is done to it from there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.office.counter.case_papers import may_look
from clerk_app.office.line.attaching import AttachmentStanding, attach, attachments_of, send_again
from clerk_app.office.office import Office
from ui.background import Background
from ui.cases.holding import Answered, Standing, act_on_hold, standing_of, tell_hold
from ui.cases.scanning import PageScan
from ui.cases.telling import tell_detail
from ui.cases.telling_attachments import tell_added, tell_attachments
from ui.cases.view import AttachmentsView, CaseDetail
from ui.errors import record, sentence

Attached = tuple[str, tuple[AttachmentStanding, ...], bool]
"""Of which case, its files, and whether who sits here may open them."""


def _attached(office: Office, case: str) -> Attached:
    return case, attachments_of(office, case), may_look(office, case) is None


class SideCase(QObject):
    """旁边那件 `changed` when it reads otherwise, `done` after an act on it, `said` for the status line."""

    changed = Signal()
    done = Signal()
    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, connected: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._background, self._connected = office, background, connected
        self._key = ""
        self._case: Case | None = None
        self._attached: Attached = ("", (), False)
        self._adding = 0
        self._standing: Standing | None = None
        self._code = ("", "")
        self.scan = PageScan(office, background, self)
        self.scan.changed.connect(self.changed)
        self.scan.done.connect(self.done)
        self.scan.said.connect(self.said)

    def look(self, key: str) -> None:
        """Read this one; what was asked of another before is not shown any more."""
        self._key = key
        if self._office.session is None:
            return
        self._background.look(lambda: self._office.read(lambda books: books.case(key)), self._on_case)
        self._background.look(lambda: _attached(self._office, key), self._on_attachments)
        self._background.look(lambda: standing_of(self._office, key), self._on_standing)

    def tell(self, key: str) -> CaseDetail | None:
        """In words; None while it is still being read."""
        case, session, hall = self._case, self._office.session, self._office.hall
        if case is None or case.id != key:
            return None
        standing = self._standing if self._standing and self._standing.case == case.id else None
        if case.state in ("delivered", "void", "archived"):
            standing = None
        code = self._code[1] if self._code[0] == case.id else ""
        roles = session.person.roles if session else ()
        hold = tell_hold(standing, roles, connected=self._connected(), code=code)
        of, standings, readable = self._attached
        adding = self._adding > 0
        attachments = AttachmentsView()
        if of == case.id:
            attachments = tell_attachments(standings, adding=adding, readable=readable)
        attachments = self.scan.tell(key, attachments)
        told = tell_detail(case, hall, self._office.parts.clock.now().date())
        return replace(told, attachments=attachments, hold=hold)

    def _on_case(self, case: Case | None) -> None:
        if case is not None and case.id == self._key:
            self._case = case
            self.changed.emit()

    def _on_standing(self, standing: Standing) -> None:
        if standing.case == self._key:
            self._standing = standing
            self.changed.emit()

    def _on_attachments(self, found: Attached) -> None:
        if found[0] == self._key:
            self._attached = found
            self.changed.emit()

    @Slot(str, str, str)
    def act_on_hold(self, case: str, name: str, typed: str) -> None:
        """It asks the centre: not on the store's one lane."""
        self._background.run_net(
            lambda: act_on_hold(self._office, case, name, typed), lambda done: self._held(case, done)
        )

    def _held(self, case: str, done: Answered) -> None:
        self._code = (case, done.code)
        self.said.emit(done.sentence, done.good)
        self.done.emit()

    @Slot(str, tuple)
    def attach(self, key: str, paths: tuple[str, ...]) -> None:
        """Reading and sealing twenty megabytes is not for the store's one lane."""
        if not paths:
            return
        self._adding += 1
        self.changed.emit()

        def add() -> tuple[Case | None, tuple[str, ...]]:
            outcomes = [attach(self._office, key, Path(path)) for path in paths]
            refusals = tuple(one.sentence for one in outcomes if isinstance(one, Refusal))
            return self._office.read(lambda books: books.case(key)), refusals

        def added(done: tuple[Case | None, tuple[str, ...]]) -> None:
            self._adding -= 1
            if done[0] is not None:
                self.said.emit(*tell_added(done[0], done[1], len(paths)))
            self.done.emit()

        def failed(error: Exception) -> None:
            self._adding -= 1
            record(error)
            self.said.emit(sentence(error), False)
            self.done.emit()

        self._background.run_net(add, added, failed)

    @Slot(str)
    def send_again(self, digest: str) -> None:
        """One that could not be sent."""
        self._background.run(lambda: send_again(self._office, digest), lambda _: self.done.emit())
