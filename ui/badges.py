"""页轨上的数 what waits for this person on each page, as the presenters count it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from ui.shell import Shell
from ui.widgets.views_house import ViewsHouse


class Badges(QObject):
    """页轨上的数 a slot a page; a view's own figure stands beside its word too."""

    def __init__(self, shell: Shell, sync: ViewsHouse) -> None:
        super().__init__(shell)
        self._shell, self._sync = shell, sync

    def _show(self, page: str, waiting: int) -> None:
        self._shell.rail.set_badge(page, waiting, due=waiting > 0)

    @Slot(int)
    def sealing(self, cases: int) -> None:
        """Cases to be authorised."""
        self._show("sealing", cases)

    @Slot(int)
    def register(self, lines: int) -> None:
        """Seal uses without a result, and those of today that are out of order."""
        self._show("register", lines)

    @Slot(int)
    def printing(self, doubtful: int) -> None:
        """Papers nobody knows of whether they came out."""
        self._show("printing", doubtful)

    @Slot(int)
    def sync(self, cases: int) -> None:
        """What was not done as asked."""
        self._show("sync", cases)
        self._sync.segments.show_figure("waiting", str(cases) if cases else "")

    @Slot(int)
    def duty(self, tasks: int) -> None:
        """The duty manager's tasks."""
        self._show("duty", tasks)

    @Slot(int)
    def board(self, waiting: int) -> None:
        """Gaps to fill and requests to settle."""
        self._show("board", waiting)

    @Slot(int)
    def lists(self, lists: int) -> None:
        """Lists of changes to be confirmed."""
        self._show("audit", lists)

    @Slot(int)
    def hall(self, ringing: int) -> None:
        """Windows that ring for the duty manager."""
        self._show("hall", ringing)

    @Slot(int)
    def fees(self, waiting: int) -> None:
        """Bills that wait at the till."""
        self._show("fees", waiting)

    @Slot(int)
    def handing(self, waiting: int) -> None:
        """Results nobody fetched, and letters to be posted."""
        self._show("handing", waiting)

    @Slot(int)
    def watch(self, waiting: int) -> None:
        """Cards to be answered, people to be answered."""
        self._show("watch", waiting)
