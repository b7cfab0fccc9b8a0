"""对外的主持 asks the centre what waits to be told, and does what was decided about one message."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.office.oversight import outward_desk
from clerk_app.ports.outward import OutboxSeen, OutRow
from ui.background import Background
from ui.errors import tell
from ui.language import said, tr
from ui.outward import telling
from ui.outward.page import OutwardPage
from ui.outward.telling import AGAIN, DROP
from ui.oversight.duty_view import TaskDetail, TaskRowView
from ui.oversight.matter_view import MatterView


class OutwardPresenter(QObject):
    """对外 `said(text, good)`, `counted(n)`: what was refused, and partners whose line wants somebody."""

    said = Signal(str, bool)
    counted = Signal(int)

    def __init__(self, office: Office, background: Background, page: OutwardPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._seen, self._away = OutboxSeen(), False
        self._read_at: datetime | None = None
        self._key, self._busy, self._drawing = "", False, False
        page.opened.connect(self.refresh)
        page.row_chosen.connect(self._choose)
        page.act.connect(self._act)

    def start(self) -> None:
        """Another person sat down."""
        self._seen, self._away, self._read_at, self._key = OutboxSeen(), False, None, ""
        self._render()

    @Slot()
    def refresh(self) -> None:
        """Ask the centre when somebody looks."""
        if self._office.session is not None:
            self._background.run_net(lambda: outward_desk.look(self._office), self._hear, self._failed)

    def _hear(self, seen: OutboxSeen | Refusal) -> None:
        if self._office.session is None:
            return
        self._away = isinstance(seen, Refusal)
        if not isinstance(seen, Refusal):
            self._seen, self._read_at = seen, self._office.parts.clock.now()
        self._render()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        tell(error, lambda text: self.said.emit(text, False))

    def _render(self) -> None:
        rows = self._rows()
        if self._key not in [row.id for row in rows]:
            self._key = rows[0].id if rows else ""
        now = self._office.parts.clock.now()
        stuck = sum(bool(one.trouble) or telling.stands_still(one, now) for one in self._seen.partners)
        self.counted.emit(sum(one.refused for one in self._seen.partners) + stuck)
        # A table that is filled anew says which row it is on: that is nobody's choice.
        self._drawing = True
        self._page.render(
            MatterView(
                title=telling.title_of(self._seen, self._read_at if self._away else None),
                age=tr("等了"),
                empty=telling.AWAY if self._away else telling.NOTHING,
                rows=rows,
                detail=self._detail(),
            )
        )
        self._drawing = False

    def _rows(self) -> tuple[TaskRowView, ...]:
        now, names = self._office.parts.clock.now(), self._names()
        partners = [telling.partner_row(one, now) for one in self._seen.partners]
        return (*partners, *(telling.message_row(one, names, now) for one in self._seen.rows))

    def _names(self) -> dict[str, str]:
        return {one.id: one.name for one in self._seen.partners}

    def _message(self) -> OutRow | None:
        return next((one for one in self._seen.rows if telling.row_key(one) == self._key), None)

    def _detail(self) -> TaskDetail | None:
        row = self._message()
        if row is not None:
            return telling.message_detail(row, self._names(), may_act=self._seen.may_act and not self._away)
        now = self._office.parts.clock.now()
        found = (one for one in self._seen.partners if f"{telling.PARTNER}{one.id}" == self._key)
        return next((telling.partner_detail(one, now) for one in found), None)

    @Slot(str)
    def _choose(self, key: str) -> None:
        if not self._drawing and key != self._key:
            self._key = key
            self._render()

    @Slot(str, list)
    def _act(self, name: str, typed: list[str]) -> None:
        row = self._message()
        if self._busy or row is None or name not in (AGAIN, DROP) or not typed:
            return
        self._busy, reason = True, typed[0]
        again = name == AGAIN
        good = tr("马上再送这一条。") if again else tr("这一条不送了，记下了。")
        self._background.run_net(
            lambda: outward_desk.decide(self._office, row, "again" if again else "drop", reason),
            lambda refusal: self._done(refusal, good),
            self._failed,
        )

    def _done(self, refusal: Refusal | None, good: str) -> None:
        self._busy = False
        if refusal is not None:
            self.said.emit(said(refusal.sentence), False)
            return
        self.said.emit(good, True)
        self.refresh()
