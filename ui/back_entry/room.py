"""补录的主持 the presenters of both views; the lists are read once for them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.office.counter.back_entry.looking import ABOUT, BackEntryDesk, desk
from clerk_app.office.office import Office
from ui.back_entry.entry_presenter import EntryPresenter
from ui.back_entry.house import ENTRY, KITS, BackEntryHouse
from ui.back_entry.kits_presenter import KitsPresenter
from ui.background import Background


class BackEntryRoom(QObject):
    """补录 `said(text, good)` for the status line, `waiting(n)` for the badge; `ask_scan()` and `ask_file(name)` name files."""

    said = Signal(str, bool)
    waiting = Signal(int)

    def __init__(
        self,
        office: Office,
        background: Background,
        house: BackEntryHouse,
        ask_scan: Callable[[], str],
        ask_file: Callable[[str], str],
    ) -> None:
        super().__init__(house)
        self._office, self._background, self._house = office, background, house
        self.entry = EntryPresenter(office, background, house.entry, ask_scan)
        self.kits = KitsPresenter(office, background, house.kits, ask_file)
        for presenter in (self.entry, self.kits):
            presenter.said.connect(self.said)
            presenter.changed.connect(self.refresh)

    def start(self) -> None:
        """Somebody sat down."""
        self._house.show_view(ENTRY)
        self.entry.start()
        self.kits.start()
        self.refresh()

    def leave(self) -> None:
        """He gets up, or the screen is covered."""
        self.entry.mask()

    def close(self) -> None:
        """The desk closes."""
        self.entry.close()

    def note(self, subjects: tuple[str, ...]) -> None:
        """These rows changed: the figure on the rail is true, whichever page is on screen."""
        if any(subject.startswith(ABOUT) for subject in subjects):
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the lists again."""
        if self._office.session is not None:
            self._background.look(lambda: desk(self._office), self._landed)

    def _landed(self, now: BackEntryDesk) -> None:
        self.entry.show_desk(now)
        self.kits.show_desk(now)
        session = self._office.session
        mine = session.person.id if session is not None else ""
        to_do = sum((line.sheet.state == "sent_back") == (mine in line.sheet.typed_by) for line in now.waiting)
        out = sum(line.kit.state == "handed" for line in now.kits)
        self._house.segments.show_figure(ENTRY, str(to_do) if to_do else "")
        self._house.segments.show_figure(KITS, str(out) if out else "")
        self.waiting.emit(to_do + len(now.owed))
