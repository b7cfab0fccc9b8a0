"""设置的去处 the page at the foot of the rail, for everybody who signs in; the ticket's keys act from it too."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog

from clerk_app.office.duty.pages import COUNTER, SETTINGS, pages_for
from clerk_app.office.office import Office
from clerk_app.office.running import Running
from ui.background import Background
from ui.language import tr
from ui.queueing.page import TICKET_KEYS
from ui.rooms import Rooms
from ui.settings.house import SettingsHouse
from ui.settings.room import SettingsRoom
from ui.shell import Shell
from ui.shortcuts import Key


class SettingsRooms(QObject):
    """设置 on the whole desk."""

    def __init__(self, office: Office, running: Running, background: Background, shell: Shell, rooms: Rooms) -> None:
        super().__init__(shell)
        self._office, self._shell, self._rooms = office, shell, rooms
        self.house = SettingsHouse()
        shell.add_page(SETTINGS, "gear", tr("设置"), self.house, Key.PAGE_SETTINGS, at_foot=True)
        ask = (self._ask_file, self._ask_folder)
        self.room = SettingsRoom(office, background, self.house, lambda: [one.state for one in running.lanes], ask)
        self.room.said.connect(rooms.said)
        for key in TICKET_KEYS:
            shortcut = QShortcut(QKeySequence(key), self.house)
            shortcut.setAutoRepeat(False)
            shortcut.setObjectName(key)
            shortcut.activated.connect(self._on_counter_key)

    def start(self) -> None:
        """Somebody sat down."""
        self.room.start()

    def close(self) -> None:
        """The desk closes."""
        self.room.close()

    def _ask_file(self, name: str) -> str:
        return QFileDialog.getSaveFileName(self._shell, tr("存成文件"), name, tr("文本 (*.txt)"))[0]

    def _ask_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self._shell, tr("备份放在哪个文件夹"))

    @Slot()
    def _on_counter_key(self) -> None:
        """They bring their page to the front, for who has it."""
        session = self._office.session
        if session is not None and COUNTER in pages_for(session.person):
            self._shell.show_page(COUNTER)
            self._rooms.counter_page.press(Key(self.sender().objectName()))
