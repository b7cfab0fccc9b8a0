"""审计的主持 the presenters of the audit house; lists that wait for this person stand beside their word and on the rail."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from clerk_app.office.duty import pages
from clerk_app.office.office import Office
from ui.background import Background
from ui.language import tr
from ui.late_house import Pieces
from ui.oversight.audit_house import AUDIT, ROSTER, AuditHouse, audit_views
from ui.oversight.audit_presenter import AuditPresenter
from ui.oversight.calendar_presenter import CalendarPresenter
from ui.oversight.roster_presenter import RosterPresenter


class AuditRoom(QObject):
    """审计 `said(text, good)` for the status line, `waiting(n)` for the badge: lists this person may confirm."""

    said = Signal(str, bool)
    waiting = Signal(int)

    def __init__(self, office: Office, background: Background, house: AuditHouse) -> None:
        super().__init__(house)
        self._office, self._house = office, house
        self.audit = AuditPresenter(office, background, house.audit)
        self.roster = RosterPresenter(office, background, house.roster)
        self.calendar = CalendarPresenter(office, background, house.calendar, self._calendar_file)
        for presenter in (self.audit, self.roster, self.calendar):
            presenter.said.connect(self.said)
        self.roster.waiting.connect(self._on_waiting)

    def pairs(self) -> tuple[tuple[QWidget, Callable[[], None]], ...]:
        """Each view with what reads it again."""
        return ((self._house.audit, self.audit.refresh), (self._house.roster, self.roster.refresh))

    def start(self) -> None:
        """Somebody sat down: nothing of the one before stays, and what is his is read."""
        self._house.show_view(AUDIT)
        session = self._office.session
        his = session is not None and pages.AUDIT in pages.pages_for(session.person)
        for presenter in (self.audit, self.roster):
            presenter.start()
            if his:
                presenter.refresh()

    def note(self, subjects: tuple[str, ...]) -> None:
        """Read while they are on screen."""

    @Slot(int)
    def _on_waiting(self, lists: int) -> None:
        self._house.segments.show_figure(ROSTER, str(lists) if lists else "")
        self.waiting.emit(lists)

    def _calendar_file(self) -> str:
        return QFileDialog.getSaveFileName(self._house, tr("存成表格"), tr("日历变动.csv"), tr("表格 (*.csv)"))[0]


def audit(office: Office, background: Background, open_case: Callable[[str], None], place: QWidget) -> Pieces:
    """审计 the house and what keeps it, a piece at a time; `open_case` when one is wanted whole."""
    house = AuditHouse((yield from audit_views()), place, at_once=False)
    yield from house.take_in()
    room = AuditRoom(office, background, house)
    room.calendar.case_wanted.connect(open_case)
    yield house, room
