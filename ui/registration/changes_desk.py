"""对照的手 the record beside the application: opened from the title or by its key, and a way to every field that is another."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QShortcut

from clerk_app.office.registration.records import compared
from clerk_app.office.registration.reference import company_form
from clerk_app.registration.comparing import Change
from clerk_app.registration.model import FormDraft
from ui.background import Background
from ui.language import tr
from ui.registration.changes_pane import ChangesPane
from ui.registration.page import FormPage
from ui.registration.presenter import FormPresenter
from ui.registration.record_view import tell_changes
from ui.shortcuts import Key
from ui.widgets.key_button import KeyButton, key_sequences
from ui.widgets.strip import StripView


class ChangesDesk(QObject):
    """对照的手 `again()`: the newest record is wanted."""

    again = Signal()

    def __init__(self, background: Background, form: FormPresenter, page: FormPage) -> None:
        super().__init__(page)
        self._background, self._form, self._page = background, form, page
        self._draft: FormDraft | None = None
        self.pane = ChangesPane(page)
        self.pane.hide()
        self.button = KeyButton(tr("和档案对照"), Key.COMPARE, bind=False, parent=page)
        self.button.setObjectName("compareRecord")
        page.sheet.tools.insertWidget(0, self.button)
        self.button.hide()
        self.button.chosen.connect(self.compare)
        self.pane.jump_wanted.connect(self._jump)
        self.pane.again.connect(self.again)
        self.pane.left.connect(self.leave)
        QShortcut(key_sequences(Key.COMPARE)[0], page).activated.connect(self.compare)

    def know(self, draft: FormDraft | None) -> None:
        """What the form on the page began with."""
        self._draft = draft
        self.button.setVisible(draft is not None and draft.base is not None)

    def refuse(self, sentence: str) -> None:
        """The newest record could not be taken."""
        self.pane.strip.render(StripView(sentence))

    @Slot()
    def compare(self) -> None:
        """Side by side; pressed again, the form."""
        sheet, draft = self._form.sheet, self._draft
        if self.pane.isVisibleTo(self._page):
            self.leave()
        elif sheet is not None and draft is not None and draft.base is not None and not self._page.covered():
            document = sheet.document
            self._background.look(
                lambda: compared(draft, document), lambda found: self._on_compared(draft.record_version, found)
            )

    def _on_compared(self, version: int, found: tuple[Change, ...]) -> None:
        self.pane.render(tell_changes(company_form(), found, version))
        self._page.cover(self.pane)
        self.pane.lead()

    @Slot(str)
    def _jump(self, place: str) -> None:
        self.leave()
        self._form.jump(place)

    @Slot()
    def leave(self) -> None:
        """The form again."""
        if self.pane.isVisibleTo(self._page):
            self._page.cover(None)
