"""各间屋 all pages with their presenters, and what one tells another: a finished ticket is rated, a case goes on to the seal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from clerk_app.office.duty.pages import AUDIT, FEES, HALL, HANDING, first_page, pages_in
from clerk_app.office.events import RowsChanged
from clerk_app.office.office import Office, Session
from clerk_app.office.running import Running
from clerk_app.ports.paper import DirectPrinter
from ui.background import Background
from ui.badges import Badges
from ui.cases.house import CasesHouse
from ui.cases.room import CasesRoom
from ui.changes import Changes
from ui.counter_strips import CounterStrips
from ui.duty.consent.presenter import ConsentPresenter
from ui.duty.consent.strip import ConsentStrip
from ui.duty.handover.handed_pane import HandedPane
from ui.duty.handover.handed_presenter import HandedPresenter
from ui.duty.handover.pane import HandoverPane
from ui.duty.handover.presenter import HandoverPresenter
from ui.duty.house import PostsHouse
from ui.duty.letters.page import LettersPage
from ui.duty.letters.presenter import LettersPresenter
from ui.duty.posts import PostsRoom
from ui.duty.public.page import PublicPage
from ui.duty.public.presenter import PublicPresenter
from ui.fees.room import fees
from ui.hall.reading import HallLine
from ui.hall.room import hall
from ui.handing.room import handing
from ui.language import ENGLISH, SPOKEN, tr
from ui.late_house import LateHouse
from ui.oversight.audit_room import audit
from ui.oversight.duty_page import DutyPage
from ui.oversight.duty_presenter import DutyPresenter
from ui.oversight.presenter import RatingPresenter
from ui.oversight.watch_house import WatchHouse
from ui.oversight.watch_room import WatchRoom
from ui.queue_rooms import Beside, QueueRooms
from ui.queueing.asking_presenter import AskingPresenter
from ui.queueing.page import TICKET_KEYS, CounterPage
from ui.queueing.presenter import CounterPresenter
from ui.queueing.view import REGISTRATION
from ui.receipts.house import PrintingHouse
from ui.receipts.room import PrintingRoom
from ui.registration.page import FormPage
from ui.registration.room import FormRoom
from ui.seal_rooms import SealRooms
from ui.sealing.page import SealingPage
from ui.sealing.presenter import SealingPresenter
from ui.shell import Shell
from ui.shortcuts import Key
from ui.sync.day_presenter import DayPresenter
from ui.sync.house import SyncHouse
from ui.sync.presenter import SyncPresenter
from ui.today.page import TodayPage
from ui.today.presenter import TodayPresenter


@dataclass(frozen=True)
class Hands:
    """帮手 what the desk is handed from outside: the loops, how to draw a slip (its bytes → PNG), the training printer's jobs."""

    running: Running
    draw: Callable[[bytes], bytes]
    slips: Callable[[], Sequence[bytes]] | None = None
    direct: DirectPrinter | None = None


def concerns_posts(change: RowsChanged) -> bool:
    """Whether it may change who acts for whom, or what goes over between them."""
    return any(subject.startswith(("absence:", "substitution:", "handover:")) for subject in change.subjects)


class Rooms(QObject):
    """各间屋 pages and presenters of one desk; `said` is for the status line."""

    said = Signal(str, bool)

    def __init__(self, office: Office, hands: Hands, background: Background, shell: Shell) -> None:
        super().__init__(shell)
        self.office, self._hands, self._background, self._shell = office, hands, background, shell
        self._make_pages()
        self._make_presenters()
        self._badges = Badges(shell, self.sync_page)
        self._connect()
        self._connect_keys()

    def _make_pages(self) -> None:
        self.counter_page, self.cases_page, self.form_page = CounterPage(), CasesHouse(), FormPage()
        self.sealing_page, self.printing_house, self.sync_page = SealingPage(), PrintingHouse(), SyncHouse()
        self.printing_page = self.printing_house.jobs
        self.duty_page, self.letters_page, self.public_page = DutyPage(), LettersPage(), PublicPage()
        self.posts_house = PostsHouse(
            (("letters", tr("授权书"), self.letters_page), ("public", tr("公示"), self.public_page))
        )
        labels = self.office.hall.labels
        self.watch_house = WatchHouse(labels.get("supervision", tr("电子监察")))
        self.seals = SealRooms(self.office, self._background, self._connected)
        self.audit = LateHouse(lambda place: audit(self.office, self._background, self.cases.open_whole, place))
        self.consent_strip, self.today_page = ConsentStrip(), TodayPage()
        self.handover_pane, self.handed_pane = HandoverPane(), HandedPane()
        for strip in (self.consent_strip, self.handover_pane, self.handed_pane):
            self._shell.strips.addWidget(strip)
        cover = labels.get("post_cover", tr("AB角")) if SPOKEN != ENGLISH else tr("AB角")
        for key, icon, word, page in (
            ("counter", "horn", tr("叫号"), self.counter_page),
            ("cases", "folder", tr("办件"), self.cases_page),
            ("form", "building", tr("企业登记"), self.form_page),
            ("sealing", "stamp", tr("授权用印"), self.sealing_page),
            ("printing", "printer", tr("打印"), self.printing_house),
            ("sync", "sync", tr("同步"), self.sync_page),
            ("duty", "clock", tr("待办"), self.duty_page),
            ("board", "people", tr("岗位{cover}", cover=cover), self.posts_house),
            ("audit", "eye", tr("审计"), self.audit),
        ):
            self._shell.add_page(key, icon, word, page)
        self._shell.add_page("register", "receipt", tr("用印登记"), self.seals.house, Key.PAGE_REGISTER)
        self._shell.add_page("watch", "bars", tr("监察"), self.watch_house, Key.PAGE_WATCH)
        self.hall = LateHouse(partial(hall, self.office, self._background, self._hall_line()))
        self._shell.add_page(HALL, "sliders", tr("大厅"), self.hall, Key.PAGE_HALL)
        self.fees = LateHouse(partial(fees, self.office, self._background))
        self.handing = LateHouse(partial(handing, self.office, self._background))
        self._shell.add_page(FEES, "coin", tr("收费"), self.fees, Key.PAGE_FEES)
        self._shell.add_page(HANDING, "tray", tr("出件"), self.handing, Key.PAGE_HANDING)
        self._late = (self.hall, self.fees, self.handing, self.audit)
        self._shell.add_page("today", "check", tr("今天"), self.today_page, Key.PAGE_TODAY)

    def _hall_line(self) -> HallLine:
        running = self._hands.running
        return HallLine(state=lambda: running.line.state, silent=lambda: running.beat.silent)

    def _make_presenters(self) -> None:
        office, running, background = self.office, self._hands.running, self._background
        self.counter = CounterPresenter(office, running, background, self.counter_page)
        self.asking = AskingPresenter(office, background, self.counter, self.counter_page)
        self.cases = CasesRoom(office, background, self.cases_page, self._connected)
        self.form = FormRoom(office, background, self.form_page)
        self.sealing = SealingPresenter(office, running, background, self.sealing_page)
        self.printing = PrintingRoom(
            office, background, self.printing_house, self._hands.draw, lambda: [one.state for one in running.lanes]
        )
        self.sync = SyncPresenter(office, running, background, self.sync_page.waiting)
        self.day = DayPresenter(office, background, self.sync_page.day)
        self.duty = DutyPresenter(office, background, self.duty_page)
        self.posts = PostsRoom(office, background, self.posts_house, self._connected)
        self.watch_room = WatchRoom(office, background, self.watch_house, self._connected)
        self.strips = CounterStrips(office, background, self.counter, self.counter_page)
        self.today = TodayPresenter(office, running, background, self.today_page)
        self.letters = LettersPresenter(office, background, self.letters_page)
        self.public = PublicPresenter(office, background, self.public_page)
        self.consent = ConsentPresenter(office, background, self.consent_strip)
        self.handover = HandoverPresenter(office, background, self.handover_pane)
        self.handed = HandedPresenter(office, background, self.handed_pane)
        self.rating = RatingPresenter(office, background, self._shell)
        beside = Beside(page=self.counter_page, counter=self.counter, asking=self.asking, rating=self.rating)
        self.queue = QueueRooms(office, running, background, self._shell, beside)

    def _connected(self) -> bool:
        return self._hands.running.line.state.connected

    def _connect(self) -> None:
        spoken = (self.counter, self.cases, self.form, self.sealing, self.printing, self.rating)
        posts = (self.posts, self.letters, self.public, self.consent, self.handover, self.handed)
        later = (self.watch_room, self.asking, self.seals, self.queue, self.strips)
        for presenter in (*spoken, self.sync, self.day, self.duty, *posts, *later, *self._late):
            presenter.said.connect(self.said)
        for opener in (self.today, self.watch_room, self.day, self.seals):
            opener.case_wanted.connect(self.cases.open_whole)
        self.day.page_wanted.connect(self._shell.show_page)
        self.cases.wanted.connect(partial(self._shell.show_page, "cases"))
        self.today.page_wanted.connect(self._shell.show_page)
        self.today.wanted.connect(partial(self._shell.show_page, "today"))
        self.watch_room.waiting.connect(self._badges.watch)
        for late, badge in zip(
            self._late, (self._badges.hall, self._badges.fees, self._badges.handing, self._badges.lists), strict=True
        ):
            late.waiting.connect(badge)
        self.counter.page_wanted.connect(self._on_page_wanted)
        self.counter.called.connect(self.rating.shut)
        self.counter.finished.connect(self.rating.ask)
        self.counter.authorise_wanted.connect(self.sealing.open_case)
        self.form.done.connect(self._to_counter)
        self.cases.form_wanted.connect(self._open_form)
        self.counter_page.work.receive.external_pane.short_wanted.connect(self.form.short.open)
        self.sealing.page_wanted.connect(self._shell.show_page)
        self.sealing.waiting.connect(self._badges.sealing)
        self.seals.waiting.connect(self._badges.register)
        self.printing.counted.connect(self._badges.printing)
        self.sync.waiting.connect(self._badges.sync)
        self.duty.waiting.connect(self._badges.duty)
        self.posts.waiting.connect(self._badges.board)
        self.handed.taken.connect(self.counter.refresh)
        self.consent.case_wanted.connect(self.cases.open_at_side)

    def _other_pages(self) -> tuple[QWidget, ...]:
        return (
            self.cases_page, self.form_page, self.sealing_page, self.printing_house, self.sync_page,
            self.duty_page, self.posts_house, self.watch_house, self.today_page, self.seals.house, *self._late,
        )  # fmt: skip

    def _connect_keys(self) -> None:
        """The ticket's keys act from every page."""
        for key in TICKET_KEYS:
            for page in self._other_pages():
                shortcut = QShortcut(QKeySequence(key), page)
                shortcut.setAutoRepeat(False)
                shortcut.setObjectName(key)
                shortcut.activated.connect(self._on_counter_key)
        for key, open_pane in (
            (Key.ADD_ROW, self.handed_pane.open),
            (Key.QUESTION, self.asking.open_question),
        ):
            QShortcut(QKeySequence(key), self.counter_page).activated.connect(open_pane)

    def watch(self, changes: Changes) -> None:
        """Each page is fresh while it is on screen."""
        pairs: tuple[tuple[QWidget, Callable[[], None]], ...] = (
            (self.counter_page, self.counter.refresh),
            (self.counter_page.panel, self.counter.taking.refresh),
            (self.cases_page.list, self.cases.refresh),
            (self.cases_page.whole, self.cases.whole.refresh),
            (self.cases_page.result, self.cases.result.refresh),
            (self.today_page, self.today.refresh),
            (self.form_page, self.form.refresh),
            (self.sealing_page, self.sealing.refresh),
            *self.printing.pairs(),
            (self.sync_page.waiting, self.sync.refresh),
            (self.sync_page.day, self.day.refresh),
            (self.duty_page, self.duty.refresh),
        )
        for page, refresh in pairs:
            changes.refresh(page, refresh)
        unread: tuple[tuple[QWidget, Callable[[], None]], ...] = (
            (self.letters_page, self.letters.refresh),
            (self.public_page, self.public.refresh),
            (self.public_page.window_, self.public.refresh),
            *self.watch_room.pairs(),
            *self.seals.pairs(),
        )
        for watching in (self.queue, *self._late):
            watching.watch(changes)
        for page, refresh in unread:  # nobody reads them before they are looked at
            changes.refresh(page, refresh).note(None)

    def note(self, change: RowsChanged) -> None:
        """Rows changed: what stands on the rail or over the pages is true, whichever page is on screen."""
        for room in (self.sealing, self.seals, self.posts, self.watch_room, *self._late):
            room.note(change.subjects)
        self.consent.note(change)
        if concerns_posts(change):
            self.handover.refresh()

    def start(self, session: Session) -> None:
        """A clerk sat down."""
        person = session.person
        pages = pages_in(self.office.hall, person)
        self._shell.set_pages(pages)
        window = self.office.hall.roster.windows.get(session.seat.window)
        self._shell.show_page(first_page(person, calls=window is None or bool(window.letters)))
        for late, key in zip(self._late, (HALL, FEES, HANDING, AUDIT), strict=True):
            self.begin(key, partial(late.start, his=key in pages))
        self.queue.start(session)
        self.counter.start(session)
        begun = (
            ("form", self.form), ("sealing", self.sealing), ("board", self.posts), ("watch", self.watch_room),
            ("register", self.seals), ("today", self.today),
        )  # fmt: skip
        for key, one in begun:
            self.begin(key, one.start)
        for presenter in (self.cases, self.printing, self.sync, self.duty, self.consent, self.handover):
            presenter.refresh()

    def begin(self, key: str, start: Callable[[], None]) -> None:
        """Now for the page in front, which shows nothing of who sat here before; the others each in a turn of the screen's."""
        if key == self._shell.current_page():
            start()
        else:
            self._background.later(lambda: start() if self.office.session is not None else None)

    def leave(self) -> None:
        """The clerk gets up: what was typed is saved, nobody is asked any more."""
        self.form.leave()
        self.rating.shut()
        self.handing.leave()
        self.queue.cover()

    def close(self) -> None:
        """The desk closes."""
        self.form.leave()
        self.queue.close()
        self.handing.close_room()
        self.printing.close()
        self.rating.close()
        self.public_page.window_.close()

    @Slot(str)
    def _on_page_wanted(self, key: str) -> None:
        if key == REGISTRATION:
            self.form.open_case("")
        self._shell.show_page("form" if key == REGISTRATION else key)

    @Slot(str)
    def _open_form(self, case: str) -> None:
        self.form.open_case(case)
        self._shell.show_page("form")

    @Slot(str)
    def _to_counter(self, case: str) -> None:
        self._shell.show_page("counter")

    @Slot()
    def _on_counter_key(self) -> None:
        """They bring their page to the front, so that one sees what they did."""
        self._shell.show_page("counter")
        self.counter_page.press(Key(self.sender().objectName()))
