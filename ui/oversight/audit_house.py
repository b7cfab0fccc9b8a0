"""审计 the two views of one page: who did what, and the lists of changes of people and posts."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.oversight.audit_page import AuditPage
from ui.oversight.roster_page import RosterPage
from ui.widgets.views_house import ViewsHouse

AUDIT, ROSTER = "audit", "roster"


class AuditHouse(ViewsHouse):
    """审计 the audit, and changes of people and posts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.audit, self.roster = AuditPage(), RosterPage()
        views = ((AUDIT, "审计", self.audit), (ROSTER, "人员与岗位变动", self.roster))
        super().__init__("auditHouse", "审计与人员变动", views, parent)
