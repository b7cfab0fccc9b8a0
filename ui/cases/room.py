"""办件两层的主持 the list and the opened case; whoever names a case has it opened here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.office.office import Office
from ui.background import Background
from ui.cases.house import CasesHouse
from ui.cases.presenter import CasesPresenter
from ui.cases.whole.presenter import WholePresenter
from ui.registration.result_presenter import ResultPresenter


class CasesRoom(QObject):
    """办件 `wanted()` when its page is to come to the front, `form_wanted(case)` to see its form; `said` for the status line."""

    said = Signal(str, bool)
    wanted = Signal()
    form_wanted = Signal(str)

    def __init__(
        self, office: Office, background: Background, house: CasesHouse, connected: Callable[[], bool]
    ) -> None:
        super().__init__(house)
        self._house = house
        self.list = CasesPresenter(office, background, house.list, connected)
        self.whole = WholePresenter(office, background, house.whole)
        self.result = ResultPresenter(office, background, house.result)
        for presenter in (self.list, self.whole, self.result):
            presenter.said.connect(self.said)
        self.whole.result_wanted.connect(self.open_result)
        self.whole.form_wanted.connect(self.form_wanted)
        self.result.closed.connect(self._back_to_case)
        self.list.open_wanted.connect(self.open_whole)
        self.whole.closed.connect(house.show_list)

    @Slot()
    def refresh(self) -> None:
        """Read the list again."""
        self.list.refresh()

    @Slot(str)
    def open_whole(self, case: str) -> None:
        """One case in front."""
        self.whole.open_case(case)
        self._house.show_whole()
        self.wanted.emit()

    @Slot(str)
    def open_result(self, case: str) -> None:
        """How far its form is with the departments."""
        self.result.open_case(case)
        self._house.show_result()
        self.wanted.emit()

    @Slot()
    def _back_to_case(self) -> None:
        self._house.show_whole()
        self.whole.refresh()

    @Slot(str)
    def open_at_side(self, case: str) -> None:
        """One case at the side of the list, where its hold and its attachments are."""
        self._house.show_list()
        self.wanted.emit()
        self.list.open_case(case)
