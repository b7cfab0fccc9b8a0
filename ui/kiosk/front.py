"""自助机首页 what one may do here, and whatever is laid on the reader or under the scanner; after each person it clears itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from clerk_app.command import Refusal
from clerk_app.office.kiosk.persons import id_number_in, person_of
from clerk_app.office.kiosk.scanned import wish_of
from clerk_app.office.kiosk.wishes import Wish
from clerk_app.office.registration.self_filling import ticket_named
from ui import theme
from ui.errors import sentence as words_of
from ui.kiosk.again import Again
from ui.kiosk.cards import StillThereCard
from ui.kiosk.handing import Handing, KioskParts
from ui.kiosk.idle import IdleWatch
from ui.kiosk.presenter import Kiosk
from ui.kiosk.taking import Taking
from ui.kiosk.ticket_pages import ChoicePage
from ui.kiosk.ticket_words import AGAIN, APPOINTMENT, CUT, FILL, home_view, staff_words
from ui.kiosk.wedge import Wedge
from ui.language import tr

TURN_MS = 15_000
ASK_MS, CLEAR_MS = 45_000, 15_000
STILL_HEAD, STILL_WORDS = tr("还在吗？"), tr("一会儿没人动就回首页。接着办，动一下就好。")
UNREADABLE = tr("这个码认不出来。取号请按“取号”；要填表，扫号票上的码。")


def soon(parent: QObject) -> IdleWatch:
    """Nobody reads a choice for two minutes while others wait."""
    return IdleWatch(parent, ASK_MS, CLEAR_MS)


class KioskFront(QObject):
    """自助机首页 over the self-fill place `fill` and the ticket machine."""

    closed = Signal()

    def __init__(self, parts: KioskParts, fill: Kiosk, *, idle: Callable[[QObject], IdleWatch] = soon) -> None:
        super().__init__(parts.window)
        self._office, self.machine, self._background = parts.office, parts.machine, parts.background
        self.window = window = parts.window
        self.fill, self._scale = fill, theme.current().scale
        self.home = ChoicePage("kioskHome", 38, tall=150, wide=420, most=2, first=True)
        self.still = StillThereCard(STILL_HEAD, STILL_WORDS, tr("回首页"), "kioskStill", tr("接着办"))
        for page in (self.home, self.still):
            window.pages.addWidget(page)
        self.handing = Handing(parts)
        self.taking, self.again = Taking(parts, self.handing), Again(parts, self.handing)
        self.idle, self.wedge = idle(self), Wedge(window)
        self._before: QWidget = self.home
        self._reading, self._told = False, ""
        self._turns = QTimer(self)
        self._turns.setInterval(TURN_MS)
        self._connect()
        window.set_rest(self.home)
        fill.clear()
        self._turns.start()
        self._turn()

    def _connect(self) -> None:
        window = self.window
        self.taking.left.connect(self.clear)
        self.again.left.connect(self.clear)
        self.home.chosen.connect(self._on_choice)
        self.handing.ended.connect(self.clear)
        self.handing.again_wanted.connect(self._once_more)
        self.handing.waiting.connect(self.idle.stop)
        self.handing.shown.connect(self.idle.start)
        self.still.stay.connect(self._stay)
        self.still.leave.connect(self.clear)
        self.idle.asked.connect(self._on_idle)
        self.idle.touched.connect(self._stay)
        self.idle.over.connect(self.clear)
        self.wedge.scanned.connect(self.scanned)
        window.welcome.home.chosen.connect(self.clear)
        window.pages.currentChanged.connect(self._on_page)
        window.closing.connect(self.close)
        self._turns.timeout.connect(self._turn)

    @Slot(str)
    def _on_choice(self, key: str) -> None:
        self._tell("")
        if key == FILL:
            self._fill()
        elif key == AGAIN:
            self.again.start()
        else:
            self.taking.start(booked=key == APPOINTMENT)
            self._turn()
        self.idle.start()

    def _fill(self, typed: str = "") -> None:
        """The form's pages have no room for larger letters on a small screen."""
        if self.window.small:
            self._sized(self._scale)
        self.window.welcome.fresh()
        self.window.go(self.window.welcome)
        if typed:
            self.fill.begin(typed)

    @Slot()
    def _once_more(self) -> None:
        person = self.taking.known
        if person is not None:
            self.again.start_for(person)
        else:
            self.again.start()

    @Slot(str)
    def scanned(self, text: str) -> None:
        """A card, a paper of a matter of his, or a ticket's code, wherever no field takes it."""
        page = self.window.pages.currentWidget()
        if page in (self.taking.person, self.again.person):
            (self.taking if page is self.taking.person else self.again).person.entered.emit(text)
        elif page in (self.taking.services, self.taking.items, self.taking.times):
            self.taking.meet(text)
        elif page is self.home and id_number_in(text):
            self._on_card(text)
        elif page is self.home and not self._reading:
            self._reading = True
            self._tell(tr("正在认……"))
            self._background.run_net(
                lambda: wish_of(self._office, text), lambda wish: self._on_paper(text, wish), self._on_unread
            )

    def _on_card(self, text: str) -> None:
        person = person_of(self._office, text, self._office.parts.clock.now().date())
        if isinstance(person, Refusal) or self.machine.off():
            self._tell(person.sentence if isinstance(person, Refusal) else self.machine.off())
            return
        self.taking.start(person=person)
        self.idle.start()

    def _on_paper(self, text: str, wish: Wish | Refusal | None) -> None:
        """He may have gone on by hand meanwhile."""
        self._reading = False
        if self.window.pages.currentWidget() is not self.home:
            return
        self._tell("")
        if isinstance(wish, Refusal):
            self._tell(wish.sentence)
        elif wish is not None and self.machine.off():
            self._tell(self.machine.off())
        elif wish is not None:
            self.taking.start_with(wish)
            self.idle.start()
        elif ticket_named(text):
            self._fill(text)
            self.idle.start()
        else:
            self._tell(UNREADABLE)

    def _on_unread(self, error: Exception) -> None:
        self._reading = False
        self._tell(words_of(error))

    # Going away.

    @Slot()
    def clear(self) -> None:
        """For the next person; of this one nothing stays."""
        self.idle.stop()
        self.handing.clear()
        self.taking.clear()
        self.again.clear()
        self._sized(self._scale)
        self.fill.clear()
        self._tell("")

    @Slot()
    def _on_page(self) -> None:
        """The form has a watch of its own; home needs none."""
        page = self.window.pages.currentWidget()
        self.wedge.listens = not self.window.fills
        if page is self.window.form or page is self.window.end:
            self.idle.stop()
        elif page is self.home:
            self.idle.stop()
            self._show_home()

    @Slot()
    def _on_idle(self) -> None:
        self._before = self.window.pages.currentWidget() or self.home
        self.window.go(self.still)

    @Slot()
    def _stay(self) -> None:
        if self.window.pages.currentWidget() is self.still:
            self.window.go(self._before)
        self.idle.start()

    def _sized(self, scale: float) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication) and theme.current().scale != scale:
            theme.apply(app, dark=theme.current().tokens.dark, scale=scale)

    # How it stands.

    @Slot()
    def _turn(self) -> None:
        """The printer, the lines, and what is not told yet."""
        self._background.run_net(self.machine.turn, lambda _: self._on_turn(), lambda _: self._on_turn())

    def _on_turn(self) -> None:
        self.taking.refresh()
        if self.window.pages.currentWidget() is self.home:
            self._show_home()

    def _show_home(self) -> None:
        self.home.render(home_view(self.machine.off()), anew=False)
        staff = staff_words(self.machine.refused())
        if staff or self._told:
            self.window.say(staff or self._told, "warn")
        else:
            self.window.say(CUT if self.machine.cut else "")

    def _tell(self, words: str) -> None:
        """To who stands before the first page, until he goes on."""
        self._told = words
        if self.window.pages.currentWidget() is self.home:
            self._show_home()
        else:
            self.window.say("")

    @Slot()
    def close(self) -> None:
        """The window goes."""
        self._turns.stop()
        self.idle.stop()
        self.wedge.stop()
        self.closed.emit()
