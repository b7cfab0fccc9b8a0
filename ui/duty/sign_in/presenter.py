"""登录 decides what the sign-in page shows, and asks the office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial

from PySide6.QtCore import QObject, Slot

from clerk_app.command import Refusal
from clerk_app.duty.passwords import rules_words, weakness
from clerk_app.duty.training import training_code, training_password, training_pin, training_totp
from clerk_app.office.office import Office, Session
from clerk_app.office.running import Running
from clerk_app.office.signing_in import sign_in
from clerk_app.ports import Proof
from clerk_app.receipts.words import day_words
from clerk_app.settings import write_card
from ui.background import Background
from ui.duty.sign_in.page import SignInPage
from ui.duty.sign_in.view import AsksView, FindingAt, SignInView, TrainingRow
from ui.errors import tell
from ui.lamps import line_lamp, line_sentence, printer_lamp
from ui.language import kept, said, tr

TRAINING_PEOPLE = ("P203", "P204", "P105", "P106", "P201", "P110")
VERSION = tr("政务窗口 0.1")


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
        self._account = ""
        self._view = self._first_view()
        page.sign_in_requested.connect(self.ask)
        page.proof_given.connect(self.ask_with)
        page.person_changed.connect(self._on_person_changed)
        self.refresh()

    def _first_view(self) -> SignInView:
        office = self._office
        window = office.hall.roster.windows[office.parts.settings.window]
        return SignInView(
            hall_name=office.hall.name,
            motto=kept("一窗受理　限时办结"),
            window_number=str(window.number),
            window_name=window.name,
            hours_text=tr("服务时间 {hours_words}", hours_words=office.hall.hours_words),
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
        asks = self._view.asks
        if asks is not None and asks.code:
            asks = replace(asks, code_hint=self._practice_code(self._account))
        self._show(
            asks=asks,
            date_text=said(day_words(self._office.parts.clock.now().date())).replace("（", " ").replace("）", ""),
            line_lamp=line_kind,
            line_sentence=line_words,
            printer_lamp=printer_kind,
            printer_sentence=printer_words,
            offline_sentence=tr("线路断着，可凭本机凭据登录。") if offline else "",
        )

    def say(self, sentence: str) -> None:
        """Why the page stands here though nobody went away."""
        self._show(busy=False, finding=sentence, finding_at="password", asks=None)

    def keep_card(self) -> None:
        """What hangs over this window, for the next start."""
        plain = replace(self._view, account_text="", finding="", offline_sentence="", busy=False, asks=None)
        write_card(self._office.parts.settings.data_dir, asdict(plain))

    def _show(self, **changes: object) -> None:
        self._view = replace(self._view, **changes)  # type: ignore[arg-type]
        self._page.render(self._view)

    @Slot(str, str)
    def ask(self, account: str, password: str) -> None:
        """Judge a sign-in off the GUI thread."""
        self.ask_with(account, password, "", "")

    @Slot(str, str, str, str)
    def ask_with(self, account: str, password: str, code: str, new_password: str) -> None:
        """With what was asked for beside the password; a new one that the centre would not take is not sent."""
        person, proof = self._office.hall.roster.find_person(account), Proof(code=code, new_password=new_password)
        if new_password and person is not None:
            weak = weakness(new_password, password, person, self._office.hall.roster.rules.password)
            if weak:
                self._show(finding=tr("{weak}，没有改。另想一个再试。", weak=weak), finding_at="new")
                return
        self._account = account
        self._show(busy=True, finding="")
        job = partial(sign_in, self._office, account, password, proof)
        self._background.run_net(job, self._answer, self._fault)

    def _answer(self, result: Session | Refusal) -> None:
        if not isinstance(result, Refusal):
            self._page.forget_secrets()
            self._show(busy=False, finding="", finding_at="password", asks=None)
            self._entered(result)
        elif result.type in ("password-old", "second-factor-needed"):
            self._show(busy=False, finding="", asks=self._asks(result))
        else:
            at = finding_place(result.type, self._view.asks)
            self._show(busy=False, finding=result.sentence, finding_at=at)

    def _asks(self, refusal: Refusal) -> AsksView:
        """What stands on the page now, and this beside it."""
        before = self._view.asks
        new = refusal.type == "password-old" or (before is not None and before.new)
        code = refusal.type == "second-factor-needed" or (before is not None and before.code)
        return AsksView(
            sentence=refusal.sentence,
            new=new,
            new_hint=rules_words(self._office.hall.roster.rules.password) if new else "",
            code=code,
            code_hint=self._practice_code(self._account) if code else "",
        )

    def _practice_code(self, account: str) -> str:
        """In the training hall the secret stands beside the field, as the passwords stand on the page."""
        person = self._office.hall.roster.find_person(account)
        if person is None or not self._office.parts.settings.training:
            return ""
        if self._office.hall.roster.chief_post(person.id) is not None:
            return tr("演练 PIN {training_pin}", training_pin=training_pin(person.id))
        code = training_code(person.id, self._office.parts.clock.now())
        return tr(
            "演练：现在是 {code}，半分钟一换。放进手机用密钥 {training_totp}。",
            code=code,
            training_totp=training_totp(person.id),
        )

    @Slot()
    def _on_person_changed(self) -> None:
        self._show(finding="", finding_at="password", asks=None)

    def _fault(self, error: Exception) -> None:
        tell(error, lambda sentence: self._show(busy=False, finding=sentence, finding_at="password"))


def finding_place(kind: str, asks: AsksView | None) -> FindingAt:
    """Under which field a refusal is said."""
    if asks is not None and asks.code and kind in ("second-factor-wrong", "second-factor-away", "pin-wrong"):
        return "code"
    return "new" if asks is not None and asks.new and kind == "password-weak" else "password"
