"""桌面 the one window: the sign-in page or the shell with its pages, wired to the office; nothing is decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from clerk_app.office.duty.acting_now import acting_words_now
from clerk_app.office.duty.pages import BACK_ENTRY, INBOX, MANAGING, SETTINGS
from clerk_app.office.duty.seated import seated_words
from clerk_app.office.events import HallChanged, LineState, PaperChanged, PrinterState, RowsChanged, SessionMoved
from clerk_app.office.office import Office, Session
from clerk_app.office.signing_in import sign_out
from clerk_app.receipts.words import day_words
from ui import theme
from ui.back_entry_rooms import BackEntryRooms
from ui.background import Background
from ui.changes import Changes
from ui.covers import Covers
from ui.duty.sign_in.presenter import SignInPresenter
from ui.finding_rooms import FindingRooms
from ui.front_door import FrontDoor
from ui.hall_names import names_of
from ui.inbox_rooms import InboxRooms
from ui.lamps import line_lamp, line_sentence, printer_lamp
from ui.language import keep, said, tr
from ui.managing_rooms import ManagingRooms
from ui.rooms import Hands, Rooms, concerns_posts
from ui.settings_rooms import SettingsRooms
from ui.shell import Shell
from ui.top_line import TopView
from ui.training.citizens_presenter import Citizens
from ui.training.printer_presenter import TrainingPrinter

if TYPE_CHECKING:
    from ui.kiosk.opening import TrainingKiosk


class Desk(QObject):
    """桌面 builds pages and presenters, passes office events on, and swaps sign-in and shell."""

    signed_in = Signal(object)
    reset_wanted = Signal()
    take_wanted = Signal()
    back_wanted = Signal()
    """The desk is to close for another version of the program: the one that waits, the one before."""

    def __init__(self, office: Office, hands: Hands, door: FrontDoor) -> None:
        super().__init__()
        self.office, self.hands = office, hands
        keep(names_of(office.hall))
        self._line = LineState(connected=False)
        self._acting = ("", "")
        self.kiosk: TrainingKiosk | None = None
        self.background = Background(self)
        self.window, self.sign_in_page = door.window, door.page
        self.window.setWindowTitle(self._title())
        self.shell = Shell()
        # While it is empty: moved later, each of its widgets would be dressed once more.
        self.window.addWidget(self.shell)
        self.rooms = Rooms(office, hands, self.background, self.shell)
        self.finding = FindingRooms(office, self.background, self.shell, self.rooms)
        self.managing = ManagingRooms(office, self.background, self.shell, self.rooms)
        self.back_entry = BackEntryRooms(office, self.background, self.shell, self.rooms)
        self.inbox = InboxRooms(office, self.background, self.shell, self.rooms)
        self.settings = SettingsRooms(office, hands.running, self.background, self.shell, self.rooms)
        self.settings.room.update.take_wanted.connect(self.take_wanted)
        self.settings.room.update.back_wanted.connect(self.back_wanted)
        self.changes = Changes(office.bell.subscribe, self)
        self.rooms.watch(self.changes)
        self.managing.watch(self.changes)
        self.back_entry.watch(self.changes)
        self.inbox.watch(self.changes)
        self.sign_in = SignInPresenter(office, hands.running, self.background, self.sign_in_page, self._enter)
        self.covers = Covers(office, hands.running, self.background, self.window, self.shell)
        self.printer = self._training_printer()
        self._connect()
        asked = door.hand_over()
        self.sign_in.keep_card()
        if asked is not None:
            self.sign_in.ask(*asked)

    def _title(self) -> str:
        mark = tr("演练 · ") if self.office.parts.settings.training else ""
        return tr("{mark}{window}号窗口 · {name}", mark=mark, window=self.office.window, name=self.office.hall.name)

    def _training_printer(self) -> TrainingPrinter | None:
        """The training hall's printer is a window beside the desk."""
        if self.hands.slips is None:
            return None
        printer = TrainingPrinter(self.hands.slips, self.hands.draw, self.background, self)
        printer.reset_wanted.connect(self.reset_wanted)
        printer.kiosk_wanted.connect(self._open_kiosk)
        citizens = Citizens(self.office, self.background, printer.window)
        citizens.said.connect(self._on_said)
        self.finding.palette.more["citizen"] = (tr("来一位：来练习的人取一个号"), citizens.come)
        return printer

    @Slot()
    def _open_kiosk(self) -> None:
        """A self-fill place beside the desk; its pages are read when it is first wanted."""
        from ui.kiosk.opening import TrainingKiosk

        if self.kiosk is None:
            self.kiosk = TrainingKiosk(self.office, self.background, self.window, self, self.hands.direct)
        self.kiosk.open()

    def _connect(self) -> None:
        self.changes.changed.connect(self._on_change)
        self.background.trouble.connect(self.shell.say_trouble)
        self.rooms.said.connect(self._on_said)
        self.shell.leave_requested.connect(self.go_away)
        self.covers.returned.connect(self._enter)
        self.covers.other_wanted.connect(self.leave)
        self.covers.covered.connect(self.rooms.rating.shut)
        self.covers.covered.connect(self.rooms.queue.cover)
        self.covers.covered.connect(self.rooms.handing.leave)
        self.covers.said.connect(self._on_said)
        self.sign_in_page.larger_requested.connect(self._larger)
        self._clock = QTimer(self)
        self._clock.setInterval(10_000)
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    @Slot(object)
    def _enter(self, session: Session) -> None:
        self.window.setWindowTitle(self._title())
        self._tick()
        self.window.setCurrentWidget(self.shell)
        self.rooms.start(session)
        self.finding.start()
        for key, start in (
            (SETTINGS, self.settings.start),
            (MANAGING, self.managing.start),
            (BACK_ENTRY, self.back_entry.start),
            (INBOX, self.inbox.start),
        ):
            self.rooms.begin(key, start)
        self._look_who_acts()
        self.background.look(lambda: seated_words(self.office), self._seated)
        self.covers.start(session)
        if self.printer is not None and not self.printer.window.isVisible():
            self.printer.start(self.window)
            self.window.activateWindow()
        self.hands.running.wake()
        self.signed_in.emit(session)

    @Slot()
    def go_away(self) -> None:
        """暂离 the screen is covered at once; what was typed is saved, the window pauses."""
        if self.office.session is not None:
            self.rooms.leave()
            self.covers.leave()

    @Slot()
    def leave(self) -> None:
        """退出 signs out and shows the sign-in page; everything in hand stays in the books."""
        self.covers.stop()
        self.rooms.leave()
        self.background.run(lambda: sign_out(self.office), lambda _: self._left())

    def _left(self) -> None:
        self.rooms.queue.leave()
        self.sign_in.refresh()
        self.window.setCurrentWidget(self.sign_in_page)

    def _moved(self, change: SessionMoved) -> None:
        """The clerk sits at another window now: what is typed here is saved, then the sign-in page says why."""
        self.leave()
        self.sign_in.say(change.sentence)

    @Slot(object)
    def _on_change(self, change: object) -> None:
        if isinstance(change, SessionMoved):
            self._moved(change)
        if isinstance(change, HallChanged):
            keep(names_of(self.office.hall))
            self.window.setWindowTitle(self._title())
        if isinstance(change, LineState | PrinterState | HallChanged):
            self._tick()
        if isinstance(change, RowsChanged):
            self.rooms.note(change)
            self.managing.note(change)
            if concerns_posts(change):
                self._look_who_acts()
        if isinstance(change, PaperChanged):
            self.rooms.printing.count()
        if isinstance(change, LineState | HallChanged):
            self.rooms.posts.refresh()
        if isinstance(change, LineState):
            self.shell.rail.set_badge("sync", change.troubled, due=change.troubled > 0)
            self._say_line(change)

    def _look_who_acts(self) -> None:
        """For whom one acts stays on screen as long as one does."""
        self.background.run(lambda: acting_words_now(self.office), self._show_who_acts)

    def _show_who_acts(self, words: tuple[str, str]) -> None:
        if words != self._acting:
            self._acting = words
            self.shell.render_top(self._top())

    def _seated(self, words: str) -> None:
        """Once after sign-in: where he sits, as what, and what he may not do yet."""
        if words and not self.shell.status.offers_undo:
            first = tr("第一次用：按 Ctrl+K，写“走一遍”。") if self.office.parts.settings.training else ""
            self.shell.say(f"{words}{first}")

    def _say_line(self, state: LineState) -> None:
        before, self._line = self._line, state
        if before.connected != state.connected:
            self.rooms.form.line_changed(state.connected)
        sentence = line_sentence(state)
        if sentence and before.connected == state.connected and self.shell.status.offers_undo:
            return  # the cut is known, and the lamp says it: what can be taken back stays in sight
        if sentence:
            self.shell.say(sentence, "cut")
        elif state.catching_up and state.since is not None and state.waiting:
            self.shell.say(
                tr(
                    "{since:%H:%M} 线路恢复，正在补送 {waiting} 条，不影响办件。",
                    since=state.since,
                    waiting=state.waiting,
                ),
                "busy",
            )
        elif before.catching_up and before.waiting and not state.waiting:
            self.shell.say(tr("断线时办的 {waiting} 条都已送到中心。", waiting=before.waiting))

    @Slot(str, bool)
    def _on_said(self, text: str, good: bool) -> None:
        if good:
            self.shell.say(text)
        else:
            self.shell.say_trouble(text)

    @Slot()
    def _tick(self) -> None:
        self.sign_in.refresh()
        self._look_who_acts()
        self.rooms.handover.refresh()
        self.shell.render_top(self._top())

    def _top(self) -> TopView:
        office, running = self.office, self.hands.running
        window = office.hall.roster.windows[office.window]
        now = office.parts.clock.now()
        (line_kind, line_words), (printer_kind, printer_words) = (
            line_lamp(running.line.state),
            printer_lamp(running.printers),
        )
        own = "" if running.line.state.connected else tr("（本机时间）")
        return TopView(
            window_number=str(window.number),
            window_name=window.name,
            hall_name=office.hall.name,
            person=office.session.person.name if office.session else "",
            acting=self._acting[0],
            acting_short=self._acting[1],
            line_lamp=line_kind,
            line_sentence=line_words,
            printer_lamp=printer_kind,
            printer_sentence=printer_words,
            date_text=said(day_words(now.date())).replace("（", " ").replace("）", ""),
            clock_text=f"{now:%H:%M}{own}",
            training=office.parts.settings.training,
        )

    @Slot()
    def _larger(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.step(app, 1)

    def close(self) -> None:
        """Stop listening, finish what was begun."""
        self._clock.stop()
        self.rooms.close()
        self.settings.close()
        self.back_entry.close()
        if self.kiosk is not None:
            self.kiosk.close()
        if self.printer is not None:
            self.printer.close()
        self.changes.close()
        self.background.close()
        self.window.close()
