"""补打 decides: whose tickets, which of them; its number stays what it is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.kiosk.persons import Person, person_of
from clerk_app.office.kiosk.wishes import Taken
from clerk_app.ports.queue import TicketGiven
from ui.kiosk.handing import Handing, KioskParts
from ui.kiosk.ticket_pages import ChoicePage, PersonPage
from ui.kiosk.ticket_words import again_view, held_view
from ui.language import tr

WRONG = tr("身份证号不对，还没有找。再刷一次，或核对 18 位号码。")
NONE_HELD = tr("今天没有用这张身份证登记的号，或者已经办完了。要办事请取号；登记过的请到总服务台问。")


class Again(QObject):
    """补打 by the ID card a ticket was taken with; `left`: he goes back."""

    left = Signal()

    def __init__(self, parts: KioskParts, handing: Handing) -> None:
        super().__init__(parts.window)
        self._office, self._machine, self._handing = parts.office, parts.machine, handing
        self._background, self._voice = parts.background, parts.voice
        self._window = window = parts.window
        self.person, self.choice = PersonPage(), ChoicePage("kioskHeld", 36, tall=110, wide=260)
        for page in (self.person, self.choice):
            window.pages.addWidget(page)
        self._held: dict[str, TicketGiven] = {}
        self._digest, self._busy = "", False
        self.person.entered.connect(self._on_entered)
        self.person.back.connect(self.left)
        self.choice.back.connect(self.left)
        self.choice.chosen.connect(self._print)

    def start(self) -> None:
        """Somebody chose 补打."""
        self.clear()
        self.person.render(again_view())
        self._window.go(self.person)
        self._voice(tr("请刷取号时用的身份证。"))

    def start_for(self, person: Person) -> None:
        """He is known already, and has one."""
        self.clear()
        self._find(person)

    @Slot(str)
    def _on_entered(self, typed: str) -> None:
        person = person_of(self._office, typed, self._office.parts.clock.now().date())
        self.person.field.line.clear()
        if isinstance(person, Refusal):
            self.person.render(again_view(WRONG))
        else:
            self._find(person)

    def _find(self, person: Person) -> None:
        if self._busy:
            return
        self._busy, self._digest = True, person.digest
        self._handing.busy(tr("正在找您的号……"))
        self._background.run_net(lambda: self._machine.held_by(person.digest), self._on_found, self._on_failed)

    def _on_found(self, held: tuple[TicketGiven, ...] | Refusal) -> None:
        self._busy = False
        if isinstance(held, Refusal) or not held:
            self.person.render(again_view(held.sentence if isinstance(held, Refusal) else NONE_HELD))
            self._window.go(self.person)
            return
        self._held = {one.id: one for one in held}
        if len(held) == 1:
            self._print(held[0].id)
            return
        self.choice.render(held_view(held, dict(self._office.hall.queue.letters)))
        self._window.go(self.choice)

    @Slot(str)
    def _print(self, key: str) -> None:
        given, digest = self._held.get(key), self._digest
        if given is None or self._busy:
            return
        self._busy = True
        self._handing.busy(tr("正在补打……"))
        self._background.run_net(lambda: self._machine.again(given, digest), self._on_printed, self._on_failed)

    def _on_printed(self, outcome: Taken | Refusal) -> None:
        self._busy = False
        self._handing.show(outcome)

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        self._handing.fail(error)

    def clear(self) -> None:
        """Of this person nothing stays."""
        self._held, self._digest = {}, ""
        self.person.fresh()
