"""打印与抄录的手 opens the papers and the card of the form on the page, prints one after another, leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QShortcut

from clerk_app.command import Refusal
from clerk_app.office.counter.form_papers import print_form_paper
from clerk_app.office.counter.issued import NOT_PRINTED
from clerk_app.office.office import Office, Outcome
from clerk_app.office.registration.printing import FormPaperLine, form_papers
from ui.background import Background
from ui.errors import sentence
from ui.language import tr
from ui.registration.copying import CopyPresenter
from ui.registration.out_pane import OutPane, OutView, PaperChoice
from ui.registration.page import FormPage
from ui.registration.presenter import FormPresenter
from ui.registration.sheet import Sheet
from ui.shortcuts import Key
from ui.widgets.key_button import KeyButton, key_sequences
from ui.widgets.strip import StripView

SENT = tr("{name}已送去打印，存在这件的文书里。")
KEPT = tr("这台机器没有接 A4 打印机，{name}没有打出来，存在这件的文书里，到接了的窗口补打。")


class OutDesk(QObject):
    """打印与抄录的手 `said(sentence, good)`; over the form by Ctrl+P, for any form that was begun, locked or not."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, form: FormPresenter, page: FormPage) -> None:
        super().__init__(page)
        self._office, self._background, self._form, self._page = office, background, form, page
        self._case, self._opening = "", False
        self._view = OutView()
        self.pane = OutPane(page)
        self.pane.hide()
        self.copying = CopyPresenter(self.pane.card, parent=self)
        self.button = KeyButton(tr("打印、抄录"), Key.PRINT, bind=False, parent=page)
        self.button.setObjectName("formOutButton")
        page.sheet.tools.insertWidget(0, self.button)
        self._connect()

    def _connect(self) -> None:
        self.button.chosen.connect(self.open)
        self.copying.said.connect(self.said)
        self.pane.chosen.connect(self._on_chosen)
        self.pane.print_wanted.connect(self.print_paper)
        self.pane.left.connect(self.leave)
        self.pane.refused.connect(self._on_refused)
        self._form.showed.connect(self._on_showed)
        self._page.left_page.connect(self.leave)
        QShortcut(key_sequences(Key.PRINT)[0], self._page).activated.connect(self.open)

    @Slot(object)
    def _on_showed(self, sheet: Sheet | None) -> None:
        case = sheet.case.id if sheet is not None else ""
        if case != self._case:
            self._case = case
            self.leave()

    @Slot()
    def open(self) -> None:
        """What is typed is saved first: paper says what is kept."""
        sheet, office = self._form.sheet, self._office
        if sheet is None or self._page.covered() or self._opening:
            return
        self._opening = True
        self._form.save_now()
        case = sheet.case.id
        self._background.run(
            lambda: form_papers(office, case), lambda papers: self._on_papers(case, papers), self._not_opened
        )

    def _on_papers(self, case: str, papers: tuple[FormPaperLine, ...]) -> None:
        """Unless the clerk went on to another case, or something else lies over the form by now."""
        self._opening, sheet = False, self._form.sheet
        if sheet is None or sheet.case.id != case or self._page.covered():
            return
        # Without a form nobody knows which of two charters it will be: what cannot be printed stands there once.
        once = {(one.name, one.why_not or one.key): one for one in papers}.values()
        choices = tuple(PaperChoice(key=one.key, name=one.name, why_not=one.why_not) for one in once)
        first = next((one.key for one in choices if not one.why_not), choices[0].key if choices else "")
        self._show(OutView(papers=choices, chosen=first))
        self.copying.show_document(sheet.document)
        self._page.cover(self.pane)
        self._show(self._view)
        self.pane.lead()

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        self._show(replace(self._view, chosen=key))

    @Slot(str)
    def print_paper(self, key: str) -> None:
        """One at a time."""
        if self._view.busy or not key:
            return
        office, case = self._office, self._case
        self._show(replace(self._view, busy=True, strip=None))
        self._background.run(
            lambda: print_form_paper(office, case, key), lambda outcome: self._printed(key, outcome), self._failed
        )

    def _printed(self, key: str, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            if outcome.type == NOT_PRINTED:  # it is issued: the same one is printed from the case, not another
                self._mark(key, became=tr("没出来"), why_not=tr("已经存好，到这件的文书里补打"))
            self._show(replace(self._view, busy=False, strip=StripView(outcome.sentence)))
            self.said.emit(outcome.sentence, False)
            return
        name = next((one.name for one in self._view.papers if one.key == key), "")
        sent = self._office.parts.page_printer is not None
        self._mark(key, became=tr("已打") if sent else tr("已存"))
        keys = [one.key for one in self._view.papers]
        following = keys[min(keys.index(key) + 1, len(keys) - 1)] if key in keys else self._view.chosen
        self._show(replace(self._view, chosen=following, busy=False))
        self.said.emit((SENT if sent else KEPT).format(name=name), True)

    def _mark(self, key: str, **became: str) -> None:
        papers = tuple(replace(one, **became) if one.key == key else one for one in self._view.papers)
        self._view = replace(self._view, papers=papers)

    def _not_opened(self, error: Exception) -> None:
        self._opening = False
        self.said.emit(sentence(error), False)

    def _failed(self, error: Exception) -> None:
        self._show(replace(self._view, busy=False, strip=StripView(sentence(error))))

    def _show(self, view: OutView) -> None:
        self._view = view
        self.pane.render(view)

    @Slot(str)
    def _on_refused(self, reason: str) -> None:
        self.said.emit(tr("{reason}。", reason=reason) if not reason.endswith("。") else reason, False)

    @Slot()
    def leave(self) -> None:
        """The form again; nothing of it is left on the card or the clipboard."""
        self.copying.leave()
        if self.pane.isVisibleTo(self._page):
            self._page.cover(None)
