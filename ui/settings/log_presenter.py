"""日志 reads the program's own log when the page comes up, and filters it by a word."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.office.office import Office
from ui.background import Background
from ui.language import tr
from ui.settings import telling
from ui.settings.checkup_presenter import AskFile
from ui.settings.pages import LogPage
from ui.settings.view import AGAIN

MOST = 5000
"""Lines that are read."""


class LogPresenter(QObject):
    """日志 `said(text, good)` for the status line."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, page: LogPage, ask_file: AskFile) -> None:
        super().__init__(page)
        self._office, self._background, self._page, self._ask_file = office, background, page, ask_file
        self._lines: tuple[str, ...] = ()
        self._word = ""
        page.opened.connect(self.read)
        page.word_typed.connect(self._filter)
        page.act.connect(self._act)

    @Slot()
    def read(self) -> None:
        """From the file."""
        doctor = self._office.parts.doctor
        if doctor is None:
            self._show(())
            return
        self._background.run_net(lambda: doctor.log_lines(MOST), self._show, lambda _: self._unread())

    def _unread(self) -> None:
        self.said.emit(tr("日志读不了，办件照常。找管理员看数据夹里 log 的权限。"), False)

    def _show(self, lines: tuple[str, ...]) -> None:
        self._lines = lines
        self._render()

    def _render(self) -> None:
        self._page.render(telling.log_of(self._lines, self._word))

    @Slot(str)
    def _filter(self, word: str) -> None:
        self._word = word
        self._render()

    @Slot(str)
    def _act(self, name: str) -> None:
        if name == AGAIN:
            self.read()
            return
        doctor, now = self._office.parts.doctor, self._office.parts.clock.now()
        file = (
            self._ask_file(tr("日志-{window}号窗口-{now:%m%d-%H%M}.txt", window=self._office.window, now=now))
            if doctor is not None
            else ""
        )
        if doctor is None or not file:
            return
        wanted = self._word.strip().casefold()
        lines = [line for line in self._lines if wanted in line.casefold()]
        self._background.run_net(
            lambda: doctor.save(Path(file), lines), lambda _: self._saved(file), lambda _: self._not_saved()
        )

    def _saved(self, file: str) -> None:
        self.said.emit(tr("已存到 {name}，里面没有群众的姓名和证件号。", name=Path(file).name), True)

    def _not_saved(self) -> None:
        self.said.emit(tr("没有存成，那里写不进。换个地方再存。"), False)
