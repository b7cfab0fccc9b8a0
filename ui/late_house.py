"""晚到的屋 a page with its presenters that is built when somebody sits down whose it is: most people have few of the pages.

It is built in pieces, one at a turn of the screen's thread, so that who has sat down can type meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.changes import Changes
from ui.widgets.focus import focus_first
from ui.widgets.views_house import ViewsHouse

Built = tuple[ViewsHouse, QObject]
Pieces = Iterator[Built | None]
"""None after each piece; the house and its room last."""


class LateHouse(QWidget):
    """晚到的屋 keeps the place on the shell; `said` and `waiting` are its room's, once there is one.

    `build` makes the house as a child of this widget: moved in later, each of its widgets would be dressed once more.

    The room has `said`, `waiting`, `pairs`, `start`, `note` and may have `leave` and `close`. `ready` when it stands for
    whoever sat down.
    """

    said = Signal(str, bool)
    waiting = Signal(int)
    ready = Signal()

    def __init__(self, build: Callable[[QWidget], Pieces], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build = build
        self._pieces: Pieces | None = None
        self._changes: Changes | None = None
        self._house: ViewsHouse | None = None
        self._room: Any = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def house(self) -> Any:
        """The page itself; built if it was not."""
        self._make()
        return self._house

    @property
    def room(self) -> Any:
        """Its presenters; built if they were not."""
        self._make()
        return self._room

    @property
    def built(self) -> bool:
        """Whether somebody had it yet."""
        return self._room is not None

    def view(self) -> str:
        """Which view is in front; F1 shows its keys."""
        return self._house.view() if self._house is not None else ""

    def watch(self, changes: Changes) -> None:
        """Each view is fresh while it is on screen; nobody reads it before it is looked at."""
        self._changes = changes
        if self._room is not None:
            for page, refresh in self._room.pairs():
                changes.refresh(page, refresh).note(None)

    def start(self, *, his: bool) -> None:
        """Somebody sat down; `his`: the page is one of his."""
        if self._room is not None:
            self._begin()
        elif his and self._pieces is None:
            self._pieces = self._build(self)
            QTimer.singleShot(0, self, self._step)

    @Slot()
    def _step(self) -> None:
        """One piece, and the next one when the screen had its turn."""
        if self._room is not None or self._pieces is None:
            return
        built = next(self._pieces)
        if built is None:
            QTimer.singleShot(0, self, self._step)
        else:
            self._stand(built)
            self._begin()

    def _begin(self) -> None:
        self._room.start()
        self.ready.emit()
        if self.isVisible() and self._house is not None:
            focus_first(self._house)  # it was turned to before it stood

    def note(self, subjects: tuple[str, ...]) -> None:
        """These rows changed."""
        if self._room is not None:
            self._room.note(subjects)

    @Slot()
    def leave(self) -> None:
        """He gets up, or the screen is covered."""
        self._tell("leave")

    def close_room(self) -> None:
        """The desk closes."""
        self._tell("close")

    def _tell(self, what: str) -> None:
        act = getattr(self._room, what, None)
        if act is not None:
            act()

    def _make(self) -> None:
        """Whatever is still missing, at once: somebody asked for it."""
        if self._room is not None:
            return
        begun, self._pieces = self._pieces is not None, self._pieces or self._build(self)
        for built in self._pieces:
            if built is not None:
                self._stand(built)
                break
        if begun:
            self._begin()

    def _stand(self, built: Built) -> None:
        self._house, self._room = built
        self._pieces = None
        self._column.addWidget(self._house)
        self._room.said.connect(self.said)
        self._room.waiting.connect(self.waiting)
        if self._changes is not None:
            self.watch(self._changes)
