"""更新 asked for now and then and fetched piece by piece behind everything else; taken when the door is shut and nobody sits here."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clerk_app.office.line import updating
from clerk_app.office.line.updating import Outlook
from clerk_app.office.office import Office
from clerk_app.ports import CentreAway
from clerk_app.ports.updates import UpdateTrouble
from ui.background import Background
from ui.language import tr
from ui.settings import telling_update
from ui.settings.pages import BackupPage
from ui.settings.view import GO_BACK

LOOK_MS = 60_000
ASK_TURNS = 10
"""The centre is asked every so many looks."""
BREATH_MS = 50
"""Between two pieces, so that whoever else wants the line gets it."""


class UpdatePresenter(QObject):
    """更新 `said(text, good)`; `take_wanted()` and `back_wanted()`: the desk is to close for it."""

    said = Signal(str, bool)
    take_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, office: Office, background: Background, page: BackupPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._outlook: Outlook | None = None
        self._stuck = tr("正在看能不能退")
        self._turn, self._stopped, self._fetching, self._asking = 0, False, False, False
        page.opened.connect(self.refresh)
        page.act.connect(self._act)
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_MS)
        self._clock.timeout.connect(self.look)
        if office.parts.updates is not None:
            self._clock.start()
            QTimer.singleShot(LOOK_MS // 6, self, self.look)

    @Slot()
    def refresh(self) -> None:
        """The page came up: as it stands on the disk, and whether one could go back."""
        self._background.run_net(lambda: updating.look(self._office), self._show)
        self._background.run_net(self._office.parts.way_back, self._know_way)

    def _know_way(self, reason: str) -> None:
        self._stuck = reason
        self._render()

    @Slot()
    def look(self) -> None:
        """Now and then: take what is due, ask the centre, go on fetching."""
        if self._asking:
            return
        asks = self._turn % ASK_TURNS == 0
        self._turn += 1
        self._asking = True
        job = updating.ask if asks else updating.look
        self._background.run_net(lambda: job(self._office), self._looked, lambda _: self._unasked())

    def _unasked(self) -> None:
        self._asking = False

    def _looked(self, outlook: Outlook | None) -> None:
        self._asking = False
        self._show(outlook)
        if outlook is not None and outlook.state.ready and not outlook.held and self._office.session is None:
            self.take_wanted.emit()
            return
        self._fetch()

    def _show(self, outlook: Outlook | None) -> None:
        self._outlook = outlook
        self._render()

    def _render(self) -> None:
        now = self._office.parts.clock.now()
        self._page.render(telling_update.update_of(self._outlook, now, self._stuck, stopped=self._stopped))

    def _fetch(self) -> None:
        state = self._outlook.state if self._outlook is not None else None
        if self._fetching or self._stopped or state is None or state.waiting is None or state.ready:
            return
        self._fetching = True
        self._background.run_net(lambda: updating.fetch(self._office), self._fetched, self._fell)

    def _fetched(self, more: bool) -> None:
        self._fetching = False
        if more:
            self.refresh_state()
            QTimer.singleShot(BREATH_MS, self, self._go_on)
        else:
            self.look()

    @Slot()
    def _go_on(self) -> None:
        self._fetch()

    def refresh_state(self) -> None:
        """How far it is by now."""
        self._background.run_net(lambda: updating.look(self._office), self._show)

    def _fell(self, error: Exception) -> None:
        """A cut line is no word for the clerk: the next look goes on where this one stopped."""
        self._fetching = False
        if isinstance(error, UpdateTrouble):
            self.said.emit(str(error), False)
        elif not isinstance(error, CentreAway):
            self.said.emit(tr("更新没有取成，现在这一版照常用。会自动再取。"), False)
        self.refresh_state()

    @Slot(str)
    def _act(self, name: str) -> None:
        if name == GO_BACK:
            self.back_wanted.emit()
        elif name == telling_update.STOP:
            self._stopped = True
            self._render()
        else:
            self._stopped, self._turn = False, 0
            self.look()

    def close(self) -> None:
        """The desk closes."""
        self._clock.stop()
        self._stopped = True
