"""登录 decides what the sign-in page shows, and asks the office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace

from PySide6.QtCore import QObject, Slot

from clerk_app.command import Refusal
from clerk_app.duty.training import training_password
from clerk_app.office.office import Office, Session
from clerk_app.office.running import Running
from clerk_app.office.signing_in import sign_in
from clerk_app.receipts.words import day_words
from clerk_app.settings import write_card
from ui.background import Background
from ui.duty.page import SignInPage
from ui.duty.view import SignInView, TrainingRow
from ui.errors import tell
from ui.lamps import line_lamp, line_sentence, printer_lamp

TRAINING_PEOPLE = ("P203", "P204", "P105", "P106", "P201")
VERSION = "政务窗口 0.1"


class SignInPresenter(QObject):
    """登录 from an account and a password to a session, or one sentence under the field."""

    def __init__(
        self,
        office: Office,
        running: Running,
        background: Background,
        page: SignInPage,
        entered: Callable[[Session], None],
    ) -> None:
        super().__init__(page)
        self._office, self._running, self._background, self._page = office, running, background, page
        self._entered = entered
        self._view = self._first_view()
        page.sign_in_requested.connect(self.ask)
        self.refresh()

    def _first_view(self) -> SignInView:
        office = self._office
        window = office.hall.roster.windows[office.parts.settings.window]
        return SignInView(
            hall_name=office.hall.name,
            motto="一窗受理　限时办结",
            window_number=str(window.number),
            window_name=window.name,
            hours_text=f"服务时间 {office.hall.hours_words}",
            training=self._training_rows(),
            practice=office.parts.settings.training,
            version_text=VERSION,
        )

    def _training_rows(self) -> tuple[TrainingRow, ...]:
        if not self._office.parts.settings.training:
            return ()
        roster = self._office.hall.roster
        people = [roster.people[key] for key in TRAINING_PEOPLE if key in roster.people]
        return tuple(TrainingRow(p.name, roster.identity(p), training_password(p.id), p.id) for p in people)

    def refresh(self) -> None:
        """Lamps and the day; what is typed stays."""
        line, printer = self._running.line.state, self._running.lane.state
        (line_kind, line_words), (printer_kind, printer_words) = line_lamp(line), printer_lamp(printer)
        offline = line_sentence(line)
        self._show(
            date_text=day_words(self._office.parts.clock.now().date()).replace("（", " ").replace("）", ""),
            line_lamp=line_kind,
            line_sentence=line_words,
            printer_lamp=printer_kind,
            printer_sentence=printer_words,
            offline_sentence="线路断着，可凭本机凭据登录。" if offline else "",
        )

    def say(self, sentence: str) -> None:
        """Why the page stands here though nobody went away."""
        self._show(busy=False, finding=sentence)

    def keep_card(self) -> None:
        """What hangs over this window, for the next start."""
        plain = replace(self._view, account_text="", finding="", offline_sentence="", busy=False)
        write_card(self._office.parts.settings.data_dir, asdict(plain))

    def _show(self, **changes: object) -> None:
        self._view = replace(self._view, **changes)  # type: ignore[arg-type]
        self._page.render(self._view)

    @Slot(str, str)
    def ask(self, account: str, password: str) -> None:
        """Judge a sign-in off the GUI thread."""
        self._show(busy=True, finding="")
        self._background.run_net(lambda: sign_in(self._office, account, password), self._answer, self._fault)

    def _answer(self, result: Session | Refusal) -> None:
        if isinstance(result, Refusal):
            self._show(busy=False, finding=result.sentence)
        else:
            self._show(busy=False, finding="")
            self._entered(result)

    def _fault(self, error: Exception) -> None:
        tell(error, lambda sentence: self._show(busy=False, finding=sentence))
