"""取号 decides: what for, for when, for whom; then one ticket. Nothing of who stood here stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.kiosk.persons import Person, person_of
from clerk_app.office.kiosk.services import Service, appointment_times
from clerk_app.office.kiosk.wishes import Taken, Wish
from ui.kiosk.handing import Handing, KioskParts
from ui.kiosk.ticket_pages import ChoicePage, PersonPage
from ui.kiosk.ticket_words import ANY_ITEM, GROUND, about_words, items_view, person_view, services_view, times_view
from ui.language import tr


class Taking(QObject):
    """取号 the way through the pages; `left`: 返回 from the first of them."""

    left = Signal()

    def __init__(self, parts: KioskParts, handing: Handing) -> None:
        super().__init__(parts.window)
        self._office, self._machine, self._handing = parts.office, parts.machine, handing
        self._background, self._voice = parts.background, parts.voice
        self._window = window = parts.window
        self.services, self.items = ChoicePage("kioskServices"), ChoicePage("kioskItems", tall=76, wide=220, most=4)
        self.times, self.person = ChoicePage("kioskTimes", tall=70, wide=140, most=6), PersonPage()
        for page in (self.services, self.items, self.times, self.person):
            window.pages.addWidget(page)
        self.known: Person | None = None
        self._wish = Wish(id="", letter="")
        self._booked = self._fixed = self._busy = False
        self._connect()

    def _connect(self) -> None:
        self.services.chosen.connect(self._on_service)
        self.services.back.connect(self.left)
        self.items.chosen.connect(self._on_item)
        self.items.back.connect(self._show_services)
        self.times.chosen.connect(self._on_time)
        self.times.back.connect(self._back_of_times)
        self.person.back.connect(self._back_of_person)
        self.person.aid.connect(self._on_aid)
        self.person.entered.connect(self._on_entered)
        self.person.skipped.connect(self.take)

    # The way.

    def start(self, *, booked: bool = False, person: Person | None = None) -> None:
        """Somebody chose 取号 or 我有预约, or laid his card on the reader."""
        self.clear()
        self._wish = Wish(id=self._office.parts.new_id(), letter="")
        self._booked, self.known = booked, person
        self._show_services()
        self._voice(tr("请选择要办的业务。"))

    def start_with(self, wish: Wish) -> None:
        """What he scanned says what for."""
        self.clear()
        self._wish, self._fixed = wish, True
        self._show_person()

    @Slot()
    def _show_services(self) -> None:
        self.services.render(services_view(self._machine.offered(), cut=self._machine.cut))
        self._window.go(self.services)

    def refresh(self) -> None:
        """The lines as they stand now, if somebody looks at them."""
        if self._window.pages.currentWidget() is self.services:
            self.services.render(services_view(self._machine.offered(), cut=self._machine.cut), anew=False)

    @Slot(str)
    def _on_service(self, letter: str) -> None:
        self._wish = replace(self._wish, letter=letter, item="")
        service = self._service()
        if service.items:
            self.items.render(items_view(service))
            self._window.go(self.items)
        else:
            self._after_item()

    @Slot(str)
    def _on_item(self, code: str) -> None:
        self._wish = replace(self._wish, item="" if code == ANY_ITEM else code)
        self._after_item()

    def _after_item(self) -> None:
        if not self._booked:
            self._show_person()
            return
        self.times.render(times_view(appointment_times(self._office.hall, self._office.parts.clock.now())))
        self._window.go(self.times)
        self._voice(tr("请选择预约的时间。"))

    @Slot(str)
    def _on_time(self, at: str) -> None:
        self._wish = replace(self._wish, appointment=datetime.fromisoformat(at))
        self._show_person()

    @Slot()
    def _back_of_times(self) -> None:
        if self._service().items:
            self._window.go(self.items)
        else:
            self._show_services()

    @Slot()
    def _back_of_person(self) -> None:
        if self._fixed:
            self.left.emit()
        elif self._booked:
            self._window.go(self.times)
        else:
            self._back_of_times()

    # Who.

    def _show_person(self, said: str = "") -> None:
        about = about_words(self._service(), self._wish.item, self._wish.appointment)
        grounds = self._office.hall.queue.priorities
        self.person.render(person_view(about, self._wish, self.known, grounds, said))
        if self._window.pages.currentWidget() is not self.person:
            self._window.go(self.person)
            self._voice(tr("请刷身份证，也可以不登记，直接取号。"))

    def _service(self) -> Service:
        found = next((one for one in self._machine.offered() if one.letter == self._wish.letter), None)
        return found or Service(letter=self._wish.letter, name=self._wish.letter)

    @Slot(str)
    def _on_aid(self, key: str) -> None:
        aids = self._wish.aids
        if key.startswith(GROUND):
            ground = key.removeprefix(GROUND)
            self._wish = replace(self._wish, priority="" if self._wish.priority == ground else ground)
            self._show_person()
            return
        self._wish = replace(self._wish, aids=tuple(a for a in aids if a != key) if key in aids else (*aids, key))
        self._show_person()

    def meet(self, typed: str) -> None:
        """A card is laid on the reader before he is asked for it."""
        person = person_of(self._office, typed, self._office.parts.clock.now().date())
        self.known = self.known if isinstance(person, Refusal) else person

    @Slot(str)
    def _on_entered(self, typed: str) -> None:
        """A card or a number; with one known already, that is all there is to ask."""
        if not typed.strip() and self.known is not None:
            self.take()
            return
        person = person_of(self._office, typed, self._office.parts.clock.now().date())
        self.person.field.line.clear()
        if isinstance(person, Refusal):
            self._show_person(person.sentence)
            return
        self.known = person
        self._show_person()

    @Slot()
    def take(self) -> None:
        """取号: however often it is tapped, one ticket."""
        if self._busy or not self._wish.letter:
            return
        self._busy = True
        wish, known = self._wish, self.known
        if known is not None:
            ground = known.ground.key if known.ground is not None else ""
            wish = replace(wish, person=known.digest, priority=wish.priority or ground)
        self._handing.busy(tr("正在取号……"))
        self._background.run_net(lambda: self._machine.take(wish), self._on_taken, self._on_taken)

    def _on_taken(self, outcome: Taken | Refusal | Exception) -> None:
        self._busy = False
        if isinstance(outcome, Exception):
            self._handing.fail(outcome)
        else:
            self._handing.show(outcome)

    def clear(self) -> None:
        """Of this person nothing stays."""
        self.known, self._wish = None, Wish(id="", letter="")
        self._booked = self._fixed = False
        self.person.fresh()
