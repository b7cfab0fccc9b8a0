"""审计 the views of one page: who did what, the lists of changes of people and posts, and what a new calendar moves."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from ui.language import tr
from ui.oversight.audit_page import AuditPage
from ui.oversight.calendar_page import CalendarPage
from ui.oversight.roster_page import RosterPage
from ui.widgets.views_house import ViewsHouse

AUDIT, ROSTER, CALENDAR = "audit", "roster", "calendar"


@dataclass(frozen=True)
class AuditViews:
    """审计的几页 made all at once, or one after another by `audit_views`."""

    audit: AuditPage = field(default_factory=AuditPage)
    roster: RosterPage = field(default_factory=RosterPage)
    calendar: CalendarPage = field(default_factory=CalendarPage)


def audit_views() -> Generator[None, None, AuditViews]:
    """A turn for the screen after each."""
    audit = AuditPage()
    yield
    roster = RosterPage()
    yield
    calendar = CalendarPage()
    yield
    return AuditViews(audit, roster, calendar)


class AuditHouse(ViewsHouse):
    """审计 the audit, and changes of people and posts."""

    def __init__(self, made: AuditViews, parent: QWidget | None = None, *, at_once: bool = True) -> None:
        self.audit, self.roster, self.calendar = made.audit, made.roster, made.calendar
        views = (
            (AUDIT, tr("审计"), self.audit),
            (ROSTER, tr("人员与岗位变动"), self.roster),
            (CALENDAR, tr("日历变动"), self.calendar),
        )
        super().__init__("auditHouse", tr("审计与变动"), views, parent, at_once=at_once)
