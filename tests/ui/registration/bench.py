"""The form page with its presenter over a real office at a cut line, for tests that type."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot

from clerk_app.cases.model import Case
from clerk_app.office.office import Office
from tests.visits import receive, serve
from ui.background import Background
from ui.registration.cells import LineCell
from ui.registration.page import FormPage
from ui.registration.presenter import FormPresenter


class Bench:
    """The page with its presenter over a real office, line cut."""

    def __init__(self, qtbot: QtBot, office: Office, page: FormPage) -> None:
        self.qtbot, self.office, self.page = qtbot, office, page
        self.background = Background()
        self.presenter = FormPresenter(office, self.background, page)
        self.case: Case = receive(office, serve(office))
        self.said: list[tuple[str, bool]] = []
        self.presenter.said.connect(lambda text, good: self.said.append((text, good)))

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.idle, timeout=5000)

    def open(self) -> None:
        self.presenter.open_case(self.case.id)
        self.wait()

    def kept(self) -> dict[str, Any] | None:
        draft = self.office.read(lambda books: books.form(self.case.id))
        return draft.document if draft else None

    def type(self, slot: str, text: str) -> None:
        cell = self.page.cell(slot)
        assert isinstance(cell, LineCell)
        cell.line.setFocus()
        cell.line.selectAll()
        self.qtbot.keyClicks(cell.line, text)

    def saves(self) -> int:
        return sum(1 for row in self.office.parts.vault.journal.rows((), 500) if row.kind == "save_form")
