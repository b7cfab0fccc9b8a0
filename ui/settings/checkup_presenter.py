"""体检 runs the looks behind the page, once when it is first opened, and again when asked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.office.doctor.around import printer_checks, screen_checks
from clerk_app.office.doctor.round import look_over
from clerk_app.office.doctor.told import sheet_of
from clerk_app.office.office import Office
from clerk_app.ports.doctor import Check, Finding
from clerk_app.receipts.paper import PrinterStatus
from clerk_app.settings import PrinterAt
from ui.background import Background
from ui.language import tr
from ui.settings import telling
from ui.settings.pages import CheckupPage
from ui.settings.screens import screen_facts
from ui.settings.view import AGAIN, CheckupView

AskFile = Callable[[str], str]
"""Where a file of a suggested name goes; empty when nobody said."""


class CheckupPresenter(QObject):
    """体检 `said(text, good)` for the status line."""

    said = Signal(str, bool)
    _heard = Signal(int, int)

    def __init__(
        self,
        office: Office,
        background: Background,
        page: CheckupPage,
        ask_printer: Callable[[PrinterAt], PrinterStatus],
        ask_file: AskFile,
    ) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._ask_printer, self._ask_file = ask_printer, ask_file
        self._findings: tuple[Finding, ...] = ()
        self._view, self._running = CheckupView(), False
        self._stop = threading.Event()
        page.opened.connect(self._on_opened)
        page.act.connect(self._act)
        self._heard.connect(self._on_heard)

    def forget(self) -> None:
        """Somebody else sits here: the next opening looks anew."""
        self._findings = ()

    @Slot()
    def _on_opened(self) -> None:
        if not self._findings:
            self.look()

    @Slot()
    def look(self) -> None:
        """A round; one at a time."""
        if self._running:
            return
        self._running = True
        checks = self._checks()
        self._show(telling.running_of(0, len(checks), self._view))
        self._background.run_net(lambda: look_over(checks, self._heard.emit, self._stop), self._found, self._failed)

    def _checks(self) -> tuple[Check, ...]:
        """Screens and letters belong to this thread: they are asked here."""
        settings, doctor, facts = self._office.parts.settings, self._office.parts.doctor, screen_facts()
        own = doctor.checks() if doctor is not None else ()
        return (*own, *printer_checks(settings, self._ask_printer), *screen_checks(lambda: facts, settings))

    @Slot(int, int)
    def _on_heard(self, done: int, of: int) -> None:
        if self._running:
            self._show(telling.running_of(done, of, self._view))

    def _found(self, findings: tuple[Finding, ...]) -> None:
        self._running, self._findings = False, findings
        self._show(telling.checkup_of(findings, self._office.parts.clock.now()))

    def _failed(self, error: Exception) -> None:
        self._running = False
        self._show(telling.checkup_of(self._findings, self._office.parts.clock.now()))
        self.said.emit(tr("体检没有做成，什么都没动。再查一遍。"), False)

    def _show(self, view: CheckupView) -> None:
        self._view = view
        self._page.render(view)

    @Slot(str)
    def _act(self, name: str) -> None:
        if name == AGAIN:
            self.look()
        else:
            self._save()

    def _save(self) -> None:
        doctor, now = self._office.parts.doctor, self._office.parts.clock.now()
        file = (
            self._ask_file(tr("体检-{window}号窗口-{now:%m%d-%H%M}.txt", window=self._office.window, now=now))
            if doctor is not None
            else ""
        )
        if doctor is None or not file:
            return
        head = tr(
            "{name} {window}号窗口 体检 {now:%Y-%m-%d %H:%M}",
            name=self._office.hall.name,
            window=self._office.window,
            now=now,
        )
        lines = sheet_of(self._findings, head)
        self._background.run_net(
            lambda: doctor.save(Path(file), lines), lambda _: self._saved(file), lambda _: self._not_saved()
        )

    def _saved(self, file: str) -> None:
        self.said.emit(tr("已存到 {name}，里面没有群众的姓名和证件号。", name=Path(file).name), True)

    def _not_saved(self) -> None:
        self.said.emit(tr("没有存成，那里写不进。换个地方再存。"), False)

    def close(self) -> None:
        """The desk closes: nobody waits for a look."""
        self._stop.set()
