"""审计 the views of one page: who did what, the lists of changes of people and posts, and what a new calendar moves."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.language import tr
from ui.oversight.audit_page import AuditPage
from ui.oversight.calendar_page import CalendarPage
from ui.oversight.roster_page import RosterPage
from ui.widgets.views_house import ViewsHouse

AUDIT, ROSTER, CALENDAR = "audit", "roster", "calendar"


class AuditHouse(ViewsHouse):
    """审计 the audit, and changes of people and posts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.audit, self.roster, self.calendar = AuditPage(), RosterPage(), CalendarPage()
        views = (
            (AUDIT, tr("审计"), self.audit),
            (ROSTER, tr("人员与岗位变动"), self.roster),
            (CALENDAR, tr("日历变动"), self.calendar),
        )
        super().__init__("auditHouse", tr("审计与变动"), views, parent)
