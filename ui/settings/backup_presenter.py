"""备份 asks where, makes it behind the page, and says what is in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.line.backing_up import back_up, last_backup
from clerk_app.office.office import Office
from clerk_app.ports.backup import BackupMade
from ui.background import Background
from ui.language import tr
from ui.settings import telling
from ui.settings.pages import BackupPage

AskFolder = Callable[[], str]
"""Which folder; empty when nobody said."""


class BackupPresenter(QObject):
    """备份 `said(text, good)` for the status line."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, page: BackupPage, ask_folder: AskFolder) -> None:
        super().__init__(page)
        self._office, self._background, self._page, self._ask_folder = office, background, page, ask_folder
        self._last: tuple[datetime, str] | None = None
        self._running = False
        page.opened.connect(self.refresh)
        page.act.connect(self._make)

    @Slot()
    def refresh(self) -> None:
        """When the last one was."""
        self._background.run(lambda: last_backup(self._office), self._show)

    def _show(self, last: tuple[datetime, str] | None) -> None:
        self._last = last
        self._render()

    def _render(self) -> None:
        now, able = self._office.parts.clock.now(), self._office.parts.backups is not None
        self._page.render(telling.backup_of(self._last, now, running=self._running, able=able))

    @Slot(str)
    def _make(self, name: str) -> None:
        folder = "" if self._running else self._ask_folder()
        if not folder:
            return
        self._running = True
        self._render()
        self._background.run_net(lambda: back_up(self._office, Path(folder)), self._made, self._fell)

    def _made(self, made: BackupMade | Refusal) -> None:
        self._running = False
        if isinstance(made, Refusal):
            self.said.emit(made.sentence, False)
        else:
            size = telling.size_words(made.size)
            self.said.emit(
                tr(
                    "备份好了：{rows} 条流水、{blobs} 份附件，{size}，已核对。",
                    rows=made.rows,
                    blobs=made.blobs,
                    size=size,
                ),
                True,
            )
        self.refresh()

    def _fell(self, error: Exception) -> None:
        self._running = False
        self.said.emit(tr("备份没有做成，办件照常。换个地方再来。"), False)
        self._render()
