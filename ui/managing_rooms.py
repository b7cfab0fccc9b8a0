"""管理的去处 the page of the hall's own office, for who administers and who confirms; where its views lead in the other rooms."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, QProcess, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from clerk_app.office.duty.pages import AUDIT, COUNTER, MANAGING, pages_for, pages_in
from clerk_app.office.events import RowsChanged
from clerk_app.office.office import Office
from clerk_app.settings import training_beside
from ui.background import Background
from ui.changes import Changes
from ui.language import tr
from ui.late_house import LateHouse, Pieces
from ui.machines.page import MachinesPage
from ui.machines.presenter import MachinesPresenter
from ui.managing.house import ManagingHouse, managing_views
from ui.managing.room import ManagingRoom
from ui.outward.page import OutwardPage
from ui.outward.presenter import OutwardPresenter
from ui.oversight.audit_house import ROSTER
from ui.queueing.page import TICKET_KEYS
from ui.rooms import Rooms
from ui.routing.page import RoutingPage
from ui.routing.presenter import RoutingPresenter
from ui.shell import Shell
from ui.shortcuts import Key

MACHINES = "machines"
ROUTING = "routing"
OUTSIDE = "outside"


class ManagingRooms(QObject):
    """管理 on the whole desk."""

    def __init__(self, office: Office, background: Background, shell: Shell, rooms: Rooms) -> None:
        super().__init__(shell)
        self._office, self._background, self._shell, self._rooms = office, background, shell, rooms
        self._late = LateHouse(self._build)
        shell.add_page(MANAGING, "book", tr("管理"), self._late, Key.PAGE_MANAGING)
        for key in TICKET_KEYS:
            shortcut = QShortcut(QKeySequence(key), self._late)
            shortcut.setAutoRepeat(False)
            shortcut.setObjectName(key)
            shortcut.activated.connect(self._on_counter_key)
        self._late.said.connect(rooms.said)
        self._late.waiting.connect(self._badge)
        self._late.ready.connect(self._begin)

    def _build(self, place: QWidget) -> Pieces:
        page = MachinesPage()
        yield None
        given = RoutingPage()
        yield None
        told = OutwardPage()
        yield None
        views = yield from managing_views()
        more = ((ROUTING, tr("分办"), given), (MACHINES, tr("电脑"), page), (OUTSIDE, tr("对外"), told))
        house = ManagingHouse(views, more, place, at_once=False)
        yield from house.take_in()
        room = ManagingRoom(self._office, self._background, house, self._try_out)
        room.roster_wanted.connect(self._to_days)
        yield None
        self._machines = MachinesPresenter(self._office, self._background, page, self._ask_place)
        self._machines.said.connect(self._rooms.said)
        self._machines.counted.connect(self._count_machines)
        self._routing = RoutingPresenter(self._office, self._background, given)
        self._routing.said.connect(self._rooms.said)
        self._routing.counted.connect(self._count_nobodys)
        self._outward = OutwardPresenter(self._office, self._background, told)
        self._outward.said.connect(self._rooms.said)
        self._outward.counted.connect(self._count_outside)
        yield house, room

    @property
    def house(self) -> ManagingHouse:
        """The page, built if it was not."""
        return cast("ManagingHouse", self._late.house)

    def watch(self, changes: Changes) -> None:
        """Each view is fresh while it is on screen."""
        self._late.watch(changes)

    def note(self, change: RowsChanged) -> None:
        """Rows changed."""
        if self._whole():
            self._late.note(change.subjects)
        if self._late.built and self._his():
            self._routing.note(change.subjects)

    def start(self) -> None:
        """Somebody sat down."""
        self._late.start(his=self._his())

    def _his(self) -> bool:
        """Whether he has the page, if only for what is given out at his windows."""
        session = self._office.session
        return session is not None and MANAGING in pages_in(self._office.hall, session.person)

    def _whole(self) -> bool:
        """Whether he has every view of it."""
        session = self._office.session
        return session is not None and MANAGING in pages_for(session.person)

    @Slot()
    def _begin(self) -> None:
        """It stands for whoever sat down; the figures on the rail are read if it is his."""
        self._machines.start()
        self._outward.start()
        self._routing.start()
        whole = self._whole()
        for segment in self.house.segments.all():
            segment.setVisible(whole or segment.key == ROUTING)
        if self._his():
            self._routing.refresh()
        if whole:
            self._late.room.refresh()
            self._outward.refresh()
        else:
            self.house.show_view(ROUTING)

    @Slot()
    def _on_counter_key(self) -> None:
        """They bring their page to the front, for who has it."""
        session = self._office.session
        if session is not None and COUNTER in pages_for(session.person):
            self._shell.show_page(COUNTER)
            self._rooms.counter_page.press(Key(self.sender().objectName()))

    @Slot(int)
    def _count_outside(self, count: int) -> None:
        self.house.segments.show_figure(OUTSIDE, str(count) if count else "")

    @Slot(int)
    def _count_machines(self, count: int) -> None:
        self.house.segments.show_figure(MACHINES, str(count) if count else "")

    @Slot(int)
    def _count_nobodys(self, count: int) -> None:
        self.house.segments.show_figure(ROUTING, str(count) if count else "")

    def _ask_place(self, name: str) -> str:
        return QFileDialog.getSaveFileName(self._shell, tr("装机文件放在哪里"), name, tr("装机文件 (*.clerk-setup)"))[0]

    @Slot(int)
    def _badge(self, waiting: int) -> None:
        self._shell.rail.set_badge(MANAGING, waiting, due=waiting > 0)

    @Slot()
    def _to_days(self) -> None:
        """Next year's days are asked for where people are: the same list, the same two persons."""
        self._shell.show_page(AUDIT)
        self._rooms.audit.house.show_view(ROSTER)
        self._rooms.audit.room.roster.begin("days")

    def _try_out(self, folder: Path) -> bool:
        """This program once more, over that folder, as a training hall of its own."""
        program, *words = training_beside(folder)
        started = QProcess.startDetached(program, words)
        return bool(started[0] if isinstance(started, tuple) else started)
