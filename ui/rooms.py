"""各间屋 all pages with their presenters, and what one tells another: a finished ticket is rated, a case goes on to the seal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from clerk_app.office.office import Office, Session
from clerk_app.office.running import Running
from ui.background import Background
from ui.cases.page import CasesPage
from ui.cases.presenter import CasesPresenter
from ui.changes import Changes
from ui.oversight.duty_page import DutyPage
from ui.oversight.duty_presenter import DutyPresenter
from ui.oversight.presenter import RatingPresenter
from ui.queueing.page import CounterPage
from ui.queueing.presenter import CounterPresenter
from ui.queueing.view import REGISTRATION
from ui.receipts.page import PrintingPage
from ui.receipts.presenter import PrintingPresenter
from ui.registration.page import FormPage
from ui.registration.presenter import FormPresenter
from ui.sealing.page import SealingPage
from ui.sealing.presenter import SealingPresenter
from ui.shell import Shell
from ui.shortcuts import Key
from ui.sync.day_presenter import DayPresenter
from ui.sync.house import SyncHouse
from ui.sync.presenter import SyncPresenter


@dataclass(frozen=True)
class Hands:
    """帮手 what the desk is handed from outside: the loops, how to draw a slip (its bytes → PNG), the training printer's jobs."""

    running: Running
    draw: Callable[[bytes], bytes]
    slips: Callable[[], Sequence[bytes]] | None = None


class Rooms(QObject):
    """各间屋 pages and presenters of one desk; `said` is for the status line."""

    said = Signal(str, bool)

    def __init__(self, office: Office, hands: Hands, background: Background, shell: Shell) -> None:
        super().__init__(shell)
        self.office, self._hands, self._background, self._shell = office, hands, background, shell
        self._make_pages()
        self._make_presenters()
        self._connect()
        self._connect_keys()

    def _make_pages(self) -> None:
        self.counter_page, self.cases_page, self.form_page = CounterPage(), CasesPage(), FormPage()
        self.sealing_page, self.printing_page, self.sync_page = SealingPage(), PrintingPage(), SyncHouse()
        self.duty_page = DutyPage()
        for key, icon, word, page in (
            ("counter", "horn", "叫号", self.counter_page),
            ("cases", "folder", "办件", self.cases_page),
            ("form", "building", "企业登记", self.form_page),
            ("sealing", "stamp", "授权用印", self.sealing_page),
            ("printing", "printer", "打印", self.printing_page),
            ("sync", "sync", "同步", self.sync_page),
            ("duty", "clock", "待办", self.duty_page),
        ):
            self._shell.add_page(key, icon, word, page)

    def _make_presenters(self) -> None:
        office, running, background = self.office, self._hands.running, self._background
        self.counter = CounterPresenter(office, running, background, self.counter_page)
        self.cases = CasesPresenter(office, background, self.cases_page, lambda: running.line.state.connected)
        self.form = FormPresenter(office, background, self.form_page)
        self.sealing = SealingPresenter(office, running, background, self.sealing_page)
        self.printing = PrintingPresenter(
            office, background, self.printing_page, self._hands.draw, lambda: running.lane.state
        )
        self.sync = SyncPresenter(office, running, background, self.sync_page.waiting)
        self.day = DayPresenter(office, background, self.sync_page.day)
        self.duty = DutyPresenter(office, background, self.duty_page)
        self.rating = RatingPresenter(office, background, self._shell)

    def _connect(self) -> None:
        spoken = (self.counter, self.cases, self.form, self.sealing, self.printing, self.rating)
        for presenter in (*spoken, self.sync, self.day, self.duty):
            presenter.said.connect(self.said)
        self.counter.page_wanted.connect(self._on_page_wanted)
        self.counter.called.connect(self.rating.shut)
        self.counter.finished.connect(self.rating.ask)
        self.counter.authorise_wanted.connect(self.sealing.open_case)
        self.form.done.connect(self._to_counter)
        self.sealing.page_wanted.connect(self._shell.show_page)
        self.sealing.waiting.connect(self._on_waiting)
        self.printing.counted.connect(self._on_papers)
        self.sync.waiting.connect(self._on_troubled)
        self.duty.waiting.connect(self._on_tasks)

    def _connect_keys(self) -> None:
        """The ticket's keys act from every page."""
        for key in (Key.CALL_NEXT, Key.RECALL, Key.SKIP, Key.FINISH):
            for page in (
                self.cases_page,
                self.form_page,
                self.sealing_page,
                self.printing_page,
                self.sync_page,
                self.duty_page,
            ):
                shortcut = QShortcut(QKeySequence(key), page)
                shortcut.setAutoRepeat(False)
                shortcut.setObjectName(key)
                shortcut.activated.connect(self._on_counter_key)

    def watch(self, changes: Changes) -> None:
        """Each page is fresh while it is on screen."""
        pairs: tuple[tuple[QWidget, Callable[[], None]], ...] = (
            (self.counter_page, self.counter.refresh),
            (self.cases_page, self.cases.refresh),
            (self.form_page, self.form.refresh),
            (self.sealing_page, self.sealing.refresh),
            (self.printing_page, self.printing.refresh),
            (self.sync_page.waiting, self.sync.refresh),
            (self.sync_page.day, self.day.refresh),
            (self.duty_page, self.duty.refresh),
        )
        for page, refresh in pairs:
            changes.refresh(page, refresh)

    def start(self, session: Session) -> None:
        """A clerk sat down."""
        self._shell.show_page("counter")
        self.counter.start(session)
        self.form.open_case("")
        self.sealing.start()
        for presenter in (self.cases, self.printing, self.sync, self.duty):
            presenter.refresh()

    def leave(self) -> None:
        """The clerk gets up: what was typed is saved, nobody is asked any more."""
        self.form.save_now()
        self.rating.shut()

    def close(self) -> None:
        """The desk closes."""
        self.form.save_now()
        self.rating.close()

    @Slot(str)
    def _on_page_wanted(self, key: str) -> None:
        if key == REGISTRATION:
            self.form.open_case("")
        self._shell.show_page("form" if key == REGISTRATION else key)

    @Slot(str)
    def _to_counter(self, case: str) -> None:
        self._shell.show_page("counter")

    @Slot()
    def _on_counter_key(self) -> None:
        """They bring their page to the front, so that one sees what they did."""
        self._shell.show_page("counter")
        self.counter_page.press(Key(self.sender().objectName()))

    @Slot(int)
    def _on_waiting(self, cases: int) -> None:
        self._shell.set_badge("sealing", cases, due=cases > 0)

    @Slot(int)
    def _on_papers(self, doubtful: int) -> None:
        self._shell.set_badge("printing", doubtful, due=doubtful > 0)

    @Slot(int)
    def _on_troubled(self, cases: int) -> None:
        self._shell.set_badge("sync", cases, due=cases > 0)
        self.sync_page.segments.show_figure("waiting", str(cases) if cases else "")

    @Slot(int)
    def _on_tasks(self, tasks: int) -> None:
        self._shell.set_badge("duty", tasks, due=tasks > 0)
