"""收件箱的去处 the page of what came from outside on the whole desk, where a hall takes such things; where its acts lead."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from clerk_app.office.duty.pages import COUNTER, INBOX, pages_for, pages_in
from clerk_app.office.events import HallChanged, RowsChanged
from clerk_app.office.office import Office
from ui.background import Background
from ui.changes import Changes
from ui.inbox.room import inbox
from ui.language import tr
from ui.late_house import LateHouse, Pieces
from ui.queueing.page import TICKET_KEYS
from ui.rooms import Rooms
from ui.shell import Shell
from ui.shortcuts import Key


class InboxRooms(QObject):
    """收件箱 on the whole desk; a hall without an inbox has no such page."""

    def __init__(self, office: Office, background: Background, shell: Shell, rooms: Rooms) -> None:
        super().__init__(shell)
        self._office, self._shell, self._rooms = office, shell, rooms
        self._open: Callable[[QWidget], Pieces] = partial(inbox, office, background)
        self.late = LateHouse(self._build)
        shell.add_page(INBOX, "letter", tr("收件箱"), self.late, Key.PAGE_INBOX, short=tr("收件"))
        self.late.said.connect(rooms.said)
        self.late.waiting.connect(self._badge)
        for key in TICKET_KEYS:
            shortcut = QShortcut(QKeySequence(key), self.late)
            shortcut.setAutoRepeat(False)
            shortcut.setObjectName(key)
            shortcut.activated.connect(self._on_counter_key)

    def _build(self, place: QWidget) -> Pieces:
        for built in self._open(place):
            if built is not None:
                built[1].counter_wanted.connect(self._to_counter)  # type: ignore[attr-defined]
                built[1].case_wanted.connect(self._rooms.cases.open_whole)  # type: ignore[attr-defined]
            yield built

    def watch(self, changes: Changes) -> None:
        """Each view is fresh while it is on screen."""
        self.late.watch(changes)
        changes.changed.connect(self._on_change)

    def start(self) -> None:
        """Somebody sat down: the page is his, if his hall has one."""
        session = self._office.session
        self.late.start(his=session is not None and INBOX in pages_in(self._office.hall, session.person))

    @Slot(object)
    def _on_change(self, change: object) -> None:
        session = self._office.session
        if isinstance(change, RowsChanged):
            self.late.note(change.subjects)
        elif isinstance(change, HallChanged) and session is not None:
            # The hall opened its inbox, or shut it, while somebody sits here.
            self._shell.set_pages(pages_in(self._office.hall, session.person))
            if not self.late.built:
                self.start()

    @Slot(int)
    def _badge(self, count: int) -> None:
        self._shell.rail.set_badge(INBOX, count, due=count > 0)

    @Slot()
    def _to_counter(self) -> None:
        self._shell.show_page(COUNTER)
        self._rooms.counter.refresh()

    @Slot()
    def _on_counter_key(self) -> None:
        """The ticket's keys bring their page to the front, for who has it."""
        session = self._office.session
        if session is not None and COUNTER in pages_for(session.person):
            self._shell.show_page(COUNTER)
            self._rooms.counter_page.press(Key(self.sender().objectName()))
