"""首问与投诉 reads one kind of matter, shows it, and does what is decided; which kind it is, its source says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.office import Office, Outcome
from ui.background import Background
from ui.oversight.matter_page import MatterPage
from ui.oversight.matter_view import NEW, REVEAL, MatterView

REVEALED = 30_000
"""Milliseconds a phone stands unmasked."""


class Matters(Protocol):
    """一类事 how it is read, told, and gone on with; the keys of `said` are acts."""

    said: Mapping[str, str]

    def read(self, office: Office) -> tuple[Any, ...]:
        """What this person may see, in the order of the list."""
        ...

    def key(self, item: Any) -> str:
        """The row's id."""
        ...

    def waits(self, items: tuple[Any, ...]) -> int:
        """How many this person must do something about."""
        ...

    def tell(self, items: tuple[Any, ...], chosen: Any, office: Office, *, revealed: bool) -> MatterView:
        """The view; `chosen` is an item, None, or `NEW`; `revealed`: with its phone unmasked."""
        ...

    def do(self, office: Office, item: Any, name: str, typed: list[str]) -> Outcome | None:
        """The act; None for one that is not known."""
        ...


class MatterPresenter(QObject):
    """首问与投诉 of one kind; `waiting(n)` counts what waits for this person."""

    said = Signal(str, bool)
    waiting = Signal(int)

    def __init__(self, office: Office, background: Background, page: MatterPage, matters: Matters) -> None:
        super().__init__(page)
        self._office, self._background, self._page, self._matters = office, background, page, matters
        self._key = ""
        self._items: tuple[Any, ...] = ()
        self._revealed = QTimer(self)
        self._revealed.setSingleShot(True)
        self._revealed.setInterval(REVEALED)
        self._revealed.timeout.connect(self._mask)
        page.row_chosen.connect(self._choose)
        page.act.connect(self._act)
        page.new_wanted.connect(self.begin_new)

    @Slot()
    def refresh(self) -> None:
        """Read and show again."""
        if self._office.session is not None:
            self._background.run(lambda: self._matters.read(self._office), self._show)

    @Slot()
    def begin_new(self) -> None:
        """The form for a new one."""
        self._choose(NEW)

    def _show(self, items: tuple[Any, ...]) -> None:
        self._items = items
        if self._office.session is None:
            return
        self.waiting.emit(self._matters.waits(items))
        self._page.render(self._matters.tell(items, self._chosen(), self._office, revealed=self._revealed.isActive()))

    def _chosen(self) -> Any:
        if self._key == NEW:
            return NEW
        found = next((item for item in self._items if self._matters.key(item) == self._key), None)
        return found if found is not None else next(iter(self._items), None)

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key != self._key:
            self._key = key
            self._mask()

    @Slot()
    def _mask(self) -> None:
        self._revealed.stop()
        self._show(self._items)

    @Slot(str, list)
    def _act(self, name: str, typed: list[str]) -> None:
        chosen = self._chosen()
        if name == "back":
            self._choose("")
        elif chosen is not None:
            self._background.run(
                lambda: self._matters.do(self._office, chosen, name, typed), lambda done: self._done(name, done)
            )

    def _done(self, name: str, outcome: Outcome | None) -> None:
        if outcome is None:
            return
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
            return
        if name == REVEAL:
            self._revealed.start()
            self._show(self._items)
            return
        self.said.emit(self._matters.said[name], True)
        self._key = ""
        self._revealed.stop()
        self.refresh()
