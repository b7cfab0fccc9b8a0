"""锁屏 decides when the screen is covered, and who uncovers it: by key at any time, by itself never while a ticket is open."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from clerk_app.command import Refusal
from clerk_app.office.duty.locking import ticket_open, unlock
from clerk_app.office.office import Office, Session
from ui.background import Background
from ui.duty.lock.idle import IdleWatch
from ui.duty.lock.page import LockPage
from ui.duty.lock.view import LockView
from ui.errors import tell
from ui.language import kept, tr
from ui.shortcuts import Key
from ui.widgets.key_button import key_sequences

MINUTE = 60_000
SOON = 20_000
"""When to look again while a citizen is here."""
MOTTO = kept("一窗受理　限时办结")


class LockPresenter(QObject):
    """锁屏 `locked` (second screens blank too), `unlocked`, `other_wanted` when somebody else is to sign in here.

    `host` is where the key acts: the shell. The page is shown and hidden by whoever hears the signals.
    """

    locked = Signal()
    unlocked = Signal()
    other_wanted = Signal()

    def __init__(self, office: Office, background: Background, page: LockPage, host: QWidget) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._view = LockView()
        self._locked = False
        self.watch = IdleWatch(self)
        self.watch.idle.connect(self._on_idle)
        page.unlock_requested.connect(self._ask)
        page.other_requested.connect(self._on_other)
        key = QShortcut(key_sequences(Key.LOCK)[0], host)
        key.setAutoRepeat(False)
        key.activated.connect(self.lock)

    @property
    def is_locked(self) -> bool:
        """Whether the screen is covered now."""
        return self._locked

    def start(self, session: Session) -> None:
        """Somebody sat down."""
        self._locked = False
        self._page.forget()
        self.watch.start(self._office.hall.roster.rules.idle_lock_minutes * MINUTE)

    def stop(self) -> None:
        """He got up, or his session went elsewhere."""
        self._locked = False
        self._page.forget()
        self.watch.stop()

    @Slot()
    def lock(self) -> None:
        """锁屏 by his own hand."""
        self._cover("")

    def _cover(self, why: str) -> None:
        office, session = self._office, self._office.session
        if session is None or self._locked:
            return
        self._locked = True
        self.watch.stop()
        self._page.forget()
        person, now = session.person, office.parts.clock.now()
        self._show(
            LockView(
                hall_name=office.hall.name,
                motto=MOTTO,
                window_number=str(office.window),
                person=person.name,
                since_text=tr("{window}号窗口\u3000{now:%H:%M} 锁上", window=office.window, now=now),
                why_text=why,
                with_pin=office.hall.roster.chief_post(person.id) is not None,
                practice=office.parts.settings.training,
            )
        )
        self.locked.emit()

    def _show(self, view: LockView) -> None:
        self._view = view
        self._page.render(view)

    @Slot()
    def _on_idle(self) -> None:
        touches = self.watch.touches

        def told(citizen_here: bool) -> None:
            if citizen_here:
                self.watch.look_again(SOON)
            elif self.watch.touches == touches:
                minutes = self._office.hall.roster.rules.idle_lock_minutes
                self._cover(tr("{minutes} 分钟没人动，自己锁上的。", minutes=minutes))

        self._background.run(lambda: ticket_open(self._office), told)

    @Slot(str)
    def _ask(self, text: str) -> None:
        if not self._view.busy:
            self._show(replace(self._view, busy=True, finding=""))
            self._background.run_net(lambda: unlock(self._office, text), self._answer, self._fault)

    def _answer(self, refusal: Refusal | None) -> None:
        self._show(replace(self._view, busy=False, finding=refusal.sentence if refusal else ""))
        if refusal is None and self._locked:
            self._locked = False
            self._page.forget()
            self.watch.start(self._office.hall.roster.rules.idle_lock_minutes * MINUTE)
            self.unlocked.emit()

    def _fault(self, error: Exception) -> None:
        tell(error, lambda sentence: self._show(replace(self._view, busy=False, finding=sentence)))

    @Slot()
    def _on_other(self) -> None:
        self.stop()
        self.other_wanted.emit()
