"""找任何东西的去处 where Ctrl+K leads in the rooms: a ticket to the lists, a case to its page, an item to its card."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from clerk_app.office.office import Office
from ui.background import Background
from ui.language import tr
from ui.palette.entries import Kind
from ui.palette.room import PaletteRoom
from ui.rooms import Rooms
from ui.shell import Shell
from ui.training.first_steps import FirstSteps


class FindingRooms(QObject):
    """找任何东西 over the whole desk."""

    def __init__(self, office: Office, background: Background, shell: Shell, rooms: Rooms) -> None:
        super().__init__(shell)
        self._shell, self._rooms = shell, rooms
        go: dict[Kind, Callable[[str], object]] = {
            "ticket": self._to_ticket,
            "case": rooms.cases.open_whole,
            "item": self._to_card,
        }
        self.palette = PaletteRoom(office, background, shell, go)
        self.palette.said.connect(rooms.said)
        self.first_steps = FirstSteps(shell)
        self.palette.more["first-steps"] = (tr("带我走一遍：什么在哪里"), self._walk)

    def start(self) -> None:
        """Somebody sat down."""
        self.palette.forget()
        self.first_steps.shut()

    def _walk(self) -> None:
        self._shell.show_page("counter")
        self.first_steps.open()

    def _to_ticket(self, _: str) -> None:
        self._shell.show_page("counter")
        self._rooms.queue.acts.open_lists()

    def _to_card(self, code: str) -> None:
        self._shell.show_page("counter")
        self._rooms.counter.open_card(code)
