"""管理的主持 the presenters of the four views; the lists are read once for all of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from clerk_app.office.office import Office
from clerk_app.office.oversight.catalogue_desk import CatalogueDesk, catalogue_desk
from ui.background import Background
from ui.managing.changes_presenter import ChangesPresenter, Try
from ui.managing.house import CATALOGUE, ITEMS, ManagingHouse
from ui.managing.items_presenter import ItemsPresenter
from ui.managing.record_presenter import RecordPresenter
from ui.managing.years_presenter import YearsPresenter

OURS = "catalogue:"


class ManagingRoom(QObject):
    """管理 `said(text, good)`, `waiting(n)` for the badge: changes this very person may confirm, and those that could not begin."""

    said = Signal(str, bool)
    waiting = Signal(int)
    roster_wanted = Signal()

    def __init__(self, office: Office, background: Background, house: ManagingHouse, try_out: Try) -> None:
        super().__init__(house)
        self._office, self._background, self._house = office, background, house
        self.changes = ChangesPresenter(office, background, house.changes, try_out)
        self.items = ItemsPresenter(office, background, house.items)
        self.record = RecordPresenter(office, background, house.record)
        self.years = YearsPresenter(office, background, house.years)
        for presenter in (self.changes, self.items, self.record, self.years):
            presenter.said.connect(self.said)
        self.changes.changed.connect(self.refresh)
        self.items.change_wanted.connect(self._change_item)
        self.years.roster_wanted.connect(self.roster_wanted)

    def pairs(self) -> tuple[tuple[QWidget, Callable[[], None]], ...]:
        """Each view with what reads it again."""
        house = self._house
        lists = ((view, self.refresh) for view in (house.changes, house.items, house.record))
        return (*lists, (house.years, self._refresh_years))

    def start(self) -> None:
        """Somebody sat down."""
        self._house.show_view(CATALOGUE)
        for presenter in (self.changes, self.items, self.record, self.years):
            presenter.start()

    def note(self, subjects: tuple[str, ...]) -> None:
        """These rows changed: the figure on the rail is true, whichever page is on screen."""
        if any(subject.startswith(OURS) for subject in subjects):
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the lists again."""
        if self._office.session is not None:
            self._background.look(lambda: catalogue_desk(self._office), self._landed)

    @Slot()
    def _refresh_years(self) -> None:
        self.refresh()
        self.years.refresh()

    def _landed(self, desk: CatalogueDesk) -> None:
        if self._office.session is None:
            return
        for presenter in (self.changes, self.items, self.record):
            presenter.show_desk(desk)
        self.years.show(may_ask=desk.may_ask, may_see=desk.may_see)
        mine = sum(row.state == "waiting" and not row.why_not_confirm for row in desk.rows)
        lacking = sum(bool(item.lacks) for item in desk.items)
        for key, count in ((CATALOGUE, mine), (ITEMS, lacking)):
            self._house.segments.show_figure(key, str(count) if count else "")
        self.waiting.emit(mine)

    @Slot(str)
    def _change_item(self, code: str) -> None:
        self._house.show_view(CATALOGUE)
        self.changes.change_item(code)
