"""显示与遮住 ID numbers, addresses and phones of the form: recorded before they are shown, masked again after 30 s."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter import visit
from clerk_app.office.office import Office, Outcome
from ui.background import Background
from ui.language import tr
from ui.registration.sheet import Sheet

REVEALED_MS = 30_000


class SheetHolder(Protocol):
    """一表 who holds the sheet that is shown."""

    @property
    def sheet(self) -> Sheet | None:
        """What the page stands on now."""
        ...

    def change(self, sheet: Sheet) -> None:
        """Another sheet is shown."""
        ...


class Revealing(QObject):
    """显示与遮住 `said(sentence, good)`; one row in the books a visit, not one a look."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, holder: SheetHolder) -> None:
        super().__init__(holder if isinstance(holder, QObject) else None)
        self._office, self._background, self._holder = office, background, holder
        self._recorded: tuple[str, str] = ("", "")
        self._hide = QTimer(self)
        self._hide.setSingleShot(True)
        self._hide.setInterval(REVEALED_MS)
        self._hide.timeout.connect(self.mask)

    @Slot()
    def turn(self) -> None:
        """显示或遮住: recorded before it is shown, once a visit."""
        sheet, session = self._holder.sheet, self._office.session
        if sheet is None or session is None:
            return
        if sheet.revealed:
            self.mask()
            return
        this, case = (session.id, sheet.case.id), sheet.case.id
        if self._recorded == this:
            self._reveal(this)
        else:
            self._background.run(lambda: visit.reveal(self._office, case), lambda said: self._revealed(this, said))

    def _revealed(self, this: tuple[str, str], said: Outcome) -> None:
        if isinstance(said, Refusal):
            self.said.emit(said.sentence, False)
        else:
            self._recorded = this
            self._reveal(this)

    def _reveal(self, this: tuple[str, str]) -> None:
        sheet = self._holder.sheet
        if sheet is not None and sheet.case.id == this[1]:
            self._hide.start()
            self._holder.change(replace(sheet, revealed=True))
            self.said.emit(tr("证件号、住址、手机显示 30 秒，已记录。"), True)

    @Slot()
    def mask(self) -> None:
        """遮住 again, by hand, by time or on leaving."""
        self._hide.stop()
        sheet = self._holder.sheet
        if sheet is not None and sheet.revealed:
            self._holder.change(replace(sheet, revealed=False))
