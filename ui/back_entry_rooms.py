"""补录的去处 the page of paper kits on the whole desk, with what it hears of changed rows and where its files come from."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog

from clerk_app.office.duty.pages import BACK_ENTRY, COUNTER, pages_for
from clerk_app.office.events import HallChanged, RowsChanged
from clerk_app.office.office import Office
from ui.back_entry.house import BackEntryHouse
from ui.back_entry.room import BackEntryRoom
from ui.background import Background
from ui.changes import Changes
from ui.language import tr
from ui.queueing.page import TICKET_KEYS
from ui.rooms import Rooms
from ui.shell import Shell
from ui.shortcuts import Key


class BackEntryRooms(QObject):
    """补录 on the whole desk."""

    def __init__(self, office: Office, background: Background, shell: Shell, rooms: Rooms) -> None:
        super().__init__(shell)
        self._office, self._shell, self._rooms = office, shell, rooms
        self.house = BackEntryHouse()
        shell.add_page(BACK_ENTRY, "file", tr("补录"), self.house, Key.PAGE_BACK_ENTRY)
        self.room = BackEntryRoom(office, background, self.house, self._ask_scan, self._ask_file)
        self.room.said.connect(rooms.said)
        self.room.waiting.connect(self._badge)
        for key in TICKET_KEYS:
            shortcut = QShortcut(QKeySequence(key), self.house)
            shortcut.setAutoRepeat(False)
            shortcut.setObjectName(key)
            shortcut.activated.connect(self._on_counter_key)

    def watch(self, changes: Changes) -> None:
        """What changes anywhere is told here too."""
        changes.changed.connect(self._on_change)

    def start(self) -> None:
        """Somebody sat down."""
        self.room.start()

    def close(self) -> None:
        """The desk closes."""
        self.room.close()

    @Slot(object)
    def _on_change(self, change: object) -> None:
        if isinstance(change, RowsChanged):
            self.room.note(change.subjects)
        elif isinstance(change, HallChanged):
            self.room.refresh()

    @Slot(int)
    def _badge(self, count: int) -> None:
        self._shell.rail.set_badge(BACK_ENTRY, count, due=count > 0)

    @Slot()
    def _on_counter_key(self) -> None:
        """The ticket's keys bring their page to the front, for who has it."""
        session = self._office.session
        if session is not None and COUNTER in pages_for(session.person):
            self._shell.show_page(COUNTER)
            self._rooms.counter_page.press(Key(self.sender().objectName()))

    def _ask_scan(self) -> str:
        return QFileDialog.getOpenFileName(
            self._shell, tr("选扫描件"), "", tr("扫描件 (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)")
        )[0]

    def _ask_file(self, name: str) -> str:
        return QFileDialog.getSaveFileName(self._shell, tr("存成文件"), name, tr("PDF (*.pdf)"))[0]
