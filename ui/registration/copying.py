"""抄录 decides which system's card is shown, what is copied next, and when nothing may be left behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.office.registration.paper_files import copy_cards
from clerk_app.office.registration.reference import company_form
from clerk_app.registration.copy_card import copy_lines
from ui.language import tr
from ui.registration.copy_card import CopyCard, CopyCardView, CopyHand


class CopyPresenter(QObject):
    """抄录卡 of one document; `said(sentence, good)` what was copied. Call `leave` at sign-out and when the page is left."""

    said = Signal(str, bool)

    def __init__(self, card: CopyCard, hand: CopyHand | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self._hand = hand or CopyHand(parent=self)
        self._document: Mapping[str, Any] = {}
        self._view = CopyCardView()
        card.copy_wanted.connect(self._on_copy)
        card.system_wanted.connect(self._on_system)
        self._hand.said.connect(self._on_said)
        self._hand.cleared.connect(self._on_cleared)

    def show_document(self, document: Mapping[str, Any], department: str = "") -> None:
        """This application; the department's own system first, if there is one."""
        systems = tuple((one.key, f"{one.department}·{one.system}") for one in copy_cards())
        wanted = next((one.key for one in copy_cards() if one.department == department), self._view.chosen)
        self._document = document
        self._choose(wanted or systems[0][0], systems)

    @Slot()
    def leave(self) -> None:
        """收起 no value is left on the clipboard or the screen."""
        self._hand.clear_now()
        self._document = {}
        self._view = CopyCardView()
        self._card.render(self._view)

    def _choose(self, key: str, systems: tuple[tuple[str, str], ...]) -> None:
        pattern = next(one for one in copy_cards() if one.key == key)
        lines = copy_lines(pattern, company_form(), self._document)
        self._view = CopyCardView(systems=systems, chosen=key, lines=lines)
        self._card.render(self._view)
        if lines:
            self._card.choose(lines[0].id)

    @Slot(str)
    def _on_system(self, key: str) -> None:
        self._choose(key, self._view.systems)

    @Slot(str)
    def _on_copy(self, wanted: str) -> None:
        ids = [line.id for line in self._view.lines]
        if wanted not in ids:
            return
        at = ids.index(wanted)
        self._hand.copy(self._view.lines[at])
        self._view = replace(self._view, copied=self._view.copied | {wanted})
        self._card.render(self._view)
        self._card.choose(ids[min(at + 1, len(ids) - 1)])

    @Slot(str, bool)
    def _on_said(self, words: str, good: bool) -> None:
        self._view = replace(self._view, said=words)
        self.said.emit(words, good)

    @Slot()
    def _on_cleared(self) -> None:
        self._view = replace(self._view, said=tr("剪贴板已清掉。"))
        self._card.render(self._view)
