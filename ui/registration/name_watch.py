"""名称边填边查 the name on the form is held against the register a moment after it changed: the centre's, else this window's copy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clerk_app.office.office import Office
from clerk_app.office.registration.checking import check_form
from clerk_app.office.registration.names import names_at_hand, names_of
from clerk_app.ports.names import NamesMet
from clerk_app.registration.findings import Finding
from clerk_app.registration.naming import NameParts, check_alternatives, parts_of
from ui.background import Background
from ui.language import tr
from ui.registration.sheet import Sheet

WAIT_MS = 600
ALTERNATIVES = "company.alt_names"
Document = Mapping[str, Any]


class NameWatch(QObject):
    """名称边填边查 `answered()` when the register has spoken of the name that stands there now."""

    answered = Signal()

    def __init__(self, office: Office, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._background = office, background
        self._wanted: NameParts | None = None
        self._known: tuple[NameParts, NamesMet | None] | None = None
        self._sheet: Sheet | None = None
        self._on = date.min
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._ask)

    @Slot(object)
    def follow(self, sheet: Sheet | None) -> None:
        """Asked anew only when a part of the name is another one."""
        self._sheet = sheet
        if sheet is None or sheet.locked:
            self._timer.stop()
        elif (parts := parts_of(sheet.document)) != self._wanted:
            self._wanted = parts
            self._timer.start()

    def check(
        self, document: Document, as_of: date, record: Document | None = None, *, region: str = ""
    ) -> tuple[Finding, ...]:
        """The whole check with the register's word; on the store's thread, so that the copy serves until the centre has answered."""
        known = self._known
        met = (
            known[1] if known is not None and known[0] == parts_of(document) else names_at_hand(self._office, document)
        )
        return check_form(document, as_of, met.names if met else None, record, region=region)

    def said(self, place: str, document: Document) -> str:
        """By which register the name was looked up, and which other name is taken; empty while there is no answer yet."""
        if self._known is None or self._known[0] != parts_of(document) or not self._known[0].trade_name:
            return ""
        parts, met = self._known
        if place == ALTERNATIVES:
            return _taken(parts, met, self._on) if met is not None else ""
        if met is None or met.as_of is None:
            return tr("还没有名录可查，连上中心再查")
        return tr("用 {month}月{day}日 的名录查过", month=met.as_of.month, day=met.as_of.day)

    @Slot()
    def _ask(self) -> None:
        sheet, parts, office = self._sheet, self._wanted, self._office
        if sheet is not None and parts is not None:
            document, on = sheet.document, sheet.case.received_at.date()
            self._on = on
            self._background.run_net(lambda: names_of(office, document, on), lambda met: self._heard(parts, met))

    def _heard(self, parts: NameParts, met: NamesMet | None) -> None:
        if parts == self._wanted:
            self._known = (parts, met)
            self.answered.emit()


def _taken(parts: NameParts, met: NamesMet, on: date) -> str:
    """Which of the other names would not do, or wants a look."""
    checked = [one for one in check_alternatives(parts, met.names, on) if not one.free]
    return tr("；").join(
        tr("“{name}”{value}", name=one.name, value=tr("已有相同的") if one.same else tr("有读音相同的"))
        for one in checked
    )
